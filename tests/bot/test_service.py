"""The service: mail, Slack and the clock until stopped, or one pass of it; in this process and as a program."""

import json
import os
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from putright.bot import service
from putright.bot.outgoing import Unsaid, say_all, voice_of
from putright.bot.service import Service, once
from putright.bot.settings.load import Settings
from putright.bot.settings.mailbox import Mailbox
from putright.bot.settings.slack import Slack
from putright.mailbox.source import Place
from putright.storage import cases, intake, outbox
from putright.storage.cases import Filter, Row
from tests.cli import SETTINGS, finished, started
from tests.dovecot import PASSWORD, Dovecot
from tests.harrowmere import LANDLORD, MONDAY, PRIVATE, database, letter, log, on, with_holiday
from tests.mailbox.imap_fake import imap_fake
from tests.readers import StandIn
from tests.slack_fake.example import small_workspace
from tests.slack_fake.files import SharedFile
from tests.slack_fake.server import SlackFake

SOON = 20.0
"""How long these tests wait for what takes a moment; the machine may be busy."""


def settings(slack: SlackFake | None = None, /, **more: object) -> Settings:
    talks = Slack()
    if slack is not None:
        talks = Slack(slack.bot_token, slack.app_token, slack.base_url, ("C1",), 0.05)
    made = Settings(landlord=LANDLORD, database=Path("test.db"), drop_folder=Path("Inbox"), slack=talks)
    return replace(made, **more)  # type: ignore[arg-type]


def now() -> datetime:
    return datetime.now(UTC)


def until(so: Callable[[], object], what: str, timeout: float = SOON) -> None:
    pause, deadline = threading.Event(), time.monotonic() + timeout
    while not so():
        assert time.monotonic() < deadline, f"no {what} within {timeout} s"
        pause.wait(0.02)


def rows() -> list[Row]:
    with database(Path("test.db")) as db:
        return cases.listing(db, Filter())


def dropped(name: str, raw: bytes) -> Path:
    """A mail put into the drop folder as it should be: written elsewhere, then renamed."""
    Path("Inbox").mkdir(exist_ok=True)
    part = Path("Inbox") / f"{name}.part"
    part.write_bytes(raw)
    return part.rename(Path("Inbox") / f"{name}.eml")


@contextmanager
def running(made: Settings) -> Iterator[tuple[Service, list[str]]]:
    """The service in this process, and what it told."""
    told: list[str] = []
    service = Service(made, StandIn(), now, tell=told.append)
    with service.running():
        yield service, told
    assert not [x for x in service._threads if x.is_alive()], "nothing is left running"


# --- one pass -------------------------------------------------------------------------------------


def test_one_pass_takes_in_says_and_puts_away(slack: SlackFake) -> None:
    dropped("a", letter())
    dropped("b", letter("Back on Monday", number=2, headers="Auto-Submitted: auto-replied\r\n"))
    dropped("c", b"")
    assert once(settings(slack), StandIn(), now) == []
    assert sorted(str(x) for x in Path("Inbox").rglob("*.eml")) == [
        f"Inbox/{Place.PARKED}/b.eml",
        f"Inbox/{Place.PROCESSED}/a.eml",
        f"Inbox/{Place.QUARANTINE}/c.eml",
    ]
    assert len(slack.posts) in (4, 5), "two for each case, and the digest on a working day"
    assert not [x for x in PRIVATE if x in repr(slack.everything_sent())]
    count = len(slack.posts)
    assert once(settings(slack), StandIn(), now) == []
    assert len(slack.posts) == count and len(rows()) == 2


def test_one_pass_after_another_takes_in_what_was_written_in_slack_between_them(slack: SlackFake) -> None:
    clock = [now()]
    assert once(settings(slack, drop_folder=None), StandIn(), lambda: clock[0]) == []
    said = slack.say("C1", "U1", "complaint: boiler")
    clock[0] += timedelta(minutes=5)
    assert once(settings(slack, drop_folder=None), StandIn(), lambda: clock[0]) == []
    assert slack.wait_for_post("C1", thread_ts=said) and len(rows()) == 1


