"""What each letter to a resident must hold by the Code, and which of it a draft lacks.

A letter is written from `Facts`; `missing` reads the finished text, whoever wrote it, and names every part that is
not there with its paragraph.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from putright.cases.ombudsman import STALE, Contact
from putright.cases.working_days import in_words


class Kind(StrEnum):
    """The letters there are."""

    ACKNOWLEDGEMENT = "acknowledgement"
    UPDATE = "update"
    EXTENSION = "extension"
    STAGE_1 = "stage-1"
    STAGE_2 = "stage-2"
    REFUSAL = "refusal"
    CLOSURE = "closure"
    PUBLIC_REPLY = "public-reply"
    SIGNPOST = "signpost"


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the complaint definition, whether we are responsible for it (5.7), and how it was decided (6.7)."""

    text: str
    responsible: str = ""
    """`yes`, `no` or `unclear`; empty while nobody has said."""
    who_else: str = ""
    """Who is responsible where we are not."""
    decision: str = ""
    reasons: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """Something we do: what, by when, who (7.3, 6.6)."""

    what: str
    by: date | None = None
    owner: str = ""
    done: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a letter may say. What is empty is asked for in the draft in square brackets."""

    reference: str
    landlord: str
    written: date
    ombudsman: Contact
    stage: int = 1
    resident: str = ""
    handler: str = ""
    contact: str = ""
    policy: str = ""
    """The address of the complaints policy (3.4, 3.5)."""
    received: date | None = None
    points: tuple[Point, ...] = ()
    outcomes: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    due: date | None = None
    """When the response is due; for an extension the new date."""
    decision: str = ""
    remedies: tuple[Promise, ...] = ()
    actions: tuple[Promise, ...] = ()
    reason: str = ""
    """Why it is extended, refused or closed; for an update what has happened."""
    interval: str = ""
    """How often updates were agreed (5.9)."""
    ground: str = ""
    large_print: bool = False
    adjustments: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Lack:
    """A part that a letter lacks or gets wrong."""

    paragraph: str
    what: str

    def __str__(self) -> str:
        return f"{self.what} (Code {self.paragraph})" if self.paragraph else self.what


def missing(kind: Kind, facts: Facts, text: str) -> list[Lack]:
    """Every part of a letter that is missing, in the Code's order; an empty list when it is whole."""
    plain = _plain(text)
    found = [lack for check in _CHECKS[kind] for lack in check(facts, plain)]
    gaps = sorted(set(re.findall(r"\[[^\[\]\n]{2,80}\]", text)))
    return [*found, *(Lack("", f"A gap is still to be filled: {gap}") for gap in gaps)]


Check = Callable[[Facts, str], Iterator[Lack]]


def _plain(text: str) -> str:
    for curly, straight in (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("\u00a0", " ")):
        text = text.replace(curly, straight)
    return " ".join(text.casefold().split())


def _says(text: str, words: str) -> bool:
    """Whether the text holds these words, or nearly all of the long ones close together (a point reworded)."""
    wanted = _plain(words).strip(" .!?")
    if wanted in text:
        return True
    long = [w for w in re.findall(r"[a-z0-9']{4,}", wanted) if w not in _EVERYDAY]
    if len(long) < 3:
        return False
    places = [i for w in set(long) for i in [m.start() for m in re.finditer(re.escape(w), text)]]
    reach = 3 * len(wanted) + 40
    for start in places:
        near = text[start : start + reach]
        if sum(w in near for w in set(long)) >= 0.8 * len(set(long)):
            return True
    return False


_EVERYDAY = frozenset(
    [
        "that",
        "this",
        "have",
        "been",
        "with",
        "your",
        "they",
        "from",
        "when",
        "were",
        "will",
        "what",
        "there",
        "about",
    ]
)


def _reference(facts: Facts, text: str) -> Iterator[Lack]:
    if facts.reference.casefold() not in text:
        yield Lack("5.12", f"The reference {facts.reference}")


def _stage(facts: Facts, text: str) -> Iterator[Lack]:
    stage = f"stage (?:{facts.stage}|{'two' if facts.stage == 2 else 'one'})"
    before, after = "at|is|our|this|your|the", "response|answer|reply|decision|complaint|letter"
    if not re.search(rf"\b(?:{before}) {stage}\b|\b{stage} (?:{after})\b", text):
        yield Lack(_of(facts, "a"), f"Which stage it is: stage {facts.stage}")


def _of(facts: Facts, letter: str) -> str:
    return f"{'6.19' if facts.stage == 2 else '6.9'} {letter}"


def _definition(paragraph: str) -> Check:
    def check(facts: Facts, text: str) -> Iterator[Lack]:
        if not facts.points:
            yield Lack("5.6", "A complaint definition: nobody has confirmed one")
        for number, point in enumerate(facts.points, 1):
            if not _says(text, point.text):
                yield Lack(paragraph or _of(facts, "b"), f"Point {number} of the definition: {point.text}")
        for outcome in facts.outcomes:
            if not _says(text, outcome) and "not stated" not in _plain(outcome):
                yield Lack("5.6", f"The outcome that the resident seeks: {outcome}")

    return check


