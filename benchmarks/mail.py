"""Parsing mail: putright's parser against the standard library's alone, on the demo's inbox and one large mail."""

import contextlib
import email
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from benchmarks.timing import Figure, median_of
from putright.mailbox.parse import UnreadableMail, parse

INBOX = Path(__file__).parents[1] / "bot" / "demo" / "inbox"
STAFF = frozenset({"harrowmere.example"})


def measure() -> Iterator[Figure]:
    """Seconds a mail, over the demo's mails and for one of 30 MB."""
    mails = [path.read_bytes() for path in sorted(INBOX.glob("*.eml"))]
    now = datetime.now(UTC)

    def ours() -> None:
        for raw in mails:
            with contextlib.suppress(UnreadableMail):
                parse(raw, now, STAFF)

    baseline = median_of(lambda: [_walked(raw) for raw in mails], operations=len(mails))
    yield Figure(
        "a mail of the demo's inbox", median_of(ours, operations=len(mails)), "email alone", baseline
    )
    large = _large()
    baseline = median_of(lambda: _walked(large), rounds=3)
    yield Figure(
        "a mail with a 30 MB attachment",
        median_of(lambda: parse(large, now, STAFF), 3),
        "email alone",
        baseline,
    )


def _walked(raw: bytes) -> list[object]:
    return [part.get_payload(decode=True) for part in email.message_from_bytes(raw).walk()]


def _large() -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "photographs"
    message["Date"] = "Mon, 16 Nov 2026 09:00:00 +0000"
    message.set_content("The photographs of the ceiling.")
    message.add_attachment(b"\x00" * 30_000_000, maintype="image", subtype="jpeg", filename="ceiling.jpg")
    return message.as_bytes()
