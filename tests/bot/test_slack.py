"""Slack from end to end: the real Bolt app and socket on the strict fake, real storage, a stand-in reader."""

from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from sqlite_utils import Database

from putright.bot.slack_app import NotConnected, who_we_are
from putright.bot.slack_voice import SlackVoice
from putright.bot.voice import NotSaid
from putright.cases import acts
from putright.cases.labels import Label
from putright.storage import events, messages, outbox
from putright.storage.database import open_database
from tests.bot.office import Office, office, ts
from tests.harrowmere import MONDAY, PRIVATE, do, letter, take
from tests.slack_fake.bolt import client
from tests.slack_fake.example import small_workspace
from tests.slack_fake.server import SlackFake
from tests.slack_fake.workspace import BOT_USER

# --- messages in ----------------------------------------------------------------------------------


def test_slack_failing_to_say_who_we_are_loses_no_note(slack: SlackFake, live: Office) -> None:
    slack.fail("auth.test", "internal_error")
    live.heard("complaint: x")
    assert live.received() == 1


def test_messages_in_other_channels_are_left_alone(slack: SlackFake, live: Office) -> None:
    slack.wait_for_ack(slack.say("C4", "U1", "complaint: x"))
    assert live.received() == 0


def test_a_reply_below_the_post_about_a_mail_joins_that_mails_case(slack: SlackFake, live: Office) -> None:
    take(live.db, letter())
    live.say()
    first = slack.wait_for_post("C1").answer["ts"]
    slack.wait_for_post("C1", thread_ts=first)
    slack.wait_for_ack(slack.say("C1", "U1", "other: she rang again", thread_ts=first))
    live.work()
    assert len(live.rows()) == 1 and len(live.case().messages) == 2


def test_of_what_came_together_only_plain_notes_of_intake_channels_need_nothing_else(live: Office) -> None:
    def message(text: str, **more: str) -> dict[str, str]:
        return {"type": "message", "channel": "C1", "user": "U1", "text": text, "ts": ts(), **more}

    asked = f"<@{BOT_USER}> what is overdue?"
    bodies: list[Mapping[str, Any]] = [
        {"event": message("complaint: a note")},
        {"event": message("complaint: said before others", ts=ts(1)), "is_ext_shared_channel": True},
        {"event": message(asked)},
        {"event": message(asked, type="app_mention")},
        {"event": message("our own post", user=BOT_USER)},
        {"event": message("complaint: elsewhere", channel="C4")},
        {"event": {"type": "reaction_added", "user": "U1"}},
    ]
    assert live.desk.take_together(bodies) == [True, False, False, False, False, False, False]
    assert live.received() == 2, "what was said where others listen is kept too, and goes on to be told of"
    assert live.woken


def test_links_mentions_and_signs_come_in_as_the_words_that_were_typed(
    slack: SlackFake, live: Office
) -> None:
    live.heard(
        "complaint: <mailto:jo@x.example|jo@x.example> &lt;3 &amp; <!here> <https://x.example|her photo> <@U2>"
    )
    live.work()
    (message,) = messages.of_case(live.db, "HC-2026-0001")
    assert message.body == "complaint: jo@x.example <3 & @here her photo @U2"


# --- questions ------------------------------------------------------------------------------------


def test_a_question_to_the_bot_is_answered_to_the_asker_alone_and_not_logged(
    slack: SlackFake, live: Office
) -> None:
    take(live.db, letter("complaint: x"))
    said = slack.mention("C1", "U1", "what is due next week?", ts=ts())
    slack.wait_for_call("chat.postEphemeral", user="U1", channel="C1")
    slack.wait(lambda: slack.acked_about(said, 2), "two acknowledgements")
    (answer,) = slack.ephemerals("U1")
    assert answer["text"] == (
        "Cases due next week (Mon 30 Nov to Sun 6 Dec 2026): 1.\n"
        "HC-2026-0001  complaint, acknowledge by Mon 30 Nov 2026, repairs, unassigned"
    ), "the fallback says what the blocks say"
    assert live.received() == 1, "only the letter"


