"""Acts with somebody's eyes: a case that they may not see is, for every verb, as if it were not there."""

from functools import wraps
from typing import Any

import click
from click.core import ParameterSource

from putright.bot.commands.acting import Reference
from putright.bot.program import Program
from putright.bot.roles import eyes_of_actor
from putright.triage.act import find


def guarded(command: click.Command) -> click.Command:
    """The command, refused (as for a case that there is not) where it names a confined case to who may not see it.

    Whoever sits at the machine and names nobody administers it, also where the environment gives their name.
    """
    do = command.callback
    assert do
    references = [x.name for x in command.params if isinstance(x.type, Reference)]

    @wraps(do)
    @click.pass_context
    def looked_at(context: click.Context, /, **given: Any) -> None:
        if context.get_parameter_source("actor") is ParameterSource.COMMANDLINE:
            program = context.ensure_object(Program)
            eyes = eyes_of_actor(program.settings, given["actor"])
            for name in references:
                find(program.existing(), given[str(name)], eyes)
        do(**given)

    command.callback = looked_at
    return command
