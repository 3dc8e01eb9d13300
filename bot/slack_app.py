"""The Slack app: messages of intake channels are stored before they are acknowledged, questions are answered.

Handlers are a few lines each: acknowledge, call a use case, show the result.
"""

import logging
import re
import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from slack_bolt import Ack, App, BoltResponse, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlite_utils import Database

from putright.bot.settings import Settings
from putright.bot.slack_blocks import answer_blocks, answer_text, unescaped
from putright.cases import acts
from putright.cases.acts import By
from putright.cases.errors import Refused
from putright.cases.labels import Label
from putright.cases.references import find_reference
from putright.storage import intake
from putright.storage.errors import DatabaseProblem, StaleView
from putright.triage.act import act
from putright.triage.answer import Answer, answer
from putright.triage.posts import headline
from putright.triage.question import understand
from putright.triage.take_in import store_told
from putright.triage.told import Told

log = logging.getLogger(__name__)

Body = Mapping[str, Any]
_TAKEN = (None, "file_share", "thread_broadcast")
"""The subtypes of a message that carry a person's new words."""
_IS = re.compile(
    r"\s(?:is|=)\s+(?:an?\s+)?(complaint|service[ _]request|survey[ _]feedback|other)\b"
    r"[\s:,]*(?:because\b)?\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
LISTENERS = 20
"""Threads for listeners: Bolt's own 5 leave a command unacknowledged behind a few slow ones."""


class SlackDesk:
    """What the handlers share: the settings, a database connection for each call, and a wake-up for the worker."""

    def __init__(
        self,
        settings: Settings,
        open_db: Callable[[], Database],
        wake: Callable[[], None],
        now: Callable[[], datetime],
        bot_user: str,
    ) -> None:
        self.settings = settings
        self._open = open_db
        self._wake = wake
        self._now = now
        self._bot_user = bot_user

    def take(self, body: Body, event: Body) -> bool:
        """Commit a message of an intake channel; True when it was taken. Raises DatabaseProblem: then no ack."""
        told = self.told(str(body.get("team_id", "")), event)
        if told is None:
            return False
        db = self._open()
        try:
            store_told(db, told)
        finally:
            db.close()
        self._wake()
        return True

    def told(self, team: str, event: Body) -> Told | None:
        """What a person said in an intake channel, or None when it is nothing to be taken in.

        A question to the bot is answered, not logged; words to the bot that are no question are logged.
        """
        channel = event.get("channel", "")
        if channel not in self.settings.slack.intake_channels:
            return None
        if event.get("bot_id") or event.get("subtype") not in _TAKEN or not event.get("user"):
            return None
        text = self.words(str(event.get("text", "")))
        if not text or (self.addressed(event) and understand(text).intent != "none"):
            return None
        ts = str(event["ts"])
        return Told(
            text=text,
            by=str(event["user"]),
            told_at=datetime.fromtimestamp(float(ts), UTC),
            team=team,
            place=str(channel),
            ts=ts,
            thread_ts=str(event.get("thread_ts", "")),
        )

    def addressed(self, event: Body) -> bool:
        """Whether the bot is spoken to."""
        return f"<@{self._bot_user}" in str(event.get("text", ""))

    def words(self, text: str) -> str:
        """The typed words, without the mention of the bot."""
        return unescaped(re.sub(rf"<@{re.escape(self._bot_user)}[^>]*>", " ", text)).strip()

    def answer(self, text: str, user: str) -> Answer:
        """The answer to a question, or the outcome of `HC-2026-0012 is complaint`."""
        db = self._open()
        try:
            changed = self._change(db, text, user)
            return changed or answer(db, text, user, self.settings.landlord, self._now())
        except (Refused, StaleView, DatabaseProblem) as error:
            return Answer(str(error))
        finally:
            db.close()

    def _change(self, db: Database, text: str, user: str) -> Answer | None:
        reference, said = find_reference(text), _IS.search(text)
        if not reference or not said:
            return None
        label = Label(said[1].lower().replace(" ", "_"))
        now = self._now()
        landlord = self.settings.landlord
        moved = act(
            db,
            reference,
            landlord,
            now,
            lambda case: acts.reclassify(case, By(user, now), label, said[2].strip() or "said in Slack"),
        )
        return Answer(f"Thank you. {headline(moved.after, moved.due_after)}")


def build_app(desk: SlackDesk, client: WebClient) -> App:
    """The Bolt app with its listeners. Nothing is sent to Slack by building it."""
    app = App(
        client=client,
        token_verification_enabled=False,
        listener_executor=ThreadPoolExecutor(LISTENERS, thread_name_prefix="slack"),
    )

    @app.middleware
    def stored_first(body: Body, next: Callable[[], BoltResponse]) -> BoltResponse:
        # Bolt acknowledges an event before its listener runs, so only here can a crash not lose it: if this
        # raises, there is no acknowledgement and Slack delivers the message again.
        event = body.get("event") or {}
        if event.get("type") == "message":
            desk.take(body, event)
        return next()

    @app.event("message")
    def direct_message(event: Body, client: WebClient) -> None:
        if event.get("channel_type") == "im" and event.get("user") and event.get("subtype") is None:
            if event.get("bot_id"):
                return
            found = desk.answer(desk.words(str(event.get("text", ""))), str(event["user"]))
            client.chat_postMessage(
                channel=event["channel"],
                text=answer_text(found),
                blocks=answer_blocks(found),
                unfurl_links=False,
                unfurl_media=False,
            )

    @app.event("app_mention")
    def asked(event: Body, body: Body, client: WebClient) -> None:
        if desk.told(str(body.get("team_id", "")), event) is not None:
            return  # it was no question, so it was logged; the confirmation is the reply
        if body.get("is_ext_shared_channel"):
            found = Answer(
                "I do not answer in channels shared with another organisation. Ask me in one of ours."
            )
        else:
            found = desk.answer(desk.words(str(event.get("text", ""))), str(event["user"]))
        client.chat_postEphemeral(
            channel=event["channel"],
            user=event["user"],
            thread_ts=event.get("thread_ts"),
            text=answer_text(found),
            blocks=answer_blocks(found),
        )

    @app.event(re.compile(".*"))
    def anything_else() -> None:
        """Acknowledge what needs nothing done, or Slack delivers it again."""

    @app.command("/case")
    def case(ack: Ack, command: Body, respond: Respond) -> None:
        ack()
        found = desk.answer(unescaped(str(command.get("text", ""))) or "my cases", str(command["user_id"]))
        respond(text=answer_text(found), blocks=answer_blocks(found), response_type="ephemeral")

    @app.error
    def failed(error: Exception, body: Body) -> BoltResponse:
        # An id and a sentence for the user; the log holds the kind of error, never the message.
        number = secrets.token_hex(3)
        log.error("error %s in Slack (%s)", number, type(error).__name__, exc_info=error)
        if isinstance(error, DatabaseProblem):
            return BoltResponse(status=500, body="")
        return BoltResponse(
            status=200, body=f"Something went wrong here (number {number}). Please try again."
        )

    return app


def backfill(desk: SlackDesk, client: WebClient, open_db: Callable[[], Database], team: str) -> int:
    """Take in what was written in the intake channels while nobody listened. Gives how many were new.

    Read from the newest message taken in from each channel, oldest first, through the same door as live
    messages; a channel never heard before starts now. Raises SlackApiError.
    """
    taken = 0
    db = open_db()
    try:
        for channel in desk.settings.slack.intake_channels:
            newest = intake.newest(db, f"slack:{team}", channel)
            if newest is None:
                continue
            missed: list[Body] = []
            cursor = None
            while True:
                page = client.conversations_history(channel=channel, oldest=newest, limit=200, cursor=cursor)
                missed += page.get("messages") or []
                cursor = (page.get("response_metadata") or {}).get("next_cursor")
                if not cursor:
                    break
            for event in sorted(missed, key=lambda x: float(x["ts"])):
                told = desk.told(team, {**event, "channel": channel})
                if told is not None:
                    taken += store_told(db, told)[1]
    finally:
        db.close()
    return taken


def who_we_are(client: WebClient) -> tuple[str, str]:
    """Our team id and bot user id. Raises NotConnected in plain words."""
    try:
        found = client.auth_test()
    except SlackApiError as error:
        code = error.response.get("error", "")
        if code in ("invalid_auth", "not_authed", "token_revoked", "account_inactive"):
            raise NotConnected(
                f"Slack refuses the bot token ({code}). Copy it again from the app's page into SLACK_BOT_TOKEN."
            ) from error
        raise NotConnected(f"Slack refused to say who we are ({code}).") from error
    except OSError as error:
        raise NotConnected("Slack cannot be reached. Check the network and slack.api_url.") from error
    return str(found["team_id"]), str(found["user_id"])


class NotConnected(Exception):
    """Slack cannot be used: one sentence that says what to do."""
