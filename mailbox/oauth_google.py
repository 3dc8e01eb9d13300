"""Signing in to Gmail and Google Workspace: a person once in a browser, renewed by google-auth from then on."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import requests
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from google.auth.transport.requests import Request
from google.oauth2.credentials import Credentials
from google_auth_oauthlib.flow import Flow
from oauthlib.oauth2 import OAuth2Error

from putright.mailbox.oauth import OAuthClient, TokenFile, provider_away, sign_in_again
from putright.mailbox.source import SourceUnavailable

SCOPES = ["https://mail.google.com/"]
AUTH_URL, TOKEN_URL = "https://accounts.google.com/o/oauth2/v2/auth", "https://oauth2.googleapis.com/token"
_WAIT_SECONDS = 600.0


class GooglePerson:
    """Tokens of a person who signed in in a browser (RFC 8252, with PKCE)."""

    def __init__(self, client: OAuthClient, kept: TokenFile) -> None:
        self._client, self._kept = client, kept

    def token(self, *, fresh: bool = False) -> str:
        credentials = self._credentials()
        if fresh or not credentials.valid:
            try:
                credentials.refresh(Request())
            except TransportError as error:
                raise provider_away("Google") from error
            except RefreshError as error:
                raise self._not_renewed(error) from error
            except GoogleAuthError as error:
                raise provider_away("Google") from error
            self._keep(credentials)
        return str(credentials.token)

    def sign_in(self, tell: Callable[[str], None], port: int = 0, seconds: float = _WAIT_SECONDS) -> None:
        """Have a person sign in: `tell` them the page to open; the browser's answer comes to a port of this machine."""
        flow = Flow.from_client_config(
            {
                "installed": {
                    "client_id": self._client.client_id,
                    "client_secret": self._client.client_secret,
                    "auth_uri": self._url("auth", AUTH_URL),
                    "token_uri": self._url("token", TOKEN_URL),
                }
            },
            SCOPES,
            autogenerate_code_verifier=True,
        )
        answers: list[str] = []

        def heard(environment: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
            answers.append(f"https://{environment['HTTP_HOST']}/?{environment['QUERY_STRING']}")
            start("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
            return [b"That is all: close this page and go back to putright.\n"]

        with make_server("127.0.0.1", port, heard, handler_class=_Quiet) as server:
            flow.redirect_uri = f"http://127.0.0.1:{server.server_port}/"
            page, _ = flow.authorization_url(access_type="offline", prompt="consent")
            tell(f"Open this page in a browser on this machine and sign in as the mailbox:\n{page}")
            server.timeout = seconds
            server.handle_request()
        if not answers:
            raise SourceUnavailable(
                "Nobody signed in within ten minutes; run the command again.", again=False
            )
        try:
            flow.fetch_token(authorization_response=answers[0])
        except requests.RequestException as error:
            raise provider_away("Google") from error
        except OAuth2Error as error:
            raise SourceUnavailable(
                f"Google did not finish the sign-in ({error.error}); check mailbox.client_id and its secret, and run "
                "the command again.",
                again=False,
            ) from error
        self._keep(flow.credentials)

    def _credentials(self) -> Credentials:
        kept = self._kept.read()
        if not kept:
            raise sign_in_again(
                self._client.mailbox, f"Nobody has signed in to the mailbox {self._client.mailbox}."
            )
        try:
            facts = json.loads(kept)
            expiry = datetime.fromisoformat(facts["expiry"])
            return _made(
                token=facts["token"],
                refresh_token=facts["refresh_token"],
                expiry=expiry,
                # The client and its secret of today: they may have been changed since somebody signed in.
                token_uri=self._url("token", TOKEN_URL),
                client_id=self._client.client_id,
                client_secret=self._client.client_secret,
                scopes=SCOPES,
            )
        except (ValueError, TypeError, KeyError) as error:
            raise sign_in_again(
                self._client.mailbox, f"The sign-in kept in {self._kept.path} is damaged."
            ) from error

    def _keep(self, credentials: Credentials) -> None:
        facts = {
            "token": credentials.token,
            "refresh_token": credentials.refresh_token,
            "expiry": credentials.expiry.isoformat() if credentials.expiry else None,
        }
        self._kept.write(json.dumps(facts))

    def _not_renewed(self, error: RefreshError) -> SourceUnavailable:
        if getattr(error, "retryable", False):
            return provider_away("Google")
        if "invalid_client" in str(error):
            return SourceUnavailable(
                "Google refuses the client; check mailbox.client_id and its secret in the environment, for the mailbox "
                f"{self._client.mailbox}.",
                again=False,
            )
        mailbox = self._client.mailbox
        return sign_in_again(mailbox, f"The sign-in to the mailbox {mailbox} has expired or was withdrawn.")

    def _url(self, what: str, usual: str) -> str:
        return f"{self._client.url}/{what}" if self._client.url else usual


def _made(**facts: Any) -> Credentials:
    return Credentials(**facts)


class _Quiet(WSGIRequestHandler):
    """Its log lines would hold the code."""

    def log_message(self, format: str, *_: Any) -> None:
        return
