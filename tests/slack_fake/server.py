"""SlackFake: Slack on loopback, and all that people in the workspace do."""

import copy
from typing import Any

from tests.slack_fake import bodies, chat
from tests.slack_fake.files import SharedFile
from tests.slack_fake.payloads import elements_of
from tests.slack_fake.records import Envelope
from tests.slack_fake.watch import Watch
from tests.slack_fake.workspace import BOT_USER, TEAM, Channel, Json, User, View


class SlackFake(Watch):
    """with SlackFake(channels=[Channel("C1")], users=[User("U1")]) as slack: slack.say("C1", "U1", "no heating")"""

    # --- messages ---------------------------------------------------------------------------------

    def say(self, channel: str, user: str, text: str, **extra: Any) -> str:
        """A person writes; the message's ts. `ts`, `thread_ts`, `subtype` and other fields may be given."""
        who = self._user(user)
        message = {"type": "message", "user": user, "text": text, "team": who.team_id, "ts": ""} | extra
        message.setdefault("client_msg_id", f"loopback-{self.workspace.next()}")
        if who.team_id != TEAM:
            message |= {"user_team": who.team_id, "source_team": who.team_id}
        return self._heard(channel, message)

    def share(self, channel: str, user: str, *files: SharedFile, text: str = "", **extra: Any) -> str:
        """A person shares files, with or without words."""
        with self._lock:
            self.workspace.files |= {x.id: x for x in files}
            told = [x.told(self.workspace.files_url) for x in files]
        return self.say(channel, user, text, subtype="file_share", files=told, upload=True, **extra)

    def bot_says(self, channel: str, text: str, bot_id: str = "B0OTHER", **extra: Any) -> str:
        """Another app's bot writes."""
        about = {"type": "message", "subtype": "bot_message", "bot_id": bot_id, "username": "other bot"}
        return self._heard(channel, {**about, "text": text, "ts": ""} | extra)

    def mention(self, channel: str, user: str, text: str, **extra: Any) -> str:
        """A person writes to @putright: Slack sends `message` and `app_mention`, same ts, two event ids."""
        ts = self.say(channel, user, f"<@{BOT_USER}> {text}", **extra)
        with self._lock:
            place = self._place(channel)
            event = chat.heard(place, place.messages[ts]) | {"type": "app_mention"}
            event.pop("channel_type")
            if place.kind != "im":
                self._tell_app(event)
        return ts

    def edit(self, channel: str, ts: str, text: str | None = None, **extra: Any) -> str:
        """A message_changed: other words, or the same ones with something `extra`, as an unfurl gives."""
        with self._lock:
            place = self._place(channel)
            message = place.messages[ts]
            content = {"text": message["text"] if text is None else text, **extra}
            now = chat.change(self.workspace, place, message, content, editor=str(message.get("user")))
            self._deliver_happened()
        return now

    def delete(self, channel: str, ts: str) -> None:
        with self._lock:
            place = self._place(channel)
            gone = place.messages.pop(ts)
            now = self.workspace.new_ts()
            event = {"type": "message", "subtype": "message_deleted", "hidden": True, "deleted_ts": ts}
            about = {"channel": channel, "channel_type": place.kind, "ts": now, "event_ts": now}
            self._tell_app({**event, "previous_message": copy.deepcopy(gone), **about})

    def join(self, channel: str, user: str) -> None:
        """Someone is let into a channel: member_joined_channel, and the message that says so."""
        with self._lock:
            place = self._place(channel)
            if user == BOT_USER:
                place.has_bot = True
            elif place.members is not None:
                place.members.add(user)
            kind = {"channel": "C", "group": "G", "im": "D"}[place.kind]
            about = {"user": user, "channel": channel, "channel_type": kind, "team": TEAM}
            self._tell_app({"type": "member_joined_channel", **about, "event_ts": self.workspace.new_ts()})
        self.say(channel, user, f"<@{user}> has joined the channel", subtype="channel_join")

    def open_home(self, user: str, tab: str = "home") -> None:
        with self._lock:
            home = self.workspace.homes.get(user)
            event = {
                "type": "app_home_opened",
                "user": user,
                "channel": self.workspace.dm(user).id,
                "tab": tab,
            }
            shown = {"view": home.json()} if home else {}
            self._tell_app({**event, **shown, "event_ts": self.workspace.new_ts()})

    def event(self, event: Json) -> Envelope:
        """Any event at all, as it stands."""
        with self._lock:
            return self.send("events_api", bodies.event_body(self.workspace, event))

    def redeliver(
        self, what: Envelope | str, reason: str = "timeout", *, new_event_id: bool = False
    ) -> Envelope:
        """The event again, as Slack does when no ack came; at times it comes with another event id."""
        first = self._envelope(what)
        payload = copy.deepcopy(first.payload)
        with self._lock:
            attempts = sum(e.about == first.about and e.type == "events_api" for e in self.envelopes)
            if new_event_id:
                payload["event_id"] = f"Ev{self.workspace.next():09d}"
        return self.send("events_api", payload, max(1, attempts if first.about else 1), reason)

    # --- commands, clicks, modals -----------------------------------------------------------------

    def command(self, command: str, text: str = "", *, user: str, channel: str) -> Envelope:
        offered = [c["command"] for c in self.manifest["features"].get("slash_commands", [])]
        if command not in offered:
            raise ValueError(f"the manifest has no command {command}: Slack would not send it")
        with self._lock:
            place = self._place(channel)
            body = bodies.command_body(self.workspace, self.base_url, command, text, self._user(user), place)
        return self.send("slash_commands", body)

    def click(
        self,
        action_id: str,
        *,
        user: str,
        ts: str | None = None,
        view: View | str | None = None,
        value: Any = None,
        block_id: str | None = None,
    ) -> Envelope:
        """Someone uses a button or menu on a message (`ts`, ephemeral ones too) or in a modal or Home (`view`).

        `value` is what is chosen in a menu; for a button it takes the place of the button's own.
        """
        with self._lock:
            who = self._user(user)
            shown = self._view(view) if view is not None else None
            body = bodies.interactive(self.workspace, "block_actions", who, shown)
            if shown is not None:
                blocks = shown.payload["blocks"]
                body |= {"view": shown.json(), "container": {"type": "view", "view_id": shown.id}}
            else:
                message, about = self._clicked_message(str(ts), user)
                blocks = message.get("blocks", [])
                body |= about
            block, element = _find(blocks, action_id, block_id)
            state: Json = {"value": value if value is not None else element.get("value")}
            if element["type"] != "button":
                state = bodies.filled(element, value)
            act = {"action_id": action_id, "block_id": block["block_id"], "type": element["type"]}
            label = {"text": element["text"]} if "text" in element else {}
            body["actions"] = [{**act, **label, **state, "action_ts": self.workspace.new_ts()}]
        return self.send("interactive", body)

    def submit(
        self, view: View | str, values: dict[str, Any] | None = None, *, user: str | None = None
    ) -> Envelope:
        """Someone sends a modal. `values` is by block_id: words, an option's value, or a list of values."""
        with self._lock:
            shown = self._view(view)
            who = self._user(user or shown.user)
            body = bodies.interactive(self.workspace, "view_submission", who, shown)
            state = bodies.view_state(shown, values or {})
            for chosen in bodies.people_chosen(state):
                self._user(chosen)  # Slack offers nobody else
            body |= {"view": shown.json(state), "response_urls": []}
        return self.send("interactive", body)

    def close_view(self, view: View | str, *, cleared: bool = False) -> Envelope | None:
        """Someone cancels a modal; the app hears of it only if it asked to."""
        with self._lock:
            shown = self._view(view)
            shown.closed = True
            body = bodies.interactive(self.workspace, "view_closed", self._user(shown.user), shown)
            body |= {"view": shown.json(), "is_cleared": cleared}
        return self.send("interactive", body) if shown.payload.get("notify_on_close") else None

    def shortcut(self, callback_id: str, *, user: str, channel: str, ts: str) -> Envelope:
        """Someone uses a message shortcut on a message, in a channel the app need not be in."""
        offered = [s["callback_id"] for s in self.manifest["features"].get("shortcuts", [])]
        if callback_id not in offered:
            raise ValueError(f"the manifest has no shortcut {callback_id}: Slack would not send it")
        with self._lock:
            place = self._place(channel)
            body = bodies.interactive(self.workspace, "message_action", self._user(user))
            url = bodies.response_url(self.workspace, self.base_url, channel, user, None)
            about = {"channel": {"id": channel, "name": place.json()["name"]}, "message_ts": ts}
            message = copy.deepcopy(place.messages[ts])
            now = self.workspace.new_ts()
            body |= {
                **about,
                "callback_id": callback_id,
                "message": message,
                "response_url": url,
                "action_ts": now,
            }
        return self.send("interactive", body)

    # --- inside -----------------------------------------------------------------------------------

    def _user(self, user: str) -> User:
        if user not in self.workspace.users:
            raise ValueError(f"no user {user} in the fake")
        return self.workspace.users[user]

    def _place(self, channel: str) -> Channel:
        if channel not in self.workspace.channels and channel.startswith("D"):
            self.workspace.dm(f"U{channel[1:]}")
        return self.workspace.channels[channel]

    def _view(self, view: View | str) -> View:
        return view if isinstance(view, View) else self.workspace.views[view]

    def _heard(self, channel: str, message: Json) -> str:
        with self._lock:
            place = self._place(channel)
            message["ts"] = message["ts"] or self.workspace.new_ts()
            place.messages[message["ts"]] = message
            self._tell_app(chat.heard(place, message))
        return str(message["ts"])

    def _tell_app(self, event: Json) -> None:
        self.workspace.happened.append(event)
        self._deliver_happened()

    def _deliver_happened(self) -> None:
        """Tell the app what it subscribed to, where it is a member."""
        waiting, self.workspace.happened = self.workspace.happened, []
        subscribed = self.manifest["settings"]["event_subscriptions"]["bot_events"]
        for event in waiting:
            if bodies.subscription(event) in subscribed and self.workspace.channels[event["channel"]].has_bot:
                self.event(event)

    def _clicked_message(self, ts: str, user: str) -> tuple[Json, Json]:
        """The message with the button, and what the payload says of where it stands."""
        hidden = self.workspace.ephemerals.get(ts)
        if hidden is not None:
            place, message = self.workspace.channels[hidden["channel"]], hidden
        else:
            place = next(c for c in self.workspace.channels.values() if ts in c.messages)
            message = place.messages[ts]
        container = {
            "type": "message",
            "message_ts": ts,
            "channel_id": place.id,
            "is_ephemeral": bool(hidden),
        }
        url = bodies.response_url(self.workspace, self.base_url, place.id, user, ts)
        about: Json = {"channel": {"id": place.id, "name": place.json()["name"]}, "response_url": url}
        about |= {"container": container, "state": {"values": {}}}
        return message, about if hidden else {**about, "message": copy.deepcopy(message)}


def _find(blocks: list[Json], action_id: str, block_id: str | None) -> tuple[Json, Json]:
    for block in blocks:
        for element in elements_of(block):
            if element.get("action_id") == action_id and block_id in (None, block["block_id"]):
                return block, element
    raise ValueError(f"nothing to click with the action_id {action_id}")
