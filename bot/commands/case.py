"""putright case VERB REF: show a case and act on it; each act is checked against its paragraph of the Code."""

from collections.abc import Callable
from datetime import date, datetime

import click

from putright.bot.program import (
    DAY,
    Program,
    actor_or_user,
    as_option,
    at_option,
    json_option,
    pass_program,
    print_json,
    time_of,
)
from putright.bot.terminal import case_text, compact, deadline_json, timeline
from putright.cases import acts
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.events import Event, Shown
from putright.cases.labels import Label
from putright.cases.references import find_reference
from putright.cases.working_days import LONDON
from putright.storage import events, messages
from putright.triage.act import Moved, act, find
from putright.triage.posts import act_words, headline


class Reference(click.ParamType[str]):
    """A case reference, forgiving about case and spaces."""

    name = "ref"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return find_reference(value) or self.fail(
            f"{value!r} is no reference. Write it as HC-2026-0012.", param, ctx
        )


reference_argument = click.argument("reference", type=Reference(), metavar="REF")


@click.group()
def case() -> None:
    """Show a case and act on it.

    \b
    putright case show HC-2026-0012
    putright case acknowledge HC-2026-0012 --as "Priya Shah"
    """


@case.command()
@reference_argument
@json_option
@pass_program
def show(program: Program, reference: str, as_json: bool) -> None:
    """Everything about one case: who wrote what, the definition, every date with its working."""
    db = program.open()
    landlord = program.settings.landlord
    found = find(db, reference)
    its_messages = messages.of_case(db, reference)
    if not as_json:
        click.echo(case_text(found, its_messages, landlord))
        return
    reading = messages.latest_reading(db, found.messages[0])
    definition = found.at_stage(found.stage).definition
    print_json(
        {
            "reference": reference,
            "label": found.label.value,
            "decision": found.decision.value,
            "unconfirmed": found.unconfirmed,
            "confirmed_by": found.confirmed_by,
            "probabilities": {k.value: round(v, 4) for k, v in reading.probabilities.items()}
            if reading
            else {},
            "why": reading.why if reading else "",
            "reasons": list(reading.reasons) if reading else [],
            "paragraph": reading.paragraph if reading else "",
            "service_area": found.area.value,
            "flags": [flag.value for flag in found.flags],
            "stage": found.stage,
            "received": found.received.astimezone(LONDON).isoformat(),
            "handler": found.handler,
            "closed": found.closed.isoformat() if found.closed else None,
            "definition": {
                "points": list(definition.points),
                "outcomes": list(definition.outcomes),
                "confirmed_by": definition.by,
            },
            "deadlines": [deadline_json(x) for x in found.deadlines(landlord.calendar, landlord.targets)],
            "messages": [
                {
                    "channel": x.channel.value,
                    "resident": {"name": x.resident.name, "address": x.resident.address},
                    "forwarded_by": str(x.forwarded_by) if x.forwarded_by else None,
                    "received": x.received_at.isoformat(),
                    "received_from": x.received_from,
                    "subject": x.subject,
                    "body": x.body,
                    "attachments": [
                        {"name": y.name, "size": y.size, "sha256": y.sha256} for y in x.attachments
                    ],
                    "notes": list(x.notes),
                }
                for x in its_messages
            ],
            "version": found.version,
        }
    )


@case.command("timeline")
@reference_argument
@json_option
@pass_program
def show_timeline(program: Program, reference: str, as_json: bool) -> None:
    """What happened on a case, oldest first; nothing is ever changed or removed."""
    db = program.open()
    find(db, reference)
    happened = events.history(db, reference)
    if as_json:
        print_json(
            [
                {"kind": x.kind.value, "at": x.at.isoformat(), "actor": x.actor, "data": dict(x.data)}
                for x in happened
            ]
        )
        return
    click.echo(
        timeline(
            (f"{x.at.astimezone(LONDON):%a %-d %b %Y %H:%M}", x.kind.value, x.actor, compact(x.data))
            for x in happened
        )
    )


def _acting(command: Callable[..., Callable[[Case, By, Program], Event]]) -> Callable[..., None]:
    """What all acts share: who, when, the act itself, and what it moved."""

    @reference_argument
    @as_option
    @at_option
    @json_option
    @pass_program
    def acting(
        program: Program, /, reference: str, actor: str, at: datetime | None, as_json: bool, **given: object
    ) -> None:
        now = time_of(at)
        by = By(actor_or_user(actor), now)
        decide = command(**given)
        moved = act(
            program.open(), reference, program.settings.landlord, now, lambda x: decide(x, by, program)
        )
        show_moved(moved, as_json)

    acting.__name__ = command.__name__
    acting.__doc__ = command.__doc__
    acting.__click_params__ = [  # type: ignore[attr-defined]
        *getattr(acting, "__click_params__", []),
        *getattr(command, "__click_params__", []),
    ]
    return acting


