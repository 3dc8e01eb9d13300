"""putright case unjoin, accept, decline: whose case a message is, and what a case puts before a person."""

from datetime import datetime

import click

from putright.bot.commands.acting import reference_argument, show_moved
from putright.bot.program import (
    Program,
    actor_or_user,
    as_option,
    done_at_option,
    json_option,
    pass_program,
)
from putright.cases.acts import OUTCOMES, By
from putright.cases.offers import ACKNOWLEDGEMENT, RESPONSE, UPDATE
from putright.cases.working_days import LONDON
from putright.triage import joins
from putright.triage.posts import offer_words

number_argument = click.argument("number", type=int, required=False)


def _by(program: Program, actor: str | None, at: datetime | None) -> By:
    return By(actor_or_user(actor), program.time_of_act(at))


@click.command()
@reference_argument
@click.option(
    "--message", "number", type=int, metavar="N", help="Which message; the last joined if left out."
)
@click.option("--reason", default="", help="Why; kept with the history.")
@as_option
@done_at_option
@json_option
@pass_program
def unjoin(
    program: Program,
    reference: str,
    number: int | None,
    reason: str,
    actor: str | None,
    at: datetime | None,
    as_json: bool,
) -> None:
    """Take a joined message out of a case: it gets its own, whose clock runs from its own receipt."""
    db, landlord = program.existing(), program.settings.landlord
    moved, other = joins.unjoin(db, reference, landlord, _by(program, actor, at), reason, number)
    if not as_json:
        received = f"{other.received.astimezone(LONDON):%a %-d %b %Y}"
        click.echo(f"The message is {other.reference} now, received {received}.")
    show_moved(moved, as_json)


@click.command()
@reference_argument
@number_argument
@click.option(
    "--act",
    type=click.Choice([ACKNOWLEDGEMENT, UPDATE, RESPONSE]),
    default=None,
    help="What staff's mail was; the likeliest if left out.",
)
@click.option("--outcome", type=click.Choice(OUTCOMES), default=None, help="The decision, for a response.")
@click.option(
    "--reason",
    "reasons",
    multiple=True,
    help="The reason for each point of the definition, for a response; repeat it.",
)
@click.option("--decided-by", default=None, metavar="NAME", help="Who decided it, if not who acts.")
@click.option(
    "--impact", default="", metavar="TEXT", help="How the fault affected the resident (7.2), for a response."
)
@as_option
@done_at_option
@json_option
@pass_program
def accept(
    program: Program,
    reference: str,
    number: int | None,
    act: str | None,
    outcome: str | None,
    reasons: tuple[str, ...],
    decided_by: str | None,
    impact: str,
    actor: str | None,
    at: datetime | None,
    as_json: bool,
) -> None:
    """Take up what the case puts before you (`case show` lists it): dated by the mail, nothing to type."""
    db, landlord = program.existing(), program.settings.landlord
    by = _by(program, actor, at)
    show_moved(
        joins.accept(
            db, reference, landlord, by, number, act or "", outcome or "", reasons, decided_by, impact
        ),
        as_json,
    )


@click.command()
@reference_argument
@number_argument
@click.option("--reason", default="", help="Why it is not what it may be; kept with the history.")
@as_option
@done_at_option
@pass_program
def decline(
    program: Program, reference: str, number: int | None, reason: str, actor: str | None, at: datetime | None
) -> None:
    """Leave what the case puts before you; a possible stage 2 request only with a reason."""
    db, landlord = program.existing(), program.settings.landlord
    offer = joins.decline(db, reference, landlord, _by(program, actor, at), reason, number)
    click.echo(f"{reference}: declined ({offer_words(offer)}).")


COMMANDS = (unjoin, accept, decline)
