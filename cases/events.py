"""Events: what happened on a case. They are only ever added; a case is the fold of its events."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What can happen on a case. The keys of each event's `data` stand beside it."""

    OPENED = "opened"
    """message, channel, received (ISO), label, decision, area, flags, issues, outcomes, model"""
    JOINED = "joined"
    """message: a further message of the same matter (a reply in the thread)"""
    CONFIRMED = "confirmed"
    """label: a person agrees with the reading"""
    RECLASSIFIED = "reclassified"
    """label, was, reason: a person says otherwise"""
    DEFINED = "defined"
    """stage, points, outcomes: the complaint definition as a person confirmed it (5.6)"""
    ASSIGNED = "assigned"
    """handler, stage"""
    ACKNOWLEDGED = "acknowledged"
    """stage, day (ISO date the acknowledgement was sent)"""
    EXTENDED = "extended"
    """stage, working_days, reason, good_reason, late"""
    RESPONDED = "responded"
    """stage, day, outcome"""
    ESCALATED = "escalated"
    """day the resident asked for stage 2, reason (may be empty, 6.12)"""
    NOTED = "noted"
    """text"""
    CLOSED = "closed"
    """reason"""
    REOPENED = "reopened"
    """reason"""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: when it happened, who did it (a person or `putright`), and the particulars.

    `at` is aware. When it was written down, and the hash that chains it to the one before, belong to storage.
    """

    kind: Kind
    at: datetime
    actor: str
    data: Mapping[str, Any] = field(default_factory=dict)
