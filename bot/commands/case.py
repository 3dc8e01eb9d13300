"""putright case REF: show a case and what happened on it; the acts on it stand in the modules beside this one."""

import sys
from datetime import datetime
from operator import attrgetter
from pathlib import Path

import click

from putright.bot.case_json import case_json, event_json
from putright.bot.case_page import case_text, happened
from putright.bot.case_verbs import SECTIONS
from putright.bot.commands import (
    case_confining,
    case_export,
    case_joins,
    case_matters,
    case_records,
    case_snooze,
    case_stages,
)
from putright.bot.commands.acting import reference_argument
from putright.bot.commands.guarded import guarded
from putright.bot.program import Program, at_option, json_option, pass_program, print_json, time_of
from putright.bot.roles import as_eyes_option, eyes_of
from putright.bot.terminal import harmless
from putright.cases.working_days import local_day
from putright.mailbox.file_names import file_name
from putright.storage import events, intake, messages
from putright.triage.act import find
from putright.triage.keep_files import handed_out
from putright.triage.slack_names import known, named


class Sections(click.Group):
    """A group whose help lists its commands by what they are for."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, verbs in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(x, self.commands[x].get_short_help_str(200)) for x in verbs])


@click.group(cls=Sections)
def case() -> None:
    """Show a case and act on it.

    \b
    putright case show HC-2026-0012
    putright case acknowledge HC-2026-0012 --as "Priya Shah"
    """


@case.command()
@reference_argument
@as_eyes_option
@at_option
@json_option
@pass_program
def show(program: Program, reference: str, actor: str | None, at: datetime | None, as_json: bool) -> None:
    """Everything about one case: who wrote what, the definition, every date with its working, what is late."""
    today = local_day(time_of(at))
    db = program.existing()
    landlord = program.settings.landlord
    found = find(db, reference, eyes_of(program.settings, actor))
    its_messages = messages.of_case(db, reference)
    paths = {x.id: intake.paths_in_words(db, x.id) for x in its_messages}
    if as_json:
        reading = messages.latest_reading(db, found.messages[0])
        print_json(case_json(found, its_messages, reading, landlord, paths, today))
    else:
        text = case_text(found, its_messages, landlord, paths, time_of(at))
        click.echo(harmless(named(text, known(db, landlord))))


@case.command("timeline")
@reference_argument
@as_eyes_option
@json_option
@pass_program
def show_timeline(program: Program, reference: str, actor: str | None, as_json: bool) -> None:
    """What happened on a case, by when it happened; nothing is ever changed or removed."""
    db = program.existing()
    find(db, reference, eyes_of(program.settings, actor))
    its_events = events.history(db, reference)
    if as_json:
        print_json([event_json(x) for x in sorted(its_events, key=attrgetter("at"))])
    else:
        text = "\n".join(happened(its_events))
        click.echo(harmless(named(text, known(db, program.settings.landlord))))


@case.command()
@reference_argument
@click.argument("number", type=click.IntRange(min=1))
@click.option(
    "--out",
    type=click.Path(path_type=Path, allow_dash=True),
    required=True,
    metavar="FILE|FOLDER|-",
    help="Where to write it: a new file, a folder (under its own name, made safe), or - for a pipe.",
)
@pass_program
def attachment(program: Program, reference: str, number: int, out: Path) -> None:
    """Write out an attachment by the number that `case show` gives it, byte for byte. Nothing is unpacked or run."""
    db = program.existing()
    find(db, reference)
    found, data = handed_out(db, reference, number)
    if str(out) == "-":
        if sys.stdout.isatty():
            raise click.UsageError("A terminal cannot show it: name a file or a folder after --out.")
        sys.stdout.buffer.write(data)
        return
    path = out / file_name(found.name) if out.is_dir() else out
    try:
        with path.open("xb") as file:  # never over another file
            file.write(data)
    except FileExistsError as error:
        raise click.ClickException(f"{path} is there already: name another file after --out.") from error
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from error
    click.echo(harmless(f"Written to {path}: {len(data):,} bytes, SHA-256 {found.sha256}."))


for command in (
    *case_stages.COMMANDS,
    *case_records.COMMANDS,
    *case_matters.COMMANDS,
    *case_joins.COMMANDS,
    *case_confining.COMMANDS,
    case_snooze.snooze,
):
    case.add_command(guarded(command))
case.add_command(case_export.export)
