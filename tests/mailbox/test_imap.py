"""The IMAP source against a real Dovecot."""

import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from imapclient import IMAPClient  # type: ignore[import-untyped]

from putright.mailbox import imap, limits
from putright.mailbox.imap import ImapSource
from putright.mailbox.imap_connect import ImapAccount
from putright.mailbox.parse import parse
from putright.mailbox.source import Location, Place, RawMail, SourceUnavailable
from tests.dovecot import PASSWORD, Dovecot

STAFF = frozenset({"harrowmere.example"})


def letter(number: int, body: str = "The ceiling leaks.") -> bytes:
    return (
        f"From: Jane Doe <jane@example.org>\r\nDate: Mon, 2 Nov 2026 09:14:00 +0000\r\nSubject: Letter {number}\r\n"
        f"Message-ID: <letter-{number}@example.org>\r\n\r\n{body}\r\n"
    ).encode()


def nothing_known(_: Location) -> bool:
    return False


@pytest.fixture
def account(dovecot: Dovecot) -> ImapAccount:
    return ImapAccount(
        "inbox", dovecot.host, dovecot.new_user(), PASSWORD, port=dovecot.port, tls=False, read_seconds=10
    )


@pytest.fixture
def source(account: ImapAccount) -> Iterator[ImapSource]:
    source = ImapSource(account)
    yield source
    source.close()


def take(source: ImapSource, known: set[Location] | None = None) -> list[RawMail]:
    return list(source.new((known or set()).__contains__))


@pytest.mark.dovecot
def test_each_mail_is_taken_once_and_its_flags_stay(
    dovecot: Dovecot, account: ImapAccount, source: ImapSource
) -> None:
    arrived = datetime(2026, 11, 3, 8, 0, tzinfo=UTC)
    for number in (1, 2, 3):
        dovecot.append(account.user, letter(number), msg_time=arrived)
    mails = take(source)
    assert [mail.raw for mail in mails] == [letter(1), letter(2), letter(3)]
    assert {mail.arrived for mail in mails} == {arrived}
    assert len({mail.location for mail in mails}) == 3
    assert not any(b"\\Seen" in flags for flags in dovecot.flags(account.user))
    known = {mail.location for mail in mails}
    dovecot.append(account.user, letter(4), flags=[b"\\Seen"])
    assert [mail.raw for mail in take(source, known)] == [letter(4)]


@pytest.mark.dovecot
@pytest.mark.parametrize("where", list(Place))
def test_done_mail_is_moved_into_its_folder(
    dovecot: Dovecot, account: ImapAccount, source: ImapSource, where: Place
) -> None:
    for number in (1, 2):
        dovecot.append(account.user, letter(number))
    first, _ = take(source)
    source.done(first.location, where)
    assert dovecot.mails(account.user) == [letter(2)]
    assert dovecot.mails(account.user, where.value) == [letter(1)]


@pytest.mark.dovecot
def test_mail_is_moved_while_it_is_listed(dovecot: Dovecot, account: ImapAccount, source: ImapSource) -> None:
    for number in (1, 2, 3):
        dovecot.append(account.user, letter(number))
    taken = []
    for mail in source.new(nothing_known):
        taken.append(mail.raw)
        source.done(mail.location, Place.PROCESSED)
    assert taken == [letter(1), letter(2), letter(3)]
    assert dovecot.mails(account.user) == []
    assert len(dovecot.mails(account.user, "Processed")) == 3


