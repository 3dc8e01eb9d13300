"""Slack's socket watched: whether it lives ("connected" is no evidence, an answered ping is)."""

import time
from collections.abc import Callable
from typing import Any

PING_SECONDS = 3
"""Socket Mode's ping interval."""
SILENT_SECONDS = 3.0 * PING_SECONDS
"""Without an answer to a ping for this long, the connection is made anew."""
FIRST_PONG_SECONDS = 5.0 * PING_SECONDS
"""How long a new connection may take to answer its first ping."""


class Watchdog:
    """Watches one Socket Mode client. The client itself says that it is connected long after it is not."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._since = clock()

    def silent(self, client: Any) -> bool:
        """Whether the peer has not answered for too long."""
        answered = self.answered(client)
        now = self._clock()
        if answered is None:
            return now - self._since > FIRST_PONG_SECONDS
        self._since = now  # a session made later by the client itself gets its own time for a first answer
        return bool(now - answered > SILENT_SECONDS)

    @staticmethod
    def answered(client: Any) -> float | None:
        """When the peer last answered a ping (seconds since 1970); None while it has not."""
        found: float | None = getattr(getattr(client, "current_session", None), "last_ping_pong_time", None)
        return found
