"""The Slack app: messages of intake channels are stored before they are acknowledged, questions are answered.

Handlers are a few lines each: acknowledge, call a use case, show the result.
"""

import contextlib
import logging
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext, BoltResponse, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlite_utils import Database

from putright.bot.settings.load import Settings
from putright.bot.slack_ack import FirmAck
from putright.bot.slack_acts import add_acts, add_out_of_date
from putright.bot.slack_authority import SHARED, Asker, Authority, Forbidden
from putright.bot.slack_blocks import (
    Block,
    answer_blocks,
    answer_text,
    offered,
    post_blocks,
    post_text,
    starts,
    unescaped,
)
from putright.bot.slack_desk import CaseDesk
from putright.bot.slack_files import shared_files
from putright.bot.slack_inbox import Inbox
from putright.bot.slack_names import met
from putright.bot.slack_orders import BUTTONS, opened_by_command, ordered_on
from putright.bot.slack_patience import say
from putright.bot.slack_review import add_review
from putright.bot.slack_told import EITHER, add_told, either, log_note
from putright.bot.slack_voice import code_of
from putright.bot.slack_words import HELP
from putright.cases import acts
from putright.cases.acts import By
from putright.cases.errors import Refused
from putright.cases.events import Event, Kind
from putright.cases.labels import Label
from putright.cases.references import find_reference
from putright.cases.working_days import local_day
from putright.storage import cases, intake, outbox
from putright.storage.database import writing
from putright.storage.errors import DatabaseProblem, StaleView
from putright.triage.act import act
from putright.triage.answer import Answer, answered
from putright.triage.asked import keep
from putright.triage.asking.here import meant, ordered
from putright.triage.asking.one_case import WHICH
from putright.triage.eyes import Eyes, Role
from putright.triage.heard import Heard, heard
from putright.triage.posts import headline, outsiders
from putright.triage.question import asks, understand
from putright.triage.sample import miss_rate
from putright.triage.settle import MACHINE
from putright.triage.slack_names import in_answer, known
from putright.triage.told import SharedFile, Told

log = logging.getLogger(__name__)

Body = Mapping[str, Any]
_TAKEN = (None, "file_share", "thread_broadcast", "me_message")
"""The subtypes of a message that carry a person's new words."""
_IS = re.compile(
    r"\s*hc[\s_-]*\d{4}[\s_/-]*\d{1,6}\s*(?:\bis|=)\s+(?:an?\s+)?"
    r"(complaint|service[ _]request|survey[ _]feedback|other)"
    r"\s*(?:(?:\b(?:because|as|since)\b|[-–:,;.])\s*([^?]*))?",
    re.IGNORECASE,
)
"""`HC-2026-0012 is complaint because …`: what a person says a case is, and nothing that only mentions it."""
_LOG = re.compile(r"\s*log\b[\s:,-]*(.*)", re.IGNORECASE | re.DOTALL)
"""`/case log Flat 3 rang`: a note, as whoever types it was told."""
REVIEW = re.compile(r"\s*(?:to )?review(?: (?:queue|list|sample|draw))?\W*", re.IGNORECASE)
NO_THREAD = 'A command does not know which thread you are in. There, ask me: "@putright when is it due?"'
LISTENERS = 40
"""Threads for listeners: Bolt's own 5 leave a command unacknowledged behind a few slow ones."""


TAKERS = 50
"""Threads that take events off the socket: as many messages share one commit, and a command never waits for them."""
ANSWERERS = 4
"""Threads that answer questions, once they are acknowledged: looking things up is no work for a listener."""


class NotDone(Answer):
    """What is said where nothing was answered or done: why, and what to do instead."""


class Turned(NotDone):
    """What is said to somebody who may not ask."""


class ToLookAt(Answer):
    """What is said to somebody who asks and opens no case."""


class ToReview(Answer):
    """What waits for review, for whoever may review it: with the buttons that begin it."""


class MayBeSaid(Answer):
    """What is said of words that may be a question or what a resident said."""


