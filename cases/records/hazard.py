"""A person's assessment of a hazard: how urgent for this occupier, and since when anybody knew (Awaab's Law)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Kind
from putright.cases.hazards import (
    FORCED,
    IN_FORCE,
    SIGNIFICANT_FROM,
    STEPS,
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


def _of_a_hazard(case: Case, by: By, data: dict[str, Any]) -> None:
    newest = _newest(case)
    if newest is None:
        raise Refused(
            f"Nobody has said that there is a hazard: putright case hazard {case.reference} --kind … first."
        )
    when = datetime.fromisoformat(data.setdefault("when", by.at.isoformat()))
    aware = datetime.fromisoformat(newest["aware"])
    if local_day(when) < local_day(aware):
        raise Refused(
            f"The landlord became aware of the hazard on {in_words(local_day(aware))}, so nothing was done about it "
            f"on {in_words(local_day(when))}: check the date."
        )
    if data["step"] == "summary-sent" and "investigated" not in steps(case):
        raise Refused(
            "The summary tells the tenant what the investigation found: record first when that concluded, "
            f"putright case hazard-step {case.reference} --step investigated."
        )


HAZARD_STEP = Act(
    verb="hazard-step",
    kind=Kind.HAZARD_STEP,
    paragraph="",
    help="What was done about an assessed hazard, and when: each of Awaab's Law's duties ends by it.",
    fields=(
        Field(
            "step",
            "What was done.",
            Is.CHOICE,
            f"Say what was done: --step {', '.join(STEPS)}.",
            "",
            STEPS,
        ),
        Field("when", "When; now if left out.", Is.MOMENT),
        Field("note", "What was found, written, done or offered, and by whom."),
    ),
    told=lambda x: with_more(
        f"Hazard: {x['step'].replace('-', ' ')} on {in_words(local_day(datetime.fromisoformat(x['when'])))}",
        x,
        "note",
    ),
    check=_of_a_hazard,
)

ACTS = (HAZARD, HAZARD_STEP)


def _newest(case: Case) -> Mapping[str, Any] | None:
    """The particulars of the newest assessment, if it says that there is a hazard."""
    events = case.of(Kind.HAZARD)
    return events[-1].data if events and events[-1].data["kind"] != "none" else None


def steps(case: Case) -> dict[str, datetime]:
    """When each step was done, as last recorded, since the landlord was aware of the hazard."""
    data = _newest(case)
    if data is None:
        return {}
    found = {}
    if data.get("investigated"):
        day = date.fromisoformat(data["investigated"])
        found["investigated"] = datetime(day.year, day.month, day.day, 12, tzinfo=LONDON)
    aware = local_day(datetime.fromisoformat(data["aware"]))
    for event in case.of(Kind.HAZARD_STEP):
        when = datetime.fromisoformat(event.data["when"])
        if local_day(when) >= aware:
            found[event.data["step"]] = when
    return found


def open_duties(case: Case) -> tuple[str, ...]:
    """The steps that the regulations still want; none where they set no limit."""
    data = _newest(case)
    if data is None:
        return ()
    kind, aware = Hazard(data["kind"]), datetime.fromisoformat(data["aware"])
    if not statutory(kind, data["of"], aware):
        return ()
    wanted = FORCED[-1:] if kind is Hazard.EMERGENCY else FORCED
    return tuple(x for x in wanted if x not in steps(case))


def all_safe(case: Case) -> None:
    """Refuse to go on while a hazard is open: its clocks would end with the case."""
    if still := open_duties(case):
        named = ", ".join(x.replace("-", " ") for x in still)
        raise Refused(
            f"A hazard on {case.reference} is still open by Awaab's Law ({named}). "
            f"Say when it was done: putright case hazard-step {case.reference} --step {still[0]}."
        )


def assessed(case: Case, calendar: Calendar) -> tuple[str, tuple[HazardDeadline, ...]]:
    """What the newest assessment says in words, and the statutory limits that follow; nothing where nobody assessed."""
    data = _newest(case)
    if data is None:
        return "", ()
    kind, aware = Hazard(data["kind"]), datetime.fromisoformat(data["aware"]).astimezone(LONDON)
    if not statutory(kind, data["of"], aware):
        since = IN_FORCE if kind is Hazard.EMERGENCY else SIGNIFICANT_FROM[data["of"]]
        when = f"before {in_words(since)}" if since else "of that kind"
        return (
            f"{kind.value} hazard; the regulations set no limit for one {when}, so deal with it by its risk",
            (),
        )
    done = steps(case)
    investigated = local_day(done["investigated"]) if "investigated" in done else None
    found = hazard_deadlines(kind, aware, calendar, investigated)
    limits = tuple(replace(x, done=done.get(x.step)) for x in found)
    return f"{kind.value} hazard, {data['of'].replace('-', ' ')}", limits
