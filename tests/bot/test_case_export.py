"""A case written out whole: every byte that came in, every date and version, and hashes that prove it."""

import hashlib
import json
import stat
import zipfile
from pathlib import Path

from tests.bot.inbox import ASSESSED
from tests.bot.test_features import REF, case, logged
from tests.cli import putright, refused
from tests.harrowmere import ADDRESS, MONDAY, RESIDENT

AT = ("--at", "2026-12-01T12:00")
PHOTO = b"\x89PNG not really \x00\xff"


def with_photo() -> bytes:
    """A complaint whose attachment has a name that would leave the folder."""
    import base64
    from email.utils import format_datetime

    return (
        f"From: {RESIDENT} <{ADDRESS}>\r\nTo: complaints@harrowmere.example\r\nDate: {format_datetime(MONDAY)}\r\n"
        "Subject: Photo\r\nMessage-ID: <photo@post.example>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n'
        "complaint: mushrooms\r\n--b\r\nContent-Type: image/png\r\n"
        'Content-Disposition: attachment; filename="../../evil.png"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        f"{base64.b64encode(PHOTO).decode()}\r\n--b--\r\n"
    ).encode()


def lived() -> bytes:
    Path("mails").mkdir()
    raw = with_photo()
    Path("mails/1.eml").write_bytes(raw)
    putright("ingest", "mails", "--at", "2026-11-23T12:00")
    case("define", "--point", "the leak", "--outcome", "a repair")
    case("define", "--point", "the leak, again", "--outcome", "a repair")
    case("assess", *ASSESSED)
    case("acknowledge", at="2026-11-24")
    case("extend", "--by-days", "5", "--reason", "a survey", at="2026-11-25")
    case(
        "respond",
        "--outcome",
        "upheld",
        "--impact",
        "weeks of cold",
        "--reason",
        "a seal failed",
        at="2026-11-26",
    )
    return raw


def test_a_case_is_written_out_whole_and_each_file_has_its_hash() -> None:
    raw = lived()
    said = putright("case", "export", REF, "--out", "out", *AT).stdout
    assert said.startswith("Written to out: ") and "personal data" in said
    out = Path("out")
    manifest = json.loads((out / "manifest.json").read_text())
    written = {str(x.relative_to(out)) for x in out.rglob("*") if x.is_file()}
    assert {x["path"] for x in manifest["files"]} == written - {"manifest.json"}
    for x in manifest["files"]:
        assert hashlib.sha256((out / x["path"]).read_bytes()).hexdigest() == x["sha256"]
    assert (out / "originals/001.eml").read_bytes() == raw
    assert (out / "attachments/001-evil.png").read_bytes() == PHOTO
    (attachment,) = json.loads((out / "attachments.json").read_text())
    assert attachment["sha256"] == hashlib.sha256(PHOTO).hexdigest()
    definitions = json.loads((out / "definitions.json").read_text())
    assert [(x["version"], x["points"]) for x in definitions][1:] == [
        (1, ["the leak"]),
        (2, ["the leak, again"]),
    ]
    rows = json.loads((out / "events.json").read_text())
    assert manifest["events_intact"] and manifest["last_event_hash"] == rows[-1]["hash"]
    dates = (out / "dates.txt").read_text()
    assert "Done 2026-11-24: in time." in dates and "2026-11-28  Saturday" in dates
    assert "acknowledged" in (out / "correspondence.txt").read_text()
    assert "Extended by 5 working days, which are in it; before: Tue 8 Dec 2026." in dates
    letters = (out / "correspondence.txt").read_text()
    assert "point 1: upheld: a seal failed" in letters and f"from {RESIDENT} <{ADDRESS}>: Photo" in letters
    assert "mushrooms" in (out / "messages/001.txt").read_text()
    named = [
        x.split()[0].rstrip("/") for x in (out / "contents.txt").read_text().splitlines()[3:] if x[:1] > " "
    ]
    assert {x.split("/")[0] for x in written} - {"contents.txt"} <= {*named, "attachments.json"}
    for row in rows:  # as contents.txt tells an outsider
        content = {x: row[x] for x in ("case_ref", "seq", "kind", "at", "actor", "data", "recorded_at")}
        told = json.dumps([row["previous_hash"], content], ensure_ascii=False, sort_keys=True)
        assert hashlib.sha256(told.encode()).hexdigest() == row["hash"]
    assert json.loads((out / "labels.json").read_text())[0]["label"] == "complaint"
    assert stat.S_IMODE(out.stat().st_mode) == 0o700


def test_a_zip_holds_the_same_and_nothing_is_written_over() -> None:
    logged()
    putright("case", "export", REF, "--out", "one", *AT)
    putright("case", "export", REF, "--out", "one.zip", *AT)
    with zipfile.ZipFile("one.zip") as packed:
        for path in packed.namelist():
            assert packed.read(path) == (Path("one") / path).read_bytes()
    assert "is there already" in refused("case", "export", REF, "--out", "one.zip", *AT)
    assert "is there already" in refused("case", "export", REF, "--out", "one", *AT)
    assert "cannot be written" in refused("case", "export", REF, "--out", "no/one.zip", *AT)
    assert "There is no case" in refused("case", "export", "HC-2026-0099", "--out", "two", *AT)
    assert not Path("two").exists() and not list(Path().glob("*.part"))


def test_an_export_says_when_an_event_was_changed() -> None:
    from putright.storage.database import open_database

    logged()
    db = open_database("test.db")
    db.execute("drop trigger events_are_never_changed")
    db.execute("update events set actor = 'nobody'")
    db.close()
    assert "audit verify" in refused("case", "export", REF, "--out", "one", *AT)
    assert json.loads(Path("one/manifest.json").read_text())["events_intact"] is False
