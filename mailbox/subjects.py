"""What stands in front of a subject: `FW:`, `WG:`, `TR:`, `Re:`, `[EXTERNAL]`, in every language of the table."""

import re
from collections.abc import Iterable

from putright.mailbox.languages import LANGUAGES

_PREFIX = re.compile(
    r"\s{0,3}(?:\[[^\]:]{0,30}\]\s{0,3})?\[?\s{0,3}([^\W\d_][^:：\[\]()\d]{0,18}?)(?:[\[(]\d{1,3}[\])]|\d{1,2})?\s{0,3}[:：]"
)
_SUBJECT_CHARACTERS = 1_000


def _words(column: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for word in getattr(language, column).split("|"):
            if word:
                found.setdefault(word, set()).add(language.code)
    return {word: frozenset(codes) for word, codes in found.items()}


_FORWARD, _REPLY = _words("forward"), _words("reply")


def is_forward(subject: str) -> bool:
    """Whether a subject begins as a forward's does (`FW:`, `Fwd:`, `[Fwd:`, `WG:`) or ends in `(fwd)`."""
    return _prefix(subject) in _FORWARD or subject.strip().lower().endswith("(fwd)")


def is_reply(subject: str, languages: Iterable[str] = ()) -> bool:
    """Whether a subject begins as a reply's does.

    `VS:` is a Finn's or an Estonian's reply and a Dane's or a Norwegian's forward: `languages`, those of the header
    block below, settle it, and without them it is a forward.
    """
    prefix = _prefix(subject)
    if prefix in _FORWARD:
        spoken = frozenset(languages)
        return bool(spoken & _REPLY.get(prefix, frozenset())) and "en" not in spoken
    return prefix in _REPLY


def without_forward(subject: str) -> str:
    """The subject a forward's original most likely had: all but the prefixes of forwards in front."""
    subject = subject[:_SUBJECT_CHARACTERS].strip()
    while is_forward(subject) and (found := _PREFIX.match(subject)):
        bracketed = "[" in found[0] and subject.endswith("]") and "]" not in found[0]
        subject = (subject[:-1] if bracketed else subject)[found.end() :].strip()
    return subject.removesuffix("(fwd)").strip()


def bare(subject: str) -> str:
    """The subject without any prefix, in lower case and single spaces, for comparing."""
    subject = without_forward(subject)
    while (is_reply(subject) or is_forward(subject)) and (found := _PREFIX.match(subject)):
        subject = subject[found.end() :].strip()
    return " ".join(subject.lower().split())


def _prefix(subject: str) -> str:
    found = _PREFIX.match(subject[:_SUBJECT_CHARACTERS])
    return found[1].strip().lower().replace("\u0307", "") if found else ""
