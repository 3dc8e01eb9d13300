"""Taking in: bytes are committed first, then each becomes a case, joins one, is parked, or is put before a person.

Every message that is neither machine mail nor a duplicate becomes a case or joins one, whatever its label.
"""

import contextlib
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import datetime

from sqlite_utils import Database

from putright.cases.labels import Channel
from putright.cases.message import Message
from putright.mailbox import survey_export
from putright.mailbox.child import ReaderStopped
from putright.mailbox.fingerprint import fingerprint
from putright.mailbox.parse import UnreadableMail, parse
from putright.mailbox.source import RawMail
from putright.storage import claims, intake, shared_files
from putright.storage.database import writing
from putright.storage.errors import DatabaseProblem
from putright.triage import survey
from putright.triage.landlord import Landlord
from putright.triage.settle import Outcome, Reads, quarantine, settle
from putright.triage.told import Told, decoded

log = logging.getLogger(__name__)

LOOK_AGAIN_SECONDS = 0.05
"""How often a message that another process works on is looked at again."""


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
    """Commit what a person said and which files came with it. Gives its intake id and whether it was new."""
    with writing(db):
        intake_id, new = intake.store(
            db,
            fingerprint=told.fingerprint,
            source=told.source,
            location=told.location,
            raw=told.encoded(),
            arrived=told.told_at,
        )
        for file in told.files if new else ():
            shared_files.add(db, intake_id, file.id, asdict(file))
    return intake_id, new


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
    """Process all that waits, oldest first. One message's fault never stops the next, and what another process has
    in hand is left to it.
    """
    seen: set[int] = set()
    while fresh := [x for x in intake.waiting(db) if x not in seen]:  # a mail may bring a survey's rows
        for intake_id in fresh:
            seen.add(intake_id)
            yield process_until_settled(db, intake_id, reader, landlord, now(), parse_mail)


def process_until_settled(
    db: Database,
    intake_id: int,
    reader: Reads,
    landlord: Landlord,
    now: datetime,
    parse_mail: ParseMail = in_this_process,
    *,
    wait_seconds: float = 0,
) -> Outcome:
    """Process one message; a fault is tried again, three times in all. One that another process has in hand is
    waited for, `wait_seconds` at most; then the outcome is `claimed`.
    """
    until = time.monotonic() + wait_seconds
    while not (outcome := process(db, intake_id, reader, landlord, now, parse_mail)).settled:
        if outcome.state == "claimed":
            if time.monotonic() >= until:
                break
            time.sleep(LOOK_AGAIN_SECONDS)
    return outcome


def process(
    db: Database,
    intake_id: int,
    reader: Reads,
    landlord: Landlord,
    now: datetime,
    parse_mail: ParseMail = in_this_process,
) -> Outcome:
    """Make of one message what it is to be. One that is settled, or that another process works on, is left alone.

    Raises DatabaseProblem; then the message waits as before, and the attempt does not count.
    """
    attempt = claims.claim(db, intake_id)
    item = intake.item(db, intake_id)
    if attempt is None:
        return Outcome("claimed" if item.state == "stored" else item.state, item.case_ref, item.reason)
    counts = False
    try:
        if attempt > intake.MAX_ATTEMPTS:
            return quarantine(db, item, landlord, now, "Reading it failed three times.")
        told, message = parsed(item, landlord, parse_mail)
        if survey.exports(message, landlord):
            said, problem = survey.from_mail(db, item, message, landlord, now)
            if problem:
                return quarantine(db, item, landlord, now, problem)
            message = replace(message, machine_mail=f"a survey export: {said}")
        if not message.machine_mail:
            return settle(db, item, told, message, reader, landlord, now)
        with writing(db):
            intake.settle(db, intake_id, "parked", now, reason=message.machine_mail)
        return Outcome("parked", reason=message.machine_mail)
    except ReaderStopped as error:
        counts = True
        log.warning("message %d: %s", intake_id, error)
    except UnreadableMail as error:
        return quarantine(db, item, landlord, now, str(error))
    except DatabaseProblem:
        raise
    except Exception as error:
        # The boundary of "one bad message never stops the inbox": whatever it was, it is counted and shown.
        counts = True
        log.exception("message %d could not be taken in (%s)", intake_id, type(error).__name__)
    finally:
        with contextlib.suppress(DatabaseProblem):  # then the claim expires by itself
            claims.release(db, intake_id, counted=counts)
    return Outcome("stored")


def parsed(item: intake.Item, landlord: Landlord, parse_mail: ParseMail) -> tuple[Told | None, Message]:
    """What came in as a message, and as it was told if it is no mail. Raises UnreadableMail."""
    if item.source == "mail":
        return None, parse_mail(item.raw, item.arrived, landlord.staff_domains, landlord.senders)
    if item.source == survey.SOURCE:
        return None, survey_export.decoded(item.raw).message(item.arrived)
    told = decoded(item.raw)
    return told, told.message()
