"""One case: its reference, and what is asked about it."""

import re

from putright.cases.references import find_reference, reference

CASE = "thiscase"
"""Stands in tidied words where a reference was."""
_FULL = re.compile(r"\bh\.?c\.?[\s_/:#.\u2010-\u2014-]*\d{4}[\s_/:.\u2010-\u2014-]*\d{1,6}\b", re.IGNORECASE)
_NO_PREFIX = re.compile(r"(?<![\d/£.-])(20[12]\d)\s?[-/]\s?(\d{3,6})\b(?![/-])")
_SHORT_YEAR = re.compile(r"\bhc[\s_/-]?(2\d)[-/_](\d{4})\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"\bhc0*(\d{1,6})\b|"
    r"(?:\b(?:case|ref|reference|complaint|number|hc|request|service request|ticket|no|id)s? "
    r")?(?:number |no |ref )?[#] ?0*(\d{1,6})\b|"
    r"\b(?:case|ref|reference|complaint|number|hc|request|ticket|no|id) (?:number |no |ref |hc |"
    r"reference )*(\d{1,6})\b|\b(\d{1,6})\b"
)

ABOUT: tuple[tuple[str, str], ...] = (
    ("definition", r"definitions?|defin(?:e|ed|ing)\b(?! by)"),
    (
        "promises",
        (
            r"promis\w*|commit(?:ted|ment|ments)?|(?:say|said|told|tell|agree|agreed)(?: \w+){0,3} "
            r"(?:we would|we will|we were going to|to do|do|would do|will do|we d|to put)|"
            r"remed(?:y|ies)|agreed|compensation|redress|undertak\w+|offer(?:ed)?|(?:we|do we|did we) "
            r"(?:agree|agreed|owe|pledge|pledged|sign up|guarantee)\w*|owe|owed|pledg\w+|"
            r"(?:outstanding|open|any|agreed|follow ?up|follow on|remaining|what|the|list|left|due) "
            r"(?:\w+ )?(?:actions?|works?)\b|actions?\b|left to do|still to (?:do|deliver|be done)|"
            r"follow ?ups?|put(?:ting)? (?:it |things )?right|follow through|"
            r"(?:supposed|meant) to (?:be )?(?:do|doing)|make good|delivered on|"
            r"deliverables|goodwill|said we would|"
            r"what (?:have|did) we (?:say|said|agree|agreed|offer|offered)(?: we| to)?(?: would| "
            r"will)?(?: do)?(?= |$)"
        ),
    ),
    (
        "timeline",
        (
            r"timelines?|activity|when (?:was|did|were|has)|(?:walk|talk|take|run) "
            r"(?:me |us )?through|histor(?:y|ies)|chronolog(?:y|ical)|so far|what "
            r"(?:has|have|is) (?:\w+ "
            r")?(?:happened|been done|gone on)|what happened|what have we done|"
            r"(?:full|whole|back) ?story|backstory|audit(?: trail)?|events?|(?:the|event|case|full|"
            r"activity|audit) log|log (?:of|for)|log$|trail|journey|everything(?: that)?|from (?:the "
            r")?(?:start|beginning|day one|day 1)|step by step|"
            r"what has been|run ?through|run ?down|sequence|dates and events|diary|what did (?:we|"
            r"they) do|contacts?(?: log)?|blow by blow|key dates|entries|play by play|to date"
        ),
    ),
    (
        "why",
        (
            r"(?<!and )why(?! .*\b(?:due|deadline)\b)|reasons?(?: for)?|how come(?! .*\b(?:due|"
            r"deadline)\b)|explain(?:ed|ation)?|what made|what makes|rationale|justif\w+|on what "
            r"(?:basis|grounds)|"
            r"because of what|how did (?:you|it|putright|thiscase|the \w+) (?:decide|"
            r"read|get|come to be|end up|class|"
            r"come|work|label)|how was (?:it|thiscase|this) (?:classified|read|labelled|decided|"
            r"categorised)|basis|thinking behind|"
            r"what (?:tipped|swung|decided|triggered|led|drove)|evidence|reasoning|(?:who|what) "
            r"(?:decided|says|said) (?:it|thiscase|this)(?: is| was)?|which (?:words|sentences?|bit|"
            r"rule)|logic"
        ),
    ),
    (
        "due_when",
        (
            r"(?:by )?when(?! (?:was|did|were|has))|(?:by )?(?:what|which) (?:date|day)|deadlines?|dates?|"
            r"due|how long(?: left| have| do| until| till| before| remaining| is left)?|how (?:many|"
            r"much) (?:\w+ )?(?:days|time|longer)|"
            r"(?:days|time) (?:left|remaining)|overdue|late\b|target date|date for|(?:response|"
            r"acknowledge|acknowledgement|reply) (?:by|date|target)|out of time|run out|expir\w+|"
            r"breach\w*|"
            r"timescales?|(?:needs?|has|have|got) (?:to be |to go |to |an? )*(?:acknowledged|answered|"
            r"responded to|response|reply|answer|out) by|clock|last day|cut ?off|(?:acknowledgement|"
            r"acknowledge|response) (?:for|on|thiscase)"
        ),
    ),
    (
        "who_has",
        (
            r"who(?!le)(?! (?:complained|wrote|sent|made|is the (?:resident|tenant|complainant|"
            r"customer)))|owners?|handlers?|whose|assigned|is (?:anyone|someone|somebody|anybody|"
            r"nobody) (?:on|dealing|looking|handling|working|assigned|got)|"
            r"(?:case|investigating|complaints?) (?:officer|handler|manager|owner)|with whom|got "
            r"(?:anyone|someone|somebody)|which (?:officer|handler|person|colleague|manager|team)|"
            r"(?:has|have) (?:anyone|someone|somebody|anybody) (?:got|picked|taken|on|"
            r"been|looked)|allocated|does (?:anyone|anybody|someone) "
            r"have|name of the handler|picked (?:it |thiscase )?up|responsible|in charge|leading on|"
            r"lead officer|with anyone"
        ),
    ),
    (
        "definition",
        (
            r"(?:is|was|are|it|thiscase|that|this|one|complaint|request) (?:\w+ )?about|about$|"
            r"(?:been )?complain(?:ing|ed|t|s)?(?: about| of)|outcomes?|(?:does|do|"
            r"did|is|are|they|she|he|resident|"
            r"tenant|customer|mrs|mr|person|complainant) (?:\w+ )?"
            r"(?:want|wants|wanted|wanting|after|seek|seeks|seeking|asking for|hoping for|looking for|"
            r"expect(?:ing)?)|seek(?:s|ing)?|ask(?:ed|ing)? (?:us )?(?:for|to)|"
            r"unhappy|(?:the |main |key |complaint )(?:issues?|points?|"
            r"gist)|gist|points of complaint|"
            r"what is the (?:complaint|problem|issue|matter|request)|heads of "
            r"complaint|what the (?:complaint|issue|problem) (?:is|was)|summary of "
            r"the complaint|upset about|what is wrong|allegations?|resolution (?:sought|wanted)|what "
            r"do they say|issues raised|putting right|grievance|complained about|"
            r"complain about|understanding of|"
            r"complaint (?:in|on|at|for) thiscase|points|summary of|summari[sz]e"
        ),
    ),
)
"""What is asked about a case; the first that fits. None of them: how it stands."""

