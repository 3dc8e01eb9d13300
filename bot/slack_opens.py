"""What a button opens on a case: the case itself, why it was read so, all that can be done, or the modal of an act."""

from contextlib import closing
from datetime import date

from putright.bot import slack_offers, slack_views
from putright.bot.slack_desk import CaseDesk
from putright.bot.slack_form import Opening
from putright.bot.slack_forms import FORMS, menu_of
from putright.bot.slack_views import View
from putright.cases.case import Case
from putright.cases.deadlines import Deadline
from putright.cases.errors import Refused
from putright.cases.message import Message
from putright.cases.working_days import Calendar, in_words
from putright.storage.confined import hidden
from putright.triage.eyes import Eyes, Role
from putright.triage.posts import act_words, late_words
from putright.triage.redrawn import next_acts

STAGES = ("acknowledge", "assign", "change", "define", "escalate", "extend", "respond")
"""What is done on an open case; a button for it may be older than the case's end."""
SHOWS = ("why", "open", "more")
"""What only shows something: it changes nothing by itself."""


def opens(name: str) -> bool:
    """Whether a button of that name opens a modal."""
    return name in SHOWS or name in FORMS


def for_leads(name: str) -> bool:
    """Whether the act of that name takes a lead."""
    return name in FORMS and FORMS[name].lead


def opened(desk: CaseDesk, name: str, reference: str, user: str, eyes: Eyes) -> View:
    """The modal of that name on a case as it stands now, with people by name. Raises Refused, DatabaseProblem."""
    view: View = slack_views.with_names(_opened(desk, name, reference, user, eyes), desk.names())
    return view


def _opened(desk: CaseDesk, name: str, reference: str, user: str, eyes: Eyes) -> View:
    case, message, reading = desk.seen(reference, eyes)
    match name:
        case "why":
            return slack_views.why(case, reading, message, desk.later(case))
        case "more":
            return slack_views.more(case, menu_of(case, lead=eyes.role is Role.LEAD))
        case "open":
            return _details(desk, case, message, user, eyes)
    goes_on = name == "escalate" and FORMS[name].wanted(
        case
    )  # an answered complaint is taken to stage 2 closed, too
    if case.closed and name in STAGES and not goes_on:
        raise Refused(f"{reference} is already closed. To go on with it:  putright case reopen {reference}")
    return FORMS[name].view(Opening(case, message, reading, desk.landlord, desk.by(user)))


def _details(desk: CaseDesk, case: Case, message: Message | None, user: str, eyes: Eyes) -> View:
    calendar, today = desk.landlord.calendar, desk.by(user).today
    late_on = None if case.closed else today
    dates = [_dated(x, calendar, late_on) for x in case.deadlines(calendar, desk.landlord.targets)]
    due = case.next_due(calendar, desk.landlord.targets)
    sleeps = ("snooze",) if due and (due.due > today or _own_missed(due, today)) else ()
    closes = ("unconfine" if case.confined else "confine",) if eyes.role is Role.LEAD else ()
    acts = (*next_acts(case), *sleeps, *closes, "more")
    view = slack_views.details(case, message, dates, acts, desk.later(case))
    with closing(desk.open_db()) as db:
        unseen = hidden(db, eyes.seen_by)
    view["blocks"] += slack_offers.open_offers(case, unseen)
    return view


def _own_missed(due: Deadline, today: date) -> bool:
    """Whether only the landlord's own target was missed, of which a reminder can be put off."""
    return due.due < today and not due.of_the_code


def _dated(due: Deadline, calendar: Calendar, late_on: date | None) -> str:
    """A date with when it was kept, or how late it is on a day."""
    done = f" (done {in_words(due.done)})" if due.done else ""
    late = late_words(due, late_on, calendar) if late_on else ""
    return f"{act_words(due)}{done}{late and f'. {late[0].upper()}{late[1:]}'}"
