"""Mail in files and in the drop folder."""

import mailbox as stdlib_mailbox
import os
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from putright.mailbox.drop_folder import SETTLED_SECONDS, DropFolder
from putright.mailbox.files import Files
from putright.mailbox.parse import UnreadableMail, parse
from putright.mailbox.source import Location, Place, RawMail, SourceUnavailable
from tests.mailbox.twins import MAILS, STAFF

ONE, TWO, THREE = (
    f"From: Jane <jane@example.org>\nSubject: {name}\n\nThe {name} leaks.\n".encode()
    for name in ("tap", "bath", "roof")
)


def take(source: Files | DropFolder, known: set[Location] | None = None) -> list[bytes]:
    return [mail.raw for mail in source.new((known or set()).__contains__)]


def mails(source: Files | DropFolder) -> list[RawMail]:
    return list(source.new(lambda _: False))


def put(path: Path, raw: bytes, age: float = 60) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    changed = time.time() - age
    os.utime(path, (changed, changed))
    return path


def test_a_file_a_folder_and_what_is_below_it_come_in_order(tmp_path: Path) -> None:
    put(tmp_path / "b" / "2.eml", TWO)
    put(tmp_path / "b" / "deeper" / "3.EML", THREE)
    put(tmp_path / "b" / "notes.txt", b"no mail")
    put(tmp_path / "b" / ".hidden.eml", b"no mail")
    single = put(tmp_path / "1.eml", ONE)
    assert take(Files([single, tmp_path / "b"])) == [ONE, TWO, THREE]


def test_a_file_is_known_by_its_folder_name_and_content(tmp_path: Path) -> None:
    path = put(tmp_path / "1.eml", ONE)
    (first,) = mails(Files([path]))
    (again,) = mails(Files([tmp_path]))
    assert first.location == again.location
    assert first.location.account == "files"
    assert first.location.uid.startswith("1.eml ")
    assert take(Files([path]), {first.location}) == []
    put(path, TWO)
    assert take(Files([path]), {first.location}) == [TWO], "another content is another mail"


def test_a_file_arrived_when_it_was_last_changed(tmp_path: Path) -> None:
    path = put(tmp_path / "1.eml", ONE)
    os.utime(path, (1_793_610_000, 1_793_610_000))
    (mail,) = mails(Files([path]))
    assert mail.arrived == datetime.fromtimestamp(1_793_610_000, UTC)


@pytest.mark.parametrize("name", ["old.mbox", "Inbox"])
def test_an_mbox_gives_each_of_its_mails(tmp_path: Path, name: str) -> None:
    box = stdlib_mailbox.mbox(tmp_path / name)
    for raw in (ONE, TWO, THREE):
        box.add(raw)
    box.close()
    found = mails(Files([tmp_path / name]))
    assert [mail.raw.rstrip() for mail in found] == [raw.rstrip() for raw in (ONE, TWO, THREE)]
    assert len({mail.location for mail in found}) == 3


def test_a_maildir_gives_new_and_read_mail(tmp_path: Path) -> None:
    box = stdlib_mailbox.Maildir(tmp_path / "Maildir", create=True)
    for raw in (ONE, TWO):
        box.add(raw)
    read = stdlib_mailbox.MaildirMessage(THREE)
    read.set_subdir("cur")
    box.add(read)
    assert sorted(take(Files([tmp_path / "Maildir"]))) == sorted([ONE, TWO, THREE])


def test_an_outlook_file_is_handed_on_and_refused_with_a_sentence(tmp_path: Path) -> None:
    put(tmp_path / "mail.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)
    (mail,) = mails(Files([tmp_path]))
    with pytest.raises(UnreadableMail, match=r"\.msg"):
        parse(mail.raw, mail.arrived, STAFF)


def test_a_path_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match=r"There is no .*nowhere; check the path\.") as caught:
        take(Files([tmp_path / "nowhere"]))
    assert not caught.value.again


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_a_path_that_may_not_be_read_is_said_plainly(tmp_path: Path) -> None:
    path = put(tmp_path / "1.eml", ONE)
    path.chmod(0)
    with pytest.raises(SourceUnavailable, match="may not be read"):
        take(Files([path]))


