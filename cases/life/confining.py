"""Confining a case: seen only by its handler, the people named and complaints leads, until somebody lifts that.

For a complaint about a member of staff, a conflict of interest (5.8) or a data-protection matter. It is no restriction
on a resident (5.14): nothing that comes in is held up by it, and no clock stops.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Event, Kind
from putright.cases.life.by import By
from putright.cases.record import FARTHEST_PLAN
from putright.cases.typed import name, words
from putright.cases.working_days import in_words

REVIEW_DAYS = 91
"""Days until it is reviewed where no day is given (our choice: a quarter)."""


def confine(case: Case, by: By, to: Iterable[str], reason: str, due: date | None = None) -> Event:
    """Only its handler, `to` and leads see the case from now on; done again it names others, or a later review."""
    reason = words(reason)
    if not reason:
        raise Refused('Say why the case is confined: --reason "…".', "5.8")
    due = due or by.today + timedelta(days=REVIEW_DAYS)
    if not by.today <= due <= by.today + FARTHEST_PLAN:
        raise Refused(
            f"A review is on a day from today on, within five years, and {in_words(due)} is not: check --due."
        )
    named = list(dict.fromkeys(name(x, "after --to") for x in to if x.strip()))
    return Event(Kind.CONFINED, by.at, by.actor, {"to": named, "reason": reason, "due": due.isoformat()})


def unconfine(case: Case, by: By, reason: str) -> Event:
    """Everybody who may see cases sees it again."""
    if case.confined is None:
        raise Refused(f"{case.reference} is not confined.")
    reason = words(reason)
    if not reason:
        raise Refused('Say why everybody may see the case again: --reason "…".', "5.8")
    return Event(Kind.UNCONFINED, by.at, by.actor, {"reason": reason})