def test_one_pass_with_a_wrong_token_says_so_and_takes_in_the_mail(slack: SlackFake) -> None:
    dropped("a", letter())
    wrong = replace(settings(slack).slack, bot_token="xoxb-wrong")
    problems = once(settings(None, slack=wrong), StandIn(), now)
    assert problems[0].startswith("Slack refuses the bot token (invalid_auth).")
    assert "posts could not be said yet; they are kept" in problems[-1]
    assert len(rows()) == 1
    assert once(settings(slack), StandIn(), lambda: now() + timedelta(minutes=10)) == [], (
        "and nothing was lost"
    )
    assert len(slack.posts) >= 2


def test_one_pass_while_slack_is_away_takes_in_the_mail() -> None:
    with small_workspace() as gone:
        made = settings(gone)
    dropped("a", letter())
    problems = once(made, StandIn(), now)
    assert problems[0] == "Slack cannot be reached. Check the network and slack.api_url."
    assert len(rows()) == 1


def test_one_pass_with_a_mailbox_that_is_away_takes_in_the_rest() -> None:
    dropped("a", letter())
    box = Mailbox("inbox", "127.0.0.1", "x", "y", port=9, tls=False)
    (problem,) = once(settings(None, mailboxes=(box,)), StandIn(), now)
    assert problem.startswith("The mail server 127.0.0.1:9 cannot be reached")
    assert len(rows()) == 1


def test_passes_while_a_mailbox_is_away_raise_one_alarm_in_the_mail_channel_and_one_all_clear(
    slack: SlackFake,
) -> None:
    clock = [now()]

    def alarms() -> list[str]:
        return [c.args["text"] for c in slack.posts if "mailbox inbox" in c.args["text"]]

    with imap_fake() as fake:
        box = Mailbox("inbox", "127.0.0.1", "user", "secret", port=fake.port, tls=False)
        made = settings(slack, drop_folder=None, mailboxes=(box,))
        assert once(made, StandIn(), lambda: clock[0]) == []
        fake.fault("LOGIN", "close", 100)
        for minutes, raised in ((5, 0), (29, 0), (1, 1), (10, 1), (60, 1)):
            clock[0] += timedelta(minutes=minutes)
            assert "ended the connection" in once(made, StandIn(), lambda: clock[0])[0]
            assert len(alarms()) == raised
        fake._faults.clear()
        for _ in range(2):
            clock[0] += timedelta(minutes=5)
            assert once(made, StandIn(), lambda: clock[0]) == []
    assert len(alarms()) == 2
    assert alarms()[0].startswith("MAIL IS NOT READ: the mailbox inbox could not be looked at since")
    assert alarms()[1].startswith("The mailbox inbox is well again")


def test_mail_the_server_does_not_hand_out_is_told_in_the_mail_channel_once_a_day(
    slack: SlackFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "FULL_LOOK_SECONDS", 0.05)
    with imap_fake() as fake:
        fake.put(letter())
        fake.fault("UID FETCH 1 (BODY", "empty", 1_000)
        box = Mailbox("inbox", "127.0.0.1", "user", "secret", port=fake.port, tls=False)
        with running(settings(slack, drop_folder=None, mailboxes=(box,))):
            told = "The mailbox inbox needs a person"
            slack.wait(lambda: any(told in c.args["text"] for c in slack.posts), "post", SOON)
            looks_then = fake.count("UID SEARCH")
            until(lambda: fake.count("UID SEARCH") > looks_then + 3, "further looks")
    assert sum("needs a person" in c.args["text"] for c in slack.posts) == 1


def test_a_look_that_never_ends_raises_the_alarm_while_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "CLOCK_SECONDS", 0.05)
    monkeypatch.setattr(service, "FULL_LOOK_SECONDS", -60.0)  # as if it had begun long ago
    with imap_fake() as fake:
        fake.fault("LOGIN", "silent", 100)
        box = Mailbox("inbox", "127.0.0.1", "user", "secret", port=fake.port, tls=False)
        made = settings(None, drop_folder=None, mailboxes=(box,), mail_alarm_minutes=1)

        def alarmed() -> bool:
            with database(Path("test.db")) as db:
                return bool(db.execute("select 1 from outbox where kind = 'alarm'").fetchone())

        service_of = Service(made, StandIn(), now)
        with service_of.running():
            until(alarmed, "alarm")
            fake._ended.set()  # the server lets go, so that the threads can end


