"""What complaints leads look at: readings that ask, labels in dispute, and the week's draw of what was surely called no
complaint.
"""

import json
from datetime import date, timedelta

from sqlite_utils import Database

from putright.cases import acts
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.events import Event, Shown
from putright.cases.labels import Label
from putright.cases.typed import same_person
from putright.storage import cases, labels
from putright.storage.cases import Filter, Row
from putright.storage.confined import hidden
from putright.triage.eyes import Eyes
from putright.triage.sample import sample, week_of


def queue(db: Database, day: date, eyes: Eyes, *, drawn: bool) -> list[Row]:
    """What is still to be looked at: the soonest due first, then what is in dispute; or of the draw, as drawn.

    The week before is drawn from first, for only then is it whole; then this one as far as it has come.
    """
    if not drawn:
        return [*cases.listing(db, Filter(review=True, seen_by=eyes.seen_by)), *disputed(db, eyes)]
    unseen = hidden(db, eyes.seen_by)
    done = {x.reference for x in labels.drawn(db)}
    week = week_of(day)
    return [
        row
        for row in (*sample(db, week - timedelta(days=7)), *sample(db, week))
        if row.reference not in unseen | done and row.closed is None and not row.confirmed_by
    ]


def disputed(db: Database, eyes: Eyes) -> list[Row]:
    """The cases whose label is in dispute, as far as `eyes` may see and decide them, the soonest due first."""
    unseen = hidden(db, eyes.seen_by)
    return [x for x in cases.named(db, _disputed(db, eyes.names)) if x.reference not in unseen]


def who_said(case: Case) -> str:
    """Whose label it is, and why, where a second person is to look at it; empty where nobody said anything."""
    if not case.confirmed_by:
        return ""
    reason = case.labels[-1].reason if case.labels else ""
    return f"{case.confirmed_by} said so{f': {reason}' if reason else ''}. Do you agree?"


def _disputed(db: Database, names: tuple[str, ...]) -> list[str]:
    """Open cases whose label a person changed against a sure reading or another person's word, and nobody has agreed
    since; not those that somebody of these names changed themselves.
    """
    rows = db.execute(
        "select c.reference from cases c join events e on e.case_ref = c.reference "
        "where c.closed is null and c.confirmed_by != '' and e.kind = 'reclassified' "
        "and json_extract(e.data, '$.shown') = ? and e.actor not in (select value from json_each(?)) "
        "and not exists (select 1 from events later where later.case_ref = c.reference and later.seq > e.seq "
        "and later.kind in ('confirmed', 'reclassified')) order by c.reference",
        [Shown.DISPUTED.value, json.dumps(names)],
    )
    return [str(row[0]) for row in rows]


def needs_reason(case: Case, label: Label) -> bool:
    """Whether the label overturns what was sure, which is kept with its reason."""
    return label is not case.label and not case.unconfirmed


def labelled(case: Case, by: By, label: Label, reason: str = "", *, drawn: bool) -> Event:
    """The event of a person's label, with why they were shown it. Raises Refused."""
    shown = Shown.UNSURE if case.unconfirmed else Shown.RANDOM if drawn else Shown.DISPUTED
    return acts.reclassify(case, by, label, reason, shown=shown)


def agreed(case: Case, by: By, label: Label, reason: str = "", *, drawn: bool) -> Event:
    """The same in a review, where a second person may agree with the first. Raises Refused."""
    if label is case.label and case.confirmed_by and not same_person(case.confirmed_by, by.actor):
        return acts.confirm(case, by, shown=Shown.DISPUTED)
    return labelled(case, by, label, reason, drawn=drawn)
