"""What all acts on a case share on the command line: the reference, who and when, and what the act moved."""

import sys
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import click

from putright.bot.program import (
    Program,
    actor_or_user,
    as_option,
    done_at_option,
    json_option,
    pass_program,
    print_json,
)
from putright.bot.terminal import harmless
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import MACHINE, Event, Kind
from putright.cases.references import whole_reference
from putright.storage.events import stale
from putright.triage.act import Moved, act, find, foresee
from putright.triage.flags import flagged
from putright.triage.posts import act_words, headline
from putright.triage.telling import said_back, told


class Reference(click.ParamType[str]):
    """A case reference, forgiving about case and spaces."""

    name = "ref"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return whole_reference(value) or self.fail(
            f"{value[:40]!r} is no reference. Write it as HC-2026-0012.", param, ctx
        )


reference_argument = click.argument("reference", type=Reference(), metavar="REF")


Given = TypeVar("Given")
Do = Callable[[Program, By, str, Given, bool], None]
"""Does what a command gave: in which program, by whom and when, on which case, and whether to print JSON."""


def on_a_case(command: Callable[..., Given], do: Do[Given]) -> Callable[..., None]:
    """The frame of a command on a case: REF, who and when; `do` is given what `command` makes of its own options."""

    @reference_argument
    @as_option
    @done_at_option
    @click.option(
        "--seen",
        type=click.IntRange(min=1),
        metavar="N",
        help="Refuse it if the case changed since its version N (`case show --json`).",
    )
    @json_option
    @pass_program
    def run(
        program: Program,
        /,
        reference: str,
        actor: str | None,
        at: datetime | None,
        seen: int | None,
        as_json: bool,
        **given: object,
    ) -> None:
        if seen is not None and seen != (found := find(program.existing(), reference)).version:
            raise stale(found.history, reference, seen)
        by = By(actor_or_user(actor), program.time_of_act(at))
        do(program, by, reference, command(**given), as_json)

    run.__name__ = command.__name__
    run.__doc__ = command.__doc__
    own = getattr(command, "__click_params__", [])
    run.__click_params__ = [  # type: ignore[attr-defined]  # click reads it from its end: REF stands first
        *(x for x in own if isinstance(x, click.Argument)),
        *getattr(run, "__click_params__", []),
        *(x for x in own if isinstance(x, click.Option)),
    ]
    return run


Decides = Callable[[Case, By, Program], Event | tuple[Event, ...]]


def acting(command: Callable[..., Decides]) -> Callable[..., None]:
    """A command that acts on one case: the act itself, and what it moved."""

    def do(program: Program, by: By, reference: str, decide: Decides, as_json: bool) -> None:
        landlord = program.settings.landlord
        moved = act(
            program.existing(),
            reference,
            landlord,
            by.at,
            lambda x: decide(as_it_was(x, program), by, program),
        )
        show_moved(moved, as_json)

    return on_a_case(command, do)


def as_it_was(case: Case, program: Program) -> Case:
    """The case, if no person acted on it since this command began. Raises StaleView: two acted at once."""
    if program.began is None:
        return case
    seen = [x for x in case.history if x.recorded_at is None or x.recorded_at < program.began]
    if any(x.actor != MACHINE for x in case.history[len(seen) :]):
        raise stale(case.history, case.reference, len(seen))
    return case


def foreseeing(command: Callable[..., Decides]) -> Callable[..., None]:
    """As `acting`, for an act that moves a date: what it moves is shown before it is saved.

    One that is early or late is asked about, unless --yes is given; --dry-run saves nothing.
    """

    def chosen(yes: bool, dry_run: bool, **given: object) -> tuple[Decides, bool, bool]:
        return command(**given), yes, dry_run

    chosen.__name__, chosen.__doc__ = command.__name__, command.__doc__
    chosen.__click_params__ = list(getattr(command, "__click_params__", []))  # type: ignore[attr-defined]
    with_yes = click.option(
        "--yes",
        is_flag=True,
        help="Save it without asking, also when it is early or late. Where there is no terminal to ask on, a line of "
        "standard input is the answer; with none (cron), or with --json, it is saved.",
    )
    with_dry = click.option("--dry-run", is_flag=True, help="Only show what it would move.")

    def do(
        program: Program, by: By, reference: str, given: tuple[Decides, bool, bool], as_json: bool
    ) -> None:
        decide, yes, dry_run = given
        db, landlord = program.existing(), program.settings.landlord

        def decided(case: Case) -> Event | tuple[Event, ...]:
            return decide(as_it_was(case, program), by, program)

        ahead = foresee(db, reference, landlord, by.at, decided)
        if dry_run and as_json:
            print_json({**moved_json(ahead), "saved": False})
            return
        if not as_json:
            click.echo(harmless("\n".join(effect(ahead) or ["No date moves."])))
        if dry_run:
            click.echo("Nothing was saved.")
            return
        if not (yes or as_json) and out_of_step(ahead):
            ask_to_save()
        show_moved(
            act(db, reference, landlord, by.at, decided, version=ahead.before.version), as_json, said=True
        )

    return on_a_case(with_yes(with_dry(chosen)), do)


def ask_to_save() -> None:
    """Go on only where nobody says no: without a terminal a line of standard input is the answer, none is no answer.

    What is recorded has been sent already, so nobody there to ask leaves it on record. Raises Refused, click.Abort.
    """
    if at_a_terminal():
        click.confirm("Save it?", abort=True)
        return
    answer = sys.stdin.readline() if sys.stdin else ""
    if answer and answer.strip().casefold() not in ("y", "yes"):
        raise Refused(
            "Nothing was saved: the answer on standard input was not yes. --yes saves without asking."
        )


def at_a_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def out_of_step(ahead: Moved) -> bool:
    """Whether an acknowledgement is early or late, or a notice of extension late."""
    return any(
        bool(ahead.remarks) if x.kind is Kind.ACKNOWLEDGED else x.kind is Kind.EXTENDED and x.data["late"]
        for x in ahead.events
    )


def moved_json(moved: Moved) -> dict[str, object]:
    """How the case stands after an act, as JSON."""
    return {
        "reference": moved.after.reference,
        "label": moved.after.label.value,
        "was": moved.before.label.value,
        "due": moved.due_after.due.isoformat() if moved.due_after else None,
        "was_due": moved.due_before.due.isoformat() if moved.due_before else None,
        "version": moved.after.version,
        "remarks": list(moved.remarks),
    }


def effect(moved: Moved) -> list[str]:
    """Which date an act moves, and what has to be said with it."""
    lines = list(moved.remarks)
    if moved.due_before != moved.due_after:
        before = act_words(moved.due_before) if moved.due_before else "nothing was due"
        after = act_words(moved.due_after) if moved.due_after else "nothing is due"
        lines.insert(0, f"Before: {before}. Now: {after}.")
    return lines


def show_moved(moved: Moved, as_json: bool, *, said: bool = False) -> None:
    """Say how the case stands after an act, and (unless that was `said` before) which date it moved."""
    if as_json:
        print_json(moved_json(moved))
        return
    click.echo(headline(moved.after, moved.due_after))
    if kept := flagged(moved.after):
        click.echo(harmless(f"Flagged: {kept}"))
    for event in moved.events:
        if said_back(event):
            words = told(event)
            for remark in moved.remarks:  # a notice that came late is said with it, and stands among them
                words = words.removesuffix(remark).strip()
            click.echo(harmless(words))
    for line in [] if said else effect(moved):
        click.echo(harmless(line))
