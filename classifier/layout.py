"""What part of a mail each line is, and its text as a person reads it: without marks of quoting, lines put together."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from putright.cases.message import Span, own_words_left
from putright.classifier.words import straight
from putright.classifier.wrapping import soft_breaks

QUOTING = " \t>"
HEADER = re.compile(
    r"^\W{0,4}(?:from|sent|to|cc|bcc|date|subject|reply-to|attachments?|importance)\s*:", re.I
)
BREAK = re.compile(
    r"^\s*(?:-{2,}.*(?:forwarded|original) message.*|begin forwarded message:?|_{5,})\s*$", re.I
)
RULE = re.compile(r"^\s*[-_=*]{3,}\s*$")
WROTE = re.compile(r"^(?:on\b.{4,90}\bwrote:|>*\s*.{2,60} wrote:)$", re.I)
LONGEST_MARK = 400
"""A longer line announces no quote and parts nothing; the patterns would try every blank and dash of it."""
SIGN_OFF = re.compile(
    r"^\s*(?:kind(?:est)? regards|best regards|warm regards|with kind regards|regards|yours\b.{0,20}|best wishes"
    r"|many thanks|thanks|thank you|cheers|ta|sincerely|all the best|best|kr|rgds|respectfully)\b[\s,.!xX]*$",
    re.IGNORECASE,
)
SMALL_PRINT = re.compile(
    r"\bintended (?:solely|only|recipients?)\b|\bintended for (?:the|use by|the use of) |\bconfidentiality notice\b"
    r"|\b(?:e-?mail|message|communication|correspondence|transmission)s?\b.{0,90}"
    r"\b(?:privileged?|disclos|processed (?:in|by|under)|scanned|monitored|addressee)"
    r"|\b(?:e-?mail|message)\b.{0,30}\b(?:attachments?|files)\b.{0,60}\bconfidential"
    r"|\b(?:this|the) (?:e-?mail|message|communication)(?: is|'s|s| (?:may )?contains?)? (?:private and |strictly )?"
    r"confidential(?: information)?(?: and |[.]?$)"
    r"|^\W*(?:sent from my|get outlook|unsubscribe|to unsubscribe|virus-free|(?:e-?mail |legal )?disclaimer\b)",
    re.IGNORECASE,
)
"""What a mail system or an employer adds; a resident who asks for something to be kept confidential is not it."""
WORDS_OF_SMALL_PRINT = (
    "intended", "confidential", "privilege", "disclos", "process", "scanned", "monitored", "addressee", "sent from",
    "outlook", "unsubscribe", "virus-free", "disclaimer",
)  # fmt: skip
"""Small print has one of these; a line without them is not searched for it, which takes a hundred times as long."""
OF_SPAN = {
    "covering": "covering",
    "headers": "headers",
    "quote": "quote",
    "signature": "small",
    "disclaimer": "small",
}
"""The part that the mail room's spans say a line is; its `words` may still be below a sign-off."""

WRAPPED = ("email", "forward", "letter")
"""Where a program may have broken the lines; elsewhere people did."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A body laid out. `text` is as long as the body, character for character; `starts` and `parts` are its lines'.

    The parts: `words`, `headers`, `covering` (what a member of staff wrote above a forward), `quote`, `after` (below a
    sign-off), `small` (print).
    """

    text: str
    plain: str
    """The same in lower case with plain quotes, for whatever looks for words."""
    starts: list[int]
    parts: list[str]

    def part_at(self, offset: int) -> str:
        return self.parts[max(0, bisect_right(self.starts, offset) - 1)]


def lay_out(body: str, spans: Sequence[Span] = (), channel: str = "") -> Layout:
    """The layout of a body by the mail room's spans, or by its looks where they say nothing."""
    lines = body.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))
    parts = guessed(lines, channel)
    if any(span.kind in OF_SPAN for span in spans):
        parts = told(lines, starts, spans)
    if not any(
        part in ("words", "after") and line.strip(QUOTING) for line, part in zip(lines, parts, strict=True)
    ):
        parts = ["words" if part == "covering" else part for part in parts]
    shown, groups, group, before = [], [], 0, ("", 0)
    for line, part in zip(lines, parts, strict=True):
        own = part in ("words", "after", "covering", "small") or line.strip(QUOTING) == ""
        marks = len(line) - len(line.lstrip(QUOTING)) if own and line.lstrip().startswith(">") else 0
        shown.append(" " * marks + line[marks:])
        here = (part, line[:marks].count(">"))
        if line.strip(QUOTING) and here != before:
            group, before = group + 1, here
        joined = part not in ("headers", "quote") and not SIGN_OFF.match(line.lstrip(QUOTING))
        groups.append(group if joined else None)
    wrapped = not channel or channel in WRAPPED
    soft = soft_breaks([line.strip() for line in shown], groups) if wrapped else set()
    text = "".join(line + (" " if number in soft else "\n") for number, line in enumerate(shown))[: len(body)]
    return Layout(text, straight(text), starts, parts)


