"""putright clock: every due date of the Code, or of the landlord's own for a service request, with its working."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

import click

from putright.bot.program import DAY, MOMENT, Program, json_option, pass_program, print_json
from putright.bot.terminal import deadline_json
from putright.cases.deadlines import Deadline, Milestones, deadlines, service_request
from putright.cases.errors import Refused
from putright.cases.hazards import SOURCE, Hazard, HazardDeadline, hazard_deadlines
from putright.cases.limits import LOOSEST_TARGET, Clock, extension
from putright.cases.working_days import Calendar, CountedDay, in_words, in_working_days, local_day
from putright.triage.posts import ACTS, OWN


@click.command()
@click.option(
    "--received", type=MOMENT, help="When the complaint reached anyone at the landlord (Code 1.2, 3.2)."
)
@click.option("--acknowledged", type=DAY, help="When the acknowledgement with its definition was sent (6.2).")
@click.option("--responded", type=DAY, help="When the stage 1 response was sent (6.3).")
@click.option(
    "--extended", type=click.IntRange(min=0), default=0, help="Working days added to stage 1 (6.4)."
)
@click.option("--escalated", type=DAY, help="When the resident asked for stage 2 (6.11).")
@click.option("--stage2-acknowledged", type=DAY, help="When stage 2 was acknowledged (6.11).")
@click.option("--stage2-responded", type=DAY, help="When the final response was sent (6.14).")
@click.option(
    "--stage2-extended", type=click.IntRange(min=0), default=0, help="Working days added to stage 2 (6.15)."
)
@click.option(
    "--target",
    type=click.IntRange(1, LOOSEST_TARGET),
    help="Your own target in working days, for the acknowledgement or with --service-request for that.",
)
@click.option(
    "--service-request", "request", is_flag=True, help="Your own target for a service request instead."
)
@click.option("--closed", type=DAY, help="With --service-request: when it was done and the resident told.")
@click.option(
    "--hazard", type=click.Choice([x.value for x in Hazard]), help="Awaab's Law instead of the Code."
)
@click.option("--aware", type=MOMENT, help="With --hazard: when anyone acting for the landlord became aware.")
@click.option("--investigated", type=DAY, help="With --hazard: when the investigation concluded.")
@json_option
@pass_program
def clock(
    program: Program,
    received: datetime | None,
    acknowledged: date | None,
    responded: date | None,
    extended: int,
    escalated: date | None,
    stage2_acknowledged: date | None,
    stage2_responded: date | None,
    stage2_extended: int,
    target: int | None,
    request: bool,
    closed: date | None,
    hazard: str | None,
    aware: datetime | None,
    investigated: date | None,
    as_json: bool,
) -> None:
    """Work out due dates and show the working, day by day.

    \b
    putright clock --received 2026-12-24
    putright clock --received 2024-03-28 --acknowledged 2024-04-02
    putright clock --service-request --target 3 --received 2026-11-20
    putright clock --hazard significant --aware 2026-11-20
    """
    landlord = program.settings.landlord
    if hazard:
        if aware is None:
            raise click.UsageError("With --hazard, say when the landlord became aware: --aware 2026-11-20.")
        _show_hazard(Hazard(hazard), aware, investigated, landlord.calendar, as_json)
        return
    if received is None:
        what = "service request" if request else "complaint"
        raise click.UsageError(f"Say when the {what} was received: --received 2026-11-20.")
    if closed and not request:
        raise click.UsageError("--closed belongs to --service-request: a complaint is answered, --responded.")
    milestones = Milestones(
        received=local_day(received),
        acknowledged=acknowledged,
        responded=responded,
        extended=extended,
        escalated=escalated,
        stage_2_acknowledged=stage2_acknowledged,
        stage_2_responded=stage2_responded,
        stage_2_extended=stage2_extended,
    )
    _check(milestones)
    own = Clock.SERVICE_REQUEST if request else Clock.STAGE_1_ACKNOWLEDGEMENT
    targets = {**landlord.targets, **({own: target} if target else {})}
    if request:
        _check_request(milestones, closed, targets)
        found = service_request(milestones.received, closed, landlord.calendar, targets)
    else:
        found = deadlines(milestones, landlord.calendar, targets)
    if as_json:
        print_json(
            {
                "received": milestones.received.isoformat(),
                "due": {x.clock.value: x.due.isoformat() for x in found},
                "deadlines": [deadline_json(x) for x in found],
            }
        )
        return
    click.echo(f"Received {in_words(milestones.received)} (day 0)\n")
    click.echo("\n\n".join(_shown(x, landlord.calendar) for x in found))


def _check(given: Milestones) -> None:
    """Refuse what cannot have happened so; which date may stand before which, `deadlines` knows."""
    if given.escalated and given.responded and given.escalated < given.responded:
        raise Refused(
            f"Stage 2 asked for on {in_words(given.escalated)} cannot be before the stage 1 response on "
            f"{in_words(given.responded)}: what the resident sends before it is a chaser. Check the two dates.",
            "6.10",
        )
    if given.responded and not given.acknowledged and given.received >= ACKNOWLEDGED_FIRST:
        raise Refused(
            "The stage 1 response is counted from the acknowledgement: say when that was sent, --acknowledged.",
            "6.3",
        )
    if (
        given.stage_2_responded
        and not given.stage_2_acknowledged
        and given.stage_2_responded >= ACKNOWLEDGED_FIRST
    ):
        raise Refused(
            "The final response is counted from the stage 2 acknowledgement: say when that was sent, "
            "--stage2-acknowledged.",
            "6.14",
        )
    if given.stage_2_extended and not (given.escalated or given.stage_2_acknowledged):
        raise Refused("There is no stage 2 to extend: say when it was asked for, --escalated.", "6.15")


def _check_request(given: Milestones, closed: date | None, targets: Mapping[Clock, int]) -> None:
    """Refuse what a service request does not have."""
    if given != Milestones(given.received):
        raise click.UsageError(
            "A service request has no stages: with --service-request say --received and --closed."
        )
    if Clock.SERVICE_REQUEST not in targets:
        raise click.UsageError(
            "The Code has no limit for service requests, and you have set none: give --target 3, or in the settings "
            "[targets] service_request = 3."
        )
    if closed and closed < given.received:
        raise Refused(
            f"Closed on {in_words(closed)} cannot be before received on {in_words(given.received)}: check the two "
            "dates."
        )


ACKNOWLEDGED_FIRST = date(2024, 4, 1)
"""From this day on responses are counted from the acknowledgement (6.3, 6.14)."""


def _shown(due: Deadline, calendar: Calendar) -> str:
    head = f"{ACTS[due.clock.value].capitalize()} {in_words(due.due)}"
    whose = f"Code {due.cited}"
    lines = [f"{head}   ({whose if due.of_the_code else f'{OWN}; the Code has no limit'})"]
    lines.append(f"  {due.limit} from {due.starts.words}, {in_words(due.start)}")
    if due.extended_by:
        lines.append(
            f"  was due {in_words(due.due_before_extension)}; extended by {due.extended_by} working days"
        )
    if due.needs_good_reason and due.may_extend_to:
        lines.append(
            f"  WARNING: beyond {in_words(due.may_extend_to)} an extension needs a good reason, given by a named "
            f"person (Code {extension(due.clock, due.due_before_extension).cited})"
        )
    if due.provisional:
        lines.append(f"  provisional: {due.provisional}")
    elif due.backstop and due.backstop != due.due_before_extension:
        lines.append(
            f"  counted from {due.backstop_from.words} with both limits it would be {in_words(due.backstop)} (backstop)"
        )
    if due.may_extend_to and not due.extended_by:
        lines.append(f"  can be extended to {in_words(due.may_extend_to)} with a reason told in writing")
    if due.target and due.target_days and due.of_the_code:
        lines.append(f"  {OWN}: {in_words(due.target)} ({in_working_days(due.target_days)})")
    if due.done:
        kept = [f"code={'met' if due.met else 'miss'}"] if due.of_the_code else []
        if due.target is not None:
            kept.insert(0, f"target={'met' if due.target_met else 'miss'}")
        lines.append(f"  done {in_words(due.done)}: {' '.join(kept)}")
    lines += _days(due.working)
    if due.due >= calendar.computed_from:
        lines.append(
            f"  bank holidays from {in_words(calendar.computed_from)} on are computed, not yet published"
        )
    return "\n".join(lines)


def _days(working: Iterable[CountedDay]) -> list[str]:
    return [
        f"    {in_words(x.day):<16} {f'day {x.number}' if x.number else 'not counted: ' + x.why}"
        for x in working
    ]


def _show_hazard(
    kind: Hazard, aware: datetime, investigated: date | None, calendar: Calendar, as_json: bool
) -> None:
    found = hazard_deadlines(kind, aware.astimezone(UTC), calendar, investigated)
    if as_json:
        print_json(
            {
                "hazard": kind.value,
                "aware": aware.isoformat(),
                "source": SOURCE,
                "deadlines": [
                    {
                        "duty": x.duty,
                        "limit": x.limit,
                        "start": x.start.isoformat(),
                        "due": x.due.isoformat(),
                    }
                    for x in found
                ],
            }
        )
        return
    click.echo(f"Awaab's Law, {kind.value} hazard ({SOURCE})\n")
    for x in found:
        click.echo(f"{x.duty[0].upper()}{x.duty[1:]}: by {_moment(x)}  ({x.limit})")
        for line in _days(x.working):
            click.echo(line)


def _moment(x: HazardDeadline) -> str:
    if isinstance(x.due, datetime):
        return f"{in_words(x.due.date())} {x.due:%H:%M}"
    return in_words(x.due)
