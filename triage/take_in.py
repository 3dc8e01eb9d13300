"""Taking in: bytes are committed first, then each becomes a case, joins one, is parked, or is put before a person.

Every message that is neither machine mail nor a duplicate becomes a case or joins one, whatever its label.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from sqlite_utils import Database

from putright.cases.acts import By, reclassify
from putright.cases.case import Case
from putright.cases.deadlines import Milestones, deadlines
from putright.cases.errors import Refused
from putright.cases.events import Event, Kind
from putright.cases.labels import Channel, Decision, Label
from putright.cases.message import Message, Person
from putright.cases.reading import Reading, unread
from putright.cases.working_days import in_words, local_day
from putright.mailbox.child import ReaderStopped
from putright.mailbox.fingerprint import fingerprint
from putright.mailbox.parse import UnreadableMail, parse
from putright.mailbox.source import RawMail
from putright.storage import cases, events, intake, messages, outbox
from putright.storage.database import writing
from putright.storage.errors import DatabaseProblem
from putright.triage import posts
from putright.triage.landlord import Landlord
from putright.triage.told import Told, decoded

log = logging.getLogger(__name__)

MACHINE = "putright"
"""The actor of what the program does by itself."""


class Reads(Protocol):
    """Whatever reads messages: the trained reader, or a stand-in."""

    def read(self, message: Message) -> Reading: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one message: `logged`, `joined`, `parked`, `quarantined` or, for now, `stored`."""

    state: str
    reference: str | None = None
    reason: str = ""


def store_mail(db: Database, mail: RawMail) -> tuple[int, bool]:
    """Commit a mail as it came. Gives its intake id and whether it was new."""
    place = mail.location
    return intake.store(
        db,
        fingerprint=fingerprint(mail.raw),
        source="mail",
        location=(place.account, place.folder, place.uidvalidity, place.uid),
        raw=mail.raw,
        arrived=mail.arrived,
    )


def store_told(db: Database, told: Told) -> tuple[int, bool]:
    """Commit what a person said. Gives its intake id and whether it was new."""
    return intake.store(
        db,
        fingerprint=told.fingerprint,
        source=told.source,
        location=told.location,
        raw=told.encoded(),
        arrived=told.told_at,
    )


ParseMail = Callable[[bytes, datetime, frozenset[str], Mapping[str, Channel]], Message]
"""Reads a mail's bytes: in this process, or in a child whose memory and time are limited."""


def in_this_process(
    raw: bytes, arrived: datetime, staff_domains: frozenset[str], channels: Mapping[str, Channel]
) -> Message:
    """Reads a mail without a child: for tests and for mail known to be harmless."""
    return parse(raw, arrived, staff_domains, channels=channels)


def process_waiting(
    db: Database,
    reader: Reads,
    landlord: Landlord,
    now: Callable[[], datetime],
    parse_mail: ParseMail = in_this_process,
) -> Iterator[Outcome]:
    """Process all that waits, oldest first. One message's fault never stops the next."""
    for intake_id in intake.waiting(db):
        outcome = Outcome("stored")
        while outcome.state == "stored":  # a fault is tried again, three times in all
            outcome = process(db, intake_id, reader, landlord, now(), parse_mail)
        yield outcome


def process(
    db: Database,
    intake_id: int,
    reader: Reads,
    landlord: Landlord,
    now: datetime,
    parse_mail: ParseMail = in_this_process,
) -> Outcome:
    """Make of one message what it is to be. A message already settled is left as it stands.

    Raises DatabaseProblem; then the message waits as before.
    """
    item = intake.item(db, intake_id)
    if item.state != "stored":
        return Outcome(item.state, item.case_ref, item.reason)
    if item.attempts >= intake.MAX_ATTEMPTS:
        return _quarantine(db, item, landlord, now, "Reading it failed three times.")
    intake.count_attempt(db, intake_id)
    try:
        told, message = _parsed(item, landlord, parse_mail)
        if not message.machine_mail:
            return _settle(db, item, told, message, reader, landlord, now)
    except ReaderStopped as error:
        log.warning("message %d: %s", intake_id, error)
        return Outcome("stored")
    except UnreadableMail as error:
        return _quarantine(db, item, landlord, now, str(error))
    except DatabaseProblem:
        raise
    except Exception as error:
        # The boundary of "one bad message never stops the inbox": whatever it was, it is counted and shown.
        log.exception("message %d could not be taken in (%s)", intake_id, type(error).__name__)
        return Outcome("stored")
    with writing(db):
        intake.settle(db, intake_id, "parked", reason=message.machine_mail)
    return Outcome("parked", reason=message.machine_mail)


