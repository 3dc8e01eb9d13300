"""What a case puts before a person: a suggested join, a possible stage 2 request, staff's reply as the act it may be.

Nothing here is done by itself. An offer's number is that of the event that made it, so it never means another one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from putright.cases.case import Case
from putright.cases.events import Kind
from putright.cases.labels import Label


class What(StrEnum):
    """What is offered."""

    JOIN = "join"
    STAGE_2 = "stage_2"
    TURNED = "turned"
    ACT = "act"


ACKNOWLEDGEMENT, UPDATE, RESPONSE = "acknowledgement", "update", "response"


@dataclass(frozen=True, slots=True)
class Offer:
    """One open offer. `day` is when its message was sent, `into` the other case of a join, `acts` what it may be."""

    number: int
    what: What
    why: str
    day: date | None = None
    into: str = ""
    acts: tuple[str, ...] = ()


def offers(case: Case) -> tuple[Offer, ...]:
    """What is open on a case, oldest first."""
    if case.joined_into:
        return ()
    answered = {x.data["offer"] for x in case.of(Kind.ANSWERED)}
    return tuple(x for x in sorted(_made(case), key=lambda x: x.number) if x.number not in answered)


def _made(case: Case) -> Iterator[Offer]:
    for number, event in enumerate(case.history, 1):
        if event.kind is Kind.SUGGESTED and not case.closed:
            yield Offer(number, What.JOIN, event.data["how"], into=event.data["into"])
    for number, event in case.joins.items():
        day = date.fromisoformat(event.data["day"]) if event.data.get("day") else None
        if event.data.get("asks_stage_2") and day and may_escalate(case, day):
            yield Offer(number, What.STAGE_2, event.data["asks_stage_2"], day)
        if event.data.get("may_be_complaint") and _may_turn(case):
            yield Offer(
                number, What.TURNED, f"a further message may make the {case.label.words} a complaint", day
            )
        if acts := _possible(case, event.data.get("acts", ())):
            yield Offer(number, What.ACT, "staff wrote to the resident", day, acts=acts)


def may_escalate(case: Case, day: date) -> bool:
    """Whether a request of that day can be one for stage 2: stage 1 was answered by then (6.10)."""
    responded = case.first.responded
    return case.label is Label.COMPLAINT and not case.escalated and responded is not None and day >= responded


def _may_turn(case: Case) -> bool:
    """Whether the case is open and none that runs a complaint's clocks (Code 1.5)."""
    return not case.closed and not case.runs_complaint_clocks


def _possible(case: Case, acts: tuple[str, ...]) -> tuple[str, ...]:
    """Those acts that the case has not had yet. An update can always be one (Code 5.12)."""
    if case.closed or case.label is not Label.COMPLAINT:
        return ()
    stage = case.at_stage(case.stage)
    done = {ACKNOWLEDGEMENT: stage.acknowledged is not None, RESPONSE: stage.responded is not None}
    return tuple(x for x in acts if not done.get(x))
