"""A person says that what was set aside is real: it goes the way of any other message."""

import logging
from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from putright.cases.errors import Refused
from putright.cases.events import Event, Kind
from putright.cases.message import Message
from putright.mailbox.parse import UnreadableMail
from putright.storage import attachments, intake, messages, traces
from putright.storage.database import writing
from putright.triage import posts
from putright.triage.keep_files import files_of
from putright.triage.landlord import Landlord
from putright.triage.settle import (
    Outcome,
    Reads,
    countable,
    opening,
    read,
    say,
    settle,
    settled_meanwhile,
    write,
)
from putright.triage.shared_files import with_files
from putright.triage.take_in import ParseMail, in_this_process, parsed
from putright.triage.threads import traces as of_message

log = logging.getLogger(__name__)


def take_as_real(
    db: Database,
    intake_id: int,
    by: str,
    reader: Reads,
    landlord: Landlord,
    now: datetime,
    parse_mail: ParseMail = in_this_process,
) -> Outcome:
    """Take in a parked mail as a message; read one in quarantine anew, into the stub case that it has.

    Raises Refused when it is neither, or still cannot be read (nothing is changed then); LookupError when there is
    no such number.
    """
    item = intake.item(db, intake_id)
    if item.state not in ("parked", "quarantined"):
        raise Refused(f"Number {intake_id} is not parked: it was {item.state}.")
    try:
        told, message = parsed(item, landlord, parse_mail)
    except UnreadableMail as error:
        raise _unreadable(item, str(error)) from error
    except Exception as error:
        log.exception("message %d could not be read again (%s)", intake_id, type(error).__name__)
        raise _unreadable(item, f"Reading it failed ({type(error).__name__}).") from error
    if told is not None and told.files and item.state == "quarantined":
        message = with_files(db, intake_id, message)
    if message.machine_mail:
        note = f"It was parked ({message.machine_mail}); {by} said that it is real."
        message = replace(message, machine_mail="", notes=(*message.notes, note))
    if item.state == "parked":
        return settle(db, item, told, message, reader, landlord, now)
    return _into_its_case(db, item, message, by, reader, landlord, now)


def _unreadable(item: intake.Item, why: str) -> Refused:
    kept = f"{item.case_ref} keeps its place" if item.case_ref else "It stays parked"
    return Refused(
        f"Number {item.id} still cannot be read: {why} {kept}; `putright parked show {item.id}` prints the original."
    )


def _into_its_case(
    db: Database,
    item: intake.Item,
    message: Message,
    by: str,
    reader: Reads,
    landlord: Landlord,
    now: datetime,
) -> Outcome:
    """The stub becomes the message; what happened on the case so far stays, and a person's label wins."""
    reference = item.case_ref or ""
    message = replace(message, id=item.fingerprint)
    message, reading = countable(message, read(reader, message, item.id), landlord, now)
    files = files_of(db, item, message, landlord)
    with writing(db):
        if settled := settled_meanwhile(db, item):
            return settled
        attachments.save(db, message.id, message.attachments, files)
        case = write(db, reference, [Event(Kind.READ, now, by, opening(message, reading))], landlord, now)
        due = case.next_due(landlord.calendar, landlord.targets)
        messages.rewrite(db, message)
        traces.save(db, item.id, of_message(message))
        messages.save_reading(db, message.id, reading, now)
        intake.settle(db, item.id, "logged", now, case_ref=reference)
        say(db, case, posts.confirmation(case, reading, due), "confirmation", landlord, now, None)
    return Outcome("logged", reference)
