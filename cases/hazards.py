"""Awaab's Law: the clocks of an emergency and of a significant hazard, beside and independent of the Code's.

Source: Hazards in Social Housing (Prescribed Requirements) (England) Regulations 2025, SI 2025/1042, as
summarised by third parties; the instrument itself was not read, so every limit here is to be confirmed.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from putright.cases.errors import Refused
from putright.cases.working_days import LONDON, Calendar, CountedDay, in_words, local_day

IN_FORCE = date(2025, 10, 27)
SOURCE = "SI 2025/1042, from summaries; confirm before relying on it"

EMERGENCY_HOURS = 24
"""Investigate and make safe. Sources disagree whether making safe counts from awareness; the earlier is kept."""
INVESTIGATE_WORKING_DAYS = 10
SUMMARY_WORKING_DAYS = 3
SAFETY_WORK_WORKING_DAYS = 5
BACKSTOP_WEEKS = 12
"""Further preventative work that cannot begin within the working days must have started by then."""


PHASE_2 = date(2026, 11, 30)
"""Found in several unrelated public repositories, one of which cites a GOV.UK page; no official page was read."""

SIGNIFICANT_FROM = {
    "damp-mould": IN_FORCE,
    "excess-cold": PHASE_2,
    "excess-heat": PHASE_2,
    "falls": PHASE_2,
    "structural-collapse": PHASE_2,
    "explosions": PHASE_2,
    "fire": PHASE_2,
    "electrical": PHASE_2,
    "hygiene": PHASE_2,
    "other": None,
}
"""The day from which the limits for a significant hazard of a kind hold; None where no day is known. The limit for an
emergency holds for every kind since IN_FORCE."""


def statutory(kind: "Hazard", of: str, aware: datetime) -> bool:
    """Whether the regulations set limits for such a hazard of which one became aware then."""
    since = IN_FORCE if kind is Hazard.EMERGENCY else SIGNIFICANT_FROM[of]
    return since is not None and local_day(aware) >= since


STEPS = (
    "attempted",
    "investigated",
    "summary-sent",
    "made-safe",
    "rehoused",
    "work-begun",
    "work-finished",
)
"""What can be done about a hazard, as it is recorded. Attempts that failed and other homes offered end no limit."""
IN_ORDER = (("investigated", "summary-sent"), ("work-begun", "work-finished"))
"""Steps of which the second cannot be before the first. What is dangerous may be made safe at any time."""
FORCED = ("investigated", "summary-sent", "made-safe")
"""Without these the duties of a significant hazard are open; of an emergency, without the last."""


class Hazard(StrEnum):
    """How urgent a hazard is, judged for this occupier by a person."""

    EMERGENCY = "emergency"
    SIGNIFICANT = "significant"


@dataclass(frozen=True, slots=True)
class HazardDeadline:
    """One duty: what, from when, until when (an aware datetime for hours, a local date for days)."""

    duty: str
    limit: str
    start: date | datetime
    due: date | datetime
    working: tuple[CountedDay, ...] = ()
    step: str = ""
    """Which of STEPS ends it."""
    done: datetime | None = None

    @property
    def met(self) -> bool | None:
        """Whether it was done in time; None while it is not done."""
        if self.done is None:
            return None
        return self.done <= self.due if isinstance(self.due, datetime) else local_day(self.done) <= self.due

    def passed(self, now: datetime) -> bool:
        """Whether it is not done, and past. Nobody may have to do further work, so that is never late."""
        if self.done is not None or self.step not in FORCED:
            return False
        return self.due < now if isinstance(self.due, datetime) else self.due < local_day(now)

    @property
    def due_in_words(self) -> str:
        """An hour for an emergency, else a day."""
        if isinstance(self.due, datetime):
            return f"{in_words(self.due.date())} {self.due:%H:%M}"
        return in_words(self.due)

    @property
    def due_on(self) -> date:
        """The local day of it."""
        return self.due.date() if isinstance(self.due, datetime) else self.due


def hazard_deadlines(
    kind: Hazard, aware: datetime, calendar: Calendar, investigated: date | None = None
) -> tuple[HazardDeadline, ...]:
    """The duties that follow from becoming aware of a hazard.

    `aware` is the first moment anyone acting for the landlord knew; emergency hours run through nights,
    weekends and holidays. `investigated` is the day the investigation concluded; without it, the last day
    for it is taken, so that later duties show their latest dates. Raises Refused off the calendar, before
    the law took effect, and for an investigation that ended before anyone was aware.
    """
    first = local_day(aware)
    if first < IN_FORCE:
        raise Refused(f"Awaab's Law has been in force since {in_words(IN_FORCE)}: check the date.")
    if kind is Hazard.EMERGENCY:
        # Counted in UTC: hours added in local time would be one too many or too few over a change of clocks.
        due = aware.astimezone(UTC) + timedelta(hours=EMERGENCY_HOURS)
        return (
            HazardDeadline(
                "investigate and make safe",
                f"{EMERGENCY_HOURS} hours",
                aware.astimezone(LONDON),
                due.astimezone(LONDON),
                step="made-safe",
            ),
        )
    if investigated is not None and investigated < first:
        raise Refused(
            f"Investigated on {in_words(investigated)} cannot be before aware on {in_words(first)}: "
            "check the two dates."
        )
    investigate = calendar.add(first, INVESTIGATE_WORKING_DAYS)
    concluded = investigated or investigate

    def within(duty: str, start: date, days: int, step: str) -> HazardDeadline:
        return HazardDeadline(
            duty,
            f"{days} working days",
            start,
            calendar.add(start, days),
            tuple(calendar.walk(start, days)),
            step,
        )

    return (
        within("investigate", first, INVESTIGATE_WORKING_DAYS, "investigated"),
        within("written summary of findings to the tenant", concluded, SUMMARY_WORKING_DAYS, "summary-sent"),
        within(
            "safety work, and steps to begin further work", concluded, SAFETY_WORK_WORKING_DAYS, "made-safe"
        ),
        HazardDeadline(
            "further work physically started at the latest",
            f"{BACKSTOP_WEEKS} weeks",
            concluded,
            concluded + timedelta(weeks=BACKSTOP_WEEKS),
            step="work-begun",
        ),
    )
