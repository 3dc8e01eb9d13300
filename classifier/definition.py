"""The points a message raises and the outcomes it asks for: stretches of its own words, never another word."""

import re
from collections.abc import Sequence

from putright.cases.labels import Role
from putright.cases.reading import Reading

ENDING = " \t\r.,;:!…-–—"
GREETING = re.compile(
    r"^(?:dear [^,.!]{1,40}|hi(?: all| there| \w+)?|hello(?: \w+)?|good (?:morning|afternoon|evening)(?: \w+)?"
    r"|morning|sirs?)\s*[,!.–-]\s*",
    re.IGNORECASE,
)
LABELLED = re.compile(r"^[A-Z][\w '?/()-]{2,40}:\s+")
MOST = 30
_NO_ACT = """
a again all and any anybody anyone as asap at be but can chance could d do does doing going have hello help hi i if
is it kind kindly like likely ll me might mind my now of ok on one or our please pls plz possible ready s sb shall
should so someone somebody soon t thank thanks that the them there they things this to u us we when will with would yes
you your yours
"""
NO_ACT = frozenset(_NO_ACT.split())
"""Words of which a clause may be made that asks and does not say for what."""
_WISHES = r"(?:wants?|would like|['’]d like|asks? for|asking for|asked for|expects?|hopes? for|needs)"
WISH = re.compile(rf"\b{_WISHES}\s.+?(?=,?\s+and\s+{_WISHES}\s|[;.!?]|$)", re.IGNORECASE | re.DOTALL)
"""What somebody is said to want: up to the next wish of the sentence, or its end."""
_MAY_SAY_WISHES = frozenset({Role.COMPLAIN, Role.DISSATISFACTION, Role.FAULT, Role.HISTORY})
COMPLAINS = re.compile(r"\bcomplain", re.IGNORECASE)


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


def outcomes(texts: list[str]) -> tuple[str, ...]:
    """What is asked for, as points are; not what names no act, such as `Could you?`."""
    return tuple(text for text in points(texts) if names_an_act(text))


def names_an_act(text: str) -> bool:
    """Whether a clause says more than that something is asked."""
    return any(word not in NO_ACT for word in re.findall(r"[^\W_]+", text.lower()))


def strongest(texts: Sequence[str], weights: Sequence[float]) -> tuple[str, ...]:
    """The one sentence that weighs most, as a point; none where no sentence holds a word."""
    worded = [n for n, text in enumerate(texts) if any(c.isalpha() for c in text)]
    return points([texts[max(worded, key=lambda n: weights[n])]]) if worded else ()


def same(one: str, other: str) -> bool:
    first, second = (set(re.findall(r"\w+", t.lower())) for t in (one, other))
    return bool(first) and len(first & second) >= 0.9 * max(len(first), len(second))


def may_be_sought(body: str, reading: Reading) -> tuple[str, ...]:
    """What a message may ask for where its reading marks nothing, to be checked by a person: the sentences that ask for
    action, else what somebody is said to want, but for the complaint itself.
    """
    asked = [body[x.start : x.end] for x in reading.sentences if x.role is Role.REQUEST]
    if named := outcomes(asked):
        return named
    theirs = [body[x.start : x.end] for x in reading.sentences if x.role in _MAY_SAY_WISHES]
    said = [wish[0] for text in theirs for wish in WISH.finditer(text)]
    return points([x for x in said if not COMPLAINS.search(x)])
