"""Random lives through the layer that the commands use: lists show the date that the Code's text asks for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from sqlite_utils import Database

from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.events import Event
from putright.storage import cases, events
from putright.storage.database import open_database, writing
from putright.triage.act import act
from tests.cases.test_random_lives import LIVES, Life, Lived, at_ease
from tests.harrowmere import LANDLORD, MONDAY


class Stored(Lived):
    """One life, written down in a database that holds those before it too."""

    def __init__(self, life: Life, db: Database, clock: list[datetime]) -> None:
        super().__init__(life)
        self.db, self.clock = db, clock
        self.clock[0] = self.now
        self.landlord = replace(LANDLORD, targets=self.targets)
        with writing(db):
            self.reference = cases.next_reference(db, 2026)
            self.case = events.append(db, self.reference, self.events)
            cases.project(db, self.case, self.case.next_due(self.landlord.calendar, self.targets))

    def apply(self, act_of: Callable[[Case, By], Event], by: By) -> Event:
        self.clock[0] = self.now
        moved = act(self.db, self.reference, self.landlord, self.now, lambda case: act_of(case, by))
        self.case = moved.after
        return moved.events[0]

    def check(self, after: str) -> None:
        super().check(after)
        if hasattr(self, "db"):
            (row,) = cases.named(self.db, [self.reference])
            assert row.next_due == self.expected.next_due(), after


def live(lives: int) -> None:
    clock = [MONDAY]
    db = open_database(":memory:", clock=lambda: clock[0])
    try:

        @settings(at_ease, max_examples=lives)
        @given(life=LIVES)
        def each(life: Life) -> None:
            Stored(life, db, clock).run()

        each()
        assert not list(events.broken_links(db)) and not events.cut_off(db)
    finally:
        db.close()


def test_lists_show_the_dates_of_random_lives() -> None:
    live(40)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_lists_show_the_dates_of_hundreds_of_random_lives() -> None:
    live(500)
