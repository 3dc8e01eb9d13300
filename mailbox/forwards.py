"""Forwarded mails inside a body, found line by line in linear time (email.md, section 4.3)."""

import re
from collections import Counter
from dataclasses import dataclass, field

from putright.mailbox import attributions, labels, limits, subjects
from putright.mailbox.labels import Field
from putright.mailbox.subjects import is_forward, is_reply

__all__ = [
    "Block",
    "Field",
    "attribution_end",
    "blocks",
    "body_end",
    "is_forward",
    "is_reply",
    "worded_separator",
]

_SEPARATOR_LINES = 3
_WRAPPED_LINES = 25
"""A long list of recipients is wrapped over this many lines at most."""
_CUT_SUBJECT = 20
"""A subject this short was not wrapped."""
# An address wrapped inside itself: `<jane@` and `example.org>` below, or `<jane` and `@example.org>`.
_ADDRESS_BREAKS = re.compile(r"[^\s<>@]@$|(?:<|\[mailto:)[^\s<>\]]{1,320}$")
_ADDRESS_GOES_ON = re.compile(r"[^\s<>@\[\]]{1,255}$|[^\s<>\[\]]{1,320}[>\]]")
_RECIPIENTS = (Field.TO, Field.CC, Field.OTHER)


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
    answered: bool = False
    """Whether an `On … wrote:` line stands above it, so that it may be part of what a reply quotes."""
    languages: tuple[str, ...] = ("en",)
    """In which its labels may be; English labels mix with those of others and count only alone."""

    @property
    def sender(self) -> str:
        return self.values.get(Field.FROM, "")

    @property
    def date(self) -> str:
        return self.values.get(Field.DATE, "")

    @property
    def subject(self) -> str:
        return self.values.get(Field.SUBJECT, "")


def blocks(lines: list[str], subject: str = "") -> list[Block]:
    """Every header block in the lines, top down; where there is none, every `On … wrote:` line.

    `subject` is that of the mail that holds them: it tells where a block's own subject ends, and of a forward
    also an `On … wrote:` line above the first block counts.
    """
    bare = [labels.bare(line) for line in lines[: limits.SCANNED_LINES]]
    found = _Scanner(bare, subjects.bare(subject)).blocks()
    if not found:
        return _attributions(bare, len(bare))
    above = _attributions(bare, found[0].start)
    if above:
        found[0].start = max(found[0].start, above[-1].end)
    found[0].answered = bool(above)
    return [*above, *found][: limits.HOPS] if above and is_forward(subject) else found


def attribution_end(lines: list[str], at: int) -> int:
    """The line after the `On … wrote:` line that begins at `at` (it may be wrapped); `at` when none does."""
    found = attributions.at([labels.bare(line) for line in lines[at : at + 4]], 0)
    return at + found.end if found else at


def worded_separator(line: str) -> bool:
    """Whether a line says in words that another mail follows."""
    return labels.separator(line) is not None


def body_end(lines: list[str], first: int, stop: int) -> int:
    """The line after the body that begins at `first`: at most `stop`, the next block, or where a line ends it.

    Below a body whose every line is quoted the forwarder may go on in his own words.
    """
    quoted = first < len(lines) and labels.depth(lines[first - 1]) > 0
    last = first
    for at in range(first, stop):
        if labels.ending(lines[at]):
            return at
        if quoted and labels.depth(lines[at]) > 0:
            last = at + 1
    if not quoted or last == first:
        return stop
    while last < stop and lines[last].strip():  # a wrapped line may have lost its mark
        last += 1
    return last


