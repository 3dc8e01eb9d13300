"""What the classifier makes of a message: a label, how sure, and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from putright.cases.labels import Decision, Flag, Label, Mark, Role, ServiceArea


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters [start, end) of the body, the role they play and that role's probability (0 to 1)."""

    start: int
    end: int
    role: Role
    probability: float


@dataclass(frozen=True, slots=True)
class RuleHit:
    """A rule that fired: its id, the paragraph of the Code it stands for, and where in the body."""

    id: str
    paragraph: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of the body that moved the label, and in words how."""

    start: int
    end: int
    why: str
    weight: float
    """Log-odds added to the label that was given; negative speaks against it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of one message. Offsets are characters of `Message.body`.

    `issues` and `outcomes` are the points raised and what is asked for, each copied from the body (Code 5.6).
    """

    label: Label
    probabilities: Mapping[Label, float]
    decision: Decision
    reasons: tuple[str, ...]
    """Why a person is asked, in plain sentences; empty when the decision is `sure`."""
    paragraph: str
    """The paragraph of the Code that decided (`""` for `other`)."""
    why: str
    """The deciding reason as one plain sentence without any of the resident's words."""
    service_area: ServiceArea
    flags: tuple[Flag, ...] = ()
    issues: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    rules: tuple[RuleHit, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    marks: tuple[Mark, ...] = ()
    decided_by: str = ""
    """The id of the rule that the label rests on; empty where it rests on the probabilities."""
    model: str = ""
    """Which model read it (version and first digits of its fingerprint); empty when none could."""


def unread(why: str) -> Reading:
    """The reading of a message that could not be read: a person is asked, complaint clocks run.

    A failed reading never gets a default label of its own that could hide a complaint.
    """
    even = 1 / len(Label)
    return Reading(
        label=Label.COMPLAINT,
        probabilities=dict.fromkeys(Label, even),
        decision=Decision.ASK,
        reasons=(why,),
        paragraph="1.2",
        why="It could not be read, so it is held as a possible complaint until a person has looked.",
        service_area=ServiceArea.OTHER,
    )
