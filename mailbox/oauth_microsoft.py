"""Signing in to Microsoft 365: a person once by a code, or the program itself with a secret of its own.

By msal, which keeps and renews the tokens (email.md, section 9).
"""

from collections.abc import Callable
from typing import Any

import msal
import requests

from putright.mailbox.oauth import OAuthClient, TokenFile, provider_away, sign_in_again
from putright.mailbox.source import SourceUnavailable

URL = "https://login.microsoftonline.com"
PERSONS_SCOPE = "https://outlook.office365.com/IMAP.AccessAsUser.All"
PROGRAMS_SCOPE = "https://outlook.office365.com/.default"
_SECONDS = 30
_AGAIN = ("interaction_required", "login_required", "consent_required")


class MicrosoftPerson:
    """Tokens of a person who signed in by a code (RFC 8628); renewed without them until the sign-in expires."""

    def __init__(self, client: OAuthClient, kept: TokenFile) -> None:
        self._client, self._kept = client, kept

    def token(self, *, fresh: bool = False) -> str:
        cache = self._cache()
        app = _application(msal.PublicClientApplication, self._client, token_cache=cache)
        accounts = _asked(app.get_accounts)
        if not accounts:
            raise sign_in_again(
                self._client.mailbox, f"Nobody has signed in to the mailbox {self._client.mailbox}."
            )
        answer = _asked(
            app.acquire_token_silent_with_error, [PERSONS_SCOPE], accounts[0], force_refresh=fresh
        )
        self._keep(cache)
        if answer and "access_token" in answer:
            return str(answer["access_token"])
        error = str((answer or {}).get("error", "no token"))
        if error == "invalid_grant" or error in _AGAIN or answer is None:
            raise sign_in_again(
                self._client.mailbox,
                f"The sign-in to the mailbox {self._client.mailbox} has expired or was withdrawn ({error}).",
            )
        raise _refused(error)

    def sign_in(self, tell: Callable[[str], None]) -> None:
        """Have a person sign in: `tell` them the code and where to type it, and wait until it is done."""
        cache = msal.SerializableTokenCache()  # a new sign-in takes the place of the old
        app = _application(msal.PublicClientApplication, self._client, token_cache=cache)
        flow = _asked(app.initiate_device_flow, scopes=[PERSONS_SCOPE])
        if "user_code" not in flow:
            raise _refused(str(flow.get("error", "no code")))
        tell(
            f"Open {flow['verification_uri']} and type the code {flow['user_code']}, then sign in as the mailbox."
        )
        answer = _asked(app.acquire_token_by_device_flow, flow)
        if "access_token" not in answer:
            raise SourceUnavailable(
                f"The sign-in was not finished ({answer.get('error', 'no token')}); run the command again.",
                again=False,
            )
        self._keep(cache)

    def _cache(self) -> Any:
        cache = msal.SerializableTokenCache()
        try:
            cache.deserialize(self._kept.read() or "{}")
        except ValueError as error:
            raise sign_in_again(
                self._client.mailbox, f"The sign-in kept in {self._kept.path} is damaged."
            ) from error
        return cache

    def _keep(self, cache: Any) -> None:
        if cache.has_state_changed:
            self._kept.write(cache.serialize())


class MicrosoftApp:
    """Tokens of the program itself (client credentials): nobody signs in, and the secret has an expiry date."""

    def __init__(self, client: OAuthClient) -> None:
        self._client = client
        self._app: Any = None

    def token(self, *, fresh: bool = False) -> str:
        if self._app is None or fresh:
            self._app = _application(
                msal.ConfidentialClientApplication, self._client, client_credential=self._client.client_secret
            )
        answer = _asked(self._app.acquire_token_for_client, scopes=[PROGRAMS_SCOPE])
        if "access_token" in answer:
            return str(answer["access_token"])
        error = str(answer.get("error", "no token"))
        if error == "invalid_client":
            raise SourceUnavailable(
                "Microsoft refuses the client secret; it may have expired. Make a new one for the app registration and "
                f"put it into the environment, for the mailbox {self._client.mailbox}.",
                again=False,
            )
        raise _refused(error)


def _application(kind: Any, client: OAuthClient, **more: Any) -> Any:
    own = bool(client.url)  # Microsoft does not vouch for an authority of somebody else's
    return _asked(
        kind,
        client.client_id,
        authority=f"{client.url or URL}/{client.tenant}",
        instance_discovery=False if own else None,
        timeout=_SECONDS,
        **more,
    )


def _asked(ask: Callable[..., Any], *what: Any, **more: Any) -> Any:
    """Ask msal; what it meets on the way becomes a sentence."""
    try:
        return ask(*what, **more)
    except (requests.RequestException, msal.exceptions.MsalServiceError) as error:
        raise provider_away("Microsoft") from error
    except ValueError as error:
        raise SourceUnavailable(
            "Microsoft knows no such directory; check mailbox.tenant in the settings.", again=False
        ) from error


def _refused(error: str) -> SourceUnavailable:
    return SourceUnavailable(
        f"Microsoft refuses the app ({error}); check mailbox.client_id and mailbox.tenant, and that the app "
        "registration has the IMAP permission with consent.",
        again=False,
    )
