"""The due dates of a complaint, and of a service request, worked out from what has happened so far, with the working.

Dates are local (Europe/London); a due date runs to the end of that day.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from itertools import combinations

from putright.cases.errors import Refused
from putright.cases.limits import OF_THE_CODE, Clock, Limit, Trigger, cited, extension, newest_first, unknown
from putright.cases.working_days import Calendar, CountedDay, in_words, in_working_days


@dataclass(frozen=True, slots=True)
class Milestones:
    """What has happened on a complaint, as local dates; None where it has not (yet)."""

    received: date
    acknowledged: date | None = None
    responded: date | None = None
    extended: int = 0
    """Working days added to the stage 1 response by notice (6.4)."""
    escalated: date | None = None
    stage_2_acknowledged: date | None = None
    stage_2_responded: date | None = None
    stage_2_extended: int = 0
    """Working days added to the stage 2 response by notice (6.15)."""

    def started(self, trigger: Trigger) -> date | None:
        return {
            Trigger.RECEIVED: self.received,
            Trigger.ACKNOWLEDGED: self.acknowledged,
            Trigger.ESCALATED: self.escalated,
            Trigger.STAGE_2_ACKNOWLEDGED: self.stage_2_acknowledged,
        }[trigger]

    def done(self, clock: Clock) -> date | None:
        """The day the act that stops `clock` was done."""
        return {
            Clock.STAGE_1_ACKNOWLEDGEMENT: self.acknowledged,
            Clock.STAGE_1_RESPONSE: self.responded,
            Clock.STAGE_2_ACKNOWLEDGEMENT: self.stage_2_acknowledged,
            Clock.STAGE_2_RESPONSE: self.stage_2_responded,
        }.get(clock)

    def added(self, clock: Clock) -> int:
        """Working days by which `clock` was extended."""
        return {Clock.STAGE_1_RESPONSE: self.extended, Clock.STAGE_2_RESPONSE: self.stage_2_extended}.get(
            clock, 0
        )


@dataclass(frozen=True, slots=True)
class Deadline:
    """One due date and how it came about."""

    clock: Clock
    paragraph: str
    """Empty for a landlord's own target where the Code has no limit."""
    limit: str
    """The limit in words: `5 working days`."""
    starts: Trigger
    """What starts the clock."""
    start: date
    """Day 0."""
    due: date
    """With any extension."""
    due_before_extension: date
    done: date | None = None
    provisional: str = ""
    """Why the date is provisional; empty when it is firm."""
    backstop: date | None = None
    """For a response: acknowledgement limit plus response limit, counted from `backstop_from`."""
    target_days: int | None = None
    target: date | None = None
    """The landlord's own date: stricter than the Code's and beside it, or `due` itself where the Code has none."""
    may_extend_to: date | None = None
    """The latest date an extension reaches without a good reason given by a named person."""
    extended_by: int = 0
    code: str = "2024"
    count: Callable[[], Iterable[CountedDay]] = field(default=tuple, repr=False, compare=False)
    """Counts the days anew: few who ask for a date ask for its working."""

    @property
    def working(self) -> tuple[CountedDay, ...]:
        """Each day from day 0's morrow to `due`."""
        return tuple(self.count())

    @property
    def cited(self) -> str:
        """Its paragraph, with the year of another Code than the one in force."""
        return cited(self.paragraph, self.code)

    @property
    def backstop_from(self) -> Trigger:
        """What the backstop of a response is counted from."""
        return Trigger.ESCALATED if self.clock is Clock.STAGE_2_RESPONSE else Trigger.RECEIVED

    @property
    def of_the_code(self) -> bool:
        """Whether the Code sets it, so that being late is a breach; else the landlord alone does."""
        return self.clock in OF_THE_CODE

    @property
    def met(self) -> bool | None:
        """Whether the Code's date was kept; None while the act is not done, and where the Code has none."""
        return None if self.done is None or not self.of_the_code else self.done <= self.due

    @property
    def needs_good_reason(self) -> bool:
        """Whether it was extended by more than the Code allows without a good reason by a named person."""
        return bool(self.extended_by and self.may_extend_to and self.due > self.may_extend_to)

    @property
    def target_met(self) -> bool | None:
        """Whether the landlord's own date was kept; None while not done or without a target."""
        return None if self.done is None or self.target is None else self.done <= self.target

    def overdue_by(self, today: date, calendar: Calendar) -> int | None:
        """Working days since `due`, 0 until the first one has begun; None when it is done or not past."""
        return self._past(self.due, today, calendar)

    def target_missed_by(self, today: date, calendar: Calendar) -> int | None:
        """The same of the landlord's own date."""
        return None if self.target is None else self._past(self.target, today, calendar)

    def _past(self, day: date, today: date, calendar: Calendar) -> int | None:
        if self.done is not None or today <= day:
            return None
        return calendar.between(day, min(today, calendar.last_day))


