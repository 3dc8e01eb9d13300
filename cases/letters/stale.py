"""Wordings that were right once, and are no longer."""

import re
from collections.abc import Iterator

from putright.cases.letters.facts import Facts, Lack
from putright.cases.letters.words import sentences_of
from putright.cases.ombudsman import STALE


def nothing_stale(facts: Facts, text: str) -> Iterator[Lack]:
    """Wordings that were right once: of the Ombudsman's details, and of the Code before 1 April 2024."""
    for pattern, why in STALE:
        if not (facts.ombudsman.email and "e-mail" in why) and pattern.search(text):
            yield Lack("3.7", f"Out of date: {why}")
    for pattern, paragraph, why in _OF_2022:
        if any(pattern.search(x) for x in sentences_of(text)):
            yield Lack(paragraph, f"Out of date: {why}")


_DAYS_2 = r"stage (?:2|two)\b"


_OF_2022 = (
    (
        re.compile(
            rf"\A(?=.*\b{_DAYS_2})(?:.*\bextend.*\b(?:10|ten) days\b"
            r"|.*\b(?:can|may|could) (?:be )?extend.*\b(?:10|ten) "
            r"working days\b|.*\bfurther (?:10|ten) days\b)"
        ),
        "6.15",
        "stage 2 is extended by no more than 20 working days without good reason (10 days was the Code of 2022)",
    ),
    (
        re.compile(
            r"\b(?:10|ten) working days (?:of|from|after) (?:logging|the day (?:we|it was) log|it being logged)"
        ),
        "6.3",
        "stage 1 is answered within 10 working days of the acknowledgement (of logging was the Code of 2022)",
    ),
    (
        re.compile(r"\bstage (?:3|three)\b|\bthird stage\b"),
        "5.3",
        "there are two stages and no third",
    ),
    (
        re.compile(r"\binformal (?:complaint|stage|resolution)s?\b|\bstage (?:0|zero|nought)\b"),
        "5.2",
        "there is no informal stage",
    ),
)
