"""Words by which a resident rejects an answer or asks for stage 2: rules, each sentence by itself.

They never decide: what they find is put before a person (Code 6.10), and no reason is asked of the resident (6.12).
"""

import re
from collections.abc import Iterator

_ANSWER = r"(?:response|reply|answer|decision|outcome|letter|findings?|conclusions?|result|offer|resolution)"
_UNHAPPY = r"(?:happy|satisf\w+|content|pleased|acceptable|good\s+enough)"
_NOT = r"\b(?:not|isn'?t|never|un|dis|far\s+from|less\s+than)[\s-]{0,2}(?:(?:at\s+all|very|really|in\s+any\s+way)\s+)?"
_BAD = (
    r"(?:not\s+(?:at\s+all\s+)?(?:good\s+enough|acceptable|satisfactory)|unacceptable|unsatisfactory|inadequate|a\s+joke|"
    r"insult(?:ing)?|disgrace(?:ful)?|wrong|rubbish)"
)
_CANNOT = r"\b(?:do\s*n[o']?t|cannot|can'?t|can\s+not|will\s+not|won'?t|refuse\s+to)"
_RULES = tuple(
    re.compile(rule, re.IGNORECASE)
    for rule in (
        r"\bstage\s*(?:2|two|ii)\b|\b(?:second|next|final)\s+stage\b",
        r"\bescalat(?:e|ed|es|ing|ion)\b",
        r"\btak(?:e|ing)\s+(?:this|it|that|things|matters|my\s+(?:complaint|case))\s+(?:any\s+)?(?:further|higher|up)\b",
        rf"{_NOT}{_UNHAPPY}\b.{{0,80}}\b{_ANSWER}\b",
        rf"\b{_ANSWER}\b.{{0,60}}\b{_BAD}\b",
        rf"{_CANNOT}\s+(?:accept|agree)\b.{{0,80}}\b{_ANSWER}\b",
        rf"{_CANNOT}\s+(?:accept|agree\s+(?:with|to))\s+(?:this|that|it)\b",
        rf"\b(?:reject|dispute|challenge|appeal|contest|disagree\s+with)\b.{{0,60}}\b(?:{_ANSWER}|complaint)\b",
        r"\b(?:appeal|ombudsman)\b",
        rf"\b(?:review|reconsider|re-?open|look\s+(?:again|at))\b.{{0,40}}\b(?:{_ANSWER}|complaint|again)\b",
        r"\b(?:someone|somebody|anyone)\s+(?:more\s+senior|higher|else)\b.{0,60}\b(?:look|consider|deal|review|case)",
        r"\b(?:has|have|is|was|are)(?:\s+still)?\s*(?:not|n'?t)\s+(?:been\s+)?(?:resolved?|addressed|put\s+right)",
    )
)
_BY_NAME = re.compile(r"\bstage\s*(?:2|two|ii)\b|\bescalat(?:e|ed|ing|ion)\b", re.IGNORECASE)
_NOT_WANTED = re.compile(
    r"\b(?:no\s+need|no\s+reason|(?:do|does|did|will|would|am|is)\s*(?:not|n'?t)|don'?t|won'?t|never)\s+(?:\w+\s+){0,3}"
    r"(?:escalat\w+|tak(?:e|ing)\s+(?:this|it)\s+(?:any\s+)?further|appeal|go(?:ing)?\s+to\s+(?:stage|the\s+ombudsman))",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]{1,600}")
SENTENCES = 400
"""More of one mail are not looked at."""


def asks_for_stage_2(text: str) -> str:
    """Why a reply may ask for stage 2, in a few words without a personal detail; empty when no rule speaks."""
    if any(rule.search(x) for x in _sentences(text) for rule in _RULES):
        return "the resident rejects the answer or wants to take it further"
    return ""


def names_stage_2(text: str) -> bool:
    """Whether a mail asks for stage 2 in so many words, so that it is put before a person whatever is recorded."""
    return any(_BY_NAME.search(x) for x in _sentences(text))


def _sentences(text: str) -> Iterator[str]:
    """Its first sentences, but for those that say it is not wanted."""
    for number, sentence in enumerate(_SENTENCE.finditer(text.replace("\u2019", "'"))):
        if number >= SENTENCES:
            break
        if not _NOT_WANTED.search(sentence[0]):
            yield sentence[0]
