"""Answers: the right cases, the right number, in words that name no resident."""

from datetime import timedelta

import pytest
from sqlite_utils import Database

from putright.cases import acts
from putright.cases.labels import Label
from putright.triage.answer import HELP, Answer, answer
from tests.harrowmere import LANDLORD, MONDAY, PRIVATE, RESIDENT, do, letter, log, on, take

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
        ("what's overdue", "2 cases are overdue.", [6, 1]),
        ("overdue for Priya", "1 case with Priya is overdue.", [6]),
        ("what is overdue for heating", "1 case for heating and gas is overdue.", [1]),
        ("what's overdue this week", "2 cases are overdue.", [6, 1]),
        ("what is due today", "1 case is due today.", [2]),
        ("due tomorrow", "No cases due tomorrow.", []),
        ("what is due this week", "2 cases are due this week.", [2, 3]),
        ("what is due this week for repairs", "1 case for repairs is due this week.", [2]),
        ("what is due next week", "1 case is due next week.", [4]),
        ("due in 10 days", "3 cases are due in the next 10 days.", [2, 3, 4]),
        ("what is due for priya", "1 case with Priya is due this week.", [2]),
        ("unassigned", "4 cases are unassigned.", [1, 3, 4, 5]),
        ("unassigned this week", "1 case is unassigned and due this week.", [3]),
        ("unacknowledged", "4 cases are unacknowledged.", [1, 2, 3, 4]),
        ("to review", "1 case is waiting for a person to say what they are.", [4]),
        ("any hazards", "1 case is marked as a possible hazard.", [3]),
        ("stage 2", "No open cases at stage 2.", []),
        ("open service requests", "1 service request is open.", [5]),
        ("closed", "No cases closed.", []),
        ("my cases", "No open cases with Sam Reed.", []),
        ("how many complaints this month", "4 complaints received this month.", []),
        ("how many complaints last month", "1 complaint received last month.", []),
        ("how many complaints last week", "2 complaints received last week.", []),
        ("how many complaints", "5 complaints in all.", []),
        ("how many open complaints for repairs", "1 complaint for repairs is open.", []),
        ("how many are overdue", "2 cases are overdue.", [6, 1]),
        ("how many cases are unassigned", "4 cases are unassigned.", [1, 3, 4, 5]),
        ("what is parked", "0 messages parked. `putright parked` lists them with the reason.", []),
        ("who has HC-2026-0002", "HC-2026-0002 is with Priya Shah.", []),
        ("who has HC-2026-0001", "Nobody has it yet.", []),
        ("HC-2026-0099", "There is no case HC-2026-0099.", []),
    ],
)
def test_a_question_is_answered(full: Database, question: str, sentence: str, numbers: list[int]) -> None:
    found = ask(full, question)
    assert (found.sentence, named(found)) == (sentence, numbers)


def test_mine_are_the_askers(full: Database) -> None:
    assert named(ask(full, "my cases", "priya shah")) == [6, 2]


def test_a_count_says_how_many_nobody_has_confirmed(full: Database) -> None:
    assert ask(full, "how many complaints this month").lines == ("1 of them nobody has confirmed yet.",)


def test_one_case_is_told_with_every_date_what_was_kept_and_what_is_overdue(full: Database) -> None:
    found = ask(full, "hc 2026 6")
    assert found.sentence == "HC-2026-0006: complaint, answer by Thu 22 Oct 2026 (Code 6.3)."
    assert found.lines == (
        "Received Mon 5 Oct 2026; tenancy and rent; with Priya Shah.",
        "Stage 1 acknowledgement: Thu 8 Oct 2026, in time (Code 6.2).",
        "Answer by Thu 22 Oct 2026 (Code 6.3). OVERDUE.",
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


def test_the_definition_is_counted_and_its_text_stays_in_the_case(full: Database) -> None:
    found = ask(full, "definition of HC-2026-0006")
    assert found.sentence == "HC-2026-0006: 1 point, 1 outcome sought."
    assert found.lines[0] == "Confirmed by Priya Shah."


@pytest.mark.parametrize(
    ("question", "begins"), [("help", "You can ask me"), ("is it raining", "I did not understand that")]
)
def test_help_shows_what_can_be_asked(full: Database, question: str, begins: str) -> None:
    found = ask(full, question)
    assert found.sentence.startswith(begins) and found.lines == HELP


@pytest.mark.parametrize("line", HELP)
def test_each_line_of_the_help_is_understood(full: Database, line: str) -> None:
    for example in line.replace(" / ", ", ").split(", "):
        assert not ask(full, example).sentence.startswith("I did not understand"), example


def test_no_answer_holds_a_word_a_name_or_an_address(db: Database) -> None:
    take(db, letter(), letter(f"request: mushrooms ask! {RESIDENT} hazard!", number=2))
    for question in (
        *(x for x in HELP),
        "HC-2026-0001",
        "why is HC-2026-0002 a request",
        "definition of HC-2026-0001",
    ):
        said = repr(answer(db, question, "Sam", LANDLORD, MONDAY + timedelta(days=20))).lower()
        for private in PRIVATE:
            assert private.lower() not in said
