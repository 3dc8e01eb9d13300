"""The header block of a mail, cut to size on the raw bytes and decoded one field at a time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header

from putright.mailbox import charsets, limits

_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_NAME = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_CONTROLS = dict.fromkeys((*range(32), 127), " ")
# Kept even where junk in front of them has used up the header block.
_NEEDED = frozenset(
    {
        *("from", "date", "subject", "message-id", "to", "cc", "reply-to", "in-reply-to", "references"),
        *("received", "return-path", "auto-submitted", "precedence"),
        *("content-type", "content-transfer-encoding", "mime-version"),
    }
)
# What shows that a file is a mail. Without any of them, lines like `Note: he rang` are somebody's words.
_KNOWN = frozenset(
    {"from", "to", "date", "subject", "received", "message-id", "mime-version", "content-type"}
)
NO_MAIL = "This has no mail headers, so all of it was read as plain text."


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail cut into header fields (lower-case name, unfolded raw value) and the bytes of its body."""

    fields: tuple[tuple[str, bytes], ...]
    head: bytes
    """The fields as they came, within the limits, without the empty line that ends them."""
    body: bytes
    notes: tuple[str, ...]

    def raw(self, name: str) -> bytes:
        """The first field of that name, as sent; empty when there is none."""
        return next((value for field, value in self.fields if field == name), b"")

    def text(self, name: str) -> str:
        """The first field of that name, decoded; empty when there is none."""
        return decode(self.raw(name))

    def has(self, name: str) -> bool:
        return any(field == name for field, _ in self.fields)


def split(raw: bytes) -> Mail:
    """Cut a mail into fields and body; takes any bytes, and what is no header is body.

    Where no field is one that mails have (RFC 5322, 3.6), all of it is body, and a note says so.
    """
    start = len(raw) - len(raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"))
    fields: list[tuple[str, bytes]] = []
    head: list[bytes] = []
    used, cut, known = 0, False, False
    end = start
    for name, field, end in _fields(raw, start):  # noqa: B007 (the last `end` is where the body starts)
        known = known or name in _KNOWN
        if len(field) > limits.HEADER_FIELD_BYTES:
            field, cut = field[: limits.HEADER_FIELD_BYTES], True
        if used > limits.HEADER_BLOCK_BYTES and (name not in _NEEDED or any(name == f for f, _ in fields)):
            cut = True
            continue
        used += len(field)
        head.append(field.rstrip(b"\r\n"))
        fields.append((name, b" ".join(field.split(b":", 1)[1].split())))
    if not known:
        return Mail((), b"", raw[start:], (NO_MAIL,))
    for newline in (b"\r\n", b"\n", b"\r"):
        if raw.startswith(newline, end):
            end += len(newline)
            break
    body = raw[end:]
    notes = ("Part of the mail's headers was too long and was left out.",) if cut else ()
    return Mail(tuple(fields), b"\n".join(head), body, notes)


def _fields(raw: bytes, start: int) -> Iterator[tuple[str, bytes, int]]:
    """Each header field from `start` on: name, bytes with its folded lines, and where it ends."""
    name, begin, end = "", start, start
    for line in _LINE.finditer(raw, start):
        if line.start() == len(raw):
            break
        found = _NAME.match(raw, line.start(), line.end())
        folded = raw[line.start()] in b" \t"
        if found or not folded:
            if name:
                yield name, raw[begin:end], end
            if found:
                name, begin = found[1].decode("ascii").lower(), line.start()
            elif line.start() == start and raw.startswith((b"From ", b">From "), start):
                name = ""  # the line an mbox puts above each mail
            else:
                return
        end = line.end()
    if name:
        yield name, raw[begin:end], end


def decode(value: bytes) -> str:
    """A field's value as text: encoded words (RFC 2047) decoded, control characters gone, never raises."""
    text, _ = charsets.decode(value)
    if "=?" in text:
        try:
            pieces = decode_header(text)
        except (MessageError, ValueError):
            pieces = [(text, None)]
        text = "".join(
            piece if isinstance(piece, str) else charsets.decode(piece, charset or "")[0]
            for piece, charset in pieces
        )
    return " ".join(text.translate(_CONTROLS).split())
