"""Words to the bot: a question, what a resident said, or either."""

from datetime import date
from pathlib import Path

import pytest

from putright.triage.heard import Heard, heard
from tests.triage.test_question import PEOPLE, QUESTIONS, SAID

TODAY = date(2026, 11, 25)
TEAMS = ("Northside", "Southside", "Voids", "Customer Care")


@pytest.mark.parametrize("text", [*QUESTIONS, "thanks!", "hi", "extend HC-2026-0001", "damp complaints"])
def test_questions_go_on_being_answered(text: str) -> None:
    assert heard(text, TODAY, PEOPLE, TEAMS) is Heard.QUESTION


def test_of_the_questions_as_staff_type_them_few_are_asked_about_and_none_is_logged() -> None:
    typed = [
        line.partition(" => ")[0]
        for path in sorted((Path(__file__).parent / "questions").glob("*.txt"))
        for line in path.read_text().splitlines()
        if " => " in line and " => none" not in line
    ]
    found = [heard(x, TODAY, PEOPLE, TEAMS) for x in typed]
    assert Heard.SAID not in found and found.count(Heard.EITHER) < len(typed) * 0.04


MISTAKEN = {
    "late repair",
    "repairs late at 12",
    "open sewer behind the flats",
    "how long do i have to wait for a repair",
}
"""Words that are a list or a rule to staff too; in a direct message they are answered as one."""


@pytest.mark.parametrize("text", [x for x in SAID if x not in MISTAKEN])
def test_what_residents_say_is_no_question(text: str) -> None:
    assert heard(text, TODAY, PEOPLE, TEAMS) is not Heard.QUESTION
