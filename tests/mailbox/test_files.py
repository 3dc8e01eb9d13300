"""Mail in files and in the drop folder."""

import mailbox as stdlib_mailbox
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from putright.mailbox import limits
from putright.mailbox.drop_folder import MOVE_AGAIN_SECONDS, SETTLED_SECONDS, DropFolder
from putright.mailbox.files import Files
from putright.mailbox.fingerprint import fingerprint
from putright.mailbox.parse import UnreadableMail, parse
from putright.mailbox.source import Location, Place, RawMail, SourceUnavailable
from putright.storage import intake
from putright.storage.database import open_database
from putright.triage.take_in import store_mail
from tests.mailbox.twins import MAILS, STAFF
from tests.unprivileged import nobody

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


def test_a_path_that_may_not_be_read_is_said_plainly() -> None:
    put(Path("1.eml"), ONE).chmod(0)
    with nobody(), pytest.raises(SourceUnavailable, match="may not be read"):
        take(Files([Path("1.eml")]))


def mixed() -> dict[str, str]:
    """A folder in which everything between the two good mails cannot be read; what is said of each."""
    put(Path("mixed/1.eml"), ONE)
    put(Path("mixed/9.eml"), THREE)
    os.mkfifo("mixed/2-pipe.eml")
    os.mkfifo("mixed/2-pipe.mbox")
    Path("mixed/3-gone.eml").symlink_to("nowhere.eml")
    Path("mixed/3-self.eml").symlink_to("3-self.eml")
    Path("mixed/3-up").symlink_to("..")
    put(Path("0-outside.eml"), TWO)
    Path("mixed/3-same").symlink_to("../mixed")
    put(Path("mixed/4-locked.eml"), TWO).chmod(0)
    put(Path("mixed/5-locked/5.eml"), TWO).parent.chmod(0)
    put(Path("mixed/6-noise.mbox"), bytes(range(256)) * 40)
    put(Path("mixed/notes.txt"), b"no mail")
    return {
        "2-pipe.eml": "is a pipe or a device and no file.",
        "2-pipe.mbox": "is a pipe or a device and no file.",
        "3-gone.eml": "is a link that leads nowhere.",
        "3-self.eml": "is a link that leads nowhere.",
        "3-same": "leads back to a folder above it, or to one that was read already.",
        "3-up": "leads back to a folder above it, or to one that was read already.",
        "4-locked.eml": "may not be read; give the user",
        "5-locked": "may not be read; give the user",
        "6-noise.mbox": "is no mbox: it does not begin with a From line.",
    }


def test_what_cannot_be_read_in_a_folder_is_named_and_stops_nothing() -> None:
    expected = mixed()
    source = Files([Path("mixed")])
    with nobody():
        assert take(source) == [ONE, THREE]
    said = {sentence.partition(" ")[0]: sentence for sentence in source.left_out}
    assert set(said) == {f"mixed/{name}" for name in expected}
    assert not [name for name, why in expected.items() if why not in said[f"mixed/{name}"]]
    assert source.others == 1


@pytest.mark.parametrize("name", ["2-pipe.eml", "2-pipe.mbox", "3-gone.eml", "3-self.eml", "6-noise.mbox"])
def test_what_cannot_be_read_and_was_pointed_at_is_said_at_once(name: str) -> None:
    why = mixed()[name]
    with pytest.raises(SourceUnavailable) as caught:
        take(Files([Path("mixed") / name]))
    assert why in str(caught.value) or str(caught.value).startswith("There is no")


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


def test_a_missing_drop_folder_is_said_plainly(tmp_path: Path) -> None:
    folder = DropFolder(tmp_path / "inbox")
    with pytest.raises(SourceUnavailable, match="There is no drop folder"):
        take(folder)
    (tmp_path / "inbox").mkdir()
    shutil.copy(MAILS / "direct-plain.eml", tmp_path / "inbox")
    os.utime(tmp_path / "inbox" / "direct-plain.eml", (1, 1))
    assert len(mails(folder)) == 1


def test_a_file_that_cannot_be_moved_is_said_tried_again_and_not_taken_twice(tmp_path: Path) -> None:
    now = [1e12]
    put(tmp_path / "Jane Doe.eml", ONE)
    put(tmp_path / Place.PROCESSED, b"a file where a folder should be")
    folder = DropFolder(tmp_path, clock=lambda: now[0])
    (mail,) = mails(folder)
    assert folder.done(mail.location, Place.PROCESSED) is False
    (said,) = folder.troubles()
    assert "1 file in the drop folder" in said and "(File exists)" in said and "taken in twice" in said
    assert "Jane" not in said and "Jane Doe.eml" in folder.troubles(named=True)[0]
    assert take(folder, {mail.location}) == []
    (tmp_path / Place.PROCESSED).unlink()
    assert folder.done(mail.location, Place.PROCESSED) is False, "not at every look"
    now[0] += MOVE_AGAIN_SECONDS
    assert folder.done(mail.location, Place.PROCESSED) is True
    assert (tmp_path / Place.PROCESSED / "Jane Doe.eml").exists() and folder.troubles() == ()


