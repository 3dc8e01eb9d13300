"""Mails of one thread, for the tests of joining: a resident, staff who pass on and answer, and strangers."""

from datetime import datetime
from email.utils import format_datetime

from tests.harrowmere import MONDAY

ADA, ADA_AT = "Ada Obi <ada@home.example>", "ada@home.example"
BOX = "complaints@harrowmere.example"
SAM, KIM = "Sam Reed <sam@harrowmere.example>", "Kim Lo <kim@harrowmere.example>"
ROOF = "complaint: The roof still leaks after three visits and nobody rings me back."


def mail(
    ident: str,
    body: str = ROOF,
    *,
    sender: str = ADA,
    to: str = BOX,
    cc: str = "",
    subject: str = "Roof",
    sent: datetime = MONDAY,
    answers: str = "",
    references: str = "",
    kind: str = "text/plain; charset=utf-8",
) -> bytes:
    """One mail with the Message-ID `<ident>`; `answers` and `references` are idents too, apart by spaces."""
    ids = " ".join(f"<{x}>" for x in references.split())
    fields = {
        "From": sender,
        "To": to,
        "Cc": cc,
        "Date": format_datetime(sent),
        "Subject": subject,
        "Message-ID": f"<{ident}>",
        "In-Reply-To": f"<{answers}>" if answers else "",
        "References": ids,
        "MIME-Version": "1.0",
        "Content-Type": kind,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return f"{head}\r\n{body}\r\n".encode()


def forward(
    ident: str,
    body: str = ROOF,
    *,
    by: str = SAM,
    author: str = ADA,
    written: str = "Mon, 23 Nov 2026 at 10:00",
    cover: str = "Please log this.",
    **more: str,
) -> bytes:
    """Staff pass on a mail in the text of theirs."""
    text = (
        f"{cover}\r\n\r\n---------- Forwarded message ---------\r\nFrom: {author}\r\nDate: {written}\r\n"
        f"Subject: Roof\r\nTo: <office@harrowmere.example>\r\n\r\n{body}"
    )
    return mail(ident, text, sender=by, **{"subject": "Fwd: Roof", **more})  # type: ignore[arg-type]


def attached(ident: str, inner: bytes, *, by: str = SAM) -> bytes:
    """Staff pass on a mail as an attachment."""
    text = (
        "--b\r\nContent-Type: text/plain\r\n\r\nPlease log this.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
        f"{inner.decode()}\r\n--b--"
    )
    return mail(ident, text, sender=by, subject="Fwd: Roof", kind='multipart/mixed; boundary="b"')
