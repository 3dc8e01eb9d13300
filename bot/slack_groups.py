"""Who is in which user group of Slack: asked for together, and remembered for a minute (Slack allows 20 such calls)."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

log = logging.getLogger(__name__)

REMEMBERED_SECONDS = 60.0
"""How long a group's members are remembered: so long somebody taken out of it may still ask and click."""
PATIENCE_SECONDS = 10.0
"""How long a question waits for Slack to say who is in a group."""
AT_ONCE = 8


class NotRead(Exception):
    """Slack does not say (in time) who is in a group, and nothing is remembered."""


Asked = Mapping[str, Future[frozenset[str]]]
"""What Slack was asked and may not have answered yet, by group."""


class Groups:
    """The members of user groups. Each is asked for once at a time, however many wait for it."""

    def __init__(self, client: WebClient, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._clock = clock
        self._known: dict[str, tuple[float, frozenset[str]]] = {}
        self._asked: dict[str, Future[frozenset[str]]] = {}
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="groups")

    def ask(self, groups: Iterable[str], *, anew: bool = False) -> Asked:
        """Ask together for those that are not remembered, or for all where `anew`, without waiting."""
        return {x: self._ask(x) for x in groups if anew or self._remembered(x) is None}

    def members(self, group: str, asked: Asked, until: float) -> frozenset[str]:
        """Who is in a group: as Slack answers before `until` (seconds of time.monotonic), else as remembered.

        Raises NotRead where neither tells.
        """
        answer = asked.get(group)
        if answer is not None:
            wait([answer], timeout=max(until - time.monotonic(), 0))
            if answer.done() and answer.exception() is None:
                return answer.result()
        known = self._remembered(group)
        if known is None:
            raise NotRead(group)
        return known

    def _remembered(self, group: str) -> frozenset[str] | None:
        at, members = self._known.get(group, (0.0, None))
        return members if members is not None and self._clock() - at < REMEMBERED_SECONDS else None

    def _ask(self, group: str) -> Future[frozenset[str]]:
        with self._lock:
            if group not in self._asked:
                self._asked[group] = self._pool.submit(self._fetch, group)
            return self._asked[group]

    def _fetch(self, group: str) -> frozenset[str]:
        asked_at = self._clock()
        try:
            found = self._client.usergroups_users_list(usergroup=group).get("users") or []
            members = frozenset(str(x) for x in found)
            self._known[group] = (asked_at, members)
            return members
        except (SlackApiError, OSError) as error:
            log.warning("the user group %s could not be read (%s)", group, type(error).__name__)
            raise
        finally:
            with self._lock:
                self._asked.pop(group, None)
