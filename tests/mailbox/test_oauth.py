"""Sign-in without a password, against a provider on loopback and a real Dovecot that asks it about each token."""

import logging
import stat
import threading
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from ssl import create_default_context

import pytest

from putright.mailbox.imap import ImapSource
from putright.mailbox.imap_connect import ImapAccount
from putright.mailbox.oauth import OAuthClient, TokenFile, Tokens, token_file
from putright.mailbox.oauth_google import GooglePerson
from putright.mailbox.oauth_microsoft import MicrosoftApp, MicrosoftPerson
from putright.mailbox.source import SourceUnavailable
from tests.dovecot import Dovecot
from tests.mailbox.imap_fake import imap_fake
from tests.mailbox.test_imap import letter
from tests.slack_fake.bolt import no_proxies
from tests.token_server import CLIENT, SECRET, TENANT, TokenServer, token_server

Make = Callable[[TokenServer, TokenFile], Tokens]


def client_of(server: TokenServer, secret: str = "", tenant: str = TENANT) -> OAuthClient:
    return OAuthClient("inbox", CLIENT, secret, tenant, server.url)


def microsoft(server: TokenServer, kept: TokenFile) -> MicrosoftPerson:
    return MicrosoftPerson(client_of(server), kept)


def microsoft_app(server: TokenServer, kept: TokenFile) -> MicrosoftApp:
    return MicrosoftApp(client_of(server, SECRET))


def google(server: TokenServer, kept: TokenFile) -> GooglePerson:
    return GooglePerson(client_of(server, SECRET), kept)


PERSONS = [pytest.param(microsoft, id="Microsoft"), pytest.param(google, id="Google")]
EVERYBODY = [*PERSONS, pytest.param(microsoft_app, id="Microsoft, an app of its own")]


@pytest.fixture(autouse=True)
def _without_proxies() -> Iterator[None]:
    with no_proxies():
        yield


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TokenServer]:
    with token_server(tmp_path, "complaints@landlord.example") as one:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(one.ca_file))
        one.approved.set()
        yield one


@pytest.fixture
def kept(tmp_path: Path) -> TokenFile:
    return token_file(tmp_path / "putright.db", "inbox")


def browser(server: TokenServer, page: str) -> None:
    """Open the page the program named, and follow it back, as a browser does."""
    address = page[page.index("https://") :].split()[0]
    context = create_default_context(cafile=str(server.ca_file))
    urllib.request.urlopen(address, context=context, timeout=10).close()


def sign_in(server: TokenServer, tokens: Tokens) -> None:
    if isinstance(tokens, GooglePerson):
        threads: list[threading.Thread] = []

        def tell(sentence: str) -> None:
            threads.append(threading.Thread(target=browser, args=(server, sentence)))
            threads[-1].start()

        tokens.sign_in(tell)
        threads[0].join()
    elif isinstance(tokens, MicrosoftPerson):
        tokens.sign_in(lambda _: None)


