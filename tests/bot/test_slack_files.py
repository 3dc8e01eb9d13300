"""Files shared in Slack: fetched from Slack alone, kept with their case or taken in as mail, and never lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from putright.cases.labels import Channel as Came
from putright.cases.labels import Label
from putright.storage import attachments, intake, messages, outbox, shared_files
from tests.bot.office import Office, office, ts
from tests.harrowmere import ADDRESS, LANDLORD, MONDAY, PRIVATE, letter, log
from tests.slack_fake.files import DOWNLOAD, LOGIN_PAGE, SharedFile
from tests.slack_fake.server import SlackFake
from tests.slack_fake.wire import MANIFEST

PHOTO = SharedFile("F1", "Okonkwo damp.jpg")
EARLIER = MONDAY - timedelta(days=3)


@pytest.fixture
def slack(slack: SlackFake) -> SlackFake:
    """Here the bot is in another channel too."""
    slack.workspace.channels["C2"].has_bot = True
    return slack


def mail(number: int = 1, body: str = "complaint: mushrooms grow here", **more: object) -> bytes:
    return letter(body, number=number, sent=EARLIER, **more)  # type: ignore[arg-type]


def as_file(raw: bytes, name: str = "letter.eml", file: str = "F2") -> SharedFile:
    return SharedFile(file, name, raw, "message/rfc822")


def downloads(slack: SlackFake) -> list[bool]:
    return [x.ok for x in slack.calls if x.method == DOWNLOAD]


def texts(slack: SlackFake) -> str:
    return "\n".join(x.args["text"] for x in slack.posts)


# --- pictures and documents -----------------------------------------------------------------------


def test_a_picture_with_words_is_kept_by_hash_with_the_case_that_they_open(
    slack: SlackFake, live: Office
) -> None:
    said = live.shared(PHOTO, text="complaint: look at this damp")
    live.work()
    (message,) = messages.of_case(live.db, "HC-2026-0001")
    assert message.body == "complaint: look at this damp"
    (attached,) = message.attachments
    assert (attached.name, attached.media_type, attached.size) == (
        PHOTO.name,
        PHOTO.mimetype,
        len(PHOTO.data),
    )
    assert attachments.data(live.db, attached.sha256) == PHOTO.data
    (post,) = slack.posts
    assert post.args["thread_ts"] == said and "HC-2026-0001: complaint" in post.args["text"]
    assert PHOTO.name not in str(slack.everything_sent()), "a file's name may hold a name"


def test_a_file_alone_opens_a_case_that_asks(slack: SlackFake, live: Office) -> None:
    live.shared(PHOTO)
    live.work()
    assert live.case().unconfirmed and live.case().label is Label.COMPLAINT
    assert "attachment only" in texts(slack)
    (message,) = messages.of_case(live.db, "HC-2026-0001")
    assert (message.body, len(message.attachments)) == ("", 1)


def test_a_picture_in_a_thread_joins_its_case(slack: SlackFake, live: Office) -> None:
    first = live.heard("complaint: damp")
    live.work()
    live.shared(PHOTO, thread_ts=first, after=60)
    live.work()
    assert len(live.rows()) == 1
    assert [len(x.attachments) for x in messages.of_case(live.db, "HC-2026-0001")] == [0, 1]


def test_the_same_picture_again_is_fetched_once_however_often_it_is_delivered(
    slack: SlackFake, live: Office
) -> None:
    said = live.shared(PHOTO, text="complaint: damp")
    for n in range(3):
        again = slack.redeliver(said, new_event_id=n > 0)
        slack.wait_for_ack(again)
    live.work()
    live.backfill()
    live.shared(PHOTO, text="complaint: damp, again", after=60)  # shared with another message: another case
    live.work()
    assert len(live.rows()) == 2 and downloads(slack) == [True]
    assert [len(messages.of_case(live.db, x.reference)[0].attachments) for x in live.rows()] == [1, 1]


def test_a_picture_written_while_nobody_listened_is_taken_in_with_its_words(
    slack: SlackFake, tmp_path: Path
) -> None:
    with office(slack, tmp_path, listening=False) as quiet:
        quiet.now = MONDAY - timedelta(hours=1)
        quiet.backfill()
        quiet.now = MONDAY + timedelta(hours=1)
        slack.share("C1", "U1", PHOTO, text="complaint: damp", ts=ts())
        assert quiet.backfill() == 1 and quiet.backfill() == 0
        quiet.work()
        assert len(messages.of_case(quiet.db, "HC-2026-0001")[0].attachments) == 1


# --- mail -----------------------------------------------------------------------------------------


def test_a_mail_dropped_in_is_a_case_by_its_own_date_and_is_confirmed_in_the_thread(
    slack: SlackFake, live: Office
) -> None:
    said = live.shared(as_file(mail()))
    live.work()
    case = live.case()
    (message,) = messages.of_case(live.db, "HC-2026-0001")
    assert case.received == EARLIER and message.channel is Came.EMAIL
    assert message.resident.address == ADDRESS
    (post,) = slack.posts
    assert (post.args["thread_ts"], post.args["channel"]) == (said, "C1")
    assert len(live.rows()) == 1
    counts = intake.tally(live.db)
    assert counts["received"] == counts["logged"] + counts["joined"] == 2
    assert not [x for x in PRIVATE if x in str(slack.everything_sent())]


def test_words_beside_a_mail_join_its_case(slack: SlackFake, live: Office) -> None:
    live.shared(as_file(mail()), text="she rang as well")
    live.work()
    assert len(live.rows()) == 1
    assert len(messages.of_case(live.db, "HC-2026-0001")) == 2


def test_a_reply_dropped_in_joins_the_case_that_it_answers_and_that_is_said(
    slack: SlackFake, live: Office
) -> None:
    live.shared(as_file(mail()))
    live.work()
    answer = mail(2, "other: any news?", headers="In-Reply-To: <letter-1@post.example>\r\n")
    live.shared(as_file(answer, file="F3"), after=60)
    live.work()
    assert len(live.rows()) == 1 and len(messages.of_case(live.db, "HC-2026-0001")) == 2
    assert "The mail joined HC-2026-0001." in texts(slack)


def test_a_mail_that_is_known_already_makes_no_second_case(slack: SlackFake, live: Office) -> None:
    live.shared(as_file(mail()))
    live.work()
    live.shared(as_file(mail(), file="F3"), after=60)
    live.shared(as_file(mail(), file="F2"), after=120)
    live.work()
    assert len(live.rows()) == 1
    assert texts(slack).count("The mail is known already: it is in HC-2026-0001.") == 2


@pytest.mark.parametrize(
    ("sender", "cases"), [(f"J <{ADDRESS}>", 1), ("Somebody Else <else@post.example>", 2)]
)
def test_a_mail_in_a_cases_thread_joins_it_unless_it_is_somebody_elses(
    slack: SlackFake, live: Office, sender: str, cases: int
) -> None:
    said = live.shared(as_file(mail()))
    live.work()
    other = mail(2, "other: the lift is broken", sender=sender)
    live.shared(as_file(other, file="F3"), thread_ts=said, after=60)
    live.work()
    assert len(live.rows()) == cases
    assert ("may belong to HC-2026-0001" in texts(slack)) is (cases == 2)


def test_automatic_mail_dropped_in_is_set_aside_and_that_is_said(slack: SlackFake, live: Office) -> None:
    live.shared(as_file(mail(headers="Auto-Submitted: auto-replied\r\n")))
    live.work()
    assert not live.rows()
    assert "set aside as automatic" in texts(slack) and "putright parked real" in texts(slack)


def test_an_unreadable_mail_asks_a_person_in_the_thread(slack: SlackFake, live: Office) -> None:
    said = live.shared(as_file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", "letter.msg"))
    live.work()
    assert live.case().unconfirmed
    assert slack.posts[0].args["thread_ts"] == said and "could not be read" in texts(slack)


# --- what goes wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"error": "ratelimited", "status": 429, "retry_after": 30}, id="asked to slow down"),
        pytest.param({"error": "x", "status": 503}, id="a fault of Slack's own"),
        pytest.param({"lose_answer": True}, id="the line breaks in the middle"),
        pytest.param({"silent": 0.6}, id="no answer in time"),
    ],
)
def test_a_passing_fault_is_tried_again_and_nothing_else_waits(
    slack: SlackFake, live: Office, fault: dict[str, object]
) -> None:
    live.file_seconds = 0.3
    slack.fail_download(**fault)  # type: ignore[arg-type]
    live.shared(PHOTO, text="complaint: damp")
    live.work()
    assert not live.rows(), "its file is waited for"
    live.heard("complaint: another matter", after=1)
    live.work()
    assert len(live.rows()) == 1, "which keeps no other message waiting"
    live.fetch(after=4)
    assert downloads(slack) == [False] or downloads(slack) == [True], "not before its time"
    slack.heal()
    live.fetch(after=30)
    live.work()
    assert len(live.rows()) == 2
    assert sorted(len(messages.of_case(live.db, x.reference)[0].attachments) for x in live.rows()) == [0, 1]


def test_a_reply_waits_for_the_message_whose_file_is_waited_for(slack: SlackFake, live: Office) -> None:
    slack.fail_download(error="x", status=503)
    first = live.shared(PHOTO, text="complaint: damp")
    live.heard("complaint: and mould", thread_ts=first, after=60)
    live.work()
    assert not live.rows()
    live.fetch(after=5)
    live.work()
    assert len(live.rows()) == 1 and len(live.case().messages) == 2


def test_after_five_tries_the_message_is_logged_without_it_and_a_person_is_told(
    slack: SlackFake, live: Office
) -> None:
    slack.fail_download(times=9, error="x", status=500)
    live.shared(PHOTO, text="complaint: damp")
    for _ in range(6):
        live.fetch(after=100)
    assert len(downloads(slack)) == 5
    live.work()
    (message,) = messages.of_case(live.db, "HC-2026-0001")
    assert live.case().label is Label.COMPLAINT and live.case().received == MONDAY
    assert "could not be fetched; open it in Slack" in str(message.notes)
    assert "could not be fetched; open it in Slack" in texts(slack)
    ((row, item),) = shared_files.failed(live.db)
    assert (row.file, item.case_ref) == ("F1", "HC-2026-0001")
    slack.heal()
    shared_files.again(live.db, row)
    live.work()
    (message,) = messages.of_case(live.db, "HC-2026-0001")
    assert len(message.attachments) == 1 and not message.notes
    assert not shared_files.failed(live.db)


def test_without_the_scope_the_login_page_is_no_file_and_the_scope_is_named(tmp_path: Path) -> None:
    import json

    manifest = json.loads(MANIFEST.read_text())
    manifest["oauth_config"]["scopes"]["bot"].remove("files:read")
    with SlackFake(manifest=manifest) as slack, office(slack, tmp_path) as live:
        live.shared(PHOTO, text="complaint: damp")
        live.work()
        assert len(live.rows()) == 1 and not messages.of_case(live.db, "HC-2026-0001")[0].attachments
        assert "files:read" in texts(slack)
        assert LOGIN_PAGE not in [row[0] for row in live.db.execute("select bytes from attachments")]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (replace(PHOTO, mode="tombstone"), "It was deleted in Slack"),
        (replace(PHOTO, mode="hidden_by_limit"), "free plan"),
        (replace(PHOTO, mode="external", url="https://drive.example.org/x"), "kept outside Slack"),
        (replace(PHOTO, mode="canvas"), "only Slack can show"),
        (replace(PHOTO, size=26 * 1024 * 1024), "larger than 25 MB"),
        (replace(PHOTO, url="http://localhost.example/files-pri/T-F1/download/x"), "none of Slack's own"),
    ],
    ids=lambda x: x.mode if isinstance(x, SharedFile) else "",
)
def test_what_cannot_be_fetched_is_said_and_the_words_are_logged_at_once(
    slack: SlackFake, live: Office, file: SharedFile, said: str
) -> None:
    live.shared(file, text="complaint: damp")
    live.work()
    assert len(live.rows()) == 1 and said in texts(slack)
    assert not downloads(slack), "nothing was asked for"


def test_a_file_told_by_its_id_alone_is_looked_up(slack: SlackFake, live: Office) -> None:
    live.shared(replace(PHOTO, id_alone=True), text="complaint: damp")
    live.work()
    (attached,) = messages.of_case(live.db, "HC-2026-0001")[0].attachments
    assert attached.name == PHOTO.name


def test_a_download_that_is_sent_on_within_slack_is_followed(slack: SlackFake, live: Office) -> None:
    slack.fail_download(redirect=f"{slack.workspace.files_url}T0LANDLORD-F1/download/there")
    live.shared(PHOTO, text="complaint: damp")
    live.work()
    assert len(messages.of_case(live.db, "HC-2026-0001")[0].attachments) == 1


def test_the_token_is_sent_to_no_other_host(slack: SlackFake, live: Office) -> None:
    with SlackFake() as other:
        elsewhere = other.workspace.files_url.replace("127.0.0.1", "localhost")
        slack.fail_download(times=10, redirect=f"{elsewhere}T0LANDLORD-F1/download/there")
        live.shared(PHOTO, text="complaint: damp")
        for _ in range(5):
            live.fetch(after=100)
        live.work()
        assert not other.calls
    assert len(live.rows()) == 1 and "could not be fetched" in texts(slack)


def test_a_web_page_that_was_shared_is_kept_and_another_in_its_place_is_not(
    slack: SlackFake, live: Office
) -> None:
    page = b"<html>the contractor's quote</html>"
    live.shared(SharedFile("F1", "quote.html", page, "text/html"), text="complaint: damp")
    live.shared(SharedFile("F2", "quote.html", page, "text/html", size=9), text="complaint: damp", after=1)
    for _ in range(5):
        live.fetch(after=100)
    live.work()
    assert sorted(len(messages.of_case(live.db, x.reference)[0].attachments) for x in live.rows()) == [0, 1]


def test_a_file_larger_than_it_was_said_to_be_is_left_in_slack(
    slack: SlackFake, live: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    big = SharedFile("F1", data=b"x" * (26 * 1024 * 1024), size=9)
    live.shared(big, text="complaint: damp")
    live.work()
    assert "larger than 25 MB" in texts(slack)


# --- where it may be dropped ----------------------------------------------------------------------

Drop = Callable[[SlackFake], str]
DROPS: list[tuple[str, Drop, int]] = [
    ("a direct message", lambda s: s.share("D1", "U1", PHOTO, text="complaint: damp"), 1),
    (
        "a mention elsewhere",
        lambda s: s.share("C2", "U1", PHOTO, text="<@U0PUTRIGHT> complaint: damp", channel_type="channel"),
        1,
    ),
    (
        "a mention in an intake channel without words",
        lambda s: s.share("C1", "U1", PHOTO, text="<@U0PUTRIGHT>"),
        1,
    ),
    ("another channel", lambda s: s.share("C2", "U1", PHOTO, text="our party"), 0),
    ("a channel shared with others", lambda s: s.share("C4", "U1", PHOTO, text="<@U0PUTRIGHT> damp"), 0),
    ("a direct message from another organisation", lambda s: s.share("D9", "U9", PHOTO, text="damp"), 0),
]


@pytest.mark.parametrize(("drop", "cases"), [x[1:] for x in DROPS], ids=[x[0] for x in DROPS])
def test_where_files_are_taken_in(slack: SlackFake, live: Office, drop: Drop, cases: int) -> None:
    slack.wait_for_ack(drop(slack))
    live.work()
    assert len(live.rows()) == cases


def test_the_shortcut_takes_the_files_of_its_message(slack: SlackFake, live: Office) -> None:
    at = slack.share("C2", "U1", PHOTO, as_file(mail(), file="F5"))
    slack.wait_for_ack(at)
    slack.wait_for_ack(slack.shortcut("log_complaint", user="U2", channel="C2", ts=at))
    view = slack.wait_for_modal("U2", "log_complaint")
    slack.wait_for_ack(slack.submit(view, {}))
    live.work()
    (row,) = live.rows()
    assert row.label is Label.COMPLAINT
    assert sum(len(x.attachments) for x in messages.of_case(live.db, row.reference)) == 1


def test_what_was_given_in_direct_messages_and_threads_of_cases_meanwhile_is_read_back_once(
    slack: SlackFake, tmp_path: Path
) -> None:
    elsewhere = replace(LANDLORD, mail_channel="C2")
    with office(slack, tmp_path) as first:
        first.desk.settings = replace(first.settings, landlord=elsewhere)
        slack.wait_for_ack(slack.say("D1", "U1", "help", ts=ts()))
        slack.wait_for_call("chat.postMessage", channel="D1")
        first.backfill()
        log(first.db, "complaint: x")
        posted = slack.say("C2", "U1", "HC-2026-0001", ts=ts(1))
        outbox.put(
            first.db, key="x", kind="x", channel="C2", payload={}, made_at=MONDAY, case_ref="HC-2026-0001"
        )
        first.db.execute("update outbox set ts = ?, state = 'sent' where key = 'x'", [posted])
        first.db.commit()
    slack.share("D1", "U1", PHOTO, text="complaint: damp", ts=ts(600))
    slack.say("D1", "U1", "what's overdue", ts=ts(601))
    slack.share("C2", "U1", PHOTO, ts=ts(602), thread_ts=posted)
    slack.share("C2", "U1", PHOTO, text="lunch", ts=ts(603))
    with office(slack, tmp_path, now=MONDAY + timedelta(hours=1), listening=False) as second:
        second.desk.settings = replace(second.settings, landlord=elsewhere)
        assert second.backfill() == 2 and second.backfill() == 0
