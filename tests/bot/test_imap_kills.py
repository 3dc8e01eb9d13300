"""Killed in every step of the intake, beside a real mail server, putright loses nothing and doubles nothing."""

import os
import random
import select
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from putright.mailbox.fingerprint import fingerprint
from tests.bot.halting import POINTS, WHILE_RUNNING
from tests.cli import SETTINGS, environment, in_json, putright
from tests.dovecot import PASSWORD, Dovecot
from tests.harrowmere import letter

SEED = int(os.environ.get("PUTRIGHT_KILL_SEED", "20261123"))
MAILS, EACH_POINT, AT_RANDOM = 400, 3, 15
"""How many mails at least, kills at each point, and kills at random moments."""
POISON = {0: "die", 70: "break", 140: "die", 210: "break", 280: "die", 350: "hang"}
"""By the number of the mail: what it does to whoever reads it."""
REACHED_SECONDS = 20.0
FOLDERS = ("INBOX", "Complaints")
PLACES = ("Processed", "Parked", "Quarantine")


def generated(number: int) -> bytes:
    """Every tenth is an automatic reply; of each twenty, two share a Message-ID with other words."""
    headers = "Auto-Submitted: auto-replied\r\n" if number % 10 == 5 else ""
    shared = number - (number % 20 == 12)
    return letter(POISON.get(number, f"complaint: {number} the roof leaks"), number=shared, headers=headers)


class Deliveries:
    """What comes to the mailbox: new mail, the same mail twice, mail dragged back, folders made anew."""

    def __init__(self, dovecot: Dovecot, user: str, chance: random.Random) -> None:
        self.dovecot, self.user, self.chance = dovecot, user, chance
        self.sent: list[bytes] = []
        self.resets = self.doubles = self.dragged = 0

    def new(self, number: int, folder: str = "") -> None:
        client = self.dovecot.client(self.user)
        for _ in range(number):
            raw = generated(len(self.sent))
            self.sent.append(raw)
            client.append(folder or self.chance.choice(FOLDERS), raw)
            if self.chance.random() < 0.15:  # delivered twice, by another road
                self.doubles += 1
                road = f"Received: from relay-{self.doubles}.example\r\n".encode()
                client.append(self.chance.choice(FOLDERS), road + self.chance.choice(self.sent))
        client.logout()

    def drag_back(self, most: int = 2) -> None:
        """A person moves mail that was dealt with back into the inbox."""
        client = self.dovecot.client(self.user)
        if client.folder_exists("Processed"):
            client.select_folder("Processed")
            uids = client.search("ALL")
            if uids:
                chosen = self.chance.sample(uids, min(most, len(uids)))
                client.move(chosen, "INBOX")
                self.dragged += len(chosen)
        client.logout()

    def make_anew(self) -> None:
        self.dovecot.reset_uidvalidity(self.user, "Complaints")
        self.resets += 1


def killed_at(point: str, times: int, command: str, seconds: float) -> bool:
    """Run it until it says that it stands at `point`, or for so long, and kill it; whether it stood there."""
    hears, says = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bot.halting", point, str(times), str(says), "--db", "test.db", command],
        env=environment(PUTRIGHT_MAIL_PASSWORD=PASSWORD),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(says,),
    )
    os.close(says)
    try:
        ready, _, _ = select.select([hears], [], [], seconds)
        return bool(ready and os.read(hears, 1))
    finally:
        process.kill()
        process.wait()
        os.close(hears)


def test_each_step_of_the_design_has_its_points() -> None:
    assert [int(step.split()[0]) for step in POINTS] == list(range(9))


