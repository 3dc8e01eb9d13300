"""putright case VERB REF for acts on two cases: split, complain, link, merge, unmerge, add-issue."""

from collections.abc import Callable
from datetime import date
from typing import Any

import click

from putright.bot.commands.acting import Reference, as_it_was, on_a_case
from putright.bot.program import DAY, Program, print_json
from putright.bot.terminal import harmless
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.labels import Label
from putright.triage import one_matter
from putright.triage.act import find
from putright.triage.matters import Both, Pair
from putright.triage.paired import done_to_both

_other = click.argument("other", type=Reference(), metavar="OTHER")
_outcome = click.option(
    "--outcome", "outcomes", multiple=True, help="What the resident seeks in it; repeat it."
)


Pairs = Callable[[Pair, str], Both]


def _pairing(command: Callable[..., Pairs]) -> Callable[..., None]:
    """A command on two cases: the act, what it did, and how both stand."""

    def do(program: Program, by: By, reference: str, act: Pairs, as_json: bool) -> None:
        pair = Pair(program.existing(), program.settings.landlord, by)
        before = as_it_was(find(pair.db, reference), program)
        both = act(pair, reference)
        found = [x for x in (both.case, both.other) if x]
        if as_json:
            print_json(
                {"reference": reference, "other": both.other.reference if both.other else None}
                | {"cases": [_as_json(x, program) for x in found]}
            )
            return
        for line in done_to_both(before, both, pair.landlord):
            click.echo(harmless(line))

    return on_a_case(command, do)


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
def split(label: str, points: tuple[str, ...], outcomes: tuple[str, ...], day: date | None) -> Pairs:
    """Open a further case out of a message that holds several matters; both are linked."""
    return lambda pair, reference: pair.split(reference, Label(label), points, outcomes, day)


@click.command()
@_pairing
@click.option("--point", default="", help="What the resident is dissatisfied with.")
@_outcome
@click.option("--on", "day", type=DAY, help="The day they said so: the clock starts then; today if left out.")
def complain(point: str, outcomes: tuple[str, ...], day: date | None) -> Pairs:
    """A service request became a complaint (1.5): one is opened beside it, and the request stays open."""
    return lambda pair, reference: pair.complain(reference, point, outcomes, day)


@click.command()
@_pairing
@_other
def link(other: str) -> Pairs:
    """Two cases belong together; each keeps its own clock."""
    return lambda pair, reference: pair.link(reference, other)


@click.command()
@_pairing
@_other
def merge(other: str) -> Pairs:
    """REF is the same matter as OTHER: it ends there, and OTHER goes on from the earlier receipt of the two.

    Also for a reply that became a case of its own. `case unmerge REF OTHER` parts them again.
    """
    return lambda pair, reference: one_matter.merge(pair, reference, other)


@click.command()
@_pairing
@_other
def unmerge(other: str) -> Pairs:
    """REF was not the same matter as OTHER after all: both stand as before."""
    return lambda pair, reference: one_matter.part(pair, reference, other)


@click.command("add-issue")
@_pairing
@click.option("--issue", default="", help="What the resident raised.")
@_outcome
@click.option("--related/--unrelated", required=True, help="Is it related to the complaint?")
@click.option("--delays/--no-delay", required=True, help="Would it unreasonably delay the response?")
@click.option("--on", "day", type=DAY, help="The day it was raised; today if left out.")
def add_issue(issue: str, outcomes: tuple[str, ...], related: bool, delays: bool, day: date | None) -> Pairs:
    """An issue raised during the investigation (6.8): into the definition, or a complaint of its own.

    It joins the definition, on the complaint's own clock, when it is related, the stage 1 response has not been
    issued, and it would not unreasonably delay it.
    """
    return lambda pair, reference: pair.add_issue(reference, issue, outcomes, related, delays, day)


COMMANDS = (split, complain, link, merge, unmerge, add_issue)
