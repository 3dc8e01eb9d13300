"""putright case REF: show a case and what happened on it; the acts on it stand in the modules beside this one."""

import click

from putright.bot.case_page import case_json, case_text, happened
from putright.bot.commands import case_records, case_stages
from putright.bot.commands.acting import reference_argument
from putright.bot.program import Program, json_option, pass_program, print_json
from putright.storage import events, messages
from putright.triage.act import find


class Sections(click.Group):
    """A group whose help lists its commands by what they are for."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, verbs in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(x, self.commands[x].get_short_help_str(200)) for x in verbs])


SECTIONS = {
    "Look": ("show", "timeline"),
    "What it is": ("reclassify", "choice", "authority", "assign", "conflict"),
    "Before the acknowledgement": ("define", "assess", "adjust", "acknowledge", "refuse"),
    "While it is looked into": (
        "contact",
        "evidence",
        "consulted",
        "update",
        "extend",
        "restrict",
        "incident",
    ),
    "The answer, and what was promised": ("respond", "remedy", "action", "escalate"),
    "The end, and after": ("withdraw", "close", "reopen", "learn", "satisfaction", "ombudsman"),
}


@click.group(cls=Sections)
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


for command in (*case_stages.COMMANDS, *case_records.COMMANDS):
    case.add_command(command)
