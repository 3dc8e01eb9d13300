"""The make-believe workspace: its people, channels, messages, views and triggers, as plain values."""

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from tests.slack_fake.files import SharedFile

Json = dict[str, Any]
Kind = Literal["channel", "group", "im"]

TEAM = "T0LANDLORD"
APP = "A0PUTRIGHT"
BOT = "B0PUTRIGHT"
BOT_USER = "U0PUTRIGHT"
TRIGGER_SECONDS = 3.0
STACK = 3  # views on top of one another


class RefusedError(Exception):
    """Slack's answer when it does not do what was asked."""

    def __init__(self, error: str, messages: list[str] | None = None, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.answer: Json = {"ok": False, "error": error, **extra}
        if messages:
            self.answer["response_metadata"] = {"messages": messages}


@dataclass
class User:
    id: str
    name: str = ""
    real_name: str = ""
    team_id: str = TEAM
    deleted: bool = False
    is_bot: bool = False

    def json(self) -> Json:
        name = self.name or self.id.lower()
        real = self.real_name or name.title()
        shown = {"real_name": real, "display_name": name}
        flags = {"deleted": self.deleted, "is_bot": self.is_bot}
        return {
            "id": self.id,
            "team_id": self.team_id,
            "name": name,
            "real_name": real,
            "profile": shown,
            **flags,
        }


@dataclass
class Channel:
    """Where people write; `members` None means every user of the fake."""

    id: str
    name: str = ""
    kind: Kind = "channel"
    members: set[str] | None = None
    has_bot: bool = True
    is_archived: bool = False
    is_ext_shared: bool = False
    messages: dict[str, Json] = field(default_factory=dict)

    def json(self) -> Json:
        return {
            "id": self.id,
            "name": self.name or self.id.lower(),
            "is_channel": self.kind == "channel",
            "is_group": self.kind == "group",
            "is_im": self.kind == "im",
            "is_private": self.kind != "channel",
            "is_archived": self.is_archived,
            "is_ext_shared": self.is_ext_shared,
            "is_shared": self.is_ext_shared,
            "is_member": self.has_bot,
        }


@dataclass
class View:
    """A modal or Home as Slack keeps it; `stack` is the root's id."""

    id: str
    user: str
    payload: Json
    stack: str
    previous: str | None = None
    revision: int = 1
    closed: bool = False

    @property
    def hash(self) -> str:
        return f"{1_700_000_000 + self.revision}.{self.id.lower()}"

    def json(self, state: Json | None = None) -> Json:
        absent = {"private_metadata": "", "callback_id": "", "external_id": "", "close": None, "submit": None}
        kept = {"id": self.id, "team_id": TEAM, "hash": self.hash, "state": {"values": state or {}}}
        owner = {"root_view_id": self.stack, "previous_view_id": self.previous, "app_id": APP, "bot_id": BOT}
        flags = {"clear_on_close": False, "notify_on_close": False}
        return {**absent, **flags, **self.payload, **kept, **owner}


@dataclass
class Trigger:
    user: str
    made_at: float
    view: str | None = None
    used: bool = False


@dataclass
class ResponseUrl:
    """Where a slash command or a click may be answered: five times, within half an hour."""

    channel: str
    user: str
    message_ts: str | None
    uses: int = 0


class Workspace:
    """All that the fake remembers. `happened` holds the events that wait to be told to the app."""

    def __init__(self, channels: list[Channel], users: list[User], groups: dict[str, list[str]]) -> None:
        self.users = {u.id: u for u in users}
        self.users[BOT_USER] = User(BOT_USER, "putright", "putright", is_bot=True)
        self.channels = {c.id: c for c in channels}
        self.groups = groups
        self.views: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.ephemerals: dict[str, Json] = {}
        self.files: dict[str, SharedFile] = {}
        self.files_url = ""
        self.happened: list[Json] = []
        self._last_ts = 0
        self._number = 0

    def next(self) -> int:
        self._number += 1
        return self._number

    def new_ts(self) -> str:
        """A message's time and name: no two are the same."""
        self._last_ts = max(int(time.time() * 1_000_000), self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def new_trigger(self, user: str, view: str | None = None) -> str:
        trigger_id = f"{self.next()}.{1_000_000 + self.next()}.{self.next():08x}"
        self.triggers[trigger_id] = Trigger(user, time.monotonic(), view)
        return trigger_id

    def members_of(self, channel: Channel) -> list[str]:
        people = (
            [u for u in self.users if u != BOT_USER] if channel.members is None else sorted(channel.members)
        )
        return people + ([BOT_USER] if channel.has_bot else [])

    def dm(self, user: str) -> Channel:
        """The direct-message channel of the app with this person."""
        if user not in self.users:
            raise RefusedError("user_not_found")
        channel_id = f"D{user[1:]}"
        return self.channels.setdefault(channel_id, Channel(channel_id, "directmessage", "im", {user}))

    def channel(self, channel_id: str) -> Channel:
        """A channel the app may know of: a private one it was not asked into does not exist for it."""
        found = self.channels.get(channel_id)
        if found is None or (found.kind != "channel" and not found.has_bot):
            raise RefusedError("channel_not_found")
        return found
