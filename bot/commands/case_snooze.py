"""putright case snooze REF: one person's reminder moves, the deadline stays."""

from datetime import date, datetime

import click

from putright.bot.commands.acting import reference_argument
from putright.bot.program import DAY, Program, actor_or_user, as_option, at_option, pass_program, time_of
from putright.cases.working_days import in_words
from putright.triage.snooze import snooze as put_off


@click.command()
@reference_argument
@click.option(
    "--until", type=DAY, metavar="DATE", help="When to be reminded again; the next working day if left out."
)
@as_option
@at_option
@pass_program
def snooze(
    program: Program, reference: str, until: date | None, actor: str | None, at: datetime | None
) -> None:
    """Put off your own reminder of a case; its due date stays, and a breach cannot be put off."""
    db = program.existing()
    day = put_off(db, reference, actor_or_user(actor), program.settings.landlord, time_of(at), until)
    click.echo(f"You are reminded of {reference} again on {in_words(day)}. Its due date stays.")
