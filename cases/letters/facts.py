"""What a letter may say: the facts that it is written from, and a part that it lacks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from putright.cases.impact import fault_in
from putright.cases.ombudsman import Contact


class Kind(StrEnum):
    """The letters there are."""

    ACKNOWLEDGEMENT = "acknowledgement"
    UPDATE = "update"
    EXTENSION = "extension"
    STAGE_1 = "stage-1"
    STAGE_2 = "stage-2"
    REFUSAL = "refusal"
    CLOSURE = "closure"
    PUBLIC_REPLY = "public-reply"
    SIGNPOST = "signpost"


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the complaint definition, whether we are responsible for it (5.7), and how it was decided (6.7)."""

    text: str
    responsible: str = ""
    """`yes`, `no` or `unclear`; empty while nobody has said."""
    who_else: str = ""
    """Who is responsible where we are not."""
    decision: str = ""
    reasons: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """Something we do: what, by when, who (7.3, 6.6)."""

    what: str
    by: date | None = None
    owner: str = ""
    done: date | None = None
    amount: str = ""
    """Pounds and pence of a payment, such as `150.00`."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a letter may say. What is empty is asked for in the draft in square brackets."""

    reference: str
    landlord: str
    written: date
    ombudsman: Contact
    stage: int = 1
    resident: str = ""
    handler: str = ""
    contact: str = ""
    policy: str = ""
    """The address of the complaints policy (3.4, 3.5)."""
    received: date | None = None
    points: tuple[Point, ...] = ()
    outcomes: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    due: date | None = None
    """The date that the resident is told; for an extension the new one, also where its notice was late."""
    owed: date | None = None
    """The date by which compliance is measured: a letter written after it says that it was missed."""
    survey: bool = False
    """Whether it came as the answer to a survey."""
    third_party: str = ""
    """Who wrote for the resident: a member of Parliament, a councillor, a representative."""
    representatives: tuple[str, ...] = ()
    """Who has the resident's authority to speak for them (3.6): they get a copy."""
    decision: str = ""
    impact: str = ""
    """How the fault affected the resident, as recorded (7.2)."""
    remedies: tuple[Promise, ...] = ()
    actions: tuple[Promise, ...] = ()
    reason: str = ""
    """Why it is extended, refused or closed; for an update what has happened."""
    interval: str = ""
    """How often updates were agreed (5.9)."""
    ground: str = ""
    discretion: str = ""
    """How taking it all the same was considered, and why it is not taken (2.3)."""
    large_print: bool = False
    adjustments: tuple[str, ...] = field(default=())

    @property
    def fault(self) -> bool | None:
        """Whether a fault was found, as far as it is decided; None while nothing is."""
        decided = [x for x in (self.decision, *(point.decision for point in self.points)) if x]
        return fault_in(decided) if decided else None


@dataclass(frozen=True, slots=True)
class Lack:
    """A part that a letter lacks or gets wrong."""

    paragraph: str
    what: str

    def __str__(self) -> str:
        return f"{self.what} (Code {self.paragraph})" if self.paragraph else self.what


Check = Callable[[Facts, str], Iterator[Lack]]
