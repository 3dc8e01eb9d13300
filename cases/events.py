"""Events: what happened on a case. They are only ever added; a case is the fold of its events."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

GUIDE = "1"
"""Which labelling guide (models/corpus/LABELLING.md) people label by; raise it when a border moves."""


MACHINE = "putright"
"""The actor of what the program does by itself."""


class Shown(StrEnum):
    """Why a person was shown the message that they labelled: what they see is no fair sample, so it is kept."""

    UNSURE = "unsure"
    """the machine asked"""
    DISPUTED = "disputed"
    """a person took up a sure reading by themselves because it was wrong, or what another person had said"""
    AGREED = "agreed"
    """a person took up a sure reading by themselves and agreed with it"""
    RANDOM = "random"
    """drawn by lot"""


class JoinedAs(StrEnum):
    """Why a message stands in a case that it did not open."""

    REPLY = "reply"
    """the resident wrote again"""
    COPY = "copy"
    """the same mail by another path"""
    STAFF = "staff"
    """staff's own mail on the matter"""
    NOTE = "note"
    """said below a note or a post of ours"""
    EDIT = "edit"
    """what a note was changed to, in Slack"""


class Kind(StrEnum):
    """What can happen on a case. The keys of each event's `data` stand beside it."""

    OPENED = "opened"
    """message, channel, received (ISO), label, decision, area, flags, issues, outcomes, model. These may lack: marks
    (what it brings beside its label); identified (it says who the resident is); parent (the case out of which a person
    opened it); imported, unconfirmed (another system's reference, and that nobody has confirmed the label of the case
    it came in with)"""
    JOINED = "joined"
    """message: a further message of the same matter. These may lack: as (a `JoinedAs`), how (in words), came_from (the
    case it had opened), received (ISO, when it moves the case's receipt to an earlier moment), day (ISO date it was
    sent), asks_stage_2 (why it may ask for that), names_stage_2 (in so many words), chases (false: it only thanks
    or informs), may_be_complaint, acts (what staff's reply may be), complaint (the case it had
    opened was one for sure), flags (the hazards it may speak of), marks and marked (ISO: since when they run)"""
    UNJOINED = "unjoined"
    """messages, to (the case they are now), received (ISO: the receipt of what stays), reason"""
    SUGGESTED = "suggested"
    """into (another case that this message may belong to), how (in words)"""
    JOINED_INTO = "joined into"
    """into: all its messages belong to that case now, and it is closed"""
    ANSWERED = "answered"
    """offer (the number of the event that made it), accepted, act (may be empty), reason: a person decided"""
    READ = "read"
    """as opened: a message that could not be read at first was read after all"""
    CONFIRMED = "confirmed"
    """label, shown and guide (both may lack): a person agrees with the reading"""
    RECLASSIFIED = "reclassified"
    """label, was, reason, shown and guide (both may lack): a person says otherwise"""
    DEFINED = "defined"
    """stage, points, outcomes: the complaint definition as a person confirmed it (5.6). These may lack: responsible
    (one of yes, unclear or no: WHO for each point, 5.7), asked (what was unclear), issue_date, aware_date, discretion
    (why it is taken out of time, 2.3)"""
    ASSIGNED = "assigned"
    """handler, stage"""
    ACKNOWLEDGED = "acknowledged"
    """stage, day (ISO date the acknowledgement was sent)"""
    EXTENDED = "extended"
    """stage, working_days, reason, good_reason, late; day the resident was told and due date it met (may lack);
    next (ISO day of the next update, 5.9; may lack)"""
    RESPONDED = "responded"
    """stage, day, outcome; these may lack: decided_by (then the actor), decisions (outcome and reason of each point),
    impact (how the fault affected the resident, 7.2)"""
    ESCALATED = "escalated"
    """day the resident asked for stage 2, reason (may be empty, 6.12)"""
    NOTED = "noted"
    """text"""
    CLOSED = "closed"
    """reason"""
    REOPENED = "reopened"
    """reason"""
    CONFINED = "confined"
    """to (who may see it beside its handler and leads), reason, due (ISO day of its review): replaces the one before"""
    UNCONFINED = "unconfined"
    """reason: everybody who may see cases sees it again"""

    LINKED = "linked"
    """reference, how (one of life.matters.How)"""
    MERGED = "merged"
    """reference, messages, received and was_received (ISO): that case ended in this one; these may lack: own (ISO
    receipt of that case alone), complaint (it was one for sure), marks and marked (its own, and since when they run)"""
    UNMERGED = "unmerged"
    """the same particulars: it did not"""
    ISSUE = "issue"
    """issue, on (ISO day it was raised; may lack), related, answered, delays, joins: what was raised during the
    investigation (6.8)"""

    # Records: the keys of their data are the fields of the act of that kind in records/; items have a number too.
    ASSESSED = "assessed"
    HAZARD = "hazard"
    HAZARD_STEP = "hazard step"
    REFUSED = "refused"
    RECONSIDERED = "reconsidered"
    CHOICE = "choice"
    WITHDRAWN = "withdrawn"
    CONTACTED = "contacted"
    UPDATED = "updated"
    SATISFACTION = "satisfaction"
    EVIDENCE = "evidence"
    CONFLICT = "conflict"
    CONSULTED = "consulted"
    AUTHORITY = "authority"
    MARKED = "marked"
    ADJUSTED = "adjusted"
    RESTRICTED = "restricted"
    FLAGGED = "flagged"
    ACTION = "action"
    REMEDY = "remedy"
    LEARNT = "learnt"
    OMBUDSMAN = "ombudsman"
    INCIDENT = "incident"
    DONE = "done"
    """of (the kind of the item), verb, number; evidence or why"""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: when it happened, who did it (a person or `putright`), and the particulars.

    `at` is aware: deadlines count from it. `recorded_at` is when the machine wrote it down, None until it has. The
    hash that chains it to the one before belongs to storage.
    """

    kind: Kind
    at: datetime
    actor: str
    data: Mapping[str, Any] = field(default_factory=dict)
    recorded_at: datetime | None = field(default=None, compare=False)

    @property
    def out_of_turn(self) -> bool:
        """Whether it was written down more than a day away from when it happened."""
        return self.recorded_at is not None and abs(self.recorded_at - self.at) > timedelta(days=1)
