"""Forwarded mails inside a body, found line by line in linear time (email.md, section 4.3)."""

import re
from dataclasses import dataclass, field
from enum import Enum

from putright.mailbox import limits


class Field(Enum):
    """What a label of a forwarded mail's header block stands for."""

    FROM = "from"
    DATE = "date"
    TO = "to"
    CC = "cc"
    SUBJECT = "subject"
    OTHER = "other"


# A client or a language more is a row more.
LABELS = {
    "from": Field.FROM,
    "sender": Field.OTHER,
    "sent": Field.DATE,
    "date": Field.DATE,
    "to": Field.TO,
    "cc": Field.CC,
    "bcc": Field.OTHER,
    "subject": Field.SUBJECT,
    "reply-to": Field.OTHER,
    "reply to": Field.OTHER,
    "importance": Field.OTHER,
    "attachments": Field.OTHER,
    "organisation": Field.OTHER,
    "organization": Field.OTHER,
}
SEPARATORS = (
    "forwarded message",
    "begin forwarded message",
    "forwarded mail",
    "original message",
    "original mail",
    "attached message",  # ours: parse.py writes it above an attached mail
)
FORWARD_PREFIXES = ("fw", "fwd", "tr", "wg")
REPLY_PREFIXES = ("re", "aw", "sv")

_LABEL_CHARACTERS = 24
_QUOTING = " \t>"
_DECORATION = " \t*_"
_RULE = re.compile(r"[-_=—–]{8,}")
_PREFIX = re.compile(
    r"(?:\[[^\]]{0,30}\]\s{0,3})?\[?\s{0,3}([a-z]{1,5})(?:\[\d{1,3}\])?\s{0,3}:", re.IGNORECASE
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\b\.?)?(?: (?:GMT|BST|UTC))?", re.IGNORECASE)
_WROTE_CHARACTERS = 400


@dataclass(slots=True)
class Block:
    """A forwarded mail's header block; line numbers count from 0, `end` is the line after it."""

    start: int
    """The separator's line, or the first label's where there is no separator."""
    end: int
    values: dict[Field, str] = field(default_factory=dict)
    worded: bool = False
    """Whether a separator in words stands above it; a bare line of underscores also stands above replies."""
    wrote: bool = False
    """Whether it is an `On … wrote:` line."""

    @property
    def sender(self) -> str:
        return self.values.get(Field.FROM, "")

    @property
    def date(self) -> str:
        return self.values.get(Field.DATE, "")

    @property
    def subject(self) -> str:
        return self.values.get(Field.SUBJECT, "")


def is_forward(subject: str) -> bool:
    """Whether a subject begins as a forward's does: `FW:`, `Fwd:`, `[Fwd:`."""
    return _prefix(subject) in FORWARD_PREFIXES


def is_reply(subject: str) -> bool:
    """Whether a subject begins as a reply's does."""
    return _prefix(subject) in REPLY_PREFIXES


def blocks(lines: list[str]) -> list[Block]:
    """Every header block in the lines, top down; where there is none, every `On … wrote:` line."""
    bare = [line.lstrip(_QUOTING).rstrip() for line in lines]
    found: list[Block] = []
    at = 0
    while at < len(bare) and len(found) < limits.HOPS:
        block = _block(bare, at) if _label(bare[at]) else None
        if block:
            found.append(block)
        at = block.end if block else at + 1
    return found or _attributions(bare)


def attribution_end(lines: list[str], at: int) -> int:
    """The line after the `On … wrote:` line that begins at `at` (it may be wrapped); `at` when none does."""
    block = _attribution([line.lstrip(_QUOTING).rstrip() for line in lines[at : at + 3]], 0)
    return at + block.end if block else at


def worded_separator(line: str) -> bool:
    """Whether a line says in words that another mail follows."""
    if len(line) > 120:
        return False
    words = line.strip("-—–_=*: \t>").lower()
    bare = line.strip(_QUOTING)
    return words in SEPARATORS and (bare.startswith(tuple("-—–_=*")) or bare.endswith(":"))


