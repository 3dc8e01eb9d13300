"""What an answer says of the decision: on each point and as a whole, with its reasons, and how a fault affected."""

import re
from collections.abc import Iterator

from putright.cases.letters.facts import Facts, Lack, Point
from putright.cases.letters.paragraphs import lettered
from putright.cases.letters.sections import places, sections
from putright.cases.letters.words import plain_words, says


def decided_and_reasoned(facts: Facts, text: str) -> Iterator[Lack]:
    """A decision and reasons for each point (6.7, 6.18), and the decision as a whole, as they are recorded."""
    if not DECIDED.search(text):
        yield Lack(lettered(facts, "c"), "The decision: upheld, partly upheld or not upheld")
    after = re.search(
        r"\bas a whole\b|\boverall\b|\bwhat you asked for\b|\bto put (?:things|this|it) right\b", text
    )
    ends = [after.start()] if after else []
    where = places(facts, text)
    for number, point in enumerate(facts.points, 1):
        found = sections(facts, text, where, number, ends)
        if not found:
            continue  # the point itself is missing, which is said elsewhere
        section = max(found, key=lambda x: (DECIDED.search(x) is not None, len(x)))
        yield from _decided(facts, number, point, section)
    told = [x for x in _AS_A_WHOLE.split(text)[1:] if DECIDED.search(x[:120])]
    if not told and DECIDED.search(text):
        yield Lack(lettered(facts, "c"), "The decision as a whole: upheld, partly upheld or not upheld")
    if facts.decision and told and (said := decision_in(told[-1][:120])) != facts.decision:
        yield Lack(
            lettered(facts, "c"),
            f'The decision as a whole is recorded as "{facts.decision}", the letter says "{said}"',
        )


def _decided(facts: Facts, number: int, point: Point, section: str) -> Iterator[Lack]:
    said = decision_in(section)
    if len(facts.points) > 1 and not said:
        yield Lack(lettered(facts, "c"), f"The decision on point {number}: {point.text}")
    if said and point.decision and said != point.decision:
        yield Lack(
            lettered(facts, "c"),
            f'The decision on point {number} is recorded as "{point.decision}", the letter says "{said}"',
        )
    of_point = f"The reasons for the decision on point {number}: {point.text}"
    if point.reasons and not too_short(point.reasons) and says(section, point.reasons):
        return
    section = _WHOSE_IT_IS.sub(" ", section)
    if not telling(section):
        yield Lack(lettered(facts, "d"), of_point)
    elif too_short(section):
        yield Lack(lettered(facts, "d"), f"{of_point}: what stands there is too short to be a reason")


_WHOSE_IT_IS = re.compile(r"\bwe are not responsible for this part\b[^.]*\.")
"""Whose a point is gives no reason for the decision on it."""


DECIDED = re.compile(
    r"\b(?P<not>not |n't )?(?P<partly>partly |partially |in part )?(?:upheld|uphold)\b(?P<part> in part)?"
)


def decision_in(section: str) -> str:
    """The first decision that it gives, as it is recorded; empty where it gives none."""
    found = DECIDED.search(section)
    if not found:
        return ""
    if found["partly"] or found["part"]:
        return "partly upheld"
    return "not upheld" if found["not"] else "upheld"


_AS_A_WHOLE = re.compile(
    r"\bas a whole\b|\boverall\b"
    r"|(?<!of )\b(?:your|the) complaint (?:is|was|has been)"
    r"(?= (?:therefore |now |not |partly |partially |in part )*upheld)"
    r"|\b(?:we|i) (?=(?:[a-z']+ ){0,4}(?:upheld|uphold) (?:your|the) complaint\b)"
)
"""Where the decision as a whole follows, on whichever points there are."""


REASON_WORDS = 2
"""A reason of fewer words that tell something is none, in the record and in a letter alike (6.7, 6.18)."""


def too_short(reason: str) -> bool:
    """Whether what stands as a reason says too little to be one: `yes`, `upheld because of this`."""
    return len(telling(reason)) < REASON_WORDS


def telling(text: str) -> list[str]:
    words = re.findall(
        r"[a-z0-9']+", re.sub(r"(?:^| )\d+[.)](?= |$)", " ", DECIDED.sub(" ", plain_words(text)))
    )
    return [x for x in words if x not in _TELL_NOTHING]


_TELL_NOTHING = frozenset(
    [
        "our",
        "decision",
        "is",
        "was",
        "we",
        "have",
        "has",
        "this",
        "part",
        "point",
        "of",
        "your",
        "the",
        "complaint",
        "why",
        "because",
        "reason",
        "reasons",
        "and",
        "therefore",
        "so",
        "that",
        "upheld",
    ]
)


def impact_said(facts: Facts, text: str) -> Iterator[Lack]:
    """Where a fault was found, how it affected the resident: what is offered reflects that, money or not (7.2)."""
    fault = facts.fault
    if fault is None:
        fault = any(not x["not"] for x in DECIDED.finditer(text))
    if not fault or (facts.impact and says(text, facts.impact)):
        return
    under = _HOW_AFFECTED.search(text)
    if (under and not too_short(under[1])) or _AFFECTED.search(_HOW_AFFECTED.sub(" ", text)):
        return
    yield Lack(
        "7.2",
        f"How the fault affected the resident: {facts.impact or 'nothing is recorded (case respond --impact)'}",
    )


_HOW_AFFECTED = re.compile(
    r"\bhow (?:this|it|that) (?:has )?affected you:(.*?)(?=\bto put (?:things|this|it) right|$)"
)


_AFFECTED = re.compile(
    r"\b(?:affected|affects|left|put|caused|cost|gave) you\b|\b(?:impact|effect) on you\b|\bmeant (?:that )?you\b"
    r"|\byou (?:were|had been|have been) (?:left|without|put)\b|\bdistress\b|\binconvenience\b"
)


def ground_named(facts: Facts, text: str) -> Iterator[Lack]:
    """The ground of a refusal (2.2)."""
    if not facts.ground:
        yield Lack("2.2", "The ground of the refusal: none is recorded")
    elif not says(text, facts.ground):
        yield Lack("2.2", f"The ground of the refusal: {facts.ground}")


def discretion_said(facts: Facts, text: str) -> Iterator[Lack]:
    """How taking it all the same was considered, where somebody did (2.3)."""
    if facts.discretion and not says(text, facts.discretion):
        yield Lack("2.3", f"How taking it all the same was considered: {facts.discretion}")
