"""putright mailbox: which mailboxes are read, when each was last looked at, and signing in to them."""

from contextlib import closing
from functools import partial

import click

from putright.bot.mailbox_tokens import tokens_of
from putright.bot.program import Program, json_option, pass_program, print_json
from putright.bot.settings.mailbox import Mailbox
from putright.bot.sources import imap_account
from putright.bot.sources import recover as take_back
from putright.bot.terminal import table
from putright.cases.errors import Refused
from putright.mailbox.imap import ImapSource
from putright.mailbox.imap_connect import connect
from putright.storage import looks
from putright.triage.looks import last_good_look, moment_words


@click.group()
def mailbox() -> None:
    """The mailboxes that are read, and signing in to them."""


@mailbox.command("list")
@json_option
@pass_program
def list_(program: Program, as_json: bool) -> None:
    """Each mailbox, how it signs in, and when it was last looked at with success."""
    db = program.open()
    found = [(box, looks.of(db, box.name)) for box in program.settings.mailboxes]
    if as_json:
        print_json(
            [
                {
                    "name": box.name,
                    "host": box.host,
                    "folder": box.folder,
                    "auth": box.auth,
                    "last_good_look": look.good_at,
                    "failing_since": look.bad_since,
                    "problem": look.problem,
                }
                for box, look in found
            ]
        )
        return
    if not found:
        click.echo("No mailbox is set up; only the drop folder is watched. The README says how to name one.")
        return
    rows = [
        [box.name, box.host, box.folder, box.auth, moment_words(look.good_at) if look.good_at else "never"]
        for box, look in found
    ]
    click.echo(table(["mailbox", "server", "folder", "sign-in", "last good look"], rows))
    for box, look in found:
        if look.bad_since:
            click.echo(f"\n{box.name}: {look.problem} {last_good_look(look)}")


@mailbox.command("sign-in")
@click.argument("name")
@click.option(
    "--port", default=0, help="Google: the port of this machine that the browser's answer comes to."
)
@pass_program
def sign_in(program: Program, name: str, port: int) -> None:
    """Sign in to a mailbox of Microsoft 365 or Google, once: the sign-in is kept beside the database and renewed."""
    box = _box(program, name)
    tokens = tokens_of(box, program.settings.database)
    if tokens is None:
        raise Refused(
            f'The mailbox {name} signs in with a password. Set mailbox.auth to "microsoft" or "google" to change that.'
        )
    tell = partial(click.echo, err=True)
    match box.auth:
        case "microsoft":
            from putright.mailbox.oauth_microsoft import MicrosoftPerson

            assert isinstance(tokens, MicrosoftPerson)
            tokens.sign_in(tell)
        case "google":
            from putright.mailbox.oauth_google import GooglePerson

            assert isinstance(tokens, GooglePerson)
            tokens.sign_in(tell, port)
        case _:
            tokens.token(fresh=True)
    connect(imap_account(box, program.settings.database)).logout()
    click.echo(f"Signed in: the mailbox {name} can be read.")


@mailbox.command()
@click.argument("name")
@pass_program
def recover(program: Program, name: str) -> None:
    """After a restore from an older backup: take in what was put away on the server and is not in the database.

    It is read at the next pass of `putright run` or `putright once`, as any new mail is.
    """
    source = ImapSource(imap_account(_box(program, name), program.settings.database))
    with closing(source):
        found, new = take_back(program.open(), source)
    click.echo(
        f"{found} mails were put away in {name}, {new} of them were not in the database and are taken in."
    )
    if new:
        click.echo("Read them with:  putright once")


def _box(program: Program, name: str) -> Mailbox:
    boxes = {box.name: box for box in program.settings.mailboxes}
    if name not in boxes:
        known = f"There are: {', '.join(boxes)}." if boxes else "There is none in the settings."
        raise click.UsageError(f"There is no mailbox {name}. {known}")
    if boxes[name].missing:
        raise click.UsageError(boxes[name].missing)
    return boxes[name]
