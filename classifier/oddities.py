# ruff: noqa: E501  (a pattern is a line)
"""Why a text is odd enough for a person to look whatever it reads as: no words of its own, or made like ours."""

import re
from collections.abc import Collection

from putright.cases.labels import Decision, Label, Mark
from putright.classifier.passed_on import covering
from putright.classifier.words import straight

OWN_WORDS = frozenset({"words", "covering"})
"""The parts of a mail (`layout.parts`) that its writer wrote as the message."""
ATTACHED = re.compile(
    r"\b(?:please |pls )?(?:see|find|read|as|is|are|have|i have|i've|i) (?:the |my |our )?(?:attach(?:ed|ments?)?|enclosed)"
    r"(?: (?:file|files|letter|document|documents|photos?|pictures?|pdf|herewith))?|^attached\b|\battached\.?$",
    re.IGNORECASE,
)
MOST_BESIDE = 2
"""Words beside the pointer to an attachment that say nothing yet."""
ATTACHED_ONLY = "It says only that something is attached; the attachment must be looked at."
COMPLAINS = re.compile(
    r"\b(?:mr|mrs|ms|miss|mx|dr|tenant|resident|customer|leaseholder|caller|cust|t|he|she|they)\b[^.!?]{0,40}"
    r"\bcomplain(?:s|ed|ing)\b|\b(?:formal|official|stage (?:1|one|2|two)) complaint\b"
    r"|\b(?:made|makes|making|lodged|lodges|lodging|raised|raises|raising|registered|submitted|put in|filed)"
    r" (?:a|an|her|his|their)(?: \w+)? complaint\b"
    r"|\b(?:asks?|asked|asking|wants?|wanted|requests?|requested|go|goes|going|escalate[sd]?)\b[^.!?]{0,20}"
    r"\bstage (?:2|two)\b"
)
NOT_OF_US = re.compile(
    r"\b(?:not|never|no|nor|isn't|don't|doesn't|didn't|without|rather than|neighbours?|next door|upstairs|downstairs"
    r"|polic(?:y|ies|e)|procedures?|process|training|figures|reports?|withdr\w+|cancel\w*|closed|resolved|if|how|what"
    r"|whether|when|works|phase|programme|handling|team|form|leaflet|thank\w*)\b|n't\b"
)
RIGHTS = frozenset({Mark.SAR, Mark.INFORMATION_REQUEST})
MOST_OF_SIGNATURE = 400
"""More characters are no signature."""
NOT_OWN = "It has only a signature, quoted mail or small print, and no words of its own."
ONLY_SIGNATURE = "There is only a signature, and no words of its own."
SIGNED = re.compile(
    r"--|sent from (?:my|outlook|yahoo|mail|the) .{2,40}|sent from outlook|get outlook for \w+"
    r"|(?:tel|telephone|phone|mob|mobile|fax|t|m)\b[.:]? ?[+\d(][\d ()+-]{5,20}|(?:e|e-?mail)\b[.:]? ?\S+@\S+"
    r"|https?://\S+|www\.\S+",
    re.IGNORECASE,
)
"""A line that only a signature has."""
LIKE_OURS = "It looks like putright's own output or rules; a person must say what it is."
LABELS = "|".join(Label)
WORDED = "|".join(label.words for label in Label)
OURS = re.compile(
    rf'"(?:label|decision)"\s{{0,4}}:\s{{0,4}}"(?:{LABELS}|{"|".join(Decision)})"'
    rf"|^\s{{0,4}}(?:label|decision)\s{{0,4}}[:=]\s{{0,4}}\W?(?:{LABELS}|{'|'.join(Decision)})\b"
    r"|^\s{0,4}\[\[rule\]\]|^\s{0,4}raises\s{0,4}=\s{0,4}[\"']|\brule [a-z-]{3,40} \(Code \d"
    r"|^(?:Rules that fired|Sentence by sentence \(what|Why a person is asked|What we understand \(Code \d)"
    rf"|</?(?:decision|label)\s{{0,4}}/?>"
    rf"|\bHC-\d{{4}}-\d{{1,6}}\b[\s:*_,-]{{1,6}}(?:is an? )?(?:{WORDED})\b[\s,]{{1,3}}(?:{'|'.join(Decision)}|acknowledge by|answer by)\b"
    rf"|\b(?:{WORDED}),\s{{0,2}}(?:sure|ask)\b(?:[.!;]|$)|\bno complaint clock runs\b"
    rf"|\[ {{0,2}}(?:right|wrong|correct) {{0,2}}\]|\bBefore: .{{3,90}} Now: |^\W{{0,4}}Rule [a-z]{{2,20}}(?:-[a-z]{{1,20}}){{1,6}}\.",
    re.IGNORECASE | re.MULTILINE,
)
WORDS_OF_OURS = ("label", "decision", "rule", "raises", "sentence by sentence", "why a person is asked",
    "what we understand", "hc-", "sure", "clock runs", "[", "before: ", ", ask")  # fmt: skip
"""Without any of these a text is not searched, for most are not ours."""


def oddities(body: str, places: Collection[str]) -> list[str]:
    """Reasons to ask; `places` are the parts of the mail that its sentences stand in."""
    found = []
    if only_signature(body):
        found.append(ONLY_SIGNATURE)
    elif places and not OWN_WORDS & set(places):
        found.append(NOT_OWN)
    folded = body.casefold()
    if any(word in folded for word in WORDS_OF_OURS) and OURS.search(body):
        found.append(LIKE_OURS)
    return found


def only_signature(body: str) -> bool:
    """Whether a body begins with the line that sets a signature off (RFC 3676, 4.3), or has none but a signature's."""
    if len(body) > MOST_OF_SIGNATURE:
        return False
    lines = [line.strip() for line in body.split("\n") if line.strip()]
    return bool(lines) and (lines[0] == "--" or all(SIGNED.fullmatch(line) for line in lines))


def only_points(body: str) -> bool:
    """Whether a body, without greeting, sign-off and signature, says hardly more than that something is attached."""
    own = " ".join(covering(body.split("\n")))
    found = ATTACHED.search(own)
    return found is not None and len(ATTACHED.sub(" ", own).split()) <= MOST_BESIDE


def speaks_of_complaint(subject: str, body: str) -> bool:
    """Whether somebody is said to complain, or a stage of a complaint is named, which no label may pass over."""
    return any(
        COMPLAINS.search(x) is not None and NOT_OF_US.search(x) is None
        for x in re.split(r"(?<=[.!?])\s|\n", straight(f"{subject}\n{body}"))
        if "compl" in x or "stage" in x
    )


def a_right_of_theirs(label: Label, marks: Collection[Mark]) -> list[str]:
    """Why to ask where a request for records was taken for a request to put something right."""
    if label is Label.SERVICE_REQUEST and RIGHTS & set(marks):
        return [
            "It seems to ask for records by right, which is no service request but other; its own clock runs."
        ]
    return []
