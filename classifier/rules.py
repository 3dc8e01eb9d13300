"""Rules written by hand over a message's words (models/rules.toml): spaCy matchers, each for a paragraph of the Code."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from putright.cases.labels import Flag
from putright.classifier.sentences import english

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Span


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

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def matcher(self) -> "Matcher":
        from spacy.matcher import Matcher

        matcher = Matcher(english().vocab)
        for rule in self.rules:
            matcher.add(rule.id, [pattern(p) for p in rule.patterns])
            if rule.unless:
                matcher.add(rule.id + "!", [pattern(p) for p in rule.unless])
        return matcher

    def fired(self, sentence: "Span") -> list[tuple[Rule, int, int]]:
        """The rules that fire in a sentence, each once, with the characters from and to (within its line)."""
        names = sentence.vocab.strings
        hits: dict[str, tuple[int, int]] = {}
        for key, start, end in self.matcher(sentence):
            hits.setdefault(names[key], (start, end))
        found = []
        for name, (start, end) in hits.items():
            if not name.endswith("!") and name + "!" not in hits:
                span = sentence[start:end]
                found.append((self.by_id[name], span.start_char, span.end_char))
        return sorted(found, key=lambda hit: (hit[1], hit[0].id))


def pattern(written: str) -> list[dict[str, Any]]:
    """A pattern as written: words in lower case; `a|b` either, `word?` perhaps, `*` up to three words, `comp~` a beginning."""
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