def test_a_drop_folder_that_cannot_be_emptied_is_said_once_a_day_and_emptied_when_it_can_be(
    slack: SlackFake, caplog: pytest.LogCaptureFixture
) -> None:
    dropped("Jacinta", letter())
    in_the_way = Path("Inbox") / Place.PROCESSED
    in_the_way.write_text("")
    made = settings(slack)

    def troubles() -> int:
        return sum("The drop folder needs a person" in c.args["text"] for c in slack.posts)

    for day, posts in (("2026-11-22", 1), ("2026-11-22", 1), ("2026-11-23", 2)):
        (problem,) = once(made, StandIn(), lambda: on(day, 7))  # noqa: B023
        assert problem.startswith("1 file in the drop folder Inbox is taken in but cannot be moved")
        assert troubles() == posts
    assert sum("cannot be moved" in x.message for x in caplog.records) == 2
    assert not [x for x in PRIVATE if x in repr(slack.everything_sent()) + caplog.text]
    in_the_way.unlink()
    assert once(made, StandIn(), lambda: on("2026-11-23", 7)) == []
    assert (in_the_way / "Jacinta.eml").exists() and len(rows()) == 1
    (in_the_way / "Jacinta.eml").rename("Inbox/Jacinta.eml")
    assert once(made, StandIn(), lambda: on("2026-11-23", 7)) == []
    assert (in_the_way / "Jacinta.eml").exists() and len(rows()) == 1, "dragged back, and put away again"


def test_what_lies_in_the_drop_folder_for_nothing_is_said_once(slack: SlackFake) -> None:
    Path("Inbox").mkdir()
    for name in ("Jacinta.pdf", "box.mbox"):
        Path("Inbox", name).write_text("x")
        os.utime(Path("Inbox", name), (1, 1))
    for _ in range(2):
        assert once(settings(slack), StandIn(), lambda: on("2026-11-22", 7)) == []
    (said,) = [c.args["text"] for c in slack.posts]
    assert (
        "2 files in the drop folder Inbox are not taken in: only .eml and .msg" in said and "Jac" not in said
    )


def test_one_pass_moves_the_dates_a_new_bank_holiday_touches() -> None:
    with database(Path("test.db")) as db:
        log(db, "complaint: x", received=MONDAY)
    made = settings(None, landlord=with_holiday("2026-11-26"))
    assert once(made, StandIn(), lambda: on("2026-11-23", 7)) == []
    assert [str(x.next_due) for x in rows()] == ["2026-12-01"]


# --- until stopped, in this process ---------------------------------------------------------------


def test_a_dropped_mail_and_a_note_are_cases_and_posts_while_it_runs(slack: SlackFake) -> None:
    with running(settings(slack)) as (_, told):
        until(lambda: "Connected to Slack." in told, "connection")
        said = slack.say("C1", "U1", "complaint: boiler")
        slack.wait_for_ack(said, timeout=SOON)
        slack.wait_for_post("C1", thread_ts=said, timeout=SOON)
        dropped("a", letter())
        until(lambda: (Path("Inbox") / "Processed" / "a.eml").exists(), "mail put away")
        slack.wait(lambda: sum("was logged (by e-mail)" in c.args["text"] for c in slack.posts), "post", SOON)
    assert len(rows()) == 2


def test_with_a_wrong_bot_token_it_says_so_once_and_goes_on_with_the_mail(slack: SlackFake) -> None:
    wrong = replace(settings(slack).slack, bot_token="xoxb-wrong")
    with running(settings(None, slack=wrong)) as (_, told):
        until(lambda: told, "sentence")
        dropped("a", letter())
        until(lambda: Path("test.db").exists() and rows(), "case")
    assert told == [
        "Slack refuses the bot token (invalid_auth). Copy it again from the app's page into SLACK_BOT_TOKEN."
    ]


