"""Each handler's morning, the leads' week, and snoozing: what is said, once, to whom, and what cannot be silenced."""

from dataclasses import replace
from datetime import date

import pytest
from sqlite_utils import Database

from putright.cases import acts
from putright.cases.errors import Refused
from putright.storage import outbox
from putright.triage.remind_each import personal, queue_each, weekly
from putright.triage.snooze import snooze
from tests.harrowmere import LANDLORD, MONDAY, PRIVATE, do, log, on

STAFFED = replace(LANDLORD, people={"U1": "Priya Shah", "U2": "Sam Reed"}, leads_channel="C9")


def with_priya(
    db: Database, received: str = "2026-11-23", body: str = "complaint: mushrooms at 12 Ashdown"
) -> str:
    """A complaint that Priya handles; it is to be acknowledged within five working days."""
    reference = log(db, body, received=on(received))
    do(db, reference, acts.assign, handler=" priya  SHAH", at=on(received, 11))
    return reference


def said(db: Database, day: str, name: str = "Priya Shah") -> str:
    post = personal(db, STAFFED, name, date.fromisoformat(day))
    return post.text if post else ""


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-11-24", ""),
        ("2026-11-25", "Due in 3 working days: 1"),
        ("2026-11-26", ""),
        ("2026-11-27", "Due in 1 working day: 1"),
        ("2026-11-30", "Due today: 1"),
        ("2026-12-01", "OVERDUE, in breach of the Code: 1"),
        ("2026-12-02", "OVERDUE, in breach of the Code: 1"),
    ],
    ids=[
        "four before",
        "three before",
        "two before",
        "the day before",
        "the day",
        "a day late",
        "two days late",
    ],
)
def test_a_handler_hears_at_the_steps_on_the_day_and_daily_once_overdue(
    day: str, words: str, db: Database
) -> None:
    with_priya(db)
    text = said(db, day)
    assert words in text and bool(text) is bool(words)
    assert not [x for x in PRIVATE if x in text]
    assert said(db, day, "Sam Reed") == "", "nobody hears of another's cases"


def test_a_snooze_moves_the_reminder_and_not_the_deadline(db: Database) -> None:
    reference = with_priya(db)
    assert snooze(db, reference, "Priya Shah", STAFFED, on("2026-11-24"), date(2026, 11, 26)) == date(
        2026, 11, 26
    )
    assert said(db, "2026-11-25") == ""
    assert "Due in 1 working day" in said(db, "2026-11-27")
    assert "Due today" in said(db, "2026-11-30")


@pytest.mark.parametrize(
    ("now", "until", "sentence"),
    [
        ("2026-12-01", None, "was due on Mon 30 Nov 2026 and is in breach: that cannot be snoozed"),
        ("2026-11-27", "2026-12-01", "to Mon 30 Nov 2026 at the latest: it is due then"),
        ("2026-11-27", "2026-11-27", "only be put off to a later day"),
    ],
    ids=["a breach", "past the due date", "to today"],
)
def test_what_cannot_be_snoozed(now: str, until: str | None, sentence: str, db: Database) -> None:
    reference = with_priya(db)
    with pytest.raises(Refused, match=sentence):
        snooze(db, reference, "Priya Shah", STAFFED, on(now), date.fromisoformat(until) if until else None)


def test_an_extended_case_is_quiet_until_its_new_date(db: Database) -> None:
    reference = with_priya(db)
    do(db, reference, acts.define, points=["a"], outcomes=["b"])
    do(db, reference, acts.acknowledge)
    do(db, reference, acts.extend, calendar=LANDLORD.calendar, working_days=5, reason="the surveyor")
    assert said(db, "2026-12-07") == "", "the old date"
    assert "Due today" in said(db, "2026-12-14")


def test_each_morning_and_week_is_said_once_to_each_and_survives_a_restart(db: Database) -> None:
    with_priya(db, "2026-11-13")
    now = on("2026-11-23", 8, 30)
    assert queue_each(db, STAFFED, on("2026-11-23", 8, 29)) == 0, "not before its time"
    assert queue_each(db, STAFFED, now) == 2, "Priya's morning and the leads' week; Sam has nothing"
    assert queue_each(db, STAFFED, now) == 0
    assert queue_each(db, STAFFED, on("2026-11-22", 10)) == 0, "not on a Sunday"
    channels = []
    while row := outbox.claim(db, now):
        if row.kind == "digest":
            channels.append(row.channel)
    assert channels == ["U1", "C9"]


def test_the_week_is_counts_and_no_names(db: Database) -> None:
    log(db, "complaint: mushrooms at 12 Ashdown", received=on("2026-11-17"))
    log(db, "request: tap", received=on("2026-11-18"))
    log(db, "survey: Jacinta is not happy ask!", received=on("2026-11-19"))
    text = weekly(db, STAFFED, MONDAY.date()).text
    assert "Came in: 3 (1 complaint, 1 service request, 1 survey feedback)" in text
    assert "Waiting for a person to say what they are: 1" in text
    assert "last week: 1" in text
    assert not [x for x in PRIVATE if x in text]
