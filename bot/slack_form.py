"""A modal that does an act on a case: what it shows, what it does, whom it takes, and where a refusal stands."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from putright.bot.slack_blocks import Block, escaped, section
from putright.bot.slack_fields import Values, field_of, given, inputs
from putright.bot.slack_views import View, modal
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Event
from putright.cases.message import Message
from putright.cases.reading import Reading
from putright.cases.record import Field
from putright.triage.landlord import Landlord
from putright.triage.matters import Both, Pair

Decide = Callable[[Case, By, Values, Landlord], Event | tuple[Event, ...]]
"""An act on one case: its events. Raises Refused."""
OnTwo = Callable[[Pair, str, Values], Both]
"""An act on two cases, by the reference of the one that was shown. Raises Refused, StaleView, DatabaseProblem."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The case on which a modal opens, its first message with its reading, and who opens it when."""

    case: Case
    message: Message | None
    reading: Reading | None
    landlord: Landlord
    by: By


def always(case: Case) -> bool:
    """For an act that may be wanted on every case."""
    return True


@dataclass(frozen=True, slots=True)
class Form:
    """One modal: what it shows, and the one act that it does (`decide` or `on_two`)."""

    view: Callable[[Opening], View]
    decide: Decide | None = None
    on_two: OnTwo | None = None
    help: str = ""
    """What it is for, in the menu of all acts."""
    wanted: Callable[[Case], bool] = always
    """Whether the menu offers it on a case as it stands; the act itself still decides."""
    lead: bool = False
    """Whether it takes a lead."""
    field: str = ""
    """Where a refusal stands that names no field; empty for the first one."""
    fields: tuple[Field, ...] = ()

    def at(self, sentence: str, view: View) -> str:
        """The input of the submitted view below which a refusal is shown; empty where it has none."""
        there = [x["block_id"] for x in view["blocks"] if x["type"] == "input"]
        first = [self.field] if self.field in there else []
        return field_of(sentence, self.fields, [*first, *there])


def title_of(verb: str) -> str:
    """A verb of the terminal as words: `hazard-step` is "Hazard step"."""
    return verb.replace("-", " ").capitalize()


def of_fields(
    verb: str,
    help: str,
    fields: tuple[Field, ...],
    *,
    decide: Decide | None = None,
    on_two: OnTwo | None = None,
    filled: Callable[[Opening], Mapping[str, Any]] = lambda _: {},
    choices: Callable[[Case], Mapping[str, Sequence[str]]] = lambda _: {},
    above: Callable[[Case], list[Block]] = lambda _: [],
    nothing: str = "",
    wanted: Callable[[Case], bool] = always,
    lead: bool = False,
) -> Form:
    """The modal of an act that is described by its fields. The act is given each as the terminal gives it; what stands
    `above` them, is `filled` in before or can be chosen (`choices`) may depend on the case;
    where there is nothing to choose it says `nothing`.
    """

    def view(on: Opening) -> View:
        may = choices(on.case)
        if not all(may.values()):
            raise Refused(nothing.format(on.case.reference))
        asks = inputs(fields, on.by.today, filled(on), may)
        return modal(verb, title_of(verb), on.case, [section(escaped(help)), *above(on.case), *asks])

    def decided(case: Case, by: By, values: Values, landlord: Landlord) -> Event | tuple[Event, ...]:
        assert decide
        return decide(case, by, given(fields, values), landlord)

    def done(pair: Pair, reference: str, values: Values) -> Both:
        assert on_two
        return on_two(pair, reference, given(fields, values))

    return Form(
        view,
        decided if decide else None,
        done if on_two else None,
        help,
        wanted,
        lead,
        fields=fields,
    )


def help_of(text: str) -> str:
    """The help of a command without the options that it names."""
    return re.sub(r"; or with --done N.*| \(or with --[^)]*\)", "", text).rstrip(".") + "."