def test_a_question_to_the_bot_about_somebody_with_cases_is_known_however_it_is_written(
    slack: SlackFake, live: Office
) -> None:
    take(live.db, letter("complaint: x"))
    do(live.db, "HC-2026-0001", acts.assign, handler="Priya Shah")
    slack.mention("C1", "U1", "what is due next week for priya shah", ts=ts())
    slack.wait_for_call("chat.postEphemeral", user="U1")
    assert slack.ephemerals("U1")[0]["text"].startswith(
        "Cases due next week (Mon 30 Nov to Sun 6 Dec 2026) with Priya Shah: 1."
    )
    assert live.received() == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("when is it due?", "HC-2026-0001: complaint, acknowledge by"),
        ("when is the response due", "HC-2026-0001: answer by"),
        ("who has it", "Nobody has it yet."),
        ("why", "HC-2026-0001: complaint"),
        ("what's the status of this", "HC-2026-0001: complaint"),
        ("show the definition", "HC-2026-0001: 1 point"),
        ("any update on this?", "HC-2026-0001: complaint"),
        ("what is overdue", "Cases overdue: none."),
        ("how many complaints this week", "Complaints received this week"),
        ("who has HC-2026-0404", "There is no case HC-2026-0404."),
        ("extend it", "Nothing was changed: do that with the button, on HC-2026-0001."),
        ("assign it to Priya please", "Nothing was changed: do that with the button, on HC-2026-0001."),
    ],
)
def test_in_a_cases_thread_it_is_that_case(slack: SlackFake, live: Office, text: str, said: str) -> None:
    note = live.heard("complaint: x")
    live.work()
    slack.mention("C1", "U1", text, thread_ts=note)
    slack.wait_for_call("chat.postEphemeral")
    assert said in slack.ephemerals("U1")[0]["text"]
    live.work()
    assert len(live.case().messages) == 1


@pytest.mark.parametrize(
    "text", ["change the locks, she is afraid", "extend the fence to keep dogs out", "give her a call"]
)
def test_what_only_begins_like_an_order_joins_the_case(slack: SlackFake, live: Office, text: str) -> None:
    note = live.heard("complaint: x")
    live.work()
    said = slack.mention("C1", "U1", text, thread_ts=note)
    slack.wait(lambda: slack.acked_about(said, 2), "two acknowledgements")
    live.work()
    assert len(live.case().messages) == 2 and not slack.ephemerals("U1")


def test_a_button_stands_beside_what_is_asked_to_be_done(slack: SlackFake, live: Office) -> None:
    note = live.heard("complaint: x")
    live.work()
    slack.mention("C1", "U1", "extend it", thread_ts=note)
    slack.wait_for_call("chat.postEphemeral")
    (answer,) = slack.ephemerals("U1")
    slack.wait_for_ack(slack.click("case:extend", user="U1", ts=answer["ts"]))
    slack.wait_for_modal("U1", "extend")


def test_the_command_says_that_it_knows_no_thread(slack: SlackFake, live: Office) -> None:
    live.heard("complaint: x")
    live.work()
    slack.wait_for_ack(slack.command("/case", "when is it due", user="U1", channel="C1"))
    slack.wait_for_response()
    assert "does not know which thread" in slack.ephemerals("U1")[0]["text"]


@pytest.mark.parametrize(
    "text",
    [
        "Mrs K at 12 Ashdown says her repair is late again",
        "complaint: boiler off again",
        "leak in the kitchen",
        "Mr Ali rang about HC-2026-0001, still no repair and he is furious",
    ],
)
def test_words_to_the_bot_that_are_no_question_are_logged_and_not_answered_otherwise(
    slack: SlackFake, live: Office, text: str
) -> None:
    said = slack.mention("C1", "U1", text, ts=ts())
    slack.wait(lambda: slack.acked_about(said, 2), "two acknowledgements")
    live.work()
    assert [x.body for x in messages.of_case(live.db, "HC-2026-0001")] == [text]
    assert slack.wait_for_post("C1", thread_ts=said) and slack.ephemerals("U1") == []


def test_a_mention_elsewhere_is_answered_whatever_it_is(slack: SlackFake, live: Office) -> None:
    slack.workspace.channels["C2"].has_bot = True
    slack.mention("C2", "U1", "nonsense")
    slack.wait_for_call("chat.postEphemeral", channel="C2")
    assert slack.ephemerals("U1")[0]["text"] == "Is this something a resident said?"


