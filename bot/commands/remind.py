"""putright remind: the deadline digest, said or only shown."""

from datetime import datetime

import click

from putright.bot.outgoing import say_all, voice_of
from putright.bot.program import Program, at_option, json_option, pass_program, print_json, time_of
from putright.bot.terminal import harmless, row_json
from putright.cases.working_days import local_day
from putright.triage.remind import as_post, digest, queue_digest, read_by


@click.command()
@click.option("--dry-run", is_flag=True, help="Only show what would be said.")
@at_option
@json_option
@pass_program
def remind(program: Program, dry_run: bool, at: datetime | None, as_json: bool) -> None:
    """Say what is overdue, due today and due soon; on working mornings, once a day."""
    now = time_of(at)
    db = program.timed()
    landlord = program.settings.landlord
    if dry_run or as_json:
        found = digest(db, landlord, local_day(now), eyes=read_by(landlord))
        if as_json:
            lists = ("overdue", "today", "soon", "targets", "requests", "review", "emergencies")
            aside = {"parked": found.aside.parked, "unread": found.aside.unread}
            listed = {x: [row_json(y) for y in getattr(found, x)] for x in lists}
            besides = {
                x: [{"reference": y.reference, "due": y.due, "what": y.words} for y in getattr(found, x)]
                for x in ("hazards", "promised", "reviews")
            }
            print_json({"day": found.day, **listed, **besides, "set_aside": aside})
        else:
            click.echo(harmless(as_post(found).text))
        return
    if queue_digest(db, landlord, now):
        click.echo("The digest is queued.")
    else:
        click.echo(
            "No digest now: it is said once, on working days, from "
            f"{landlord.digest_at:%H:%M}. --dry-run shows it at any time."
        )
    say_all(db, voice_of(program.settings), lambda: time_of(at))
