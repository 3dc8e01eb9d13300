"""The outbox: said once where it can be, twice rather than never, and in its order within a thread."""

import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from putright.cases.working_days import LONDON
from putright.storage import outbox
from putright.storage.database import open_database
from putright.storage.outbox import CLAIM_SECONDS
from tests.storage.a_log import AT, open_case

SECOND = timedelta(seconds=1)


def put(db: Database, key: str, channel: str = "C1", **other: Any) -> bool:
    return outbox.put(
        db, key=key, kind="confirmation", channel=channel, payload={"title": key}, made_at=AT, **other
    )


def claimed(db: Database, now: datetime = AT, busy: tuple[str, ...] = ()) -> str | None:
    row = outbox.claim(db, now, busy)
    return row.key if row else None


def test_a_key_is_said_once_even_after_it_was_said(db: Database) -> None:
    assert put(db, "a") and not put(db, "a")
    row = outbox.claim(db, AT)
    assert row is not None
    outbox.sent(db, row.id, AT, "1700000000.000100")
    assert not put(db, "a")
    assert outbox.knows(db, "a") and not outbox.knows(db, "b")
    assert outbox.unsent(db) == 0 and claimed(db) is None


def test_an_emergency_is_said_before_what_was_queued_earlier(db: Database) -> None:
    put(db, "a")
    outbox.put(db, key="gas", kind=outbox.URGENT, channel="C1", payload={"title": "gas"}, made_at=AT)
    assert (claimed(db), claimed(db)) == ("gas", "a")


def test_what_is_claimed_is_what_was_put(db: Database) -> None:
    open_case(db)
    payload = {"title": "HC-2026-0001: complaint – £5 \U0001f6bf", "lines": ["one", "two"], "half": "\ud83d"}
    outbox.put(
        db,
        key="a",
        kind="digest",
        channel="C1",
        payload=payload,
        made_at=AT,
        case_ref="HC-2026-0001",
        thread_ts="1.2",
    )
    row = outbox.claim(db, AT)
    assert row == outbox.Row(1, "a", "digest", "HC-2026-0001", "C1", "1.2", payload, 1)


def test_the_oldest_is_claimed_first_and_nobody_else_gets_it(db: Database) -> None:
    for key in ("a", "b"):
        put(db, key)
    assert [claimed(db), claimed(db), claimed(db)] == ["a", "b", None]
    assert outbox.unsent(db) == 2


@pytest.mark.parametrize(
    ("later", "again"),
    [
        pytest.param(
            timedelta(seconds=CLAIM_SECONDS) - timedelta(microseconds=1), None, id="a moment before"
        ),
        pytest.param(timedelta(seconds=CLAIM_SECONDS), "a", id="to the second"),
        pytest.param(timedelta(days=1), "a", id="a day later"),
    ],
)
def test_a_claim_that_is_never_confirmed_expires(db: Database, later: timedelta, again: str | None) -> None:
    put(db, "a")
    claimed(db)
    assert outbox.claimable(db, AT + later) is bool(again)
    row = outbox.claim(db, AT + later)
    assert (row.key if row else None) == again
    assert row is None or row.attempts == 2


def test_what_failed_waits_for_its_time_and_is_said_then(db: Database) -> None:
    put(db, "a")
    row = outbox.claim(db, AT)
    assert row is not None
    outbox.failed(db, row.id, "ratelimited", AT + 30 * SECOND)
    assert claimed(db, AT + 29 * SECOND) is None
    assert claimed(db, AT + 30 * SECOND) == "a"


@pytest.mark.parametrize(
    "zone",
    [
        pytest.param(lambda moment: moment, id="in UTC"),
        pytest.param(lambda moment: moment.astimezone(LONDON), id="in London's summer time"),
    ],
)
def test_a_claim_expires_by_the_clock_whatever_zone_the_time_is_given_in(
    db: Database, zone: Callable[[datetime], datetime]
) -> None:
    before_the_clocks_go_back = datetime.fromisoformat("2026-10-25T00:59:30+00:00")
    put(db, "a")
    assert claimed(db, zone(before_the_clocks_go_back)) == "a"
    assert claimed(db, zone(before_the_clocks_go_back + 59 * SECOND)) is None
    assert claimed(db, before_the_clocks_go_back + 59 * SECOND) is None
    assert claimed(db, zone(before_the_clocks_go_back + 60 * SECOND)) == "a"


def test_an_answer_in_a_thread_waits_for_the_threads_first_and_gets_its_id(db: Database) -> None:
    put(db, "answer", thread_key="first")
    put(db, "first")
    first = outbox.claim(db, AT)
    assert first is not None and first.key == "first"
    assert not outbox.claimable(db, AT) and claimed(db) is None, "claimed is not said yet"
    outbox.sent(db, first.id, AT, "1700000000.000100")
    answer = outbox.claim(db, AT)
    assert answer is not None and (answer.key, answer.thread_ts) == ("answer", "1700000000.000100")


def test_an_answer_waits_on_while_the_first_fails(db: Database) -> None:
    put(db, "first")
    put(db, "answer", thread_key="first")
    row = outbox.claim(db, AT)
    assert row is not None
    outbox.failed(db, row.id, "x", AT + 30 * SECOND)
    assert claimed(db, AT + 29 * SECOND) is None
    assert claimed(db, AT + 30 * SECOND) == "first"


def test_a_busy_channel_holds_up_no_other(db: Database) -> None:
    for key, channel in (("a", "C1"), ("b", "C2"), ("c", "C1"), ("d", "C3")):
        put(db, key, channel)
    assert claimed(db, busy=("C1",)) == "b"
    assert claimed(db, busy=("C1", "C3")) is None
    assert outbox.claimable(db, AT)
    assert [claimed(db), claimed(db), claimed(db)] == ["a", "c", "d"]


def test_saying_it_twice_is_possible_and_the_second_confirmation_does_no_harm(db: Database) -> None:
    put(db, "a")
    slow = outbox.claim(db, AT)
    quick = outbox.claim(db, AT + CLAIM_SECONDS * SECOND)
    assert slow is not None and quick is not None
    outbox.sent(db, quick.id, AT, "2.0")
    outbox.sent(db, slow.id, AT, "1.0")
    assert outbox.unsent(db) == 0 and claimed(db, AT + timedelta(days=1)) is None


def test_several_voices_never_claim_the_same(path: Path) -> None:
    with closing(open_database(path)) as db:
        for number in range(40):
            put(db, str(number))
    got: list[str] = []
    together = threading.Barrier(4)

    def speak() -> None:
        with closing(open_database(path)) as db:
            together.wait()
            while key := claimed(db):
                got.append(key)

    threads = [threading.Thread(target=speak) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got, key=int) == [str(number) for number in range(40)]
