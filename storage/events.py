"""The append-only log of events, each chained by hash to the one before it."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from putright.cases.case import Case, fold
from putright.cases.events import Event, Kind
from putright.storage.database import writing
from putright.storage.errors import StaleView
from putright.storage.json_text import json_text

_GENESIS = "0" * 64


def append(
    db: Database,
    reference: str,
    events: Sequence[Event],
    *,
    expected_version: int | None = None,
) -> Case:
    """Add events to a case and give the case as it then stands.

    `recorded_at` is the time of the connection's own clock, whatever time an act says it happened at.
    With `expected_version`, raises StaleView and writes nothing if the case has changed since it was read.
    """
    with writing(db):
        seq = int(db.execute("select count(*) from events where case_ref = ?", [reference]).fetchone()[0])
        if expected_version is not None and seq != expected_version:
            raise stale(history(db, reference), reference, expected_version)
        last = db.execute("select hash from events order by id desc limit 1").fetchone()
        previous = last[0] if last else _GENESIS
        recorded_at = db.execute("select machine_time()").fetchone()[0]
        for event in events:
            seq += 1
            row = {
                "case_ref": reference,
                "seq": seq,
                "kind": event.kind.value,
                "at": event.at.isoformat(),
                "actor": event.actor,
                "data": json_text(event.data, sort_keys=True),
                "recorded_at": recorded_at,
            }
            digest = _hash(previous, row)
            full = {**row, "previous_hash": previous, "hash": digest}
            db.execute(
                f"insert into events ({', '.join(full)}) values ({', '.join('?' * len(full))})",
                list(full.values()),
            )
            previous = digest
        if events:
            db.execute("insert or replace into heads values (?, ?, ?)", [reference, seq, previous])
        return fold(reference, history(db, reference))


TOLD = 3
"""How many of the changes somebody missed are named; the rest are counted."""


def stale(happened: Sequence[Event], reference: str, seen: int) -> StaleView:
    """What to tell somebody who acts on a case as it stood `seen` events ago: what changed since, and by whom."""
    missed = happened[seen:]
    named = "; ".join(f"{x.kind.value} by {x.actor}" for x in missed[:TOLD])
    more = f"; and {len(missed) - TOLD} more" if len(missed) > TOLD else ""
    what = f" ({named}{more})" if named else ""
    return StaleView(
        f"{reference} was changed by somebody else in the meantime{what}, so nothing was written: look at it again, "
        "then repeat."
    )


def history(db: Database, reference: str) -> list[Event]:
    """A case's events, oldest first; empty when there is no such case."""
    rows = db.execute(
        "select kind, at, actor, data, recorded_at from events where case_ref = ? order by seq", [reference]
    )
    moment = datetime.fromisoformat
    return [Event(Kind(row[0]), moment(row[1]), row[2], json.loads(row[3]), moment(row[4])) for row in rows]


def load(db: Database, reference: str) -> Case | None:
    """The case as its events tell it, or None when there is none."""
    events = history(db, reference)
    return fold(reference, events) if events else None


_CONTENT = ("case_ref", "seq", "kind", "at", "actor", "data", "recorded_at")


def rows(db: Database, reference: str) -> list[dict[str, Any]]:
    """A case's events as they are kept, with their hashes, oldest first."""
    return list(db.query("select * from events where case_ref = ? order by seq", [reference]))


def fits(row: dict[str, Any]) -> bool:
    """Whether an event as it is kept has the content that its hash was made of."""
    return bool(row["hash"] == _hash(row["previous_hash"], {key: row[key] for key in _CONTENT}))


def broken_links(db: Database) -> Iterable[int]:
    """The ids of events whose content or place in the chain does not fit their hash. Ids count up without a gap."""
    previous, last = _GENESIS, 0
    for row in db.query("select * from events order by id"):
        if row["previous_hash"] != previous or row["id"] != last + 1 or not fits(row):
            yield row["id"]
        previous, last = row["hash"], row["id"]


def by_id(db: Database, number: int) -> dict[str, Any]:
    """An event as it is kept, by its place in the whole log."""
    return next(iter(db.query("select * from events where id = ?", [number])))


def cut_off(db: Database) -> list[str]:
    """The references of cases whose newest events were removed, or which were removed whole: what the chain of
    hashes cannot see. Each case's count of events and last hash are kept beside the log and beside the case."""
    kept = {row[0]: row[1:] for row in db.execute("select case_ref, events, hash from heads")}
    found = {
        row[0]: row[1:] for row in db.execute("select case_ref, max(seq), hash from events group by case_ref")
    }
    versions = dict(db.execute("select reference, version from cases").fetchall())
    return sorted(
        x
        for x in kept.keys() | found.keys() | versions.keys()
        if x not in found or kept.get(x) != found[x] or versions.get(x) != found[x][0]
    )


def _hash(previous: str, row: dict[str, object]) -> str:
    text = json.dumps([previous, row], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
