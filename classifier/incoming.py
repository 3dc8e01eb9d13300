"""Records to be read, one JSON object a line: what a line must hold, and what is wrong with one that does not."""

import json
from dataclasses import dataclass

from putright.cases.labels import Channel

CHANNELS = tuple(channel.value for channel in Channel)


@dataclass(frozen=True, slots=True)
class Incoming:
    """What `classify` reads of a record."""

    id: str
    subject: str
    body: str
    channel: str


class BadLineError(Exception):
    """A line is not a record; the message is one plain sentence."""


def parse(line: str, number: int) -> Incoming:
    """The record on a line; `text` may stand for `body`.

    Without `id` it gets its line number, without `channel` it is an e-mail.
    """
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError):
        raise BadLineError("The line is not JSON.") from None
    if not isinstance(raw, dict):
        raise BadLineError("The line is not a JSON object.")
    body = raw.get("body", raw.get("text"))
    if body is None:
        raise BadLineError("The record has neither `body` nor `text`.")
    if not isinstance(body, str):
        raise BadLineError(f"The record's `{'body' if 'body' in raw else 'text'}` is not text.")
    subject, channel = raw.get("subject"), raw.get("channel", "email")
    if subject is not None and not isinstance(subject, str):
        raise BadLineError("The record's `subject` is not text.")
    if channel not in CHANNELS:
        raise BadLineError(f"The record's `channel` is none of {', '.join(CHANNELS)}.")
    identity = raw.get("id")
    return Incoming(str(number) if identity is None else str(identity), subject or "", body, channel)
