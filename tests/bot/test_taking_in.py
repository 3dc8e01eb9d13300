"""`putright ingest`, `note`, `parked` and `reconcile`: nothing is lost or there twice, and what is odd is said."""

import json
import os
import sqlite3
from pathlib import Path

from click.testing import CliRunner

from putright.bot.main import main
from putright.bot.program import Program
from putright.cases.message import Message
from putright.cases.reading import Reading
from tests.bot.inbox import NOW, free_claims, logged, mails
from tests.cli import finished, in_json, putright, refused
from tests.harrowmere import letter, on
from tests.readers import StandIn


def test_a_folder_taken_in_twice_gives_nothing_new_the_second_time() -> None:
    folder = mails(a=letter(number=1), b=letter("request: tap", number=2))
    assert in_json("ingest", folder, *NOW) == {"found": 2, "new": 2, "already_known": 0, "logged": 2}
    assert in_json("ingest", folder, *NOW) == {"found": 2, "new": 0, "already_known": 2}
    assert len(in_json("cases")) == 2
    assert "2 found, 0 new, 2 already known." in putright("ingest", folder, *NOW).output


def test_a_path_that_is_not_there_stops_no_other() -> None:
    folder = mails(a=letter())
    assert refused("ingest", "nowhere.eml", folder, *NOW).startswith("Error: There is no nowhere.eml")
    assert [x["reference"] for x in in_json("cases")] == ["HC-2026-0001"]


def test_what_cannot_be_read_is_named_the_rest_goes_in_and_the_exit_code_says_so() -> None:
    folder = mails(a=letter(number=1), z=letter(number=2))
    os.mkfifo("mails/b.eml")
    Path("mails/c\x1b[2J.eml").symlink_to("nowhere")
    Path("mails/notes.txt").write_text("no mail")
    done = finished("ingest", folder, *NOW)
    assert done.returncode == 1
    assert "2 found, 2 new" in done.stdout and "1 other file there is no mail by name" in done.stdout
    assert done.stderr.splitlines() == [
        "test.db is a new database.",
        "2 could not be taken in:",
        "  mails/b.eml is a pipe or a device and no file.",
        "Error: mails/c [2J.eml is a link that leads nowhere.",
    ]
    found = json.loads(putright("ingest", folder, "--json", *NOW, code=1).stdout)
    assert (found["already_known"], len(found["left"])) == (2, 2)


def test_what_a_killed_run_left_is_taken_up_by_the_next(tmp_path: Path) -> None:
    putright("ingest", mails(a=letter()), *NOW)
    with sqlite3.connect("test.db") as raw:
        raw.execute(
            "insert into intake (fingerprint, source, arrived, bytes) values ('f', 'mail', ?, ?)",
            [on("2026-11-23").isoformat(), letter(number=2)],
        )
    raw.close()
    assert in_json("ingest", "mails", *NOW)["logged"] == 1
    assert len(in_json("cases")) == 2


def test_a_note_is_logged_from_when_staff_were_told() -> None:
    found = in_json("note", "complaint: boiler", "--by", "Sam Reed", "--told-at", "2026-11-20T16:00", *NOW)
    assert found == {"reference": "HC-2026-0001", "new": True}
    (row,) = in_json("cases")
    assert row["received"] == "2026-11-20T16:00:00+00:00" and row["due"] == "2026-11-27"


def test_a_note_given_twice_is_one_case_and_says_so() -> None:
    arguments = ("note", "complaint: boiler", "--by", "Sam Reed", "--told-at", "2026-11-20", *NOW)
    putright(*arguments)
    assert "This very note was logged before.\nHC-2026-0001: complaint" in putright(*arguments).output


