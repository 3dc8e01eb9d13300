"""What the outbox holds, said through the voice that is set up: Slack's, or the terminal's."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from slack_sdk import WebClient
from sqlite_utils import Database

from putright.bot.settings import Settings
from putright.bot.slack_voice import SlackVoice
from putright.bot.voice import NotSaid, TerminalVoice, Voice
from putright.storage import outbox

log = logging.getLogger(__name__)

Now = Callable[[], datetime]


def say_all(db: Database, voice: Voice, now: Now, stop: threading.Event | None = None) -> int:
    """Say all that the outbox holds and may be said now. Gives how many were said."""
    said = 0
    while not (stop and stop.is_set()):
        row = outbox.claim(db, now(), voice.busy())
        if row is None:
            return said
        try:
            ts = voice.say(row)
        except NotSaid as problem:
            log.warning("%s %s was not said: %s", row.kind, row.case_ref or "", problem)
            outbox.failed(db, row.id, str(problem), now() + timedelta(seconds=problem.wait))
            continue
        outbox.sent(db, row.id, now(), ts)
        said += 1
    return said


def slack_client(settings: Settings) -> WebClient:
    """A Web API client that never says a thing again by itself: the outbox decides that."""
    return WebClient(token=settings.slack.bot_token, base_url=settings.slack.api_url, retry_handlers=[])


def voice_of(settings: Settings) -> Voice:
    """Slack's voice where Slack is set up, else the terminal's."""
    if settings.slack.configured:
        return SlackVoice(slack_client(settings), settings.slack.seconds_between_posts)
    return TerminalVoice()
