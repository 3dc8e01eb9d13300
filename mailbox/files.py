"""Mail kept in files: .eml files, folders of them, mbox and Maildir, read without moving anything."""

import hashlib
import mailbox as stdlib_mailbox
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from putright.mailbox import limits
from putright.mailbox.source import Location, Place, RawMail, SourceUnavailable

SUFFIXES = (".eml", ".msg")
"""The files taken out of a folder; an .msg is handed on so that it is set aside with a sentence."""
_MAILDIR = ("cur", "new")


class Files:
    """The mails in the given paths, in the order given; a folder's in the order of their names."""

    def __init__(self, paths: Sequence[Path], account: str = "files") -> None:
        self._paths = paths
        self._account = account

    def new(self, known: Callable[[Location], bool]) -> Iterator[RawMail]:
        """Each mail not `known`; raises SourceUnavailable for a path that cannot be read."""
        for path in self._paths:
            for mail in self._mails(path):
                if not known(mail.location):
                    yield mail

    def done(self, location: Location, where: Place) -> bool:
        """Files that were pointed at stay where they are: they are as gone as they will be."""
        return True

    def close(self) -> None:
        """Nothing is held open."""

    def _mails(self, path: Path) -> Iterator[RawMail]:
        try:
            if path.is_dir():
                yield from self._folder(path)
            elif _is_mbox(path):
                yield from self._mbox(path)
            else:
                yield file_mail(self._account, path)
        except FileNotFoundError as error:
            raise SourceUnavailable(f"There is no {path}; check the path.", again=False) from error
        except PermissionError as error:
            sentence = f"{path} may not be read; give the user who runs putright the right to read it."
            raise SourceUnavailable(sentence, again=False) from error
        except OSError as error:
            sentence = f"{path} could not be read ({error.strerror}); check the disk."
            raise SourceUnavailable(sentence, again=True) from error

    def _folder(self, folder: Path) -> Iterator[RawMail]:
        if all((folder / name).is_dir() for name in _MAILDIR):
            yield from self._maildir(folder)
            return
        for path in sorted(folder.iterdir()):
            if path.name.startswith("."):
                continue
            if path.is_dir():
                yield from self._folder(path)
            elif path.suffix.lower() in SUFFIXES:
                yield file_mail(self._account, path)
            elif path.suffix.lower() == ".mbox":
                yield from self._mbox(path)

    def _maildir(self, folder: Path) -> Iterator[RawMail]:
        for path in sorted(
            [*(folder / "cur").iterdir(), *(folder / "new").iterdir()], key=lambda one: one.name
        ):
            if path.is_file() and not path.name.startswith("."):
                yield file_mail(self._account, path)

    def _mbox(self, path: Path) -> Iterator[RawMail]:
        arrived = _modified(path)
        box = stdlib_mailbox.mbox(path, create=False)
        try:
            for key in box.keys():  # noqa: SIM118 (an mbox iterates over messages, parsed)
                raw = box.get_bytes(key)
                uid = f"{path.name} {hashlib.sha256(raw).hexdigest()}"
                yield RawMail(Location(self._account, str(path.parent.resolve()), 0, uid), raw, arrived)
        finally:
            box.close()


def file_mail(account: str, path: Path) -> RawMail:
    """One file as a mail: known by its folder, its name and its content; arrived when it was last changed."""
    with path.open("rb") as file:
        raw = file.read(limits.MESSAGE_BYTES + 1)  # the byte more lets parse.py see that it is not whole
    uid = f"{path.name} {hashlib.sha256(raw).hexdigest()}"
    return RawMail(Location(account, str(path.parent.resolve()), 0, uid), raw, _modified(path))


def _modified(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _is_mbox(path: Path) -> bool:
    """Whether a file is an mbox: the name says so, or a `From ` line stands on top and the name says nothing."""
    if path.suffix.lower() == ".mbox":
        return True
    if path.suffix.lower() in SUFFIXES:
        return False
    with path.open("rb") as file:
        return file.read(5) == b"From "
