"""The settings: putright.toml and the environment, read once into one typed value.

A setting that is not known, or has a wrong value, stops the program with its name. Secrets come from the
environment, or from a file that `NAME_FILE` names; they are never in the settings file and reach no log.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any

from putright.cases.labels import Channel
from putright.cases.limits import Clock, newest_first
from putright.cases.working_days import england
from putright.triage.landlord import Landlord

FILE = "putright.toml"
DATABASE = "putright.db"
DROP_FOLDER = "Inbox"


KNOWN = {
    "": (
        "landlord",
        "database",
        "drop_folder",
        "mailbox",
        "senders",
        "slack",
        "targets",
        "reminders",
        "calendar",
    ),
    "landlord": ("name", "staff_domains"),
    "mailbox": ("name", "host", "user", "password_env", "port", "tls", "folder"),
    "slack": (
        "intake_channels",
        "mail_channel",
        "digest_channel",
        "api_url",
        "seconds_between_posts",
        "handlers",
        "leads",
    ),
    "targets": tuple(clock.value for clock in Clock),
    "reminders": ("at", "mail_alarm_minutes"),
    "calendar": ("extra_holidays",),
}
"""Every setting, by section (`""`: at the top of the file)."""


class SettingsProblem(Exception):
    """A setting is wrong: one sentence that names it and says what it may be."""


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


@dataclass(frozen=True, slots=True)
class Slack:
    """Where Slack is and what it may send us."""

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    api_url: str = "https://slack.com/api/"
    intake_channels: tuple[str, ...] = ()
    seconds_between_posts: float = 1.0
    handlers: tuple[str, ...] = ()
    """Ids of users and user groups who may see and act on cases; everybody of the workspace where nobody is named."""
    leads: tuple[str, ...] = ()

    @property
    def configured(self) -> bool:
        return bool(self.bot_token and self.app_token)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, checked."""

    landlord: Landlord
    database: Path
    drop_folder: Path | None
    """Watched when set (`drop_folder = ""` unsets it); the default when no mailbox is configured."""
    mailboxes: tuple[Mailbox, ...] = ()
    slack: Slack = Slack()
    mail_alarm_minutes: int = 30
    """A mailbox that could not be looked at for so long raises an alarm."""


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise SettingsProblem(f'The setting {name} is text in quotes, such as {name.split(".")[-1]} = "…".')
    return value