def take_as_real(
    db: Database, intake_id: int, by: str, reader: Reads, landlord: Landlord, now: datetime
) -> Outcome:
    """A person says that a parked mail is a real message: it goes the way of any other.

    Raises Refused when it is not parked, LookupError when there is no such number.
    """
    item = intake.item(db, intake_id)
    if item.state != "parked":
        raise Refused(f"Number {intake_id} is not parked: it was {item.state}.")
    told, message = _parsed(item, landlord, in_this_process)  # it was read before, so it does no harm
    note = f"It was parked ({message.machine_mail}); {by} said that it is real."
    message = replace(message, machine_mail="", notes=(*message.notes, note))
    return _settle(db, item, told, message, reader, landlord, now)


def _parsed(item: intake.Item, landlord: Landlord, parse_mail: ParseMail) -> tuple[Told | None, Message]:
    if item.source == "mail":
        return None, parse_mail(item.raw, item.arrived, landlord.staff_domains, landlord.senders)
    told = decoded(item.raw)
    return told, told.message()


def _settle(
    db: Database,
    item: intake.Item,
    told: Told | None,
    message: Message,
    reader: Reads,
    landlord: Landlord,
    now: datetime,
) -> Outcome:
    """Read it, then in one transaction log or join it with its reading, its case and what must be said."""
    message, reading = _countable(message, _read(reader, message, item.id), landlord, now)
    with writing(db):
        if settled := _settled(db, item):
            return settled
        joins = _case_of_thread(db, told)
        if joins:
            return _join(db, item, joins, message, reading, landlord, now, told)
        return _log(db, item, message, reading, landlord, now, told)


def _read(reader: Reads, message: Message, intake_id: int) -> Reading:
    try:
        return reader.read(message)
    except Exception as error:
        # A failed reading is a person's to make, never a default label.
        log.exception("message %d could not be classified (%s)", intake_id, type(error).__name__)
        return unread("The classifier failed on this message.")


def _countable(
    message: Message, reading: Reading, landlord: Landlord, now: datetime
) -> tuple[Message, Reading]:
    """Both as they are, unless no due date can be counted from the message's own date (no rule of the Code or no
    calendar reaches it): then the clocks run from now, which is better than none, and a person is asked.
    """
    try:
        deadlines(Milestones(local_day(message.received_at)), landlord.calendar, landlord.targets)
    except Refused:
        day = in_words(local_day(message.received_at))
        why = f"It is dated {day}, from which no due date can be counted, so it counts from today."
        message = replace(
            message, received_at=now, received_from="the moment it was taken in", notes=(*message.notes, why)
        )
        reading = replace(reading, decision=Decision.ASK, reasons=(*reading.reasons, why))
    return message, reading


def _settled(db: Database, item: intake.Item) -> Outcome | None:
    """What another process made of it meanwhile (within the caller's transaction), or None."""
    held = intake.item(db, item.id)
    return None if held.state == item.state else Outcome(held.state, held.case_ref, held.reason)


def open_case(db: Database, message: Message, reading: Reading, landlord: Landlord, now: datetime) -> Case:
    """Log a case (within the caller's transaction) and give it as it stands."""
    reference = cases.next_reference(db, local_day(now).year)
    opened = Event(
        Kind.OPENED,
        now,
        MACHINE,
        {
            "message": message.id,
            "channel": message.channel.value,
            "received": message.received_at.isoformat(),
            "label": reading.label.value,
            "decision": reading.decision.value,
            "area": reading.service_area.value,
            "flags": [flag.value for flag in reading.flags],
            "issues": list(reading.issues),
            "outcomes": list(reading.outcomes),
            "model": reading.model,
        },
    )
    case = events.append(db, reference, [opened], recorded_at=now)
    cases.project(db, case, case.next_due(landlord.calendar, landlord.targets))
    return case


