"""Killed at any step between Slack's event and the post: no message lost, no case doubled, no click repeated."""

import os
import random
import select
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.bot.halting import SLACK_POINTS
from tests.cli import environment, in_json, putright
from tests.harrowmere import letter
from tests.slack_fake.files import SharedFile
from tests.slack_fake.server import SlackFake

SEED = int(os.environ.get("PUTRIGHT_KILL_SEED", "20261123"))
MESSAGES, CLICKS, EACH_STEP, AT_RANDOM = 300, 50, 4, 6
SETTINGS = (
    '[landlord]\nname = "Harrowmere Homes"\n[slack]\nintake_channels = ["C1"]\nseconds_between_posts = 0\n'
)
REACHED_SECONDS = 15.0
LOG = Path("said.txt")
"""What the program said on standard error."""


class Staff:
    """What people do in Slack: write notes, and click on what putright answered."""

    def __init__(self, slack: SlackFake, chance: random.Random) -> None:
        self.slack, self.chance = slack, chance
        self.said: list[str] = []
        self.clicked = 0
        self.mails = 0

    def write(self, number: int) -> None:
        """So many messages, the first of them with a picture, or a mail as a file and nothing else."""
        for place in range(min(number, MESSAGES - len(self.said))):
            kind = self.chance.choice(("complaint:", "request:", "survey: ask!"))
            words, at = f"{kind} {len(self.said)} the roof", f"{time.time():.6f}"
            if place:
                said = self.slack.say("C1", "U1", words, ts=at)
            elif self.chance.random() < 0.5:
                picture = SharedFile(f"F{len(self.said)}", data=words.encode())
                said = self.slack.share("C1", "U1", picture, text=words, ts=at)
            else:
                who = f"r{len(self.said)}@post.example"
                raw = letter(words, number=len(self.said), sender=who)
                mail = SharedFile(f"F{len(self.said)}", "letter.eml", raw, "message/rfc822")
                said = self.slack.share("C1", "U1", mail, ts=at)
                self.mails += 1
            self.said.append(said)

    def click(self, number: int) -> None:
        """On posts that have buttons; whether it lands before the kill or not is chance."""
        shown = list(self.slack.workspace.channels["C1"].messages.items())
        posts = [ts for ts, x in shown if "case:take" in repr(x.get("blocks"))]
        for ts in self.chance.sample(posts, min(number, len(posts), CLICKS - self.clicked)):
            self.slack.click("case:why" if self.chance.random() < 0.2 else "case:take", user="U1", ts=ts)
            self.clicked += 1


@contextmanager
def running(
    slack: SlackFake, point: str = "", times: int = 1
) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """putright as a program, halting at `point` if one is given; it is killed at the end."""
    hears, says = os.pipe()
    with LOG.open("ab") as log:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.bot.halting",
                point,
                str(times),
                str(says),
                "--db",
                "test.db",
                "run",
            ],
            env=environment(SLACK_BOT_TOKEN=slack.bot_token, SLACK_APP_TOKEN=slack.app_token),
            stdout=subprocess.DEVNULL,
            stderr=log,
            pass_fds=(says,),
        )
    os.close(says)
    try:
        yield process, hears
    finally:
        process.kill()
        process.wait()
        os.close(hears)


def stands(hears: int, seconds: float) -> bool:
    """Whether it stands still at its point by then."""
    return bool(select.select([hears], [], [], seconds)[0])


def connected_or_standing(
    slack: SlackFake, made: int, process: "subprocess.Popen[bytes]", hears: int
) -> bool:
    """Wait for a new socket; True when it stands at its point before that."""
    end = time.monotonic() + 20
    while slack.connections_made == made and not stands(hears, 0.02):
        assert time.monotonic() < end and process.poll() is None, LOG.read_text(encoding="utf-8")[-2000:]
    return stands(hears, 0)


def count(query: str) -> int:
    with closing(sqlite3.connect("file:test.db?mode=ro", uri=True)) as db:
        return int(db.execute(query).fetchone()[0])


