"""Lines that a mail program broke at a set width: which breaks are no ends of sentences."""

import re
from collections import defaultdict
from collections.abc import Sequence

NARROWEST, WIDEST = 50, 110
"""No program breaks lines shorter than the first; lines beyond the second were not broken by one."""
FEW_BREAKS = 2
"""With fewer filled lines than these the next line must begin in the middle of a sentence."""
LEAST_SHARE = 0.6
"""Of the lines that could show a width so many must keep to it."""
LONG_ENOUGH = 40
ENDED = re.compile(r"[.!?…:]['\"”’)\]*_]*$")
BEGINS_AN_ITEM = re.compile(
    r"[-*•·–—+>|~#=]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s|\d{1,2} [-–] |[A-Z][\w'/&-]*(?: [\w'/&-]+){0,2}:(?:\s|$)"
    r"|(?:[Dd]ear|[Hh]i|[Hh]ello|[Rr]egards|[Tt]hanks|[Yy]ours)\b.{0,20}$"
)
GOES_ON = re.compile(r"[a-z£(\"'“‘]|I\b")


def soft_breaks(lines: Sequence[str], groups: Sequence[int | None]) -> set[int]:
    """The numbers of the lines that end only because their width was used up.

    `lines` are without marks of quoting; those of one group were broken by one program, and a line without a group
    is never joined. A line is full when the next line's first word would not have fitted into the group's width.
    """
    members: dict[int, list[int]] = defaultdict(list)
    for number, (line, group) in enumerate(zip(lines, groups, strict=True)):
        if group is not None and line.strip():
            members[group].append(number)
    found: set[int] = set()
    for numbers in members.values():
        found |= _in_group(lines, groups, numbers)
    return found


def _in_group(lines: Sequence[str], groups: Sequence[int | None], numbers: list[int]) -> set[int]:
    sizes = [len(lines[n].rstrip()) for n in numbers]
    width = max((size for size in sizes if size <= WIDEST), default=0)
    if width < NARROWEST:
        return set()
    full, shown = [], 0
    for number, size in zip(numbers, sizes, strict=True):
        after = number + 1
        if after >= len(lines) or groups[after] != groups[number] or not lines[after].strip():
            continue
        fitted = size + 1 + len(lines[after].split(maxsplit=1)[0]) <= width
        ended = bool(ENDED.search(lines[number].rstrip()))
        if size >= LONG_ENOUGH and not (fitted and ended):
            shown += 1
        if size <= WIDEST and not fitted and not BEGINS_AN_ITEM.match(lines[after].lstrip()):
            full.append((number, ended))
    if len(full) < LEAST_SHARE * shown:
        return set()
    surely = len(full) > FEW_BREAKS
    return {
        number
        for number, ended in full
        if not ended and (surely or GOES_ON.match(lines[number + 1].lstrip()))
    }
