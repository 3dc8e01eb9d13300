"""`putright cases` and `case`: lists, the life of a case, its page, and what a rule refuses."""

from pathlib import Path

import pytest

from tests.bot.inbox import ASSESSED, NOW, logged, mails
from tests.cli import SETTINGS, in_json, putright, refused
from tests.triage.thread_mails import forward, mail


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
        ("respond", "--outcome", "upheld", "--impact", "weeks of cold", "--reason", "it failed"),
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
        (
            "respond",
            "26",
            "--outcome",
            "partly upheld",
            "--impact",
            "weeks of cold",
            "--reason",
            "it failed",
            "--as",
            "Lee Moss",
        ),
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
        (
            "respond",
            "25",
            "--outcome",
            "upheld",
            "--impact",
            "weeks of cold",
            "--reason",
            "it failed",
            "--as",
            "Lee Moss",
        ),
        ("escalate", "26"),
        ("define", "26", "--point", "x", "--outcome", "y"),
        ("acknowledge", "26"),
    ):
        putright("case", verb, reference, "--at", f"2026-11-{day}T12:00", *more)
    later = ("--at", "2026-11-27T12:00")
    respond = (
        "case",
        "respond",
        reference,
        "--outcome",
        "upheld",
        "--impact",
        "weeks of cold",
        "--reason",
        "it failed",
        *later,
    )
    assert "(Code 6.13)" in refused("case", "assign", reference, "--to", "  lee  MOSS", *later)
    assert "(Code 6.13)" in refused(*respond, "--as", "LEE MOSS ")
    putright("case", "assign", reference, "--to", "Ola", *later)
    assert "(Code 6.13)" in refused(*respond, "--as", "Lee Moss")
    assert "(Code 6.13)" in refused(*respond, "--as", "Ola", "--decided-by", "lee moss")
    putright(*respond, "--as", "Lee Moss", "--decided-by", "Ola")


def test_a_refusal_names_its_paragraph() -> None:
    logged()
    assert refused("case", "acknowledge", "HC-2026-0001", *NOW).endswith("(Code 5.6)")


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
    assert said.startswith(
        "HC-2026-0002 is part of HC-2026-0001 now, as the same matter: its message is message 4 there"
    )
    assert "Part of    HC-2026-0001" in putright("case", "show", "HC-2026-0002").output
    assert "putright case unmerge HC-2026-0002 HC-2026-0001" in refused(
        "case", "reopen", "HC-2026-0002", *NOW
    )
    said = putright("case", "unmerge", "HC-2026-0002", "HC-2026-0001", *NOW).output
    assert said.startswith("HC-2026-0002 is open again with its message, received Mon 23 Nov 2026;")
    assert "\nHC-2026-0002: complaint, acknowledge by Mon 30 Nov 2026 (Code 6.2).\n" in said
    said = putright("case", "unjoin", "HC-2026-0001", "--reason", "bins", *NOW).output
    assert said.startswith("The message is HC-2026-0003 now, received Mon 23 Nov 2026.")
    assert "puts nothing before a person" in refused("case", "decline", "HC-2026-0001")
    assert in_json("reconcile")["unexplained"] == 0
