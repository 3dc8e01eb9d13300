"""A real Bolt app on the fake: its client, its Socket Mode handler, and closing that quickly."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from tests.slack_fake.wire import Wire

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")


@contextmanager
def no_proxies() -> Iterator[None]:
    """Without proxy variables: the built-in socket client ignores NO_PROXY and would not connect."""
    held = {name: os.environ.pop(name) for name in PROXIES if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(held)


def client(slack: Wire, **options: Any) -> WebClient:
    """A Web API client of the fake; retry_handlers=[] by default, as posts need it (design, 3.1 k)."""
    return WebClient(token=slack.bot_token, base_url=slack.base_url, **{"retry_handlers": [], **options})


@contextmanager
def connected(slack: Wire, app: App, *, ping_interval: float = 1) -> Iterator[SocketModeHandler]:
    """The app, connected through the built-in Socket Mode client."""
    with connected_by(slack, SocketModeHandler(app, slack.app_token, ping_interval=ping_interval)) as handler:
        yield handler


@contextmanager
def connected_by(slack: Wire, handler: SocketModeHandler) -> Iterator[SocketModeHandler]:
    """A handler, connected and closed again."""
    made = slack.connections_made
    handler.connect()  # type: ignore[no-untyped-call]
    try:
        slack.wait(lambda: slack.connections_made > made, "socket")
        yield handler
    finally:
        close_quickly(slack, handler)


def close_quickly(slack: Wire, handler: SocketModeHandler, timeout: float = 3) -> None:
    """Close a handler without the 3 s its own close() takes: it holds a lock while it waits for bytes.

    So the server hangs up first, which gives it bytes, and an empty message wakes the thread that waits for one.
    """
    client = handler.client
    client.default_auto_reconnect_enabled = client.auto_reconnect_enabled = False
    client.closed = True
    slack.send_close_frame()
    slack.reset_connections()  # a half-open one takes no close frame
    client.message_queue.put(None)
    pause, deadline = threading.Event(), time.monotonic() + timeout
    while client.is_connected() and time.monotonic() < deadline:
        pause.wait(0.005)  # the client tells nobody when its socket is gone
    handler.close()  # type: ignore[no-untyped-call]
