"""What the outbox holds, said through the voice that is set up: Slack's, or the terminal's."""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from slack_sdk import WebClient
from sqlite_utils import Database

from putright.bot.settings.load import Settings
from putright.bot.slack_voice import SlackVoice
from putright.bot.voice import NotSaid, TerminalVoice, Voice
from putright.cases.references import all_references
from putright.storage import outbox, slack_names
from putright.storage.confined import is_confined
from putright.storage.outbox import Row
from putright.triage.posts import REACTION, closed_off, from_json
from putright.triage.slack_names import in_post

log = logging.getLogger(__name__)

LONGEST_WAIT = 60.0
"""Seconds: how far apart the tries of one post get when Slack stays away."""

Now = Callable[[], datetime]

_unheard = logging.getLogger("putright.slack_client")
_unheard.setLevel(logging.CRITICAL)  # it logs each failed call; whoever made the call says it, once


class Unsaid:
    """What could not be said and was logged: the same trouble is logged once, and once when it is over."""

    def __init__(self) -> None:
        self._channels: dict[str, set[str]] = {}

    def heard(self, row: Row, problem: NotSaid) -> None:
        """A post was not said."""
        sentence = str(problem)
        if sentence not in self._channels:
            log.warning("%s %s was not said: %s", row.kind, row.case_ref or "", sentence)
        self._channels.setdefault(sentence, set()).add(row.channel)

    def over(self, channel: str) -> None:
        """Something was said in a channel."""
        for sentence, channels in list(self._channels.items()):
            channels.discard(channel)
            if not channels:
                del self._channels[sentence]
                log.warning("Posts are said again. Before: %s", sentence)


def say_all(
    db: Database, voice: Voice, now: Now, stop: threading.Event | None = None, unsaid: Unsaid | None = None
) -> int:
    """Say all that the outbox holds and may be said now. Gives how many were said.

    `unsaid` remembers from call to call what was logged, so that it is logged once.
    """
    said = 0
    unsaid = unsaid or Unsaid()
    while not (stop and stop.is_set()):
        row = outbox.claim(db, now(), voice.busy())
        if row is None:
            return said
        row = _for_a_channel(db, row)
        if row.kind != REACTION:
            row = replace(row, payload=in_post(from_json(row.payload), slack_names.every(db)).as_json())
        try:
            ts = voice.say(row)
        except NotSaid as problem:
            unsaid.heard(row, problem)
            wait = problem.wait
            if problem.longer:
                wait = min(wait * 2 ** min(row.attempts - 1, 10), LONGEST_WAIT)
            outbox.failed(db, row.id, str(problem), now() + timedelta(seconds=wait))
            continue
        outbox.sent(db, row.id, now(), ts)
        if row.kind != REACTION:  # a mark says nothing of whether posts get through
            unsaid.over(row.channel)
        said += 1
    return said


def _for_a_channel(db: Database, row: Row) -> Row:
    """What it says; of a case that was confined, perhaps since it was queued, only that there is something."""
    if row.kind == REACTION:  # it says nothing
        return row
    post = from_json(row.payload)
    spoken_of = {row.case_ref, *all_references(post.text)} if row.case_ref else set()
    if not any(x and is_confined(db, x) for x in spoken_of):
        return row
    return replace(row, payload=closed_off(row.case_ref or "", post).as_json())


def slack_client(settings: Settings) -> WebClient:
    """A Web API client that never says a thing again by itself: the outbox decides that."""
    return WebClient(
        token=settings.slack.bot_token,
        base_url=settings.slack.api_url,
        retry_handlers=[],
        logger=_unheard,
    )


def voice_of(settings: Settings) -> Voice:
    """Slack's voice where Slack is set up, else the terminal's."""
    if settings.slack.configured:
        landlord = settings.landlord
        return SlackVoice(
            slack_client(settings),
            settings.slack.seconds_between_posts,
            elsewhere=(landlord.mail_channel, landlord.leads_channel, landlord.digest_channel),
        )
    return TerminalVoice()
