"""Acting on a case: check the act against the Code, write its event, and show what it moved."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from putright.cases.acts import in_its_time
from putright.cases.case import Case, fold
from putright.cases.deadlines import Deadline
from putright.cases.errors import Refused
from putright.cases.events import Event, Kind
from putright.cases.references import whole_reference
from putright.storage import cases, events
from putright.storage.database import writing
from putright.triage.eyes import ALL, Eyes
from putright.triage.landlord import Landlord
from putright.triage.remarks import remarks


@dataclass(frozen=True, slots=True)
class Moved:
    """A case before and after an act, each with what was due next; and what has to be said about the act."""

    before: Case
    after: Case
    due_before: Deadline | None
    due_after: Deadline | None
    events: tuple[Event, ...]
    remarks: tuple[str, ...] = ()


def find(db: Database, reference: str, eyes: Eyes = ALL) -> Case:
    """The case of that reference. Raises Refused when there is none, or none for these eyes: in the same words."""
    case = events.load(db, reference)
    if case is None or not eyes.see(case):
        raise Refused(f"There is no case {reference}. `putright cases` lists them all.")
    return case


def find_to_act(db: Database, reference: str, landlord: Landlord, at: datetime, eyes: Eyes = ALL) -> Case:
    """The case of that reference, if something can have been done on it at that time. Raises Refused."""
    case = find(db, reference, eyes)
    in_its_time(case, at, landlord.calendar)
    return case


def act(
    db: Database,
    reference: str,
    landlord: Landlord,
    now: datetime,
    decide: Callable[[Case], Event | tuple[Event, ...]],
    eyes: Eyes = ALL,
    *,
    version: int | None = None,
) -> Moved:
    """Do one act: `decide` checks it and gives its event, or the events of several acts done at once.

    Raises Refused (nothing is written) when a rule forbids it, StaleView when somebody was quicker, or when the case
    is not at `version` any more.
    """
    before = find_to_act(db, reference, landlord, now, eyes)
    if version is not None and before.version != version:
        raise events.stale(before.history, reference, version)
    decided = decide(before)
    done = (decided,) if isinstance(decided, Event) else decided
    for event in done:
        _names_a_case(db, reference, event)
    with writing(db):
        after = events.append(db, reference, done, expected_version=before.version)
        due_after = after.next_due(landlord.calendar, landlord.targets)
        cases.project(db, after, due_after)
    return _moved(before, after, done, landlord)


def _names_a_case(db: Database, reference: str, event: Event) -> None:
    """Refuse an earlier case of ours that there is none of (2.2); one of another system cannot be looked up."""
    earlier = whole_reference(event.data.get("earlier_case", "")) if event.kind is Kind.REFUSED else None
    if earlier and (earlier == reference or events.load(db, earlier) is None):
        raise Refused(
            f"{earlier} is no earlier case: say which one considered it, with --earlier-case.",
            "2.2",
        )


def foresee(
    db: Database,
    reference: str,
    landlord: Landlord,
    now: datetime,
    decide: Callable[[Case], Event | tuple[Event, ...]],
) -> Moved:
    """What an act would move; nothing is written. Raises Refused as `act` does."""
    before = find_to_act(db, reference, landlord, now)
    decided = decide(before)
    done = (decided,) if isinstance(decided, Event) else decided
    return _moved(before, fold(reference, [*before.history, *done]), done, landlord)


def _moved(before: Case, after: Case, done: tuple[Event, ...], landlord: Landlord) -> Moved:
    said = tuple(line for event in done for line in remarks(after, event, landlord))
    due_before = before.next_due(landlord.calendar, landlord.targets)
    return Moved(before, after, due_before, after.next_due(landlord.calendar, landlord.targets), done, said)