class SlackDesk:
    """What the handlers share: the settings, a database connection for each call, and a wake-up for the worker."""

    def __init__(
        self,
        settings: Settings,
        open_db: Callable[[], Database],
        wake: Callable[[], None],
        now: Callable[[], datetime],
        bot_user: str,
        let_first: Callable[[], None] = lambda: None,
        team: str = "",
    ) -> None:
        """`let_first` stands back while Slack waits for acknowledgements; `team` is our own workspace."""
        self._team = team
        self.let_first = let_first
        self.settings = settings
        self._open = open_db
        self._inbox = Inbox(open_db)
        self._wake = wake
        self.now = now
        self._bot_user = bot_user
        self._read_back: set[str] = set()
        self.meet: Callable[[str], None] = lambda user: None
        """Hears of whoever writes, clicks or types."""

    def take(self, body: Body, event: Body) -> bool:
        """Commit a message of an intake channel; True when it was taken. Raises DatabaseProblem: then no ack."""
        team = self.team_of(body)
        told = self.told(team, event)
        if told is None and not body.get("is_ext_shared_channel"):
            told = self._dropped(team, event)
        if told is None and not body.get("is_ext_shared_channel"):
            told = self._passed_on(team, event)
        if told is None:
            return False
        self._inbox.put(told)
        self._wake()
        if body.get("is_ext_shared_channel"):
            with contextlib.suppress(DatabaseProblem):  # what was said is kept: that comes first
                self.outside(told.place)
        return True

    def take_together(self, bodies: Sequence[Body]) -> list[bool]:
        """Commit at once what came at once, so that `take` finds it done. Gives of each whether it was taken and asks
        for nothing else. Raises what keeps any from being committed.
        """
        events = [(self.team_of(x), x.get("event") or {}) for x in bodies]
        found = [self.told(team, event) if event.get("type") == "message" else None for team, event in events]
        self._inbox.put(*(x for x in found if x is not None))
        if any(found):
            self._wake()
        for body in bodies:
            self.meet(met(body))
        both = zip(found, bodies, strict=True)
        return [told is not None and not body.get("is_ext_shared_channel") for told, body in both]

    def outside(self, where: str) -> None:
        """Tell the leads once that a channel is shared with another organisation, or a person is of one."""
        landlord = self.settings.landlord
        channel = landlord.leads_channel or landlord.digest_channel
        log.warning("%s in Slack is of another organisation, or shared with one", where)
        if channel and channel != where:
            with closing(self._open()) as db, writing(db):
                outbox.put(
                    db,
                    key=f"outside:{where}",
                    kind="outside",
                    channel=channel,
                    payload=outsiders(where).as_json(),
                    made_at=self.now(),
                )

    def team_of(self, body: Body) -> str:
        """The workspace under which a message is known: ours, as when it is read back, whatever the event names."""
        return self._team or str(body.get("team_id", ""))

    def told(self, team: str, event: Body) -> Told | None:
        """What a person said in an intake channel, or None when it is nothing to be taken in.

        A question to the bot is answered, not logged; words to the bot that are no question are logged.
        """
        channel = event.get("channel", "")
        if channel not in self.settings.slack.intake_channels:
            return None
        if event.get("subtype") == "message_changed":
            return self._edited(team, event)
        allowed = self._allowed_bot(event)
        if not allowed and not self._said_by_a_person(event):
            return None
        text, files = self.words(str(event.get("text", ""))), shared_files(event)
        asked = self.addressed(event) and not allowed and not files
        if asked and self._is_for_us(text, self.case_of(team, event) or ""):
            return None
        return self._said(team, event, text, files) if text or files else None

    def _dropped(self, team: str, event: Body) -> Told | None:
        """Files that a colleague gives to the bot outside the intake channels: in a direct message, with a mention of
        it, or in the thread of a case; None for whatever else.
        """
        files = shared_files(event)
        if not files or not self._said_by_a_person(event):
            return None
        if str(event.get("user_team") or event.get("team") or team) != team:
            return None
        if event.get("channel_type") != "im" and not self.addressed(event) and not self.case_of(team, event):
            return None
        return self._said(team, event, self.words(str(event.get("text", ""))), files)

    def given(self, team: str, event: Body) -> Told | None:
        """What is to be taken of a message that was read back: the words of an intake channel, elsewhere
        files and what a resident said."""
        if event["channel"] in self.settings.slack.intake_channels:
            return self.told(team, event)
        return self._dropped(team, event) or self._passed_on(team, event)

    def remember(self, team: str, event: Body) -> None:
        """Read these direct messages back from now on: Slack lists them only with a scope that we do not ask for."""
        channel, account = str(event["channel"]), f"slack:{team}"
        if channel not in self._read_back:
            with contextlib.suppress(DatabaseProblem), closing(self._open()) as db:
                if intake.heard_until(db, account, channel) is None:
                    intake.heard(db, account, channel, str(event["ts"]))
                self._read_back.add(channel)

    def _passed_on(self, team: str, event: Body) -> Told | None:
        """What a colleague passes on to the bot outside the intake channels, in a direct message or with a mention,
        where it reads as something a resident said; None for whatever else.
        """
        if event.get("channel") in self.settings.slack.intake_channels or not self._said_by_a_person(event):
            return None
        if not _direct(event) and not self.addressed(event):
            return None
        if str(event.get("user_team") or event.get("team") or team) != team:
            return None
        text = self.words(str(event.get("text", "")))
        if not text or self.heard(text, self.case_of(team, event) or "") is not Heard.SAID:
            return None
        return self._said(team, event, text, ())

    def heard(self, text: str, here: str) -> Heard:
        """Whether words to the bot are a question (or an order, or say what a case is), or what a resident said."""
        if not text or _IS.fullmatch(text) or self.order(text, here)[0]:
            return Heard.QUESTION
        with closing(self._open()) as db:
            people = {*cases.handlers(db), *self.settings.landlord.people.values()}
        return heard(
            self.meant(text, here), local_day(self.now()), people, tuple(self.settings.landlord.teams)
        )

    def _said(self, team: str, event: Body, text: str, files: tuple[SharedFile, ...]) -> Told:
        ts = str(event["ts"])
        return Told(
            text=text,
            by=_author(event),
            told_at=datetime.fromtimestamp(float(ts), UTC),
            team=team,
            place=str(event["channel"]),
            ts=ts,
            thread_ts=str(event.get("thread_ts", "")),
            files=files,
        )

    def case_of(self, team: str, event: Body) -> str | None:
        """The case in whose thread a message stands, or None."""
        channel, thread = str(event.get("channel", "")), str(event.get("thread_ts") or "")
        if not thread:
            return None
        with closing(self._open()) as db:
            in_it = intake.case_at(db, (f"slack:{team}", channel, 0, thread))
            return in_it or outbox.case_of_post(db, channel, thread)

    def took(self, body: Body, event: Body) -> bool:
        """Whether a message was taken in."""
        team, place = self.team_of(body), str(event.get("channel", ""))
        with closing(self._open()) as db:
            return intake.known_at(db, (f"slack:{team}", place, 0, str(event.get("ts", ""))))

    def _edited(self, team: str, event: Body) -> Told | None:
        """A later edit as a further message of the same case, or None when no words changed (a preview, a reaction).

        What was first said stays as it was; the clocks stay with it.
        """
        new, old = event.get("message") or {}, event.get("previous_message") or {}
        edited, text = new.get("edited") or {}, self.words(str(new.get("text", "")))
        if (
            not edited
            or not text
            or not (self._allowed_bot(new) or (new.get("user") and not new.get("bot_id")))
        ):
            return None
        if text == self.words(str(old.get("text", ""))):
            return None
        with closing(self._open()) as db:
            if not intake.known_at(db, (f"slack:{team}", str(event["channel"]), 0, str(new["ts"]))):
                return None  # the message itself was never taken in, so there is nothing it could change
        return Told(
            text=text,
            by=_author(new),
            told_at=datetime.fromtimestamp(float(edited["ts"]), UTC),
            team=team,
            place=str(event["channel"]),
            ts=f"{new['ts']}:{edited['ts']}",
            thread_ts=str(new.get("thread_ts") or new["ts"]),
        )

    def deleted(self, team: str, event: Body) -> None:
        """Note on its case that a message was deleted in Slack. A deletion never removes a case or a word of it."""
        place = (f"slack:{team}", str(event.get("channel", "")), 0, str(event.get("deleted_ts", "")))
        with closing(self._open()) as db:
            reference = intake.case_at(db, place)
            if reference:
                now = self.now()
                noted = Event(
                    Kind.NOTED, now, MACHINE, {"text": "The message was deleted in Slack; it is kept here."}
                )
                act(db, reference, self.settings.landlord, now, lambda _: noted)

    def _is_for_us(self, text: str, here: str) -> bool:
        """Whether words to the bot are a question, or say what a case is; a bare mention is a question."""
        order, _ = self.order(text, here)
        return not text or bool(order or _IS.fullmatch(text)) or self._asks(self.meant(text, here))

    def _said_by_a_person(self, event: Body) -> bool:
        user = event.get("user")
        by_one = bool(user) and user != self._bot_user and not event.get("bot_id")
        return by_one and event.get("subtype") in _TAKEN

    def _allowed_bot(self, event: Body) -> bool:
        """Whether the settings name the bot that says it; what we say ourselves is never taken in."""
        allowed = (
            event.get("bot_id") in self.settings.slack.allowed_bots and event.get("user") != self._bot_user
        )
        return allowed and event.get("subtype") in (*_TAKEN, "bot_message")

    def _asks(self, text: str) -> bool:
        with closing(self._open()) as db:
            people = cases.handlers(db)
        return asks(text, local_day(self.now()), people, tuple(self.settings.landlord.teams))

    def meant(self, text: str, here: str) -> str:
        """What is asked in the thread of the case `here`, with its reference where it is meant."""
        if not here:
            return text
        with closing(self._open()) as db:
            people = cases.handlers(db)
        return meant(text, here, local_day(self.now()), people, tuple(self.settings.landlord.teams))

    def order(self, text: str, here: str) -> tuple[str, str]:
        """The button that does what a person asks the bot to do, and on which case: the one that they name, else
        that of the thread; empty where they ask nothing of the kind.
        """
        name, reference = ordered_on(text)
        if not name and here:
            name, reference = BUTTONS.get(ordered(text), ""), here
        return (name, reference) if name else ("", "")

    def name_of(self, user: str) -> str:
        """Who somebody is on the record: the name of the settings, else the id."""
        return self.settings.landlord.people.get(user, user)

    def open(self) -> Database:
        return self._open()

    def wake(self) -> None:
        self._wake()

    def addressed(self, event: Body) -> bool:
        """Whether the bot is spoken to."""
        return f"<@{self._bot_user}" in str(event.get("text", ""))

    def words(self, text: str) -> str:
        """The typed words, without the mention of the bot."""
        return unescaped(re.sub(rf"<@{re.escape(self._bot_user)}[^>]*>", " ", text)).strip()

    def answer(self, text: str, user: str, role: Role) -> Answer:
        """The answer to a question as the asker may see it, or the outcome of `HC-2026-0012 is complaint`; kept."""
        landlord, now, eyes = self.settings.landlord, self.now(), self.eyes(user, role)
        try:
            with closing(self._open()) as db:
                changed = self._change(db, text, user, eyes)
                if changed:
                    return changed
                text = re.sub(r"@([UW][A-Z0-9]{2,})\b", lambda x: self.name_of(x[1]), text)
                question, found = answered(db, text, self.name_of(user), landlord, now, eyes)
                with contextlib.suppress(DatabaseProblem):  # whoever asked is answered all the same
                    keep(db, user, question, found, landlord, now)
                found = in_answer(found, known(db, landlord))
                if question.intent == "help":
                    return replace(found, lines=(*found.lines, *HELP))
                if found.missing or question.intent == "none":
                    return NotDone(found.sentence, lines=found.lines, private=found.private)
                return found
        except (Refused, StaleView, DatabaseProblem) as error:
            return NotDone(str(error))

    def to_review(self, user: str, role: Role, *, leads: bool) -> Answer:
        """What waits for review; for leads with how many complaints are missed."""
        found = self.answer("to review", user, role)
        if not leads:
            return found
        with closing(self._open()) as db:
            return ToReview(found.sentence, found.rows, (*found.lines, str(miss_rate(db))), found.private)

    def eyes(self, user: str, role: Role) -> Eyes:
        """What somebody sees by their role, and by their names on cases that not everybody may see."""
        return Eyes(role, (user, self.name_of(user)))

    def refused(self, text: str, user: str, why: str) -> None:
        """Keep that a question was refused."""
        landlord, now = self.settings.landlord, self.now()
        question = understand(text, local_day(now), tuple(landlord.people.values()), tuple(landlord.teams))
        with contextlib.suppress(DatabaseProblem), closing(self._open()) as db:
            keep(db, user, question, None, landlord, now, why)

    def _change(self, db: Database, text: str, user: str, eyes: Eyes) -> Answer | None:
        reference, said = find_reference(text), _IS.fullmatch(text)
        if not reference or not said:
            return None
        label = Label(said[1].lower().replace(" ", "_"))
        now = self.now()
        landlord = self.settings.landlord
        moved = act(
            db,
            reference,
            landlord,
            now,
            lambda case: acts.reclassify(case, By(self.name_of(user), now), label, (said[2] or "").strip()),
            eyes,
        )
        return Answer(f"Thank you. {headline(moved.after, moved.due_after)}")


