"""putright letter and check-letter: drafts for people to send, and what a letter lacks by the Code."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import click

from putright.bot.commands.acting import reference_argument
from putright.bot.program import (
    DAY,
    Program,
    at_option,
    json_option,
    pass_program,
    print_json,
    time_of,
)
from putright.bot.terminal import harmless
from putright.cases.letters.facts import Facts, Kind
from putright.cases.ombudsman import STALE_AFTER_DAYS
from putright.cases.working_days import in_words, local_day
from putright.papers.letter import as_docx, as_eml, as_html
from putright.papers.read_back import text_of
from putright.triage.letters import GROUNDS, address_of, draft, facts, lacks

kind_argument = click.argument("kind", type=click.Choice([x.value for x in Kind]), metavar="KIND")
FORMATS = ("text", "html", "docx", "eml")


def not_recorded(command: Callable[..., None]) -> Callable[..., None]:
    """Options for what is not recorded yet, of a draft and of its check alike."""
    for option in reversed(
        (
            click.option("--reason", default="", help="For what is not recorded yet: why, or what happened."),
            click.option(
                "--due", type=DAY, metavar="DATE", help="For an extension not recorded yet: the new date."
            ),
            click.option(
                "--ground", type=click.Choice(tuple(GROUNDS)), help="For a refusal not recorded yet (2.2)."
            ),
            click.option(
                "--discretion", default="", help="For a refusal: why it is not taken all the same (2.3)."
            ),
            click.option(
                "--to", "resident", default="", metavar="NAME", help="Whom it goes to, if not known."
            ),
        )
    ):
        command = option(command)
    return command


@click.command(epilog=f"KIND is one of: {', '.join(x.value for x in Kind)}.")
@kind_argument
@reference_argument
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="text is printed.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write it to.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@not_recorded
@at_option
@pass_program
def letter(
    program: Program,
    /,
    kind: str,
    reference: str,
    form: str,
    out: Path | None,
    force: bool,
    at: datetime | None,
    **given: Any,
) -> None:
    """Draft a letter of a case from what is recorded. You send it: putright never writes to a resident.

    What is still to be filled in stands in [square brackets]; what the Code wants and the draft lacks is said on
    standard error.
    """
    db, landlord, now = program.existing(), program.settings.landlord, time_of(at)
    if form == "docx" and out is None:
        raise click.UsageError("A Word file goes to a file: add --out letter.docx.")
    if out is not None and not force and os.path.lexists(out):
        raise click.ClickException(
            f"{out} is there already, and somebody may have worked on it: name another file after --out, or write "
            "over it with --force."
        )
    known = facts(db, reference, Kind(kind), landlord, local_day(now), **given)
    text = draft(Kind(kind), known, landlord)
    if form == "html":
        written = as_html(text, known).encode()
    elif form == "docx":
        written = as_docx(text, known)
    elif form == "eml":
        to = address_of(db, reference)
        written = as_eml(Kind(kind), text, known, to=to, reply_to=landlord.reply_to, written_at=now)
    else:
        written = text.encode()
    if out is not None:
        try:
            out.write_bytes(written)
        except OSError as error:
            raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from error
        click.echo(f"Written to {out}. Read it, fill in what stands in [brackets], and send it yourself.")
    elif form == "text":
        click.echo(harmless(text), nl=False)
    else:
        click.echo(written, nl=False)
    for line in (*_to_obey(known, form), *_answers_go_astray(form, landlord.reply_to)):
        click.echo(harmless(line), err=True)
    for lack in lacks(Kind(kind), known, text):
        click.echo(f"Still missing: {harmless(str(lack))}", err=True)
    age = (local_day(now) - known.ombudsman.checked_on).days
    if age > STALE_AFTER_DAYS:
        click.echo(
            f"The Ombudsman's details were last checked on {in_words(known.ombudsman.checked_on)}: compare them "
            "with the Ombudsman's own site.",
            err=True,
        )


def _to_obey(known: Facts, form: str) -> Iterator[str]:
    """What was agreed with the resident, and who speaks for them: whoever sends the letter sees to it (5.10, 3.6)."""
    agreed = known.adjustments or (("large print",) if known.large_print else ())
    if agreed:
        yield f"Agreed with the resident, so send it so: {'; '.join(agreed)} (Code 5.10)."
        yield "The draft itself sees to the size of large print and to nothing else of that: the rest is yours to do."
    if known.representatives:
        yield (
            f"{' and '.join(known.representatives)} may speak for the resident, so a copy goes there too; putright "
            "knows no address for that (Code 3.6)."
        )
    if known.large_print and form == "text":
        yield "Text has no size: in large print it is with --format docx, html or eml."


def _answers_go_astray(form: str, reply_to: str) -> Iterator[str]:
    if form == "eml" and not reply_to:
        yield "It says nowhere that answers go to the inbox: set landlord.reply_to in the settings."


@click.command("check-letter", epilog=f"KIND is one of: {', '.join(x.value for x in Kind)}.")
@kind_argument
@reference_argument
@click.argument("file", type=click.File("rb"))
@not_recorded
@at_option
@json_option
@pass_program
def check_letter(
    program: Program,
    /,
    kind: str,
    reference: str,
    file: BinaryIO,
    at: datetime | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Name every part that a letter (text, HTML, Word or a mail) lacks by the Code; exit code 1 if it lacks any."""
    landlord = program.settings.landlord
    known = facts(program.existing(), reference, Kind(kind), landlord, local_day(time_of(at)), **given)
    found = lacks(Kind(kind), known, text_of(file.read()))
    if as_json:
        print_json([{"paragraph": x.paragraph, "what": x.what} for x in found])
    elif not found:
        click.echo("It has every part that the Code wants.")
    else:
        click.echo(f"It lacks {len(found)}:")
        for lack in found:
            click.echo(f"  - {harmless(str(lack))}")
    if found:
        click.get_current_context().exit(1)
