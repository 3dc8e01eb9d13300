"""What a message shows of its thread: its ids, whose it is, when the original was written and what it said."""

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from putright.cases.message import Message, Person
from putright.mailbox import hop_text
from putright.storage.traces import Trace

LEAST_CHARACTERS = 20
"""Two texts of one mail share at least so many letters and digits when one of them was cut or added to."""
_PREFIXES = re.compile(r"^(?:\s*\[?\w{1,5}\]?\s*:\s*)+")


def traces(message: Message) -> Iterator[Trace]:
    """What the message is found by later. A forward's ids are kept apart: they are those of another's thread."""
    for kind, value in (("own", message.message_id), ("answers", message.in_reply_to)):
        if value:
            yield kind, value
    for inner in message.inner_ids:
        yield "inner", inner
    if message.forwarded_by:
        for reference in {message.in_reply_to, *message.references} - {""}:
            yield "passed_on", reference
    if message.resident.address:
        yield "resident", message.resident.address.lower()
    for moment in moments(message):
        yield "moment", moment


def moments(message: Message) -> tuple[str, ...]:
    """Whose the original is and the minute it was written, hashed: by address and by name, whichever is known.

    Mail programs show a forwarded mail's date to the minute, and some leave out the address.
    """
    written = original_date(message)
    if written is None:
        return ()
    minute = written.astimezone(UTC).strftime("%Y-%m-%dT%H:%M")
    return tuple(hashlib.sha256(f"{minute} {who}".encode()).hexdigest() for who in _names(message.resident))


def original_date(message: Message) -> datetime | None:
    """When the resident wrote it, as far as the message says."""
    return hop_text.original(message).date if message.forwarded_by else message.sent_at


def own_words(message: Message) -> str:
    """What its author wrote, without quotes, headers, signature and what a forwarder put above it."""
    return "\n".join(message.body[x.start : x.end] for x in message.spans if x.kind == "words")


def senders_words(message: Message) -> str:
    """What whoever sent it wrote themselves: a forwarder's covering lines, or the author's words; nothing quoted."""
    if message.forwarded_by is None:
        return own_words(message)
    return "\n".join(message.body[x.start : x.end] for x in message.spans if x.kind == "covering")


def latest(message: Message) -> tuple[datetime, str]:
    """The newest thing the resident wrote in it, and when: staff may pass on a reply with all that it quotes."""
    own = _by_resident(message)
    if len(own) < 2:
        return message.received_at, own_words(message)
    hop = message.hops[own[0]]
    return hop.date or message.sent_at or message.received_at, hop_text.texts(message)[own[0]]


def goes_on(message: Message) -> bool:
    """Whether staff pass on a thread in which the resident wrote more than once."""
    return len(_by_resident(message)) > 1


def _by_resident(message: Message) -> list[int]:
    """The numbers of a forward's hops that the resident wrote, the newest first."""
    names = set(_names(message.resident))
    if message.forwarded_by is None:
        return []
    return [number for number, hop in enumerate(message.hops) if names & set(_names(hop.sender))]


def same_text(one: Message, other: Message) -> bool:
    """Whether both hold the same original: all letters and digits agree, or the longer goes on where one was cut."""
    short, long = sorted((_letters(own_words(one)), _letters(own_words(other))), key=len)
    return bool(short) and (short == long or (len(short) >= LEAST_CHARACTERS and short in long))


def like_subject(one: str, other: str) -> bool:
    """Whether two subjects are one, however often it was answered or passed on."""
    return bool(_letters(topic(one))) and _letters(topic(one)) == _letters(topic(other))


def topic(subject: str) -> str:
    return _PREFIXES.sub("", subject)


def _letters(text: str) -> str:
    return "".join(x for x in text.casefold() if x.isalnum())


def _names(who: Person) -> Iterator[str]:
    if who.address:
        yield who.address.lower()
    if name := _letters(who.name):
        yield name
