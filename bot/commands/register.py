"""putright report register and putright import: the register out, and another system's in."""

from datetime import date, datetime
from pathlib import Path

import click

from putright.bot.program import DAY, Program, at_option, pass_program, print_json, time_of
from putright.bot.terminal import harmless
from putright.cases.errors import Refused
from putright.cases.working_days import local_day
from putright.triage.register import as_csv, lines, read_in

LARGEST = 200 * 1024 * 1024
"""Bytes of a register that is read in."""


@click.group()
def report() -> None:
    """Reports from the record."""


@report.command()
@click.option("--format", "form", type=click.Choice(("csv", "json")), default="csv", help="csv if left out.")
@click.option("--from", "first", type=DAY, metavar="DATE", help="Received on this day or later.")
@click.option("--to", "last", type=DAY, metavar="DATE", help="Received on this day or before.")
@at_option
@pass_program
def register(program: Program, form: str, first: date | None, last: date | None, at: datetime | None) -> None:
    """One line a case: dates, outcomes, on time or not, area, handler. No words of residents."""
    if first and last and last < first:
        raise click.UsageError("--to lies before --from.")
    found = lines(program.existing(), program.settings.landlord, local_day(time_of(at)), first, last)
    if form == "json":
        print_json(list(found))
        return
    for text in as_csv(found):
        click.echo(text.replace("\r\n", "\n"), nl=False)


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE.csv")
@click.option("--all-or-nothing", is_flag=True, help="Take nothing in when any line is wrong.")
@at_option
@pass_program
def import_register(program: Program, file: Path, all_or_nothing: bool, at: datetime | None) -> None:
    """Take in a register from another system: its cases with their dates.

    What is here already is left as it is, so that the same file twice is once. Wrong lines are named with their
    numbers; the rest goes in.
    """
    try:
        if file.stat().st_size > LARGEST:
            raise Refused(f"{file.name} is larger than {LARGEST // 1024**2} MB: cut it in parts.")
        raw = file.read_bytes()
    except OSError as error:
        raise click.ClickException(f"{file} cannot be read: {error.strerror}.") from error
    done = read_in(
        program.open(),
        raw,
        program.settings.landlord,
        program.time_taken_in(at),
        all_or_nothing=all_or_nothing,
    )
    for line in done.wrong:
        click.echo(harmless(line), err=True)
    nothing = all_or_nothing and done.wrong
    click.echo("Nothing was taken in." if nothing else f"Taken in: {done.new}. Here already: {done.known}.")
    if done.wrong:
        raise click.ClickException(
            f"{len(done.wrong)} line{' is' if len(done.wrong) == 1 else 's are'} wrong: mend "
            f"{'it' if len(done.wrong) == 1 else 'them'} and import the file again; what is here is left as it is."
        )
