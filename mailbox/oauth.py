"""Signing in without a password: what each provider's way has in common, and the file that keeps its tokens.

Tokens and secrets stand in no message and no log; the error of a provider stays in the cause.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from putright.mailbox.source import SourceUnavailable


class Tokens(Protocol):
    """Whatever gives access tokens for one mailbox."""

    def token(self, *, fresh: bool = False) -> str:
        """An access token that is good for some minutes; `fresh`: not one the server has just refused.

        Raises SourceUnavailable with one sentence that says what to do.
        """


@dataclass(frozen=True, slots=True)
class TokenFile:
    """Where the tokens of one mailbox are kept: a file that only its owner may read."""

    path: Path

    def read(self) -> str:
        """What was kept, or empty."""
        try:
            return self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise SourceUnavailable(
                f"The sign-in kept in {self.path} cannot be read; give the user who runs putright that right.",
                again=False,
            ) from error

    def write(self, text: str) -> None:
        """Keep `text`, whole or not at all. Raises SourceUnavailable."""
        part = self.path.with_suffix(f".{os.getpid()}.part")
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
            number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(number, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.path)
        except OSError as error:
            raise SourceUnavailable(
                f"The sign-in cannot be kept in {self.path.parent}; give the user who runs putright that right.",
                again=False,
            ) from error


def token_file(database: Path, mailbox: str) -> TokenFile:
    """The file of one mailbox, in a folder beside the database."""
    return TokenFile(database.with_name(f"{database.name}-sign-in") / f"{quote(mailbox, safe='@')}.json")


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """putright as the provider knows it. `url` is where the provider is; tests put their own there."""

    mailbox: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    tenant: str = ""
    url: str = ""


def sign_in_again(mailbox: str, why: str) -> SourceUnavailable:
    """What to say when only a person can help."""
    return SourceUnavailable(f"{why} Sign in with:  putright mailbox sign-in {mailbox}", again=False)


def provider_away(provider: str) -> SourceUnavailable:
    """What to say when nobody is to blame."""
    return SourceUnavailable(
        f"{provider} cannot be reached to renew the sign-in; check the network. It is tried again by itself.",
        again=True,
    )
