"""What complaints leads look at: readings that ask, and the week's draw of what was surely called no complaint."""

from datetime import date

from sqlite_utils import Database

from putright.cases import acts
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.events import Event, Shown
from putright.cases.labels import Label
from putright.storage import cases, labels
from putright.storage.cases import Filter, Row
from putright.storage.confined import hidden
from putright.triage.eyes import Eyes
from putright.triage.sample import sample, week_of


def queue(db: Database, day: date, eyes: Eyes, *, drawn: bool) -> list[Row]:
    """What is still to be looked at, the soonest due first; or of the week's draw, in the order of the draw."""
    if not drawn:
        return cases.listing(db, Filter(review=True, seen_by=eyes.seen_by))
    unseen, done = hidden(db, eyes.seen_by), {x.reference for x in labels.drawn(db)}
    return [
        row
        for row in sample(db, week_of(day))
        if row.reference not in unseen | done and row.closed is None and not row.confirmed_by
    ]


def needs_reason(case: Case, label: Label) -> bool:
    """Whether the label overturns what was sure, which is kept with its reason."""
    return label is not case.label and not case.unconfirmed


def labelled(case: Case, by: By, label: Label, reason: str = "", *, drawn: bool) -> Event:
    """The event of a person's label, with why they were shown it. Raises Refused."""
    shown = Shown.UNSURE if case.unconfirmed else Shown.RANDOM if drawn else Shown.DISPUTED
    return acts.reclassify(case, by, label, reason, shown=shown)
