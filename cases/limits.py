"""The Code's time limits, each once, by name, with its paragraph, the day it took effect and how sure we are.

A new value is added beside the old one. The rule in force on the day of each act applies: what happens on or
after 1 April 2024 runs under the 2024 Code, also in a case received before (our choice; CONTRIBUTING.md).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from putright.cases.errors import Refused
from putright.cases.working_days import in_words


class Clock(StrEnum):
    """The clocks a case runs: the Code's in the order of a complaint's life, then the landlord's own."""

    STAGE_1_ACKNOWLEDGEMENT = "stage_1_acknowledgement"
    STAGE_1_RESPONSE = "stage_1_response"
    STAGE_2_ACKNOWLEDGEMENT = "stage_2_acknowledgement"
    STAGE_2_RESPONSE = "stage_2_response"
    SERVICE_REQUEST = "service_request"
    """The landlord's own target for a service request, for which the Code has no limit (1.4)."""

    @property
    def words(self) -> str:
        """`stage 1 acknowledgement`."""
        return self.value.replace("_", " ")


LOOSEST_TARGET = 60
"""Working days that a landlord's own target may be at most where the Code has no limit."""


class Trigger(StrEnum):
    """What starts a clock."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    ESCALATED = "escalated"
    STAGE_2_ACKNOWLEDGED = "stage 2 acknowledged"

    @property
    def words(self) -> str:
        """`the acknowledgement`, to stand after "from"."""
        return {
            Trigger.RECEIVED: "receipt",
            Trigger.ACKNOWLEDGED: "the acknowledgement",
            Trigger.ESCALATED: "the request for stage 2",
            Trigger.STAGE_2_ACKNOWLEDGED: "the stage 2 acknowledgement",
        }[self]


NOW = "2024"
"""The Code in force: paragraphs of another one are never named without its year."""


def cited(paragraph: str, code: str) -> str:
    """A paragraph as it is named: `6.2`, `4.1 of 2022`."""
    return paragraph if code == NOW or not paragraph else f"{paragraph} of {code}"


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: `days` (working days unless `calendar_days`) from `starts`, under the Code of `code`."""

    clock: Clock
    days: int
    starts: Trigger
    paragraph: str
    code: str
    in_force: date
    source: str
    calendar_days: bool = False

    @property
    def words(self) -> str:
        return f"{self.days} {'days' if self.calendar_days else 'working days'}"

    @property
    def cited(self) -> str:
        return cited(self.paragraph, self.code)


@dataclass(frozen=True, slots=True)
class ExtensionLimit:
    """How many working days a response may be extended by without a good reason given by a named person."""

    clock: Clock
    days: int
    paragraph: str
    notice_paragraph: str
    """Where the Code asks for the Ombudsman's contact details in the notice."""
    code: str
    in_force: date
    source: str

    @property
    def cited(self) -> str:
        return cited(self.paragraph, self.code)

    @property
    def notice_cited(self) -> str:
        return cited(self.notice_paragraph, self.code)


_2022, _2024 = date(2022, 4, 1), date(2024, 4, 1)
_LRHA = "the 2024 Code as reprinted in landlords' self-assessments"
_ONECASE = "the 2022 Code as reprinted in a council's self-assessment"

LIMITS = (
    Limit(
        Clock.STAGE_1_ACKNOWLEDGEMENT, 5, Trigger.RECEIVED, "4.1", "2022", _2022, _ONECASE, calendar_days=True
    ),
    Limit(Clock.STAGE_1_ACKNOWLEDGEMENT, 5, Trigger.RECEIVED, "6.2", "2024", _2024, _LRHA),
    Limit(Clock.STAGE_1_RESPONSE, 10, Trigger.RECEIVED, "5.1", "2022", _2022, _ONECASE),
    Limit(Clock.STAGE_1_RESPONSE, 10, Trigger.ACKNOWLEDGED, "6.3", "2024", _2024, _LRHA),
    Limit(Clock.STAGE_2_ACKNOWLEDGEMENT, 5, Trigger.ESCALATED, "6.11", "2024", _2024, _LRHA),
    Limit(Clock.STAGE_2_RESPONSE, 20, Trigger.ESCALATED, "5.13", "2022", _2022, _ONECASE),
    Limit(Clock.STAGE_2_RESPONSE, 20, Trigger.STAGE_2_ACKNOWLEDGED, "6.14", "2024", _2024, _LRHA),
)

OF_THE_CODE = tuple(dict.fromkeys(x.clock for x in LIMITS))
"""The clocks that the Code sets: to be past one of these is a breach, to be past a landlord's own target is none."""

EXTENSIONS = (
    ExtensionLimit(Clock.STAGE_1_RESPONSE, 10, "5.2", "5.3", "2022", _2022, _ONECASE),
    ExtensionLimit(Clock.STAGE_1_RESPONSE, 10, "6.4", "6.5", "2024", _2024, _LRHA),
    ExtensionLimit(Clock.STAGE_2_RESPONSE, 10, "5.13", "5.15", "2022", _2022, _ONECASE),
    ExtensionLimit(Clock.STAGE_2_RESPONSE, 20, "6.15", "6.16", "2024", _2024, _LRHA),
)


def newest_first(clock: Clock) -> Iterator[Limit]:
    """The limits of one clock, the newest first."""
    yield from sorted((x for x in LIMITS if x.clock == clock), key=lambda x: x.in_force, reverse=True)


def acknowledged_first(stage: int, on: date) -> bool:
    """Whether the Code in force on a day wants that stage acknowledged before it is answered: the 2022 Code counted
    stage 2 from the request, and knew no acknowledgement of it (5.13 of 2022).
    """
    return stage != 2 or any(x.in_force <= on for x in newest_first(Clock.STAGE_2_ACKNOWLEDGEMENT))


def unknown(what: str, on: date, in_force: Iterable[date]) -> Refused:
    """The refusal to say what the Code asked for on a day before its first rule that is known."""
    first = min(in_force, default=None)
    if first is None:
        return Refused(f"The Complaint Handling Code knows no {what}.")
    return Refused(
        f"putright knows the Complaint Handling Code's rule for {what} from {in_words(first)} on, so it cannot say "
        f"what held on {in_words(on)}: check the date."
    )


def extension(clock: Clock, on: date) -> ExtensionLimit:
    """The extension rule of `clock` in force on a day. Raises Refused where there is none."""
    known = [x for x in EXTENSIONS if x.clock == clock and x.in_force <= on]
    if not known:
        raise unknown(
            f"extending the {clock.words}", on, (x.in_force for x in EXTENSIONS if x.clock == clock)
        )
    return max(known, key=lambda x: x.in_force)


def within_12_months(issue: date | None, aware: date | None, received: date) -> bool:
    """Whether a complaint came in time: 12 months from the issue, or from becoming aware of it, if later (2.3)."""
    latest = max(filter(None, (issue, aware)), default=None)
    if latest is None:
        return True
    try:
        end = latest.replace(year=latest.year + 1)
    except ValueError:  # 29 February
        end = date(latest.year + 1, 2, 28)
    return received <= end
