"""The commands, run as a person types them: what they print, their exit codes, and that nothing is lost."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlite_utils import Database

from putright.bot.main import SECTIONS, main
from putright.bot.program import Program
from putright.cases.message import Message
from putright.cases.reading import Reading
from tests.cli import SETTINGS, finished, in_json, putright, refused
from tests.harrowmere import PRIVATE, letter, on
from tests.readers import StandIn
from tests.triage.thread_mails import forward, mail

NOW = ("--at", "2026-11-23T10:00")
ASSESSED = ("--complexity", "low", "--vulnerability", "none known", "--risk", "none known")


def mails(folder: str = "mails", /, **files: bytes) -> str:
    Path(folder).mkdir(exist_ok=True)
    for name, raw in files.items():
        (Path(folder) / f"{name}.eml").write_bytes(raw)
    return folder


def logged(body: str = "complaint: mushrooms", number: int = 1) -> str:
    """One letter as a case, by `ingest`; its reference."""
    putright("ingest", mails(**{f"letter-{number}": letter(body, number=number)}), *NOW)
    return f"HC-2026-{number:04d}"


# --- clock ----------------------------------------------------------------------------------------


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
    assert len(in_json("code")) == 72 and len(in_json("code", "6")) == 20
    assert refused("code", "6.21").startswith("Error: The Code has no paragraph 6.21.")


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
    both = "acknowledge by Mon 30 Nov 2026 (Code 6.2; our own target Wed 25 Nov 2026)"
    assert both in putright("note", "complaint: x", "--by", "Sam", *NOW).output
    (row,) = in_json("cases")
    assert (row["due"], row["target"]) == ("2026-11-30", "2026-11-25")
    assert "our target" in putright("cases").output and "Wed 25 Nov 2026" in putright("cases").output
    assert both in putright("remind", "--dry-run", "--at", "2026-11-30").output
    early = putright("remind", "--dry-run", "--at", "2026-11-24").output
    assert "Our own target" not in early
    reached = putright("remind", "--dry-run", "--at", "2026-11-25").output
    assert f"Due by Mon 30 Nov 2026: 1\n  HC-2026-0001  {both}" in reached


def test_the_clock_refuses_a_target_looser_than_the_code() -> None:
    assert "never looser" in refused("clock", "--received", "2026-11-23", "--target", "6")


def test_hazards_have_their_own_clock() -> None:
    found = in_json("clock", "--hazard", "emergency", "--aware", "2026-11-20T17:00")
    assert found["deadlines"][0]["due"] == "2026-11-21T17:00:00+00:00"
    said = putright("clock", "--hazard", "significant", "--aware", "2026-11-20").output
    assert "Investigate: by Fri 4 Dec 2026  (10 working days)" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("clock",), "Say when the complaint was received"),
        (("clock", "--hazard", "emergency"), "say when the landlord became aware"),
        (("clock", "--received", "yesterday"), "'yesterday' is no time. Write it as 2026-11-23"),
        (("clock", "--received", "0001-01-01T00:00+23:00"), "is no time"),
        (
            ("clock", "--received", "2026-11-23", "--acknowledged", "23.11.2026"),
            "is no date. Write it as 2026-11-23.",
        ),
        (("case", "show", "12"), "'12' is no reference. Write it as HC-2026-0012."),
        (("case", "shout", "HC-2026-0001"), "No such command 'shout'"),
        (("cases", "--label", "repair"), "'repair' is not one of"),
        (("note", " ", "--by", "Sam"), "The note is empty"),
        (("note", "x", "--by", "Sam", "--told-at", "2027-01-01", *NOW), "--told-at lies in the future"),
        (("ask",), "Missing argument"),
        (("case", "show", "see HC-2026-0001 and HC-2026-0002"), "is no reference. Write it as HC-2026-0012."),
        (("cases", "--due-within", "99999999999"), "is not in the range 0<=x<=3650"),
    ],
)
def test_a_wrong_call_says_how_it_is_called(arguments: tuple[str, ...], said: str) -> None:
    assert said in refused(*arguments, code=2)


# --- messages in ----------------------------------------------------------------------------------


def test_a_folder_taken_in_twice_gives_nothing_new_the_second_time() -> None:
    folder = mails(a=letter(number=1), b=letter("request: tap", number=2))
    assert in_json("ingest", folder, *NOW) == {"found": 2, "new": 2, "already_known": 0, "logged": 2}
    assert in_json("ingest", folder, *NOW) == {"found": 2, "new": 0, "already_known": 2}
    assert len(in_json("cases")) == 2
    assert "2 found, 0 new, 2 already known." in putright("ingest", folder, *NOW).output


def test_a_path_that_is_not_there_stops_no_other() -> None:
    folder = mails(a=letter())
    assert refused("ingest", "nowhere.eml", folder, *NOW).startswith("Error: There is no nowhere.eml")
    assert [x["reference"] for x in in_json("cases")] == ["HC-2026-0001"]


def test_what_cannot_be_read_is_named_the_rest_goes_in_and_the_exit_code_says_so() -> None:
    folder = mails(a=letter(number=1), z=letter(number=2))
    os.mkfifo("mails/b.eml")
    Path("mails/c\x1b[2J.eml").symlink_to("nowhere")
    Path("mails/notes.txt").write_text("no mail")
    done = finished("ingest", folder, *NOW)
    assert done.returncode == 1
    assert "2 found, 2 new" in done.stdout and "1 other file there is no mail by name" in done.stdout
    assert done.stderr.splitlines() == [
        "test.db is a new database.",
        "2 could not be taken in:",
        "  mails/b.eml is a pipe or a device and no file.",
        "Error: mails/c [2J.eml is a link that leads nowhere.",
    ]
    found = json.loads(putright("ingest", folder, "--json", *NOW, code=1).stdout)
    assert (found["already_known"], len(found["left"])) == (2, 2)


def test_what_a_killed_run_left_is_taken_up_by_the_next(tmp_path: Path) -> None:
    putright("ingest", mails(a=letter()), *NOW)
    with sqlite3.connect("test.db") as raw:
        raw.execute(
            "insert into intake (fingerprint, source, arrived, bytes) values ('f', 'mail', ?, ?)",
            [on("2026-11-23").isoformat(), letter(number=2)],
        )
    raw.close()
    assert in_json("ingest", "mails", *NOW)["logged"] == 1
    assert len(in_json("cases")) == 2


def test_a_note_is_logged_from_when_staff_were_told() -> None:
    found = in_json("note", "complaint: boiler", "--by", "Sam Reed", "--told-at", "2026-11-20T16:00", *NOW)
    assert found == {"reference": "HC-2026-0001", "new": True}
    (row,) = in_json("cases")
    assert row["received"] == "2026-11-20T16:00:00+00:00" and row["due"] == "2026-11-27"


def test_a_note_given_twice_is_one_case_and_says_so() -> None:
    arguments = ("note", "complaint: boiler", "--by", "Sam Reed", "--told-at", "2026-11-20", *NOW)
    putright(*arguments)
    assert "This very note was logged before.\nHC-2026-0001: complaint" in putright(*arguments).output


def test_parked_mail_is_listed_shown_byte_for_byte_and_taken_in_after_all() -> None:
    raw = letter("Back on Monday", headers="Auto-Submitted: auto-replied\r\n")
    putright("ingest", mails(a=raw), *NOW)
    (item,) = in_json("parked")
    assert (item["reason"], item["state"], item["case"]) == ("auto: Auto-Submitted", "parked", None)
    assert putright("parked", "show", "1").stdout_bytes == raw
    assert putright("parked", "real", "1", "--as", "Priya", *NOW).output == "Taken in: HC-2026-0001.\n"
    assert in_json("parked") == [] and "Nothing is parked." in putright("parked").output
    assert refused("parked", "real", "1") == "Error: Number 1 is not parked: it was logged."
    assert (
        refused("parked", "real", "9") == "Error: There is no message number 9: `putright parked` lists them."
    )


def test_what_could_not_be_read_is_read_anew_into_its_case_once_it_can_be() -> None:
    putright("ingest", mails(a=letter("complaint: mushrooms")), *NOW)
    quarantine_it()
    putright("case", "assign", "HC-2026-0001", "--to", "Priya Shah", "--as", "Kim", *NOW)
    assert in_json("parked")[0]["state"] == "quarantined"
    said = putright("parked", "real", "1", "--as", "Priya", "--at", "2026-11-24").output
    assert said == "Taken in: HC-2026-0001.\n"
    assert in_json("parked") == [] and in_json("reconcile")["logged"] == 1
    (row,) = in_json("cases")
    assert (row["label"], row["unconfirmed"], row["handler"]) == ("complaint", False, "Priya Shah")
    kinds = [(x["kind"], x["actor"]) for x in in_json("case", "timeline", "HC-2026-0001")]
    assert kinds == [("opened", "putright"), ("assigned", "Kim"), ("read", "Priya")]
    shown = in_json("case", "show", "HC-2026-0001")
    assert "mushrooms" in shown["messages"][0]["body"]
    assert shown["definition"]["points"] == ["complaint: mushrooms"]


def quarantine_it() -> None:
    """As if the only mail had stopped its reader three times: a stub case stands for it."""
    raw = sqlite3.connect("test.db")
    for table in ("readings", "messages", "outbox", "heads"):
        raw.execute(f"delete from {table}")
    raw.execute("drop trigger events_are_never_removed")
    raw.execute("delete from events")
    raw.execute("delete from cases")
    raw.execute("update intake set state = 'stored', attempts = 3, case_ref = null")
    raw.commit()
    raw.close()
    putright("ingest", "mails", *NOW)


def test_what_still_cannot_be_read_says_so_and_keeps_its_case() -> None:
    putright("ingest", mails(a=b""), *NOW)
    assert refused("parked", "real", "1") == (
        "Error: Number 1 still cannot be read: The mail is empty; ask its sender to send it again. HC-2026-0001 keeps "
        "its place; `putright parked show 1` prints the original."
    )
    assert in_json("parked")[0]["state"] == "quarantined"
    assert len(in_json("case", "timeline", "HC-2026-0001")) == 1


def test_reconcile_accounts_for_every_message() -> None:
    folder = mails(a=letter(), b=letter(), c=letter("x", number=3, headers="Precedence: bulk\r\n"), d=b"")
    putright("ingest", folder, *NOW)
    found = in_json("reconcile")
    assert found == {
        "received": 4,
        "logged": 1,
        "joined": 0,
        "parked": 1,
        "quarantined": 1,
        "duplicate": 1,
        "waiting": 0,
        "unexplained": 0,
    }
    assert putright("reconcile").output.endswith("0 unexplained.\n")


# --- cases ----------------------------------------------------------------------------------------


def test_cases_are_listed_and_filtered() -> None:
    for number, body in enumerate(
        ("complaint: a emergency!", "request: b area=damp_mould", "survey: c ask!"), 1
    ):
        logged(body, number)
    putright("case", "assign", "HC-2026-0002", "--to", "Priya Shah", *NOW)

    def numbers(*filters: str) -> list[int]:
        return [int(x["reference"][-1]) for x in in_json("cases", *filters)]

    assert numbers() == [1, 3, 2]
    assert numbers("--label", "service_request") == [2]
    assert numbers("--area", "damp_mould") == [2]
    assert numbers("--handler", "priya") == [2]
    assert numbers("--unassigned") == [1, 3]
    assert numbers("--review") == [3]
    assert numbers("--hazard") == [1]
    assert numbers("--stage", "1") == [1, 3]
    assert numbers("--overdue", "--at", "2026-12-01") == [1, 3]
    assert numbers("--overdue", "--at", "2026-11-30") == []
    assert numbers("--due-within", "7", "--at", "2026-11-23") == [1, 3]
    assert numbers("--due-within", "6", "--at", "2026-11-23") == []
    table = putright("cases").output
    assert "HC-2026-0001" in table and "* provisional" not in table
    assert putright("cases", "--closed").output == "No case fits.\n"


def test_a_complaint_is_handled_from_the_first_letter_to_the_final_response() -> None:
    reference = logged()
    when = {
        "define": "24",
        "acknowledge": "24",
        "assign": "24",
        "extend": "25",
        "respond": "26",
        "escalate": "27",
    }
    for verb, *more in (
        ("define",),
        ("acknowledge", *ASSESSED),
        ("assign", "--to", "Priya Shah"),
        ("extend", "--by-days", "5", "--reason", "a part is on order"),
        ("respond", "--outcome", "upheld", "--reason", "it failed"),
        ("escalate",),
    ):
        putright("case", verb, reference, *more, "--as", "Priya Shah", "--at", f"2026-11-{when[verb]}T12:00")
    shown = in_json("case", "show", "hc 2026 1")
    assert (shown["stage"], shown["definition"]["points"]) == (2, [])
    assert shown["deadlines"][1]["extended_by"] == 5 and shown["deadlines"][1]["met"]
    assert [x["kind"] for x in in_json("case", "timeline", reference)] == [
        "opened",
        "defined",
        "assessed",
        "acknowledged",
        "assigned",
        "extended",
        "responded",
        "escalated",
    ]
    assert "stage 2" in putright("case", "show", reference).output


def test_one_case_shows_the_resident_the_words_the_definition_and_the_working() -> None:
    said = putright("case", "show", logged()).output
    for wanted in (
        "Jacinta Okonkwo",
        "mushrooms",
        "Complaint definition (draft",
        "Not counted:",
        "The clock starts",
    ):
        assert wanted in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("show", "HC-2026-0009"), "There is no case HC-2026-0009."),
        (("timeline", "HC-2026-0009"), "There is no case HC-2026-0009."),
        (("acknowledge", "HC-2026-0001"), "no person has confirmed one yet: run  putright case define"),
        (
            ("extend", "HC-2026-0001", "--by-days", "3", "--reason", "x"),
            "Acknowledge HC-2026-0001 before extending",
        ),
        (("escalate", "HC-2026-0001"), "Stage 1 of HC-2026-0001 is still open"),
        (("close", "HC-2026-0001", "--reason", "done"), "has not been answered at stage 1"),
        (("reclassify", "HC-2026-0001", "--label", "other"), "Say why"),
        (("reopen", "HC-2026-0001", "--reason", "x"), "HC-2026-0001 is open."),
    ],
)
def test_what_a_rule_refuses_exits_1_with_its_sentence(arguments: tuple[str, ...], sentence: str) -> None:
    logged()
    assert sentence in refused("case", *arguments, *(() if arguments[0] in ("show", "timeline") else NOW))
    assert len(in_json("case", "timeline", "HC-2026-0001")) == 1, "nothing was written"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("--at", "0001-01-01"),
            "was received on Mon 23 Nov 2026, so nothing can have been done on it on Mon 1 Jan 1",
        ),
        (
            ("--at", "2026-11-22T23:59"),
            "so nothing can have been done on it on Sun 22 Nov 2026: check the date.",
        ),
        (("--at", "2199-01-01"), "Tue 1 Jan 2199 lies beyond the days that can be counted"),
        (("--as", "", *NOW), "Name the person who asks or acts, after --as."),
        (("--as", "x" * 201, *NOW), "A name has at most 200 characters, and this one has 201"),
    ],
)
def test_an_act_by_nobody_or_at_an_impossible_time_is_refused(
    arguments: tuple[str, ...], sentence: str
) -> None:
    logged()
    assert sentence in refused("case", "assign", "HC-2026-0001", "--to", "Priya Shah", *arguments)
    assert sentence in refused("review", "set", "HC-2026-0001", "other", "--because", "thanks", *arguments)
    assert in_json("case", "show", "HC-2026-0001")["version"] == 1


def test_a_late_extension_is_said_to_be_a_breach_and_moves_nothing() -> None:
    reference = logged()
    putright("case", "define", reference, *NOW)
    putright("case", "acknowledge", reference, *ASSESSED, *NOW)
    late = ("extend", reference, "--by-days", "5", "--reason", "a part is on order", "--at", "2026-12-08")
    said = putright("case", *late).output
    breach = (
        "LATE NOTICE: the resident was told on Tue 8 Dec 2026, when the answer was due Mon 7 Dec 2026. That is a "
        "breach of the Code, and the 5 working days move nothing by which compliance is measured (Code 6.4)."
    )
    assert breach in said and "answer by Mon 7 Dec 2026" in said and "Before:" not in said
    shown = " ".join(putright("case", "show", reference).output.split())
    assert "extended by 5 working days: a part is on order. " + breach in shown
    assert in_json("case", "show", reference)["stage_1"]["extensions"][0]["late"] is True


def test_the_page_of_a_case_says_what_was_decided_extended_handled_and_why_it_ended() -> None:
    reference = logged()
    for verb, day, *more in (
        ("assign", "24", "--to", "Lee Moss"),
        ("define", "24"),
        ("acknowledge", "24", "--on", "2026-11-24", *ASSESSED),
        ("extend", "25", "--by-days", "3", "--reason", "a part is on order"),
        ("respond", "26", "--outcome", "partly upheld", "--reason", "it failed", "--as", "Lee Moss"),
        ("close", "27", "--reason", "all done"),
        ("reopen", "28", "--reason", "closed by mistake"),
        ("escalate", "28"),
    ):
        putright("case", verb, reference, "--at", f"2026-11-{day}T12:00", *more)
    said = putright("case", "show", reference).output
    for wanted in (
        "Received   Mon 23 Nov 2026 10:00 (the Date header)",
        "Stage 1    handled by Lee Moss (not at stage 2: Code 6.13)",
        "due Fri 11 Dec 2026, in time (Code 6.3). Partly upheld, decided by Lee Moss.",
        "Stage 1 response extended by 3 working days: a part is on order.",
        "(backstop)",
        "Closed: all done.",
        "Opened again: closed by mistake.",
    ):
        assert wanted in said
    timeline = putright("case", "timeline", reference).output
    assert "{" not in timeline and "Stage 1 given to Lee Moss." in timeline
    assert all(len(line) <= 110 for line in timeline.splitlines())
    assert in_json("case", "timeline", reference)[-1]["data"]["day"] == "2026-11-28"


def test_the_decider_of_stage_1_cannot_decide_stage_2_however_the_name_is_typed() -> None:
    reference = logged()
    for verb, day, *more in (
        ("define", "24"),
        ("acknowledge", "24", *ASSESSED),
        ("respond", "25", "--outcome", "upheld", "--reason", "it failed", "--as", "Lee Moss"),
        ("escalate", "26"),
        ("define", "26", "--point", "x", "--outcome", "y"),
        ("acknowledge", "26"),
    ):
        putright("case", verb, reference, "--at", f"2026-11-{day}T12:00", *more)
    later = ("--at", "2026-11-27T12:00")
    respond = ("case", "respond", reference, "--outcome", "upheld", "--reason", "it failed", *later)
    assert "(Code 6.13)" in refused("case", "assign", reference, "--to", "  lee  MOSS", *later)
    assert "(Code 6.13)" in refused(*respond, "--as", "LEE MOSS ")
    putright("case", "assign", reference, "--to", "Ola", *later)
    assert "(Code 6.13)" in refused(*respond, "--as", "Lee Moss")
    assert "(Code 6.13)" in refused(*respond, "--as", "Ola", "--decided-by", "lee moss")
    putright(*respond, "--as", "Lee Moss", "--decided-by", "Ola")


def test_overturning_a_sure_reading_needs_a_reason_that_a_person_gives() -> None:
    logged("request: tap ask!")
    logged("request: door", number=2)
    putright("review", "set", "HC-2026-0001", "complaint", *NOW)
    assert "Say why" in refused("review", "set", "HC-2026-0002", "complaint", *NOW)
    putright("review", "set", "HC-2026-0002", "complaint", "--because", "third visit", *NOW)
    assert [in_json("case", "timeline", f"HC-2026-000{n}")[-1]["data"]["reason"] for n in (1, 2)] == [
        "",
        "third visit",
    ]


def test_names_with_line_ends_and_control_characters_cannot_break_a_table() -> None:
    reference = logged()
    putright("case", "assign", reference, "--to", "Priya\nShah\x1b[31m\u202e", *NOW)
    assert in_json("cases")[0]["handler"] == "Priya Shah [31m"
    assert len(putright("cases").output.splitlines()) == 3
    putright("note", "complaint: x", "--by", "Sam\nReed", "--resident", "Mrs\tK\x07", *NOW)
    assert "From Mrs K, passed on by Sam Reed" in putright("case", "show", "HC-2026-0002").output
    for option in (("--by", " "), ("--by", "Sam", "--resident", "x" * 201)):
        assert "erson" in refused("note", "complaint: y", *option, *NOW)


def test_a_note_of_an_absurd_date_says_that_it_counts_from_today() -> None:
    said = putright("note", "complaint: x", "--by", "Sam", "--told-at", "0001-01-01", *NOW).output
    assert "It is dated Mon 1 Jan 1, from which no due date can be counted, so it counts from today." in said


def test_a_lookup_makes_no_database_and_names_the_file_that_is_not_there() -> None:
    for lookup in (
        ("cases",),
        ("case", "show", "HC-2026-0001"),
        ("review",),
        ("audit", "verify"),
        ("remind",),
    ):
        said = refused(*lookup)
        assert "There is no database" in said and "test.db" in said and not Path("test.db").exists()


def test_a_refusal_names_its_paragraph() -> None:
    logged()
    assert refused("case", "acknowledge", "HC-2026-0001", *NOW).endswith("(Code 5.6)")


def test_a_person_says_what_an_unsure_message_is_and_sees_what_that_moved() -> None:
    logged("request: tap ask!")
    (waiting,) = in_json("review")
    assert waiting["reasons"] == ["The stand-in was told to ask."]
    said = putright("review", "set", "HC-2026-0001", "service_request", "--as", "Priya", *NOW).output
    assert said == (
        "HC-2026-0001: service request.\n"
        "Before: acknowledge by Mon 30 Nov 2026 (Code 6.2). Now: nothing is due.\n"
    )
    assert "Nothing waits for review." in putright("review").output
    assert in_json("cases")[0]["confirmed_by"] == "Priya"


def test_a_label_in_dispute_is_in_the_review_until_a_second_person_agrees() -> None:
    logged("request: tap")
    putright(
        "review", "set", "HC-2026-0001", "complaint", "--because", "the third time", "--as", "Priya", *NOW
    )
    (waiting,) = in_json("review")
    assert waiting["reasons"] == ["Priya said so: the third time. Do you agree?"]
    assert "HC-2026-0001: Priya said so: the third time. Do you agree?" in putright("review").output
    assert "already" in refused("review", "set", "HC-2026-0001", "complaint", "--as", "Priya", *NOW)
    putright("review", "set", "HC-2026-0001", "complaint", "--as", "Sam", *NOW)
    assert "Nothing waits for review." in putright("review").output
    assert in_json("cases")[0]["confirmed_by"] == "Sam"


def test_a_question_is_answered_on_the_terminal_as_in_slack() -> None:
    logged()
    found = in_json("ask", "what's", "overdue", "--at", "2026-12-01")
    assert found["answer"] == "Cases overdue: 1." and found["cases"][0]["reference"] == "HC-2026-0001"
    assert "Cases overdue: 1.\nreference" in putright("ask", "what's overdue", "--at", "2026-12-01").output
    assert in_json("ask", "my cases", "--as", "Kim")["answer"] == "Open cases with Kim: none."
    assert "I did not understand" in putright("ask", "nonsense").output


def test_the_digest_is_shown_said_once_and_holds_nothing_private() -> None:
    logged()
    morning = ("--at", "2026-11-30T08:30")
    shown = putright("remind", "--dry-run", *morning).output
    assert "Due today: 1" in shown and "HC-2026-0001" in shown
    assert in_json("remind", "--dry-run", *morning)["today"][0]["reference"] == "HC-2026-0001"
    first = putright("remind", *morning).output
    assert "The digest is queued.\n" in first and "Deadlines for Mon 30 Nov 2026" in first
    second = putright("remind", *morning).output
    assert "No digest now" in second and "Deadlines for" not in second
    assert "No digest now" in putright("remind", "--at", "2026-12-05T10:00").output
    for private in PRIVATE:
        assert private not in shown + first


def test_one_changed_byte_of_the_log_is_found_and_named() -> None:
    for number in (1, 2, 3):
        logged(number=number)
    assert (
        putright("audit", "verify").output == "Every event fits its hash: nothing was changed or removed.\n"
    )
    raw = sqlite3.connect("test.db")
    raw.execute("drop trigger events_are_never_changed")
    raw.execute("update events set data = replace(data, 'sure', 'surE') where id = 2")
    raw.commit()
    raw.close()
    assert (
        "event 2 (number 1 of HC-2026-0002: opened, 2026-11-23T10:00:00+00:00, by putright) does not fit its hash "
        "(1 in all)"
    ) in refused("audit", "verify")


def test_an_event_removed_from_the_middle_is_found_and_the_one_after_it_is_named() -> None:
    for number in (1, 2, 3):
        logged(number=number)
    raw = sqlite3.connect("test.db")
    raw.execute("drop trigger events_are_never_removed")
    raw.execute("delete from events where id = 2")
    raw.commit()
    raw.close()
    said = refused("audit", "verify")
    assert (
        "event 3 (number 1 of HC-2026-0003: opened" in said and "does not follow the event before it" in said
    )
    assert "the newest events of HC-2026-0002 are missing" in said


def test_the_newest_event_removed_is_found_and_its_case_is_named() -> None:
    logged()
    putright("case", "assign", "HC-2026-0001", "--to", "Priya Shah", *NOW)
    raw = sqlite3.connect("test.db")
    raw.execute("drop trigger events_are_never_removed")
    raw.execute("delete from events where id = 2")
    raw.commit()
    raw.close()
    said = "The event log was changed: the newest events of HC-2026-0001 are missing or not its own."
    assert said in refused("audit", "verify")
    assert f"BAD  {said}" in putright("doctor", code=1).stdout


def test_replies_paths_and_suggestions_are_shown_and_decided_on_the_command_line() -> None:
    folder = mails(
        a=mail("1"),
        b=forward("f1"),
        c=mail("2", "Any news?", answers="1"),
        d=mail("3", "complaint: my bins", sender="Jo <jo@else.example>", subject="HC-2026-0001"),
    )
    Path("putright.toml").write_text(SETTINGS)
    assert in_json("ingest", folder, *NOW)["joined"] == 2
    shown = in_json("case", "show", "HC-2026-0001")
    assert sorted((x["number"], x["joined_as"]) for x in shown["messages"]) == [
        (1, None),
        (2, "copy"),
        (3, "reply"),
    ]
    assert shown["chased"] == 1 and all(x["paths"][0].endswith("mails") for x in shown["messages"])
    page = putright("case", "show", "HC-2026-0001").output
    for words in (
        "Chased     1 time, last on Mon 23 Nov 2026",
        "Message 2. The same mail came by another path: same resident, same minute, same words.",
        "  | [the mail itself is shown once]",
        "Message 3. The resident wrote again: it answers a mail of that case.",
        "Came by: files ",
    ):
        assert words in page
    (waiting,) = in_json("review")
    assert waiting["offers"][0]["into"] == "HC-2026-0001"
    for where in (putright("review").output, putright("case", "show", "HC-2026-0002").output):
        assert "To accept:  putright case accept HC-2026-0002 2" in where
    listed = putright("cases").output
    assert "chased by the resident: HC-2026-0001 (1)" in listed and "HC-2026-0002 may belong to" in listed
    said = putright("case", "merge", "HC-2026-0002", "HC-2026-0001", *NOW).output
    assert said.startswith("HC-2026-0002 is part of HC-2026-0001 now.")
    assert "Part of    HC-2026-0001" in putright("case", "show", "HC-2026-0002").output
    assert "putright case unmerge HC-2026-0002 HC-2026-0001" in refused(
        "case", "reopen", "HC-2026-0002", *NOW
    )
    said = putright("case", "unmerge", "HC-2026-0002", "HC-2026-0001", *NOW).output
    assert said.startswith("HC-2026-0002: complaint, acknowledge by Mon 30 Nov 2026 (Code 6.2).")
    said = putright("case", "unjoin", "HC-2026-0001", "--reason", "bins", *NOW).output
    assert said.startswith("The message is HC-2026-0003 now, received Mon 23 Nov 2026.")
    assert "puts nothing before a person" in refused("case", "decline", "HC-2026-0001")
    assert in_json("reconcile")["unexplained"] == 0


def test_help_lists_every_command_under_what_it_is_for() -> None:
    said = putright("--help").output
    for title, commands in SECTIONS.items():
        assert f"{title}:" in said
        for name in commands:
            assert f"\n  {name} " in said


def test_only_the_command_that_is_called_is_imported() -> None:
    asked = (
        "import sys; from putright.bot.main import main; main(['classify', '--help'], standalone_mode=False)\n"
        "late = ('numpy', 'spacy', 'slack_bolt', 'jinja2', 'docx', 'sqlite_utils', 'dateparser', 'requests')\n"
        "assert not {*late} & {*sys.modules}, {*late} & {*sys.modules}"
    )
    subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True)


def test_the_manifest_is_printed_as_slack_takes_it() -> None:
    assert json.loads(putright("slack", "manifest").stdout)["settings"]["socket_mode_enabled"]


# --- bad input ------------------------------------------------------------------------------------


def test_an_unknown_setting_stops_the_program_with_its_name() -> None:
    Path("putright.toml").write_text("[slack]\nintake_chanels = []\n")
    said = refused("cases", code=2)
    assert "There is no setting slack.intake_chanels. Did you mean intake_channels?" in said


BOX = '[[mailbox]]\nhost = "127.0.0.1"\nuser = "complaints@harrowmere.example"\nport = 9\ntls = false\n'


def test_without_the_mailbox_password_all_but_the_service_works() -> None:
    Path("putright.toml").write_text(BOX)
    assert logged() == "HC-2026-0001"
    assert len(in_json("cases")) == 1 and "Nothing is parked." in putright("parked").output
    for service in ("run", "once"):
        said = refused(service, code=2)
        assert "password of the mailbox at 127.0.0.1 is not set: put it into" in said
    done = putright("doctor", code=1).output
    assert (
        "BAD  The password of the mailbox at 127.0.0.1 is not set" in done and "cannot be reached" not in done
    )


def test_the_doctor_lists_every_problem_and_goes_on_with_the_rest() -> None:
    Path("putright.toml").write_text(
        'drop_folder = "Drop"\nzzz = 1\n[landlord]\nstaff_domains = ["x"]\n[reminders]\nat = "noon"\n' + BOX
    )
    put = Path("Drop/Processed")
    put.parent.mkdir()
    put.write_text("in the way")
    Path("Drop/scan\x1b]0;x\x07.pdf").write_text("no mail")
    os.utime("Drop/scan\x1b]0;x\x07.pdf", (1, 1))
    done = putright("doctor", code=1)
    bad = [line.removeprefix("BAD  ") for line in done.output.splitlines() if line.startswith("BAD")]
    for begins in (
        *("There is no setting zzz.", "The setting landlord.staff_domains holds mail domains"),
        *("The setting reminders.at is a time", "The password of the mailbox"),
        *("1 file in the drop folder Drop is not taken in (scan ]0;x .pdf)", "Drop/Processed is no folder"),
    ):
        assert sum(line.startswith(begins) for line in bad) == 1, (begins, bad)
    assert len(bad) == 6 and all(line.endswith(".") for line in bad)
    assert (
        "ok   The event log is whole." in done.output
        and "ok   The mail source drop can be read." in done.output
    )


def test_parked_says_what_lies_in_the_drop_folder_for_nothing() -> None:
    logged()
    Path("Inbox").mkdir()
    Path("Inbox/box.mbox").write_text("x")
    os.utime("Inbox/box.mbox", (1, 1))
    said = putright("parked").output
    assert said.startswith("Nothing is parked.") and "is not taken in (box.mbox): only .eml and .msg" in said


def test_the_doctor_of_a_damaged_database_still_checks_the_rest() -> None:
    Path("test.db").write_bytes(b"not a database at all" * 300)
    done = putright("doctor", code=1).output
    assert "BAD  test.db is damaged or no database." in done and "ok   Bank holidays are known" in done


def test_a_note_that_could_not_be_stored_is_not_kept_and_says_so() -> None:
    logged(number=2)
    other = sqlite3.connect("test.db", isolation_level=None)
    other.execute("begin immediate")
    said = refused("note", "complaint: x", "--by", "Sam")
    other.execute("rollback")
    other.close()
    assert said.startswith("Error: The note was not kept, so give it again later. The database ")
    assert in_json("reconcile")["received"] == 1


def test_a_note_that_was_stored_but_could_not_be_logged_says_not_to_give_it_again() -> None:
    logged(number=2)
    other = sqlite3.connect("test.db", isolation_level=None, check_same_thread=False)

    class Locking(StandIn):
        def read(self, message: Message) -> Reading:
            other.execute("begin immediate")
            return super().read(message)

    arguments = ("--db", "test.db", "note", "complaint: x", "--by", "Sam", *NOW)
    done = CliRunner().invoke(main, arguments, obj=Program(load_reader=Locking, busy_seconds=0.2))
    other.execute("rollback")
    other.close()
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: The note is kept (number 2): do not give it again. The next")
    assert "is being used by another program" in done.stderr
    assert in_json("reconcile")["waiting"] == 1
    free_claims()
    assert in_json("ingest", "mails", *NOW)["logged"] == 1 and len(in_json("cases")) == 2


def free_claims() -> None:
    """As if a minute had passed."""
    raw = sqlite3.connect("test.db")
    raw.execute("update intake set claimed_until = 0 where claimed_until is not null")
    raw.commit()
    raw.close()


@pytest.mark.parametrize("arguments", [("ingest", "new"), ("note", "complaint: x", "--by", "Sam")])
def test_a_locked_database_is_one_sentence_and_nothing_is_lost(arguments: tuple[str, ...]) -> None:
    logged(number=2)
    mails("new", a=letter())
    other = sqlite3.connect("test.db", isolation_level=None)
    other.execute("begin immediate")
    assert "is being used by another program and stayed busy. Nothing was lost: try again" in refused(
        *arguments
    )
    assert len(in_json("cases")) == 1, "reading goes on meanwhile"
    other.execute("rollback")
    other.close()
    putright(*arguments, *NOW)
    assert len(in_json("cases")) == 2


def test_a_database_that_is_none_is_one_sentence_and_is_left_alone() -> None:
    Path("test.db").write_bytes(b"not a database at all, but a letter to the landlord" * 100)
    before = Path("test.db").read_bytes()
    assert "test.db is damaged or no database. Put it aside and restore" in refused("cases")
    assert Path("test.db").read_bytes() == before


def test_a_damaged_page_met_while_reading_is_one_sentence() -> None:
    for number in range(1, 6):
        logged(number=number)
    Database("test.db").close()
    raw = sqlite3.connect("test.db")
    raw.execute("pragma wal_checkpoint(truncate)")
    (page,) = raw.execute("select rootpage from sqlite_master where name = 'cases'").fetchone()
    (size,) = raw.execute("pragma page_size").fetchone()
    raw.close()
    with Path("test.db").open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    assert "test.db is damaged or no database" in refused("cases")


def test_a_database_in_a_folder_that_is_not_there_is_one_sentence() -> None:
    said = refused("--db", "nowhere/test.db", "note", "complaint: x", "--by", "Sam")
    assert "cannot be opened. Check that its folder exists" in said


def test_what_takes_in_makes_the_database_and_says_that_it_is_new() -> None:
    assert putright("note", "complaint: x", "--by", "Sam").stderr == "test.db is a new database.\n"
    assert putright("note", "complaint: y", "--by", "Sam").stderr == ""
    assert putright("--db", "2.db", "ingest", mails(a=letter())).stderr == "2.db is a new database.\n"
    assert "ok   The database 3.db is new and empty" in putright("--db", "3.db", "doctor", code=None).stdout


def test_a_database_in_memory_would_be_forgotten_at_once() -> None:
    said = refused("--db", ":memory:", "note", "complaint: x", "--by", "Sam", code=2)
    assert (
        said == "Error: The database is a file, so that cases outlive the command: name one with --db PATH."
    )


@pytest.mark.parametrize("call", [["cases"], ["note", "complaint: x", "--by", "Sam"]], ids=lambda x: x[0])
def test_a_name_of_a_database_that_no_system_takes_is_one_sentence(call: list[str]) -> None:
    said = refused("--db", "a" * 300, *call)
    assert said.startswith("Error: The database aaa") and "(File name too long). Name another file" in said
    said = refused("--db", "", *call, code=2)
    assert said == "Error: The name of the database is empty: name a file with --db PATH."


def test_the_doctor_names_a_database_that_no_system_takes() -> None:
    assert "(File name too long). Name another" in putright("--db", "a" * 300, "doctor", code=1).stdout


def test_another_programs_database_is_one_sentence_even_with_a_table_of_cases() -> None:
    raw = sqlite3.connect("test.db")
    raw.execute("create table cases (reference text)")
    raw.close()
    for arguments in (("cases",), ("note", "complaint: x", "--by", "Sam")):
        assert "test.db is the database of another program" in refused(*arguments)
    assert "BAD  test.db is the database of another program" in putright("doctor", code=1).stdout


BAD_MAILS = {
    "empty": b"",
    "no_date": letter("complaint: x", number=11, sent=None),
    "no_sender": letter("complaint: x", number=12).replace(b"From: ", b"X-From: "),
    "wrong_charset": letter("complaint: caf\u00e9", number=13).replace(b"utf-8", b"us-ascii"),
    "unknown_charset": letter("complaint: x", number=14).replace(b"utf-8", b"x-klingon"),
    "truncated_mime": letter("complaint: x", number=15).replace(
        b"Content-Type: text/plain; charset=utf-8", b'Content-Type: multipart/mixed; boundary="b"'
    )
    + b"--b\r\nContent-Type: text/plain\r\n\r\ncomplaint: cut of",
    "noise": bytes(range(256)) * 20,
    "outlook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
}


def test_bad_mails_are_all_accounted_for_and_stop_nobody() -> None:
    found = in_json("ingest", mails(**BAD_MAILS, zz_good=letter(number=99)), *NOW)
    assert found["new"] == found["logged"] + found["quarantined"] == len(BAD_MAILS) + 1
    assert found["quarantined"] == 2
    assert in_json("reconcile")["unexplained"] == 0
    assert len(in_json("cases")) == len(BAD_MAILS) + 1, "each has a case, a clock and a person"
    for item in in_json("parked"):
        assert item["reason"].endswith(".") and item["case"]


def test_an_empty_mail_or_folder_is_explained_in_a_sentence() -> None:
    assert refused("explain", mails(empty=b"") + "/empty.eml") == (
        "Error: The mail is empty; ask its sender to send it again."
    )
    Path("nothing").mkdir()
    assert refused("explain", "nothing", code=2) == "Error: There is no mail in nothing."


def test_a_mail_with_an_attachment_of_30_mb_is_a_case_like_any_other() -> None:
    raw = letter("complaint: see photo", number=1).replace(
        b"Content-Type: text/plain; charset=utf-8", b'Content-Type: multipart/mixed; boundary="b"'
    )
    head, _, body = raw.partition(b"\r\n\r\n")
    blob = (b"A" * 76 + b"\r\n") * (30 * 1024 * 1024 * 4 // 3 // 76)
    whole = (
        head
        + b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
        + body
        + b"--b\r\nContent-Type: image/jpeg; name=photo.jpg\r\nContent-Disposition: attachment; filename=photo.jpg\r\n"
        + b"Content-Transfer-Encoding: base64\r\n\r\n"
        + blob
        + b"\r\n--b--\r\n"
    )
    putright("ingest", mails(big=whole), *NOW)
    (message,) = in_json("case", "show", "HC-2026-0001")["messages"]
    assert message["body"].strip() == "complaint: see photo"


# --- as a program of its own ----------------------------------------------------------------------


def test_as_a_program_it_reads_with_the_trained_model_and_exits_0_1_and_2() -> None:
    done = finished(
        "note", "Mrs K, 12 Ashdown: boiler off again, 3rd no show, v upset", "--by", "Sam", real=True
    )
    assert done.returncode == 0 and done.stdout.startswith("HC-"), done.stderr
    assert finished("case", "show", "HC-1999-0001", real=True).returncode == 1
    assert finished("case", "show", "x", real=True).returncode == 2


def test_in_a_pipe_nothing_is_printed_but_the_answer() -> None:
    mails(a=letter())
    done = finished("ingest", "mails", "--json", *NOW)
    assert json.loads(done.stdout)["logged"] == 1 and done.stderr == ""


def test_escape_sequences_in_a_message_do_not_reach_the_terminal() -> None:
    putright("note", "complaint: \x1b[2J\x1b]0;owned\x07 nobody came \u202egnihton", "--by", "Sam\x1b[31m")
    shown = (
        putright("case", "show", "HC-2026-0001").stdout + putright("case", "timeline", "HC-2026-0001").stdout
    )
    assert "nobody came" in shown
    assert not any(x in shown for x in "\x1b\x07\u202e")


def test_a_drawn_sample_is_looked_at_and_says_how_many_complaints_were_missed() -> None:
    for number, body in enumerate(("request: tap", "other: hello", "complaint: x"), 1):
        logged(body, number)
    assert "how many complaints are missed is not known" in putright("review", "sample", *NOW).output
    assert sorted(x["reference"] for x in in_json("review", "sample", *NOW)["cases"]) == [
        "HC-2026-0001",
        "HC-2026-0002",
    ]
    putright("review", "set", "HC-2026-0001", "complaint", "--drawn", "--because", "asked before", *NOW)
    putright("review", "set", "HC-2026-0002", "other", "--drawn", *NOW)
    assert "1 of 2 looked at were complaints after all" in putright("review", "sample", *NOW).output
    assert in_json("review", "sample", *NOW)["miss_rate"]["missed"] == 1


DANGER = "\x1b[2J\x1b]0;owned\x07\x9b31m\r\n\u202e\u2028"


def test_no_list_shows_what_steers_a_terminal_or_breaks_a_row() -> None:
    raw = letter(
        f"complaint: ask! {DANGER}", headers=f"X-Y: {DANGER[:4]}\r\n", sender=f"A{DANGER[:8]} <a@b.example>"
    )
    putright("ingest", mails(a=raw, b=b""), *NOW)
    with sqlite3.connect(
        "test.db"
    ) as db:  # as an older putright, or somebody with access to the file, may have left it
        db.execute("update cases set handler = ?", [f"Priya{DANGER}Shah"])
        db.execute("update intake set reason = ? where state = 'quarantined'", [f"Odd{DANGER}reason"])
        db.execute(
            "update readings set data = replace(data, 'told to ask', ?)", [f"to{json.dumps(DANGER)[1:-1]}ask"]
        )
    db.close()
    for command in (
        *(
            ("cases",),
            ("review",),
            ("parked",),
            ("case", "show", "HC-2026-0001"),
            ("ask", "my cases", "--as", "Priya"),
        ),
        *(
            ("cases", "--json"),
            ("review", "--json"),
            ("parked", "--json"),
            ("parse", "mails"),
            ("remind", "--dry-run"),
        ),
        *(("ask", "what is due this week"), ("ask", "--json", "what is due this week")),
    ):
        at = NOW if command[0] in ("cases", "ask", "remind") else ()
        said = putright(*command, *at).stdout
        assert all(x.isprintable() or x == "\n" for x in said), (command, said)
        if command == ("cases",):
            assert sum(line.startswith("HC-2026-") for line in said.splitlines()) == 2, said
        if command == ("parked",):
            assert len(said.splitlines()) == 5, said
    assert any(DANGER in x["handler"] for x in in_json("cases")), "whoever asks for JSON gets it all, escaped"


def test_an_error_shows_no_escape_sequence() -> None:
    assert "\x1b" not in refused("ingest", "no\x1b[2Jwhere.eml", *NOW)
    Path("putright.toml").write_text('[slack]\nmail_channel = "\\u001b[2J"\n')
    assert "\x1b" not in refused("cases", code=2)


def test_on_the_terminal_the_advice_is_for_the_terminal() -> None:
    dropped = Path("Inbox")
    dropped.mkdir()
    for name, raw in (("a", letter("complaint: x ask!")), ("b", b"")):
        (dropped / f"{name}.eml").write_bytes(raw)
        os.utime(dropped / f"{name}.eml", (1, 1))
    said = putright("once", *NOW).stdout
    assert "Please say what it is:  putright review set HC-2026-0001 complaint  (or service_request," in said
    assert "Details:  putright case show HC-2026-0001" in said
    assert "and say what it is:  putright review set HC-2026-0002 complaint  (or" in said
    assert "/case" not in said
