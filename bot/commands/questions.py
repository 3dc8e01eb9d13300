"""putright questions: who asked what, and who was refused."""

from datetime import UTC, date, datetime, time

import click

from putright.bot.program import DAY, Program, json_option, pass_program, print_json
from putright.bot.terminal import harmless, table
from putright.cases.working_days import LONDON
from putright.storage.questions import since as asked_since


@click.command()
@click.option("--since", type=DAY, metavar="DATE", help="From this day on; all that is kept if left out.")
@json_option
@pass_program
def questions(program: Program, since: date | None, as_json: bool) -> None:
    """Who asked what and when, and who was refused: what was understood, never the words that were typed."""
    first = datetime.combine(since, time(), LONDON) if since else datetime.min.replace(tzinfo=UTC)
    found = asked_since(program.existing(), first)
    if as_json:
        print_json(
            [
                {
                    "at": x.at.isoformat(),
                    "who": x.who,
                    "intent": x.intent,
                    "slots": dict(x.slots),
                    "answered": x.answered,
                    "refused": x.refused,
                }
                for x in found
            ]
        )
    elif not found:
        click.echo("Nothing was asked.")
    else:
        rows = [
            (
                f"{x.at.astimezone(LONDON):%a %-d %b %Y %H:%M}",
                harmless(x.who),
                x.intent,
                ", ".join(f"{name} {value}" for name, value in x.slots.items()) or "-",
                x.answered,
                x.refused or "-",
            )
            for x in found
        ]
        click.echo(table(["when", "who", "asked", "about", "cases", "refused"], rows))
