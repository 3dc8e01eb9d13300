"""Requirements 1 to 5 and 13, 14 of Slack: what comes in is kept once and at its own time, without loops."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from putright.cases.events import Kind
from putright.cases.labels import Label
from putright.storage import messages
from putright.storage.database import open_database
from putright.triage.slack_heard import last_heard
from putright.triage.telling import told
from tests.bot.clicks import REFERENCE, WORDS, confirmed_note, modal
from tests.bot.office import Office, office, ts
from tests.bot.test_service import now, running, settings, until
from tests.harrowmere import LATER, MONDAY
from tests.slack_fake.server import SlackFake
from tests.slack_fake.workspace import BOT, BOT_USER


def test_01_while_the_database_is_busy_nothing_is_acknowledged_and_the_redelivery_is_stored(
    slack: SlackFake, live: Office, caplog: pytest.LogCaptureFixture
) -> None:
    live.open = lambda: open_database(live.path, busy_seconds=0.1, clock=lambda: LATER)
    other = sqlite3.connect(live.path, isolation_level=None)
    other.execute("begin immediate")
    said = slack.say("C1", "U1", WORDS, ts=ts())
    slack.wait(lambda: "DatabaseProblem" in caplog.text, "failure", poll=0.02)
    other.execute("rollback")
    other.close()
    again = slack.redeliver(said)
    slack.wait_for_ack(again)
    assert [x.envelope_id for x in slack.acks] == [again.envelope_id], (
        "the first delivery was never acknowledged"
    )
    assert live.received() == 1
    assert "mushrooms" not in caplog.text


@pytest.mark.parametrize("error", [OSError("no space"), KeyError("x"), sqlite3.OperationalError("odd")])
def test_01_whatever_keeps_a_note_from_being_stored_keeps_it_from_being_acknowledged(
    slack: SlackFake, live: Office, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> Database:
        raise error

    live.open = broken
    said = slack.say("C1", "U1", "complaint: x", ts=ts())
    slack.wait(lambda: "in Slack" in caplog.text, "failure", poll=0.02)
    live.open = None
    again = slack.redeliver(said)
    slack.wait_for_ack(again)
    assert len(slack.acks) == 1 and live.received() == 1


def test_01_a_message_delivered_eleven_times_with_new_event_ids_is_one_case(
    slack: SlackFake, live: Office
) -> None:
    said = live.heard("complaint: x")
    for _ in range(10):
        slack.redeliver(said, new_event_id=True)
    slack.wait(lambda: slack.acked_about(said, 11), "eleven acknowledgements")
    live.work()
    assert len(live.rows()) == 1 and len(slack.posts) == 1


def test_03_what_was_written_while_nobody_listened_is_taken_in_once_with_its_threads(
    slack: SlackFake, tmp_path: Path
) -> None:
    with office(slack, tmp_path) as first:
        assert first.backfill() == 0, "what was written before the first start is left alone"
        old = first.heard("complaint: old", -3600)
        first.work()
    for number in range(5):
        slack.say("C1", "U1", f"request: {number}", ts=ts(600 + number))
    slack.say("C1", "U1", "other: she rang again", ts=ts(700), thread_ts=old)
    slack.bot_says("C1", "complaint: a bot", ts=ts(701))
    slack.say("C1", "U1", "<@U0PUTRIGHT> what's overdue", ts=ts(702))
    with office(slack, tmp_path, now=MONDAY + timedelta(hours=1)) as second:
        late = second.slack.say("C1", "U1", "request: live during the reading", ts=ts(900))
        assert second.backfill() in (6, 7)
        slack.wait_for_ack(late)
        second.work()
        assert second.backfill() == 0, "and once only"
        assert len(second.rows()) == 7
        assert len(second.case(1).messages) == 2
        assert {x.received for x in second.rows() if x.label is Label.SERVICE_REQUEST} >= {
            MONDAY + timedelta(seconds=600 + number) for number in range(5)
        }, "the clock starts when each was written"


def test_03_a_history_of_many_pages_is_read_whole(slack: SlackFake, quiet: Office) -> None:
    quiet.backfill()
    for number in range(450):
        slack.say("C1", "U1", f"other: {number}", ts=ts(number))
    assert quiet.backfill() == 450
    assert len([c for c in slack.calls if c.method == "conversations.history"]) == 3


def test_03_a_reading_that_breaks_off_is_begun_again_where_it_began(slack: SlackFake, quiet: Office) -> None:
    quiet.backfill()
    slack.say("C1", "U1", "complaint: x", ts=ts(5))
    slack.fail("conversations.history", "internal_error")
    with pytest.raises(Exception, match="internal_error"):
        quiet.backfill()
    assert quiet.backfill() == 1


def test_04_the_clock_starts_when_the_note_was_written_however_late_it_arrives(live: Office) -> None:
    live.heard("complaint: x", -7 * 86400)
    live.work()
    assert live.case().received == MONDAY - timedelta(days=7)


def test_13_and_14_edits_deletions_bots_joins_and_our_own_posts_make_no_case(
    slack: SlackFake, live: Office
) -> None:
    said = live.heard("complaint: x")
    live.work()
    slack.edit("C1", said, "complaint: y")
    slack.edit("C1", said, attachments=[{"text": "unfurled"}])
    slack.bot_says("C1", "complaint: build failed")
    slack.join("C1", "U2")
    slack.delete("C1", said)
    slack.wait(lambda: len(slack.acks) == len(slack.envelopes), "acknowledgement of each")
    live.work()
    assert live.received() == 2 and len(live.rows()) == 1, "the edit is a further message of the same case"
    assert len(slack.posts) == 1


def test_13_an_edit_joins_the_case_as_a_further_message_and_the_first_words_stay(
    slack: SlackFake, live: Office
) -> None:
    said = live.heard(WORDS)
    live.work()
    slack.edit("C1", said, "complaint: mushrooms, and now the ceiling is down")
    slack.wait(lambda: live.received() == 2, "edit", poll=0.02)
    slack.edit("C1", said, attachments=[{"text": "unfurled"}])
    live.heard("other: something else", 1)
    live.work()
    bodies = {x.body for x in messages.of_case(live.db, REFERENCE)}
    assert bodies == {WORDS, "complaint: mushrooms, and now the ceiling is down"}
    assert len(live.rows()) == 2 and live.case().received == MONDAY
    (joined,) = live.case().of(Kind.JOINED)
    assert told(joined) == "A note was changed in Slack; both wordings are kept."


def test_13_a_deletion_is_noted_and_removes_nothing(slack: SlackFake, live: Office) -> None:
    said = live.heard(WORDS)
    live.work()
    slack.delete("C1", said)
    slack.wait(lambda: live.case().version == 2, "note", poll=0.02)
    assert [x.body for x in messages.of_case(live.db, REFERENCE)] == [WORDS]


def test_13_a_reply_in_the_thread_joins_the_case_and_is_not_answered(slack: SlackFake, live: Office) -> None:
    said = live.heard("complaint: x")
    live.work()
    live.heard("other: she rang again", 60, thread_ts=said)
    live.work()
    assert len(live.rows()) == 1 and len(live.case().messages) == 2 and len(slack.posts) == 1


def test_02_with_200_notes_in_flight_a_command_a_click_and_a_submission_are_acknowledged_within_a_second(
    slack: SlackFake, live: Office
) -> None:
    post = confirmed_note(slack, live)
    view = modal(slack, "define", post)
    for number in range(200):
        slack.say("C1", "U1", f"complaint: {number}", ts=ts(number + 1))
    asked = [
        slack.command("/case", "overdue", user="U1", channel="C1"),
        slack.click("case:right", user="U1", ts=post),
        slack.submit(view, {"points": "the boiler", "outcomes": "a repair"}),
    ]
    assert max(slack.wait_for_ack(x).after for x in asked) < 1
    slack.wait(lambda: len(slack.acks) == len(slack.envelopes), "all acknowledgements", timeout=20)
    assert live.received() == 201


def test_05_a_line_that_was_cut_is_made_again_and_what_was_missed_is_read_back(
    slack: SlackFake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a peer that goes silent: test_05_watchdog.py, slow
    with running(settings(slack, drop_folder=None)) as (_, told):
        until(lambda: "Connected to Slack." in told, "connection")
        made = slack.connections_made
        slack.reset_connections()
        slack.say("C1", "U1", "complaint: missed")
        until(lambda: slack.connections_made > made, "new connection", 30)
        said = slack.say("C1", "U1", "complaint: heard")
        slack.wait_for_post("C1", thread_ts=said, timeout=30)
        with closing(open_database(Path("test.db"))) as db:
            until(lambda: last_heard(db, now())[1].startswith("Slack is heard."), "a sign of life", 30)
    with closing(open_database(Path("test.db"))) as db:
        well, said = last_heard(db, now())
    assert well and "is stopped" in said and "Last event seen: " in said


def test_14_words_of_our_own_bot_are_never_a_note(slack: SlackFake, live: Office) -> None:
    slack.event({"type": "message", "channel": "C1", "user": BOT_USER, "text": "complaint: x", "ts": ts(9)})
    slack.wait(lambda: len(slack.acks) == len(slack.envelopes), "acknowledgement of each")
    assert live.received() == 0


def test_14_a_bot_that_the_settings_allow_is_taken_in_once_and_its_words_to_us_are_no_question(
    slack: SlackFake, tmp_path: Path
) -> None:
    with office(slack, tmp_path, slack_more={"allowed_bots": ("B0FORM",)}) as live:
        live.backfill()
        said = slack.bot_says("C1", "complaint: from the form", "B0FORM", ts=ts(9))
        slack.edit("C1", said, "complaint: from the form, and the roof")
        slack.bot_says("C1", "complaint: build failed", "B0OTHER", ts=ts(10))
        slack.bot_says("C1", f"<@{BOT_USER}> complaint: what's overdue", "B0FORM", ts=ts(11), user="U0FORM")
        slack.bot_says("C2", "complaint: elsewhere", "B0FORM", ts=ts(12))
        slack.wait(lambda: len(slack.acks) == len(slack.envelopes), "acknowledgement of each")
        live.backfill()
        live.work()
        assert len(live.rows()) == 2 and len(live.case(1).messages) == 2
        slack.wait_for_post("C1", thread_ts=said)
        by = [x.sender for x in messages.of_case(live.db, "HC-2026-0002")]
        assert "U0FORM" in repr(by)


def test_14_our_own_bot_is_never_a_note_even_where_the_settings_allow_it(
    slack: SlackFake, tmp_path: Path
) -> None:
    with office(slack, tmp_path, slack_more={"allowed_bots": (BOT,)}) as live:
        live.backfill()
        live.heard("complaint: x", 5)
        live.work()
        live.backfill()
        live.work()
        assert live.received() == 1 and len(slack.posts) == 1
