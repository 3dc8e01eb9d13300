"""Slack says Slack's way of doing a thing, not the terminal's."""

import pytest

from putright.bot.slack_blocks import post_text
from putright.bot.slack_words import in_slack
from putright.triage.posts import Post
from tests.bot.office import Office
from tests.slack_fake.server import SlackFake

REF = "HC-2026-0007"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            f"There is no case {REF}. `putright cases` lists them all.",
            f"There is no case {REF}. `/case open cases` lists those that are open.",
        ),
        (f"`putright case timeline {REF}` has it.", f"`/case timeline of {REF}` has it."),
        (
            "They hear next by Mon 9 Nov 2026; --next sets the day that was agreed with them.",
            "They hear next by Mon 9 Nov 2026; an update, under More…, sets another day that was agreed with them.",
        ),
        (
            f"`putright case timeline {REF}` has the particulars.",
            f"Where putright runs, `putright case timeline {REF}` has the particulars.",
        ),
        ("`putright parked` lists them with the reason.", "`/case parked` lists them with the reason."),
        ("To give it:  putright case assign REF --to NAME", "To give it:  `/case assign REF`"),
        (
            f'First:  putright case respond {REF} --outcome "..." --reason "..." --on YYYY-MM-DD',
            f"First:  `/case respond {REF}`",
        ),
        (f"run  putright case define {REF}  first.", f"run  `/case define {REF}`  first."),
        ("To log it:  putright note TEXT --by NAME", "To log it:  `/case log TEXT`"),
        ("Ask putright what is due.", "Ask putright what is due."),
    ],
)
def test_a_command_of_the_terminal_is_said_as_it_is_done_in_slack(typed: str, said: str) -> None:
    assert in_slack(typed) == said


def test_beside_buttons_that_answer_no_command_does_the_same() -> None:
    lines = (f"If so:  putright case accept {REF}", f"If not:  putright case decline {REF}")
    post = Post(f"{REF} may belong to HC-2026-0001: x.", lines, REF, ("offer:1:join:HC-2026-0001",))
    assert post_text(post) == post.title


def test_whoever_asks_how_to_do_something_is_told_slacks_way(slack: SlackFake, live: Office) -> None:
    slack.command("/case", f"could you extend {REF}", user="U1", channel="C1")
    said = str(slack.wait_for_response().body["text"])
    assert "putright case" not in said and "`/case extend " in said
