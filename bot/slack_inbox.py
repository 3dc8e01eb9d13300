"""Slack's messages committed before they are acknowledged, many in one commit when many come at once."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

from sqlite_utils import Database

from putright.storage.database import writing
from putright.triage.take_in import store_told
from putright.triage.told import Told

REMEMBERED = 1000
"""How many of the last committed messages need not be looked for again."""


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
        self._committed: OrderedDict[tuple[object, ...], None] = OrderedDict()
        self._mutex = threading.Lock()
        self._commit = threading.Lock()

    def put(self, *told: Told) -> None:
        """Returns once the messages are committed. Raises what kept one from that: then none must be acknowledged."""
        with self._mutex:
            entries = [_Entry(x) for x in told if (x.location, x.fingerprint) not in self._committed]
            self._waiting += entries
        if not entries:
            return
        with self._commit:
            if not entries[-1].done:
                with self._mutex:
                    batch, self._waiting = self._waiting, []
                self._store(batch)
        if failure := next((x.error for x in entries if x.error), None):
            raise failure

    def _store(self, batch: Sequence[_Entry]) -> None:
        failure: Exception | None = None
        try:
            with closing(self._open()) as db, writing(db):
                for entry in batch:
                    store_told(db, entry.told)
        except Exception as error:  # whatever it is, nobody of the batch is acknowledged
            failure = error
        with self._mutex:
            for entry in batch:
                entry.error, entry.done = failure, True
                if failure is None:
                    self._committed[entry.told.location, entry.told.fingerprint] = None
            while len(self._committed) > REMEMBERED:
                self._committed.popitem(last=False)