def test_a_folder_that_may_not_be_written_to_is_said() -> None:
    put(Path("inbox/1.eml"), ONE)
    Path("inbox").chmod(0o555)
    folder = DropFolder(Path("inbox"))
    with nobody():
        (mail,) = mails(folder)
        assert folder.done(mail.location, Place.PARKED) is False
    assert (
        "(Permission denied). Give the user who runs putright the right to write there."
        in folder.troubles()[0]
    )


def test_one_file_that_cannot_be_read_stops_no_other_in_the_drop_folder() -> None:
    put(Path("inbox/1.eml"), ONE).chmod(0)
    put(Path("inbox/2.eml"), TWO)
    folder = DropFolder(Path("inbox"))
    with nobody():
        assert take(folder) == [TWO]
    (said,) = folder.troubles()
    assert said.startswith("1 file in the drop folder inbox cannot be read. Give the user who runs putright")
    Path("inbox/1.eml").chmod(0o644)
    assert take(folder) == [ONE, TWO] and folder.troubles() == ()


def test_what_is_never_taken_in_is_told() -> None:
    for name in (
        "1.eml",
        "box.mbox",
        "notes.txt",
        "letter.pdf",
        "folder/1.eml",
        "Processed/2.eml",
        ".x",
        "y.part",
    ):
        put(Path("inbox") / name, ONE)
    Path("inbox/round.eml").symlink_to("round.eml")
    folder = DropFolder(Path("inbox"))
    take(folder), take(folder)
    assert folder.passed_over().startswith(
        "5 files in the drop folder inbox are not taken in: only .eml and .msg"
    )
    assert "(box.mbox, folder, letter.pdf, notes.txt, round.eml)" in folder.passed_over(named=True)


def test_a_long_list_of_names_is_cut() -> None:
    for number in range(30):
        put(Path(f"inbox/{number:02}.txt"), ONE)
    folder = DropFolder(Path("inbox"))
    take(folder)
    assert "18.txt, 19.txt and 10 more)" in folder.passed_over(named=True)


def test_a_drop_folder_that_is_a_file_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match=r"drop_folder names .*, which is no folder; name another"):
        take(DropFolder(put(tmp_path / "inbox", b"")))


AGAIN = b"From - Tue Nov 03 10:00:00 2026\n"
TAKEOUT = b"From 158@xxx Thu Jul 30 00:14:34 +0000 2026\r\n"
BOXES = [
    (
        "mboxrd quoting",
        b"From a@b Mon Nov 02 09:14:05 2026\nS: 1\n\n>From me\n>>From you\n",
        [b"S: 1\n\nFrom me\n>From you\n"],
    ),
    (
        "a letter with a line that begins with From",
        b"From a@b Mon Nov 02 09:14:05 2026\nS: 1\n\nHi\n\nFrom next week: cold\n\n"
        + AGAIN
        + b"S: 2\n\nTwo\n",
        [b"S: 1\n\nHi\n\nFrom next week: cold\n", b"S: 2\n\nTwo\n"],
    ),
    (
        "Google Takeout",
        TAKEOUT + b"S: 1\r\n\r\nOne\r\n\r\n" + TAKEOUT + b"S: 2\r\n\r\nTwo\r\n",
        [b"S: 1\r\n\r\nOne\r\n", b"S: 2\r\n\r\nTwo\r\n"],
    ),
    (
        "separators without a date",
        b"From a@b\nS: 1\n\nOne\nFrom the start\n\nFrom me\n\nFrom c@d\nS: 2\n\nTwo\n",
        [b"S: 1\n\nOne\nFrom the start\n\nFrom me\n", b"S: 2\n\nTwo\n"],
    ),
    ("nothing", b"", []),
    ("empty lines above", b"\n\nFrom - Tue Nov 03 10:00:00 2026\nS: 1\n\nOne\n", [b"S: 1\n\nOne\n"]),
    ("a separator alone", b"From - Tue Nov 03 10:00:00 2026\n", [b""]),
]