class _Scanner:
    """Finds header blocks in bare lines; `hint` is the bare subject of the mail they stand in."""

    def __init__(self, lines: list[str], hint: str) -> None:
        self._lines = lines
        self._labels = [labels.label(line) for line in lines]
        self._hint = hint

    def blocks(self) -> list[Block]:
        found: list[Block] = []
        at = 0
        while at < len(self._lines) and len(found) < limits.HOPS:
            block = self._block(at) if self._labels[at] else self._below_separator(at)
            if block:
                block.start = max(block.start, found[-1].end if found else 0)
                found.append(block)
            at = block.end if block else at + 1
        return found

    def _below_separator(self, at: int) -> Block | None:
        """Right below a separator labels may lack their colons, or an `On … wrote:` line may stand."""
        if labels.separator(self._lines[at]) is None:
            return None
        first = next((n for n in range(at + 1, min(at + 3, len(self._lines))) if self._lines[n]), at)
        if first == at or self._labels[first]:
            return None
        stop = first
        while stop < len(self._lines) and (loose := labels.label_without_colon(self._lines[stop])):
            self._labels[stop] = self._labels[stop] or loose
            stop += 1
        if stop > first:
            return self._block(first)
        said = attributions.at(self._lines, first)
        return _attributed(said, at, worded=True) if said else None

    def _block(self, first: int) -> Block | None:
        """The header block that begins at line `first`, if it is one."""
        values: dict[Field, str] = {}
        spoken: list[frozenset[str]] = []
        end = at = first
        last: Field | None = None
        while at < min(len(self._lines), first + limits.BLOCK_LINES):
            line, label = self._lines[at], self._labels[at]
            if label:
                if label.field in values and label.field is not Field.OTHER:
                    break  # the next mail's block
                last = label.field
                values.setdefault(last, label.value)
                spoken.append(label.languages)
                end = at + 1
            elif not line:
                following = self._labels[at + 1] if at + 1 < len(self._lines) else None
                if not following or following.field in values:
                    break
            elif last and self._continues(at, last, values):
                joint = "" if _ADDRESS_BREAKS.search(values[last]) and _ADDRESS_GOES_ON.match(line) else " "
                values[last] = f"{values[last]}{joint}{line}".strip()[: limits.LABEL_VALUE_CHARACTERS]
                end = at + 1
            elif last and labels.looks_like_a_label(line) and self._label_follows(at, values):
                last = Field.OTHER
                values.setdefault(last, "")
            else:
                break
            at += 1
        return self._made(first, end, values, spoken)

    def _made(
        self, first: int, end: int, values: dict[Field, str], spoken: list[frozenset[str]]
    ) -> Block | None:
        if Field.FROM not in values or not (Field.DATE in values or Field.SUBJECT in values):
            return None
        start, worded, announced = self._separator(first)
        if len(spoken) < 2 or (len(spoken) == 2 and start == first):
            return None
        languages = _languages(spoken, announced)
        if not languages and not worded and "@" not in values[Field.FROM]:
            return None
        end = self._closing_separator(start, end) if worded else end
        return Block(start, end, values, worded=worded, languages=languages or ("en",))

    def _continues(self, at: int, last: Field, values: dict[Field, str]) -> bool:
        """Whether a line without a label goes on with the value of the label above it."""
        value, line = values[last], self._lines[at]
        if self._label_follows(at, values):
            return not labels.looks_like_a_label(line) or value.endswith((",", ";", "<")) or not value
        if last is Field.SUBJECT and value:
            whole = subjects.bare(f"{value} {line}")
            cut_off = len(value) > _CUT_SUBJECT and self._hint != subjects.bare(value)
            return bool(self._hint) and cut_off and self._hint.startswith(whole)
        if not value:
            return last is Field.SUBJECT or at + 1 == len(self._lines) or not self._lines[at + 1]
        if value.rfind("<") > value.rfind(">"):
            return True
        return last in _RECIPIENTS and (value.endswith((",", ";")) or (line.startswith("<") and "@" in line))

    def _label_follows(self, at: int, values: dict[Field, str]) -> bool:
        """Whether a label not seen yet comes soon: after few lines, or many that all hold addresses."""
        for number in range(1, min(_WRAPPED_LINES, len(self._lines) - at)):
            line, label = self._lines[at + number], self._labels[at + number]
            if label:
                return label.field not in values
            if not line or (number >= _SEPARATOR_LINES and "@" not in line and ";" not in line):
                return False
        return False

    def _separator(self, first: int) -> tuple[int, bool, frozenset[str]]:
        """Where a block starts, counting a separator shortly above it; whether that is in words, and whose."""
        for at in range(first - 1, max(first - 1 - _SEPARATOR_LINES, -1), -1):
            line = self._lines[at]
            announced = labels.separator(line)
            if announced is not None:
                return at, True, announced
            if labels.rule(line):
                above = labels.separator(self._lines[at - 1]) if at else None
                return at, above is not None, above or frozenset()
            if labels.dashed_words(line):
                return at, True, frozenset()
            if line and at < first - 1:
                break
        return first, False, frozenset()

    def _closing_separator(self, start: int, end: int) -> int:
        """The line after the block, counting the separator that some programs (Zoho) repeat below it."""
        for at in range(end, min(end + 2, len(self._lines))):
            if self._lines[at]:
                same = self._lines[at] == self._lines[start] and labels.separator(self._lines[at]) is not None
                return at + 1 if same else end
        return end


def _languages(spoken: list[frozenset[str]], announced: frozenset[str]) -> tuple[str, ...]:
    """The languages that fit most labels; English only where every label is English. Empty where they do not mix."""
    foreign = [codes for codes in spoken if "en" not in codes]
    if not foreign:
        return ("en", *sorted(announced - {"en"}))[:6]
    counts = Counter(code for codes in foreign for code in codes)
    most = max(counts.values())
    if most * 2 <= len(foreign):
        return ()
    best = [code for code in counts if counts[code] == most]
    return tuple(sorted(best, key=lambda code: (code not in announced, code)))[:6]


def _attributions(lines: list[str], stop: int) -> list[Block]:
    found: list[Block] = []
    at = 0
    while at < stop and len(found) < limits.HOPS:
        said = attributions.at(lines, at)
        if said:
            found.append(_attributed(said, at))
        at = said.end if said else at + 1
    return found


def _attributed(said: attributions.Attribution, start: int, *, worded: bool = False) -> Block:
    values = {Field.FROM: said.sender, Field.DATE: said.date}
    return Block(start, said.end, values, worded=worded, wrote=not worded, languages=said.languages)
