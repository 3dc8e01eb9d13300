"""putright parked: mail set aside, with the reason; "this is real" takes it in after all."""

import contextlib
import sys
from dataclasses import replace
from datetime import datetime

import click

from putright.bot.program import (
    Program,
    actor_or_user,
    as_option,
    at_option,
    json_option,
    pass_program,
    print_json,
    time_of,
)
from putright.bot.terminal import harmless, table
from putright.cases.working_days import LONDON
from putright.mailbox.child import Parser
from putright.mailbox.drop_folder import DropFolder
from putright.mailbox.source import SourceUnavailable
from putright.storage import intake, shared_files
from putright.triage.parked import take_as_real


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def parked(context: click.Context, as_json: bool) -> None:
    """What was set aside: automatic replies, bounces, what could not be read, files that Slack did not give. Nothing
    is deleted.
    """
    if context.invoked_subcommand is None:
        context.invoke(parked_list, as_json=as_json)


@parked.command("list")
@json_option
@pass_program
def parked_list(program: Program, as_json: bool) -> None:
    """Each with its number and the reason, newest first."""
    db = program.existing()
    items = intake.parked(db)
    # a file is listed under the number of the message that it came with
    items += [replace(item, state="file", reason=row.reason) for row, item in shared_files.failed(db)]
    if as_json:
        print_json(
            [
                {
                    "id": x.id,
                    "state": x.state,
                    "reason": x.reason,
                    "arrived": x.arrived.isoformat(),
                    "bytes": len(x.raw),
                    "case": x.case_ref,
                }
                for x in items
            ]
        )
        return
    if not items:
        click.echo("Nothing is parked.")
        _say_passed_over(program)
        return
    click.echo(
        table(
            ["number", "state", "arrived", "reason", "case"],
            [
                [
                    str(x.id),
                    x.state,
                    f"{x.arrived.astimezone(LONDON):%a %-d %b %Y %H:%M}",
                    x.reason,
                    x.case_ref or "-",
                ]
                for x in items
            ],
        )
    )
    click.echo(
        "\n`putright parked show NUMBER` prints the original; `putright parked real NUMBER` takes it in, or "
        "reads it anew, or has a file fetched again."
    )
    _say_passed_over(program)


def _say_passed_over(program: Program) -> None:
    """What lies in the drop folder and is never taken in, so that nobody waits for it."""
    if program.settings.drop_folder is None:
        return
    folder = DropFolder(program.settings.drop_folder)
    with contextlib.suppress(SourceUnavailable):  # no folder, so nothing lies in it; `doctor` says more
        for _ in folder.new(lambda _: True):
            pass
        if sentence := folder.passed_over(named=True):
            click.echo(f"\n{harmless(sentence)}")


@parked.command("show")
@click.argument("number", type=int)
@pass_program
def parked_show(program: Program, number: int) -> None:
    """Print the original: byte for byte into a file or a pipe, without what would steer it on a terminal."""
    raw = _item(program, number).raw
    if sys.stdout.isatty():
        click.echo(harmless(raw.decode("utf-8", "replace").replace("\r\n", "\n")))
    else:
        sys.stdout.buffer.write(raw)


@parked.command("real")
@click.argument("number", type=int)
@as_option
@at_option
@pass_program
def parked_real(program: Program, number: int, actor: str | None, at: datetime | None) -> None:
    """This is real: take it in as a message; what could not be read is read anew into the case it has, and a file that
    could not be fetched is fetched again.
    """
    _item(program, number)
    files = [row for row, item in shared_files.failed(program.existing()) if item.id == number]
    for row in files:
        shared_files.again(program.existing(), row)
    if files:
        click.echo("It is fetched again by `putright run`, or at the next `putright once`.")
        return
    with Parser(forms=program.settings.landlord.forms) as child:
        outcome = take_as_real(
            program.existing(),
            number,
            actor_or_user(actor),
            program.reader(),
            program.settings.landlord,
            time_of(at),
            child.parse,
        )
    click.echo(f"Taken in: {outcome.reference}.")


def _item(program: Program, number: int) -> intake.Item:
    try:
        return intake.item(program.existing(), number)
    except LookupError as error:
        raise click.ClickException(
            f"There is no message number {number}: `putright parked` lists them."
        ) from error
