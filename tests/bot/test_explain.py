"""`putright explain` on a terminal: everything is shown, nothing is cut, nothing is wider than the page."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from putright.bot.commands.explain_text import WIDTH, explain_text
from putright.bot.main import main
from putright.cases.labels import Mark
from putright.cases.reading import unread
from putright.classifier import reader
from putright.classifier.counterfactual import flip
from putright.triage.told import Told

READER = reader.load()
BODY = (
    "Dear all,\nThird time I've rung about this leak in the kitchen at 14 Elm Close. Your contractor looked at it on "
    "3 May, said that he would be back with a part in a week and has not been seen by anybody since, though I have "
    "stayed in on four separate mornings.\nMy mother is 84. Please treat this as a complaint and send somebody to mend "
    "it.\nJo"
)


def explained(folder: Path, body: str) -> Result:
    (folder / "told.txt").write_text(body, encoding="utf-8", errors="surrogatepass")
    return CliRunner().invoke(main, ["explain", str(folder / "told.txt")])


def test_it_shows_the_whole_reading(tmp_path: Path) -> None:
    result = explained(tmp_path, BODY)
    assert result.exit_code == 0, result.output
    for heading in ("Sentence by sentence", "Rules that fired", "Marks", "What we understand (Code 5.6)",
                    "What the resident seeks", "What complaint means (Code 1.2)"):  # fmt: skip
        assert f"\n{heading}" in result.output
    assert "    - contractor: " in result.output
    assert "rule formal-complaint (Code 1.3): “" in result.output
    assert max(map(len, result.output.splitlines())) <= WIDTH


def test_no_word_of_the_message_is_cut() -> None:
    shown = " ".join(explain_text(BODY, READER.read_text("", BODY)))
    assert all(word in shown for word in BODY.split())
    assert "…" not in shown


def test_a_rule_that_fired_twice_stands_there_once() -> None:
    body = "My baby is ill. Her inhaler is empty."
    lines = explain_text(body, READER.read_text("", body))
    assert "    - rule vulnerable-person (Code 5.10): “My baby”, “inhaler”" in lines


def test_what_is_missing_is_asked() -> None:
    body = "Your people are useless. I have had enough of all of you."
    lines = explain_text(body, READER.read_text("", body))
    assert "To ask" in lines
    assert "    - What would put this right for you? (Code 5.6)" in lines


def test_what_would_have_changed_it_is_shown() -> None:
    body = "The tap in my kitchen drips. Could somebody mend it? Your plumber swore at me on Monday."
    message = Told(body, "", datetime(2026, 11, 23, tzinfo=UTC)).message()
    turned = flip(READER, message)
    assert turned is not None
    lines = explain_text(body, READER.read(message), turned)
    (heading,) = [line for line in lines if line.startswith("Without th")]
    assert heading.endswith(f"it would read as {turned[1].words}")


def test_why_it_asks_stands_there(tmp_path: Path) -> None:
    result = explained(tmp_path, "boiler")
    assert result.exit_code == 0
    assert "Why a person is asked\n    - It is too short to be sure." in result.output


def test_a_failed_reading_and_marks_are_shown() -> None:
    lines = explain_text("x", replace(unread("It failed."), marks=(Mark.SAR,)))
    assert "    - It failed." in lines
    assert any(line.startswith("    - sar: asks for what is held") for line in lines)


@pytest.mark.parametrize(
    "body", ["", "\x1b[31mred\x07 alarm", "\u202eevil\u202c text here", "a" * 5000, "🔥" * 300]
)
def test_odd_text_is_shown_safely(body: str, tmp_path: Path) -> None:
    result = explained(tmp_path, body)
    assert result.exit_code == 0, result.output
    assert not {"\x1b", "\x07", "\u202e", "\u202c"} & set(result.output)
    assert max(map(len, result.output.splitlines())) <= WIDTH


def test_marks_of_quoting_are_not_shown() -> None:
    body = "> Nobody came on Tuesday to mend the boiler.\n> Please ring."
    lines = explain_text(body, READER.read_text("", body))
    assert any("Nobody came on Tuesday to mend the boiler." in line for line in lines)
    assert not any(">" in line for line in lines)
