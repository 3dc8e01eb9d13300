"""Cases in the database: opening one, and "what is overdue", at 1,000 and at 10,000 cases."""

import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from benchmarks.timing import Figure, median_of
from putright.cases.labels import Channel, Decision, Label, ServiceArea
from putright.cases.message import Message
from putright.cases.reading import Reading
from putright.cases.working_days import england
from putright.storage import cases, intake
from putright.storage.cases import Filter
from putright.storage.database import open_database, writing
from putright.triage.landlord import Landlord
from putright.triage.take_in import process, store_told
from putright.triage.told import Told

LANDLORD = Landlord(calendar=england())
START = datetime(2026, 1, 5, 9, tzinfo=UTC)
AREAS = list(ServiceArea)


class _Fixed:
    """Reads at once, so that only the storage is measured."""

    def read(self, message: Message) -> Reading:
        area = AREAS[len(message.body) % len(AREAS)]
        return Reading(
            Label.COMPLAINT, {Label.COMPLAINT: 1.0}, Decision.SURE, (), "1.2", "Measured.", area, model="none"
        )


def measure() -> Iterator[Figure]:
    """Logging one message in its transaction, and the list of what is overdue."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small.db", Path(folder) / "large.db"
        for path, number in ((small, 1_000), (large, 10_000)):
            with closing(open_database(path)) as db:
                db.execute("PRAGMA synchronous = OFF")  # only while filling
                with writing(db):
                    for n in range(number):
                        _log(db, n)
        with closing(open_database(small)) as one, closing(open_database(large)) as ten:
            counter = iter(range(20_000, 100_000))
            base = median_of(lambda: _log(one, next(counter)), rounds=30)
            opened = median_of(lambda: _log(ten, next(counter)), rounds=30)
            yield Figure("logging a message among 10,000 cases", opened, "among 1,000", base)
            which = Filter(overdue_on=datetime(2026, 1, 20, tzinfo=UTC).date())
            base = median_of(lambda: cases.listing(one, which)[:30])
            overdue = median_of(lambda: cases.listing(ten, which)[:30])
            yield Figure("what is overdue, of 10,000 cases", overdue, "of 1,000", base)


def _log(db: Database, number: int) -> None:
    told = Told(
        f"note {number} " + "x" * (number % 40), "bench", START + timedelta(minutes=number), Channel.SLACK
    )
    intake_id, _ = store_told(db, told)
    assert process(db, intake_id, _Fixed(), LANDLORD, told.told_at).reference
    assert intake.item(db, intake_id).state == "logged"
