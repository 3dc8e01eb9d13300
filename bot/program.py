"""What every command shares: settings, the database, the reader, the time, and how to print JSON."""

import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from putright.bot.printable import json_text
from putright.bot.settings.checks import SettingsProblem
from putright.bot.settings.load import Settings, checked
from putright.cases.errors import Refused
from putright.cases.typed import NOBODY, name
from putright.cases.working_days import LONDON, in_words, local_day
from putright.classifier.shelf import Shelf, beside

if TYPE_CHECKING:
    from sqlite_utils import Database


class Moment(click.ParamType[datetime]):
    """A time as people give it: ISO 8601, in Europe/London where no offset is given; a date alone is 00:00."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=LONDON)
            moment.astimezone(UTC)  # the first and last days of the calendar's years leave it
        except (ValueError, OverflowError):
            self.fail(f"{value[:40]!r} is no time. Write it as 2026-11-23 or 2026-11-23T08:30.", param, ctx)
        return moment


class Day(click.ParamType[date]):
    """A date: 2026-11-23."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value[:40]!r} is no date. Write it as 2026-11-23.", param, ctx)


MOMENT, DAY = Moment(), Day()


MODELS = Path(__file__).parents[1] / "models"
"""The folder of the model that came with putright."""
log = logging.getLogger(__name__)


def reader_of(kept: Shelf, missed: float | None = None) -> Any:
    """The landlord's own reader, if one was promoted; else the one that came with putright.

    `missed` is the share of complaints that it may surely call something else (None for its own). spaCy and numpy take
    a while to import, so only commands that read ask for it. Raises ClickException for a model that cannot be loaded.
    """
    if kept.outdated:
        log.warning("The model in %s was made with an earlier putright: run `putright train`.", kept.folder)
    place = kept.in_use()
    if place == kept.bundled:
        return _loaded(place, "", missed)
    return _loaded(
        place,
        f" It lies in {place}. `putright train --back` goes back to the model before; without that folder the model "
        "that came with putright is used.",
        missed,
    )


def _loaded(place: Path, remedy: str, missed: float | None = None) -> Any:
    from putright.classifier.model import BadModelError
    from putright.classifier.reader import load as load_reader

    try:
        return load_reader(place, missed)
    except BadModelError as error:
        raise click.ClickException(f"{error}{remedy}") from error
    except OSError as error:
        raise click.ClickException(
            f"A file of the model cannot be read: {error.strerror}.{remedy}"
        ) from error


def _machine_time() -> datetime:
    return datetime.now(UTC)


