"""What a person says of a duty beside the label: it was done, it runs from another day, or it is none."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Kind
from putright.cases.labels import Mark
from putright.cases.life.by import By
from putright.cases.record import Act, Field, Is
from putright.cases.records.words import day_of, with_more
from putright.cases.working_days import in_words, local_day

WORDS = {
    Mark.SAR: ("subject access request", "answered"),
    Mark.DP_COMPLAINT: ("data protection complaint", "acknowledged"),
    Mark.POSSIBLE_BREACH: ("possible breach", "dealt with (the ICO was told, or need not be)"),
}
"""The marks that have a clock of their own: what each is, and what ends its clock."""

_SAYS = ("answered", "since", "not_one")


def _one_thing(case: Case, by: By, data: dict[str, Any]) -> None:
    mark = Mark(data["mark"])
    what, done = WORDS[mark]
    if len([x for x in _SAYS if data.get(x)]) != 1:
        raise Refused(
            f"Say one of these: --answered 2026-12-18 (it was {done.split(' (')[0]}), --since 2026-11-23 (its clock "
            'runs from then), or --not-one --note "…" (it is no such thing).'
        )
    if since := data.get("since"):
        _not_before(local_day(datetime.fromisoformat(since)), local_day(case.received), "--since", "receipt")
        return
    held = case.standing_marks.get(mark)
    if held is None:
        raise Refused(
            f"{case.reference} is marked as no {what}. If it is one: putright case mark {case.reference} {mark.value} "
            "--since, with the day it was received."
        )
    if data.get("not_one"):
        if not data.get("note"):
            raise Refused(f'Say why it is no {what}: --note "…".')
        return
    if held.answered:
        raise Refused(
            f"The {what} was {done.split(' (')[0]} on {in_words(held.answered)} already. If it was not: putright case "
            f"mark {case.reference} {mark.value} --since {local_day(held.since)} starts its clock again."
        )
    _not_before(
        date.fromisoformat(data["answered"]), local_day(held.since), "--answered", f"the {what} was received"
    )


def _not_before(day: date, earliest: date, option: str, what: str) -> None:
    if day < earliest:
        raise Refused(f"{option} {in_words(day)} lies before {what} on {in_words(earliest)}: check the date.")


def _told(x: Mapping[str, Any]) -> str:
    what, done = WORDS[Mark(x["mark"])]
    if x.get("not_one"):
        return with_more(f"No {what}", x, "note")
    if x.get("since"):
        since = in_words(local_day(datetime.fromisoformat(x["since"])))
        return with_more(f"{what.capitalize()}: its clock runs from {since}", x, "note")
    return with_more(f"{what.capitalize()} {done} {day_of(x, 'answered')}", x, "note")


MARK = Act(
    verb="mark",
    kind=Kind.MARKED,
    paragraph="",
    help="A subject access request (sar), data protection complaint or possible breach: answered, since when, or none.",
    fields=(
        Field(
            "mark",
            "Which.",
            Is.CHOICE,
            f"Say which: {', '.join(WORDS)}.",
            "",
            tuple(x.value for x in WORDS),
            argument=True,
        ),
        Field("answered", "The day it was answered; a data protection complaint: acknowledged.", Is.PAST),
        Field("since", "It is one, and its clock runs from this time (also again).", Is.MOMENT),
        Field("not_one", "A person looked: it is none.", Is.FLAG),
        Field("note", "Why, or how it was answered."),
    ),
    told=_told,
    check=_one_thing,
    closed=True,
)

ACTS = (MARK,)