@pytest.mark.parametrize("make", EVERYBODY)
def test_a_sign_in_gives_tokens_that_are_kept_and_renewed(
    server: TokenServer, kept: TokenFile, make: Make, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        sign_in(server, make(server, kept))
        first = make(server, kept).token()
        assert server.access[first] == server.user
        again = make(server, kept)
        assert make is microsoft_app or again.token() == first, "it is good for an hour"
        fresh = again.token(fresh=True)
        assert fresh != first and server.access[fresh] == server.user
    assert not [x for x in (*server.given, SECRET) if x in caplog.text]
    if kept.path.exists():
        assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(kept.path.parent.stat().st_mode) == 0o700
        assert [x.name for x in kept.path.parent.iterdir()] == ["inbox.json"], "no half file is left"


@pytest.mark.parametrize("make", PERSONS)
def test_an_expired_token_is_renewed_by_itself(server: TokenServer, kept: TokenFile, make: Make) -> None:
    server.good_seconds = 1
    sign_in(server, make(server, kept))
    server.good_seconds = 3600
    first = make(server, kept).token()
    assert server.asked[-1] == "refresh_token"
    assert make(server, kept).token() == first


@pytest.mark.parametrize("make", PERSONS)
def test_what_keeps_a_person_from_being_signed_in_says_to_sign_in(
    server: TokenServer, kept: TokenFile, make: Make
) -> None:
    with pytest.raises(
        SourceUnavailable, match=r"Nobody has signed in to the mailbox inbox\. Sign in with:  putright"
    ):
        make(server, kept).token()
    sign_in(server, make(server, kept))
    server.revoke()
    with pytest.raises(SourceUnavailable, match="has expired or was withdrawn") as caught:
        make(server, kept).token(fresh=True)
    assert not caught.value.again and str(caught.value).endswith("putright mailbox sign-in inbox")
    kept.path.write_text("{half")
    with pytest.raises(SourceUnavailable, match="is damaged"):
        make(server, kept).token()


@pytest.mark.parametrize("make", EVERYBODY)
def test_a_provider_that_is_away_is_tried_again(server: TokenServer, kept: TokenFile, make: Make) -> None:
    sign_in(server, make(server, kept))
    server.broken = True
    with pytest.raises(SourceUnavailable) as caught:
        make(server, kept).token(fresh=True)
    assert str(caught.value).endswith("It is tried again by itself.") and caught.value.again
    server.broken = False
    assert make(server, kept).token(fresh=True) in server.access


@pytest.mark.parametrize(
    ("make", "grant", "error", "sentence"),
    [
        (
            microsoft_app,
            "client_credentials",
            "invalid_client",
            "refuses the client secret; it may have expired",
        ),
        (
            microsoft_app,
            "client_credentials",
            "unauthorized_client",
            r"refuses the app \(unauthorized_client\)",
        ),
        (microsoft, "refresh_token", "interaction_required", "has expired or was withdrawn"),
        (microsoft, "refresh_token", "unauthorized_client", r"refuses the app \(unauthorized_client\)"),
        (google, "refresh_token", "invalid_client", "Google refuses the client"),
    ],
)
def test_each_refusal_is_one_sentence_without_a_secret(
    server: TokenServer, kept: TokenFile, make: Make, grant: str, error: str, sentence: str
) -> None:
    sign_in(server, make(server, kept))
    server.refuses[grant] = error
    with pytest.raises(SourceUnavailable, match=sentence) as caught:
        make(server, kept).token(fresh=True)
    assert not [x for x in (*server.given, SECRET) if x in str(caught.value)]


def test_a_directory_that_is_not_there_names_the_setting(server: TokenServer, kept: TokenFile) -> None:
    with pytest.raises(SourceUnavailable, match=r"check mailbox\.tenant"):
        MicrosoftApp(client_of(server, SECRET, "no-such-tenant")).token()


def test_a_code_that_is_declined_is_said(server: TokenServer, kept: TokenFile) -> None:
    server.refuses["device_code"] = "authorization_declined"
    with pytest.raises(
        SourceUnavailable, match=r"was not finished \(authorization_declined\); run the command again"
    ):
        microsoft(server, kept).sign_in(lambda _: None)
    assert not kept.path.exists()


def test_a_browser_that_never_comes_back_is_said(server: TokenServer, kept: TokenFile) -> None:
    with pytest.raises(SourceUnavailable, match="Nobody signed in"):
        google(server, kept).sign_in(lambda _: None, seconds=0.1)


def test_a_folder_that_cannot_be_written_is_said(server: TokenServer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SourceUnavailable, match="cannot be kept"):
        sign_in(server, microsoft(server, TokenFile(tmp_path / "file" / "inbox.json")))


# --- with a mail server ---------------------------------------------------------------------------


@pytest.mark.dovecot
@pytest.mark.parametrize("make", EVERYBODY)
def test_mail_is_read_with_a_token_which_is_renewed_when_the_server_refuses_it(
    dovecot: Dovecot, tmp_path: Path, kept: TokenFile, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = dovecot.new_user()
    dovecot.append(user, letter(1))
    with token_server(tmp_path, user, dovecot.token_port) as server:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(server.ca_file))
        server.approved.set()
        sign_in(server, make(server, kept))
        tokens = make(server, kept)
        account = ImapAccount("inbox", dovecot.host, user, port=dovecot.port, tls=False, tokens=tokens)

        def look() -> list[bytes]:
            source = ImapSource(account)
            try:
                return [mail.raw for mail in source.new(lambda _: False)]
            finally:
                source.close()

        assert look() == [letter(1)]
        server.access.clear()  # withdrawn on the server; the provider gives another
        assert look() == [letter(1)]
        server.user = "somebody-else"
        server.access.clear()
        with pytest.raises(SourceUnavailable, match="refused the sign-in by OAuth") as caught:
            look()
        assert not [x for x in (*server.given, user) if x in str(caught.value)]


class Given:
    """Tokens that are as they are."""

    def __init__(self) -> None:
        self.fresh = 0

    def token(self, *, fresh: bool = False) -> str:
        self.fresh += fresh
        return "token"


@pytest.mark.parametrize(
    ("command", "fault", "sentence"),
    [
        ("AUTHENTICATE", "NO AUTHENTICATE failed.", "refused the sign-in by OAuth; check the user name"),
        (
            "AUTHENTICATE",
            "BAD User is authenticated but not connected.",
            r"opens no mailbox; .*\(FullAccess\)",
        ),
        ("SELECT", "BAD User is authenticated but not connected.", r"opens no mailbox; .*\(FullAccess\)"),
    ],
)
def test_the_two_refusals_of_exchange_are_advice(command: str, fault: str, sentence: str) -> None:
    with imap_fake() as fake:
        fake.fault(command, fault, 4)
        account = ImapAccount("inbox", "127.0.0.1", "user", port=fake.port, tls=False, read_seconds=2)
        source = ImapSource(replace(account, tokens=Given()))
        with pytest.raises(SourceUnavailable, match=sentence):
            list(source.new(lambda _: False))
        source.close()
