"""What makes a mail itself: one hash that survives double delivery, moves and rewritten line ends."""

import hashlib

from putright.mailbox import headers

_FIELDS = ("message-id", "date", "from", "to", "subject")


def fingerprint(raw: bytes) -> str:
    """SHA-256 (hex) over Message-ID, Date, From, To and Subject, unfolded, and the body (email.md, 7.2 step 3).

    The body counts with LF line ends and without empty lines at its end. Transport headers (Received and the
    like) do not count, so the same mail delivered twice is the same. Takes any bytes, mail or not.
    """
    mail = headers.split(raw)
    body = mail.body.replace(b"\r\n", b"\n").replace(b"\r", b"\n").rstrip(b"\n")
    content = b"\n".join([*(mail.raw(name) for name in _FIELDS), b"", body])
    # Dovecot stores a NUL as 0x80; both must give one hash.
    return hashlib.sha256(content.replace(b"\0", b"\x80")).hexdigest()
