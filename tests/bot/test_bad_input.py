"""Every act on a case given what it must not take: one sentence, exit 1 or 2, and nothing in the database changed."""

import sqlite3
from typing import Any

import click
import pytest
from click.testing import CliRunner

from putright.bot.commands.case import case as group
from putright.bot.main import main
from tests.bot.inbox import ASSESSED
from tests.bot.test_features import MONDAY, REF, case, logged
from tests.cli import in_json, putright, refused
from tests.harrowmere import MONDAY as MORNING
from tests.readers import program

LONGEST_SENTENCE = 700
"""Characters: nothing that was given comes back whole."""
TEXTS = ("x" * 1_000_000, "\u202e")
DAYS = ("2026-11-01", "9999-12-31", "2027-02-29", "0001-01-01")
TIMES = (
    "9999-12-31T23:59",
    "0001-01-01T00:00",
    "2026-11-23T10:00+99:00",
    "2027-02-29T10:00",
    "2026-12-30T10:00",
)
NUMBERS = ("-1", "9" * 30)
MOMENTS = ("9999-12-31T23:59", "0001-01-01", "2026-11-01T10:00", "2027-02-29", "2029-06-01")
REFERENCES = ("HC-2026-9999", "nonsense", "", "x" * 1_000_000)
LOOKS = {"show", "timeline", "attachment", "export"}
VERBS = sorted(set(group.commands) - LOOKS)


def stored() -> str:
    with sqlite3.connect("test.db") as connection:
        text = "\n".join(connection.iterdump())
    connection.close()
    return text


def example(option: click.Option) -> list[str]:
    """An option with something it takes."""
    kind: Any = option.type
    name = option.opts[0]
    if option.is_flag:
        return [name]
    if isinstance(kind, click.Choice):
        return [name, str(kind.choices[0])]
    if kind.name in ("date", "time"):
        return [name, "2026-11-23"]
    return [name, "1" if "int" in kind.name or "float" in kind.name else "words"]


def wrong(option: click.Option) -> tuple[str, ...]:
    """What an option must not take, or may take only in part."""
    kind: Any = option.type
    if option.is_flag:
        return ()
    if isinstance(kind, click.Choice):
        return ("nope",)
    if kind.name in ("date", "time"):
        return DAYS if kind.name == "date" else TIMES
    return NUMBERS if "int" in kind.name or "float" in kind.name else TEXTS


def attacked(*arguments: str) -> None:
    """One command that may be refused: then in a sentence, and with nothing changed."""
    before = stored()
    ran = program(lambda: MORNING)
    done = CliRunner().invoke(main, ["--db", "test.db", *arguments], obj=ran)
    shown = [x[:40] for x in arguments]
    assert done.exception is None or isinstance(done.exception, SystemExit), (shown, done.exception)
    assert done.exit_code in (0, 1, 2), shown
    if done.exit_code:
        assert stored() == before, f"refused, and yet something changed: {shown}"
        said = done.stderr.strip()
        assert "Error: " in said and "Traceback" not in said, (shown, said)
        assert len(said.splitlines()[-1]) <= LONGEST_SENTENCE, (shown, said[:200])


@pytest.mark.parametrize("verb", VERBS)
def test_an_act_given_nonsense_is_refused_in_a_sentence_and_changes_nothing(verb: str) -> None:
    logged()
    logged("request: tap", 2)
    command = group.commands[verb]
    beside = ("at", "as_json", "actor", "done", "seen")
    options = [x for x in command.params if isinstance(x, click.Option) and x.name not in beside]
    other = ["HC-2026-0002"] if any(x.name == "other" for x in command.params) else []
    right = [word for x in options for word in example(x)]
    for reference in REFERENCES:
        attacked("case", verb, reference, *other, *right, *MONDAY)
    for at in MOMENTS:
        attacked("case", verb, REF, *other, *right, "--at", at)
    attacked("case", verb, REF, *other, *right, "--as", "putright", *MONDAY)
    attacked("case", verb, REF, *other, *right, "--as", "x" * 1_000_000, *MONDAY)
    attacked("case", verb, REF, *other, *right, "--seen", "9", *MONDAY)
    for one in options:
        rest = [word for x in options if x is not one for word in example(x)]
        for value in wrong(one):
            attacked("case", verb, REF, *other, *rest, one.opts[0], value, *MONDAY)
    assert "Every event fits" in putright("audit", "verify").output


def test_the_second_of_two_people_is_told_what_changed_and_overwrites_nothing() -> None:
    logged()
    seen = str(in_json("case", "show", REF)["version"])
    case("define", "--point", "the leak", "--outcome", "a repair", "--as", "Priya Shah", "--seen", seen)
    second = ("--point", "the wait", "--outcome", "an apology", "--as", "Ola Diaz", "--seen", seen, *MONDAY)
    said = refused("case", "define", REF, *second)
    assert "changed by somebody else in the meantime (defined by Priya Shah), so nothing was written" in said
    assert in_json("case", "show", REF)["definition"]["points"] == ["the leak"]
    case("assess", *ASSESSED, "--seen", "2")


@pytest.mark.parametrize(
    ("order", "paragraph"),
    [
        pytest.param(("acknowledge",), "5.6", id="acknowledged before it was defined"),
        pytest.param(
            ("respond", "--outcome", "upheld", "--impact", "weeks of cold", "--reason", "x"),
            "6.3",
            id="answered before that",
        ),
        pytest.param(("extend", "--by-days", "5", "--reason", "x"), "6.4", id="extended before that"),
        pytest.param(("escalate",), "6.10", id="stage 2 before stage 1 was answered"),
        pytest.param(("close", "--reason", "done"), "6.3", id="closed before it was answered"),
        pytest.param(
            ("remedy", "--kind", "apology", "--what", "x", "--due", "2026-11-22"), "7.3", id="due before"
        ),
        pytest.param(("choice", "--result", "declined", "--on", "2026-11-22"), "1.3", id="before receipt"),
        pytest.param(("update", "--text", "x", "--on", "2026-11-24"), "5.9", id="a day that has not come"),
        pytest.param(("update", "--next", "9999-12-31"), "5.9", id="the last day there is"),
    ],
)
def test_an_impossible_order_is_refused_with_its_paragraph(order: tuple[str, ...], paragraph: str) -> None:
    logged()
    before = stored()
    said = refused("case", order[0], REF, *order[1:], *MONDAY)
    assert f"(Code {paragraph})" in said
    assert stored() == before
