"""What is typed and is no question about cases: acts, other landlords, private details, code, and small talk."""

import re

from putright.triage.asking.about import CASE
from putright.triage.asking.words import ACTS

_BEGINS = re.compile(
    r"^(?:(?:hi|hiya|hello|hey|morning|afternoon|evening|good|please|ok|okay|right|also|and|so|"
    r"just|now|then|putright|bot|can|could|would|will|you|"
    r"u|we|i|to|need|want|like|let|us|go|ahead|for|me|kindly|quickly|should|must|all|everyone|"
    r"team|thanks|,|ta|actually|yes|yep|no|help|how|do|it|is|possible|"
    r"try|and|sorry|lets|mate|be|able|are|have|gonna|going|love|d|just) )+"
)
_OBJECT = (
    rf"(?:{CASE}|£ ?\d+|\d+|all|every\w*|it|them|him|her|this(?! (?:week|month|quarter|year|afternoon|"
    r"morning))|that|these|those|the|an?|my|our|their|his|mrs?|miss|ms|dr|any|some|"
    r"complaints?|cases?|requests?|tenants?|residents?|customers?|emails?|letters?|reply|replies|"
    r"reminders?|table|database|us|everyone|off|out|up|down|to)"
)
_ACT = re.compile(rf"^(?:{ACTS}) (?:\w+ ){{0,2}}?{_OBJECT}\b")
_ACT_ON = re.compile(rf"^(?:{ACTS}) .*\b(?:{CASE}|\d{{2,6}})\b")
_POLITE = re.compile(r"(?:\w+ ){0,4}?(?:can|could|please|would|want|need|go|lets|let)\b")
_NO_ACT = re.compile(
    r"^(?:update|updates) (?:on|for|re)\b|^(?:log|answer|order|post|record|contact|action|label|"
    r"complete|open|response) (?:for|of|on|list|date|due|by)\b|"
    r"^(?:answer|tell|let|update|inform|remind) (?:me|us)\b|^confirm (?:\w+ )?(?:what|who|when|"
    r"which|how|whether|if|where|why|the (?:date|deadline|status|due))\b|^close to\b|"
    r"^(?:acknowledge|extend|escalate|define) (?:by|date|due|overdue|this week|deadline|for "
    rf"{CASE}$|on {CASE}$|{CASE} (?:due|date|deadline|by when|when))|^check\b|"
    r"^(?:reply|respond|answer|response) by\b|^to (?:respond|reply)|^(?:send|give|get|"
    r"put) (?:me|us|over|through|out an?)\b|"
    r"^(?:mark|order|award|park|link|text|book|chase|stop|drop|drew) 's\b|^(?:set|put) aside\b|"
    r"^put (?:me|together|up)\b|^(?:take|taking) (?:me|us)\b|^make (?:me )?an? list\b|^(?:print|"
    r"draft) (?:me |out )?(?:an? |the )?list\b|"
    r"^transfer (?:cases|complaints|requests|team|ones)\b|^(?:complete|finish)d?\b (?:cases|"
    r"complaints)|^raise(?:d)? (?:this|today)|^(?:remind|tell|message|inform|notify|"
    r"send) (?:me|us|over|through) "
    r"(?:what|who|when|which|how|of|about)|"
    r"^(?:offer|chase|log|award|record|order|book|link|park|ring|contact|label)s? (?:history|for|"
    r"made)\b|^(?:mark|drew|chase|park|book|ring) (?:has|is|got|overdue|due)\b|^move (?:on|to the "
    r"next)"
)
_PASSIVE = re.compile(
    rf"\b(?:{CASE}|\d+|it|this|that|them|all|everything|complaint|case) (?:\w+ ){{0,2}}?(?:closed|"
    r"closing|deleted|deleting|reassigned|assigned to|removed|cancelled|withdrawn|merged|"
    r"reopened|escalated to|moved to|changed to|marked|extended by|signed off|given to|passed to|"
    r"sent to|put on)\b"
)
_WISH = re.compile(
    rf"\b(?:please|can|could|want|get|need|have|should|would|let)\b.*\b(?:{CASE}|\d+|it|this|that|"
    r"them|all|case|complaint)\b"
)
_ASKED = re.compile(
    r"\b(?:what|which|who|when|why|how|has|have we|is|are|was|were|did|does|any|anything|show|list)\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:clarion|peabody|l and q|notting hill|places for people|sanctuary|riverside|guinness|"
    r"hyde|southern housing|platform housing|orbit|anchor|metropolitan thames|optivo|"
    r"home group|other (?:landlords?|councils?|associations?|providers?|organisations?|companies)|"
    r"(?:another|different|rival) (?:landlord|council|association|provider|organisation)|"
    r"neighbouring (?:landlord|council|association)s?|nationally|national average|sector average|"
    r"across the (?:sector|country)|benchmark\w*|housing association(?:s)? (?:in|across)|rest of "
    r"the sector)\b"
)
_PRIVATE = re.compile(
    r"\b(?:flat|apartment|house|plot|room|unit) \d+\b|\b(?:phone|telephone|mobile|"
    r"contact) (?:number|details)|\b(?:e ?mail|home|postal) address|"
    r"\bdate of birth|\bdob\b|\bnational insurance|\bbank details|\bpasswords?\b|"
    r"\bwho (?:complained|is the (?:resident|tenant|complainant|customer)|wrote|sent it|made the "
    r"complaint)|\b(?:name|address|age|phone|mobile|email|number) of (?:the )?(?:resident|tenant|"
    r"complainant|customer)|"
    r"\b(?:resident|tenant|complainant|customer) 's? ?(?:name|address|phone|number|email)|\bwhere "
    r"does (?:he|she|\w+) live|\b(?:her|his|their) (?:name|address|phone|number|email|mobile)\b"
)
_CODE = re.compile(
    r"\bselect\b.+\bfrom\b|\b(?:drop|alter|truncate|create) (?:table|database)\b|\binsert into\b|"
    r"\bdelete from\b|\bunion (?:all )?select\b|--\s*$|'\s*or\s*'?1|</?\w+>|\bdef \w+\(|\bimport "
    r"\w+\s*$|"
    r"\{\{|\$\(|\bconsole\.log|\bfunction\s*\(|=>|;\s*\w+\s*\(|\brm -|\bsudo\b|\bprint\(|#include|"
    r"\bignore (?:all |your |the )*(?:previous|prior|above) (?:instructions|prompts?)|\bsystem "
    r"prompt\b|\bpretend (?:you|to be)\b",
    re.IGNORECASE,
)


