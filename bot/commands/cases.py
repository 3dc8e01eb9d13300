"""putright cases: lists of cases with filters."""

from datetime import date, datetime, timedelta

import click
from sqlite_utils import Database

from putright.bot.program import Program, at_option, json_option, pass_program, print_json, time_of
from putright.bot.roles import as_eyes_option, eyes_of
from putright.bot.terminal import case_table, harmless, row_json
from putright.cases.duties import Owed
from putright.cases.labels import Label, ServiceArea
from putright.cases.working_days import local_day
from putright.storage import cases as stored
from putright.storage.cases import Filter, Row, open_offers
from putright.triage.own_targets import missed_words, requests_missed
from putright.triage.posts import offer_words
from putright.triage.promised import overdue_hazards, overdue_words
from putright.triage.slack_names import in_row, known
from putright.triage.updates import silent

OWED = {
    "missing_choice": Owed.CHOICE,
    "updates_due": Owed.UPDATE,
    "actions": Owed.ACTION,
    "remedies_overdue": Owed.REMEDY,
    "orders_overdue": Owed.ORDER,
    "restrictions_due": Owed.RESTRICTION,
    "adjustments_due": Owed.ADJUSTMENT,
    "confinements_due": Owed.CONFINEMENT,
    "flags_due": Owed.FLAG,
    "learning_due": Owed.LEARNING,
}
"""The filter of each duty."""
PAGE = 50
"""Cases that are shown at once on a terminal."""


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
@click.option("--hazard", is_flag=True, help="Only those with a hazard, possible or assessed.")
@click.option("--missing-choice", is_flag=True, help="Only those without a choice to complain given (1.3).")
@click.option(
    "--updates-due",
    is_flag=True,
    help="Only those with an update due by today, or late and never updated (5.9).",
)
@click.option("--actions", is_flag=True, help="Only those with an action promised and not done (6.6).")
@click.option("--remedies-overdue", is_flag=True, help="Only those with a remedy past its day (7.3).")
@click.option(
    "--orders-overdue", is_flag=True, help="Only those with an Ombudsman's order past its day (9.7)."
)
@click.option("--restrictions-due", is_flag=True, help="Only those with a restriction to be reviewed (5.14).")
@click.option("--adjustments-due", is_flag=True, help="Only those with an adjustment to be reviewed (5.10).")
@click.option("--flags-due", is_flag=True, help="Only those with a flag to be reviewed (5.10).")
@click.option(
    "--confinements-due", is_flag=True, help="Only those of which who may see them is to be reviewed (5.8)."
)
@click.option(
    "--learning-due", is_flag=True, help="Only those answered without learning recorded, or due (9.1)."
)
@click.option("--team", metavar="NAME", help="With the above: only what this person or team does.")
@click.option("--confined", is_flag=True, help="Only those that not everybody may see.")
@click.option("--closed", is_flag=True, help="The closed ones instead of the open.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=None,
    metavar="N",
    help=f"So many a page; 0 shows all. {PAGE} if left out; all with --json.",
)
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True, help="Which page.")
@as_eyes_option
@at_option
@json_option
@pass_program
def cases(
    program: Program,
    /,
    label: str | None,
    area: str | None,
    stage: int | None,
    handler: str | None,
    overdue: bool,
    due_within: int | None,
    unassigned: bool,
    review: bool,
    hazard: bool,
    team: str | None,
    confined: bool,
    closed: bool,
    actor: str | None,
    limit: int | None,
    page: int,
    at: datetime | None,
    as_json: bool,
    **owed: bool,
) -> None:
    """List open cases of every label, the soonest due first.

    Promises, reviews, orders and learning are listed on closed cases too.
    """
    today = local_day(time_of(at))
    asked = tuple(OWED[x] for x, wanted in owed.items() if wanted)
    if len(asked) > 1:
        raise click.UsageError("Ask for one kind of duty at a time.")
    db = program.timed()
    landlord = program.settings.landlord
    eyes = eyes_of(program.settings, actor)
    late = overdue_hazards(db, landlord, time_of(at), eyes) if overdue else ()
    which = Filter(
        label=Label(label) if label else None,
        area=ServiceArea(area) if area else None,
        stage=stage,
        handler=handler,
        overdue_on=today if overdue else None,
        due_from=today if due_within is not None else None,
        due_until=today + timedelta(days=due_within) if due_within is not None else None,
        unassigned=unassigned,
        review=review,
        closed=closed or (None if asked or team else False),
        owed=asked,
        owed_before=_before(asked[0], today) if asked else None,
        silent=silent(landlord.calendar, today) if asked == (Owed.UPDATE,) else None,
        team=team,
        hazard=hazard,
        confined=confined,
        seen_by=eyes.seen_by,
        also_overdue=tuple(x.reference for x in late),
    )
    size = (0 if as_json else PAGE) if limit is None else limit
    rows = stored.listing(db, which, size or None, (page - 1) * size)
    if as_json:
        print_json([row_json(row) for row in rows])
    elif not rows:
        click.echo("No case fits." if page == 1 else "No case stands on that page.")
    else:
        names = known(db, program.settings.landlord)
        click.echo(case_table([in_row(x, names) for x in rows]))
        requests = missed_words(requests_missed(db, which, landlord))
        for line in (*_below(db, rows), *requests, *overdue_words(late, rows)):
            click.echo(harmless(line))
        if any(row.provisional for row in rows):
            click.echo("* provisional: nobody has acknowledged yet, counted from the last day for that")
        if len(rows) == size and (more := stored.count(db, which)[0] - page * size) > 0:
            click.echo(f"… and {more} more: --page {page + 1} shows the next, --limit 0 all.")


def _before(owed: Owed, today: date) -> date | None:
    """Overdue is before today; what is merely due, today too; actions are listed whatever their day."""
    if owed is Owed.ACTION:
        return None
    return today if owed in (Owed.REMEDY, Owed.ORDER) else today + timedelta(days=1)


def _below(db: Database, rows: list[Row]) -> list[str]:
    """What the table has no room for: who was chased, and what waits to be accepted or declined."""
    shown = [row.reference for row in rows]
    chased = [f"{x.reference} ({x.chased})" for x in rows if x.chased]
    lines = [f"{reference} {offer_words(x)}" for reference, x in open_offers(db, of=shown)]
    return [*([f"chased by the resident: {', '.join(chased)}"] if chased else []), *lines]
