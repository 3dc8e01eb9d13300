"""What people type, made fit to be kept: one line, no control characters, neither empty nor endless."""

import re
import unicodedata

from putright.cases.errors import Refused

LONGEST_NAME = 200
LONGEST_TEXT = 10_000
"""Characters. A longer text belongs into a document, not into a field."""


def one_line(text: str) -> str:
    """The same words on one line: control characters and line ends become spaces, invisible ones go.

    Joiners between letters stay, for the scripts that need them.
    """
    kept = []
    for character in text:
        kind = unicodedata.category(character)
        if kind in ("Cc", "Zl", "Zp"):
            kept.append(" ")
        elif kind not in ("Cf", "Cs", "Co", "Cn") or character in "\u200c\u200d":
            kept.append(character)
    return " ".join("".join(kept).split())


def name(text: str, whose: str) -> str:
    """A person's name (or an id that stands for one) as it is kept. `whose` ends the sentence of a refusal.

    Raises Refused for one that is empty or longer than LONGEST_NAME characters.
    """
    found = one_line(text)
    if not any(x.isalnum() for x in found):
        raise Refused(f"Name the person {whose}.")
    if len(found) > LONGEST_NAME:
        raise Refused(
            f"A name has at most {LONGEST_NAME} characters, and this one has {len(found):,}: "
            f"name the person {whose}."
        )
    return found


def words(text: str) -> str:
    """A reason, a point, an outcome as it is kept; may be empty. Raises Refused beyond LONGEST_TEXT characters."""
    found = one_line(text)
    if len(found) > LONGEST_TEXT:
        raise Refused(
            f"That text has {len(found):,} characters, and {LONGEST_TEXT:,} are the most: say it shorter."
        )
    return found


def same_person(one: str, other: str) -> bool:
    """Whether two names are one person's, however they were typed: case, spaces, accents and points aside."""
    return bool(letters(one)) and letters(one) == letters(other)


NOBODY = "system account"
"""Begins the name of who acts where nobody was named, and the login is no person's."""
_PROGRAMS = (
    r"ai|auto(?:mat(?:ic|ed|ion))?|(?:slack)?bot|classifier|computer|cron|daemon|machine|model|program|reader|robot|"
    r"nobody|root|script|service|software|somebody|system|unattended"
)


def a_program(name: str) -> bool:
    """Whether a name is putright's own, in any version of it, or that of no person: it decides nothing."""
    return re.fullmatch(rf"(?:putright|{letters(NOBODY)}).*|(?:{_PROGRAMS})\d*", letters(name)) is not None


def letters(name: str) -> str:
    """What of a name tells it from others: small letters and digits without accents. Equal for one person's."""
    text = name
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(x for x in plain if x.isalnum())
