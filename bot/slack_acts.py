"""Buttons, modals, the message shortcut and the Home tab: acknowledge, check authority, call the act, show the result.

The rules of cases/ decide; what they refuse is shown at the field, or to the clicker alone.
"""

import contextlib
import json
import logging
import re
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlite_utils import Database

from putright.bot import slack_offers, slack_views
from putright.bot.slack_authority import Authority, Forbidden, team_of
from putright.bot.slack_blocks import TEXT_LIMIT, post_blocks, post_text, unescaped
from putright.bot.slack_files import shared_files
from putright.bot.slack_home import home_view
from putright.bot.slack_views import INPUT_LIMIT, Seen, View, values_of
from putright.bot.slack_voice import code_of
from putright.bot.slack_words import in_slack
from putright.cases import acts
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.deadlines import Deadline
from putright.cases.errors import Refused
from putright.cases.events import Event, Shown
from putright.cases.labels import Label
from putright.cases.life.confining import REVIEW_DAYS
from putright.cases.limits import Clock, extension
from putright.cases.message import Message
from putright.cases.reading import Reading
from putright.cases.record import Item, record
from putright.cases.records.assessment import ASSESS
from putright.cases.records.promises import ACTS as PROMISES
from putright.cases.records.promises import open_promises
from putright.cases.references import find_reference
from putright.cases.working_days import in_words
from putright.storage import intake, messages, outbox, questions
from putright.storage.confined import hidden
from putright.storage.errors import DatabaseProblem, StaleView
from putright.storage.events import stale
from putright.storage.questions import Asked
from putright.triage import joins
from putright.triage.act import Moved, act, find
from putright.triage.eyes import Eyes, Role
from putright.triage.landlord import Landlord
from putright.triage.posts import OFFER, Post, act_words, from_json, headline
from putright.triage.redrawn import next_acts, redrawn
from putright.triage.review import labelled
from putright.triage.snooze import snooze
from putright.triage.take_in import store_told
from putright.triage.told import SharedFile, Told
from putright.triage.updates import hears_next

log = logging.getLogger(__name__)

Body = Mapping[str, Any]
Values = Mapping[str, Any]
FILES_SHOWN = 50
"""How many files of a message are named in the modal that logs it: Slack lets a modal carry so much and no more."""
SUBMISSION_SECONDS = 0.6
"""How long a submission waits for Slack to say who may do it."""
CLICK_SECONDS = 1.5
"""The same for a click: a modal opens within 3 seconds of it, or not at all."""
TOO_LATE = "Slack was too slow to open it. Please click again."
_SLOW = ("expired_trigger_id", "internal_error", "fatal_error", "service_unavailable", "ratelimited")
THREAD_SHOWN = 20
"""How many messages of a thread are put above the one that is logged."""


class CaseDesk:
    """What the listeners below share: the database, the landlord, who is who and the time."""

    def __init__(
        self,
        open_db: Callable[[], Database],
        landlord: Landlord,
        authority: Authority,
        name_of: Callable[[str], str],
        now: Callable[[], datetime],
        wake: Callable[[], None],
        team: str,
    ) -> None:
        self.open_db = open_db
        self.landlord = landlord
        self.authority = authority
        self.name_of = name_of
        self.now = now
        self.wake = wake
        self.team = team
        self.at_home: dict[str, str] = {}
        """Which tab and page of the Home each person saw last, since the program began."""

    def allow(self, body: Body, *, lead: bool = False) -> tuple[str, Eyes]:
        """The id of whoever clicked, and what they see; a refusal is kept. Raises Forbidden, DatabaseProblem.

        A submission is not acknowledged yet, so it waits a moment only; but who lost their role since the modal was
        opened is refused, so Slack is asked once more.
        """
        sent = body.get("type") == "view_submission"
        patience = SUBMISSION_SECONDS if sent else CLICK_SECONDS
        user = body["user"]
        channel = str((body.get("channel") or {}).get("id", ""))
        try:
            role = self.authority.check(
                user["id"], team_of(body), channel=channel, lead=lead, anew=sent, patience=patience
            )
        except Forbidden as refused:
            self._keep(body, str(user["id"]), refused.why)
            raise
        return str(user["id"]), self.eyes(user["id"], role)

    def eyes(self, user: str, role: Role) -> Eyes:
        return Eyes(role, (user, self.name_of(user)))

    def _keep(self, body: Body, user: str, why: str) -> None:
        """Keep who was refused which act on which case."""
        clicked = (body.get("actions") or [{}])[0]
        view = body.get("view") or {}
        act = clicked.get("action_id") or f"case:{view.get('callback_id') or body.get('callback_id') or ''}"
        ref = find_reference(f"{clicked.get('value') or view.get('private_metadata') or ''}")
        about = {"ref": ref} if ref else {}
        with contextlib.suppress(DatabaseProblem), closing(self.open_db()) as db:
            questions.add(db, Asked(self.now(), user, act, about, refused=why))

    def refresh_home(self, client: WebClient, user: str) -> None:
        """Show the Home of whoever acted as it stands now, where they have it open; best effort."""
        if user in self.at_home:
            _refresh_home(self, client, user)

    def by(self, user: str) -> By:
        return By(self.name_of(user), self.now())

    def seen(self, reference: str, eyes: Eyes) -> tuple[Case, Message | None, Reading | None]:
        """A case with its first message and that message's reading. Raises Refused, DatabaseProblem."""
        with closing(self.open_db()) as db:
            case = find(db, reference, eyes)
            first = next((x for x in messages.of_case(db, reference) if x.id == case.messages[0]), None)
            return case, first, messages.latest_reading(db, first.id) if first else None

    def act(self, reference: str, decide: Callable[[Case], Event | tuple[Event, ...]], eyes: Eyes) -> Moved:
        """Raises Refused, StaleView, DatabaseProblem."""
        with closing(self.open_db()) as db:
            return act(db, reference, self.landlord, self.now(), decide, eyes)


