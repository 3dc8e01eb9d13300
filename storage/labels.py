"""What people said messages are: read from the log of events, which keeps who, when, and why they were shown it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlite_utils import Database

from putright.cases.events import GUIDE, Kind, Shown
from putright.cases.labels import Decision, Label
from putright.cases.message import Message
from putright.storage import messages

MACHINE = "putright"
"""The actor of what the program does by itself: never a person's label."""
_BY_PERSONS = "kind in ('confirmed', 'reclassified') and actor != ?"
_DRAWN = "json_extract(data, '$.shown') = 'random'"
"""In the words of the index of m011."""


@dataclass(frozen=True, slots=True)
class HumanLabel:
    """One label that a person gave to the message a case was opened with."""

    reference: str
    message: Message
    label: Label
    who: str
    when: datetime
    shown: Shown
    guide: str
    alone: bool
    """Whether the case held no other message then; otherwise the label may be due to what came later."""


def human(db: Database) -> list[HumanLabel]:
    """Every label a person gave, oldest first; what was later changed is there too. A message without text is not."""
    return _labels(db, _BY_PERSONS)


def drawn(db: Database) -> list[HumanLabel]:
    """Those given to what was drawn by lot, oldest first: few, and found without looking at the others."""
    return [
        x
        for x in _labels(db, f"{_BY_PERSONS} and {_DRAWN}", "indexed by events_drawn")
        if x.shown is Shown.RANDOM
    ]


def _labels(db: Database, condition: str, by: str = "") -> list[HumanLabel]:
    """The labels on the cases that have an event of that condition, found `by` an index."""
    rows = db.execute(
        "select case_ref, kind, at, actor, data from events where case_ref in "
        f"(select case_ref from events {by} where {condition}) order by case_ref, seq",
        [MACHINE],
    ).fetchall()
    found = [
        x
        for reference, events in groupby(rows, lambda row: str(row[0]))
        for x in _of_case(db, reference, events)
    ]
    return sorted(found, key=lambda x: x.when)


def _of_case(db: Database, reference: str, events: Iterator[tuple[Any, ...]]) -> Iterator[HumanLabel]:
    opened: dict[str, Any] = {}
    alone = True
    waits = said = False
    """Whether the machine asked and nobody has answered yet; whether a person has said anything."""
    for _, kind, at, actor, data in events:
        particulars = json.loads(data)
        if kind in (Kind.OPENED, Kind.READ):
            opened, waits = particulars, particulars["decision"] == Decision.ASK
            alone = "parent" not in particulars  # else the label is about a part of the message
        elif kind == Kind.JOINED:
            alone = False
        elif kind in (Kind.CONFIRMED, Kind.RECLASSIFIED) and actor != MACHINE:
            message = next((x for x in messages.of_case(db, reference) if x.id == opened["message"]), None)
            if message is not None and message.body.strip():
                shown = Shown(particulars.get("shown") or (Shown.UNSURE if waits else Shown.DISPUTED))
                if (
                    shown is Shown.DISPUTED and kind == Kind.CONFIRMED and not said
                ):  # as it was once written down
                    shown = Shown.AGREED
                yield HumanLabel(
                    reference,
                    message,
                    Label(particulars["label"]),
                    actor,
                    datetime.fromisoformat(at),
                    shown,
                    particulars.get("guide", GUIDE),
                    alone,
                )
            waits, said = False, True
