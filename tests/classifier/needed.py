"""What a regular expression cannot match without, read off its parsed form."""

from collections.abc import Sequence
from re import _parser  # type: ignore[attr-defined]
from typing import Any

MOST = 80


def covered(pattern: str, words: Sequence[str]) -> bool:
    """Whether every match of a pattern surely holds one of the words."""
    return _covered(_parser.parse(pattern), words)


def _covered(parsed: Any, words: Sequence[str]) -> bool:
    """Whether one part of a pattern, or a run of plain parts, cannot match without one of the words."""
    run = {""}
    for name, value in ((str(op), value) for op, value in parsed):
        spelt = {""} if name in ("AT", "ASSERT", "ASSERT_NOT") else _spelt(name, value)
        if spelt is not None and len(run) * len(spelt) <= MOST:
            run = {before + after for before in run for after in spelt}
            continue
        if all_hold(run, words) or inner(name, value, words):
            return True
        run = {""} if spelt is None else spelt
    return all_hold(run, words)


def inner(name: str, value: Any, words: Sequence[str]) -> bool:
    if name == "SUBPATTERN":
        return _covered(value[3], words)
    if name == "MAX_REPEAT" and value[0] > 0:
        return _covered(value[2], words)
    return name == "BRANCH" and all(_covered(branch, words) for branch in value[1])


def all_hold(texts: set[str], words: Sequence[str]) -> bool:
    return all(any(word in text for word in words) for text in texts)


def _spelt(name: str, value: Any) -> set[str] | None:
    """All that a part of a pattern can match, if that is few plain words."""
    if name == "LITERAL":
        return {chr(value)}
    if name == "SUBPATTERN":
        return _all_of(value[3])
    if name == "BRANCH":
        each = [_all_of(branch) for branch in value[1]]
        return None if any(e is None for e in each) else set().union(*[e for e in each if e])
    if name == "MAX_REPEAT" and value[:2] == (0, 1) and (inner := _all_of(value[2])) is not None:
        return {"", *inner}
    return None


def _all_of(parsed: Any) -> set[str] | None:
    run = {""}
    for op, value in parsed:
        spelt = {""} if str(op) == "AT" else _spelt(str(op), value)
        if spelt is None or len(run) * len(spelt) > MOST:
            return None
        run = {before + after for before in run for after in spelt}
    return run
