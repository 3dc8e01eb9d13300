"""The points a message raises and the outcomes it asks for: stretches of its own words, never another word."""

import re
from collections.abc import Sequence

ENDING = " \t\r.,;:!…-–—"
GREETING = re.compile(
    r"^(?:dear [^,.!]{1,40}|hi(?: all| there| \w+)?|hello(?: \w+)?|good (?:morning|afternoon|evening)(?: \w+)?"
    r"|morning|sirs?)\s*[,!.–-]\s*",
    re.IGNORECASE,
)
LABELLED = re.compile(r"^[A-Z][\w '?/()-]{2,40}:\s+")
MOST = 30


def clause(text: str) -> str:
    """A sentence as a point: without the greeting or form label before it and the stop after it."""
    for opening in (GREETING, LABELLED):
        found = opening.match(text)
        if found and len(text) - found.end() > 8:
            text = text[found.end() :]
    return " ".join(text.split()).strip(ENDING).strip()


def points(texts: list[str]) -> tuple[str, ...]:
    """Clauses in the order they stand, near-repeats once."""
    found: list[str] = []
    for text in texts:
        short = clause(text)
        if short and not any(same(short, other) for other in found):
            found.append(short)
        if len(found) == MOST:
            break
    return tuple(found)


def strongest(texts: Sequence[str], weights: Sequence[float]) -> tuple[str, ...]:
    """The one sentence that weighs most, as a point; none where no sentence holds a word."""
    worded = [n for n, text in enumerate(texts) if any(c.isalpha() for c in text)]
    return points([texts[max(worded, key=lambda n: weights[n])]]) if worded else ()


def same(one: str, other: str) -> bool:
    first, second = (set(re.findall(r"\w+", t.lower())) for t in (one, other))
    return bool(first) and len(first & second) >= 0.9 * max(len(first), len(second))
