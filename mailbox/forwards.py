"""Forwarded mails inside a body, found line by line in linear time (email.md, section 4.3)."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from putright.mailbox import attributions, labels, limits, subjects
from putright.mailbox.labels import Field, Label
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
    bare = [labels.bare(line) for line in lines]
    hint = subjects.bare(subject)
    found: list[Block] = []
    at = 0
    while at < len(bare) and len(found) < limits.HOPS:
        block = _block_at(bare, at, hint)
        if block:
            found.append(block)
        at = block.end if block else at + 1
    if not found:
        return _attributions(bare, len(bare))
    above = _attributions(bare, found[0].start)
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


def _block_at(lines: list[str], at: int, hint: str) -> Block | None:
    if labels.label(lines[at]):
        return _block(lines, at, hint, labels.label)
    if labels.separator(lines[at]) is None:
        return None
    first = next((n for n in range(at + 1, min(at + 3, len(lines))) if lines[n]), at)
    if first == at:
        return None
    if not labels.label(lines[first]) and labels.label_without_colon(lines[first]):
        return _block(lines, first, hint, labels.label_without_colon)
    if labels.label(lines[first]):
        return None  # found when its line is reached
    said = attributions.at(lines, first)
    return _attributed(said, at, worded=True) if said else None


def _block(lines: list[str], first: int, hint: str, read: Callable[[str], Label | None]) -> Block | None:
    """The header block that begins at line `first`, if it is one."""
    values: dict[Field, str] = {}
    spoken: list[frozenset[str]] = []
    end = at = first
    last: Field | None = None
    while at < min(len(lines), first + limits.BLOCK_LINES):
        label = read(lines[at])
        if label:
            if label.field in values and label.field is not Field.OTHER:
                break  # the next mail's block
            last = label.field
            values.setdefault(last, label.value)
            spoken.append(label.languages)
            end = at + 1
        elif not lines[at]:
            following = read(lines[at + 1]) if at + 1 < len(lines) else None
            if not following or following.field in values:
                break
        elif last and _continues(lines, at, last, values, hint):
            values[last] = f"{values[last]} {lines[at]}".strip()[: limits.LABEL_VALUE_CHARACTERS]
            end = at + 1
        elif last and labels.looks_like_a_label(lines[at]) and _label_follows(lines, at, values):
            last = Field.OTHER
            values.setdefault(last, "")
        else:
            break
        at += 1
    if Field.FROM not in values or not (Field.DATE in values or Field.SUBJECT in values):
        return None
    start, worded, announced = _separator(lines, first)
    if len(spoken) < 2 or (len(spoken) == 2 and start == first):
        return None
    languages = _languages(spoken, announced)
    if not languages and not worded and "@" not in values[Field.FROM]:
        return None
    end = _closing_separator(lines, start, end) if worded else end
    return Block(start, end, values, worded=worded, languages=languages or ("en",))


def _continues(lines: list[str], at: int, last: Field, values: dict[Field, str], hint: str) -> bool:
    """Whether a line without a label goes on with the value of the label above it."""
    value, line = values[last], lines[at]
    if _label_follows(lines, at, values):
        return not labels.looks_like_a_label(line) or value.endswith((",", ";", "<")) or not value
    if last is Field.SUBJECT and value:
        whole = subjects.bare(f"{value} {line}")
        return bool(hint) and len(value) > 20 and hint.startswith(whole) and hint != subjects.bare(value)
    if not value:
        return at + 1 == len(lines) or not lines[at + 1] or last is Field.SUBJECT
    open_bracket = value.rfind("<") > value.rfind(">")
    return (
        open_bracket
        or (last in _RECIPIENTS and value.endswith((",", ";")))
        or (last in _RECIPIENTS and line.startswith("<") and "@" in line)
    )


def _label_follows(lines: list[str], at: int, values: dict[Field, str]) -> bool:
    """Whether a label not seen yet comes soon: after few lines, or many that all hold addresses."""
    for number, line in enumerate(lines[at + 1 : at + _WRAPPED_LINES], 1):
        if not line:
            return False
        if label := labels.label(line):
            return label.field not in values
        if number >= _SEPARATOR_LINES and "@" not in line and ";" not in line:
            return False
    return False


def _separator(lines: list[str], first: int) -> tuple[int, bool, frozenset[str]]:
    """The line a block starts at, counting a separator shortly above it; whether that is in words; in which languages."""
    for at in range(first - 1, max(first - 1 - _SEPARATOR_LINES, -1), -1):
        announced = labels.separator(lines[at])
        if announced is not None:
            return at, True, announced
        if labels.rule(lines[at]):
            above = labels.separator(lines[at - 1]) if at else None
            return at, above is not None, above or frozenset()
        if labels.dashed_words(lines[at]):
            return at, True, frozenset()
        if lines[at] and at < first - 1:
            break
    return first, False, frozenset()


def _closing_separator(lines: list[str], start: int, end: int) -> int:
    """The line after the block, counting the separator that some programs (Zoho) repeat below it."""
    for at in range(end, min(end + 2, len(lines))):
        if lines[at]:
            same = lines[at] == lines[start] and labels.separator(lines[at]) is not None
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
