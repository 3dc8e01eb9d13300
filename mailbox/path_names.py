"""Names of files as text that can be stored and shown: a system may hold names that are no UTF-8."""

import os
import re
from pathlib import Path

_ESCAPE = re.compile(rb"\\(?:\\|x([89a-f][0-9a-f]))")


def escaped(path: Path | str) -> str:
    """A path as UTF-8 text: each byte that is none as \\xNN, and then a backslash as two; other paths as they are."""
    name = os.fsencode(path)
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name.replace(b"\\", rb"\\").decode(errors="backslashreplace")


def unescaped(name: str) -> str:
    """The name, as the system gives it, that `escaped` made this text of, where it escaped anything."""
    return os.fsdecode(
        _ESCAPE.sub(lambda m: bytes.fromhex(m[1].decode()) if m[1] else b"\\", os.fsencode(name))
    )
