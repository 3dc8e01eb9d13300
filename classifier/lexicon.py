"""Word classes: which words and phrases mean alike (models/lexicon.toml), found in a list of words."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from putright.classifier.words import words

Known = tuple[tuple[str, ...], dict[str, list[tuple[list[str], str]]]]


@dataclass(frozen=True)
class Lexicon:
    """Classes by single word, by beginning of a word, and by phrase (under its first word)."""

    single: dict[str, tuple[str, ...]]
    prefix: dict[str, tuple[str, ...]]
    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    classes: tuple[str, ...]

    def of_word(self, word: str) -> Known | None:
        """The classes of one word by itself, and the phrases that begin with it by their second word, if any."""
        found = list(self.single.get(word, ()))
        for end in range(3, len(word) + 1):
            found += self.prefix.get(word[:end], ())
        phrases: dict[str, list[tuple[list[str], str]]] = {}
        for rest, name in self.phrases.get(word, ()):
            phrases.setdefault(rest[0], []).append((list(rest), name))
        return (tuple(dict.fromkeys(found)), phrases) if found or phrases else None

    def tags(self, tokens: list[str], known: Sequence[Known | None]) -> list[tuple[int, str]]:
        """Where each class begins in a list of words, in order; `known` is what `of_word` says of each."""
        found: list[tuple[int, str]] = []
        for at, one in enumerate(known):
            if one is None:
                continue
            classes, phrases = one
            for name in classes:
                found.append((at, name))
            if phrases and at + 1 < len(tokens) and (rests := phrases.get(tokens[at + 1])):
                for rest, name in rests:
                    if len(rest) == 1 or tokens[at + 1 : at + 1 + len(rest)] == rest:
                        found.append((at, name))
        return found


def load(path: Path) -> Lexicon:
    """The lexicon written in a TOML file: class = "entry, entry, several words, beginning*"."""
    return build(tomllib.loads(path.read_text(encoding="utf-8")))


def build(classes: dict[str, str]) -> Lexicon:
    single: dict[str, list[str]] = {}
    prefix: dict[str, list[str]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, entries in classes.items():
        for entry in dict.fromkeys(e.strip() for e in entries.replace("\n", " ").split(",")):
            if not entry:
                continue
            if entry.endswith("*") and " " not in entry and len(entry) > 3:
                prefix.setdefault(entry[:-1], []).append(name)
                continue
            tokens = words(entry.rstrip("*"))
            if len(tokens) == 1:
                single.setdefault(tokens[0], []).append(name)
            elif tokens:
                phrases.setdefault(tokens[0], []).append((tuple(tokens[1:]), name))
    return Lexicon(
        {k: tuple(dict.fromkeys(v)) for k, v in single.items()},
        {k: tuple(dict.fromkeys(v)) for k, v in prefix.items()},
        {k: tuple(dict.fromkeys(v)) for k, v in phrases.items()},
        tuple(classes),
    )
