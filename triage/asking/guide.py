"""The help: what can be asked, nearest first when something was not understood, and what to do instead of an act."""

import re
from collections.abc import Iterable

from putright.triage.asking.result import Answer
from putright.triage.asking.words import GLUE
from putright.triage.question import Question

HELP = (
    "what's overdue",
    "what is due today / tomorrow / this week / next week / in 10 days / on 24 November",
    "what is overdue for repairs, stage 2 complaints for heating, what is due for Priya, my cases",
    "what is unassigned / unacknowledged / waiting for a definition / to review / parked",
    "any hazards, extended complaints, which service requests were chased",
    "escalated this month, closed in the last fortnight, complaints received last week",
    "how many complaints this month, how many stage 2s this quarter, how many were upheld this year",
    "HC-2026-0012, who has HC-2026-0012, when is HC-2026-0012 due, why is HC-2026-0012 a complaint",
    "show the definition of HC-2026-0012, what did we promise on HC-2026-0012, timeline of HC-2026-0012",
    "how long do we have for a stage 2 response",
)
"""Each comma or slash parts one example from the next; a test asks them all."""
GRAMMAR = (
    "A question is a few words in any order; what I understood stands in the answer.",
    "Whose: Priya, Sam, my, mine, the name of a team. Unassigned: nobody has it.",
    (
        "State: overdue (late, breached, OD), due, open, unassigned, unacknowledged (not "
        "ack'd), waiting for a definition, extended, "
        "chased, escalated, closed, parked, to review (not sure), hazards (Awaab)."
    ),
    (
        "When: today, tomorrow (tmrw), this week (wk), next week, this month, in 10 "
        "days, a fortnight, by Friday, on 24 November, "
        "in November, since Monday, older than 2 weeks, last month, this quarter (qtr)."
    ),
    "What: complaints (compl), service requests (SRs), survey feedback; stage 1 or 2 (s1, s2).",
    (
        "Areas: repairs, damp and mould, heating and gas, planned works, allocations "
        "(lettings), ASB and neighbours, tenancy and rent, "
        "estate services (lifts, cleaning), staff and communication, leasehold and charges, homelessness."
    ),
    (
        "One case: HC-2026-0012, hc 2026 12, or 12; then status, who has, when due, why, "
        "definition, promises, timeline."
    ),
    "Typing slips and abbreviations are understood. Of a long list, add: page 2.",
)
_INSTEAD = (
    (
        ("close", "resolve", "complete", "finish", "archive", "sign"),
        "A person closes a case:  putright case close REF --reason …",
    ),
    (
        ("delete", "remove", "erase", "destroy", "wipe", "drop", "bin", "get", "truncate", "forget", "rm"),
        "Nothing is deleted here. A case that is done is closed:  putright case close REF --reason …",
    ),
    (
        (
            "assign",
            "reassign",
            "re",
            "allocate",
            "reallocate",
            "unassign",
            "give",
            "hand",
            "take",
            "move",
            "transfer",
            "pass",
            "put",
        ),
        "To give it to somebody:  putright case assign REF --to NAME",
    ),
    (("acknowledge",), "Once the acknowledgement is sent:  putright case acknowledge REF"),
    (
        ("extend",),
        "Once the resident was told of the new date:  putright case extend REF --by-days N --reason …",
    ),
    (("escalate",), "When the resident asks for stage 2:  putright case escalate REF"),
    (("define",), "To confirm the definition:  putright case define REF"),
    (("reopen", "restart", "undo"), "To take it up again:  putright case reopen REF --reason …"),
    (
        (
            "email",
            "mail",
            "write",
            "reply",
            "respond",
            "answer",
            "call",
            "ring",
            "phone",
            "text",
            "contact",
            "apologise",
            "inform",
            "notify",
            "tell",
            "message",
            "offer",
            "send",
            "draft",
            "chase",
            "compensate",
            "pay",
        ),
        "I never write to a resident: a person does. Once the answer is sent:  putright case respond REF",
    ),
    (
        ("log", "raise", "create", "add", "record", "start", "open", "insert"),
        "To log what a resident said:  putright note TEXT --by NAME",
    ),
    (
        (
            "mark",
            "set",
            "change",
            "reclassify",
            "label",
            "relabel",
            "edit",
            "amend",
            "update",
            "confirm",
            "alter",
        ),
        "To say what a case is:  /case HC-2026-0012 is complaint because …",
    ),
)


def help_page() -> Answer:
    """What can be asked, and the grammar."""
    return Answer("You can ask me, in your own words:", lines=(*HELP, *GRAMMAR))


def declined(text: str, question: Question) -> Answer:
    """Why a question is not answered, and what can be asked or done instead, nearest first."""
    reason, _, verb = question.why_not.partition(":")
    match reason:
        case "act":
            instead = next(
                (line for verbs, line in _INSTEAD if verb in verbs),
                "`putright case --help` lists what can be done to a case.",
            )
            return Answer(
                "I answer questions; that is something to be done, and nothing was changed.", lines=(instead,)
            )
        case "elsewhere":
            return Answer("I know only this landlord's own cases.", lines=nearest(text))
        case "private":
            return Answer(
                "Who a resident is stands in the case itself, for those who may see it.",
                lines=("putright case show REF",),
            )
        case "code":
            return Answer(
                "That looks like a program, not a question. I can answer questions like these:",
                lines=nearest(""),
            )
        case "long":
            return Answer(
                f"That has {len(text):,} characters, too many for a question.",
                lines=("If a resident said it, log it:  putright note TEXT --by NAME", *nearest("")),
            )
    if question.why_not.endswith("."):
        return Answer(question.why_not, lines=nearest(text))
    if re.search(r"\b(?:thanks?|thank you|ta|cheers|thx)\b", text.lower()) and not question.unread:
        return Answer("You are welcome. You can ask me things like these:", lines=nearest(text))
    unread = ", ".join(f'"{word[:40]}"' for word in question.unread[:3])
    return Answer(
        "I did not understand that. I can answer questions like these:",
        lines=nearest(text),
        private=(f"Not understood: {unread}.",) if unread else (),
    )


def nearest(text: str) -> tuple[str, ...]:
    """What can be asked, that with the most words in common first."""
    words = set(_words(text)) - GLUE
    return tuple(sorted(HELP, key=lambda line: -len(words & set(_words(line)))))


def _words(text: str) -> Iterable[str]:
    return (x.rstrip("s") for x in re.findall(r"[a-z]{3,}", text[:400].lower()))
