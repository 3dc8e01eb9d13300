"""Review in Slack: one case at a time with the sentences that decided, and one click for what it is."""

import logging
import re
from collections.abc import Sequence
from contextlib import closing

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from putright.bot import slack_views
from putright.bot.slack_authority import Forbidden
from putright.bot.slack_blocks import DRAWN, button, escaped, section
from putright.bot.slack_clicks import carries_a_case
from putright.bot.slack_desk import Body, CaseDesk
from putright.bot.slack_home_tab import refresh_open_home
from putright.bot.slack_screen import open_modal, replace_view, say_to_clicker
from putright.bot.slack_views import Seen, View
from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.labels import Label
from putright.cases.message import Message
from putright.cases.reading import Reading
from putright.cases.working_days import local_day
from putright.storage.errors import DatabaseProblem, StaleView
from putright.triage.eyes import Eyes
from putright.triage.review import agreed, needs_reason, queue, who_said
from putright.triage.sample import MissRate, miss_rate

log = logging.getLogger(__name__)

_CHANGED = "It changed since you opened it; this is how it stands now."


def one(
    case: Case,
    reading: Reading | None,
    message: Message | None,
    which: str,
    left: int,
    rate: MissRate,
    note: str = "",
    further: Sequence[Message] = (),
) -> View:
    """One case to review. Its buttons carry the version that is shown, so that a stale click is refused."""
    seen = str(Seen(case.reference, case.version, which))
    what = "perhaps " if case.unconfirmed else ""
    place = "of the week's draw" if which == DRAWN else "in the queue"
    buttons = [button(f"review:label:{x.value}", x.words.capitalize(), seen) for x in Label]
    return {
        "type": "modal",
        "callback_id": "review",
        "title": {"type": "plain_text", "text": "Review", "emoji": False},
        "close": {"type": "plain_text", "text": "Close", "emoji": False},
        "private_metadata": seen,
        "blocks": [
            *([section(f"_{escaped(note)}_")] if note else []),
            section(f"*{case.reference}*: {what}{escaped(case.label.words)}. {left} left {place}."),
            *([section(escaped(who_said(case)))] if case.confirmed_by else []),
            {"type": "actions", "elements": [*buttons, button("review:skip", "Skip", seen)]},
            *slack_views.why_blocks(reading, message),
            section("*What the resident wrote*"),
            *slack_views.quoted(message),
            *slack_views.later(further),
            section(escaped(f"Of what such draws showed: {rate}")),
        ],
    }


def nothing_left(which: str, rate: MissRate, note: str = "") -> View:
    done = "Nothing of the week's draw is left." if which == DRAWN else "Nothing waits for review."
    return slack_views.told_off(" ".join(x for x in (note, done, str(rate)) if x))


def shown(
    desk: CaseDesk, which: str, eyes: Eyes, *, after: str = "", now_at: str = "", note: str = ""
) -> View:
    """The case to review: the one `now_at`, or the one after `after`, else the first. Raises DatabaseProblem."""
    with closing(desk.open_db()) as db:
        rows = [x.reference for x in queue(db, local_day(desk.now()), eyes, drawn=which == DRAWN)]
        rate = miss_rate(db)
    if not rows:
        return nothing_left(which, rate, note)
    place = rows.index(after) + 1 if after in rows else 0
    reference = now_at if now_at in rows else rows[place % len(rows)]
    case, message, reading = desk.seen(reference, eyes)
    view: View = slack_views.with_names(
        one(case, reading, message, which, len(rows), rate, note, desk.later(case)), desk.names()
    )
    return view


def add_review(app: App, desk: CaseDesk) -> None:
    """Register the listeners of the review."""

    @app.action(re.compile(r"^review:(start|drawn)$"))
    def start(ack: Ack, body: Body, client: WebClient, respond: Respond) -> None:
        ack()
        try:
            _, eyes = desk.allow(body, lead=True)
            open_modal(client, body, shown(desk, str(body["actions"][0]["value"]), eyes))
        except (Forbidden, Refused, DatabaseProblem) as error:
            say_to_clicker(body, client, respond, str(error))

    @app.action("review:skip", matchers=[carries_a_case])
    def skip(ack: Ack, body: Body, client: WebClient, respond: Respond) -> None:
        ack()
        seen = Seen.of(body["actions"][0]["value"])
        try:
            _, eyes = desk.allow(body, lead=True)
            view = shown(desk, seen.of_what, eyes, after=seen.reference)
        except (Forbidden, Refused, DatabaseProblem) as error:
            say_to_clicker(body, client, respond, str(error))
            return
        replace_view(client, body, view)

    @app.action(re.compile(f"^review:label:(?:{'|'.join(Label)})$"), matchers=[carries_a_case])
    def label(ack: Ack, body: Body, client: WebClient, respond: Respond) -> None:
        ack()
        clicked = body["actions"][0]
        seen, said = Seen.of(clicked["value"]), Label(clicked["action_id"].rpartition(":")[2])
        drawn = seen.of_what == DRAWN
        try:
            user, eyes = desk.allow(body, lead=True)
            case, message, reading = desk.seen(seen.reference, eyes)
            if case.version != seen.version:
                view = shown(desk, seen.of_what, eyes, now_at=seen.reference, note=_CHANGED)
                replace_view(client, body, view)
                return
            if needs_reason(case, said):
                view = slack_views.change(case, reading, message, said=said, of_what=seen.of_what)
                open_modal(client, body, view)
                return
            desk.act(seen.reference, lambda x: agreed(x, desk.by(user), said, drawn=drawn), eyes)
            view = shown(desk, seen.of_what, eyes, note=f"{seen.reference}: {said.words}.")
        except (Forbidden, Refused, StaleView, DatabaseProblem) as error:
            say_to_clicker(body, client, respond, str(error))
            return
        replace_view(client, body, view)
        refresh_open_home(desk, client, user)
