"""Text and JSON as a terminal may show them, whatever stands in them."""

import json
from typing import Any

_KEPT = "\n\t\u200c\u200d"
"""Line ends, and the joiners that some scripts need within words."""


def harmless(text: str) -> str:
    """Text from outside as a terminal may show it: control and direction characters become spaces.

    A subject can hold escape sequences that would move the cursor or turn the words around.
    """
    return "".join(x if x.isprintable() or x in _KEPT else " " for x in text)


def one_line(text: str) -> str:
    """The same on one line, runs of blanks as one."""
    return " ".join(harmless(text).split())


def json_text(value: Any, *, indent: int | None = None) -> str:
    """JSON as a terminal may show it: letters of any script as they are, characters that steer it as \\uXXXX."""
    text = json.dumps(value, indent=indent, ensure_ascii=False, default=str)
    if text.isprintable():
        return text
    return "".join(x if x.isprintable() or x == "\n" else json.dumps(x)[1:-1] for x in text)
