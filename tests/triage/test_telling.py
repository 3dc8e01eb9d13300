"""What happened on a case, in words: every kind of event has its sentence."""

import pytest

from putright.cases.events import Event, Kind
from putright.triage.telling import told
from tests.harrowmere import MONDAY

DATA = {
    "mark": "sar",
    "since": "2026-11-20T09:30:00+00:00",
    "message": "m",
    "received": "2026-11-20T09:30:00+00:00",
    "label": "complaint",
    "decision": "ask",
    "area": "repairs",
    "was": "other",
    "reason": "third visit.",
    "stage": 1,
    "points": ["a"],
    "outcomes": ["b"],
    "handler": "Sam",
    "day": "2026-12-01",
    "on": "2026-12-01",
    "due": "2026-12-04",
    "working_days": 1,
    "good_reason": False,
    "late": True,
    "outcome": "upheld",
    "text": "rang twice",
    "result": "asked",
    "how": "phone",
    "answer": "neither",
    "point": 1,
    "what": "photo",
    "person": "Sam",
    "dealt_with": "Kim has it.",
    "representative": "Ann",
    "status": "pending",
    "number": 1,
    "owner": "Repairs",
    "kind": "order",
    "return_on": "2026-12-04",
    "verb": "action",
    "closes": True,
    "reference": "HC-2026-0002",
    "issue": "the stairs",
    "related": True,
    "answered": False,
    "delays": False,
    "joins": True,
    "complexity": "low",
    "vulnerability": "none known",
    "risk": "none known",
    "ground": "other",
    "of": "damp-mould",
    "aware": "2026-11-20T09:30:00+00:00",
    "evidence": "a letter",
    "discretion": "none",
    "to": "HC-2026-0002",
    "into": "HC-2026-0002",
    "offer": 1,
    "accepted": True,
}


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_event_is_told_in_a_sentence(kind: Kind) -> None:
    how = {
        Kind.DONE: {"of": "action"},
        Kind.LINKED: {"how": "related"},
        Kind.HAZARD: {"kind": "significant"},
        Kind.HAZARD_STEP: {"step": "made-safe", "when": "2026-11-22T17:20:00+00:00"},
    }.get(kind, {})
    said = told(Event(kind, MONDAY, "Priya Shah", {**DATA, **how}))
    assert said[0].isupper() and said.endswith((".", ")", "twice")) and "{" not in said and ".." not in said
