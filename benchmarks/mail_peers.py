"""What reads a mail in the benchmark: putright, the standard library alone, and quotequail on top of it.

Run as a program (`python -m benchmarks.mail_peers NAME FILE…`) it reads the files in a fresh process and says, as JSON,
how many seconds a mail took and how much memory the process held before and at its peak.
"""

import contextlib
import email
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.message import Message
from pathlib import Path

from benchmarks.child import peak

ARRIVED = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
STAFF = frozenset({"harrowmere.example"})
ROUNDS, MOST_SECONDS = 5, 20.0

Read = Callable[[bytes], object]


def _ours() -> Read:
    from putright.mailbox.parse import UnreadableMail, parse

    def read(raw: bytes) -> object:
        with contextlib.suppress(UnreadableMail):
            return parse(raw, ARRIVED, STAFF)
        return None

    return read


def _standard_library() -> Read:
    def read(raw: bytes) -> object:
        return [part.get_payload(decode=True) for part in email.message_from_bytes(raw).walk()]

    return read


def _quotequail() -> Read:
    import quotequail

    def read(raw: bytes) -> object:
        text, html = _text(email.message_from_bytes(raw))
        return quotequail.unwrap_html(text) if html else quotequail.unwrap(text)

    return read


def _text(mail: Message) -> tuple[str, bool]:
    """The first plain text of a mail, else its first HTML, and whether it is that; every part is decoded."""
    found: dict[str, str] = {}
    for part in mail.walk():
        data = part.get_payload(decode=True)
        if part.get_content_maintype() == "text" and isinstance(data, bytes):
            found.setdefault(part.get_content_subtype(), data.decode("utf-8", "replace"))
    return (found["plain"], False) if "plain" in found else (found.get("html", ""), "html" in found)


PEERS: dict[str, Callable[[], Read]] = {
    "putright": _ours,
    "email alone": _standard_library,
    "email and quotequail": _quotequail,
}


def main() -> None:
    name, *files = sys.argv[1:]
    read = PEERS[name]()
    mails = [Path(file).read_bytes() for file in files]
    if len(mails) > 1:
        read(mails[0])
    before = peak(os.getpid())
    print(json.dumps({"seconds": _seconds(read, mails), "before": before, "peak": peak(os.getpid())}))  # noqa: T201


def _seconds(read: Read, mails: Sequence[bytes]) -> float:
    """Seconds a mail, in the best of a few rounds: what disturbs a machine only ever adds."""
    best, end = float("inf"), time.perf_counter() + MOST_SECONDS
    for _ in range(ROUNDS if len(mails) > 1 else 1):
        start = time.perf_counter()
        for raw in mails:
            read(raw)
        best = min(best, (time.perf_counter() - start) / len(mails))
        if time.perf_counter() > end:
            break
    return best


if __name__ == "__main__":
    main()