def _log(
    db: Database,
    item: intake.Item,
    message: Message,
    reading: Reading,
    landlord: Landlord,
    now: datetime,
    told: Told | None,
) -> Outcome:
    case = open_case(db, message, reading, landlord, now)
    if told is not None and told.label:
        case = _as_said(db, case, told, landlord, now)
    messages.save(db, item.id, case.reference, message)
    messages.save_reading(db, message.id, reading, now)
    intake.settle(db, item.id, "logged", case_ref=case.reference)
    due = case.next_due(landlord.calendar, landlord.targets)
    _say(db, case, posts.confirmation(case, reading, due), "confirmation", landlord, now, told)
    return Outcome("logged", case.reference)


def _as_said(db: Database, case: Case, told: Told, landlord: Landlord, now: datetime) -> Case:
    """The case with the label that a person gave it when they passed it on: theirs wins over the reading."""
    by = By(told.labelled_by or told.by, now)
    event = reclassify(case, by, Label(told.label), "logged as that by a person")
    case = events.append(db, case.reference, [event], recorded_at=now)
    cases.project(db, case, case.next_due(landlord.calendar, landlord.targets))
    return case


def _join(
    db: Database,
    item: intake.Item,
    reference: str,
    message: Message,
    reading: Reading,
    landlord: Landlord,
    now: datetime,
    told: Told | None,
) -> Outcome:
    case = events.append(
        db, reference, [Event(Kind.JOINED, now, MACHINE, {"message": message.id})], recorded_at=now
    )
    cases.project(db, case, case.next_due(landlord.calendar, landlord.targets))
    messages.save(db, item.id, reference, message)
    messages.save_reading(db, message.id, reading, now)
    intake.settle(db, item.id, "joined", case_ref=reference)
    says_more = reading.label is Label.COMPLAINT or (
        reading.decision is Decision.ASK and not case.unconfirmed
    )
    if says_more and (case.closed or case.label is not Label.COMPLAINT):
        _say(db, case, posts.joined(case, reading), f"joined:{item.id}", landlord, now, told)
    return Outcome("joined", reference)


def _quarantine(db: Database, item: intake.Item, landlord: Landlord, now: datetime, why: str) -> Outcome:
    """A stub case, so that a message nobody could read still has a person and a clock."""
    stub = Message(
        id=item.fingerprint,
        channel=Channel.EMAIL if item.source == "mail" else Channel.SLACK,
        subject="",
        body="",
        sender=Person(),
        resident=Person(),
        received_at=item.arrived,
        received_from="its arrival",
        notes=(why,),
    )
    reading = unread(why)
    stub, reading = _countable(stub, reading, landlord, now)
    with writing(db):
        if settled := _settled(db, item):
            return settled
        case = open_case(db, stub, reading, landlord, now)
        messages.save(db, item.id, case.reference, stub)
        messages.save_reading(db, stub.id, reading, now)
        intake.settle(db, item.id, "quarantined", reason=why, case_ref=case.reference)
        due = case.next_due(landlord.calendar, landlord.targets)
        _say(db, case, posts.quarantined(case, due, why), "quarantined", landlord, now, None)
    return Outcome("quarantined", case.reference, why)


def _case_of_thread(db: Database, told: Told | None) -> str | None:
    """The case of the note, or of our own post, that began the thread this message stands in."""
    if told is None or told.thread_location is None:
        return None
    return intake.case_at(db, told.thread_location) or outbox.case_of_post(db, told.place, told.thread_ts)


def _say(
    db: Database,
    case: Case,
    post: posts.Post,
    kind: str,
    landlord: Landlord,
    now: datetime,
    told: Told | None,
) -> None:
    """Queue a post: in the note's own thread, or below a first line in the channel for mail."""
    key = f"{kind}:{case.reference}"
    if told is not None and told.ts:
        outbox.put(
            db,
            key=key,
            kind=kind,
            case_ref=case.reference,
            channel=told.place,
            thread_ts=told.thread_ts or told.ts,
            payload=post.as_json(),
            made_at=now,
        )
        return
    parent = f"arrived:{case.reference}"
    outbox.put(
        db,
        key=parent,
        kind="arrived",
        case_ref=case.reference,
        channel=landlord.mail_channel,
        payload=posts.arrived(case).as_json(),
        made_at=now,
    )
    outbox.put(
        db,
        key=key,
        kind=kind,
        case_ref=case.reference,
        channel=landlord.mail_channel,
        thread_key=parent,
        payload=post.as_json(),
        made_at=now,
    )
