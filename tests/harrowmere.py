"""The invented landlord of the tests: its calendar and people, and letters to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from putright.cases import acts
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.events import Event, Kind
from putright.cases.record import record
from putright.cases.records.assessment import ASSESS
from putright.cases.working_days import LONDON, england
from putright.mailbox.source import Location, RawMail
from putright.storage.database import open_database
from putright.triage.act import Moved, act
from putright.triage.landlord import Landlord
from putright.triage.settle import Outcome
from putright.triage.take_in import process_waiting, store_mail, store_told
from putright.triage.told import Told
from tests.cases.a_case import ASSESSED
from tests.readers import StandIn

LANDLORD = Landlord(
    calendar=england(),
    name="Harrowmere Homes",
    staff_domains=frozenset({"harrowmere.example"}),
    mail_channel="C1",
    digest_channel="C1",
)
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=LONDON)
"""An ordinary working morning: the day tests happen on unless they say otherwise."""
LATER = datetime(2028, 12, 1, 10, 0, tzinfo=LONDON)
"""What the clock of their database shows: past all that is done in them."""
RESIDENT, ADDRESS, PHONE = "Jacinta Okonkwo", "jacinta.okonkwo@post.example", "07700 900123"
PRIVATE = (*RESIDENT.split(), ADDRESS, PHONE, "Ashdown", "mushrooms")
"""What no channel may show of the letter below."""


def letter(
    body: str = f"complaint: mushrooms grow in flat 12 Ashdown House. Ring {PHONE}.",
    *,
    number: int = 1,
    sent: datetime | None = MONDAY,
    headers: str = "",
    sender: str = f"{RESIDENT} <{ADDRESS}>",
) -> bytes:
    """A resident's mail. The same arguments give the same bytes."""
    date_line = f"Date: {format_datetime(sent)}\r\n" if sent else ""
    return (
        f"From: {sender}\r\nTo: complaints@harrowmere.example\r\n{date_line}Subject: Letter {number}\r\n"
        f"Message-ID: <letter-{number}@post.example>\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\n{headers}\r\n{body}\r\n"
    ).encode()


def raw_mail(raw: bytes, *, uid: str = "1", account: str = "inbox", arrived: datetime = MONDAY) -> RawMail:
    return RawMail(Location(account, "INBOX", 1, uid), raw, arrived.astimezone(UTC))


def told(text: str, at: datetime = MONDAY, **more: Any) -> Told:
    return Told(text, "Sam Reed", at.astimezone(UTC), **more)


def in_slack(text: str, ts: str, thread_ts: str = "", place: str = "C1") -> Told:
    at = datetime.fromtimestamp(float(ts), UTC)
    return Told(text, "U1", at, team="T0LANDLORD", place=place, ts=ts, thread_ts=thread_ts)


@contextmanager
def database(path: Path) -> Iterator[Database]:
    """The database of a test, closed at its end; it gives up on a lock at once."""
    db = open_database(path, busy_seconds=0.2, clock=lambda: LATER)
    try:
        yield db
    finally:
        db.close()


def work(
    db: Database, now: datetime = MONDAY, reader: StandIn | None = None, landlord: Landlord = LANDLORD
) -> list[Outcome]:
    """Process all that waits."""
    return list(process_waiting(db, reader or StandIn(), landlord, lambda: now))


def take(
    db: Database, *what: bytes | Told, now: datetime = MONDAY, landlord: Landlord = LANDLORD
) -> list[Outcome]:
    """Take in letters and what people told, each by a path of its own."""
    for one in what:
        if isinstance(one, Told):
            store_told(db, one)
        else:
            store_mail(db, raw_mail(one, uid=str(db.execute("select count(*) from locations").fetchone()[0])))
    return work(db, now, landlord=landlord)


def log(db: Database, body: str, *, received: datetime = MONDAY, landlord: Landlord = LANDLORD) -> str:
    """One letter of that body, sent and taken in at `received`; its reference."""
    number = db.execute("select count(*) from intake").fetchone()[0] + 1
    (outcome,) = take(db, letter(body, number=number, sent=received), now=received, landlord=landlord)
    assert outcome.reference
    return outcome.reference


def do(
    db: Database,
    reference: str,
    decide: Any,
    *,
    by: str = "Priya Shah",
    at: datetime = MONDAY,
    landlord: Landlord = LANDLORD,
    **more: Any,
) -> Moved:
    """An act of cases.acts on a case: assessed before it is acknowledged, each point answered with a reason."""
    who = By(by, at)

    def decided(case: Case) -> Event | tuple[Event, ...]:
        if decide is acts.respond and "reasons" not in more:
            more["reasons"] = ["it failed"] * len(case.at_stage(case.stage).definition.points)
        if decide is acts.respond:
            more.setdefault("impact", "weeks of cold")
        if decide is acts.acknowledge and not case.of(Kind.ASSESSED):
            return acts.in_turn(
                case, lambda x: record(ASSESS, x, who, ASSESSED), lambda x: acts.acknowledge(x, who, **more)
            )
        return decide(case, who, **more)  # type: ignore[no-any-return]

    return act(db, reference, landlord, at, decided)


def on(day: str, hour: int = 10, minute: int = 0) -> datetime:
    """A London moment of a day given as 2026-11-23."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), LONDON).replace(
        hour=hour, minute=minute
    )


def with_holiday(day: str) -> Landlord:
    """The landlord once a bank holiday was announced."""
    return replace(LANDLORD, calendar=LANDLORD.calendar.with_extra({date.fromisoformat(day): "announced"}))