def _responsibility(facts: Facts, text: str) -> Iterator[Lack]:
    if not re.search(r"\bresponsib", text):
        yield Lack("5.7", "Which parts we are and are not responsible for")
    for number, point in enumerate(facts.points, 1):
        if not point.responsible:
            yield Lack("5.7", f"Whether we are responsible for point {number}: nobody has said yet")
        if point.who_else and not _says(text, point.who_else):
            yield Lack("5.7", f"Who is responsible for point {number}: {point.who_else}")


def _questions(facts: Facts, text: str) -> Iterator[Lack]:
    for one in facts.unclear:
        if not _says(text, one):
            yield Lack("5.6", f"The question on what is unclear: {one}")


def _adjustments(facts: Facts, text: str) -> Iterator[Lack]:
    if not re.search(r"adjustment|large print|another (?:format|language)|easier for you", text):
        yield Lack("5.10", "The question whether the resident needs adjustments")


def _due(paragraph: str, what: str) -> Check:
    def check(facts: Facts, text: str) -> Iterator[Lack]:
        if facts.due is None:
            yield Lack(paragraph, f"{what}: it is not set")
        elif not _dated(text, facts.due):
            yield Lack(paragraph, f"{what}: {in_words(facts.due)}")

    return check


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _dated(text: str, day: date) -> bool:
    """Whether a day stands in the text in a usual UK form."""
    month = MONTHS[day.month - 1].casefold()
    forms = (
        rf"\b0?{day.day}(?:st|nd|rd|th)?(?: of)? {month[:3]}(?:{month[3:]})?,? {day.year}\b",
        rf"\b0?{day.day}/0?{day.month}/(?:{day.year}|{day.year % 100:02d})\b",
    )
    return any(re.search(form, text) for form in forms)


def _decisions(facts: Facts, text: str) -> Iterator[Lack]:
    """A decision and reasons for each point (6.7, 6.18), and the decision as a whole."""
    decided = r"\b(?:partly |not |partially )?upheld\b|\bnot uphold\b|\buphold\b"
    if not re.search(decided, text):
        yield Lack(_of(facts, "c"), "The decision: upheld, partly upheld or not upheld")
    starts = [(text.find(_plain(p.text).strip(" .!?")), n, p) for n, p in enumerate(facts.points, 1)]
    after = re.search(
        r"\bas a whole\b|\boverall\b|\bwhat you asked for\b|\bto put (?:things|this|it) right\b", text
    )
    where = sorted([start for start, _, _ in starts if start >= 0] + ([after.start()] if after else []))
    for start, number, point in starts:
        if start < 0:
            continue  # the point itself is missing, which is said elsewhere
        last = max(i for i in _all(text, _plain(point.text).strip(" .!?")))
        end = next((w for w in where if w > last), len(text))
        section = text[last + len(_plain(point.text)) : end]
        if len(facts.points) > 1 and not re.search(decided, section):
            yield Lack(_of(facts, "c"), f"The decision on point {number}: {point.text}")
        words = re.sub(decided, " ", section)
        if len(re.findall(r"[a-z]{2,}", words)) < REASON_WORDS:
            yield Lack(_of(facts, "d"), f"The reasons for the decision on point {number}: {point.text}")


REASON_WORDS = 8
"""A reason of fewer words is none."""


