"""How features are called: by name where a model learns, by the row of their weights where it reads.

Making names and looking them up was the greater part of a reading, so what a word is called is found once and
remembered. Both ways run through the same feature code (`features.py`), which asks here for every name.
"""

from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from putright.classifier.linear import Features
from putright.classifier.words import Remembered, stem

UNKNOWN = -1
"""The row of what the model never learned: the last of a table, and all zeros."""
BEGINNING = 4
"""The first letters of a word count beside the word: for what was never seen, or is spelt otherwise."""
MOST = 50_000
"""A hostile text must not fill the memory."""


class Itself:
    """Every feature by its own name."""

    def __getitem__(self, name: str) -> str:
        return name

    def following(self, first: str) -> "Following":
        return Following(first)


class Following:
    """Two words by the second of them."""

    def __init__(self, first: str) -> None:
        self.first = first

    def __getitem__(self, second: str) -> str:
        return f"{self.first} {second}"


class Rows(dict[str, int]):
    """Every feature by the row of its weights."""

    def __missing__(self, name: str) -> int:
        return UNKNOWN

    def following(self, first: str) -> "Rows":
        """The rows of two words by the second of them: making and looking up so many names takes longer."""
        return self.pairs.get(first, NONE)

    @cached_property
    def pairs(self) -> dict[str, "Rows"]:
        found: dict[str, Rows] = {}
        for name, row in self.items():
            first, blank, second = name.partition(" ")
            if blank:
                found.setdefault(first, Rows())[second] = row
        return found


NONE = Rows()


class Word(NamedTuple):
    """What a word is called.

    By itself and by its stem, by its beginning (None if it is too short), in the sentence before and in the one after;
    `following` has what it is called together with the word after it.
    """

    itself: tuple[Any, ...]
    beginning: Any
    before: Any
    after: Any
    following: Any


class ClassBeside(NamedTuple):
    """What a class is called in the sentence before, in the one after, in the one before that, and in any other."""

    before: Any
    after: Any
    farther: Any
    anywhere: Any


class Naming:
    """What features are called, remembered by what they are made of."""

    def __init__(self, called: Rows | Itself) -> None:
        """`called` gives the name or row of a feature by its name, `UNKNOWN` where it has none."""
        self.called: Any = called
        self.words = Remembered(self._word)
        self.class_beside = lru_cache(MOST)(self._class_beside)
        self.all_of = lru_cache(MOST)(self._all_of)

    def _word(self, token: str) -> Word:
        called, short = self.called, stem(token)
        itself = (called[token],) if short == token else (called[token], called[f"{short}~"])
        beginning = called[f"{token[:BEGINNING]} -"] if len(token) >= BEGINNING else None
        return Word(itself, beginning, called["-" + short], called["+" + short], called.following(short))

    def _class_beside(self, name: str) -> ClassBeside:
        return ClassBeside(*(self.called[f"{mark}@{name}"] for mark in ("-", "+", "--", "*")))

    def _all_of(self, *names: str) -> Features:
        """Features that simply hold; not to be changed."""
        return {self.called[name]: 1.0 for name in names}


BY_NAME = Naming(Itself())
