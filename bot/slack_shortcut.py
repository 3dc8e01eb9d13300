"""The message shortcut "Log as complaint": a modal filled with the message and the thread above it, saved once."""

import json
from contextlib import closing
from datetime import UTC, datetime

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from putright.bot import slack_views
from putright.bot.slack_authority import Forbidden
from putright.bot.slack_blocks import TEXT_LIMIT, escaped, unescaped
from putright.bot.slack_desk import Body, CaseDesk
from putright.bot.slack_files import shared_files
from putright.bot.slack_inputs import INPUT_LIMIT, values_of
from putright.bot.slack_screen import open_modal
from putright.bot.slack_views import View
from putright.cases.errors import Refused
from putright.cases.labels import Label
from putright.storage import intake
from putright.storage.confined import hidden
from putright.storage.errors import DatabaseProblem
from putright.triage.eyes import Eyes
from putright.triage.take_in import store_told
from putright.triage.told import SharedFile, Told

FILES_SHOWN = 50
"""How many files of a message are named in the modal that logs it: Slack lets a modal carry so much and no more."""
THREAD_SHOWN = 20
"""How many messages of a thread are put above the one that is logged."""


def add_shortcut(app: App, desk: CaseDesk) -> None:
    """Register the listeners of the shortcut and of its modal."""

    @app.shortcut("log_complaint")
    def log_it(ack: Ack, body: Body, client: WebClient, respond: Respond) -> None:
        ack()
        try:
            _, eyes = desk.allow(body)
            message, channel = body["message"], body["channel"]["id"]
            known = already_logged(desk, channel, message["ts"], eyes)
        except (Forbidden, DatabaseProblem) as error:
            respond(escaped(str(error)), response_type="ephemeral")
            return
        if known is not None:
            link = _permalink(client, channel, message["ts"])
            respond(f"This is logged already{known}. {link}".strip(), response_type="ephemeral")
            return
        place = json.dumps(
            {
                "channel": channel,
                "ts": message["ts"],
                "thread_ts": message.get("thread_ts", ""),
                "author": message.get("user", ""),
                "files": [x.id for x in shared_files(message)][:FILES_SHOWN],
            }
        )
        text, with_files = unescaped(str(message.get("text", ""))), bool(message.get("files"))
        view = slack_views.log_complaint(text[:INPUT_LIMIT], place, files=with_files)
        try:
            opened = open_modal(client, body, view)
        except Refused as error:
            respond(escaped(str(error)), response_type="ephemeral")
            return
        above = _thread_above(client, channel, message)
        if above and opened.get(
            "view"
        ):  # the view is open within Slack's three seconds; the thread takes another call
            whole = "\n".join([*above, text])
            client.views_update(
                view_id=opened["view"]["id"],
                hash=opened["view"].get("hash"),
                view=slack_views.log_complaint(
                    whole[:INPUT_LIMIT],
                    place,
                    "The thread above the message is put before it.",
                    files=with_files,
                ),
            )

    @app.view("log_complaint")
    def logged(ack: Ack, body: Body, view: View, respond: Respond) -> None:
        given, place = values_of(view), json.loads(view["private_metadata"])
        text = str(given.get("text") or "").strip()
        if not text and not place["files"]:
            ack(response_action="errors", errors={"text": "Say what the resident is unhappy with."})
            return
        try:
            user, eyes = desk.allow(body)
            told = Told(
                text=text,
                by=place["author"] or user,
                told_at=datetime.fromtimestamp(float(place["ts"]), UTC),
                resident=str(given.get("resident") or "").strip(),
                team=desk.team,
                place=place["channel"],
                ts=place["ts"],
                thread_ts=place["thread_ts"],
                label=Label.COMPLAINT.value,
                labelled_by=desk.name_of(user),
                files=tuple(SharedFile(x, look_up=True) for x in place["files"]),
            )
            with closing(desk.open_db()) as db:
                new = store_told(db, told)[1]  # committed before the acknowledgement, like every message
            known = already_logged(desk, told.place, told.ts, eyes)
        except (Forbidden, DatabaseProblem) as error:
            ack(response_action="errors", errors={"text": str(error)})
            return
        if known is not None:
            sentence = f"This is logged already{known}."
        elif new:
            sentence = "Logged as a complaint. The reference comes as a reply to the message."
        else:
            sentence = "This is being logged already. Its answer, in its thread, has a button for what it is."
        ack(response_action="update", view=slack_views.told_off(sentence))
        desk.wake()


def already_logged(desk: CaseDesk, channel: str, ts: str, eyes: Eyes) -> str | None:
    """As which case a message is logged, in words, and nothing of one they may not see; None where it is not."""
    with closing(desk.open_db()) as db:
        reference = intake.case_at(db, (f"slack:{desk.team}", channel, 0, ts))
        if reference is None:
            return None
        return "" if reference in hidden(db, eyes.seen_by) else f" as {reference}"


def _permalink(client: WebClient, channel: str, ts: str) -> str:
    try:
        return str(client.chat_getPermalink(channel=channel, message_ts=ts)["permalink"])
    except (SlackApiError, OSError):
        return ""


def _thread_above(client: WebClient, channel: str, message: Body) -> list[str]:
    """The words written in the thread before the message, oldest first; nothing where they cannot be read."""
    thread = message.get("thread_ts")
    if not thread or thread == message["ts"]:
        return []
    try:
        found = client.conversations_replies(channel=channel, ts=thread, limit=200).get("messages") or []
    except (SlackApiError, OSError):
        return []
    before = [x for x in found if float(x["ts"]) < float(message["ts"]) and not x.get("bot_id")]
    return [unescaped(str(x.get("text", "")))[:TEXT_LIMIT] for x in before[-THREAD_SHOWN:]]
