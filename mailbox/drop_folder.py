"""The drop folder: mail files put into a folder are taken in and moved out when done (email.md, section 10)."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

from putright.mailbox.files import SUFFIXES, file_mail
from putright.mailbox.source import Location, Place, RawMail, SourceUnavailable

SETTLED_SECONDS = 2.0
"""A file this long unchanged is whole, also at the first look."""

LOOK_SECONDS = 1.0
"""Between two looks at the folder."""


class DropFolder:
    """The .eml and .msg files in one folder, without its subfolders; `account` names it in locations."""

    def __init__(self, folder: Path, account: str = "drop", clock: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._account = account
        self._clock = clock
        self._seen: dict[str, tuple[int, int]] = {}
        self.pending = 0
        """How many files the last look left because they may still be written to; a single pass looks again."""

    def new(self, known: Callable[[Location], bool]) -> Iterator[RawMail]:
        """Each whole file that is not `known`, by name; raises SourceUnavailable when there is no such folder.

        A file still being written is left for the next look; so is one whose name begins with a dot or ends
        in `.part`.
        """
        for path in self._whole():
            try:
                mail = file_mail(self._account, path)
            except FileNotFoundError:
                continue  # somebody took it away between two lines
            except OSError as error:
                sentence = (
                    f"A file in {self._folder} may not be read; give the user who runs putright that right."
                )
                raise SourceUnavailable(sentence, again=True) from error
            if not known(mail.location):
                yield mail

    def done(self, location: Location, where: Place) -> bool:
        """Move the file into Processed, Parked or Quarantine beside it, never over another one of its name.

        Whether it is gone; False asks for another try after the next look.
        """
        name, _, digest = location.uid.rpartition(" ")
        path = self._folder / name
        try:
            if file_mail(self._account, path).location.uid != location.uid:
                return True  # another file has taken its name: that one is not done
            target = self._folder / where.value
            target.mkdir(exist_ok=True)
            new = target / name
            if new.exists():
                new = target / f"{Path(name).stem}-{digest[:12]}{Path(name).suffix}"
            if new.exists():  # the very same file, dealt with before
                path.unlink()
            else:
                path.rename(new)
        except FileNotFoundError:
            return True
        except OSError:
            return False  # the location is known, so the file is not taken twice
        return True

    def wait(self, timeout: float, stop: Event) -> bool:
        """Wait until it is time to look again, at most `timeout` seconds; false when told to stop."""
        return not stop.wait(min(timeout, LOOK_SECONDS))

    def close(self) -> None:
        """Nothing is held open."""

    def _whole(self) -> list[Path]:
        """The files that stood unchanged between two looks, or long enough before the first."""
        try:
            looks = {path: path.stat() for path in sorted(self._folder.iterdir()) if _is_mail(path)}
        except FileNotFoundError as error:
            sentence = f"There is no drop folder {self._folder}; make it, or name another in the settings."
            raise SourceUnavailable(sentence, again=False) from error
        except OSError as error:
            sentence = f"The drop folder {self._folder} could not be read; check that putright may read it."
            raise SourceUnavailable(sentence, again=True) from error
        before = self._seen
        self._seen = {path.name: (stat.st_size, stat.st_mtime_ns) for path, stat in looks.items()}
        now = self._clock()
        whole = [
            path
            for path, stat in looks.items()
            if before.get(path.name) == self._seen[path.name] or now - stat.st_mtime >= SETTLED_SECONDS
        ]
        self.pending = len(looks) - len(whole)
        return whole


def _is_mail(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and path.is_file()
