"""What a person tells putright in words of their own: a note on the terminal, a message in a Slack channel."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime

from putright.cases.labels import Channel
from putright.cases.message import Message, Person, Span


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file that somebody shared in Slack: its id there and what Slack said of it (`size` in bytes, 0 if unsaid).

    `mode` is Slack's word for how it holds the file; `look_up` says that Slack told the id alone (files.info has the
    rest).
    """

    id: str
    name: str = ""
    media_type: str = ""
    size: int = 0
    mode: str = ""
    url: str = ""
    look_up: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """Words passed on by `by` (a name or a Slack user id) at `told_at` (aware).

    For Slack, `team`, `place` (channel id) and `ts` say which message it is and `thread_ts` which thread.
    """

    text: str
    by: str
    told_at: datetime
    channel: Channel = Channel.SLACK
    resident: str = ""
    team: str = ""
    place: str = ""
    ts: str = ""
    thread_ts: str = ""
    label: str = ""
    """What a person said it is when they passed it on (a `Label`'s value); empty leaves it to the reader."""
    labelled_by: str = ""
    files: tuple[SharedFile, ...] = ()
    """What was shared with the words, fetched later: only what is stored is never lost."""

    @property
    def source(self) -> str:
        return "slack" if self.ts else "note"

    @property
    def location(self) -> tuple[str, str, int, str]:
        """Where it was found: one Slack message is one place, however often it is delivered."""
        if self.ts:
            return (f"slack:{self.team}", self.place, 0, self.ts)
        return ("note", "", 0, self.fingerprint)

    @property
    def thread_location(self) -> tuple[str, str, int, str] | None:
        """Where the message that began its thread stands; None when it is that message itself."""
        if not self.thread_ts or self.thread_ts == self.ts:
            return None
        return (f"slack:{self.team}", self.place, 0, self.thread_ts)

    @property
    def fingerprint(self) -> str:
        """SHA-256 over what makes it this message: its place in Slack, or for a note all that was said."""
        what = [self.team, self.place, self.ts] if self.ts else json.loads(self.encoded())
        return hashlib.sha256(json.dumps(["told", what]).encode()).hexdigest()

    def encoded(self) -> bytes:
        """As it is kept in the intake."""
        said = {**asdict(self), "told_at": self.told_at.isoformat()}
        if not self.files:  # a note is known by these bytes: they stay as they were before there were files
            del said["files"]
        return json.dumps(said, sort_keys=True).encode()

    def message(self) -> Message:
        """As the classifier reads it."""
        body = self.text.replace("\r\n", "\n").replace("\r", "\n")
        return Message(
            id=self.fingerprint,
            channel=self.channel,
            subject="",
            body=body,
            sender=Person(name=self.by),
            resident=Person(name=self.resident),
            received_at=self.told_at,
            received_from="the moment a member of staff was told",
            spans=(Span(0, len(body), "words"),),
        )


def decoded(raw: bytes) -> Told:
    """What `Told.encoded` kept. Raises ValueError or KeyError when the bytes are something else."""
    data = json.loads(raw)
    return Told(
        **{
            **data,
            "told_at": datetime.fromisoformat(data["told_at"]),
            "channel": Channel(data["channel"]),
            "files": tuple(SharedFile(**x) for x in data.get("files", ())),
        }
    )
