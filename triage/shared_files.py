"""Files shared in Slack: fetched apart from the messages' work, mails taken in as mails, the rest kept by hash."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import PurePath

from sqlite_utils import Database

from putright.cases.events import Event, Kind
from putright.cases.message import Attachment, Message
from putright.mailbox.fingerprint import fingerprint
from putright.mailbox.limits import MESSAGE_BYTES
from putright.storage import attachments, intake, messages, shared_files
from putright.storage.database import writing
from putright.storage.shared_files import Row
from putright.triage.act import act
from putright.triage.landlord import Landlord
from putright.triage.posts import Post
from putright.triage.told import SharedFile, Told, decoded

TRIES = 5
"""After so many a message is taken in without the file, and a person is told."""
PAUSES = (5.0, 15.0, 45.0, 90.0)
"""Seconds between the tries."""
LONGEST_WAIT = 600.0
"""Slack may ask for patience; no case waits longer for it between two tries."""
ALONE = "Only a file came, without a word (attachment only): open it and say what it is."
ACTOR = "putright"
_NOT_FETCHED = "A file could not be fetched; open it in Slack."
_LEFT = "A file was left in Slack."


class NotFetched(Exception):
    """A file is not here: one plain sentence without its name. `again` says whether trying again may help, `wait` how
    many seconds Slack asks to be left alone, `left` that nobody would expect to have it.
    """

    def __init__(self, sentence: str, *, again: bool = False, wait: float = 0, left: bool = False) -> None:
        super().__init__(sentence)
        self.again = again
        self.wait = wait
        self.left = left


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file's bytes, and what Slack said of it at last."""

    file: SharedFile
    data: bytes


Fetch = Callable[[SharedFile], Fetched]
"""Gets one file. Raises NotFetched."""


def is_mail(file: SharedFile) -> bool:
    """Whether it goes the mails' way."""
    kinds = ("message/rfc822", "application/vnd.ms-outlook")
    return PurePath(file.name).suffix.lower() in (".eml", ".msg") or file.media_type in kinds


def limit_of(file: SharedFile, landlord: Landlord) -> int:
    """How many bytes it may have."""
    return MESSAGE_BYTES if is_mail(file) else landlord.attachment_bytes


def fetch_due(db: Database, fetch: Fetch, landlord: Landlord, now: Callable[[], datetime]) -> int:
    """Try each file that is due once. Gives how many messages may go on for it. Raises DatabaseProblem."""
    done = 0
    for row in shared_files.due(db, now()):
        file = SharedFile(**json.loads(row.about))
        twin = shared_files.twin(db, row)
        try:
            _take(db, row, twin or fetch(file), landlord, now())
        except NotFetched as problem:
            if problem.again and row.attempts + 1 < TRIES:
                wait = max(PAUSES[row.attempts], min(problem.wait, LONGEST_WAIT))
                shared_files.tried(db, row, now() + timedelta(seconds=wait), str(problem))
                continue
            shared_files.settle(db, row, "left" if problem.left else "failed", str(problem))
        done += 1
    return done


def _take(db: Database, row: Row, came: Fetched | Row, landlord: Landlord, now: datetime) -> None:
    """Commit a file's bytes: a mail's like those of any mail, found at its place in Slack; once for each file."""
    with writing(db):
        if isinstance(came, Row):
            known = shared_files.KNOWN if came.state == "mail" else ""
            _join_late(db, shared_files.same(db, row, replace(came, reason=known)), landlord, now)
            return
        if not is_mail(came.file):
            _join_late(db, shared_files.keep(db, row, came.data, asdict(came.file)), landlord, now)
            return
        told = decoded(intake.item(db, row.intake_id).raw)
        account, folder, validity, ts = told.location
        mail_id, new = intake.store(
            db,
            fingerprint=fingerprint(came.data),
            source="mail",
            location=(account, folder, validity, f"{ts}/{row.file}"),
            raw=came.data,
            arrived=told.told_at,
        )
        shared_files.is_mail(db, row, mail_id, known=not new)


def _join_late(db: Database, row: Row, landlord: Landlord, now: datetime) -> None:
    """A file whose message was taken in without it belongs to that message at last."""
    item = intake.item(db, row.intake_id)
    message = messages.of_intake(db, row.intake_id)
    if row.state != "kept" or item.state == "stored" or message is None or item.case_ref is None:
        return
    others = tuple(x for x in message.notes if not x.startswith((_NOT_FETCHED, _LEFT)))
    message = with_files(db, row.intake_id, replace(message, attachments=(), notes=others))
    messages.rewrite(db, message)
    attachments.save(db, message.id, message.attachments, {})
    noted = Event(Kind.NOTED, now, ACTOR, {"text": "A file shared with it in Slack was fetched at last."})
    act(db, item.case_ref, landlord, now, lambda _: noted)


def with_files(db: Database, intake_id: int, message: Message) -> Message:
    """The message with the files that came with it, and a note for each that is not here."""
    rows = shared_files.of_message(db, intake_id)
    kept = [_attachment(x) for x in rows if x.state == "kept"]
    notes = [sentence for row in rows if (sentence := _missing(row))]
    return replace(
        message, attachments=(*message.attachments, *kept), notes=(*message.notes, *dict.fromkeys(notes))
    )


def _attachment(row: Row) -> Attachment:
    about = SharedFile(**json.loads(row.about))
    return Attachment(about.name, about.media_type, row.size, row.sha256)


def _missing(row: Row) -> str:
    if row.state == "failed":
        return f"{_NOT_FETCHED} {row.reason}"
    return f"{_LEFT} {row.reason}" if row.state == "left" else ""


def shared_with(db: Database, item: intake.Item) -> Told | None:
    """What a person wrote in Slack when they shared this mail there; None for a mail from a mailbox."""
    row = shared_files.of_mail(db, item.id) if item.source == "mail" else None
    return decoded(intake.item(db, row.intake_id).raw) if row else None


def case_of_mails(db: Database, intake_id: int) -> str | None:
    """The case of the first mail that was shared with a message, or None."""
    mails = [x for x in (_mail(db, row) for row in shared_files.of_message(db, intake_id)) if x]
    return next((x.case_ref for x in mails if x.case_ref), None)


def only_mails(db: Database, intake_id: int) -> bool:
    """Whether all that came with a message were mails that were taken in."""
    rows = shared_files.of_message(db, intake_id)
    return bool(rows) and all(row.state == "mail" for row in rows)


def _mail(db: Database, row: Row) -> intake.Item | None:
    return intake.item(db, row.mail_id) if row.mail_id is not None else None


def what_came_of_it(db: Database, intake_id: int, reference: str | None) -> Post | None:
    """What is said in the thread of what came with a message, where the confirmation of a case does not say it."""
    lines: list[str] = []
    for row in shared_files.of_message(db, intake_id):
        mail = _mail(db, row)
        if mail is None:
            lines.append(_missing(row))
        elif mail.state == "parked":
            lines.append(
                f"The mail was set aside as automatic: {mail.reason}. If it is real: `putright parked real {mail.id}`"
            )
        elif row.reason == shared_files.KNOWN:
            lines.append(f"The mail is known already: it is in {mail.case_ref}.")
        elif mail.state == "joined":
            lines.append(f"The mail joined {mail.case_ref}.")
    said = list(dict.fromkeys(x for x in lines if x))
    if not said:
        return None
    title = f"{reference}: about the files." if reference else "About the files."
    return Post(title, tuple(said), reference or "")
