"""Reading back from Slack what was written while nobody listened."""

import time
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlite_utils import Database

from putright.bot.settings.load import Settings
from putright.bot.slack_app import SlackDesk
from putright.bot.slack_authority import SharedChannels
from putright.bot.slack_voice import retry_after
from putright.storage import intake, slack_names
from putright.storage.database import writing
from putright.triage.take_in import store_told

Body = Mapping[str, Any]
SLOWED_DOWN = 5
"""How often one reading lets Slack slow it down before it gives up until the next."""
THREADS_READ_BACK = timedelta(days=14)
"""How old a thread may be for a reply, written while nobody listened, to be found."""
SLACK_IS_LATE = 60.0
"""Seconds by which each reading reaches back into the one before: Slack's own history may lag behind."""


def backfill(
    desk: SlackDesk,
    client: WebClient,
    open_db: Callable[[], Database],
    team: str,
    pause: Callable[[float], object] = time.sleep,
) -> int:
    """Take in what was written in the intake channels while nobody listened, and what files were given to the bot where
    it posts and in direct messages. Gives how many were new.

    Each channel is read from where the last reading ended, oldest first, through the same door as live messages;
    one never read before starts now. Where Slack says how long to wait, `pause` waits. Raises SlackApiError, OSError;
    then the next reading starts where this did.
    """
    taken = 0
    refused = None
    account = f"slack:{team}"
    with closing(open_db()) as db:
        slack_names.put(db, desk.settings.landlord.people)
        intakes = desk.settings.slack.intake_channels
        shared = SharedChannels(client)
        for channel in dict.fromkeys((*intakes, *_others(db, desk.settings, account))):
            until = f"{desk.now().timestamp() - SLACK_IS_LATE:.6f}"
            since = intake.heard_until(db, account, channel)
            desk.let_first()
            try:
                if channel not in intakes and shared.has(channel):
                    continue
                missed = _written(client, channel, since, pause) if since else []
            except SlackApiError as error:  # one channel's trouble is not the others'
                refused = error if channel in intakes else refused
                continue
            kind = {"channel_type": "im"} if channel.startswith("D") else {}
            told = [desk.given(team, {**x, "channel": channel, **kind}) for x in sorted(missed, key=_when)]
            with writing(db):
                taken += sum(store_told(db, x)[1] for x in told if x is not None)
            intake.heard(db, account, channel, until)
    if refused is not None:
        raise refused
    return taken


def _others(db: Database, settings: Settings, account: str) -> tuple[str, ...]:
    """Where files may have been given to the bot beside the intake channels: where cases' threads stand, and the direct
    messages of whoever wrote to it before.
    """
    landlord = settings.landlord
    posted = (landlord.mail_channel, landlord.digest_channel, landlord.leads_channel)
    known = intake.heard_places(db, account)
    return (*(x for x in posted if x.startswith(("C", "G"))), *(x for x in known if x.startswith("D")))


def _written(client: WebClient, channel: str, since: str, pause: Callable[[float], object]) -> list[Body]:
    """The messages of a channel since a `ts`, and the replies since then in threads that are not too old."""
    threads_from = float(since) - THREADS_READ_BACK.total_seconds()
    found = _pages(client.conversations_history, pause, channel=channel, oldest=f"{threads_from:.6f}")
    for parent in [x for x in found if _replied_to(x, since)]:
        found += _pages(client.conversations_replies, pause, channel=channel, ts=parent["ts"], oldest=since)
    return [x for x in found if _when(x) > float(since)]


def _replied_to(message: Body, since: str) -> bool:
    """Whether a thread may hold replies since then; where it does not say when the last one was, it may."""
    if not message.get("latest_reply"):
        return bool(message.get("reply_count") or message.get("thread_ts") == message["ts"])
    return float(message["latest_reply"]) > float(since)


def _pages(method: Callable[..., Any], pause: Callable[[float], object], **wanted: Any) -> list[Body]:
    messages: list[Body] = []
    cursor = None
    waits = 0
    while True:
        try:
            page = method(**wanted, limit=200, cursor=cursor)
        except SlackApiError as error:
            waits += 1
            if error.response.status_code != 429 or waits > SLOWED_DOWN:
                raise
            pause(retry_after(error))
            continue
        messages += page.get("messages") or []
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return messages


def _when(message: Body) -> float:
    return float(message["ts"])
