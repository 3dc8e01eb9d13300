"""Acts described as data: what is given, what is needed by which paragraph, what the event says.

Most of what staff write on a case is a record of this kind. One function checks and writes them all; each act is
an entry of a table in `records/`. Some are items: they have a number, may be due, and are ended later by `done`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Event, Kind
from putright.cases.life.by import By, must_be_a_person, must_be_complaint, must_be_open
from putright.cases.typed import name, words
from putright.cases.working_days import in_words, local_day

Given = Mapping[str, Any]
FARTHEST_PLAN = timedelta(days=5 * 366)
"""How far ahead a promise or a review may be dated."""


class Is(StrEnum):
    """What a field holds."""

    TEXT = "text"
    NAME = "name"
    PAST = "past"
    """A day on which something happened: not before receipt, not after today."""
    EVER = "ever"
    """A day that has been, before receipt or after."""
    MOMENT = "moment"
    """A time, not later than the act; may lie before receipt."""
    AHEAD = "ahead"
    """A day that is planned: today or later."""
    CHOICE = "choice"
    FLAG = "flag"
    NUMBER = "number"
    MONEY = "money"
    """Pounds and pence."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is given. `needed` is the sentence that refuses its lack; empty where it may lack."""

    key: str
    help: str
    holds: Is = Is.TEXT
    needed: str = ""
    paragraph: str = ""
    choices: tuple[str, ...] = ()
    default_today: bool = False
    argument: bool = False
    """Whether it is typed without its name."""

    @property
    def option(self) -> str:
        return self.key if self.argument else "--" + self.key.replace("_", "-")


def unchanged(case: Case, by: By, data: dict[str, Any]) -> None:
    """No rule beyond the fields."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its verb on the command line, the event it writes, what it needs and how it is told."""

    verb: str
    kind: Kind
    paragraph: str
    help: str
    fields: tuple[Field, ...]
    told: Callable[[Given], str]
    """The event as a sentence."""
    check: Callable[[Case, By, dict[str, Any]], None] = unchanged
    """Rules beyond the fields: raises Refused, may add particulars."""
    complaint: bool = False
    """Whether it is an act on complaints only."""
    closed: bool = False
    """Whether it may be done on a closed case."""
    item: bool = False
    """Whether it adds an item with a number, which `--done N` ends."""
    ended: tuple[Field, ...] = field(default=())
    """What ending an item needs beside its number."""
    is_ended: str = ""
    """How the end of an item is told, with its {number}."""


def record(act: Act, case: Case, by: By, given: Given) -> Event:
    """The event of an act, checked. `given` has a value for each field given; None and "" are not given."""
    must_be_a_person(by, act.paragraph or "2.1")
    ending = act.item and given.get("done") is not None
    if not act.closed:
        # what was promised is kept also when the complaint was withdrawn or refused since (7.3)
        (must_be_complaint if act.complaint and not ending else must_be_open)(case)
    if ending:
        return _done(act, case, by, given)
    data = _particulars(act.fields, act.paragraph, case, by, given)
    act.check(case, by, data)
    if act.item:
        data = {"number": len(case.of(act.kind)) + 1, **data}
    return Event(act.kind, by.at, by.actor, data)


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered item of a case: the event that began it, and the one that ended it, if any."""

    number: int
    begun: Event
    done: Event | None = None

    @property
    def data(self) -> Given:
        return self.begun.data

    @property
    def due(self) -> date | None:
        return date.fromisoformat(self.data["due"]) if self.data.get("due") else None


def items(case: Case, kind: Kind) -> tuple[Item, ...]:
    """The items of one kind, ended or not, by number."""
    ended = {x.data["number"]: x for x in case.of(Kind.DONE) if x.data["of"] == kind.value}
    return tuple(Item(x.data["number"], x, ended.get(x.data["number"])) for x in case.of(kind))


def open_items(case: Case, kind: Kind) -> tuple[Item, ...]:
    return tuple(x for x in items(case, kind) if x.done is None)


def _done(act: Act, case: Case, by: By, given: Given) -> Event:
    number = given["done"]
    found = next((x for x in items(case, act.kind) if x.number == number), None)
    if found is None:
        raise Refused(
            f"{case.reference} has no {act.verb} number {number}: `putright case show` numbers them."
        )
    if found.done:
        raise Refused(f"Number {number} was ended on {in_words(local_day(found.done.at))} already.")
    begun = local_day(found.begun.at)
    if by.today < begun:
        raise Refused(
            f"{act.verb.capitalize()} {number} was written down for {in_words(begun)}, so it cannot have ended on "
            f"{in_words(by.today)}: check the date.",
            act.ended[0].paragraph or act.paragraph if act.ended else act.paragraph,
        )
    data = _particulars(act.ended, act.paragraph, case, by, given)
    return Event(
        Kind.DONE, by.at, by.actor, {"of": act.kind.value, "verb": act.verb, "number": number, **data}
    )


def _particulars(
    fields: tuple[Field, ...], paragraph: str, case: Case, by: By, given: Given
) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for x in fields:
        value = given.get(x.key)
        if value is None and x.default_today:
            value = by.today
        if x.holds in (Is.TEXT, Is.NAME) and value is not None:
            value = words(str(value))
        if value is None or value == "":
            if x.needed:
                raise Refused(x.needed, x.paragraph)
            continue
        data[x.key] = _kept(replace(x, paragraph=x.paragraph or paragraph), value, case, by)
    return data


def _kept(x: Field, value: Any, case: Case, by: By) -> Any:
    """A value as the event keeps it. Raises Refused for one that cannot be."""
    match x.holds:
        case Is.NAME:
            return name(value, f"after {x.option}")
        case Is.CHOICE:
            if value not in x.choices:
                raise Refused(f"{x.option} is one of: {', '.join(x.choices)}.", x.paragraph)
        case Is.PAST:
            return _past(x, value, case, by).isoformat()
        case Is.EVER:
            if value > by.today:
                raise Refused(
                    f"{x.option} is a day that has been, and {in_words(value)} has not come yet.", x.paragraph
                )
            return value.isoformat()
        case Is.MOMENT:
            if value > by.at:
                raise Refused(f"{x.option} is a time that has been: check it.", x.paragraph)
            return value.isoformat()
        case Is.AHEAD:
            if not by.today <= value <= by.today + FARTHEST_PLAN:
                raise Refused(
                    f"{x.option} is a day from today on, within five years, and {in_words(value)} is not: check it.",
                    x.paragraph,
                )
            return value.isoformat()
        case Is.MONEY:
            if not 0 < value < 1_000_000:
                raise Refused(f"{x.option} is an amount in pounds, such as 150.00.", x.paragraph)
            return f"{value:.2f}"
    return value


def _past(x: Field, day: date, case: Case, by: By) -> date:
    received = local_day(case.received)
    if day < received:
        raise Refused(
            f"{x.option} {in_words(day)} lies before receipt on {in_words(received)}: check the date.",
            x.paragraph,
        )
    if day > by.today:
        raise Refused(
            f"{x.option} is a day that has been, and {in_words(day)} has not come yet.", x.paragraph
        )
    return day
