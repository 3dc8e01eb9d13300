"""The elements of Slack's modals as values, and what was filled in."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from putright.bot.slack_blocks import Block
from putright.cases.working_days import in_words

INPUT_LIMIT = 3000
"""Characters that a text field may be filled with beforehand."""
OPTIONS_LIMIT, OPTION_LIMIT = 100, 75
"""Options of a menu, and characters of one."""
LABEL_LIMIT = 2000


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}


def option(words: str, value: str, more: str = "") -> Block:
    """One of several to choose from; `more` stands below its words."""
    found: Block = {"text": plain(cut(words)), "value": value}
    return {**found, "description": plain(cut(_in_short(more)))} if more else found


def _in_short(words: str) -> str:
    """What is too long for an option without its second half, where it has one."""
    return words if len(words) <= OPTION_LIMIT else re.split(r"[;:.](?= )|,(?= and )", words)[0]


def cut(words: str) -> str:
    """The words as far as an option holds them."""
    return words if len(words) <= OPTION_LIMIT else words[: OPTION_LIMIT - 2].rsplit(" ", 1)[0] + " …"


def typed(*, many: bool = False, filled: str = "") -> Block:
    element: Block = {"type": "plain_text_input", "multiline": many, "max_length": INPUT_LIMIT}
    return {**element, "initial_value": filled[:INPUT_LIMIT]} if filled else element


def menu(options: Iterable[Block], chosen: str = "") -> Block:
    """One of the options; `chosen` is the value of the one that is chosen beforehand."""
    found = list(options)[:OPTIONS_LIMIT]
    first = next((x for x in found if x["value"] == chosen), None)
    return {"type": "static_select", "options": found, **({"initial_option": first} if first else {})}


def tick(words: str, value: str) -> Block:
    """One box to tick."""
    return {"type": "checkboxes", "options": [option(words, value)]}


def day(name: str, label: str, today: date, *, hint: str = "") -> Block:
    """A day, today beforehand."""
    picker = {"type": "datepicker", "initial_date": today.isoformat()}
    return asked(name, label, picker, hint=hint or f"Today is {in_words(today)}.")


def asked(name: str, label: str, element: Block, *, optional: bool = False, hint: str = "") -> Block:
    """What is asked for, under a name by which `values_of` gives it back."""
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label[:LABEL_LIMIT]),
        "element": {**element, "action_id": name},
        "optional": optional,
    }
    return {**block, "hint": plain(hint)} if hint else block


def values_of(view: Mapping[str, Any]) -> dict[str, Any]:
    """What was filled in, by block: text, an option's value, a list of values or of people, a date, a time in seconds;
    None where nothing was.
    """
    found: dict[str, Any] = {}
    for block, elements in view["state"]["values"].items():
        for given in elements.values():
            found[block] = _value(given)
    return found


def _value(given: Mapping[str, Any]) -> Any:
    if given.get("selected_option"):
        return given["selected_option"]["value"]
    if given.get("selected_options") is not None:
        return [x["value"] for x in given["selected_options"]]
    several = given.get("selected_users")
    if several is not None:
        return list(several)
    return given.get("selected_date") or given.get("selected_date_time") or given.get("value")
