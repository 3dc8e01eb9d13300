"""Answering staff: the same answer for Slack, the terminal and the desk.

An answer names cases by reference only; who the resident is and what they wrote stand in the case itself. Each says in
words what it understood, so that a misreading is seen.
"""

import re
from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from putright.cases.working_days import local_day
from putright.storage import cases
from putright.triage.asking import governing, guide
from putright.triage.asking.guide import HELP
from putright.triage.asking.lists import counted, listed
from putright.triage.asking.one_case import about, deadline_rule, working
from putright.triage.asking.result import Answer
from putright.triage.eyes import ALL, Eyes
from putright.triage.landlord import Landlord
from putright.triage.question import Question, understand

__all__ = ["HELP", "Answer", "answer", "answered", "without_cases", "working"]

_PAGE = re.compile(r",?\s*\b(?:page|pg)\s*(\d{1,3})\b", re.IGNORECASE)


def without_cases(text: str, landlord: Landlord, now: datetime) -> Answer | None:
    """The help, where that is what is asked for: it needs no database."""
    question = understand(text, local_day(now), tuple(landlord.people.values()), tuple(landlord.teams))
    return guide.help_page() if question.intent == "help" else None


def answer(
    db: Database, text: str, asker: str, landlord: Landlord, now: datetime, eyes: Eyes = ALL
) -> Answer:
    """The answer to a question in plain English, as `eyes` may see it. Never raises for what was typed."""
    return answered(db, text, asker, landlord, now, eyes)[1]


def answered(
    db: Database, text: str, asker: str, landlord: Landlord, now: datetime, eyes: Eyes
) -> tuple[Question, Answer]:
    """The same with how the question was understood."""
    page = _PAGE.search(text[:1000])
    asked = _PAGE.sub("", text) if page else text
    people = {*cases.handlers(db, eyes.seen_by), *landlord.people.values()}
    question = understand(asked, local_day(now), people, tuple(landlord.teams))
    found = _answer(db, question, asked, asker, landlord, now, eyes)
    if page and question.intent == "list":
        found = replace(found, page=max(1, int(page[1])))
    return question, found


def _answer(
    db: Database, question: Question, text: str, asker: str, landlord: Landlord, now: datetime, eyes: Eyes
) -> Answer:
    if eyes.numbers_only and (refused := governing.refused(question)):
        return refused
    match question.intent:
        case "list":
            found = listed(db, question, asker, landlord, now, eyes)
            return governing.without_names(found) if eyes.numbers_only else found
        case "count":
            return counted(db, question, asker, landlord, now, eyes)
        case "help":
            return guide.help_page()
        case "deadline_rule":
            return deadline_rule(question, landlord, now)
        case "none":
            return guide.declined(text, question)
    return about(db, question, landlord, now, eyes)
