"""Each handler's morning, the leads' week, and snoozing: what is said, once, to whom, and what cannot be silenced."""

from dataclasses import replace
from datetime import date

import pytest
from sqlite_utils import Database

from putright.bot.slack_blocks import BESIDE_LIMIT, post_blocks
from putright.cases import acts
from putright.cases.errors import Refused
from putright.cases.record import record
from putright.cases.records.promises import ACTION
from putright.storage import outbox, slack_names
from putright.triage.posts import from_json
from putright.triage.remind import queue_digest
from putright.triage.remind_each import of_team, personal, queue_each, weekly
from putright.triage.snooze import snooze
from tests.harrowmere import LANDLORD, MONDAY, PRIVATE, do, in_slack, log, on, take

STAFFED = replace(LANDLORD, people={"U1": "Priya Shah", "U2": "Sam Reed"}, leads_channel="C9")
IN_TEAMS = replace(
    STAFFED,
    teams={"North": ("Priya Shah",), "South": ("Sam Reed",), "Void": ()},
    team_channels={"South": "C7"},
)


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


@pytest.mark.parametrize(
    ("asked_on", "until", "said_on", "words"),
    [
        ("2026-11-25", None, "2026-11-26", "To be reminded of again today: 1"),
        ("2026-11-26", None, "2026-11-27", "Due in 1 working day: 1"),
        ("2026-11-26", "2026-11-28", "2026-11-30", "Due today: 1"),
        ("2026-11-25", "2026-11-27", "2026-11-26", ""),
    ],
    ids=[
        "the next day, though it is no step before it is due",
        "on a step it is said as the step",
        "until a Saturday: on Monday, when it is due",
        "not while it sleeps",
    ],
)
def test_who_put_a_reminder_off_is_reminded_on_the_day_that_was_named(
    asked_on: str, until: str | None, said_on: str, words: str, db: Database
) -> None:
    reference = with_priya(db)
    snooze(db, reference, "Priya Shah", STAFFED, on(asked_on), date.fromisoformat(until) if until else None)
    text = said(db, said_on)
    assert words in text and bool(text) is bool(words)
    assert text.count(reference) == bool(words)


@pytest.mark.parametrize(
    ("day", "button"),
    [("2026-11-25", "snooze"), ("2026-11-30", "open"), ("2026-12-01", "open")],
    ids=[
        "what is due later can be put off",
        "what is due today can only be opened",
        "a breach cannot be put off",
    ],
)
def test_each_line_of_a_handlers_morning_has_its_button(day: str, button: str, db: Database) -> None:
    reference = with_priya(db)
    post = personal(db, STAFFED, "Priya Shah", date.fromisoformat(day))
    assert post and post.beside == ((1, button, reference),)
    assert from_json(post.as_json()) == post
    blocks = post_blocks(post)
    assert [x["accessory"]["action_id"] for x in blocks if "accessory" in x] == [f"case:{button}"]
    assert len(blocks) == 4 and "Priya" not in str(blocks), "it is hers, so her name says nothing"


def test_a_long_morning_keeps_within_slacks_fifty_blocks(db: Database) -> None:
    for n in range(18):
        for received in ("2026-11-10", "2026-11-16", "2026-11-19"):
            with_priya(db, received, f"complaint: {n} {received}")
    post = personal(db, STAFFED, "Priya Shah", date(2026, 11, 23))
    assert post and len(post.beside) > BESIDE_LIMIT and len(post_blocks(post)) <= 50


def test_a_team_reads_what_is_with_it_or_its_people_and_nothing_else(db: Database) -> None:
    with_priya(db, "2026-11-13")
    do(db, log(db, "complaint: b", received=on("2026-11-16")), acts.assign, handler="North")
    do(db, log(db, "complaint: c", received=on("2026-11-17")), acts.assign, handler="Sam Reed")
    log(db, "complaint: d", received=on("2026-11-13"))
    post = of_team(db, IN_TEAMS, "North", date(2026, 11, 23))
    assert post and post.text.splitlines() == [
        "North, Mon 23 Nov 2026",
        "OVERDUE, in breach of the Code: 1",
        "  HC-2026-0001  acknowledge by Fri 20 Nov 2026 (Code 6.2), repairs, priya SHAH",
        "Due today: 1",
        "  HC-2026-0002  acknowledge by Mon 23 Nov 2026 (Code 6.2), repairs, North",
    ]
    assert of_team(db, IN_TEAMS, "Void", date(2026, 11, 23)) is None


