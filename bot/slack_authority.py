"""Who may see cases and act on them in Slack: checked at each click and each submission, never read from a button."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from putright.bot.roles import role_of
from putright.bot.settings.slack import Slack
from putright.bot.slack_groups import PATIENCE_SECONDS, Groups, NotRead
from putright.triage.eyes import Role

log = logging.getLogger(__name__)

SHARED_SECONDS = 600.0
"""How long it is remembered whether a channel is shared with another organisation."""
SHARED = "I do not answer in channels shared with another organisation. Ask me in one of ours, or in a direct message."


def team_of(body: Mapping[str, Any]) -> str:
    """The workspace of whoever clicked or submitted: their own where it is told, else that of the click."""
    return str(body["user"].get("team_id") or (body.get("team") or {}).get("id") or "")


class Forbidden(Exception):
    """Somebody may not do this: one sentence that says what is needed, for their eyes only. `why` is for the record."""

    def __init__(self, sentence: str, why: str = "no role") -> None:
        super().__init__(sentence)
        self.why = why


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks or acts: by their Slack id and workspace, in which channel. `anew` asks Slack once more who is in the
    groups, for `patience` seconds at most.
    """

    user: str
    team: str
    channel: str = ""
    anew: bool = False
    patience: float = PATIENCE_SECONDS


class Authority:
    """Checks people against `slack.leads`, `slack.handlers` and `slack.governing_body` (user ids and user groups).
    Where none is set, every full member of our own workspace is a handler.

    What cannot be read is refused. `outside` hears of each channel or person of another organisation.
    """

    def __init__(
        self,
        slack: Slack,
        client: WebClient,
        team: str,
        clock: Callable[[], float] = time.monotonic,
        outside: Callable[[str], None] = lambda where: None,
        leads: str = "",
    ) -> None:
        self._slack = slack
        self._team = team
        self._shared = SharedChannels(client, clock)
        self._groups = Groups(client, clock)
        self._outside = outside
        self._leads = leads

    def check(self, asker: Asker, *, lead: bool = False) -> Role:
        """The role of somebody who may act on cases. Raises Forbidden for whoever may not (from their channel)."""
        role = self.role(asker, lead=lead)
        if role is Role.GOVERNING_BODY or (lead and role is not Role.LEAD and self._slack.has_roles):
            raise self._refusal(asker.user, lead)
        return role

    def leads(self, role: Role) -> bool:
        """Whether somebody of that role may do what takes a lead: where no role is set, everybody may."""
        return role is Role.LEAD or not self._slack.has_roles

    def role(self, asker: Asker, *, lead: bool = False) -> Role:
        """The role of somebody who may ask about cases. Raises Forbidden for whoever has none (from their channel);
        `lead`: the refusal says that a lead is needed.
        """
        user, channel, anew = asker.user, asker.channel, asker.anew
        if asker.team and asker.team != self._team:
            self._outside(user)
            raise self._refused(user, "I only answer people of our own workspace.", "another organisation")
        until = time.monotonic() + asker.patience
        asked: dict[str, Future[frozenset[str]]] = {}
        if user not in self._slack.leads:  # asked while the channel is looked up
            asked.update(self._groups.ask(_groups(self._slack.leads, self._slack.handlers), anew=anew))
        if channel and self.shared(channel):
            self._outside(channel)
            raise self._refused(user, SHARED, "a shared channel")

        def is_in(group: str) -> bool:
            if group in self._slack.governing_body and group not in asked:
                asked.update(self._groups.ask(_groups(self._slack.governing_body), anew=anew))
            return user in self._groups.members(group, asked, until)

        try:
            role = role_of(self._slack, (user,), is_in)
        except NotRead as error:
            raise Forbidden(
                "I cannot read from Slack who may do this at the moment, so I leave it. Please try again soon.",
                "cannot be read",
            ) from error
        if role is None:
            raise self._refusal(user, lead)
        return role

    def shared(self, channel: str) -> bool:
        """Whether a channel is shared with another organisation. Raises Forbidden where that cannot be told."""
        try:
            return self._shared.has(channel)
        except (SlackApiError, OSError) as error:
            raise Forbidden(
                "I cannot see whether this channel is shared with another organisation. Invite me with "
                "/invite @putright, or ask me in a direct message.",
                "cannot be read",
            ) from error

    def _refusal(self, user: str, lead: bool) -> Forbidden:
        who = "a complaints lead" if lead else "a complaint handler"
        ask = f"{self._leads} or whoever" if self._leads else "Whoever"
        return self._refused(
            user,
            f"This needs {who}. {ask} looks after putright can add you (slack.handlers, slack.leads).",
            "no role",
        )

    def _refused(self, user: str, sentence: str, why: str) -> Forbidden:
        log.warning("%s was refused in Slack: %s", user, sentence)
        return Forbidden(sentence, why)


def _groups(*members: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(x for some in members for x in some if x.startswith("S")))


class SharedChannels:
    """Which channels are shared with another organisation, remembered for a while."""

    def __init__(self, client: WebClient, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._clock = clock
        self._known: dict[str, tuple[float, bool]] = {}

    def has(self, channel: str) -> bool:
        """Whether it is, or will be once the other side accepts. Raises SlackApiError, OSError."""
        if channel.startswith(("D", "U", "W")):
            return False
        known = self._known.get(channel)
        if known and self._clock() - known[0] < SHARED_SECONDS:
            return known[1]
        try:
            about: Mapping[str, Any] = self._client.conversations_info(channel=channel).get("channel") or {}
        except SlackApiError as error:
            if error.response.get("error") != "unknown_method":
                raise
            about = {}  # a server that knows no shared channels; Slack itself never says so
        shared = bool(about.get("is_ext_shared") or about.get("is_pending_ext_shared"))
        self._known[channel] = (self._clock(), shared)
        return shared
