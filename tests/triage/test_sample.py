"""The weekly sample: who is drawn, and what it says of missed complaints."""

from datetime import timedelta

import pytest
from sqlite_utils import Database

from putright.cases import acts
from putright.cases.events import Shown
from putright.cases.labels import Label
from putright.triage.sample import MissRate, miss_rate, sample, week_of
from tests.harrowmere import MONDAY, do, log

WEEK = week_of(MONDAY.date())


def test_only_what_was_surely_called_no_complaint_that_week_is_drawn(db: Database) -> None:
    log(db, "request: tap", received=MONDAY - timedelta(days=3))
    log(db, "complaint: nobody came")
    log(db, "request: ask! perhaps")
    drawn = [log(db, "survey: fine"), log(db, "other: hello"), log(db, "request: lamp")]
    assert sorted(x.reference for x in sample(db, WEEK)) == drawn
    assert len(sample(db, WEEK, size=2)) == 2
    assert sample(db, WEEK) == sample(db, WEEK), "the same whenever it is asked for"


def test_what_was_drawn_stays_drawn_after_a_person_has_labelled_it(db: Database) -> None:
    reference = log(db, "request: tap")
    do(
        db,
        reference,
        acts.reclassify,
        label=Label.COMPLAINT,
        reason="she had asked before",
        shown=Shown.RANDOM,
    )
    assert [x.reference for x in sample(db, WEEK)] == [reference]


def test_only_labels_given_because_of_the_draw_count_and_the_first_of_each(db: Database) -> None:
    one, two, three = (log(db, f"request: {n}") for n in range(3))
    do(db, one, acts.reclassify, label=Label.COMPLAINT, reason="x", shown=Shown.RANDOM)
    do(db, one, acts.reclassify, label=Label.OTHER, reason="x", shown=Shown.DISPUTED)
    do(db, two, acts.confirm, shown=Shown.RANDOM)
    do(db, three, acts.reclassify, label=Label.COMPLAINT, reason="x", shown=Shown.DISPUTED)
    assert miss_rate(db) == MissRate(1, 2)


@pytest.mark.parametrize(
    ("missed", "looked_at", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        (0, 20, 0.0, 0.161),
        (2, 140, 0.004, 0.051),
        (140, 140, 0.973, 1.0),
    ],
)
def test_the_range_fits_what_was_seen(missed: int, looked_at: int, low: float, high: float) -> None:
    assert list(MissRate(missed, looked_at).interval) == pytest.approx([low, high], abs=5e-4)


def test_the_rate_is_a_sentence() -> None:
    assert str(MissRate(2, 140)).startswith(
        "2 of 140 looked at were complaints after all (range 0.4% to 5.1%"
    )
    assert "not known" in str(MissRate(0, 0))
