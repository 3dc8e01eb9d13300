"""Signing in to an IMAP server, with every way that fails as one sentence that says what to do."""

import ipaddress
import socket
import ssl
from dataclasses import dataclass, field

from imapclient import IMAPClient, SocketTimeout  # type: ignore[import-untyped]
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError  # type: ignore[import-untyped]

from putright.mailbox.oauth import Tokens
from putright.mailbox.source import SourceUnavailable

_FOR_NOW = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]")
"""Codes of a refusal that is not about the user (RFC 5530)."""


@dataclass(frozen=True, slots=True)
class ImapAccount:
    """Where and as whom to read mail; `name` is the account in locations, and the times are seconds."""

    name: str
    host: str
    user: str
    password: str = field(default="", repr=False)
    port: int = 993
    folder: str = "INBOX"
    tls: bool = True
    connect_seconds: float = 15
    read_seconds: float = 60
    tokens: Tokens | None = field(default=None, repr=False)
    """Where set, access tokens take the place of the password (XOAUTH2)."""

    @property
    def server(self) -> str:
        return f"{self.host}:{self.port}"


def check(account: ImapAccount) -> None:
    """Raises SourceUnavailable for an account whose password and mail would travel unencrypted."""
    if not account.tls and not _is_loopback(account.host):
        sentence = (
            f"Mail from {account.server} would travel unencrypted; turn TLS on (port 993) in the settings."
        )
        raise SourceUnavailable(sentence, again=False)


def connect(account: ImapAccount) -> IMAPClient:
    """A signed-in client with socket timeouts (without them a dead line hangs for ever); raises SourceUnavailable.

    With OAuth each connection has a token of its own; one the server refuses is renewed once.
    """
    check(account)
    if account.tokens is None:
        return _connected(account, "")
    try:
        return _connected(account, account.tokens.token())
    except SourceUnavailable as error:
        if not isinstance(error.__cause__, LoginError):
            raise
    return _connected(account, account.tokens.token(fresh=True))


def _connected(account: ImapAccount, token: str) -> IMAPClient:
    timeout = SocketTimeout(connect=account.connect_seconds, read=account.read_seconds)
    context = ssl.create_default_context() if account.tls else None
    client = None
    try:
        client = IMAPClient(account.host, account.port, ssl=account.tls, ssl_context=context, timeout=timeout)
        client.normalise_times = False  # INTERNALDATE with its zone, not as naive local time
        _sign_in(client, account, token)
    except (IMAPClientError, OSError) as error:
        if client is not None:
            drop(client)
        raise _unavailable(account, error) from error
    return client


def _sign_in(client: IMAPClient, account: ImapAccount, token: str) -> None:
    if token:
        words = [f"user={account.user}\1auth=Bearer {token}\1\1"]
        # The answer to the server's reasons is empty (XOAUTH2); then it says NO.
        client.sasl_login("XOAUTH2", lambda _: words.pop() if words else "")
        return
    # LOGIN carries plain English letters only (RFC 3501, section 6.2.3).
    sign_in = client.login if (account.user + account.password).isascii() else client.plain_login
    sign_in(account.user, account.password)


def drop(client: IMAPClient) -> None:
    """Close the connection without a word to the server, which may be deaf."""
    try:
        client.shutdown()
    except (IMAPClientError, OSError, AttributeError):
        return


def _unavailable(account: ImapAccount, error: Exception) -> SourceUnavailable:
    """The sentence for a failed sign-in; the server's own words stay in the cause, for they may name the user."""
    server = f"The mail server {account.server}"
    if isinstance(error, LoginError) and isinstance(error.__context__, IMAPClientAbortError):
        error = error.__context__  # imapclient calls everything that goes wrong in LOGIN a refusal
    if isinstance(error, LoginError) and any(code in str(error) for code in _FOR_NOW):
        return SourceUnavailable(
            f"{server} cannot sign anybody in now; it is tried again by itself.", again=True
        )
    if isinstance(error, LoginError) and account.tokens is not None:
        if "not connected" in str(error):
            return no_right(account)
        return SourceUnavailable(
            f"{server} refused the sign-in by OAuth; check the user name, that the app may use IMAP (scope, consent) "
            "and, for an app of its own, that its service principal was registered in Exchange.",
            again=False,
        )
    if isinstance(error, LoginError):
        return SourceUnavailable(
            f"{server} refused the user name or password; check both in the settings, and whether the mailbox "
            "allows sign-in with a password.",
            again=False,
        )
    if isinstance(error, ssl.SSLCertVerificationError):
        return SourceUnavailable(
            f"{server} shows a certificate that is not trusted ({error.verify_message}); check the host name in "
            "the settings, or have the certificate put right.",
            again=False,
        )
    if isinstance(error, ssl.SSLError):
        sentence = (
            f"{server} does not answer in TLS; check that the port is the one for TLS (most often 993)."
        )
        return SourceUnavailable(sentence, again=False)
    if isinstance(error, socket.gaierror):
        sentence = f"{server} cannot be found; check its name in the settings, and the network."
        return SourceUnavailable(sentence, again=True)
    if isinstance(error, OSError):
        sentence = f"{server} cannot be reached; check the network, the port and whether the server runs."
        return SourceUnavailable(sentence, again=True)
    return SourceUnavailable(f"{server} ended the connection; it is tried again by itself.", again=True)


def no_right(account: ImapAccount) -> SourceUnavailable:
    """What Exchange means by "User is authenticated but not connected"."""
    return SourceUnavailable(
        f"The mail server {account.server} took the sign-in but opens no mailbox; check the user name in the "
        "settings and the right of the signed-in user or app to this mailbox (FullAccess).",
        again=False,
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
