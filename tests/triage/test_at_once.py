"""Several putrights at one database at once: each message becomes one case, and no good one is quarantined."""

import json
import subprocess
from pathlib import Path

from putright.mailbox.files import Files
from putright.triage.take_in import store_mail
from tests.cli import command, environment, in_json, putright
from tests.harrowmere import database, letter

MAILS, PROCESSES, NOTES = 30, 5, 2


def test_processes_that_take_in_the_same_mail_at_once_make_one_case_of_each() -> None:
    Path("mails").mkdir()
    for number in range(MAILS):
        (Path("mails") / f"{number:03}.eml").write_bytes(letter(f"complaint: {number} slow!", number=number))
    with database(Path("test.db")) as db:  # all wait, so that all the processes begin with the same one
        for mail in Files([Path("mails")]).new(lambda _: False):
            store_mail(db, mail)
    running = [
        subprocess.Popen(
            command(*arguments, "--json"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
        )
        for arguments in (
            *[("ingest", "mails")] * PROCESSES,
            *[("note", f"complaint: note {number}", "--by", "Sam Reed") for number in range(NOTES)],
        )
    ]
    said = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0] * len(running), said
    notes = [json.loads(out)["reference"] for out, _ in said[PROCESSES:]]
    assert len(set(notes)) == NOTES and all(notes)
    counts = in_json("reconcile")
    assert (counts["logged"], counts["quarantined"], counts["waiting"]) == (MAILS + NOTES, 0, 0)
    assert len(in_json("cases")) == MAILS + NOTES
    assert putright("audit", "verify").exit_code == 0