def until(so: Callable[[], bool], what: str, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < end, f"no {what} within {seconds} s"
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_killed_in_every_step_it_loses_and_doubles_nothing(slack: SlackFake) -> None:
    print(f"PUTRIGHT_KILL_SEED={SEED}")  # noqa: T201
    chance = random.Random(SEED)
    Path("putright.toml").write_text(f'{SETTINGS}api_url = "{slack.base_url}"\n')
    staff = Staff(slack, chance)
    made = slack.connections_made
    with running(slack):  # the first run sets where reading back begins
        slack.wait_for_connection(made + 1, timeout=REACHED_SECONDS)
        staff.write(4)
        until(lambda: count("select count(*) from cases") == 4, "first cases")
    deck = [(step, points) for step, points in SLACK_POINTS.items() for _ in range(EACH_STEP)]
    deck += [("at random", ("",))] * AT_RANDOM
    chance.shuffle(deck)
    landed: Counter[str] = Counter()
    kills = 0
    while deck:
        step, points = deck.pop()
        point = chance.choice(points)
        staff.write(chance.randint(1, 4))  # while nobody listens: read back at the start
        made = slack.connections_made
        with running(slack, point, chance.randint(1, {"2": 3, "3": 3}.get(step[0], 1))) as (process, hears):
            stood = connected_or_standing(slack, made, process, hears)
            staff.write(chance.randint(1, 4))
            clicks = 3 if step[0] == "5" else 1
            staff.click(clicks)
            if not stood:
                wanted = REACHED_SECONDS if point else chance.uniform(0.05, 1.5)
                stood = stands(hears, 1.0 if point else wanted)
            if point and not stood:
                staff.write(2)
                staff.click(clicks)
                stood = stands(hears, REACHED_SECONDS)
            landed[step] += stood
            kills += 1
        if point and not stood and kills < 80:
            deck.insert(0, (step, points))
    while len(staff.said) < MESSAGES:
        staff.write(20)
    taken = "select count(*) from locations where uid not like '%/%'"
    later = "select count(*) from outbox where state != 'sent'"
    with running(slack):
        until(lambda: count(taken) >= MESSAGES, "messages read back", 90)
        until(lambda: count("select count(*) from shared_files where state = 'waiting'") == 0, "files", 90)
        until(lambda: count("select count(*) from intake where state = 'stored'") == 0, "cases", 90)
        while staff.clicked < CLICKS:
            staff.click(10)
        until(lambda: count(later) == 0, "posts", 120)
    assert not [step for step in SLACK_POINTS if landed[step] < 3], f"kills in each step: {dict(landed)}"
    assert count(taken) == MESSAGES == len(staff.said), "nothing is lost"
    assert count("select count(*) from shared_files where state = 'mail' and reason = ''") == staff.mails
    assert count("select count(*) from shared_files where state not in ('mail', 'kept')") == 0
    assert count("select count(*) - count(distinct intake_id) from messages") == 0
    assert count("select count(*) from cases") == MESSAGES, "nothing is doubled"
    keys = Counter(x.args["metadata"]["event_payload"]["key"] for x in slack.posts if x.args.get("metadata"))
    repeated = sum(n - 1 for n in keys.values())
    assert repeated <= kills, f"{repeated} repeated posts in {kills} kills"
    stubs = count("select count(*) from intake where state = 'quarantined'")
    assert stubs <= kills // 3, "a message is put before a person unread only when three kills have hit it"
    said = Counter(key.partition(":")[0] for key in keys)
    assert (said["confirmation"], said["quarantined"]) == (MESSAGES - stubs, stubs)
    assigned = count("select count(*) from events where kind = 'assigned'")
    assert assigned == count("select count(distinct case_ref) from events where kind = 'assigned'"), (
        "one click, one act"
    )
    assert putright("audit", "verify").exit_code == 0
    counts = in_json("reconcile")
    assert (counts["unexplained"], counts["waiting"]) == (0, 0)
    print(f"{kills} kills, {dict(landed)}; {repeated} repeated posts")  # noqa: T201
