"""Settling a message that was read: it opens a case, joins one, or has a stub case ask a person.

All that follows from a message (its reading, its case, what must be said) is written in one transaction.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from sqlite_utils import Database

from putright.cases.acts import By, reclassify
from putright.cases.case import Case
from putright.cases.deadlines import Milestones, deadlines, service_request
from putright.cases.errors import Refused
from putright.cases.events import Event, JoinedAs, Kind
from putright.cases.labels import Channel, Decision, Flag, Label
from putright.cases.message import Message, Person
from putright.cases.offers import What, may_escalate, offers
from putright.cases.reading import Reading, unread
from putright.cases.working_days import in_words, local_day
from putright.storage import attachments, cases, events, intake, messages, outbox, traces
from putright.storage.database import writing
from putright.triage import posts
from putright.triage.flags import of_writer
from putright.triage.joined import joined, may_be_complaint
from putright.triage.joining import Match, find, in_thread, named
from putright.triage.keep_files import files_of
from putright.triage.landlord import Landlord
from putright.triage.shared_files import (
    ALONE,
    case_of_mails,
    only_mails,
    shared_with,
    what_came_of_it,
    with_files,
)
from putright.triage.sought import sought
from putright.triage.survey import goes_unsaid
from putright.triage.threads import traces as of_message
from putright.triage.told import Told

log = logging.getLogger(__name__)

MACHINE = "putright"
"""The actor of what the program does by itself."""


class Reads(Protocol):
    """Whatever reads messages: the trained reader, or a stand-in."""

    def read(self, message: Message) -> Reading: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one message: `logged`, `joined`, `parked` or `quarantined`; for now `stored` (it waits, or an
    attempt failed) or `claimed` (another process is at work on it).
    """

    state: str
    reference: str | None = None
    reason: str = ""

    @property
    def settled(self) -> bool:
        return self.state not in ("stored", "claimed")


def settle(
    db: Database,
    item: intake.Item,
    told: Told | None,
    message: Message,
    reader: Reads,
    landlord: Landlord,
    now: datetime,
) -> Outcome:
    """Read it, then in one transaction log or join it with its reading, its case and what must be said."""
    if told is not None and told.files:
        message = with_files(db, item.id, message)
    alone = told is not None and told.files and not message.body.strip()
    found = unread(ALONE) if alone else read(reader, message, item.id)
    message, reading = countable(message, found, landlord, now)
    files = files_of(db, item, message, landlord)
    with writing(db):
        if settled := settled_meanwhile(db, item):
            return settled
        if alone and only_mails(db, item.id):
            return _mails_alone(db, item, landlord, now, told)
        attachments.save(db, message.id, message.attachments, files)
        whence = told or shared_with(db, item)
        if told is not None:
            match = _said_with(db, item.id, told) or named(db, told.text)
        else:
            match = find(db, message, landlord) if item.source == "mail" else None
            if whence is not None and not (match and match.sure):
                match = _put_in_thread(db, whence, message, landlord) or match
        if match and match.sure and not (told is None and _needs_its_own(db, match, reading, message)):
            outcome = _join(db, item, match, message, reading, landlord, now, whence)
        else:
            outcome = _log(db, item, message, reading, landlord, now, whence, match)
        if told is not None and told.files:
            _say_of_files(db, item, outcome, now, told)
        if told is not None:
            _mark(db, item, outcome, now, told)
        return outcome


def _said_with(db: Database, intake_id: int, told: Told) -> Match | None:
    """The case of a mail that was shared with the words, else the one in whose thread they were said."""
    if mails := case_of_mails(db, intake_id):
        return Match(mails, JoinedAs.NOTE, "said with its mail in Slack", sure=True)
    thread = _case_of_thread(db, told)
    if thread and told and ":" in told.ts:
        return Match(thread, JoinedAs.EDIT, "", sure=True)
    return Match(thread, JoinedAs.NOTE, "said in its thread", sure=True) if thread else None


def _put_in_thread(db: Database, whence: Told, message: Message, landlord: Landlord) -> Match | None:
    """The case in whose thread a mail was shared (or with whose note, where it was fetched late)."""
    reference = _case_of_thread(db, whence) or intake.case_at(db, whence.location)
    return in_thread(db, reference, message, landlord) if reference else None


def _mails_alone(
    db: Database, item: intake.Item, landlord: Landlord, now: datetime, told: Told | None
) -> Outcome:
    """Nothing but mails came: what became of them is what became of it (within the caller's transaction)."""
    reference = case_of_mails(db, item.id)
    state = "joined" if reference else "parked"
    outcome = Outcome(state, reference, "" if reference else "its mail was set aside as automatic")
    intake.settle(db, item.id, state, now, reason=outcome.reason, case_ref=reference)
    _say_of_files(db, item, outcome, now, told)
    if told is not None and reference:
        _mark(db, item, outcome, now, told)
    return outcome


