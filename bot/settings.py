"""The settings: putright.toml and the environment, read once into one typed value.

A setting that is not known, or has a wrong value, stops the program with its name. Secrets come from the
environment, or from a file that `NAME_FILE` names; they are never in the settings file and reach no log.
"""

import contextlib
import difflib
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from putright.cases.labels import Channel
from putright.cases.limits import Clock, newest_first
from putright.cases.working_days import england
from putright.mailbox.survey_columns import Kind as Column
from putright.mailbox.web_form_labels import Kind
from putright.triage.landlord import Landlord

FILE = "putright.toml"
DATABASE = "putright.db"
DROP_FOLDER = "Inbox"
SLACK_API = "https://slack.com/api/"
PASSWORD = "password"
AUTHS = (PASSWORD, "microsoft", "microsoft-app", "google")
T = TypeVar("T")
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W_](?:[\w-]{0,61}[^\W_])")
_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")

KNOWN = {
    "": (
        "landlord",
        "database",
        "drop_folder",
        "mailbox",
        "senders",
        "web_form",
        "survey",
        "attachments",
        "slack",
        "targets",
        "reminders",
        "calendar",
        "letters",
        "teams",
        "people",
        "reader",
    ),
    "landlord": ("name", "staff_domains", "policy", "contact", "reply_to"),
    "letters": ("templates",),
    "mailbox": (
        "name",
        "host",
        "user",
        "password_env",
        "port",
        "tls",
        "folder",
        "auth",
        "client_id",
        "client_secret_env",
        "tenant",
        "auth_url",
    ),
    "web_form": ("sender", "fields"),
    "survey": ("sender", "columns"),
    "attachments": ("largest_mb",),
    "slack": (
        "intake_channels",
        "mail_channel",
        "digest_channel",
        "leads_channel",
        "api_url",
        "seconds_between_posts",
        "allowed_bots",
        "handlers",
        "leads",
        "governing_body",
        "questions_kept_days",
    ),
    "targets": tuple(clock.value for clock in Clock),
    "reminders": ("at", "days_before", "weekly", "mail_alarm_minutes"),
    "calendar": ("extra_holidays",),
    "reader": ("missed_complaints",),
}
"""Every setting, by section (`""`: at the top of the file)."""


class SettingsProblem(Exception):
    """Settings are wrong: one sentence that names each and says what it may be; `sentences` holds them all."""

    def __init__(self, first: str, *others: str) -> None:
        more = len(others)
        hint = f" {more} more {'is' if more == 1 else 'are'} wrong: `putright doctor` lists them all."
        super().__init__(first + (hint if others else ""))
        self.sentences = (first, *others)


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


@dataclass(frozen=True, slots=True)
class Slack:
    """Where Slack is and what it may send us."""

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    api_url: str = "https://slack.com/api/"
    intake_channels: tuple[str, ...] = ()
    seconds_between_posts: float = 1.0
    allowed_bots: tuple[str, ...] = ()
    """Ids of other apps' bots whose messages in intake channels are taken in; all others are passed over."""
    handlers: tuple[str, ...] = ()
    """Ids of users and user groups who may see and act on cases; everybody of the workspace where nobody is named."""
    leads: tuple[str, ...] = ()
    governing_body: tuple[str, ...] = ()
    """Who may see numbers, lists and dates, and act on nothing."""
    questions_kept_days: int = 365

    @property
    def has_roles(self) -> bool:
        """Whether anybody is named; where nobody is, every member of the workspace is a handler."""
        return bool(self.handlers or self.leads or self.governing_body)

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
    missed_complaints: float | None = None
    """Share of complaints that the reader may surely call something else; None for its own."""

    @property
    def unready(self) -> tuple[str, ...]:
        """What keeps messages from coming in by themselves, each a sentence; `run` and `once` need there to be none."""
        missing = [box.missing for box in self.mailboxes if box.missing]
        if not (self.mailboxes or self.drop_folder or self.slack.configured):
            missing.append(
                "Nothing is watched: drop_folder is empty and there is no [[mailbox]] and no Slack. Name a folder, "
                f'such as drop_folder = "{DROP_FOLDER}", or a mailbox.'
            )
        return tuple(missing)


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise SettingsProblem(f'The setting {name} is text in quotes, such as {name.split(".")[-1]} = "…".')
    return value


