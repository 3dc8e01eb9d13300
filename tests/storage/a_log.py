"""Small things to store, for the storage tests."""

from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database

from putright.cases.case import Case
from putright.cases.labels import Channel
from putright.cases.message import Message, Person
from putright.cases.working_days import england
from putright.storage import cases, events, intake
from putright.storage.database import writing
from tests.cases.a_case import opened

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
ENGLAND = england()


def store(db: Database, fingerprint: str = "f1", uid: str = "1", **other: Any) -> tuple[int, bool]:
    """Take in a mail; `other` replaces single particulars."""
    given: dict[str, Any] = {
        "source": "mail",
        "location": ("inbox", "INBOX", 1, uid if fingerprint == "f1" else f"{fingerprint}-{uid}"),
        "raw": b"mail",
        "arrived": AT,
    }
    return intake.store(db, fingerprint=fingerprint, **{**given, **other})


def open_case(db: Database, *, project: bool = True, **other: Any) -> Case:
    """Log a case under the next reference; `other` replaces particulars of its opening."""
    with writing(db):
        reference = cases.next_reference(db, 2026)
        case = events.append(db, reference, [opened(**other)])
        if project:
            cases.project(db, case, case.next_due(ENGLAND, {}))
    return case


def message(**other: Any) -> Message:
    """A message; `other` replaces single particulars."""
    given: dict[str, Any] = {
        "id": "m1",
        "channel": Channel.EMAIL,
        "subject": "Leak",
        "body": "It still leaks.\n",
        "sender": Person("Ada Obi", "ada@home.example"),
        "resident": Person("Ada Obi", "ada@home.example"),
        "received_at": AT,
        "received_from": "the Date header",
    }
    return Message(**{**given, **other})
