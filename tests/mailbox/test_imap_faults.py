"""The IMAP source against a server that fails in every way a server can: nothing is lost, nothing hangs."""

import logging
import threading
import time
from collections.abc import Iterable, Iterator

import pytest

from putright.mailbox import imap
from putright.mailbox.imap import ImapSource
from putright.mailbox.imap_connect import ImapAccount
from putright.mailbox.source import Location, Place, RawMail, SourceUnavailable
from tests.mailbox.imap_fake import ALL, ImapFake, imap_fake
from tests.mailbox.test_imap import letter

NO_MOVE = ALL.replace(" MOVE", "")
NEITHER = NO_MOVE.replace(" UIDPLUS", "")
_OPEN: list[ImapSource] = []


@pytest.fixture
def fake() -> Iterator[ImapFake]:
    with imap_fake() as one:
        yield one


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    while _OPEN:
        _OPEN.pop().close()


def source_of(fake: ImapFake) -> ImapSource:
    account = ImapAccount("inbox", "127.0.0.1", "user", "secret", port=fake.port, tls=False, read_seconds=1)
    _OPEN.append(ImapSource(account))
    return _OPEN[-1]


def take(source: ImapSource, known: set[Location] | None = None) -> list[RawMail]:
    return list(source.new((known or set()).__contains__))


def put_away(source: ImapSource, places: Iterable[Location]) -> list[bool]:
    return [source.done(place, Place.PROCESSED) for place in places]


def in_folder(fake: ImapFake, folder: str) -> list[bytes]:
    return list(fake.folders.get(folder, {}).values())


# --- putting away ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("capabilities", "command", "fault"),
    [
        pytest.param(ALL, "UID MOVE", "NO [OVERQUOTA] the mailbox is full", id="MOVE refused: quota"),
        pytest.param(ALL, "UID MOVE", "NO [NOPERM] no right", id="MOVE refused: no right"),
        pytest.param(ALL, "UID MOVE", "BAD what is that", id="MOVE not understood"),
        pytest.param(ALL, "UID MOVE", "close", id="the connection is cut in MOVE"),
        pytest.param(ALL, "UID MOVE", "bye Session invalidated - AccessTokenExpired", id="BYE in MOVE"),
        pytest.param(ALL, "UID MOVE", "silent", id="MOVE is never answered"),
        pytest.param(ALL, "CREATE", "NO no right to make folders", id="the folder cannot be made"),
        pytest.param(ALL, "NAMESPACE", "close", id="cut before the folder is known"),
        pytest.param(NO_MOVE, "UID COPY", "NO [OVERQUOTA] full", id="COPY refused"),
        pytest.param(NO_MOVE, "UID COPY", "close", id="cut in COPY"),
    ],
)
def test_a_move_that_fails_is_made_after_the_next_look(
    fake: ImapFake, capabilities: str, command: str, fault: str
) -> None:
    fake.capabilities = capabilities
    fake.put(letter(1))
    source = source_of(fake)
    (mail,) = take(source)
    fake.fault(command, fault)
    assert not source.done(mail.location, Place.PROCESSED)
    assert in_folder(fake, "INBOX") == [letter(1)]
    assert take(source, {mail.location}) == []
    assert source.done(mail.location, Place.PROCESSED)
    assert (in_folder(fake, "INBOX"), in_folder(fake, "Processed")) == ([], [letter(1)])


def test_a_folder_that_was_taken_away_is_made_again(fake: ImapFake) -> None:
    for number in (1, 2):
        fake.put(letter(number))
    source = source_of(fake)
    first, second = take(source)
    assert source.done(first.location, Place.PROCESSED)
    del fake.folders["Processed"]
    assert source.done(second.location, Place.PROCESSED)
    assert in_folder(fake, "Processed") == [letter(2)]


