"""The tour: what the issue asks of it, on the bundled inbox, with the trained reader."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from putright.bot.commands.demo import BUNDLED
from putright.bot.main import main
from putright.cases.labels import Label
from putright.classifier.reader import load
from putright.mailbox.parse import parse
from tests.harrowmere import MONDAY

STAFF = frozenset({"harrowmere.example"})


@pytest.fixture(scope="module")
def tour() -> Iterator[str]:
    result = CliRunner().invoke(main, ["demo"])
    assert result.exit_code == 0, result.output
    yield result.output


def test_it_leaves_at_least_fifteen_cases_and_two_that_ask(tour: str) -> None:
    table = [line for line in tour.split("\n2. ")[1].split("\n3. ")[0].splitlines() if line.startswith("HC-")]
    assert len(table) >= 15
    assert sum("  ask  " in line for line in table) >= 2
    assert len({line.split()[0] for line in table}) == len(table)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("parked", id="what was parked and why"),
        pytest.param("1 duplicate", id="the mail that came twice"),
        pytest.param("The clock starts at", id="where the clock of the complaint starts"),
        pytest.param("unhappy with the landlord", id="what a sentence does"),
        pytest.param("A person's label always wins", id="a reading corrected"),
        pytest.param("> what's overdue", id="a question answered"),
        pytest.param("> how many complaints this month", id="a count"),
        pytest.param("Deadlines for Mon 23 Nov 2026", id="the digest of the morning"),
        pytest.param("What to do next", id="what to do next"),
    ],
)
def test_it_shows(tour: str, words: str) -> None:
    assert words in tour


def test_it_leaves_nothing_behind(tour: str, tmp_path: Path) -> None:
    assert not list(tmp_path.iterdir())


def test_the_reader_surely_misses_no_complaint_of_the_bundled_inbox() -> None:
    key = json.loads((BUNDLED / "expected.json").read_text(encoding="utf-8"))["inbox"]
    reader = load()
    wrong = []
    for file, says in key.items():
        if says.get("label") != "complaint" or says["also"]:
            continue
        message = parse((BUNDLED / "inbox" / file).read_bytes(), MONDAY, STAFF)
        reading = reader.read(message)
        if reading.label is not Label.COMPLAINT and reading.decision == "sure":
            wrong.append(file)
    assert not wrong
