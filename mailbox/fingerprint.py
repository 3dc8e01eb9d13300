"""What makes a mail itself: one hash that survives double delivery, moves and rewritten line ends."""

import hashlib
from collections.abc import Iterator

from putright.mailbox import headers

_FIELDS = ("message-id", "date", "from", "to", "subject")
_OF_THE_ROAD = frozenset(
    {
        *("received", "return-path", "delivered-to", "envelope-to", "authentication-results", "received-spf"),
        *("dkim-signature", "status", "lines", "content-length"),
    }
)
"""What servers and mailboxes write on a mail: the same mail by two roads differs in it."""
_OF_THE_ROAD_TOO = ("x-", "arc-", "delivery-", "resent-")


def fingerprint(raw: bytes) -> str:
    """SHA-256 (hex) over Message-ID, Date, From, To and Subject, unfolded, and the body (email.md, 7.2 step 3).

    The body counts with LF line ends and without empty lines at its end. Transport headers (Received and the
    like) do not count, so the same mail delivered twice is the same. Without a Message-ID every other field
    counts as well: nothing else then tells two mails of one moment apart. Takes any bytes, mail or not.
    """
    mail = headers.split(raw)
    body = mail.body.replace(b"\r\n", b"\n").replace(b"\r", b"\n").rstrip(b"\n")
    own = () if mail.raw("message-id") else tuple(_own(mail))
    content = b"\n".join([*(mail.raw(name) for name in _FIELDS), *own, b"", body])
    # Dovecot stores a NUL as 0x80; both must give one hash.
    return hashlib.sha256(content.replace(b"\0", b"\x80")).hexdigest()


def _own(mail: headers.Mail) -> Iterator[bytes]:
    """The fields that its writer's program gave it and that are not counted yet."""
    counted: set[str] = set()
    for name, value in mail.fields:
        again = name in counted
        counted.add(name)
        if name in _OF_THE_ROAD or name.startswith(_OF_THE_ROAD_TOO) or (name in _FIELDS and not again):
            continue
        yield name.encode() + b": " + value
