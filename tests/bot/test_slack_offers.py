"""What a case puts before a person is answered in Slack by one click, with authority checked and stale clicks told."""

from datetime import timedelta
from pathlib import Path

import pytest

from putright.cases import acts
from putright.cases.events import Kind
from putright.cases.labels import Label
from tests.bot.office import Office, office
from tests.harrowmere import ADDRESS, MONDAY, do, letter, take
from tests.slack_fake.server import SlackFake
from tests.slack_fake.workspace import Json, User


def post_with(slack: SlackFake, words: str) -> tuple[str, list[Json]]:
    """The newest post with a button of those words: its ts, and its buttons."""
    for call in reversed(slack.posts):
        buttons = [y for x in call.args["blocks"] if x["type"] == "actions" for y in x["elements"]]
        if any(x["text"]["text"] == words for x in buttons):
            return call.answer["ts"], buttons
    raise AssertionError(f"no post has the button {words}: {[x.args['text'] for x in slack.posts]}")


def press(slack: SlackFake, words: str, user: str = "U1") -> str:
    """Press a button and give what the clicker alone was told."""
    at, buttons = post_with(slack, words)
    (one,) = [x for x in buttons if x["text"]["text"] == words]
    told = len(slack.response_posts)
    slack.wait_for_ack(slack.click(one["action_id"], user=user, ts=at))
    return str(slack.wait_for_response(told + 1).body["text"])


ANSWERS = "In-Reply-To: <letter-1@post.example>\r\n"


def suggested(live: Office) -> None:
    """Two cases, the second of which may belong to the first."""
    live.heard("complaint: damp")
    live.heard("complaint: it is worse, see HC-2026-0001", after=60)
    live.work()


def test_a_suggested_join_is_taken_up_by_one_click(slack: SlackFake, live: Office) -> None:
    suggested(live)
    at, _ = post_with(slack, "Joins HC-2026-0001")
    told = press(slack, "Joins HC-2026-0001")
    assert told.startswith("HC-2026-0002 is part of HC-2026-0001 now.")
    assert live.case(2).joined_into == "HC-2026-0001" and len(live.case(1).messages) == 2
    slack.wait_for_call("chat.update", ts=at)
    assert "HC-2026-0001" in slack.workspace.channels["C1"].messages[at]["text"]


def test_or_left_as_a_new_case(slack: SlackFake, live: Office) -> None:
    suggested(live)
    assert press(slack, "New case").startswith("HC-2026-0002 stays a case of its own.")
    assert not live.case(2).joined_into
    (answered,) = live.case(2).of(Kind.ANSWERED)
    assert (answered.actor, answered.data["accepted"]) == ("U1", False)


@pytest.mark.parametrize(
    ("first", "then", "said"),
    [
        ("New case", "Joins HC-2026-0001", "U1 has answered this already: it was left."),
        ("Joins HC-2026-0001", "New case", "HC-2026-0002 is part of HC-2026-0001 already."),
    ],
)
def test_a_stale_click_is_told_who_was_quicker(
    slack: SlackFake, live: Office, first: str, then: str, said: str
) -> None:
    suggested(live)
    at, buttons = post_with(slack, then)
    (late,) = [x["action_id"] for x in buttons if x["text"]["text"] == then]
    press(slack, first)
    slack.wait_for_call("chat.update")
    slack.workspace.channels["C1"].messages[at]["blocks"] = [
        {"type": "actions", "block_id": "b", "elements": buttons}
    ]
    slack.wait_for_ack(slack.click(late, user="U2", ts=at))
    assert slack.wait_for_response(2).body["text"] == said


def test_who_is_no_handler_answers_nothing(slack: SlackFake, tmp_path: Path) -> None:
    slack.workspace.users["U3"] = User("U3")
    with office(slack, tmp_path, slack_more={"handlers": ("U2",)}) as live:
        suggested(live)
        assert "This needs a complaint handler" in press(slack, "Joins HC-2026-0001", user="U3")
        assert not live.case(2).joined_into
        press(slack, "Joins HC-2026-0001", user="U2")
        assert live.case(2).joined_into


def turned(live: Office) -> None:
    take(live.db, letter("request: boiler"))
    take(live.db, letter("complaint: 3rd no show", number=2, headers=ANSWERS))
    live.say()


