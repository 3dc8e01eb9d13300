"""A message as it reached the landlord: who wrote, when, what, and how we know."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from putright.cases.labels import Channel


@dataclass(frozen=True, slots=True)
class Person:
    """A name and a mail address; either may be empty when the message does not say."""

    name: str = ""
    address: str = ""

    @property
    def speaks_for_another(self) -> bool:
        """Whether it is a member of Parliament or a councillor, who writes for somebody (1.3)."""
        domain = self.address.casefold().rpartition("@")[2]
        if domain == "parliament.uk" or domain.endswith(".parliament.uk"):
            return True
        return bool(re.search(r"\bMP\W*$|^(?:Cllr|Councillor)\b", self.name.strip()))

    def __str__(self) -> str:
        if self.name and self.address:
            return f"{self.name} <{self.address}>"
        return self.name or self.address


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message: its name as sent, media type, size in bytes and SHA-256 (hex)."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of a message's body that are of one `kind`.

    Kinds: `words` (the resident's own), `covering` (the staff member's line above a forward), `headers`
    (a forwarded mail's header block), `quote`, `signature`, `disclaimer`. Nothing is ever cut out of a body;
    spans mark it.
    """

    start: int
    end: int
    kind: str


FEWEST_OWN = 15
LARGEST_FOREIGN = 0.8


def own_words_left(spans: Sequence[Span]) -> bool:
    """Whether marks of quotes, signatures and disclaimers can be believed: enough is left of the writer's own words.

    Too little are under 15 characters, or less than a fifth of the text (email.md, section 5).
    """
    own = sum(span.end - span.start for span in spans if span.kind == "words")
    foreign = sum(
        span.end - span.start for span in spans if span.kind in ("quote", "signature", "disclaimer")
    )
    return own >= FEWEST_OWN and foreign <= LARGEST_FOREIGN * (own + foreign)


@dataclass(frozen=True, slots=True)
class Hop:
    """One earlier mail inside a forward, outermost first in `Message.hops`.

    `lines` are the numbers (from 0) of the body's lines that prove it; `date` is None when `date_text` could
    not be read as a date.
    """

    sender: Person
    date: datetime | None
    date_text: str
    subject: str
    lines: tuple[int, int]


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a web form or one cell of a survey's row: its label as sent, what it holds, and of which `kind`.

    Kinds are those of mailbox.web_form; empty is what belongs to no label.
    """

    label: str
    value: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message, whatever door it came through.

    `received_at` is when the landlord was first told (Code 1.2, 3.2: any member of staff counts), which
    starts the clock; `received_from` says in words which date that is. All datetimes are aware.
    """

    id: str
    """SHA-256 (hex) over what makes this message itself: the same mail twice has the same id."""
    channel: Channel
    subject: str
    body: str
    """The whole readable text, line ends as \\n."""
    sender: Person
    """Who sent it to us: the resident, or the member of staff who forwarded it."""
    resident: Person
    """Whose matter it is, as far as the message says."""
    received_at: datetime
    received_from: str
    forwarded_by: Person | None = None
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    spans: tuple[Span, ...] = ()
    hops: tuple[Hop, ...] = ()
    notes: tuple[str, ...] = ()
    """What had to be guessed or mended while reading it, each a plain sentence without personal details."""
    to: tuple[str, ...] = ()
    """The addresses it was sent and copied to, in lower case."""
    sent_at: datetime | None = None
    """When this very mail was sent, whatever starts the clock; None for what is no mail."""
    inner_ids: tuple[str, ...] = ()
    """The Message-IDs of the mails attached to it."""
    machine_mail: str = ""
    """Why this is machine mail (a bounce, an automatic reply, bulk); empty for a person's message."""
    fields: tuple[FormField, ...] = ()
    """Everything a web form or a survey's row holds; `body` has only the words of the resident in it."""