def test_a_connection_cut_between_copy_and_expunge_leaves_a_second_copy_and_the_folder_empty() -> None:
    with imap_fake(capabilities=NO_MOVE) as fake:
        fake.put(letter(1))
        source = source_of(fake)
        (mail,) = take(source)
        fake.fault("UID EXPUNGE", "close")
        assert not source.done(mail.location, Place.PROCESSED)
        take(source, {mail.location})
        assert source.done(mail.location, Place.PROCESSED)
        assert (in_folder(fake, "INBOX"), len(in_folder(fake, "Processed"))) == ([], 2)


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"capabilities": NEITHER}, "a server without MOVE and UIDPLUS"),
        ({"read_only": True}, "a folder that may only be read"),
        ({"capabilities": NO_MOVE, "read_only": True}, "the same without MOVE"),
    ],
)
def test_where_nothing_can_be_moved_the_mail_stays_is_not_copied_and_not_taken_twice(
    how: dict[str, object], why: str
) -> None:
    with imap_fake(**how) as fake:
        fake.put(letter(1))
        source = source_of(fake)
        (mail,) = take(source)
        for _ in range(3):
            assert not source.done(mail.location, Place.PROCESSED)
            assert take(source, {mail.location}) == []
        assert source.read_only is fake.read_only
        assert fake.count("UID COPY") == fake.count("UID STORE") == fake.count("UID MOVE") == 0, why
        assert fake.count("UID FETCH 1 (BODY.PEEK") == 1


def test_mail_somebody_else_moved_needs_no_command(fake: ImapFake) -> None:
    fake.put(letter(1))
    source = source_of(fake)
    (mail,) = take(source)
    fake.folders["INBOX"].clear()
    take(source, {mail.location})
    assert source.done(mail.location, Place.PROCESSED)
    assert fake.count("UID MOVE") == 0


