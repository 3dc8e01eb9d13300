"""A case as the facts of a letter, and the letter as a draft: nothing is sent, a person reads it first."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlite_utils import Database

from putright.cases.case import Case, Definition
from putright.cases.deadlines import Deadline, deadlines
from putright.cases.errors import Refused
from putright.cases.events import Kind as Happened
from putright.cases.impact import impact_of
from putright.cases.labels import Channel
from putright.cases.letters.check import missing
from putright.cases.letters.facts import Facts, Kind, Lack, Point, Promise
from putright.cases.limits import Clock
from putright.cases.message import Message, Person
from putright.cases.ombudsman import contact_on
from putright.cases.record import items, open_items
from putright.cases.records.people import representatives
from putright.cases.working_days import local_day
from putright.papers import letter
from putright.storage import messages
from putright.triage.act import find
from putright.triage.flags import open_flags
from putright.triage.landlord import Landlord

_LARGE_PRINT = re.compile(
    r"\b(?:large|larger|big|bigger)[- ](?:print|type|font|text|letters|lettering)\b", re.IGNORECASE
)

GROUNDS = {
    "over-12-months": "what it is about happened more than 12 months before you told us",
    "legal-proceedings": "legal proceedings about it have started at court",
    "already-considered": "it has been considered under our complaints policy before",
    "other": "our complaints policy does not cover it",
}
"""The grounds of 2.2 as a letter gives them."""


def facts(
    db: Database,
    reference: str,
    kind: Kind,
    landlord: Landlord,
    day: date,
    *,
    reason: str = "",
    due: date | None = None,
    ground: str | None = "",
    discretion: str = "",
    resident: str = "",
) -> Facts:
    """What a letter of a day may say of a case.

    `reason`, `due` and `ground` (a key of GROUNDS) stand in for what is not recorded yet, `discretion` says how taking
    a late complaint all the same was considered, and `resident` to whom the letter goes.

    Raises Refused for a refusal of which no person has said the ground, and for an unknown case.
    """
    case = find(db, reference)
    stage = {Kind.STAGE_1: 1, Kind.STAGE_2: 2}.get(kind, max(case.stage, 1))
    if kind is Kind.STAGE_2 and not case.escalated:
        raise Refused(
            f"{reference} is not at stage 2: record the request for it first (case escalate).", "6.10"
        )
    if kind is Kind.CLOSURE and not (case.closed or case.withdrawn or case.at_stage(stage).responded):
        raise Refused(
            f"{reference} has not been answered at stage {stage}, so it cannot be closed yet.", "6.6"
        )
    if kind is Kind.REFUSAL:
        stage, ground, reason, discretion = _refusal(case, ground or "", reason, discretion)
    if kind is Kind.EXTENSION and (extended := case.of(Happened.EXTENDED)):
        reason = reason or str(extended[-1].data["reason"])
    updates = case.of(Happened.UPDATED)
    if kind is Kind.UPDATE and updates:
        reason = reason or str(updates[-1].data.get("text", ""))
    adjusted = tuple(str(x.data["what"]) for x in open_items(case, Happened.ADJUSTED))
    flags = tuple(str(x.data["what"]) for x in open_flags(case))
    definition = _definition(case, stage)
    held = _resident(db, case)
    response = _response(case, stage, kind, landlord, day)
    told = due or (_told(case, stage, response, landlord) if response else None)
    if kind is Kind.UPDATE and response and response.done:
        response = told = None
    return Facts(
        reference=reference,
        landlord=landlord.name,
        written=day,
        ombudsman=contact_on(day),
        stage=stage,
        resident=resident or ("" if held.speaks_for_another else held.name),
        handler=case.at_stage(stage).handler or case.handler,
        contact=landlord.contact,
        policy=landlord.policy,
        received=(case.asked_for_stage_2 if stage == 2 else None) or local_day(case.received),
        points=_points(case, stage, definition),
        outcomes=definition.outcomes,
        unclear=definition.asked,
        due=told,
        owed=response.due if response else None,
        survey=case.channel is Channel.SURVEY,
        third_party=held.name or held.address if held.speaks_for_another else "",
        representatives=()
        if kind in (Kind.PUBLIC_REPLY, Kind.SIGNPOST)
        else tuple(x["representative"] for x in representatives(case, "given")),
        decision=case.at_stage(stage).outcome,
        impact=impact_of(case),
        remedies=_promises(case, Happened.REMEDY, kind),
        actions=_promises(case, Happened.ACTION, kind),
        reason=reason,
        interval=_interval(_heard_next(case), day),
        ground=GROUNDS.get(ground, GROUNDS["other"]) if ground else "",
        discretion=discretion,
        large_print=any(map(_LARGE_PRINT.search, (*adjusted, *flags))),
        adjustments=adjusted,
    )


def draft(kind: Kind, known: Facts, landlord: Landlord) -> str:
    """The draft as plain text. Raises Refused for a landlord's template that is faulty."""
    return letter.text(kind, known, Path(landlord.templates) if landlord.templates else None)


def lacks(kind: Kind, known: Facts, text: str) -> list[Lack]:
    """What a letter lacks by the Code."""
    return missing(kind, known, text)


