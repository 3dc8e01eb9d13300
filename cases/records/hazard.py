"""A person's assessment of a hazard: how urgent for this occupier, and since when anybody knew (Awaab's Law).

A case may have several, one of each kind (`of`): each has its own clocks and steps, and is assessed again by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Kind
from putright.cases.hazards import (
    FORCED,
    IN_FORCE,
    IN_ORDER,
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


@dataclass(frozen=True, slots=True)
class Standing:
    """A hazard as it was assessed last, and when each step about it was done, as last recorded."""

    of: str
    kind: Hazard
    aware: datetime
    data: Mapping[str, Any]
    steps: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def statutory(self) -> bool:
        return statutory(self.kind, self.of, self.aware)

    @property
    def still(self) -> tuple[str, ...]:
        """The steps that the regulations still want; none where they set no limit."""
        if not self.statutory:
            return ()
        wanted = FORCED[-1:] if self.kind is Hazard.EMERGENCY else FORCED
        return tuple(x for x in wanted if x not in self.steps)


def standing(case: Case) -> dict[str, Standing]:
    """The hazards of a case by their kind, the most urgent first, then the longest known."""
    assessed: dict[str, Mapping[str, Any]] = {}
    done: dict[str, dict[str, datetime]] = {}
    newest = ""
    for event in case.of(Kind.HAZARD, Kind.HAZARD_STEP):
        if event.kind is Kind.HAZARD_STEP:
            when = datetime.fromisoformat(event.data["when"])
            done.setdefault(event.data.get("of", newest), {})[event.data["step"]] = when
            continue
        newest = event.data.get("of", "")
        if event.data["kind"] == "none":
            assessed.pop(newest, None)
        else:
            assessed[newest] = event.data
    found = [_standing(of, data, done.get(of, {})) for of, data in assessed.items()]
    found.sort(key=lambda x: (x.kind is not Hazard.EMERGENCY, x.aware))
    return {x.of: x for x in found}


def _standing(of: str, data: Mapping[str, Any], done: Mapping[str, datetime]) -> Standing:
    aware = datetime.fromisoformat(data["aware"])
    steps = {}
    if data.get("investigated"):
        day = date.fromisoformat(data["investigated"])
        steps["investigated"] = datetime(day.year, day.month, day.day, 12, tzinfo=LONDON)
    steps |= _since(done, aware)
    return Standing(of, Hazard(data["kind"]), aware, data, steps)


def _since(steps: Mapping[str, datetime], aware: datetime) -> dict[str, datetime]:
    """What was done since the landlord was aware: what went before was about something else."""
    return {x: when for x, when in steps.items() if local_day(when) >= local_day(aware)}


def _which(case: Case, data: dict[str, Any]) -> Standing | None:
    """The hazard that is meant: the one named; if none is, the only one. Raises Refused where several may be."""
    there = standing(case)
    if not data.get("of") and len(there) > 1:
        raise Refused(
            f"There are {len(there)} hazards on {case.reference}: say which is meant, --of {' or '.join(there)}."
        )
    return there.get(data.setdefault("of", next(iter(there))) if there else data.get("of", ""))


def _assesses(case: Case, by: By, data: dict[str, Any]) -> None:
    if data["kind"] == "none":
        _which(case, data)
        return
    if not data.get("of"):
        raise Refused(f"Say of what kind it is: --of {', '.join(SIGNIFICANT_FROM)}.")
    if not data.get("aware"):
        raise Refused(
            "Say when anybody acting for the landlord was first aware of it: --aware 2026-11-20T17:20."
        )
    aware = datetime.fromisoformat(data["aware"])
    before = standing(case).get(data["of"])
    done: Mapping[str, datetime] = {}
    if before:
        if aware > before.aware and not data.get("why_later"):
            raise Refused(
                f"The landlord was aware of it on {_moment(before.aware)} as assessed before, and the limits run from "
                'first awareness. Give that time again, or say why it is later after all: --why-later "…".'
            )
        data |= {"was_kind": before.kind.value, "was_aware": before.data["aware"]}
        if "investigated" in (done := _since(before.steps, aware)):
            data.setdefault("investigated", local_day(done["investigated"]).isoformat())
    if not before or aware <= before.aware:
        data.pop("why_later", None)
    if data.get("investigated"):
        ended = date.fromisoformat(data["investigated"])
        if ended < local_day(aware):
            raise Refused(
                "It cannot have been investigated before anybody was aware of it: check the two dates."
            )
        _in_order({**done, "investigated": ended})


def _moment(when: datetime) -> str:
    return f"{in_words(local_day(when))} {when.astimezone(LONDON):%H:%M}"


def _known(kind: str, aware: str) -> str:
    """`significant, known since Fri 20 Nov 2026`; of an emergency the hour counts."""
    when = datetime.fromisoformat(aware)
    since = _moment(when) if kind == Hazard.EMERGENCY else in_words(local_day(when))
    return f"{kind}, known since {since}"


def _told(data: Mapping[str, Any]) -> str:
    of = f" ({data['of'].replace('-', ' ')})" if data.get("of") else ""
    if data["kind"] == "none":
        return with_more(f"Hazard assessed: none{of}", data, "reason")
    said = _known(data["kind"], data["aware"])
    again = ""
    if data.get("was_aware"):
        was = _known(data["was_kind"], data["was_aware"])
        again = ", as before" if was == said else f" (before: {was})"
    ended = f", investigated {day_of(data, 'investigated')}" if data.get("investigated") else ""
    why = {**data, "later": f"known later than said before, because {data.get('why_later')}"}
    keys = ("reason", "later") if data.get("why_later") else ("reason",)
    return with_more(f"Hazard {'re-' * bool(again)}assessed{of}: {said}{again}{ended}", why, *keys)


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
            "What kind of hazard it is. Each kind on a case has its own clocks.",
            Is.CHOICE,
            choices=tuple(SIGNIFICANT_FROM),
        ),
        Field("aware", "When anybody acting for the landlord was first aware of it.", Is.MOMENT),
        Field(
            "reason",
            "Why it is judged so, for this occupier.",
            Is.TEXT,
            'Say why it is judged so: --reason "…".',
        ),
        Field("investigated", "The day the investigation concluded, once it has.", Is.PAST),
        Field("why_later", "Why awareness is later than was said before, if it is."),
    ),
    told=_told,
    check=_assesses,
)


def _of_a_hazard(case: Case, by: By, data: dict[str, Any]) -> None:
    hazard = _which(case, data)
    if hazard is None:
        what = f" of that kind ({data['of']})" if standing(case) else ""
        raise Refused(
            f"Nobody has said that there is a hazard{what}: putright case hazard {case.reference} --kind … first."
        )
    when = local_day(datetime.fromisoformat(data.setdefault("when", by.at.isoformat())))
    if when < (aware := local_day(hazard.aware)):
        raise Refused(
            f"The landlord became aware of the hazard on {in_words(aware)}, so nothing was done about it "
            f"on {in_words(when)}: check the date."
        )
    if data["step"] == "summary-sent" and "investigated" not in hazard.steps:
        raise Refused(
            "The summary tells the tenant what the investigation found: record first when that concluded, "
            f"putright case hazard-step {case.reference} --step investigated."
        )
    _in_order({**hazard.steps, data["step"]: when})


def _in_order(days: Mapping[str, date]) -> None:
    """Refuse a step on a day before that of the one it follows. Times are taken by their local day."""
    for first, then in IN_ORDER:
        if first in days and then in days and (before := _day(days[then])) < (after := _day(days[first])):
            raise Refused(
                f"{then.replace('-', ' ').capitalize()} on {in_words(before)} cannot be before "
                f"{first.replace('-', ' ')} on {in_words(after)}: check the two dates."
            )


def _day(when: date) -> date:
    return local_day(when) if isinstance(when, datetime) else when


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
        Field(
            "of",
            "About which hazard, where the case has several.",
            Is.CHOICE,
            choices=tuple(SIGNIFICANT_FROM),
        ),
        Field("when", "When; now if left out.", Is.MOMENT),
        Field("note", "What was found, written, done or offered, and by whom."),
    ),
    told=lambda x: with_more(
        f"Hazard{' (' + x['of'].replace('-', ' ') + ')' if x.get('of') else ''}: {x['step'].replace('-', ' ')} on "
        f"{in_words(local_day(datetime.fromisoformat(x['when'])))}",
        x,
        "note",
    ),
    check=_of_a_hazard,
)

ACTS = (HAZARD, HAZARD_STEP)


def open_duties(case: Case) -> tuple[Standing, ...]:
    """The hazards of which the regulations still want a step."""
    return tuple(x for x in standing(case).values() if x.still)


def all_safe(case: Case) -> None:
    """Refuse to go on while a hazard is open: its clocks would end with the case."""
    if not (found := open_duties(case)):
        return
    still = found[0].still
    several = len(standing(case)) > 1
    named = f"{found[0].of}: " * several + ", ".join(x.replace("-", " ") for x in still)
    raise Refused(
        f"A hazard on {case.reference} is still open by Awaab's Law ({named}). Say when it was done: "
        f"putright case hazard-step {case.reference}{f' --of {found[0].of}' * several} --step {still[0]}."
    )


@dataclass(frozen=True, slots=True)
class Assessed:
    """What an assessment says in words, and the statutory limits that follow from it, if any."""

    of: str
    said: str
    limits: tuple[HazardDeadline, ...] = ()


def assessed(case: Case, calendar: Calendar) -> tuple[Assessed, ...]:
    """Each hazard of a case with its limits, the most urgent first; none where nobody assessed one."""
    return tuple(_assessed(x, calendar) for x in standing(case).values())


def _assessed(hazard: Standing, calendar: Calendar) -> Assessed:
    said = f"{hazard.kind.value} hazard"
    if not hazard.statutory:
        since = IN_FORCE if hazard.kind is Hazard.EMERGENCY else SIGNIFICANT_FROM[hazard.of]
        when = f"before {in_words(since)}" if since else "of that kind"
        return Assessed(
            hazard.of,
            f"{said}, {hazard.of.replace('-', ' ')}; the regulations set no limit for one {when}, so deal with it by "
            "its risk",
        )
    done = hazard.steps
    investigated = local_day(done["investigated"]) if "investigated" in done else None
    found = hazard_deadlines(hazard.kind, hazard.aware.astimezone(LONDON), calendar, investigated)
    limits = tuple(replace(x, done=done.get(x.step)) for x in found)
    return Assessed(hazard.of, f"{said}, {hazard.of.replace('-', ' ')}", limits)
