"""What a mail's twin holds: a Message as plain JSON, for comparing and for writing new twins.

`python -m tests.mailbox.twins NAME…` writes twins anew; read each before you keep it.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from putright.cases.message import Message, Person
from putright.mailbox.parse import parse

MAILS = Path(__file__).parent / "mails"
STAFF = frozenset({"harrowmere.example"})
ARRIVED = datetime(2026, 11, 5, 12, 0, tzinfo=UTC)


def read(name: str) -> Message:
    return parse((MAILS / f"{name}.eml").read_bytes(), ARRIVED, STAFF)


def twin(message: Message) -> dict[str, Any]:
    """The message without its id, the empty left out; spans as the texts they mark."""
    facts: dict[str, Any] = {
        "channel": message.channel.value,
        "subject": message.subject,
        "sender": str(message.sender),
        "resident": str(message.resident),
        "forwarded_by": _person(message.forwarded_by),
        "received_at": message.received_at.isoformat(),
        "received_from": message.received_from,
        "message_id": message.message_id,
        "in_reply_to": message.in_reply_to,
        "references": list(message.references),
        "attachments": [[one.name, one.media_type, one.size] for one in message.attachments],
        "hops": [
            {
                "sender": str(hop.sender),
                "date": hop.date.isoformat() if hop.date else hop.date_text,
                "subject": hop.subject,
                "lines": list(hop.lines),
            }
            for hop in message.hops
        ],
        "spans": [[span.kind, message.body[span.start : span.end]] for span in message.spans],
        "notes": list(message.notes),
        "machine_mail": message.machine_mail,
    }
    return {name: value for name, value in facts.items() if value}


def _person(who: Person | None) -> str:
    return str(who) if who else ""


if __name__ == "__main__":
    for name in sys.argv[1:]:
        text = json.dumps(twin(read(name)), indent=2, ensure_ascii=False)
        (MAILS / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
