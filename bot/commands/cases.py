"""putright cases: lists of cases with filters."""

from datetime import datetime, timedelta

import click

from putright.bot.program import Program, at_option, json_option, pass_program, print_json, time_of
from putright.bot.terminal import case_table, row_json
from putright.cases.labels import Flag, Label, ServiceArea
from putright.cases.working_days import local_day
from putright.storage import cases as stored
from putright.storage.cases import Filter


@click.command()
@click.option("--label", type=click.Choice([x.value for x in Label]), help="Only this label.")
@click.option("--area", type=click.Choice([x.value for x in ServiceArea]), help="Only this service area.")
@click.option("--stage", type=click.IntRange(1, 2), help="Only complaints at this stage.")
@click.option("--handler", metavar="NAME", help="Only those with this person.")
@click.option("--overdue", is_flag=True, help="Only those past a due date.")
@click.option(
    "--due-within", type=click.IntRange(0, 3650), metavar="N", help="Due in the next N days, today included."
)
@click.option("--unassigned", is_flag=True, help="Only those nobody has.")
@click.option("--review", is_flag=True, help="Only those a person has to say what they are.")
@click.option("--hazard", is_flag=True, help="Only those with a possible hazard.")
@click.option("--closed", is_flag=True, help="The closed ones instead of the open.")
@at_option
@json_option
@pass_program
def cases(
    program: Program,
    label: str | None,
    area: str | None,
    stage: int | None,
    handler: str | None,
    overdue: bool,
    due_within: int | None,
    unassigned: bool,
    review: bool,
    hazard: bool,
    closed: bool,
    at: datetime | None,
    as_json: bool,
) -> None:
    """List open cases of every label, the soonest due first."""
    today = local_day(time_of(at))
    rows = stored.listing(
        program.existing(),
        Filter(
            label=Label(label) if label else None,
            area=ServiceArea(area) if area else None,
            stage=stage,
            handler=handler,
            overdue_on=today if overdue else None,
            due_from=today if due_within is not None else None,
            due_until=today + timedelta(days=due_within) if due_within is not None else None,
            unassigned=unassigned,
            review=review,
            closed=closed,
        ),
    )
    if hazard:
        rows = [x for x in rows if {Flag.HAZARD_EMERGENCY, Flag.HAZARD_SIGNIFICANT} & set(x.flags)]
    if as_json:
        print_json([row_json(row) for row in rows])
    elif not rows:
        click.echo("No case fits.")
    else:
        click.echo(case_table(rows))
        if any(row.provisional for row in rows):
            click.echo("* provisional: nobody has acknowledged yet, counted from the last day for that")
