"""What was written by hand for the reader: word classes, topics, rules, and the sum that ties a model to them."""

import hashlib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeVar

from putright.classifier import lexicon, rules
from putright.classifier.lexicon import Known, Lexicon
from putright.classifier.rules import Rules
from putright.classifier.words import Remembered, stem

Found = TypeVar("Found")
FILES = ("lexicon.toml", "topics.toml", "rules.toml")


class FaultyKnowledgeError(Exception):
    """A file written by hand cannot be read; the message is one sentence."""


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
    """What stands in a folder's three files. Raises FaultyKnowledgeError."""
    return Knowledge(
        _read(lexicon.load, folder / "lexicon.toml"),
        _read(lexicon.load, folder / "topics.toml"),
        _read(rules.load, folder / "rules.toml"),
        digest(folder),
    )


def digest(folder: Path) -> str:
    """The sum of a folder's three files. Raises FaultyKnowledgeError.

    `marks.toml` is not part of it: no weight was learned from marks, so a rule for them may change without training.
    """
    try:
        content = b"".join((folder / name).read_bytes().replace(b"\r\n", b"\n") for name in FILES)
    except OSError as error:
        raise FaultyKnowledgeError(
            f"{Path(str(error.filename)).name} cannot be read, so nothing can."
        ) from None
    return hashlib.sha256(content).hexdigest()


def _read(load: Callable[[Path], Found], path: Path) -> Found:
    try:
        return load(path)
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
    ) as error:  # TOMLDecodeError is a ValueError
        where = f" ({error})" if isinstance(error, tomllib.TOMLDecodeError) else ""
        raise FaultyKnowledgeError(
            f"{path.name} is garbled{where}, so nothing can be read with it: put the file back as it was."
        ) from None
