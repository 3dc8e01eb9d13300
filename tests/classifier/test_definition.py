"""What a message may ask for where the reading marks no outcome: never the complaint itself, never another word."""

from dataclasses import replace

import pytest

from putright.cases.labels import Role
from putright.cases.reading import Sentence, unread
from putright.classifier.definition import may_be_sought, names_an_act

CASES = [
    (
        "a wish beside the wish to complain",
        [("She wants to make a formal complaint about it and wants it repaired this week.", Role.COMPLAIN)],
        ("wants it repaired this week",),
    ),
    (
        "a sentence that asks for action is taken whole",
        [("Nobody came.", Role.DISSATISFACTION), ("Please send a plumber.", Role.REQUEST)],
        ("Please send a plumber",),
    ),
    (
        "two wishes of one sentence",
        [("He wants an apology, and would like a call.", Role.DISSATISFACTION)],
        ("wants an apology", "would like a call"),
    ),
    ("only the complaint", [("I want to complain about the lift.", Role.COMPLAIN)], ()),
    ("a wish in the words of a greeting or a quotation", [("We want to hear from you.", Role.REST)], ()),
    ("a request that names no act", [("He cracked it.", Role.FAULT), ("Could you?", Role.REQUEST)], ()),
    ("no wish", [("The lift is out again.", Role.FAULT)], ()),
]


@pytest.mark.parametrize(("said", "sought"), [x[1:] for x in CASES], ids=[x[0] for x in CASES])
def test_what_may_be_sought(said: list[tuple[str, Role]], sought: tuple[str, ...]) -> None:
    body, sentences = "", []
    for text, role in said:
        sentences.append(Sentence(len(body), len(body) + len(text), role, 1.0))
        body += f"{text} "
    reading = replace(unread(""), sentences=tuple(sentences))
    assert may_be_sought(body, reading) == sought


ACTS = [
    ("Could you?", False), ("Can you please", False), ("Please", False), ("Any chance?", False), ("?", False),
    ("Mend it", True), ("Ring me", True), ("Compensation", True), ("Stage 2 please", True), ("£40 back", True),
]  # fmt: skip


@pytest.mark.parametrize(("text", "named"), ACTS)
def test_an_outcome_names_an_act(text: str, named: bool) -> None:
    assert names_an_act(text) is named
