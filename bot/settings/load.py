"""The settings: putright.toml and the environment, read once into one typed value.

A setting that is not known, or has a wrong value, stops the program with its name. Secrets come from the
environment, or from a file that `NAME_FILE` names; they are never in the settings file and reach no log.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from putright.bot.settings.checks import Found, SettingsProblem, entries, filled, number, text, whole
from putright.bot.settings.landlord import read_landlord
from putright.bot.settings.mailbox import Mailbox, read_mailbox
from putright.bot.settings.slack import Slack, read_slack
from putright.triage.landlord import Landlord

FILE = "putright.toml"
DATABASE = "putright.db"
DROP_FOLDER = "Inbox"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, checked."""

    landlord: Landlord
    database: Path
    drop_folder: Path | None
    """Watched when set (`drop_folder = ""` unsets it); the default when no mailbox is configured."""
    mailboxes: tuple[Mailbox, ...] = ()
    slack: Slack = field(default_factory=Slack)
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
    found = Found()
    nothing: Mapping[str, Any] = {}
    data = found.table(found.take(nothing, _of_file, file, environment), "")
    none: list[Any] = []
    mailboxes = tuple(
        box
        for entry in found.take(none, entries, data.get("mailbox", []), "mailbox")
        if (box := read_mailbox(entry, environment, found)) is not None
    )
    names = [x.name for x in mailboxes]
    if twice := next((x for x in names if names.count(x) > 1), None):
        found.problems.append(
            f"Two mailboxes are called {twice}: give each a mailbox.name of its own, and never change it."
        )
    slack = found.table(data.get("slack", {}), "slack")
    default = "" if data.get("mailbox") else DROP_FOLDER
    drop = found.take(default, text, data.get("drop_folder", default), "drop_folder").strip()
    named = environment.get("PUTRIGHT_DB") or found.take(
        DATABASE, filled, data.get("database", DATABASE), "database"
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
        landlord=read_landlord(data, slack, found),
        database=stored,
        drop_folder=Path(drop) if drop else None,
        mailboxes=mailboxes,
        slack=read_slack(slack, environment, found),
        mail_alarm_minutes=found.take(
            30,
            whole,
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


def _share(reader: Mapping[str, Any]) -> float | None:
    """How many complaints may be surely missed, where that is set."""
    if "missed_complaints" not in reader:
        return None
    return number(reader["missed_complaints"], "reader.missed_complaints", 0.001, 0.05)
