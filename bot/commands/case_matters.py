"""putright case VERB REF for acts on two cases: split, complain, link, merge, unmerge, add-issue."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import click

from putright.bot.commands.acting import Reference, reference_argument
from putright.bot.program import (
    DAY,
    Program,
    actor_or_user,
    as_option,
    at_option,
    json_option,
    pass_program,
    print_json,
    time_of_act,
)
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.labels import Label
from putright.triage.matters import Both, Pair
from putright.triage.posts import headline

_other = click.argument("other", type=Reference(), metavar="OTHER")
_outcome = click.option(
    "--outcome", "outcomes", multiple=True, help="What the resident seeks in it; repeat it."
)


def _pairing(command: Callable[..., Callable[[Pair, str], Both]]) -> Callable[..., None]:
    """A command on two cases: who, when, the act, and how both stand."""

    @reference_argument
    @as_option
    @at_option
    @json_option
    @pass_program
    def run(
        program: Program,
        /,
        reference: str,
        actor: str | None,
        at: datetime | None,
        as_json: bool,
        **given: object,
    ) -> None:
        by = By(actor_or_user(actor), time_of_act(at))
        pair = Pair(program.existing(), program.settings.landlord, by)
        both = command(**given)(pair, reference)
        found = [x for x in (both.case, both.other) if x]
        if as_json:
            print_json(
                {"reference": reference, "other": both.other.reference if both.other else None}
                | {"cases": [_as_json(x, program) for x in found]}
            )
            return
        for x in found:
            click.echo(headline(x, x.next_due(pair.landlord.calendar, pair.landlord.targets)))

    run.__name__ = command.__name__
    run.__doc__ = command.__doc__
    own = getattr(command, "__click_params__", [])
    run.__click_params__ = [  # type: ignore[attr-defined]  # click reads it from its end: REF stands before OTHER
        *(x for x in own if isinstance(x, click.Argument)),
        *getattr(run, "__click_params__", []),
        *(x for x in own if isinstance(x, click.Option)),
    ]
    return run


def _as_json(case: Case, program: Program) -> dict[str, Any]:
    landlord = program.settings.landlord
    due = case.next_due(landlord.calendar, landlord.targets)
    return {
        "reference": case.reference,
        "label": case.label.value,
        "due": due.due.isoformat() if due else None,
        "closed": case.closed is not None,
    }


@click.command()
@_pairing
@click.option(
    "--label", type=click.Choice([x.value for x in Label]), required=True, help="What the further case is."
)
@click.option("--point", "points", multiple=True, help="What it is about; repeat it.")
@_outcome
@click.option("--on", "day", type=DAY, help="The day it was said; as the case itself if left out.")
def split(
    label: str, points: tuple[str, ...], outcomes: tuple[str, ...], day: date | None
) -> Callable[[Pair, str], Both]:
    """Open a further case out of a message that holds several matters; both are linked."""
    return lambda pair, reference: pair.split(reference, Label(label), points, outcomes, day)


@click.command()
@_pairing
@click.option("--point", default="", help="What the resident is dissatisfied with.")
@_outcome
@click.option("--on", "day", type=DAY, help="The day they said so: the clock starts then; today if left out.")
def complain(point: str, outcomes: tuple[str, ...], day: date | None) -> Callable[[Pair, str], Both]:
    """A service request became a complaint (1.5): one is opened beside it, and the request stays open."""
    return lambda pair, reference: pair.complain(reference, point, outcomes, day)


@click.command()
@_pairing
@_other
def link(other: str) -> Callable[[Pair, str], Both]:
    """Two cases belong together; each keeps its own clock."""
    return lambda pair, reference: pair.link(reference, other)


@click.command()
@_pairing
@_other
def merge(other: str) -> Callable[[Pair, str], Both]:
    """REF is the same matter as OTHER: it ends, and OTHER goes on from the earlier receipt of the two."""
    return lambda pair, reference: pair.merge(reference, other)


@click.command()
@_pairing
@_other
def unmerge(other: str) -> Callable[[Pair, str], Both]:
    """REF was not the same matter as OTHER after all: both stand as before."""
    return lambda pair, reference: pair.unmerge(reference, other)


@click.command("add-issue")
@_pairing
@click.option("--issue", default="", help="What the resident raised.")
@_outcome
@click.option("--related/--unrelated", required=True, help="Is it related to the complaint?")
@click.option("--delays/--no-delay", required=True, help="Would it unreasonably delay the response?")
def add_issue(
    issue: str, outcomes: tuple[str, ...], related: bool, delays: bool
) -> Callable[[Pair, str], Both]:
    """An issue raised during the investigation (6.8): into the definition, or a complaint of its own.

    It joins the definition, on the complaint's own clock, when it is related, the stage 1 response has not been
    issued, and it would not unreasonably delay it.
    """
    return lambda pair, reference: pair.add_issue(reference, issue, outcomes, related, delays)


COMMANDS = (split, complain, link, merge, unmerge, add_issue)