@pytest.mark.dovecot
def test_without_move_a_mail_is_copied_and_only_that_one_expunged(
    dovecot: Dovecot, account: ImapAccount, source: ImapSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    dovecot.append(account.user, letter(1))
    dovecot.append(account.user, letter(2), flags=[b"\\Deleted"])
    first, _ = take(source)
    able = IMAPClient.has_capability
    monkeypatch.setattr(IMAPClient, "has_capability", lambda self, what: what != "MOVE" and able(self, what))
    source.done(first.location, Place.PROCESSED)
    assert dovecot.mails(account.user) == [letter(2)], "a bare EXPUNGE takes what others marked deleted"
    assert dovecot.mails(account.user, "Processed") == [letter(1)]


@pytest.mark.dovecot
def test_a_new_uidvalidity_makes_all_mail_new_and_old_keys_move_nothing(
    dovecot: Dovecot, account: ImapAccount
) -> None:
    dovecot.create(account.user, "Complaints")
    dovecot.append(account.user, letter(1), "Complaints")
    source = ImapSource(replace(account, folder="Complaints"))
    (mail,) = take(source)
    dovecot.reset_uidvalidity(account.user, "Complaints")
    (again,) = take(source, {mail.location})
    assert again.raw == mail.raw
    assert again.location.uidvalidity != mail.location.uidvalidity
    source.done(mail.location, Place.PROCESSED)
    assert dovecot.mails(account.user, "Complaints") == [letter(1)]
    source.close()


@pytest.mark.dovecot
@pytest.mark.parametrize(
    "folder",
    [
        "Beschwerden für Häuser",
        "投訴",
        "Complaints/2026/Stage 1",
        'The "old" box',
        "R&D & more",
        "Back\\slash",
    ],
)
def test_a_folder_of_any_name_is_looked_at_and_emptied(
    dovecot: Dovecot, account: ImapAccount, folder: str
) -> None:
    dovecot.create(account.user, folder)
    dovecot.append(account.user, letter(1), folder)
    source = ImapSource(replace(account, folder=folder))
    (mail,) = take(source)
    assert (mail.raw, mail.location.folder) == (letter(1), folder)
    assert source.done(mail.location, Place.PROCESSED)
    source.close()
    assert dovecot.mails(account.user, folder) == []
    assert dovecot.mails(account.user, "Processed") == [letter(1)]


@pytest.mark.dovecot
def test_wait_returns_soon_after_mail_comes(
    dovecot: Dovecot, account: ImapAccount, source: ImapSource
) -> None:
    take(source)
    threading.Timer(1.5, dovecot.append, [account.user, letter(1)]).start()
    began = time.monotonic()
    assert source.wait(20, threading.Event())
    assert 1.4 < time.monotonic() - began < 1.5 + 0.5 + 0.9
    assert [mail.raw for mail in take(source)] == [letter(1)]


@pytest.mark.dovecot
def test_wait_notices_mail_that_came_between_the_look_and_the_wait(
    dovecot: Dovecot, account: ImapAccount, source: ImapSource
) -> None:
    take(source)
    dovecot.append(account.user, letter(1))
    began = time.monotonic()
    assert source.wait(20, threading.Event())
    assert time.monotonic() - began < 2


@pytest.mark.dovecot
def test_wait_ends_at_its_timeout_and_again_and_again(source: ImapSource) -> None:
    take(source)
    for _ in range(3):
        began = time.monotonic()
        assert not source.wait(0.5, threading.Event())
        assert 0.4 < time.monotonic() - began < 1.5
    assert take(source) == []


@pytest.mark.dovecot
def test_wait_ends_promptly_when_told_to_stop(source: ImapSource) -> None:
    take(source)
    stop = threading.Event()
    threading.Timer(0.5, stop.set).start()
    began = time.monotonic()
    assert not source.wait(60, stop)
    assert time.monotonic() - began < 1.4
    assert take(source) == [], "the source works on after a stopped wait"


@pytest.mark.dovecot
def test_a_restarted_server_is_found_again_and_nothing_is_lost(
    dovecot: Dovecot, account: ImapAccount
) -> None:
    source = ImapSource(account)
    dovecot.append(account.user, letter(1))
    first = take(source)
    dovecot.stop()
    try:
        began = time.monotonic()
        source.wait(5, threading.Event())
        assert time.monotonic() - began < 3, "a dead connection does not pass for a quiet one"
        with pytest.raises(SourceUnavailable, match="cannot be reached") as caught:
            take(source)
        assert caught.value.again
        assert not source.done(first[0].location, Place.PROCESSED), "tried again after the next look"
    finally:
        dovecot.start()
    dovecot.append(account.user, letter(2))
    assert [mail.raw for mail in take(source, {first[0].location})] == [letter(2)]
    assert source.done(first[0].location, Place.PROCESSED)
    assert dovecot.mails(account.user, "Processed") == [letter(1)]
    source.close()


@pytest.mark.dovecot
def test_a_connection_that_breaks_between_two_mails_loses_none(
    dovecot: Dovecot, account: ImapAccount
) -> None:
    source = ImapSource(account)
    for number in (1, 2):
        dovecot.append(account.user, letter(number))
    stream = source.new(nothing_known)
    first = next(stream)
    dovecot.stop()
    try:
        with pytest.raises(SourceUnavailable, match="broke; it is tried again") as caught:
            next(stream)
        assert caught.value.again
    finally:
        dovecot.start()
    assert [mail.raw for mail in take(source, {first.location})] == [letter(2)]
    source.close()


@pytest.mark.dovecot
def test_a_mail_above_the_limit_comes_as_headers_and_text(
    dovecot: Dovecot, account: ImapAccount, source: ImapSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = (Path(__file__).parent / "mails" / "attachment-photo.eml").read_bytes()
    whole = parse(raw, datetime.now(UTC), STAFF)
    dovecot.append(account.user, raw)
    dovecot.append(account.user, letter(1, "Long. " * 500))
    monkeypatch.setattr(limits, "MESSAGE_BYTES", 400)
    mails = take(source)
    monkeypatch.undo()
    cut, plain = (parse(mail.raw, mail.arrived, STAFF) for mail in mails)
    assert (cut.body, cut.subject, cut.sender, cut.received_at) == (
        whole.body,
        whole.subject,
        whole.sender,
        whole.received_at,
    )
    assert not cut.attachments
    assert plain.body.startswith("Long. Long.")
    assert all("attachments were left in the mailbox" in message.notes[-1] for message in (cut, plain))


@pytest.mark.dovecot
@pytest.mark.parametrize(
    ("name", "change", "sentence", "again"),
    [
        ("a wrong password", {"password": "wrong-secret"}, "refused the user name or password", False),
        ("a password beyond ASCII", {"password": "pässwörd"}, "refused the user name or password", False),
        (
            "a folder that is not there",
            {"folder": "Complaints"},
            "The folder Complaints cannot be opened",
            False,
        ),
        ("a port where nobody listens", {"port": 9}, "cannot be reached", True),
        ("a port that speaks no TLS", {"tls": True}, "does not answer in TLS", False),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_what_fails_is_said_in_one_sentence(
    account: ImapAccount, name: str, change: dict[str, Any], sentence: str, again: bool
) -> None:
    source = ImapSource(replace(account, **change))
    with pytest.raises(SourceUnavailable, match=sentence) as caught:
        take(source)
    source.close()
    assert caught.value.again is again
    said = str(caught.value)
    assert account.user not in said
    assert "wrong-secret" not in said and PASSWORD not in said
    assert said.endswith(".") and "\n" not in said


@pytest.mark.dovecot
def test_over_tls_mail_is_read_waited_for_and_moved(
    dovecot: Dovecot, account: ImapAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    secure = replace(account, port=dovecot.tls_port, tls=True)
    with pytest.raises(SourceUnavailable, match="shows a certificate that is not trusted") as caught:
        take(ImapSource(secure))
    assert not caught.value.again
    monkeypatch.setenv("SSL_CERT_FILE", str(dovecot.ca_file))
    source = ImapSource(secure)
    assert take(source) == []
    threading.Timer(1.5, dovecot.append, [account.user, letter(1)]).start()
    began = time.monotonic()
    assert source.wait(20, threading.Event())
    assert time.monotonic() - began < 1.5 + 2
    (mail,) = take(source)
    assert mail.raw == letter(1) and source.done(mail.location, Place.PROCESSED)
    source.close()


def test_plain_text_is_refused_beyond_the_machine_itself() -> None:
    with pytest.raises(SourceUnavailable, match="unencrypted"):
        ImapSource(ImapAccount("inbox", "mail.example.org", "user", "secret", port=143, tls=False))


def test_the_password_is_not_shown() -> None:
    assert "secret" not in repr(ImapAccount("inbox", "mail.example.org", "user", "secret"))


def test_the_wait_between_tries_grows_to_five_minutes() -> None:
    source = ImapSource(ImapAccount("inbox", "127.0.0.1", "user", "secret", port=9, tls=False))
    longest = []
    for failures in (1, 2, 5, 50):
        source._failures = failures
        longest.append(max(source._back_off() for _ in range(200)))
    assert longest == sorted(longest)
    assert longest[0] <= 1 and 290 < longest[-1] <= 300


@pytest.mark.dovecot
def test_a_mail_the_server_does_not_hand_out_is_left_for_later(
    dovecot: Dovecot,
    account: ImapAccount,
    source: ImapSource,
    caplog: pytest.LogCaptureFixture,
) -> None:
    dovecot.append(account.user, letter(1, imap._STUB.decode()))
    with caplog.at_level(logging.WARNING):
        for _ in range(6):
            assert take(source) == []
    assert len(caplog.records) == 1
