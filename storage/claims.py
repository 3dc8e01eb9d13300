"""Claims on messages: of several putrights at one database, one at a time works on a message.

A claim counts the attempt, is committed before the work, and expires; that of a process of this machine that is no
longer there is free at once. Claims are measured by the machine's clock: what time a command acts at (`--at`) says
nothing about how long another process has been at work. A power cut ends every claim, so none waits for the disk.
"""

import os
import secrets
import socket
import time
from functools import cache
from pathlib import Path

from sqlite_utils import Database

from putright.storage.database import writing

CLAIM_SECONDS = 60
"""Far longer than reading a message takes; after this another process may take it up."""


def claim(db: Database, intake_id: int) -> int | None:
    """Claim a waiting message. Gives which attempt at it this is (from 1), or None when another has it or it is
    settled. Raises DatabaseProblem; then nothing is claimed.
    """
    with writing(db, outlives_power=False):
        row = db.execute(
            "select claimed_by, claimed_until from intake where id = ? and state = 'stored'", [intake_id]
        ).fetchone()
        if row is None or _held(*row):
            return None
        row = db.execute(
            # a claim of our own that is still there could not be given back: the attempt killed nobody
            "update intake set attempts = attempts + (claimed_by != ?1), claimed_by = ?1, claimed_until = ?2 "
            "where id = ?3 returning attempts",
            [_me(), time.time() + CLAIM_SECONDS, intake_id],
        ).fetchone()
        return int(row[0])


def release(db: Database, intake_id: int, *, counted: bool = True) -> None:
    """Give a claim of this process back; with `counted` false the attempt does not count (it was no fault of the
    message). A claim that another took over since stays."""
    with writing(db, outlives_power=False):
        db.execute(
            "update intake set claimed_by = '', claimed_until = null, attempts = attempts - ? "
            "where id = ? and claimed_by = ?",
            [0 if counted else 1, intake_id, _me()],
        )


def _held(by: str, until: float | None) -> bool:
    return until is not None and time.time() < until <= time.time() + CLAIM_SECONDS and not _gone(by)


def _gone(by: str) -> bool:
    """Whether the process that claimed is known to have ended: only of this machine can that be said."""
    machine, _, rest = by.rpartition("/")
    number, _, _ = rest.partition("-")
    if machine != _machine() or not number.isdigit():
        return False
    if int(number) == os.getpid():
        return by != _me()  # an earlier process of the same number, as after a container was started again
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:  # it is there and belongs to another user
        return False
    return False


def _me() -> str:
    return _name(os.getpid())


@cache
def _name(pid: int) -> str:
    """This process: its machine, its number, and a token that no process after it has."""
    return f"{_machine()}/{pid}-{secrets.token_hex(8)}"


@cache
def _machine() -> str:
    """The machine, or the container: process numbers mean something within it alone."""
    try:
        space = str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        space = ""
    return f"{socket.gethostname()} {space}".strip()
