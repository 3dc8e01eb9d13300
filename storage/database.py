"""Opening the one SQLite file, and writing to it in one transaction at a time."""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database, Migrations

from putright.storage.errors import DatabaseProblem, in_plain_words
from putright.storage.migrations import migrations

BUSY_SECONDS = 10
"""How long a write waits for another program's before it gives up."""
APPLICATION_ID = int.from_bytes(b"PutR")
"""SQLite's mark of whose file it is (PRAGMA application_id)."""
_MIGRATED = Migrations.migrations_table


def machine_time() -> datetime:
    """What this computer's clock says (aware, UTC)."""
    return datetime.now(UTC)


def open_database(
    path: Path | str, *, busy_seconds: float = BUSY_SECONDS, clock: Callable[[], datetime] = machine_time
) -> Database:
    """The database at `path` (made if it is not there), brought up to the newest schema.

    `clock` is what says when an event is written down; only the demo's and the tests' is not the machine's.
    One connection belongs to one thread. Raises DatabaseProblem in plain words.
    """
    with in_plain_words(str(path)):
        _private(path)
        # autocommit: transactions are begun by `writing` alone, so that none starts behind our back
        connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
        try:
            known = _ours(connection, path)
            _write_ahead(connection, busy_seconds)
            # FULL: a message is taken off the mail server once we have it, so a commit must outlive a power cut
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            database = Database(connection)
            database.register_function(lambda: clock().isoformat(), name="machine_time", deterministic=False)
            if not known or migrations.pending(database):
                with writing(database):  # two programs may open a new file at once: the second finds it done
                    migrations.apply(database)
                    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        except BaseException:
            connection.close()
            raise
    return database


def is_there(path: Path) -> bool:
    """Whether something is at `path`. Raises DatabaseProblem where that cannot be told, such as for too long a name."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise DatabaseProblem(
            f"The database {path} cannot be opened ({error.strerror}). Name another file with `putright --db PATH ...` "
            "or PUTRIGHT_DB."
        ) from error
    return True


def _private(path: Path | str) -> None:
    """Make a file that is not there so that its owner alone may read it; SQLite gives its side files the same mode."""
    if str(path) != ":memory:":
        with suppress(OSError):  # it is there, or SQLite says better why it cannot be made
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _ours(connection: sqlite3.Connection, path: Path | str) -> bool:
    """Whether the file is marked as putright's; one without a mark is ours when it is empty or of an early putright.

    Raises DatabaseProblem for another program's file, before anything in it was changed.
    """
    mark = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = {row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")}
    early = (
        _MIGRATED in tables
        and connection.execute(
            f"select 1 from {_MIGRATED} where migration_set = ?", [migrations.name]
        ).fetchone()
    )
    if mark == APPLICATION_ID and (early or not tables):
        return True
    if mark == 0 and (early or not tables):
        return False
    raise DatabaseProblem(
        f"{path} is the database of another program, and nothing in it was changed. Name putright's own, or a new "
        "one, with `putright --db PATH ...` or PUTRIGHT_DB."
    )


def _write_ahead(connection: sqlite3.Connection, busy_seconds: float) -> None:
    """Turn on WAL. SQLite's own waiting does not cover the lock a new file needs for that, so it is done here."""
    give_up = time.monotonic() + busy_seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() >= give_up:
                raise
        time.sleep(0.01)


def path_of(database: Database) -> str:
    """The file's path, for messages; empty for a database in memory."""
    return str(database.execute("PRAGMA database_list").fetchone()[2])


@contextmanager
def writing(database: Database, *, outlives_power: bool = True) -> Iterator[Database]:
    """One transaction that takes the write lock at once: all of it is written, or nothing.

    Inside another one it simply joins it. Without `outlives_power` it does not wait for the disk: it outlives the
    program's end, and after a power cut it may be as if it had never been. Raises DatabaseProblem in plain words.
    """
    if database.conn.in_transaction:
        yield database
        return
    path = path_of(database)
    with in_plain_words(path), _turn(path), nullcontext() if outlives_power else _unsynced(database):
        database.execute("BEGIN IMMEDIATE")
        try:
            yield database
            database.commit()
        except BaseException:
            database.rollback()
            raise


@contextmanager
def _unsynced(database: Database) -> Iterator[None]:
    database.execute("PRAGMA synchronous = NORMAL")
    try:
        yield
    finally:
        database.execute("PRAGMA synchronous = FULL")


_turns: dict[str, threading.Lock] = {}


@contextmanager
def _turn(path: str) -> Iterator[None]:
    """The threads of one program wait for each other here: SQLite's own waiting sleeps longer than a write takes."""
    lock = _turns.setdefault(path, threading.Lock())
    held = lock.acquire(timeout=BUSY_SECONDS)  # after that SQLite says who is in the way
    try:
        yield
    finally:
        if held:
            lock.release()