def test_in_a_channel_shared_with_another_organisation_nothing_is_answered(
    slack: SlackFake, live: Office
) -> None:
    take(live.db, letter())
    slack.mention("C4", "U1", "what's overdue")
    slack.wait_for_call("chat.postEphemeral", channel="C4")
    assert slack.ephemerals("U1")[0]["text"].startswith("I do not answer in channels shared with")


def test_a_person_corrects_a_case_by_command_with_a_reason(slack: SlackFake, live: Office) -> None:
    take(live.db, letter("request: tap"))
    slack.command(
        "/case", "hc-2026-0001 is a complaint because it is the third visit", user="U1", channel="C1"
    )
    assert slack.wait_for_response().body["text"] == (
        "Thank you. HC-2026-0001: complaint, acknowledge by Mon 30 Nov 2026 (Code 6.2)."
    )
    last = live.case().labels[-1]
    assert (last.label, last.actor, last.reason) == (Label.COMPLAINT, "U1", "it is the third visit")


def test_a_person_corrects_a_case_by_mention_and_that_is_not_logged(slack: SlackFake, live: Office) -> None:
    take(live.db, letter("request: tap"))
    slack.mention("C1", "U1", "HC-2026-0001 is complaint because it is the third visit", ts=ts())
    slack.wait_for_call("chat.postEphemeral")
    assert live.case().label is Label.COMPLAINT and live.received() == 1


@pytest.mark.parametrize(
    "typed",
    [
        "who said HC-2026-0001 is a complaint?",
        "HC-2026-0001 is a complaint?",
        "HC-2026-0001 is other people's fault",
        "is HC-2026-0001 a complaint",
        "HC-2026-0001 is not a complaint",
    ],
)
def test_asking_about_a_label_changes_none(slack: SlackFake, live: Office, typed: str) -> None:
    take(live.db, letter("request: tap"))
    slack.command("/case", typed, user="U1", channel="C1")
    slack.wait_for_response()
    assert live.case().version == 1


def test_a_refused_act_says_why_with_its_paragraph(slack: SlackFake, live: Office) -> None:
    take(live.db, letter("complaint: x"))
    do(live.db, "HC-2026-0001", acts.define, points=["x"], outcomes=["y"])
    do(live.db, "HC-2026-0001", acts.acknowledge)
    slack.command("/case", "HC-2026-0001 is other because I say so", user="U1", channel="C1")
    assert slack.wait_for_response().body["text"].endswith("(Code 2.1)")


def test_while_the_database_is_damaged_the_command_says_so(slack: SlackFake, live: Office) -> None:
    broken = live.path.with_name("broken.db")
    broken.write_bytes(b"no database " * 500)
    live.open = lambda: open_database(broken)
    slack.wait_for_ack(slack.command("/case", "overdue", user="U1", channel="C1"))
    assert "is damaged or no database" in slack.wait_for_response().body["text"]


