"""putright case export: a whole case as a folder or a zip file, with a manifest of hashes."""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from putright.bot.case_json import case_json
from putright.bot.case_page import case_text, happened
from putright.bot.commands.acting import reference_argument
from putright.bot.program import Program, at_option, pass_program, time_of
from putright.bot.roles import as_eyes_option, eyes_of
from putright.bot.terminal import json_text
from putright.cases.working_days import local_day
from putright.storage import intake, messages
from putright.triage.act import find
from putright.triage.export import files, intact

MANIFEST = "manifest.json"


@click.command()
@reference_argument
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FOLDER|FILE.zip",
    help="Where to write it; it must not be there yet.",
)
@as_eyes_option
@at_option
@pass_program
def export(program: Program, reference: str, out: Path, actor: str | None, at: datetime | None) -> None:
    """Write out a whole case: originals, attachments, dates with working, every version and event, and their hashes."""
    db, landlord = program.existing(), program.settings.landlord
    case = find(db, reference, eyes_of(program.settings, actor))
    its_messages = messages.of_case(db, reference)
    paths = {x.id: intake.paths_in_words(db, x.id) for x in its_messages}
    reading = messages.latest_reading(db, case.messages[0])
    found = files(db, case, landlord)
    today = local_day(time_of(at))
    found["case.json"] = (
        f"{json_text(case_json(case, its_messages, reading, landlord, paths, today), indent=2)}\n".encode()
    )
    found["case.txt"] = f"{case_text(case, its_messages, landlord, paths, time_of(at))}\n".encode()
    found["timeline.txt"] = ("\n".join(happened(case.history)) + "\n").encode()
    found[MANIFEST] = _manifest(reference, found, time_of(at), intact(db, reference))
    if os.path.lexists(out):
        raise click.ClickException(f"{out} is there already: name another file or folder after --out.")
    try:
        (_zipped if out.suffix.lower() == ".zip" else _in_folder)(out, found)
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from error
    click.echo(f"Written to {out}: {len(found)} files; {MANIFEST} has the SHA-256 of each.")
    click.echo("It holds personal data: keep it where only those who may see the case can read it.")
    if lost := [x for x in json.loads(found["attachments.json"]) if x["file"] is None]:
        numbers = ", ".join(str(x["number"]) for x in lost)
        click.echo(
            f"Of attachment {numbers} only name, size and hash are here: look in the mailbox it came to.",
            err=True,
        )
    if not intact(db, reference):
        raise click.ClickException(
            "An event was changed since it was written: `putright audit verify` names it."
        )


def _manifest(reference: str, found: dict[str, bytes], at: datetime, whole: bool) -> bytes:
    last = json.loads(found["events.json"])[-1]
    value: dict[str, Any] = {
        "reference": reference,
        "exported_at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "events": last["seq"],
        "last_event_hash": last["hash"],
        "events_intact": whole,
        "files": [
            {"path": path, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for path, data in sorted(found.items())
        ],
    }
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def _zipped(out: Path, found: dict[str, bytes]) -> None:
    """All or nothing: it gets its name once it is whole. Only the owner may read it."""
    handle, name = tempfile.mkstemp(dir=out.parent, suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            for path, data in sorted(found.items()):
                packed.writestr(zipfile.ZipInfo(path), data, zipfile.ZIP_DEFLATED)
        part.replace(out)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _in_folder(out: Path, found: dict[str, bytes]) -> None:
    part = Path(tempfile.mkdtemp(dir=out.parent, suffix=".part"))
    try:
        for path, data in found.items():
            (part / path).parent.mkdir(exist_ok=True)
            (part / path).write_bytes(data)
        part.rename(out)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