def test_with_a_wrong_app_token_it_says_so_and_goes_on_with_the_mail(slack: SlackFake) -> None:
    wrong = replace(settings(slack).slack, app_token="xapp-wrong")
    with running(settings(None, slack=wrong)) as (_, told):
        until(lambda: told, "sentence")
        dropped("a", letter())
        slack.wait_for_post("C1", timeout=SOON)
    assert told[0].startswith("Slack refuses the app token (invalid_auth). It begins with xapp-")


def test_after_a_fault_the_worker_takes_up_what_waits(caplog: pytest.LogCaptureFixture) -> None:
    made = settings(None)
    with database(made.database) as db:
        db.execute("create trigger failing before insert on messages begin select raise(abort, 'no'); end")
    with running(made):
        dropped("a", letter())
        until(lambda: "taken in" in caplog.text, "fault")
        with database(made.database) as db:
            db.execute("drop trigger failing")
        until(rows, "case")
    assert len(rows()) == 1


def test_two_services_on_one_database_make_one_case_and_post_once(slack: SlackFake) -> None:
    with running(settings(slack)) as (_, one), running(settings(slack)) as (_, two):
        until(lambda: "Connected to Slack." in one and "Connected to Slack." in two, "two connections")
        said = slack.say("C1", "U1", "complaint: boiler")
        slack.wait_for_post("C1", thread_ts=said, timeout=SOON)
        slack.redeliver(said, new_event_id=True)
        slack.wait(lambda: slack.acked_about(said, 2), "two acknowledgements", SOON)
    assert len(rows()) == 1
    assert [c.args.get("thread_ts") for c in slack.posts].count(said) == 1


# --- as a program ---------------------------------------------------------------------------------


def said_by(process: "subprocess.Popen[str]", words: str) -> str:
    """What it wrote on stderr up to the line that holds these words."""
    assert process.stderr is not None
    lines = []
    for line in process.stderr:
        lines.append(line)
        if words in line:
            return "".join(lines)
    raise AssertionError(f"it ended without saying {words!r}: {''.join(lines)}")


def stopped(process: "subprocess.Popen[str]", number: int = signal.SIGTERM) -> tuple[int, str, str]:
    """Its exit code, its output and the rest of stderr; it has 5 seconds."""
    process.send_signal(number)
    out, err = process.communicate(timeout=5)
    return process.returncode, out, err


def test_a_file_shared_while_it_runs_is_kept_with_its_case(slack: SlackFake) -> None:
    Path("putright.toml").write_text(
        f'{SETTINGS}[slack]\nintake_channels = ["C1"]\nmail_channel = "C1"\napi_url = "{slack.base_url}"\n'
    )
    tokens: dict[str, Any] = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token}
    with started("run", **tokens):
        slack.wait_for_connection(timeout=30)
        slack.fail_download(error="x", status=503)
        slow = SharedFile("F1")
        first = slack.share("C1", "U1", slow, text="complaint: damp")
        second = slack.say("C1", "U1", "complaint: mould")
        slack.wait_for_post("C1", thread_ts=second, timeout=30)
        slack.wait_for_post("C1", thread_ts=first, timeout=30)
    with database(Path("test.db")) as db:
        assert db.execute("select count(*) from message_attachments").fetchone()[0] == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_without_slack_it_says_so_speaks_on_the_terminal_and_stops_when_told(number: int) -> None:
    with started("run") as process:
        told = said_by(process, "Running.")
        assert "Slack is not set up (SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not set)" in told
        assert "Watching the drop folder Inbox" in told
        dropped("a", letter())
        until(lambda: Path("test.db").exists() and rows() and not unsaid(), "case that is said")
        code, out, err = stopped(process, number)
    assert code == 0 and err == "Stopping: finishing what is in hand.\n"
    assert "HC-2026-0001: complaint, acknowledge by" in out or "HC-" in out
    assert not [x for x in PRIVATE if x in out + err + told]


def unsaid() -> int:
    with database(Path("test.db")) as db:
        return outbox.unsent(db)


