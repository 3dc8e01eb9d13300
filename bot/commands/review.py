"""putright review: the queue of readings a person has to look at, and saying what they are."""

from datetime import datetime
from typing import Any

import click
from sqlite_utils import Database

from putright.bot.commands.acting import reference_argument, show_moved
from putright.bot.commands.guarded import guarded
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
from putright.bot.terminal import case_table, offer_json, one_line, row_json
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.events import Event
from putright.cases.labels import Label
from putright.cases.offers import Offer
from putright.cases.working_days import in_words, local_day
from putright.storage import cases, events, messages
from putright.storage.cases import Row
from putright.triage.act import act, find
from putright.triage.eyes import ALL
from putright.triage.posts import act_words, due_if_accepted, offer_commands, offer_words
from putright.triage.review import agreed, queue, who_said
from putright.triage.sample import miss_rate, sample, week_of


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def review(context: click.Context, as_json: bool) -> None:
    """What a person has to look at: readings that ask, labels in dispute. `review set REF LABEL` says what one is."""
    if context.invoked_subcommand is None:
        context.invoke(review_list, as_json=as_json)


@review.command("list")
@json_option
@pass_program
def review_list(program: Program, as_json: bool) -> None:
    """The queue: what asks, the soonest due first, with why; then the labels in dispute, with whose they are."""
    db = program.existing()
    rows = queue(db, local_day(time_of(None)), ALL, drawn=False)
    reasons = {row.reference: _why(db, row) for row in rows}
    waiting = cases.open_offers(db)
    if as_json:
        print_json(_in_json(db, rows, reasons, waiting))
        return
    if not rows and not waiting:
        click.echo("Nothing waits for review.")
    if rows:
        click.echo(case_table(rows))
        click.echo()
        for row in rows:
            click.echo(one_line(f"{row.reference}: {' '.join(reasons[row.reference])}"))
        click.echo(
            "\n`putright case show REF` shows the message; `putright review set REF LABEL` says what it is."
        )
    if waiting:
        click.echo("\nTo accept or decline:" if rows else "To accept or decline:")
    for reference, offer in waiting:
        case = find(db, reference)
        due = due_if_accepted(case, offer, program.settings.landlord)
        click.echo(f"\n{reference}: {offer_words(offer)}." + (f" Then {act_words(due)}." if due else ""))
        for command in offer_commands(case, offer):
            click.echo(f"  {command}")


def _why(db: Database, row: Row) -> list[str]:
    """Why a reading asks, or whose label is in dispute."""
    case = events.load(db, row.reference)
    if case is None:
        return []
    if not case.unconfirmed:
        return [who_said(case)]
    reading = messages.latest_reading(db, case.messages[0])
    return list(reading.reasons) if reading else []


def _in_json(
    db: Database, rows: list[Row], reasons: dict[str, list[str]], waiting: list[tuple[str, Offer]]
) -> list[dict[str, Any]]:
    """Each case that waits for a person, with why its reading asks and what it offers."""
    offered: dict[str, list[dict[str, Any]]] = {}
    for reference, offer in waiting:
        offered.setdefault(reference, []).append(offer_json(offer))
    others = [x for x in cases.named(db, list(offered)) if x not in rows]
    return [
        {**row_json(x), "reasons": reasons.get(x.reference, []), "offers": offered.get(x.reference, [])}
        for x in (*rows, *others)
    ]


@review.command("sample")
@at_option
@json_option
@pass_program
def review_sample(program: Program, at: datetime | None, as_json: bool) -> None:
    """This week's draw of what was surely called no complaint, and how many complaints such draws have shown missed."""
    db = program.existing()
    week = week_of(local_day(time_of(at)))
    rows, rate = sample(db, week), miss_rate(db)
    if as_json:
        low, high = rate.interval
        missed = {"missed": rate.missed, "looked_at": rate.looked_at, "low": low, "high": high}
        print_json({"week": week, "cases": [row_json(x) for x in rows], "miss_rate": missed})
        return
    if rows:
        click.echo(case_table(rows))
        click.echo(
            "\nLook at each with `putright case show REF`, then say what it is: "
            "`putright review set REF LABEL --drawn` (`--because` where you change it).\n"
        )
    else:
        click.echo(f"Nothing was surely called no complaint in the week of {in_words(week)}.\n")
    click.echo(str(rate))


@review.command("set")
@reference_argument
@click.argument("label", type=click.Choice([x.value for x in Label]))
@click.option(
    "--because",
    "--reason",
    "reason",
    default="",
    help="Why; needed to overturn a sure reading or a person's label.",
)
@click.option("--drawn", is_flag=True, help="You looked at it because `review sample` drew it.")
@as_option
@at_option
@json_option
@pass_program
def review_set(
    program: Program,
    reference: str,
    label: str,
    reason: str,
    drawn: bool,
    actor: str | None,
    at: datetime | None,
    as_json: bool,
) -> None:
    """Say what a message is. A person's label always wins; the case is re-timed as if it had always been so."""
    now = program.time_of_act(at)
    by = By(actor_or_user(actor), now)

    def decide(case: Case) -> Event:
        return agreed(case, by, Label(label), reason, drawn=drawn)

    show_moved(act(program.existing(), reference, program.settings.landlord, now, decide), as_json)


guarded(review_set)
