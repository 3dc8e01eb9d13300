"""What a letter says of the complaint: whose it is, at which stage, its definition, who is responsible for what."""

import re
from collections.abc import Iterator

from putright.cases.letters.facts import Check, Facts, Lack
from putright.cases.letters.paragraphs import lettered
from putright.cases.letters.sections import places, sections
from putright.cases.letters.words import plain_words, says, sentences_of


def reference_named(facts: Facts, text: str) -> Iterator[Lack]:
    """Our reference, so that answers join their case (5.12)."""
    if facts.reference.casefold() not in text:
        yield Lack("5.12", f"The reference {facts.reference}")


def stage_named(facts: Facts, text: str) -> Iterator[Lack]:
    """The stage (6.9 a, 6.19 a)."""
    stage = f"stage (?:{facts.stage}|{'two' if facts.stage == 2 else 'one'})"
    before, after = "at|is|our|this|your|the", "response|answer|reply|decision|complaint|letter"
    if not re.search(rf"\b(?:{before}) {stage}\b|\b{stage} (?:{after})\b", text):
        yield Lack(lettered(facts, "a"), f"Which stage it is: stage {facts.stage}")


def definition_set_out(paragraph: str) -> Check:
    """Every point and outcome of the definition (5.6); `paragraph` is empty for an answer (6.9 b, 6.19 b)."""

    def check(facts: Facts, text: str) -> Iterator[Lack]:
        if not facts.points:
            yield Lack("5.6", "A complaint definition: nobody has confirmed one")
        for number, point in enumerate(facts.points, 1):
            if not says(text, point.text):
                yield Lack(
                    paragraph or lettered(facts, "b"), f"Point {number} of the definition: {point.text}"
                )
        for outcome in facts.outcomes:
            if not says(text, outcome) and "not stated" not in plain_words(outcome):
                yield Lack("5.6", f"The outcome that the resident seeks: {outcome}")

    return check


def responsibility_said(facts: Facts, text: str) -> Iterator[Lack]:
    """For each part whether we are responsible, and who is where we are not (5.7)."""
    where = places(facts, text)
    ends = [found.start()] if (found := _AFTER_THE_POINTS.search(text)) else []
    for number, point in enumerate(facts.points, 1):
        if not point.responsible:
            yield Lack("5.7", f"Whether we are responsible for point {number}: nobody has said yet")
        elif where[number] and not _responsibility(
            facts, text, number, sections(facts, text, where, number, ends)
        ):
            yield Lack("5.7", f"{_ITS_PART[point.responsible]} point {number}: {point.text}")
    yield from others_named(facts, text)


def others_named(facts: Facts, text: str) -> Iterator[Lack]:
    """Who is responsible for a part that we are not responsible for (5.7)."""
    for number, point in enumerate(facts.points, 1):
        if point.who_else and not says(text, point.who_else):
            yield Lack("5.7", f"Who is responsible for point {number}: {point.who_else}")


def _responsibility(facts: Facts, text: str, number: int, of_point: list[str]) -> bool:
    """Whether it is said of a point who is responsible: where the point stands, or of several points at once."""
    said = _SAYS_WHETHER[facts.points[number - 1].responsible]
    at_once = re.compile(
        rf"\b(?:all|each|every|both|these|everything)\b|\b(?:points?|parts?)\b[^.]*\b{number}\b"
    )
    return any(map(said.search, of_point)) or any(
        said.search(x) and (at_once.search(x) or len(facts.points) == 1) for x in sentences_of(text)
    )


_SAYS_WHETHER = {
    "yes": re.compile(
        r"(?<!whether )\bwe(?: are|'re)(?: [a-z]+)? responsible\b|(?<!not )(?<!whether it is )\bour responsibility\b"
    ),
    "no": re.compile(r"\bnot (?:[a-z]+ )?(?:responsib|ours\b)|\b(?:is|are) responsible\b"),
    "unclear": re.compile(
        r"\b(?:not|don't)(?: yet)? (?:know|clear|sure|certain)|\bunclear\b|\b(?:whether|who) (?:we|is|it)\b"
    ),
}


_ITS_PART = {
    "yes": "That we are responsible for",
    "no": "That we are not responsible for",
    "unclear": "That we do not know yet whether we are responsible for",
}


_AFTER_THE_POINTS = re.compile(
    r"\bwhat you would like to happen\b|\bto understand your complaint\b|\bwhat you asked for\b"
)


def questions_put(facts: Facts, text: str) -> Iterator[Lack]:
    """What was unclear is asked (5.6)."""
    for one in facts.unclear:
        if not says(text, one):
            yield Lack("5.6", f"The question on what is unclear: {one}")


def adjustments_asked(facts: Facts, text: str) -> Iterator[Lack]:
    """Whether the resident needs adjustments (5.10)."""
    if not re.search(r"adjustment|large print|another (?:format|language)|easier for you", text):
        yield Lack("5.10", "The question whether the resident needs adjustments")


def names_nobody(facts: Facts, text: str) -> Iterator[Lack]:
    """A public reply holds nothing personal."""
    private = [facts.resident, facts.reference, *(p.text for p in facts.points)]
    for one in private:
        if one and plain_words(one) in text:
            yield Lack("", "A public reply names nobody and says nothing of the case: take out its details")
            return
    for name in facts.resident.split():
        if len(name) > 2 and re.search(rf"\b{re.escape(name.casefold())}\b", text):
            yield Lack("", "A public reply names nobody and says nothing of the case: take out the name")
            return


def addressee_known(facts: Facts, text: str) -> Iterator[Lack]:
    """Somebody to write to, where another wrote for the resident (1.3)."""
    if facts.third_party and not facts.resident:
        yield Lack(
            "1.3",
            f"To whom the letter goes is not known, for {facts.third_party} wrote for the resident: say who, with "
            '--to "…"',
        )
