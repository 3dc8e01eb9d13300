"""Header blocks that Yahoo and Samsung write on one line, broken into the lines they stand for."""

import re
from functools import lru_cache
from itertools import pairwise

from putright.mailbox import labels, limits, subjects
from putright.mailbox.labels import Field
from putright.mailbox.languages import LANGUAGES

_SHORTEST = 40
_LEAST = 3
_CLOSED = re.compile(r"(?:[-=—–_*]{3,}) ?([^-=—–_*]{1,120}?) ?(?:[-=—–_*]{3,}|:)\s{0,9}")


def broken(body: str, subject: str) -> str:
    """The body with a line for each label of every block that stood on one line; else as it came.

    `subject`, that of the whole mail, tells where the original's ends, if its text follows on the same line.
    """
    if not any(_likely(line) for line in body.split("\n")):
        return body
    hint = subjects.bare(subject)
    return "\n".join(_broken(line, hint) if _likely(line) else line for line in body.split("\n"))


def _likely(line: str) -> bool:
    return (
        _SHORTEST <= len(line) <= limits.ONE_LINE_BLOCK_CHARACTERS
        and line.count(":") + line.count("：") >= _LEAST
        and "@" in line
    )


def _broken(line: str, hint: str) -> str:
    marks = line[: len(line) - len(line.lstrip(labels.QUOTING))]
    text = line[len(marks) :]
    head = _CLOSED.match(text)
    rest = text[head.end() :] if head else text
    first = labels.label(labels.bare(rest))
    if not first or not first.languages:
        return line
    starts = max((_label_starts(rest, code) for code in sorted(first.languages)), key=len)
    if len(starts) < _LEAST or not {Field.FROM} <= set(starts.values()):
        return line
    edges = [*sorted(starts), len(rest)]
    pieces = [rest[start:end].strip() for start, end in pairwise(edges)]
    if starts[edges[-2]] is Field.SUBJECT and hint:
        pieces[-1:] = _subject_and_text(pieces[-1], hint)
    above = [text[: head.end()].strip()] if head else []
    return "\n".join(f"{marks}{piece}".rstrip() for piece in [*above, *pieces])


def _label_starts(text: str, code: str) -> dict[int, Field]:
    """Where each field's label stands first, if the fields follow one another from the start of the text."""
    starts: dict[int, Field] = {}
    for found in _pattern(code).finditer(text):
        before = text[found.start() - 1 : found.start()]
        if len(found[1]) <= 2 and before.isalpha() and not (before.islower() and found[1][0].isupper()):
            continue
        field = labels.LABELS[found[1].lower()][0]
        if field is Field.OTHER or field in starts.values():
            continue
        starts[found.start()] = field
        if field is Field.SUBJECT and len(starts) >= _LEAST and _only_subject_left(starts):
            break
    return starts if 0 in starts else {}


def _only_subject_left(starts: dict[int, Field]) -> bool:
    return {Field.FROM, Field.DATE} <= set(starts.values())


@lru_cache(maxsize=64)
def _pattern(code: str) -> re.Pattern[str]:
    """Labels of one language and of English, as they begin: with a capital, and a colon behind."""
    rows = [language for language in LANGUAGES if language.code in (code, "en")]
    words = {word for row in rows for field in Field for word in getattr(row, field.value).split("|") if word}
    shown = {word[0].upper() + word[1:] for word in words if word in labels.LABELS} | {"CC"}
    return re.compile(
        rf"({'|'.join(re.escape(word) for word in sorted(shown, key=len, reverse=True))}) ?[:：]"
    )


def _subject_and_text(piece: str, hint: str) -> list[str]:
    """The subject's line and, below an empty one, the text that runs on behind it."""
    colon = max(piece.find(":"), piece.find("："), 0) if ":" not in piece else piece.find(":")
    at = piece.lower().find(hint, colon)
    if at < 0 or subjects.bare(piece[colon + 1 : at + len(hint)]) != hint:
        return [piece]
    text = piece[at + len(hint) :].strip()
    return [piece[: at + len(hint)], "", text] if text else [piece]