# --- what one click does --------------------------------------------------------------------------


def _right(case: Case, by: By) -> Event:
    if case.confirmed_by:
        raise Refused(f"{case.confirmed_by} has already said that {case.reference} is {case.label.words}.")
    return acts.confirm(case, by, shown=Shown.UNSURE if case.unconfirmed else Shown.DISPUTED)


def _labelled(label: Label) -> Callable[[Case, By], Event]:
    def decide(case: Case, by: By) -> Event:
        if case.confirmed_by:
            raise Refused(
                f"{case.confirmed_by} has already said that {case.reference} is {case.label.words}. "
                f"To change it:  /case {case.reference} is {label.words} because …"
            )
        return acts.reclassify(case, by, label, "", shown=Shown.UNSURE)

    return decide


def _take(case: Case, by: By) -> Event:
    if case.handler:
        raise Refused(
            f"{case.handler} has {case.reference} already. To take it over, open it and use Assign."
        )
    return acts.assign(case, by, by.actor)


CLICKS: dict[str, Callable[[Case, By], Event]] = {
    "right": _right,
    "take": _take,
    **{f"label:{label.value}": _labelled(label) for label in Label},
}


# --- what a modal does ----------------------------------------------------------------------------


def _lines(text: Any) -> list[str]:
    return [line.strip(" •-\t") for line in str(text or "").splitlines() if line.strip(" •-\t")]


def _change(case: Case, by: By, given: Values, landlord: Landlord) -> Event:
    reason = str(given.get("reason") or "")
    return labelled(case, by, Label(given["label"]), reason, drawn=given["of_what"] == "drawn")


def _extend(case: Case, by: By, given: Values, landlord: Landlord) -> Event:
    days = str(given["days"]).strip()
    if not re.fullmatch(r"\d{1,3}", days):
        raise Refused("Give the working days as a number, such as 10.")
    good = "good_reason" in (given.get("good_reason") or ())
    heard = hears_next(case, landlord, by.today)
    return acts.extend(
        case, by, landlord.calendar, int(days), str(given["reason"] or ""), good, next_update=heard
    )


def _acknowledge(case: Case, by: By, given: Values, landlord: Landlord) -> Event | tuple[Event, ...]:
    day = _a_day(given["day"])
    if not given.get("complexity"):
        return acts.acknowledge(case, by, day)
    return acts.in_turn(case, lambda x: record(ASSESS, x, by, given), lambda x: acts.acknowledge(x, by, day))


def _done_of(case: Case, by: By, given: Values, landlord: Landlord) -> Event:
    kind, _, number = str(given["promise"] or "").partition(":")
    act = {x.kind.value: x for x in PROMISES}[kind]
    return record(act, case, by, {"done": int(number), "evidence": given["evidence"]})


def _assign(case: Case, by: By, given: Values, landlord: Landlord) -> Event:
    """A name that the settings do not know is taken only where whoever types it says that it is somebody new."""
    name = str(given["handler"] or "").strip()
    known = sorted({*landlord.people.values(), *landlord.teams})
    if landlord.people and name and name not in {*known, by.actor, case.handler} and not given.get("new"):
        raise Refused(
            f"I know nobody called {name}. Known handlers: {', '.join(known)}. Tick the box if it is somebody new."
        )
    return acts.assign(case, by, name)


def _confine(case: Case, by: By, given: Values, landlord: Landlord) -> Event:
    to = [x.strip() for x in re.split(r"[,\n]", str(given.get("to") or "")) if x.strip()]
    named = [landlord.people.get(x, x) for x in to]
    return acts.confine(case, by, named, str(given["reason"] or ""), _a_day(given["day"]))


