"""putright explain: a message sentence by sentence, and why it was read as it was."""

from pathlib import Path

import click

from putright.bot.commands.explain_text import explain_text
from putright.bot.program import Program, pass_program, time_of
from putright.cases.labels import Channel
from putright.cases.references import whole_reference
from putright.mailbox.files import Files
from putright.mailbox.parse import parse
from putright.storage import messages
from putright.triage.act import find
from putright.triage.told import Told


@click.command()
@click.argument("what", metavar="FILE|REF")
@pass_program
def explain(program: Program, what: str) -> None:
    """Show a message with the role and weight of each sentence, the rules, the complaint definition and what to ask.

    Also why it asks a person when it does, and which sentences would have changed the label if they were not
    there. FILE is an .eml file, or a .txt file taken as the bare words; REF is a case.
    """
    from putright.classifier.counterfactual import flip
    from putright.classifier.flag_evidence import of_flags

    path = Path(what)
    reader = program.reader()
    if path.exists() and path.suffix.lower() == ".txt":
        text = path.read_text(encoding="utf-8", errors="replace")
        message = Told(text, "", time_of(None), Channel.EMAIL).message()
    elif path.exists():
        mail = next(Files([path]).new(lambda _: False), None)
        if mail is None:
            raise click.UsageError(f"There is no mail in {what}.")
        message = parse(mail.raw, mail.arrived, program.settings.landlord.staff_domains)
    else:
        reference = whole_reference(what)
        if reference is None:
            raise click.UsageError(f"{what} is neither a file nor a case reference such as HC-2026-0012.")
        db = program.existing()
        message = messages.of_case(db, find(db, reference).reference)[0]
    reading = reader.read(message)
    raised = of_flags(reader.model, message, reading)
    click.echo("\n".join(explain_text(message.body, reading, flip(reader, message), raised)))
