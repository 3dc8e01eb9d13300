"""JSON as the database keeps it: readable UTF-8, and nothing a message can hold makes it fail."""

import json
from typing import Any


def json_text(value: Any, **options: Any) -> str:
    """`value` as JSON. `options` are those of json.dumps.

    A Slack message or a terminal of another encoding can leave half characters (lone surrogates) in a text,
    which UTF-8 cannot hold: they are written as JSON's own escapes and come back as they were.
    """
    text = json.dumps(value, ensure_ascii=False, **options)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
