"""Saying things in Slack: one post a row of the outbox, paced by channel, and never blindly said twice."""

import logging
import math
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from putright.bot.slack_authority import SharedChannels
from putright.bot.slack_blocks import post_blocks, post_text
from putright.bot.voice import NotSaid
from putright.storage.outbox import Row
from putright.triage.posts import REACTION, Post, from_json

log = logging.getLogger(__name__)

METADATA = "putright_outbox"
_ADVICE = {
    "channel_not_found": "Slack knows no such channel: check slack.mail_channel and slack.intake_channels.",
    "not_in_channel": "The bot is not in the channel: invite it with /invite @putright.",
    "is_archived": "The channel is archived: name another in the settings.",
    "invalid_auth": "Slack refuses the bot token: check SLACK_BOT_TOKEN.",
    "account_inactive": "The bot's account was switched off: install the app again.",
    "token_revoked": "The bot token was revoked: install the app again and set SLACK_BOT_TOKEN.",
    "missing_scope": "The app lacks a scope: make it anew from `putright slack manifest`.",
}
_PASSING = ("", "internal_error", "fatal_error", "service_unavailable", "request_timeout")
MARK_TRIES = 3
"""A mark on a message that was logged is tried so often and then left out."""
_NEEDS_A_PERSON = 300.0
"""Seconds until the next try of what only a person can mend."""
SLACKS_PAUSE = 30.0
"""Seconds to wait where Slack asks to slow down and does not say for how long."""
LONGEST_PAUSE = 3600.0
_SLACKS_TROUBLE = 30.0
"""Seconds until the next try of what Slack may mend by itself."""


def advice(error: SlackApiError) -> str:
    """What to do about Slack's refusal, without the payload it refused."""
    reason = code_of(error) or f"an answer that is not Slack's, HTTP {error.response.status_code}"
    return _ADVICE.get(reason, f"Slack refused it ({reason}).")


def code_of(error: SlackApiError) -> str:
    """Slack's own code; empty where there is none (a page of a proxy, say, which may hold what we sent)."""
    code = str(error.response.get("error") or "") if error.response.data else ""
    return code if re.fullmatch(r"[\w-]{1,60}", code) else ""


def retry_after(error: SlackApiError) -> float:
    """The seconds that Slack asks us to wait, 1 at least; 30 where it does not say a number."""
    headers = {name.lower(): value for name, value in error.response.headers.items()}
    try:
        wait = float(headers.get("retry-after", SLACKS_PAUSE))
    except ValueError:
        wait = SLACKS_PAUSE
    return min(max(wait, 1.0), LONGEST_PAUSE) if math.isfinite(wait) else SLACKS_PAUSE