def test_a_server_that_refuses_every_move_is_asked_seldom_but_new_mail_gets_its_try(
    fake: ImapFake, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(60):
        fake.put(letter(number))
    source = source_of(fake)
    known = {mail.location for mail in take(source)}
    fake.fault("UID MOVE", "NO no right", 1_000)
    with caplog.at_level(logging.WARNING):
        assert not any(put_away(source, known))
        before = fake.count("UID MOVE")
        fake.put(letter(60))
        (new,) = take(source, known)
        places = sorted(known | {new.location}, key=lambda place: int(place.uid))
        assert not any(put_away(source, places))
    assert fake.count("UID MOVE") - before == imap._REFUSALS + 1
    fake._faults.clear()
    take(source, set(places))
    assert all(put_away(source, places))
    assert len(in_folder(fake, "Processed")) == 61


def test_a_server_that_is_gone_costs_one_try_not_one_for_each_mail(fake: ImapFake) -> None:
    for number in range(5):
        fake.put(letter(number))
    source = source_of(fake)
    mails = take(source)
    fake.fault("UID MOVE", "silent")
    began = time.monotonic()
    assert not any(put_away(source, [mail.location for mail in mails]))
    assert time.monotonic() - began < 3, "read_seconds is one second"
    assert fake.signed_in == 1


def test_servers_that_keep_folders_below_inbox_get_the_full_name() -> None:
    with imap_fake(prefix="INBOX/") as fake:
        fake.put(letter(1))
        source = source_of(fake)
        (mail,) = take(source)
        assert source.done(mail.location, Place.PARKED)
        assert in_folder(fake, "INBOX/Parked") == [letter(1)]


# --- looking --------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["SELECT", "UID SEARCH", "UID FETCH 1,2 (RFC822", "UID FETCH 1 (BODY"])
@pytest.mark.parametrize(
    "fault", ["close", "bye Session invalidated - AccessTokenExpired", "silent", "NO [UNAVAILABLE] later"]
)
def test_a_look_that_breaks_anywhere_takes_everything_at_the_next(
    fake: ImapFake, command: str, fault: str
) -> None:
    for number in (1, 2):
        fake.put(letter(number))
    source = source_of(fake)
    fake.fault(command, fault, 2 if command == "SELECT" else 1)
    taken = []
    began = time.monotonic()
    with pytest.raises(SourceUnavailable) as caught:
        for mail in source.new(lambda _: False):
            taken.append(mail)
    assert time.monotonic() - began < 5
    assert str(caught.value).endswith(".") and "\n" not in str(caught.value)
    assert taken == []
    fake._faults.clear()
    assert [mail.raw for mail in take(source)] == [letter(1), letter(2)]


@pytest.mark.parametrize(
    ("fault", "sentence", "again"),
    [
        ("close", "ended the connection", True),
        ("bye too many connections", "ended the connection", True),
        ("NO [UNAVAILABLE] the user database is away", "cannot sign anybody in now", True),
        ("NO [AUTHENTICATIONFAILED] no", "refused the user name or password", False),
    ],
)
def test_a_sign_in_that_fails_says_whether_it_is_the_password(
    fake: ImapFake, fault: str, sentence: str, again: bool
) -> None:
    fake.fault("LOGIN", fault)
    with pytest.raises(SourceUnavailable, match=sentence) as caught:
        take(source_of(fake))
    assert caught.value.again is again


def test_a_connection_that_ends_within_a_mail_does_not_give_half_of_it(fake: ImapFake) -> None:
    fake.put(letter(1))
    source = source_of(fake)
    fake.fault("UID FETCH 1 (BODY", "half")
    with pytest.raises(SourceUnavailable, match="broke"):
        take(source)
    assert [mail.raw for mail in take(source)] == [letter(1)]


def test_a_mail_that_is_listed_and_not_handed_out_is_taken_when_it_is(
    fake: ImapFake, caplog: pytest.LogCaptureFixture
) -> None:
    for number in (1, 2):
        fake.put(letter(number))
    source = source_of(fake)
    fake.fault("UID FETCH 1 (BODY", "empty", 6)
    known: set[Location] = set()
    with caplog.at_level(logging.WARNING):
        for _ in range(6):
            known |= {mail.location for mail in take(source, known)}
    assert len(known) == 1 and len(caplog.records) == 1, "the other one is taken; it is told once"
    (trouble,) = source.troubles()
    assert "lists 1 mail in INBOX" in trouble and trouble.endswith(".")
    assert [mail.raw for mail in take(source, known)] == [letter(1)]


def test_a_uidnext_that_is_too_low_hides_no_mail_in_a_big_folder(
    fake: ImapFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "_PIECE", 4)
    for number in range(11):
        fake.put(letter(number))
    fake.put(letter(99), uid=30)
    fake.uidnext = 3
    source = source_of(fake)
    assert len(take(source)) == 12
    fake.uidnext = 31
    assert len(take(source)) == 12
    assert fake.count("UID SEARCH UID 1:4") == 1


@pytest.mark.parametrize("capabilities", [ALL, ALL.replace(" IDLE", "")], ids=["IDLE", "no IDLE"])
def test_a_wait_ends_and_the_next_look_finds_the_mail_whatever_the_server_can(
    fake: ImapFake, capabilities: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.capabilities = capabilities
    monkeypatch.setattr(imap, "POLL_SECONDS", 0.2)
    source = source_of(fake)
    assert take(source) == []
    fake.put(letter(1))  # this server never announces anything
    source.wait(0.5, threading.Event())
    assert [mail.raw for mail in take(source)] == [letter(1)]
    assert fake.signed_in == 1, "the connection lives on"


def test_idle_is_left_and_begun_again_before_servers_cut_it(
    fake: ImapFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "IDLE_SECONDS", 0.3)
    monkeypatch.setattr(imap, "_FIRST_IDLE_SECONDS", 0.1)
    source = source_of(fake)
    take(source)
    assert not source.wait(1.2, threading.Event())
    assert fake.count("IDLE") >= 3


def test_a_server_that_goes_deaf_in_idle_is_noticed_and_another_connection_made(
    fake: ImapFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "IDLE_SECONDS", 0.2)
    source = source_of(fake)
    take(source)
    fake.fault("IDLE", "silent")
    began = time.monotonic()
    source.wait(3, threading.Event())
    assert time.monotonic() - began < 3.5, "read_seconds is one second"
    fake.put(letter(1))
    assert [mail.raw for mail in take(source)] == [letter(1)]
    assert fake.signed_in == 2


def test_a_server_that_says_bye_in_idle_is_found_again(fake: ImapFake) -> None:
    source = source_of(fake)
    take(source)
    fake.fault("IDLE", "bye timed out")
    source.wait(0.5, threading.Event())
    fake.put(letter(1))
    assert [mail.raw for mail in take(source)] == [letter(1)]
