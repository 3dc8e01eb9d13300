"""The one file: its schema, its single transaction, and what goes wrong with it in one sentence each."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlite_utils import Database

from putright.storage import intake, outbox
from putright.storage.database import open_database, path_of, writing
from putright.storage.errors import DatabaseProblem, in_plain_words
from putright.storage.migrations import migrations
from tests.storage.a_log import AT, open_case, store

TABLES = {"intake", "locations", "cases", "events", "messages", "readings", "outbox"}


@contextmanager
def raw(path: Path, **options: object) -> Iterator[sqlite3.Connection]:
    """A connection that knows nothing of putright."""
    connection = sqlite3.connect(path, isolation_level=None, **options)  # type: ignore[call-overload]
    try:
        yield connection
    finally:
        connection.close()


def schema(db: Database) -> list[tuple[str, str]]:
    return list(db.execute("select name, sql from sqlite_master order by name"))


def test_migrations_make_an_empty_file_whole_and_do_nothing_the_second_time(path: Path) -> None:
    path.touch()
    with closing(open_database(path)) as db:
        assert set(db.table_names()) >= TABLES
        assert not migrations.pending(db)
        before = schema(db)
        migrations.apply(db)
        assert schema(db) == before
    with closing(open_database(path)) as db:
        assert schema(db) == before


def test_what_was_written_is_there_when_the_file_is_opened_again(path: Path) -> None:
    with closing(open_database(path)) as db:
        store(db)
    with closing(open_database(path)) as db:
        assert intake.item(db, 1).raw == b"mail"


def test_the_connection_outlives_a_power_cut_and_keeps_references_whole(db: Database, path: Path) -> None:
    settings = {
        name: db.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys")
    }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    assert Path(path_of(db)) == path


def test_several_programs_may_open_a_new_file_at_once(path: Path) -> None:
    problems: list[BaseException] = []
    together = threading.Barrier(4)

    def open_it() -> None:
        together.wait()
        try:
            open_database(path).close()
        except BaseException as problem:
            problems.append(problem)

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


def test_a_database_in_memory_works_as_a_file_does() -> None:
    with closing(open_database(":memory:")) as db:
        store(db)
        assert path_of(db) == ""


# Whose file it is


def contents(path: Path) -> bytes:
    return path.read_bytes() + b"".join(x.read_bytes() for x in path.parent.glob(f"{path.name}-*"))


@pytest.mark.parametrize(
    "statements",
    [
        pytest.param(["create table cases (reference text)"], id="with a table of a name that we have too"),
        pytest.param(["create table moz_places (id integer)"], id="with tables of its own"),
        pytest.param(["pragma application_id = 1196444487"], id="marked and empty, as a new GeoPackage is"),
        pytest.param(
            ["create table _sqlite_migrations (migration_set text)", "create table notes (x)"],
            id="that keeps migrations as we do",
        ),
    ],
)
def test_another_programs_database_is_refused_and_left_as_it_was(path: Path, statements: list[str]) -> None:
    with raw(path) as other:
        for statement in statements:
            other.execute(statement)
    before = contents(path)
    with pytest.raises(DatabaseProblem) as problem:
        open_database(path)
    assert str(problem.value) == (
        f"{path} is the database of another program, and nothing in it was changed. Name putright's own, or a new "
        "one, with `putright --db PATH ...` or PUTRIGHT_DB."
    )
    assert contents(path) == before


def test_ours_is_marked(path: Path) -> None:
    open_database(path).close()
    with raw(path) as other:
        assert other.execute("pragma application_id").fetchone() == (0x50757452,)


def test_an_early_one_of_ours_has_no_mark_and_gets_one(path: Path) -> None:
    with closing(open_database(path)) as db:
        store(db)
        db.execute("pragma application_id = 0")
    with closing(open_database(path)) as db:
        assert intake.waiting(db) == [1]
        assert db.execute("pragma application_id").fetchone() == (0x50757452,)


def test_an_early_one_gets_the_ends_of_its_chains(path: Path) -> None:
    with closing(sqlite3.connect(path)) as early:
        migrations.apply(Database(early), stop_before="m005_claims_and_heads")
        row = ("HC-2026-0001", "x", "x", "x", "x", "x", "x")
        for seq in (1, 2):
            early.execute(
                "insert into events (case_ref, seq, kind, at, actor, data, recorded_at, previous_hash, hash) "
                "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?3, ?8)",
                [row[0], seq, *row[1:6], f"h{seq}"],
            )
        early.commit()
    with closing(open_database(path)) as db:
        assert list(db.execute("select * from heads")) == [("HC-2026-0001", 2, "h2")]


def test_the_file_and_what_sqlite_puts_beside_it_are_their_owners_alone(path: Path) -> None:
    umask = os.umask(0)
    try:
        with closing(open_database(path)) as db:
            store(db)
            beside = sorted(x.name for x in path.parent.iterdir())
            assert beside == ["putright.db", "putright.db-shm", "putright.db-wal"]
            assert {x.stat().st_mode & 0o777 for x in path.parent.iterdir()} == {0o600}
    finally:
        os.umask(umask)


# One transaction


def test_an_exception_midway_leaves_nothing(db: Database) -> None:
    with pytest.raises(ZeroDivisionError), writing(db):
        store(db)
        open_case(db)
        outbox.put(db, key="k", kind="x", channel="c", payload={}, made_at=AT)
        _ = 1 / 0
    assert not db.conn.in_transaction
    assert {name: db.table(name).count for name in TABLES} == dict.fromkeys(TABLES, 0)


def test_what_another_connection_sees_is_all_or_nothing(db: Database, path: Path) -> None:
    with closing(open_database(path)) as other:
        with writing(db):
            store(db)
            assert intake.waiting(other) == []
        assert intake.waiting(other) == [1]


def test_an_inner_transaction_joins_the_outer_one(db: Database) -> None:
    with pytest.raises(ZeroDivisionError), writing(db):
        with writing(db):
            store(db)
        assert db.conn.in_transaction, "the inner one commits nothing by itself"
        _ = 1 / 0
    assert intake.waiting(db) == []


def test_a_commit_that_fails_ends_the_transaction_too(db: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"), writing(db):
        open_case(db, project=False)  # its events would name a case that has no row
    assert not db.conn.in_transaction, "else every later write would join it and never be committed"
    store(db)
    assert not db.conn.in_transaction
    assert db.table("events").count == 0


# What goes wrong


def test_a_locked_database_says_so_and_that_trying_again_can_help(db: Database, path: Path) -> None:
    with raw(path) as other, closing(open_database(path, busy_seconds=0.05)) as waiting:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseProblem) as problem:
            store(waiting)
        assert str(problem.value) == (
            f"The database {path} is being used by another program and stayed busy. "
            "Nothing was lost: try again in a minute, or stop the other program."
        )
        assert problem.value.try_again
        assert isinstance(problem.value.__cause__, sqlite3.OperationalError)
        assert not waiting.conn.in_transaction
        other.execute("ROLLBACK")
        store(waiting)  # and then it does help
    assert intake.waiting(db) == [1]


def test_a_new_file_that_stays_locked_says_so(path: Path) -> None:
    with raw(path) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseProblem, match="stayed busy") as problem:
            open_database(path, busy_seconds=0.05)
        assert problem.value.try_again


def test_a_file_that_is_no_database(path: Path) -> None:
    path.write_bytes(b"From: resident@home.example\n" * 100)
    with pytest.raises(DatabaseProblem) as problem:
        open_database(path)
    assert str(problem.value) == (
        f"{path} is damaged or no database. Put it aside and restore the last backup. Mail that came after that "
        "backup is in the folders Processed, Parked and Quarantine: `putright ingest` of those below the drop "
        "folder takes in what the backup does not know, and a mailbox's is taken in when you move it back to the "
        "inbox. Notes and acts since the backup must be given again."
    )
    assert not problem.value.try_again


def test_a_damaged_file(path: Path) -> None:
    with closing(open_database(path)) as db:
        for number in range(50):
            store(db, fingerprint=str(number), raw=b"x" * 4000)
    data = bytearray(path.read_bytes())
    data[200:4096] = b"\xff" * 3896  # the schema's page, its header left whole
    path.write_bytes(data)
    with pytest.raises(DatabaseProblem, match="is damaged or no database"):
        open_database(path)


def test_damage_that_is_met_while_writing(db: Database, path: Path) -> None:
    outbox.put(db, key="k", kind="x", channel="c", payload={}, made_at=AT)
    root = db.execute("select rootpage from sqlite_master where name = 'outbox'").fetchone()[0]
    size = db.execute("PRAGMA page_size").fetchone()[0]
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.close()
    data = bytearray(path.read_bytes())
    data[(root - 1) * size : root * size] = b"\xff" * size
    path.write_bytes(data)
    with closing(open_database(path)) as again, pytest.raises(DatabaseProblem, match="is damaged"):
        outbox.claim(again, AT)


def test_a_directory_in_place_of_the_file(path: Path) -> None:
    path.mkdir()
    with pytest.raises(DatabaseProblem) as problem:
        open_database(path)
    assert str(problem.value) == (
        f"The database {path} cannot be opened. Check that its folder exists and may be written to."
    )
    assert not problem.value.try_again


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DatabaseProblem, match="Check that its folder exists"):
        open_database(tmp_path / "missing" / "putright.db")


READ_ONLY = "may not be written to. Give the user who runs putright the right to write it."


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to every file")
def test_a_read_only_file(path: Path) -> None:
    path.touch(mode=0o444)
    with pytest.raises(DatabaseProblem, match=READ_ONLY):
        open_database(path)


def test_writing_through_a_connection_that_may_only_read(db: Database, path: Path) -> None:
    with (
        raw(Path(f"file:{path}?mode=ro"), uri=True) as reader,
        pytest.raises(DatabaseProblem, match=READ_ONLY),
        in_plain_words(str(path)),
    ):
        reader.execute("delete from intake")


def test_a_full_disk(db: Database, path: Path) -> None:
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages}").fetchall()
    with pytest.raises(DatabaseProblem, match=f"The disk that holds {path} is full or failing. Make room"):
        store(db, raw=b"x" * 100_000)
    assert not db.conn.in_transaction
    assert intake.waiting(db) == []


@pytest.mark.parametrize(
    ("mistake", "kind"),
    [
        pytest.param("select * from nowhere", sqlite3.OperationalError, id="a table that is not there"),
        pytest.param("select ?", sqlite3.ProgrammingError, id="a value that was not given"),
        pytest.param("insert into readings (label) values ('x')", sqlite3.IntegrityError, id="a broken rule"),
    ],
)
def test_a_mistake_of_ours_is_not_called_a_damaged_file(
    db: Database, mistake: str, kind: type[Exception]
) -> None:
    with pytest.raises(kind), writing(db):
        db.execute(mistake)
    assert not db.conn.in_transaction


def test_a_closed_connection_is_not_called_a_damaged_file(path: Path) -> None:
    db = open_database(path)
    db.close()
    with pytest.raises(sqlite3.ProgrammingError), in_plain_words(str(path)):
        db.execute("select 1")
