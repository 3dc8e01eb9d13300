"""A case for tests: its opening event, and the case after further acts."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from putright.cases.acts import By
from putright.cases.case import Case, fold
from putright.cases.events import Event, Kind
from putright.cases.labels import Decision, Label
from putright.cases.record import record
from putright.cases.records.assessment import ASSESS

REF = "HC-2026-0001"
RECEIVED = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
Act = Callable[[Case], Event]


def opened(
    received: datetime = RECEIVED,
    label: Label = Label.COMPLAINT,
    decision: Decision = Decision.SURE,
    **other: Any,
) -> Event:
    """The event that opens a case; `other` replaces single particulars."""
    return Event(
        Kind.OPENED,
        received,
        "putright",
        {
            "message": "m1",
            "channel": "email",
            "received": received.isoformat(),
            "label": label.value,
            "decision": decision.value,
            "area": "repairs",
            "flags": ["chaser"],
            "issues": ["the leak"],
            "outcomes": ["a repair"],
            "model": "1",
            **other,
        },
    )


def on(day: str, hour: int = 10, actor: str = "Priya Shah") -> By:
    """Somebody acts at that hour of that day (UTC)."""
    return By(actor, datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC))


ASSESSED = {"complexity": "low", "vulnerability": "none known", "risk": "none known"}


def assess(case: Case) -> Event:
    """Assessed in the hour the case was opened."""
    return record(ASSESS, case, By("Priya Shah", case.opened), ASSESSED)


def after(*acts: Act, first: Event | None = None) -> Case:
    """The case after acts, each of them checked."""
    events = [first or opened()]
    for act in acts:
        events.append(act(fold(REF, events)))
    return fold(REF, events)
