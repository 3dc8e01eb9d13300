"""The Code's table: whole, dated, and the paragraphs that the program names are in it."""

import re
from pathlib import Path

import pytest

from putright.cases.code import SURE, paragraph, paragraphs
from putright.cases.errors import Refused
from putright.cases.limits import EXTENSIONS, LIMITS
from putright.cases.records.index import ACTS

ROOT = Path(__file__).parents[2]
CHAPTERS = {
    "1": (2, 6),
    "2": (1, 5),
    "3": (1, 7),
    "4": (1, 3),
    "5": (1, 15),
    "6": (1, 20),
    "7": (1, 4),
    "8": (1, 5),
}
CHAPTERS["9"] = (1, 8)


def test_every_paragraph_of_the_code_is_there_once_and_in_order() -> None:
    expected = [
        f"{chapter}.{n}" for chapter, (first, last) in CHAPTERS.items() for n in range(first, last + 1)
    ]
    assert list(paragraphs()) == expected and len(expected) == 72


def test_each_is_a_sentence_with_its_date_and_how_sure() -> None:
    for x in paragraphs().values():
        assert x.text[0].isupper() and x.text.endswith(".") and x.sure in SURE.values()
        assert (x.code, x.in_force.isoformat()) == ("2024", "2024-04-01")


def test_what_was_before_names_paragraphs_and_parts_there_are() -> None:
    for x in paragraphs().values():
        if x.before:
            assert not x.before.text.endswith(".")
            assert all(re.fullmatch(r"[1-7]\.\d+", n) for n in x.before.numbers)
            assert not x.before.part or x.only(x.before.part).part == x.before.part


def test_what_acts_and_clocks_name_is_a_paragraph_of_the_code() -> None:
    named = {act.paragraph for act in ACTS} | {x.paragraph for act in ACTS for x in (*act.fields, *act.ended)}
    named |= {x.paragraph for x in (*LIMITS, *EXTENSIONS) if x.code == "2024"}
    assert named - {""} <= set(paragraphs())


def test_what_a_refusal_names_is_a_paragraph_of_the_code() -> None:
    sources = "".join(
        x.read_text(encoding="utf-8")
        for folder in ("cases/life", "cases/records")
        for x in (ROOT / folder).iterdir()
        if x.suffix == ".py"
    )
    assert set(re.findall(r'"(\d\.\d+)"', sources)) <= set(paragraphs())


@pytest.mark.parametrize("typed", ["6.9", " code 6.9 ", "6.9g", "6.9 (g)", "Para. 6.9", "paragraph 6.9 a"])
def test_a_paragraph_is_found_as_people_type_it(typed: str) -> None:
    assert paragraph(typed).number == "6.9"


@pytest.mark.parametrize("typed", ["10.1", "6.21", "6", "", "six", "6.9 z", "6.9.1"])
def test_what_is_no_paragraph_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(
        Refused, match=r"The Code has no paragraph .*its chapters are 1 to 9, and beside it there are"
    ):
        paragraph(typed)