def test_files_stay_where_they_are(tmp_path: Path) -> None:
    path = put(tmp_path / "1.eml", ONE)
    source = Files([path])
    (mail,) = mails(source)
    assert source.done(mail.location, Place.PROCESSED)
    assert path.exists()


def test_all_test_mails_can_be_read_as_files() -> None:
    assert len(mails(Files([MAILS]))) == len(list(MAILS.glob("*.eml")))


def test_a_settled_file_is_taken_at_the_first_look(tmp_path: Path) -> None:
    put(tmp_path / "1.eml", ONE, age=SETTLED_SECONDS + 0.5)
    assert take(DropFolder(tmp_path)) == [ONE]


def test_a_fresh_file_is_taken_once_it_stood_unchanged_between_two_looks(tmp_path: Path) -> None:
    folder = DropFolder(tmp_path)
    path = put(tmp_path / "1.eml", ONE[:20], age=0)
    assert take(folder) == [] and folder.pending == 1
    put(path, ONE, age=0)
    assert take(folder) == [] and folder.pending == 1, "it has grown since the last look"
    assert take(folder) == [ONE] and folder.pending == 0


def test_a_fresh_file_is_taken_when_time_has_passed(tmp_path: Path) -> None:
    now = time.time()
    put(tmp_path / "1.eml", ONE, age=0)
    assert take(DropFolder(tmp_path, clock=lambda: now + 1)) == []
    assert take(DropFolder(tmp_path, clock=lambda: now + SETTLED_SECONDS + 0.1)) == [ONE]


def test_unfinished_hidden_and_other_files_and_folders_are_left_alone(tmp_path: Path) -> None:
    for name in (".1.eml", "2.eml.part", "3.part", "notes.txt", "Processed/4.eml", "folder.eml/x"):
        put(tmp_path / name, ONE)
    folder = DropFolder(tmp_path)
    assert take(folder) == [] and folder.pending == 0


@pytest.mark.parametrize("where", list(Place))
def test_done_files_move_into_their_folder(tmp_path: Path, where: Place) -> None:
    put(tmp_path / "1.eml", ONE)
    folder = DropFolder(tmp_path)
    (mail,) = mails(folder)
    folder.done(mail.location, where)
    assert not (tmp_path / "1.eml").exists()
    assert (tmp_path / where.value / "1.eml").read_bytes() == ONE
    folder.done(mail.location, where)  # again: nothing to do, nothing raised


def test_a_done_file_never_overwrites_another(tmp_path: Path) -> None:
    folder = DropFolder(tmp_path)
    for raw in (ONE, TWO, TWO):
        put(tmp_path / "1.eml", raw)
        (mail,) = mails(folder)
        folder.done(mail.location, Place.PROCESSED)
    kept = sorted(path.read_bytes() for path in (tmp_path / "Processed").iterdir())
    assert kept == sorted([ONE, TWO])
    assert mails(folder) == []


def test_a_file_put_in_the_place_of_a_done_one_is_not_moved(tmp_path: Path) -> None:
    put(tmp_path / "1.eml", ONE)
    folder = DropFolder(tmp_path)
    (mail,) = mails(folder)
    put(tmp_path / "1.eml", TWO)
    folder.done(mail.location, Place.PROCESSED)
    assert take(folder, {mail.location}) == [TWO]


def test_a_file_that_cannot_be_moved_is_to_be_tried_again(tmp_path: Path) -> None:
    put(tmp_path / "1.eml", ONE)
    folder = DropFolder(tmp_path)
    (mail,) = mails(folder)
    (tmp_path / "Processed").write_text("a file where the folder should be")
    assert not folder.done(mail.location, Place.PROCESSED)
    (tmp_path / "Processed").unlink()
    assert folder.done(mail.location, Place.PROCESSED)
    assert (tmp_path / "Processed" / "1.eml").read_bytes() == ONE


def test_a_missing_drop_folder_is_said_plainly(tmp_path: Path) -> None:
    folder = DropFolder(tmp_path / "inbox")
    with pytest.raises(SourceUnavailable, match="There is no drop folder"):
        take(folder)
    (tmp_path / "inbox").mkdir()
    shutil.copy(MAILS / "direct-plain.eml", tmp_path / "inbox")
    os.utime(tmp_path / "inbox" / "direct-plain.eml", (1, 1))
    assert len(mails(folder)) == 1
