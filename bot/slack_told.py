"""What people tell the bot itself: notes by `/case log`, and words that may be a question or what a resident said."""

import json
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from sqlite_utils import Database

from putright.bot import slack_views
from putright.bot.slack_authority import Forbidden, team_of
from putright.bot.slack_blocks import Block, answer_blocks, answer_text, button
from putright.bot.slack_desk import Body, CaseDesk
from putright.bot.slack_inputs import INPUT_LIMIT
from putright.bot.slack_screen import open_modal, say_to_clicker
from putright.bot.slack_shortcut import already_logged
from putright.cases.errors import Refused
from putright.storage import intake, messages
from putright.storage.errors import DatabaseProblem
from putright.triage.act import find
from putright.triage.answer import Answer
from putright.triage.posts import Post, commands, headline, offers
from putright.triage.take_in import store_told
from putright.triage.told import Told

EITHER = "Is this something a resident said?"
WAIT_SECONDS = 20.0
"""How long the answer to `/case log` waits for the reference."""
LOOK_SECONDS = 0.1
NOTHING_SAID = "Say what the resident said after it:  /case log Flat 3 rang, still no heating"


def either(event: Body, text: str) -> list[Block]:
    """The buttons below words that may be a question or what a resident said; they carry the words."""
    said = {x: str(event.get(x) or "") for x in ("channel", "ts", "thread_ts")}
    value = json.dumps({**said, "author": str(event["user"]), "text": text}, ensure_ascii=False)
    buttons = [
        button("told:log", "Log as complaint", value),
        button("told:question", "It was a question", value),
    ]
    return [{"type": "actions", "elements": buttons}]


def log_note(open_db: Callable[[], Database], desk: CaseDesk, text: str, user: str) -> Post:
    """Keep a note as told by somebody, and what came of it: its reference, and what is missing.

    Raises DatabaseProblem: then it was not kept.
    """
    if not text:
        return Post(NOTHING_SAID)
    told = Told(text=text, by=desk.name_of(user), told_at=desk.now().astimezone(UTC))
    with closing(open_db()) as db:
        number, _ = store_told(db, told)
        desk.wake()
        until = time.monotonic() + WAIT_SECONDS
        while (item := intake.item(db, number)).state == "stored" and time.monotonic() < until:
            time.sleep(LOOK_SECONDS)
        if not item.case_ref:
            return Post("The note is kept and will be logged: do not give it again.")
        case = find(db, item.case_ref)
        due = case.next_due(desk.landlord.calendar, desk.landlord.targets)
        notes = messages.of_case(db, case.reference)[-1].notes
    missing = [commands(case.reference)[0][0]] if case.unconfirmed else []
    lines = (*notes, *(f"Please say what it is:  {x}" for x in missing))
    return Post(headline(case, due), lines, case.reference, offers(case))


def add_told(app: App, desk: CaseDesk, ask: Callable[[Body, str, str, str], Answer]) -> None:
    """Register the listeners; `ask` answers a question (where it stood, who, of which team, the words)."""

    def said(body: Body) -> Any:
        return json.loads(body["actions"][0]["value"])

    @app.action("told:log")
    def log_it(ack: Ack, body: Body, client: WebClient, respond: Respond) -> None:
        ack()
        place = said(body)
        try:
            _, eyes = desk.allow(body)
            known = already_logged(desk, place["channel"], place["ts"], eyes)
        except (Forbidden, DatabaseProblem) as error:
            say_to_clicker(body, client, respond, str(error))
            return
        if known is not None:
            say_to_clicker(body, client, respond, f"This is logged already{known}.")
            return
        text = place.pop("text")[:INPUT_LIMIT]
        view = slack_views.log_complaint(text, json.dumps({**place, "files": []}))
        try:
            open_modal(client, body, view)
        except Refused as error:
            say_to_clicker(body, client, respond, str(error))

    @app.action("told:question")
    def was_a_question(ack: Ack, body: Body, respond: Respond) -> None:
        ack()
        place, user = said(body), body["user"]
        found = ask(place, str(user["id"]), team_of(body), place["text"])
        respond(text=answer_text(found), blocks=answer_blocks(found), replace_original=True)