def with_button(name: str, reference: str) -> tuple[Answer, list[Block]]:
    """What is said to an order that no modal can be opened for at once, with the button that opens it."""
    said = f"Nothing was changed: do that with the button, on {reference}."
    return NotDone(said), offered(reference, (name, "more"))


def build_app(desk: SlackDesk, client: WebClient, team: str) -> App:
    """The Bolt app with its listeners. Raises BoltError when Slack does not take the token.

    That is asked here: asked at the first event, Bolt would acknowledge what it then could not hand on.
    """
    app = App(
        client=client,
        listener_executor=ThreadPoolExecutor(LISTENERS, thread_name_prefix="slack"),
    )
    people = desk.settings.landlord.people
    leads = " or ".join(people[x] for x in desk.settings.slack.leads if x in people)
    authority = Authority(desk.settings.slack, client, team, outside=desk.outside, leads=leads)
    cases_desk = CaseDesk(
        desk.open, desk.settings.landlord, authority, desk.name_of, desk.now, desk.wake, team
    )
    add_acts(app, cases_desk)
    add_review(app, cases_desk)
    add_told(app, cases_desk, lambda place, user, team_id, text: asked_again(place, user, team_id, text))

    add_out_of_date(app)

    answerers = ThreadPoolExecutor(ANSWERERS, thread_name_prefix="answer")

    def later(work: Callable[[], object], body: Body, respond: Respond) -> None:
        def done() -> None:
            desk.let_first()
            try:
                work()
            except Exception as error:
                event = body.get("event")
                if event and not isinstance(error, SlackApiError):  # Slack takes no answer there
                    say_to_asker(event, client, _told_off(error))
                else:
                    failed(error, body, respond)

        answerers.submit(done)

    def say_to_asker(event: Body, client: WebClient, sentence: str) -> None:
        """Without a response_url: where it was asked, to the asker alone."""
        channel, thread = str(event["channel"]), event.get("thread_ts")
        if channel.startswith("D"):
            say(partial(client.chat_postMessage, channel=channel, thread_ts=thread, text=sentence))
        else:
            post = partial(client.chat_postEphemeral, channel=channel, user=event["user"])
            say(partial(post, thread_ts=thread, text=sentence))

    def asked_again(place: Body, user: str, team_id: str, text: str) -> Answer:
        here = desk.case_of(team, place) or ""
        return asked_by(user, team_id, str(place["channel"]), desk.meant(text, here))

    def asked_by(
        user: str, team: str, channel: str, text: str, *, shared: bool = False, either: bool = False
    ) -> Answer:
        """The answer to somebody; bare, their own cases, or what is overdue for who has none. Words that may be
        `either` are asked about.
        """
        try:
            if shared:
                desk.outside(channel)
                raise Forbidden(SHARED, "a shared channel")
            changes = bool(_IS.fullmatch(text))  # an act, not a question
            may = authority.check if changes else authority.role
            role = may(Asker(user, team, channel))
        except (Forbidden, DatabaseProblem) as refused:
            if isinstance(refused, Forbidden):
                desk.refused(text, user, refused.why)
            return Turned(str(refused))
        if either:
            return MayBeSaid(EITHER)
        if REVIEW.fullmatch(text):
            return desk.to_review(user, role, leads=authority.leads(role))
        bare = "what's overdue" if role is Role.GOVERNING_BODY else "my cases"
        found = desk.answer(text or bare, user, role)
        if role is not Role.GOVERNING_BODY or isinstance(found, NotDone):
            return found
        return ToLookAt(found.sentence, found.rows, found.lines, found.private, page=found.page)

    @app.middleware
    def stored_first(body: Body, context: BoltContext, next: Callable[[], BoltResponse]) -> BoltResponse:
        context["ack"] = FirmAck()  # type: ignore[no-untyped-call]
        # Bolt acknowledges an event before its listener runs, so only here can a crash not lose it: if this
        # raises, there is no acknowledgement and Slack delivers the message again.
        event = body.get("event") or {}
        if event.get("type") in ("message", "app_mention"):
            desk.take(body, event)
        desk.meet(met(body))
        return next()

    @app.event({"type": "message", "subtype": "message_deleted"})
    def deleted(event: Body, body: Body) -> None:
        desk.deleted(desk.team_of(body), event)

    @app.event("message")
    def direct_message(event: Body, body: Body, client: WebClient, respond: Respond) -> None:
        if _direct(event) and event.get("user") and event.get("subtype") in (None, "file_share"):
            if event.get("bot_id"):
                return
            desk.remember(desk.team_of(body), event)
            if desk.took(body, event):
                return
            later(partial(answer_directly, event, body, client), body, respond)

    def answer_directly(event: Body, body: Body, client: WebClient) -> None:
        team = str(event.get("user_team") or event.get("team") or "")
        said, shared = desk.words(str(event.get("text", ""))), bool(body.get("is_ext_shared_channel"))
        where = str(event["channel"]) if shared else ""
        in_doubt = desk.heard(said, "") is Heard.EITHER
        found = asked_by(str(event["user"]), team, where, said, shared=shared, either=in_doubt)
        buttons = either(event, said) if isinstance(found, MayBeSaid) else []
        wanted, on = desk.order(said, "")
        if wanted and not isinstance(found, Turned):
            found, buttons = with_button(wanted, on)
        post = partial(
            client.chat_postMessage, channel=event["channel"], unfurl_links=False, unfurl_media=False
        )
        say(partial(post, text=answer_text(found), blocks=[*_shown(found), *buttons]))

    @app.event("app_mention")
    def asked(event: Body, body: Body, client: WebClient, respond: Respond) -> None:
        later(partial(answer_in_channel, event, body, client), body, respond)

    def answer_in_channel(event: Body, body: Body, client: WebClient) -> None:
        if event.get("bot_id") or not event.get("user") or desk.told(desk.team_of(body), event) is not None:
            return  # another bot; or it was no question, so it was logged, and the confirmation is the reply
        if desk.took(body, event):
            return  # files given to the bot, or what a resident said: it is taken in
        buttons: list[Block] = []
        team, words = str(event.get("user_team") or event.get("team") or ""), desk.words(event["text"])
        here = desk.case_of(desk.team_of(body), event) or ""
        shared = bool(body.get("is_ext_shared_channel"))
        in_doubt = desk.heard(words, here) is Heard.EITHER
        meant_here = desk.meant(words, here)
        found = asked_by(
            str(event["user"]), team, event["channel"], meant_here, shared=shared, either=in_doubt
        )
        if isinstance(found, MayBeSaid):
            buttons = either(event, words)
        wanted, on = desk.order(words, here)
        if wanted and not isinstance(found, Turned):
            found, buttons = with_button(wanted, on)
        post = partial(client.chat_postEphemeral, channel=event["channel"], user=event["user"])
        blocks = [*_shown(found), *buttons]
        say(partial(post, thread_ts=event.get("thread_ts"), text=answer_text(found), blocks=blocks))

    @app.event(re.compile(".*"))
    def anything_else() -> None:
        """Acknowledge what needs nothing done, or Slack delivers it again."""

    @app.command("/case")
    def case(ack: Ack, command: Body, body: Body, respond: Respond, client: WebClient) -> None:
        ack()
        if opened_by_command(cases_desk, client, command, respond):
            return
        later(partial(answer_command, command, respond), body, respond)

    def log_command(command: Body, text: str, respond: Respond) -> None:
        user, where = str(command["user_id"]), str(command.get("channel_id", ""))
        try:
            authority.check(Asker(user, str(command.get("team_id", "")), where))
            post = log_note(desk.open, cases_desk, text, user)
        except (Forbidden, DatabaseProblem) as error:
            respond(f"The note was not kept. {error}", response_type="ephemeral")
            return
        respond(text=post_text(post), blocks=post_blocks(post), response_type="ephemeral")

    def answer_command(command: Body, respond: Respond) -> None:
        if note := _LOG.fullmatch(unescaped(str(command.get("text", "")))):
            log_command(command, note[1].strip(), respond)
            return
        found = asked_by(
            str(command["user_id"]),
            str(command.get("team_id", "")),
            str(command.get("channel_id", "")),
            unescaped(str(command.get("text", ""))).strip(),
        )
        about = find_reference(str(command.get("text", "")))
        if found.sentence.startswith(WHICH):
            found = replace(found, lines=(*found.lines, NO_THREAD))
        blocks = _shown(found, about)
        say(partial(respond, text=answer_text(found), blocks=blocks, response_type="ephemeral"))

    @app.error
    def failed(error: Exception, body: Body, respond: Respond) -> None:
        # An id and a sentence for the user; the log holds the kind of error, never the message. Whatever was not
        # acknowledged yet stays so: an event is then delivered again.
        sorry = _told_off(error)
        if body.get("response_url"):
            respond(sorry)

    return app


