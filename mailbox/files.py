"""Mail kept in files: .eml files, folders of them, mbox and Maildir, read without moving anything."""

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from putright.mailbox import limits, mbox
from putright.mailbox.path_names import escaped
from putright.mailbox.source import Location, Place, RawMail, SourceUnavailable

SUFFIXES = (".eml", ".msg")
"""The files taken out of a folder; an .msg is handed on so that it is set aside with a sentence."""
_MAILDIR = ("cur", "new")
_MBOX = ".mbox"
_DEEPEST = 200


class NoFile(OSError):
    """What stands there is a pipe, a device or a socket: opening it could wait for ever."""


class Files:
    """The mails in the given paths, in the order given; a folder's in the order of their names."""

    def __init__(self, paths: Sequence[Path], account: str = "files") -> None:
        self._paths = paths
        self._account = account
        self.left_out: list[str] = []
        """What the last look found in a folder and could not read, each a sentence that names it."""
        self.others = 0
        """How many files of folders were passed over because their names do not say that they are mail."""

    def new(self, known: Callable[[Location], bool]) -> Iterator[RawMail]:
        """Each mail not `known`; raises SourceUnavailable for a given path that cannot be read.

        What cannot be read inside a folder stops nothing: it is named in `left_out`.
        """
        self.left_out, self.others = [], 0
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
                yield from self._folder(path, _above(path))
            elif _is_mbox(path):
                yield from self._mbox(path)
            else:
                yield file_mail(self._account, path)
        except (OSError, mbox.NoMbox) as error:
            again = isinstance(error, OSError) and error.errno == errno.EIO
            raise SourceUnavailable(sentence(path, error), again=again) from error

    def _folder(self, folder: Path, seen: set[tuple[int, int]]) -> Iterator[RawMail]:
        """The mails in a folder and below; `seen` are the folders above and before it, by device and inode."""
        here = folder.stat()
        if (here.st_dev, here.st_ino) in seen:
            self.left_out.append(
                f"{escaped(folder)} leads back to a folder above it, or to one that was read already."
            )
            return
        seen.add((here.st_dev, here.st_ino))
        if all((folder / name).is_dir() for name in _MAILDIR):
            found = [one for name in _MAILDIR for one in (folder / name).iterdir()]
            for path in sorted(found, key=lambda one: one.name):
                if not path.name.startswith(".") and not path.is_dir():
                    yield from self._one(path)
            return
        for path in sorted(folder.iterdir()):
            if path.name.startswith("."):
                continue
            try:
                deeper = path.is_dir()
            except OSError as error:
                self.left_out.append(sentence(path, error))
                continue
            if deeper:
                yield from self._inside(path, self._folder(path, seen))
            elif path.suffix.lower() in SUFFIXES:
                yield from self._one(path)
            elif path.suffix.lower() == _MBOX:
                yield from self._inside(path, self._mbox(path))
            else:
                self.others += 1

    def _one(self, path: Path) -> Iterator[RawMail]:
        try:
            mail = file_mail(self._account, path)
        except OSError as error:
            self.left_out.append(sentence(path, error))
        else:
            yield mail

    def _inside(self, path: Path, mails: Iterator[RawMail]) -> Iterator[RawMail]:
        """The mails of something in a folder; where it cannot be read it is named, and the rest goes on."""
        while True:
            try:
                mail = next(mails, None)
            except (OSError, mbox.NoMbox) as error:
                self.left_out.append(sentence(path, error))
                return
            if mail is None:
                return
            yield mail

    def _mbox(self, path: Path) -> Iterator[RawMail]:
        with opened(path) as file:
            arrived = _modified(file)
            for raw in mbox.mails(file):
                yield RawMail(_location(self._account, path, raw), raw, arrived)


def file_mail(account: str, path: Path) -> RawMail:
    """One file as a mail: known by its folder, its name and its content; arrived when it was last changed.

    Raises OSError, and NoFile where no file stands.
    """
    with opened(path) as file:
        raw = file.read(limits.MESSAGE_BYTES + 1)  # the byte more lets parse.py see that it is not whole
        arrived = _modified(file)
    return RawMail(_location(account, path, raw), raw, arrived)


def _location(account: str, path: Path, raw: bytes) -> Location:
    uid = f"{escaped(path.name)} {hashlib.sha256(raw).hexdigest()}"
    return Location(account, escaped(path.parent.resolve()), 0, uid)


def opened(path: Path) -> BinaryIO:
    """An ordinary file opened for reading bytes. Raises OSError; NoFile for a pipe, without waiting for its writer."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise NoFile
    # It may have become a pipe since: O_NONBLOCK opens that too without waiting.
    number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise NoFile
    return os.fdopen(number, "rb")


def _above(folder: Path) -> set[tuple[int, int]]:
    """The folders above a folder, by device and inode, as far up as we may look."""
    found: set[tuple[int, int]] = set()
    for _ in range(_DEEPEST):
        folder = folder / ".."
        try:
            there = folder.stat()
        except OSError:
            break
        if (there.st_dev, there.st_ino) in found:  # the root is above itself
            break
        found.add((there.st_dev, there.st_ino))
    return found


def sentence(path: Path, error: OSError | mbox.NoMbox) -> str:
    """Why a path was left out, and what to do."""
    shown = escaped(path)
    if isinstance(error, mbox.NoMbox):
        return f"{shown} is no mbox: it does not begin with a From line. Export it again."
    if isinstance(error, NoFile):
        return f"{shown} is a pipe or a device and no file."
    if isinstance(error, FileNotFoundError) and not path.is_symlink():
        return f"There is no {shown}; check the path."
    if isinstance(error, FileNotFoundError) or error.errno == errno.ELOOP:
        return f"{shown} is a link that leads nowhere."
    if isinstance(error, PermissionError):
        return f"{shown} may not be read; give the user who runs putright the right to read it."
    return f"{shown} could not be read ({error.strerror}); check the disk."


def _modified(file: BinaryIO) -> datetime:
    return datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC)


def _is_mbox(path: Path) -> bool:
    """Whether a file is an mbox: the name says so, or a `From ` line stands on top and the name says nothing."""
    if path.suffix.lower() == _MBOX:
        return True
    if path.suffix.lower() in SUFFIXES:
        return False
    with opened(path) as file:
        return file.read(5) == b"From "
