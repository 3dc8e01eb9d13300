"""putright case VERB REF: saying what a case is, and its way through the two stages to the end."""

from datetime import date

import click

from putright.bot.commands.acting import Decides, acting, foreseeing
from putright.bot.program import DAY, Program
from putright.cases import acts
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.events import Event, Shown
from putright.cases.labels import Label
from putright.cases.record import record
from putright.cases.records.assessment import ASSESS
from putright.triage.updates import hears_next


@click.command()
@acting
@click.option(
    "--point", "points", multiple=True, help="A point we understand the complaint to be about; repeat it."
)
@click.option("--outcome", "outcomes", multiple=True, help="What the resident seeks; repeat it.")
@click.option(
    "--not-ours",
    multiple=True,
    metavar="N:WHO",
    help='Point N is somebody else\'s (5.7): "2: the council"; repeat it.',
)
@click.option(
    "--unclear",
    multiple=True,
    type=click.IntRange(min=1),
    metavar="N",
    help="Whose point N is, is not known yet.",
)
@click.option(
    "--asked", multiple=True, metavar="TEXT", help="What was unclear and was asked (5.6); repeat it."
)
@click.option("--issue-date", type=DAY, help="When it happened (2.3).")
@click.option("--aware-date", type=DAY, help="When the resident became aware of it, if later (2.3).")
@click.option(
    "--discretion", default="", metavar="TEXT", help="Why it is taken although older than 12 months (2.3)."
)
def define(
    points: tuple[str, ...],
    outcomes: tuple[str, ...],
    not_ours: tuple[str, ...],
    unclear: tuple[int, ...],
    asked: tuple[str, ...],
    issue_date: date | None,
    aware_date: date | None,
    discretion: str,
) -> Decides:
    """Confirm the complaint definition (5.6): the draft as it stands, or with points and outcomes of your own."""
    others = dict(_numbered(x) for x in not_ours)

    def decide(found: Case, by: By, _: Program) -> Event:
        draft = found.at_stage(found.stage).definition
        if found.stage == 2 and not draft.points:
            draft = found.first.definition
        return acts.define(
            found,
            by,
            points or draft.points,
            outcomes or draft.outcomes,
            not_ours=others,
            unclear=unclear,
            asked=asked,
            issue_date=issue_date,
            aware_date=aware_date,
            discretion=discretion,
        )

    return decide


def _numbered(text: str) -> tuple[int, str]:
    number, colon, who = text.partition(":")
    if not colon or not number.strip().isdecimal() or not who.strip():
        raise click.BadParameter(f'{text[:40]!r} is not a number and a name, such as "2: the council".')
    return int(number), who.strip()


@click.command()
@acting
@click.option("--to", "handler", required=True, metavar="NAME", help="Who handles it.")
def assign(handler: str) -> Decides:
    """Give the case to a person; at stage 2 never to the one who had stage 1 (6.13)."""
    return lambda found, by, _: acts.assign(found, by, handler)


@click.command()
@foreseeing
@click.option("--on", "day", type=DAY, help="The day it was sent; today if left out.")
@click.option(
    "--complexity", type=click.Choice(("low", "medium", "high")), help="Assess it at the same time (6.1)."
)
@click.option("--vulnerability", metavar="TEXT", help='With --complexity; may be "none known".')
@click.option("--risk", metavar="TEXT", help='With --complexity; may be "none known".')
def acknowledge(day: date | None, **assessed: str | None) -> Decides:
    """Record that the acknowledgement with its definition was sent (6.2, 6.11): the response clock starts."""
    if not any(assessed.values()):
        return lambda found, by, _: acts.acknowledge(found, by, day)
    return lambda found, by, _: acts.in_turn(
        found, lambda x: record(ASSESS, x, by, assessed), lambda x: acts.acknowledge(x, by, day)
    )


@click.command()
@foreseeing
@click.option("--by-days", "working_days", type=int, required=True, metavar="N", help="Working days to add.")
@click.option("--reason", default="", help="The reason, as told to the resident in writing.")
@click.option("--good-reason", is_flag=True, help="There is good reason to go beyond the Code's limit.")
@click.option("--on", "day", type=DAY, help="The day the resident was told; today if left out.")
@click.option(
    "--next",
    "next_update",
    type=DAY,
    help="When they hear next, as agreed (5.9); reminders.update_days if left out.",
)
def extend(
    working_days: int, reason: str, good_reason: bool, day: date | None, next_update: date | None
) -> Decides:
    """Record an extension that the resident was told of in writing, with the Ombudsman's details (6.4, 6.15)."""
    return lambda found, by, program: acts.extend(
        found,
        by,
        program.settings.landlord.calendar,
        working_days,
        reason,
        good_reason,
        day,
        next_update or hears_next(found, program.settings.landlord, day or by.today),
    )


@click.command()
@acting
@click.option("--outcome", type=click.Choice(acts.OUTCOMES), required=True, help="The decision.")
@click.option("--on", "day", type=DAY, help="The day it was sent; today if left out.")
@click.option(
    "--reason",
    "reasons",
    multiple=True,
    metavar="TEXT",
    help='The reason for each point, in the definition\'s order; may begin with its own decision: "not upheld: …".',
)
@click.option("--decided-by", metavar="NAME", help="Who decided, if not who writes it down (6.13).")
@click.option(
    "--impact",
    default="",
    metavar="TEXT",
    help="How the fault affected the resident (7.2): needed where a point is upheld.",
)
def respond(
    outcome: str, day: date | None, reasons: tuple[str, ...], decided_by: str | None, impact: str
) -> Decides:
    """Record that the full written response was sent (6.3, 6.14), every point decided with its reason (6.7, 6.18)."""
    return lambda found, by, _: acts.respond(found, by, outcome, reasons, day, decided_by, impact)


@click.command()
@acting
@click.option("--on", "day", type=DAY, help="The day the request arrived; today if left out.")
@click.option("--reason", default="", help="Why, if the resident said so; never required (6.12).")
def escalate(day: date | None, reason: str) -> Decides:
    """Record that the resident asked for stage 2 (6.10-6.12); a case closed after its answer is opened again."""

    return lambda found, by, _: acts.asked_for_stage_2(found, by, day, reason)


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
    """Close the case; a complaint only once it is answered, withdrawn (`case withdraw`) or refused."""
    return lambda found, by, _: acts.close(found, by, reason)


@click.command()
@acting
@click.option("--reason", default="", help="Why it is opened again.")
def reopen(reason: str) -> Decides:
    """Open a closed case again."""
    return lambda found, by, _: acts.reopen(found, by, reason)


COMMANDS = (define, assign, acknowledge, extend, respond, escalate, reclassify, close, reopen)