def address_of(db: Database, reference: str) -> str:
    """The mail address of the case's resident; empty where none is known, as where an MP wrote for them."""
    held = _resident(db, find(db, reference))
    return "" if held.speaks_for_another else held.address


def _resident(db: Database, case: Case) -> Person:
    held: list[Message] = messages.of_case(db, case.reference)
    first = next((x for x in held if x.id == case.messages[0]), None)
    return first.resident if first else Person()


def _definition(case: Case, stage: int) -> Definition:
    """The confirmed definition of the stage; at stage 2 the one of stage 1 while there is none of its own."""
    own = case.at_stage(stage).definition
    if own.by or stage == 1:
        return own if own.by else Definition()
    return case.first.definition


def _points(case: Case, stage: int, definition: Definition) -> tuple[Point, ...]:
    answered = [x for x in case.of(Happened.RESPONDED) if x.data["stage"] == stage]
    decisions = answered[-1].data.get("decisions", []) if answered else []
    points = []
    for number, text in enumerate(definition.points):
        said = definition.responsible[number] if number < len(definition.responsible) else "yes"
        responsible, _, who = said.partition(": ")
        decided = decisions[number] if number < len(decisions) else {}
        points.append(
            Point(text, responsible, who, str(decided.get("outcome", "")), str(decided.get("reason", "")))
        )
    return tuple(points)


def _promises(case: Case, kind: Happened, letter: Kind) -> tuple[Promise, ...]:
    """What was promised: a response letter has what its own stage offers, that of stage 2 also what is still open."""
    asked = case.of(Happened.ESCALATED)
    after = case.history.index(asked[0]) if asked else len(case.history)
    return tuple(
        Promise(
            str(x.data["what"]),
            x.due,
            str(x.data.get("owner", "")),
            local_day(x.done.at) if x.done else None,
            str(x.data.get("amount", "")),
        )
        for x in items(case, kind)
        if letter is not Kind.STAGE_1 or case.history.index(x.begun) < after
        if letter is not Kind.STAGE_2 or case.history.index(x.begun) > after or x.done is None
    )


def _refusal(case: Case, ground: str, reason: str, discretion: str) -> tuple[int, str, str, str]:
    """The stage that is refused, on which ground, why, and why it is not taken all the same.

    As recorded, else as a person says for the draft.
    """
    recorded = case.of(Happened.REFUSED)
    if recorded and not ground:
        data = recorded[-1].data
        return (
            2 if data.get("escalation") else 1,
            data["ground"],
            reason or str(data.get("reason", "")),
            discretion or str(data.get("discretion", "")),
        )
    if not ground:
        raise Refused(
            f"Nobody has refused {case.reference}. For a draft say on which ground and why (--ground "
            f'{", ".join(GROUNDS)}; --reason "…"), and once it is sent record it: putright case refuse '
            f"{case.reference}.",
            "2.1",
        )
    if case.to_consider and not discretion:
        raise Refused(
            f"Nobody has considered yet whether {case.reference} is taken although it came after 12 months: consider "
            'it, then say for the draft why it is not taken all the same: --discretion "…".',
            "2.3",
        )
    return 2 if case.first.responded else 1, ground, reason, discretion


def _response(case: Case, stage: int, kind: Kind, landlord: Landlord, day: date) -> Deadline | None:
    """The deadline of the stage's response; in an acknowledgement not sent yet, as if it went out that day."""
    if not case.runs_complaint_clocks:
        return None
    clock = Clock.STAGE_2_RESPONSE if stage == 2 else Clock.STAGE_1_RESPONSE
    known = case.milestones
    if kind is Kind.ACKNOWLEDGEMENT and case.at_stage(stage).acknowledged is None:
        begun = case.escalated if stage == 2 and case.escalated else known.received
        sent = max(day, begun)
        known = replace(known, stage_2_acknowledged=sent) if stage == 2 else replace(known, acknowledged=sent)
    return next((x for x in deadlines(known, landlord.calendar) if x.clock is clock), None)


def _told(case: Case, stage: int, response: Deadline, landlord: Landlord) -> date:
    """The date that the resident was last told. A late extension moves no deadline, yet it promises a date of its own.

    Its working days count from the day of the notice, for the date that was owed has passed.
    """
    late = [x.data for x in case.of(Happened.EXTENDED) if x.data["stage"] == stage and x.data["late"]]
    if not late or "day" not in late[-1]:
        return response.due
    notice = date.fromisoformat(late[-1]["day"])
    return max(response.due, landlord.calendar.add(notice, late[-1]["working_days"]))


def _heard_next(case: Case) -> object:
    """The day of the next update, as it was said last (5.9)."""
    told = [
        x
        for x in case.of(Happened.UPDATED, Happened.EXTENDED)
        if "next" in x.data or x.kind is Happened.UPDATED
    ]
    return told[-1].data.get("next") if told else None


def _interval(next_update: object, day: date) -> str:
    """Until when the resident hears again; empty where that day has passed."""
    promised = date.fromisoformat(str(next_update)) if next_update else None
    return f"again by {letter.day(promised)}" if promised and promised >= day else ""