def _all(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _remedies(facts: Facts, text: str) -> Iterator[Lack]:
    if not facts.remedies and not re.search(
        r"no remedy|not offer(?:ing)? (?:a|any) remedy|to put (?:this|things|it) right|remed", text
    ):
        yield Lack(_of(facts, "e"), "The remedy offered, or that none is offered and why")
    for one in facts.remedies:
        yield from _promised(facts, text, one, "e", "The remedy", "7.3")


def _actions(facts: Facts, text: str) -> Iterator[Lack]:
    open_ones = [x for x in facts.actions if x.done is None]
    if not open_ones and not re.search(r"no (?:outstanding|further) action|outstanding action", text):
        yield Lack(_of(facts, "f"), "The outstanding actions, or that there are none")
    for one in open_ones:
        yield from _promised(
            facts, text, one, "f", "The outstanding action", "6.17" if facts.stage == 2 else "6.6"
        )


def _promised(
    facts: Facts, text: str, one: Promise, letter: str, what: str, paragraph: str
) -> Iterator[Lack]:
    if not _says(text, one.what):
        yield Lack(_of(facts, letter), f"{what}: {one.what}")
    elif one.by is None or not _dated(text, one.by):
        day = in_words(one.by) if one.by else "no date is set"
        yield Lack(paragraph, f"By when: {one.what} ({day})")


def _kept(facts: Facts, text: str) -> Iterator[Lack]:
    for one in (*facts.actions, *facts.remedies):
        if one.done is None:
            yield Lack("7.3", f"A promise that is not kept yet, so the case cannot be closed: {one.what}")


def _to_stage_2(facts: Facts, text: str) -> Iterator[Lack]:
    if not re.search(r"\bstage (?:2|two)\b", text):
        yield Lack("6.9 g", "How to ask for stage 2 if the resident is not satisfied")
    if re.search(
        r"(?<!not )(?:must|need to|have to|should) (?:tell us why|give (?:us )?(?:your |the |a )?reasons?|explain why)",
        text,
    ):
        yield Lack("6.12", "It demands reasons for asking for stage 2: none are needed, so take that out")


def _final(facts: Facts, text: str) -> Iterator[Lack]:
    if not re.search(r"\bfinal (?:response|decision)\b", text):
        yield Lack("6.10", "That this is the final response")


def _ombudsman(paragraph: str) -> Check:
    def check(facts: Facts, text: str) -> Iterator[Lack]:
        contact = facts.ombudsman
        reachable = contact.phone in text or "housing-ombudsman.org.uk" in text
        if "ombudsman" not in text or not reachable:
            yield Lack(paragraph or _of(facts, "g"), "How to reach the Housing Ombudsman: " + contact.block)
        for pattern, why in STALE:
            if contact.email and "e-mail" in why:
                continue
            if pattern.search(text):
                yield Lack("3.7", f"Out of date: {why}")

    return check


def _policy(facts: Facts, text: str) -> Iterator[Lack]:
    if facts.policy and _plain(facts.policy) not in text:
        yield Lack("3.4", f"Where the complaints policy is: {facts.policy}")


def _reason(paragraph: str, what: str) -> Check:
    def check(facts: Facts, text: str) -> Iterator[Lack]:
        if not facts.reason:
            yield Lack(paragraph, f"{what}: none is recorded")
        elif not _says(text, facts.reason):
            yield Lack(paragraph, f"{what}: {facts.reason}")

    return check


def _ground(facts: Facts, text: str) -> Iterator[Lack]:
    if not facts.ground:
        yield Lack("2.2", "The ground of the refusal: none is recorded")
    elif not _says(text, facts.ground):
        yield Lack("2.2", f"The ground of the refusal: {facts.ground}")


def _interval(facts: Facts, text: str) -> Iterator[Lack]:
    if not re.search(r"\bupdates?\b|keep you informed|be in touch every", text):
        yield Lack("5.9", "How often we update the resident until then")


def _impersonal(facts: Facts, text: str) -> Iterator[Lack]:
    private = [facts.resident, facts.reference, *(p.text for p in facts.points)]
    for one in private:
        if one and _plain(one) in text:
            yield Lack("", "A public reply names nobody and says nothing of the case: take out its details")
            return
    for name in facts.resident.split():
        if len(name) > 2 and re.search(rf"\b{re.escape(name.casefold())}\b", text):
            yield Lack("", "A public reply names nobody and says nothing of the case: take out the name")
            return


def _how_to_complain(facts: Facts, text: str) -> Iterator[Lack]:
    if "complain" not in text:
        yield Lack("1.6", "How to make a complaint")


_ALWAYS: tuple[Check, ...] = (_reference, _policy)
_CHECKS: dict[Kind, tuple[Check, ...]] = {
    Kind.ACKNOWLEDGEMENT: (
        *_ALWAYS,
        _stage,
        _definition("5.6"),
        _responsibility,
        _questions,
        _adjustments,
        _due("6.3", "When we answer"),
        _ombudsman("3.7"),
    ),
    Kind.UPDATE: (*_ALWAYS, _reason("5.9", "What has happened since"), _ombudsman("3.7")),
    Kind.EXTENSION: (
        *_ALWAYS,
        _reason("6.4", "Why it takes longer"),
        _due("6.4", "The new date"),
        _interval,
        _ombudsman("6.5"),
    ),
    Kind.STAGE_1: (
        *_ALWAYS,
        _stage,
        _definition(""),
        _decisions,
        _remedies,
        _actions,
        _to_stage_2,
        _ombudsman("3.7"),
    ),
    Kind.STAGE_2: (
        *_ALWAYS,
        _stage,
        _definition(""),
        _decisions,
        _remedies,
        _actions,
        _final,
        _ombudsman(""),
    ),
    Kind.REFUSAL: (*_ALWAYS, _ground, _reason("2.4", "The reasons"), _ombudsman("2.4")),
    Kind.CLOSURE: (*_ALWAYS, _kept, _ombudsman("3.7")),
    Kind.PUBLIC_REPLY: (_impersonal, _policy),
    Kind.SIGNPOST: (_policy, _how_to_complain),
}
