"""The mails of an mbox file, cut apart at its separator lines and read one at a time."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from putright.mailbox import limits

_DATED = re.compile(
    rb"From .{0,300}(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec).{0,12} \d{1,2}:\d\d", re.IGNORECASE
)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_HEADER = re.compile(rb"[!-9;-~]{1,200}[ \t]*:")
_LINE = 64 * 1024


class NoMbox(Exception):
    """The file does not begin as an mbox does, with a `From ` line."""


def mails(file: BinaryIO) -> Iterator[bytes]:
    """Each mail in a file opened for reading bytes, `>From ` lines put right (mboxrd: one `>` taken off).

    Of a mail larger than `limits.MESSAGE_BYTES` the bytes beyond, less one, are left out. Raises NoMbox.
    """
    first = file.readline(_LINE)
    while first and not first.strip():
        first = file.readline(_LINE)
    if not first:
        return
    if not first.startswith(b"From "):
        raise NoMbox
    # A letter may have a line that begins with "From": a separator shows a date, or (few programs) stands
    # between an empty line and a header.
    dated = bool(_DATED.match(first))
    held: list[bytes] = []
    size = 0
    whole, empty = first.endswith(b"\n"), False
    line = file.readline(_LINE)
    while line:
        following = None
        if whole and line.startswith(b"From "):
            following = file.readline(_LINE)
            if _DATED.match(line) if dated else empty and _HEADER.match(following):
                yield _mail(held)
                held, size = [], 0
                whole, empty = line.endswith(b"\n"), False
                line = following
                continue
        if size <= limits.MESSAGE_BYTES:
            held.append(line)
            size += len(line)
        empty = whole and not line.strip(b"\r\n")
        whole = line.endswith(b"\n")
        line = file.readline(_LINE) if following is None else following
    yield _mail(held)


def _mail(lines: list[bytes]) -> bytes:
    raw = b"".join(lines)
    for newline in (b"\r\n", b"\n"):
        if raw.endswith(newline * 2):  # the empty line above the next separator
            raw = raw[: -len(newline)]
            break
    return _QUOTED.sub(rb"\1", raw)[: limits.MESSAGE_BYTES + 1]
