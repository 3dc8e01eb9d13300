"""What people tell the bot to do with a case: `/case close HC-2026-0012` opens a modal, in a thread a button comes."""

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import Respond
from slack_sdk import WebClient

from putright.bot.case_verbs import IN_SLACK
from putright.bot.slack_authority import Asker, Forbidden
from putright.bot.slack_blocks import escaped, unescaped
from putright.bot.slack_desk import CLICK_SECONDS, CaseDesk
from putright.bot.slack_forms import form_named
from putright.bot.slack_opens import for_leads, opened
from putright.bot.slack_screen import open_modal
from putright.bot.slack_words import in_slack
from putright.cases.errors import Refused
from putright.cases.references import whole_reference
from putright.storage.errors import DatabaseProblem

_OTHER_WORDS = {
    **dict.fromkeys(("reassign", "allocate", "give", "hand", "transfer"), "assign"),
    **dict.fromkeys(("answer", "reply"), "respond"),
    **dict.fromkeys(("reclassify", "label", "relabel", "mark", "set"), "change"),
    **dict.fromkeys(("finish", "complete", "resolve"), "close"),
    "restrict access": "confine",
    "stage 2": "escalate",
}
"""What else people say for a verb."""
_NAMES = {
    **_OTHER_WORDS,
    **{verb.replace("-", " "): form_named(verb) for verb in IN_SLACK},
    "change": "change",
    "done": "done",
    "more": "more",
}
_IN_A_THREAD = frozenset(
    [
        "acknowledge",
        "assign",
        "define",
        "escalate",
        "extend",
        "respond",
        "change",
        "close",
        "reopen",
        "update",
        "merge",
        "unmerge",
        "link",
        "split",
        "withdraw",
        "refuse",
        "confine",
    ]
)
"""What is an order where it stands alone in a case's thread; other verbs are words of what a resident said."""
BUTTONS: Mapping[str, str] = {
    words: name for words, name in {**_NAMES, **_OTHER_WORDS}.items() if name in _IN_A_THREAD
}
"""What people ask to be done, and the button that does it."""
LONGEST_ORDER = 100
"""Characters: whatever is longer is no order."""
_ORDER = re.compile(
    r"\s*(?:please\s+|pls\s+)?(?:(?P<verb>[a-z][a-z 2-]*?)\s+(?:case\s+)?(?P<ref>hc[\s_-]*\d.*\d)|"
    r"(?P<ref2>hc[\s_-]*\d.*?\d)\s+(?P<verb2>[a-z][a-z 2-]*?))[\s.!]*",
    re.IGNORECASE,
)


def ordered_on(text: str) -> tuple[str, str]:
    """The name of the modal and the reference where a command is a verb and a reference, in either order; else nothing.

    "close HC-2026-0012" is one, "why is HC-2026-0012 closed" is a question.
    """
    found = _ORDER.fullmatch(" ".join(text.split())) if len(text) <= LONGEST_ORDER else None
    if not found:
        return "", ""
    words, typed = found["verb"] or found["verb2"], found["ref"] or found["ref2"]
    name = _NAMES.get(" ".join(words.casefold().replace("-", " ").split()), "")
    reference = whole_reference(typed)
    return (name, reference) if name and reference else ("", "")


def opened_by_command(
    desk: CaseDesk, client: WebClient, command: Mapping[str, Any], respond: Respond
) -> bool:
    """Open the modal that a command asks for. False where it asks for none: then it is a question."""
    name, reference = ordered_on(unescaped(str(command.get("text", ""))))
    if not name:
        return False
    asker = Asker(
        str(command["user_id"]),
        str(command.get("team_id", "")),
        str(command.get("channel_id", "")),
        patience=CLICK_SECONDS,
    )
    try:
        user, eyes = desk.admit(asker, f"case:{name}", reference, lead=for_leads(name))
        open_modal(client, command, opened(desk, name, reference, user, eyes))
    except (Forbidden, Refused, DatabaseProblem) as error:
        respond(escaped(in_slack(str(error))), response_type="ephemeral")
    return True
