"""Rules written by hand (models/rules.toml): spaCy matchers over words, each for a paragraph of the Code."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from putright.cases.labels import Flag
from putright.classifier.sentences import english

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Span


MOST_SEEN = 100_000
NUMBERS = [str(n) for n in range(100)]
"""Anchors of a pattern of numbers only."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. It fires in a sentence that holds one of its patterns and none of the words in `unless`.

    `raises` is what it may do by itself: `complaint` (the label becomes a complaint), `person` (a person is asked)
    or nothing (it is a cue, weighed with everything else). `flag` is what it speaks for; with `sets_flag` it sets it.
    """

    id: str
    paragraph: str
    says: str
    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()
    raises: str = ""
    flag: Flag | None = None
    sets_flag: bool = False
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rules:
    """All rules, ready to be matched."""

    rules: tuple[Rule, ...]
    seen: "dict[str, list[tuple[str, Matcher]]]" = field(default_factory=dict, compare=False)

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def anchors(self) -> "dict[str, list[tuple[str, Matcher]]]":
        """The patterns by a word that each cannot do without (or its beginning, with `~`).

        spaCy tries every pattern at every word; looking for the anchor first is twenty times faster.
        """
        from spacy.matcher import Matcher

        found: dict[str, list[tuple[str, Matcher]]] = {}
        for rule in self.rules:
            for written in rule.patterns:
                matcher = Matcher(english().vocab)
                matcher.add(rule.id, [pattern(written)])
                for word in anchor(written):
                    found.setdefault(word, []).append((rule.id, matcher))
        return found

    @cached_property
    def guards(self) -> "dict[str, Matcher]":
        """What must not stand in the same sentence, by rule."""
        from spacy.matcher import Matcher

        found = {}
        for rule in self.rules:
            if rule.unless:
                found[rule.id] = Matcher(english().vocab)
                found[rule.id].add(rule.id, [pattern(written) for written in rule.unless])
        return found

    def anchored(self, word: str) -> "list[tuple[str, Matcher]]":
        """The patterns that a word may be the anchor of."""
        known = self.seen.get(word)
        if known is None:
            keys = (word, *(word[:end] + "~" for end in range(3, len(word) + 1)))
            known = [found for key in keys for found in self.anchors.get(key, ())]
            if len(self.seen) > MOST_SEEN:  # a hostile text must not fill the memory
                self.seen.clear()
            self.seen[word] = known
        return known

    def fired(self, sentence: "Span") -> list[tuple[Rule, int, int]]:
        """The rules that fire in a sentence, each once, with the characters from and to (within its line)."""
        hits: dict[str, tuple[int, int]] = {}
        tried: set[int] = set()
        for word in {token.lower_ for token in sentence}:
            for name, matcher in self.anchored(word):
                if id(matcher) not in tried:
                    tried.add(id(matcher))
                    for _, start, end in matcher(sentence)[:1]:
                        hits[name] = min(hits.get(name, (start, end)), (start, end))
        found = []
        for name, (start, end) in hits.items():
            guard = self.guards.get(name)
            if guard is None or not guard(sentence):
                span = sentence[start:end]
                found.append((self.by_id[name], span.start_char, span.end_char))
        return sorted(found, key=lambda hit: (hit[1], hit[0].id))


def anchor(written: str) -> list[str]:
    """The choices of the pattern's most telling word: the one with the longest words, and never one it can miss."""
    needed = [
        w.split("|")
        for w in written.split()
        if w != "*" and not w.endswith("?") and "#" not in w and "\\d" not in w
    ]
    if not needed:
        return NUMBERS
    return max(needed, key=lambda choices: min(len(c) for c in choices))


def pattern(written: str) -> list[dict[str, Any]]:
    """A pattern as written: lower case; `a|b` either, `word?` perhaps, `*` up to three words, `comp~` a beginning."""
    tokens: list[dict[str, Any]] = []
    for word in written.split():
        if word == "*":
            tokens.append({"IS_PUNCT": False, "OP": "{0,3}"})
            continue
        optional = word.endswith("?") and len(word) > 1
        choices = word.removesuffix("?").split("|")
        test: dict[str, Any]
        if any(c.endswith("~") for c in choices):
            inner = "|".join(c[:-1] + r"\w*" if c.endswith("~") else c for c in choices)
            test = {"LOWER": {"REGEX": f"^(?:{inner})$"}}
        elif word == "#":
            test = {"LIKE_NUM": True}
        else:
            test = {"LOWER": {"IN": choices}} if len(choices) > 1 else {"LOWER": choices[0]}
        tokens.append(test | ({"OP": "?"} if optional else {}))
    return tokens


def load(path: Path) -> Rules:
    return build(tomllib.loads(path.read_text(encoding="utf-8"))["rule"])


def build(entries: Iterable[dict[str, Any]]) -> Rules:
    """Rules from their written form."""
    return Rules(
        tuple(
            Rule(
                id=entry["id"],
                paragraph=entry["paragraph"],
                says=entry["says"],
                patterns=tuple(entry["patterns"]),
                unless=tuple(entry.get("unless", ())),
                raises=entry.get("raises", ""),
                flag=Flag(entry["flag"]) if "flag" in entry else None,
                sets_flag=entry.get("sets_flag", False),
                examples=tuple(entry["examples"]),
                counter_examples=tuple(entry["counter_examples"]),
            )
            for entry in entries
        )
    )
