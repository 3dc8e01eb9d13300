"""Mail that a short line passes on although nothing calls it a forward: whose words the message is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from putright.cases.message import Span
from putright.classifier.layout import (
    HEADER,
    LONGEST_MARK,
    OF_SPAN,
    QUOTING,
    SIGN_OFF,
    WROTE,
    block,
    breaks,
    least_depth,
    marks_of_quoting,
    small_print,
)

CHANNELS = ("email", "slack")
"""What comes by these may be pasted mail; a forward is read as one already."""
MOST_OWN = 25
"""Words of a covering line at most, without greeting and signature; more stand by themselves."""
FEWEST_QUOTED = 5
GREETING = re.compile(r"^\s*(?:hi|hello|hiya|dear|morning|afternoon|good \w+|all|team)\b[^.?!]{0,40}$", re.I)
POINTER = re.compile(
    r"\b(?:see|read|note) (?:the )?(?:below|beneath|attached|trail|thread|chain|e-?mail)\b|\bf\.?y\.?i\b|\bfao\b"
    r"|\b(?:the |as )?below\b|\bfor (?:your |the )?(?:info|information|attention|action|awareness|records)\b"
    r"|\bforward(?:ed|ing)?\b|\bf(?:wd|w)\b|\bpass(?:ed|ing)? (?:this|it|on|over|to)\b"
    r"|\b(?:can|could|would|will|please|pls|plz) (?:\w+ ){0,3}?(?:log|pick|deal|respond|reply|look|action|call|ring"
    r"|contact|handle|sort|advise|help|record|raise|answer|acknowledge|allocate|assign)\b"
    r"|\b(?:one|this) for (?:you|us|your|the|complaints|repairs)\b|\banother (?:one|of)\b|\bover to you\b|\bthis one\b"
    r"|\b(?:came|come|landed|arrived|sent|addressed) (?:in|to|into)\b|\b(?:got|had|received) (?:this|the below)\b"
    r"|\bwho (?:deals|handles|looks)\b|\bin error\b|\bby mistake\b|\bnot sure (?:who|what|if|where)\b"
    r"|\bfrom (?:a|the|our|one of our|my) (?:tenant|resident|customer|leaseholder|lady|gentleman|mrs?|ms)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PassedOn:
    """A body read as a forward: its `spans` (none where a header block says it), and whether the line above points.

    `pointing` is false where the line might be an answer of its own, though a short one.
    """

    pointing: bool
    spans: tuple[Span, ...] = ()


def passed_on(body: str, channel: str, spans: Sequence[Span] = ()) -> PassedOn | None:
    """What a body passes on; None where it is its writer's own, or where the mail room has marked its parts."""
    if channel not in CHANNELS or any(span.kind in OF_SPAN for span in spans):
        return None
    lines = body.split("\n")
    first, below, wrote = announced(lines)
    if first is None:
        return None
    base = least_depth(lines, below) if wrote else marks_of_quoting(lines[first])
    rest = [line for line in lines[below:] if line.strip(QUOTING) and not HEADER.match(line)]
    under = [line for line in rest if marks_of_quoting(line) < base and not small_print(line)]
    own, quoted = " ".join([*covering(lines[:first]), *covering(under)]), sum(len(x.split()) for x in rest)
    count = len(own.split())
    if count > MOST_OWN or quoted < max(FEWEST_QUOTED, count):
        return None
    pointing = not own or POINTER.search(own) is not None
    return PassedOn(pointing, marked(lines, first, below, base) if wrote else ())


def announced(lines: Sequence[str]) -> tuple[int | None, int, bool]:
    """The line that announces what is passed on, the first line below, and whether it says that somebody wrote."""
    for number, line in enumerate(lines):
        if breaks(line) or (HEADER.match(line) and block(lines, number)):
            return number, number + 1, False
        for size in (1, 2):  # programs break this line
            said = " ".join(x.strip(QUOTING) for x in lines[number : number + size])
            if len(said) < LONGEST_MARK and WROTE.match(said):
                return number, min(number + size, len(lines) - 1), True
    return None, 0, False


def covering(lines: Sequence[str]) -> list[str]:
    """What is said above, without greeting, sign-off and what stands below one."""
    said = []
    for line in lines:
        if SIGN_OFF.match(line):
            break
        if line.strip() and not GREETING.match(line.strip(" ,")) and not small_print(line):
            said.append(line.strip())
    return said


def marked(lines: Sequence[str], first: int, below: int, base: int) -> tuple[Span, ...]:
    """Spans of a body in which a line says who wrote what stands below it."""
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    spans, quoting = [], False
    for number, line in enumerate(lines):
        if not line.strip(QUOTING):
            continue
        if number < first:
            kind = "covering"
        elif number < below:
            kind = "headers"
        else:
            quoting = quoting or WROTE.match(line.strip(QUOTING)[:LONGEST_MARK]) is not None
            depth = marks_of_quoting(line)
            kind = "covering" if depth < base else "quote" if quoting or depth > base else "words"
        spans.append(Span(starts[number], starts[number] + len(line), kind))
    return tuple(spans)
