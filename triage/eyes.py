"""With whose eyes something is looked at: the role a person has, and the names by which a case knows them.

A confined case is there for its handler, for the people named and for leads; for all others it is as if it were not.
"""

from dataclasses import dataclass
from enum import StrEnum

from putright.cases.case import Case
from putright.cases.typed import same_person


class Role(StrEnum):
    """What a person is here for. A lead may do all that a handler may."""

    LEAD = "lead"
    HANDLER = "handler"
    GOVERNING_BODY = "governing body"
    """sees numbers, lists and dates (9.5, 9.6); no names, no words, and acts on nothing"""


@dataclass(frozen=True, slots=True)
class Eyes:
    """Somebody's role, and every name they go by (their name on the record, their Slack id)."""

    role: Role
    names: tuple[str, ...] = ()

    @property
    def seen_by(self) -> tuple[str, ...] | None:
        """For lists: the names to look for, or None for somebody who sees all."""
        return None if self.role is Role.LEAD else self.names

    @property
    def numbers_only(self) -> bool:
        return self.role is Role.GOVERNING_BODY

    def see(self, case: Case) -> bool:
        """Whether the case is there for them."""
        if case.confined is None or self.role is Role.LEAD:
            return True
        return any(same_person(one, other) for one in self.names for other in case.seers)


ALL = Eyes(Role.LEAD)
"""The person at the machine, who administers it."""
CHANNEL = Eyes(Role.HANDLER)
"""Whoever reads a channel: nobody in particular."""