def act(words: str) -> str:
    """The verb of an act that is asked for, or empty: `close 12`, `email the tenant`."""
    for start in (words, _BEGINS.sub("", words)):
        if _NO_ACT.match(start):
            continue
        found = _ACT.match(start) or (_POLITE.match(words) and start != words and _ACT_ON.match(start))
        if found:
            return found[0].split()[0]
        if re.match(rf"give (?:{CASE}|\d+|it|this|that|them|case|these)(?: \w+)? to\b", start):
            return "assign"
    passive = _PASSIVE.search(words)
    if passive and _WISH.search(words) and not _ASKED.search(words):
        return passive[0].split()[-1].removesuffix("d").removesuffix("ing")
    clause = re.search(
        rf"\b(?:and|then|please|,) ((?:{ACTS}) (?:{CASE}|it|them|him|her|the (?:tenant|resident|"
        r"customer)|mrs?|everyone|all)\b)",
        words,
    )
    return clause[1].split()[0] if clause and not _NO_ACT.match(clause[1]) else ""


def elsewhere(words: str) -> bool:
    """Whether another landlord's matters are asked for."""
    return bool(_ELSEWHERE.search(words))


def private(words: str) -> bool:
    """Whether a resident's details are asked for: they stand in the case, behind its access check."""
    return bool(_PRIVATE.search(words))


def code(text: str) -> bool:
    """Whether the text as typed is a program and no question."""
    return bool(_CODE.search(text))