def test_one_pass_as_a_program_speaks_on_the_terminal() -> None:
    dropped("a", letter())
    done = finished("once")
    assert (done.returncode, done.stderr) == (0, "test.db is a new database.\n")
    assert "complaint, acknowledge by" in done.stdout and len(rows()) == 1
    assert finished("once").stderr == ""


def test_what_came_after_the_backup_is_taken_in_again_from_the_folders_it_was_moved_to() -> None:
    dropped("before", letter(number=1))
    finished("once")
    with closing(sqlite3.connect("test.db")) as live, closing(sqlite3.connect("backup.db")) as backup:
        live.backup(backup)
    dropped("after", letter(number=2))
    dropped("reply", letter(number=3, headers="Auto-Submitted: auto-replied\r\n"))
    finished("once")
    for name in ("test.db", "test.db-wal", "test.db-shm"):
        Path(name).unlink(missing_ok=True)
    Path("backup.db").rename("test.db")
    assert len(rows()) == 1
    folders = ("Inbox/Processed", "Inbox/Parked")
    assert json.loads(finished("ingest", *folders, "--json").stdout) == {
        "found": 3,
        "new": 2,
        "already_known": 1,
        "logged": 1,
        "parked": 1,
    }
    assert len(rows()) == 2


def test_one_pass_as_a_program_exits_1_with_what_could_not_be_done(slack: SlackFake) -> None:
    Path("putright.toml").write_text(
        f'{SETTINGS}[slack]\nintake_channels = ["C1"]\napi_url = "{slack.base_url}"\n'
    )
    dropped("a", letter())
    done = finished("once", SLACK_BOT_TOKEN="xoxb-wrong", SLACK_APP_TOKEN="xapp-wrong")
    assert done.returncode == 1 and len(rows()) == 1
    assert "\nSlack refuses the bot token (invalid_auth)." in done.stderr and "Traceback" not in done.stderr
    assert "xoxb-wrong" not in done.stdout + done.stderr


def test_a_damaged_database_stops_the_start_with_one_sentence() -> None:
    Path("test.db").write_bytes(b"not a database" * 500)
    done = finished("run")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("Error: test.db is damaged or no database.")


def test_the_doctor_names_a_wrong_token_and_a_mailbox_that_is_away(slack: SlackFake) -> None:
    Path("putright.toml").write_text(
        f'{SETTINGS}[slack]\nintake_channels = ["C1"]\napi_url = "{slack.base_url}"\n'
        '[[mailbox]]\nhost = "127.0.0.1"\nuser = "x"\nport = 9\ntls = false\n'
    )
    done = finished(
        "doctor",
        SLACK_BOT_TOKEN="xoxb-wrong",
        SLACK_APP_TOKEN="xapp-wrong",
        PUTRIGHT_MAIL_PASSWORD="y",
        real=True,
    )
    assert done.returncode == 1 and done.stderr == ""
    assert "BAD  Slack refuses the bot token (invalid_auth)." in done.stdout
    assert "BAD  The mail server 127.0.0.1:9 cannot be reached" in done.stdout
    assert "ok   The event log is whole." in done.stdout


def test_the_doctor_tells_a_good_channel_from_a_bad_one(slack: SlackFake) -> None:
    Path("putright.toml").write_text(
        f'{SETTINGS}[slack]\nintake_channels = ["C1", "C2"]\nmail_channel = "C404"\napi_url = "{slack.base_url}"\n'
    )
    done = finished("doctor", SLACK_BOT_TOKEN=slack.bot_token, SLACK_APP_TOKEN=slack.app_token)
    said = done.stdout.splitlines()
    assert "ok   Slack takes the bot token." in said
    assert "ok   The bot is in C1 (slack.intake_channels)." in said
    assert (
        "BAD  C2 (slack.intake_channels): the bot is not in the channel; invite it there with /invite @putright."
        in said
    )
    assert (
        "BAD  C404 (slack.mail_channel and slack.digest_channel): Slack knows no such channel: check "
        "slack.mail_channel and slack.intake_channels." in said
    )
    assert done.returncode == 1 and done.stderr == ""


