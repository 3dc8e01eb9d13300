"""Requirements 9, 10, 12 and 15 to 17 of Slack: who may act, what one click does, and where staff look."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from putright.cases import acts
from putright.cases.labels import Label
from putright.cases.record import record
from putright.cases.records.ending import WITHDRAW
from tests.bot.clicks import REFERENCE, WORDS, confirmed_note, modal, shown, told
from tests.bot.office import Office, office
from tests.harrowmere import MONDAY, do, letter, log, take
from tests.slack_fake.server import SlackFake


@pytest.fixture
def guarded(slack: SlackFake, tmp_path: Path) -> Iterator[Office]:
    """putright where only the group S1 (U1) handles cases."""
    with office(slack, tmp_path, slack_more={"handlers": ("S1",)}) as opened:
        yield opened


def test_09_who_is_no_handler_is_refused_in_private_and_nothing_changes(
    slack: SlackFake, guarded: Office
) -> None:
    ts = confirmed_note(slack, guarded)
    slack.click("case:right", user="U2", ts=ts)
    assert told(slack).startswith("This needs a complaint handler.")
    slack.click("case:why", user="U2", ts=ts)
    assert told(slack, 2).startswith("This needs a complaint handler.")
    slack.command("/case", "what is overdue", user="U2", channel="C1")
    assert told(slack, 3).startswith("This needs a complaint handler.")
    assert not guarded.case().confirmed_by and slack.modal("U2") is None
    slack.click("case:right", user="U1", ts=ts)
    assert told(slack, 4).startswith("Saved.")


def test_09_a_group_that_cannot_be_read_refuses(slack: SlackFake, guarded: Office) -> None:
    ts = confirmed_note(slack, guarded)
    slack.fail("usergroups.users.list", "internal_error")
    slack.click("case:right", user="U1", ts=ts)
    assert "cannot read" in told(slack)
    assert not guarded.case().confirmed_by


def test_09_a_role_lost_while_the_modal_was_open_is_refused_at_submission(
    slack: SlackFake, guarded: Office
) -> None:
    view = modal(slack, "define", confirmed_note(slack, guarded))
    slack.workspace.groups["S1"] = ["U2"]
    ack = slack.wait_for_ack(slack.submit(view, {"points": "a", "outcomes": "b"}))
    assert ack.payload and "complaint handler" in ack.payload["errors"]["points"]
    assert not guarded.case().first.definition.by


def test_09_home_of_somebody_who_is_no_handler_says_so_and_shows_nothing(
    slack: SlackFake, guarded: Office
) -> None:
    log(guarded.db, "complaint: x")
    slack.open_home("U2")
    home = slack.wait_for_home("U2")
    assert "needs a complaint handler" in shown(home) and REFERENCE not in shown(home)


def test_10_people_of_another_organisation_are_refused(slack: SlackFake, live: Office) -> None:
    ts = confirmed_note(slack, live)
    slack.click("case:right", user="U9", ts=ts)
    assert told(slack) == "I only answer people of our own workspace."
    assert not live.case().confirmed_by


def test_10_a_channel_shared_with_another_organisation_gets_no_answer(slack: SlackFake, live: Office) -> None:
    log(live.db, "complaint: x")
    slack.command("/case", "open cases", user="U1", channel="C4")
    assert "shared with another organisation" in told(slack)


def test_12_change_needs_a_reason_at_its_field_and_then_moves_the_dates(
    slack: SlackFake, live: Office
) -> None:
    ts = confirmed_note(slack, live)
    view = modal(slack, "change", ts)
    ack = slack.wait_for_ack(slack.submit(view, {"label": "service_request"}))
    assert ack.payload and "Say why" in ack.payload["errors"]["reason"]
    slack.wait_for_ack(slack.submit(view, {"label": "service_request", "reason": "first report of a fault"}))
    assert live.case().label is Label.SERVICE_REQUEST
    assert live.case().labels[-1].reason == "first report of a fault"


def test_12_a_stale_button_is_answered_with_who_was_quicker(slack: SlackFake, live: Office) -> None:
    ts = confirmed_note(slack, live)
    do(live.db, REFERENCE, acts.confirm, by="Priya Shah")
    slack.click("case:right", user="U1", ts=ts)
    said = f"Priya Shah has already said that {REFERENCE} is complaint. If it is not, press Change."
    assert told(slack) == said


def test_12_a_click_on_a_closed_case_is_answered_and_changes_nothing(slack: SlackFake, live: Office) -> None:
    ts = confirmed_note(slack, live)
    do(live.db, REFERENCE, acts.confirm)
    do(live.db, REFERENCE, lambda case, by: record(WITHDRAW, case, by, {"reason": "content now"}))
    slack.click("case:take", user="U1", ts=ts)
    assert told(slack) == f"{REFERENCE} is closed: reopen it first."


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ("what's overdue", "Cases overdue: 1."),
        ("overdue repairs", "Cases overdue for repairs: 1."),
        ("HC-2026-0001", "HC-2026-0001: complaint, acknowledge by Mon 9 Nov 2026"),
        ("hc 2026 1", "HC-2026-0001: complaint"),
        ("HC-2026-0009", "There is no case HC-2026-0009."),
        ("why is HC-2026-0001 a complaint", "HC-2026-0001: complaint"),
        ("", "Open cases with U1: none."),
        ("help", "You can ask me, in your own words:"),
        ("bananas", "I did not understand that."),
        (
            "HC-2026-0001 is other",
            'Say why, with "because …": putright was sure that HC-2026-0001 is complaint',
        ),
        ("HC-2026-0001 is other because it is thanks", "Thank you. HC-2026-0001: other."),
        ("what if &lt;!channel&gt; is overdue for Bob_&lt;@U2&gt;", "Nobody of that name has"),
    ],
)
def test_15_the_command_answers_one_person(slack: SlackFake, live: Office, typed: str, begins: str) -> None:
    take(live.db, letter("complaint: x", sent=MONDAY - timedelta(days=21)))
    ack = slack.wait_for_ack(slack.command("/case", typed, user="U1", channel="C1"))
    assert ack.after < 1
    assert slack.wait_for_response().answer == "ok"
    (answer,) = slack.ephemerals("U1")
    assert answer["text"].startswith(begins)
    assert slack.posts == []


def test_15_a_question_in_a_thread_is_answered_there(slack: SlackFake, live: Office) -> None:
    said = live.heard("complaint: x")
    live.work()
    slack.mention("C1", "U1", "when is HC-2026-0001 due", thread_ts=said)
    assert slack.wait_for_call("chat.postEphemeral").args["thread_ts"] == said
    live.work()
    assert len(live.case().messages) == 1


def test_15_a_question_in_a_direct_message_is_answered_there(slack: SlackFake, live: Office) -> None:
    slack.wait_for_ack(slack.say("D1", "U1", "what's overdue"))
    assert slack.wait_for_post("D1").args["text"] == "Cases overdue: none."
    slack.wait(lambda: len(slack.acks) == len(slack.envelopes), "acknowledgement of our own post")
    assert len(slack.posts) == 1 and live.received() == 0


def test_16_home_pages_its_queues_within_slacks_limits(slack: SlackFake, live: Office) -> None:
    for number in range(40):
        log(live.db, f"complaint: {number}")
    slack.open_home("U1")
    home = slack.wait_for_home("U1")
    assert "Your open cases: none" in shown(home)
    slack.click("home:unassigned", user="U1", view=home)
    home = slack.wait_for_home("U1", home.revision + 1)
    assert "Nobody has taken these: 40" in shown(home) and "HC-2026-0015" in shown(home)
    slack.click("home:after", user="U1", view=home)
    home = slack.wait_for_home("U1", home.revision + 1)
    assert "HC-2026-0016" in shown(home) and "HC-2026-0015" not in shown(home)


def test_17_a_note_of_an_intake_channel_is_not_logged_again(slack: SlackFake, live: Office) -> None:
    said = live.heard(WORDS)
    slack.shortcut("log_complaint", user="U1", channel="C1", ts=said)
    view = slack.wait_for_modal("U1", "log_complaint")
    ack = slack.wait_for_ack(slack.submit(view))
    assert ack.payload and "being logged" in repr(ack.payload["view"])
    live.work()
    slack.shortcut("log_complaint", user="U1", channel="C1", ts=said)
    assert told(slack).startswith(f"This is logged already as {REFERENCE}. https://")
    assert len(live.rows()) == 1


def test_17_the_shortcut_logs_a_note_outside_the_intake_channels_once(slack: SlackFake, live: Office) -> None:
    channel = slack.workspace.channels["C2"]
    channel.has_bot = True
    at = MONDAY - timedelta(days=3)
    said = slack.say("C2", "U2", "request: she says nobody came", ts=f"{at.timestamp():.6f}")
    slack.shortcut("log_complaint", user="U1", channel="C2", ts=said)
    view = slack.wait_for_modal("U1", "log_complaint")
    ack = slack.wait_for_ack(slack.submit(view, {"resident": "Mrs K"}))
    assert ack.payload and "Logged" in repr(ack.payload["view"])
    live.work()
    case = live.case()
    assert (case.label, case.confirmed_by, case.received) == (Label.COMPLAINT, "U1", at)
    assert slack.wait_for_post("C2", thread_ts=said).args["text"].startswith(f"{REFERENCE}: complaint")
    slack.shortcut("log_complaint", user="U2", channel="C2", ts=said)
    assert told(slack).startswith(f"This is logged already as {REFERENCE}.")
    assert len(live.rows()) == 1


def test_16_home_holds_150_cases_within_slacks_hundred_blocks(slack: SlackFake, live: Office) -> None:
    for number in range(150):
        log(live.db, f"complaint: {number}")
    slack.open_home("U1")
    slack.click("home:unassigned", user="U1", view=slack.wait_for_home("U1"))
    home = slack.wait_for_home("U1", 2)
    assert "Nobody has taken these: 150" in shown(home) and len(home.payload["blocks"]) <= 100
