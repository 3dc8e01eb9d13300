"""Fixtures of the program's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_sdk import WebClient

from tests.bot.office import Office, office
from tests.dovecot import dovecot
from tests.harrowmere import log
from tests.slack_fake.bolt import client, no_proxies
from tests.slack_fake.example import small_workspace
from tests.slack_fake.server import SlackFake

__all__ = ["dovecot"]


@pytest.fixture(scope="session", autouse=True)
def _without_proxies() -> Iterator[None]:
    with no_proxies():
        yield


@pytest.fixture
def slack() -> Iterator[SlackFake]:
    """A small landlord's workspace."""
    with small_workspace() as fake:
        yield fake


@pytest.fixture
def live(slack: SlackFake, tmp_path: Path) -> Iterator[Office]:
    """putright, connected to it."""
    with office(slack, tmp_path) as opened:
        yield opened


@pytest.fixture
def quiet(slack: SlackFake, tmp_path: Path) -> Iterator[Office]:
    """putright without a socket: it can post and read back."""
    with office(slack, tmp_path, listening=False) as opened:
        yield opened


@pytest.fixture
def web(slack: SlackFake) -> WebClient:
    """Slack's Web API, as the bot calls it."""
    return client(slack)


@pytest.fixture
def worked(slack: SlackFake, tmp_path: Path) -> Iterator[Office]:
    """putright with two complaints and a request; U1 handles, U2 leads, others have no role."""
    with office(slack, tmp_path, slack_more={"handlers": ("U1",), "leads": ("U2",)}) as opened:
        for words in ("complaint: mushrooms", "complaint: again mushrooms", "request: tap"):
            log(opened.db, words)
        yield opened
