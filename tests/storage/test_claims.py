"""Claims: one process at a time works on a message, and one that died keeps nobody waiting."""

import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from putright.storage import claims, intake
from putright.storage.claims import CLAIM_SECONDS, claim, release
from putright.storage.database import open_database
from tests.storage.a_log import AT, store

ANOTHER = (
    "import sys\n"
    "from putright.storage.claims import claim\n"
    "from putright.storage.database import open_database\n"
    "print(claim(open_database(sys.argv[1]), 1), flush=True)\n"
    "sys.stdin.read()\n"
)


def claimed_by(db: Database, name: str, seconds: float = CLAIM_SECONDS) -> None:
    db.execute("update intake set claimed_by = ?, claimed_until = ?", [name, time.time() + seconds])


def my_name(db: Database) -> str:
    claim(db, 1)
    (name,) = db.execute("select claimed_by from intake").fetchone()
    return str(name)


def test_an_attempt_is_counted_before_it_is_made(db: Database, path: Path) -> None:
    store(db)
    for attempt in (1, 2, 3):
        assert claim(db, 1) == attempt
        with closing(open_database(path)) as other:
            assert intake.item(other, 1).attempts == attempt
        release(db, 1)


def test_a_claimed_message_is_nobody_elses_until_it_is_given_back(db: Database, path: Path) -> None:
    store(db)
    with closing(open_database(path)) as other:
        assert (claim(db, 1), claim(other, 1)) == (1, None)
        release(db, 1)
        assert claim(other, 1) == 2


def test_an_attempt_that_was_no_fault_of_the_message_does_not_count(db: Database) -> None:
    store(db)
    for _ in range(5):
        assert claim(db, 1) == 1
        release(db, 1, counted=False)


def test_what_is_settled_or_not_there_cannot_be_claimed(db: Database) -> None:
    store(db)
    intake.settle(db, 1, "parked", AT, reason="a bounce")
    assert claim(db, 1) is None and claim(db, 2) is None


def test_a_claim_of_another_machine_expires(db: Database) -> None:
    store(db)
    claimed_by(db, "elsewhere/1-abc", seconds=5)
    assert claim(db, 1) is None
    claimed_by(db, "elsewhere/1-abc", seconds=-1)
    assert claim(db, 1) == 1


def test_a_claim_far_in_the_future_of_a_clock_set_back_holds_nobody_up(db: Database) -> None:
    store(db)
    claimed_by(db, "elsewhere/1-abc", seconds=CLAIM_SECONDS + 3600)
    assert claim(db, 1) == 1


def test_a_claim_that_expired_and_was_taken_over_is_not_given_back_by_the_first(db: Database) -> None:
    store(db)
    claim(db, 1)
    claimed_by(db, "elsewhere/1-abc")
    release(db, 1)
    assert claim(db, 1) is None


def test_an_earlier_process_of_the_same_number_is_gone(db: Database) -> None:
    store(db)
    claimed_by(db, my_name(db).rpartition("-")[0] + "-0000")
    assert claim(db, 1) == 2


@pytest.mark.parametrize("name", ["", "no-number/x-1", "x"])
def test_a_name_that_says_nothing_of_a_process_expires_like_any_other(db: Database, name: str) -> None:
    store(db)
    claimed_by(db, name)
    assert claim(db, 1) is None


def test_the_claim_of_a_killed_process_is_free_at_once_and_its_attempt_counts(
    db: Database, path: Path
) -> None:
    store(db)
    process = subprocess.Popen(
        [sys.executable, "-c", ANOTHER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert process.stdout is not None and process.stdin is not None
        assert process.stdout.readline() == b"1\n"
        assert claim(db, 1) is None, "it is at work"
        process.kill()
        process.wait()
        assert claim(db, 1) == 2
    finally:
        process.kill()
        process.wait()
        process.stdin.close()  # type: ignore[union-attr]
        process.stdout.close()  # type: ignore[union-attr]


def test_the_name_of_a_process_is_its_own_after_a_fork() -> None:
    assert claims._name(os.getpid()) != claims._name(os.getpid() + 1)
