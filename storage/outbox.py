"""What must be said and has not been yet: claimed, said, and marked sent only when it is confirmed."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from putright.storage.database import path_of, writing
from putright.storage.errors import in_plain_words
from putright.storage.json_text import json_text

CLAIM_SECONDS = 60
"""A claim that was never confirmed (the program died) expires after this; saying a thing twice beats never."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to say, already claimed. `thread_ts` is Slack's id of the message it answers, or empty."""

    id: int
    key: str
    kind: str
    case_ref: str | None
    channel: str
    thread_ts: str
    payload: Mapping[str, Any]
    attempts: int


def put(
    db: Database,
    *,
    key: str,
    kind: str,
    channel: str,
    payload: Mapping[str, Any],
    made_at: datetime,
    case_ref: str | None = None,
    thread_ts: str = "",
    thread_key: str = "",
) -> bool:
    """Add something to say (within the caller's transaction). False when `key` was said or queued before.

    `thread_key` is the key of another row: this one waits for it and answers in its thread.
    """
    done = db.execute(
        "insert or ignore into outbox (key, kind, case_ref, channel, thread_ts, thread_key, payload, made_at) "
        "values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            key,
            kind,
            case_ref,
            channel,
            thread_ts,
            thread_key,
            json_text(payload),
            _stamp(made_at),
        ],
    )
    return done.rowcount == 1


def knows(db: Database, key: str) -> bool:
    """Whether something of that key was queued before, said or not."""
    return bool(db.execute("select 1 from outbox where key = ?", [key]).fetchone())


def case_of_post(db: Database, channel: str, ts: str) -> str | None:
    """The case that a post of ours is about, or None."""
    row = db.execute(
        "select case_ref from outbox where channel = ? and ts = ? and ts != ''", [channel, ts]
    ).fetchone()
    return row[0] if row else None


def moved(db: Database, case_ref: str, version: int, *, every_post: bool = False) -> None:
    """A case is another now (within the caller's transaction): its posts that show how it stands are redrawn.

    `every_post` redraws whatever was said of it.
    """
    kinds = "" if every_post else f"and kind in ({', '.join('?' * len(STANDING))})"
    db.execute(
        f"update outbox set redraw = ? where case_ref = ? {kinds}",
        [version, case_ref, *(() if every_post else STANDING)],
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """A post that was said and shows its case as it no longer is. `version` is the case's that it has to show."""

    id: int
    kind: str
    case_ref: str
    channel: str
    ts: str
    payload: Mapping[str, Any]
    version: int


def to_redraw(db: Database, now: datetime, busy: Collection[str] = ()) -> Drawn | None:
    """The oldest post that shows its case as it no longer is, not in the channels `busy`; or None."""
    row = db.execute(
        f"select {_DRAWN} from outbox where redraw > 0 and state = 'sent' and ts != '' "
        "and (claimed_until is null or claimed_until <= ?) "
        f"and channel not in ({', '.join('?' * len(busy))}) order by id limit 1",
        [_stamp(now), *busy],
    ).fetchone()
    return _drawn(row)


def post_at(db: Database, channel: str, ts: str) -> Drawn | None:
    """The post about a case that stands there, or None."""
    row = db.execute(
        f"select {_DRAWN} from outbox where channel = ? and ts = ? and ts != '' and case_ref is not null",
        [channel, ts],
    ).fetchone()
    return _drawn(row)


def _drawn(row: tuple[Any, ...] | None) -> Drawn | None:
    return Drawn(row[0], row[1], row[2], row[3], row[4], json.loads(row[5]), row[6]) if row else None


def redrawn(db: Database, row_id: int, version: int) -> None:
    """A post shows its case as it stood at that version (or cannot be made to)."""
    with writing(db):
        db.execute("update outbox set redraw = 0 where id = ? and redraw <= ?", [row_id, version])


def redraw_later(db: Database, row_id: int, retry_at: datetime) -> None:
    """A post could not be redrawn now."""
    with writing(db):
        db.execute("update outbox set claimed_until = ? where id = ?", [_stamp(retry_at), row_id])


_DRAWN = "id, kind, case_ref, channel, ts, payload, redraw"
URGENT = "emergency"
"""The kind of post that is said before all others."""
STANDING = ("confirmation", "quarantined", URGENT)
"""The kinds of posts that show how a case stands."""

_READY = (
    "from outbox o left join outbox t on t.key = o.thread_key and t.state = 'sent' "
    "where o.state != 'sent' and (o.claimed_until is null or o.claimed_until <= ?) "
    "and (o.thread_key = '' or t.id is not null)"
)
"""What may be said now: not said, not claimed by another, and not waiting for its thread's first."""


def claim(db: Database, now: datetime, busy: Collection[str] = ()) -> Row | None:
    """Claim the oldest thing that can be said now, an emergency first, or None.

    A row in a thread waits for the thread's first.
    Nothing is claimed for the channels in `busy`.
    """
    with in_plain_words(path_of(db)):
        if not claimable(db, now):  # asked many times a second: the write lock only when there is something
            return None
    with writing(db):
        row = db.execute(
            "select o.id, o.key, o.kind, o.case_ref, o.channel, "
            "case when o.thread_key = '' then o.thread_ts else coalesce(t.ts, '') end, o.payload, o.attempts "
            f"{_READY} and o.channel not in ({', '.join('?' * len(busy))}) "
            f"order by o.kind = '{URGENT}' desc, o.id limit 1",
            [_stamp(now), *busy],
        ).fetchone()
        if row is None:
            return None
        until = now.astimezone(UTC) + timedelta(seconds=CLAIM_SECONDS)
        db.execute(
            "update outbox set state = 'claimed', claimed_until = ?, attempts = attempts + 1 where id = ?",
            [_stamp(until), row[0]],
        )
    return Row(row[0], row[1], row[2], row[3], row[4], row[5], json.loads(row[6]), row[7] + 1)


def claimable(db: Database, now: datetime) -> bool:
    """Whether anything could be said now if its channel were free."""
    return bool(db.execute(f"select 1 {_READY} limit 1", [_stamp(now)]).fetchone())


def sent(db: Database, row_id: int, now: datetime, ts: str = "") -> None:
    """It was said and confirmed; `ts` is the id it got."""
    with writing(db):
        db.execute(
            "update outbox set state = 'sent', sent_at = ?, ts = ?, claimed_until = null, last_error = '' where id = ?",
            [_stamp(now), ts, row_id],
        )


def failed(db: Database, row_id: int, error: str, retry_at: datetime) -> None:
    """It could not be said; it is tried again from `retry_at` on. `error` holds no personal detail."""
    with writing(db):
        db.execute(
            "update outbox set state = 'waiting', claimed_until = ?, last_error = ? where id = ?",
            [_stamp(retry_at), error, row_id],
        )


def _stamp(moment: datetime) -> str:
    """A moment as the table keeps it: always UTC, so that text compares as time does."""
    return moment.astimezone(UTC).isoformat()


def unsent(db: Database) -> int:
    """How many things still wait to be said."""
    return int(db.execute("select count(*) from outbox where state != 'sent'").fetchone()[0])
