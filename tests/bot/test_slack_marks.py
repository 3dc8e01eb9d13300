"""A note that was logged is marked in Slack, and nothing hangs on the mark."""

import pytest

from putright.storage import outbox
from tests.bot.office import Office
from tests.slack_fake.server import SlackFake
from tests.slack_fake.workspace import Json


def marks(slack: SlackFake, ts: str) -> list[Json]:
    found: list[Json] = slack.workspace.channels["C1"].messages[ts].get("reactions", [])
    return found


def test_a_note_and_a_reply_that_joins_its_case_are_marked_once(slack: SlackFake, live: Office) -> None:
    note = live.heard("complaint: damp")
    live.work()
    reply = live.heard("and mould", thread_ts=note, after=60)
    live.work()
    slack.edit("C1", note, "complaint: damp, and mould")
    live.work()
    for one in (note, reply):
        assert [(x["name"], x["count"]) for x in marks(slack, one)] == [("memo", 1)]
    assert not outbox.unsent(live.db)


@pytest.mark.parametrize("error", ["already_reacted", "missing_scope", "message_not_found", "no_reaction"])
def test_a_mark_that_slack_refuses_is_left_out(slack: SlackFake, live: Office, error: str) -> None:
    slack.fail("reactions.add", error)
    live.heard("complaint: damp")
    live.work()
    assert len(slack.posts) == 1 and not outbox.unsent(live.db)


def test_a_mark_waits_as_long_as_slack_asks_and_holds_up_no_post(slack: SlackFake, live: Office) -> None:
    slack.rate_limit("reactions.add", 30)
    first = live.heard("complaint: damp")
    live.work()
    live.heard("complaint: mould", after=1)
    live.work()
    assert len(slack.posts) == 2 and not marks(slack, first)
    live.say(after=31)
    assert marks(slack, first) and not outbox.unsent(live.db)


def test_after_three_tries_without_an_answer_the_mark_is_left_out(slack: SlackFake, live: Office) -> None:
    slack.fail("reactions.add", "ratelimited", status=429, times=9)
    live.heard("complaint: damp")
    live.work()
    for _ in range(4):
        live.say(after=61)
    assert not outbox.unsent(live.db)
    assert len([x for x in slack.calls if x.method == "reactions.add"]) == 3
