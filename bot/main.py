"""putright, the program: its commands, and the one place where errors become plain sentences."""

import logging
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from putright.bot.began import BEGAN
from putright.bot.printable import harmless
from putright.bot.program import Program
from putright.bot.settings.checks import SettingsProblem
from putright.cases.errors import Refused

SECTIONS = {
    "Start here": {"demo": "demo", "doctor": "doctor"},
    "The service": {"run": "run", "once": "run", "mailbox": "mailbox"},
    "Messages in": {
        "ingest": "take_in", "note": "take_in", "parked": "parked", "reconcile": "doctor", "parse": "parse",
    },
    "Cases": {
        "ask": "ask", "cases": "cases", "case": "case", "review": "review", "remind": "remind", "clock": "clock",
        "code": "code",
    },
    "Letters": {"letter": "letters", "check-letter": "letters"},
    "Reading": {"classify": "classify", "explain": "explain", "evaluate": "evaluate", "train": "train"},
    "Keeping": {
        "report": "register", "import": "register", "questions": "questions", "audit": "doctor", "slack": "doctor",
    },
}  # fmt: skip
"""The module in `bot/commands/` of each command by its name. Only the one that is called is imported: all together
take half a second, Slack and the writing of letters among them."""
FILES = {name: module for commands in SECTIONS.values() for name, module in commands.items()}


class Sections(click.Group):
    """A group whose help lists its commands by what they are for, and whose errors are sentences."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(FILES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in FILES:
            return None
        module = import_module(f"putright.bot.commands.{FILES[cmd_name]}")
        return next(
            one for one in vars(module).values() if isinstance(one, click.Command) and one.name == cmd_name
        )

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl(list(self.told(ctx, commands)))

    def told(self, ctx: click.Context, names: dict[str, str]) -> Iterator[tuple[str, str]]:
        for name in names:
            if command := self.get_command(ctx, name):
                yield name, command.get_short_help_str(120)

    def invoke(self, ctx: click.Context) -> Any:
        """Exit 1 when a rule refuses or something outside fails, 2 when the call or a setting is wrong."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Refused as error:
            raise _refused(error) from error
        except SettingsProblem as error:
            raise click.UsageError(harmless(str(error))) from error
        except sqlite3.DatabaseError as error:
            raise click.ClickException(_said(ctx.find_object(Program), error)) from error
        except Exception as error:
            if isinstance(error, _failures()):
                raise _refused(error) from error
            raise


def _refused(error: Exception) -> click.ClickException:
    logging.getLogger(__name__).debug("refused", exc_info=True)
    return click.ClickException(harmless(str(error)))


def _failures() -> tuple[type[Exception], ...]:
    """What fails outside and says so in a sentence (imported when something has failed)."""
    from putright.mailbox.parse import UnreadableMail
    from putright.mailbox.source import SourceUnavailable
    from putright.storage.errors import DatabaseProblem, StaleView

    return StaleView, DatabaseProblem, SourceUnavailable, UnreadableMail


def _said(program: Program | None, error: sqlite3.DatabaseError) -> str:
    """What a read met (writes are worded where they are made), in the same words."""
    from putright.storage.errors import DatabaseProblem, in_plain_words

    try:
        with in_plain_words(str(program.settings.database if program else "")):
            raise error
    except DatabaseProblem as problem:
        return str(problem)


@click.group(cls=Sections, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--db", type=click.Path(path_type=Path), envvar="PUTRIGHT_DB", help="The database (PUTRIGHT_DB)."
)
@click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path),
    help="The settings file (putright.toml here).",
)
@click.option("-v", "--verbose", is_flag=True, help="Log what is done, without any message's words.")
@click.version_option(package_name="putright")
@click.pass_context
def main(context: click.Context, db: Path | None, settings_file: Path | None, verbose: bool) -> None:
    """Tells complaints from repair requests, logs them as cases, keeps the Code's deadlines.

    putright reads what residents of a social landlord write, from the mailbox and from Slack, says what each
    message is and why, and asks a person when it is not sure. It runs on your own machine; no message leaves it.
    """
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    # It logs each try to connect again; what that means for people is said by whoever made the try, once.
    logging.getLogger("slack_bolt").setLevel(logging.INFO if verbose else logging.CRITICAL)
    context.obj = replace(context.obj or Program(began=BEGAN), settings_file=settings_file, database=db)
