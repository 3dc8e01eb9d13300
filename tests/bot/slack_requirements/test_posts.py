"""Requirements 6 to 8, 11, 18 and 19 of Slack: what is said is said once, in its time, harmless, private and valid."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from putright.bot.slack_voice import SlackVoice
from putright.cases import acts
from putright.storage import intake, messages, outbox
from putright.triage.remind import queue_digest
from tests.bot.clicks import REFERENCE, WORDS, buttons, confirmed_note, modal, shown, told
from tests.bot.office import Office, ts
from tests.harrowmere import LANDLORD, MONDAY, PRIVATE, do, letter, log, on, take
from tests.slack_fake.server import SlackFake
from tests.slack_fake.workspace import View


def test_06_nothing_is_posted_before_slacks_retry_after_is_over(slack: SlackFake, quiet: Office) -> None:
    clock = [0.0]
    quiet.voice = SlackVoice(quiet.web, 0, clock=lambda: clock[0])
    take(quiet.db, letter())
    slack.rate_limit("chat.postMessage", retry_after=7, times=2)

    def tries() -> int:
        return len([x for x in slack.calls if x.method == "chat.postMessage"])

    assert quiet.say() == 0 and tries() == 1
    clock[0] = 6.9
    assert quiet.say(after=6.9) == 0 and tries() == 1
    clock[0] = 7.1
    assert quiet.say(after=0.2) == 0
    clock[0] = 14.2
    assert quiet.say(after=7.1) == 2
    assert len(slack.posts) == 2 and outbox.unsent(quiet.db) == 0


def test_06_posts_in_one_channel_keep_their_distance_and_another_channel_does_not_wait(
    slack: SlackFake, quiet: Office
) -> None:
    clock = [0.0]
    quiet.voice = SlackVoice(quiet.web, 1, clock=lambda: clock[0])
    slack.workspace.channels["C2"].has_bot = True
    for number, channel in enumerate(("C1", "C1", "C2")):
        outbox.put(
            quiet.db,
            key=f"{number}",
            kind="x",
            channel=channel,
            payload={"title": "x", "lines": []},
            made_at=MONDAY,
        )
    assert quiet.say() == 2 and {c.args["channel"] for c in slack.posts} == {"C1", "C2"}
    assert quiet.say() == 0
    clock[0] = 1.0
    assert quiet.say() == 1


@pytest.mark.parametrize("what", ["a mail's first line", "a note's confirmation"])
def test_06_a_post_whose_answer_was_lost_is_found_and_not_said_again(
    slack: SlackFake, quiet: Office, what: str
) -> None:
    if what == "a mail's first line":
        take(quiet.db, letter())
    else:
        slack.say("C1", "U1", "complaint: x", ts=ts())
        intake.heard(quiet.db, "slack:T0LANDLORD", "C1", ts(-60))
        quiet.backfill()
    slack.lose_answer("chat.postMessage")
    quiet.work()
    assert len(slack.posts) == 1 and outbox.unsent(quiet.db) > 0
    quiet.say(after=6)
    keys = [c.args["metadata"] for c in slack.posts]
    assert outbox.unsent(quiet.db) == 0 and len(keys) == len({str(x) for x in keys})


def test_06_a_post_that_was_said_but_not_marked_when_the_program_died_is_not_repeated(
    slack: SlackFake, quiet: Office
) -> None:
    take(quiet.db, letter())
    row = outbox.claim(quiet.db, quiet.now)
    assert row is not None
    first = quiet.voice.say(row)  # and here it dies
    quiet.say(after=61)
    assert len(slack.posts) == 2
    assert slack.posts[1].args["thread_ts"] == first, "the confirmation found its thread"


def test_08_why_is_shown_to_the_clicker_alone_and_no_post_holds_the_words(
    slack: SlackFake, live: Office
) -> None:
    ts = confirmed_note(slack, live)
    view = modal(slack, "why", ts)
    assert "It was marked as complaint." in shown(view)
    modal(slack, "define", ts)
    slack.click("case:right", user="U1", ts=ts)
    told(slack)
    slack.wait_for_call("chat.update")
    said = [c.args for c in slack.calls if c.method.startswith("chat.")]
    assert not [x for x in PRIVATE if x.lower() in repr(said).lower()]


def test_08_and_11_a_sure_note_is_confirmed_in_its_thread_without_a_word_of_it(
    slack: SlackFake, live: Office
) -> None:
    said = live.heard(WORDS)
    assert live.received() == 1 and live.woken == 1
    live.work()
    post = slack.wait_for_post("C1", thread_ts=said)
    assert post.args["text"].splitlines() == [
        "HC-2026-0001: complaint, acknowledge by Mon 30 Nov 2026 (Code 6.2).",
        "Sure. It was marked as complaint. (Code 1.2)",
        "Details:  /case HC-2026-0001",
    ]
    everything = repr(slack.everything_sent()).lower()
    assert not [x for x in PRIVATE if x.lower() in everything]
    (message,) = messages.of_case(live.db, "HC-2026-0001")
    assert (message.body, message.sender.name) == (WORDS, "U1")


def test_11_an_unsure_note_is_logged_at_once_and_the_reply_asks(slack: SlackFake, live: Office) -> None:
    said = live.heard("request: tap ask!")
    live.work()
    text = slack.wait_for_post("C1", thread_ts=said).args["text"]
    assert text.startswith(
        "HC-2026-0001: perhaps a service request, to be confirmed, acknowledge by Mon 30 Nov"
    )
    assert "Please say what it is:  /case HC-2026-0001 is complaint" in text


HOSTILE = (
    "complaint: <!channel> <!here> <@U2> &lt;!everyone&gt; <https://evil.example|https://bank.example> *bold* `x` & "
    "<!subteam^S1> </script>"
)


def test_07_no_words_of_a_resident_can_ping_or_pose_as_a_link_on_any_surface(
    slack: SlackFake, live: Office
) -> None:
    post = confirmed_note(slack, live, HOSTILE)
    for name in ("why", "change", "define"):
        modal(slack, name, post)
    do(live.db, REFERENCE, acts.assign, handler="<!channel>")
    slack.command("/case", "open cases", user="U1", channel="C1")
    slack.wait_for_response()
    slack.click("home:due", user="U1", view=opened_home(slack))
    slack.wait_for_home("U1", 2)
    parsed = [text for payload in slack.everything_sent() for text in parsed_texts(payload)]
    assert any("&lt;!channel&gt;" in text for text in parsed) and "bank.example" in repr(
        slack.everything_sent()
    )
    assert not [text for text in parsed if re.search(r"<[!@#]|<http", text)]


def parsed_texts(payload: Any) -> Iterator[str]:
    """The texts of a payload in which Slack looks for mentions and links; it does in no `plain_text`."""
    if isinstance(payload, str) and payload[:1] in ("{", "["):
        yield from parsed_texts(json.loads(payload))
    elif isinstance(payload, list):
        for part in payload:
            yield from parsed_texts(part)
    elif isinstance(payload, dict):
        if isinstance(payload.get("text"), str) and payload.get("type") != "plain_text":
            yield payload["text"]
        for part in payload.values():
            yield from parsed_texts(part)


def opened_home(slack: SlackFake) -> View:
    slack.open_home("U1")
    return slack.wait_for_home("U1")


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2026-11-28", False),
        ("2026-11-29", False),
        ("2026-12-25", False),
        ("2026-11-30", True),
    ],
    ids=["a Saturday", "a Sunday", "a bank holiday", "a Monday"],
)
def test_18_one_digest_on_a_working_day_with_the_overdue_named(
    slack: SlackFake, quiet: Office, when: str, said: bool
) -> None:
    log(quiet.db, "complaint: x", received=MONDAY - timedelta(days=21))
    assert queue_digest(quiet.db, LANDLORD, on(when)) is said
    assert not queue_digest(quiet.db, LANDLORD, on(when)), "and once"
    quiet.say()
    digests = [c.args["text"] for c in slack.posts if "OVERDUE, in breach of the Code: 1" in c.args["text"]]
    assert len(digests) == said and all(REFERENCE in text for text in digests)


def test_18_an_assignee_cannot_put_off_the_reminder_of_what_is_overdue(
    slack: SlackFake, live: Office
) -> None:
    log(live.db, "complaint: x", received=MONDAY - timedelta(days=21))
    slack.open_home("U1")
    slack.click("home:unassigned", user="U1", view=slack.wait_for_home("U1"))
    slack.click("case:open", user="U1", view=slack.wait_for_home("U1", 2))
    view = slack.wait_for_modal("U1", "details")
    assert "case:assign" in buttons(view.payload["blocks"])
    assert "case:snooze" not in buttons(view.payload["blocks"])


def test_19_a_very_long_note_is_taken_by_slack_on_every_surface(slack: SlackFake, live: Office) -> None:
    post = confirmed_note(slack, live, "complaint: " + "The boiler is off again & nobody came. " * 110)
    for name in ("why", "change", "define"):
        modal(slack, name, post)
    slack.command("/case", f"status of {REFERENCE}", user="U1", channel="C1")
    modal(slack, "open", str(slack.wait_for_response().ts))
    assert slack.refusals == []
