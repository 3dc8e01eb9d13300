"""The fake of Slack is as strict as Slack: each limit at its edge, each refusal with Slack's own code."""

import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from tests.slack_fake.files import LOGIN_PAGE, SharedFile
from tests.slack_fake.limits import LIMITS
from tests.slack_fake.refusals import NEVER
from tests.slack_fake.samples import Sent, modal, section
from tests.slack_fake.server import SlackFake


def refused(web: WebClient, sent: Sent) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        web.api_call(sent[0], json=sent[1])
    answer: dict[str, Any] = caught.value.response.data
    return answer


def with_trigger(slack: SlackFake, sent: Sent) -> Sent:
    method, args = sent
    if args.get("trigger_id") == "TRIGGER":
        return method, args | {"trigger_id": slack.workspace.new_trigger("U1")}
    return sent


@pytest.mark.parametrize(
    ("limit", "make", "error"), [row[1:] for row in LIMITS], ids=[row[0] for row in LIMITS]
)
def test_takes_as_many_as_the_limit_and_refuses_one_more(
    slack: SlackFake, web: WebClient, limit: int, make: Callable[[int], Sent], error: str
) -> None:
    method, args = with_trigger(slack, make(limit))
    assert web.api_call(method, json=args)["ok"]
    answer = refused(web, with_trigger(slack, make(limit + 1)))
    assert answer["error"] == error
    if error in ("invalid_blocks", "invalid_arguments"):
        (message,) = answer["response_metadata"]["messages"]
        assert str(limit) in message or str(limit + 1) in message, "the refusal says what the limit is"


@pytest.mark.parametrize(("sent", "error"), [row[1:] for row in NEVER], ids=[row[0] for row in NEVER])
def test_refuses(slack: SlackFake, web: WebClient, sent: Sent, error: str) -> None:
    answer = refused(web, with_trigger(slack, sent))
    assert answer["error"] == error
    if error == "invalid_blocks":
        assert "json-pointer:/blocks" in answer["response_metadata"]["messages"][0]
    assert slack.calls[-1].answer == answer


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        ("", "auth.test", "not_authed"),
        ("xoxb-someone-else", "auth.test", "invalid_auth"),
        ("xapp-loopback", "auth.test", "not_allowed_token_type"),
        ("xoxb-loopback", "apps.connections.open", "not_allowed_token_type"),
    ],
    ids=["without a token", "with another's token", "app token on the Web API", "bot token for a socket"],
)
def test_refuses_tokens(slack: SlackFake, token: str, method: str, error: str) -> None:
    web = WebClient(token=token or None, base_url=slack.base_url, retry_handlers=[])
    assert refused(web, (method, {}))["error"] == error


def test_a_scope_the_manifest_lacks_is_missed_by_name(slack: SlackFake, web: WebClient) -> None:
    slack.manifest["oauth_config"]["scopes"]["bot"].remove("reactions:write")
    ts = slack.say("C1", "U1", "no heating")
    answer = refused(web, ("reactions.add", {"channel": "C1", "timestamp": ts, "name": "memo"}))
    assert (answer["error"], answer["needed"]) == ("missing_scope", "reactions:write")


def test_a_reaction_is_added_once(slack: SlackFake, web: WebClient) -> None:
    ts = slack.say("C1", "U1", "no heating")
    web.reactions_add(channel="C1", timestamp=ts, name="memo")
    answer = refused(web, ("reactions.add", {"channel": "C1", "timestamp": ts, "name": "memo"}))
    assert answer["error"] == "already_reacted"


def test_a_trigger_opens_one_modal_and_only_in_its_three_seconds(slack: SlackFake, web: WebClient) -> None:
    trigger = slack.workspace.new_trigger("U1")
    assert web.views_open(trigger_id=trigger, view=modal())["view"]["hash"]
    sent = ("views.open", {"trigger_id": trigger, "view": modal()})
    assert refused(web, sent)["error"] == "exchanged_trigger_id"
    late = slack.workspace.new_trigger("U1")
    slack.workspace.triggers[late].made_at -= 3.01
    assert (
        refused(web, ("views.open", {"trigger_id": late, "view": modal()}))["error"] == "expired_trigger_id"
    )


