"""`putright ask`: how questions of a file are understood, teams and people of the settings, and the help."""

import json
from pathlib import Path

import pytest

from tests.cli import in_json, putright, refused

ASKED = [
    {"id": "a", "text": "whats od for repairs s2 this wk ta"},
    {"id": 7, "text": "when's the ack due on hc 2026 12"},
    {"id": "c", "text": "voids stuff thats late"},
    {"id": "d", "text": "morning all 🙂"},
]


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("putright.toml").write_text('[teams]\nVoids = ["Priya Shah"]\n[people]\nU0123ABCD = "Priya Shah"\n')


def parsed(*lines: str) -> list[object]:
    Path("asked.jsonl").write_text("\n".join(lines), encoding="utf-8")
    said = putright("ask", "--parse", "asked.jsonl", "--at", "2026-11-25").output
    return [json.loads(line) for line in said.splitlines()]


def test_a_file_of_questions_is_understood_line_by_line_without_a_database() -> None:
    assert parsed(*map(json.dumps, ASKED), "") == [
        {
            "id": "a",
            "intent": "list",
            "slots": {"state": "overdue", "within": "this_week", "area": "repairs", "stage": 2},
        },
        {"id": 7, "intent": "due_when", "slots": {"ref": "HC-2026-0012", "what": "acknowledgement"}},
        {"id": "c", "intent": "list", "slots": {"state": "overdue", "team": "Voids"}},
        {"id": "d", "intent": "none", "slots": {}},
    ]
    assert not Path("test.db").exists()


@pytest.mark.parametrize("line", ["{}", "[]", "7", "{", '{"text": 5}', '{"id": 1}', "null"])
def test_a_line_that_is_no_question_is_named(line: str) -> None:
    Path("asked.jsonl").write_text(f'{{"id": 1, "text": "help"}}\n{line}\n', encoding="utf-8")
    assert "Line 2 of asked.jsonl is no question" in refused("ask", "--parse", "asked.jsonl")


def test_a_question_and_a_file_are_not_both_taken() -> None:
    Path("asked.jsonl").write_text("")
    assert "not both" in refused("ask", "overdue", "--parse", "asked.jsonl", code=2)


def test_the_help_is_reached_and_holds_the_grammar_without_a_database() -> None:
    lines = in_json("ask", "help")["lines"]
    assert any("Abbreviations" in x or "abbreviations" in x for x in lines)
    assert any(x.startswith("Areas: repairs") for x in lines)
    assert not Path("test.db").exists()


def test_a_question_about_cases_needs_a_database() -> None:
    assert "There is no database" in refused("ask", "overdue")


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("teams = 5", "teams"),
        ('[teams]\nNorth = "Priya"', "teams.North"),
        ('people = ["Priya"]', "people"),
        ('[people]\npriya = "Priya"', "people"),
        ('[people]\nU0123ABCD = ""', "people.U0123ABCD"),
    ],
)
def test_a_wrong_team_or_person_is_named(written: str, wrong: str) -> None:
    Path("putright.toml").write_text(written)
    assert wrong in refused("ask", "help", code=2)


def test_teams_may_be_names_alone() -> None:
    Path("putright.toml").write_text('teams = ["Voids"]')
    putright("note", "complaint: roof", "--by", "Sam")
    assert in_json("ask", "voids overdue")["answer"] == "I do not know who is in the team Voids."
