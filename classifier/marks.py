"""Marks (models/marks.toml): what a message brings with it beside its label, found by rules in its own words."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from putright.cases.labels import Channel, Mark
from putright.classifier.layout import Layout, lay_out
from putright.classifier.sentences import MAX_CHARACTERS
from putright.classifier.words import Remembered, straight

FILE = Path(__file__).parents[1] / "models" / "marks.toml"
SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
LONGEST_SENTENCE = 600
"""A sentence beyond all measure is searched in pieces, so that the time stays in proportion."""
FIRST_LETTERS = 2
"""Under these the words are looked up that rules need; none is shorter."""
THEIR_WORDS = frozenset({"words", "covering"})
"""The parts of a mail that can set a mark: not header blocks, quotes or what stands below a sign-off."""


@dataclass(frozen=True, slots=True)
class MarkRule:
    """One rule: it sets its mark where a sentence holds one of its patterns and none of its `unless`.

    `words` are plain: a sentence without any of them is not searched; `patterns` are those `written`, as one. With
    `channels` it is for those alone.
    """

    id: str
    mark: Mark
    paragraph: str
    says: str
    words: tuple[str, ...]
    written: tuple[str, ...]
    patterns: "re.Pattern[str]"
    unless: "re.Pattern[str] | None"
    channels: frozenset[str]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]

    def fires(self, sentence: str) -> bool:
        """Whether it fires in one sentence, given in lower case with plain quotes."""
        return bool(self.patterns.search(sentence)) and not (self.unless and self.unless.search(sentence))


class FaultyMarksError(Exception):
    """The file of rules cannot be read; the message is one sentence."""


@cache
def rules(path: Path = FILE) -> tuple[MarkRule, ...]:
    """The rules, compiled once. Raises FaultyMarksError."""
    try:
        return _written(path)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, re.error) as error:
        where = f" ({error})" if isinstance(error, tomllib.TOMLDecodeError | re.error) else ""
        raise FaultyMarksError(
            f"{path.name} is garbled{where}, so nothing can be read with it: put the file back as it was."
        ) from None


def _written(path: Path) -> tuple[MarkRule, ...]:
    return tuple(
        MarkRule(
            id=entry["id"],
            mark=Mark(entry["mark"]),
            paragraph=entry["paragraph"],
            says=entry["says"],
            words=tuple(entry["words"]),
            written=tuple(entry["patterns"]),
            patterns=_any(entry["patterns"]),
            unless=_any(entry["unless"]) if "unless" in entry else None,
            channels=frozenset(entry.get("channels", ())),
            examples=tuple(entry["examples"]),
            counter_examples=tuple(entry["counter_examples"]),
        )
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["rule"]
    )


def marks_of(subject: str, body: str, channel: Channel | str, laid: Layout | None = None) -> tuple[Mark, ...]:
    """The marks of a message, in the order of `Mark`; `laid` is its body laid out, where that is known."""
    found = {rule.mark for rule in fired(subject, body, channel, laid)}
    return tuple(mark for mark in Mark if mark in found)


def fired(subject: str, body: str, channel: Channel | str, laid: Layout | None = None) -> list[MarkRule]:
    """The rules that fire in a message, each once, in the order of the file."""
    laid = laid or lay_out(body[:MAX_CHARACTERS], (), str(channel))
    every, found = rules(), set[int]()
    for sentence in _sentences(straight(subject), laid):
        words = set(chain.from_iterable(map(_needing.__getitem__, sentence.split())))
        for number in {number for number, word in words if word in sentence} - found:
            rule = every[number]
            if (not rule.channels or str(channel) in rule.channels) and rule.fires(sentence):
                found.add(number)
    return [every[number] for number in sorted(found)]


@cache
def _needs() -> dict[str, dict[str, list[tuple[int, str]]]]:
    """What the rules, by number, need, under its longest word, and that under its first letters."""
    found: dict[str, dict[str, list[tuple[int, str]]]] = {}
    for number, rule in enumerate(rules()):
        for needed in rule.words:
            longest = max(needed.split(), key=len)
            found.setdefault(longest[:FIRST_LETTERS], {}).setdefault(longest, []).append((number, needed))
    return found


def _with_part_of(written: str) -> list[tuple[int, str]]:
    """The rules, by number, that need something that this may be a part of, and what they need."""
    begun = _needs()
    return [
        one
        for at in range(len(written) - FIRST_LETTERS + 1)
        for word, needs in begun.get(written[at : at + FIRST_LETTERS], {}).items()
        if written.startswith(word, at)
        for one in needs
    ]


_needing = Remembered(_with_part_of)


def _any(patterns: list[str]) -> "re.Pattern[str]":
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _sentences(subject: str, laid: Layout) -> Iterator[str]:
    """The sentences of the subject and of the writer's own words, lines put together."""
    at = 0
    for line in laid.plain.split("\n"):
        part, at = laid.part_at(at), at + len(line) + 1
        if part in THEIR_WORDS:
            yield from _pieces(line)
    yield from _pieces(subject)


def _pieces(line: str) -> Iterator[str]:
    for sentence in SENTENCE_END.split(line):
        for at in range(0, len(sentence), LONGEST_SENTENCE):
            yield sentence[at : at + LONGEST_SENTENCE]