def _respond(case: Case, by: By, given: Values, _: Landlord) -> Event | tuple[Event, ...]:
    """The response that was sent on a day, or that staff's mail was."""
    outcome, reasons = str(given["outcome"] or ""), _lines(given["reasons"])
    if given["of_what"]:
        return joins.accepted_as_response(case, by, int(given["of_what"]), outcome, reasons)
    return acts.respond(case, by, outcome, reasons, _a_day(given["day"]))


def _a_day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None


SUBMITTED: dict[str, tuple[str, Callable[[Case, By, Values, Landlord], Event | tuple[Event, ...]]]] = {
    "change": ("reason", _change),
    "define": ("points", lambda c, by, g, _: acts.define(c, by, _lines(g["points"]), _lines(g["outcomes"]))),
    "acknowledge": ("day", _acknowledge),
    "extend": ("days", _extend),
    "assign": ("handler", _assign),
    "respond": ("reasons", _respond),
    "done": ("evidence", _done_of),
    "decline": (
        "reason",
        lambda c, by, g, _: joins.declined(c, by, int(g["of_what"]), str(g["reason"] or "")),
    ),
    "escalate": (
        "day",
        lambda c, by, g, _: acts.escalate(c, by, _a_day(g["day"]), str(g.get("reason") or "")),
    ),
    "confine": ("reason", _confine),
    "unconfine": ("reason", lambda c, by, g, _: acts.unconfine(c, by, str(g["reason"] or ""))),
}
"""Each modal's act, and the field at which its refusal is shown."""


FOR_LEADS = ("confine", "unconfine")
"""The acts that take a lead."""


def _opened(desk: CaseDesk, name: str, reference: str, user: str, eyes: Eyes) -> View:
    case, message, reading = desk.seen(reference, eyes)
    today = desk.by(user).today
    match name:
        case "why":
            return slack_views.why(case, reading, message)
        case "change":
            return slack_views.change(case, reading, message)
        case "define":
            return slack_views.define(case, message, reading)
        case "acknowledge":
            return slack_views.acknowledge(case, today)
        case "extend":
            return slack_views.extend(case, _room_to_extend(case, desk.landlord, today))
        case "assign":
            return slack_views.assign(case, desk.name_of(user))
        case "respond":
            return slack_views.respond(case, today)
        case "escalate":
            return slack_views.escalate(case, today)
        case "done":
            if not open_promises(case):
                raise Refused(f"Nothing that was promised on {reference} is open any more.")
            return slack_views.done(case, [_promised(x) for x in open_promises(case)])
        case "confine":
            return slack_views.confine(case, today + timedelta(days=REVIEW_DAYS))
        case "unconfine":
            return slack_views.unconfine(case)
    dates = [_dated(x) for x in case.deadlines(desk.landlord.calendar, desk.landlord.targets)]
    due = case.next_due(desk.landlord.calendar, desk.landlord.targets)
    sleeps = ("snooze",) if due and due.due > today else ()
    closes = ("unconfine" if case.confined else "confine",) if eyes.role is Role.LEAD else ()
    view = slack_views.details(case, message, dates, (*next_acts(case), *sleeps, *closes))
    with closing(desk.open_db()) as db:
        unseen = hidden(db, eyes.seen_by)
    view["blocks"] += slack_offers.open_offers(case, unseen)
    return view


def _promised(item: Item) -> tuple[str, str]:
    """A promise as the value and the words of an option."""
    by = f" (by {in_words(item.due)})" if item.due else ""
    return f"{item.begun.kind.value}:{item.number}", f"{item.number}. {item.data['what']}{by}"


def at_a_field(sentence: str) -> str:
    """A refusal as it stands below a field: without the options of the terminal that it names."""
    sentence = re.sub(r"Add +--good-reason +if", "Tick the box below if", in_slack(sentence))
    sentence = re.sub(r',? with "because …"', "", sentence)
    return re.sub(r""":?,? (?:with )?--[a-z-]+(?: (?:"[^"]*"|[\d-]+|N|DATE))?""", "", sentence)


OPENS = (
    "why",
    "change",
    "define",
    "acknowledge",
    "extend",
    "assign",
    "respond",
    "escalate",
    "done",
    "open",
    *FOR_LEADS,
)


def _dated(due: Deadline) -> str:
    done = f" (done {in_words(due.done)})" if due.done else ""
    return f"{act_words(due)}{done}"


