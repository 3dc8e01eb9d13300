"""Opening the one SQLite file, and writing to it in one transaction at a time."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from putright.storage.errors import in_plain_words
from putright.storage.migrations import migrations

BUSY_SECONDS = 10
"""How long a write waits for another program's before it gives up."""


def open_database(path: Path | str, *, busy_seconds: float = BUSY_SECONDS) -> Database:
    """The database at `path` (made if it is not there), brought up to the newest schema.

    One connection belongs to one thread. Raises DatabaseProblem in plain words.
    """
    with in_plain_words(str(path)):
        # autocommit: transactions are begun by `writing` alone, so that none starts behind our back
        connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
        try:
            _write_ahead(connection, busy_seconds)
            # FULL: a message is taken off the mail server once we have it, so a commit must outlive a power cut
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            database = Database(connection)
            if migrations.pending(database):
                with writing(database):  # two programs may open a new file at once: the second finds it done
                    migrations.apply(database)
        except BaseException:
            connection.close()
            raise
    return database


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
def writing(database: Database) -> Iterator[Database]:
    """One transaction that takes the write lock at once: all of it is written, or nothing.

    Inside another one it simply joins it. Raises DatabaseProblem in plain words.
    """
    if database.conn.in_transaction:
        yield database
        return
    with in_plain_words(path_of(database)):
        database.execute("BEGIN IMMEDIATE")
        try:
            yield database
            database.commit()
        except BaseException:
            database.rollback()
            raise
