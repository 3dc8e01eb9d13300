"""Survey exports taken in: each row is committed as a message of its own before anything is read."""

import io
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from sqlite_utils import Database

from putright.cases.labels import Decision, Flag, Label
from putright.cases.message import Attachment, Message
from putright.cases.reading import Reading
from putright.mailbox import attached
from putright.mailbox.parse import UnreadableMail
from putright.mailbox.survey_export import SUFFIXES, BadExport, Kind, Row, fingerprint, rows
from putright.storage import intake, outbox
from putright.storage.database import writing
from putright.triage.landlord import Landlord
from putright.triage.posts import Post

log = logging.getLogger(__name__)

SOURCE = "survey"
_AT_ONCE = 500
"""Rows in one transaction: a kill costs at most these, and they are read again from the file."""


@dataclass(slots=True)
class Taken:
    """How many rows an export has, and what became of them; `problem` says why it was not read to its end."""

    found: int = 0
    new: int = 0
    without_text: int = 0
    problem: str = ""

    @property
    def words(self) -> str:
        answers = f"{self.found} answer{'' if self.found == 1 else 's'}"
        silent = f", {self.without_text} more without a comment" if self.without_text else ""
        return f"{answers} taken in ({self.new} new){silent}"


def store_rows(
    db: Database, file: BinaryIO, arrived: datetime, columns: Mapping[str, str], taken: Taken
) -> Iterator[int]:
    """Commit the rows of an export and count them in `taken`; gives after each batch how many were read so far.

    A row is known by the file's hash and its number, and is the same row in another file if it says the same. What
    keeps the file from being read to its end is in `taken.problem`; the rows before it are in.
    """
    folder = fingerprint(file)
    found = rows(file, columns)
    while batch := _batch(found, taken):
        with writing(db):
            for row in batch:
                if not row.text:
                    taken.without_text += 1
                    continue
                taken.found += 1
                taken.new += intake.store(
                    db,
                    fingerprint=row.fingerprint,
                    source=SOURCE,
                    location=(SOURCE, folder, 0, str(row.number)),
                    raw=row.encoded(),
                    arrived=arrived,
                )[1]
        yield taken.found + taken.without_text


def _batch(found: Iterator[Row], taken: Taken) -> list[Row]:
    batch: list[Row] = []
    try:
        for row in islice(found, _AT_ONCE):
            batch.append(row)
    except BadExport as error:
        taken.problem = str(error)
    return batch


def exports(message: Message, landlord: Landlord) -> tuple[Attachment, ...]:
    """The exports a mail brings: CSV files from an address that the settings name as a survey's."""
    if not message.sender.address or message.sender.address not in landlord.surveys:
        return ()
    return tuple(
        x for x in message.attachments if x.name.lower().endswith(SUFFIXES) or x.media_type == "text/csv"
    )


def from_mail(
    db: Database, item: intake.Item, message: Message, landlord: Landlord, now: datetime
) -> tuple[str, str]:
    """Commit the rows of the exports that a mail brings. Gives what was taken in, in words, and what was wrong."""
    found = exports(message, landlord)
    files = attached.files(item.raw, {x.sha256 for x in found})
    taken = Taken()
    if len(files) < len({x.sha256 for x in found}):
        raise UnreadableMail("A survey export came with a mail too large to be read; ask for it in parts.")
    for data in files.values():
        for _ in store_rows(
            db, io.BytesIO(data), message.received_at, landlord.surveys[message.sender.address], taken
        ):
            pass
    if not taken.problem:
        _say(db, item, taken, landlord, now)
    return taken.words, taken.problem


def _say(db: Database, item: intake.Item, taken: Taken, landlord: Landlord, now: datetime) -> None:
    with writing(db):
        outbox.put(
            db,
            key=f"survey:{item.fingerprint}",
            kind="survey",
            channel=landlord.mail_channel,
            payload=Post(
                f"A survey export came by mail: {taken.words}.",
                (
                    "Only what a person should look at is posted one by one; `putright cases` lists all of them.",
                ),
            ).as_json(),
            made_at=now,
        )


def goes_unsaid(message: Message, reading: Reading) -> bool:
    """Whether a row of an export is plain survey feedback: thousands of them would drown what needs a person."""
    return (
        any(x.kind == Kind.COMMENT for x in message.fields)
        and reading.label is Label.SURVEY_FEEDBACK
        and reading.decision is Decision.SURE
        and not {Flag.HAZARD_EMERGENCY, Flag.HAZARD_SIGNIFICANT} & set(reading.flags)
    )
