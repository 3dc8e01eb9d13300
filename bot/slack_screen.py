"""What a click or a submission is answered with: a modal, a sentence, and the post brought up to date."""

import logging
from contextlib import closing
from typing import Any, cast

from slack_bolt import Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from putright.bot import slack_views
from putright.bot.slack_blocks import escaped, post_blocks, post_text
from putright.bot.slack_desk import Body, CaseDesk
from putright.bot.slack_views import View
from putright.bot.slack_voice import code_of
from putright.bot.slack_words import in_slack
from putright.cases.errors import Refused
from putright.storage import outbox
from putright.triage.act import Moved
from putright.triage.posts import Post, from_json, headline
from putright.triage.redrawn import redrawn
from putright.triage.slack_names import in_post, known

log = logging.getLogger(__name__)

TOO_LATE = "Slack was too slow to open it. Please try again."
_SLOW = (
    "expired_trigger_id",
    "exchanged_trigger_id",
    "internal_error",
    "fatal_error",
    "service_unavailable",
    "ratelimited",
)


def open_modal(client: WebClient, body: Body, view: View) -> Body:
    """Show a modal to the clicker, above the one they clicked in. Gives Slack's answer; raises Refused where Slack is
    too slow.
    """
    above = (body.get("view") or {}).get("type") == "modal"
    show = client.views_push if above else client.views_open
    try:
        return cast(Body, show(trigger_id=body["trigger_id"], view=view).data)
    except SlackApiError as error:
        if error.response.status_code < 429 and code_of(error) not in _SLOW:
            raise
        raise Refused(TOO_LATE) from error
    except OSError as error:
        raise Refused(TOO_LATE) from error


def outcome_words(name: str, moved: Moved) -> str:
    """The outcome of an act in one sentence, with the due date it left and what has to be said with it."""
    begins = f"{moved.after.reference} is yours." if name == "take" else "Saved."
    return " ".join([begins, headline(moved.after, moved.due_after), *moved.remarks])


def say_to_clicker(body: Body, client: WebClient, respond: Respond, sentence: str) -> None:
    """A sentence to the clicker alone: a reply where they clicked, or a modal where there is no channel. Where that
    cannot be opened any more (a trigger lives three seconds) it is a direct message.
    """
    if body.get("response_url"):
        respond(escaped(in_slack(sentence)), response_type="ephemeral", replace_original=False)
        return
    show = client.views_push if body.get("view", {}).get("type") == "modal" else client.views_open
    try:
        show(trigger_id=body["trigger_id"], view=slack_views.told_off(sentence))
    except SlackApiError as error:
        log.info("a sentence could not be shown as a modal (%s)", code_of(error))
        place = client.conversations_open(users=str(body["user"]["id"]))["channel"]["id"]
        client.chat_postMessage(channel=place, text=escaped(in_slack(sentence)))


def show_outcome(
    desk: CaseDesk, body: Body, client: WebClient, respond: Respond, moved: Moved, sentence: str
) -> None:
    """Tell the clicker, and bring the post that carried the button up to date for everybody."""
    say_to_clicker(body, client, respond, sentence)
    message, channel = body.get("message"), (body.get("channel") or {}).get("id")
    if not message or not channel:
        return
    case, ts = moved.after, str(message["ts"])
    with closing(desk.open_db()) as db:
        said = outbox.post_at(db, channel, ts)
        own = said is not None and said.case_ref == case.reference and said.kind in outbox.STANDING
        post = redrawn(case, moved.due_after, from_json(said.payload) if said and own else Post(""))
        post = in_post(post, known(db, desk.landlord))
        try:
            client.chat_update(channel=channel, ts=ts, text=post_text(post), blocks=post_blocks(post))
        except SlackApiError as error:  # the act is saved and the clicker knows; the outbox tries again
            log.warning("a post could not be brought up to date (%s)", error.response.get("error", ""))
            return
        if said and own:
            outbox.redrawn(db, said.id, case.version)


def replace_view(client: WebClient, body: Body, view: View) -> None:
    """Show another view in the place of the one that was clicked in."""
    about: Any = body["view"]
    try:
        seen = {"hash": about["hash"]} if about.get("hash") else {}
        client.views_update(view_id=about["id"], view=view, **seen)
    except (
        SlackApiError
    ) as error:  # a second click was quicker, or the view is closed: what was saved is saved
        log.info("a view was not replaced (%s)", error.response.get("error", ""))
