"""A socket that says it is connected and hears nothing is noticed, and what was missed is read back."""

import logging
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from putright.bot.slack_watchdog import FIRST_PONG_SECONDS, SILENT_SECONDS, Watchdog
from tests.bot.test_service import now, rows, running, settings, until
from tests.slack_fake.server import SlackFake
from tests.slack_fake.workspace import Channel


@pytest.mark.parametrize(
    ("answered", "after", "silent"),
    [
        ("just now", 0, False),
        ("within three intervals", SILENT_SECONDS, False),
        ("longer ago", SILENT_SECONDS + 1, True),
    ],
)
def test_a_peer_that_answers_no_ping_is_silent(answered: str, after: float, silent: bool) -> None:
    watch = Watchdog(lambda: 1000.0 + after)
    client = SimpleNamespace(current_session=SimpleNamespace(last_ping_pong_time=1000.0))
    assert watch.silent(client) is silent, answered


def test_a_new_connection_has_time_for_its_first_answer_and_not_for_ever() -> None:
    at = [0.0]
    watch = Watchdog(lambda: at[0])
    client = SimpleNamespace(current_session=None)
    at[0] = FIRST_PONG_SECONDS
    assert not watch.silent(client)
    at[0] = FIRST_PONG_SECONDS + 1
    assert watch.silent(client)


@pytest.mark.slow
def test_a_half_open_socket_is_noticed_within_20_seconds_and_everything_missed_is_taken_in(
    slack: SlackFake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    monkeypatch.chdir(tmp_path)
    made = settings(slack, drop_folder=None)
    many = ("C1", *(f"C{number}" for number in range(100, 120)))
    slack.workspace.channels |= {x: Channel(x) for x in many[1:]}
    made = replace(made, slack=replace(made.slack, intake_channels=many))
    with running(made) as (_, told):
        until(lambda: "Connected to Slack." in told, "connection")
        slack.go_half_open()
        for number in range(5):
            slack.say("C1", "U1", f"complaint: {number}", ts=f"{now().timestamp():.6f}")
        until(
            lambda: "Slack has gone silent; I connect again and read what was missed." in told, "notice", 20
        )
        until(lambda: told.count("Connected to Slack.") == 2, "second connection", 10)
        until(lambda: len(rows()) == 5, "five cases", 20)
