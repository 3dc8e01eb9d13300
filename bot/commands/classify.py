"""`putright classify`: what each message of a file is, as one JSON object a line."""

import json
import sys
from typing import TextIO

import click

from putright.bot.program import Program, pass_program
from putright.bot.terminal import json_text


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8", errors="replace"), default="-")
@pass_program
def classify(program: Program, file: TextIO) -> None:
    """Say what each record of FILE (JSON lines with `subject`, `body`, `channel`) is.

    Prints one JSON object a line. A line that is no record gives an error object on standard error and
    the rest is read on; the exit code is then 1.
    """
    from putright.classifier import incoming, output

    reading = program.reader()
    bad = False
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            record = incoming.parse(line, number)
        except incoming.BadLineError as error:
            bad = True
            click.echo(json.dumps({"line": number, "error": str(error)}), err=True)
            continue
        found = reading.read_text(record.subject, record.body, record.channel)
        click.echo(json_text(output.as_json(record.id, found)))
    if bad:
        sys.exit(1)
