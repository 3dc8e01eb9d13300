"""The Code's dates worked out a second time, from its text alone: numpy counts, and nothing of putright is used.

The holidays are typed from the government's published list (gov.uk/bank-holidays, England and Wales; 2028 by the same
rules), summer time from its own rule, and each number from the paragraph beside it. A life is told to an `Expected`
one act after the other, each answered with whether the Code lets it stand.
"""

import calendar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import numpy as np

HOLIDAYS = np.array(
    [
        *("2023-12-25", "2023-12-26"),
        *("2024-01-01", "2024-03-29", "2024-04-01", "2024-05-06", "2024-05-27", "2024-08-26"),
        *("2024-12-25", "2024-12-26"),
        *("2025-01-01", "2025-04-18", "2025-04-21", "2025-05-05", "2025-05-26", "2025-08-25"),
        *("2025-12-25", "2025-12-26"),
        *("2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31"),
        *("2026-12-25", "2026-12-28"),
        *("2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30"),
        *("2027-12-27", "2027-12-28"),
        *("2028-01-03", "2028-04-14", "2028-04-17", "2028-05-01", "2028-05-29", "2028-08-28"),
        *("2028-12-25", "2028-12-26"),
    ],
    dtype="datetime64[D]",
)


def working_day(start: date, number: int) -> date:
    """Working day `number` after `start`, which is day 0 whatever day it is."""
    counted = np.busday_offset(np.datetime64(start), number, roll="backward", holidays=HOLIDAYS)
    return date.fromisoformat(str(counted))


def on_or_after(day: date) -> date:
    """The day itself, or the next working day."""
    return date.fromisoformat(str(np.busday_offset(np.datetime64(day), 0, roll="forward", holidays=HOLIDAYS)))


def _last_sunday(year: int, month: int) -> datetime:
    last = date(year, month, calendar.monthrange(year, month)[1])
    day = last - timedelta(days=(last.weekday() + 1) % 7)
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


def local(moment: datetime) -> datetime:
    """A moment as clocks in England show it (without a zone): an hour on from the last Sunday of March, 01:00 UTC, to
    that of October."""
    moment = moment.astimezone(UTC)
    summer = _last_sunday(moment.year, 3) <= moment < _last_sunday(moment.year, 10)
    return (moment + timedelta(hours=1 if summer else 0)).replace(tzinfo=None)


def months_after(day: date, months: int) -> date:
    """The same date so many months on, or the last day of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def dp_complaint_by(received: datetime) -> date:
    """30 days; law firms differ whether the first is the day of receipt or the next, so the earlier."""
    return local(received).date() + timedelta(days=29)


def subject_access_by(received: datetime) -> date:
    """One month from the day of receipt, on to a working day."""
    return on_or_after(months_after(local(received).date(), 1))


def emergency_by(aware: datetime) -> datetime:
    """24 hours, through nights and weekends."""
    return aware + timedelta(hours=24)


def significant_by(aware: datetime, concluded: date | None) -> tuple[date, date, date, date]:
    """10 working days to investigate; from its end 3 for the summary, 5 for safety work, 12 weeks as backstop."""
    investigate = working_day(local(aware).date(), 10)
    end = concluded or investigate
    return investigate, working_day(end, 3), working_day(end, 5), end + timedelta(days=84)


@dataclass
class Stage:
    """What the resident was sent at one stage."""

    begun: date
    acknowledged: date | None = None
    added: int = 0
    responded: date | None = None


NO_COMPLAINT = "no complaint"


@dataclass
class Expected:
    """What a complaint received then has to show; the targets are the landlord's own, in working days."""

    received: date
    acknowledge_target: int | None = None
    request_target: int | None = None
    """How soon the landlord means to have seen to what is a service request: the Code has no such limit (1.4)."""
    stages: list[Stage] = field(default_factory=list)
    named: bool = True
    """Whether it is said to be a complaint; while nobody is sure its clocks run, but nobody acts on it as one."""
    stops: set[str] = field(default_factory=set)
    """Why its clocks stand still: declined (1.3), withdrawn, refused (2.1), no complaint."""
    closed: date | None = None

    def __post_init__(self) -> None:
        self.stages = self.stages or [Stage(self.received)]

    @property
    def stage(self) -> Stage:
        return self.stages[-1]

    @property
    def may_act(self) -> bool:
        return self.named and not self.stops and not self.closed

    def acknowledge(self, day: date, today: date) -> bool:
        """6.2, 6.11: once a stage, not before it began, written down when it was sent."""
        if not self.may_act or self.stage.acknowledged or not self.stage.begun <= day <= today:
            return False
        self.stage.acknowledged = day
        return True

    def extend(self, days: int, good_reason: bool, told: date, today: date) -> bool | None:
        """6.4, 6.15: up to 10 or 20 in all, more with good reason. None: taken down, but late, so nothing moves."""
        stage, cap = self.stage, (10, 20)[len(self.stages) - 1]
        if not self.may_act or stage.responded or not stage.acknowledged:
            return False
        if (
            days < 1
            or not stage.acknowledged <= told <= today
            or (stage.added + days > cap and not good_reason)
        ):
            return False
        if told > self._answer_by(len(self.stages) - 1):
            return None
        stage.added += days
        return True

    def respond(self, day: date, today: date) -> bool:
        """6.3, 6.14: after the acknowledgement, once a stage."""
        stage = self.stage
        if (
            not self.may_act
            or stage.responded
            or not stage.acknowledged
            or not stage.acknowledged <= day <= today
        ):
            return False
        stage.responded = day
        return True

    def escalate(self, day: date, today: date) -> bool:
        """6.10: once, after the stage 1 response; what comes before it is a chaser."""
        answered = self.stage.responded
        if not self.may_act or len(self.stages) == 2 or not answered or not answered <= day <= today:
            return False
        self.stages.append(Stage(day))
        return True

    def _answer_by(self, n: int) -> date:
        """6.3, 6.14: 10 or 20 working days from the acknowledgement; without one, from the last day for it."""
        stage = self.stages[n]
        start = stage.acknowledged or working_day(stage.begun, 5)
        return working_day(working_day(start, (10, 20)[n]), stage.added)

    def dates(self) -> dict[str, tuple[date, bool | None]]:
        """Each due date and whether the Code's was met; None while not done. Nothing where no clock runs."""
        if request := self.request():
            return {"service_request": (request[0], None)}
        if self.stops:
            return {}
        found: dict[str, tuple[date, bool | None]] = {}
        for n, stage in enumerate(self.stages):
            for clock, due, done in (
                ("acknowledgement", working_day(stage.begun, 5), stage.acknowledged),
                ("response", self._answer_by(n), stage.responded),
            ):
                found[f"stage_{n + 1}_{clock}"] = due, None if done is None else done <= due
        return found

    def request(self) -> tuple[date, bool | None] | None:
        """1.4: the landlord's own date for what is no complaint, from receipt until it is closed."""
        if NO_COMPLAINT not in self.stops or self.request_target is None:
            return None
        due = working_day(self.received, self.request_target)
        return due, None if self.closed is None else self.closed <= due

    def target(self) -> tuple[date, bool | None] | None:
        """The landlord's own date: of a request, or for the acknowledgement beside the Code's."""
        if request := self.request():
            return request
        if self.stops or self.acknowledge_target is None:
            return None
        due, done = working_day(self.received, self.acknowledge_target), self.stages[0].acknowledged
        return due, None if done is None else done <= due

    def next_due(self) -> date | None:
        """The first date of what is still to be done."""
        if self.closed or (self.stops and not self.request()):
            return None
        return min((due for due, met in self.dates().values() if met is None), default=None)