def _mark(db: Database, item: intake.Item, outcome: Outcome, now: datetime, told: Told) -> None:
    """Have what a person wrote in Slack marked there as logged. An edit's message is marked already."""
    if told.ts and ":" not in told.ts:
        outbox.put(
            db,
            key=f"{posts.REACTION}:{item.id}",
            kind=posts.REACTION,
            case_ref=outcome.reference,
            channel=told.place,
            thread_ts=told.ts,
            payload={"name": posts.LOGGED_MARK},
            made_at=now,
        )


def _say_of_files(
    db: Database, item: intake.Item, outcome: Outcome, now: datetime, told: Told | None
) -> None:
    post = what_came_of_it(db, item.id, outcome.reference)
    if post and told is not None:
        _say_in_thread(db, f"files:{item.id}", "files", outcome.reference, post, now, told)


def _needs_its_own(db: Database, match: Match, reading: Reading, message: Message) -> bool:
    """Whether a resident's reply may be a complaint and its case is closed, so that its clock would run nowhere.

    One that may ask for stage 2 joins all the same: it is put before a person there.
    """
    case = events.load(db, match.reference)
    if case is None or not case.closed or match.kind is not JoinedAs.REPLY or not may_be_complaint(reading):
        return False
    return not may_escalate(case, local_day(message.received_at))


def read(reader: Reads, message: Message, intake_id: int) -> Reading:
    try:
        return sought(message, reader.read(message))
    except Exception as error:
        # A failed reading is a person's to make, never a default label.
        log.exception("message %d could not be classified (%s)", intake_id, type(error).__name__)
        return unread("The classifier failed on this message.")


def countable(
    message: Message, reading: Reading, landlord: Landlord, now: datetime
) -> tuple[Message, Reading]:
    """Both as they are, unless no due date can be counted from the message's own date (no rule of the Code or no
    calendar reaches it): then the clocks run from now, which is better than none, and a person is asked.
    """
    try:
        deadlines(Milestones(local_day(message.received_at)), landlord.calendar, landlord.targets)
        service_request(local_day(message.received_at), None, landlord.calendar, landlord.targets)
    except Refused:
        day = in_words(local_day(message.received_at))
        why = f"It is dated {day}, from which no due date can be counted, so it counts from today."
        message = replace(
            message, received_at=now, received_from="the moment it was taken in", notes=(*message.notes, why)
        )
        reading = replace(reading, decision=Decision.ASK, reasons=(*reading.reasons, why))
    return message, reading


def settled_meanwhile(db: Database, item: intake.Item) -> Outcome | None:
    """What another process made of it meanwhile (within the caller's transaction), or None."""
    held = intake.item(db, item.id)
    return None if held.state == item.state else Outcome(held.state, held.case_ref, held.reason)


def opening(message: Message, reading: Reading) -> dict[str, Any]:
    """What a message and its reading make of a case, as the particulars of its event."""
    more: dict[str, Any] = {"marks": [mark.value for mark in reading.marks]} if reading.marks else {}
    if message.resident != Person():
        more["identified"] = True
    return {
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
        **more,
    }


def open_case(db: Database, message: Message, reading: Reading, landlord: Landlord, now: datetime) -> Case:
    """Log a case (within the caller's transaction) and give it as it stands."""
    reference = cases.next_reference(db, local_day(now).year)
    opened = Event(Kind.OPENED, now, MACHINE, opening(message, reading))
    return write(db, reference, [opened], landlord, now)


def _log(
    db: Database,
    item: intake.Item,
    message: Message,
    reading: Reading,
    landlord: Landlord,
    now: datetime,
    told: Told | None,
    suggested: Match | None = None,
) -> Outcome:
    case = open_case(db, message, reading, landlord, now)
    if told is not None and told.label:
        case = _as_said(db, case, told, landlord, now)
    _keep(db, item, case.reference, message, reading, landlord, now)
    if suggested:
        data = {"into": suggested.reference, "how": suggested.how}
        case = write(db, case.reference, [Event(Kind.SUGGESTED, now, MACHINE, data)], landlord, now)
    intake.settle(db, item.id, "logged", now, case_ref=case.reference)
    due = case.next_due(landlord.calendar, landlord.targets)
    if not goes_unsaid(message, reading):
        say(db, case, posts.confirmation(case, reading, due), "confirmation", landlord, now, told)
    _alarm(db, case, reading, landlord, now)
    if suggested:
        say(
            db,
            case,
            posts.suggestion(case, suggested.reference, suggested.how),
            "suggestion",
            landlord,
            now,
            told,
        )
    return Outcome("logged", case.reference)