def told(lines: Sequence[str], starts: Sequence[int], spans: Sequence[Span]) -> list[str]:
    """The part of each line as the mail room's spans have it.

    Quotes and signatures that leave too little of the writer's own words are not believed.
    """
    believed = own_words_left(spans)
    edges = sorted(spans, key=lambda span: span.start)
    begin = [span.start for span in edges]
    found, state = [], "words"
    for line, start in zip(lines, starts, strict=True):
        first = start + len(line) - len(line.lstrip())
        at = bisect_right(begin, max(start, min(first, start + len(line)))) - 1
        span = edges[at] if at >= 0 and edges[at].end > start else None
        kind = span.kind if span is not None else "words"
        if kind in ("covering", "headers") or (believed and kind in OF_SPAN):
            state = "words"
            found.append(OF_SPAN[kind])
            continue
        if SIGN_OFF.match(line.lstrip(QUOTING)):
            state = "after"
        found.append("small" if small_print(line) else state)
    return found


def guessed(lines: Sequence[str], channel: str = "") -> list[str]:
    """The part of each line by its looks."""
    kinds: list[str] = []
    first_header = next((n for n, line in enumerate(lines) if HEADER.match(line) and block(lines, n)), None)
    above = first_header is not None and any(
        line.strip(QUOTING) and not breaks(line) for line in lines[:first_header]
    )
    replies = above and channel == "email"
    covering = above and channel in ("forward", "")
    state, headers_seen, quoted_below = "words", False, False
    base = 0
    for number, line in enumerate(lines):
        depth = marks_of_quoting(line)
        if breaks(line) or (HEADER.match(line) and (headers_seen or block(lines, number))):
            if not headers_seen:
                base = least_depth(lines, number) if not replies else 0
            kind, headers_seen = "headers", True
            state, covering = "quote" if replies else "words", False
        elif depth > base and line.strip(QUOTING):
            kind = "quote"
        elif len(line) < LONGEST_MARK and WROTE.match(line.strip()):
            kind, quoted_below = "headers", True
        elif small_print(line):
            kind = "small"
        elif replies and state == "quote" and RULE.match(line):
            kind = state = "words"  # what is quoted ends at a rule
        elif state != "quote" and SIGN_OFF.match(line.lstrip(QUOTING)):
            kind, state = "after", "after"
        else:
            kind = "covering" if covering else "quote" if quoted_below else state
            headers_seen = headers_seen and not line.strip(QUOTING)
        kinds.append(kind)
    return kinds


def small_print(line: str) -> bool:
    folded = line.casefold()
    return any(word in folded for word in WORDS_OF_SMALL_PRINT) and SMALL_PRINT.search(line) is not None


def breaks(line: str) -> bool:
    """Whether a line parts what was written from what is passed on."""
    return len(line) < LONGEST_MARK and BREAK.match(line) is not None


def marks_of_quoting(line: str) -> int:
    """How often a line is quoted."""
    return line[: len(line) - len(line.lstrip(QUOTING))].count(">")


def least_depth(lines: Sequence[str], number: int) -> int:
    """How often all that a forward holds is quoted, by its header line or, below a plain one, by every line."""
    if depth := marks_of_quoting(lines[number]):
        return depth
    said = (line for line in lines[number:] if line.strip(QUOTING) and not HEADER.match(line))
    return min((marks_of_quoting(line) for line in said if not breaks(line)), default=0)


def block(lines: Sequence[str], number: int) -> bool:
    """Whether a header line stands with another one next to it (a lone `To: ` in a letter is not a header block)."""
    near = list(lines[max(0, number - 1) : number]) + list(lines[number + 1 : number + 2])
    return any(HEADER.match(line) or breaks(line) for line in near)
