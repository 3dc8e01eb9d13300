"""putright mailbox: signing in once by a provider, and when each mailbox was last looked at."""

import re
import sqlite3
import stat
import urllib.request
from contextlib import closing
from pathlib import Path
from ssl import create_default_context

import pytest

from tests.cli import SETTINGS, finished, in_json, putright, refused, started
from tests.dovecot import PASSWORD, Dovecot
from tests.harrowmere import letter
from tests.token_server import CLIENT, SECRET, TENANT, TokenServer, token_server

FOLDER = Path("test.db-sign-in")


def settings(dovecot: Dovecot, server: TokenServer, auth: str) -> None:
    Path("putright.toml").write_text(
        f'{SETTINGS}[[mailbox]]\nname = "inbox"\nhost = "{dovecot.host}"\nport = {dovecot.port}\ntls = false\n'
        f'user = "{server.user}"\nauth = "{auth}"\nclient_id = "{CLIENT}"\ntenant = "{TENANT}"\n'
        f'auth_url = "{server.url}"\n'
    )


def environment(server: TokenServer) -> dict[str, str]:
    return {"REQUESTS_CA_BUNDLE": str(server.ca_file), "PUTRIGHT_MAIL_CLIENT_SECRET": SECRET}


@pytest.mark.dovecot
@pytest.mark.parametrize("auth", ["microsoft", "google", "microsoft-app"])
def test_signing_in_once_reads_the_mail_until_the_sign_in_is_withdrawn(
    dovecot: Dovecot, tmp_path: Path, auth: str
) -> None:
    user = dovecot.new_user()
    dovecot.append(user, letter())
    with token_server(tmp_path, user, dovecot.token_port) as server:
        settings(dovecot, server, auth)
        env = environment(server)
        if auth != "microsoft-app":
            before = finished("-v", "once", real=False, **env)
            assert before.returncode == 1
            assert (
                "Nobody has signed in to the mailbox inbox. Sign in with:  putright mailbox" in before.stderr
            )
        with started("-v", "mailbox", "sign-in", "inbox", real=False, **env) as process:
            said = ""
            assert process.stderr is not None
            for line in process.stderr:
                said += line
                if "ABCD-EFGH" in line:
                    server.approved.set()
                elif page := re.match(r"https://127\S+", line):
                    context = create_default_context(cafile=str(server.ca_file))
                    urllib.request.urlopen(page[0], context=context, timeout=10).close()
            out = process.communicate(timeout=30)[0]
        assert (process.returncode, out) == (0, "Signed in: the mailbox inbox can be read.\n"), said
        if auth != "microsoft-app":
            (kept,) = FOLDER.iterdir()
            assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        done = finished("-v", "once", real=False, **env)
        assert done.returncode == 0, done.stderr
        assert len(dovecot.mails(user, "Processed")) == 1
        server.revoke()
        server.refuses |= dict.fromkeys(("refresh_token", "client_credentials"), "invalid_grant")
        dovecot.append(user, letter(number=2))
        Path("Inbox").mkdir(exist_ok=True)
        after = finished("-v", "once", real=False, **env)
        assert after.returncode == 1 and "Traceback" not in after.stderr
        if auth != "microsoft-app":
            assert (
                "expired or was withdrawn" in after.stderr
                and "putright mailbox sign-in inbox" in after.stderr
            )
        everything = said + out + done.stdout + done.stderr + after.stdout + after.stderr
        assert not [x for x in (*server.given, SECRET) if x in everything]


@pytest.mark.dovecot
def test_the_list_says_when_each_mailbox_was_last_looked_at(
    dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUTRIGHT_MAIL_PASSWORD", PASSWORD)
    Path("putright.toml").write_text(
        f'{SETTINGS}[[mailbox]]\nname = "inbox"\nhost = "{dovecot.host}"\nport = {dovecot.port}\n'
        f'user = "{dovecot.new_user()}"\ntls = false\n'
        '[[mailbox]]\nname = "away"\nhost = "127.0.0.1"\nport = 9\nuser = "x"\ntls = false\n'
    )
    assert "never" in putright("mailbox", "list").stdout
    putright("once", "--at", "2026-11-23T10:04", code=1)
    said = putright("mailbox", "list").stdout
    assert re.search(r"inbox +127\.0\.0\.1 +INBOX +password +Mon 23 Nov 2026, 10:04", said)
    assert "away: The mail server 127.0.0.1:9 cannot be reached" in said
    first, second = in_json("mailbox", "list")
    assert first["last_good_look"].startswith("2026-11-23 10:04") and first["problem"] == ""
    assert second["last_good_look"] is None and second["problem"].startswith("The mail server")


def test_a_mailbox_with_a_password_needs_no_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUTRIGHT_MAIL_PASSWORD", "x")
    Path("putright.toml").write_text(
        f'{SETTINGS}[[mailbox]]\nname = "inbox"\nhost = "127.0.0.1"\nuser = "x"\ntls = false\n'
    )
    assert "signs in with a password" in refused("mailbox", "sign-in", "inbox")
    assert "There is no mailbox inbx. There are: inbox." in refused("mailbox", "sign-in", "inbx", code=2)


def test_without_a_mailbox_the_list_says_so() -> None:
    assert "No mailbox is set up" in putright("mailbox", "list").stdout


@pytest.mark.dovecot
def test_after_a_restore_what_was_put_away_since_the_backup_is_taken_in_again(
    dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUTRIGHT_MAIL_PASSWORD", PASSWORD)
    user = dovecot.new_user()
    Path("putright.toml").write_text(
        f'{SETTINGS}[[mailbox]]\nname = "inbox"\nhost = "{dovecot.host}"\nport = {dovecot.port}\n'
        f'user = "{user}"\ntls = false\n'
    )
    assert putright("mailbox", "recover", "inbox").stdout.startswith(
        "0 mails were put away in inbox, 0 of them"
    )
    dovecot.append(user, letter())
    putright("once")
    with closing(sqlite3.connect("test.db")) as db, closing(sqlite3.connect("backup.db")) as backup:
        db.backup(backup)
    dovecot.append(user, letter("complaint: the second", number=2))
    dovecot.append(user, letter("Back on Monday", number=3, headers="Auto-Submitted: auto-replied\r\n"))
    putright("once")
    for name in ("test.db", "test.db-wal", "test.db-shm"):
        Path(name).unlink(missing_ok=True)
    Path("backup.db").rename("test.db")
    assert "3 mails were put away in inbox, 2 of them" in putright("mailbox", "recover", "inbox").stdout
    putright("once")
    assert len(in_json("cases")) == 2
    counts = in_json("reconcile")
    assert (counts["logged"], counts["parked"], counts["unexplained"], counts["waiting"]) == (2, 1, 0, 0)
    assert "3 mails were put away in inbox, 0 of them" in putright("mailbox", "recover", "inbox").stdout
    assert [len(dovecot.mails(user, x)) for x in ("INBOX", "Processed", "Parked")] == [0, 2, 1]
