"""England's working days: which day counts, which does not, and where counting stops."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from putright.cases.errors import Refused
from putright.cases.working_days import LONDON, Calendar, CountedDay, england, in_words, local_day

ENGLAND = england()


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        pytest.param("2026-07-01T22:59:59+00:00", "2026-07-01", id="22:59:59 UTC in July is still that day"),
        pytest.param("2026-07-01T23:00:00+00:00", "2026-07-02", id="23:00 UTC in July is midnight in London"),
        pytest.param("2026-07-01T23:30:00+00:00", "2026-07-02", id="23:30 UTC in July is the next day"),
        pytest.param("2026-12-01T23:30:00+00:00", "2026-12-01", id="23:30 UTC in December is that day"),
        pytest.param("2026-12-01T23:59:59+00:00", "2026-12-01", id="the last second of a winter's day"),
        pytest.param("2026-03-28T23:30:00+00:00", "2026-03-28", id="the night before the clocks go forward"),
        pytest.param("2026-03-29T23:30:00+00:00", "2026-03-30", id="the night after the clocks went forward"),
        pytest.param("2026-10-24T23:30:00+00:00", "2026-10-25", id="the night before the clocks go back"),
        pytest.param("2026-10-25T23:30:00+00:00", "2026-10-25", id="the night after the clocks went back"),
        pytest.param("2026-07-02T00:30:00+02:00", "2026-07-01", id="00:30 in Warsaw is the day before"),
        pytest.param("2026-07-01T16:00:00-07:00", "2026-07-02", id="the afternoon in California is midnight"),
    ],
)
def test_the_date_is_londons(moment: str, day: str) -> None:
    assert local_day(datetime.fromisoformat(moment)) == date.fromisoformat(day)


def test_a_naive_moment_has_no_date() -> None:
    with pytest.raises(ValueError, match="naive"):
        local_day(datetime(2026, 7, 1, 12, 0))  # noqa: DTZ001 - the fault that is shown


@pytest.mark.parametrize(
    ("received", "day_1", "day_5"),
    [
        pytest.param("2026-11-19T17:00", "2026-11-20", "2026-11-26", id="Thursday: day 1 is Friday"),
        pytest.param("2026-11-20T23:50", "2026-11-23", "2026-11-27", id="Friday 23:50: day 1 is Monday"),
        pytest.param("2026-11-21T00:01", "2026-11-23", "2026-11-27", id="Saturday: day 1 is Monday"),
        pytest.param("2026-11-22T23:59", "2026-11-23", "2026-11-27", id="Sunday night: day 1 is Monday"),
        pytest.param("2026-11-23T00:00", "2026-11-24", "2026-11-30", id="Monday 00:00: day 1 is Tuesday"),
        pytest.param("2026-11-18T18:30", "2026-11-19", "2026-11-25", id="Wednesday evening gains no day"),
        pytest.param("2026-08-30T12:00", "2026-09-01", "2026-09-07", id="Sunday before the summer holiday"),
        pytest.param("2026-08-31T12:00", "2026-09-01", "2026-09-07", id="on the summer holiday itself"),
        pytest.param("2026-04-03T09:00", "2026-04-07", "2026-04-13", id="Good Friday: day 1 is Tuesday"),
        pytest.param("2026-04-06T09:00", "2026-04-07", "2026-04-13", id="Easter Monday: day 1 is Tuesday"),
        pytest.param("2026-12-26T09:00", "2026-12-29", "2027-01-05", id="Saturday before a substitute day"),
        pytest.param("2026-03-27T23:30", "2026-03-30", "2026-04-07", id="over the clocks going forward"),
        pytest.param("2026-10-23T23:30", "2026-10-26", "2026-10-30", id="over the clocks going back"),
        pytest.param("2022-09-16T09:00", "2022-09-20", "2022-09-26", id="over the State Funeral"),
        pytest.param("2024-02-28T09:00", "2024-02-29", "2024-03-06", id="29 February counts"),
    ],
)
def test_day_1_is_the_first_working_day_after_receipt(received: str, day_1: str, day_5: str) -> None:
    day = local_day(datetime.fromisoformat(received).replace(tzinfo=LONDON))
    assert ENGLAND.next_working_day(day) == date.fromisoformat(day_1)
    assert ENGLAND.add(day, 5) == date.fromisoformat(day_5)


@pytest.mark.parametrize(
    ("received", "days", "extra", "due"),
    [
        pytest.param("2021-07-03", 20, "", "2021-07-30", id="MoJ CTS: a Saturday counts as its Friday would"),
        pytest.param("2020-09-19", 1, "2020-09-21", "2020-09-22", id="FixMyStreet: an invented holiday"),
        pytest.param("2020-08-17", 20, "", "2020-09-15", id="HOCS: a Monday agrees"),
        pytest.param("2020-01-04", 20, "", "2020-01-31", id="HOCS says Mon 3 Feb: ours is the earlier"),
        pytest.param("2020-02-01", 20, "", "2020-02-28", id="HOCS says Mon 2 Mar: ours is the earlier"),
    ],
)
def test_where_uk_government_code_disagrees(received: str, days: int, extra: str, due: str) -> None:
    calendar = ENGLAND.with_extra({date.fromisoformat(extra): "invented"} if extra else {})
    assert calendar.add(date.fromisoformat(received), days) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("received", "days", "holidays", "due"),
    [
        pytest.param("2017-05-18", 20, ("2017-05-29",), "2017-06-16", id="MoJ CTS 2017"),
        pytest.param("2009-03-14", 20, ("2009-04-10", "2009-04-13"), "2009-04-14", id="Alaveteli, Saturday"),
        pytest.param("2009-03-15", 20, ("2009-04-10", "2009-04-13"), "2009-04-14", id="Alaveteli, Sunday"),
        pytest.param("2009-03-16", 20, ("2009-04-10", "2009-04-13"), "2009-04-15", id="Alaveteli, Monday"),
        pytest.param(
            "2009-03-14",
            20,
            ("2009-03-17", "2009-04-10", "2009-04-13"),
            "2009-04-15",
            id="Alaveteli with St Patrick's Day",
        ),
    ],
)
def test_the_same_rule_with_a_calendar_of_their_years(
    received: str, days: int, holidays: tuple[str, ...], due: str
) -> None:
    start = date.fromisoformat(received)
    calendar = Calendar(
        {date.fromisoformat(x): "holiday" for x in holidays},
        start,
        start + timedelta(days=90),
        start,
    )
    assert calendar.add(start, days) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("start", "days"),
    [
        pytest.param("2028-12-29", 1, id="one day past the last Friday"),
        pytest.param("2018-12-31", 0, id="a start before the first day"),
        pytest.param("2018-12-31", 5, id="counting in from before the first day"),
        pytest.param("2029-01-01", 0, id="a start after the last day"),
        pytest.param("2028-12-20", 20, id="a whole response time past the last day"),
    ],
)
def test_counting_off_the_calendar_is_refused(start: str, days: int) -> None:
    with pytest.raises(Refused, match="known from Tue 1 Jan 2019 to Sun 31 Dec 2028"):
        ENGLAND.add(date.fromisoformat(start), days)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        pytest.param("2028-12-28", 1, "2028-12-29", id="the last working day is still counted"),
        pytest.param("2028-12-31", 0, "2028-12-31", id="nothing counted on the last day"),
        pytest.param("2019-01-01", 1, "2019-01-02", id="the first day, a holiday, is a day 0"),
        pytest.param("2026-11-21", 0, "2026-11-21", id="nothing counted from a Saturday"),
    ],
)
def test_counting_up_to_the_ends_of_the_calendar(start: str, days: int, end: str) -> None:
    assert ENGLAND.add(date.fromisoformat(start), days) == date.fromisoformat(end)


def test_between_is_refused_off_the_calendar_at_either_end() -> None:
    inside, outside = date(2026, 1, 5), date(2029, 1, 5)
    for start, end in ((inside, outside), (outside, inside)):
        with pytest.raises(Refused):
            ENGLAND.between(start, end)


def test_each_day_passed_is_shown_with_its_number_or_why_it_does_not_count() -> None:
    assert list(ENGLAND.walk(date(2026, 12, 24), 1)) == [
        CountedDay(date(2026, 12, 25), None, "bank holiday: Christmas Day"),
        CountedDay(date(2026, 12, 26), None, "Saturday"),
        CountedDay(date(2026, 12, 27), None, "Sunday"),
        CountedDay(date(2026, 12, 28), None, "bank holiday: Boxing Day (observed)"),
        CountedDay(date(2026, 12, 29), 1, ""),
    ]


def test_a_day_the_landlord_adds_is_left_out_and_the_calendar_itself_stays() -> None:
    added = ENGLAND.with_extra({date(2026, 11, 23): "a day of mourning"})
    assert added.add(date(2026, 11, 20), 5) == date(2026, 11, 30)
    assert added.why_not(date(2026, 11, 23)) == "bank holiday: a day of mourning"
    assert ENGLAND.add(date(2026, 11, 20), 5) == date(2026, 11, 27)


def test_christmas_closure_days_are_working_days() -> None:
    assert [ENGLAND.is_working_day(date(2026, 12, day)) for day in (24, 29, 30, 31)] == [True] * 4


def test_dates_in_words_do_not_depend_on_the_reader() -> None:
    assert in_words(date(2026, 11, 27)) == "Fri 27 Nov 2026"
    assert in_words(date(2027, 1, 5)) == "Tue 5 Jan 2027"


DAYS = st.dates(date(2019, 1, 1), date(2028, 10, 31))


@given(DAYS, st.integers(0, 40))
def test_adding_and_counting_between_undo_each_other(start: date, days: int) -> None:
    end = ENGLAND.add(start, days)
    assert ENGLAND.between(start, end) == days
    assert days == 0 or ENGLAND.is_working_day(end)


@given(DAYS, DAYS, st.integers(0, 40))
def test_what_comes_later_is_never_due_earlier(one: date, other: date, days: int) -> None:
    earlier, later = sorted((one, other))
    assert ENGLAND.add(earlier, days) <= ENGLAND.add(later, days)


@given(
    st.datetimes(datetime(2019, 1, 1), datetime(2028, 12, 30), timezones=st.just(UTC)),  # noqa: DTZ001
    st.sampled_from(["Europe/London", "Europe/Warsaw", "America/New_York", "Asia/Kolkata", "UTC"]),
)
def test_the_date_depends_on_the_moment_not_on_the_zone_it_is_written_in(moment: datetime, zone: str) -> None:
    assert local_day(moment) == local_day(moment.astimezone(ZoneInfo(zone)))
