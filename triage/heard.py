"""Whether words to the bot, outside the channels for notes, are a question, or what a resident said.

Nothing that a person passes on may be lost: what reads as said by a resident is logged, and where it may be either the
person is asked.
"""

import re
from collections.abc import Collection
from datetime import date
from enum import StrEnum

from putright.cases.references import find_reference
from putright.triage.question import ONES_OWN, OPENERS, SAID_BY_RESIDENTS, asks, understand


class Heard(StrEnum):
    """What words to the bot are."""

    QUESTION = "question"
    SAID = "said"
    EITHER = "either"


LONG_WORDS, LONG_TEXT = 40, 600
"""Words, and characters, that are more than anybody asks in."""
_LOG = re.compile(
    r"\s*(?:(?:please|pls|can|could|would|will|you|hi|hello|hey|i|we|want|need|to)\s+)*"
    r"(?:log|record|register|take down|note down|note)\b[ :,-]*"
    r"(?:(?:this|that|it|an?|the|new|following|note|complaint|from|for me|please)\b[ :,-]*)*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_ASKED = re.compile(
    rf"\W*(?:(?:please|pls|hi|hiya|hello|hey|morning|ok|and|so|can|could|would|you|tell|give|show|me|us)\b\W*)*"
    rf"(?:{OPENERS}|do|does|did|has|have|can|could|should|will|where)\b",
    re.IGNORECASE,
)
_SMALL_TALK = re.compile(
    r"\W*(?:(?:thanks?|thank|you|ta|cheers|ok|okay|hi|hiya|hello|hey|good|great|morning|afternoon|evening|bye|yes|"
    r"no|nope|yep|sorry|please|putright|bot|very|much|lovely|perfect|brilliant|test|testing|stop|nothing|done)\b\W*)*",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:tenants?|residents?|leaseholders?|neighbours?|"
    r"lady|gentleman|family|she|he|mrs|mr|ms|miss|dr)\b.*"
    r"\b(?:complain(?:s|ed|ing)?|(?:un|not )happy|upset|angry|furious|fed up|wants?|says?|said|rang|called|phoned|"
    r"told|reports?|reported|"
    r"asks?|asked|waiting|waited|nobody|never|still|again|since|no|not)\b|"
    r"\b(?:wants?|wanted|like|wishes) to (?:make a |raise a )?complain|\bcomplain(?:s|ing) (?:about|that)\b|"
    r"\bcomplaint (?:about|from|by) (?!damp|mould|repairs\b)|"
    r"\b(?:making|made|raising) a complaint\b|\bstill no\b|\bno (?:hot water|heating|water|power|electric\w*)\b",
    re.IGNORECASE | re.DOTALL,
)
_OF_CASES = re.compile(
    r"\b(?:cases?|complaints|requests|feedback|ones|overdue|due|breach\w*|unassigned|unacknowledged|unconfirmed|closed|"
    r"parked|review|stage|deadlines?|today|tomorrow|yesterday|week|month|acks?|team|queue|list|mine|status|hazards|"
    r"definitions?|timeline|history|promises|handler|surveys?|escalated|extended|awaiting|late|got|hc|s[12]s?|srs|stuff|everything|everyone)\b",
    re.IGNORECASE,
)
"""Words of who asks about cases: `repairs late`, and not `leak in the kitchen`."""


def to_log(text: str) -> str | None:
    """What is to be logged where somebody says so (`log: no heating at flat 3`), else None; empty if it is not said."""
    found = _LOG.fullmatch(text)
    return found[1].strip() if found else None


def heard(text: str, today: date, people: Collection[str] = (), teams: Collection[str] = ()) -> Heard:
    """What the words `text`, typed on `today`, are; `people` and `teams` are names that questions use."""
    if asks(text, today, people, teams) or _SMALL_TALK.fullmatch(text):
        return Heard.QUESTION
    asked = bool(_ASKED.match(text)) or text.rstrip().endswith("?")
    told = bool(_SAYS.search(text))
    question = understand(text, today, people, teams)
    whole = question.intent != "none" and not question.unread and not told
    if whole and question.intent not in ("list", "count"):
        return Heard.QUESTION
    own = bool(ONES_OWN.search(text.lower()))
    if whole and not own and (question.state not in ("", "open", "hazard") or _OF_CASES.search(text)):
        return Heard.QUESTION
    if asked and not (told or own or SAID_BY_RESIDENTS.search(text.lower())):
        return Heard.QUESTION
    if question.why_not.startswith("act:") and find_reference(text) and not told:
        return Heard.QUESTION
    if to_log(text):
        return Heard.SAID
    if (
        len(text.split()) > LONG_WORDS
        or len(text) > LONG_TEXT
        or (told and not asked and not find_reference(text))
    ):
        return Heard.SAID
    return Heard.EITHER