def deadlines(
    milestones: Milestones, calendar: Calendar, targets: Mapping[Clock, int] | None = None
) -> tuple[Deadline, ...]:
    """Every due date of a complaint so far, in the order of its life.

    `targets` are a landlord's own limits in working days; one looser than the Code's is refused.
    Raises Refused when dates are in an impossible order or beyond the calendar.
    """
    _check_order(milestones)
    return tuple(_deadlines(milestones, calendar, targets or {}))


def service_request(
    received: date, closed: date | None, calendar: Calendar, targets: Mapping[Clock, int]
) -> tuple[Deadline, ...]:
    """When a landlord means to have seen to a service request; nothing for one that has set itself no target.

    It ends when the request is closed: done, and the resident told. The Code wants requests recorded and watched, and
    sets no limit (1.4). Raises Refused beyond the calendar.
    """
    days = targets.get(Clock.SERVICE_REQUEST)
    if days is None:
        return ()
    due = calendar.add(received, days)
    return (
        Deadline(
            clock=Clock.SERVICE_REQUEST,
            paragraph="",
            limit=in_working_days(days),
            starts=Trigger.RECEIVED,
            start=received,
            due=due,
            due_before_extension=due,
            done=closed,
            target_days=days,
            target=due,
            code="",
            count=partial(calendar.walk, received, days),
        ),
    )


def _deadlines(
    milestones: Milestones, calendar: Calendar, targets: Mapping[Clock, int]
) -> Iterator[Deadline]:
    yield _acknowledgement(Clock.STAGE_1_ACKNOWLEDGEMENT, milestones.received, milestones, calendar, targets)
    yield _response(Clock.STAGE_1_RESPONSE, Clock.STAGE_1_ACKNOWLEDGEMENT, milestones, calendar, targets)
    if milestones.escalated or milestones.stage_2_acknowledged:
        if milestones.escalated:
            limit = _limit_for(Clock.STAGE_2_ACKNOWLEDGEMENT, milestones.escalated, milestones, calendar)
            if limit is not None:
                yield _acknowledgement(
                    Clock.STAGE_2_ACKNOWLEDGEMENT, milestones.escalated, milestones, calendar, targets
                )
        yield _response(Clock.STAGE_2_RESPONSE, Clock.STAGE_2_ACKNOWLEDGEMENT, milestones, calendar, targets)


def _acknowledgement(
    clock: Clock, start: date, milestones: Milestones, calendar: Calendar, targets: Mapping[Clock, int]
) -> Deadline:
    limit = _limit_for(clock, start, milestones, calendar)
    if limit is None:
        raise unknown(f"the {clock.words}", start, (x.in_force for x in newest_first(clock)))
    return _deadline(limit, start, milestones, calendar, targets)


