"""putright ask: the answer Slack would give."""

import contextlib
import json
from datetime import datetime
from pathlib import Path

import click
from click.core import ParameterSource

from putright.bot.program import (
    Program,
    actor_or_user,
    at_option,
    json_option,
    pass_program,
    print_json,
    time_of,
)
from putright.bot.roles import eyes_of
from putright.bot.terminal import answer_text, row_json
from putright.cases.working_days import local_day
from putright.storage.errors import DatabaseProblem
from putright.triage.answer import answered, without_cases
from putright.triage.asked import keep
from putright.triage.question import understand
from putright.triage.slack_names import in_answer, known


@click.command()
@click.argument("question", nargs=-1)
@click.option(
    "--parse",
    "file",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    metavar="FILE.jsonl",
    help="Print how the questions of a file are understood, one JSON object a line, and answer none.",
)
@click.option(
    "--as",
    "--by",
    "actor",
    envvar="PUTRIGHT_USER",
    metavar="NAME",
    help="Answer as to this person (a name or a Slack id): with what they may see.",
)
@at_option
@json_option
@pass_program
def ask(
    program: Program,
    question: tuple[str, ...],
    file: Path | None,
    actor: str | None,
    at: datetime | None,
    as_json: bool,
) -> None:
    """Ask about cases in plain English; `putright ask help` says what can be asked.

    \b
    putright ask "what's overdue"
    putright ask "s2 resp due this wk for repairs"
    putright ask "when is HC-2026-0012 due"
    """
    if file is not None:
        if question:
            raise click.UsageError("Give a question or --parse FILE, not both.")
        _parse(program, file, time_of(at))
        return
    if not question:
        raise click.UsageError(
            'Missing argument QUESTION: putright ask "what\'s overdue", or putright ask help.'
        )
    text, landlord, now = " ".join(question), program.settings.landlord, time_of(at)
    found = without_cases(text, landlord, now)
    if found is None:
        # PUTRIGHT_USER says who sits at the machine, and sees all; --as asks with somebody's eyes
        given = click.get_current_context().get_parameter_source("actor") is ParameterSource.COMMANDLINE
        eyes = eyes_of(program.settings, actor if given else None)
        db, asker = program.timed(), _asker(program, actor)
        understood, found = answered(db, text, asker, landlord, now, eyes)
        with contextlib.suppress(DatabaseProblem):  # a database that can only be read answers all the same
            keep(db, asker, understood, found, landlord, now)
        found = in_answer(found, known(db, landlord))
    if as_json:
        print_json(
            {
                "answer": found.sentence,
                "cases": [row_json(row) for row in found.rows],
                "lines": [*found.lines, *found.private],
            }
        )
    else:
        click.echo(answer_text(found))


def _asker(program: Program, actor: str | None) -> str:
    """Whose cases "mine" are: the name on the record, also where a Slack id was given."""
    who = actor_or_user(actor)
    return program.settings.landlord.people.get(who, who)


def _parse(program: Program, file: Path, now: datetime) -> None:
    """How each question of a file is understood. It needs no database: names are found by the grammar."""
    landlord = program.settings.landlord
    people, teams, today = tuple(landlord.people.values()), tuple(landlord.teams), local_day(now)
    with click.open_file(str(file), encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
                text = record["text"]
            except (ValueError, KeyError, TypeError, RecursionError):
                text = None
            if not isinstance(text, str):
                raise click.ClickException(
                    f'Line {number} of {file} is no question: each line is {{"id": …, "text": "…"}}.'
                )
            understood = understand(text, today, people, teams)
            click.echo(
                json.dumps(
                    {"id": record.get("id"), "intent": understood.intent, "slots": understood.slots},
                    ensure_ascii=False,
                )
            )