_WITHOUT_REFERENCE: tuple[tuple[str, str], ...] = (
    (
        "definition",
        (
            r"(?:what is |show |read |see |display |bring up |view |give |pull up )*(?:the |its |it "
            r"'s )?(?:complaint )?definition(?: of (?:it|this|that))?(?: (?:one|case|complaint))*"
        ),
    ),
    (
        "promises",
        (
            r"(?:what |have |did |we |has |been |they |the )*(?:promis(?:e|ed|es)|commit(?:ted)?)(?: "
            r"(?:to|on|for|at|do|about|in|it|this|that|one|case|them|the|resident|here|there))*"
        ),
    ),
    (
        "who_has",
        (
            r"who (?:has|is|got|deals|handles)(?: (?:got|handling|dealing|looking|on|with|after))* "
            r"(?:it|this|that|this one|that one|this case|the case|that case)"
        ),
    ),
    (
        "due_when",
        (
            r"when is (?:it|this|that|this one|that one|this case|the case|that case)(?: (?:due|case|"
            r"one))*(?: and why| by)?"
        ),
    ),
    (
        "why",
        (
            r"why|why (?:is|was) (?:it|this|that)(?: (?:one|case))?(?: an?)?(?: (?:complaint|service "
            r"request|survey feedback|other|logged))*|why (?:this|that|so)"
        ),
    ),
    (
        "timeline",
        r"(?:the )?(?:timeline|history|chronology)(?: (?:of|for) (?:it|this|that)(?: (?:case|one))?)?",
    ),
    (
        "status",
        (
            r"(?:the )?status(?: (?:of|on) (?:it|this|that)(?: (?:case|one))?)?|what is happening "
            r"(?:with|on) (?:it|this|that)(?: (?:case|one))?"
        ),
    ),
)


