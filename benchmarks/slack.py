"""Slack: how soon putright acknowledges under load and answers a note, with the real program on the loopback fake.

Time begins when the fake hands an envelope to its socket, and ends when it has read the acknowledgement. The fake runs
in the benchmark's process on the same cores: sending 230 envelopes takes it some 10 ms, reading their acknowledgements
5 ms, and all in all it costs a third of what putright does. The first burst comes at the moment of connecting, while
putright still reads back 20 channels; the second while it reads and answers what came with the first.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import slack_peer
from benchmarks.timing import Figure
from tests.slack_fake.bolt import PROXIES, no_proxies
from tests.slack_fake.records import Envelope
from tests.slack_fake.server import SlackFake
from tests.slack_fake.workspace import Channel, User

ROOT = Path(__file__).parents[1]
CHANNELS, SECONDS = 20, 15
MESSAGES, QUESTIONS = 200, 30
WORDS = (
    "Mrs K at number {n} rang: the boiler has been off since Friday and nobody came on Tuesday as promised. She has a "
    "baby of three months in the flat. She wants somebody today and to know why no one rang."
)


def measure() -> Iterator[Figure]:
    """Each of what is measured, beside the same with a bare app that reads and keeps nothing."""
    program = [str(Path(sys.executable).parent / "putright"), "run"]
    ours = _measured(lambda slack: program)
    bare = _measured(lambda slack: [sys.executable, "-m", "benchmarks.slack_peer", slack.base_url])
    for what, seconds in ours.items():
        yield Figure(what, seconds, slack_peer.TITLE, bare[what])


def _measured(command: Callable[[SlackFake], list[str]]) -> dict[str, float]:
    """Seconds: acknowledgements with everything in flight at once, then answers at an even pace."""
    with no_proxies(), _workspace() as slack, _running(slack, command(slack)) as connected:
        return {"connected after the start": connected, **_bursts(slack), **_pace(slack)}


def _bursts(slack: SlackFake) -> dict[str, float]:
    found = {**_burst(slack, "on connecting"), **_burst(slack, "again, while those are read")}
    slack.wait(lambda: len(_answers(slack)) >= 2 * MESSAGES, "answers", 120)
    return found


def _burst(slack: SlackFake, when: str) -> dict[str, float]:
    before, acknowledged = len(slack.envelopes), len(slack.acks)
    envelopes = [slack.command("/case", "what is overdue", user="U1", channel="C1") for _ in range(3)]
    for number in range(MESSAGES):
        slack.say(f"C{number % CHANNELS + 1}", "U1", WORDS.format(n=number), ts=_ts())
        if number % (MESSAGES // QUESTIONS) == 0 and len(envelopes) < QUESTIONS:
            envelopes.append(slack.command("/case", "what is due this week", user="U1", channel="C1"))
    asked = {x.envelope_id for x in envelopes}
    every = asked | {x.envelope_id for x in slack.envelopes[before:] if _is_note(x)}

    def taken(wanted: set[str]) -> list[float]:
        return [x.after for x in slack.acks if x.envelope_id in wanted]

    def all_are() -> bool:
        may_be = len(slack.acks) >= acknowledged + len(every)  # asked at each: looking at all would cost
        return may_be and len(taken(every)) == len(every)

    slack.wait(all_are, "acknowledgements", 120)
    return {
        f"{MESSAGES} notes, {len(asked)} questions {when}: p50": _share(taken(every), 50),
        f"  p95 {when} (goal 200 ms)": _share(taken(every), 95),
        f"  the questions alone {when}, p95": _share(taken(asked), 95),
    }


def _is_note(envelope: Envelope) -> bool:
    return bool(envelope.payload.get("event", {}).get("user") == "U1")


def _pace(slack: SlackFake) -> dict[str, float]:
    before = len(slack.posts)
    sent: dict[str, float] = {}
    start = time.monotonic()
    for second in range(SECONDS):
        for channel in range(CHANNELS):
            ts = _ts()
            sent[ts] = time.monotonic()
            slack.say(f"C{channel + 1}", "U1", WORDS.format(n=f"{second}-{channel}"), ts=ts)
            time.sleep(max(0.0, start + second + (channel + 1) / CHANNELS - time.monotonic()))
    slack.wait(lambda: len(slack.posts) >= before + len(sent), "answers", 120)
    took = [x.at - sent[x.args["thread_ts"]] for x in slack.posts if x.args.get("thread_ts") in sent]
    return {
        f"a note a second in each of {CHANNELS} channels: answered, p50": _share(took, 50),
        "  p95 (goal 500 ms)": _share(took, 95),
    }


def _answers(slack: SlackFake) -> list[object]:
    return [x for x in slack.posts if x.args.get("thread_ts")]


_LAST = [0.0]


def _ts() -> str:
    _LAST[0] = max(time.time(), _LAST[0] + 0.00001)
    return f"{_LAST[0]:.6f}"


def _share(seconds: list[float], share: int) -> float:
    """The time that so many of a hundred did not take longer than."""
    return statistics.quantiles(seconds, n=100)[share - 1]


@contextmanager
def _workspace() -> Iterator[SlackFake]:
    channels = [Channel(f"C{n}", f"intake-{n}", members={"U1"}) for n in range(1, CHANNELS + 1)]
    with SlackFake(channels=channels, users=[User("U1", "amara")], groups={}) as slack:
        yield slack


@contextmanager
def _running(slack: SlackFake, command: list[str]) -> Iterator[float]:
    """A real program in a folder with settings (ours reads with the real model); seconds until it was connected."""
    with tempfile.TemporaryDirectory() as folder:
        channels = ", ".join(f'"C{n}"' for n in range(1, CHANNELS + 1))
        Path(folder, "putright.toml").write_text(
            f'[slack]\nintake_channels = [{channels}]\nseconds_between_posts = 0\napi_url = "{slack.base_url}"\n'
        )
        kept = {k: v for k, v in os.environ.items() if k not in PROXIES}
        started = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={
                **kept,
                "PYTHONPATH": str(ROOT),
                "SLACK_BOT_TOKEN": slack.bot_token,
                "SLACK_APP_TOKEN": slack.app_token,
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            slack.wait_for_connection(timeout=60)
            yield time.monotonic() - started
        finally:
            process.terminate()
            process.wait(30)
