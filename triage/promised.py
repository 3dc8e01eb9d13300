"""What a morning's digest says beside the Code's clocks: promises that are due, Awaab's Law, data protection."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from putright.cases.beside import Beside as Law
from putright.cases.beside import beside
from putright.cases.case import Case
from putright.cases.duties import Owed
from putright.cases.events import Kind
from putright.cases.hazards import FORCED, HazardDeadline
from putright.cases.records.hazard import assessed
from putright.cases.working_days import LONDON, Calendar, in_words, local_day
from putright.storage import duties, events
from putright.storage.cases import Row
from putright.triage.eyes import ALL, Eyes
from putright.triage.landlord import Landlord

PROMISES = {Owed.UPDATE: "update", Owed.ACTION: "action", Owed.REMEDY: "remedy"}
"""What residents were promised (5.9, 6.6, 7.3), in words."""


REVIEWS = {
    Owed.RESTRICTION: "restriction to be reviewed (Code 5.14)",
    Owed.ADJUSTMENT: "adjustment to be reviewed (Code 5.10)",
}
"""What stands until somebody reviews it, in words."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One thing due on a case beside the Code's clocks, in words without personal detail."""

    reference: str
    due: date
    words: str
    passed: bool = False
    """Whether a limit of Awaab's Law is past."""

    def __str__(self) -> str:
        return f"{self.reference}  {self.words}"


def promised(
    db: Database, day: date, limit: int, seen_by: Sequence[str] | None = None
) -> tuple[int, tuple[Beside, ...]]:
    """How many updates, actions and remedies are due by a day, and the first of them."""
    number, found = duties.due(db, tuple(PROMISES), day, limit, seen_by)
    lines = []
    for reference, duty in found:
        if duty.due:
            who = f", {duty.owner}" if duty.owner else ""
            lines.append(
                Beside(reference, duty.due, f"{PROMISES[duty.kind]} promised for {in_words(duty.due)}{who}")
            )
    return number, tuple(lines)


def reviews(
    db: Database, day: date, limit: int, seen_by: Sequence[str] | None = None
) -> tuple[int, tuple[Beside, ...]]:
    """How many restrictions and adjustments are to be reviewed by a day, and the first of them."""
    number, found = duties.due(db, tuple(REVIEWS), day, limit, seen_by)
    return number, tuple(
        Beside(reference, duty.due, f"{REVIEWS[duty.kind]} since {in_words(duty.due)}")
        for reference, duty in found
        if duty.due
    )


def marks(db: Database, landlord: Landlord, day: date, until: date, eyes: Eyes = ALL) -> tuple[Beside, ...]:
    """The duties of data protection law that have come or come by `until` and are not done, the soonest first."""
    _, owed = duties.due(db, (Owed.MARK,), until, -1, eyes.seen_by)
    known = (case for ref in dict.fromkeys(x for x, _ in owed) if (case := events.load(db, ref)))
    found = [
        Beside(case.reference, x.due_on, _mark_words(x, case, day), x.due_on < day)
        for case in known
        for x in beside(case.open_marks, landlord.calendar)
        if x.due_on <= until
    ]
    return tuple(sorted(found, key=lambda x: (x.due, x.reference)))


def _mark_words(x: Law, case: Case, day: date) -> str:
    overdue = "OVERDUE: " if x.due_on < day else ""
    return f"{overdue}{x.duty} by {x.due_in_words} ({x.limit}), {case.handler or 'unassigned'}"


def overdue_hazards(db: Database, landlord: Landlord, now: datetime, eyes: Eyes = ALL) -> tuple[Beside, ...]:
    """The limits of assessed hazards on open cases that are past now, the longest past first."""
    today = local_day(now)
    return tuple(x for x in hazards(db, landlord, today, today, eyes, now) if x.passed)


def overdue_words(late: Iterable[Beside], rows: Iterable[Row]) -> list[str]:
    """What is overdue by Awaab's Law on these cases, a line each."""
    shown = {row.reference for row in rows}
    return [f"Awaab's Law: {x}" for x in late if x.reference in shown]


def hazards(
    db: Database, landlord: Landlord, day: date, until: date, eyes: Eyes = ALL, now: datetime | None = None
) -> tuple[Beside, ...]:
    """The limits of assessed hazards on open cases that have come or come by `until`, the soonest first.

    Each is named until it is recorded as done, further work up to its day; what follows the investigation, once that
    has concluded. One that is past at `now` (the hour of the digest of `day` if not given) says OVERDUE.
    """
    now = now or datetime.combine(day, landlord.digest_at, LONDON)
    rows = db.execute(
        "select distinct e.case_ref from events e join cases c on c.reference = e.case_ref "
        "where e.kind = ? and c.closed is null",
        [Kind.HAZARD.value],
    ).fetchall()
    known = (case for (ref,) in rows if (case := events.load(db, ref)) and eyes.see(case))
    found = [x for case in known for x in _of(case, landlord, day, until, now)]
    return tuple(sorted(found, key=lambda x: (x.due, x.reference)))


def _of(case: Case, landlord: Landlord, day: date, until: date, now: datetime) -> Iterator[Beside]:
    for x, words in limits_of(case, landlord.calendar):
        # nobody may have to do further work, so that is named up to its day
        if x.due_on <= until and (x.step in FORCED or x.due_on >= day):
            passed = x.passed(now)
            line = f"{'OVERDUE: ' * passed}{words}, {case.handler or 'unassigned'}"
            yield Beside(case.reference, x.due_on, line, passed)


def limits_of(case: Case, calendar: Calendar) -> Iterator[tuple[HazardDeadline, str]]:
    """The limits of a case's hazards that are still to be kept, each with its words.

    What follows the investigation, once that has concluded. The hazard is named where there are several.
    """
    found = assessed(case, calendar)
    for hazard in found:
        limits = hazard.limits
        investigated = bool(limits) and (limits[0].done is not None or limits[0].step != "investigated")
        which = f"; {hazard.of.replace('-', ' ')}" if len(found) > 1 else ""
        for x in limits if investigated else limits[:1]:
            if x.done is None:
                yield x, f"{x.duty} by {x.due_in_words} ({x.limit}{which})"
