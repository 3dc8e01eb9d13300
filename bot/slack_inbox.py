"""Slack's messages committed before they are acknowledged, many in one commit when many come at once."""

import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from sqlite_utils import Database

from putright.storage.database import writing
from putright.triage.take_in import store_told
from putright.triage.told import Told


@dataclass(slots=True)
class _Entry:
    told: Told
    done: bool = False
    error: Exception | None = None


class Inbox:
    """Whoever comes first commits for all who wait, so that a burst costs a few commits and not one a message."""

    def __init__(self, open_db: Callable[[], Database]) -> None:
        self._open = open_db
        self._waiting: list[_Entry] = []
        self._mutex = threading.Lock()
        self._commit = threading.Lock()

    def put(self, told: Told) -> None:
        """Returns once the message is committed. Raises what kept it from that: then it must not be acknowledged."""
        entry = _Entry(told)
        with self._mutex:
            self._waiting.append(entry)
        with self._commit:
            if not entry.done:
                with self._mutex:
                    batch, self._waiting = self._waiting, []
                self._store(batch)
        if entry.error:
            raise entry.error

    def _store(self, batch: list[_Entry]) -> None:
        failure: Exception | None = None
        try:
            with closing(self._open()) as db, writing(db):
                for entry in batch:
                    store_told(db, entry.told)
        except Exception as error:  # whatever it is, nobody of the batch is acknowledged
            failure = error
        for entry in batch:
            entry.error, entry.done = failure, True
