"""Attachments: each file once, by its SHA-256, and which messages came with it."""

from collections.abc import Mapping, Sequence

from sqlite_utils import Database

from putright.cases.message import Attachment


def save(
    db: Database, message_id: str, attachments: Sequence[Attachment], files: Mapping[str, bytes]
) -> None:
    """Write what came with a message (within the caller's transaction): its hashes, and the bytes of `files`.

    `files` are by hash; a hash without bytes is kept all the same, and so are bytes that another message brought.
    """
    for number, attachment in enumerate(attachments, 1):
        data = files.get(attachment.sha256)
        if data is not None:
            db.execute(
                "insert or ignore into attachments (sha256, size, bytes) values (?, ?, ?)",
                [attachment.sha256, len(data), data],
            )
        db.execute(
            "insert or replace into message_attachments (message_id, number, sha256) values (?, ?, ?)",
            [message_id, number, attachment.sha256],
        )


def data(db: Database, sha256: str) -> bytes | None:
    """The bytes of an attachment, or None when only its hash was kept."""
    row = db.execute("select bytes from attachments where sha256 = ?", [sha256]).fetchone()
    return bytes(row[0]) if row else None


def kept(db: Database, hashes: Sequence[str]) -> set[str]:
    """Those of the hashes whose bytes are here."""
    return {
        digest
        for digest in hashes
        if db.execute("select 1 from attachments where sha256 = ?", [digest]).fetchone()
    }
