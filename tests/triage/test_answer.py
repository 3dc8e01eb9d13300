"""Answers: the right cases, the right number, in words that name no resident."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlite_utils import Database

from putright.cases import acts
from putright.cases.labels import Label
from putright.cases.record import record
from putright.cases.records.promises import ACTION as PROMISE
from putright.triage.answer import HELP, Answer, answer
from tests.harrowmere import LANDLORD as PLAIN
from tests.harrowmere import MONDAY, PRIVATE, RESIDENT, do, in_slack, letter, log, on, take

LANDLORD = replace(PLAIN, teams={"North": ("Priya Shah", "Kim Lau"), "Empty": ()})
WEDNESDAY = on("2026-11-25")


@pytest.fixture
def full(db: Database) -> Database:
    """Six cases on Wednesday 25 November, two of them with Priya Shah."""
    log(db, "complaint: boiler area=heating_gas", received=on("2026-11-10"))  # 1: was due 17 Nov
    log(db, "complaint: roof area=repairs", received=on("2026-11-18"))  # 2: due today
    log(db, "complaint: mould area=damp_mould hazard!", received=on("2026-11-20"))  # 3: due Friday
    log(db, "complaint: lift; ask! area=estate_services", received=on("2026-11-23"))  # 4: due Monday
    log(db, "request: tap area=repairs", received=on("2026-11-23"))  # 5
    log(
        db, "complaint: rent area=tenancy_rent", received=on("2026-10-05")
    )  # 6: acknowledged, answer was due 22 Oct
    for number in (2, 6):
        do(db, f"HC-2026-000{number}", acts.assign, handler="Priya Shah")
    do(db, "HC-2026-0006", acts.define, points=["rent"], outcomes=["refund"], at=on("2026-10-07"))
    do(db, "HC-2026-0006", acts.acknowledge, at=on("2026-10-08"))
    return db


def ask(db: Database, text: str, asker: str = "Sam Reed") -> Answer:
    return answer(db, text, asker, LANDLORD, WEDNESDAY)


def named(found: Answer) -> list[int]:
    return [int(x.reference[-1]) for x in found.rows]


@pytest.mark.parametrize(
    ("question", "sentence", "numbers"),
    [
        ("what's overdue", "Cases overdue: 2.", [6, 1]),
        ("overdue for Priya", "Cases overdue with Priya Shah: 1.", [6]),
        ("what is overdue for heating", "Cases overdue for heating and gas: 1.", [1]),
        ("what's overdue this week", "Cases overdue now: 2.", [6, 1]),
        ("overdue in november", "Cases overdue that fell due Sun 1 to Mon 30 Nov 2026: 1.", [1]),
        ("acks overdue", "Cases overdue for acknowledgement: 1.", [1]),
        ("overdue responses", "Cases overdue for a response: 1.", [6]),
        ("what is due today", "Cases due today (Wed 25 Nov 2026): 1.", [2]),
        ("due tomorrow", "Cases due tomorrow (Thu 26 Nov 2026): none.", []),
        ("what is due this week", "Cases due this week (Wed 25 to Sun 29 Nov 2026): 2.", [2, 3]),
        (
            "what is due this week for repairs",
            "Cases due this week (Wed 25 to Sun 29 Nov 2026) for repairs: 1.",
            [2],
        ),
        ("due yesterday", "Cases due yesterday (Tue 24 Nov 2026) and still not done: none.", []),
        (
            "due last week",
            "Cases due last week (Mon 16 to Sun 22 Nov 2026) and still not done: 1.",
            [1],
        ),
        ("due on 17 November", "Cases due on Tue 17 Nov 2026 and still not done: 1.", [1]),
        (
            "damp cases from last week",
            "Cases received last week (Mon 16 to Sun 22 Nov 2026) for damp and mould (open and closed): 1.",
            [3],
        ),
        (
            "cases from last week",
            "Cases received last week (Mon 16 to Sun 22 Nov 2026) (open and closed): 2.",
            [2, 3],
        ),
        (
            "complaints in last week",
            "Complaints received last week (Mon 16 to Sun 22 Nov 2026) (open and closed): 2.",
            [2, 3],
        ),
        (
            "unassigned cases from last week",
            "Cases with no handler received last week (Mon 16 to Sun 22 Nov 2026): 1.",
            [3],
        ),
        (
            "cases due from last week",
            "Cases due last week (Mon 16 to Sun 22 Nov 2026) and still not done: 1.",
            [1],
        ),
        ("due on 27 November", "Cases due on Fri 27 Nov 2026: 1.", [3]),
        ("what is due next week", "Cases due next week (Mon 30 Nov to Sun 6 Dec 2026): 1.", [4]),
        ("due in 10 days", "Cases due in the next 10 days (Wed 25 Nov to Sat 5 Dec 2026): 3.", [2, 3, 4]),
        (
            "due in the next 2 working days",
            "Cases due in the next 2 working days (Wed 25 to Fri 27 Nov 2026): 2.",
            [2, 3],
        ),
        ("what is due for priya", "Cases due from today on with Priya Shah: 1.", [2]),
        ("unassigned", "Cases with no handler: 4.", [1, 3, 4, 5]),
        (
            "unassigned this week",
            "Cases with no handler due this week (Wed 25 to Sun 29 Nov 2026): 1.",
            [3],
        ),
        ("overdue and unassigned", "Cases with no handler and overdue: 1.", [1]),
        ("unacknowledged", "Cases not yet acknowledged: 4.", [1, 2, 3, 4]),
        ("waiting for a definition", "Cases without a confirmed definition: 4.", [1, 2, 3, 4]),
        ("to review", "Cases waiting for a person to say what they are: 1.", [4]),
        ("any hazards", "Cases with a possible hazard: 1.", [3]),
        ("stage 2", "Open cases at stage 2: none.", []),
        ("open service requests", "Service requests open: 1.", [5]),
        ("repairs and heating", "Open cases for repairs and heating and gas: 3.", [1, 2, 5]),
        ("closed", "Cases closed: none.", []),
        ("extended", "Cases extended: none.", []),
        ("my cases", "Open cases with Sam Reed: none.", []),
        ("cases for the North team", "Open cases with the team North: 2.", [6, 2]),
        (
            "complaints received this week",
            "Complaints received this week (Mon 23 to Wed 25 Nov 2026) (open and closed): 1.",
            [4],
        ),
        ("cases older than two weeks", "Cases received up to Tue 10 Nov 2026 (open and closed): 2.", [6, 1]),
        (
            "how many complaints this month",
            "Complaints received this month (Sun 1 to Wed 25 Nov 2026): 4.",
            [],
        ),
        (
            "how many complaints last month",
            "Complaints received last month (Thu 1 to Sat 31 Oct 2026): 1.",
            [],
        ),
        (
            "how many complaints last week",
            "Complaints received last week (Mon 16 to Sun 22 Nov 2026): 2.",
            [],
        ),
        (
            "how many complaints this qtr",
            "Complaints received this quarter (Thu 1 Oct to Wed 25 Nov 2026): 5.",
            [],
        ),
        ("how many complaints", "Complaints logged in all: 5.", []),
        ("how many open complaints for repairs", "Complaints open for repairs: 1.", []),
        ("how many are overdue", "Cases overdue: 2.", []),
        ("how many are due this week", "Cases due this week (Wed 25 to Sun 29 Nov 2026): 2.", []),
        ("how many cases are unassigned", "Cases with no handler: 4.", []),
        ("what is parked", "0 messages parked.", []),
        ("who has HC-2026-0002", "HC-2026-0002 is with Priya Shah.", []),
        ("who has 2", "HC-2026-0002 is with Priya Shah.", []),
        ("who has HC-2026-0001", "Nobody has it yet.", []),
        ("HC-2026-0099", "There is no case HC-2026-0099.", []),
        ("status of 99", "There is no case with the number 99.", []),
        ("show the definition", "Which case? Write its reference beside it.", []),
        ("what is overdue for Zebedee", "Nobody of that name has, or had, a case here.", []),
        ("what is overdue for the moon team", "I know no team of that name.", []),
        ("due on 31 November", "There is no 31 November.", []),
        (
            "close HC-2026-0002",
            "I answer questions; that is something to be done, and nothing was changed.",
            [],
        ),
        ("promises on HC-2026-0002", "HC-2026-0002: nothing is recorded as promised.", []),
        ("timeline 6", "HC-2026-0006: 5 things happened, the oldest first.", []),
        (
            "when is the response due on 6",
            "HC-2026-0006: answer by Thu 22 Oct 2026 (Code 6.3).",
            [],
        ),
        (
            "when is the ack due on 6",
            (
                "HC-2026-0006: the stage 1 acknowledgement was sent Thu 8 Oct 2026, in time; it was due Mon 12 Oct "
                "2026 (Code 6.2)."
            ),
            [],
        ),
        (
            "how long do we have to reply at stage 2",
            "Stage 2 response: 20 working days from the stage 2 acknowledgement (Code 6.14).",
            [],
        ),
    ],
)
def test_a_question_is_answered(full: Database, question: str, sentence: str, numbers: list[int]) -> None:
    found = ask(full, question)
    assert (found.sentence, named(found)) == (sentence, numbers)


def test_what_happened_is_listed_by_when_it_happened(full: Database) -> None:
    do(full, "HC-2026-0006", acts.respond, outcome="upheld", at=on("2026-11-02"))
    do(full, "HC-2026-0006", acts.escalate, at=on("2026-11-20"))
    do(full, "HC-2026-0005", acts.close, reason="done", at=on("2026-11-23"))
    assert named(ask(full, "escalated this month")) == [6]
    assert named(ask(full, "escalated this week")) == []
    assert named(ask(full, "closed this week")) == [5]
    assert named(ask(full, "closed yesterday")) == []
    assert ask(full, "how many closed this month").sentence.endswith(": 1.")
    assert named(ask(full, "stage 2s")) == [6]


def test_what_came_in_is_listed_open_or_closed(full: Database) -> None:
    do(full, "HC-2026-0005", acts.close, reason="done", at=WEDNESDAY)
    assert named(ask(full, "repairs cases from last week")) == [2]
    assert 5 in named(ask(full, "cases received this week"))
    assert 5 not in named(ask(full, "open cases received this week"))


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            "how many complaints were upheld this year",
            "Complaints upheld in a response sent this year (Thu 1 Jan to Wed 25 Nov 2026) (open and closed): 1.",
        ),
        (
            "how many complaints were not upheld this year",
            "Complaints not upheld in a response sent this year (Thu 1 Jan to Wed 25 Nov 2026) (open and closed): 0.",
        ),
        (
            "how many complaints did we uphold this year",
            "Complaints upheld in a response sent this year (Thu 1 Jan to Wed 25 Nov 2026) (open and closed): 1.",
        ),
        (
            "how many complaints were dismissed this year",
            "A response records one of these outcomes: upheld, partly upheld, not upheld. Ask for one of them.",
        ),
        ("how many were partly upheld", "Cases partly upheld in a response (open and closed): 0."),
        (
            "how many complaints were upheld last month",
            "Complaints upheld in a response sent last month (Thu 1 to Sat 31 Oct 2026) (open and closed): 0.",
        ),
        (
            "how many stage 1 complaints were upheld",
            "Complaints at stage 1 upheld in a response (open and closed): 1.",
        ),
        (
            "how many stage 2 complaints were upheld or partly upheld",
            "Complaints at stage 2 upheld or partly upheld in a response (open and closed): 0.",
        ),
    ],
)
def test_outcomes_are_counted_by_the_response_that_decided(
    full: Database, question: str, sentence: str
) -> None:
    do(full, "HC-2026-0006", acts.respond, outcome="upheld", at=on("2026-11-02"))
    do(full, "HC-2026-0006", acts.escalate, at=on("2026-11-20"))
    assert ask(full, question).sentence == sentence


def test_upheld_complaints_are_listed(full: Database) -> None:
    do(full, "HC-2026-0006", acts.respond, outcome="upheld", at=on("2026-11-02"))
    assert named(ask(full, "complaints upheld this month")) == [6]
    assert named(ask(full, "complaints not upheld this month")) == []


def test_a_share_is_not_answered_with_a_number(full: Database) -> None:
    found = ask(full, "what percentage of complaints were upheld this year")
    assert found.sentence.startswith("I did not understand")


def test_extended_and_chased_are_read_from_what_happened(full: Database) -> None:
    log(full, "request: gate area=repairs chaser!", received=on("2026-11-24"))
    do(full, "HC-2026-0002", acts.define, points=["roof"], outcomes=["mended"], at=WEDNESDAY)
    do(full, "HC-2026-0002", acts.acknowledge, at=WEDNESDAY)
    calendar = LANDLORD.calendar
    do(full, "HC-2026-0002", acts.extend, calendar=calendar, working_days=5, reason="parts", at=WEDNESDAY)
    assert named(ask(full, "extended")) == [2]
    assert named(ask(full, "which service requests were chased")) == [7]
    assert named(ask(full, "chased last week")) == []


def test_what_is_overdue_besides_what_is_due_is_said(full: Database) -> None:
    assert ask(full, "what is due today").lines == ("2 more cases are overdue.",)
    assert ask(full, "due last week").lines == ("1 more case is overdue.",)
    assert ask(full, "what is overdue today").lines == ("0 of them fell due today (Wed 25 Nov 2026).",)


def test_a_word_that_was_left_out_is_said(full: Database) -> None:
    assert ask(full, "overdue complaints zzgrmpf").private == (
        'I did not understand "zzgrmpf", so it is left out.',
    )


def test_help_stands_nearest_first(full: Database) -> None:
    assert "hazards" in ask(full, "hazards in the moon base colony").lines[0]


@pytest.mark.parametrize(
    "typed", ["?", "🙂🙂", "просрочено", "x" * 10_000, "select * from cases", "<!channel>"]
)
def test_whatever_is_typed_gets_a_polite_answer(full: Database, typed: str) -> None:
    assert ask(full, typed).sentence and ask(full, typed).lines


def test_mine_are_the_askers(full: Database) -> None:
    assert named(ask(full, "my cases", "priya shah")) == [6, 2]
    assert named(ask(full, "my cases", "Priya")) == [6, 2]


def test_a_count_says_how_many_nobody_has_confirmed(full: Database) -> None:
    assert ask(full, "how many complaints this month").lines == ("1 of them nobody has confirmed yet.",)


def test_one_case_is_told_with_every_date_what_was_kept_and_what_is_overdue(full: Database) -> None:
    found = ask(full, "hc 2026 6")
    assert found.sentence == "HC-2026-0006: complaint, answer by Thu 22 Oct 2026 (Code 6.3)."
    assert found.lines == (
        "Received Mon 5 Oct 2026; tenancy and rent; with Priya Shah.",
        "Stage 1 acknowledgement: Thu 8 Oct 2026, in time (Code 6.2).",
        "Answer by Thu 22 Oct 2026 (Code 6.3). OVERDUE by 24 working days.",
    )


def test_a_provisional_date_is_said_to_be_one(full: Database) -> None:
    assert any("Provisional: nobody has acknowledged yet" in line for line in ask(full, "HC-2026-0003").lines)


def test_when_a_case_is_due_is_told_with_the_days_that_were_counted(db: Database) -> None:
    log(db, "complaint: boiler", received=on("2026-12-24"))
    found = answer(db, "when is HC-2026-0001 due", "Sam", LANDLORD, on("2026-12-29"))
    assert found.sentence.endswith("acknowledge by Tue 5 Jan 2027 (Code 6.2).")
    assert "Day 1 is Tue 29 Dec 2026, day 5 is Tue 5 Jan 2027." in found.lines
    assert any("bank holiday: Christmas Day" in line for line in found.lines)


def test_why_gives_the_reading_and_then_the_person_who_decided(full: Database) -> None:
    assert ask(full, "why is HC-2026-0005 a service request").lines == ("It was marked as service request.",)
    do(full, "HC-2026-0005", acts.reclassify, label=Label.COMPLAINT, reason="third visit", at=WEDNESDAY)
    assert ask(full, "why HC-2026-0005").lines == (
        "Priya Shah said so on Wed 25 Nov 2026: third visit.",
        "The machine had: It was marked as service request.",
    )


def test_a_closed_case_says_when(full: Database) -> None:
    do(full, "HC-2026-0005", acts.close, reason="done", at=WEDNESDAY)
    assert "Closed Wed 25 Nov 2026." in ask(full, "HC-2026-0005").lines


def test_the_definition_is_counted_and_its_text_is_for_the_asker_alone(full: Database) -> None:
    found = ask(full, "definition of HC-2026-0006")
    assert found.sentence == "HC-2026-0006: 1 point, 1 outcome sought."
    assert found.lines == ("Confirmed by Priya Shah.",)
    assert found.private == ("1. rent", "Seeks: refund")


def test_what_was_promised_is_told_with_what_is_still_to_do(full: Database) -> None:
    for what in ("survey the roof", "ring on Friday"):
        given = {"what": what, "owner": "Repairs", "due": on("2026-11-27").date()}
        do(full, "HC-2026-0006", lambda case, by, given=given: record(PROMISE, case, by, given), at=WEDNESDAY)
    do(
        full,
        "HC-2026-0006",
        lambda case, by: record(PROMISE, case, by, {"done": 1, "evidence": "photo"}),
        at=WEDNESDAY,
    )
    found = ask(full, "what did we promise on 6")
    assert found.sentence == "HC-2026-0006: 2 promised, 1 still to do."
    assert found.private == (
        "Action 2, Repairs, due Fri 27 Nov 2026, still to do: ring on Friday",
        "Action 1, Repairs, due Fri 27 Nov 2026, done Wed 25 Nov 2026: survey the roof",
    )


@pytest.mark.parametrize(
    ("question", "begins"), [("help", "You can ask me"), ("is it raining", "I did not understand that")]
)
def test_help_shows_what_can_be_asked(full: Database, question: str, begins: str) -> None:
    found = ask(full, question)
    assert found.sentence.startswith(begins) and set(HELP) <= set(found.lines)


@pytest.mark.parametrize("line", HELP)
def test_each_line_of_the_help_is_understood(full: Database, line: str) -> None:
    for example in line.replace(" / ", ", ").split(", "):
        assert not ask(full, example).sentence.startswith("I did not understand"), example


def test_no_answer_holds_a_word_a_name_or_an_address_but_for_the_asker_alone(db: Database) -> None:
    take(db, letter(), letter(f"request: mushrooms ask! {RESIDENT} hazard!", number=2))
    for question in (
        *(x for x in HELP),
        "HC-2026-0001",
        "why is HC-2026-0002 a request",
        "definition of HC-2026-0001",
    ):
        found = answer(db, question, "Sam", LANDLORD, MONDAY + timedelta(days=20))
        said = repr(replace(found, private=())).lower()
        for private in PRIVATE:
            assert private.lower() not in said


def test_a_list_of_very_many_is_counted_whole_and_holds_the_most_urgent(
    full: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = ask(full, "all open cases")
    monkeypatch.setattr("putright.triage.asking.lists.LISTED", 2)
    cut = ask(full, "all open cases")
    assert cut.sentence == whole.sentence and cut.rows == whole.rows[:2] and len(whole.rows) > 2
    assert "The first 2 of them are listed" in cut.lines[-1]
    monkeypatch.setattr("putright.triage.asking.lists.LISTED", len(whole.rows))
    assert ask(full, "all open cases") == whole, "when all are there nothing is said"


KIM = replace(LANDLORD, people={"U0KIM0001": "Kim Lau", "U0SAM0001": "Sam Reed"})
"""Two of whom notes in Slack are known by their ids."""


@pytest.mark.parametrize(
    ("question", "sentence", "numbers"),
    [
        ("what is overdue for Priya or Kim", "Cases overdue with Priya Shah or Kim Lau: 2.", [6, 1]),
        ("what's overdue for Kim and Priya Shah", "Cases overdue with Kim Lau or Priya Shah: 2.", [6, 1]),
        (
            "what is overdue for kim, priya and sam",
            "Cases overdue with Kim Lau or Priya Shah or Sam Reed: 2.",
            [6, 1],
        ),
        ("what's overdue for me or Kim", "Cases overdue with Kim Lau or Sam Reed: 1.", [1]),
        ("kim's and mine", "Open cases with Kim Lau or Sam Reed: 2.", [1, 4]),
        ("show me kim's cases", "Open cases with Kim Lau: 1.", [1]),
        ("how many are overdue for kim and priya", "Cases overdue with Kim Lau or Priya Shah: 2.", []),
        (
            "what did I log today",
            "Cases received today (Wed 25 Nov 2026) logged by Sam Reed (open and closed): 1.",
            [7],
        ),
        (
            "what did I log",
            "Cases received in the last 7 days (Wed 18 to Wed 25 Nov 2026) logged by Sam Reed: 1.",
            [7],
        ),
        (
            "which complaints did Kim raise this week",
            "Complaints received this week (Mon 23 to Wed 25 Nov 2026) logged by Kim Lau (open and closed): 1.",
            [8],
        ),
        (
            "how many complaints have been logged by kim this month",
            "Complaints received this month (Sun 1 to Wed 25 Nov 2026) logged by Kim Lau: 1.",
            [],
        ),
    ],
)
def test_of_several_people_and_of_who_logged_them(
    full: Database, question: str, sentence: str, numbers: list[int]
) -> None:
    do(full, "HC-2026-0001", acts.assign, handler="Kim Lau")
    do(full, "HC-2026-0004", acts.assign, handler="Sam Reed")
    for n, user in enumerate(("U0SAM0001", "U0KIM0001")):
        said = replace(in_slack("complaint: a lift", f"{WEDNESDAY.timestamp() + n:.6f}"), by=user)
        take(full, said, now=WEDNESDAY, landlord=KIM)
    found = answer(full, question, "Sam Reed", KIM, WEDNESDAY)
    assert (found.sentence, named(found)) == (sentence, numbers)


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        ({}, "Open cases with U0MAX0001: none."),
        ({"U0KIM0001": "Kim Lau"}, "I do not know which handler you are."),
    ],
    ids=["nobody is named: people go by their ids", "others are named"],
)
def test_mine_of_somebody_known_by_a_slack_id_alone(
    full: Database, people: dict[str, str], sentence: str
) -> None:
    landlord = replace(LANDLORD, people=people)
    found = answer(full, "my cases", "U0MAX0001", landlord, WEDNESDAY)
    assert found.sentence == sentence and ("[people]" in str(found.lines)) is bool(people)
    do(full, "HC-2026-0001", acts.assign, handler="U0MAX0001")
    assert named(answer(full, "my cases", "U0MAX0001", landlord, WEDNESDAY)) == [1]
