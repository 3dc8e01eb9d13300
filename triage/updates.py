"""When a resident hears next: at the interval that was agreed, and once the answer is late in any case (5.9)."""

from datetime import date, timedelta

from putright.cases.case import Case
from putright.cases.events import Kind
from putright.cases.limits import Clock, newest_first
from putright.cases.working_days import Calendar
from putright.triage.landlord import Landlord

_RESPONSES = {1: Clock.STAGE_1_RESPONSE, 2: Clock.STAGE_2_RESPONSE}


def next_update(case: Case, landlord: Landlord, day: date, today: date) -> date | None:
    """The next update of a case where `day` is the one before and its date was not said.

    It comes after the interval that was agreed last and not ended by an answer; where the response is overdue or
    extended, else after the landlord's own. None within the Code's times where nothing was agreed. Where that day has
    passed by the time the update is written down, it is `today`.
    """
    found = _after(case, landlord, day)
    return max(found, today) if found else None


def _after(case: Case, landlord: Landlord, day: date) -> date | None:
    if not case.closed and (agreed := agreed_interval(case, since_answer=True)):
        return day + agreed
    stage = case.stage
    if not stage or case.closed or case.at_stage(stage).responded:
        return None
    due = next((x for x in case.deadlines(landlord.calendar, {}) if x.clock is _RESPONSES[stage]), None)
    if due is None or (due.due >= day and not due.extended_by):
        return None
    return hears_next(case, landlord, day)


def hears_next(case: Case, landlord: Landlord, day: date) -> date:
    """The next update where `day` is the one before and no date was agreed."""
    return day + (agreed_interval(case) or timedelta(days=landlord.update_days))


def agreed_interval(case: Case, *, since_answer: bool = False) -> timedelta | None:
    """From one update to the next, as said last with an update or an extension; None where no day was said.

    With `since_answer` what was agreed for the wait for an answer ends with it.
    """
    for event in reversed(case.of(Kind.UPDATED, Kind.EXTENDED, Kind.RESPONDED)):
        if event.kind is Kind.RESPONDED and since_answer:
            return None
        if event.data.get("next"):
            told = event.data["on"] if event.kind is Kind.UPDATED else event.data["day"]
            found = date.fromisoformat(event.data["next"]) - date.fromisoformat(told)
            return found if found > timedelta() else None
    return None


def silent(calendar: Calendar, today: date) -> dict[Clock, date]:
    """For each clock the day before which it was due where the response is overdue today: while nobody has
    acknowledged, the response is counted from the last day for that."""
    found = dict.fromkeys(_RESPONSES.values(), today)
    for stage, acknowledgement in (
        (1, Clock.STAGE_1_ACKNOWLEDGEMENT),
        (2, Clock.STAGE_2_ACKNOWLEDGEMENT),
    ):
        days = next(newest_first(_RESPONSES[stage])).days
        first = today - timedelta(days=2 * days + 14)
        while calendar.add(first, days) < today:
            first += timedelta(days=1)
        found[acknowledgement] = first
    return found
