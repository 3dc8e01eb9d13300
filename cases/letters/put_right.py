"""What an answer says of putting things right: remedies and actions, each by when."""

import re
from collections.abc import Iterator

from putright.cases.letters.days import has_day
from putright.cases.letters.decision import too_short
from putright.cases.letters.facts import Facts, Lack, Promise
from putright.cases.letters.paragraphs import at_its_stage, lettered
from putright.cases.letters.words import says
from putright.cases.working_days import in_words


def remedies_named(facts: Facts, text: str) -> Iterator[Lack]:
    """What puts it right and by when, or that nothing does (6.9 e, 7.3)."""
    under = _TO_PUT_RIGHT.search(text)
    if not facts.remedies and not (under and not too_short(under[1])) and "remed" not in text:
        yield Lack(lettered(facts, "e"), "The remedy offered, or that none is offered and why")
    for one in facts.remedies:
        if one.amount and not re.search(rf"£ ?{_pounds(one.amount)}", text.replace(",", "")):
            yield Lack("7.3", f"The amount of the remedy: {one.what}, £{one.amount}")
        yield from _promised(facts, text, one, "e", "The remedy", "7.3")


_TO_PUT_RIGHT = re.compile(
    r"\bto put (?:this|things|it) right\b"
    r"(.*?)(?=(?:there are )?(?:no )?(?:outstanding|further) action|\bif you (?:are|remain)|$)"
)
"""What stands under that heading: alone it offers nothing."""


def actions_named(facts: Facts, text: str) -> Iterator[Lack]:
    """What is outstanding, by when, or that nothing is (6.9 f, 6.6)."""
    open_ones = [x for x in facts.actions if x.done is None]
    if not open_ones and not re.search(r"no (?:outstanding|further) action|outstanding action", text):
        yield Lack(lettered(facts, "f"), "The outstanding actions, or that there are none")
    for one in open_ones:
        yield from _promised(facts, text, one, "f", "The outstanding action", at_its_stage(facts, "6.6"))


def _promised(
    facts: Facts, text: str, one: Promise, letter: str, what: str, paragraph: str
) -> Iterator[Lack]:
    if not says(text, one.what):
        yield Lack(lettered(facts, letter), f"{what}: {one.what}")
    elif one.by is None or not has_day(text, one.by):
        day = in_words(one.by) if one.by else "no date is set"
        yield Lack(paragraph, f"By when: {one.what} ({day})")


def promises_kept(facts: Facts, text: str) -> Iterator[Lack]:
    """Nothing that was promised is open when a case is closed (7.3)."""
    for one in (*facts.actions, *facts.remedies):
        if one.done is None:
            yield Lack("7.3", f"A promise that is not kept yet, so the case cannot be closed: {one.what}")


def _pounds(amount: str) -> str:
    """The pattern of an amount, with or without pence where there are none."""
    pounds, _, pence = amount.partition(".")
    return rf"{pounds}(?:\.00)?(?![\d.]*\d)" if pence in ("", "00") else rf"{pounds}\.{pence}(?!\d)"