def test_a_fault_of_ours_is_answered_with_a_number_and_the_log_holds_no_words(
    slack: SlackFake, live: Office, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> Database:
        raise ZeroDivisionError

    live.open = broken
    slack.wait_for_ack(slack.command("/case", "overdue mushrooms", user="U1", channel="C1"))
    said = slack.wait_for_response().body["text"]
    assert said.startswith("Something went wrong here (number ") and said.endswith(". Please try again.")
    assert said.split("number ")[1][:6] in caplog.text and "mushrooms" not in caplog.text


@pytest.mark.parametrize("how", ["mention", "direct message"])
def test_a_fault_of_ours_is_answered_to_a_mention_and_a_direct_message_too(
    slack: SlackFake,
    live: Office,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    how: str,
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(live.desk, "answer", broken)
    if how == "mention":
        slack.mention("C1", "U1", "what is overdue", ts=ts())
        said = slack.wait_for_call("chat.postEphemeral", user="U1").args["text"]
    else:
        slack.say("D1", "U1", "what is overdue")
        said = slack.wait_for_post("D1").args["text"]
    assert said.startswith("Something went wrong here (number ")


# --- posts out ------------------------------------------------------------------------------------


def test_a_post_that_was_claimed_but_not_said_when_the_program_died_is_said(
    slack: SlackFake, quiet: Office
) -> None:
    take(quiet.db, letter())
    assert outbox.claim(quiet.db, quiet.now) is not None  # and here it dies
    assert quiet.say() == 0, "somebody may still be saying it"
    assert quiet.say(after=61) == 2 and len(slack.posts) == 2


def test_a_confirmation_whose_note_was_deleted_is_said_in_the_channel(slack: SlackFake, live: Office) -> None:
    said = live.heard("complaint: x")
    slack.delete("C1", said)
    live.work()
    assert "thread_ts" not in slack.wait_for_post("C1").args


@pytest.mark.parametrize(
    ("error", "advice", "wait"),
    [
        ("not_in_channel", "invite it with /invite @putright", 300),
        ("channel_not_found", "check slack.mail_channel", 300),
        ("invalid_auth", "check SLACK_BOT_TOKEN", 300),
        ("internal_error", r"Slack refused it \(internal_error\)", 30),
        ("invalid_blocks", r"Slack refused it \(invalid_blocks\)", 300),
    ],
)
def test_what_slack_refuses_is_kept_and_said_in_words_that_help(
    slack: SlackFake, quiet: Office, error: str, advice: str, wait: float
) -> None:
    take(quiet.db, letter())
    row = outbox.claim(quiet.db, quiet.now)
    assert row is not None
    slack.fail("chat.postMessage", error)
    with pytest.raises(NotSaid, match=advice) as caught:
        quiet.voice.say(row)
    assert caught.value.wait == wait
    assert not [x for x in PRIVATE if x in str(caught.value)]


def test_when_slack_cannot_be_reached_the_post_is_kept(tmp_path: Path) -> None:
    with small_workspace() as gone:
        port = gone.base_url
    with office(gone, tmp_path, listening=False) as quiet:
        quiet.voice = SlackVoice(WebClient("xoxb-x", base_url=port, retry_handlers=[]), 0)
        take(quiet.db, letter())
        assert quiet.say() == 0 and outbox.unsent(quiet.db) == 2


# --- while nobody listened ------------------------------------------------------------------------


def test_a_live_message_does_not_hide_those_that_were_missed_before_it(
    slack: SlackFake, tmp_path: Path
) -> None:
    with office(slack, tmp_path) as first:
        first.backfill()
        slack.reset_connections()
        slack.wait(lambda: slack.connections == 0, "lost line")
    slack.say("C1", "U1", "complaint: missed", ts=ts(10))
    with office(slack, tmp_path, now=MONDAY + timedelta(days=2)) as second:
        second.heard("complaint: live", 86400 * 2)
        second.work()
        assert second.backfill() == 1
        second.work()
        assert len(second.rows()) == 2


# --- connecting -----------------------------------------------------------------------------------


def test_a_wrong_bot_token_is_one_sentence(slack: SlackFake) -> None:
    web = client(slack)
    web.token = "xoxb-wrong"
    with pytest.raises(NotConnected) as caught:
        who_we_are(web)
    assert str(caught.value) == (
        "Slack refuses the bot token (invalid_auth). Copy it again from the app's page into SLACK_BOT_TOKEN."
    )


def test_every_event_and_command_of_the_manifest_is_acknowledged(slack: SlackFake, live: Office) -> None:
    slack.open_home("U1")
    slack.join("C1", "U2")
    slack.mention("C1", "U1", "help")
    slack.say("D1", "U1", "help")
    slack.command("/case", "help", user="U1", channel="C1")
    slack.wait(
        lambda: len({x.envelope_id for x in slack.acks}) == len(slack.envelopes), "acknowledgement of each"
    )


def test_the_log_of_events_stays_whole_through_it_all(live: Office) -> None:
    for number in range(5):
        live.heard(f"complaint: {number}", number)
    live.work()
    with closing(live.open_db()) as db:
        assert list(events.broken_links(db)) == []


@pytest.mark.parametrize(
    "typed", ["1", "status of 1", "who has 1", "when is it due", "when is hc 2026 1 due"]
)
def test_an_answer_about_one_case_opens_it(slack: SlackFake, live: Office, typed: str) -> None:
    said = live.heard("complaint: x")
    live.work()
    if "it" in typed.split():
        slack.mention("C1", "U1", typed, ts=ts(60), thread_ts=said)
        blocks = slack.wait_for_call("chat.postEphemeral").args["blocks"]
    else:
        slack.command("/case", typed, user="U1", channel="C1")
        blocks = slack.wait_for_response().body["blocks"]
    (opens,) = [x for block in blocks for x in block.get("elements", ()) if x.get("action_id") == "case:open"]
    assert opens["value"] == "HC-2026-0001"
