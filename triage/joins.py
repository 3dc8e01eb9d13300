"""A person joins two cases, takes a message out of one again, and answers what a case puts before them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlite_utils import Database

from putright.cases import acts
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Event, JoinedAs, Kind
from putright.cases.labels import Label
from putright.cases.life.by import must_be_a_person
from putright.cases.life.matters import standing
from putright.cases.message import Message
from putright.cases.offers import ACKNOWLEDGEMENT, RESPONSE, Offer, What, offers, response_waiting
from putright.cases.reading import Reading, unread
from putright.cases.record import record
from putright.cases.records.contact import UPDATE
from putright.cases.typed import words
from putright.storage import intake, messages
from putright.storage.database import writing
from putright.triage.act import Moved, find, find_to_act
from putright.triage.act import act as do
from putright.triage.joined import joined
from putright.triage.joining import Match, by_staff, to_resident
from putright.triage.landlord import Landlord
from putright.triage.posts import accept_command, respond_command
from putright.triage.remarks import remarks
from putright.triage.settle import open_case, write
from putright.triage.threads import same_text
from putright.triage.updates import next_update


def join(db: Database, reference: str, into: str, landlord: Landlord, by: By) -> Moved:
    """All messages of one case become messages of another, earlier one; the first is closed and keeps its history.

    Raises Refused, and writes nothing, where a clock or an act would be lost by it.
    """
    must_be_a_person(by, "1.2")
    with writing(db):
        case, target = (find_to_act(db, x, landlord, by.at) for x in (reference, into))
        _may_join(case, target)
        new = [
            joined(
                db,
                target,
                message,
                _reading(db, message),
                _match(db, target, message, landlord, by),
                landlord,
                by.at,
                by.actor,
                came_from=reference,
                **({"complaint": True} if case.surely_complaint else {}),
            )
            for message in messages.of_case(db, reference)
            if message.id not in target.messages and messages.case_of(db, message.id) == reference
        ]
        if not new:
            raise Refused(f"{reference} has no message of its own to join: link or merge the two instead.")
        merged = [*_answers(case, into, by), Event(Kind.JOINED_INTO, by.at, by.actor, {"into": into})]
        write(db, reference, merged, landlord, by.at)
        for event in new:
            _move(db, event.data["message"], into, "joined", by.at)
        after = write(db, into, new, landlord, by.at)
    return _moved(target, after, new[-1], landlord)


def _may_join(case: Case, target: Case) -> None:
    if case.reference == target.reference:
        raise Refused("A case cannot be joined into itself: name two cases.")
    for one in (case, target):
        if one.joined_into:
            raise Refused(f"{one.reference} is part of {one.joined_into} already.")
    if target.closed:
        raise Refused(f"{target.reference} is closed: reopen it first.")
    if case.first.acknowledged or case.first.responded or case.escalated:
        raise Refused(
            f"{case.reference} was acknowledged as a complaint of its own, so its dates must stay: leave it apart.",
            "6.2",
        )
    if case.runs_complaint_clocks and not target.runs_complaint_clocks:
        raise Refused(
            f"{case.reference} runs a complaint's clocks and {target.reference} does not: say first that "
            f"{target.reference} is a complaint, or that {case.reference} is none.",
            "1.5",
        )


def _answers(case: Case, into: str, by: By) -> list[Event]:
    """The suggestion, if this join is what was suggested, is accepted by it."""
    return [_answered(x, by, accepted=True) for x in offers(case) if x.what is What.JOIN and x.into == into]


def _match(db: Database, target: Case, message: Message, landlord: Landlord, by: By) -> Match:
    how = f"{by.actor} joined it"
    if any(same_text(message, x) and message.sent_at for x in messages.of_case(db, target.reference)):
        return Match(target.reference, JoinedAs.COPY, how, sure=True)
    if by_staff(message, landlord) or to_resident(db, target.reference, message, landlord):
        return Match(target.reference, JoinedAs.STAFF, how, sure=True)
    return Match(target.reference, JoinedAs.REPLY, how, sure=True)


def unjoin(
    db: Database, reference: str, landlord: Landlord, by: By, reason: str = "", number: int | None = None
) -> tuple[Moved, Case]:
    """Take a joined message (`number` in the order of the case's messages, else the last joined) out of a case.

    It gets the case back that it had, else one of its own, whose clock runs from its own receipt. Gives what moved
    here and that other case. Raises Refused.
    """
    must_be_a_person(by, "1.2")
    with writing(db):
        case = find_to_act(db, reference, landlord, by.at)
        event = _join_of(case, number)
        old = event.data.get("came_from")
        out = [x.data["message"] for x in case.joins.values() if old and x.data.get("came_from") == old]
        out = out or [event.data["message"]]
        its = {x.id: x for x in messages.of_case(db, reference)}
        left = [x for x in case.messages if x not in out]
        if old:
            other = write(
                db,
                old,
                [Event(Kind.REOPENED, by.at, by.actor, {"reason": f"taken out of {reference} again"})],
                landlord,
                by.at,
            )
        else:
            message = its[out[0]]
            other = open_case(db, message, _reading(db, message), landlord, by.at)
            note = Event(Kind.NOTED, by.at, by.actor, {"text": f"taken out of {reference}"})
            other = write(db, other.reference, [note], landlord, by.at)
        for one in out:
            _move(db, one, other.reference, "joined" if one != other.messages[0] else "logged", by.at)
        received = _receipt(case, [its[x] for x in left if x in its])
        data = {
            "messages": out,
            "to": other.reference,
            "received": received.isoformat(),
            "reason": words(reason),
        }
        unjoined = Event(Kind.UNJOINED, by.at, by.actor, data)
        after = write(db, reference, [unjoined], landlord, by.at)
    return _moved(case, after, unjoined, landlord), other


def _join_of(case: Case, number: int | None) -> Event:
    joins = {x.data["message"]: x for x in case.joins.values()}
    if not joins:
        raise Refused(f"No message joined {case.reference}: there is nothing to take out of it.")
    if number is None:
        return list(joins.values())[-1]
    if not 1 <= number <= len(case.messages):
        raise Refused(f"{case.reference} has {len(case.messages)} messages: there is no number {number}.")
    if case.messages[number - 1] not in joins:
        raise Refused(f"Message {number} is the one that opened {case.reference}: it cannot be taken out.")
    return joins[case.messages[number - 1]]


def _receipt(case: Case, left: Sequence[Message]) -> datetime:
    """When what stays was received: as it was logged, or the earlier moment of a copy or a merged case that stays."""
    logged = [datetime.fromisoformat(x.data["received"]) for x in case.of(Kind.OPENED, Kind.READ)]
    copies = {x.data["message"]: x.data["received"] for x in case.joins.values() if x.data.get("received")}
    merged = [datetime.fromisoformat(x.data.get("own", x.data["received"])) for x in standing(case).values()]
    return min([*logged, *merged, *(datetime.fromisoformat(copies[x.id]) for x in left if x.id in copies)])


def accept(
    db: Database,
    reference: str,
    landlord: Landlord,
    by: By,
    number: int | None = None,
    act: str = "",
    outcome: str = "",
    reasons: Sequence[str] = (),
    decided_by: str | None = None,
    impact: str = "",
) -> Moved:
    """Take up what a case puts before a person, dated by its message. Raises Refused as the act itself would."""
    offer = _offer(find(db, reference), number)
    if offer.what is What.JOIN:
        return join(db, reference, offer.into, landlord, by)
    act = act or (offer.acts[0] if offer.acts else "")

    said = _Said(outcome, reasons, decided_by, impact)

    def decide(case: Case) -> tuple[Event, ...]:
        heard = next_update(case, landlord, offer.day, by.today) if offer.day else None
        return _accepted(case, offer, by, act, replace(said, heard_next=heard))

    return do(db, reference, landlord, by.at, decide)


def accepted_as_response(
    case: Case, by: By, number: int, outcome: str, reasons: Sequence[str], impact: str = ""
) -> tuple[Event, ...]:
    """The events by which staff's mail is the response, on the day it was sent. Raises Refused."""
    return _accepted(case, _offer(case, number), by, RESPONSE, _Said(outcome, reasons, None, impact))


@dataclass(frozen=True, slots=True)
class _Said:
    """What a person says with a response that they take up; for an update, when the resident hears next."""

    outcome: str
    reasons: Sequence[str]
    decided_by: str | None
    impact: str
    heard_next: date | None = None


def _accepted(case: Case, offer: Offer, by: By, act: str, said: _Said) -> tuple[Event, ...]:
    must_be_a_person(by, "1.2")
    done = _acts(case, offer, by, act, said)
    return acts.in_turn(case, *done, lambda _: _answered(offer, by, accepted=True, act=act))


def _acts(case: Case, offer: Offer, by: By, act: str, said: _Said) -> list[Callable[[Case], Event]]:
    """The acts that taking up an offer is."""
    if offer.what is What.TURNED:
        why = "a further message made it one (Code 1.5)"
        return [lambda x: acts.reclassify(x, by, Label.COMPLAINT, why)]
    if offer.what is What.STAGE_2:
        if case.first.responded is None:
            raise Refused(_response_first(case, offer), "6.10")
        again = "the resident asks for stage 2"
        return [
            *([lambda x: acts.reopen(x, by, again)] if case.closed else []),
            lambda x: acts.escalate(x, by, offer.day),
        ]
    if act not in offer.acts:
        raise Refused(f"Staff's mail may be recorded as: {', '.join(offer.acts)}.")
    if act == ACKNOWLEDGEMENT:
        return [lambda x: acts.acknowledge(x, by, offer.day)]
    if act == RESPONSE and not said.outcome:
        raise Refused(f'Say what was decided: --outcome "..." ({", ".join(acts.OUTCOMES)}).', "6.9")
    if act == RESPONSE:
        return [
            lambda x: acts.respond(x, by, said.outcome, said.reasons, offer.day, said.decided_by, said.impact)
        ]
    told = {"on": offer.day, "text": "by the mail kept with the case", "next": said.heard_next}
    return [lambda x: record(UPDATE, x, by, told)]


def _response_first(case: Case, offer: Offer) -> str:
    """Which act has to be recorded before a request for stage 2 can be."""
    assert offer.day
    number = response_waiting(case, offer.day)
    how = (
        f"accept offer {number} first:  {accept_command(case, number, RESPONSE)}"
        if number
        else f"record it first:  {respond_command(case.reference)}"
    )
    return (
        f"The stage 1 response is not recorded, so {how}  and then accept this request, which keeps its day."
    )


def decline(
    db: Database, reference: str, landlord: Landlord, by: By, reason: str, number: int | None = None
) -> Offer:
    """Leave an offer, with the reason kept. A possible stage 2 request is left only with one."""
    offer = _offer(find(db, reference), number)
    do(db, reference, landlord, by.at, lambda case: declined(case, by, offer.number, reason))
    return offer


def declined(case: Case, by: By, number: int, reason: str) -> Event:
    """The event by which an offer is left. Raises Refused."""
    must_be_a_person(by, "1.2")
    offer, reason = _offer(case, number), words(reason)
    if offer.what in (What.STAGE_2, What.TURNED) and not reason:
        raise Refused('Say why this is not one: --reason "...". It is kept with the case.', "6.10")
    return _answered(offer, by, accepted=False, reason=reason)


def _offer(case: Case, number: int | None) -> Offer:
    found = offers(case)
    if not found:
        raise Refused(f"{case.reference} puts nothing before a person now.")
    if number is None and len(found) > 1:
        choice = ", ".join(str(x.number) for x in found)
        raise Refused(f"{case.reference} puts several things before you: name one by its number ({choice}).")
    one = next((x for x in found if number in (None, x.number)), None)
    if one is None:
        raise Refused(
            f"{case.reference} has no open offer {number}: `putright case show {case.reference}` lists them."
        )
    return one


def _answered(offer: Offer, by: By, *, accepted: bool, act: str = "", reason: str = "") -> Event:
    data = {"offer": offer.number, "accepted": accepted, "act": act, "reason": reason}
    return Event(Kind.ANSWERED, by.at, by.actor, data)


def _move(db: Database, message_id: str, reference: str, state: str, now: datetime) -> None:
    intake_id = messages.move(db, message_id, reference)
    if state != "logged" or intake.item(db, intake_id).state == "joined":
        intake.settle(db, intake_id, state, now, case_ref=reference)


def _reading(db: Database, message: Message) -> Reading:
    return messages.latest_reading(db, message.id) or unread("It was never read.")


def _moved(before: Case, after: Case, event: Event, landlord: Landlord) -> Moved:
    due_before = before.next_due(landlord.calendar, landlord.targets)
    due_after = after.next_due(landlord.calendar, landlord.targets)
    return Moved(before, after, due_before, due_after, (event,), remarks(after, event, landlord))
