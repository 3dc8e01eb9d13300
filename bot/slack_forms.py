"""What each modal about a case shows, and the act that it does. The rules of cases/ decide."""

import re
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date, timedelta
from typing import Any

from putright.bot import slack_offers, slack_views
from putright.bot.slack_desk import CaseDesk
from putright.bot.slack_views import View
from putright.bot.slack_words import in_slack
from putright.cases import acts
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.deadlines import Deadline
from putright.cases.errors import Refused
from putright.cases.events import Event
from putright.cases.labels import Label
from putright.cases.life.confining import REVIEW_DAYS
from putright.cases.limits import Clock, extension
from putright.cases.record import Item, record
from putright.cases.records.assessment import ASSESS
from putright.cases.records.promises import ACTS as PROMISES
from putright.cases.records.promises import open_promises
from putright.cases.working_days import Calendar, in_words
from putright.storage.confined import hidden
from putright.triage import joins
from putright.triage.eyes import Eyes, Role
from putright.triage.landlord import Landlord
from putright.triage.posts import act_words, late_words
from putright.triage.redrawn import next_acts
from putright.triage.review import labelled
from putright.triage.updates import hears_next

Values = Mapping[str, Any]


def _lines(text: Any) -> list[str]:
    return [line.strip(" •-\t") for line in str(text or "").splitlines() if line.strip(" •-\t")]


def _change(case: Case, by: By, given: Values, landlord: Landlord) -> Event:
    reason = str(given.get("reason") or "")
    return labelled(case, by, Label(given["label"]), reason, drawn=given["of_what"] == "drawn")


def _extend(case: Case, by: By, given: Values, landlord: Landlord) -> Event:
    days = str(given["days"]).strip()
    if not re.fullmatch(r"\d{1,3}", days):
        raise Refused("Give the working days as a number, such as 10.")
    good = "good_reason" in (given.get("good_reason") or ())
    heard = hears_next(case, landlord, by.today)
    return acts.extend(
        case, by, landlord.calendar, int(days), str(given["reason"] or ""), good, next_update=heard
    )


def _acknowledge(case: Case, by: By, given: Values, landlord: Landlord) -> Event | tuple[Event, ...]:
    day = _a_day(given["day"])
    if not given.get("complexity"):
        return acts.acknowledge(case, by, day)
    return acts.in_turn(case, lambda x: record(ASSESS, x, by, given), lambda x: acts.acknowledge(x, by, day))


def _done_of(case: Case, by: By, given: Values, landlord: Landlord) -> Event:
    kind, _, number = str(given["promise"] or "").partition(":")
    act = {x.kind.value: x for x in PROMISES}[kind]
    return record(act, case, by, {"done": int(number), "evidence": given["evidence"]})


def _assign(case: Case, by: By, given: Values, landlord: Landlord) -> Event:
    """A name that the settings do not know is taken only where whoever types it says that it is somebody new."""
    name = str(given["handler"] or "").strip()
    known = sorted({*landlord.people.values(), *landlord.teams})
    if landlord.people and name and name not in {*known, by.actor, case.handler} and not given.get("new"):
        raise Refused(
            f"I know nobody called {name}. Known handlers: {', '.join(known)}. Tick the box if it is somebody new."
        )
    return acts.assign(case, by, name)


def _confine(case: Case, by: By, given: Values, landlord: Landlord) -> Event:
    to = [x.strip() for x in re.split(r"[,\n]", str(given.get("to") or "")) if x.strip()]
    named = [landlord.people.get(x, x) for x in to]
    return acts.confine(case, by, named, str(given["reason"] or ""), _a_day(given["day"]))


def _respond(case: Case, by: By, given: Values, _: Landlord) -> Event | tuple[Event, ...]:
    """The response that was sent on a day, or that staff's mail was."""
    outcome, reasons = str(given["outcome"] or ""), _lines(given["reasons"])
    impact = str(given.get("impact") or "")
    if given["of_what"]:
        return joins.accepted_as_response(case, by, int(given["of_what"]), outcome, reasons, impact)
    return acts.respond(case, by, outcome, reasons, _a_day(given["day"]), impact=impact)


def _a_day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None


SUBMITTED: dict[str, tuple[str, Callable[[Case, By, Values, Landlord], Event | tuple[Event, ...]]]] = {
    "change": ("reason", _change),
    "define": ("points", lambda c, by, g, _: acts.define(c, by, _lines(g["points"]), _lines(g["outcomes"]))),
    "acknowledge": ("day", _acknowledge),
    "extend": ("days", _extend),
    "assign": ("handler", _assign),
    "respond": ("reasons", _respond),
    "done": ("evidence", _done_of),
    "decline": (
        "reason",
        lambda c, by, g, _: joins.declined(c, by, int(g["of_what"]), str(g["reason"] or "")),
    ),
    "escalate": (
        "day",
        lambda c, by, g, _: acts.escalate(c, by, _a_day(g["day"]), str(g.get("reason") or "")),
    ),
    "confine": ("reason", _confine),
    "unconfine": ("reason", lambda c, by, g, _: acts.unconfine(c, by, str(g["reason"] or ""))),
}
"""Each modal's act, and the field at which its refusal is shown."""


