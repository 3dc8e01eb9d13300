"""What a letter says of the complaint: whose it is, at which stage, its definition, who is responsible for what."""

import re
from collections.abc import Iterator

from putright.cases.letters.facts import Check, Facts, Lack
from putright.cases.letters.paragraphs import lettered
from putright.cases.letters.words import plain_words, says


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
    """Which parts we are responsible for, and who is for the others (5.7)."""
    if not re.search(r"\bresponsib", text):
        yield Lack("5.7", "Which parts we are and are not responsible for")
    for number, point in enumerate(facts.points, 1):
        if not point.responsible:
            yield Lack("5.7", f"Whether we are responsible for point {number}: nobody has said yet")
        if point.who_else and not says(text, point.who_else):
            yield Lack("5.7", f"Who is responsible for point {number}: {point.who_else}")


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