def _prefix(subject: str) -> str:
    found = _PREFIX.match(subject.strip())
    return found[1].lower() if found else ""


def _label(line: str) -> tuple[Field, str] | None:
    name, colon, value = line[: limits.LABEL_VALUE_CHARACTERS].partition(":")
    if not colon or len(name) > _LABEL_CHARACTERS:
        return None
    known = LABELS.get(name.strip(_DECORATION).lower())
    return (known, value.strip(_DECORATION)) if known else None


def _block(lines: list[str], first: int) -> Block | None:
    """The header block that begins at line `first`, if it is one."""
    values: dict[Field, str] = {}
    labels = 0
    end = at = first
    blank_seen = False
    last: Field | None = None
    while at < min(len(lines), first + limits.BLOCK_LINES):
        label = _label(lines[at])
        if label:
            last = label[0]
            if last in values and last is not Field.OTHER:
                break  # the next mail's block
            values.setdefault(last, label[1])
            labels += 1
            end = at + 1
        elif not lines[at]:
            if blank_seen or not _new_label(lines, at + 1, values):
                break
            blank_seen = True
        elif last and _continues(lines, at, values):
            values[last] = f"{values[last]} {lines[at]}"[: limits.LABEL_VALUE_CHARACTERS]
        else:
            break
        at += 1
    if Field.FROM not in values or not (Field.DATE in values or Field.SUBJECT in values):
        return None
    start, worded = _separator(lines, first)
    if labels < 2 or (labels == 2 and start == first):
        return None
    return Block(start=start, end=end, values=values, worded=worded)


def _new_label(lines: list[str], at: int, values: dict[Field, str]) -> bool:
    label = _label(lines[at]) if at < len(lines) else None
    return label is not None and label[0] not in values


def _continues(lines: list[str], at: int, values: dict[Field, str]) -> bool:
    """Whether a line without a label is a wrapped value: a label not seen yet follows it closely."""
    for line in lines[at + 1 : at + 4]:
        if not line:
            return False
        if label := _label(line):
            return label[0] not in values
    return False


def _separator(lines: list[str], first: int) -> tuple[int, bool]:
    """The line a block starts at, counting a separator up to three lines above it, and whether that is in words."""
    for at in range(first - 1, max(first - 4, -1), -1):
        if worded_separator(lines[at]):
            return at, True
        if _RULE.fullmatch(lines[at].strip()[:200]):
            above = at - 1
            return at, above >= 0 and worded_separator(lines[above])
    return first, False


def _attributions(lines: list[str]) -> list[Block]:
    found: list[Block] = []
    at = 0
    while at < len(lines) and len(found) < limits.HOPS:
        block = _attribution(lines, at)
        if block:
            found.append(block)
        at = block.end if block else at + 1
    return found


def _attribution(lines: list[str], first: int) -> Block | None:
    """An `On 2 Nov 2026 at 09:14, Name <a@b> wrote:` line, which mail programs wrap over up to three lines."""
    if not lines[first].startswith("On "):
        return None
    joined = ""
    for end, line in enumerate(lines[first : first + 3], first + 1):
        joined = f"{joined} {line}".strip()
        if len(joined) > _WROTE_CHARACTERS:
            return None
        if joined.endswith("wrote:"):
            return _attributed(joined, first, end)
    return None


def _attributed(line: str, first: int, end: int) -> Block | None:
    clock = None
    for clock in _CLOCK.finditer(line):  # noqa: B007 (the last one is wanted: `2.11.2026 09:14`)
        pass
    if clock is None:
        return None
    sender = line[clock.end() :].removesuffix("wrote:").strip(" ,")
    date = line[len("On ") : clock.end()]
    return (
        Block(start=first, end=end, values={Field.FROM: sender, Field.DATE: date}, wrote=True)
        if sender
        else None
    )