def _room_to_extend(case: Case, landlord: Landlord, today: date) -> str:
    clock = Clock.STAGE_2_RESPONSE if case.stage == 2 else Clock.STAGE_1_RESPONSE
    due = next((x for x in case.deadlines(landlord.calendar, {}) if x.clock is clock), None)
    if due is None:
        return "There is no response date to extend yet."
    rule = extension(clock, today)
    late = (
        " It has passed: an extension now is recorded as late and moves nothing." if today > due.due else ""
    )
    left = max(rule.days - case.at_stage(case.stage).extended, 0)
    furthest = in_words(landlord.calendar.add(due.due, left)) if left else in_words(due.due)
    return (
        f"The response is due by {in_words(due.due)}.{late} Up to {left} more working days, to {furthest}, are usual "
        f"(Code {rule.paragraph}). Tell the resident why, the new date, and how to reach the Ombudsman."
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


# --- listeners ------------------------------------------------------------------------------------


def add_acts(app: App, desk: CaseDesk) -> None:
    """Register the listeners for buttons, modals, the shortcut and the Home tab."""

    @app.action(re.compile(r"^case:"))
    def clicked(ack: Ack, body: Body, client: WebClient, respond: Respond) -> None:
        ack()
        name, reference = body["actions"][0]["action_id"].removeprefix("case:"), body["actions"][0]["value"]
        try:
            user, eyes = desk.allow(body, lead=name in FOR_LEADS)
            if name in OPENS:
                view = _opened(desk, name, reference, user, eyes)
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
                _show(desk, body, client, respond, moved, sentence)
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
        _show(desk, body, client, respond, moved, _done(name, moved))
        desk.refresh_home(client, user)

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
        ack(response_action="update", view=slack_views.told_off(_done(view["callback_id"], moved)))
        _refresh_home(desk, client, user)

    @app.shortcut("log_complaint")
    def log_it(ack: Ack, body: Body, client: WebClient, respond: Respond) -> None:
        ack()
        try:
            _, eyes = desk.allow(body)
            message, channel = body["message"], body["channel"]["id"]
            known = already_logged(desk, channel, message["ts"], eyes)
        except (Forbidden, DatabaseProblem) as error:
            respond(str(error), response_type="ephemeral")
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
            respond(str(error), response_type="ephemeral")
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


def _done(name: str, moved: Moved) -> str:
    """The outcome of an act in one sentence, with the due date it left."""
    if name == "take":
        return f"{moved.after.reference} is yours. {headline(moved.after, moved.due_after)}"
    return f"Saved. {headline(moved.after, moved.due_after)}"


def say_to_clicker(body: Body, client: WebClient, respond: Respond, sentence: str) -> None:
    """A sentence to the clicker alone: a reply where they clicked, or a modal where there is no channel."""
    if body.get("response_url"):
        respond(in_slack(sentence), response_type="ephemeral", replace_original=False)
    elif body.get("view", {}).get("type") == "modal":
        client.views_push(trigger_id=body["trigger_id"], view=slack_views.told_off(sentence))
    else:
        client.views_open(trigger_id=body["trigger_id"], view=slack_views.told_off(sentence))


def _show(
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
        try:
            client.chat_update(channel=channel, ts=ts, text=post_text(post), blocks=post_blocks(post))
        except SlackApiError as error:  # the act is saved and the clicker knows; the outbox tries again
            log.warning("a post could not be brought up to date (%s)", error.response.get("error", ""))
            return
        if said and own:
            outbox.redrawn(db, said.id, case.version)


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


def _publish(
    desk: CaseDesk, client: WebClient, user: str, team: str, shown: str, seen_hash: str = ""
) -> None:
    """Show the Home as it stands. Where it was changed since it was seen (`seen_hash`), it is shown all the same: it is
    read afresh each time, so the newest is never the worse one.
    """
    desk.at_home[user] = shown
    try:
        eyes = desk.eyes(user, desk.authority.role(user, team))
        tab, _, page = shown.partition("|")
        with closing(desk.open_db()) as db:
            view = home_view(db, desk.landlord, desk.name_of(user), tab, int(page or 0), desk.now(), eyes)
    except (Forbidden, DatabaseProblem) as error:
        view = {**slack_views.told_off(str(error)), "type": "home"}
        view = {"type": "home", "blocks": view["blocks"]}
    try:
        client.views_publish(user_id=user, view=view, **({"hash": seen_hash} if seen_hash else {}))
    except SlackApiError as error:
        if error.response.get("error") != "hash_conflict":
            raise
        client.views_publish(user_id=user, view=view)


def _refresh_home(desk: CaseDesk, client: WebClient, user: str) -> None:
    """The Home of whoever acted, as it stands now; best effort."""
    try:
        _publish(desk, client, user, "", desk.at_home.get(user, "mine|0"))
    except (SlackApiError, OSError) as error:
        log.warning("the Home tab could not be refreshed (%s)", type(error).__name__)
