"""When a resident hears next once the answer falls outside the Code's times (5.9)."""

from datetime import date, timedelta

from putright.cases.case import Case
from putright.cases.events import Kind
from putright.cases.limits import Clock, newest_first
from putright.cases.working_days import Calendar
from putright.triage.landlord import Landlord

_RESPONSES = {1: Clock.STAGE_1_RESPONSE, 2: Clock.STAGE_2_RESPONSE}


def next_update(case: Case, landlord: Landlord, day: date) -> date | None:
    """The next update of a case whose response is overdue or extended on `day`, where no date was agreed.

    It comes after the interval that was agreed last, else after the landlord's own. None within the Code's times.
    """
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


def agreed_interval(case: Case) -> timedelta | None:
    """From one update to the next, as agreed last; None where no day was ever agreed."""
    for event in reversed(case.of(Kind.UPDATED)):
        if event.data.get("next"):
            found = date.fromisoformat(event.data["next"]) - date.fromisoformat(event.data["on"])
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
