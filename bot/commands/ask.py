"""putright ask: the answer Slack would give."""

from datetime import datetime

import click

from putright.bot.program import (
    Program,
    actor_or_user,
    as_option,
    at_option,
    json_option,
    pass_program,
    print_json,
    time_of,
)
from putright.bot.terminal import answer_text, row_json
from putright.triage.answer import answer


@click.command()
@click.argument("question", nargs=-1, required=True)
@as_option
@at_option
@json_option
@pass_program
def ask(
    program: Program, question: tuple[str, ...], actor: str | None, at: datetime | None, as_json: bool
) -> None:
    """Ask about cases in plain English.

    \b
    putright ask "what's overdue"
    putright ask "what is due this week for repairs"
    putright ask "when is HC-2026-0012 due"
    """
    found = answer(
        program.existing(), " ".join(question), actor_or_user(actor), program.settings.landlord, time_of(at)
    )
    if as_json:
        print_json(
            {
                "answer": found.sentence,
                "cases": [row_json(row) for row in found.rows],
                "lines": list(found.lines),
            }
        )
    else:
        click.echo(answer_text(found))
