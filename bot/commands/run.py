"""putright run and once: the service, until stopped or for one pass."""

import gc
import logging
import signal
from datetime import UTC, datetime

import click

from putright.bot.program import Program, at_option, pass_program, time_of
from putright.bot.service import Service
from putright.bot.service import once as one_pass
from putright.bot.settings.checks import SettingsProblem
from putright.bot.settings.load import Settings
from putright.triage.told import Told


@click.command()
@pass_program
def run(program: Program) -> None:
    """Watch the mailboxes, Slack and the clock until stopped (Ctrl-C or SIGTERM)."""
    settings = program.ready_settings
    _say_what_is_watched(settings)
    program.open().close()
    reader = program.reader()
    reader.read(
        Told("Is anybody there?", "putright", datetime.now(UTC)).message()
    )  # loads what reading needs
    gc.collect()
    gc.freeze()  # it stays as long as we do: to look through it for garbage holds everything up, 40 ms each time
    service = Service(settings, reader, lambda: datetime.now(UTC), tell=_tell)
    stopped: list[int] = []  # not the event: a signal may come while this very thread holds its lock
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda signalled, _: stopped.append(signalled))
    with service.running():
        _tell("Running. Stop with Ctrl-C.")
        while not stopped:
            service.stop.wait(0.2)
        _tell("Stopping: finishing what is in hand.")


@click.command()
@at_option
@pass_program
def once(program: Program, at: datetime | None) -> None:
    """One pass and out, for cron: take in what is new, say what must be said."""
    settings = program.ready_settings
    program.open().close()
    problems = one_pass(settings, program.reader(), lambda: time_of(at))
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise click.exceptions.Exit(1)


def _say_what_is_watched(settings: Settings) -> None:
    for box in settings.mailboxes:
        _tell(f"Watching {box.folder} of {box.name} on {box.host}.")
    if settings.drop_folder:
        _tell(f"Watching the drop folder {settings.drop_folder}: put .eml files there.")
    if settings.slack.configured and not settings.landlord.mail_channel:
        raise SettingsProblem(
            "Slack's tokens are set but no channel is: name slack.intake_channels, or slack.mail_channel, by id."
        )
    if settings.slack.configured:
        places = len(settings.slack.intake_channels)
        _tell(f"Listening in {places} intake channel{'' if places == 1 else 's'} of Slack.")
    else:
        _tell(
            "Slack is not set up (SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not set), so what I have to say "
            'appears here. Ask with: putright ask "what\'s overdue"'
        )


def _tell(sentence: str) -> None:
    logging.getLogger(__name__).debug(sentence)
    click.echo(sentence, err=True)
