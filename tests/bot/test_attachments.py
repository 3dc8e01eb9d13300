"""Attachments from the mail to the file a person asks for: each kept once, none lost, no name believed."""

import hashlib
import io
import json
import os
import sqlite3
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from click.testing import CliRunner

from putright.bot.main import main
from putright.cases.message import Attachment
from putright.mailbox import attached
from putright.mailbox.file_names import LONGEST, file_name
from putright.mailbox.parse import parse
from putright.storage import attachments
from tests.cli import in_json, putright, refused
from tests.harrowmere import MONDAY, database, letter, take
from tests.mailbox import outlook_writer
from tests.readers import program

NOW = ("--at", "2026-11-23T10:00")
PHOTO, PLAN = b"\xff\xd8\xff photo \x00\x01", b"%PDF plan"
CASE = "HC-2026-0001"


def mail(number: int = 1, **files: bytes) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Jane Doe <jane@example.org>"
    message["Date"] = "Mon, 23 Nov 2026 09:00:00 +0000"
    message["Subject"] = f"Damp {number}"
    message["Message-ID"] = f"<{number}@example.org>"
    message.set_content("complaint: see the files")
    for name, data in files.items():
        message.add_attachment(data, "application", "octet-stream", filename=name)
    return message


def taken(*raws: bytes) -> None:
    folder = Path("mails")
    folder.mkdir(exist_ok=True)
    for raw in raws:
        (folder / f"{len(list(folder.iterdir()))}.eml").write_bytes(raw)
    putright("ingest", "mails", *NOW)


def rows(statement: str) -> list[tuple[object, ...]]:
    with sqlite3.connect("test.db") as db:
        found = db.execute(statement).fetchall()
    db.close()
    return found


def written(number: int, out: str = "out") -> bytes:
    putright("case", "attachment", CASE, str(number), "--out", out)
    return Path(out).read_bytes()


def test_a_file_that_two_mails_bring_is_kept_once_under_both_names() -> None:
    taken(mail(1, **{"a.jpg": PHOTO, "plan.pdf": PLAN}).as_bytes(), mail(2, **{"b.jpg": PHOTO}).as_bytes())
    assert rows("select size from attachments order by size") == [(len(PLAN),), (len(PHOTO),)]
    assert rows("select count(*), count(distinct sha256) from message_attachments") == [(3, 2)]
    shown = putright("case", "show", CASE).output
    assert f"Attachment 1: a.jpg (application/octet-stream, {len(PHOTO)} bytes)" in shown
    assert "Attachment 2: plan.pdf" in shown
    assert (written(1, "one"), written(2, "two")) == (PHOTO, PLAN)


def test_a_file_is_written_under_its_own_name_into_a_folder_and_never_over_another() -> None:
    taken(mail(1, **{"a.jpg": PHOTO}).as_bytes())
    Path("files").mkdir()
    said = putright("case", "attachment", CASE, "1", "--out", "files").output
    assert (
        said == f"Written to files/a.jpg: {len(PHOTO)} bytes, SHA-256 {hashlib.sha256(PHOTO).hexdigest()}.\n"
    )
    assert "files/a.jpg is there already" in refused("case", "attachment", CASE, "1", "--out", "files")
    assert "nowhere/a cannot be written" in refused("case", "attachment", CASE, "1", "--out", "nowhere/a")
    piped = CliRunner().invoke(
        main, ["--db", "test.db", "case", "attachment", CASE, "1", "--out", "-"], obj=program()
    )
    assert piped.stdout_bytes == PHOTO


def test_what_is_not_there_is_said() -> None:
    taken(mail(1, **{"a.jpg": PHOTO}).as_bytes())
    assert f"{CASE} has 1 attachment: `putright case show {CASE}`" in refused(
        "case", "attachment", CASE, "2", "--out", "x"
    )
    assert "There is no case HC-2026-0009" in refused("case", "attachment", "HC-2026-0009", "1", "--out", "x")
    assert "0 is not in the range" in refused("case", "attachment", CASE, "0", "--out", "x", code=2)


def test_a_file_over_the_limit_stays_in_its_mail_and_is_handed_out_all_the_same() -> None:
    Path("putright.toml").write_text("[attachments]\nlargest_mb = 1\n")
    large = os.urandom(1024 * 1024 + 1)
    taken(mail(1, **{"film.mp4": large, "a.jpg": PHOTO}).as_bytes())
    assert rows("select size from attachments") == [(len(PHOTO),)]
    assert rows("select count(*) from message_attachments") == [(2,)]
    assert written(1) == large


def test_a_file_left_in_the_mailbox_is_said_to_be_there() -> None:
    taken(mail(1, **{"a.jpg": PHOTO}).as_bytes())
    with sqlite3.connect("test.db") as db:
        db.execute("delete from attachments")
        db.execute("update intake set bytes = ?", [letter()])
    db.close()
    assert "only its name, size and hash were kept. Look for it in the mailbox" in refused(
        "case", "attachment", CASE, "1", "--out", "x"
    )


