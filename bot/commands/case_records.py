"""putright case VERB REF for every recorded act: each command is built from the act's own description."""

from typing import Any

import click

from putright.bot.commands.acting import Decides, acting
from putright.bot.program import DAY, MOMENT
from putright.cases.record import Act, Field, Is, record
from putright.cases.records.contact import UPDATE
from putright.cases.records.index import ACTS
from putright.triage.updates import next_update

_TYPES: dict[Is, Any] = {
    Is.TEXT: str,
    Is.NAME: str,
    Is.PAST: DAY,
    Is.EVER: DAY,
    Is.MOMENT: MOMENT,
    Is.AHEAD: DAY,
    Is.NUMBER: click.IntRange(min=1),
    Is.MONEY: click.FloatRange(min=0),
}
_META = {
    Is.TEXT: "TEXT",
    Is.NAME: "NAME",
    Is.PAST: "DATE",
    Is.EVER: "DATE",
    Is.MOMENT: "TIME",
    Is.AHEAD: "DATE",
    Is.NUMBER: "N",
    Is.MONEY: "POUNDS",
}


def command_of(act: Act) -> click.Command:
    """The command of one act. What its paragraph needs is asked for by the act itself, so that it can say why."""

    def decides(**given: Any) -> Decides:
        nothing_told = given.get("text") is not None and not given["text"].strip()
        if act is not UPDATE or given.get("next") or nothing_told:
            return lambda case, by, _: record(act, case, by, given)
        return lambda case, by, program: record(
            act,
            case,
            by,
            {
                **given,
                "next": next_update(case, program.settings.landlord, given.get("on") or by.today, by.today),
            },
        )

    decides.__name__ = act.verb
    decides.__doc__ = act.help.rstrip(".") + (f" (Code {act.paragraph})." if act.paragraph else ".")
    wrapped: Any = decides
    fields = [*act.fields, *(x for x in act.ended if x.key not in {y.key for y in act.fields})]
    if act.item:
        wrapped = click.option(
            "--done", type=click.IntRange(min=1), metavar="N", help="Instead: number N is done or has ended."
        )(wrapped)
    for x in reversed(fields):
        wrapped = _option(x)(wrapped)
    return click.command(act.verb)(acting(wrapped))


def _option(x: Field) -> Any:
    if x.argument:
        return click.argument(x.key, type=click.Choice(x.choices), metavar="|".join(x.choices))
    if x.holds is Is.FLAG:
        return click.option(x.option, x.key, is_flag=True, default=None, help=x.help)
    if x.holds is Is.CHOICE:
        return click.option(x.option, x.key, type=click.Choice(x.choices), help=x.help)
    return click.option(x.option, x.key, type=_TYPES[x.holds], metavar=_META[x.holds], help=x.help)


COMMANDS = tuple(command_of(act) for act in ACTS)
