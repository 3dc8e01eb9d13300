"""putright case REF: show a case and what happened on it; the acts on it stand in the modules beside this one."""

import click

from putright.bot.case_page import case_json, case_text, happened
from putright.bot.commands import case_stages
from putright.bot.commands.acting import reference_argument
from putright.bot.program import Program, json_option, pass_program, print_json
from putright.storage import events, messages
from putright.triage.act import find


@click.group()
def case() -> None:
    """Show a case and act on it.

    \b
    putright case show HC-2026-0012
    putright case acknowledge HC-2026-0012 --as "Priya Shah"
    """


@case.command()
@reference_argument
@json_option
@pass_program
def show(program: Program, reference: str, as_json: bool) -> None:
    """Everything about one case: who wrote what, the definition, every date with its working."""
    db = program.existing()
    landlord = program.settings.landlord
    found = find(db, reference)
    its_messages = messages.of_case(db, reference)
    if as_json:
        reading = messages.latest_reading(db, found.messages[0])
        print_json(case_json(found, its_messages, reading, landlord))
    else:
        click.echo(case_text(found, its_messages, landlord))


@case.command("timeline")
@reference_argument
@json_option
@pass_program
def show_timeline(program: Program, reference: str, as_json: bool) -> None:
    """What happened on a case, oldest first; nothing is ever changed or removed."""
    db = program.existing()
    find(db, reference)
    its_events = events.history(db, reference)
    if as_json:
        print_json(
            [
                {"kind": x.kind.value, "at": x.at.isoformat(), "actor": x.actor, "data": dict(x.data)}
                for x in its_events
            ]
        )
    else:
        click.echo("\n".join(happened(its_events)))


for command in case_stages.COMMANDS:
    case.add_command(command)
