"""A database of many invented cases with their lives, made by lot from a seed: for measuring, and for nothing else.

Events and lists are written by the functions the program itself writes them with, so `putright audit verify` accepts
the file. A twenty-fifth of the cases are open, the newest; the rest were lived to their end.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from sqlite_utils import Database

from putright.cases.events import MACHINE, Event, Kind
from putright.cases.labels import Channel, Decision, Flag, Label, ServiceArea
from putright.cases.message import Message, Person
from putright.cases.reading import Reading
from putright.cases.references import reference
from putright.cases.working_days import LONDON
from putright.storage import cases, events, intake, messages, traces
from putright.storage.database import writing
from putright.triage.landlord import Landlord
from putright.triage.settle import opening

TODAY = date(2026, 11, 20)
"""The day as of which the newest cases are open."""
FIRST = date(2022, 1, 3)
OPEN_SHARE = 25
STAFF = tuple(f"{first} {last}" for last in ("Shah", "Reed", "Okafor", "Brandt") for first in
              ("Priya", "Sam", "Ada", "Jo", "Mina"))  # fmt: skip
BATCH = 1_000
"""Cases written in one transaction."""
_MODEL = "none"
_AREAS = tuple(ServiceArea)


def fill(db: Database, number: int, landlord: Landlord, seed: int = 1) -> None:
    """Write `number` cases into an empty database, the same ones for the same seed."""
    db.execute("PRAGMA synchronous = OFF")  # only while filling
    db.execute("PRAGMA cache_size = -200000")
    chance = random.Random(seed)
    months = max((TODAY - FIRST).days, 1)
    counted: dict[int, int] = {}
    for start in range(0, number, BATCH):
        with writing(db):
            for n in range(start, min(start + BATCH, number)):
                is_open = n >= number - number // OPEN_SHARE
                day = TODAY - timedelta(days=chance.randrange(28)) if is_open else (
                    FIRST + timedelta(days=(months - 120) * n // number)
                )  # fmt: skip
                counted[day.year] = counted.get(day.year, 0) + 1
                _write(db, reference(day.year, counted[day.year]), n, day, is_open, chance, landlord)


def _write(
    db: Database, ref: str, n: int, day: date, is_open: bool, chance: random.Random, landlord: Landlord
) -> None:
    received = datetime(day.year, day.month, day.day, 8 + n % 9, n % 60, tzinfo=UTC)
    message, reading = _said(n, received, chance)
    opened = Event(Kind.OPENED, received, MACHINE, opening(message, reading))
    life = [opened, *_life(received, day, is_open, reading.label, chance)]
    case = events.append(db, ref, life)
    cases.project(db, case, case.next_due(landlord.calendar, landlord.targets))
    raw = f"Subject: {message.subject}\n\n{message.body}".encode()
    place = ("bench", "INBOX", 1, str(n))
    number, _ = intake.store(
        db, fingerprint=message.id, source="mail", location=place, raw=raw, arrived=received
    )
    messages.save(db, number, ref, message)
    messages.save_reading(db, message.id, reading, received)
    intake.settle(db, number, "logged", received, case_ref=ref)
    traces.save(db, number, [("own", message.message_id), ("resident", message.resident.address)])


def _said(n: int, received: datetime, chance: random.Random) -> tuple[Message, Reading]:
    who = Person(f"Resident {n // 3}", f"r{n // 3}@example.org")
    label = chance.choices(tuple(Label), (60, 25, 10, 5))[0]
    area = chance.choice(_AREAS)
    flags = tuple(
        flag
        for flag, share in (
            (Flag.HAZARD_EMERGENCY, 0.02),
            (Flag.HAZARD_SIGNIFICANT, 0.06),
            (Flag.CHASER, 0.2),
        )
        if chance.random() < share
    )
    message = Message(
        id=f"{n:064x}",
        channel=Channel.EMAIL,
        subject=f"Matter {n}",
        body=f"The {area.words} matter number {n} is still not settled. Please put it right. " * 4,
        sender=who,
        resident=who,
        received_at=received,
        received_from="its first Received header",
        message_id=f"<{n}@example.org>",
    )
    decision = Decision.ASK if chance.random() < 0.1 else Decision.SURE
    issue = f"The {area.words} matter number {n} is still not settled."
    reading = Reading(
        label,
        {label: 1.0},
        decision,
        (),
        "1.2",
        "Measured.",
        area,
        flags,
        (issue,),
        ("Put it right.",),
        model=_MODEL,
    )
    return message, reading


def _life(
    received: datetime, day: date, is_open: bool, label: Label, chance: random.Random
) -> Iterator[Event]:
    """What happened on it: of an open case its first steps, of a closed one all."""
    who = chance.choice(STAFF)
    at = received

    def step(kind: Kind, days: int, **data: object) -> Event:
        nonlocal at
        at += timedelta(days=days)
        return Event(kind, at, who, data)

    steps = chance.randrange(6) if is_open else 99
    if steps > 0:
        yield step(Kind.CONFIRMED, 0, label=label.value)
        yield step(Kind.ASSIGNED, 0, stage=1, handler=who)
    if steps > 0 and chance.random() < 0.05:
        aware = received.isoformat()
        hazard = {"kind": "significant", "of": "damp-mould", "aware": aware, "reason": "a baby sleeps there"}
        yield Event(Kind.HAZARD, at, who, hazard)
    if label is Label.COMPLAINT:
        if steps > 1:
            yield step(Kind.DEFINED, 1, stage=1, points=["It is not settled."], outcomes=["Put it right."])
            yield step(
                Kind.ASSESSED, 0, complexity="low", vulnerability="none known", risk="none known"
            )  # fmt: skip
        if steps > 2:
            yield step(Kind.ACKNOWLEDGED, chance.choice((1, 2, 3)), stage=1, day=_day(at))
        if steps > 3 and is_open:
            promised = day + timedelta(days=21)
            yield step(Kind.UPDATED, 1, what="Told how it stands.", next=promised.isoformat())
            yield step(Kind.ACTION, 0, number=1, what="Mend it.", due=promised.isoformat(), owner=who)
        if not is_open:
            if chance.random() < 0.15:
                yield step(
                    Kind.EXTENDED, 3, stage=1, working_days=10, reason="Parts.", good_reason=False, late=False
                )  # fmt: skip
            outcome = chance.choice(("upheld", "partly upheld", "not upheld"))
            yield step(Kind.RESPONDED, chance.choice((6, 9, 15)), stage=1, day=_day(at), outcome=outcome)
            if chance.random() < 0.9:
                yield step(Kind.LEARNT, 1, number=1, lesson="Say when we come.", tier="team")
    if not is_open:
        yield step(Kind.CLOSED, 1, reason="settled")


def _day(at: datetime) -> str:
    return at.astimezone(LONDON).date().isoformat()
