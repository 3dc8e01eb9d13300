"""What the Home tab shows: mine, due, unassigned, waiting for review, and what else needs a person."""

from datetime import datetime

from sqlite_utils import Database

from putright.bot.slack_views import ROWS_ON_HOME, View, home
from putright.cases.working_days import local_day
from putright.storage import cases, intake, looks
from putright.storage.cases import Filter, Row
from putright.triage.landlord import Landlord
from putright.triage.looks import last_good_look
from putright.triage.remind import SOON_WORKING_DAYS

TABS = (("mine", "Mine"), ("due", "Due"), ("unassigned", "Unassigned"), ("review", "To review"))


def home_view(db: Database, landlord: Landlord, name: str, tab: str, page: int, now: datetime) -> View:
    """One page of one tab, the soonest due first; a tab or page that is no more shows the nearest there is."""
    tab = tab if tab in dict(TABS) else "mine"
    rows = _rows(db, landlord, name, tab, now)
    page = max(0, min(page, (len(rows) - 1) // ROWS_ON_HOME))
    return home(tab, TABS, _heading(tab, rows, now), rows, page, _footer(db))


def _rows(db: Database, landlord: Landlord, name: str, tab: str, now: datetime) -> list[Row]:
    rows = cases.listing(db, Filter())
    match tab:
        case "due":
            until = landlord.calendar.add(local_day(now), SOON_WORKING_DAYS)
            return [x for x in rows if x.next_due and x.next_due <= until]
        case "unassigned":
            return [x for x in rows if not x.handler]
        case "review":
            return [x for x in rows if x.unconfirmed]
    return [x for x in rows if x.handler.casefold() == name.casefold()]


def _heading(tab: str, rows: list[Row], now: datetime) -> str:
    overdue = sum(1 for x in rows if x.next_due and x.next_due < local_day(now))
    breach = f", {overdue} overdue" if overdue else ""
    words = {
        "mine": "Your open cases",
        "due": f"Overdue and due within {SOON_WORKING_DAYS} working days",
        "unassigned": "Nobody has taken these",
        "review": "Please say what these are",
    }[tab]
    return f"{words}: {len(rows)}{breach}" if rows else f"{words}: none"


def _footer(db: Database) -> list[str]:
    held = [item.state for item in intake.parked(db)]
    parked, failed = held.count("parked"), held.count("quarantined")
    return [
        f"Parked as automatic mail: {parked}. Could not be read: {failed}. `putright parked` lists them.",
        *(f"Mail, {look.account}: {last_good_look(look)}" for look in looks.every(db)),
        "Ask me anything about your cases:  /case help",
    ]