@dataclass
class Program:
    """One run of the program. The parts are made, and imported, when first asked for."""

    settings_file: Path | None = None
    database: Path | None = None
    load_reader: Callable[[], Any] | None = None
    """A stand-in for the trained reader, for tests."""
    models: Path = MODELS
    learn: Callable[..., Any] | None = None
    """A stand-in for training, for tests."""
    busy_seconds: float | None = None
    """How long a busy database is waited for; None for as long as is usual."""
    began: datetime | None = None
    """When this run began, by the machine's clock; None asks nobody what was written down since."""
    clock: Callable[[], datetime] = _machine_time
    """What says when an act is written down: this computer's clock, but in tests."""

    @cached_property
    def checked(self) -> tuple[Settings, tuple[str, ...]]:
        """The settings with all that is wrong in them, each a sentence."""
        return checked(self.settings_file, database=self.database)

    @property
    def settings(self) -> Settings:
        """The settings. Raises SettingsProblem when anything in them is wrong."""
        settings, problems = self.checked
        if problems:
            raise SettingsProblem(*problems)
        return settings

    @property
    def ready_settings(self) -> Settings:
        """The settings of what takes mail in by itself. Raises SettingsProblem also when a password is missing."""
        settings = self.settings
        if settings.unready:
            raise SettingsProblem(*settings.unready)
        return settings

    def existing(self) -> "Database":
        """As `open`, for what only looks things up. Raises Refused where no database is, rather than make one."""
        from putright.storage.database import is_there

        path = self.settings.database
        if not is_there(path) and path.parent.is_dir():
            raise Refused(
                f"There is no database {path.absolute()} yet. Taking messages in makes it (putright ingest, note or "
                "run); if there should be one, name it with --db or PUTRIGHT_DB, or go to its folder."
            )
        return self.open()

    def timed(self) -> "Database":
        """As `existing`, for what reads due dates off the lists: first they are worked out by the settings of today.

        A database that may only be read, or stays busy, answers all the same.
        """
        from putright.storage.errors import DatabaseProblem
        from putright.triage.retime import retime, say_retimed

        database, landlord = self.existing(), self.settings.landlord
        with suppress(DatabaseProblem):
            say_retimed(database, landlord, retime(database, landlord), self.clock())
        return database

    def open(self, *, silent: bool = False) -> "Database":
        """A connection of the caller's thread, closed when the command ends.

        The database is made if need be, and (unless `silent`) said to be new.
        """
        from putright.storage.database import BUSY_SECONDS, is_there, open_database

        fresh = not is_there(self.settings.database)
        patience = BUSY_SECONDS if self.busy_seconds is None else self.busy_seconds
        database = open_database(self.settings.database, busy_seconds=patience, clock=self.clock)
        if fresh and not silent:
            click.echo(f"{self.settings.database} is a new database.", err=True)
        context = click.get_current_context(silent=True)
        if context is not None:
            context.call_on_close(database.close)
        return database

    def reader(self) -> Any:
        """The landlord's promoted model if there is one, else the one that came with putright."""
        if self.load_reader is not None:
            return self.load_reader()
        return reader_of(beside(self.settings.database, self.models), self.settings.missed_complaints)

    def time_of_act(self, at: datetime | None) -> datetime:
        """When an act happened: as given, or now. When it is written down, nobody is asked."""
        return at or self.clock()

    def time_taken_in(self, at: datetime | None) -> datetime:
        """When messages are taken in: as given, or now. Raises Refused for a time that is absurdly far ahead."""
        now = self.clock()
        if at is not None and at > now + FARTHEST_AHEAD:
            raise Refused(
                f"{in_words(local_day(at))} lies more than two years ahead of today, {in_words(local_day(now))}: "
                "check the year."
            )
        return at or now


pass_program = click.make_pass_decorator(Program, ensure=True)

at_option = click.option(
    "--at",
    type=MOMENT,
    default=None,
    help="Act as if it were this time (ISO 8601; Europe/London where no offset is given).",
)
done_at_option = click.option(
    "--at",
    type=MOMENT,
    default=None,
    help="When it was done, if not now (ISO 8601; Europe/London where no offset is given). When it is written down is "
    "the machine's own time.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
as_option = click.option(
    "--as", "actor", envvar="PUTRIGHT_USER", default=None, metavar="NAME", help="Who is asking or acting."
)

FARTHEST_AHEAD = timedelta(days=2 * 366)
"""How far ahead of this computer's clock messages may be taken in: room for a rehearsal, none for a slip of the pen."""


def time_of(at: datetime | None) -> datetime:
    """The time a command runs at: as given, or now."""
    return at or datetime.now(UTC)


def actor_or_user(actor: str | None) -> str:
    """Who acts; on a terminal the login name stands in. Raises Refused for a name that is none.

    The login of an account that is no person's (root, a service's own) is marked as that: it decides nothing.
    """
    if actor is not None:
        return name(actor, "who asks or acts, after --as")
    import getpass

    try:
        login = getpass.getuser()
    except (KeyError, OSError):
        return NOBODY
    return f"{NOBODY} {login}" if _of_the_system(login) else login


def _of_the_system(login: str) -> bool:
    """Whether an account belongs to the machine; one that it does not know is a person's."""
    with suppress(ImportError, KeyError):
        import pwd

        return pwd.getpwnam(login).pw_uid < (500 if sys.platform == "darwin" else 1000)
    return False


def print_json(value: Any) -> None:
    """One JSON value on the terminal, dates as ISO 8601."""
    click.echo(json_text(value, indent=2))
