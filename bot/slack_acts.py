"""Buttons and modals that act on a case: acknowledge, check authority, call the act, show the result.

The rules of cases/ decide; what they refuse is shown at the field, or to the clicker alone.
"""

import re
from contextlib import closing

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from putright.bot import slack_offers, slack_views
from putright.bot.slack_authority import Forbidden
from putright.bot.slack_clicks import CLICKS
from putright.bot.slack_desk import Body, CaseDesk
from putright.bot.slack_forms import FOR_LEADS, OPENS, SUBMITTED, at_a_field, opened
from putright.bot.slack_home_tab import add_home, refresh_home, refresh_open_home
from putright.bot.slack_screen import open_modal, outcome_words, say_to_clicker, show_outcome
from putright.bot.slack_shortcut import add_shortcut
from putright.bot.slack_views import Seen, View, values_of
from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Event
from putright.cases.working_days import in_words
from putright.storage.errors import DatabaseProblem, StaleView
from putright.storage.events import stale
from putright.triage.posts import OFFER
from putright.triage.snooze import snooze


def add_acts(app: App, desk: CaseDesk) -> None:
    """Register the listeners of the buttons and modals that act on a case, of the shortcut and of the Home."""
    add_shortcut(app, desk)
    add_home(app, desk)

    @app.action(re.compile(r"^case:"))
    def clicked(ack: Ack, body: Body, client: WebClient, respond: Respond) -> None:
        ack()
        name, reference = body["actions"][0]["action_id"].removeprefix("case:"), body["actions"][0]["value"]
        try:
            user, eyes = desk.allow(body, lead=name in FOR_LEADS)
            if name in OPENS:
                view = opened(desk, name, reference, user, eyes)
                open_modal(client, body, view)
                return
            if name.startswith(f"{OFFER}:"):
                number, verb = slack_offers.number_and_verb(name)
                if verb in slack_offers.NEED_MORE:
                    case, _, _ = desk.seen(reference, eyes)
                    view = slack_offers.asking(case, number, verb, desk.by(user).today)
                    open_modal(client, body, view)
                    return
                moved, sentence = slack_offers.answer(desk, reference, name, user, eyes)
                show_outcome(desk, body, client, respond, moved, sentence)
                return
            if name == "snooze":
                with closing(desk.open_db()) as db:
                    until = snooze(db, reference, desk.name_of(user), desk.landlord, desk.now(), eyes=eyes)
                again = f"I remind you of {reference} again on {in_words(until)}. Its due date stays."
                say_to_clicker(body, client, respond, again)
                return
            moved = desk.act(reference, lambda case: CLICKS[name](case, desk.by(user)), eyes)
        except (Forbidden, Refused, StaleView, DatabaseProblem) as error:
            say_to_clicker(body, client, respond, str(error))
            return
        show_outcome(desk, body, client, respond, moved, outcome_words(name, moved))
        refresh_open_home(desk, client, user)

    @app.view(re.compile("|".join(map(re.escape, SUBMITTED))))
    def submitted(ack: Ack, body: Body, view: View, client: WebClient) -> None:
        field, decide = SUBMITTED[view["callback_id"]]
        seen = Seen.of(view["private_metadata"])
        given = {**values_of(view), "of_what": seen.of_what}
        try:
            user, eyes = desk.allow(body, lead=view["callback_id"] in FOR_LEADS)

            def checked(case: Case) -> Event | tuple[Event, ...]:
                if case.version != seen.version:
                    raise stale(case.history, case.reference, seen.version)
                return decide(case, desk.by(user), given, desk.landlord)

            moved = desk.act(seen.reference, checked, eyes)
        except (Forbidden, Refused, StaleView, DatabaseProblem) as error:
            ack(response_action="errors", errors={field: at_a_field(str(error))})
            return
        ack(response_action="update", view=slack_views.told_off(outcome_words(view["callback_id"], moved)))
        refresh_home(desk, client, user)
