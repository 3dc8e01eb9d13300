"""`putright code`: a paragraph or a part of one, and what the Code of 2022 had of the same matter."""

import pytest

from tests.cli import in_json, putright


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        pytest.param("6.9 g", "The stage 1 response says: g how to go to stage 2.", id="the way to stage 2"),
        pytest.param("6.19(a)", "The final response says: a the stage.", id="the first part"),
        pytest.param("8.1F", "Each year a report is made: f its other reports on it.", id="the last part"),
    ],
)
def test_a_part_is_shown_by_its_letter(typed: str, says: str) -> None:
    said = putright("code", *typed.split()).output
    assert says in said and said.startswith(f"Code {typed[: typed.index('.') + 2]}")
    assert in_json("code", typed)["text"] == says


@pytest.mark.parametrize(
    ("typed", "then"),
    [
        ("1.3", "Until then (Code of 2022): it had no such paragraph"),
        ("1.6", "Until then (Code of 2022, 1.5): dissatisfaction in a survey"),
        ("2.2", "Until then (Code of 2022): 6 months in place of the 12; that is general knowledge"),
        ("2.3", "Until then (Code of 2022): 6 months in place of the 12"),
        ("5.3", "Until then (Code of 2022, 5.17, 5.18, 5.19): a third stage"),
        ("5.9", "Until then (Code of 2022, 5.2, 5.14): longer extensions, agreed by both parties"),
        ("6.5", "Until then (Code of 2022, 5.3): the Ombudsman's details"),
        ("6.9", "Until then (Code of 2022, 5.8): the contents of the stage 1 response"),
        ("6.9b", "Until then (Code of 2022, 5.8): the contents of the stage 1 response"),
        ("6.16", "Until then (Code of 2022, 5.15): the Ombudsman's details"),
        ("5.8", "In the Code of 2022 this number was: the contents of the stage 1 response"),
        ("5.7", "In the Code of 2022 this number was: additional complaints"),
    ],
)
def test_what_held_before_stands_beside_it(typed: str, then: str) -> None:
    assert then in " ".join(putright("code", typed).output.split())
    assert any(then in x for x in in_json("code", typed)["earlier"])


def test_a_part_that_did_not_change_has_nothing_of_before() -> None:
    assert in_json("code", "6.9a")["earlier"] == []
