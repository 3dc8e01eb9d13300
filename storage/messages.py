"""Messages and their readings, kept whole as JSON beside the columns that are searched."""

import dataclasses
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from sqlite_utils import Database

from putright.cases.labels import Channel, Decision, Flag, Label, Mark, Role, ServiceArea
from putright.cases.message import Attachment, FormField, Hop, Message, Person, Span
from putright.cases.reading import Evidence, Reading, RuleHit, Sentence
from putright.storage import events
from putright.storage.json_text import json_text


def save(db: Database, intake_id: int, case_ref: str | None, message: Message) -> None:
    """Write a message (within the caller's transaction); one intake row makes at most one."""
    received = message.received_at.astimezone(UTC).isoformat()
    db.execute(
        "insert into messages (id, intake_id, case_ref, channel, received_at, data) values (?, ?, ?, ?, ?, ?)",
        [message.id, intake_id, case_ref, message.channel.value, received, _dumps(message)],
    )


def rewrite(db: Database, message: Message) -> None:
    """Put what was read at last in the place of a stub of the same id (within the caller's transaction)."""
    db.execute(
        "update messages set channel = ?, received_at = ?, data = ? where id = ?",
        [
            message.channel.value,
            message.received_at.astimezone(UTC).isoformat(),
            _dumps(message),
            message.id,
        ],
    )


def move(db: Database, message_id: str, reference: str) -> int:
    """Make it a message of another case (within the caller's transaction). Gives its intake id."""
    row = db.execute(
        "update messages set case_ref = ? where id = ? returning intake_id", [reference, message_id]
    ).fetchone()
    return int(row[0])


def save_reading(db: Database, message_id: str, reading: Reading, at: datetime) -> None:
    """Write one more reading of a message; earlier ones stay."""
    db.execute(
        "insert into readings (message_id, at, label, decision, model, data) values (?, ?, ?, ?, ?, ?)",
        [
            message_id,
            at.isoformat(),
            reading.label.value,
            reading.decision.value,
            reading.model,
            _dumps(reading),
        ],
    )


def of_case(db: Database, reference: str) -> list[Message]:
    """A case's messages, in the order they were received; also those it shares with a case split from it or merged."""
    case = events.load(db, reference)
    shared = case.messages if case else ()
    rows = db.execute(
        f"select data from messages where case_ref = ? or id in ({', '.join('?' * len(shared))}) "
        "order by received_at, id",
        [reference, *shared],
    )
    return [_message(json.loads(row[0])) for row in rows]


def latest_reading(db: Database, message_id: str) -> Reading | None:
    """The newest reading of a message, or None."""
    row = db.execute(
        "select data from readings where message_id = ? order by id desc limit 1", [message_id]
    ).fetchone()
    return _reading(json.loads(row[0])) if row else None


def intake_of(db: Database, message_id: str) -> int | None:
    """The number under which a message came in, or None."""
    row = db.execute("select intake_id from messages where id = ?", [message_id]).fetchone()
    return int(row[0]) if row else None


def of_intake(db: Database, intake_id: int) -> Message | None:
    """The message that came in under a number, or None."""
    row = db.execute("select data from messages where intake_id = ?", [intake_id]).fetchone()
    return _message(json.loads(row[0])) if row else None


def case_of(db: Database, message_id: str) -> str | None:
    """The case a message belongs to, or None."""
    row = db.execute("select case_ref from messages where id = ?", [message_id]).fetchone()
    return row[0] if row else None


def _dumps(value: Any) -> str:
    return json_text(value, default=_plain)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {x.name: getattr(value, x.name) for x in dataclasses.fields(value)}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"no JSON for {type(value)}")


def _person(data: dict[str, str] | None) -> Person | None:
    return Person(**data) if data else None


def _message(data: dict[str, Any]) -> Message:
    return Message(
        **{
            **data,
            "channel": Channel(data["channel"]),
            "sender": Person(**data["sender"]),
            "resident": Person(**data["resident"]),
            "forwarded_by": _person(data["forwarded_by"]),
            "received_at": datetime.fromisoformat(data["received_at"]),
            "references": tuple(data["references"]),
            "attachments": tuple(Attachment(**x) for x in data["attachments"]),
            "spans": tuple(Span(**x) for x in data["spans"]),
            "hops": tuple(
                Hop(
                    **{
                        **x,
                        "sender": Person(**x["sender"]),
                        "date": datetime.fromisoformat(x["date"]) if x["date"] else None,
                        "lines": tuple(x["lines"]),
                    }
                )
                for x in data["hops"]
            ),
            "notes": tuple(data["notes"]),
            "fields": tuple(FormField(**one) for one in data.get("fields", ())),
            "to": tuple(data.get("to", ())),
            "sent_at": datetime.fromisoformat(data["sent_at"]) if data.get("sent_at") else None,
            "inner_ids": tuple(data.get("inner_ids", ())),
        }
    )


def _reading(data: dict[str, Any]) -> Reading:
    return Reading(
        **{
            **data,
            "label": Label(data["label"]),
            "probabilities": {Label(k): v for k, v in data["probabilities"].items()},
            "decision": Decision(data["decision"]),
            "reasons": tuple(data["reasons"]),
            "service_area": ServiceArea(data["service_area"]),
            "flags": tuple(Flag(x) for x in data["flags"]),
            "issues": tuple(data["issues"]),
            "outcomes": tuple(data["outcomes"]),
            "sentences": tuple(Sentence(**{**x, "role": Role(x["role"])}) for x in data["sentences"]),
            "rules": tuple(RuleHit(**x) for x in data["rules"]),
            "evidence": tuple(Evidence(**x) for x in data["evidence"]),
            "marks": tuple(Mark(x) for x in data.get("marks", ())),
        }
    )
