"""Long runs of base64 taken out of a mail before the standard library parses it, and put back where decoded.

The standard library keeps every line of an attachment as an object, several times over; with the runs out of the
way a mail of 40 MB needs little more than its own size.
"""

import base64
import re
import secrets

_LONG = 64 * 1024
_RUN = re.compile(rb"^(?:[A-Za-z0-9+/]{40,100}+={0,2}+\r?\n)++", re.MULTILINE)
"""Possessive: what was matched is never tried again, so runs that nearly are long enough cost no more than others."""
_LINES = 400
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_PIECE = 1024 * 1024


class Runs:
    """The runs of one mail; each leaves a line behind that no sender can guess."""

    def __init__(self, data: bytes) -> None:
        mark = secrets.token_hex(16)
        self._data = data
        self._places: list[tuple[int, int]] = []
        self._mark = f"{mark}-"
        self._marked = re.compile(rf"{mark}-(\d+)\n?".encode())
        self.short = self._without(data) if len(data) > _LONG else data

    def _without(self, data: bytes) -> bytes:
        pieces: list[bytes] = []
        at = 0
        for run in _RUN.finditer(data):
            if data.count(b"\n", *run.span()) < _LINES:
                continue
            pieces += [data[at : run.start()], f"{self._mark}{len(self._places)}\n".encode()]
            self._places.append(run.span())
            at = run.end()
        return b"".join([*pieces, data[at:]]) if pieces else data

    def in_text(self, text: str) -> bool:
        return bool(self._places) and self._mark in text

    def restored(self, text: str) -> bytes:
        """The text with its runs back in place."""
        return self._marked.sub(self._run, text.encode("utf-8", "surrogateescape"))

    def _run(self, mark: re.Match[bytes]) -> bytes:
        start, end = self._places[int(mark[1])]
        return self._data[start:end]


def decoded(data: bytes) -> bytes:
    """Base64 decoded piece by piece, whatever else stands between its characters."""
    pieces: list[bytes] = []
    rest = b""
    for start in range(0, len(data), _PIECE):
        kept = rest + _NO_BASE64.sub(b"", data[start : start + _PIECE])
        whole = len(kept) // 4 * 4
        rest = kept[whole:]
        pieces.append(base64.b64decode(kept[:whole]))
    pieces.append(base64.b64decode(rest + b"=" * (-len(rest) % 4)) if len(rest) > 1 else b"")
    return b"".join(pieces)
