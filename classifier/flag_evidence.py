"""Which words raised a flag: where its rules fired, or else the words that weigh most for it in the model."""

from collections.abc import Sequence

from putright.cases.labels import Flag
from putright.cases.message import Message
from putright.cases.reading import Reading
from putright.classifier.decision import COMMON
from putright.classifier.features import NOT_THEIR_WORDS, Part, take_apart
from putright.classifier.heads import AREAS, FLAGS, LABELS
from putright.classifier.model import Model
from putright.classifier.sentences import MAX_CHARACTERS
from putright.classifier.words import TOKEN, forms, straight

LEAST = 0.25
"""A word that adds less to a flag's log-odds is not shown."""
MOST = 3
SHORTEST = 3
"""Of what is no word of ours so few letters are a fragment (`th`, `rd`)."""
_SAYS_NOTHING = """
dear hello hi sir sirs madam mr mrs ms miss dr regards sincerely faithfully housing landlord council team th st nd rd am
pm and or but also just very really now then re s t d ll ve m
"""
SAYS_NOTHING = frozenset(_SAYS_NOTHING.split())
BESIDE = 2
"""Words so few characters apart are shown as one stretch."""

Spans = tuple[tuple[int, int], ...]
NOWHERE = (0, 0)
"""Where in the body a rule for subjects fired."""


def of_flags(model: Model, message: Message, reading: Reading) -> dict[Flag, Spans]:
    """For each flag of a reading the stretches of the body that raised it, strongest first; none if no word did.

    `NOWHERE` stands for the subject.
    """
    body = message.body[:MAX_CHARACTERS]
    text = take_apart(message.subject, body, message.channel.value, model.knowledge, message.spans)
    own = [part for part in text.parts if part.place not in NOT_THEIR_WORDS]
    rules = model.knowledge.rules.by_id
    found: dict[Flag, Spans] = {}
    for flag in reading.flags:
        ruled = [
            (hit.start, hit.end)
            for hit in reading.rules
            if hit.id in rules and rules[hit.id].flag is flag and rules[hit.id].sets_flag
        ]
        weighed = sorted(
            (pair for part in own for pair in heavy(model, part, flag)), key=lambda pair: -pair[0]
        )
        found[flag] = apart([*ruled, *(span for _, span in weighed)])[:MOST]
    return found


def heavy(model: Model, part: Part, flag: Flag) -> list[tuple[float, tuple[int, int]]]:
    """The words of a sentence that speak for a flag, each with its weight and where it stands in the body."""
    column = len(LABELS) + len(AREAS) + FLAGS.index(flag)
    names, weights = model.bag.names, model.bag.weights
    starting: dict[int, float] = {}
    for at, name in part.tags:
        row = names.get(f"@{name}", -1)
        starting[at] = starting.get(at, 0.0) + (float(weights[row, column]) if row >= 0 else 0.0)
    found = []
    said = model.knowledge.words
    for at, (start, end) in enumerate(places(part)):
        token, short = part.tokens[at], part.stems[at]
        written = part.text[start - part.start : end - part.start]
        named = said[token].classes is not None or said[token].topics is not None
        if not telling(written, token, named):
            continue
        known = [names[name] for name in {token, f"{short}~"} if name in names]
        weight = sum(float(weights[row, column]) for row in known) + starting.get(at, 0.0)
        if weight >= LEAST and token not in COMMON and any(c.isalnum() for c in token):
            found.append((weight, (start, end)))
    return found


def telling(written: str, token: str, known: bool) -> bool:
    """Whether a word by itself tells a reader why: no name or fragment that nobody wrote down, no greeting.

    A word with a capital is a name unless it is `known`; text in capitals alone loses only what is not.
    """
    if token in COMMON or token in SAYS_NOTHING:
        return False
    return known or (len(token) > SHORTEST and written[:1].islower())


def places(part: Part) -> list[tuple[int, int]]:
    """Where each word of a sentence stands in the body; words that one written word stands for stand together."""
    found: list[tuple[int, int]] = []
    for match in TOKEN.finditer(straight(part.text)):
        found += [(part.start + match.start(), part.start + match.end())] * len(forms(match[0]))
    return found[: len(part.tokens)]


def apart(spans: Sequence[tuple[int, int]]) -> Spans:
    """The stretches in order of strength, those that touch or nearly touch joined to the stronger one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        near = next((n for n, (a, b) in enumerate(found) if start <= b + BESIDE and end >= a - BESIDE), None)
        if near is None or NOWHERE in ((start, end), found[near]):
            found.append((start, end))
        else:
            found[near] = min(found[near][0], start), max(found[near][1], end)
    return tuple(found)