def _as_said(db: Database, case: Case, told: Told, landlord: Landlord, now: datetime) -> Case:
    """The case with the label that a person gave it when they passed it on: theirs wins over the reading."""
    by = By(told.labelled_by or told.by, now)
    event = reclassify(case, by, Label(told.label), "logged as that by a person")
    return write(db, case.reference, [event], landlord, now)


def write(db: Database, reference: str, new: Sequence[Event], landlord: Landlord, now: datetime) -> Case:
    """Add events to a case and to the lists (within the caller's transaction); the case as it then stands."""
    case = events.append(db, reference, new)
    cases.project(db, case, case.next_due(landlord.calendar, landlord.targets))
    return case


def _keep(
    db: Database,
    item: intake.Item,
    reference: str,
    message: Message,
    reading: Reading,
    landlord: Landlord,
    now: datetime,
) -> None:
    messages.save(db, item.id, reference, message)
    messages.save_reading(db, message.id, reading, now)
    if item.source == "mail":
        traces.save(db, item.id, of_message(message))
    of_writer(db, reference, message, landlord, now)


def _join(
    db: Database,
    item: intake.Item,
    match: Match,
    message: Message,
    reading: Reading,
    landlord: Landlord,
    now: datetime,
    told: Told | None,
) -> Outcome:
    before = events.load(db, match.reference)
    if before is None:
        raise LookupError(f"there is no case {match.reference}")
    event = joined(db, before, message, reading, match, landlord, now, MACHINE)
    case = write(db, match.reference, [event], landlord, now)
    _keep(db, item, match.reference, message, reading, landlord, now)
    intake.settle(db, item.id, "joined", now, case_ref=match.reference)
    if post := _what_it_changes(before, case, reading, match):
        say(db, case, post, f"joined:{item.id}", landlord, now, told)
    if match.kind is not JoinedAs.COPY:
        _alarm(db, case, reading, landlord, now)
    return Outcome("joined", match.reference)


def _alarm(db: Database, case: Case, reading: Reading, landlord: Landlord, now: datetime) -> None:
    """Tell leads at once of a possible emergency, once a day of each case: a thread is easily passed over."""
    channel = landlord.leads_channel or landlord.digest_channel
    if Flag.HAZARD_EMERGENCY in reading.flags and channel:
        outbox.put(
            db,
            key=f"emergency:{case.reference}:{local_day(now).isoformat()}",
            kind=outbox.URGENT,
            case_ref=case.reference,
            channel=channel,
            payload=posts.alarm(case).as_json(),
            made_at=now,
        )


def _what_it_changes(before: Case, case: Case, reading: Reading, match: Match) -> posts.Post | None:
    """What has to be said of a message that joined a case; mostly nothing."""
    known = {x.number for x in offers(before)}
    new = next((x for x in offers(case) if x.number not in known), None)
    if new and new.what in (What.STAGE_2, What.ACT):
        return posts.offered(case, new)
    if match.kind in (JoinedAs.COPY, JoinedAs.STAFF):
        return None
    says_more = reading.label is Label.COMPLAINT or (
        reading.decision is Decision.ASK and not case.unconfirmed
    )
    if says_more and (case.closed or case.label is not Label.COMPLAINT):
        return posts.joined(case, reading)
    return None


def quarantine(db: Database, item: intake.Item, landlord: Landlord, now: datetime, why: str) -> Outcome:
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
    stub, reading = countable(stub, reading, landlord, now)
    with writing(db):
        if settled := settled_meanwhile(db, item):
            return settled
        case = open_case(db, stub, reading, landlord, now)
        messages.save(db, item.id, case.reference, stub)
        messages.save_reading(db, stub.id, reading, now)
        intake.settle(db, item.id, "quarantined", now, reason=why, case_ref=case.reference)
        due = case.next_due(landlord.calendar, landlord.targets)
        post = posts.quarantined(case, due, why)
        say(db, case, post, "quarantined", landlord, now, shared_with(db, item))
    return Outcome("quarantined", case.reference, why)


def _case_of_thread(db: Database, told: Told | None) -> str | None:
    """The case of the note, or of our own post, that began the thread this message stands in."""
    if told is None or told.thread_location is None:
        return None
    return intake.case_at(db, told.thread_location) or outbox.case_of_post(db, told.place, told.thread_ts)


def say(
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
        _say_in_thread(db, key, kind, case.reference, post, now, told)
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


def _say_in_thread(
    db: Database, key: str, kind: str, reference: str | None, post: posts.Post, now: datetime, told: Told
) -> None:
    outbox.put(
        db,
        key=key,
        kind=kind,
        case_ref=reference,
        channel=told.place,
        thread_ts=told.thread_ts or told.ts,
        payload=post.as_json(),
        made_at=now,
    )
