"""The Complaint Handling Code, paragraph by paragraph: what it says in our words, since when, and how sure we are."""

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from putright.cases.errors import Refused

_FILE = Path(__file__).with_name("code_2024.toml")

SURE = {
    "reprint": "summarised from reprints of the Code in landlords' self-assessments, checked against one another",
    "other reprints": "one reprint held a wrong text here, so others were read; confirm it against the official text",
}


@dataclass(frozen=True, slots=True)
class Before:
    """What the Code of 2022 had of the same matter, under its own numbers; `part` is the letter that it concerns."""

    text: str
    numbers: tuple[str, ...] = ()
    part: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, or one lettered `part` of it.

    `used` says what of the program rests on it, beside what names its paragraph itself.
    """

    number: str
    text: str
    code: str
    in_force: date
    source: str
    sure: str
    """In words how sure we are of the text."""
    checked: date
    """The day the text was last compared with its source."""
    used: tuple[str, ...] = ()
    before: Before | None = None
    part: str = ""

    @property
    def name(self) -> str:
        """`6.9`, or `6.9 g` for a part."""
        return f"{self.number} {self.part}".rstrip()

    def only(self, part: str) -> "Paragraph":
        """That lettered part of it; the whole where our summary does not letter its parts."""
        begins, colon, parts = self.text.partition(": ")
        found = re.search(rf"(?:^|, )({part} .+?)(?=, [a-g] |\.$)", parts) if part and colon else None
        return replace(self, part=part, text=f"{begins}: {found[1]}.") if found else self


@cache
def paragraphs() -> dict[str, Paragraph]:
    """All paragraphs by number, in the Code's order."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {number: _paragraph(number, given, data) for number, given in data["paragraph"].items()}


def _paragraph(number: str, given: dict[str, Any], data: dict[str, Any]) -> Paragraph:
    return Paragraph(
        number,
        given["text"],
        data["code"],
        data["in_force"],
        data["source"],
        SURE[given.get("sure", "reprint")],
        data["checked"],
        tuple(given.get("used", ())),
        _before(given["before"]) if "before" in given else None,
    )


def _before(given: dict[str, Any]) -> Before:
    return Before(given["text"], tuple(given.get("numbers", ())), given.get("part", ""))


def paragraph(typed: str) -> Paragraph:
    """The paragraph that a person means: `6.9`, `Code 6.9 g`, `para. 6.9(g)`. Raises Refused where there is none."""
    found = re.fullmatch(
        r"\s*(?:code|paragraph|para\.?)?\s*(\d+\.\d+)\s*\(?([a-g])?\)?\s*", typed, re.IGNORECASE
    )
    known = paragraphs()
    if found and found[1] in known:
        return known[found[1]].only((found[2] or "").casefold())
    number = found[1] if found else typed.strip()[:20]
    chapters = sorted({x.split(".")[0] for x in known})
    raise Refused(
        f"The Code has no paragraph {number}. `putright code` lists all; its chapters are {chapters[0]} to "
        f"{chapters[-1]}, and beside it there are awaab, data-protection and ombudsman."
    )
