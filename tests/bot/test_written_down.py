"""When something happened and when it was written down: the first is said by people, the second by the machine."""

import json
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from putright.cases.working_days import LONDON
from tests.cli import in_json, putright, refused
from tests.harrowmere import letter

REF = "HC-2026-0001"
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=LONDON)
THURSDAY = datetime(2026, 11, 26, 15, 30, tzinfo=LONDON)
ASSIGN = ("case", "assign", REF, "--to", "Priya Shah", "--as", "Ada Reed")


@pytest.fixture(autouse=True)
def _logged() -> None:
    Path("letter.eml").write_bytes(letter())
    putright("ingest", "letter.eml", "--at", "2026-11-23T10:00")


def test_an_act_dated_back_keeps_the_machines_own_time_and_every_view_says_so() -> None:
    putright(*ASSIGN, "--at", "2026-11-24T09:00", clock=THURSDAY)
    event = in_json("case", "timeline", REF)[-1]
    assert datetime.fromisoformat(event["at"]) == datetime(2026, 11, 24, 9, 0, tzinfo=LONDON)
    assert datetime.fromisoformat(event["recorded_at"]) == THURSDAY
    told = "Tue 24 Nov 2026 09:00"
    said = "(Ada Reed; written down on Thu 26 Nov 2026 15:30)"
    line = putright("case", "timeline", REF).output.splitlines()[-1]
    assert line.startswith(told) and line.endswith(said)
    (shown,) = in_json("case", "show", REF)["written_down_on_another_day"]
    assert shown == event
    putright("case", "export", REF, "--out", "case.zip")
    with zipfile.ZipFile("case.zip") as packed:
        assert said in packed.read("timeline.txt").decode()
        assert json.loads(packed.read("events.json"))[-1]["recorded_at"] == event["recorded_at"]


def test_dates_count_from_when_it_happened() -> None:
    for verb in (("define",), ("assess", "--complexity", "low", "--vulnerability", "none", "--risk", "none")):
        putright("case", verb[0], REF, *verb[1:], "--at", "2026-11-24", clock=THURSDAY)
    putright("case", "acknowledge", REF, "--at", "2026-11-24", clock=THURSDAY)
    dates = {x["clock"]: x for x in in_json("case", "show", REF)["deadlines"]}
    assert dates["stage_1_acknowledgement"]["done"] == "2026-11-24"
    assert dates["stage_1_response"]["due"] == "2026-12-08"


@pytest.mark.parametrize(
    ("at", "told"),
    [
        pytest.param("2026-11-25T15:30", False, id="a day later to the minute"),
        pytest.param("2026-11-25T15:29", True, id="a minute more"),
        pytest.param("2026-11-26T15:30", False, id="at once"),
    ],
)
def test_what_is_written_down_within_a_day_is_not_remarked_upon(at: str, told: bool) -> None:
    putright(*ASSIGN, "--at", at, clock=THURSDAY)
    assert ("written down on" in putright("case", "timeline", REF).output) is told


def test_an_act_dated_ahead_of_the_clock_is_kept_and_shows() -> None:
    putright(*ASSIGN, "--at", "2026-12-01T09:00", clock=THURSDAY)
    lines = " ".join(putright("case", "timeline", REF).output.split())
    assert "Tue 1 Dec 2026 09:00" in lines
    assert "written down on Thu 26 Nov 2026 15:30" in lines


@pytest.mark.parametrize(
    "act", [ASSIGN, ("review", "set", REF, "other", "--because", "thanks"), ("case", "link", REF, REF)]
)
def test_an_act_years_ahead_is_a_slip_of_the_pen(act: tuple[str, ...]) -> None:
    assert "beyond the days that can be counted" in refused(*act, "--at", "2029-01-01", clock=THURSDAY)
    assert in_json("case", "show", REF)["version"] == 1


def test_lists_and_reminders_may_look_ahead() -> None:
    ahead = ("--at", "2026-12-14")
    assert REF in putright("cases", "--overdue", *ahead, clock=MONDAY).output
    assert REF in putright("remind", "--dry-run", *ahead, clock=MONDAY).output


def test_on_a_case_that_was_taken_in_ahead_of_the_clock_acts_may_be_ahead_and_it_shows() -> None:
    early = datetime(2026, 11, 2, 9, 0, tzinfo=LONDON)
    note = ("note", "complaint: no heating", "--by", "Sam Reed", "--at", "2026-11-23T10:00", "--json")
    reference = json.loads(putright(*note, clock=early).stdout)["reference"]
    putright("case", "assign", reference, "--to", "Priya Shah", "--at", "2026-11-25", clock=early)
    lines = " ".join(putright("case", "timeline", reference).output.split())
    assert lines.count("written down on Mon 2 Nov 2026 09:00") == 2
    assert "Tue 1 Jan 2199 lies more than two years ahead of today" in refused(
        "note", "no heating", "--by", "Sam Reed", "--at", "2199-01-01", clock=early
    )