def test_a_team_without_a_channel_reads_its_digest_in_the_thread_of_the_mornings(db: Database) -> None:
    with_priya(db, "2026-11-13")
    do(db, log(db, "complaint: c", received=on("2026-11-17")), acts.assign, handler="Sam Reed")
    now = on("2026-11-24", 8, 30)
    queue_digest(db, IN_TEAMS, now)
    assert queue_each(db, IN_TEAMS, now) == 5 and queue_each(db, IN_TEAMS, now) == 0
    said = {}
    while row := outbox.claim(db, now):
        outbox.sent(db, row.id, now, f"ts of {row.key}")
        said[row.key] = (row.channel, row.thread_ts)
    assert said["digest:2026-11-24:team:North"] == ("C1", "ts of digest:2026-11-24")
    assert said["digest:2026-11-24:team:South"] == ("C7", "")


def test_a_team_hears_nothing_of_a_confined_case(db: Database) -> None:
    reference = with_priya(db, "2026-11-13")
    do(db, reference, acts.confine, to=[], reason="about staff")
    assert of_team(db, IN_TEAMS, "North", date(2026, 11, 23)) is None


def test_leads_are_told_of_a_possible_emergency_at_once_and_once_a_day_of_each_case(db: Database) -> None:
    log(db, "request: gas, emergency!")
    take(db, in_slack("request: a tap", "1795000100.000100"), landlord=STAFFED)
    for n in (2, 3):
        again = in_slack("request: gas now emergency!", f"179500010{n}.000100", "1795000100.000100")
        take(db, again, landlord=STAFFED)
    alarms = {}
    while row := outbox.claim(db, MONDAY):
        if row.kind == "emergency":
            alarms[row.case_ref] = (row.channel, row.payload["title"], row.thread_ts)
    assert alarms == {
        "HC-2026-0001": ("C1", "HC-2026-0001: possible emergency, repairs.", ""),
        "HC-2026-0002": ("C9", "HC-2026-0002: possible emergency, repairs.", ""),
    }


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
    assert "to be looked at: 1" in text and "putright " not in text
    assert not [x for x in PRIVATE if x in text]


def test_what_was_promised_is_told_to_its_owner_with_a_button_and_to_the_team_without(db: Database) -> None:
    reference = with_priya(db)
    given = {"what": "mend the seal", "due": date(2026, 11, 24), "owner": "Priya Shah"}
    do(db, reference, lambda case, by: record(ACTION, case, by, given))
    line = "Promised to residents and due: 1\n  HC-2026-0001  action promised for Tue 24 Nov 2026"
    post = personal(db, STAFFED, "Priya Shah", date(2026, 11, 24))
    assert post and line in post.text and post.beside == ((1, "open", reference),)
    team = of_team(db, IN_TEAMS, "North", date(2026, 11, 24))
    assert team and line in team.text and "seal" not in post.text + team.text


def test_who_has_a_case_under_a_slack_id_alone_hears_of_it_too(db: Database) -> None:
    do(db, log(db, "complaint: a", received=on("2026-11-13")), acts.assign, handler="U0KIM0001")
    do(db, log(db, "complaint: b", received=on("2026-11-13")), acts.assign, handler="Ursula")
    slack_names.put(db, {"U0KIM0001": "Kim Lau"})
    queue_each(db, replace(LANDLORD, weekly=False), on("2026-11-24", 8, 30))
    rows = [x for x in iter(lambda: outbox.claim(db, on("2026-11-24")), None) if x.kind == "digest"]
    assert [x.channel for x in rows] == ["U0KIM0001"]
    assert rows[0].payload["lines"][1].startswith("  HC-2026-0001")


@pytest.mark.parametrize(
    ("up_on", "said"),
    [
        (("2026-11-23", "2026-11-24"), [True, False]),
        (("2026-11-25", "2026-11-26"), [True, False]),
        (("2026-11-28",), [False]),
    ],
    ids=["on Monday, once", "down until Wednesday: then", "not at the weekend"],
)
def test_the_week_is_told_once_also_where_its_monday_was_missed(
    up_on: tuple[str, ...], said: list[bool], db: Database
) -> None:
    log(db, "request: tap", received=on("2026-11-18"))
    assert [bool(queue_each(db, STAFFED, on(day, 9))) for day in up_on] == said


def test_a_first_week_that_begins_on_a_wednesday_has_none_before_it_to_tell(db: Database) -> None:
    log(db, "request: tap", received=on("2026-11-25"))
    assert not queue_each(db, STAFFED, on("2026-11-25", 11))