def test_parked_mail_is_listed_shown_byte_for_byte_and_taken_in_after_all() -> None:
    raw = letter("Back on Monday", headers="Auto-Submitted: auto-replied\r\n")
    putright("ingest", mails(a=raw), *NOW)
    (item,) = in_json("parked")
    assert (item["reason"], item["state"], item["case"]) == ("auto: Auto-Submitted", "parked", None)
    assert putright("parked", "show", "1").stdout_bytes == raw
    assert putright("parked", "real", "1", "--as", "Priya", *NOW).output == "Taken in: HC-2026-0001.\n"
    assert in_json("parked") == [] and "Nothing is parked." in putright("parked").output
    assert refused("parked", "real", "1") == "Error: Number 1 is not parked: it was logged."
    assert (
        refused("parked", "real", "9") == "Error: There is no message number 9: `putright parked` lists them."
    )


def test_what_could_not_be_read_is_read_anew_into_its_case_once_it_can_be() -> None:
    putright("ingest", mails(a=letter("complaint: mushrooms")), *NOW)
    quarantine_it()
    putright("case", "assign", "HC-2026-0001", "--to", "Priya Shah", "--as", "Kim", *NOW)
    assert in_json("parked")[0]["state"] == "quarantined"
    said = putright("parked", "real", "1", "--as", "Priya", "--at", "2026-11-24").output
    assert said == "Taken in: HC-2026-0001.\n"
    assert in_json("parked") == [] and in_json("reconcile")["logged"] == 1
    (row,) = in_json("cases")
    assert (row["label"], row["unconfirmed"], row["handler"]) == ("complaint", False, "Priya Shah")
    kinds = [(x["kind"], x["actor"]) for x in in_json("case", "timeline", "HC-2026-0001")]
    assert kinds == [("opened", "putright"), ("assigned", "Kim"), ("read", "Priya")]
    shown = in_json("case", "show", "HC-2026-0001")
    assert "mushrooms" in shown["messages"][0]["body"]
    assert shown["definition"]["points"] == ["complaint: mushrooms"]


def quarantine_it() -> None:
    """As if the only mail had stopped its reader three times: a stub case stands for it."""
    raw = sqlite3.connect("test.db")
    for table in ("readings", "messages", "outbox", "heads"):
        raw.execute(f"delete from {table}")
    raw.execute("drop trigger events_are_never_removed")
    raw.execute("delete from events")
    raw.execute("delete from cases")
    raw.execute("update intake set state = 'stored', attempts = 3, case_ref = null")
    raw.commit()
    raw.close()
    putright("ingest", "mails", *NOW)


def test_what_still_cannot_be_read_says_so_and_keeps_its_case() -> None:
    putright("ingest", mails(a=b""), *NOW)
    assert refused("parked", "real", "1") == (
        "Error: Number 1 still cannot be read: The mail is empty; ask its sender to send it again. HC-2026-0001 keeps "
        "its place; `putright parked show 1` prints the original."
    )
    assert in_json("parked")[0]["state"] == "quarantined"
    assert len(in_json("case", "timeline", "HC-2026-0001")) == 1


def test_reconcile_accounts_for_every_message() -> None:
    folder = mails(a=letter(), b=letter(), c=letter("x", number=3, headers="Precedence: bulk\r\n"), d=b"")
    putright("ingest", folder, *NOW)
    found = in_json("reconcile")
    assert found == {
        "received": 4,
        "logged": 1,
        "joined": 0,
        "parked": 1,
        "quarantined": 1,
        "duplicate": 1,
        "waiting": 0,
        "unexplained": 0,
    }
    assert putright("reconcile").output.endswith("0 unexplained.\n")


def test_a_note_of_an_absurd_date_says_that_it_counts_from_today() -> None:
    said = putright("note", "complaint: x", "--by", "Sam", "--told-at", "0001-01-01", *NOW).output
    assert "It is dated Mon 1 Jan 1, from which no due date can be counted, so it counts from today." in said


def test_parked_says_what_lies_in_the_drop_folder_for_nothing() -> None:
    logged()
    Path("Inbox").mkdir()
    Path("Inbox/box.mbox").write_text("x")
    os.utime("Inbox/box.mbox", (1, 1))
    said = putright("parked").output
    assert said.startswith("Nothing is parked.") and "is not taken in (box.mbox): only .eml and .msg" in said


