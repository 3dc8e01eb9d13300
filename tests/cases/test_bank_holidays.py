"""The bank holidays: the data file, the script that makes it, and counting against an independent oracle."""

import json
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from putright.cases.working_days import england
from tests.cases.make_bank_holidays import TARGET, made

ENGLAND = england()

# Typed by hand from the table of the published days, not from the data file.
TABLE = """
2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26
2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26
2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28
2028-01-03 2028-04-14 2028-04-17 2028-05-01 2028-05-29 2028-08-28 2028-12-25 2028-12-26
"""
BY_HAND = TABLE.split()
ORACLE = np.busdaycalendar(holidays=[date.fromisoformat(day) for day in BY_HAND])


def _data(text: str) -> dict[str, Any]:
    return {key: value for key, value in json.loads(text).items() if key != "made_on"}


def test_the_file_is_what_the_script_makes() -> None:
    assert _data(TARGET.read_text(encoding="utf-8")) == _data(made("2026-11-21"))


def test_the_file_says_where_it_is_from_and_how_far_it_reaches() -> None:
    data = json.loads(TARGET.read_text(encoding="utf-8"))
    assert data["nation"] == "England"
    assert data["source"].startswith("holidays ")
    date.fromisoformat(data["made_on"])
    assert (data["first_day"], data["last_day"], data["computed_from"]) == (
        "2019-01-01",
        "2028-12-31",
        "2028-01-01",
    )


def test_the_days_of_2024_to_2028_are_those_of_the_published_table() -> None:
    assert [x.isoformat() for x in sorted(ENGLAND.holidays) if x.year >= 2024] == BY_HAND


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        pytest.param("2020-05-08", True, id="8 May 2020: early May moved to VE Day"),
        pytest.param("2020-05-04", False, id="4 May 2020: so that Monday was worked"),
        pytest.param("2022-06-02", True, id="2 June 2022: spring bank holiday moved"),
        pytest.param("2022-06-03", True, id="3 June 2022: Platinum Jubilee"),
        pytest.param("2022-05-30", False, id="30 May 2022: so that Monday was worked"),
        pytest.param("2022-09-19", True, id="19 September 2022: State Funeral"),
        pytest.param("2023-05-08", True, id="8 May 2023: Coronation"),
        pytest.param("2023-05-01", True, id="1 May 2023: early May stayed"),
        pytest.param("2026-04-06", True, id="England has Easter Monday"),
        pytest.param("2026-08-31", True, id="England has the summer bank holiday"),
        pytest.param("2026-03-17", False, id="St Patrick's Day is Northern Ireland's"),
        pytest.param("2026-08-03", False, id="the first Monday of August is Scotland's"),
        pytest.param("2026-11-30", False, id="St Andrew's Day is Scotland's"),
        pytest.param("2026-01-02", False, id="2 January is Scotland's"),
    ],
)
def test_special_days_and_other_nations_days(day: str, holiday: bool) -> None:
    assert ENGLAND.is_working_day(date.fromisoformat(day)) is not holiday


def test_no_weekend_day_is_listed_and_every_year_has_its_eight() -> None:
    assert all(day.weekday() < 5 for day in ENGLAND.holidays)
    years = [day.year for day in ENGLAND.holidays]
    assert {year: years.count(year) for year in range(2019, 2029)} == {
        **dict.fromkeys(range(2019, 2029), 8),
        2022: 10,  # the Jubilee and the State Funeral
        2023: 9,  # the Coronation
    }


@settings(max_examples=1000)
@given(st.dates(date(2024, 1, 1), date(2028, 9, 30)), st.integers(1, 60))
def test_counting_agrees_with_numpy_on_holidays_typed_by_hand(start: date, days: int) -> None:
    # numpy's "backward" makes a start on a free day count from the working day before it: our day 0.
    theirs = np.busday_offset(start, days, roll="backward", busdaycal=ORACLE)
    assert ENGLAND.add(start, days) == theirs.astype(date)


@given(st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.dates(date(2024, 1, 1), date(2028, 12, 31)))
def test_counting_between_agrees_with_numpy(one: date, other: date) -> None:
    start, end = sorted((one, other))
    theirs = np.busday_count(
        np.datetime64(start) + np.timedelta64(1, "D"),
        np.datetime64(end) + np.timedelta64(1, "D"),
        busdaycal=ORACLE,
    )
    assert ENGLAND.between(start, end) == int(theirs)
