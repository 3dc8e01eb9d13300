"""putright as a program that stands still at one point of the intake, says so, and waits to be killed.

`python -m tests.bot.halting POINT TIMES FD …`: the rest is putright's own command line, read with the stand-in. At the
so manieth time that POINT is reached one byte goes to the file descriptor FD. Mail is parsed in a child that dies of
what a test tells it to (tests.mailbox.reader_that_breaks).
"""

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from imapclient import IMAPClient  # type: ignore[import-untyped]
from slack_sdk import WebClient
from sqlite_utils import Database

from putright.bot.main import main
from putright.bot.program import Program
from putright.bot.slack_files import SlackFiles
from putright.bot.slack_voice import SlackVoice
from putright.bot.voice import TerminalVoice
from putright.mailbox import child
from putright.storage import intake
from tests.readers import StandIn

POINTS = {
    "0 connect": ("before login", "after login", "after select_folder"),
    "1 diff": ("before search", "after search"),
    "2 size": ("before size", "after size"),
    "3 store": ("after body", "within storage/intake.store", "after storage/intake.store"),
    "4 process": (
        "within storage/claims.claim",
        "after storage/claims.claim",
        "before parse",
        "after parse",
        "within triage/settle.settle",
        "after triage/settle.settle",
    ),
    "5 move": ("before move", "after move", "after copy", "within storage/intake.moved"),
    "6 outbox": ("after storage/outbox.claim", "after say", "after storage/outbox.sent"),
    "7 wait": ("after idle",),
    "8 uidvalidity": ("within storing again", "after storing again"),
}
"""The steps of email.md, section 7.2, and the points of each. `within` is in the transaction, before its commit."""
SLACK_POINTS = {
    "1 store before the ack": ("within bot/slack_inbox._store", "after bot/slack_inbox._store"),
    "2 process": ("after storage/claims.claim", "within triage/settle.settle", "after triage/settle.settle"),
    "3 outbox": ("after storage/outbox.claim", "before say", "after say", "after storage/outbox.sent"),
    "4 read back": (
        "before history",
        "after history",
        "within bot/slack_backfill.backfill",
        "after bot/slack_backfill.backfill",
    ),
    "5 act on a case": ("within triage/act.act", "after triage/act.act"),
    "6 fetch a file": (
        "before fetch",
        "after fetch",
        "within triage/shared_files._take",
        "after triage/shared_files._take",
    ),
}
"""The steps of slack.md, section 1: what one event goes through, and the points of each."""
WITHOUT_MOVE = frozenset({"after copy"})
WHILE_RUNNING = frozenset({"after idle"})


class Halt:
    """Stands still for ever at the so manieth time its point is reached."""

    def __init__(self, point: str, times: int, descriptor: int) -> None:
        self._point, self._left, self._descriptor = point, times, descriptor
        self._lock = threading.Lock()

    def reached(self, point: str) -> None:
        if point != self._point:
            return
        with self._lock:
            self._left -= 1
            if self._left:
                return
        os.write(self._descriptor, b"!")
        threading.Event().wait()

    def around(self, owner: Any, name: str, point: Callable[..., str]) -> None:
        """Wrap a function: its points are `before X` and `after X`, X as `point` names the call."""
        whole = getattr(owner, name)

        def wrapped(*what: Any, **more: Any) -> Any:
            called = point(*what, **more)
            self.reached(f"before {called}")
            result = whole(*what, **more)
            self.reached(f"after {called}")
            return result

        setattr(owner, name, wrapped)


def _fetched(_: object, __: object, what: list[str]) -> str:
    return "body" if what == ["BODY.PEEK[]"] else "size"


def _commits(halt: Halt) -> None:
    """Each commit, by the functions it is made in."""
    commit = Database.commit
    again = threading.local()
    store = intake.store

    def stored(db: Database, **what: Any) -> Any:
        known = db.execute("select 1 from intake where fingerprint = ?", [what["fingerprint"]]).fetchone()
        again.known = known is not None
        return store(db, **what)

    def committed(db: Database) -> None:
        places = [x for x in _callers() if x.startswith(("storage/", "triage/", "bot/slack_"))]
        if "storage/intake.store" in places and again.known:
            places.append("storing again")
        for place in places:
            halt.reached(f"within {place}")
        commit(db)
        for place in places:
            halt.reached(f"after {place}")

    intake.store = stored
    Database.commit = committed  # type: ignore[assignment, method-assign]


def _callers() -> list[str]:
    found, frame = [], sys._getframe(2)
    while frame := frame.f_back:  # type: ignore[assignment]
        path = Path(frame.f_code.co_filename)
        found.append(f"{path.parent.name}/{path.stem}.{frame.f_code.co_name}")
    return found


def _halting(halt: Halt, point: str) -> None:
    for name in ("login", "select_folder", "search", "move", "copy", "idle"):
        halt.around(IMAPClient, name, lambda *_, called=name, **__: called)
    halt.around(IMAPClient, "fetch", _fetched)
    halt.around(child.Parser, "parse", lambda *_, **__: "parse")
    for voice in (TerminalVoice, SlackVoice):
        halt.around(voice, "say", lambda *_, **__: "say")
    halt.around(SlackFiles, "fetch", lambda *_, **__: "fetch")
    halt.around(WebClient, "conversations_history", lambda *_, **__: "history")
    _commits(halt)
    if point in WITHOUT_MOVE:
        able = IMAPClient.has_capability
        IMAPClient.has_capability = lambda self, what: what != "MOVE" and able(self, what)


def _breaking_children() -> None:
    made = child.Parser.__init__

    def with_command(self: child.Parser, **more: Any) -> None:
        made(self, **{"command": [sys.executable, "-m", "tests.mailbox.reader_that_breaks"], **more})

    child.Parser.__init__ = with_command  # type: ignore[method-assign]


if __name__ == "__main__":
    point, times, descriptor, *arguments = sys.argv[1:]
    _breaking_children()
    _halting(Halt(point, int(times), int(descriptor)), point)
    sys.argv[1:] = arguments
    main(obj=Program(load_reader=StandIn))
