"""Records of contact with the resident: the choice to complain, attempts to reach them, updates, satisfaction."""

from datetime import date, timedelta
from typing import Any

from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Kind
from putright.cases.labels import Label
from putright.cases.life.by import By
from putright.cases.record import Act, Field, Is
from putright.cases.records.words import day_of, with_more
from putright.cases.working_days import in_words

FARTHEST_UPDATE = timedelta(days=366)
"""How far ahead the next update may be agreed."""


def _undecided(case: Case, by: By, data: dict[str, Any]) -> None:
    if case.first.acknowledged:
        raise Refused(
            f"{case.reference} has been acknowledged as a complaint. If the resident no longer wants it: "
            f"putright case withdraw {case.reference}.",
            "1.3",
        )
    complains = case.label is Label.COMPLAINT or case.unconfirmed or _has_its_complaint(case)
    if data["result"] == "accepted" and not complains:
        raise Refused(
            f"{case.reference} is logged as {case.label.words}, so no clock would run. If it is about how that was "
            f'handled: putright case complain {case.reference} --point "…". If it was a complaint from the first: '
            f'putright case reclassify {case.reference} --label complaint --because "…".',
            "1.3",
        )


def _has_its_complaint(case: Case) -> bool:
    """Whether a complaint was opened beside the request (1.5)."""
    return any(x.data["how"] == "complaint" for x in case.of(Kind.LINKED))


CHOICE = Act(
    verb="choice",
    kind=Kind.CHOICE,
    paragraph="1.3",
    help="The resident was given the choice to complain, and what they chose.",
    fields=(
        Field(
            "result",
            "What they chose; asked: no answer yet. Declined opens no stage 1.",
            Is.CHOICE,
            "Say what the resident chose: --result accepted, declined or asked.",
            "1.3",
            ("accepted", "declined", "asked"),
        ),
        Field("on", "The day; today if left out.", Is.PAST, default_today=True),
        Field("note", "How it was put, and what they said."),
    ),
    told=lambda x: with_more(f"Choice to complain given {day_of(x, 'on')}: {x['result']}", x, "note"),
    check=_undecided,
)

CONTACT = Act(
    verb="contact",
    kind=Kind.CONTACTED,
    paragraph="5.8",
    help="An attempt to reach the resident, or anybody else heard, and what came of it.",
    fields=(
        Field(
            "how",
            "How it was tried.",
            Is.CHOICE,
            "Say how: --how phone, email, letter, visit, text or meeting.",
            "5.8",
            ("phone", "email", "letter", "visit", "text", "meeting"),
        ),
        Field(
            "result",
            "What came of it.",
            Is.CHOICE,
            "Say what came of it: --result reached, no-answer, message-left, no-access or refused.",
            "5.8",
            ("reached", "no-answer", "message-left", "no-access", "refused"),
        ),
        Field("who", "Who was tried, if not the resident.", Is.NAME),
        Field("accompanied_by", "Who stood by the resident (3.6).", Is.NAME),
        Field("note", "What was said."),
        Field("on", "The day; today if left out.", Is.PAST, default_today=True),
    ),
    told=lambda x: with_more(
        f"Contact with {x.get('who', 'the resident')} {day_of(x, 'on')} by {x['how']}: "
        f"{x['result'].replace('-', ' ')}",
        x,
        "note",
    ),
    closed=True,
)


def _interval(case: Case, by: By, data: dict[str, Any]) -> None:
    if not data.get("text") and not data.get("next"):
        raise Refused("Say what the resident was told (--text), or the next update agreed (--next).", "5.9")
    if data.get("next") and date.fromisoformat(data["next"]) > by.today + FARTHEST_UPDATE:
        raise Refused(
            f"{in_words(date.fromisoformat(data['next']))} is more than a year ahead, too long to hear nothing: check "
            "--next.",
            "5.9",
        )


UPDATE = Act(
    verb="update",
    kind=Kind.UPDATED,
    paragraph="5.9",
    help="The resident was told how it stands, and when they hear next, as agreed with them.",
    fields=(
        Field("text", "What they were told."),
        Field("next", "The day of the next update, as agreed.", Is.AHEAD, "", "5.9"),
        Field("on", "The day; today if left out.", Is.PAST, default_today=True),
    ),
    told=lambda x: with_more(
        f"Updated {day_of(x, 'on')}"
        + (f"; next update agreed for {day_of(x, 'next', '')}" if x.get("next") else ""),
        x,
        "text",
    ),
    check=_interval,
)


def _ended(case: Case, by: By, data: dict[str, Any]) -> None:
    if not case.closed:
        raise Refused("The resident is asked how satisfied they are once the case is closed.")


SATISFACTION = Act(
    verb="satisfaction",
    kind=Kind.SATISFACTION,
    paragraph="",
    help="What the resident answered, after the end, on how their complaint was handled.",
    fields=(
        Field(
            "answer",
            "Their answer.",
            Is.CHOICE,
            "Say what they answered: --answer very-satisfied, satisfied, neither, dissatisfied or very-dissatisfied.",
            "",
            ("very-satisfied", "satisfied", "neither", "dissatisfied", "very-dissatisfied"),
        ),
        Field("note", "What they said."),
    ),
    told=lambda x: with_more(f"Asked about the handling: {x['answer'].replace('-', ' ')}", x, "note"),
    check=_ended,
    closed=True,
)

ACTS = (CHOICE, CONTACT, UPDATE, SATISFACTION)
