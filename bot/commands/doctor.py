"""putright doctor, reconcile, audit and slack: is everything in order, and is every message accounted for."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlite_utils import Database

from putright.bot.outgoing import slack_client
from putright.bot.program import Program, json_option, pass_program, print_json, time_of
from putright.bot.settings.load import Settings
from putright.bot.settings.slack import Slack
from putright.bot.slack_app import NotConnected, who_we_are
from putright.bot.slack_voice import advice, code_of
from putright.bot.terminal import harmless
from putright.cases.working_days import in_words, local_day
from putright.mailbox.drop_folder import DropFolder
from putright.mailbox.imap import ImapSource
from putright.mailbox.source import Place, SourceUnavailable
from putright.storage import events, intake, looks, outbox
from putright.storage.database import is_there
from putright.storage.errors import DatabaseProblem
from putright.triage.looks import last_good_look
from putright.triage.slack_heard import last_heard

CALENDAR_DAYS = 180
"""The calendar must reach this far ahead; less is a reason to update putright."""
SHOWN = 10
"""How many faulty cases are named; the rest are counted."""
MANIFEST = Path(__file__).parents[1] / "slack-manifest.json"


Told = Iterator[tuple[bool, str]]
"""Whether a thing is in order, and the sentence that says so or what to do."""


@click.command()
@pass_program
def doctor(program: Program) -> None:
    """Check the settings, the database, the model, the mailboxes and Slack, and say what to do."""
    settings, problems = program.checked
    program.checked = settings, ()  # told below; the rest is checked with the defaults in their place
    bad = 0
    for good, sentence in _examined(program, settings, problems):
        bad += not good
        click.echo(f"{'ok ' if good else 'BAD'}  {harmless(sentence)}")
    if bad:
        raise click.exceptions.Exit(1)


def _examined(program: Program, settings: Settings, problems: tuple[str, ...]) -> Told:
    for problem in (*problems, *settings.unready):
        yield False, problem
    checks: tuple[Callable[[], Told], ...] = (
        lambda: _database(program),
        lambda: _calendar(settings, problems),
        lambda: _model(program),
        lambda: _mail(program),
        lambda: _slack(program, settings, problems),
    )
    for check in checks:
        yield from check()


def _database(program: Program) -> Told:
    try:
        is_new = not is_there(program.settings.database)
        db = program.open(silent=True)
        opens = "is new and empty" if is_new else "opens"
        unsent = outbox.unsent(db)
        yield True, f"The database {program.settings.database} {opens}; {unsent} posts wait to be said."
        fault = _fault_of_the_log(db)
    except DatabaseProblem as error:
        yield False, str(error)
        return
    yield not fault, fault or "The event log is whole."


def _calendar(settings: Settings, problems: tuple[str, ...]) -> Told:
    calendar = settings.landlord.calendar
    until = in_words(calendar.last_day)
    if (calendar.last_day - local_day(time_of(None))).days > CALENDAR_DAYS:
        yield True, f"Bank holidays are known to {until}."
    else:
        yield False, f"Bank holidays are known only to {until}: install a newer putright before then."
    if settings.landlord.staff_domains:
        yield True, f"Forwards are trusted from {', '.join(sorted(settings.landlord.staff_domains))}."
    elif not any("landlord.staff_domains" in x for x in problems):
        sentence = (
            "landlord.staff_domains is not set, so a forward is logged under the person who forwards it: set it to "
            'your own mail domains, such as ["harrowmere.example"].'
        )
        yield False, sentence


def _model(program: Program) -> Told:
    try:
        yield True, f"The model loads ({program.reader().model.name})."
    except click.ClickException as error:
        yield False, error.message


def _mail(program: Program) -> Told:
    from putright.bot.sources import sources_of

    settings = program.settings
    open_ones = tuple(box for box in settings.mailboxes if not box.missing)
    for account, source in sources_of(replace(settings, mailboxes=open_ones)):
        seen = _seen(program, account)
        try:
            if isinstance(source, ImapSource):
                next(source.new(lambda _: False), None)
                if source.read_only:
                    yield (
                        True,
                        f"Mail in {account} may be read and not moved, so what is taken in stays there.",
                    )
            elif isinstance(source, DropFolder):
                for _ in source.new(lambda _: False):
                    pass
                yield from _drop_folder(source)
            yield True, f"The mail source {account} can be read. {seen}".strip()
        except SourceUnavailable as error:
            yield False, f"{error} ({account}: {seen})" if seen else str(error)
        finally:
            source.close()


def _seen(program: Program, account: str) -> str:
    try:
        return last_good_look(looks.of(program.open(), account))
    except DatabaseProblem:  # told above
        return ""


def _drop_folder(source: DropFolder) -> Told:
    for trouble in (*source.troubles(named=True), source.passed_over(named=True)):
        if trouble:
            yield False, trouble
    places = [source.folder / place.value for place in Place]
    for folder in (source.folder, *(x for x in places if x.exists())):
        if not folder.is_dir():
            yield False, f"{folder} is no folder, so mail cannot be moved there: move or rename that file."
        elif not os.access(folder, os.W_OK | os.X_OK):
            sentence = (
                f"The folder {folder} may not be written to, so mail that was taken in stays in the drop folder: give "
                "the user who runs putright the right to write there."
            )
            yield False, sentence


def _slack(program: Program, settings: Settings, problems: tuple[str, ...]) -> Told:
    slack, landlord = settings.slack, settings.landlord
    if not slack.configured:
        if not (slack.bot_token or slack.app_token):
            yield True, "Slack is not set up: what putright has to say appears on the terminal."
        return
    client = slack_client(settings)
    try:
        who_we_are(client)
    except NotConnected as error:
        yield False, str(error)
        return
    yield True, "Slack takes the bot token."
    yield _app_token(client, slack.app_token)
    with suppress(DatabaseProblem):  # told above
        yield last_heard(program.open(), time_of(None))
    yield from _roles(client, slack)
    yield from _scopes(client)
    uses = {"intake_channels": slack.intake_channels} | {
        name: (channel,)
        for name, channel in (
            ("mail_channel", landlord.mail_channel),
            ("digest_channel", landlord.digest_channel),
            ("leads_channel", landlord.leads_channel),
            *((f"team_channels.{team}", x) for team, x in landlord.team_channels.items()),
        )
        if channel
    }
    if not slack.intake_channels and not any("slack.intake_channels" in x for x in problems):
        yield False, "slack.intake_channels is not set, so nothing that staff write in Slack is taken in."
    if not landlord.mail_channel:
        yield (
            False,
            "slack.mail_channel is not set, so nothing can be said in Slack: name a channel by its id.",
        )
    for channel in dict.fromkeys(channel for channels in uses.values() for channel in channels):
        names = " and ".join(f"slack.{name}" for name, channels in uses.items() if channel in channels)
        yield _channel(client, channel, names)


def _app_token(client: WebClient, token: str) -> tuple[bool, str]:
    """Whether Slack would open a socket for it; none is opened."""
    try:
        client.apps_connections_open(app_token=token)
    except SlackApiError as error:
        return False, (
            f"Slack refuses the app token ({code_of(error) or 'no reason given'}). It begins with xapp- and needs the "
            "scope connections:write; copy it again into SLACK_APP_TOKEN."
        )
    except OSError:
        return False, "Slack cannot be reached. Check the network and slack.api_url."
    return True, "Slack takes the app token."


def _scopes(client: WebClient) -> Told:
    """Whether the app was given every scope that its manifest asks for; Slack names those given with each answer."""
    try:
        headers = client.auth_test().headers
        given = {name.lower(): value for name, value in headers.items()}.get("x-oauth-scopes")
    except (SlackApiError, OSError):
        return  # told above
    if given is None:
        return
    asked = json.loads(MANIFEST.read_text(encoding="utf-8"))["oauth_config"]["scopes"]["bot"]
    missing = [x for x in asked if x not in {y.strip() for y in given.split(",")}]
    if missing:
        sentence = (
            f"The Slack app lacks {', '.join(missing)}: on the app's page, under App Manifest, paste what "
            '`putright slack manifest` prints, then "Reinstall to Workspace".'
        )
        yield False, sentence
    else:
        yield True, "The Slack app has every scope that its manifest asks for."


def _roles(client: WebClient, slack: Slack) -> Told:
    """Who may see cases, and whether the user groups that say so can be read."""
    if not slack.has_roles:
        everybody = "every member of the workspace sees cases and acts on them, and nobody is a lead"
        yield True, f"No roles are set (slack.leads, slack.handlers): {everybody}."
        return
    if not slack.leads:
        yield False, "slack.leads names nobody, so nobody in Slack sees confined cases but their handlers."
    for group in dict.fromkeys((*slack.leads, *slack.handlers, *slack.governing_body)):
        if not group.startswith("S"):
            continue
        try:
            client.usergroups_users_list(usergroup=group)
        except SlackApiError as error:
            yield (
                False,
                f"The user group {group} cannot be read, so whoever it names is refused: {advice(error)}",
            )
        except OSError:
            yield False, f"The user group {group} cannot be read: Slack could not be reached; try again."
        else:
            yield True, f"The user group {group} can be read."


def _channel(client: WebClient, channel: str, names: str) -> tuple[bool, str]:
    """Whether the bot can be heard in a channel that the settings name."""
    try:
        found = client.conversations_info(channel=channel)["channel"]
    except SlackApiError as error:
        return False, f"{channel} ({names}): {advice(error)}"
    except OSError:
        return False, f"{channel} ({names}): Slack could not be reached; check the network and try again."
    if found.get("is_archived"):
        return False, f"{channel} ({names}): the channel is archived; name another in the settings."
    if found.get("is_ext_shared") or found.get("is_pending_ext_shared"):
        what = (
            "is shared with another organisation, so nothing is said there; notes written there are taken in"
        )
        return False, f"{channel} ({names}): the channel {what}. Name a channel of your own in the settings."
    if not found.get("is_member"):
        return (
            False,
            f"{channel} ({names}): the bot is not in the channel; invite it there with /invite @putright.",
        )
    return True, f"The bot is in {channel} ({names})."


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
    """Check every event against its hash and the one before it, and every case against its last event."""
    if fault := _fault_of_the_log(program.existing()):
        raise click.ClickException(fault)
    click.echo("Every event fits its hash: nothing was changed or removed.")


def _fault_of_the_log(db: Database) -> str:
    """What is wrong with the event log, in a sentence or two; empty when it is whole."""
    broken = list(events.broken_links(db))
    short = events.cut_off(db)
    found = []
    if broken:
        found.append(f"{_named(events.by_id(db, broken[0]))} ({len(broken)} in all)")
    if short:
        more = f" and {len(short) - SHOWN} more cases" if len(short) > SHOWN else ""
        found.append(f"the newest events of {', '.join(short[:SHOWN])}{more} are missing or not its own")
    if not found:
        return ""
    return (
        f"The event log was changed: {'; '.join(found)}. "
        "Restore a backup from before, and find out who had access to the file."
    )


def _named(row: dict[str, Any]) -> str:
    """Which event it is, as it is kept now, and what is wrong with it."""
    what = "does not follow the event before it" if events.fits(row) else "does not fit its hash"
    which = f"number {row['seq']} of {row['case_ref']}: {row['kind']}, {row['at']}, by {row['actor']}"
    return harmless(f"event {row['id']} ({which}) {what}")


@click.group()
def slack() -> None:
    """Setting up the Slack app."""


@slack.command()
def manifest() -> None:
    """Print the app's manifest: paste it into Slack's "Create an app from a manifest"."""
    click.echo(json.dumps(json.loads(MANIFEST.read_text(encoding="utf-8")), indent=2))
