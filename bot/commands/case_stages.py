"""putright case VERB REF: saying what a case is, and its way through the two stages to the end."""

from datetime import date

import click

from putright.bot.commands.acting import Decides, acting
from putright.bot.program import DAY, Program
from putright.cases import acts
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.events import Event, Shown
from putright.cases.labels import Label


@click.command()
@acting
@click.option(
    "--point", "points", multiple=True, help="A point we understand the complaint to be about; repeat it."
)
@click.option("--outcome", "outcomes", multiple=True, help="What the resident seeks; repeat it.")
def define(points: tuple[str, ...], outcomes: tuple[str, ...]) -> Decides:
    """Confirm the complaint definition (5.6): the draft as it stands, or with points and outcomes of your own."""

    def decide(found: Case, by: By, _: Program) -> Event:
        draft = found.at_stage(found.stage).definition
        if found.stage == 2 and not draft.points:
            draft = found.first.definition
        return acts.define(found, by, points or draft.points, outcomes or draft.outcomes)

    return decide


@click.command()
@acting
@click.option("--to", "handler", required=True, metavar="NAME", help="Who handles it.")
def assign(handler: str) -> Decides:
    """Give the case to a person; at stage 2 never to the one who had stage 1 (6.13)."""
    return lambda found, by, _: acts.assign(found, by, handler)


@click.command()
@acting
@click.option("--on", "day", type=DAY, help="The day it was sent; today if left out.")
def acknowledge(day: date | None) -> Decides:
    """Record that the acknowledgement with its definition was sent (6.2, 6.11): the response clock starts."""
    return lambda found, by, _: acts.acknowledge(found, by, day)


@click.command()
@acting
@click.option("--by-days", "working_days", type=int, required=True, metavar="N", help="Working days to add.")
@click.option("--reason", default="", help="The reason, as told to the resident in writing.")
@click.option("--good-reason", is_flag=True, help="There is good reason to go beyond the Code's limit.")
@click.option("--on", "day", type=DAY, help="The day the resident was told; today if left out.")
def extend(working_days: int, reason: str, good_reason: bool, day: date | None) -> Decides:
    """Record an extension that the resident was told of in writing, with the Ombudsman's details (6.4, 6.15)."""
    return lambda found, by, program: acts.extend(
        found, by, program.settings.landlord.calendar, working_days, reason, good_reason, day
    )


@click.command()
@acting
@click.option("--outcome", type=click.Choice(acts.OUTCOMES), required=True, help="The decision.")
@click.option("--on", "day", type=DAY, help="The day it was sent; today if left out.")
@click.option("--decided-by", metavar="NAME", help="Who decided, if not who writes it down (6.13).")
def respond(outcome: str, day: date | None, decided_by: str | None) -> Decides:
    """Record that the full written response was sent (6.3, 6.14)."""
    return lambda found, by, _: acts.respond(found, by, outcome, day, decided_by)


@click.command()
@acting
@click.option("--on", "day", type=DAY, help="The day the request arrived; today if left out.")
@click.option("--reason", default="", help="Why, if the resident said so; never required (6.12).")
def escalate(day: date | None, reason: str) -> Decides:
    """Record that the resident asked for stage 2 (6.10-6.12)."""
    return lambda found, by, _: acts.escalate(found, by, day, reason)


@click.command()
@acting
@click.option("--label", type=click.Choice([x.value for x in Label]), required=True, help="What it is.")
@click.option("--because", "--reason", "reason", default="", help="Why; needed to overturn what was sure.")
def reclassify(label: str, reason: str) -> Decides:
    """Say what the message is. The history is kept; the clocks are as if it had always been so (1.4)."""
    return lambda found, by, _: acts.reclassify(found, by, Label(label), reason, shown=Shown.DISPUTED)


@click.command()
@acting
@click.option("--reason", default="", help="Why it is closed.")
def close(reason: str) -> Decides:
    """Close the case; a complaint only once it is answered, or withdrawn by the resident."""
    return lambda found, by, _: acts.close(found, by, reason)


@click.command()
@acting
@click.option("--reason", default="", help="Why it is opened again.")
def reopen(reason: str) -> Decides:
    """Open a closed case again."""
    return lambda found, by, _: acts.reopen(found, by, reason)


COMMANDS = (define, assign, acknowledge, extend, respond, escalate, reclassify, close, reopen)
