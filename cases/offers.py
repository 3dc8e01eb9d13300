"""What a case puts before a person: a suggested join, a possible stage 2 request, staff's reply as the act it may be.

Nothing here is done by itself. An offer's number is that of the event that made it, so it never means another one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from putright.cases.case import Case
from putright.cases.events import Event, Kind
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
        if why := _asks_stage_2(case, event, day):
            yield Offer(number, What.STAGE_2, why, day)
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


RESPONSE_FIRST = "the stage 1 response must be recorded first"


def _asks_stage_2(case: Case, event: Event, day: date | None) -> str:
    """Why a joined message may be a request for stage 2; empty when it cannot be one, or not yet.

    A request is not held back until somebody writes down the answer that it rejects (6.10, 6.11).
    """
    why: str = event.data.get("asks_stage_2", "")
    if not why or day is None or may_escalate(case, day):
        return why if day else ""
    if case.label is not Label.COMPLAINT or case.escalated or case.first.responded:
        return ""
    number = response_waiting(case, day)
    if number:
        return f"{why}; {RESPONSE_FIRST} (offer {number})"
    return f"{why}; {RESPONSE_FIRST}" if event.data.get("names_stage_2") else ""


def response_waiting(case: Case, day: date) -> int | None:
    """The open offer of staff's mail that most likely is the stage 1 response and was sent by that day."""
    answered = {x.data["offer"] for x in case.of(Kind.ANSWERED)}
    found = [
        number
        for number, event in case.joins.items()
        if number not in answered
        and _possible(case, event.data.get("acts", ()))[:1] == (RESPONSE,)
        and event.data.get("day", "") <= day.isoformat()
    ]
    return found[-1] if found else None


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
