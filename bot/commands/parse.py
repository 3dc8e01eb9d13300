"""putright parse: how a mail is read, one JSON line a file."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from putright.bot.program import Program, pass_program
from putright.cases.message import Message, Person
from putright.mailbox.files import Files
from putright.mailbox.parse import UnreadableMail
from putright.mailbox.parse import parse as parse_mail
from putright.mailbox.source import RawMail


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--staff-domain", "domains", multiple=True, help="Trust this domain's forwards; repeat it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line (the only format).")
@pass_program
def parse(program: Program, paths: tuple[Path, ...], domains: tuple[str, ...], as_json: bool) -> None:
    """Show how mails are read: who wrote, when, what. Nothing is stored."""
    trusted = frozenset(x.lower().lstrip("@") for x in domains) or program.settings.landlord.staff_domains
    for line in _parsed(paths, trusted):
        click.echo(json.dumps(line, ensure_ascii=False))


def _parsed(paths: tuple[Path, ...], domains: frozenset[str]) -> Iterator[dict[str, Any]]:
    for mail in Files(paths).new(lambda _: False):
        file = mail.location.uid.rpartition(" ")[0]
        try:
            yield {"file": file, **_json(parse_mail(mail.raw, mail.arrived, domains), mail)}
        except UnreadableMail as error:
            yield {"file": file, "error": str(error)}


def _json(message: Message, mail: RawMail) -> dict[str, Any]:
    def person(who: Person | None) -> dict[str, str] | None:
        return {"name": who.name, "address": who.address} if who and (who.name or who.address) else None

    inner = message.hops[-1].date if message.hops else None
    return {
        "resident": person(message.resident),
        "trusted": message.forwarded_by is not None,
        "forwarded_by": person(message.forwarded_by),
        "received": message.received_at.isoformat(),
        "received_from": message.received_from,
        "arrived": mail.arrived.isoformat(),
        "original_date": inner.isoformat() if inner else None,
        "channel": message.channel.value,
        "subject": message.subject,
        "text": message.body,
        "spans": [[x.start, x.end, x.kind] for x in message.spans],
        "hops": [
            {
                "sender": person(x.sender),
                "date": x.date.isoformat() if x.date else None,
                "date_text": x.date_text,
                "subject": x.subject,
                "lines": list(x.lines),
            }
            for x in message.hops
        ],
        "attachments": [{"name": x.name, "size": x.size, "sha256": x.sha256} for x in message.attachments],
        "parked": message.machine_mail or None,
        "notes": list(message.notes),
    }