_WHETHER = re.compile(r"(?:(?:hi|hello|please|and|so|ok|hey|,) )*(?:is|has|have|was|did|are|were|does|do)\b")
_DUE = re.compile(r"\b(?:due|deadline|when|by|time|dates?|days?)\b")


def whether(words: str) -> bool:
    """Whether it is asked if something is so."""
    return bool(_WHETHER.match(words))


def full(text: str) -> tuple[str, str]:
    """The first whole reference typed, made regular, and the text with a word of ours in its place."""
    found = find_reference(text)
    where = _FULL.search(text)
    if where:
        found = found or find_reference(re.sub(r"[:#.]", "", where[0]))
    if found and where:
        return found, f"{text[: where.start()]} {CASE} {text[where.end() :]}"
    short = _SHORT_YEAR.search(text)
    if short:
        return reference(2000 + int(short[1]), int(short[2])), _SHORT_YEAR.sub(f" {CASE} ", text, count=1)
    bare = _NO_PREFIX.search(text)
    if bare:
        return reference(int(bare[1]), int(bare[2])), _NO_PREFIX.sub(f" {CASE} ", text, count=1)
    return "", text


def number(words: str) -> tuple[str, str]:
    """A bare case number as four digits, and the words with a word of ours in its place."""
    found = _NUMBER.search(words)
    if not found:
        return "", words
    digits = int(next(x for x in found.groups() if x))
    rest = f"{words[: found.start()]} {CASE} {words[found.end() :]}"
    return f"{digits:04d}", " ".join(rest.split())


def marked(words: str) -> bool:
    """Whether a number in it is said to be a case's: `case 12`, `#12`, `hc 12`."""
    found = _NUMBER.search(words)
    return bool(found and any(found.groups()[:3]))


def intent(words: str) -> str:
    """What is asked about the case that is named; `status` where nothing else is."""
    for name, pattern in ABOUT:
        if re.search(rf"\b(?:{pattern})\b", words):
            if name == "due_when" and _WHETHER.match(words) and not _DUE.search(words):
                return "status"
            return name
    return "status"


def without_reference(words: str) -> str:
    """The same where the case is not named but meant: `show the definition`, `who has it`."""
    for name, pattern in _WITHOUT_REFERENCE:
        if re.fullmatch(pattern, words):
            return name
    return ""


def what(words: str) -> str:
    """Which of a case's dates is asked for."""
    if re.search(r"\backnowledg", words):
        return "acknowledgement"
    if re.search(
        r"\b(?:respon[ds]\w*|repl(?:y|ies|ied)|answer\w*|decision|final letter|write back|outcome letter)\b",
        words,
    ):
        return "response"
    return "any"
