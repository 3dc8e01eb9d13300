"""The landlord's own models beside the database: the one in use, the one before it, and the log of what was decided."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = "putright-models"
ABOUT = "about.json"
BUNDLED = "bundled"


class NothingBefore(Exception):
    """There is no earlier model to go back to; the message is one plain sentence."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder `putright-models` beside a database.

    `current` is the model in use, if there is one; `previous` the one before, where a note that it was the bundled
    one stands for the bundled model. Each step is a rename, and between any two of them what is found is right.
    """

    folder: Path
    bundled: Path
    """The folder of the model that came with putright."""

    @property
    def current(self) -> Path:
        return self.folder / "current"

    @property
    def previous(self) -> Path:
        return self.folder / "previous"

    @property
    def history_file(self) -> Path:
        return self.folder / "history.jsonl"

    def in_use(self) -> Path:
        """The folder of the model that reads: the landlord's, unless there is none or it is outdated."""
        for place in (self.current, self.previous):  # only `previous` is there if a promotion was cut off
            if place.is_dir():
                return place if self._about(place).get("base") == self.base() else self.bundled
        return self.bundled

    @property
    def outdated(self) -> bool:
        """Whether the landlord's model was made with an earlier putright, whose words and features were others."""
        return self.current.is_dir() and self._about(self.current).get("base") != self.base()

    def base(self) -> str:
        """The sum of the bundled model: each release that reads otherwise has another."""
        try:
            return (self.bundled / "putright-model" / "model.sha256").read_text(encoding="ascii").split()[0]
        except (OSError, UnicodeDecodeError, IndexError):
            return ""

    def make(self) -> None:
        """The folder, for nobody else to read: a model holds words of the messages that it learned from."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def promote(self, candidate: Path) -> None:
        """Put a candidate's folder into use; what was in use becomes `previous`."""
        (candidate / ABOUT).write_text(json.dumps({"base": self.base()}), encoding="utf-8")
        was = self.in_use()
        if was != self.previous:
            shutil.rmtree(self.previous, ignore_errors=True)
        if was == self.current:
            self.current.rename(self.previous)
        elif was == self.bundled:
            shutil.rmtree(self.current, ignore_errors=True)
            self.previous.mkdir()
            (self.previous / ABOUT).write_text(json.dumps({"base": BUNDLED}), encoding="utf-8")
        candidate.rename(self.current)

    def before(self) -> Path:
        """The folder of the model before the one in use. Raises NothingBefore."""
        if not self.current.is_dir():
            raise NothingBefore(
                "There is nothing to go back to: the model that came with putright is in use."
            )
        if not self.previous.is_dir():
            raise NothingBefore(
                "There is nothing to go back to: only one step is kept, and it was taken already."
            )
        return self.previous if self._about(self.previous).get("base") == self.base() else self.bundled

    def back(self) -> None:
        """Put the model before into use again; the one in use is thrown away. Raises NothingBefore."""
        to = self.before()
        thrown = self.folder / "thrown-away"
        shutil.rmtree(thrown, ignore_errors=True)
        self.current.rename(thrown)
        if to == self.previous:
            self.previous.rename(self.current)
        else:
            shutil.rmtree(self.previous)
        shutil.rmtree(thrown)

    def log(self, entry: Mapping[str, Any]) -> None:
        """Add a line to the log, which is only ever added to."""
        self.make()
        with self.history_file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")

    def history(self) -> list[dict[str, Any]]:
        """What was decided, oldest first."""
        if not self.history_file.exists():
            return []
        return [
            json.loads(line) for line in self.history_file.read_text(encoding="utf-8").splitlines() if line
        ]

    def _about(self, place: Path) -> dict[str, Any]:
        try:
            found = json.loads((place / ABOUT).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def beside(database: Path, bundled: Path) -> Shelf:
    """The shelf of a database."""
    return Shelf(database.parent / FOLDER, bundled)
