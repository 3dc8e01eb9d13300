"""Where a letter speaks of each point of the definition."""

from collections.abc import Iterator, Mapping, Sequence

from putright.cases.letters.facts import Facts
from putright.cases.letters.words import plain_words


def places(facts: Facts, text: str) -> dict[int, list[int]]:
    """Where each point stands, by its number; reasons may repeat the words of a point and are passed over."""
    hidden = text
    for point in facts.points:
        if reason := plain_words(point.reasons):
            hidden = hidden.replace(reason, "\0" * len(reason))
    found = {}
    for number, point in enumerate(facts.points, 1):
        words = plain_words(point.text).strip(" .!?")
        found[number] = list(_all(hidden, words)) or list(_all(text, words))[:1]
    return found


def sections(
    facts: Facts, text: str, where: Mapping[int, Sequence[int]], number: int, ends: Sequence[int]
) -> list[str]:
    """What stands after each place of a point, up to the next point or the next of `ends`."""
    others = sorted([*ends, *(i for n, found in where.items() if n != number for i in found)])
    length = len(plain_words(facts.points[number - 1].text))
    return [text[i + length : next((x for x in others if x > i), len(text))] for i in where.get(number, ())]


def _all(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)