def show_moved(moved: Moved, as_json: bool) -> None:
    """Say how the case stands after an act, and which date it moved."""
    if as_json:
        print_json(
            {
                "reference": moved.after.reference,
                "label": moved.after.label.value,
                "was": moved.before.label.value,
                "due": moved.due_after.due.isoformat() if moved.due_after else None,
                "was_due": moved.due_before.due.isoformat() if moved.due_before else None,
                "version": moved.after.version,
            }
        )
        return
    click.echo(headline(moved.after, moved.due_after))
    if moved.due_before != moved.due_after:
        before = act_words(moved.due_before) if moved.due_before else "nothing was due"
        after = act_words(moved.due_after) if moved.due_after else "nothing is due"
        click.echo(f"Before: {before}. Now: {after}.")


@case.command()
@_acting
@click.option(
    "--point", "points", multiple=True, help="A point we understand the complaint to be about; repeat it."
)
@click.option("--outcome", "outcomes", multiple=True, help="What the resident seeks; repeat it.")
def define(points: tuple[str, ...], outcomes: tuple[str, ...]) -> Callable[[Case, By, Program], Event]:
    """Confirm the complaint definition (5.6): the draft as it stands, or with points and outcomes of your own."""

    def decide(found: Case, by: By, _: Program) -> Event:
        draft = found.at_stage(found.stage).definition
        if found.stage == 2 and not draft.points:
            draft = found.first.definition
        return acts.define(found, by, points or draft.points, outcomes or draft.outcomes)

    return decide


@case.command()
@_acting
@click.option("--to", "handler", required=True, metavar="NAME", help="Who handles it.")
def assign(handler: str) -> Callable[[Case, By, Program], Event]:
    """Give the case to a person; at stage 2 never to the one who had stage 1 (6.13)."""
    return lambda found, by, _: acts.assign(found, by, handler)


@case.command()
@_acting
@click.option("--on", "day", type=DAY, help="The day it was sent; today if left out.")
def acknowledge(day: date | None) -> Callable[[Case, By, Program], Event]:
    """Record that the acknowledgement with its definition was sent (6.2, 6.11): the response clock starts."""
    return lambda found, by, _: acts.acknowledge(found, by, day)


@case.command()
@_acting
@click.option("--by-days", "working_days", type=int, required=True, metavar="N", help="Working days to add.")
@click.option("--reason", default="", help="The reason, as told to the resident in writing.")
@click.option("--good-reason", is_flag=True, help="There is good reason to go beyond the Code's limit.")
def extend(working_days: int, reason: str, good_reason: bool) -> Callable[[Case, By, Program], Event]:
    """Record an extension that the resident was told of in writing, with the Ombudsman's details (6.4, 6.15)."""
    return lambda found, by, program: acts.extend(
        found, by, program.settings.landlord.calendar, working_days, reason, good_reason
    )


@case.command()
@_acting
@click.option("--outcome", type=click.Choice(acts.OUTCOMES), required=True, help="The decision.")
@click.option("--on", "day", type=DAY, help="The day it was sent; today if left out.")
def respond(outcome: str, day: date | None) -> Callable[[Case, By, Program], Event]:
    """Record that the full written response was sent (6.3, 6.14)."""
    return lambda found, by, _: acts.respond(found, by, outcome, day)


@case.command()
@_acting
@click.option("--on", "day", type=DAY, help="The day the request arrived; today if left out.")
@click.option("--reason", default="", help="Why, if the resident said so; never required (6.12).")
def escalate(day: date | None, reason: str) -> Callable[[Case, By, Program], Event]:
    """Record that the resident asked for stage 2 (6.10-6.12)."""
    return lambda found, by, _: acts.escalate(found, by, day, reason)


@case.command()
@_acting
@click.option("--label", type=click.Choice([x.value for x in Label]), required=True, help="What it is.")
@click.option("--reason", default="", help="Why; kept with the history.")
def reclassify(label: str, reason: str) -> Callable[[Case, By, Program], Event]:
    """Say what the message is. The history is kept; the clocks are as if it had always been so (1.4)."""
    return lambda found, by, _: acts.reclassify(found, by, Label(label), reason, shown=Shown.DISPUTED)


@case.command()
@_acting
@click.option("--reason", default="", help="Why it is closed.")
def close(reason: str) -> Callable[[Case, By, Program], Event]:
    """Close the case; a complaint only once it is answered, or withdrawn by the resident."""
    return lambda found, by, _: acts.close(found, by, reason)


@case.command()
@_acting
@click.option("--reason", default="", help="Why it is opened again.")
def reopen(reason: str) -> Callable[[Case, By, Program], Event]:
    """Open a closed case again."""
    return lambda found, by, _: acts.reopen(found, by, reason)
