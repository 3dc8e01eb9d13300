"""Random moments: hazard clocks, data protection's clocks and the 12 months, as a second reckoning has them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from putright.cases.beside import beside
from putright.cases.case import fold
from putright.cases.events import Event, Kind
from putright.cases.hazards import Hazard, hazard_deadlines
from putright.cases.labels import Mark
from putright.cases.limits import within_12_months
from putright.cases.working_days import LONDON, england
from tests.cases.a_case import on, opened
from tests.cases.oracle import (
    dp_complaint_by,
    emergency_by,
    local,
    months_after,
    significant_by,
    subject_access_by,
)
from tests.cases.test_random_lives import QUICKLY, THOROUGHLY, at_ease

ENGLAND = england()
_FIRST, _LAST = datetime(2025, 10, 28), datetime(2028, 8, 31)  # noqa: DTZ001 - hypothesis gives them their zone
MOMENTS = st.datetimes(_FIRST, _LAST, timezones=st.sampled_from((UTC, LONDON)))


def hazards(aware: datetime, wait: int | None) -> None:
    (emergency,) = hazard_deadlines(Hazard.EMERGENCY, aware, ENGLAND)
    assert isinstance(emergency.due, datetime) and emergency.due.astimezone(UTC) == emergency_by(
        aware.astimezone(UTC)
    )
    concluded = None if wait is None else local(aware).date() + timedelta(days=wait)
    found = hazard_deadlines(Hazard.SIGNIFICANT, aware, ENGLAND, concluded)
    assert tuple(x.due for x in found) == significant_by(aware, concluded)


def data_protection(received: datetime) -> None:
    found = {x.mark: x.due for x in beside(dict.fromkeys(Mark, received), ENGLAND)}
    assert found[Mark.SAR] == subject_access_by(received)
    since = local(received).date() >= date(2026, 6, 19)
    assert found.get(Mark.DP_COMPLAINT) == (dp_complaint_by(received) if since else None)
    breach = found[Mark.POSSIBLE_BREACH]
    assert isinstance(breach, datetime) and breach.astimezone(UTC) - received.astimezone(UTC) == timedelta(
        hours=72
    )


DAYS = st.none() | st.dates(date(2023, 1, 1), date(2027, 1, 1)) | st.just(date(2024, 2, 29))


def time_limit(issue: date | None, aware: date | None, more: int) -> None:
    later = max(filter(None, (issue, aware)), default=None)
    received = (months_after(later, 12) if later else date(2026, 1, 1)) + timedelta(days=more)
    assert within_12_months(issue, aware, received) is (later is None or more <= 0)


@settings(at_ease, max_examples=QUICKLY // 4)
@given(MOMENTS, st.none() | st.integers(0, 30))
def test_hazards_by_the_hour_and_by_working_days(aware: datetime, wait: int | None) -> None:
    hazards(aware, wait)


@settings(at_ease, max_examples=QUICKLY // 4)
@given(MOMENTS)
def test_data_protection_counts_its_own_way(received: datetime) -> None:
    data_protection(received)


@settings(at_ease, max_examples=QUICKLY // 4)
@given(DAYS, DAYS, st.integers(-3, 3) | st.integers(-400, 400))
def test_twelve_months_from_the_later_day(issue: date | None, aware: date | None, more: int) -> None:
    time_limit(issue, aware, more)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@settings(at_ease, max_examples=THOROUGHLY)
@given(MOMENTS, st.none() | st.integers(0, 30), DAYS, DAYS, st.integers(-400, 400))
def test_all_of_them_20_000_times(
    moment: datetime, wait: int | None, issue: date | None, aware: date | None, more: int
) -> None:
    hazards(moment, wait)
    data_protection(moment)
    time_limit(issue, aware, more)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        pytest.param("2026-09-03", "2026-10-05", id="the day a month on is a Saturday: Monday"),
        pytest.param("2026-11-25", "2026-12-29", id="Christmas Day: on past the weekend and the substitute"),
        pytest.param("2026-01-31", "2026-03-02", id="no 31 February: its last day, a Saturday, so Monday"),
        pytest.param("2024-01-31", "2024-02-29", id="29 February where there is one"),
        pytest.param("2026-12-15", "2027-01-15", id="over the turn of the year"),
        pytest.param("2028-12-06", "2029-01-06", id="beyond the known holidays: the day itself, a Saturday"),
    ],
)
def test_a_subject_access_request_has_a_month(received: str, due: str) -> None:
    at = datetime.fromisoformat(received).replace(hour=23, tzinfo=LONDON)
    (found,) = beside({Mark.SAR: at}, ENGLAND)
    assert found.due == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        pytest.param("2026-06-18", None, id="the day before the duty began"),
        pytest.param("2026-06-19", "2026-07-18", id="the first day: receipt is day 1, weekends count"),
        pytest.param("2026-11-20", "2026-12-19", id="a Saturday stays a Saturday"),
    ],
)
def test_a_data_protection_complaint_is_acknowledged_in_30_days(received: str, due: str | None) -> None:
    at = datetime.fromisoformat(received).replace(hour=12, tzinfo=LONDON)
    assert [x.due for x in beside({Mark.DP_COMPLAINT: at}, ENGLAND)] == (
        [date.fromisoformat(due)] if due else []
    )
    assert not beside({Mark.GROUP: at, Mark.CONTRACTOR: at}, ENGLAND), "these marks have no clock"


def test_marks_are_those_of_the_messages_that_are_in_the_case() -> None:
    by = on("2026-11-23")
    first = opened(marks=["group"])
    reply = Event(
        Kind.JOINED, by.at, "putright", {"message": "m2", "marks": ["sar"], "marked": by.at.isoformat()}
    )
    out = Event(Kind.UNJOINED, by.at, "Ola", {"messages": ["m2"], "received": first.data["received"]})
    assert fold("HC-2026-0001", [first, reply]).marks == {Mark.GROUP: first.at, Mark.SAR: by.at}
    assert fold("HC-2026-0001", [first, reply, out]).marks == {Mark.GROUP: first.at}
