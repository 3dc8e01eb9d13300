"""England's working days: Monday to Friday less bank holidays, counted with the working shown.

Day 0 is the local (Europe/London) date of what starts the clock; day 1 is the first working day after it, so
mail of a Friday night, a Saturday or a Sunday all has Monday as day 1. The Code defines neither; the reasons
for this reading stand in CONTRIBUTING.md ("Why it is built so").
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from putright.cases.errors import Refused

LONDON = ZoneInfo("Europe/London")
_FILE = Path(__file__).with_name("bank_holidays_england.json")
_DAY = timedelta(days=1)


def local_day(moment: datetime) -> date:
    """The date in London of an aware datetime: 23:30 UTC in July is the next day.

    Raises ValueError for a naive datetime: a clock never starts at a guessed hour.
    """
    if moment.tzinfo is None:
        raise ValueError("a naive datetime has no date in London")
    return moment.astimezone(LONDON).date()


def in_words(day: date) -> str:
    """`Fri 27 Nov 2026`: words and digits, the same for every reader (no locale, no viewer's zone)."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def in_working_days(number: int) -> str:
    """`1 working day`, `3 working days`."""
    return f"{number} working day{'' if number == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class CountedDay:
    """A day passed on the way to a due date: its number, or None and why it does not count."""

    day: date
    number: int | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The bank holidays known between `first_day` and `last_day`, both included."""

    holidays: Mapping[date, str]
    first_day: date
    last_day: date
    computed_from: date
    """From this day on the holidays are computed by rule, not yet in the government's published list."""

    def with_extra(self, extra: Mapping[date, str]) -> "Calendar":
        """The same with days added, as a landlord does when a one-off bank holiday is announced."""
        return replace(self, holidays={**self.holidays, **extra})

    def why_not(self, day: date) -> str:
        """Why `day` is not a working day; empty when it is one. Refuses a day outside the calendar."""
        self._check(day)
        if day.weekday() >= 5:
            return f"{day:%A}"
        name = self.holidays.get(day)
        return f"bank holiday: {name}" if name else ""

    def is_working_day(self, day: date) -> bool:
        return not self.why_not(day)

    def walk(self, start: date, working_days: int) -> Iterable[CountedDay]:
        """Each day after `start` up to and including working day number `working_days`.

        Raises Refused when the count leaves the calendar: a wrong date is worse than none.
        """
        self._check(start)
        number, day = 0, start
        while number < working_days:
            day += _DAY
            why = self.why_not(day)
            if not why:
                number += 1
            yield CountedDay(day, None if why else number, why)

    def add(self, start: date, working_days: int) -> date:
        """The date of working day number `working_days` after `start` (day 0). Raises Refused off the calendar."""
        self._check(start)
        day = start
        while (
            working_days > 0
        ):  # as `walk` counts, without saying why of each day: this is asked for very often
            day += _DAY
            if day > self.last_day:
                self._check(day)
            if day.weekday() < 5 and day not in self.holidays:
                working_days -= 1
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days lie in (start, end]; 0 when `end` is not after `start`."""
        self._check(start)
        self._check(end)
        span = (end - start).days
        return sum(self.is_working_day(start + _DAY * step) for step in range(1, span + 1))

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        return self.add(day, 1)

    def _check(self, day: date) -> None:
        if not self.first_day <= day <= self.last_day:
            raise Refused(
                f"The bank holidays are known from {in_words(self.first_day)} to {in_words(self.last_day)}, so "
                f"dates that reach to {in_words(day)} cannot be counted. Check the date, or update putright."
            )


def england() -> Calendar:
    """The calendar of the data file beside this module."""
    data = json.loads(_FILE.read_text(encoding="utf-8"))
    return Calendar(
        holidays={date.fromisoformat(day): name for day, name in data["days"].items()},
        first_day=date.fromisoformat(data["first_day"]),
        last_day=date.fromisoformat(data["last_day"]),
        computed_from=date.fromisoformat(data["computed_from"]),
    )
