"""A real Bolt app with its real Socket Mode client works on the fake, and its faults are real ones."""

import threading
import time
from collections.abc import Callable
from http.client import RemoteDisconnected
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from slack_bolt import Ack, App, BoltRequest, BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler

from tests.slack_fake.bolt import client, connected
from tests.slack_fake.samples import actions, asked, button, menu, modal, option, section
from tests.slack_fake.server import SlackFake
from tests.slack_fake.workspace import BOT_USER


@pytest.fixture
def app(slack: SlackFake) -> App:
    return App(client=client(slack))


def reply_in_thread(app: App) -> None:
    @app.event("message")
    def answer(event: dict[str, Any], client: WebClient) -> None:
        if event.get("subtype") is None:
            client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text="HC-2026-0001")

    @app.event({"type": "app_mention"})
    def mentioned() -> None:
        pass


def test_a_note_is_acknowledged_and_answered_in_its_thread(slack: SlackFake, app: App) -> None:
    reply_in_thread(app)
    with connected(slack, app):
        ts = slack.say("C1", "U1", "The heating has been off since Monday")
        assert slack.wait_for_ack(ts).payload is None
        post = slack.wait_for_post("C1", thread_ts=ts)
        assert post.args["text"] == "HC-2026-0001"
        own = slack.wait_for_ack(post.answer["ts"])
    body = next(e for e in slack.envelopes if e.about == ts).payload
    assert body["event_id"] and body["authorizations"][0]["user_id"] == BOT_USER
    assert (body["event"]["client_msg_id"], body["event"]["channel_type"]) != ("", "")
    assert own.payload is None and len(slack.posts) == 1, "its own words come back, and Bolt drops them"


def test_the_handler_closes_quickly_and_the_fake_leaves_nothing_open(slack: SlackFake, app: App) -> None:
    before = time.monotonic()
    with connected(slack, app):
        pass
    assert time.monotonic() - before < 1.5, "close() alone takes three seconds"
    assert slack.connections == 0


def test_a_mention_comes_as_two_events_of_one_message(slack: SlackFake, app: App) -> None:
    reply_in_thread(app)
    with connected(slack, app):
        ts = slack.mention("C1", "U1", "overdue")
        one, two = slack.wait(lambda: slack.acked_about(ts, 2), "two acknowledgements")
    assert {one.payload["event"]["type"], two.payload["event"]["type"]} == {"message", "app_mention"}
    assert one.payload["event_id"] != two.payload["event_id"]


def test_a_shared_channel_and_a_person_from_elsewhere_can_be_told(slack: SlackFake) -> None:
    slack.say("C4", "U9", "hello")
    body = slack.envelopes[-1].payload
    assert body["is_ext_shared_channel"] and body["event"]["user_team"] == "T9OTHER"
    slack.say("C2", "U1", "the app is not here, so nothing is sent")
    assert len(slack.envelopes) == 1


def test_edits_deletes_and_other_bots(slack: SlackFake, app: App) -> None:
    seen: list[str | None] = []

    @app.event("message")
    def note(event: dict[str, Any]) -> None:
        seen.append(event.get("subtype"))

    with connected(slack, app):
        ts = slack.say("C1", "U1", "no heating")
        slack.edit("C1", ts, "no heating, no hot water")
        slack.bot_says("C1", "build passed")
        slack.delete("C1", ts)
        wanted = {None, "message_changed", "bot_message", "message_deleted"}
        slack.wait(lambda: len(slack.acks) == 4 and set(seen) == wanted, "all four kinds")


def test_a_command_is_answered_to_one_person(slack: SlackFake, app: App) -> None:
    @app.command("/case")
    def case(ack: Ack, command: dict[str, Any]) -> None:
        ack(f"Nothing is {command['text']}.")

    with connected(slack, app):
        ack = slack.wait_for_ack(slack.command("/case", "overdue", user="U1", channel="C1"))
    assert ack.payload == {"text": "Nothing is overdue."} and ack.after < 1
    assert [m["text"] for m in slack.ephemerals("U1")] == ["Nothing is overdue."]
    with pytest.raises(ValueError, match="no command /nothing"):
        slack.command("/nothing", user="U1", channel="C1")