@pytest.mark.slow
@pytest.mark.dovecot
@pytest.mark.timeout(900)
def test_killed_in_every_step_it_loses_nothing_and_doubles_nothing(
    dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    print(f"PUTRIGHT_KILL_SEED={SEED}")  # noqa: T201
    chance = random.Random(SEED)
    monkeypatch.setenv("PUTRIGHT_MAIL_PASSWORD", PASSWORD)
    user = dovecot.new_user()
    dovecot.create(user, "Complaints")
    box = f'host = "{dovecot.host}"\nport = {dovecot.port}\nuser = "{user}"\ntls = false\n'
    Path("putright.toml").write_text(
        f'{SETTINGS}[[mailbox]]\nname = "inbox"\n{box}[[mailbox]]\nname = "complaints"\nfolder = "Complaints"\n{box}'
    )
    mail = Deliveries(dovecot, user, chance)
    deck = [(step, point) for step, points in POINTS.items() for point in points for _ in range(EACH_POINT)]
    deck += [("at random", "")] * AT_RANDOM
    chance.shuffle(deck)
    landed: Counter[str] = Counter()
    tries = 0
    while deck:
        tries += 1
        assert tries < 200, f"these points are not reached: {sorted(set(deck))}"
        step, point = deck.pop()
        if step.startswith("8"):
            mail.new(4, "Complaints")
            landed["5 move"] += killed_at("before move", 1, "once", REACHED_SECONDS)
            mail.make_anew()
        else:
            mail.new(chance.randint(2, 5))
        if chance.random() < 0.2:
            mail.drag_back()
        command = "run" if point in WHILE_RUNNING else chance.choice(["once", "once", "run"])
        if not point:
            killed_at("nowhere", 1, command, chance.uniform(0.5, 4))
            landed[step] += 1
        elif killed_at(point, chance.randint(1, 2), command, REACHED_SECONDS):
            landed[step] += 1
        else:
            landed["elsewhere"] += 1
            deck.insert(0, (step, point))
    mail.new(max(10, MAILS - len(mail.sent)))
    mail.drag_back(20)
    finish()
    print(dict(landed), f"{mail.resets} resets, {mail.doubles} doubles, {mail.dragged} dragged back")  # noqa: T201
    assert landed.total() >= 60 and all(landed[step] >= 3 for step in POINTS)
    assert mail.resets >= 3 and mail.doubles >= 20 and mail.dragged >= 20
    assert_whole(mail)


def finish() -> None:
    """Let it work undisturbed until nothing is left to do."""
    for minutes in (2, 4):  # what was claimed when a kill came is free again
        later = datetime.now(UTC) + timedelta(minutes=minutes)
        arguments = ["nowhere", "1", "2", "--db", "test.db", "once", "--at", later.isoformat()]
        subprocess.run(
            [sys.executable, "-m", "tests.bot.halting", *arguments],
            env=environment(PUTRIGHT_MAIL_PASSWORD=PASSWORD),
            capture_output=True,
            check=True,
        )


def assert_whole(mail: Deliveries) -> None:
    sent = {fingerprint(raw): raw for raw in mail.sent}
    assert len(sent) == len(mail.sent) >= MAILS
    with closing(sqlite3.connect("test.db")) as db:
        state = dict(db.execute("select fingerprint, state from intake").fetchall())
        messages = Counter(x[0] for x in db.execute("select intake_id from messages"))
        opened = Counter(x[0] for x in db.execute("select case_ref from events where kind = 'opened'"))
        posts = Counter(
            x[0]
            for x in db.execute("select case_ref from outbox where kind in ('confirmation', 'quarantined')")
        )
        unsent = db.execute("select count(*) from outbox where state != 'sent'").fetchone()[0]
    assert state.keys() == sent.keys(), "each mail is known once"
    machine = {key for key, raw in sent.items() if b"Auto-Submitted" in raw}
    poison = {fingerprint(generated(number)) for number in POISON}
    assert {key for key, what in state.items() if what == "parked"} == machine
    assert {state[key] for key in poison} == {"quarantined"}
    cases = len(sent) - len(machine)
    assert set(messages.values()) == set(opened.values()) == set(posts.values()) == {1}
    assert len(messages) == len(opened) == len(posts) == cases == len(in_json("cases"))
    assert unsent == 0
    there = {
        place: {fingerprint(x) for x in mail.dovecot.mails(mail.user, place)} for place in (*FOLDERS, *PLACES)
    }
    assert not there["INBOX"] and not there["Complaints"], "every mail was put away"
    assert there["Parked"] == machine and poison <= there["Quarantine"]
    assert there["Processed"] | there["Parked"] | there["Quarantine"] == sent.keys(), (
        "none is lost on the server"
    )
    assert putright("audit", "verify").exit_code == 0
    counts = in_json("reconcile")
    assert (counts["unexplained"], counts["waiting"]) == (0, 0)
    assert counts["received"] >= len(sent) + mail.doubles