FOR_LEADS = ("confine", "unconfine")
"""The acts that take a lead."""


def opened(desk: CaseDesk, name: str, reference: str, user: str, eyes: Eyes) -> View:
    case, message, reading = desk.seen(reference, eyes)
    today = desk.by(user).today
    match name:
        case "why":
            return slack_views.why(case, reading, message)
        case "change":
            return slack_views.change(case, reading, message)
        case "define":
            return slack_views.define(case, message, reading)
        case "acknowledge":
            return slack_views.acknowledge(case, today)
        case "extend":
            return slack_views.extend(case, _room_to_extend(case, desk.landlord, today))
        case "assign":
            return slack_views.assign(case, desk.name_of(user))
        case "respond":
            return slack_views.respond(case, today)
        case "escalate":
            return slack_views.escalate(case, today)
        case "done":
            if not open_promises(case):
                raise Refused(f"Nothing that was promised on {reference} is open any more.")
            return slack_views.done(case, [_promised(x) for x in open_promises(case)])
        case "confine":
            return slack_views.confine(case, today + timedelta(days=REVIEW_DAYS))
        case "unconfine":
            return slack_views.unconfine(case)
    calendar = desk.landlord.calendar
    late_on = None if case.closed else today
    dates = [_dated(x, calendar, late_on) for x in case.deadlines(calendar, desk.landlord.targets)]
    due = case.next_due(calendar, desk.landlord.targets)
    sleeps = ("snooze",) if due and (due.due > today or _own_missed(due, today)) else ()
    closes = ("unconfine" if case.confined else "confine",) if eyes.role is Role.LEAD else ()
    view = slack_views.details(case, message, dates, (*next_acts(case), *sleeps, *closes))
    with closing(desk.open_db()) as db:
        unseen = hidden(db, eyes.seen_by)
    view["blocks"] += slack_offers.open_offers(case, unseen)
    return view


def _promised(item: Item) -> tuple[str, str]:
    """A promise as the value and the words of an option."""
    by = f" (by {in_words(item.due)})" if item.due else ""
    return f"{item.begun.kind.value}:{item.number}", f"{item.number}. {item.data['what']}{by}"


def at_a_field(sentence: str) -> str:
    """A refusal as it stands below a field: without the options of the terminal that it names."""
    sentence = re.sub(r"Add +--good-reason +if", "Tick the box below if", in_slack(sentence))
    sentence = re.sub(r',? with "because …"', "", sentence)
    return re.sub(r""":?,? (?:with )?--[a-z-]+(?: (?:"[^"]*"|[\d-]+|N|DATE))?""", "", sentence)


OPENS = (
    "why",
    "change",
    "define",
    "acknowledge",
    "extend",
    "assign",
    "respond",
    "escalate",
    "done",
    "open",
    *FOR_LEADS,
)


def _own_missed(due: Deadline, today: date) -> bool:
    """Whether only the landlord's own target was missed, of which a reminder can be put off."""
    return due.due < today and not due.of_the_code


def _dated(due: Deadline, calendar: Calendar, late_on: date | None) -> str:
    """A date with when it was kept, or how late it is on a day."""
    done = f" (done {in_words(due.done)})" if due.done else ""
    late = late_words(due, late_on, calendar) if late_on else ""
    return f"{act_words(due)}{done}{late and f'. {late[0].upper()}{late[1:]}'}"


def _room_to_extend(case: Case, landlord: Landlord, today: date) -> str:
    clock = Clock.STAGE_2_RESPONSE if case.stage == 2 else Clock.STAGE_1_RESPONSE
    due = next((x for x in case.deadlines(landlord.calendar, {}) if x.clock is clock), None)
    if due is None:
        return "There is no response date to extend yet."
    rule = extension(clock, today)
    late = (
        " It has passed: an extension now is recorded as late and moves nothing." if today > due.due else ""
    )
    left = max(rule.days - case.at_stage(case.stage).extended, 0)
    furthest = in_words(landlord.calendar.add(due.due, left)) if left else in_words(due.due)
    return (
        f"The response is due by {in_words(due.due)}.{late} Up to {left} more working days, to {furthest}, are usual "
        f"(Code {rule.paragraph}). Tell the resident why, the new date, and how to reach the Ombudsman."
    )
