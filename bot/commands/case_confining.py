"""putright case confine and unconfine: a case that only its handler, the people named and leads may see."""

from datetime import date

import click

from putright.bot.commands.acting import Decides, acting
from putright.bot.program import DAY, Program
from putright.cases import acts
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.events import Event


@click.command()
@acting
@click.option(
    "--to",
    multiple=True,
    metavar="NAME,…",
    help="Who may see it beside its handler and leads: names or Slack ids, with commas between; repeat it.",
)
@click.option(
    "--reason", default="", metavar="TEXT", help="Why: a complaint about staff, a conflict, data protection."
)
@click.option("--due", type=DAY, metavar="DATE", help="When it is reviewed; in 13 weeks if left out.")
def confine(to: tuple[str, ...], reason: str, due: date | None) -> Decides:
    """Let only its handler, the people named and leads see the case; done again it names others (Code 5.8)."""

    def decide(case: Case, by: By, program: Program) -> Event:
        people = program.settings.landlord.people
        named = [x.strip() for given in to for x in given.split(",")]
        return acts.confine(case, by, [people.get(x, x) for x in named], reason, due)

    return decide


@click.command()
@acting
@click.option("--reason", default="", metavar="TEXT", help="Why everybody may see it again.")
def unconfine(reason: str) -> Decides:
    """Let everybody who may see cases see it again."""
    return lambda case, by, _: acts.unconfine(case, by, reason)


COMMANDS = (confine, unconfine)
