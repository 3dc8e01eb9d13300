"""What staff do on a case: each act is checked against its paragraph and gives the event to be written.

Nothing here writes anything. A refused act raises Refused with one sentence and changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import GUIDE, Event, Kind, Shown
from putright.cases.labels import Label
from putright.cases.limits import Clock, extension
from putright.cases.working_days import Calendar, in_words, local_day


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, and when (aware)."""

    actor: str
    at: datetime

    @property
    def today(self) -> date:
        return local_day(self.at)


def confirm(case: Case, by: By, *, shown: Shown | None = None) -> Event:
    """A person agrees with the reading; `shown` is why they were shown it."""
    _open(case)
    return Event(Kind.CONFIRMED, by.at, by.actor, {"label": case.label.value, **_labelled(shown)})


def _labelled(shown: Shown | None) -> dict[str, str]:
    """What is kept of how a label came about, for those who learn from it."""
    return {"shown": shown.value, "guide": GUIDE} if shown else {}


def reclassify(case: Case, by: By, label: Label, reason: str, *, shown: Shown | None = None) -> Event:
    """A person says what the message is. History is kept; the clocks are as if it had always been so."""
    _open(case)
    if label is case.label and case.confirmed_by:
        raise Refused(f"{case.reference} is logged as {label.words} already, so there is nothing to change.")
    if label is case.label:
        return confirm(case, by, shown=shown)
    if not reason.strip():
        raise Refused("Say why: a label set by a person is kept with its reason.", "1.4")
    if label is not Label.COMPLAINT and (case.first.acknowledged or case.escalated):
        raise Refused(
            f"{case.reference} has been acknowledged as a complaint, so it stays one. If the resident withdraws "
            "it, close it with that reason.",
            "2.1",
        )
    return Event(
        Kind.RECLASSIFIED,
        by.at,
        by.actor,
        {"label": label.value, "was": case.label.value, "reason": reason.strip(), **_labelled(shown)},
    )


def define(case: Case, by: By, points: Sequence[str], outcomes: Sequence[str]) -> Event:
    """A person confirms or rewrites the complaint definition of the current stage (5.6)."""
    _complaint(case)
    points = tuple(point.strip() for point in points if point.strip())
    outcomes = tuple(outcome.strip() for outcome in outcomes if outcome.strip())
    if not points:
        raise Refused(
            "A complaint definition needs at least one point: what the resident is unhappy with.", "5.6"
        )
    if not outcomes:
        raise Refused(
            'A complaint definition says what the resident seeks. If they have not said, give "not stated, asked".',
            "5.6",
        )
    return Event(
        Kind.DEFINED,
        by.at,
        by.actor,
        {"stage": case.stage, "points": list(points), "outcomes": list(outcomes)},
    )


def assign(case: Case, by: By, handler: str) -> Event:
    """A named person handles the case; at stage 2 never the one who handled stage 1 (6.13)."""
    _open(case)
    if not handler.strip():
        raise Refused("Name the person who handles the case.")
    stage = max(case.stage, 1)
    if stage == 2 and handler.strip().casefold() == case.first.handler.casefold():
        raise Refused(f"{handler.strip()} handled stage 1, so somebody else must consider stage 2.", "6.13")
    return Event(Kind.ASSIGNED, by.at, by.actor, {"stage": stage, "handler": handler.strip()})


def acknowledge(case: Case, by: By, day: date | None = None) -> Event:
    """The acknowledgement with its definition was sent (6.2, 6.11). `day` is when; today if not given."""
    _complaint(case)
    stage, day = case.stage, day or by.today
    paragraph = "6.11" if stage == 2 else "6.2"
    if case.at_stage(stage).acknowledged:
        raise Refused(f"{case.reference} was acknowledged at stage {stage} already.", paragraph)
    if not case.at_stage(stage).definition.by:
        raise Refused(
            "The acknowledgement sets out the complaint definition, and no person has confirmed one yet: "
            f"run  putright case define {case.reference}  first.",
            "5.6",
        )
    earliest = case.escalated if stage == 2 and case.escalated else local_day(case.received)
    _day_between(day, earliest, by.today, "The acknowledgement", paragraph)
    return Event(Kind.ACKNOWLEDGED, by.at, by.actor, {"stage": stage, "day": day.isoformat()})