def test_the_doctor_names_the_scopes_that_the_app_lacks(slack: SlackFake) -> None:
    slack.scopes.remove("files:read")
    Path("putright.toml").write_text(
        f'{SETTINGS}[slack]\nintake_channels = ["C1"]\nmail_channel = "C1"\napi_url = "{slack.base_url}"\n'
    )
    tokens: dict[str, Any] = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token}
    assert "BAD  The Slack app lacks files:read: on the app's page" in finished("doctor", **tokens).stdout
    slack.scopes.append("files:read")
    said = finished("doctor", **tokens).stdout
    assert "ok   The Slack app has every scope that its manifest asks for." in said


def test_a_file_that_slack_does_not_give_is_listed_and_fetched_again_when_asked(slack: SlackFake) -> None:
    Path("putright.toml").write_text(
        f'{SETTINGS}[slack]\nintake_channels = ["C1"]\nmail_channel = "C1"\napi_url = "{slack.base_url}"\n'
    )
    tokens: dict[str, Any] = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token}
    finished("once", **tokens)
    photo = SharedFile("F1", mode="hidden_by_limit")
    slack.share("C1", "U1", photo, text="complaint: damp")
    assert finished("once", **tokens).returncode == 0
    (listed,) = json.loads(finished("parked", "--json").stdout)
    assert (listed["state"], listed["case"]) == ("file", "HC-2026-0001")
    photo.mode = "hosted"
    photo.id_alone = True
    assert "fetched again" in finished("parked", "real", str(listed["id"])).stdout
    assert finished("once", **tokens).returncode == 0
    assert json.loads(finished("parked", "--json").stdout) == []
    assert "photo.jpg" in finished("case", "show", "HC-2026-0001").stdout


# --- with a real mail server ----------------------------------------------------------------------


@pytest.mark.dovecot
def test_a_mail_appended_to_a_real_inbox_is_a_case_and_a_slack_post_within_two_seconds(
    slack: SlackFake, dovecot: Dovecot
) -> None:
    user = dovecot.new_user()
    dovecot.append(user, letter("request: the inbox exists", number=1))
    Path("putright.toml").write_text(
        f'{SETTINGS}[slack]\nintake_channels = ["C1"]\napi_url = "{slack.base_url}"\n'
        f'[[mailbox]]\nname = "inbox"\nhost = "{dovecot.host}"\nport = {dovecot.port}\nuser = "{user}"\ntls = false\n'
    )
    secrets = {
        "PUTRIGHT_MAIL_PASSWORD": PASSWORD,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
    }
    with started("run", real=True, **secrets) as process:
        said_by(process, "Running.")
        slack.wait_for_post(
            "C1", timeout=SOON, text="HC-2026-0001 was logged (by e-mail).".replace("2026", f"{now():%Y}")
        )
        until(lambda: len(dovecot.mails(user, "Processed")) == 1 and not unsaid(), "first mail done with")
        dovecot.append(user, letter("I want to complain: nobody has mended our roof in a year.", number=2))
        appended = time.monotonic()
        logged = f"HC-{now():%Y}-0002 was logged (by e-mail)."
        post = slack.wait_for_post("C1", timeout=SOON, text=logged)
        took = post.at - appended
        assert len(rows()) == 2
        until(lambda: len(dovecot.mails(user, "Processed")) == 2, "mail put away")
        code, out, err = stopped(process)
    assert took < 2, f"{took:.2f} s"
    assert code == 0 and "Traceback" not in err and out == ""
    assert dovecot.mails(user) == []
    everything = repr(slack.everything_sent())
    assert not [x for x in (*PRIVATE, "roof") if x in everything]


