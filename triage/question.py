"""What a member of staff asks, in plain English, without a language model: text in, an intent with slots out.

The grammar is a short list of words with their synonyms. What it does not understand it says so, and says what
it can answer; it never guesses a reference or a person.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from putright.cases.labels import Label, ServiceArea
from putright.cases.references import find_reference
from putright.cases.working_days import Calendar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question:
    """`intent` is list, status, why, definition, due_when, who_has, count, help or none; the rest are its slots."""

    intent: str
    ref: str = ""
    state: str = ""
    """overdue, due, open, unassigned, unacknowledged, review, closed, parked, hazard."""
    within: str = ""
    """today, tomorrow, this_week, next_week, this_month or N_days."""
    area: ServiceArea | None = None
    stage: int = 0
    label: Label | None = None
    handler: str = ""
    period: str = ""
    """today, yesterday, this_week, last_week, this_month, last_month, this_year, last_year."""


_AREAS: dict[ServiceArea, str] = {
    ServiceArea.DAMP_MOULD: r"damp|mould|mold|condensation",
    ServiceArea.HEATING_GAS: r"heating|boilers?|gas|hot water",
    ServiceArea.PLANNED_WORKS: r"planned works?|major works|kitchens?|bathrooms?|cladding",
    ServiceArea.ALLOCATIONS: r"allocations?|lettings?|transfers?|banding",
    ServiceArea.ASB_NEIGHBOURS: r"asb|anti-?social|neighbours?|noise|nuisance",
    ServiceArea.TENANCY_RENT: r"rents?|tenancy|tenancies|income",
    ServiceArea.ESTATE_SERVICES: r"estates?|cleaning|grounds?|parking|lifts?|bins?",
    ServiceArea.STAFF_COMMUNICATION: r"staff|conduct|communications?",
    ServiceArea.LEASEHOLD_CHARGES: r"leasehold(?:ers?)?|service charges?|leases?",
    ServiceArea.HOMELESSNESS: r"homeless(?:ness)?|temporary accommodation",
    ServiceArea.REPAIRS: r"repairs?|maintenance|leaks?",
}
_STATES = {
    "overdue": r"over ?due|late|breach(?:ed|es)?|missed|behind|past due|out of time",
    "unacknowledged": r"un-?acknowledged|(?:not|\w+n't)(?: yet)?(?: been)? acknowledged|to acknowledge|"
    r"awaiting acknowledge?ment",
    "unassigned": r"un-?assigned|no handler|nobody has|without a handler|not assigned",
    "review": r"to review|review queue|for review|unsure|un-?confirmed|to confirm|not sure",
    "hazard": r"hazards?|awaab'?s?|emergenc(?:y|ies)",
    "parked": r"parked|set aside|quarantined?",
    "closed": r"closed|finished",
    "due": r"due|coming up|deadlines?|upcoming|to do",
    "open": r"open|outstanding|live|current|all cases",
}
_WITHIN = (
    ("today", r"today|tonight"),
    ("tomorrow", r"tomorrow|tmrw|tmw"),
    ("next_week", r"next (?:week|wk)"),
    ("this_week", r"(?:this|the) (?:week|wk)|by friday|weekly"),
    ("this_month", r"this month"),
    ("14_days", r"fortnight|two weeks"),
)
_PERIODS = (
    ("last_year", r"last year"),
    ("last_month", r"last month"),
    ("last_week", r"last (?:week|wk)"),
    ("yesterday", r"yesterday"),
    ("this_month", r"this month"),
    ("this_week", r"this (?:week|wk)"),
    ("today", r"today"),
    ("this_year", r"this year"),
)
_LABELS = {
    Label.SERVICE_REQUEST: r"service requests?|srs?",
    Label.SURVEY_FEEDBACK: r"survey(?:s| answers?| feedback)?",
    Label.COMPLAINT: r"complaints?",
}
_NOT_NAMES = {
    "me",
    "the",
    "a",
    "an",
    "this",
    "next",
    "today",
    "tomorrow",
    "stage",
    "team",
    "all",
    "us",
    "review",
}


_OPENERS = (
    r"what(?:'?s)?|which|who(?:'?s)?|when|why|how|show|list|give|tell|count|help|is|are|any|my|mine|hc|"
    r"overdue|due|unassigned|un-?acknowledged|unsure|open|closed|parked|to review|hazards"
)
_SMALL_WORDS = (
    r"hc[\s_-]*\d{4}[\s_/-]*\d{1,6}|(?:at )?stage (?:one|two|1|2)|s[12]|\d{1,3} (?:working )?(?:days?|weeks?)|"
    r"how many|number of|the|an?|all|cases?|and|or|of|to|do|does|is|are|was|has|have|had|got|be|been|there|with|for|"
    r"in|on|by|from|within|this|next|last|week|month|me|my|mine|i|we|us|our|it|up|please|happening|going|status|"
    r"said|received|logged|assigned|handl(?:es|ing)|deal(?:s|ing)|look(?:s|ing)|after|need(?:s|ing)?|definition|"
    r"reason|outcomes?|s"
)


def asks(text: str, people: Collection[str] = ()) -> bool:
    """Whether all of `text` reads as a question to the program, and not as something a resident said.

    Stricter than `understand`: words to the bot that are no question are logged, so a complaint mistaken for a
    question would be lost, while a question mistaken for a message only makes a case too many.
    """
    question = understand(text, people)
    said = _plain(text).strip(" ?!.,")
    if question.intent in ("none", "help"):
        return question.intent == "help"
    if not re.match(rf"(?:{_OPENERS})\b", said):
        return False
    names = [re.escape(name.lower()) for name in question.handler.split()]
    listed = [*_AREAS.values(), *_STATES.values(), *_LABELS.values(), *(x for _, x in (*_WITHIN, *_PERIODS))]
    known = "|".join([_SMALL_WORDS, _OPENERS, *names, *listed])
    return not re.sub(rf"\b(?:{known})\b|[^\w\s]", " ", said).split()


def understand(text: str, people: Collection[str] = ()) -> Question:
    """The question in `text`. Never raises; what is not understood has intent `none`.

    `people` are the names of those who have cases: they are found however they are written, others by their capital.
    """
    said = _plain(text)
    if re.fullmatch(r"(?:help(?: me)?|what can (?:you do|i ask)|commands?|)", said.strip(" ?!.")):
        return Question("help")
    ref = find_reference(text)
    if ref:
        return Question(_about_one(said), ref=ref)
    area = _first(_AREAS.items(), said)
    label = _first(_LABELS.items(), said)
    found = re.search(r"\bstage (one|two|1|2)\b|\bs([12])\b", said)
    stage = {"one": 1, "two": 2, "1": 1, "2": 2}[found[1] or found[2]] if found else 0
    handler = _handler(text, said, people)
    state = _first(_STATES.items(), said) or ""
    if re.search(r"\bhow many\b|\bnumber of\b|\bcount\b", said) and state in ("", "open", "closed"):
        period = _first(_PERIODS, said) or ""
        return Question(
            "count", area=area, label=label, stage=stage, period=period, state=state, handler=handler
        )
    within = _first(_WITHIN, said) or ""
    days = re.search(r"\b(?:in|within|next) (?:the next )?(\d{1,3}) (?:working )?(day|week)s?\b", said)
    if days:
        within = f"{int(days[1]) * (7 if days[2] == 'week' else 1)}_days"
    if within and not state:
        state = "due"
    if state or handler or area or stage or label:
        return Question(
            "list", state=state, within=within, area=area, stage=stage, label=label, handler=handler
        )
    return Question("none")


def _about_one(said: str) -> str:
    for intent, pattern in (
        ("why", r"\bwhy\b|\breason\b"),
        ("definition", r"\bdefinition\b|\bdefine[ds]?\b|\bseeks?\b|\boutcomes?\b"),
        ("who_has", r"\bwho\b"),
        ("due_when", r"\bwhen\b|\bdue\b|\bdeadline\b"),
    ):
        if re.search(pattern, said):
            return intent
    return "status"


def _first(choices: Iterable[tuple[T, str]], said: str) -> T | None:
    for value, pattern in choices:
        if re.search(rf"\b(?:{pattern})\b", said):
            return value
    return None


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())


def _handler(text: str, said: str, people: Collection[str]) -> str:
    if re.search(r"\b(?:mine|my|i have|assigned to me|for me)\b", said):
        return "me"
    for name in sorted(people, key=len, reverse=True):
        for given in (name, name.split()[0]):
            one = re.escape(given.lower())
            if re.search(rf"\b(?:for|with|to|by|does|has) {one}\b|\b{one}(?:'s| has)\b", said):
                return given
    found = re.search(
        r"\b(?:for|assigned to|with)\s+([A-Z][\w'-]+(?: [A-Z][\w'-]+)?)", " ".join(text.split())
    )
    found = found or re.search(r"\b([A-Z][\w-]+)'s\b", text)
    if found and found[1].lower() not in _NOT_NAMES and not _first(_AREAS.items(), found[1].lower()):
        who: str = found[1]
        return "" if who.lower() in ("what", "awaab") else who
    return ""


def window(within: str, today: date, calendar: Calendar) -> tuple[date, date]:
    """The first and last day that a `within` means, seen from `today`; weeks run Monday to Sunday."""
    monday = today - timedelta(days=today.weekday())
    match within:
        case "today":
            return today, today
        case "tomorrow":
            return today + timedelta(days=1), today + timedelta(days=1)
        case "this_week":
            return today, monday + timedelta(days=6)
        case "next_week":
            return monday + timedelta(days=7), monday + timedelta(days=13)
        case "this_month":
            first_of_next = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
            return today, first_of_next - timedelta(days=1)
    days = re.fullmatch(r"(\d+)_days", within)
    if days:
        return today, today + timedelta(days=int(days[1]))
    return today, calendar.last_day


def period(name: str, today: date) -> tuple[date, date]:
    """The first and last day of a period that lies behind, up to today."""
    match name:
        case "today":
            return today, today
        case "yesterday":
            return today - timedelta(days=1), today - timedelta(days=1)
        case "this_week":
            return today - timedelta(days=today.weekday()), today
        case "last_week":
            monday = today - timedelta(days=today.weekday())
            return monday - timedelta(days=7), monday - timedelta(days=1)
        case "last_month":
            last = today.replace(day=1) - timedelta(days=1)
            return last.replace(day=1), last
        case "this_year":
            return today.replace(month=1, day=1), today
        case "last_year":
            return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
        case "this_month":
            return today.replace(day=1), today
    return date.min, today