class SlackVoice:
    """Posts rows of the outbox. At most one post a channel every `seconds_between` seconds (Slack's pace)."""

    def __init__(
        self,
        client: WebClient,
        seconds_between: float,
        clock: Callable[[], float] = time.monotonic,
        elsewhere: Sequence[str] = (),
    ) -> None:
        """`elsewhere` are the channels, the first that serves, for what belongs into one shared with others."""
        self._client = client
        self._seconds_between = seconds_between
        self._clock = clock
        self._free_at: dict[str, float] = {}
        self._direct: dict[str, str] = {}
        self._shared = SharedChannels(client, clock)
        self._elsewhere = tuple(x for x in dict.fromkeys(elsewhere) if x)

    def busy(self) -> frozenset[str]:
        """The channels that were posted to a moment ago."""
        now = self._clock()
        return frozenset(channel for channel, free in self._free_at.items() if free > now)

    def say(self, row: Row) -> str:
        """Post it and give Slack's ts. Raises NotSaid with how long to wait."""
        if row.kind == REACTION:
            return self._mark(row)
        post = from_json(row.payload)
        try:
            row = self._among_us(row)
            if row.attempts > 1:
                said = self._already_said(row)
                if said:
                    return said
            answer = self._client.chat_postMessage(
                channel=self._place(row.channel),
                text=post_text(post),
                blocks=post_blocks(post),
                thread_ts=row.thread_ts or None,
                metadata={"event_type": METADATA, "event_payload": {"key": row.key}},
                unfurl_links=False,
                unfurl_media=False,
                link_names=False,
            )
        except SlackApiError as error:
            if error.response.status_code == 429:
                wait = retry_after(error)
                self._free_at[row.channel] = self._clock() + wait
                raise NotSaid("Slack asks us to slow down.", wait=wait) from error
            if row.thread_ts and error.response.get("error") == "thread_not_found":
                return self.say(
                    replace(row, thread_ts="")
                )  # its first message was deleted: the channel, then
            passing = error.response.status_code >= 500 or code_of(error) in _PASSING
            raise NotSaid(advice(error), wait=_SLACKS_TROUBLE if passing else _NEEDS_A_PERSON) from error
        except (OSError, HTTPException, TimeoutError) as error:
            raise NotSaid(
                "Slack could not be reached, or its answer was lost.", wait=5, longer=True
            ) from error
        self._free_at[row.channel] = self._clock() + self._seconds_between
        return str(answer.get("ts") or "")

    def redraw(self, channel: str, ts: str, post: Post) -> None:
        """Let a post read so from now on. Raises NotSaid, `final` where Slack lets nobody change it any more."""
        try:
            for place in (
                channel,
                *self._elsewhere,
            ):  # it may have been said in another channel than it was meant for
                if self._is_shared(place):
                    continue
                self._client.chat_update(
                    channel=self._place(place), ts=ts, text=post_text(post), blocks=post_blocks(post)
                )
                break
        except SlackApiError as error:
            if error.response.status_code == 429:
                wait = retry_after(error)
                self._free_at[channel] = self._clock() + wait
                raise NotSaid("Slack asks us to slow down.", wait=wait) from error
            passing = error.response.status_code >= 500 or code_of(error) in _PASSING
            raise NotSaid(advice(error), wait=_SLACKS_TROUBLE, final=not passing) from error
        except (OSError, HTTPException, TimeoutError) as error:
            raise NotSaid("Slack could not be reached, or its answer was lost.", wait=5) from error
        self._free_at[channel] = self._clock() + self._seconds_between

    def _mark(self, row: Row) -> str:
        """React to the message that a row is about. That is no post: nothing waits for it, and it may fail."""
        try:
            self._client.reactions_add(
                channel=row.channel, timestamp=row.thread_ts, name=str(row.payload["name"])
            )
        except SlackApiError as error:
            if error.response.status_code == 429 and row.attempts < MARK_TRIES:
                raise NotSaid("Slack asks us to slow down.", wait=retry_after(error)) from error
            if error.response.get("error") != "already_reacted":
                log.info("a message could not be marked as logged (%s)", error.response.get("error", ""))
        except (OSError, HTTPException, TimeoutError) as error:
            if row.attempts < MARK_TRIES:
                raise NotSaid(
                    "Slack could not be reached, or its answer was lost.", wait=5, longer=True
                ) from error
        return ""

    def _among_us(self, row: Row) -> Row:
        """The row, for another channel where its own is shared with others. Raises NotSaid, SlackApiError."""
        if not self._is_shared(row.channel):
            return row
        for channel in self._elsewhere:
            if not self._is_shared(channel):
                return replace(row, channel=channel, thread_ts="")
        raise NotSaid(
            "The channel is shared with another organisation, so nothing is said there: name one of your own as "
            "slack.mail_channel or slack.leads_channel.",
            wait=_NEEDS_A_PERSON,
        )

    def _is_shared(self, channel: str) -> bool:
        try:
            return self._shared.has(channel)
        except SlackApiError as error:
            if error.response.status_code == 429 or code_of(error) in _PASSING:
                raise
            return False  # what keeps it from being looked up keeps it from being posted to, and that is said better

    def _place(self, channel: str) -> str:
        """The channel to post to: a member's id stands for the direct messages with them."""
        if not channel.startswith(("U", "W")):
            return channel
        if channel not in self._direct:
            self._direct[channel] = str(self._client.conversations_open(users=channel)["channel"]["id"])
        return self._direct[channel]

    def _already_said(self, row: Row) -> str:
        """The ts of an earlier post of the same row whose answer was lost; empty when there is none.

        Where it cannot be looked for, a legal deadline is said twice rather than never.
        """
        try:
            if row.thread_ts:
                found = self._client.conversations_replies(
                    channel=self._place(row.channel), ts=row.thread_ts, include_all_metadata=True, limit=200
                )
            else:
                found = self._client.conversations_history(
                    channel=self._place(row.channel), include_all_metadata=True, limit=200
                )
        except (SlackApiError, OSError, HTTPException):
            return ""
        for message in found.get("messages") or []:
            metadata = message.get("metadata") or {}
            if (
                metadata.get("event_type") == METADATA
                and metadata.get("event_payload", {}).get("key") == row.key
            ):
                return str(message["ts"])
        return ""
