"""What would have changed the label: the sentences without which the message, read again, gets another one."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from putright.cases.labels import Label, Role
from putright.cases.message import Message
from putright.cases.reading import Reading, Sentence

MOST_READINGS = 12
"""So often is a message read again at most."""
MOST_SENTENCES = 120
"""A message of more is not turned by so few sentences, and reading it so often would take seconds."""
SPEAKS_FOR = {
    Label.COMPLAINT: (Role.COMPLAIN, Role.DISSATISFACTION, Role.HISTORY),
    Label.SERVICE_REQUEST: (Role.REQUEST, Role.FAULT, Role.OTHERS_CONDUCT),
    Label.SURVEY_FEEDBACK: (Role.SURVEY, Role.DISSATISFACTION, Role.THANKS),
    Label.OTHER: (Role.QUESTION, Role.THANKS, Role.REST),
}
"""Which sentences are tried first where the reading weighs none of them."""

Spans = tuple[tuple[int, int], ...]


class Reads(Protocol):
    """Whatever reads a message."""

    def read(self, message: Message) -> Reading: ...


def flip(reader: Reads, message: Message) -> tuple[Spans, Label] | None:
    """The smallest set of sentences found without which the message gets another label, and that label.

    Greedy: of what still speaks for the label the strongest goes, until it turns; then each is put back that is not
    needed. At most `MOST_READINGS` readings; None if they do not turn it, or if no words would be left.
    """
    first = reader.read(message)
    if len(first.sentences) > MOST_SENTENCES:
        return None
    gone: list[tuple[int, int]] = []
    label, reading, left = first.label, first, MOST_READINGS - 1
    while reading.label is label:
        sentence = strongest(reading, label, gone)
        if sentence is None or not left:
            return None
        gone.append((sentence.start, sentence.end))
        if not any(c.isalpha() for c in without(message.body, gone)):
            return None
        reading, left = reader.read(blanked(message, gone)), left - 1
    other = reading.label
    for span in gone[:-1]:
        if not left:
            break
        fewer = [s for s in gone if s != span]
        again, left = reader.read(blanked(message, fewer)), left - 1
        if again.label is not label:
            gone, other = fewer, again.label
    return tuple(sorted(gone)), other


def strongest(reading: Reading, label: Label, gone: Iterable[tuple[int, int]]) -> Sentence | None:
    """The sentence that speaks most for the label: by its weight, then by its role; None if none speaks for it."""
    weights = {(e.start, e.end): e.weight for e in reading.evidence}
    roles = SPEAKS_FOR[label]
    taken = set(gone)
    best: tuple[float, Sentence] | None = None
    for sentence in reading.sentences:
        span = (sentence.start, sentence.end)
        if span in taken or sentence.role is Role.REST:
            continue
        likely = (len(roles) - roles.index(sentence.role)) * 1e-3 if sentence.role in roles else 0.0
        ruled = 1e-2 if any(rule.end and span[0] <= rule.start < span[1] for rule in reading.rules) else 0.0
        weight = weights.get(span, 0.0) + (likely + ruled) * sentence.probability
        if weight > 0 and (best is None or weight > best[0]):
            best = weight, sentence
    return best[1] if best else None


def without(body: str, spans: Iterable[tuple[int, int]]) -> str:
    """The body with blanks where the spans stood, so that every other offset still holds."""
    for start, end in spans:
        body = body[:start] + "".join(c if c == "\n" else " " for c in body[start:end]) + body[end:]
    return body


def blanked(message: Message, spans: Iterable[tuple[int, int]]) -> Message:
    return replace(message, body=without(message.body, spans))
