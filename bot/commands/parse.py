"""putright parse: how a mail is read, one JSON line a file."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from putright.bot.program import Program, pass_program
from putright.bot.terminal import json_text
from putright.cases.message import Message, Person
from putright.mailbox import hop_text
from putright.mailbox.child import Parser
from putright.mailbox.files import Files
from putright.mailbox.parse import UnreadableMail
from putright.mailbox.source import Location, RawMail
from putright.triage.landlord import Landlord

_TEXT = ".txt"


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--staff-domain", "domains", multiple=True, help="Trust this domain's forwards; repeat it.")
@click.option("--subject", default="", help="The subject of the mails whose bare text is in .txt files.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line (the only format).")
@pass_program
def parse(
    program: Program, paths: tuple[Path, ...], domains: tuple[str, ...], subject: str, as_json: bool
) -> None:
    """Show how mails are read: who wrote, when, what. Nothing is stored.

    A .txt file is taken as the bare text of a mail. Where no domain is trusted, the resident is whoever wrote
    the innermost mail.
    """
    trusted = frozenset(x.lower().lstrip("@") for x in domains) or program.settings.landlord.staff_domains
    for line in _parsed(paths, trusted, subject, program.settings.landlord):
        click.echo(json_text(line))


def _parsed(
    paths: tuple[Path, ...], domains: frozenset[str], subject: str, landlord: Landlord
) -> Iterator[dict[str, Any]]:
    with Parser(forms=landlord.forms) as reader:
        for mail in _mails(paths, subject):
            file = mail.location.uid.rpartition(" ")[0]
            try:
                message = reader.parse(mail.raw, mail.arrived, domains, landlord.senders)
            except UnreadableMail as error:
                yield {"file": file, "error": str(error)}
            else:
                yield {"file": file, **_json(message, mail, nobody_trusted=not domains)}


def _mails(paths: tuple[Path, ...], subject: str) -> Iterator[RawMail]:
    for path in paths:
        if path.is_file() and path.suffix.lower() == _TEXT:
            yield _text_mail(path, subject)
            continue
        yield from Files([path]).new(lambda _: False)
        if path.is_dir():
            for text in sorted(path.rglob(f"*{_TEXT}")):
                yield _text_mail(text, subject)


def _text_mail(path: Path, subject: str) -> RawMail:
    """The bare text of a mail as a mail without sender and date."""
    head = f"Subject: {' '.join(subject.split())}\nContent-Type: text/plain; charset=utf-8\n\n"
    arrived = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return RawMail(
        Location("files", str(path.parent), 0, f"{path.name} "), head.encode() + path.read_bytes(), arrived
    )


def _person(who: Person | None) -> dict[str, str] | None:
    return {"name": who.name, "address": who.address} if who and (who.name or who.address) else None


def _json(message: Message, mail: RawMail, *, nobody_trusted: bool) -> dict[str, Any]:
    found = hop_text.original(message, innermost=nobody_trusted and bool(message.hops))
    passed_on = message.sender if nobody_trusted and message.hops else message.forwarded_by
    said = hop_text.texts(message)
    return {
        "resident": _person(message.resident if found.hop is None or not nobody_trusted else found.author),
        "trusted": message.forwarded_by is not None,
        "forwarded_by": _person(passed_on),
        "received": message.received_at.isoformat(),
        "received_from": message.received_from,
        "arrived": mail.arrived.isoformat(),
        "original_date": found.date.isoformat() if found.date else None,
        "channel": message.channel.value,
        "subject": found.subject,
        "text": found.text,
        "words": hop_text.words(message),
        "mail_subject": message.subject,
        "body": message.body,
        "spans": [[x.start, x.end, x.kind] for x in message.spans],
        "hops": [
            {
                "sender": _person(x.sender),
                "date": x.date.isoformat() if x.date else None,
                "date_text": x.date_text,
                "subject": x.subject,
                "text": said[number],
                "lines": list(x.lines),
            }
            for number, x in enumerate(message.hops)
        ],
        "attachments": [{"name": x.name, "size": x.size, "sha256": x.sha256} for x in message.attachments],
        "fields": [{"label": x.label, "value": x.value, "kind": x.kind} for x in message.fields],
        "parked": message.machine_mail or None,
        "notes": list(message.notes),
    }