def test_a_button_opens_a_modal_that_refuses_then_takes_what_is_sent(slack: SlackFake, app: App) -> None:
    kinds = [option("Complaint", "complaint"), option("Repair", "repair")]
    form = modal(asked(), asked(menu(options=kinds), block_id="kind"))

    @app.action("change")
    def change(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=form)

    @app.view("change")
    def save(ack: Ack, view: dict[str, Any]) -> None:
        why = view["state"]["values"]["why"]["why"]["value"]
        if len(why) < 10:
            ack(response_action="errors", errors={"why": "Say a little more."})
        else:
            ack()

    with connected(slack, app) as handler:
        blocks = [section(), actions(button("Change", action_id="change"))]
        ts = handler.app.client.chat_postMessage(channel="C1", text="HC-2026-0001", blocks=blocks)["ts"]
        assert slack.wait_for_ack(slack.click("change", user="U1", ts=ts)).payload is None
        view = slack.wait_for_modal("U1", "change")
        with pytest.raises(ValueError, match="kind must be filled in"):
            slack.submit(view, {"why": "short"})
        first = slack.wait_for_ack(slack.submit(view, {"why": "short", "kind": "repair"}))
        assert first.payload is not None and first.payload["response_action"] == "errors"
        assert slack.modal("U1") is view, "a modal with errors stays open"
        second = slack.wait_for_ack(slack.submit(view, {"why": "It is a new leak", "kind": "repair"}))
        assert second.payload is None and slack.modal("U1") is None


def test_an_answer_that_slack_would_mind_fails_the_test(app: App, slack: SlackFake) -> None:
    @app.shortcut("log_complaint")
    def log(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal(asked()))

    @app.view("change")
    def save(ack: Ack) -> None:
        ack(response_action="errors", errors={"elsewhere": "There is no such input."})

    with connected(slack, app):
        ts = slack.say("C2", "U1", "outside the intake")
        slack.wait_for_ack(slack.shortcut("log_complaint", user="U1", channel="C2", ts=ts))
        slack.wait_for_ack(slack.submit(slack.wait_for_modal("U1"), {"why": "late"}))
    assert slack.take_ack_faults() == ["errors: no input block has the block_id elsewhere"]


def test_middleware_that_raises_gives_no_ack_and_the_redelivery_is_taken(slack: SlackFake, app: App) -> None:
    tries: list[str] = []
    heard = threading.Event()

    @app.middleware
    def inbox(body: dict[str, Any], next: Callable[[], BoltResponse], req: BoltRequest) -> BoltResponse:
        tries.append(req.headers.get("x-slack-retry-num", ["?"])[0])
        if len(tries) == 1:
            heard.set()
            raise OSError("the disk is full")
        return next()

    reply_in_thread(app)
    with connected(slack, app):
        ts = slack.say("C1", "U1", "no heating")
        assert heard.wait(5)
        again = slack.redeliver(ts)
        slack.wait_for_ack(again)
        other = slack.redeliver(ts, new_event_id=True)
        slack.wait_for_ack(other)
    first = slack.envelopes[0]
    assert [a.envelope_id for a in slack.acks if a.envelope_id == first.envelope_id] == []
    assert again.payload["event_id"] == first.payload["event_id"] != other.payload["event_id"]
    assert tries[:2] == ["0", "1"]


