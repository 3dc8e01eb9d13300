"""The settings of a mailbox: an IMAP account, and how it is signed in to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from putright.bot.settings.checks import Found, SettingsProblem, filled, secret, text, truth, whole

PASSWORD = "password"
AUTHS = (PASSWORD, "microsoft", "microsoft-app", "google")


@dataclass(frozen=True, slots=True)
class OAuth:
    """Sign-in without a password, by `kind`. The secret comes from the variable `client_secret_env`."""

    MICROSOFT: ClassVar = "microsoft"
    MICROSOFT_APP: ClassVar = "microsoft-app"
    GOOGLE: ClassVar = "google"

    kind: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    tenant: str = ""
    url: str = ""
    """Where the provider is, when that is not where it always is (a national cloud, or a test's own)."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One IMAP account. The password comes from the environment variable `password_env`."""

    name: str
    host: str
    user: str
    password: str = field(repr=False)
    port: int = 993
    tls: bool = True
    folder: str = "INBOX"
    missing: str = ""
    """What keeps the mailbox from being opened (its password is not set), as a sentence; empty when nothing does."""
    oauth: OAuth | None = None

    @property
    def auth(self) -> str:
        return self.oauth.kind if self.oauth else PASSWORD


def read_mailbox(entry: Any, environment: Mapping[str, str], found: Found) -> Mailbox | None:
    """One account, or None when not even its server and user are known. A missing password is told on use."""
    before = len(found.problems)
    data = found.table(entry, "mailbox")
    for key in ("host", "user"):
        if not data.get(key) and len(found.problems) == before:
            found.problems.append(f"A [[mailbox]] needs {key}.")
    host = found.take("", text, data.get("host", ""), "mailbox.host")
    user = found.take("", text, data.get("user", ""), "mailbox.user")
    auth = found.take(PASSWORD, _auth, data.get("auth", PASSWORD), "mailbox.auth")
    kind = "password" if auth == PASSWORD else "client_secret"
    name_of = f"PUTRIGHT_MAIL_{kind.upper()}"
    variable = found.take(name_of, filled, data.get(f"{kind}_env", name_of), f"mailbox.{kind}_env")
    held, missing = "", ""
    try:
        held = secret(variable, environment)
        if not held and auth != OAuth.MICROSOFT:  # there a person signs in, and the app has no secret
            missing = (
                f"The {kind.replace('_', ' ')} of the mailbox at {host} is not set: put it into the environment "
                f"variable {variable}, or into a file and its path into {variable}_FILE."
            )
    except SettingsProblem as problem:
        missing = str(problem)
    tls = found.take(True, truth, data.get("tls", True), "mailbox.tls")
    if not tls and host not in ("127.0.0.1", "localhost", "::1"):
        found.problems.append(
            f"The mailbox at {host} must use TLS: leave out mailbox.tls, or set it to true."
        )
    port = 993 if tls else 143
    box = Mailbox(
        name=found.take(user, filled, data.get("name", user), "mailbox.name") if user else "",
        host=host,
        user=user,
        password=held if auth == PASSWORD else "",
        port=found.take(port, whole, data.get("port", port), "mailbox.port", 1, 65535),
        tls=tls,
        folder=found.take("INBOX", filled, data.get("folder", "INBOX"), "mailbox.folder"),
        missing=missing,
        oauth=None if auth == PASSWORD else _oauth(auth, held, data, found),
    )
    return box if len(found.problems) == before else None


def _auth(value: Any, name: str) -> str:
    if value not in AUTHS:
        raise SettingsProblem(f"The setting {name} is one of {', '.join(AUTHS)}, not {value!r}.")
    return str(value)


def _oauth(kind: str, held: str, data: Mapping[str, Any], found: Found) -> OAuth:
    needed = ("client_id",) if kind == OAuth.GOOGLE else ("client_id", "tenant")
    for key in needed:
        if not data.get(key):
            found.problems.append(
                f'A [[mailbox]] with auth = "{kind}" needs {key}; the README says where it comes from.'
            )
    url = data.get("auth_url", "")
    return OAuth(
        kind,
        client_id=found.take("", text, data.get("client_id", ""), "mailbox.client_id"),
        client_secret=held,
        tenant=found.take("", text, data.get("tenant", ""), "mailbox.tenant"),
        url=found.take("", _auth_url, url, "mailbox.auth_url") if url else "",
    )


def _auth_url(value: Any, name: str) -> str:
    url = text(value, name)
    if not url.startswith("https://"):
        raise SettingsProblem(f"The setting {name} begins with https://.")
    return url.rstrip("/")
