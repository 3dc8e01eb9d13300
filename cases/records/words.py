"""Pieces of the sentences in which records are told."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from putright.cases.working_days import in_words


def day_of(data: Mapping[str, Any], key: str, before: str = "on ") -> str:
    """`on Fri 27 Nov 2026`, or nothing."""
    return f"{before}{in_words(date.fromisoformat(data[key]))}" if data.get(key) else ""


def with_more(sentence: str, data: Mapping[str, Any], *keys: str) -> str:
    """The sentence, with further particulars behind a colon where there are any."""
    more = "; ".join(str(data[key]).rstrip(".") for key in keys if data.get(key))
    return f"{sentence}: {more}." if more else f"{sentence}."
