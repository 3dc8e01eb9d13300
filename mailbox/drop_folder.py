"""The drop folder: mail files put into a folder are taken in and moved out when done (email.md, section 10)."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Event

from putright.mailbox.files import SUFFIXES, file_mail
from putright.mailbox.path_names import escaped, unescaped
from putright.mailbox.source import Location, Place, RawMail, SourceUnavailable

SETTLED_SECONDS = 2.0
"""A file this long unchanged is whole, also at the first look."""

LOOK_SECONDS = 1.0
"""Between two looks at the folder."""

MOVE_AGAIN_SECONDS = 10.0
"""Between two tries to move the same file out."""

NAMED = 20
"""How many files a sentence names; the rest are counted."""

_Shape = tuple[int, int]
"""Size and time of the last change, in nanoseconds: a file of the same shape holds what it held."""


class DropFolder:
    """The .eml and .msg files in one folder, without its subfolders; `account` names it in locations."""

    def __init__(self, folder: Path, account: str = "drop", clock: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self._account = account
        self._clock = clock
        self._seen: dict[str, _Shape] = {}
        self._read: dict[str, tuple[_Shape, Location]] = {}
        self._ignored: tuple[str, ...] = ()
        self._unreadable: tuple[str, ...] = ()
        self._stuck: dict[str, tuple[float, str]] = {}
        self.pending = 0
        """How many files the last look left because they may still be written to; a single pass looks again."""

    def new(self, known: Callable[[Location], bool]) -> Iterator[RawMail]:
        """Each whole file that is not `known`, by name; raises SourceUnavailable when there is no such folder.

        A file still being written is left for the next look; so is one whose name begins with a dot or ends
        in `.part`. One that may not be read stops no other: see `troubles`.
        """
        unreadable = []
        for path, shape in self._whole():
            read = self._read.get(path.name)
            if read and read[0] == shape and known(read[1]):
                continue
            try:
                mail = file_mail(self._account, path)
            except FileNotFoundError:
                continue  # somebody took it away between two lines
            except OSError:
                unreadable.append(path.name)
                continue
            self._read[path.name] = (shape, mail.location)
            if not known(mail.location):
                yield mail
        self._unreadable = tuple(unreadable)

    def done(self, location: Location, where: Place) -> bool:
        """Move the file into Processed, Parked or Quarantine beside it, never over another one of its name.

        Whether it is gone; False asks for another try after a next look, which then waits a while.
        """
        name, _, digest = location.uid.rpartition(" ")
        path = self.folder / name
        if not os.path.lexists(path):
            path = self.folder / unescaped(name)
        name = path.name
        if name in self._stuck and self._clock() < self._stuck[name][0]:
            return False
        try:
            if file_mail(self._account, path).location.uid == location.uid:
                self._move(path, self.folder / where.value, digest)
            # else another file has taken its name: that one is not done
        except FileNotFoundError:
            pass  # somebody has taken it away
        except OSError as error:
            self._stuck[name] = (self._clock() + MOVE_AGAIN_SECONDS, error.strerror or type(error).__name__)
            return False
        self._stuck.pop(name, None)
        return True

    def troubles(self, *, named: bool = False) -> tuple[str, ...]:
        """What the last look and the last moves met and a person must mend, each a plain sentence.

        File names may hold residents' names: they are in it only where asked for.
        """
        found = []
        stuck = tuple(self._stuck)
        if stuck:
            reasons = ", ".join(sorted({why for _, why in self._stuck.values()}))
            found.append(
                f"{_files(stuck)} in the drop folder {self.folder} {_are(stuck)} taken in but cannot be moved out of "
                f"it ({reasons}){_names(stuck, named)}. Give the user who runs putright the right to write there. "
                "It is tried again by itself, and nothing is taken in twice."
            )
        if self._unreadable:
            found.append(
                f"{_files(self._unreadable)} in the drop folder {self.folder} cannot be read"
                f"{_names(self._unreadable, named)}. Give the user who runs putright the right to read all of them."
            )
        return tuple(found)

    def passed_over(self, *, named: bool = False) -> str:
        """That there is something in the folder that is never taken in, and what to do; empty when there is not."""
        if not self._ignored:
            return ""
        return (
            f"{_files(self._ignored)} in the drop folder {self.folder} {_are(self._ignored)} not taken in"
            f"{_names(self._ignored, named)}: only {' and '.join(SUFFIXES)} files are, and no link that leads "
            "out of it. Take in an mbox or a folder with `putright ingest`, and move anything else away."
        )

    def wait(self, timeout: float, stop: Event) -> bool:
        """Wait until it is time to look again, at most `timeout` seconds; false when told to stop."""
        return not stop.wait(min(timeout, LOOK_SECONDS))

    def close(self) -> None:
        """Nothing is held open."""

    def _move(self, path: Path, target: Path, digest: str) -> None:
        target.mkdir(exist_ok=True)
        new = target / path.name
        if new.exists():
            new = target / f"{path.stem}-{digest[:12]}{path.suffix}"
        if new.exists():  # the very same file, dealt with before
            path.unlink()
        else:
            path.rename(new)

    def _whole(self) -> list[tuple[Path, _Shape]]:
        """The files that stood unchanged between two looks, or long enough before the first."""
        try:
            entries = sorted(os.scandir(self.folder), key=lambda entry: entry.name)
        except FileNotFoundError as error:
            sentence = f"There is no drop folder {self.folder}; make it, or name another in the settings."
            raise SourceUnavailable(sentence, again=False) from error
        except NotADirectoryError as error:
            sentence = f"The setting drop_folder names {self.folder}, which is no folder; name another."
            raise SourceUnavailable(sentence, again=False) from error
        except OSError as error:
            sentence = f"The drop folder {self.folder} could not be read; check that putright may read it."
            raise SourceUnavailable(sentence, again=True) from error
        before, now = self._seen, self._clock()
        self._seen = {}
        whole: list[tuple[Path, _Shape]] = []
        ignored: list[str] = []
        self.pending = 0
        for entry in entries:
            name = entry.name
            if name.startswith(".") or name.endswith(".part") or name in set(Place):
                continue
            try:
                is_file = _is_file(entry, self.folder)
                stat = entry.stat(follow_symlinks=is_file)
            except OSError:
                continue  # it went away between two lines
            shape = (stat.st_size, stat.st_mtime_ns)
            self._seen[name] = shape
            settled = before.get(name) == shape or now - stat.st_mtime >= SETTLED_SECONDS
            if not is_file or Path(name).suffix.lower() not in SUFFIXES:
                ignored += [name] * settled
            elif settled:
                whole.append((self.folder / name, shape))
            else:
                self.pending += 1
        self._ignored = tuple(ignored)
        self._stuck = {name: why for name, why in self._stuck.items() if name in self._seen}
        self._read = {name: read for name, read in self._read.items() if name in self._seen}
        return whole


def _is_file(entry: os.DirEntry[str], folder: Path) -> bool:
    try:
        if entry.is_symlink() and not Path(entry.path).resolve(strict=True).is_relative_to(folder.resolve()):
            return False  # whoever may write to the folder must not have other files read
        return entry.is_file()
    except (OSError, RuntimeError):  # a link in a circle, or to where we may not look
        return False


def _files(names: tuple[str, ...]) -> str:
    return f"{len(names)} file{'' if len(names) == 1 else 's'}"


def _are(names: tuple[str, ...]) -> str:
    return "is" if len(names) == 1 else "are"


def _names(names: Iterable[str], named: bool) -> str:
    shown = [escaped(name) for name in names]
    more = f" and {len(shown) - NAMED} more" if len(shown) > NAMED else ""
    return f" ({', '.join(shown[:NAMED])}{more})" if named else ""
