"""What is told to the bot itself, by mention, in direct messages and by `/case log`: logged, or asked about."""

import pytest

from putright.bot.slack_screen import TOO_LATE
from putright.storage import messages
from tests.bot.clicks import REFERENCE, buttons, shown
from tests.bot.office import Office
from tests.slack_fake.server import SlackFake

TOLD = [
    "Mr Fox wants to complain about mould",
    "Mrs Hay is very unhappy that nobody fixed her heating for 3 weeks and wants to complain",
    "please log this: Flat 3 rang, still no heating",
    "log flat 3 has damp",
]


@pytest.mark.parametrize("text", TOLD)
def test_what_a_resident_said_is_logged_from_a_direct_message(
    slack: SlackFake, live: Office, text: str
) -> None:
    said = slack.say("D1", "U1", text)
    slack.wait_for_ack(said)
    live.work()
    assert [x.body for x in messages.of_case(live.db, REFERENCE)] == [text]
    assert REFERENCE in slack.wait_for_post("D1", thread_ts=said).args["text"]


@pytest.mark.parametrize("text", TOLD)
def test_and_from_a_mention_in_any_of_our_channels(slack: SlackFake, live: Office, text: str) -> None:
    slack.workspace.channels["C2"].has_bot = True
    said = slack.mention("C2", "U1", text)
    slack.wait(lambda: slack.acked_about(said, 2), "two acknowledgements")
    live.work()
    assert [x.body for x in messages.of_case(live.db, REFERENCE)] == [text]
    assert (
        slack.wait_for_post("C2", thread_ts=said) and slack.ephemerals("U1") == [] and len(live.rows()) == 1
    )


def test_what_may_be_either_is_asked_about_and_logged_by_its_button(slack: SlackFake, live: Office) -> None:
    slack.say("D1", "U1", "leaking roof at 12 Ash Road")
    asked = slack.wait_for_post("D1")
    assert asked.args["text"] == "Is this something a resident said?"
    assert buttons(asked.args["blocks"]) == ["told:log", "told:question"]
    slack.click("told:log", user="U1", ts=str(asked.answer["ts"]))
    view = slack.wait_for_modal("U1", "log_complaint")
    assert "leaking roof at 12 Ash Road" in shown(view)
    slack.wait_for_ack(slack.submit(view, {}))
    live.work()
    assert [x.body for x in messages.of_case(live.db, REFERENCE)] == ["leaking roof at 12 Ash Road"]


def test_and_clicked_again_where_slack_was_too_slow_to_open_the_modal(slack: SlackFake, live: Office) -> None:
    slack.say("D1", "U1", "leaking roof at 12 Ash Road")
    asked = slack.wait_for_post("D1")
    slack.fail("views.open", "expired_trigger_id")
    slack.wait_for_ack(slack.click("told:log", user="U1", ts=str(asked.answer["ts"])))
    assert slack.wait_for_response().body["text"] == TOO_LATE


def test_or_answered_where_it_was_a_question(slack: SlackFake, live: Office) -> None:
    slack.workspace.channels["C2"].has_bot = True
    slack.mention("C2", "U1", "boiler off again")
    slack.wait_for_call("chat.postEphemeral", channel="C2")
    (asked,) = slack.ephemerals("U1")
    slack.click("told:question", user="U1", ts=asked["ts"])
    assert "heating" in str(slack.wait_for_response().body["text"]) and not live.rows()


def test_a_note_by_command_is_answered_with_its_reference(slack: SlackFake, live: Office) -> None:
    slack.wait_for_ack(slack.command("/case", "log request: tap ask! & < at flat 3", user="U1", channel="C1"))
    slack.wait(lambda: live.received() == 1, "note")
    live.work()
    answered = slack.wait_for_response()
    assert str(answered.body["text"]).startswith(f"{REFERENCE}: perhaps")
    assert "Please say what it is" in answered.body["text"]
    assert "case:label:complaint" in buttons(answered.body["blocks"])
    assert [x.body for x in messages.of_case(live.db, REFERENCE)] == ["request: tap ask! & < at flat 3"]


def test_a_note_without_words_is_asked_for_them(slack: SlackFake, live: Office) -> None:
    slack.command("/case", "log", user="U1", channel="C1")
    assert str(slack.wait_for_response().body["text"]).startswith("Say what the resident said")
    assert not live.received()
