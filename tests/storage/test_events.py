"""The log of events: only ever added to, chained, and refused on a stale view."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from putright.cases import acts
from putright.cases.case import fold
from putright.cases.events import Event, Kind
from putright.storage import cases, events
from putright.storage.database import open_database
from putright.storage.errors import StaleView
from tests.cases.a_case import on, opened
from tests.storage.a_log import AT, open_case

REF = "HC-2026-0001"


def note(text: str = "rang") -> Event:
    return Event(Kind.NOTED, AT, "Priya Shah", {"text": text})


def count(db: Database) -> int:
    return int(db.execute("select count(*) from events").fetchone()[0])


def test_a_case_is_what_its_stored_events_tell(db: Database) -> None:
    case = open_case(db)
    event = acts.define(case, on("2026-11-23"), ["the leak"], ["a repair"])
    case = events.append(db, REF, [event])
    assert events.load(db, REF) == case == fold(REF, [opened(), event])
    assert events.history(db, REF) == [opened(), event]
    assert case.version == count(db) == 2


def test_a_case_that_is_not_there(db: Database) -> None:
    assert events.load(db, "HC-2026-9999") is None
    assert events.history(db, "HC-2026-9999") == []


def test_a_stale_view_is_refused_and_nothing_is_written(db: Database) -> None:
    seen = open_case(db)
    events.append(db, REF, [note()], expected_version=seen.version)
    with pytest.raises(StaleView) as stale:
        events.append(db, REF, [note("again")], expected_version=seen.version)
    assert str(stale.value) == (
        "HC-2026-0001 was changed by somebody else in the meantime (noted by Priya Shah), so nothing was written: "
        "look at it again, then repeat."
    )
    assert count(db) == 2 and not db.conn.in_transaction


def test_events_of_one_act_are_written_together_or_not_at_all(db: Database) -> None:
    open_case(db)
    with pytest.raises(ValueError, match="opened twice"):
        events.append(db, REF, [note(), opened()])
    assert count(db) == 1


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("update events set actor = 'somebody else'", id="changed"),
        pytest.param("update events set data = data where id = 1", id="written over with itself"),
        pytest.param("delete from events where id = 2", id="one removed"),
        pytest.param("delete from events", id="all removed"),
        pytest.param(
            "insert or replace into events select id, case_ref, seq, kind, at, 'x', data, recorded_at, "
            "previous_hash, hash from events where id = 1",
            id="replaced",
        ),
    ],
)
def test_events_are_only_ever_added(db: Database, statement: str) -> None:
    open_case(db)
    events.append(db, REF, [note()])
    with pytest.raises(sqlite3.IntegrityError, match="events are only ever added"):
        db.execute(statement)
    assert not list(events.broken_links(db)) and count(db) == 2


@contextmanager
def _tampering(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection past every guard, as somebody with the file has it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("drop trigger events_are_never_changed")
        raw.execute("drop trigger events_are_never_removed")
        yield raw


def test_an_untouched_log_has_no_broken_link(db: Database) -> None:
    assert list(events.broken_links(db)) == []
    for _ in range(3):
        open_case(db)
    events.append(db, "HC-2026-0002", [note("ganz größe \U0001f6bf")])
    assert list(events.broken_links(db)) == []


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        pytest.param("data = replace(data, 'rang', 'sang')", [2], id="one byte of what was said"),
        pytest.param("actor = 'Priya Shaw'", [2], id="one letter of who did it"),
        pytest.param("at = replace(at, '10:00', '10:01')", [2], id="a minute"),
        pytest.param("recorded_at = replace(recorded_at, '10:00', '10:01')", [2], id="when it was written"),
        pytest.param("kind = 'closed'", [2], id="what happened"),
        pytest.param("seq = 9", [2], id="its number"),
        pytest.param("case_ref = 'HC-2026-0002'", [2], id="whose it is"),
        pytest.param("previous_hash = replace(previous_hash, 'a', 'b') || ' '", [2], id="the link before"),
        pytest.param("hash = hash || ' '", [2, 3], id="its own hash: the next link breaks too"),
        pytest.param("id = 9", [3, 9], id="its place in the log"),
    ],
)
def test_a_change_behind_the_programs_back_is_found(
    db: Database, path: Path, change: str, broken: list[int]
) -> None:
    open_case(db)
    events.append(db, REF, [note(), note("again")])
    with _tampering(path) as raw:
        raw.execute(f"update events set {change} where id = 2")
    assert list(events.broken_links(db)) == broken


@pytest.mark.parametrize("removed", [pytest.param(1, id="the first"), pytest.param(2, id="one between")])
def test_an_event_removed_behind_the_programs_back_is_found(db: Database, path: Path, removed: int) -> None:
    open_case(db)
    events.append(db, REF, [note(), note("again")])
    with _tampering(path) as raw:
        raw.execute("delete from events where id = ?", [removed])
    assert list(events.broken_links(db)) == [removed + 1]


@pytest.mark.parametrize(
    ("removal", "named"),
    [
        pytest.param("delete from events where case_ref = 'HC-2026-0002' and seq = 2", [2], id="the newest"),
        pytest.param("delete from events where id > 1", [1, 2], id="the newest of several cases, all of one"),
        pytest.param(
            "delete from events where id = 4; delete from heads where case_ref = 'HC-2026-0002'",
            [2],
            id="the newest and its mark",
        ),
        pytest.param(
            "update heads set events = 1 where case_ref = 'HC-2026-0001'", [1], id="none, but a mark"
        ),
    ],
)
def test_the_newest_events_of_a_case_removed_are_found_and_the_case_is_named(
    db: Database, path: Path, removal: str, named: list[int]
) -> None:
    for _ in (1, 2):
        open_case(db)
    for number in (1, 2):
        case = events.append(db, f"HC-2026-000{number}", [note()])
        cases.project(db, case, None)
    assert events.cut_off(db) == []
    with _tampering(path) as raw:
        raw.executescript(removal)
    assert list(events.broken_links(db)) == [], "the chain alone does not see it"
    assert events.cut_off(db) == [f"HC-2026-000{x}" for x in named]


def test_the_newest_event_under_another_number_is_found(db: Database, path: Path) -> None:
    open_case(db)
    events.append(db, REF, [note()])
    with _tampering(path) as raw:
        raw.execute("update events set id = 3 where id = 2")
    assert list(events.broken_links(db)) == [3]


_COLUMNS = ("case_ref", "seq", "kind", "at", "actor", "data", "recorded_at", "previous_hash", "hash")


@pytest.mark.parametrize("column", _COLUMNS)
@pytest.mark.parametrize("event", [1, 2, 3])
def test_one_byte_in_any_column_of_any_event_is_found(
    db: Database, path: Path, column: str, event: int
) -> None:
    open_case(db)
    events.append(db, REF, [note(), note("again")])
    kept = str(db.execute(f"select {column} from events where id = ?", [event]).fetchone()[0])
    other = f"{kept}9" if column == "seq" else f"{kept[:-1]}#"
    with _tampering(path) as raw:
        raw.execute("pragma foreign_keys = off")
        raw.execute(f"update events set {column} = ? where id = ?", [other, event])
    assert event in list(events.broken_links(db))


def test_two_events_put_in_each_others_place_are_found(db: Database, path: Path) -> None:
    open_case(db)
    events.append(db, REF, [note(), note("again")])
    with _tampering(path) as raw:
        for old, new in ((2, 99), (3, 2), (99, 3)):
            raw.execute("update events set id = ? where id = ?", [new, old])
    assert list(events.broken_links(db)) == [2, 3]


def test_the_chain_runs_through_all_cases(db: Database) -> None:
    open_case(db)
    open_case(db)
    links = list(db.execute("select previous_hash, hash from events order by id"))
    assert links[1][0] == links[0][1] and links[0][0] == "0" * 64


TEXTS = st.text(max_size=20) | st.text(st.characters(categories=["Cs", "Cc", "So"]), max_size=5)
DATA = st.dictionaries(TEXTS, TEXTS | st.booleans() | st.integers() | st.lists(TEXTS, max_size=3), max_size=4)


def _joined(value: object) -> object:
    """As JSON has it: two half characters that meet become the whole one."""
    return json.loads(json.dumps(value))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=DATA,
    actor=st.text(max_size=10),
    at=st.datetimes(timezones=st.timezones(), allow_imaginary=False),
)
def test_whatever_an_event_holds_comes_back_as_it_was_and_the_chain_holds(
    data: dict[str, object], actor: str, at: object
) -> None:
    event = Event(Kind.NOTED, at.replace(fold=0), actor, data)  # type: ignore[attr-defined]
    with closing(open_database(":memory:")) as db:
        open_case(db)
        events.append(db, REF, [event])
        (_, found) = events.history(db, REF)
        assert found.data == _joined(data)
        assert (found.actor, found.at.isoformat()) == (actor, event.at.isoformat())
        assert list(events.broken_links(db)) == []