def extend(
    case: Case, by: By, calendar: Calendar, working_days: int, reason: str, good_reason: bool = False
) -> Event:
    """The resident was told in writing of a new response date, why, and the Ombudsman's details (6.4, 6.5).

    A notice after the due date is recorded as late and never moves the date compliance is measured by.
    More than the Code's limit needs `good_reason`, said by the person who acts.
    """
    _complaint(case)
    stage = case.stage
    clock = Clock.STAGE_2_RESPONSE if stage == 2 else Clock.STAGE_1_RESPONSE
    current = case.at_stage(stage)
    deadline = next(x for x in case.deadlines(calendar, {}) if x.clock is clock)
    rule = extension(clock, by.today)
    if current.responded:
        raise Refused(f"{case.reference} was answered at stage {stage} already.", rule.paragraph)
    if current.acknowledged is None:
        raise Refused(f"Acknowledge {case.reference} before extending its response.", rule.paragraph)
    if working_days < 1:
        raise Refused("An extension is at least one working day.", rule.paragraph)
    if not reason.strip():
        raise Refused("An extension needs its reason, as told to the resident.", rule.paragraph)
    if current.extended + working_days > rule.days and not good_reason:
        raise Refused(
            f"That makes {current.extended + working_days} working days; more than {rule.days} needs a good reason. "
            "Add  --good-reason  if there is one.",
            rule.paragraph,
        )
    return Event(
        Kind.EXTENDED,
        by.at,
        by.actor,
        {
            "stage": stage,
            "working_days": working_days,
            "reason": reason.strip(),
            "good_reason": good_reason,
            "late": by.today > deadline.due,
        },
    )


OUTCOMES = ("upheld", "partly upheld", "not upheld")


def respond(case: Case, by: By, outcome: str, day: date | None = None) -> Event:
    """The full written response was sent (6.3, 6.14)."""
    _complaint(case)
    stage, day = case.stage, day or by.today
    paragraph = "6.14" if stage == 2 else "6.3"
    current = case.at_stage(stage)
    if current.acknowledged is None:
        raise Refused(f"Acknowledge {case.reference} at stage {stage} before answering it.", paragraph)
    if current.responded:
        raise Refused(f"{case.reference} was answered at stage {stage} already.", paragraph)
    decider = current.handler or by.actor
    if stage == 2 and case.first.handler and decider.casefold() == case.first.handler.casefold():
        raise Refused(f"{decider} handled stage 1, so somebody else must decide stage 2: assign it.", "6.13")
    if outcome not in OUTCOMES:
        raise Refused(f"The decision is one of: {', '.join(OUTCOMES)}.", "6.19" if stage == 2 else "6.9")
    _day_between(day, current.acknowledged, by.today, "The response", paragraph)
    return Event(
        Kind.RESPONDED, by.at, by.actor, {"stage": stage, "day": day.isoformat(), "outcome": outcome}
    )


def escalate(case: Case, by: By, day: date | None = None, reason: str = "") -> Event:
    """The resident asked for stage 2. No reason is needed (6.12); `day` is when the request arrived."""
    _complaint(case)
    if case.escalated:
        raise Refused(f"{case.reference} is at stage 2 already, and stage 2 is final.", "6.10")
    if case.first.responded is None:
        raise Refused(
            f"Stage 1 of {case.reference} is still open, so there is nothing to escalate yet: answer it, or note "
            "the request as a chaser.",
            "6.10",
        )
    day = day or by.today
    _day_between(day, case.first.responded, by.today, "The request", "6.11")
    return Event(Kind.ESCALATED, by.at, by.actor, {"day": day.isoformat(), "reason": reason.strip()})


def close(case: Case, by: By, reason: str) -> Event:
    """A person closes the case; an unanswered complaint closes only when the resident withdrew it."""
    _open(case)
    if not reason.strip():
        raise Refused("Say why the case is closed.")
    if case.unconfirmed:
        raise Refused(
            f"Nobody has said yet what {case.reference} is: confirm or change its label first.", "1.2"
        )
    unanswered = case.label is Label.COMPLAINT and case.at_stage(case.stage).responded is None
    if unanswered and not reason.strip().casefold().startswith("withdrawn"):
        raise Refused(
            f"{case.reference} has not been answered at stage {case.stage}. Answer it first, or give a reason that "
            'begins with "withdrawn" when the resident has withdrawn it.',
            "6.14" if case.stage == 2 else "6.3",
        )
    return Event(Kind.CLOSED, by.at, by.actor, {"reason": reason.strip()})


def reopen(case: Case, by: By, reason: str) -> Event:
    """A closed case is taken up again."""
    if not case.closed:
        raise Refused(f"{case.reference} is open.")
    if not reason.strip():
        raise Refused("Say why the case is opened again.")
    return Event(Kind.REOPENED, by.at, by.actor, {"reason": reason.strip()})


def _open(case: Case) -> None:
    if case.closed:
        raise Refused(f"{case.reference} is closed: reopen it first.")


def _complaint(case: Case) -> None:
    _open(case)
    if case.label is not Label.COMPLAINT:
        raise Refused(
            f"{case.reference} is logged as {case.label.words}, not as complaint. "
            "If it is one, change its label first.",
            "1.2",
        )


def _day_between(day: date, earliest: date, today: date, what: str, paragraph: str) -> None:
    if day < earliest:
        raise Refused(f"{what} cannot have been sent before {in_words(earliest)}: check the date.", paragraph)
    if day > today:
        raise Refused(f"{what} is recorded once it is sent, and {in_words(day)} has not come yet.", paragraph)
