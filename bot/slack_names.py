"""Learning what Slack calls the members that write and click, apart from what they wait for."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlite_utils import Database

from putright.storage import slack_names
from putright.storage.errors import DatabaseProblem

log = logging.getLogger(__name__)

AGAIN_SECONDS = 86400.0
"""After so long Slack is asked anew: people change their names."""
NAME_LIMIT = 80
"""Characters that Slack lets a display name have."""


class Names:
    """Asks Slack once a day for the name of each member it meets, those of the settings excepted."""

    def __init__(
        self,
        open_db: Callable[[], Database],
        client: WebClient,
        known: Mapping[str, str],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._open = open_db
        self._client = client
        self._known = known
        self._clock = clock
        self._asked: dict[str, float] = {}
        self._lock = threading.Lock()
        self._asking = ThreadPoolExecutor(1, thread_name_prefix="names")

    def meet(self, user: str) -> None:
        """Somebody wrote or clicked. It returns at once."""
        with self._lock:
            asked = self._asked.get(user)
            if (
                not user
                or user in self._known
                or (asked is not None and self._clock() - asked < AGAIN_SECONDS)
            ):
                return
            self._asked[user] = self._clock()
        self._asking.submit(self._ask, user)

    def _ask(self, user: str) -> None:
        try:
            name = name_of(self._client.users_info(user=user).get("user") or {})
            if name:
                with closing(self._open()) as db:
                    slack_names.put(db, {user: name})
        except (SlackApiError, OSError, DatabaseProblem) as error:
            log.info("the name of %s was not learned (%s)", user, type(error).__name__)


def name_of(user: Mapping[str, Any]) -> str:
    """What people see a member called: the display name, else the real one; on one line."""
    profile = user.get("profile") or {}
    names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"))
    return next((" ".join(str(x).split())[:NAME_LIMIT] for x in names if x and str(x).strip()), "")


def met(body: Mapping[str, Any]) -> str:
    """Whoever wrote, clicked or typed what Slack sends; empty where nobody did."""
    event, user = body.get("event") or {}, body.get("user")
    clicked = user.get("id") if isinstance(user, dict) else None
    wrote = event.get("user") if isinstance(event.get("user"), str) and not event.get("bot_id") else None
    return str(clicked or body.get("user_id") or wrote or "")
