"""The intake: the same bytes once, however many paths they came by, and a state for each."""

import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from putright.storage import intake
from putright.storage.database import open_database
from putright.storage.intake import Location
from tests.storage.a_log import AT, open_case, store

FIRST: Location = ("inbox", "INBOX", 1, "7")
SECOND: Location = ("drop", "", 0, "mail.eml")


def test_the_same_fingerprint_by_two_paths_is_one_row_with_two_locations(db: Database) -> None:
    assert store(db, location=FIRST) == (1, True)
    assert store(db, location=SECOND, arrived=AT + timedelta(days=1), source="drop") == (1, False)
    assert db.table("intake").count == 1
    assert intake.paths(db, 1) == [SECOND, FIRST]
    assert intake.item(db, 1).arrived == AT and intake.item(db, 1).source == "mail", "the first stands"
    assert intake.tally(db) == {"received": 2, "stored": 1, "duplicate": 1}


def test_the_same_place_again_adds_nothing(db: Database) -> None:
    store(db, location=FIRST)
    assert store(db, location=FIRST) == (1, False)
    assert intake.paths(db, 1) == [FIRST]
    assert intake.tally(db) == {"received": 1, "stored": 1, "duplicate": 0}


@pytest.mark.parametrize(
    ("place", "known"),
    [
        pytest.param(FIRST, True, id="the place itself"),
        pytest.param(("other", "INBOX", 1, "7"), False, id="another account"),
        pytest.param(("inbox", "Archive", 1, "7"), False, id="another folder"),
        pytest.param(("inbox", "INBOX", 2, "7"), False, id="the folder made anew: uids begin again"),
        pytest.param(("inbox", "INBOX", 1, "8"), False, id="another message"),
    ],
)
def test_a_place_is_known_by_all_its_parts(db: Database, place: Location, known: bool) -> None:
    store(db, location=FIRST)
    assert intake.knows(db, place) is known


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(bytes(range(256)), id="every byte"),
        pytest.param(b"\0" * 2_000_000, id="two megabytes"),
    ],
)
def test_the_bytes_are_kept_as_they_came(db: Database, raw: bytes) -> None:
    number, _ = store(db, raw=raw)
    assert intake.item(db, number).raw == raw


def test_what_waits_is_processed_oldest_first_and_each_ends_in_a_state(db: Database) -> None:
    open_case(db)
    numbers = [store(db, fingerprint=name)[0] for name in ("a", "b", "c", "d", "e")]
    assert intake.waiting(db) == numbers
    intake.settle(db, numbers[0], "logged", AT, case_ref="HC-2026-0001")
    intake.settle(db, numbers[1], "joined", AT, case_ref="HC-2026-0001")
    intake.settle(db, numbers[2], "parked", AT, reason="an automatic reply")
    intake.settle(db, numbers[3], "quarantined", AT, reason="unreadable", case_ref="HC-2026-0001")
    assert intake.waiting(db) == numbers[4:]
    assert intake.tally(db) == {
        "logged": 1,
        "joined": 1,
        "parked": 1,
        "quarantined": 1,
        "stored": 1,
        "received": 5,
        "duplicate": 0,
    }
    assert [(x.state, x.reason) for x in intake.parked(db)] == [
        ("quarantined", "unreadable"),
        ("parked", "an automatic reply"),
    ]


def test_the_case_of_a_place(db: Database) -> None:
    open_case(db)
    number, _ = store(db, location=FIRST)
    store(db, location=SECOND)
    assert intake.case_at(db, FIRST) is None
    intake.settle(db, number, "logged", AT, case_ref="HC-2026-0001")
    assert intake.case_at(db, FIRST) == intake.case_at(db, SECOND) == "HC-2026-0001"
    assert intake.case_at(db, ("inbox", "INBOX", 1, "8")) is None


def test_what_was_set_aside_is_counted_from_a_moment_on(db: Database) -> None:
    open_case(db)
    for number, state in enumerate(("parked", "parked", "quarantined", "logged", "joined"), 1):
        store(db, str(number))
        settled = AT - timedelta(days=1) if number == 1 else AT
        intake.settle(db, number, state, settled, case_ref=None if state == "parked" else "HC-2026-0001")
    assert intake.set_aside(db, AT) == intake.SetAside(parked=1, unread=1, total=3)
    assert intake.set_aside(db, AT - timedelta(days=1)).parked == 2
    db.execute("update cases set closed = ?", [AT.isoformat()])
    assert intake.set_aside(db, AT).unread == 0, "its case was dealt with"


def test_only_what_is_settled_is_moved_and_only_once(db: Database) -> None:
    store(db, location=FIRST)
    store(db, location=("inbox", "INBOX", 1, "8"))
    store(db, location=SECOND)
    assert intake.to_move(db, "inbox") == []
    intake.settle(db, 1, "parked", AT, reason="a bounce")
    assert sorted(intake.to_move(db, "inbox")) == [(FIRST, "parked"), (("inbox", "INBOX", 1, "8"), "parked")]
    intake.moved(db, FIRST)
    assert intake.to_move(db, "inbox") == [(("inbox", "INBOX", 1, "8"), "parked")]
    assert intake.to_move(db, "drop") == [(SECOND, "parked")], "each account has its own"


def test_a_place_that_was_emptied_is_not_known_and_may_hold_another_mail(db: Database) -> None:
    open_case(db)
    first, _ = store(db, location=FIRST)
    intake.settle(db, first, "logged", AT, case_ref="HC-2026-0001")
    intake.moved(db, FIRST)
    assert not intake.knows(db, FIRST)
    second, new = store(db, location=FIRST, fingerprint="another")
    assert new and second != first and intake.knows(db, FIRST)
    assert intake.paths(db, second) == [FIRST]
    assert len(intake.paths(db, first)) == 1, "where the first was found stays on record"
    assert intake.tally(db) == {"received": 2, "logged": 1, "stored": 1, "duplicate": 0}


def test_the_same_mail_back_in_its_place_is_moved_again(db: Database) -> None:
    open_case(db)
    number, _ = store(db, location=FIRST)
    intake.settle(db, number, "logged", AT, case_ref="HC-2026-0001")
    intake.moved(db, FIRST)
    assert store(db, location=FIRST) == (number, False)
    assert intake.to_move(db, "inbox") == [(FIRST, "logged")]
    assert intake.tally(db) == {"received": 1, "logged": 1, "duplicate": 0}


def test_a_number_that_is_not_there(db: Database) -> None:
    with pytest.raises(LookupError, match="nothing was taken in under number 5"):
        intake.item(db, 5)


def test_two_threads_that_find_the_same_mail_make_one_row(path: Path) -> None:
    open_database(path).close()
    results: list[tuple[int, bool]] = []
    together = threading.Barrier(4)

    def take(account: str) -> None:
        with closing(open_database(path)) as db:
            together.wait()
            results.append(store(db, location=(account, "INBOX", 1, "1")))

    threads = [threading.Thread(target=take, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [(1, False), (1, False), (1, False), (1, True)]
    with closing(open_database(path)) as db:
        assert intake.tally(db) == {"received": 4, "stored": 1, "duplicate": 3}
