"""Why a text is odd enough for a person to look whatever it reads as: no words of its own, or made like ours."""

import re
from collections.abc import Collection

from putright.cases.labels import Decision, Label, Mark

OWN_WORDS = frozenset({"words", "covering"})
"""The parts of a mail (`layout.parts`) that its writer wrote as the message."""
RIGHTS = frozenset({Mark.SAR, Mark.INFORMATION_REQUEST})
NOT_OWN = "It has only a signature, quoted mail or small print, and no words of its own."
LIKE_OURS = "It looks like putright's own output or rules; a person must say what it is."
LABELS = "|".join(Label)
OURS = re.compile(
    rf'"(?:label|decision)"\s{{0,4}}:\s{{0,4}}"(?:{LABELS}|{"|".join(Decision)})"'
    rf"|^\s{{0,4}}(?:label|decision)\s{{0,4}}[:=]\s{{0,4}}\W?(?:{LABELS}|{'|'.join(Decision)})\b"
    r"|^\s{0,4}\[\[rule\]\]|^\s{0,4}raises\s{0,4}=\s{0,4}[\"']|\brule [a-z-]{3,40} \(Code \d"
    r"|^(?:Rules that fired|Sentence by sentence \(what|Why a person is asked)",
    re.IGNORECASE | re.MULTILINE,
)
WORDS_OF_OURS = ("label", "decision", "rule", "raises", "sentence by sentence", "why a person is asked")
"""Without any of these a text is not searched, for most are not ours."""


def oddities(body: str, places: Collection[str]) -> list[str]:
    """Reasons to ask; `places` are the parts of the mail that its sentences stand in."""
    found = []
    if places and not OWN_WORDS & set(places):
        found.append(NOT_OWN)
    folded = body.casefold()
    if any(word in folded for word in WORDS_OF_OURS) and OURS.search(body):
        found.append(LIKE_OURS)
    return found


def a_right_of_theirs(label: Label, marks: Collection[Mark]) -> list[str]:
    """Why to ask where a request for records was taken for a request to put something right."""
    if label is Label.SERVICE_REQUEST and RIGHTS & set(marks):
        return [
            "It seems to ask for records by right, which is no service request but other; its own clock runs."
        ]
    return []
