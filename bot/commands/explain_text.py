"""A reading as lines of text: each sentence's role and weight, rules, marks, the definition, what to ask, and why."""

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence

from putright.bot.terminal import one_line
from putright.cases.labels import Decision, Flag, Label
from putright.cases.reading import Reading
from putright.classifier.questions import questions

WIDTH = 100
QUOTED = re.compile(r"(?:^|\n)[ \t]*>[ \t>]*")
WEIGHT = 7
ROLE = 28
IN_SUBJECT = "in the subject"
UNTURNED = "No sentence or few sentences were found without which it would read as anything else."
Spans = Sequence[tuple[int, int]]


def explain_text(
    body: str,
    reading: Reading,
    turned: tuple[Spans, Label] | None = None,
    raised: Mapping[Flag, Spans] | None = None,
) -> list[str]:
    """The lines to print, none wider than `WIDTH`. A sentence that is not among the evidence has no weight.

    `turned` is what `counterfactual.flip` found: the sentences without which the label would be another; `raised`
    what `flag_evidence.of_flags` found: the words behind each flag.
    """
    parts = [
        head(reading),
        sentences(body, reading),
        rules(body, reading),
        flags(body, raised or {}),
        listed("Marks", (f"{mark.value}: {mark.meaning} ({mark.source})" for mark in reading.marks)),
        definition(body, reading),
        listed("Why a person is asked", reading.reasons),
        changed(body, turned),
        meaning(reading.label),
    ]
    lines: list[str] = []
    for part in parts:
        if part:
            lines += [*([""] if lines else []), *part]
    return lines


def head(reading: Reading) -> list[str]:
    chance = f"{reading.probabilities[reading.label]:.0%}, {reading.decision.value}"
    if reading.decided_by and reading.decision is Decision.SURE:
        chance = f"sure by rule {reading.decided_by}"
    paragraph = f", Code {reading.paragraph}" if reading.paragraph else ""
    flags = ", ".join(flag.value.replace("_", " ") for flag in reading.flags)
    lines = [f"{reading.label.words} ({chance}{paragraph})", *wrapped(reading.why)]
    lines += wrapped(f"{reading.service_area.words}{': ' + flags if flags else ''}")
    return lines


def sentences(body: str, reading: Reading) -> list[str]:
    """Each sentence behind its weight and role, wrapped under itself."""
    weights = {(e.start, e.end): e.weight for e in reading.evidence}
    lines = []
    for sentence in reading.sentences:
        weight = weights.get((sentence.start, sentence.end))
        shown = f"{weight:+.2f}" if weight is not None else ""
        before = f"{shown:>{WEIGHT}}  {sentence.role.words:<{ROLE}}"
        lines += wrapped(unmarked(body[sentence.start : sentence.end]), before)
    return ["Sentence by sentence (what each adds to the label)", *lines] if lines else []


def rules(body: str, reading: Reading) -> list[str]:
    """Each rule once, with its paragraph and every place where it fired."""
    found: dict[str, list[str]] = {}
    for rule in reading.rules:
        words = f"“{unmarked(body[rule.start : rule.end])}”" if rule.end else IN_SUBJECT
        found.setdefault(f"rule {rule.id} (Code {rule.paragraph})", []).append(words)
    return listed("Rules that fired", (f"{rule}: {', '.join(dict.fromkeys(w))}" for rule, w in found.items()))


def flags(body: str, raised: Mapping[Flag, Spans]) -> list[str]:
    """Each flag with the words that raised it."""
    lines = []
    for flag, spans in raised.items():
        found = (f"“{unmarked(body[start:end])}”" if end else "the subject" for start, end in spans)
        words = ", ".join(dict.fromkeys(found)) or "the message as a whole, no one word"
        lines.append(f"{flag.value.replace('_', ' ')}: {words}")
    return listed("Words that raised each flag", lines)


def definition(body: str, reading: Reading) -> list[str]:
    """The complaint definition (5.6) in the resident's own words, and what is still to be asked."""
    lines: list[str] = []
    if reading.issues:
        lines.append("What we understand (Code 5.6)")
        for number, point in enumerate(reading.issues, 1):
            lines += wrapped(one_line(point), f"{number:>4}. ")
    lines += listed("What the resident seeks", (one_line(outcome) for outcome in reading.outcomes))
    asked = questions(body, reading)
    lines += listed("To ask", (f"{question.words} (Code {question.paragraph})" for question in asked))
    return lines


def changed(body: str, turned: tuple[Spans, Label] | None) -> list[str]:
    if turned is None:
        return wrapped(UNTURNED, "")
    spans, label = turned
    these = "this sentence" if len(spans) == 1 else f"these {len(spans)} sentences"
    return listed(
        f"Without {these} it would read as {label.words}",
        (f"“{unmarked(body[start:end])}”" for start, end in spans),
    )


def meaning(label: Label) -> list[str]:
    paragraph = f" (Code {label.meaning.paragraph})" if label.meaning.paragraph else ""
    return listed(f"What {label.words} means{paragraph}", [label.meaning.definition])


def listed(heading: str, items: Iterable[str]) -> list[str]:
    """A heading over indented items, or nothing where there are none."""
    lines = [line for item in items for line in wrapped(item, "    - ")]
    return [heading, *lines] if lines else []


def unmarked(text: str) -> str:
    """A stretch of a body on one line, without the marks of quoting before its lines."""
    return one_line(QUOTED.sub("\n", text))


def wrapped(text: str, before: str = "  ") -> list[str]:
    """Text behind a first indent, wrapped under itself and never cut."""
    return textwrap.wrap(
        text, WIDTH, initial_indent=before, subsequent_indent=" " * len(before), break_on_hyphens=False
    )
