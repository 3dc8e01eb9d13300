"""What can go wrong with the database, as one plain sentence that says what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


class DatabaseProblem(Exception):
    """The database cannot be used. `try_again` says whether waiting can help."""

    def __init__(self, sentence: str, *, try_again: bool = False) -> None:
        super().__init__(sentence)
        self.try_again = try_again


class StaleView(Exception):
    """Somebody else changed the case since it was read; nothing was written."""


@contextmanager
def in_plain_words(path: str) -> Iterator[None]:
    """Turn SQLite's errors into sentences. The cause stays attached for the log."""
    try:
        yield
    except sqlite3.OperationalError as error:
        text = str(error)
        if "locked" in text or "busy" in text:
            raise DatabaseProblem(
                f"The database {path} is being used by another program and stayed busy. "
                "Nothing was lost: try again in a minute, or stop the other program.",
                try_again=True,
            ) from error
        if "unable to open" in text:
            raise DatabaseProblem(
                f"The database {path} cannot be opened. Check that its folder exists and may be written to."
            ) from error
        if "readonly" in text:
            raise DatabaseProblem(
                f"The database {path} may not be written to. Give the user who runs putright the right to write it."
            ) from error
        if "full" in text or "disk" in text:
            raise DatabaseProblem(
                f"The disk that holds {path} is full or failing. Make room, then try again: nothing half-done is kept."
            ) from error
        raise
    except sqlite3.DatabaseError as error:
        if type(error) is not sqlite3.DatabaseError:  # a subclass is a mistake of ours, not the file's
            raise
        raise DatabaseProblem(
            f"{path} is damaged or no database. Put it aside and restore the last backup. Mail that came after that "
            "backup is in the folders Processed, Parked and Quarantine: `putright ingest` of those below the drop "
            "folder takes in what the backup does not know, and a mailbox's is taken in when you move it back to the "
            "inbox. Notes and acts since the backup must be given again."
        ) from error
