"""What was said after a case's first message, and buttons that are older than their case or than the program."""

import pytest

from putright.bot.slack_clicks import OUT_OF_DATE
from putright.cases import acts
from putright.cases.labels import Flag
from putright.storage.cases import Filter, listing
from tests.bot.clicks import REFERENCE, confirmed_note, modal, shown, told
from tests.bot.office import Office
from tests.harrowmere import do
from tests.slack_fake.server import SlackFake

GAS = "request: he also smells gas, emergency!"


@pytest.mark.parametrize("edited", [False, True], ids=["a reply in its thread", "an edit of it"])
def test_an_emergency_said_later_is_found_wherever_its_case_is(
    slack: SlackFake, live: Office, edited: bool
) -> None:
    said = live.heard("request: the bins")
    live.work()
    ts = str(slack.wait_for_post("C1", thread_ts=said).answer["ts"])
    if edited:
        slack.wait_for_ack(slack.edit("C1", said, GAS))
    else:
        slack.wait_for_ack(slack.say("C1", "U1", GAS, thread_ts=said))
    slack.wait(lambda: live.received() == 2, "the later words")
    live.work()
    alarm = next(str(x.answer["ts"]) for x in slack.posts if "possible emergency" in x.args["text"])
    for name, at in (("open", alarm), ("why", ts)):
        view = shown(modal(slack, name, at))
        assert "smells gas" in view and "POSSIBLE EMERGENCY" in view, name
    slack.command("/case", REFERENCE, user="U1", channel="C1")
    assert "POSSIBLE EMERGENCY" in repr(slack.wait_for_response().body)
    assert live.case().possible_hazard is Flag.HAZARD_EMERGENCY
    assert [x.reference for x in listing(live.db, Filter(emergency=True, unassigned=True))] == [REFERENCE]
    slack.wait_for_call("chat.update", ts=ts)
    assert "POSSIBLE EMERGENCY" in slack.workspace.channels["C1"].messages[ts]["text"]


def test_a_slash_me_message_is_a_note(slack: SlackFake, live: Office) -> None:
    slack.wait_for_ack(slack.say("C1", "U1", "request: rang about a tap", subtype="me_message"))
    live.work()
    assert [x.reference for x in live.rows()] == [REFERENCE]


@pytest.mark.parametrize(
    ("verb", "says"),
    [("unmerge", "has nothing to take apart"), ("unjoin", "there is none to take out")],
)
def test_where_there_is_nothing_to_choose_a_sentence_says_so(
    slack: SlackFake, live: Office, verb: str, says: str
) -> None:
    confirmed_note(slack, live)
    slack.command("/case", f"{verb} {REFERENCE}", user="U1", channel="C1")
    assert says in told(slack)


def test_a_name_that_could_ping_is_escaped_where_a_click_is_answered(slack: SlackFake, live: Office) -> None:
    ts = confirmed_note(slack, live)
    do(live.db, REFERENCE, acts.assign, handler="<!channel> <https://x.y|z>")
    slack.click("case:take", user="U1", ts=ts)
    assert told(slack).startswith("&lt;!channel&gt; &lt;https://x.y|z&gt; has")


def test_the_post_of_a_merged_case_names_the_case_that_it_is_part_of_and_no_more(
    slack: SlackFake, live: Office
) -> None:
    confirmed_note(slack, live, "complaint: the bins")
    live.heard("complaint: damp", after=60)
    live.work()
    live.heard("complaint: something ask!", after=120)
    live.work()
    slack.command("/case", "merge HC-2026-0003", user="U1", channel="C1")
    view = slack.wait_for_modal("U1", "merge")
    slack.wait_for_ack(slack.submit(view, {"other": "HC-2026-0002"}))
    live.work()
    (post,) = [
        x["text"]
        for x in slack.workspace.channels["C1"].messages.values()
        if x["text"].startswith("HC-2026-0003")
    ]
    assert post.split("\n") == ["HC-2026-0003 is part of HC-2026-0002 now.", "Details:  /case HC-2026-0002"]


@pytest.mark.parametrize("action", ["zzz", "case:nonsense", "case:offer:x", "review:label:zzz", "case:take"])
def test_a_button_that_nothing_takes_is_acknowledged_and_said_to_be_out_of_date(
    slack: SlackFake, live: Office, action: str
) -> None:
    ts = confirmed_note(slack, live)
    of_none = {"type": "button", "action_id": action, "text": {"type": "plain_text", "text": "Old"}}
    block = {"type": "actions", "block_id": "b", "elements": [of_none]}
    slack.workspace.channels["C1"].messages[ts]["blocks"] = [block]
    slack.wait_for_ack(slack.click(action, user="U1", ts=ts))
    assert told(slack) == OUT_OF_DATE


@pytest.mark.parametrize(
    "name", ["acknowledge", "assign", "change", "define", "escalate", "extend", "respond"]
)
def test_a_stale_button_of_a_closed_case_says_so_at_the_click(
    slack: SlackFake, live: Office, name: str
) -> None:
    ts = confirmed_note(slack, live, "request: a tap")
    do(live.db, REFERENCE, acts.close, reason="mended")
    element = {
        "type": "button",
        "action_id": f"case:{name}",
        "value": REFERENCE,
        "text": {"type": "plain_text", "text": "Old"},
    }
    slack.workspace.channels["C1"].messages[ts]["blocks"] = [
        {"type": "actions", "block_id": "b", "elements": [element]}
    ]
    slack.click(f"case:{name}", user="U1", ts=ts)
    said = told(slack)
    assert f"{REFERENCE} is already closed" in said and f"/case reopen {REFERENCE}" in said