def test_a_note_that_could_not_be_stored_is_not_kept_and_says_so() -> None:
    logged(number=2)
    other = sqlite3.connect("test.db", isolation_level=None)
    other.execute("begin immediate")
    said = refused("note", "complaint: x", "--by", "Sam")
    other.execute("rollback")
    other.close()
    assert said.startswith("Error: The note was not kept, so give it again later. The database ")
    assert in_json("reconcile")["received"] == 1


def test_a_note_that_was_stored_but_could_not_be_logged_says_not_to_give_it_again() -> None:
    logged(number=2)
    other = sqlite3.connect("test.db", isolation_level=None, check_same_thread=False)

    class Locking(StandIn):
        def read(self, message: Message) -> Reading:
            other.execute("begin immediate")
            return super().read(message)

    arguments = ("--db", "test.db", "note", "complaint: x", "--by", "Sam", *NOW)
    done = CliRunner().invoke(main, arguments, obj=Program(load_reader=Locking, busy_seconds=0.2))
    other.execute("rollback")
    other.close()
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: The note is kept (number 2): do not give it again. The next")
    assert "is being used by another program" in done.stderr
    assert in_json("reconcile")["waiting"] == 1
    free_claims()
    assert in_json("ingest", "mails", *NOW)["logged"] == 1 and len(in_json("cases")) == 2


BAD_MAILS = {
    "empty": b"",
    "no_date": letter("complaint: x", number=11, sent=None),
    "no_sender": letter("complaint: x", number=12).replace(b"From: ", b"X-From: "),
    "wrong_charset": letter("complaint: caf\u00e9", number=13).replace(b"utf-8", b"us-ascii"),
    "unknown_charset": letter("complaint: x", number=14).replace(b"utf-8", b"x-klingon"),
    "truncated_mime": letter("complaint: x", number=15).replace(
        b"Content-Type: text/plain; charset=utf-8", b'Content-Type: multipart/mixed; boundary="b"'
    )
    + b"--b\r\nContent-Type: text/plain\r\n\r\ncomplaint: cut of",
    "noise": bytes(range(256)) * 20,
    "outlook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
}


def test_bad_mails_are_all_accounted_for_and_stop_nobody() -> None:
    found = in_json("ingest", mails(**BAD_MAILS, zz_good=letter(number=99)), *NOW)
    assert found["new"] == found["logged"] + found["quarantined"] == len(BAD_MAILS) + 1
    assert found["quarantined"] == 2
    assert in_json("reconcile")["unexplained"] == 0
    assert len(in_json("cases")) == len(BAD_MAILS) + 1, "each has a case, a clock and a person"
    for item in in_json("parked"):
        assert item["reason"].endswith(".") and item["case"]


def test_an_empty_mail_or_folder_is_explained_in_a_sentence() -> None:
    assert refused("explain", mails(empty=b"") + "/empty.eml") == (
        "Error: The mail is empty; ask its sender to send it again."
    )
    Path("nothing").mkdir()
    assert refused("explain", "nothing", code=2) == "Error: There is no mail in nothing."


def test_a_mail_with_an_attachment_of_30_mb_is_a_case_like_any_other() -> None:
    raw = letter("complaint: see photo", number=1).replace(
        b"Content-Type: text/plain; charset=utf-8", b'Content-Type: multipart/mixed; boundary="b"'
    )
    head, _, body = raw.partition(b"\r\n\r\n")
    blob = (b"A" * 76 + b"\r\n") * (30 * 1024 * 1024 * 4 // 3 // 76)
    whole = (
        head
        + b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
        + body
        + b"--b\r\nContent-Type: image/jpeg; name=photo.jpg\r\nContent-Disposition: attachment; filename=photo.jpg\r\n"
        + b"Content-Transfer-Encoding: base64\r\n\r\n"
        + blob
        + b"\r\n--b--\r\n"
    )
    putright("ingest", mails(big=whole), *NOW)
    (message,) = in_json("case", "show", "HC-2026-0001")["messages"]
    assert message["body"].strip() == "complaint: see photo"
