"""`putright clock` and `code`: the worked dates, each day with why it counts, and what is refused."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.bot.inbox import NOW
from tests.cli import in_json, putright, refused
from tests.harrowmere import letter


@pytest.mark.parametrize(
    ("arguments", "clock", "due"),
    [
        (("--received", "2026-12-24"), "stage_1_acknowledgement", "2027-01-05"),
        (("--received", "2024-03-28", "--acknowledged", "2024-04-02"), "stage_1_response", "2024-04-16"),
    ],
)
def test_the_clock_gives_the_worked_dates(arguments: tuple[str, ...], clock: str, due: str) -> None:
    found = in_json("clock", *arguments)
    assert found["due"][clock] == due
    assert next(x for x in found["deadlines"] if x["clock"] == clock)["working"][-1]["day"] == due


def test_the_clock_shows_each_day_it_counts_and_each_it_does_not() -> None:
    said = putright("clock", "--received", "2026-12-24", "--target", "2").output
    assert "Acknowledge by Tue 5 Jan 2027   (Code 6.2)" in said
    assert "Fri 25 Dec 2026  not counted: bank holiday: Christmas Day" in said
    assert "Tue 5 Jan 2027   day 5" in said
    assert "your own target: Wed 30 Dec 2026 (2 working days)" in said


def test_the_clock_refuses_to_count_past_its_calendar() -> None:
    assert "cannot be counted" in refused("clock", "--received", "2028-12-27")


def test_the_clock_refuses_dates_in_an_impossible_order() -> None:
    assert "check the two dates" in refused(
        "clock", "--received", "2026-11-23", "--acknowledged", "2026-11-20"
    )


def test_a_paragraph_of_the_code_says_what_since_when_how_sure_and_where_it_is_used() -> None:
    said = putright("code", "6.3").output
    for wanted in (
        "Code 6.3   (Complaint Handling Code 2024, in force from Mon 1 Apr 2024)",
        "within ten working days of the acknowledgement",
        "How sure: summarised from reprints",
        "the clock of the stage 1 response: 10 working days from the acknowledgement",
    ):
        assert wanted in said
    assert "putright case choice" in in_json("code", "1.3")["used"]
    assert "In the Code of 2022 this number was" in putright("code", "5.1").output
    assert "Until then (Code of 2022, 5.1): 10 working days from receipt." in said
    for number, kind in (("6.9", "stage-1"), ("6.19", "stage-2"), ("2.4", "refusal")):
        assert f"putright letter {kind}, putright check-letter {kind}" in putright("code", number).output
    assert len(in_json("code")) == 72 and len(in_json("code", "6")) == 20
    assert refused("code", "6.21").startswith("Error: The Code has no paragraph 6.21.")


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("awaab", "made safe within 24 hours"),
        ("data-protection", "acknowledged within 30 days"),
        ("Ombudsman", "By telephone: 0300 111 3000"),
    ],
)
def test_what_binds_beside_the_code_is_shown_with_how_sure_it_is(subject: str, said: str) -> None:
    page = putright("code", subject).output
    assert said in page and "How sure: " in page
    assert f"putright code {subject.lower()}" in putright("code").output
    assert in_json("code", subject)["name"] == subject.lower()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            "--acknowledged 2026-11-23 --responded 2026-12-01 --escalated 2026-11-25",
            "Stage 2 asked for on Wed 25 Nov 2026 cannot be before the stage 1 response on Tue 1 Dec 2026",
        ),
        (
            "--responded 2026-11-25",
            "counted from the acknowledgement: say when that was sent, --acknowledged.",
        ),
        (
            "--escalated 2026-11-25 --stage2-responded 2026-11-27",
            "say when that was sent, --stage2-acknowledged.",
        ),
        ("--stage2-extended 5", "There is no stage 2 to extend: say when it was asked for, --escalated."),
    ],
)
def test_the_clock_refuses_what_cannot_have_happened_so(given: str, said: str) -> None:
    assert said in refused("clock", "--received", "2026-11-20", *given.split())


def test_the_clock_says_since_when_it_knows_the_code() -> None:
    assert refused("clock", "--received", "2019-05-01") == (
        "Error: putright knows the Complaint Handling Code's rule for the stage 1 acknowledgement from Fri 1 Apr 2022 "
        "on, so it cannot say what held on Wed 1 May 2019: check the date."
    )


@pytest.mark.parametrize(("days", "warns"), [("10", False), ("11", True)])
def test_the_clock_warns_of_an_extension_that_needs_a_good_reason(days: str, warns: bool) -> None:
    arguments = ("clock", "--received", "2026-11-20", "--acknowledged", "2026-11-23", "--extended", days)
    assert (
        "WARNING: beyond Mon 21 Dec 2026 an extension needs a good reason" in putright(*arguments).output
    ) is warns
    assert in_json(*arguments)["deadlines"][1]["needs_good_reason"] is warns


def test_a_target_of_the_landlords_stands_beside_the_codes_date_wherever_that_stands() -> None:
    Path("putright.toml").write_text("[targets]\nstage_1_acknowledgement = 2\n")
    both = "acknowledge by Mon 30 Nov 2026 (Code 6.2; your own target Wed 25 Nov 2026)"
    assert both in putright("note", "complaint: x", "--by", "Sam", *NOW).output
    (row,) = in_json("cases")
    assert (row["due"], row["target"]) == ("2026-11-30", "2026-11-25")
    assert "your target" in putright("cases").output and "Wed 25 Nov 2026" in putright("cases").output
    missed = both.replace(")", " missed)")
    assert missed in putright("remind", "--dry-run", "--at", "2026-11-30").output
    early = putright("remind", "--dry-run", "--at", "2026-11-24").output
    assert "own target" not in early
    reached = putright("remind", "--dry-run", "--at", "2026-11-25").output
    assert f"Due by Mon 30 Nov 2026: 1\n  HC-2026-0001  {both}" in reached


def test_a_new_holiday_moves_what_every_command_says_at_once_and_is_told_once() -> None:
    Path("mails").mkdir()
    Path("mails/1.eml").write_bytes(letter("complaint: mushrooms"))
    now = ("--at", "2026-11-23T12:00")
    putright("ingest", "mails", *now)
    Path("putright.toml").write_text('[calendar]\nextra_holidays = ["2026-11-26"]\n')
    assert "Acknowledge by Tue 1 Dec 2026" in putright("case", "show", "HC-2026-0001", *now).output
    assert in_json("cases", *now)[0]["due"] == "2026-12-01"
    assert in_json("cases", "--due-within", "7", *now) == []
    assert "1 Dec 2026" in putright("ask", "when is HC-2026-0001 due", *now).output
    with closing(sqlite3.connect("test.db")) as db:
        told = db.execute("select count(*) from outbox where kind = 'retimed'").fetchone()
    assert told == (1,)


def test_a_target_is_at_most_what_the_settings_take() -> None:
    request = ("clock", "--service-request", "--received", "2026-11-23", "--target")
    assert "1<=x<=60" in refused(*request, "61", code=2)
    putright(*request, "60")


def test_the_clock_refuses_a_target_looser_than_the_code() -> None:
    assert "never looser" in refused("clock", "--received", "2026-11-23", "--target", "6")


REQUEST = ("clock", "--service-request", "--received", "2026-12-23")


def test_a_service_request_has_no_clock_but_the_landlords_own() -> None:
    said = putright(*REQUEST, "--target", "3").output
    assert "See to it by Wed 30 Dec 2026   (your own target; the Code has no limit)" in said
    assert "Fri 25 Dec 2026  not counted: bank holiday: Christmas Day" in said
    Path("putright.toml").write_text("[targets]\nservice_request = 3\n")
    assert putright(*REQUEST).output == said, "as in the settings"
    (kept,) = in_json(*REQUEST, "--closed", "2026-12-30")["deadlines"]
    assert (kept["due"], kept["target_met"], kept["met"], kept["paragraph"]) == ("2026-12-30", True, None, "")
    assert "done Thu 31 Dec 2026: target=miss\n" in putright(*REQUEST, "--closed", "2026-12-31").output
    assert "service_request" not in in_json("clock", "--received", "2026-12-23")["due"]


@pytest.mark.parametrize(
    ("more", "code", "sentence"),
    [
        pytest.param((), 2, "you have set none: give --target 3", id="without a target"),
        pytest.param(("--target", "0"), 2, "0 is not in the range", id="no days"),
        pytest.param(
            ("--received", "2028-12-20", "--target", "60"), 1, "cannot be counted", id="past the calendar"
        ),
        pytest.param(
            ("--target", "3", "--acknowledged", "2026-12-24"),
            2,
            "has no stages",
            id="with a complaint's stage",
        ),
        pytest.param(
            ("--target", "3", "--closed", "2026-12-22"), 1, "check the two dates", id="closed before it came"
        ),
    ],
)
def test_the_clock_refuses_what_a_service_request_does_not_have(
    more: tuple[str, ...], code: int, sentence: str
) -> None:
    assert sentence in refused(*REQUEST, *more, code=code)


def test_only_a_service_request_ends_by_being_closed() -> None:
    assert "--closed belongs to --service-request" in refused(
        "clock", "--received", "2026-12-23", "--closed", "2026-12-24", code=2
    )


def test_hazards_have_their_own_clock() -> None:
    found = in_json("clock", "--hazard", "emergency", "--aware", "2026-11-20T17:00")
    assert found["deadlines"][0]["due"] == "2026-11-21T17:00:00+00:00"
    said = putright("clock", "--hazard", "significant", "--aware", "2026-11-20").output
    assert "Investigate: by Fri 4 Dec 2026  (10 working days)" in said
