"""What the Home tab shows: mine, due, unassigned, waiting for review, and what else needs a person."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from putright.bot.slack_blocks import OFFERS, Block, button, escaped, row_line, section, sections, starts
from putright.bot.slack_inputs import plain
from putright.bot.slack_views import View
from putright.cases.working_days import local_day
from putright.storage import cases, intake, looks
from putright.storage.cases import Filter, Row
from putright.triage.eyes import Eyes
from putright.triage.landlord import Landlord
from putright.triage.looks import last_good_look
from putright.triage.own_targets import missed_words, requests_missed
from putright.triage.posts import OWN
from putright.triage.remind import SOON_WORKING_DAYS
from putright.triage.review import disputed
from putright.triage.sample import miss_rate

ROWS_ON_HOME = 15
"""Cases on one page of the Home tab: with their buttons far below Slack's 100 blocks."""
TABS = (("mine", "Mine"), ("due", "Due"), ("unassigned", "Unassigned"), ("review", "To review"))


def home_view(
    db: Database,
    landlord: Landlord,
    name: str,
    tab: str,
    page: int,
    now: datetime,
    eyes: Eyes,
    *,
    leads: bool = True,
) -> View:
    """One page of one tab, the soonest due first; a tab or page that is no more shows the nearest there is. `leads`
    shows the buttons that begin a review.

    What `eyes` may not see is in no list and no number; the governing body sees the numbers alone.
    """
    if eyes.numbers_only:
        return numbers(_numbers(db, landlord, name, now, eyes))
    tab = tab if tab in dict(TABS) else "mine"
    which = _which(landlord, name, tab, now, eyes)
    in_dispute = disputed(db, eyes) if tab == "review" else []
    asking, _ = cases.count(db, which)
    number = asking + len(in_dispute)
    today = local_day(now)
    late = replace(which, overdue_on=today)
    overdue, _ = cases.count(db, late)
    requests = requests_missed(db, late, landlord)
    overdue += sum(1 for x in in_dispute if x.next_due and x.next_due < today)
    page = max(0, min(page, (number - 1) // ROWS_ON_HOME))
    rows = cases.listing(db, which, ROWS_ON_HOME, page * ROWS_ON_HOME)
    first = max(0, page * ROWS_ON_HOME - asking)  # what is in dispute stands below what asks
    rows += in_dispute[first : first + ROWS_ON_HOME - len(rows)]
    footer = [*([str(miss_rate(db))] if tab == "review" and leads else []), *_footer(db)]
    view = home(tab, TABS, _heading(tab, number, overdue, requests), rows, page, number, footer)
    if tab == "review" and leads:
        view["blocks"].insert(2, starts())
    return view


def _which(landlord: Landlord, name: str, tab: str, now: datetime, eyes: Eyes) -> Filter:
    everything = Filter(seen_by=eyes.seen_by)
    match tab:
        case "due":
            until = landlord.calendar.add(local_day(now), SOON_WORKING_DAYS)
            return replace(everything, due_until=until)
        case "unassigned":
            return replace(everything, unassigned=True)
        case "review":
            return replace(everything, review=True)
    return replace(everything, handlers=(name,))


def _numbers(db: Database, landlord: Landlord, name: str, now: datetime, eyes: Eyes) -> list[str]:
    """How many there are of each list, and how many of them are overdue."""
    everything = Filter(seen_by=eyes.seen_by)
    lists = {
        "Open": everything,
        "Overdue": replace(everything, overdue_on=local_day(now)),
        f"Overdue and due within {SOON_WORKING_DAYS} working days": _which(landlord, name, "due", now, eyes),
        "With nobody": _which(landlord, name, "unassigned", now, eyes),
        "At stage 2": replace(everything, stage=2),
    }
    asking = "Ask for numbers, lists and dates:  /case how many complaints this month"
    requests = missed_words(requests_missed(db, lists["Overdue"], landlord))
    return [*(f"{words}: {cases.count(db, which)[0]}" for words, which in lists.items()), *requests, asking]


def _heading(tab: str, number: int, overdue: int, requests: int) -> str:
    own = f" ({requests} by {OWN} alone)" if requests else ""
    breach = f", {overdue} overdue{own}" if overdue else ""
    words = {
        "mine": "Your open cases",
        "due": f"Overdue and due within {SOON_WORKING_DAYS} working days",
        "unassigned": "Nobody has taken these",
        "review": "Please say what these are",
    }[tab]
    return f"{words}: {number}{breach}" if number else f"{words}: none"


def _footer(db: Database) -> list[str]:
    held = intake.held(db)
    counts = f"Parked as automatic mail: {held.parked}. Could not be read: {held.quarantined}."
    return [
        f"{counts} Files not fetched: {held.files}. To see them:  /case parked",
        *(f"Mail, {look.account}: {last_good_look(look)}" for look in looks.every(db)),
        "Ask me anything about your cases:  /case help",
    ]


def home(
    tab: str,
    tabs: Sequence[tuple[str, str]],
    heading: str,
    rows: Sequence[Row],
    page: int,
    number: int,
    footer: Sequence[str],
) -> View:
    """The Home tab: a row of tabs, a page of the `number` of cases with a button each, and what else needs a person."""
    blocks: list[Block] = [
        {
            "type": "actions",
            "elements": [
                {**button(f"home:{name}", words, name), **({"style": "primary"} if name == tab else {})}
                for name, words in tabs
            ],
        },
        {"type": "header", "text": plain(heading[:150])},
    ]
    for row in rows:
        blocks.append(
            {**section(row_line(row)), "accessory": button("case:open", OFFERS["open"], row.reference)}
        )
    turn = []
    if page:
        turn.append(button("home:before", "Back", f"{tab}|{page - 1}"))
    if (page + 1) * ROWS_ON_HOME < number:
        turn.append(button("home:after", "More", f"{tab}|{page + 1}"))
    if turn:
        blocks.append({"type": "actions", "elements": turn})
    blocks.append({"type": "divider"})
    blocks += sections([escaped(x) for x in footer])
    return {"type": "home", "private_metadata": f"{tab}|{page}", "blocks": blocks}


def numbers(lines: Sequence[str]) -> View:
    """The Home tab of the governing body: how much there is, without a case."""
    header: Block = {"type": "header", "text": plain("Complaints in numbers")}
    return {"type": "home", "blocks": [header, *sections([escaped(x) for x in lines])]}
