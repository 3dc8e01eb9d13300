"""What the Home tab shows: mine, due, unassigned, waiting for review, and what else needs a person."""

from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from putright.bot.slack_views import ROWS_ON_HOME, View, home
from putright.cases.working_days import local_day
from putright.storage import cases, intake, looks
from putright.storage.cases import Filter
from putright.triage.landlord import Landlord
from putright.triage.looks import last_good_look
from putright.triage.remind import SOON_WORKING_DAYS

TABS = (("mine", "Mine"), ("due", "Due"), ("unassigned", "Unassigned"), ("review", "To review"))


def home_view(db: Database, landlord: Landlord, name: str, tab: str, page: int, now: datetime) -> View:
    """One page of one tab, the soonest due first; a tab or page that is no more shows the nearest there is."""
    tab = tab if tab in dict(TABS) else "mine"
    which = _which(db, landlord, name, tab, now)
    number, _ = cases.count(db, which)
    overdue, _ = cases.count(db, replace(which, overdue_on=local_day(now)))
    page = max(0, min(page, (number - 1) // ROWS_ON_HOME))
    rows = cases.listing(db, which, ROWS_ON_HOME, page * ROWS_ON_HOME)
    return home(tab, TABS, _heading(tab, number, overdue), rows, page, number, _footer(db))


def _which(db: Database, landlord: Landlord, name: str, tab: str, now: datetime) -> Filter:
    match tab:
        case "due":
            return Filter(due_until=landlord.calendar.add(local_day(now), SOON_WORKING_DAYS))
        case "unassigned":
            return Filter(unassigned=True)
        case "review":
            return Filter(review=True)
    return Filter(handlers=(name,))


def _heading(tab: str, number: int, overdue: int) -> str:
    breach = f", {overdue} overdue" if overdue else ""
    words = {
        "mine": "Your open cases",
        "due": f"Overdue and due within {SOON_WORKING_DAYS} working days",
        "unassigned": "Nobody has taken these",
        "review": "Please say what these are",
    }[tab]
    return f"{words}: {number}{breach}" if number else f"{words}: none"


def _footer(db: Database) -> list[str]:
    held = [item.state for item in intake.parked(db)]
    parked, failed = held.count("parked"), held.count("quarantined")
    return [
        f"Parked as automatic mail: {parked}. Could not be read: {failed}. `putright parked` lists them.",
        *(f"Mail, {look.account}: {last_good_look(look)}" for look in looks.every(db)),
        "Ask me anything about your cases:  /case help",
    ]
