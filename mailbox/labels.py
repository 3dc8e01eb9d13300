"""Lines of a forwarded mail's header block and what is written above it, told by the table of languages."""

import re
from dataclasses import dataclass
from enum import Enum

from putright.mailbox import limits
from putright.mailbox.languages import LANGUAGES


class Field(Enum):
    """What a label of a forwarded mail's header block stands for; the values are the table's columns."""

    FROM = "sender"
    DATE = "date"
    TO = "to"
    CC = "cc"
    SUBJECT = "subject"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Label:
    """One line of a header block; `languages` are those in which its label means `field`."""

    field: Field
    value: str
    languages: frozenset[str]


QUOTING = " \t>"
_DECORATION = " \t*_"
_DASHES = "-—–_=*~#─━＝－"
_LABEL_CHARACTERS = 24
_SEPARATOR_CHARACTERS = 160
_DASHED = re.compile(rf"[{_DASHES}\s]{{3,}}\S.{{0,{_SEPARATOR_CHARACTERS}}}")
_RULE = re.compile(r"[-_=—–─━*~]{8,200}")
_COLONS = re.compile("[:：]")
# Marks that turn the direction of writing stand around labels and addresses in Arabic and Hebrew mail.
_UNSEEN = (0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, 0x200B)
_ODD = {**dict.fromkeys(_UNSEEN), 0xA0: " ", 0x202F: " ", 0x3000: " "}
_HAS_ODD = re.compile(f"[{''.join(map(chr, _ODD))}]")
# A separator may name the sender or the time: `Forwarded message from Jane <jane@example.org>`, Lotus Notes.
_OPENINGS = ("forwarded message from ", "forwarded by ", "forwarded message ", "message from ", "fwd by ")
_ENDINGS: tuple[str, ...] = (
    "end forwarded message",
    "end of forwarded message",
    "end original message",
    "конец пересыла",
)
_ENDINGS += (
    "end of original message",
    "ende der weitergeleiteten",
    "fin du message",
    "конец перес",
    "end forward",
)


def _labels() -> dict[str, tuple[Field, frozenset[str]]]:
    found: dict[str, tuple[Field, set[str]]] = {}
    for language in LANGUAGES:
        for field in Field:
            for word in filter(None, getattr(language, field.value).split("|")):
                known, codes = found.setdefault(word, (field, set()))
                if known is field:
                    codes.add(language.code)
    return {word: (field, frozenset(codes)) for word, (field, codes) in found.items()}


def _separators() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for words in language.separators.split("|"):
            found.setdefault(words, set()).add(language.code)
    return {words: frozenset(codes) for words, codes in found.items()}


LABELS = _labels()
SEPARATORS = _separators()
_WORDS_IN_A_LABEL = max(word.count(" ") for word in LABELS) + 1


def bare(line: str) -> str:
    """A line without quote marks in front and without characters that are not seen."""
    if line.isascii():
        return line.lstrip(QUOTING).rstrip()
    seen = line.translate(_ODD) if _HAS_ODD.search(line) else line
    return seen.lstrip(QUOTING).rstrip()


def depth(line: str) -> int:
    """How often a line is quoted."""
    return line[: len(line) - len(line.lstrip(QUOTING))].count(">")


def label(line: str) -> Label | None:
    """The label line `From: x` and its like in any language, stars allowed, or None."""
    colon = _COLONS.search(line, 0, _LABEL_CHARACTERS + 8)
    if not colon:
        return None
    name = line[: colon.start()]
    known = LABELS.get(name.strip(_DECORATION).lower().replace("\u0307", ""))
    if not known:
        return None
    value = line[colon.end() : limits.LABEL_VALUE_CHARACTERS]
    starred = name.lstrip(" \t").startswith(("*", "_"))
    return Label(known[0], value.strip(_DECORATION if starred else " \t"), known[1])


def label_without_colon(line: str) -> Label | None:
    """The label line `From x`, which some programs write right below a separator, or None."""
    words = line[: limits.LABEL_VALUE_CHARACTERS].split()
    for count in range(min(_WORDS_IN_A_LABEL, len(words) - 1), 0, -1):
        name = " ".join(words[:count])
        known = LABELS.get(name.lower())
        if known and name[0] == name[0].upper() and len(name) <= _LABEL_CHARACTERS:
            return Label(known[0], " ".join(words[count:]), known[1])
    return None


def looks_like_a_label(line: str) -> bool:
    """Whether a line might be a header in words that the table does not have: `Bijzonderheden: geen`."""
    colon = _COLONS.search(line, 0, _LABEL_CHARACTERS)
    name = line[: colon.start()] if colon else ""
    return bool(name) and name[0] == name[0].upper() != name[0].lower() and len(name.split()) <= 2


def separator(line: str) -> frozenset[str] | None:
    """The languages in which a line says that another mail follows; None when it does not."""
    if len(line) > _SEPARATOR_CHARACTERS:
        return None
    shown = bare(line)
    words = shown.strip(_DASHES + "：: \t\"'").lower().replace("\u0307", "")
    dashed = bool(shown) and (shown[0] in _DASHES or shown[-1] in _DASHES)
    if words in SEPARATORS:
        return SEPARATORS[words] if dashed or shown.endswith((":", "：")) else None
    return frozenset({"en"}) if dashed and words.startswith(_OPENINGS) else None


def dashed_words(line: str) -> bool:
    """Whether a line is words between dashes: above a header block it says that a mail follows, in any language."""
    if len(line) > _SEPARATOR_CHARACTERS:
        return False
    shown = bare(line)
    return shown[-3:].strip(_DASHES) == "" != shown.strip(_DASHES + " ") and bool(_DASHED.fullmatch(shown))


def rule(line: str) -> bool:
    """Whether a line is nothing but dashes or underscores."""
    return bool(_RULE.fullmatch(line.strip(QUOTING)[:201]))


def ending(line: str) -> bool:
    """Whether a line says that a forwarded mail ends here."""
    if len(line) > _SEPARATOR_CHARACTERS or not (shown := bare(line)) or shown[0] not in _DASHES:
        return False
    return shown.strip(_DASHES + " ").lower().startswith(_ENDINGS)
