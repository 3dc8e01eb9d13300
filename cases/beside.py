"""Clocks beside the Code's for what a message brings with it: subject access, data protection complaints, breaches.

Three regimes, three ways of counting: none of these shares a formula with the Code's working days. Each limit names its
law and how sure we are; all of them are to be confirmed before a landlord relies on them.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from putright.cases.errors import Refused
from putright.cases.labels import Mark
from putright.cases.working_days import LONDON, Calendar, in_words, local_day

SUBJECT_ACCESS_MONTHS = 1
"""UK GDPR Art 12(3), 15, from the day of receipt, on to the next working day. Source: the ICO's page on the right of
access; rules that changed on 5 February 2026 were not read."""
DP_COMPLAINT_DAYS = 30
"""To acknowledge a data protection complaint. Source: several law firms on the Data (Use and Access) Act 2025; they
differ on whether the day of receipt is the first, so it is."""
DP_COMPLAINT_SINCE = date(2026, 6, 19)
BREACH_HOURS = 72
"""UK GDPR Art 33, from becoming aware, where the ICO must be told. General knowledge."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One duty beside the Code: by a local day, or by an hour (aware) where the limit is one of hours."""

    mark: Mark
    duty: str
    limit: str
    due: date | datetime
    source: str

    @property
    def due_on(self) -> date:
        return self.due.date() if isinstance(self.due, datetime) else self.due

    def kept(self, answered: date) -> bool:
        """Whether it was done in time, as far as a day can say."""
        return answered <= self.due_on

    @property
    def due_in_words(self) -> str:
        if isinstance(self.due, datetime):
            return f"{in_words(self.due.date())} {self.due:%H:%M}"
        return in_words(self.due)


def beside(marks: Mapping[Mark, datetime], calendar: Calendar) -> tuple[Beside, ...]:
    """The duties that marks bring, each from the moment (aware) its message was received, the soonest first.

    Raises ValueError for a naive moment.
    """
    return tuple(sorted(_of(marks, calendar), key=lambda x: x.due_on))


def _of(marks: Mapping[Mark, datetime], calendar: Calendar) -> Iterator[Beside]:
    for mark, received in marks.items():
        day = local_day(received)
        if mark is Mark.SAR:
            due = subject_access_by(day, calendar)
            yield Beside(
                mark, "answer the subject access request", "one month", due, "UK GDPR, Art 12(3), 15"
            )
        if mark is Mark.DP_COMPLAINT and day >= DP_COMPLAINT_SINCE:
            due = day + timedelta(days=DP_COMPLAINT_DAYS - 1)
            limit, law = (
                f"{DP_COMPLAINT_DAYS} days, receipt the first",
                "Data (Use and Access) Act 2025; confirm",
            )
            yield Beside(mark, "acknowledge the data protection complaint", limit, due, law)
        if mark is Mark.POSSIBLE_BREACH:
            until = (received.astimezone(UTC) + timedelta(hours=BREACH_HOURS)).astimezone(LONDON)
            duty = "tell the ICO of the breach, if it must be told"
            yield Beside(mark, duty, f"{BREACH_HOURS} hours", until, "UK GDPR, Art 33; confirm")


def last_day(mark: Mark, received: datetime) -> date | None:
    """The day on which a duty is due, before weekends and holidays move it later; None where it has no clock."""
    day = local_day(received)
    match mark:
        case Mark.SAR:
            return _a_month_on(day)
        case Mark.DP_COMPLAINT if day >= DP_COMPLAINT_SINCE:
            return day + timedelta(days=DP_COMPLAINT_DAYS - 1)
        case Mark.POSSIBLE_BREACH:
            return local_day(received.astimezone(UTC) + timedelta(hours=BREACH_HOURS))
    return None


def subject_access_by(received: date, calendar: Calendar) -> date:
    """The same date a month on, or the last day of a shorter month; from a weekend or holiday the next working day, as
    far as holidays are known."""
    due = _a_month_on(received)
    try:
        return due if calendar.is_working_day(due) else calendar.next_working_day(due)
    except Refused:  # beyond the holidays that are known: the day itself is never too late
        return due


def _a_month_on(received: date) -> date:
    year, month = divmod(received.month - 1 + SUBJECT_ACCESS_MONTHS, 12)
    year, month = received.year + year, month + 1
    return date(year, month, min(received.day, monthrange(year, month)[1]))
