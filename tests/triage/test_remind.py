"""The digest of a working morning: what it names, when it is said, and that it is said once."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from putright.cases import acts
from putright.cases.labels import Label
from putright.cases.record import record
from putright.cases.records.ending import WITHDRAW
from putright.storage import outbox
from putright.triage.remind import SHOWN, as_post, digest, queue_digest
from tests.harrowmere import LANDLORD, PRIVATE, database, do, letter, log, on, take, with_holiday


def digests(db: Database) -> int:
    return int(db.execute("select count(*) from outbox where kind = 'digest'").fetchone()[0])


def test_a_digest_names_what_is_overdue_due_today_due_soon_and_waiting_for_a_person(db: Database) -> None:
    log(db, "complaint: a", received=on("2026-11-10"))
    log(db, "complaint: b", received=on("2026-11-16"))
    log(db, "complaint: c ask!", received=on("2026-11-19"))
    log(db, "complaint: d", received=on("2026-11-20"))
    log(db, "request: e emergency!", received=on("2026-11-20"))
    log(db, "request: f emergency!", received=on("2026-11-20"))
    do(db, "HC-2026-0006", acts.assign, handler="Priya Shah")
    post = as_post(digest(db, LANDLORD, on("2026-11-23").date()))
    assert post.title == "Deadlines for Mon 23 Nov 2026"
    assert post.lines == (
        "Possible emergency hazards that nobody has taken: HC-2026-0005",
        "OVERDUE, in breach of the Code: 1",
        "  HC-2026-0001  acknowledge by Tue 17 Nov 2026 (Code 6.2), repairs, unassigned",
        "Due today: 1",
        "  HC-2026-0002  acknowledge by Mon 23 Nov 2026 (Code 6.2), repairs, unassigned",
        "Due by Thu 26 Nov 2026: 1",
        "  HC-2026-0003  acknowledge by Thu 26 Nov 2026 (Code 6.2), repairs, unassigned, unconfirmed",
        "Waiting for a person to say what they are: HC-2026-0003",
    )


@pytest.mark.parametrize(
    ("parked_at", "said"),
    [
        pytest.param(on("2026-11-20", 8, 29), 0, id="before the digest of the working day before"),
        pytest.param(on("2026-11-20", 8, 30), 1, id="from then on"),
        pytest.param(on("2026-11-22"), 1, id="at the weekend"),
    ],
)
def test_a_digest_counts_what_was_parked_since_the_working_day_before(
    db: Database, parked_at: datetime, said: int
) -> None:
    take(db, letter(headers="Auto-Submitted: auto-replied\r\n"), now=parked_at)
    lines = as_post(digest(db, LANDLORD, on("2026-11-23").date())).lines
    assert lines[0] == "Nothing is overdue, due soon or waiting for a person."
    assert lines[1:] == (
        "Parked since Fri 20 Nov 2026 (automatic replies, bounces, bulk mail): 1",
        "  putright parked  lists them with the reason; putright parked real NUMBER  takes one in",
    ) * bool(said)


def test_a_digest_counts_what_could_not_be_read_until_somebody_dealt_with_it(db: Database) -> None:
    take(db, b"", now=on("2026-11-10"))
    line = "Mail that could not be read and waits for a person: 1"
    assert line in as_post(digest(db, LANDLORD, on("2026-11-23").date())).lines
    do(db, "HC-2026-0001", acts.reclassify, label=Label.OTHER, reason="an empty mail")
    do(db, "HC-2026-0001", acts.close, reason="nothing to do")
    assert line not in as_post(digest(db, LANDLORD, on("2026-11-23").date())).lines


def test_a_case_due_the_day_after_the_horizon_is_left_out(db: Database) -> None:
    log(db, "complaint: d", received=on("2026-11-20"))
    assert not digest(db, LANDLORD, on("2026-11-23").date()).soon
    assert digest(db, LANDLORD, on("2026-11-24").date()).soon


def test_the_horizon_counts_working_days_over_christmas(db: Database) -> None:
    assert str(digest(db, LANDLORD, on("2026-12-24").date()).soon_until) == "2026-12-31"


def test_nothing_to_say_is_said_too(db: Database) -> None:
    post = as_post(digest(db, LANDLORD, on("2026-11-23").date()))
    assert post.lines == ("Nothing is overdue, due soon or waiting for a person.",)


def test_a_long_list_is_cut_and_the_rest_counted(db: Database) -> None:
    for number in range(SHOWN + 2):
        log(db, f"complaint: ask! {number}", received=on("2026-11-10"))
    lines = as_post(digest(db, LANDLORD, on("2026-11-23").date())).lines
    assert lines[0] == f"OVERDUE, in breach of the Code: {SHOWN + 2}"
    assert lines[SHOWN + 1] == "  and 2 more" and lines[-1].endswith(" and 2 more")


def test_a_closed_case_is_not_reminded_of(db: Database) -> None:
    log(db, "complaint: a", received=on("2026-11-10"))
    do(db, "HC-2026-0001", lambda case, by: record(WITHDRAW, case, by, {"reason": "content now"}))
    assert not digest(db, LANDLORD, on("2026-11-23").date()).overdue


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (on("2026-11-23", 8, 29), False),
        (on("2026-11-23", 8, 30), True),
        (on("2026-11-23", 17, 0), True),
        (on("2026-11-21", 9), False),
        (on("2026-11-22", 9), False),
        (on("2026-12-25", 9), False),
        (on("2026-12-28", 9), False),
        (on("2026-12-29", 9), True),
        (on("2027-03-29", 8, 30), False),
        (on("2026-10-26", 8, 30), True),
        (on("2026-10-26", 8, 29), False),
        (on("2027-03-30", 8, 30), True),
    ],
    ids=[
        "before the hour",
        "at the hour",
        "late, after a restart",
        "Saturday",
        "Sunday",
        "Christmas Day",
        "the substitute for Boxing Day",
        "the first working day after Christmas",
        "Easter Monday, the day after the clocks went forward",
        "the morning after the clocks went back",
        "a minute before it",
        "the first working morning of summer time",
    ],
)
def test_the_digest_is_said_on_working_mornings_from_the_hour_on(
    db: Database, when: object, said: bool
) -> None:
    assert queue_digest(db, LANDLORD, when) is said  # type: ignore[arg-type]


def test_the_digest_is_said_once_a_day_and_a_restart_neither_repeats_nor_skips_it(tmp_path: Path) -> None:
    with database(tmp_path / "a.db") as db:
        assert queue_digest(db, LANDLORD, on("2026-11-23", 8, 30))
        assert not queue_digest(db, LANDLORD, on("2026-11-23", 8, 31))
    with database(tmp_path / "a.db") as db:
        assert not queue_digest(db, LANDLORD, on("2026-11-23", 9))
        row = outbox.claim(db, on("2026-11-23", 9))
        assert row is not None and row.key == "digest:2026-11-23" and row.channel == "C1"
        outbox.sent(db, row.id, on("2026-11-23", 9), "1.0")
        assert not queue_digest(db, LANDLORD, on("2026-11-23", 18))
        assert queue_digest(db, LANDLORD, on("2026-11-24", 11))
        assert digests(db) == 2


def test_a_day_the_landlord_added_to_the_bank_holidays_is_silent(db: Database) -> None:
    assert not queue_digest(db, with_holiday("2026-11-23"), on("2026-11-23", 9))


def test_a_digest_holds_no_word_name_or_address_of_a_resident(db: Database) -> None:
    take(db, letter(sent=on("2026-11-10")), letter("request: mushrooms emergency! ask!", number=2))
    said = as_post(digest(db, LANDLORD, on("2026-11-30").date())).text.lower()
    assert "hc-2026-0001" in said and "hc-2026-0002" in said
    for private in PRIVATE:
        assert private.lower() not in said
