"""One case in full, as one JSON value: the same that its page shows, for programs."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from putright.bot.case_page import BESIDE_RECORDS, Paths, decisions_of, join_of, number_of
from putright.bot.terminal import deadline_json, offer_json
from putright.cases.beside import beside
from putright.cases.case import Case
from putright.cases.duties import duties
from putright.cases.events import Event, Kind
from putright.cases.impact import impact_of
from putright.cases.labels import Label, Mark
from putright.cases.message import Message, Person
from putright.cases.offers import offers
from putright.cases.reading import Reading
from putright.cases.records.hazard import assessed
from putright.cases.records.index import BY_KIND
from putright.cases.working_days import LONDON
from putright.triage.flags import open_flags
from putright.triage.landlord import Landlord


def event_json(event: Event) -> dict[str, Any]:
    """One event with when it happened and when it was written down."""
    return {
        "kind": event.kind.value,
        "at": event.at.isoformat(),
        "recorded_at": event.recorded_at.isoformat() if event.recorded_at else None,
        "actor": event.actor,
        "data": dict(event.data),
    }


def case_json(
    case: Case,
    messages: Sequence[Message],
    reading: Reading | None,
    landlord: Landlord,
    paths: Paths,
    today: date,
) -> dict[str, Any]:
    """The same as JSON."""
    due = case.next_due(landlord.calendar, landlord.targets)
    marks = case.marks
    definition = case.at_stage(case.stage).definition
    return {
        "reference": case.reference,
        "label": case.label.value,
        "decision": case.decision.value,
        "unconfirmed": case.unconfirmed,
        "confirmed_by": case.confirmed_by,
        "probabilities": {k.value: round(v, 4) for k, v in reading.probabilities.items()} if reading else {},
        "why": reading.why if reading else "",
        "reasons": list(reading.reasons) if reading else [],
        "paragraph": reading.paragraph if reading else "",
        "service_area": case.area.value,
        "flags": [flag.value for flag in case.flags],
        "stage": case.stage,
        "received": case.received.astimezone(LONDON).isoformat(),
        "handler": case.handler,
        "stage_1": _stage_json(case, 1),
        "stage_2": _stage_json(case, 2) if case.escalated else None,
        "exclusion": "review" if case.to_consider else "" if case.in_time or case.refused else "taken",
        "discretion": case.discretion,
        "refused": case.refused.isoformat() if case.refused else None,
        "stage_2_refused": case.stage_2_refused.isoformat() if case.stage_2_refused else None,
        "choice": case.choice,
        "withdrawn": case.withdrawn.isoformat() if case.withdrawn else None,
        "owed": [
            {
                "what": x.kind.value,
                "due": x.due.isoformat() if x.due else None,
                "owner": x.owner,
                "number": x.number or None,
            }
            for x in duties(case)
        ],
        "records": [event_json(x) for x in case.of(*BY_KIND, *BESIDE_RECORDS)],
        "written_down_on_another_day": [event_json(x) for x in case.history if x.out_of_turn],
        "closed": case.closed.isoformat() if case.closed else None,
        "ending": [
            {"what": x.kind.value, "at": x.at.isoformat(), "by": x.actor, **x.data}
            for x in case.of(Kind.CLOSED, Kind.REOPENED)
        ],
        "hazard": {
            "assessed": "; ".join(x.said for x in assessed(case, landlord.calendar)),
            "deadlines": [
                {
                    "of": hazard.of,
                    "duty": x.duty,
                    "limit": x.limit,
                    "due": x.due.isoformat(),
                    "step": x.step,
                    "done": x.done.isoformat() if x.done else None,
                    "met": x.met,
                }
                for hazard in assessed(case, landlord.calendar)
                for x in hazard.limits
            ],
        },
        "marks": list(marks),
        "jurisdiction": "lgsco?" if Mark.LGSCO in marks else "housing ombudsman",
        "contractor": Mark.CONTRACTOR in marks,
        "group": Mark.GROUP in marks,
        "beside": [
            {
                "mark": x.mark,
                "duty": x.duty,
                "limit": x.limit,
                "due": x.due.isoformat(),
                "source": x.source,
                "answered": str(answered) if (answered := case.standing_marks[x.mark].answered) else None,
            }
            for x in beside(marks, landlord.calendar)
        ],
        "signpost": case.label is Label.SURVEY_FEEDBACK,
        "links": [dict(x.data) for x in case.of(Kind.LINKED)],
        "definition": {
            "points": list(definition.points),
            "outcomes": list(definition.outcomes),
            "confirmed_by": definition.by,
            "responsible": list(definition.responsible),
            "asked": list(definition.asked),
            "version": definition.version,
        },
        "overdue_by": due.overdue_by(today, landlord.calendar) if due else None,
        "deadlines": [deadline_json(x) for x in case.deadlines(landlord.calendar, landlord.targets)],
        "messages": [{**_message_json(x), **_place_json(case, x, paths)} for x in messages],
        "offers": [offer_json(x) for x in offers(case)],
        "chased": len(case.chasers),
        "flagged": [
            {"what": x.data["what"], "due": x.data.get("due"), "source": x.data.get("source", "")}
            for x in open_flags(case)
        ],
        "confined": {
            "seen_by": list(case.seers),
            "reason": case.confined.reason,
            "due": case.confined.due.isoformat(),
            "by": case.confined.by,
        }
        if case.confined
        else None,
        "impact": impact_of(case) or None,
        "part_of": case.joined_into or None,
        "version": case.version,
    }


def _place_json(case: Case, message: Message, paths: Paths) -> dict[str, Any]:
    event = join_of(case, message)
    return {
        "number": number_of(case, message) or None,
        "joined_as": event.data.get("as") if event else None,
        "paths": list(paths.get(message.id, ())),
    }


def _stage_json(case: Case, number: int) -> dict[str, Any]:
    stage = case.at_stage(number)
    return {
        "handler": stage.handler,
        "decided_by": list(stage.deciders),
        "outcome": stage.outcome,
        "decisions": list(decisions_of(case, number).values()),
        "extensions": [dict(x.data) for x in case.of(Kind.EXTENDED) if x.data["stage"] == number],
    }


def _message_json(message: Message) -> dict[str, Any]:
    third = message.resident if message.resident.speaks_for_another else None
    resident = Person() if third else message.resident
    return {
        "channel": message.channel.value,
        "resident": {"name": resident.name, "address": resident.address},
        "third_party": {"name": third.name, "address": third.address} if third else None,
        "forwarded_by": str(message.forwarded_by) if message.forwarded_by else None,
        "received": message.received_at.isoformat(),
        "received_from": message.received_from,
        "subject": message.subject,
        "body": message.body,
        "attachments": [{"name": y.name, "size": y.size, "sha256": y.sha256} for y in message.attachments],
        "notes": list(message.notes),
        "fields": [{"label": x.label, "value": x.value, "kind": x.kind} for x in message.fields],
    }
