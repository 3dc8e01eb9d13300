"""putright report register and putright import: the register out, and another system's in."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from putright.bot.program import DAY, Program, at_option, pass_program, print_json, time_of
from putright.bot.terminal import harmless
from putright.cases.errors import Refused
from putright.cases.working_days import local_day
from putright.triage import flags
from putright.triage.register import as_csv, lines, read_in

LINES_SHOWN = 40
"""How many lines about somebody unknown are named."""
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
    """Take in a register from another system, its cases with their dates; or flags from a housing system.

    A file of flags names in its first line a column flag, one that says whose (email, tenancy, property or case) and
    perhaps review: each goes onto the cases of that person, and onto those they write later. What a person recorded or
    ended on a case stands.

    What is here already is left as it is, so that the same file twice is once. Wrong lines are named with their
    numbers; the rest goes in.
    """
    try:
        if file.stat().st_size > LARGEST:
            raise Refused(f"{file.name} is larger than {LARGEST // 1024**2} MB: cut it in parts.")
        raw = file.read_bytes()
    except OSError as error:
        raise click.ClickException(f"{file} cannot be read: {error.strerror}.") from error
    db, landlord, now = program.open(), program.settings.landlord, program.time_taken_in(at)
    if flags.are_flags(raw):
        flagged = flags.read_in(db, raw, landlord, now, all_or_nothing=all_or_nothing)
        _said(flagged.wrong, all_or_nothing, _taken(flagged))
        return
    done = read_in(db, raw, landlord, now, all_or_nothing=all_or_nothing)
    _said(done.wrong, all_or_nothing, f"Taken in: {done.new}. Here already: {done.known}.")


def _said(wrong: Sequence[str], all_or_nothing: bool, taken: str) -> None:
    """What was taken in, and each wrong line. Raises ClickException when there are any."""
    for line in wrong:
        click.echo(harmless(line), err=True)
    click.echo("Nothing was taken in." if all_or_nothing and wrong else taken)
    if wrong:
        raise click.ClickException(
            f"{len(wrong)} line{' is' if len(wrong) == 1 else 's are'} wrong: mend "
            f"{'it' if len(wrong) == 1 else 'them'} and import the file again; what is here is left as it is."
        )


def _taken(found: flags.Flagged) -> str:
    """What became of the flags, and which lines are about somebody who has not written yet."""
    said = f"Flags put onto cases: {found.new} (cases: {len(found.cases)}). As they stood: {found.known}."
    if found.waiting:
        numbers = ", ".join(map(str, found.waiting[:LINES_SHOWN]))
        more = f" and {len(found.waiting) - LINES_SHOWN} more" if len(found.waiting) > LINES_SHOWN else ""
        said += f"\nKept for when they write, as no case is theirs yet: {len(found.waiting)} (line {numbers}{more})."
    return said
