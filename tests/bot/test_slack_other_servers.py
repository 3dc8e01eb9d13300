"""putright leans on what Slack documents: on a server that sends nothing optional, on one that sends more, and on one
in trouble.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from slack_sdk import WebClient

from putright.bot.main import main
from putright.bot.slack_voice import SlackVoice
from putright.bot.voice import NotSaid
from putright.storage import outbox
from tests.bot.office import Office, office, ts
from tests.harrowmere import PRIVATE, letter, log, take
from tests.slack_fake.example import small_workspace
from tests.slack_fake.records import Envelope
from tests.slack_fake.server import SlackFake
from tests.slack_fake.sparse import LavishSlack, SparseSlack
from tests.slack_fake.workspace import BOT_USER, Json

REFERENCE = "HC-2026-0001"
PAGE = "<html><body>Bad gateway: no route for what Jacinta wrote</body></html>"


@pytest.fixture(params=[SparseSlack, LavishSlack])
def slack(request: pytest.FixtureRequest) -> Iterator[SlackFake]:
    with small_workspace(request.param) as fake:
        yield fake


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[Office]:
    """putright that can post and read back, on the usual fake."""
    with small_workspace() as fake, office(fake, tmp_path, listening=False) as opened:
        yield opened


def confirmed(slack: SlackFake, live: Office, words: str = "complaint: x") -> str:
    said = live.heard(words)
    live.work()
    return str(slack.wait_for_post("C1", thread_ts=said).answer["ts"])


def test_a_note_is_logged_confirmed_and_corrected(slack: SlackFake, live: Office) -> None:
    post = confirmed(slack, live)
    slack.click("case:right", user="U1", ts=post)
    assert slack.wait_for_response().body["text"].startswith(f"Saved. {REFERENCE}: complaint")
    slack.click("case:change", user="U1", ts=post)
    view = slack.wait_for_modal("U1", "change")
    slack.submit(view, {"label": "other", "reason": "thanks only"})
    slack.wait(lambda: live.case().label.value == "other" or None, "change", poll=0.02)


def test_our_own_posts_make_no_case(slack: SlackFake, live: Office) -> None:
    confirmed(slack, live)
    slack.event({"type": "message", "channel": "C1", "user": BOT_USER, "text": "HC-2026-0001", "ts": ts(9)})
    slack.wait(lambda: len(slack.acks) == len(slack.envelopes), "acknowledgement of each")
    live.work()
    assert len(live.rows()) == 1 and live.received() == 1


def test_what_was_missed_is_read_back_once_with_its_threads(slack: SlackFake, live: Office) -> None:
    live.backfill()
    first = live.heard("complaint: live", 10)
    live.work()
    slack.reset_connections()
    slack.wait(lambda: slack.connections == 0, "lost line")
    slack.say("C1", "U1", "complaint: missed", ts=ts(20))
    slack.say("C1", "U1", "other: she rang again", ts=ts(30), thread_ts=first)
    assert live.backfill() == 2
    live.work()
    assert len(live.rows()) == 2 and len(live.case(1).messages) == 2
    assert live.backfill() == 0


def test_questions_are_answered_by_command_mention_and_direct_message(slack: SlackFake, live: Office) -> None:
    slack.command("/case", "what is overdue", user="U1", channel="C1")
    assert slack.wait_for_response().body["text"] == "Cases overdue: none."
    slack.mention("C1", "U1", "what is overdue", ts=ts())
    slack.wait_for_call("chat.postEphemeral", user="U1")
    slack.say("D1", "U1", "what is overdue")
    assert slack.wait_for_post("D1").args["text"] == "Cases overdue: none."


def test_home_opens_and_the_shortcut_logs_with_the_thread_above(slack: SlackFake, live: Office) -> None:
    slack.open_home("U1")
    slack.wait_for_home("U1")
    slack.workspace.channels["C2"].has_bot = True
    first = slack.say("C2", "U2", "Flat 3 rang")
    reply = slack.say("C2", "U2", "still no heating", thread_ts=first)
    slack.shortcut("log_complaint", user="U1", channel="C2", ts=reply)
    slack.wait_for_call("views.update")
    view = slack.wait_for_modal("U1", "log_complaint")
    slack.wait_for_ack(slack.submit(view, {}))
    live.work()
    assert live.case().received and len(live.rows()) == 1


def test_in_a_cases_thread_a_mention_means_that_case(slack: SlackFake, live: Office) -> None:
    note = live.heard("complaint: x")
    live.work()
    slack.mention("C1", "U1", "who has it", thread_ts=note)
    assert slack.wait_for_call("chat.postEphemeral").args["text"].startswith("Nobody has it yet.")


class _FromElsewhere(SlackFake):
    """Each click is of another workspace, which its user does not say."""

    def send(self, kind: str, payload: Json, retry_attempt: int = 0, retry_reason: str = "") -> Envelope:
        if kind == "interactive":
            payload = payload | {"user": {"id": payload["user"]["id"]}, "team": {"id": "T9OTHER"}}
        return super().send(kind, payload, retry_attempt, retry_reason)


def test_a_click_from_another_workspace_is_refused_where_only_the_click_says_so(tmp_path: Path) -> None:
    with small_workspace(_FromElsewhere) as fake, office(fake, tmp_path) as opened:
        fake.click("case:right", user="U1", ts=confirmed(fake, opened))
        assert fake.wait_for_response().body["text"] == "I only answer people of our own workspace."
        assert not opened.case().confirmed_by


class _WithoutHashes(SlackFake):
    """What is clicked in names no state of the view."""

    def send(self, kind: str, payload: Json, retry_attempt: int = 0, retry_reason: str = "") -> Envelope:
        if "view" in payload:
            payload = payload | {"view": {k: v for k, v in payload["view"].items() if k != "hash"}}
        return super().send(kind, payload, retry_attempt, retry_reason)


def test_a_review_goes_on_in_a_view_that_does_not_say_its_state(tmp_path: Path) -> None:
    with small_workspace(_WithoutHashes) as fake, office(fake, tmp_path) as opened:
        for n in range(2):
            log(opened.db, f"ask! request: boiler {n}")
        fake.open_home("U1")
        fake.click("home:review", user="U1", view=fake.wait_for_home("U1"))
        fake.click("review:start", user="U1", view=fake.wait_for_home("U1", 2))
        view = fake.wait_for_modal("U1", "review")
        fake.wait_for_ack(fake.click("review:skip", user="U1", view=view))
        fake.wait(lambda: view.revision > 1, "next case")
        assert "HC-2026-0002" in str(view.payload["blocks"])


# --- in trouble -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("7", 7.0),
        ("0.5", 1.0),
        ("0", 1.0),
        ("-3", 1.0),
        (None, 30.0),
        ("", 30.0),
        ("soon", 30.0),
        ("nan", 30.0),
        ("Wed, 21 Oct 2026 07:28:00 GMT", 30.0),
        ("99999999", 3600.0),
    ],
)
def test_however_slack_asks_to_slow_down_the_post_waits(
    strict: Office, header: str | None, wait: float
) -> None:
    take(strict.db, letter())
    row = outbox.claim(strict.db, strict.now)
    assert row is not None
    strict.slack.rate_limit("chat.postMessage", header)
    with pytest.raises(NotSaid) as caught:
        strict.voice.say(row)
    assert caught.value.wait == wait


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        (PAGE, 502, r"an answer that is not Slack's, HTTP 502"),
        (PAGE, 200, r"an answer that is not Slack's, HTTP 200"),
        ("", 500, r"an answer that is not Slack's, HTTP 500"),
        ("", 503, r"an answer that is not Slack's, HTTP 503"),
        ("null", 200, r"an answer that is not Slack's, HTTP 200"),
        ('{"ok": false}', 200, r"an answer that is not Slack's, HTTP 200"),
        ('{"ok": false, "error": "fatal_error"}', 200, r"fatal_error"),
    ],
)
def test_an_answer_that_is_not_slacks_is_no_answer_and_its_words_are_not_repeated(
    strict: Office, body: str, status: int, says: str
) -> None:
    take(strict.db, letter())
    row = outbox.claim(strict.db, strict.now)
    assert row is not None
    strict.slack.garble("chat.postMessage", body, status)
    with pytest.raises(NotSaid, match=says) as caught:
        strict.voice.say(row)
    assert not [x for x in PRIVATE if x in str(caught.value)] and caught.value.wait == 30.0
    assert strict.voice.say(row), "and it can be said afterwards"


def test_a_reading_that_slack_slows_down_waits_as_long_as_slack_says_and_goes_on(strict: Office) -> None:
    strict.backfill()
    strict.slack.say("C1", "U1", "complaint: x", ts=ts(5))
    strict.slack.rate_limit("conversations.history", "4", times=2)
    assert strict.backfill() == 1
    assert strict.paused == [4.0, 4.0]


@pytest.mark.parametrize("end", ["", "/"])
def test_the_base_url_is_taken_with_and_without_its_last_slash(strict: Office, end: str) -> None:
    base_url = strict.slack.base_url.rstrip("/") + end
    strict.voice = SlackVoice(WebClient(strict.slack.bot_token, base_url=base_url, retry_handlers=[]), 0)
    take(strict.db, letter())
    assert strict.say() == 2


def test_doctor_says_which_of_the_two_tokens_slack_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    with small_workspace() as fake:
        monkeypatch.setenv("SLACK_BOT_TOKEN", fake.bot_token)
        monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-wrong")
        Path("putright.toml").write_text(f'[slack]\nintake_channels = ["C1"]\napi_url = "{fake.base_url}"\n')
        told = CliRunner().invoke(main, ["doctor"]).output
    assert "ok   Slack takes the bot token." in told
    assert "BAD  Slack refuses the app token (invalid_auth). It begins with xapp-" in told


@pytest.mark.parametrize("kind", [SlackFake, SparseSlack, LavishSlack])
def test_doctor_names_a_missing_scope_whatever_the_case_of_the_header_and_is_silent_without_one(
    kind: type[SlackFake], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_workspace(kind) as fake:
        fake.manifest["oauth_config"]["scopes"]["bot"].remove("reactions:write")
        monkeypatch.setenv("SLACK_BOT_TOKEN", fake.bot_token)
        monkeypatch.setenv("SLACK_APP_TOKEN", fake.app_token)
        Path("putright.toml").write_text(f'[slack]\nintake_channels = ["C1"]\napi_url = "{fake.base_url}"\n')
        told = CliRunner().invoke(main, ["doctor"]).output
    assert "Slack takes the bot token." in told
    assert ("reactions:write" in told) is (kind is not SparseSlack)
