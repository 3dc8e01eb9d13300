"""A person's assessment of a hazard: how urgent for this occupier, and since when anybody knew (Awaab's Law)."""

from datetime import datetime
from typing import Any

from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Kind
from putright.cases.hazards import (
    IN_FORCE,
    SIGNIFICANT_FROM,
    Hazard,
    HazardDeadline,
    hazard_deadlines,
    statutory,
)
from putright.cases.life.by import By
from putright.cases.record import Act, Field, Is
from putright.cases.records.words import day_of, with_more
from putright.cases.working_days import LONDON, Calendar, in_words, local_day


def _after_awareness(case: Case, by: By, data: dict[str, Any]) -> None:
    aware = local_day(datetime.fromisoformat(data["aware"]))
    if data.get("investigated", aware.isoformat()) < aware.isoformat():
        raise Refused("It cannot have been investigated before anybody was aware of it: check the two dates.")


HAZARD = Act(
    verb="hazard",
    kind=Kind.HAZARD,
    paragraph="",
    help="How urgent a hazard is for this occupier, as a person judged it; Awaab's Law runs beside the Code.",
    fields=(
        Field(
            "kind",
            "How urgent; none: looked at, and there is no hazard.",
            Is.CHOICE,
            "Say how urgent it is for this occupier: --kind emergency, significant or none.",
            "",
            (*(x.value for x in Hazard), "none"),
        ),
        Field(
            "of",
            "What kind of hazard it is.",
            Is.CHOICE,
            f"Say of what kind it is: --of {', '.join(SIGNIFICANT_FROM)}.",
            "",
            tuple(SIGNIFICANT_FROM),
        ),
        Field(
            "aware",
            "When anybody acting for the landlord was first aware of it.",
            Is.MOMENT,
            "Say when anybody acting for the landlord was first aware of it: --aware 2026-11-20T17:20.",
        ),
        Field(
            "reason",
            "Why it is judged so, for this occupier.",
            Is.TEXT,
            'Say why it is judged so: --reason "…".',
        ),
        Field("investigated", "The day the investigation concluded, once it has.", Is.PAST),
    ),
    told=lambda x: with_more(
        f"Hazard assessed: {x['kind']}, {x['of'].replace('-', ' ')}, known since "
        f"{in_words(local_day(datetime.fromisoformat(x['aware'])))}"
        + (f", investigated {day_of(x, 'investigated')}" if x.get("investigated") else ""),
        x,
        "reason",
    ),
    check=_after_awareness,
)

ACTS = (HAZARD,)


def assessed(case: Case, calendar: Calendar) -> tuple[str, tuple[HazardDeadline, ...]]:
    """What the newest assessment says in words, and the statutory limits that follow; nothing where nobody assessed."""
    events = case.of(Kind.HAZARD)
    if not events or events[-1].data["kind"] == "none":
        return "", ()
    data = events[-1].data
    kind, aware = Hazard(data["kind"]), datetime.fromisoformat(data["aware"]).astimezone(LONDON)
    if not statutory(kind, data["of"], aware):
        since = IN_FORCE if kind is Hazard.EMERGENCY else SIGNIFICANT_FROM[data["of"]]
        when = f"before {in_words(since)}" if since else "of that kind"
        return (
            f"{kind.value} hazard; the regulations set no limit for one {when}, so deal with it by its risk",
            (),
        )
    investigated = data.get("investigated")
    found = hazard_deadlines(
        kind, aware, calendar, datetime.fromisoformat(investigated).date() if investigated else None
    )
    return f"{kind.value} hazard, {data['of'].replace('-', ' ')}", found
