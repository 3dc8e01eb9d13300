"""The files that came with what people wrote in Slack: each is fetched, taken in as a mail, or left with a reason.

States: `waiting` (to be fetched), `kept` (its bytes are among the attachments), `mail` (it is a mail and was taken in
as one), `left` (it is none to be fetched: too large, deleted, kept elsewhere), `failed` (it could not be fetched).
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlite_utils import Database

from putright.storage import intake
from putright.storage.database import writing
from putright.storage.json_text import json_text

KNOWN = "known"
"""The reason of a file whose mail was here before it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One file of one message. `about` is what Slack said of it, as JSON; `size` in bytes once it is here."""

    intake_id: int
    file: str
    about: str
    state: str
    attempts: int
    reason: str
    sha256: str
    size: int
    mail_id: int | None


_COLUMNS = "intake_id, file, about, state, attempts, reason, sha256, size, mail_id"


def add(db: Database, intake_id: int, file: str, about: dict[str, object]) -> None:
    """Say that a message came with a file; the same again changes nothing (within the caller's transaction)."""
    db.execute(
        "insert or ignore into shared_files (intake_id, place, file, about) "
        "select ?1, count(*), ?2, ?3 from shared_files where intake_id = ?1",
        [intake_id, file, json_text(about)],
    )


def due(db: Database, now: datetime) -> list[Row]:
    """Those to be fetched now, the longest waiting first."""
    return _rows(db, "state = 'waiting' and next_at <= ? order by next_at, intake_id, place", [_stamp(now)])


def waiting(db: Database) -> int:
    """How many are still to be fetched."""
    return int(db.execute("select count(*) from shared_files where state = 'waiting'").fetchone()[0])


def of_message(db: Database, intake_id: int) -> list[Row]:
    """The files of a message, in the order in which they were shared."""
    return _rows(db, "intake_id = ? order by place", [intake_id])


def of_mail(db: Database, mail_id: int) -> Row | None:
    """The file that a mail came as; None for a mail that came by another path first."""
    found = _rows(db, "mail_id = ? and reason != ?", [mail_id, KNOWN])
    return found[0] if found else None


def twin(db: Database, row: Row) -> Row | None:
    """The same file, shared with another message, whose bytes are here already."""
    found = _rows(db, "file = ? and state in ('kept', 'mail') order by intake_id", [row.file])
    return found[0] if found else None


def failed(db: Database) -> list[tuple[Row, intake.Item]]:
    """The files that could not be fetched, newest first, each with the message that it came with."""
    rows = _rows(db, "state = 'failed' order by intake_id desc, place", [])
    return [(row, intake.item(db, row.intake_id)) for row in rows]


def tried(db: Database, row: Row, next_at: datetime, reason: str) -> None:
    """It could not be fetched now; again from `next_at` on."""
    with writing(db):
        db.execute(
            "update shared_files set attempts = attempts + 1, next_at = ?, reason = ? where intake_id = ? and file = ?",
            [_stamp(next_at), reason, row.intake_id, row.file],
        )


def settle(db: Database, row: Row, state: str, reason: str = "") -> None:
    """It is not fetched any more, and why."""
    with writing(db):
        db.execute(
            "update shared_files set state = ?, attempts = attempts + 1, reason = ? where intake_id = ? and file = ?",
            [state, reason, row.intake_id, row.file],
        )


def keep(db: Database, row: Row, data: bytes, about: dict[str, object]) -> Row:
    """Its bytes, among the attachments, once for each content; `about` is what Slack said at last. The row as it is."""
    digest = hashlib.sha256(data).hexdigest()
    with writing(db):
        db.execute(
            "insert or ignore into attachments (sha256, size, bytes) values (?, ?, ?)",
            [digest, len(data), data],
        )
        return same(
            db,
            row,
            replace(row, state="kept", sha256=digest, size=len(data), about=json_text(about), reason=""),
        )


def is_mail(db: Database, row: Row, mail_id: int, *, known: bool) -> Row:
    """It is the mail of that number, which may be `known` by another path (within the caller's transaction)."""
    return same(db, row, replace(row, state="mail", mail_id=mail_id, reason=KNOWN if known else ""))


def same(db: Database, row: Row, as_: Row) -> Row:
    """It came as that one did (within the caller's transaction)."""
    as_ = replace(as_, intake_id=row.intake_id, file=row.file)
    db.execute(
        "update shared_files set state = ?, attempts = attempts + 1, sha256 = ?, size = ?, mail_id = ?, about = ?, "
        "reason = ? where intake_id = ? and file = ?",
        [as_.state, as_.sha256, as_.size, as_.mail_id, as_.about, as_.reason, row.intake_id, row.file],
    )
    return as_


def again(db: Database, row: Row) -> None:
    """Fetch it once more, from the first try on, and as Slack describes it then."""
    with writing(db):
        db.execute(
            "update shared_files set state = 'waiting', attempts = 0, next_at = '', "
            "about = json_set(about, '$.look_up', json('true')) where intake_id = ? and file = ?",
            [row.intake_id, row.file],
        )


def _rows(db: Database, where: str, values: list[object]) -> list[Row]:
    return [Row(*row) for row in db.execute(f"select {_COLUMNS} from shared_files where {where}", values)]


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
