"""What a join says: why a message stands in the case, and what it puts before a person there."""

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from putright.cases.case import HAZARDS, Case
from putright.cases.events import Event, JoinedAs, Kind
from putright.cases.labels import Decision, Flag, Label, Role
from putright.cases.message import Message
from putright.cases.offers import ACKNOWLEDGEMENT, RESPONSE, UPDATE
from putright.cases.reading import Reading
from putright.cases.working_days import local_day
from putright.triage.escalation import asks_for_stage_2, names_stage_2
from putright.triage.joining import Match, to_resident
from putright.triage.landlord import Landlord
from putright.triage.threads import latest, senders_words

_ANSWERS = (
    "stage 1 response",
    "stage one response",
    "our decision",
    "upheld",
    "our findings",
    "final response",
)
_ACKNOWLEDGES = (
    "acknowledge",
    "thank you for your complaint",
    "received your complaint",
    "logged your complaint",
)


def joined(
    db: Database,
    case: Case,
    message: Message,
    reading: Reading,
    match: Match,
    landlord: Landlord,
    at: datetime,
    by: str,
    **more: Any,
) -> Event:
    """The event by which `message` joins `case`."""
    data: dict[str, Any] = {"message": message.id, "as": match.kind.value, "how": match.how, **more}
    received, said = latest(message)
    if match.kind is JoinedAs.COPY and received < case.received:
        data["received"] = received.isoformat()
    if match.kind is not JoinedAs.COPY and (hazards := [x.value for x in HAZARDS if x in reading.flags]):
        data["flags"] = hazards
    if match.kind in (JoinedAs.REPLY, JoinedAs.NOTE, JoinedAs.EDIT) and reading.marks:
        data["marks"] = [mark.value for mark in reading.marks]
        data["marked"] = received.isoformat()
    if match.kind is JoinedAs.STAFF:
        received = message.sent_at or received
        if to_resident(db, case.reference, message, landlord):
            data["acts"] = _acts(senders_words(message))
    if match.kind is JoinedAs.REPLY:
        data["chases"] = chases(reading)
        if why := asks_for_stage_2(said):
            data["asks_stage_2"] = why
            data["names_stage_2"] = names_stage_2(said)
        elif reading.label is Label.COMPLAINT:
            data["asks_stage_2"] = "it reads as a complaint after the stage 1 answer"
        data["may_be_complaint"] = may_be_complaint(reading)
    return Event(Kind.JOINED, at, by, {**data, "day": local_day(received).isoformat()})


def chases(reading: Reading) -> bool:
    """Whether the resident wants something still: what only thanks or informs is no chaser."""
    wants = reading.label in (Label.COMPLAINT, Label.SERVICE_REQUEST) or Flag.CHASER in reading.flags
    return wants or (reading.decision is Decision.ASK and not _only_thanks(reading))


def _only_thanks(reading: Reading) -> bool:
    """Whether its sentences thank and do nothing else, however unsure its label is."""
    roles = {x.role for x in reading.sentences}
    return reading.label is Label.OTHER and Role.THANKS in roles and roles <= {Role.THANKS, Role.REST}


def may_be_complaint(reading: Reading) -> bool:
    return reading.label is Label.COMPLAINT or reading.decision is Decision.ASK


def _acts(text: str) -> list[str]:
    """What a staff member's mail to the resident may be, the likeliest first."""
    text = text.casefold()
    if any(x in text for x in _ANSWERS):
        return [RESPONSE, UPDATE, ACKNOWLEDGEMENT]
    if any(x in text for x in _ACKNOWLEDGES):
        return [ACKNOWLEDGEMENT, UPDATE, RESPONSE]
    return [UPDATE, ACKNOWLEDGEMENT, RESPONSE]
