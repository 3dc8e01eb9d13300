"""What every compared reader offers. Each is a module of this folder, imported only where it runs."""

import importlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

if TYPE_CHECKING:  # a peer that reads must not pay for importing putright
    from putright.classifier.corpus import Record

COMPLAINT = "complaint"
BASELINE = "tfidf"
"""The peer that every figure is a ratio to: what most people would build first."""
NAMES = ("ours", "keywords", "bogofilter", "fast_text", "textcat", BASELINE)


class Message(NamedTuple):
    """What a reader is shown."""

    channel: str
    subject: str
    body: str

    @property
    def text(self) -> str:
        """All of it in one text. The channel is a word of it, so that no peer knows less than putright does."""
        return f"channel{self.channel.replace('_', '')}\n{self.subject}\n{self.body}"

    @property
    def line(self) -> str:
        return " ".join(self.text.split())


def shown(record: "Record") -> Message:
    return Message(record.channel, record.subject, record.body)


Read = Callable[[Sequence[Message]], list[str]]


@dataclass(frozen=True)
class Loaded:
    """A reader that is ready to read, and the process whose memory it takes."""

    read: Read
    process: int = field(default_factory=os.getpid)


class Peer(Protocol):
    """A module that learns, keeps what it learned in a folder, and reads with it."""

    TITLE: str
    TWO_WAY: bool
    """It says `complaint` or nothing: it knows no other label."""

    def missing(self) -> str:
        """Why it cannot run here, in a sentence; nothing if it can."""

    def learn(self, records: Sequence["Record"], folder: Path) -> None: ...

    def load(self, folder: Path) -> Loaded: ...


def peer(name: str) -> Peer:
    return cast(Peer, importlib.import_module(f"benchmarks.peers.{name}"))
