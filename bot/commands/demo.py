"""putright demo: a whole tour on the bundled inbox, in a temporary database, with nothing to set up."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlite_utils import Database

from putright.bot.commands.explain_text import explain_text
from putright.bot.program import MOMENT, Program, pass_program
from putright.bot.progress import progress
from putright.bot.terminal import answer_text, case_table
from putright.cases import acts
from putright.cases.acts import By
from putright.cases.labels import Channel, Decision, Label
from putright.cases.working_days import LONDON, england, in_words, local_day
from putright.mailbox.files import Files
from putright.mailbox.fingerprint import fingerprint
from putright.storage import cases, intake, messages
from putright.storage.cases import Filter, Row
from putright.storage.database import open_database
from putright.triage.act import act, find
from putright.triage.answer import answer
from putright.triage.landlord import Landlord
from putright.triage.posts import act_words
from putright.triage.remind import as_post, digest
from putright.triage.take_in import process_waiting, store_mail, store_told
from putright.triage.told import Told

BUNDLED = Path(__file__).parents[1] / "demo"
MORNING = datetime(2026, 11, 23, 8, 30, tzinfo=LONDON)
LANDLORD = Landlord(
    calendar=england(), name="Harrowmere Homes", staff_domains=frozenset({"harrowmere.example"})
)
LEAD = "Priya Shah"
"""The complaints lead of the tour."""


@click.command()
@click.option("--at", type=MOMENT, default=None, help="The morning the tour is on (Mon 23 Nov 2026).")
@pass_program
def demo(program: Program, at: datetime | None) -> None:
    """A whole tour on a bundled inbox, in a temporary database: nothing to set up, nothing left behind."""
    morning = at or MORNING
    with (
        tempfile.TemporaryDirectory(prefix="putright-demo-") as folder,
        closing(open_database(Path(folder) / "demo.db", clock=lambda: morning)) as db,
    ):
        _tour(db, program, morning)


def _tour(db: Database, program: Program, morning: datetime) -> None:
    _heading(f"1. {in_words(local_day(morning))}, {morning:%H:%M}: the weekend's mail and notes come in")
    _take_in(db, program, morning)
    rows = cases.listing(db, Filter())
    _heading(f"2. The {len(rows)} cases, the soonest due first")
    click.echo(case_table(rows))
    if any(row.provisional for row in rows):
        click.echo("* provisional: nobody has acknowledged yet, counted from the last day for that")
    _heading("3. One complaint, sentence by sentence")
    _explain(db, rows)
    _heading("4. A reading corrected by a person")
    _correct(db, rows, morning)
    _heading("5. Three questions from staff")
    for question in ("what's overdue", "what is due this week for repairs", "how many complaints this month"):
        click.echo(f"> {question}")
        click.echo(answer_text(answer(db, question, LEAD, LANDLORD, morning)) + "\n")
    _heading("6. The digest of that morning, as Slack gets it")
    click.echo(as_post(digest(db, LANDLORD, local_day(morning))).text)
    _heading("What to do next")
    click.echo(
        "  putright ingest FOLDER     take in .eml files of your own\n"
        "  putright clock --received 2026-12-24     see how a due date is counted\n"
        "  putright doctor            what is set up and what is missing\n"
        "The README says how to connect a mailbox and Slack."
    )


def _take_in(db: Database, program: Program, morning: datetime) -> None:
    mails = 0
    for mail in Files([BUNDLED / "inbox"]).new(lambda _: False):
        mails += 1
        store_mail(db, replace(mail, arrived=morning.astimezone(UTC)))
    notes = list(_notes())
    for note in notes:
        store_told(db, note)
    waiting = len(intake.waiting(db))
    taking_in = process_waiting(db, program.reader(), LANDLORD, lambda: morning)
    with progress("Reading", taking_in, length=waiting) as bar:
        for _ in bar:
            pass
    click.echo(f"{mails} mails and {len(notes)} staff notes came in.")
    counts = intake.tally(db)
    click.echo(
        f"{counts['received']} received = {counts.get('logged', 0)} logged + {counts.get('joined', 0)} joined + "
        f"{counts.get('parked', 0)} parked + {counts.get('quarantined', 0)} quarantined + "
        f"{counts['duplicate']} duplicate; nothing unexplained."
    )
    for item in intake.parked(db):
        click.echo(f"  parked: {item.reason}")


def _notes() -> Iterator[Told]:
    for line in (BUNDLED / "notes.jsonl").read_text(encoding="utf-8").splitlines():
        note = json.loads(line)
        told_at = datetime.fromisoformat(note["told_at"])
        yield Told(note["text"], note["by"], told_at, Channel(note["channel"]), note["resident"])


def _explain(db: Database, rows: list[Row]) -> None:
    """The first sure complaint that came as a forward, so that the resident behind it shows too."""
    complaints = [x for x in rows if x.label is Label.COMPLAINT and x.decision is Decision.SURE]
    found = [find(db, x.reference) for x in complaints]
    case = next((x for x in found if x.channel is Channel.FORWARD), found[0])
    message = messages.of_case(db, case.reference)[0]
    reading = messages.latest_reading(db, message.id)
    assert reading is not None  # it was read a moment ago
    click.echo(
        f"{case.reference}: from {message.resident}"
        + (f", forwarded by {message.forwarded_by}" if message.forwarded_by else "")
        + f"\nThe clock starts at {message.received_from}: "
        f"{message.received_at.astimezone(LONDON):%a %-d %b %Y %H:%M}\n"
    )
    click.echo("\n".join(explain_text(message.body, reading)))


def _correct(db: Database, rows: list[Row], morning: datetime) -> None:
    """The first unsure reading that the complaints lead, who knows the case, calls something else."""
    known = _what_the_lead_knows()
    asked = [find(db, x.reference) for x in rows if x.unconfirmed]
    settled = [x for x in asked if known.get(x.messages[0], Label.COMPLAINT) is not Label.COMPLAINT]
    case = next((x for x in settled if known[x.messages[0]] is not x.label), (settled or asked)[0])
    label = known.get(case.messages[0], case.label)
    reading = messages.latest_reading(db, case.messages[0])
    assert reading is not None  # it was read a moment ago
    click.echo(
        f"{case.reference} was read as {case.label.words}, but putright asked: {' '.join(reading.reasons)}"
    )
    moved = act(
        db,
        case.reference,
        LANDLORD,
        morning,
        lambda found: acts.reclassify(found, By(LEAD, morning), label, "as the resident meant it"),
    )
    click.echo(f"{LEAD} says: {label.words}. A person's label always wins; both stay on record.")
    was = act_words(moved.due_before) if moved.due_before else "no complaint clock ran"
    now = act_words(moved.due_after) if moved.due_after else "no complaint clock runs"
    click.echo(f"Before: {was}. Now: {now}.")


def _what_the_lead_knows() -> dict[str, Label]:
    """What each bundled mail is by the labelling guide, by message id: the lead of the tour has read them."""
    key = json.loads((BUNDLED / "expected.json").read_text(encoding="utf-8"))["inbox"]
    return {
        fingerprint((BUNDLED / "inbox" / file).read_bytes()): Label(says["label"])
        for file, says in key.items()
        if "label" in says
    }


def _heading(text: str) -> None:
    click.echo(f"\n{text}\n{'-' * len(text)}")
