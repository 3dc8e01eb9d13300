"""The Home tab: shown when somebody opens it, turns a page of it, or has acted."""

import logging
import re
from contextlib import closing

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from putright.bot import slack_views
from putright.bot.slack_authority import Asker, Forbidden, team_of
from putright.bot.slack_desk import Body, CaseDesk
from putright.bot.slack_home import home_view
from putright.storage.errors import DatabaseProblem
from putright.triage.slack_names import known

log = logging.getLogger(__name__)


def add_home(app: App, desk: CaseDesk) -> None:
    """Register the listeners of the Home tab."""

    @app.event("app_home_opened")
    def home_opened(event: Body, body: Body, client: WebClient) -> None:
        if event.get("tab", "home") != "home":
            return
        seen = event.get("view") or {}
        shown = seen.get("private_metadata") or "mine|0"
        team = str(body.get("team_id", ""))
        _publish(desk, client, str(event["user"]), team, shown, str(seen.get("hash") or ""))

    @app.action(re.compile(r"^home:"))
    def turned(ack: Ack, body: Body, client: WebClient) -> None:
        ack()
        value = body["actions"][0]["value"]
        user, shown = body["user"], value if "|" in value else f"{value}|0"
        seen_hash = str((body.get("view") or {}).get("hash") or "")
        _publish(desk, client, user["id"], team_of(body), shown, seen_hash)


def refresh_open_home(desk: CaseDesk, client: WebClient, user: str) -> None:
    """The Home of whoever acted as it stands now, where they have it open; best effort."""
    if user in desk.at_home:
        refresh_home(desk, client, user)


def _publish(
    desk: CaseDesk, client: WebClient, user: str, team: str, shown: str, seen_hash: str = ""
) -> None:
    """Show the Home as it stands. Where it was changed since it was seen (`seen_hash`), it is shown all the same: it is
    read afresh each time, so the newest is never the worse one.
    """
    desk.at_home[user] = shown
    try:
        eyes = desk.eyes(user, desk.authority.role(Asker(user, team)))
        leads = desk.authority.leads(eyes.role)
        tab, _, page = shown.partition("|")
        with closing(desk.open_db()) as db:
            name, now = desk.name_of(user), desk.now()
            view = home_view(db, desk.landlord, name, tab, int(page or 0), now, eyes, leads=leads)
            view = slack_views.with_names(view, known(db, desk.landlord))
    except (Forbidden, DatabaseProblem) as error:
        view = {**slack_views.told_off(str(error)), "type": "home"}
        view = {"type": "home", "blocks": view["blocks"]}
    try:
        client.views_publish(user_id=user, view=view, **({"hash": seen_hash} if seen_hash else {}))
    except SlackApiError as error:
        if error.response.get("error") != "hash_conflict":
            raise
        client.views_publish(user_id=user, view=view)


def refresh_home(desk: CaseDesk, client: WebClient, user: str) -> None:
    """The Home of whoever acted, as it stands now; best effort."""
    try:
        _publish(desk, client, user, "", desk.at_home.get(user, "mine|0"))
    except (SlackApiError, OSError) as error:
        log.warning("the Home tab could not be refreshed (%s)", type(error).__name__)
