"""What every command shares: settings, the database, the time, and the one place where errors become sentences."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click
from sqlite_utils import Database

from putright.bot.settings import Settings, SettingsProblem, load
from putright.cases.errors import Refused
from putright.cases.working_days import LONDON
from putright.storage.database import open_database
from putright.storage.errors import DatabaseProblem, StaleView

P = ParamSpec("P")
R = TypeVar("R")


class Moment(click.ParamType[datetime]):
    """A time as people give it: ISO 8601, in Europe/London where no offset is given; a date alone is 00:00."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no time. Write it as 2026-11-23 or 2026-11-23T08:30.", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)


class Day(click.ParamType[date]):
    """A date: 2026-11-23."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date. Write it as 2026-11-23.", param, ctx)


MOMENT, DAY = Moment(), Day()


@dataclass
class Program:
    """One run of the program. The parts are made when first asked for."""

    settings_file: Path | None = None
    database: Path | None = None

    @cached_property
    def settings(self) -> Settings:
        return load(self.settings_file, database=self.database)

    def open(self) -> Database:
        """A connection of the caller's thread, closed when the command ends."""
        database = open_database(self.settings.database)
        context = click.get_current_context(silent=True)
        if context is not None:
            context.call_on_close(database.close)
        return database

    def reader(self) -> Any:
        """The trained reader. spaCy and numpy take a while to import, so only commands that read do."""
        from putright.classifier.reader import load as load_reader

        return load_reader()


pass_program = click.make_pass_decorator(Program, ensure=True)

at_option = click.option(
    "--at",
    type=MOMENT,
    default=None,
    help="Act as if it were this time (ISO 8601; Europe/London where no offset is given).",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
as_option = click.option(
    "--as", "actor", envvar="PUTRIGHT_USER", default="", metavar="NAME", help="Who is asking or acting."
)


def time_of(at: datetime | None) -> datetime:
    """The time a command runs at: as given, or now."""
    return at or datetime.now(UTC)


def midday(day: date) -> datetime:
    """A day as an aware moment within it."""
    return datetime.combine(day, time(12), LONDON)


def actor_or_user(actor: str) -> str:
    """Who acts; on a terminal the login name stands in."""
    if actor:
        return actor
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"


def print_json(value: Any) -> None:
    """One JSON value on the terminal, dates as ISO 8601."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))


def in_plain_words(run: Callable[P, R]) -> Callable[P, R]:
    """Turn what can go wrong into one sentence and an exit code: 1 refused or failed, 2 wrong usage."""

    @wraps(run)
    def running(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return run(*args, **kwargs)
        except (Refused, StaleView, DatabaseProblem) as error:
            logging.getLogger(__name__).debug("refused", exc_info=True)
            raise click.ClickException(str(error)) from error
        except SettingsProblem as error:
            raise click.UsageError(str(error)) from error

    return running
