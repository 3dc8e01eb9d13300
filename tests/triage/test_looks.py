"""The alarm for a mailbox that is not heard: once, in time, and once when it is well again."""

import json
from datetime import datetime, timedelta

import pytest
from sqlite_utils import Database

from putright.storage import looks
from putright.triage.looks import last_good_look, looked, raise_alarm
from tests.harrowmere import LANDLORD, MONDAY

BROKEN = "The mail server 127.0.0.1:993 cannot be reached; check the network, the port and whether the server runs."


def after(minutes: float) -> datetime:
    return MONDAY + timedelta(minutes=minutes)


def alarm(db: Database, minutes: float, silent_since: datetime | None = None) -> bool:
    return raise_alarm(db, LANDLORD, "inbox", after(minutes), 30, silent_since)


def said(db: Database) -> list[str]:
    rows = db.execute("select payload from outbox where kind = 'alarm' and channel = 'C1' order by id")
    return [json.loads(row[0])["title"] for row in rows]


def test_a_mailbox_that_fails_for_half_an_hour_raises_one_alarm_and_one_all_clear(db: Database) -> None:
    looked(db, LANDLORD, "inbox", MONDAY)
    looks.bad(db, "inbox", BROKEN, after(10))
    assert not alarm(db, 39), "29 minutes after the first failure"
    assert alarm(db, 40)
    looks.bad(db, "inbox", "Another sentence.", after(41))
    assert not alarm(db, 500), "once"
    looked(db, LANDLORD, "inbox", after(501))
    looked(db, LANDLORD, "inbox", after(502))
    assert said(db) == [
        "MAIL IS NOT READ: the mailbox inbox could not be looked at since Mon 23 Nov 2026, 10:00.",
        "The mailbox inbox is well again: it was looked at Mon 23 Nov 2026, 18:21.",
    ]
    looks.bad(db, "inbox", BROKEN, after(600))
    assert alarm(db, 630), "the next outage is another"
    assert len(said(db)) == 3


def test_a_short_fault_is_not_told(db: Database) -> None:
    looked(db, LANDLORD, "inbox", MONDAY)
    looks.bad(db, "inbox", BROKEN, after(1))
    looked(db, LANDLORD, "inbox", after(20))
    looks.bad(db, "inbox", BROKEN, after(21))
    assert not alarm(db, 40)
    looked(db, LANDLORD, "inbox", after(41))
    assert said(db) == []


def test_a_mailbox_that_never_worked_raises_it_too(db: Database) -> None:
    looks.bad(db, "inbox", BROKEN, MONDAY)
    assert alarm(db, 30)
    assert said(db) == ["MAIL IS NOT READ: the mailbox inbox could not be looked at yet."]


def test_a_look_that_never_ends_raises_it_though_nothing_failed(db: Database) -> None:
    looked(db, LANDLORD, "inbox", MONDAY)
    assert not alarm(db, 39, after(10))
    assert alarm(db, 40, after(10))


def test_a_program_that_was_off_all_weekend_raises_nothing_when_it_starts(db: Database) -> None:
    looked(db, LANDLORD, "inbox", MONDAY - timedelta(days=3))
    assert not alarm(db, 0, after(10))
    looks.bad(db, "inbox", BROKEN, MONDAY)
    assert not alarm(db, 29, after(10))


def test_a_good_look_is_written_down_once_a_minute(db: Database) -> None:
    for second in (0, 1, 59):
        looked(db, LANDLORD, "inbox", MONDAY + timedelta(seconds=second))
        assert looks.of(db, "inbox").good_at == MONDAY
    looked(db, LANDLORD, "inbox", after(1))
    assert looks.of(db, "inbox").good_at == after(1)


def test_a_mailbox_that_is_no_longer_set_up_is_forgotten(db: Database) -> None:
    for account in ("inbox", "old"):
        looked(db, LANDLORD, account, MONDAY)
    looks.keep_only(db, ["inbox"])
    assert [look.account for look in looks.every(db)] == ["inbox"]


@pytest.mark.parametrize(
    ("good", "bad", "words"),
    [
        pytest.param(None, None, "It was not looked at yet.", id="new"),
        pytest.param(None, 5, "It was never looked at with success.", id="never well"),
        pytest.param(0, None, "Last good look: Mon 23 Nov 2026, 10:00.", id="well"),
        pytest.param(
            0,
            5,
            "Last good look: Mon 23 Nov 2026, 10:00. It fails since Mon 23 Nov 2026, 10:05.",
            id="failing",
        ),
    ],
)
def test_when_it_was_last_looked_at_in_words(
    db: Database, good: float | None, bad: float | None, words: str
) -> None:
    if good is not None:
        looked(db, LANDLORD, "inbox", after(good))
    if bad is not None:
        looks.bad(db, "inbox", BROKEN, after(bad))
    assert last_good_look(looks.of(db, "inbox")) == words
