"""putright ingest and note: messages from files, and what a member of staff passes on."""

import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlite_utils import Database

from putright.bot.program import (
    MOMENT,
    Program,
    at_option,
    json_option,
    pass_program,
    print_json,
    time_of,
)
from putright.bot.progress import progress
from putright.bot.terminal import harmless
from putright.cases.labels import Channel
from putright.cases.typed import name
from putright.mailbox.child import Parser
from putright.mailbox.files import Files, opened, sentence
from putright.mailbox.source import SourceUnavailable
from putright.mailbox.survey_export import SUFFIXES
from putright.storage import intake, messages
from putright.storage.errors import DatabaseProblem
from putright.triage.act import find
from putright.triage.posts import headline
from putright.triage.settle import Outcome
from putright.triage.survey import Taken, store_rows
from putright.triage.take_in import process_until_settled, process_waiting, store_mail, store_told
from putright.triage.told import Told

WAIT_SECONDS = 20.0
"""How long a note waits for another process that took it up first."""
_STATES = {"claimed": "in the hands of another putright"}


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--channel",
    type=click.Choice([Channel.SURVEY.value]),
    help="survey: the files are exports of a survey as CSV, each row with a comment a message of its own.",
)
@at_option
@json_option
@pass_program
def ingest(
    program: Program, paths: tuple[Path, ...], channel: str | None, at: datetime | None, as_json: bool
) -> None:
    """Take in mail from files: .eml, mbox, Maildir, or a folder of them. Nothing is moved or changed.

    The same mail twice, here or by another door, is one case. A survey's export: --channel survey FILE.csv.
    """
    db = program.open(silent=as_json)
    found, new, others = 0, 0, 0
    left: list[str] = []
    rows = Taken()
    for path in paths:
        if channel or path.suffix.lower() in SUFFIXES:
            left += _survey(program, db, path, bool(channel), rows, time_of(at), as_json)
            continue
        source = Files([path])
        try:
            for mail in source.new(lambda _: False):
                found += 1
                new += store_mail(db, mail)[1]
        except SourceUnavailable as error:  # said at the end: what was found is taken in all the same
            left.append(str(error))
        left += source.left_out
        others += source.others
    found, new = found + rows.found, new + rows.new
    waiting = len(intake.waiting(db))
    outcomes: list[Outcome] = []
    if waiting:
        reader = program.reader()
        with (
            Parser(forms=program.settings.landlord.forms) as child,
            progress(
                "Reading",
                process_waiting(db, reader, program.settings.landlord, lambda: time_of(at), child.parse),
                length=waiting,
                hidden=as_json,
            ) as bar,
        ):
            outcomes.extend(bar)
    counts = Counter(outcome.state for outcome in outcomes)
    if as_json:
        said = {"found": found, "new": new, "already_known": found - new, **counts}
        more = {"without_text": rows.without_text} if channel else {}
        print_json({**said, **more, "left": left} if left else {**said, **more})
    else:
        click.echo(f"{found} found, {new} new, {found - new} already known.")
        if rows.without_text:
            click.echo(f"{rows.without_text} more rows without a comment were left out.")
        if others:
            files = (
                "1 other file there is no mail" if others == 1 else f"{others} other files there are no mail"
            )
            click.echo(
                f"{files} by name (.eml, .msg, .mbox) and stayed where {'it is' if others == 1 else 'they are'}."
            )
        if counts:
            click.echo(", ".join(f"{counts[x]} {_STATES.get(x, x)}" for x in sorted(counts)) + ".")
        if counts["logged"] or counts["quarantined"]:
            click.echo("`putright cases` lists them.")
        if counts["parked"]:
            click.echo("`putright parked` says why mail was set aside.")
    if len(left) > 1:
        click.echo(f"{len(left)} could not be taken in:", err=True)
        for sentence in left[:-1]:
            click.echo(f"  {harmless(sentence)}", err=True)
    if left:
        raise click.ClickException(harmless(left[-1]))


def _survey(
    program: Program, db: Database, path: Path, said_so: bool, rows: Taken, now: datetime, hidden: bool
) -> list[str]:
    """Store the rows of one export and count them; gives what kept it from being read, a sentence each."""
    if not said_so:
        return [
            f"{path} is no mail. If it is the export of a survey: putright ingest --channel survey {path}"
        ]
    if path.is_dir():
        return [f"{path} is a folder: name the CSV files in it."]
    columns = program.settings.landlord.surveys.get("", {})
    rows.problem = ""
    try:
        with (
            opened(path) as file,
            progress("Storing", length=os.fstat(file.fileno()).st_size, hidden=hidden) as bar,
        ):
            at = 0
            for _ in store_rows(db, file, now, columns, rows):
                bar.update(max(0, file.tell() - at))
                at = file.tell()
    except OSError as error:
        return [sentence(path, error)]
    return [f"{path}: {rows.problem}"] if rows.problem else []


@click.command()
@click.argument("text")
@click.option("--by", required=True, metavar="NAME", help="The member of staff who was told.")
@click.option(
    "--told-at",
    type=MOMENT,
    help="When they were told: the clock starts then (Code 1.2, 3.2). Now if left out.",
)
@click.option(
    "--channel",
    type=click.Choice([x.value for x in Channel]),
    default=Channel.SLACK.value,
    show_default=True,
    help="How the resident said it (slack: typed by staff).",
)
@click.option("--resident", default="", metavar="WHO", help="Who said it, as far as known.")
@json_option
@at_option
@pass_program
def note(
    program: Program,
    text: str,
    by: str,
    told_at: datetime | None,
    channel: str,
    resident: str,
    as_json: bool,
    at: datetime | None,
) -> None:
    """Pass on what a resident said: on the doorstep, by phone, in passing.

    \b
    putright note "Mrs K, 12 Ashdown: boiler off again, 3rd no show, v upset" --by "Sam Reed"
    """
    if not text.strip():
        raise click.UsageError("The note is empty: say what the resident said.")
    now = program.time_taken_in(at)
    if told_at and told_at > now:
        raise click.UsageError("--told-at lies in the future: say when they were told.")
    by = name(by, "who was told, after --by")
    resident = name(resident, "who said it, after --resident") if resident else ""
    reader = program.reader()  # before anything is kept: when it does not load, the note was not taken
    db = program.open(silent=as_json)
    landlord = program.settings.landlord
    told = Told(text, by, (told_at or now).astimezone(UTC), Channel(channel), resident)
    try:
        intake_id, new = store_told(db, told)
    except DatabaseProblem as error:
        raise click.ClickException(f"The note was not kept, so give it again later. {error}") from error
    try:
        outcome = process_until_settled(db, intake_id, reader, landlord, now, wait_seconds=WAIT_SECONDS)
        case = find(db, outcome.reference) if outcome.reference else None
    except DatabaseProblem as error:
        raise click.ClickException(f"{_kept(intake_id)} {error}") from error
    if as_json:
        print_json({"reference": outcome.reference, "new": new, **({} if case else {"waiting": True})})
        return
    if case is None:
        click.echo(f"{_kept(intake_id)} Another putright is at work on it.")
        return
    if not new:
        click.echo("This very note was logged before.")
    click.echo(headline(case, case.next_due(landlord.calendar, landlord.targets)))
    for line in messages.of_case(db, case.reference)[-1].notes:
        click.echo(line)


def _kept(intake_id: int) -> str:
    return (
        f"The note is kept (number {intake_id}): do not give it again. The next `putright run`, `once` or `ingest` "
        "logs it, and until then `putright reconcile` counts it as waiting."
    )
