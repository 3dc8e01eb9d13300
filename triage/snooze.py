"""Snooze: one person's reminder of a case moves, the deadline never does, and a breach cannot be silenced."""

from datetime import date, datetime

from sqlite_utils import Database

from putright.cases.errors import Refused
from putright.cases.working_days import in_words, local_day
from putright.storage import snoozes
from putright.storage.database import writing
from putright.triage.act import find
from putright.triage.eyes import ALL, Eyes
from putright.triage.landlord import Landlord

LONGEST_WORKING_DAYS = 5


def snooze(
    db: Database,
    reference: str,
    who: str,
    landlord: Landlord,
    now: datetime,
    until: date | None = None,
    eyes: Eyes = ALL,
) -> date:
    """Remind `who` of a case again on `until` (the next working day if not given), which is given back.

    Raises Refused when the case is in breach, or when the day is later than its due date or too far away.
    """
    case = find(db, reference, eyes)
    today = local_day(now)
    due = case.next_due(landlord.calendar, landlord.targets)
    until = until or landlord.calendar.add(today, 1)
    if due is None:
        raise Refused(f"Nothing is due on {reference}, so there is nothing to be reminded of.")
    if due.due < today and due.of_the_code:
        raise Refused(
            f"{reference} was due on {in_words(due.due)} and is in breach: that cannot be snoozed.",
            due.cited,
        )
    if until <= today:
        raise Refused("A reminder can only be put off to a later day.")
    last = landlord.calendar.add(today, LONGEST_WORKING_DAYS)
    if due.of_the_code or due.due >= today:
        last = min(due.due, last)
    if until > last:
        raise Refused(
            f"It can be put off to {in_words(last)} at the latest: "
            + ("it is due then." if last == due.due else f"{LONGEST_WORKING_DAYS} working days at a time.")
        )
    with writing(db):
        snoozes.put(db, reference, who, until)
    return until
