"""What was written by hand for the reader: word classes, topics, rules, and the sum that ties a model to them."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from putright.classifier import lexicon, rules
from putright.classifier.lexicon import Known, Lexicon
from putright.classifier.rules import Rules
from putright.classifier.words import Remembered, stem

FILES = ("lexicon.toml", "topics.toml", "rules.toml")


class Word(NamedTuple):
    """What is known of one word: its stem, its classes and its topics (None where it has none)."""

    stem: str
    classes: Known | None
    topics: Known | None


@dataclass(frozen=True)
class Knowledge:
    """Word classes for what a sentence does, topics for what a message is about, and the rules."""

    classes: Lexicon
    topics: Lexicon
    rules: Rules
    digest: str
    """Weights mean nothing with other words than they were learned with; a model names this sum."""

    @cached_property
    def words(self) -> Remembered[Word]:
        return Remembered(
            lambda word: Word(stem(word), self.classes.of_word(word), self.topics.of_word(word))
        )


def load(folder: Path) -> Knowledge:
    """What stands in a folder's three files."""
    content = b"".join((folder / name).read_bytes().replace(b"\r\n", b"\n") for name in FILES)
    return Knowledge(
        lexicon.load(folder / "lexicon.toml"),
        lexicon.load(folder / "topics.toml"),
        rules.load(folder / "rules.toml"),
        hashlib.sha256(content).hexdigest(),
    )
