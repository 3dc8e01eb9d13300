"""What every source of mail gives and takes: a piece of mail, the key it is known by, where it goes when done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Place(StrEnum):
    """Where a piece of mail goes once it is dealt with; the value is the folder's name."""

    PROCESSED = "Processed"
    PARKED = "Parked"
    QUARANTINE = "Quarantine"


@dataclass(frozen=True, slots=True)
class Location:
    """The key of one piece of mail: never taken twice, whatever its flags say (email.md, section 7).

    On a server: the account's name, the folder, its UIDVALIDITY and the UID. In a folder of files: `drop` or
    `files`, the path, 0, and the file's name with the hash of its content.
    """

    account: str
    folder: str
    uidvalidity: int
    uid: str


@dataclass(frozen=True, slots=True)
class RawMail:
    """A mail as bytes, before anything is read from it; `arrived` is aware and says when the source got it."""

    location: Location
    raw: bytes
    arrived: datetime


class SourceUnavailable(Exception):
    """A source cannot be read now; the text is one plain sentence that says what to do.

    `again` says whether trying again can help without anybody changing a setting.
    """

    def __init__(self, sentence: str, *, again: bool) -> None:
        super().__init__(sentence)
        self.again = again


class Source(Protocol):
    """A place mail comes from."""

    def new(self, known: Callable[[Location], bool]) -> Iterator[RawMail]:
        """Each mail whose location is not `known`, one at a time; raises SourceUnavailable."""

    def done(self, location: Location, where: Place) -> bool:
        """Put a mail away, only after the commit; whether it is gone. False: try again after the next look.

        It never raises.
        """

    def close(self) -> None:
        """Let go of whatever the source holds."""
