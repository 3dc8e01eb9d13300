"""A bank holiday is announced, or a limit changes: which dates move, which are looked at, and what is said."""

from dataclasses import replace
from datetime import date

import pytest
from sqlite_utils import Database

from putright.cases.limits import Clock
from putright.cases.record import record
from putright.cases.records.ending import WITHDRAW
from putright.storage import cases, timed_by
from putright.storage.cases import Filter
from putright.triage.retime import retime, say_retimed
from tests.harrowmere import LANDLORD, MONDAY, do, log, on, with_holiday

HOLIDAY = "2026-11-26"


def _due(db: Database) -> dict[str, date | None]:
    return {x.reference: x.next_due for x in cases.listing(db, Filter())}


def _posts(db: Database) -> list[str]:
    return [row[0] for row in db.execute("select payload from outbox where kind = 'retimed'")]


def test_a_new_bank_holiday_moves_the_open_cases_it_touches_and_names_them(db: Database) -> None:
    touched = log(db, "complaint: boiler", received=on("2026-11-23"))
    log(db, "complaint: roof", received=on("2026-11-10"))
    log(db, "request: tap", received=on("2026-11-23"))
    assert retime(db, LANDLORD) == [], "first the list is as it was written"
    (moved,) = retime(db, with_holiday(HOLIDAY))
    assert str(moved) == f"{touched}: acknowledge by Tue 1 Dec 2026 (before: Mon 30 Nov 2026) (Code 6.2)"
    assert _due(db)[touched] == date(2026, 12, 1)
    assert retime(db, with_holiday(HOLIDAY)) == []
    (back,) = retime(db, LANDLORD)
    assert "by Mon 30 Nov 2026 (before: Tue 1 Dec 2026)" in str(back), "and back, when it was a mistake"


@pytest.mark.parametrize(
    ("holiday", "looked_at"),
    [
        pytest.param("2026-11-10", True, id="the day of receipt"),
        pytest.param("2026-11-17", True, id="the due date"),
        pytest.param("2026-11-18", False, id="the day after the due date"),
        pytest.param("2026-11-09", False, id="the day before receipt"),
    ],
)
def test_only_cases_whose_dates_span_the_day_are_looked_at(
    db: Database, holiday: str, looked_at: bool
) -> None:
    reference = log(db, "complaint: roof", received=on("2026-11-10"))
    assert _due(db) == {reference: date(2026, 11, 17)}
    assert timed_by.spanning(db, [holiday]) == ([reference] if looked_at else [])


def test_what_is_closed_is_left_as_it_was(db: Database) -> None:
    reference = log(db, "complaint: boiler", received=on("2026-11-23"))
    do(db, reference, lambda case, by: record(WITHDRAW, case, by, {"reason": "sent twice"}))
    assert timed_by.spanning(db, [HOLIDAY]) == [] == retime(db, with_holiday(HOLIDAY))


def test_a_target_of_the_landlords_own_is_shown_on_every_open_case(db: Database) -> None:
    reference = log(db, "complaint: boiler", received=on("2026-11-23"))
    retime(db, LANDLORD)
    (moved,) = retime(db, replace(LANDLORD, targets={Clock.STAGE_1_ACKNOWLEDGEMENT: 2}))
    assert str(moved).startswith(f"{reference}: acknowledge by Mon 30 Nov 2026")
    assert "your own target Wed 25 Nov 2026" in str(moved)


def test_what_moved_is_said_once_where_the_digest_is(db: Database) -> None:
    reference = log(db, "complaint: boiler", received=on("2026-11-23"))
    say_retimed(db, LANDLORD, retime(db, LANDLORD), MONDAY)
    assert _posts(db) == [], "nothing moved"
    say_retimed(db, LANDLORD, retime(db, with_holiday(HOLIDAY)), MONDAY)
    (post,) = _posts(db)
    assert "1 due date moved" in post and f"{reference}: acknowledge by Tue 1 Dec 2026" in post


def test_many_that_moved_are_counted_and_the_first_are_named(db: Database) -> None:
    for number in range(22):
        log(db, f"complaint: boiler {number}", received=on("2026-11-23"))
    retime(db, LANDLORD)
    say_retimed(db, LANDLORD, retime(db, with_holiday(HOLIDAY)), MONDAY)
    (post,) = _posts(db)
    assert "22 due dates moved" in post and post.count("(before:") == 20 and "and 2 more" in post