@pytest.mark.dovecot
def test_mail_goes_to_the_folder_of_what_became_of_it_and_is_never_taken_twice(dovecot: Dovecot) -> None:
    user = dovecot.new_user()
    box = Mailbox("inbox", dovecot.host, user, PASSWORD, port=dovecot.port, tls=False)
    made = settings(None, drop_folder=None, mailboxes=(box,))
    automatic = letter("Back on Monday", number=2, headers="Auto-Submitted: auto-replied\r\n")
    for raw in (letter(), automatic, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 outlook", letter()):
        dovecot.append(user, raw)
    assert once(made, StandIn(), now) == []
    assert [len(dovecot.mails(user, x)) for x in ("INBOX", "Processed", "Parked", "Quarantine")] == [
        0,
        2,
        1,
        1,
    ]
    assert once(made, StandIn(), now) == []
    with database(Path("test.db")) as db:
        counts = intake.tally(db)
    assert counts == {"logged": 1, "parked": 1, "quarantined": 1, "received": 4, "duplicate": 1}


def test_a_mail_that_could_not_be_moved_is_moved_at_the_next_pass_and_not_taken_twice() -> None:
    with imap_fake() as fake:
        fake.put(letter())
        box = Mailbox("inbox", "127.0.0.1", "user", "secret", port=fake.port, tls=False)
        made = settings(None, drop_folder=None, mailboxes=(box,))
        fake.fault("UID MOVE", "NO [OVERQUOTA] the mailbox is full")
        assert once(made, StandIn(), now) == []
        assert len(fake.folders["INBOX"]) == 1 and len(rows()) == 1
        assert once(made, StandIn(), now) == []
        assert [len(fake.folders[name]) for name in ("INBOX", "Processed")] == [0, 1]
        assert len(rows()) == 1 and fake.count("UID FETCH 1 (BODY") == 1


def test_a_mail_under_a_number_that_was_used_before_is_taken_in() -> None:
    with imap_fake() as fake:
        box = Mailbox("inbox", "127.0.0.1", "user", "secret", port=fake.port, tls=False)
        made = settings(None, drop_folder=None, mailboxes=(box,))
        for number in (1, 2):
            fake.put(letter(f"complaint: number {number}", number=number), uid=1)
            assert once(made, StandIn(), now) == []
        assert len(rows()) == 2 and fake.folders["INBOX"] == {}
    with database(Path("test.db")) as db:
        assert intake.tally(db) == {"logged": 2, "received": 2, "duplicate": 0}


# --- while Slack is away --------------------------------------------------------------------------


def test_what_is_stuck_in_slack_is_waited_for_once_and_not_before_each_mail(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(service, "LET_FIRST_SECONDS", 0.05)
    asked: list[int] = []
    stuck = Service(settings(), StandIn(), now, _unacknowledged=lambda: asked.append(1) or 1)  # type: ignore[func-returns-value]
    stuck._let_slack_first()
    waited = len(asked)
    assert waited > 1
    stuck._let_slack_first()
    assert len(asked) == waited + 1, "it does not stand back again"
    stuck._unacknowledged = lambda: 0
    stuck._let_slack_first()
    stuck._unacknowledged = lambda: asked.append(1) or 1  # type: ignore[func-returns-value]
    stuck._let_slack_first()
    assert len(asked) > waited + 2, "and again once all was acknowledged"


def test_while_slack_is_away_it_is_said_once_and_once_when_it_is_back(
    slack: SlackFake, caplog: pytest.LogCaptureFixture
) -> None:
    unsaid = Unsaid()
    clock = [MONDAY]
    with small_workspace() as gone:
        away = settings(gone)
    with database(Path("test.db")) as db:
        for number in range(3):
            log(db, f"complaint: {number}", received=MONDAY)
        waits = []
        for _ in range(8):
            say_all(db, voice_of(away), lambda: clock[0], unsaid=unsaid)
            due = [
                datetime.fromisoformat(x[0])
                for x in db.execute("select claimed_until from outbox where claimed_until is not null")
            ]
            waits.append((min(due) - clock[0]).total_seconds())
            clock[0] = max(due)
        assert [x.message for x in caplog.records] == [
            "arrived HC-2026-0001 was not said: Slack could not be reached, or its answer was lost."
        ]
        assert waits[:5] == [5, 10, 20, 40, 60] and waits[-1] == 60
        caplog.clear()
        assert say_all(db, voice_of(settings(slack)), lambda: clock[0], unsaid=unsaid) >= 1
    assert (
        "Posts are said again. Before: Slack could not be reached" in caplog.text and len(caplog.records) == 1
    )
