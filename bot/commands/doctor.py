"""putright doctor, reconcile, audit and slack: is everything in order, and is every message accounted for."""

import json
from pathlib import Path

import click
from slack_sdk.errors import SlackApiError

from putright.bot.outgoing import slack_client
from putright.bot.program import Program, json_option, pass_program, print_json, time_of
from putright.bot.slack_app import NotConnected, who_we_are
from putright.cases.working_days import in_words, local_day
from putright.mailbox.imap import ImapSource
from putright.mailbox.source import SourceUnavailable
from putright.storage import events, intake, looks, outbox
from putright.triage.looks import last_good_look

CALENDAR_DAYS = 180
"""The calendar must reach this far ahead; less is a reason to update putright."""
MANIFEST = Path(__file__).parents[2] / "slack-manifest.json"


@click.command()
@pass_program
def doctor(program: Program) -> None:
    """Check the settings, the database, the model, the mailboxes and Slack, and say what to do."""
    from putright.bot.sources import sources_of

    settings = program.settings
    bad = 0

    def told(good: bool, sentence: str) -> None:
        nonlocal bad
        bad += not good
        click.echo(f"{'ok ' if good else 'BAD'}  {sentence}")

    db = program.open()
    told(True, f"The database {settings.database} opens; {outbox.unsent(db)} posts wait to be said.")
    broken = next(iter(events.broken_links(db)), None)
    told(
        broken is None,
        "The event log is whole." if broken is None else f"Event {broken} of the log was changed.",
    )
    calendar = settings.landlord.calendar
    left = calendar.last_day - local_day(time_of(None))
    told(left.days > CALENDAR_DAYS, f"Bank holidays are known to {in_words(calendar.last_day)}.")
    if settings.landlord.staff_domains:
        told(True, f"Forwards are trusted from {', '.join(sorted(settings.landlord.staff_domains))}.")
    else:
        told(
            False,
            "landlord.staff_domains is not set, so a forward is logged under the person who forwards it.",
        )
    try:
        told(True, f"The model loads ({program.reader().model.name}).")
    except click.ClickException as error:
        told(False, error.message)
    for account, source in sources_of(settings):
        seen = last_good_look(looks.of(db, account))
        try:
            if isinstance(source, ImapSource):
                next(source.new(lambda _: False), None)
            told(True, f"The mail source {account} can be read. {seen}")
        except SourceUnavailable as error:
            told(False, f"{error} ({account}: {seen})")
        finally:
            source.close()
    if not settings.slack.configured:
        told(True, "Slack is not set up: what putright has to say appears on the terminal.")
    else:
        try:
            who_we_are(slack_client(settings))
            told(True, "Slack takes the bot token.")
        except (NotConnected, SlackApiError) as error:
            told(False, str(error))
        told(bool(settings.slack.intake_channels), "slack.intake_channels names the channels to listen in.")
    if bad:
        raise click.exceptions.Exit(1)


@click.command()
@json_option
@pass_program
def reconcile(program: Program, as_json: bool) -> None:
    """Account for every message received: logged, joined, parked, quarantined, duplicate or waiting."""
    counts = intake.tally(program.existing())
    states = ("logged", "joined", "parked", "quarantined", "duplicate", "stored")
    known = {("waiting" if x == "stored" else x): counts.get(x, 0) for x in states}
    received = counts["received"]
    unexplained = received - sum(known.values())
    if as_json:
        print_json({"received": received, **known, "unexplained": unexplained})
    else:
        parts = " + ".join(f"{number} {what}" for what, number in known.items())
        click.echo(f"{received} received = {parts}; {unexplained} unexplained.")
    if unexplained:
        raise click.exceptions.Exit(1)


@click.group()
def audit() -> None:
    """The event log: is it whole?"""


@audit.command()
@pass_program
def verify(program: Program) -> None:
    """Check every event against its hash and the one before it."""
    broken = list(events.broken_links(program.existing()))
    if broken:
        raise click.ClickException(
            f"The event log was changed: event {broken[0]} does not fit its hash ({len(broken)} in all). "
            "Restore a backup from before, and find out who had access to the file."
        )
    click.echo("Every event fits its hash: nothing was changed or removed.")


@click.group()
def slack() -> None:
    """Setting up the Slack app."""


@slack.command()
def manifest() -> None:
    """Print the app's manifest: paste it into Slack's "Create an app from a manifest"."""
    click.echo(json.dumps(json.loads(MANIFEST.read_text(encoding="utf-8")), indent=2))
