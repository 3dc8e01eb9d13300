"""Killed at any moment, putright loses nothing and doubles nothing."""

import contextlib
import os
import random
import sqlite3
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli import command, environment, in_json, putright
from tests.harrowmere import letter

MAILS, KILLS, BATCH = 150, 15, 8
SECONDS = 6.0
"""How long a run may live before it is killed whatever it has done."""


def generated(number: int) -> bytes:
    """Every tenth is an automatic reply, every fifteenth the same as the one before it."""
    number -= number % 15 == 14
    headers = "Auto-Submitted: auto-replied\r\n" if number % 10 == 0 else ""
    return letter(f"complaint: {number} {'word ' * 200}", number=number, headers=headers)


def deliver(start: int) -> None:
    for number in range(start, min(start + BATCH, MAILS)):
        path = Path("Inbox") / f"{number:03}.eml"
        path.write_bytes(generated(number))
        os.utime(path, (0, time.time() - 60))


def progress() -> int:
    """Grows with each mail that is stored and with each that is settled."""
    with contextlib.suppress(sqlite3.OperationalError):  # there is no table yet
        db = sqlite3.connect("file:test.db?mode=ro", uri=True)
        try:
            found = db.execute("select count(*) + sum(state != 'stored') from intake").fetchone()
            return int(found[0] or 0)
        finally:
            db.close()
    return 0


def run_and_kill(chance: random.Random, *arguments: str) -> bool:
    """Start it, let it get somewhere, and kill it; whether it was still alive then."""
    wanted = progress() + chance.randint(0, BATCH * 2)
    process = subprocess.Popen(
        command(*arguments), env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until = time.monotonic() + SECONDS
    while process.poll() is None and time.monotonic() < until and progress() < wanted:
        time.sleep(0.001)
    time.sleep(chance.uniform(0, 0.02))
    alive = process.poll() is None
    process.kill()
    process.wait()
    return alive


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_killed_fifteen_times_it_loses_nothing_and_doubles_nothing() -> None:
    chance = random.Random(20261123)
    Path("Inbox").mkdir()
    kills = rounds = 0
    while kills < KILLS:
        deliver(rounds * BATCH)
        rounds += 1
        assert rounds < 4 * KILLS
        kills += run_and_kill(chance, *chance.choice([("run",), ("ingest", "Inbox"), ("once",)]))
    for start in range(rounds * BATCH, MAILS, BATCH):
        deliver(start)
    later = datetime.now(UTC) + timedelta(minutes=2)  # what was claimed when a kill came is free again
    putright("once", "--at", later.isoformat())
    sent = {generated(number) for number in range(MAILS)}
    machine = sum(b"Auto-Submitted" in raw for raw in sent)
    db = sqlite3.connect("test.db")
    try:
        kept = [row[0] for row in db.execute("select bytes from intake")]
        states = dict(db.execute("select state, count(*) from intake group by state").fetchall())
        doubled = db.execute("select count(*) - count(distinct intake_id) from messages").fetchone()[0]
        posts = db.execute(
            "select count(*) from outbox where kind in ('confirmation', 'quarantined')"
        ).fetchone()[0]
        unsent = db.execute("select count(*) from outbox where state != 'sent'").fetchone()[0]
    finally:
        db.close()
    assert len(kept) == len(sent) and set(kept) == sent, "nothing is lost"
    assert doubled == 0 and states["parked"] == machine
    cases = len(sent) - machine
    assert states["logged"] + states.get("quarantined", 0) == cases == len(in_json("cases")) == posts
    assert unsent == 0
    assert putright("audit", "verify").exit_code == 0
    counts = in_json("reconcile")
    assert (counts["unexplained"], counts["waiting"]) == (0, 0)
    left = [path.name for path in Path("Inbox").glob("*.eml")]
    assert not left, "every file was put away"
