"""Working due dates out anew when a bank holiday was announced or a limit changed, and saying which moved."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from putright.cases.case import Case
from putright.cases.deadlines import Deadline
from putright.cases.limits import EXTENSIONS, LIMITS
from putright.cases.working_days import in_words
from putright.storage import cases, confined, events, outbox, timed_by
from putright.storage.database import writing
from putright.triage.landlord import Landlord
from putright.triage.posts import ACTS, Post, set_by
from putright.triage.remind import read_by

SHOWN = 20
"""Cases that are named one by one in what is said."""


@dataclass(frozen=True, slots=True)
class Retimed:
    """A case whose next date moved: `was` is None where nothing had been due, `due` where nothing is any more."""

    reference: str
    was: date | None
    due: Deadline | None

    def __str__(self) -> str:
        before = in_words(self.was) if self.was else "none"
        if self.due is None:
            return f"{self.reference}: nothing is due any more (before: {before})"
        return (
            f"{self.reference}: {ACTS[self.due.clock]} {in_words(self.due.due)} (before: {before}) "
            f"({set_by(self.due.cited, self.due.target)})"
        )


def retime(db: Database, landlord: Landlord) -> list[Retimed]:
    """Work out anew what the calendar, the targets or the limits have moved since the last time; gives what moved.

    A changed holiday concerns the open cases whose dates were counted over that day, anything else all open ones.
    """
    rules = _rules(landlord)
    before = timed_by.read(db)
    if before == rules:
        return []
    changed = _changed_days(before, rules)
    which = timed_by.still_open(db) if changed is None else timed_by.spanning(db, changed)
    # what did not move is most: it is folded before the lock is taken
    found = [x for x in which if _moved(db, x, landlord)]
    with writing(db):
        done = []
        for reference in found:
            if moved := _moved(db, reference, landlord):
                case, retimed = moved
                cases.project(db, case, retimed.due)
                done.append(retimed)
        timed_by.write(db, rules)
    return done


def say_retimed(db: Database, landlord: Landlord, moved: Sequence[Retimed], now: datetime) -> None:
    """Queue a post that names what moved, where the digest is said; none for nothing."""
    if not moved:
        return
    hidden = confined.hidden(db, read_by(landlord).seen_by)
    named = [x for x in moved if x.reference not in hidden]
    lines = tuple(str(x) for x in named[:SHOWN])
    more = len(moved) - len(lines)
    post = Post(
        f"{len(moved)} due date{'' if len(moved) == 1 else 's'} moved with the calendar, a target or a limit",
        (*lines, *([f"… and {more} more: `putright cases` has every date."] if more else [])),
    )
    key = hashlib.sha256("\n".join(map(str, moved)).encode()).hexdigest()[:16]
    with writing(db):
        outbox.put(
            db,
            key=f"retimed:{now.isoformat()}:{key}",
            kind="retimed",
            channel=landlord.digest_channel,
            payload=post.as_json(),
            made_at=now,
        )


def _moved(db: Database, reference: str, landlord: Landlord) -> tuple[Case, Retimed] | None:
    """The case, and what its date is now, if the list has another."""
    case = events.load(db, reference)
    (row,) = cases.named(db, [reference])
    if case is None or case.closed:
        return None
    due = case.next_due(landlord.calendar, landlord.targets)
    if (due and due.due, due and due.target) == (row.next_due, row.next_target):
        return None
    return case, Retimed(reference, row.next_due, due)


def _rules(landlord: Landlord) -> dict[str, Any]:
    """All that a due date depends on beside its case, as JSON has it."""
    return {
        "holidays": sorted(x.isoformat() for x in landlord.calendar.holidays),
        "targets": {str(x): days for x, days in sorted(landlord.targets.items())},
        "limits": hashlib.sha256(repr((LIMITS, EXTENSIONS)).encode()).hexdigest(),
    }


def _changed_days(before: dict[str, Any] | None, now: dict[str, Any]) -> list[str] | None:
    """The days that became holidays or are none any more, if nothing else changed; else None."""
    if before is None or any(before.get(x) != now[x] for x in now if x != "holidays"):
        return None
    return sorted(set(before["holidays"]) ^ set(now["holidays"]))
