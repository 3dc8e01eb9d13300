"""Typing slips: a word nobody knows becomes the one word of the vocabulary that it misspells, or stays as it is.

Done by hand and not by a library: a few hundred words, one lookup each (the deletes of a word of SymSpell by
W. Garbe), and a word is never changed where two could be meant or where it is a word of its own (`hearing`).
"""

import re
from collections.abc import Collection
from functools import cache

from putright.triage.asking import words as grammar
from putright.triage.asking.words import OWN_WORDS, VOCABULARY


def mended(word: str, right: Collection[str]) -> str:
    """`word`, or the word of the vocabulary it is a slip of. `right` are words that are known to be right."""
    if word in right or word in VOCABULARY or word in _own() or not word.isalpha():
        return word
    if not 4 <= len(word) <= 20:
        return word
    best: dict[str, int] = {}
    for shorter in _shorter(word, 2 if len(word) >= 7 else 1):
        for meant in _index().get(shorter, ()):
            away = distance(word, meant)
            if away <= _allowed(word, meant):
                best[meant] = away
    if not best:
        return word
    nearest = min(best.values())
    found = [meant for meant, away in best.items() if away == nearest]
    if len(found) > 1:  # a plural or a tense apart is no doubt about what is meant
        found = sorted(found, key=lambda x: (not x.endswith("ed"), abs(len(x) - len(word)), x))
        if not all(x.startswith(found[0][:4]) for x in found):
            return word
    return found[0]


def _allowed(word: str, meant: str) -> int:
    """How many letters may be wrong: none in short words but two that changed places, two in long ones."""
    if len(meant) <= 4:
        return 1 if sorted(word) == sorted(meant) else 0
    if word[0] != meant[0] and sorted(word) != sorted(meant) and len(meant) < 8:
        return 0
    return 2 if len(meant) >= 8 else 1


@cache
def _own() -> frozenset[str]:
    """Words that are no slips: those listed, and whatever stands in a pattern of the grammar."""
    patterns = [x for _, x in (*grammar.STATES, *grammar.AREAS, *grammar.LABELS)] + [grammar.ACTS]
    stems = {x for pattern in patterns for x in re.findall(r"[a-z]{4,}", pattern)} | VOCABULARY
    endings = ("", "s", "es", "ed", "ing", "er", "ers")
    past = {f"{stem}d" for stem in stems if stem.endswith("e")}
    return OWN_WORDS | past | {f"{stem}{end}" for stem in stems for end in endings}


@cache
def _index() -> dict[str, tuple[str, ...]]:
    index: dict[str, set[str]] = {}
    for word in VOCABULARY:
        for shorter in _shorter(word, 2 if len(word) >= 8 else 1):
            index.setdefault(shorter, set()).add(word)
    return {shorter: tuple(sorted(words)) for shorter, words in index.items()}


def _shorter(word: str, letters: int) -> set[str]:
    """The word, and it with up to so many letters left out."""
    found = {word}
    ring = {word}
    for _ in range(letters):
        ring = {x[:i] + x[i + 1 :] for x in ring for i in range(len(x))}
        found |= ring
    return found


def distance(one: str, other: str) -> int:
    """Letters to add, leave out, change or swap with their neighbour (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
