"""What a letter says of the wait: by when, why it takes longer, how often the resident hears, what was missed."""

import re
from collections.abc import Iterator

from putright.cases.letters.days import days_in, has_day, written_on
from putright.cases.letters.facts import Check, Facts, Lack
from putright.cases.letters.paragraphs import at_its_stage
from putright.cases.letters.words import says, sentences_of
from putright.cases.working_days import in_words


def due_day(first: str, what: str) -> Check:
    """The day of the answer, still to come; `first` is its paragraph at stage 1."""

    def check(facts: Facts, text: str) -> Iterator[Lack]:
        paragraph = at_its_stage(facts, first)
        if facts.due is None:
            yield Lack(paragraph, f"{what}: it is not set")
        elif facts.due < written_on(facts, text):
            yield Lack(paragraph, f"{what}: {in_words(facts.due)} has passed, so give another (--due)")
        elif not has_day(text, facts.due):
            yield Lack(paragraph, f"{what}: {in_words(facts.due)}")

    return check


def no_past_promise(facts: Facts, text: str) -> Iterator[Lack]:
    """Nothing is promised for a day that lies before the letter."""
    for sentence in sentences_of(text):
        promised = re.search(
            r"\b(?:reply|answer|respon[ds]\w*|hear from us|update you|write to you)\b", sentence
        )
        if not promised or ADMITS.search(sentence):
            continue
        for start, day in days_in(sentence):
            before = sentence[:start].rstrip().rpartition(" ")[2]
            if before in ("by", "before", "until") and day < written_on(facts, text):
                yield Lack(
                    at_its_stage(facts, "6.4"),
                    f"It promises {in_words(day)}, which lies before the letter's own date",
                )


def admits_missed(facts: Facts, text: str) -> Iterator[Lack]:
    """A letter after the date that was owed says so (5.9: residents are told where they stand)."""
    if facts.owed is None or facts.owed >= written_on(facts, text):
        return
    if not any(ADMITS.search(x) and has_day(x, facts.owed) for x in sentences_of(text)):
        yield Lack(
            at_its_stage(facts, "6.3"), f"That we missed the date of our answer: {in_words(facts.owed)}"
        )


ADMITS = re.compile(r"\bmissed\b|\bshould have\b|\bdid not\b|\boverdue\b|\bwas due\b|\bfailed\b|\blate\b")


def reason_given(first: str, what: str) -> Check:
    """The reason that is recorded; `first` is its paragraph at stage 1."""

    def check(facts: Facts, text: str) -> Iterator[Lack]:
        paragraph = at_its_stage(facts, first)
        if not facts.reason:
            yield Lack(paragraph, f"{what}: none is recorded")
        elif not says(text, facts.reason):
            yield Lack(paragraph, f"{what}: {facts.reason}")

    return check


def updates_said(facts: Facts, text: str) -> Iterator[Lack]:
    """How often the resident hears until then (5.9)."""
    if not re.search(r"\bupdates?\b|keep you informed|be in touch every", text):
        yield Lack("5.9", "How often we update the resident until then")
