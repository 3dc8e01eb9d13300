"""Fixtures of the program's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.office import Office, office
from tests.dovecot import dovecot
from tests.slack_fake.bolt import no_proxies
from tests.slack_fake.example import small_workspace
from tests.slack_fake.server import SlackFake

__all__ = ["dovecot"]


@pytest.fixture
def slack() -> Iterator[SlackFake]:
    """A small landlord's workspace."""
    with no_proxies(), small_workspace() as fake:
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
