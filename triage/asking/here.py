"""What "it" and "this" mean where a question is asked in the thread of a case: that case."""

import re
from collections.abc import Collection
from datetime import date

from putright.cases.references import find_reference
from putright.triage.question import understand

_IT = re.compile(
    r"\b(?:this|that|the) (?:one|case|complaint|request|matter)\b|"
    r"\b(?:it|this|that)\b(?! (?:week|month|quarter|year|morning|afternoon|evening|time|(?:mon|tues|wednes|thurs|fri|"
    r"satur|sun)day)\b)",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"\s*(?:(?:please|pls|can|could|would|will|you|we|i|just)\s+)*([a-z]+)"
    r"(?:\s+(?:it|this|that|(?:the|this) (?:case|complaint|one)))?"
    r"(?:\s+(?:to|by|until|for|please|pls|thanks)(?:\s+[\w'-]+){0,4})?[\s.!?]*",
    re.IGNORECASE,
)
_OF_ONE = ("status", "why", "definition", "promises", "who_has", "timeline", "due_when")
_WHEN = re.compile(r"\s*when\b", re.IGNORECASE)


def meant(text: str, here: str, today: date, people: Collection[str], teams: Collection[str]) -> str:
    """The question with the reference of the case `here` in it, where it is about that case and names none; else as it
    was typed. A question about lists stays one: "what is overdue" in a thread means all cases.
    """
    if not here or find_reference(text):
        return text

    def asks_of(words: str) -> str:
        question = understand(words, today, people, teams)
        return question.ref if question.intent in _OF_ONE else ""

    question = understand(text, today, people, teams)
    if question.ref:
        return text
    named = _IT.sub(here, text, count=1)
    if named != text and asks_of(named) == here:
        return named
    of_one = question.intent in _OF_ONE or (question.intent == "none" and question.why_not == "words")
    if of_one or (question.intent == "list" and _WHEN.match(text)):
        beside = f"{text.rstrip(' ?.!')} {here}"
        return beside if asks_of(beside) == here else text
    return text


def ordered(text: str) -> str:
    """The verb of what is asked to be done with the case of the thread ("please extend it"), else nothing.

    Only a bare order is one: "change the locks, she is afraid" is what a resident said.
    """
    found = _ORDER.fullmatch(text)
    return found[1].lower() if found else ""
