"""Awaab's Law: the worked dates of both kinds of hazard, and hours that never stop."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from putright.cases.errors import Refused
from putright.cases.hazards import Hazard, hazard_deadlines
from putright.cases.working_days import LONDON, england

ENGLAND = england()
D = date.fromisoformat


def london(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("aware", "investigated", "dates"),
    [
        pytest.param(
            "2026-11-20T09:00",
            None,
            ("2026-12-04", "2026-12-09", "2026-12-11", "2027-02-26"),
            id="Fri 20 Nov 2026, concluded on the last day",
        ),
        pytest.param(
            "2026-12-21T09:00",
            "2027-01-07",
            ("2027-01-07", "2027-01-12", "2027-01-14", "2027-04-01"),
            id="Mon 21 Dec 2026, over Christmas and New Year",
        ),
        pytest.param(
            "2026-11-20T23:59",
            None,
            ("2026-12-04", "2026-12-09", "2026-12-11", "2027-02-26"),
            id="a minute before midnight is the same day",
        ),
        pytest.param(
            "2026-11-21T00:00",
            None,
            ("2026-12-04", "2026-12-09", "2026-12-11", "2027-02-26"),
            id="Saturday has the same day 1",
        ),
        pytest.param(
            "2026-11-20T09:00",
            "2026-11-20",
            ("2026-12-04", "2026-11-25", "2026-11-27", "2027-02-12"),
            id="investigated at once: the later duties come forward",
        ),
    ],
)
def test_a_significant_hazard(aware: str, investigated: str | None, dates: tuple[str, ...]) -> None:
    found = hazard_deadlines(
        Hazard.SIGNIFICANT, london(aware), ENGLAND, D(investigated) if investigated else None
    )
    assert tuple(x.due for x in found) == tuple(D(x) for x in dates)
    assert [x.limit for x in found] == ["10 working days", "3 working days", "5 working days", "12 weeks"]
    assert all(x.working[-1].day == x.due for x in found[:3])


@pytest.mark.parametrize(
    ("aware", "due"),
    [
        pytest.param("2026-11-21T17:20", "2026-11-22T17:20", id="Saturday evening runs through Sunday"),
        pytest.param("2026-12-24T23:00", "2026-12-25T23:00", id="Christmas Eve runs through Christmas Day"),
        pytest.param(
            "2026-03-28T17:20", "2026-03-29T18:20", id="the clocks go forward: 24 hours all the same"
        ),
        pytest.param("2026-10-24T17:20", "2026-10-25T16:20", id="the clocks go back: 24 hours, not 25"),
        pytest.param("2028-12-31T20:00", "2029-01-01T20:00", id="hours need no calendar"),
    ],
)
def test_an_emergency_has_24_hours_by_the_clock(aware: str, due: str) -> None:
    (found,) = hazard_deadlines(Hazard.EMERGENCY, london(aware), ENGLAND)
    assert found.due == london(due)
    assert isinstance(found.due, datetime) and found.due.tzinfo is LONDON


@given(
    st.datetimes(datetime(2025, 10, 28), datetime(2028, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001
)
def test_an_emergency_always_has_24_hours(aware: datetime) -> None:
    for written in (aware, aware.astimezone(LONDON)):
        (found,) = hazard_deadlines(Hazard.EMERGENCY, written, ENGLAND)
        assert isinstance(found.due, datetime)
        assert found.due.astimezone(UTC) - aware == timedelta(hours=24)


@pytest.mark.parametrize("kind", [pytest.param(x, id=x.value) for x in Hazard])
def test_before_the_law_there_is_no_duty(kind: Hazard) -> None:
    with pytest.raises(Refused, match="in force since Mon 27 Oct 2025"):
        hazard_deadlines(kind, london("2025-10-26T23:59"), ENGLAND)
    assert hazard_deadlines(kind, london("2025-10-27T00:00"), ENGLAND)


@pytest.mark.parametrize("kind", [pytest.param(x, id=x.value) for x in Hazard])
def test_a_naive_moment_is_not_guessed_at(kind: Hazard) -> None:
    with pytest.raises(ValueError, match="naive"):
        hazard_deadlines(kind, datetime(2026, 11, 20, 9), ENGLAND)  # noqa: DTZ001 - the fault that is shown


def test_an_investigation_cannot_end_before_anyone_was_aware() -> None:
    with pytest.raises(Refused) as error:
        hazard_deadlines(Hazard.SIGNIFICANT, london("2026-11-20T09:00"), ENGLAND, D("2026-11-19"))
    assert str(error.value) == (
        "Investigated on Thu 19 Nov 2026 cannot be before aware on Fri 20 Nov 2026: check the two dates."
    )


def test_working_days_past_the_calendar_are_refused() -> None:
    with pytest.raises(Refused, match="cannot be counted"):
        hazard_deadlines(Hazard.SIGNIFICANT, london("2028-12-20T09:00"), ENGLAND)