def _filled(value: Any, name: str) -> str:
    """A text that is not empty."""
    text = _text(value, name).strip()
    if not text:
        raise SettingsProblem(f"The setting {name} is empty: fill it in, or leave the line out.")
    return text


def _number(value: Any, name: str, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise SettingsProblem(f"The setting {name} is a number from {least:g} to {most:g}, not {value!r}.")
    return float(value)


def _share(reader: Mapping[str, Any]) -> float | None:
    """How many complaints may be surely missed, where that is set."""
    if "missed_complaints" not in reader:
        return None
    return _number(reader["missed_complaints"], "reader.missed_complaints", 0.001, 0.05)


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
    return tuple(_channel(channel, name) for channel in _texts(value, name))


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


def _bots(value: Any, name: str) -> tuple[str, ...]:
    """Ids of bots (B…), which are not those of their users (U…)."""
    ids = _texts(value, name)
    for one in ids:
        if not re.fullmatch(r"B[A-Z0-9]+", one):
            raise SettingsProblem(
                f'The setting {name} holds ids of bots such as "B0123ABCD" (the field bot_id of their messages), not '
                f'"{one}".'
            )
    return ids


def _channel(value: Any, name: str) -> str:
    """One channel's id, or nothing."""
    channel = _text(value, name)
    if channel and not re.fullmatch(r"[CG][A-Z0-9]+", channel):
        raise SettingsProblem(
            f'The setting {name} holds channel ids such as "C0123ABCD" (in Slack: the channel\'s details, at the '
            f'bottom), not "{channel}".'
        )
    return channel


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


class _Found:
    """Collects what is wrong: each wrong setting is named, and its default stands in so that the rest is read."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def take(self, default: T, read: Callable[..., T], *given: Any) -> T:
        try:
            return read(*given)
        except SettingsProblem as problem:
            self.problems += problem.sentences
            return default

    def table(self, value: Any, name: str) -> Mapping[str, Any]:
        """A section less what is not known in it; a slip of the pen is named with what was probably meant."""
        if not isinstance(value, dict):
            self.problems.append(f"The setting {name} is a section, written [{name}].")
            return {}
        known = KNOWN[name]
        for key in value:
            if key not in known:
                full = f"{name}.{key}" if name else key
                near = difflib.get_close_matches(key, known, 1)
                hint = f"Did you mean {near[0]}?" if near else f"Known here: {', '.join(known)}."
                self.problems.append(f"There is no setting {full}. {hint}")
        return {key: value[key] for key in known if key in value}


def load(
    file: Path | None = None,
    *,
    database: Path | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Settings:
    """The settings of `file` (else PUTRIGHT_SETTINGS, else putright.toml here if there is one) and the environment.

    `database` (from the command line) wins over PUTRIGHT_DB, and that over the file. Raises SettingsProblem.
    """
    settings, problems = checked(file, database=database, environment=environment)
    if problems:
        raise SettingsProblem(*problems)
    return settings


def checked(
    file: Path | None = None,
    *,
    database: Path | None = None,
    environment: Mapping[str, str] = os.environ,
) -> tuple[Settings, tuple[str, ...]]:
    """The same with everything that is wrong, each a sentence; what is wrong has its default in the settings."""
    found = _Found()
    nothing: Mapping[str, Any] = {}
    data = found.table(found.take(nothing, _of_file, file, environment), "")
    entries: list[Any] = []
    mailboxes = tuple(
        box
        for entry in found.take(entries, _entries, data.get("mailbox", []), "mailbox")
        if (box := _mailbox(entry, environment, found)) is not None
    )
    names = [x.name for x in mailboxes]
    if twice := next((x for x in names if names.count(x) > 1), None):
        found.problems.append(
            f"Two mailboxes are called {twice}: give each a mailbox.name of its own, and never change it."
        )
    slack = found.table(data.get("slack", {}), "slack")
    default = "" if data.get("mailbox") else DROP_FOLDER
    drop = found.take(default, _text, data.get("drop_folder", default), "drop_folder").strip()
    named = environment.get("PUTRIGHT_DB") or found.take(
        DATABASE, _filled, data.get("database", DATABASE), "database"
    )
    stored = database or Path(named)
    if str(stored) == ":memory:":
        found.problems.append(
            "The database is a file, so that cases outlive the command: name one with --db PATH."
        )
        stored = Path(DATABASE)
    elif stored == Path():
        found.problems.append("The name of the database is empty: name a file with --db PATH.")
        stored = Path(DATABASE)
    settings = Settings(
        landlord=_landlord(data, slack, found),
        database=stored,
        drop_folder=Path(drop) if drop else None,
        mailboxes=mailboxes,
        slack=_slack(slack, environment, found),
        mail_alarm_minutes=found.take(
            30,
            _whole,
            found.table(data.get("reminders", {}), "reminders").get("mail_alarm_minutes", 30),
            "reminders.mail_alarm_minutes",
            1,
            10_000,
        ),
        missed_complaints=found.take(None, _share, found.table(data.get("reader", {}), "reader")),
    )
    return settings, tuple(dict.fromkeys(found.problems))


def _of_file(file: Path | None, environment: Mapping[str, str]) -> Mapping[str, Any]:
    named = file or (Path(environment["PUTRIGHT_SETTINGS"]) if environment.get("PUTRIGHT_SETTINGS") else None)
    path = named or Path(FILE)
    if named is None and not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsProblem(f"The settings file {path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsProblem(f"The settings file {path} is not valid TOML: {error}.") from error


def _landlord(data: Mapping[str, Any], slack: Mapping[str, Any], found: _Found) -> Landlord:
    about = found.table(data.get("landlord", {}), "landlord")
    reminders = found.table(data.get("reminders", {}), "reminders")
    letters = found.table(data.get("letters", {}), "letters")
    calendar = found.table(data.get("calendar", {}), "calendar")
    none: dict[date, str] = {}
    days = found.take(none, _holidays, calendar.get("extra_holidays", []))
    listened: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    with contextlib.suppress(SettingsProblem):  # told where Slack's own settings are read
        leads = _members(slack.get("leads", []), "slack.leads")
    with contextlib.suppress(SettingsProblem):
        listened = _channels(slack.get("intake_channels", []), "slack.intake_channels")
    first = next(iter(listened), "")
    mail_channel = found.take(first, _channel, slack.get("mail_channel", first), "slack.mail_channel")
    domains = about.get("staff_domains", [])
    nothing: list[Any] = []
    forms = dict(
        form
        for entry in found.take(nothing, _entries, data.get("web_form", []), "web_form")
        if (form := found.take(None, _web_form, found.table(entry, "web_form"))) is not None
    )
    surveys: dict[str, dict[str, str]] = {"": {}}
    no_survey: tuple[str, dict[str, str]] = ("", {})
    for entry in found.take(nothing, _entries, data.get("survey", []), "survey"):
        sender, columns = found.take(no_survey, _survey, found.table(entry, "survey"))
        surveys[""].update(columns)
        if sender:
            surveys[sender] = columns
    nobody: dict[str, Channel] = {}
    senders = found.take(nobody, _senders, data.get("senders", {}))
    return Landlord(
        calendar=england().with_extra(days),
        name=found.take("", _text, about.get("name", ""), "landlord.name"),
        staff_domains=found.take(frozenset(), _domains, domains, "landlord.staff_domains"),
        senders={
            **dict.fromkeys(forms, Channel.WEBFORM),
            **dict.fromkeys((x for x in surveys if x), Channel.SURVEY),
            **senders,
        },
        surveys=surveys,
        policy=found.take("", _text, about.get("policy", ""), "landlord.policy"),
        contact=found.take("", _text, about.get("contact", ""), "landlord.contact"),
        reply_to=found.take("", _reply_to, about.get("reply_to", ""), "landlord.reply_to"),
        templates=found.take("", _folder, letters.get("templates", ""), "letters.templates"),
        forms=forms,
        attachment_bytes=1024
        * 1024
        * found.take(
            25,
            _whole,
            found.table(data.get("attachments", {}), "attachments").get("largest_mb", 25),
            "attachments.largest_mb",
            0,
            40,
        ),
        targets=found.take({}, _targets, found.table(data.get("targets", {}), "targets")),
        teams=found.take({}, _teams, data.get("teams", {})),
        people=found.take({}, _people, data.get("people", {})),
        mail_channel=mail_channel,
        digest_channel=found.take(
            mail_channel, _channel, slack.get("digest_channel", mail_channel), "slack.digest_channel"
        ),
        leads_channel=found.take("", _channel, slack.get("leads_channel", ""), "slack.leads_channel"),
        leads=tuple(x for x in leads if not x.startswith("S")),
        digest_at=found.take(time(8, 30), _hour, reminders.get("at", "08:30"), "reminders.at"),
        days_before=found.take((3, 1), _steps, reminders.get("days_before", [3, 1]), "reminders.days_before"),
        weekly=found.take(True, _truth, reminders.get("weekly", True), "reminders.weekly"),
    )


def _steps(value: Any, name: str) -> tuple[int, ...]:
    """Working days before a due date."""
    if not isinstance(value, list):
        raise SettingsProblem(f"The setting {name} is a list of working days, such as [3, 1].")
    return tuple(_whole(x, name, 1, 20) for x in value)


def _reply_to(value: Any, name: str) -> str:
    address = _text(value, name)
    if address and not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
        raise SettingsProblem(f'The setting {name} is a mail address, not "{address}".')
    return address


def _folder(value: Any, name: str) -> str:
    folder = _text(value, name)
    if folder and not Path(folder).is_dir():
        raise SettingsProblem(f'The setting {name} names a folder, and there is none called "{folder}".')
    return folder


def _hour(value: Any, name: str) -> time:
    at = _text(value, name)
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", at):
        raise SettingsProblem(f'The setting {name} is a time such as "08:30", not {at!r}.')
    return time.fromisoformat(at)


def _holidays(extra: Any) -> dict[date, str]:
    days = {}
    for day in extra if isinstance(extra, list) else [extra]:
        try:
            # TOML knows dates, so both 2027-05-10 and "2027-05-10" are taken
            days[date.fromisoformat(str(day))] = "announced by the landlord's settings"
        except ValueError as error:
            raise SettingsProblem(
                f'The setting calendar.extra_holidays is a list of dates such as ["2027-05-10"], not {day!r}.'
            ) from error
    return days


def _domains(value: Any, name: str) -> frozenset[str]:
    """Mail domains as they stand behind an @, in lower case; the @ may stand in front."""
    good, wrong = set(), []
    for given in _texts(value, name):
        domain = given.lower().removeprefix("@")
        if _DOMAIN.fullmatch(domain):
            good.add(domain)
        else:
            wrong.append(
                f'The setting {name} holds mail domains such as "harrowmere.example", what stands behind the @ '
                f"of staff's addresses, not {given!r}."
            )
    if wrong:
        raise SettingsProblem(*wrong)
    return frozenset(good)


def _senders(data: Any) -> dict[str, Channel]:
    if not isinstance(data, dict):
        raise SettingsProblem("The setting senders is a section, written [senders].")
    known = ", ".join(x.value for x in Channel)
    found = {}
    for address, channel in data.items():
        if not _ADDRESS.fullmatch(address):
            raise SettingsProblem(
                f'The section [senders] holds mail addresses and their channels, such as "forms@harrowmere.example" = '
                f'"webform"; {address!r} is no address.'
            )
        try:
            found[address.lower()] = Channel(channel)
        except ValueError as error:
            raise SettingsProblem(f'A channel in [senders] is one of {known}, not "{channel}".') from error
    return found


def _teams(data: Any) -> dict[str, tuple[str, ...]]:
    """Teams and who is in each; names alone in a list are taken too."""
    if isinstance(data, list):
        return {_filled(name, "teams"): () for name in data}
    if not isinstance(data, dict):
        raise SettingsProblem(
            'The setting teams is a section, written [teams], such as North = ["Priya Shah"].'
        )
    return {name: _texts(members, f"teams.{name}") for name, members in data.items()}


def _people(data: Any) -> dict[str, str]:
    if not isinstance(data, dict):
        raise SettingsProblem(
            'The setting people is a section, written [people], such as U0123ABCD = "Priya Shah".'
        )
    for user in data:
        if not re.fullmatch(r"[UW][A-Z0-9]+", user):
            raise SettingsProblem(
                f'The section [people] holds ids of Slack members such as U0123ABCD (in Slack: the profile, "Copy '
                f'member ID") and their names, not "{user}".'
            )
    return {user: _filled(name, f"people.{user}") for user, name in data.items()}


def _targets(data: Mapping[str, Any]) -> dict[Clock, int]:
    """A landlord's own limits in working days; stricter than the Code's, never looser."""
    targets = {}
    for key, value in data.items():
        clock = Clock(key)
        loosest = next((limit.days for limit in newest_first(clock)), 60)
        targets[clock] = _whole(value, f"targets.{key}", 1, loosest)
    return targets


def _entries(value: Any, name: str) -> list[Any]:
    if not isinstance(value, list) or not all(isinstance(x, dict) for x in value):
        raise SettingsProblem(f"Each {name} is a section written [[{name}]], with two brackets.")
    return value


def _web_form(data: Mapping[str, Any]) -> tuple[str, dict[str, str]] | None:
    """The address of a web form and what its labels stand for."""
    if "sender" not in data:
        raise SettingsProblem(
            'A [[web_form]] needs the address its mails come from, such as sender = "forms@harrowmere.example".'
        )
    return _address(data["sender"], "web_form.sender"), _named(
        data, "web_form", "fields", Kind, "what_happened"
    )


def _survey(data: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """The address that mails a survey's exports (empty: none does) and what its columns hold."""
    sender = _address(data["sender"], "survey.sender") if "sender" in data else ""
    return sender, _named(data, "survey", "columns", Column, "comment")


def _address(value: Any, name: str) -> str:
    address = _text(value, name).strip().lower()
    if not _ADDRESS.fullmatch(address):
        raise SettingsProblem(f'The setting {name} is a mail address such as "forms@harrowmere.example".')
    return address


def _named(
    data: Mapping[str, Any], section: str, key: str, kinds: type[Kind] | type[Column], such_as: str
) -> dict[str, str]:
    """Headings as somebody else's program shows them, and what stands under each."""
    named = data.get(key, {})
    if not isinstance(named, dict):
        raise SettingsProblem(
            f'The setting {section}.{key} is a section, such as {key} = {{ "Your story" = "{such_as}" }}.'
        )
    known = [kind.value for kind in kinds]
    for heading, kind in named.items():
        if kind not in known:
            raise SettingsProblem(
                f"The setting {section}.{key} says that {heading!r} is {kind!r}; it may be one of {', '.join(known)}."
            )
    return dict(named)


def _mailbox(entry: Any, environment: Mapping[str, str], found: _Found) -> Mailbox | None:
    """One account, or None when not even its server and user are known. A missing password is told on use."""
    before = len(found.problems)
    data = found.table(entry, "mailbox")
    for key in ("host", "user"):
        if not data.get(key) and len(found.problems) == before:
            found.problems.append(f"A [[mailbox]] needs {key}.")
    host = found.take("", _text, data.get("host", ""), "mailbox.host")
    user = found.take("", _text, data.get("user", ""), "mailbox.user")
    auth = found.take(PASSWORD, _auth, data.get("auth", PASSWORD), "mailbox.auth")
    kind = "password" if auth == PASSWORD else "client_secret"
    name_of = f"PUTRIGHT_MAIL_{kind.upper()}"
    variable = found.take(name_of, _filled, data.get(f"{kind}_env", name_of), f"mailbox.{kind}_env")
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
    tls = found.take(True, _truth, data.get("tls", True), "mailbox.tls")
    if not tls and host not in ("127.0.0.1", "localhost", "::1"):
        found.problems.append(
            f"The mailbox at {host} must use TLS: leave out mailbox.tls, or set it to true."
        )
    port = 993 if tls else 143
    box = Mailbox(
        name=found.take(user, _filled, data.get("name", user), "mailbox.name") if user else "",
        host=host,
        user=user,
        password=held if auth == PASSWORD else "",
        port=found.take(port, _whole, data.get("port", port), "mailbox.port", 1, 65535),
        tls=tls,
        folder=found.take("INBOX", _filled, data.get("folder", "INBOX"), "mailbox.folder"),
        missing=missing,
        oauth=None if auth == PASSWORD else _oauth(auth, held, data, found),
    )
    return box if len(found.problems) == before else None


def _auth(value: Any, name: str) -> str:
    if value not in AUTHS:
        raise SettingsProblem(f"The setting {name} is one of {', '.join(AUTHS)}, not {value!r}.")
    return str(value)


def _oauth(kind: str, held: str, data: Mapping[str, Any], found: _Found) -> OAuth:
    needed = ("client_id",) if kind == OAuth.GOOGLE else ("client_id", "tenant")
    for key in needed:
        if not data.get(key):
            found.problems.append(
                f'A [[mailbox]] with auth = "{kind}" needs {key}; the README says where it comes from.'
            )
    url = data.get("auth_url", "")
    return OAuth(
        kind,
        client_id=found.take("", _text, data.get("client_id", ""), "mailbox.client_id"),
        client_secret=held,
        tenant=found.take("", _text, data.get("tenant", ""), "mailbox.tenant"),
        url=found.take("", _auth_url, url, "mailbox.auth_url") if url else "",
    )


def _auth_url(value: Any, name: str) -> str:
    url = _text(value, name)
    if not url.startswith("https://"):
        raise SettingsProblem(f"The setting {name} begins with https://.")
    return url.rstrip("/")


def _slack(data: Mapping[str, Any], environment: Mapping[str, str], found: _Found) -> Slack:
    bot = found.take("", secret, "SLACK_BOT_TOKEN", environment)
    app = found.take("", secret, "SLACK_APP_TOKEN", environment)
    if bool(bot) != bool(app):
        missing = (
            "SLACK_APP_TOKEN (it begins with xapp-)" if bot else "SLACK_BOT_TOKEN (it begins with xoxb-)"
        )
        found.problems.append(f"Slack needs two tokens, and {missing} is not set.")
    for name, token, prefix in (("SLACK_BOT_TOKEN", bot, "xoxb-"), ("SLACK_APP_TOKEN", app, "xapp-")):
        if token and not token.startswith(prefix):
            found.problems.append(
                f"{name} does not look right: it begins with {prefix}. Copy it again from Slack."
            )
    return Slack(
        bot_token=bot,
        app_token=app,
        api_url=found.take(SLACK_API, _api_url, data.get("api_url", SLACK_API), "slack.api_url"),
        intake_channels=found.take((), _channels, data.get("intake_channels", []), "slack.intake_channels"),
        seconds_between_posts=found.take(
            1.0, _number, data.get("seconds_between_posts", 1.0), "slack.seconds_between_posts", 0, 60
        ),
        allowed_bots=found.take((), _bots, data.get("allowed_bots", []), "slack.allowed_bots"),
        handlers=found.take((), _members, data.get("handlers", []), "slack.handlers"),
        leads=found.take((), _members, data.get("leads", []), "slack.leads"),
        governing_body=found.take((), _members, data.get("governing_body", []), "slack.governing_body"),
        questions_kept_days=found.take(
            365, _whole, data.get("questions_kept_days", 365), "slack.questions_kept_days", 30, 3650
        ),
    )


def _api_url(value: Any, name: str) -> str:
    url = _text(value, name)
    if not re.match(r"https://|http://(127\.0\.0\.1|localhost)[:/]", url):
        raise SettingsProblem(f"The setting {name} begins with https:// (http only for this very machine).")
    return url if url.endswith("/") else url + "/"
