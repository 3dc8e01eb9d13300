"""Rules written by hand (models/rules.toml): patterns over spaCy's tokens, each for a paragraph of the Code."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from putright.cases.labels import Flag, Label
from putright.classifier.sentences import BLANK, LIKE_A_NUMBER, PUNCTUATION, Tokens, split
from putright.classifier.words import Remembered

LONGEST_SUBJECT = 500
NUMBERS = [str(n) for n in range(100)]
"""Anchors of a pattern of numbers only."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. It fires in a sentence that holds one of its patterns and none of the words in `unless`.

    `raises` is what it may do by itself: `complaint` (the label becomes a complaint), `person` (a person is asked)
    or nothing (it is a cue, weighed with everything else). Where it fires, no label in `doubts` is sure. `flag` is
    what it speaks for; with `sets_flag` it sets it, if the rule that it `needs`, if any, fired in the same message.
    With `subject` it is tried on the subject alone.
    """

    id: str
    paragraph: str
    says: str
    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()
    raises: str = ""
    flag: Flag | None = None
    sets_flag: bool = False
    needs: str = ""
    doubts: frozenset[Label] = frozenset()
    subject: bool = False
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """What it found, as a sentence without its full stop."""
        return f"{'The subject' if self.subject else 'One sentence'} {self.says}"


Pattern = re.Pattern[str]


@dataclass(frozen=True)
class Rules:
    """All rules, ready to be matched.

    spaCy's own Matcher took a third of a reading, so a pattern becomes a regular expression over the tokens, written
    one after the other, and is tried only where a word stands that it cannot do without.
    """

    rules: tuple[Rule, ...]

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def titles(self) -> "Rules":
        """The rules for subjects, which no sentence of a body is held against."""
        return Rules(tuple(replace(rule, subject=False) for rule in self.rules if rule.subject))

    @cached_property
    def anchors(self) -> dict[str, list[tuple[str, Pattern]]]:
        """The patterns by a word that each cannot do without (or its beginning, with `~`)."""
        found: dict[str, list[tuple[str, Pattern]]] = {}
        for rule in self.rules:
            for written in () if rule.subject else rule.patterns:
                compiled = re.compile(expression(written))
                for word in anchor(written):
                    found.setdefault(word, []).append((rule.id, compiled))
        return found

    @cached_property
    def guards(self) -> dict[str, Pattern]:
        """What must not stand in the same sentence, by rule."""
        return {r.id: re.compile("|".join(map(expression, r.unless))) for r in self.rules if r.unless}

    @cached_property
    def seen(self) -> Remembered[list[tuple[str, Pattern]]]:
        return Remembered(self.anchored)

    def anchored(self, word: str) -> list[tuple[str, Pattern]]:
        """The patterns that a word may be the anchor of."""
        plain = word.lstrip(LIKE_A_NUMBER + PUNCTUATION + BLANK)
        keys = (plain, *(plain[:end] + "~" for end in range(3, len(plain) + 1)))
        return [found for key in keys for found in self.anchors.get(key, ())]

    def in_subject(self, subject: str) -> list[Rule]:
        """The rules for subjects that fire in one."""
        lower = subject[:LONGEST_SUBJECT].lower()
        if not any(word.rstrip("~") in lower for word in self.titles.anchors):
            return []
        fired = [hit[0].id for *_, tokens in split(lower) for hit in self.titles.fired(tokens)]
        return [self.by_id[name] for name in dict.fromkeys(fired)]

    def fired(self, tokens: Tokens) -> list[tuple[Rule, int, int]]:
        """The rules that fire in a sentence, each once, with the characters from and to (within the body)."""
        possible = dict.fromkeys(chain.from_iterable(map(self.seen.__getitem__, set(tokens.forms))))
        if not possible:
            return []
        text = " " + " ".join(tokens.forms) + " "
        hits: dict[str, tuple[int, int]] = {}
        for name, compiled in possible:
            if match := compiled.search(text):
                hits[name] = min(hits.get(name, match.span()), match.span())
        found = []
        for name, (start, end) in hits.items():
            guard = self.guards.get(name)
            if guard is None or not guard.search(text):
                first, last = text.count(" ", 0, start) - 1, text.count(" ", 0, end) - 2
                found.append((self.by_id[name], tokens.starts[first], tokens.ends[last]))
        return sorted(found, key=lambda hit: (hit[1], hit[0].id))


def anchor(written: str) -> list[str]:
    """The choices of the pattern's most telling word: the one with the longest words, and never one it can miss."""
    needed = [
        w.split("|")
        for w in written.removeprefix("^").split()
        if w != "*" and not w.endswith("?") and "#" not in w and "\\" not in w
    ]
    if not needed:
        return NUMBERS
    return max(needed, key=lambda choices: min(len(c) for c in choices))


def expression(written: str) -> str:
    """A pattern as written: lower case; `a|b` either, `word?` perhaps, `*` up to three words, `comp~` a beginning.

    With `^` before it all it stands at the beginning.
    """
    found = r"(?<=\A )" if written.startswith("^") else "(?<= )"
    for word in written.removeprefix("^").split():
        if word == "*":
            found += rf"(?:(?!{PUNCTUATION})\S+ ){{0,3}}"
            continue
        optional = word.endswith("?") and len(word) > 1
        if word == "#":
            one = rf"{LIKE_A_NUMBER}\S+ "
        else:
            choices = [
                (c if "\\" in c else re.escape(c.removesuffix("~"))).replace("~", "")
                + r"\w*" * c.endswith("~")
                for c in word.removesuffix("?" if optional else "").split("|")
            ]
            one = rf"[{LIKE_A_NUMBER}{PUNCTUATION}]?(?:{'|'.join(choices)}) "
        found += f"(?:{one})?" if optional else one
    return found


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
                needs=entry.get("needs", ""),
                doubts=frozenset(Label(label) for label in entry.get("doubts", ())),
                subject=entry.get("subject", False),
                examples=tuple(entry["examples"]),
                counter_examples=tuple(entry["counter_examples"]),
            )
            for entry in entries
        )
    )
