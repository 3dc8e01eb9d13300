"""What each mail inside a message says: the original's own words, and those of every hop, read off a Message."""

import textwrap
from dataclasses import dataclass
from datetime import datetime

from putright.cases.message import Message, Person, own_words_left
from putright.mailbox import forwards, labels


@dataclass(frozen=True, slots=True)
class Original:
    """The mail a message is about: a hop of it, or the message itself where `hop` is None."""

    hop: int | None
    author: Person
    subject: str
    text: str
    date: datetime | None


def texts(message: Message) -> list[str]:
    """The text of each hop, without the marks of quoting, in the order of `message.hops`."""
    lines = message.body.split("\n")
    starts = [hop.lines[0] for hop in message.hops]
    found = []
    for number, hop in enumerate(message.hops):
        first = hop.lines[1] + 1
        stop = starts[number + 1] if number + 1 < len(starts) else len(lines)
        stop = forwards.body_end(lines, first, stop)
        said = lines[first:stop]
        quoted = min((labels.depth(line) for line in said if line.strip(labels.QUOTING)), default=0)
        found.append(_unquoted(said, max(quoted, labels.depth(lines[hop.lines[1]]))))
    return found


def original(message: Message, *, innermost: bool = False) -> Original:
    """The resident's mail as far as the message says, or the `innermost` whoever forwarded it."""
    number = len(message.hops) - 1 if innermost else _hop_of(message)
    if number is None or not message.hops:
        return Original(None, message.resident, message.subject, message.body, None)
    hop = message.hops[number]
    return Original(number, hop.sender, hop.subject, texts(message)[number], hop.date)


def words(message: Message) -> str:
    """What the resident wrote himself, for the classifier: no quotes, signature, disclaimer or covering line.

    Where nearly nothing would be left, or most of the mail's text was marked, the marks are not believed and
    the whole text counts (email.md, section 5).
    """
    if not own_words_left(message.spans):
        return original(message).text
    own = "\n".join(message.body[span.start : span.end] for span in message.spans if span.kind == "words")
    return "\n".join(labels.bare(line) for line in own.split("\n"))


def _hop_of(message: Message) -> int | None:
    """The hop the resident wrote; the innermost when all are by staff."""
    if message.forwarded_by is None:
        return None
    wanted = message.resident
    for number in range(len(message.hops) - 1, -1, -1):
        if message.hops[number].sender == wanted or (
            wanted.address and message.hops[number].sender.address == wanted.address
        ):
            return number
    return None if wanted.address else len(message.hops) - 1


def _unquoted(lines: list[str], depth: int) -> str:
    kept = []
    for line in lines:
        left = depth
        while left and line.lstrip(" \t").startswith(">"):
            line = line.lstrip(" \t")[1:]
            left -= 1
        kept.append((line.removeprefix(" ") if left < depth else line).rstrip())
    return textwrap.dedent("\n".join(kept).strip("\n"))