def test_too_many_requests_say_when_to_come_back(slack: SlackFake, web: WebClient) -> None:
    slack.rate_limit("chat.postMessage", retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        web.chat_postMessage(channel="C1", text="x")
    response = caught.value.response
    assert (response.status_code, response["error"], response.headers["Retry-After"]) == (
        429,
        "ratelimited",
        "7",
    )
    assert slack.posts == [] and web.chat_postMessage(channel="C1", text="x")["ok"]


def test_an_answer_lost_after_the_post_was_taken(slack: SlackFake) -> None:
    slack.lose_answer("chat.postMessage")
    with pytest.raises(RemoteDisconnected):
        client(slack).chat_postMessage(channel="C1", text="once")
    assert len(slack.posts) == 1
    slack.lose_answer("chat.postMessage")
    retrying = client(slack, retry_handlers=[ConnectionErrorRetryHandler()])
    retrying.chat_postMessage(channel="C1", text="again")
    assert len(slack.posts) == 3, "a client that retries says it twice"


def test_a_method_can_be_made_to_fail(slack: SlackFake, web: WebClient) -> None:
    slack.fail("usergroups.users.list", "internal_error", times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError, match="internal_error"):
            web.usergroups_users_list(usergroup="S1")
    assert web.usergroups_users_list(usergroup="S1")["users"] == ["U1"]


def test_a_ticket_works_once(slack: SlackFake, app: App) -> None:
    with connected(slack, app) as handler, pytest.raises(HTTPError) as caught:
        assert handler.client.wss_uri is not None
        urlopen(handler.client.wss_uri.replace("ws://", "http://"))
    caught.value.close()
    assert caught.value.code == 401


@pytest.mark.parametrize("fault", ["ask_to_disconnect", "send_close_frame"])
def test_the_app_comes_back_and_hears_the_next_note(slack: SlackFake, app: App, fault: str) -> None:
    reply_in_thread(app)
    with connected(slack, app):
        getattr(slack, fault)()
        slack.wait_for_connection(2, timeout=8)
        ts = slack.say("C1", "U1", "no heating")
        slack.wait_for_ack(ts)
    assert next(e for e in slack.envelopes if e.about == ts).connection == 2


def test_a_ping_is_answered_until_the_peer_goes_half_open(slack: SlackFake, app: App) -> None:
    with connected(slack, app) as handler:
        session = handler.client.current_session
        assert session is not None
        slack.wait(lambda: session.last_ping_pong_time, "pong", poll=0.02)
        slack.go_half_open()
        last = session.last_ping_pong_time
        slack.say("C1", "U1", "nobody hears this")
        assert handler.client.is_connected(), "the client still says it is connected"
        assert session.last_ping_pong_time == last
        assert slack.envelopes[-1].sent_at is None and slack.acks == []


def test_home_says_who_looks_and_may_be_published_and_used(slack: SlackFake, app: App) -> None:
    blocks = [section(), actions(menu("overflow", [option("Next page", "2")]))]

    @app.event("app_home_opened")
    def home(event: dict[str, Any], client: WebClient) -> None:
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.action("kind")
    def page(ack: Ack, body: dict[str, Any], client: WebClient, respond: Any) -> None:
        ack()
        view = {"type": "home", "blocks": blocks[:1]}
        client.views_publish(user_id=body["user"]["id"], view=view, hash=body["view"]["hash"])

    with connected(slack, app):
        slack.open_home("U1")
        first = slack.wait_for_home("U1")
        slack.wait_for_ack(slack.click("kind", user="U1", view=first, value="2"))
        assert len(slack.wait_for_home("U1", revision=2).payload["blocks"]) == 1


def test_respond_replaces_the_message_that_was_clicked(slack: SlackFake, app: App, web: WebClient) -> None:
    @app.action("right")
    def right(ack: Ack, respond: Any) -> None:
        ack()
        respond("Confirmed", replace_original=True)

    with connected(slack, app):
        ts = web.chat_postMessage(channel="C1", text="HC", blocks=[actions(button())])["ts"]
        slack.click("right", user="U2", ts=ts)
        assert slack.wait_for_response().answer == "ok"
    assert slack.workspace.channels["C1"].messages[ts]["text"] == "Confirmed"


def test_a_message_may_be_older_than_the_fake(slack: SlackFake, web: WebClient) -> None:
    ts = slack.say("C1", "U1", "told last week", ts="1795000000.000100")
    assert ts == slack.envelopes[0].payload["event"]["ts"] == "1795000000.000100"
    assert web.conversations_history(channel="C1", oldest="1794999999.0")["messages"][0]["ts"] == ts


@pytest.mark.parametrize("fault", ["reset_connections", "drop_connections"])
def test_a_socket_can_go_without_a_word(slack: SlackFake, app: App, fault: str) -> None:
    with connected(slack, app):
        getattr(slack, fault)()
        slack.wait(lambda: slack.connections == 0, fault)
        slack.say("C1", "U1", "nobody is there")
    assert slack.envelopes[-1].sent_at is None and slack.acks == []
