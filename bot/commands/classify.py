"""`putright classify`: what each message of a file is, as one JSON object a line."""

import gc
import json
import os
import sys
from contextlib import closing
from functools import partial
from itertools import groupby
from typing import Any, BinaryIO

import click

from putright.bot.bulk import answers, size_of
from putright.bot.printable import json_text
from putright.bot.program import Program, pass_program
from putright.bot.progress import progress

LOOKED_AFTER = 100_000
"""New objects after which garbage is looked for. What is loaded stays; to look through it was a tenth of the start."""


@click.command()
@click.argument("file", type=click.File("rb"), default="-")
@pass_program
def classify(program: Program, file: BinaryIO) -> None:
    """Say what each record of FILE (JSON lines with `subject`, `body`, `channel`) is.

    Prints one JSON object a line, in the order of FILE. A line that is no record gives an error object on standard
    error and the rest is read on; the exit code is then 1. A long FILE is read with every core of this computer.
    """
    # Sums over one message are too small to be shared out, and a process without threads of its own can be copied.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(LOOKED_AFTER)
    read = partial(answer, program.reader())
    size = size_of(file)
    bad = False
    hidden = size is None or sys.stdout.isatty()
    with (
        progress("Reading", length=size or 1, hidden=hidden) as bar,
        closing(answers(read, file)) as all_found,
    ):
        for found, length in all_found:
            for is_error, some in groupby(filter(any, found), key=lambda one: bool(one[1])):
                bad = bad or is_error
                click.echo("\n".join(text or error for text, error in some), err=is_error)
            bar.update(length)
    if bad:
        sys.exit(1)


def answer(reader: Any, number: int, line: str) -> tuple[str, str]:
    """What to print for a line, and what to say on standard error; neither for a blank line."""
    from putright.classifier import incoming, output

    if not line.strip():
        return "", ""
    try:
        record = incoming.parse(line, number)
    except incoming.BadLineError as error:
        return "", json.dumps({"line": number, "error": str(error)})
    found = reader.read_text(record.subject, record.body, record.channel)
    return json_text(output.as_json(record.id, record.body, found)), ""