def in_a_forward() -> bytes:
    """Staff attach the resident's mail, which has a photo and an Outlook file with a plan in it."""
    plan = outlook_writer.attached_file("plan.pdf", "application/pdf", b"another plan")
    outlook = outlook_writer.file(
        outlook_writer.message({0x0037: "Plan", 0x1000: "The plan."}, MONDAY, (plan,))
    )
    inner = mail(7, **{"a.jpg": PHOTO, "plan.msg": outlook})
    outer = EmailMessage()
    outer["From"] = "Sam Reed <sam@harrowmere.example>"
    outer["Date"] = "Mon, 23 Nov 2026 09:30:00 +0000"
    outer["Subject"] = "FW: Damp"
    outer.set_content("Please log.")
    outer.add_attachment(inner)
    outer.add_attachment(PLAN, "application", "pdf", filename="covering.pdf")
    return outer.as_bytes()


def test_files_inside_attached_mails_are_kept_and_the_resident_is_the_inner_author() -> None:
    Path("putright.toml").write_text('[landlord]\nstaff_domains = ["harrowmere.example"]\n')
    taken(in_a_forward())
    (message,) = in_json("case", "show", CASE)["messages"]
    assert message["resident"]["address"] == "jane@example.org"
    names = [x["name"] for x in message["attachments"]]
    assert {"a.jpg", "covering.pdf", "plan.msg", "plan.pdf"} <= set(names)
    for number, listed in enumerate(message["attachments"], 1):
        data = written(number, f"out-{number}")
        assert (len(data), hashlib.sha256(data).hexdigest()) == (listed["size"], listed["sha256"])
    assert rows("select count(*) from attachments") == [(len({x["sha256"] for x in message["attachments"]}),)]


def test_every_attachment_that_parse_counts_is_found_again() -> None:
    raw = in_a_forward()
    counted = {x.sha256 for x in parse(raw, MONDAY, frozenset()).attachments}
    found = attached.files(raw, counted)
    assert set(found) == counted and all(hashlib.sha256(found[x]).hexdigest() == x for x in found)
    assert attached.files(raw, set()) == {}


def test_a_zip_is_kept_as_it_came() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("zeros", bytes(30_000_000))
    assert len(held.getvalue()) < 60_000
    taken(mail(1, **{"photos.zip": held.getvalue()}).as_bytes())
    assert written(1) == held.getvalue()
    assert Path("test.db").stat().st_size < 2_000_000


def test_a_mail_stored_before_the_table_was_there_still_hands_out_its_files() -> None:
    taken(mail(1, **{"a.jpg": PHOTO}).as_bytes())
    with sqlite3.connect("test.db") as db:
        db.execute("delete from message_attachments")
        db.execute("delete from attachments")
    db.close()
    assert written(1) == PHOTO


def test_a_parked_mail_keeps_its_files_when_it_is_real() -> None:
    automatic = mail(1, **{"a.jpg": PHOTO})
    automatic["Auto-Submitted"] = "auto-replied"
    taken(automatic.as_bytes())
    assert rows("select count(*) from attachments") == [(0,)]
    putright("parked", "real", "1", "--as", "Priya", *NOW)
    assert rows("select count(*) from attachments") == [(1,)] and written(1) == PHOTO


def test_files_that_cannot_be_taken_out_stop_no_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    with database(Path("test.db")) as db:
        with monkeypatch.context() as broken:
            broken.setattr(attached, "files", lambda *_: json.loads("no files"))
            (outcome,) = take(db, mail(1, **{"a.jpg": PHOTO}).as_bytes())
        assert outcome.state == "logged"
        attachments.save(
            db, db.execute("select id from messages").fetchone()[0], [Attachment("x", "y", 1, "z")], {}
        )
    assert written(1) == PHOTO


NAMES = [
    ("plan.pdf", "plan.pdf"),
    ("../../etc/passwd", "passwd"),
    ("..\\..\\Windows\\system.ini", "system.ini"),
    ("/", "attachment"),
    ("..", "attachment"),
    ("", "attachment"),
    (".bashrc", "bashrc"),
    ("a\x1b[2J\x00\nb.pdf", "a[2Jb.pdf"),
    ("\u202efdp.exe", "fdp.exe"),
    ("CON.txt", "_CON.txt"),
    ('a<b>:"|?*.txt', "ab.txt"),
    ("Brief an Frau Müller.docx", "Brief an Frau Müller.docx"),
    ("x" * 500 + ".jpeg", "x" * (LONGEST - 5) + ".jpeg"),
    ("é" * 300, "é" * (LONGEST // 2)),
    ("report.", "report"),
]


@pytest.mark.parametrize(("sent", "ours"), NAMES)
def test_a_name_as_sent_becomes_a_plain_file_name(sent: str, ours: str) -> None:
    assert file_name(sent) == ours


def test_no_name_leaves_the_folder_or_steers_the_terminal() -> None:
    raw = mail(1, x=PHOTO).as_bytes().replace(b'filename="x"', b'filename="../../up\x1b[2J.sh"')
    taken(raw)
    Path("deep/er").mkdir(parents=True)
    said = putright("case", "attachment", CASE, "1", "--out", "deep/er").output
    assert [x.name for x in Path("deep").rglob("*") if x.is_file()] == ["up [2J.sh"]
    assert "\x1b" not in said + putright("case", "show", CASE).output
