"""Writes into README.md what the program prints: python -m tests.readme (a test checks that it is still so)."""

import re
from collections.abc import Iterable
from pathlib import Path

from click.testing import CliRunner

from putright.bot.main import main

README = Path(__file__).parents[1] / "README.md"
CARD = README.parent / "models" / "CARD.md"
ROWS = 9
"""Lines of a long list that are shown; the rest is an ellipsis."""


def blocks() -> dict[str, str]:
    """The marked blocks of the README as they should read now."""
    return {"demo": _demo(), "clock": _clock(), "scores": _scores()}


def filled(text: str) -> str:
    """The README with its marked blocks written anew."""
    for name, block in blocks().items():
        marked = re.compile(rf"<!-- {name} -->\n.*?<!-- /{name} -->", re.DOTALL)
        new = f"<!-- {name} -->\n{block}\n<!-- /{name} -->"
        text = marked.sub(new.replace("\\", r"\\"), text)
    return text


def _printed(*arguments: str) -> list[str]:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result.output.splitlines()


def _demo() -> str:
    lines = _printed("demo")
    at = [n for n, line in enumerate(lines) if line and set(line) == {"-"}]
    ends = [*(n - 2 for n in at[1:]), None]
    sections = {lines[n - 1].split(".")[0]: lines[n - 1 : end] for n, end in zip(at, ends, strict=True)}
    table = sections["2"][: ROWS + 4]
    return _code([*sections["1"], "", *table, "…", "", *sections["4"], "", *sections["6"][:ROWS], "…"])


def _clock() -> str:
    lines = _printed("clock", "--received", "2026-12-24")
    return _code(["$ putright clock --received 2026-12-24", *lines[: lines.index("", 2)]])


def _scores() -> str:
    """The card's tables, cut to what a landlord asks first: how well, how many missed, how often it asks."""
    rows = [
        line.split(" | ") for line in CARD.read_text(encoding="utf-8").splitlines() if line.startswith("| ")
    ]
    at = [rows[0].index(name) for name in ("messages", "macro-F1", "complaints surely missed", "asked")]
    names = {
        "| mean": "corpus, each landlord read unseen (mean)",
        "| held-out": "held-out landlord, never trained on",
    }
    lines = ["| | messages | macro-F1 | complaints surely missed | asked |", "|---|---|---|---|---|"]
    for row in rows:
        if row[0] in names and len(row) > max(at):
            lines.append(f"| {names[row[0]]} | {' | '.join(row[n].strip() for n in at)} |")
    return "\n".join(lines)


def _code(lines: Iterable[str]) -> str:
    return "```\n" + "\n".join(line.rstrip() for line in lines if line != "Reading").strip() + "\n```"


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
