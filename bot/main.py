"""putright, the program: its commands, and the one place where errors become plain sentences."""

import logging
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from putright.bot.commands.ask import ask
from putright.bot.commands.case import case
from putright.bot.commands.cases import cases
from putright.bot.commands.classify import classify
from putright.bot.commands.clock import clock
from putright.bot.commands.code import code
from putright.bot.commands.demo import demo
from putright.bot.commands.doctor import audit, doctor, reconcile, slack
from putright.bot.commands.evaluate import evaluate
from putright.bot.commands.explain import explain
from putright.bot.commands.letters import check_letter, letter
from putright.bot.commands.mailbox import mailbox
from putright.bot.commands.parked import parked
from putright.bot.commands.parse import parse
from putright.bot.commands.questions import questions
from putright.bot.commands.register import import_register, report
from putright.bot.commands.remind import remind
from putright.bot.commands.review import review
from putright.bot.commands.run import once, run
from putright.bot.commands.take_in import ingest, note
from putright.bot.commands.train import train
from putright.bot.program import Program
from putright.bot.settings import SettingsProblem
from putright.bot.terminal import harmless
from putright.cases.errors import Refused
from putright.mailbox.parse import UnreadableMail
from putright.mailbox.source import SourceUnavailable
from putright.storage.errors import DatabaseProblem, StaleView, in_plain_words

SECTIONS = {
    "Start here": (demo, doctor),
    "The service": (run, once, mailbox),
    "Messages in": (ingest, note, parked, reconcile, parse),
    "Cases": (ask, cases, case, review, remind, clock, code),
    "Letters": (letter, check_letter),
    "Reading": (classify, explain, evaluate, train),
    "Keeping": (report, import_register, questions, audit, slack),
}


class Sections(click.Group):
    """A group whose help lists its commands by what they are for, and whose errors are sentences."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(x.name or "", x.get_short_help_str(120)) for x in commands])

    def invoke(self, ctx: click.Context) -> Any:
        """Exit 1 when a rule refuses or something outside fails, 2 when the call or a setting is wrong."""
        try:
            return super().invoke(ctx)
        except (Refused, StaleView, DatabaseProblem, SourceUnavailable, UnreadableMail) as error:
            logging.getLogger(__name__).debug("refused", exc_info=True)
            raise click.ClickException(harmless(str(error))) from error
        except sqlite3.DatabaseError as error:
            raise click.ClickException(_said(ctx.find_object(Program), error)) from error
        except SettingsProblem as error:
            raise click.UsageError(harmless(str(error))) from error


def _said(program: Program | None, error: sqlite3.DatabaseError) -> str:
    """What a read met (writes are worded where they are made), in the same words."""
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
    context.obj = replace(context.obj or Program(), settings_file=settings_file, database=db)


for _commands in SECTIONS.values():
    for _command in _commands:
        main.add_command(_command)
