"""Cases in the database at 10,000 and at 100,000 (1,000,000 when asked for): acts, lists, reminders, and plain SQL."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import count, cycle
from pathlib import Path

from sqlite_utils import Database

from benchmarks.many_cases import STAFF, TODAY, fill
from benchmarks.timing import ROUNDS, Figure, median_of
from putright.cases import acts
from putright.cases.acts import By
from putright.cases.labels import Channel, Decision, Label, ServiceArea
from putright.cases.limits import Clock
from putright.cases.message import Message
from putright.cases.reading import Reading
from putright.cases.working_days import LONDON, england
from putright.storage import cases, events, intake, messages
from putright.storage.cases import Filter
from putright.storage.database import open_database
from putright.triage.act import act
from putright.triage.landlord import Landlord
from putright.triage.remind import SHOWN, as_post, digest
from putright.triage.remind_each import personal, weekly
from putright.triage.retime import retime
from putright.triage.settle import settle
from putright.triage.take_in import process, store_told
from putright.triage.told import Told

LANDLORD = Landlord(
    calendar=england(),
    people={f"U{n}": name for n, name in enumerate(STAFF)},
    targets={Clock.SERVICE_REQUEST: 3},
)
NOW = datetime.combine(TODAY, time(9), LONDON)
MONDAY = TODAY + timedelta(days=3)
SIZES = (10_000, 100_000)
PAGE = 50
"""Cases a list shows at once."""
AREAS = list(ServiceArea)
LISTS = {
    '"overdue"': Filter(overdue_on=TODAY),
    '"due this week"': Filter(due_from=TODAY, due_until=TODAY + timedelta(days=7)),
    '"mine"': Filter(handler=STAFF[0].split()[0]),
    '"to review"': Filter(review=True),
}
PLAIN = {
    '"overdue"': ("next_due < ?", [TODAY.isoformat()]),
    '"due this week"': (
        "next_due between ? and ?",
        [TODAY.isoformat(), (TODAY + timedelta(days=7)).isoformat()],
    ),
    '"mine"': ("handler = ?", [STAFF[0]]),
}
"""The condition and values of a list as plain SQL asks for it, beside `closed is null`."""
HOLIDAY = TODAY + timedelta(days=6)


class _Fixed:
    """Reads at once, so that only the storage is measured."""

    def read(self, message: Message) -> Reading:
        area = AREAS[len(message.body) % len(AREAS)]
        return Reading(
            Label.COMPLAINT, {Label.COMPLAINT: 1.0}, Decision.SURE, (), "1.2", "Measured.", area, model="none"
        )


def measure(million: bool = False) -> Iterator[Figure]:
    """Each operation among the most cases, beside the same among the fewest; and a list beside plain SQL."""
    with tempfile.TemporaryDirectory() as folder:
        before: dict[str, float] = {}
        for size in (*SIZES, *((1_000_000,) if million else ())):
            path = Path(folder) / f"{size}.db"
            with closing(open_database(path, clock=lambda: NOW)) as db:
                fill(db, size, LANDLORD)
            with closing(open_database(path, clock=lambda: NOW)) as db:
                for what, run in _operations(db).items():
                    seconds = median_of(run)
                    if what not in before:
                        before[what] = seconds
                    else:
                        yield Figure(f"{what}, of {size:,}", seconds, f"of {SIZES[0]:,}", before[what])
            if size != SIZES[0]:
                yield from _beside_plain_sql(path, size)


def _beside_plain_sql(path: Path, size: int) -> Iterator[Figure]:
    with (
        closing(sqlite3.connect(path)) as plain,
        closing(open_database(path, clock=lambda: NOW)) as db,
    ):
        for name, (condition, values) in PLAIN.items():
            asked = (
                f"select * from cases where closed is null and {condition} "
                f"order by next_due, year, number limit {PAGE}"
            )
            seconds = median_of(lambda: plain.execute(asked, values).fetchall())  # noqa: B023
            ours = median_of(lambda: cases.listing(db, LISTS[name], PAGE))  # noqa: B023
            yield Figure(f"{name}, of {size:,}", ours, "plain SQL", seconds)


def _operations(db: Database) -> dict[str, Callable[[], object]]:
    """What is measured, each as a person or the morning asks for it."""
    fresh = count(10_000_000)
    last = db.execute("select reference from cases where closed is null and stage = 1 limit 1").fetchone()[0]
    found: dict[str, Callable[[], object]] = {
        "logging a message": lambda: _log(db, next(fresh)),
        "opening its case, the transaction alone": _opening(db, fresh),
        "one case shown": lambda: (events.load(db, last), messages.of_case(db, last)),
        "one act on a case": lambda: act(
            db, last, LANDLORD, NOW, lambda case: acts.assign(case, By("Ada Reed", NOW), "Ada Reed")
        ),
    }
    for name, which in LISTS.items():
        found[f"{name}, its first {PAGE}"] = lambda which=which: cases.listing(db, which, PAGE)  # type: ignore[misc]
    found["everything open, its first 50"] = lambda: cases.listing(db, Filter(), PAGE)
    found["a new bank holiday, all cases it moves"] = _holiday(db)
    found["the reminders of a morning, 20 people"] = lambda: _morning(db)
    return found


def _morning(db: Database) -> None:
    as_post(digest(db, LANDLORD, MONDAY, SHOWN))
    for name in STAFF:
        personal(db, LANDLORD, name, MONDAY)
    weekly(db, LANDLORD, MONDAY)


def _opening(db: Database, fresh: Iterator[int]) -> Callable[[], object]:
    """What is left once a message is stored, claimed and taken apart: its transaction, until it is on the disk."""
    stored = []
    for _ in range(ROUNDS + 1):
        told = _note(next(fresh))
        stored.append((intake.item(db, store_told(db, told)[0]), told))
    return lambda: settle(db, *(given := stored.pop()), given[1].message(), _Fixed(), LANDLORD, NOW)


def _holiday(db: Database) -> Callable[[], object]:
    """Announced and taken back in turn, so that each time as many cases move."""
    with_it = replace(LANDLORD, calendar=LANDLORD.calendar.with_extra({HOLIDAY: "announced"}))
    retime(db, LANDLORD)
    turns = cycle((with_it, LANDLORD))
    return lambda: retime(db, next(turns))


def _log(db: Database, number: int) -> None:
    told = _note(number)
    intake_id, _ = store_told(db, told)
    assert process(db, intake_id, _Fixed(), LANDLORD, told.told_at).reference
    assert intake.item(db, intake_id).state == "logged"


def _note(number: int) -> Told:
    return Told(
        f"note {number} " + "x" * (number % 40), "bench", NOW + timedelta(seconds=number % 9), Channel.SLACK
    )
