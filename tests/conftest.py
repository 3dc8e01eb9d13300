"""What holds for every test: no network beyond loopback, no settings or database of the user's."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_LOOPBACK = ("127.", "::1", "localhost")


def _only_loopback(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and not str(address[0]).startswith(_LOOPBACK):
            raise RuntimeError(f"a test tried to reach {address[0]}: only loopback is allowed")
    elif event == "socket.getaddrinfo":
        host = arguments[0]
        name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
        if not name.startswith(_LOOPBACK) and not name.endswith((".invalid", ".example")):
            raise RuntimeError(f"a test tried to look up {name}: only loopback is allowed")


sys.addaudithook(_only_loopback)


@pytest.fixture(autouse=True)
def nothing_of_the_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run in an empty folder, without the user's settings, tokens or database."""
    for name in (
        "PUTRIGHT_DB",
        "PUTRIGHT_SETTINGS",
        "PUTRIGHT_USER",
        "PUTRIGHT_MAIL_PASSWORD",
        "PUTRIGHT_MAIL_PASSWORD_FILE",
        "SLACK_BOT_TOKEN",
        "SLACK_BOT_TOKEN_FILE",
        "SLACK_APP_TOKEN",
        "SLACK_APP_TOKEN_FILE",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LOGNAME", "lee")  # a person's login, whoever runs the tests
    monkeypatch.chdir(tmp_path)
    yield
