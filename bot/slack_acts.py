"""Buttons and modals that act on a case: acknowledge, check authority, call the act, show the result.

The rules of cases/ decide; what they refuse is shown at the field, or to the clicker alone.
"""

import re
from contextlib import closing

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from putright.bot import slack_offers, slack_views
from putright.bot.slack_authority import Forbidden
from putright.bot.slack_clicks import CLICKS, OUT_OF_DATE, carries_a_case
from putright.bot.slack_desk import Body, CaseDesk
from putright.bot.slack_done import done_by, only_the_day
from putright.bot.slack_fields import at_a_field
from putright.bot.slack_forms import FORMS
from putright.bot.slack_home_tab import add_home, refresh_home, refresh_open_home
from putright.bot.slack_inputs import values_of
from putright.bot.slack_opens import SHOWS, for_leads, opened, opens
from putright.bot.slack_screen import open_modal, outcome_words, replace_view, say_to_clicker, show_outcome
from putright.bot.slack_shortcut import add_shortcut
from putright.bot.slack_views import PICK, Seen, View
from putright.cases.errors import Refused
from putright.cases.working_days import in_words
from putright.storage.errors import DatabaseProblem, StaleView
from putright.triage.posts import ANSWERS, OFFER
from putright.triage.snooze import snooze


def add_acts(app: App, desk: CaseDesk) -> None:
    """Register the listeners of the buttons and modals that act on a case, of the shortcut and of the Home."""
    add_shortcut(app, desk)
    add_home(app, desk)

    offered = f"{OFFER}:\\d+:(?:{'|'.join(ANSWERS)}).*"
    known = "|".join((*map(re.escape, (*SHOWS, *FORMS, *CLICKS, "snooze")), offered))

    @app.action(re.compile(f"^case:(?:{known})$"), matchers=[carries_a_case])
    def clicked(ack: Ack, body: Body, client: WebClient, respond: Respond) -> None:
        ack()
        name, reference = body["actions"][0]["action_id"].removeprefix("case:"), body["actions"][0]["value"]
        try:
            user, eyes = desk.allow(body, lead=for_leads(name))
            if opens(name):
                open_modal(client, body, opened(desk, name, reference, user, eyes))
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

    @app.action(PICK)
    def picked(ack: Ack, body: Body, client: WebClient, respond: Respond) -> None:
        ack()
        name = str(body["actions"][0]["selected_option"]["value"])
        seen = Seen.of(body["view"]["private_metadata"])
        try:
            user, eyes = desk.allow(body, lead=for_leads(name))
            view = opened(desk, name, seen.reference, user, eyes)
        except (Forbidden, Refused, DatabaseProblem) as error:
            say_to_clicker(body, client, respond, str(error))
            return
        replace_view(client, body, view)  # in its place: that needs no trigger, so none can expire

    @app.view(re.compile(f"^(?:{'|'.join(map(re.escape, FORMS))})$"))
    def submitted(ack: Ack, body: Body, view: View, client: WebClient) -> None:
        form, seen = FORMS[view["callback_id"]], Seen.of(view["private_metadata"])
        given = {**values_of(view), "of_what": seen.of_what}
        try:
            user, eyes = desk.allow(body, lead=form.lead)
            said = done_by(form, desk, seen, given, user, eyes)
        except (Forbidden, Refused, StaleView, DatabaseProblem) as error:
            late = isinstance(error, Refused) and only_the_day(form, desk, seen, given, user, eyes)
            if field := "day" if late else form.at(str(error), view):
                ack(response_action="errors", errors={field: at_a_field(str(error))})
            else:  # nothing to fill in, so there is no field to stand at
                ack(response_action="update", view=slack_views.told_off(str(error)))
            return
        ack(response_action="update", view=slack_views.told_off(said))
        refresh_home(desk, client, user)


def add_out_of_date(app: App) -> None:
    """Register what answers a button that no other listener takes; the last to be registered."""

    @app.action(re.compile(""))
    def unknown(ack: Ack, body: Body, client: WebClient, respond: Respond) -> None:
        ack()
        if not body["actions"][0].get("url"):  # a link has done its own work
            say_to_clicker(body, client, respond, OUT_OF_DATE)