def _response(
    clock: Clock,
    acknowledgement: Clock,
    milestones: Milestones,
    calendar: Calendar,
    targets: Mapping[Clock, int],
) -> Deadline:
    """A response counts from the acknowledgement; while there is none, from the last day for it (backstop)."""
    first = milestones.received if acknowledgement is Clock.STAGE_1_ACKNOWLEDGEMENT else milestones.escalated
    latest = None
    if first is not None:
        acknowledge = _limit_for(acknowledgement, first, milestones, calendar)
        latest = _end(acknowledge, first, calendar) if acknowledge else first
    for limit in newest_first(clock):
        waits = limit.starts in (Trigger.ACKNOWLEDGED, Trigger.STAGE_2_ACKNOWLEDGED)
        started = milestones.started(limit.starts)
        start = started or (latest if waits else None)
        if start is None or not _in_force(limit, start, milestones, calendar):
            continue
        return replace(
            _deadline(limit, start, milestones, calendar, targets),
            backstop=_end(limit, latest, calendar) if waits and latest else None,
            provisional=""
            if started
            else "nobody has acknowledged yet, so it is counted from the last day for that",
        )
    raise Refused(
        f"The {clock.words} cannot be worked out: say when the complaint was escalated or acknowledged."
    )


def _deadline(
    limit: Limit, start: date, milestones: Milestones, calendar: Calendar, targets: Mapping[Clock, int]
) -> Deadline:
    before = _end(limit, start, calendar)
    added = milestones.added(limit.clock)
    due = calendar.add(before, added)
    target_days = targets.get(limit.clock)
    if target_days is not None and not limit.calendar_days and target_days > limit.days:
        raise Refused(
            f"A landlord's own target may be stricter than the Code, never looser: {target_days} working days "
            f"for the {limit.clock.words} is more than {limit.days}.",
            limit.cited,
        )
    try:
        may_extend_to = calendar.add(before, extension(limit.clock, before).days)
    except Refused:  # no such rule for this clock, or only this outlook leaves the calendar
        may_extend_to = None
    return Deadline(
        clock=limit.clock,
        paragraph=limit.paragraph,
        limit=limit.words,
        starts=limit.starts,
        start=start,
        due=due,
        due_before_extension=before,
        done=milestones.done(limit.clock),
        target_days=target_days,
        target=None if target_days is None else calendar.add(start, target_days),
        may_extend_to=may_extend_to,
        extended_by=added,
        code=limit.code,
        count=partial(_working, limit, start, added, calendar),
    )


def _working(limit: Limit, start: date, added: int, calendar: Calendar) -> Iterable[CountedDay]:
    if limit.calendar_days:
        return [CountedDay(start + timedelta(days=n), n) for n in range(1, limit.days + 1)]
    return calendar.walk(start, limit.days + added)


def _end(limit: Limit, start: date, calendar: Calendar) -> date:
    return start + timedelta(days=limit.days) if limit.calendar_days else calendar.add(start, limit.days)


def _limit_for(clock: Clock, start: date, milestones: Milestones, calendar: Calendar) -> Limit | None:
    """The newest rule in force for the act that stops `clock`, all of them counted from `start`."""
    return next((x for x in newest_first(clock) if _in_force(x, start, milestones, calendar)), None)


def _in_force(limit: Limit, start: date, milestones: Milestones, calendar: Calendar) -> bool:
    """Whether a rule held on the day of the act; for an act not yet done, on the day it would be due."""
    return (milestones.done(limit.clock) or _end(limit, start, calendar)) >= limit.in_force


_LIFE = ("received", "acknowledged", "escalated", "stage_2_acknowledged", "stage_2_responded")
# A resident may ask for stage 2 before stage 1 is answered, so the response stands beside that line.
_ORDER = (("received", "responded"), ("acknowledged", "responded"), *combinations(_LIFE, 2))


def _check_order(milestones: Milestones) -> None:
    for earlier, later in _ORDER:
        first, second = getattr(milestones, earlier), getattr(milestones, later)
        if first is not None and second is not None and second < first:
            raise Refused(
                f"{later.replace('_', ' ').capitalize()} on {in_words(second)} cannot be before "
                f"{earlier.replace('_', ' ')} on {in_words(first)}: check the two dates."
            )
    if milestones.extended < 0 or milestones.stage_2_extended < 0:
        raise Refused("An extension adds working days: give a number of 0 or more.", "6.4")