def test_at_most_three_views_stand_on_one_another(slack: SlackFake, web: WebClient) -> None:
    view = web.views_open(trigger_id=slack.workspace.new_trigger("U1"), view=modal())["view"]["id"]
    for _ in range(2):
        trigger = slack.workspace.new_trigger("U1", view)
        view = web.views_push(trigger_id=trigger, view=modal())["view"]["id"]
    sent = ("views.push", {"trigger_id": slack.workspace.new_trigger("U1", view), "view": modal()})
    assert refused(web, sent)["error"] == "push_limit_reached"


def test_an_old_hash_does_not_overwrite_a_newer_view(slack: SlackFake, web: WebClient) -> None:
    home = {"type": "home", "blocks": [section()]}
    first = web.views_publish(user_id="U1", view=home)["view"]["hash"]
    assert web.views_publish(user_id="U1", view=home, hash=first)["ok"]
    answer = refused(web, ("views.publish", {"user_id": "U1", "view": home, "hash": first}))
    assert answer["error"] == "hash_conflict"


def test_history_is_paged_newest_first_and_keeps_metadata_to_itself_unless_asked(
    slack: SlackFake, web: WebClient
) -> None:
    stamps = [slack.say("C1", "U1", f"note {n}") for n in range(5)]
    slack.say("C1", "U2", "in the thread", thread_ts=stamps[0])
    metadata = {"event_type": "outbox", "event_payload": {"id": "7"}}
    web.chat_postMessage(channel="C1", text="HC", metadata=metadata)
    first = web.conversations_history(channel="C1", oldest=stamps[0], limit=3)
    rest = web.conversations_history(
        channel="C1", oldest=stamps[0], limit=3, cursor=first["response_metadata"]["next_cursor"]
    )
    assert [m["text"] for m in first["messages"]] == ["HC", "note 4", "note 3"]
    assert [m["text"] for m in rest["messages"]] == ["note 2", "note 1"]
    assert "metadata" not in first["messages"][0]
    told = web.conversations_history(channel="C1", limit=1, include_all_metadata=True)["messages"][0]
    assert told["metadata"] == metadata
    thread = web.conversations_replies(channel="C1", ts=stamps[0])["messages"]
    assert [m["text"] for m in thread] == ["note 0", "in the thread"]


def test_a_spent_response_url_and_a_bad_answer_are_refused(slack: SlackFake, web: WebClient) -> None:
    url = slack.command("/case", user="U1", channel="C1").payload["response_url"]
    answers = [WebhookClient(url).send(text=text).body for text in ["", *["here"] * 6]]
    assert answers == ["no_text", *["ok"] * 5, "used_url"]
    assert [m["text"] for m in slack.ephemerals("U1")] == ["here"] * 5


# --- files ----------------------------------------------------------------------------------------


def downloaded(slack: SlackFake, token: str, file: str = "F1") -> tuple[int, bytes]:
    url = f"{slack.workspace.files_url}T0LANDLORD-{file}/download/photo.jpg"
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"} if token else {})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, b""


@pytest.mark.parametrize(
    ("token", "file"),
    [
        ("", "F1"),
        ("xoxb-someone-else", "F1"),
        ("xapp-loopback", "F1"),
        ("xoxb-loopback", "F404"),
        ("xoxb-loopback", "F8"),
    ],
    ids=["no token", "another's token", "the app token", "no such file", "a deleted file"],
)
def test_a_download_that_is_not_allowed_is_a_page_to_sign_in(slack: SlackFake, token: str, file: str) -> None:
    slack.share("C1", "U1", SharedFile("F1"))
    assert downloaded(slack, token, file) == (200, LOGIN_PAGE)
    assert downloaded(slack, slack.bot_token) == (200, SharedFile("F1").data)


def test_downloads_want_the_scope_and_fail_as_ordered(slack: SlackFake) -> None:
    slack.share("C1", "U1", SharedFile("F1"))
    slack.fail_download(error="ratelimited", status=429, retry_after=3)
    assert downloaded(slack, slack.bot_token)[0] == 429
    slack.scopes.remove("files:read")
    assert downloaded(slack, slack.bot_token) == (200, LOGIN_PAGE)