def _shown(found: Answer, about: str | None = None) -> list[Block]:
    """An answer with its buttons: none on a refusal, nor for whoever would be refused at the click."""
    opens = not isinstance(found, (NotDone, ToLookAt))
    return [*answer_blocks(found, about, opens=opens), *([starts()] if isinstance(found, ToReview) else [])]


def _told_off(error: Exception) -> str:
    number = secrets.token_hex(3)
    log.error("error %s in Slack (%s)", number, type(error).__name__, exc_info=error)
    return f"Something went wrong here (number {number}). Please try again."


def _direct(event: Body) -> bool:
    """Whether it is said in the direct messages with the bot."""
    return event.get("channel_type") == "im" or str(event.get("channel", "")).startswith("D")


def _author(message: Body) -> str:
    """Who says it: a member's id, or the bot's where it stands for nobody."""
    return str(message.get("user") or message["bot_id"])


def who_we_are(client: WebClient) -> tuple[str, str]:
    """Our team id and bot user id. Raises NotConnected in plain words."""
    try:
        found = client.auth_test()
    except SlackApiError as error:
        code = code_of(error)
        if code in ("invalid_auth", "not_authed", "token_revoked", "account_inactive"):
            raise NotConnected(
                f"Slack refuses the bot token ({code}). Copy it again from the app's page into SLACK_BOT_TOKEN."
            ) from error
        if not code:
            status = error.response.status_code
            raise NotConnected(
                f"What answers at slack.api_url is not Slack (HTTP {status}). Check slack.api_url and the network."
            ) from error
        raise NotConnected(f"Slack refused to say who we are ({code}).") from error
    except OSError as error:
        raise NotConnected("Slack cannot be reached. Check the network and slack.api_url.") from error
    return str(found["team_id"]), str(found["user_id"])


class NotConnected(Exception):
    """Slack cannot be used: one sentence that says what to do."""
