"""What staff do on a case: each act is checked against its paragraph and gives the event to be written.

Nothing here writes anything. A refused act raises Refused with one sentence and changes nothing. This is the
index of them; each stands in `life/` with those it belongs to.
"""

from collections.abc import Callable
from datetime import date

from putright.cases.case import Case, fold
from putright.cases.events import Event
from putright.cases.life.by import By, in_its_time
from putright.cases.life.confining import confine, unconfine
from putright.cases.life.ending import close, reopen
from putright.cases.life.label import confirm, reclassify
from putright.cases.life.stages import OUTCOMES, acknowledge, assign, define, escalate, extend, respond

__all__ = [
    "OUTCOMES",
    "By",
    "acknowledge",
    "asked_for_stage_2",
    "assign",
    "close",
    "confine",
    "confirm",
    "define",
    "escalate",
    "extend",
    "in_its_time",
    "in_turn",
    "reclassify",
    "reopen",
    "respond",
    "unconfine",
]


def asked_for_stage_2(case: Case, by: By, day: date | None, reason: str) -> Event | tuple[Event, ...]:
    """The resident asked for stage 2; a case closed after its answer is opened again."""
    if not (case.closed and case.first.responded) or case.escalated:
        return escalate(case, by, day, reason)
    return in_turn(case, lambda x: reopen(x, by, "stage 2 asked for"), lambda x: escalate(x, by, day, reason))


def in_turn(case: Case, *decides: Callable[[Case], Event]) -> tuple[Event, ...]:
    """Several acts at once, each checked on the case as the ones before leave it; all are written, or none."""
    events: list[Event] = []
    for decide in decides:
        events.append(decide(fold(case.reference, [*case.history, *events])))
    return tuple(events)
