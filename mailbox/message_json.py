"""A Message as JSON and back, for the pipe between the program and the child process that reads mail."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from putright.cases.labels import Channel
from putright.cases.message import Attachment, FormField, Hop, Message, Person, Span


def dumps(message: Message) -> bytes:
    """The whole message as one JSON object; moments in ISO 8601."""
    return json.dumps(asdict(message), default=_plain, ensure_ascii=False).encode("utf-8", "surrogatepass")


def loads(data: bytes) -> Message:
    """The message that `dumps` wrote."""
    facts: dict[str, Any] = json.loads(data.decode("utf-8", "surrogatepass"))
    forwarded_by = facts["forwarded_by"]
    return Message(
        **{
            **facts,
            "channel": Channel(facts["channel"]),
            "sender": Person(**facts["sender"]),
            "resident": Person(**facts["resident"]),
            "forwarded_by": Person(**forwarded_by) if forwarded_by else None,
            "received_at": datetime.fromisoformat(facts["received_at"]),
            "references": tuple(facts["references"]),
            "attachments": tuple(Attachment(**one) for one in facts["attachments"]),
            "spans": tuple(Span(**one) for one in facts["spans"]),
            "hops": tuple(_hop(one) for one in facts["hops"]),
            "notes": tuple(facts["notes"]),
            "fields": tuple(FormField(**one) for one in facts.get("fields", ())),
            "to": tuple(facts.get("to", ())),
            "sent_at": datetime.fromisoformat(facts["sent_at"]) if facts.get("sent_at") else None,
            "inner_ids": tuple(facts.get("inner_ids", ())),
        }
    )


def _hop(facts: dict[str, Any]) -> Hop:
    date = datetime.fromisoformat(facts["date"]) if facts["date"] else None
    first, last = facts["lines"]
    return Hop(**{**facts, "sender": Person(**facts["sender"]), "date": date, "lines": (first, last)})


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value)}")