def test_a_message_that_may_make_it_a_complaint_is_taken_up(slack: SlackFake, live: Office) -> None:
    turned(live)
    press(slack, "Is a complaint")
    assert live.case().label is Label.COMPLAINT


def test_or_left_with_a_reason_that_a_modal_asks_for(slack: SlackFake, live: Office) -> None:
    turned(live)
    at, buttons = post_with(slack, "Is none")
    action = next(x["action_id"] for x in buttons if x["text"]["text"] == "Is none")
    slack.wait_for_ack(slack.click(action, user="U1", ts=at))
    view = slack.wait_for_modal("U1", "decline")
    ack = slack.wait_for_ack(slack.submit(view, {"reason": " "}))
    assert ack.payload and "Say why" in ack.payload["errors"]["reason"]
    slack.wait_for_ack(slack.submit(view, {"reason": "she only asks for a date"}))
    (answered,) = live.case().of(Kind.ANSWERED)
    assert answered.data["reason"] == "she only asks for a date"
    assert live.case().label is Label.SERVICE_REQUEST


def defined(live: Office) -> None:
    """The complaint is confirmed, defined and acknowledged."""
    do(live.db, "HC-2026-0001", acts.confirm)
    do(live.db, "HC-2026-0001", acts.define, points=["damp"], outcomes=["dry"])
    do(live.db, "HC-2026-0001", acts.acknowledge)


def test_a_request_for_stage_2_is_taken_up_with_the_day_it_came(slack: SlackFake, live: Office) -> None:
    take(live.db, letter())
    defined(live)
    do(live.db, "HC-2026-0001", acts.respond, outcome="upheld", day=MONDAY.date())
    take(live.db, letter("Please take this to stage 2.", number=2, headers=ANSWERS))
    live.say()
    press(slack, "Asks for stage 2")
    assert live.case().escalated == MONDAY.date()


def test_staffs_mail_is_recorded_as_the_response_through_its_modal_on_the_day_it_was_sent(
    slack: SlackFake, live: Office
) -> None:
    take(live.db, letter())
    defined(live)
    raw = letter(
        "We uphold your complaint.",
        number=2,
        sender="Sam Reed <sam@harrowmere.example>",
        headers=f"{ANSWERS}Cc: complaints@harrowmere.example\r\n",
    )
    take(live.db, raw.replace(b"To: complaints@", f"To: {ADDRESS}, other@".encode(), 1))
    live.say()
    live.now += timedelta(days=2)
    at, buttons = post_with(slack, "The response")
    action = next(x["action_id"] for x in buttons if x["text"]["text"] == "The response")
    slack.wait_for_ack(slack.click(action, user="U1", ts=at))
    view = slack.wait_for_modal("U1", "respond")
    assert "By staff's mail of Mon 23 Nov 2026" in str(view.payload["blocks"])
    ack = slack.wait_for_ack(slack.submit(view, {"outcome": "upheld", "reasons": " "}))
    assert ack.payload and ack.payload["errors"]["reasons"]
    ack = slack.wait_for_ack(slack.submit(view, {"outcome": "upheld", "reasons": "nobody came"}))
    assert ack.payload and "(Code 7.2)" in ack.payload["errors"]["impact"]
    given = {"outcome": "upheld", "reasons": "nobody came", "impact": "weeks of cold"}
    slack.wait_for_ack(slack.submit(view, given))
    assert live.case().first.responded == MONDAY.date()
    (answered,) = live.case().of(Kind.ANSWERED)
    assert (answered.data["accepted"], answered.data["act"]) == (True, "response")


def test_the_case_itself_shows_what_is_open_with_its_buttons(slack: SlackFake, live: Office) -> None:
    suggested(live)
    slack.wait_for_ack(slack.command("/case", "HC-2026-0002", user="U1", channel="C1"))
    slack.wait_for_response()
    answer = slack.ephemerals("U1")[-1]
    slack.wait_for_ack(slack.click("case:open", user="U1", ts=answer["ts"]))
    view = slack.wait_for_modal("U1", "details")
    assert "May belong to" in str(view.payload["blocks"])
    slack.wait_for_ack(slack.click("case:offer:2:join:HC-2026-0001", user="U1", view=view))
    slack.wait(lambda: live.case(2).joined_into, "join", poll=0.05)