@pytest.mark.parametrize(("box", "expected"), [x[1:] for x in BOXES], ids=[x[0] for x in BOXES])
def test_an_mbox_is_cut_at_its_separators_alone(box: bytes, expected: list[bytes]) -> None:
    assert take(Files([put(Path("x.mbox"), box)])) == expected


def test_a_mail_in_an_mbox_has_the_fingerprint_it_has_alone() -> None:
    alone = b"From: J <j@example.org>\nMessage-ID: <1@x>\nSubject: x\n\nFrom here on\n>From there\n"
    box = b"From - Tue Nov 03 10:00:00 2026\n" + alone.replace(b"\n>From", b"\n>>From").replace(
        b"\nFrom h", b"\n>From h"
    )
    (raw,) = take(Files([put(Path("x.mbox"), box)]))
    assert raw == alone and fingerprint(raw) == fingerprint(alone)


def test_an_mbox_with_an_endless_mail_gives_its_beginning_and_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "MESSAGE_BYTES", 200_000)
    separator = b"From - Tue Nov 03 10:00:00 2026\n"
    first, second = take(Files([put(Path("x.mbox"), separator + b"x" * 900_000 + b"\n\n" + separator + ONE)]))
    assert len(first) == 200_001 and second == ONE


LATIN = os.fsdecode(b"caf\xe9 \\ bar.eml")
"""A name that an old system wrote in Latin-1: no UTF-8."""


@pytest.fixture
def db() -> Iterator[Database]:
    with closing(open_database("test.db")) as database:
        yield database


def test_a_name_that_is_no_utf_8_is_taken_in_escaped_and_moved_as_it_is(db: Database) -> None:
    put(Path("inbox") / LATIN, ONE)
    put(Path("inbox/d.eml"), TWO)
    folder = DropFolder(Path("inbox"))

    def known(place: Location) -> bool:
        return intake.knows(db, (place.account, place.folder, place.uidvalidity, place.uid))

    first, second = folder.new(known)
    assert first.location.uid.startswith(r"caf\xe9 \\ bar.eml ")
    for mail in (first, second):
        store_mail(db, mail)
        assert folder.done(mail.location, Place.PROCESSED) is True
    assert (Path("inbox/Processed") / LATIN).read_bytes() == ONE
    assert not (Path("inbox") / LATIN).exists()


@pytest.mark.parametrize("name", ["plain.eml", r"back\xe9slash.eml", r"two\\.eml", "café.eml"])
def test_a_name_that_is_utf_8_is_kept_as_it_is(name: str) -> None:
    put(Path("inbox") / name, ONE)
    folder = DropFolder(Path("inbox"))
    (mail,) = mails(folder)
    assert mail.location.uid.startswith(name + " ")
    assert folder.done(mail.location, Place.PARKED) and (Path("inbox/Parked") / name).exists()


def test_folders_mboxes_and_maildirs_with_such_names_can_be_stored(db: Database) -> None:
    odd = Path("mails") / os.fsdecode(b"m\xe9l")
    put(odd / LATIN, ONE)
    put(odd / os.fsdecode(b"b\xf6x.mbox"), AGAIN + TWO)
    put(odd / "box" / "cur" / LATIN, THREE)
    (odd / "box" / "new").mkdir()
    (odd / os.fsdecode(b"g\xf6ne.eml")).symlink_to("nowhere")
    files = Files([Path("mails")])
    found = mails(files)
    assert len(found) == 3 and all(store_mail(db, mail)[1] for mail in found)
    assert all(r"m\xe9l" in mail.location.folder for mail in found)
    assert files.left_out == [r"mails/m\xe9l/g\xf6ne.eml is a link that leads nowhere."]


def test_a_name_that_is_no_utf_8_is_shown_escaped() -> None:
    put(Path("inbox") / os.fsdecode(b"caf\xe9.txt"), ONE)
    folder = DropFolder(Path("inbox"))
    take(folder)
    assert r"(caf\xe9.txt)" in folder.passed_over(named=True)


def test_a_link_out_of_the_drop_folder_is_named_and_not_followed() -> None:
    put(Path("secret/other.eml"), TWO)
    put(Path("inbox/1.eml"), ONE)
    Path("inbox/2.eml").symlink_to("../secret/other.eml")
    Path("inbox/3.eml").symlink_to("1.eml")
    folder = DropFolder(Path("inbox"))
    # a link's own age settles it: the second look sees it unchanged
    take(folder)
    assert take(folder) == [ONE, ONE]
    assert (
        "(2.eml)" in folder.passed_over(named=True) and "no link that leads out of it" in folder.passed_over()
    )
    assert Path("inbox/2.eml").is_symlink()
