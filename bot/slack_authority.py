"""Who may see cases and act on them in Slack: looked up at each click and each submission, never read from a button."""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from putright.bot.settings import Slack

log = logging.getLogger(__name__)

SHARED_SECONDS = 600.0
"""How long it is remembered whether a channel is shared with another organisation."""


class Forbidden(Exception):
    """Somebody may not do this: one sentence that says what is needed, for their eyes only."""


class Authority:
    """Checks people against `slack.handlers` and `slack.leads` (user ids and user groups; leads may do all that
    handlers may). Where neither is set, every full member of our own workspace is a handler.

    What cannot be read is refused.
    """

    def __init__(
        self, slack: Slack, client: WebClient, team: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._slack = slack
        self._client = client
        self._team = team
        self._clock = clock
        self._shared: dict[str, tuple[float, bool]] = {}

    def check(self, user: str, team: str, *, channel: str = "", lead: bool = False) -> None:
        """Raises Forbidden when this person may not see or change cases (from this channel)."""
        if team and team != self._team:
            self._refuse(user, "I only answer people of our own workspace.")
        if channel and self._is_shared(channel):
            self._refuse(
                user,
                "I do not answer in channels shared with another organisation. Ask me in one of ours, or in a direct "
                "message.",
            )
        if not (self._slack.handlers or self._slack.leads):
            return
        allowed = (*self._slack.leads, *(() if lead else self._slack.handlers))
        if not self._is_one_of(user, allowed):
            who = "a complaints lead" if lead else "a complaint handler"
            self._refuse(
                user,
                f"This needs {who}. Whoever looks after putright can add you (slack.handlers, slack.leads).",
            )

    def _refuse(self, user: str, sentence: str) -> None:
        log.warning("%s was refused in Slack: %s", user, sentence)
        raise Forbidden(sentence)

    def _is_one_of(self, user: str, allowed: tuple[str, ...]) -> bool:
        if user in allowed:
            return True
        for group in (x for x in allowed if x.startswith("S")):
            try:
                members = self._client.usergroups_users_list(usergroup=group).get("users") or []
            except (SlackApiError, OSError) as error:
                log.warning("the user group %s could not be read (%s)", group, type(error).__name__)
                raise Forbidden(
                    "I cannot read from Slack who may do this at the moment, so I leave it. Please try again soon."
                ) from error
            if user in members:
                return True
        return False

    def _is_shared(self, channel: str) -> bool:
        if channel.startswith("D"):
            return False
        known = self._shared.get(channel)
        if known and self._clock() - known[0] < SHARED_SECONDS:
            return known[1]
        try:
            about: Mapping[str, Any] = self._client.conversations_info(channel=channel)["channel"]
        except (SlackApiError, OSError) as error:
            raise Forbidden(
                "I cannot see whether this channel is shared with another organisation. Invite me with "
                "/invite @putright, or ask me in a direct message."
            ) from error
        shared = bool(about.get("is_ext_shared") or about.get("is_pending_ext_shared"))
        self._shared[channel] = (self._clock(), shared)
        return shared
