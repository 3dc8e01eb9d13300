"""The fields of an act as inputs of Slack, and what was filled in as the act wants it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from putright.bot.slack_blocks import Block
from putright.bot.slack_inputs import asked, day, menu, option, tick, typed
from putright.bot.slack_words import in_slack
from putright.cases.errors import Refused
from putright.cases.record import Field, Is
from putright.cases.working_days import LONDON

Values = Mapping[str, Any]
"""What was filled in, by the name of its field."""


def inputs(
    fields: Sequence[Field],
    today: date,
    filled: Values,
    choices: Mapping[str, Sequence[str]] | None = None,
) -> Iterator[Block]:
    """An input for each field; `filled` is what stands in them beforehand, `choices` what a case has to choose from."""
    for x in fields:
        one = replace(x, choices=tuple((choices or {}).get(x.key, x.choices)))
        yield _input(one, today, filled.get(x.key))


def _input(x: Field, today: date, filled: Any) -> Block:
    label = re.sub(r" \((\d+\.\d+)\)$", r" (Code \1)", x.help.rstrip("."))
    if x.paragraph and x.needed and x.paragraph not in label:
        label += f" (Code {x.paragraph})"
    if x.holds is Is.PAST and x.default_today:
        return day(x.key, label.replace("; today if left out", ""), today)
    return asked(x.key, label, _element(x, filled), optional=not x.needed)


def _element(x: Field, filled: Any) -> Block:
    match x.holds:
        case Is.CHOICE:
            return menu((option(_words(value), value) for value in x.choices), str(filled or ""))
        case Is.FLAG:
            return tick("Yes", "yes")
        case Is.PAST | Is.EVER | Is.AHEAD:
            return {"type": "datepicker", **({"initial_date": filled.isoformat()} if filled else {})}
        case Is.MOMENT:
            return {"type": "datetimepicker"}
        case Is.NUMBER:
            return {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"}
        case Is.MONEY:
            return {"type": "number_input", "is_decimal_allowed": True, "min_value": "0"}
    return typed(many=x.holds is Is.TEXT, filled=str(filled or ""))


_SPELT_OUT = {"sar": "Subject access request", "dp_complaint": "Data protection complaint"}


def _words(value: str) -> str:
    """A value of the terminal in words; a reference and what stands in words already stay."""
    if value in _SPELT_OUT:
        return _SPELT_OUT[value]
    return value if value[:1].isupper() else value.replace("-", " ").replace("_", " ").capitalize()


def given(fields: Sequence[Field], values: Values) -> dict[str, Any]:
    """What was filled in as the act wants it: days, times, numbers; what was left out is left out.

    Raises Refused for a number that is none.
    """
    return {x.key: _kept(x, values[x.key]) for x in fields if values.get(x.key) not in (None, "", [])}


def _kept(x: Field, value: Any) -> Any:
    match x.holds:
        case Is.FLAG:
            return True
        case Is.PAST | Is.EVER | Is.AHEAD:
            return date.fromisoformat(value)
        case Is.MOMENT:
            return datetime.fromtimestamp(int(value), UTC).astimezone(LONDON)
        case Is.NUMBER:
            if not re.fullmatch(r"\d{1,6}", str(value).strip()):
                raise Refused(f"{x.option} is a whole number, such as 1.")
            return int(value)
        case Is.MONEY:
            if not re.fullmatch(r"\d{1,9}(?:\.\d{1,2})?", str(value).strip()):
                raise Refused(f"{x.option} is an amount in pounds, such as 150.00.")
            return float(value)
    return value


def lines(text: Any) -> list[str]:
    """What was typed one a line, with or without bullets."""
    return [line.strip(" •-\t") for line in str(text or "").splitlines() if line.strip(" •-\t")]


def field_of(sentence: str, fields: Sequence[Field], there: Sequence[str]) -> str:
    """The field, of those that are `there`, which a refusal is about: the first of them where it names none."""
    for x in fields:
        if x.needed and sentence.startswith(x.needed) and x.key in there:
            return x.key
    named = (x.replace("-", "_") for x in re.findall(r"--([a-z-]+)", sentence))
    return next((x for x in named if x in there), there[0] if there else "")


_SAID = (
    (r"look at it again, then repeat", "close this, look at the case, and open it again"),
    (r"Add +--good-reason +if", "Tick the box below if"),
    (r"\b([Aa])dd --[a-z-]+(?= once)", r"\1dd the tick"),
    (r"\bUse --[a-z-]+ for", "Tick the box for"),
    (r"^--[a-z-]+(?= (?:is|are)\b)", "This"),
    (r"^--[a-z-]+ (?=\w{3} \d)", ""),
    (r"\bcheck --[a-z-]+", "check the day"),
    (r" after --[a-z-]+", ""),
    (r" \(--[a-z-]+\)", ""),
    (r"--[a-z-]+(?: [\w-]+)?(?: --[a-z-]+ \"…\")? \((its? [^()]*)\)", r"\1"),
    (r"\? --[a-z-]+ [\w-]+\.", "?"),
    (r": --[a-z-]+ [a-z][a-z-]*(?:(?:,| or) [a-z-]+(?: or [a-z-]+)?)+(?=\.)", ""),
    (r',? with "because …"', ""),
    (r""":?,? (?:with )?--[a-z-]+(?: (?:"[^"]*"|[\dT:-]*\d|N|DATE))?""", ""),
)


def at_a_field(sentence: str) -> str:
    """A refusal as it stands below a field: without the options of the terminal that it names, and without marks."""
    sentence = in_slack(sentence)
    for typed_, said in _SAID:
        sentence = re.sub(typed_, said, sentence)
    return sentence.replace("`", "")