def _number(value: Any, name: str, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise SettingsProblem(f"The setting {name} is a number from {least:g} to {most:g}, not {value!r}.")
    return float(value)


def _whole(value: Any, name: str, least: int, most: int) -> int:
    number = _number(value, name, least, most)
    if number != int(number):
        raise SettingsProblem(f"The setting {name} is a whole number, not {value!r}.")
    return int(number)


def _truth(value: Any, name: str) -> bool:
    if not isinstance(value, bool):
        raise SettingsProblem(f"The setting {name} is true or false, not {value!r}.")
    return value


def _texts(value: Any, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(x, str) for x in value):
        raise SettingsProblem(f'The setting {name} is a list of texts, such as ["…", "…"].')
    return tuple(value)


def _channels(value: Any, name: str) -> tuple[str, ...]:
    """Slack's own ids: events carry them, so a channel's name would never be heard."""
    ids = _texts(value, name)
    for channel in ids:
        if not re.fullmatch(r"[CG][A-Z0-9]+", channel):
            raise SettingsProblem(
                f'The setting {name} holds channel ids such as "C0123ABCD" (in Slack: the channel\'s details, at the '
                f'bottom), not "{channel}".'
            )
    return ids


def _members(value: Any, name: str) -> tuple[str, ...]:
    """Ids of Slack users (U… or W…) and user groups (S…)."""
    ids = _texts(value, name)
    for one in ids:
        if not re.fullmatch(r"[UWS][A-Z0-9]+", one):
            raise SettingsProblem(
                f'The setting {name} holds ids of members such as "U0123ABCD" (in Slack: the profile, "Copy member '
                f'ID") or of user groups such as "S0123ABCD", not "{one}".'
            )
    return ids


def _table(value: Any, name: str) -> Mapping[str, Any]:
    """A table whose keys are all known; a slip of the pen is named with what was probably meant."""
    if not isinstance(value, dict):
        raise SettingsProblem(f"The setting {name} is a section, written [{name}].")
    known = KNOWN[name]
    for key in value:
        if key not in known:
            full = f"{name}.{key}" if name else key
            near = difflib.get_close_matches(key, known, 1)
            hint = f"Did you mean {near[0]}?" if near else f"Known here: {', '.join(known)}."
            raise SettingsProblem(f"There is no setting {full}. {hint}")
    return value


def secret(name: str, environment: Mapping[str, str]) -> str:
    """A secret from the environment, or from the file that `NAME_FILE` names; empty when neither is set."""
    path = environment.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is no text"
            raise SettingsProblem(
                f"{name}_FILE names a file that cannot be read ({reason}). Check its path and rights."
            ) from error
    return environment.get(name, "").strip()


def load(
    file: Path | None = None,
    *,
    database: Path | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Settings:
    """The settings of `file` (else PUTRIGHT_SETTINGS, else putright.toml here if there is one) and the environment.

    `database` (from the command line) wins over PUTRIGHT_DB, and that over the file. Raises SettingsProblem.
    """
    named = file or (Path(environment["PUTRIGHT_SETTINGS"]) if environment.get("PUTRIGHT_SETTINGS") else None)
    data: Mapping[str, Any] = {}
    path = named or Path(FILE)
    if named is not None or path.exists():
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise SettingsProblem(f"The settings file {path} cannot be read: {error.strerror}.") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsProblem(f"The settings file {path} is not valid TOML: {error}.") from error
    data = _table(data, "")
    mailboxes = tuple(_mailbox(entry, environment) for entry in _mailbox_entries(data.get("mailbox", [])))
    names = [x.name for x in mailboxes]
    if twice := next((x for x in names if names.count(x) > 1), None):
        raise SettingsProblem(
            f"Two mailboxes are called {twice}: give each a mailbox.name of its own, and never change it."
        )
    slack_data = _table(data.get("slack", {}), "slack")
    drop = _text(data.get("drop_folder", "" if mailboxes else DROP_FOLDER), "drop_folder")
    stored = database or Path(
        environment.get("PUTRIGHT_DB") or _text(data.get("database", DATABASE), "database")
    )
    return Settings(
        landlord=_landlord(data, slack_data),
        database=stored,
        drop_folder=Path(drop) if drop else None,
        mailboxes=mailboxes,
        slack=_slack(slack_data, environment),
        mail_alarm_minutes=_whole(
            _table(data.get("reminders", {}), "reminders").get("mail_alarm_minutes", 30),
            "reminders.mail_alarm_minutes",
            1,
            10_000,
        ),
    )


def _landlord(data: Mapping[str, Any], slack: Mapping[str, Any]) -> Landlord:
    about = _table(data.get("landlord", {}), "landlord")
    reminders = _table(data.get("reminders", {}), "reminders")
    at = _text(reminders.get("at", "08:30"), "reminders.at")
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", at):
        raise SettingsProblem(f'The setting reminders.at is a time such as "08:30", not {at!r}.')
    calendar_data = _table(data.get("calendar", {}), "calendar")
    extra = calendar_data.get("extra_holidays", [])
    days = {}
    for day in extra if isinstance(extra, list) else [extra]:
        try:
            # TOML knows dates, so both 2027-05-10 and "2027-05-10" are taken
            days[date.fromisoformat(str(day))] = "announced by the landlord's settings"
        except ValueError as error:
            raise SettingsProblem(
                f'The setting calendar.extra_holidays is a list of dates such as ["2027-05-10"], not {day!r}.'
            ) from error
    intake_channels = _channels(slack.get("intake_channels", []), "slack.intake_channels")
    mail_channel = _text(slack.get("mail_channel", next(iter(intake_channels), "")), "slack.mail_channel")
    return Landlord(
        calendar=england().with_extra(days),
        name=_text(about.get("name", ""), "landlord.name"),
        staff_domains=frozenset(
            x.lower().lstrip("@") for x in _texts(about.get("staff_domains", []), "landlord.staff_domains")
        ),
        senders=_senders(data.get("senders", {})),
        targets=_targets(_table(data.get("targets", {}), "targets")),
        mail_channel=mail_channel,
        digest_channel=_text(slack.get("digest_channel", mail_channel), "slack.digest_channel"),
        digest_at=time.fromisoformat(at),
    )


def _senders(data: Any) -> dict[str, Channel]:
    if not isinstance(data, dict):
        raise SettingsProblem("The setting senders is a section, written [senders].")
    known = ", ".join(x.value for x in Channel)
    found = {}
    for address, channel in data.items():
        try:
            found[address.lower()] = Channel(channel)
        except ValueError as error:
            raise SettingsProblem(f'A channel in [senders] is one of {known}, not "{channel}".') from error
    return found


def _targets(data: Mapping[str, Any]) -> dict[Clock, int]:
    """A landlord's own limits in working days; stricter than the Code's, never looser."""
    targets = {}
    for key, value in data.items():
        clock = Clock(key)
        loosest = next((limit.days for limit in newest_first(clock)), 60)
        targets[clock] = _whole(value, f"targets.{key}", 1, loosest)
    return targets


def _mailbox_entries(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise SettingsProblem("Each mailbox is a section written [[mailbox]], with two brackets.")
    return value


def _mailbox(entry: Any, environment: Mapping[str, str]) -> Mailbox:
    data = _table(entry, "mailbox")
    for key in ("host", "user"):
        if not data.get(key):
            raise SettingsProblem(f"A [[mailbox]] needs {key}.")
    variable = _text(data.get("password_env", "PUTRIGHT_MAIL_PASSWORD"), "mailbox.password_env")
    password = secret(variable, environment)
    host = _text(data["host"], "mailbox.host")
    if not password:
        raise SettingsProblem(
            f"The password of the mailbox at {host} is not set: put it into the environment variable {variable}, "
            f"or into a file and its path into {variable}_FILE."
        )
    tls = _truth(data.get("tls", True), "mailbox.tls")
    if not tls and host not in ("127.0.0.1", "localhost", "::1"):
        raise SettingsProblem(
            f"The mailbox at {host} must use TLS: leave out mailbox.tls, or set it to true."
        )
    user = _text(data["user"], "mailbox.user")
    return Mailbox(
        name=_text(data.get("name", user), "mailbox.name"),
        host=host,
        user=user,
        password=password,
        port=_whole(data.get("port", 993 if tls else 143), "mailbox.port", 1, 65535),
        tls=tls,
        folder=_text(data.get("folder", "INBOX"), "mailbox.folder"),
    )


def _slack(data: Mapping[str, Any], environment: Mapping[str, str]) -> Slack:
    bot, app = secret("SLACK_BOT_TOKEN", environment), secret("SLACK_APP_TOKEN", environment)
    if bool(bot) != bool(app):
        missing = (
            "SLACK_APP_TOKEN (it begins with xapp-)" if bot else "SLACK_BOT_TOKEN (it begins with xoxb-)"
        )
        raise SettingsProblem(f"Slack needs two tokens, and {missing} is not set.")
    for name, token, prefix in (("SLACK_BOT_TOKEN", bot, "xoxb-"), ("SLACK_APP_TOKEN", app, "xapp-")):
        if token and not token.startswith(prefix):
            raise SettingsProblem(
                f"{name} does not look right: it begins with {prefix}. Copy it again from Slack."
            )
    url = _text(data.get("api_url", "https://slack.com/api/"), "slack.api_url")
    if not re.match(r"https://|http://(127\.0\.0\.1|localhost)[:/]", url):
        raise SettingsProblem(
            "The setting slack.api_url begins with https:// (http only for this very machine)."
        )
    return Slack(
        bot_token=bot,
        app_token=app,
        api_url=url if url.endswith("/") else url + "/",
        intake_channels=_channels(data.get("intake_channels", []), "slack.intake_channels"),
        seconds_between_posts=_number(
            data.get("seconds_between_posts", 1.0), "slack.seconds_between_posts", 0, 60
        ),
        handlers=_members(data.get("handlers", []), "slack.handlers"),
        leads=_members(data.get("leads", []), "slack.leads"),
    )
