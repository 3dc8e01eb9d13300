"""The gate a retrained model must pass before it reads: what got better and worse, and whether it may."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from putright.cases.labels import Label

FALL = 0.02
"""A channel or length may lose so much of its rightly read messages."""
LEAST_IN_BUCKET = 20
LIKELY_WORSE = 0.8
"""Refused when in this share of resamples the candidate misses more complaints, or a bucket falls by more than `FALL`.

One message alone never is (0.63 of resamples hold it), two that nothing makes up for always are.
"""
RESAMPLES = 4000
MOST_MILLISECONDS = 3.0
MOST_TIMES_SLOWER = 1.25
MOST_MEGABYTES = 15.0
MOST_DIFFERENCE = 0.00015
"""Probabilities are given to four places; a saved model may round the last one the other way."""
LENGTHS = (
    (40, "up to 40 words"),
    (100, "41 to 100 words"),
    (200, "101 to 200 words"),
    (None, "over 200 words"),
)
NAMED = 8
"""So many messages are named in a sentence; the rest are counted."""


class Kind(StrEnum):
    """Where a message of the gate comes from."""

    HELD_OUT = "held-out message"
    REVIEWED = "reviewed message"
    MUST_PASS = "must-pass case"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a model said a message is, and whether it asked a person."""

    label: Label
    asked: bool

    @property
    def catches(self) -> bool:
        """A complaint is caught when it is called one or a person is asked."""
        return self.asked or self.label is Label.COMPLAINT


@dataclass(frozen=True, slots=True)
class Item:
    """One message of the gate as the old model and the candidate read it; never its text."""

    name: str
    """A case reference or an id."""
    kind: Kind
    channel: str
    words: int
    accepted: tuple[Label, ...]
    old: Verdict
    new: Verdict
    unseen: Verdict | None
    """Read by a model learned as the candidate was but without this message; None where that cannot be compared:
    for must-pass cases, and for what the old model was trained on."""

    @property
    def complaint(self) -> bool:
        return self.accepted == (Label.COMPLAINT,)

    @property
    def length(self) -> str:
        return next(name for most, name in LENGTHS if most is None or self.words <= most)

    def right(self, verdict: Verdict) -> bool:
        return verdict.label in self.accepted


@dataclass(frozen=True, slots=True)
class Measured:
    """Of the candidate's files and of both models' speed: milliseconds a message (median), megabytes."""

    milliseconds: float
    old_milliseconds: float
    megabytes: float
    difference: float
    """The furthest any probability of the saved model lies from that of the trained one."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the gate found, in sentences that hold no word of any message. It is passed when nothing is refused."""

    refused: tuple[str, ...]
    better: tuple[str, ...]
    worse: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.refused


def judge(items: Sequence[Item], measured: Measured) -> Outcome:
    """Hold a candidate against the model in use."""
    compared = [(item, item.unseen) for item in items if item.unseen is not None]
    refused = [*lost(items), *cases_fall(items)]
    if compared:
        refused += [*misses(compared), *falls(compared)]
    else:
        refused.append("There is no message that neither model was trained on, so they cannot be compared.")
    refused += [*limits(measured)]
    better, worse = differences(items, compared)
    return Outcome(tuple(refused), better, worse)


Compared = Sequence[tuple[Item, Verdict]]
"""Messages that neither model had seen, each with how the candidate's kind reads it."""


def lost(items: Sequence[Item]) -> Iterator[str]:
    """No complaint that a person or the Code calls one, and that the old model caught, may be let slip."""
    for kind in Kind:
        names = [
            x.name for x in items if x.kind is kind and x.complaint and x.old.catches and not x.new.catches
        ]
        if names:
            yield f"It lets slip {counted(names, 'complaint')} caught before ({kind.value}): {listed(names)}."


def cases_fall(items: Sequence[Item]) -> Iterator[str]:
    """The must-pass cases as a whole may not be read more than `FALL` worse than before, beyond what is noise.

    A case that is no complaint may turn: borderline ones do with any training, so they are named and do not refuse.
    """
    cases = [(x, x.new) for x in items if x.kind is Kind.MUST_PASS]
    yield from fall("the must-pass cases", cases)


def misses(compared: Compared) -> Iterator[str]:
    """A paired bootstrap over the complaints must not say that a larger share of them is missed."""
    complaints = [(item, verdict) for item, verdict in compared if item.complaint]
    worse = sum(item.old.catches and not verdict.catches for item, verdict in complaints)
    better = sum(verdict.catches and not item.old.catches for item, verdict in complaints)
    share = likely_fall(len(complaints), worse, better)
    if share >= LIKELY_WORSE:
        yield (
            f"It misses {worse} complaints that were caught and catches {better} that were missed, of "
            f"{len(complaints)}; in {share:.0%} of resamples that is worse."
        )


def likely_fall(messages: int, worse: int, better: int, beyond: float = 0.0) -> float:
    """The share of resamples in which a share of more than `beyond` of the messages is lost, less what is gained.

    The messages are drawn with replacement, each with what both models made of it (a paired bootstrap). Only the three
    counts matter in a resample, so the counts are drawn at once.
    """
    if not messages:
        return 0.0
    chances = np.array([worse, better, messages - worse - better]) / messages
    drawn = np.random.default_rng(0).multinomial(messages, chances, size=RESAMPLES)
    return float((drawn[:, 0] - drawn[:, 1] > beyond * messages).mean())


def falls(compared: Compared) -> Iterator[str]:
    """No channel and no length of message may be read more than `FALL` worse than before, beyond what is noise."""
    for name, bucket in buckets(compared):
        yield from fall(name, bucket)


def fall(name: str, bucket: Compared) -> Iterator[str]:
    worse = sum(item.right(item.old) and not item.right(verdict) for item, verdict in bucket)
    better = sum(item.right(verdict) and not item.right(item.old) for item, verdict in bucket)
    share = likely_fall(len(bucket), worse, better, FALL)
    if len(bucket) >= LEAST_IN_BUCKET and share >= LIKELY_WORSE:
        before, after = rights(bucket)
        yield (
            f"It reads {name} worse: {shares(before, after, len(bucket))}; in {share:.0%} of resamples that is a "
            f"fall of more than {FALL:.0%}."
        )


def buckets(compared: Compared) -> Iterator[tuple[str, Compared]]:
    """The channels and the lengths that hold enough messages to say anything."""
    for channel in sorted({item.channel for item, _ in compared}):
        yield from enough(f"the channel {channel}", [x for x in compared if x[0].channel == channel])
    for _, length in LENGTHS:
        yield from enough(f"messages of {length}", [x for x in compared if x[0].length == length])


def enough(name: str, bucket: Compared) -> Iterator[tuple[str, Compared]]:
    if len(bucket) >= LEAST_IN_BUCKET:
        yield name, bucket


def limits(measured: Measured) -> Iterator[str]:
    """Speed and size are kept, and what was saved reads as what was trained."""
    slowest = max(MOST_MILLISECONDS, MOST_TIMES_SLOWER * measured.old_milliseconds)
    if measured.milliseconds > slowest:
        yield (
            f"It needs {measured.milliseconds:.1f} ms a message (the old one {measured.old_milliseconds:.1f} ms); "
            f"at most {slowest:.1f} ms is allowed."
        )
    if measured.megabytes > MOST_MEGABYTES:
        yield f"Its files take {measured.megabytes:.1f} MB; at most {MOST_MEGABYTES:.0f} MB is allowed."
    if measured.difference > MOST_DIFFERENCE:
        yield f"Its saved files read differently from what was trained (by up to {measured.difference:.2g})."


def differences(items: Sequence[Item], compared: Compared) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What got better and what got worse, each as sentences."""
    better: list[str] = []
    worse: list[str] = []

    def said(what: str, numbers: tuple[int, int], of: int, more_is_better: bool = True) -> None:
        before, after = numbers
        if before != after:
            (better if (after > before) is more_is_better else worse).append(
                f"{what}: {shares(before, after, of)}."
            )

    complaints = [x for x in compared if x[0].complaint]
    missed = [(not x.old.catches, not v.catches) for x, v in complaints]
    asked = [(x.old.asked, v.asked) for x, v in compared]
    must = [x for x in items if x.kind is Kind.MUST_PASS]
    cases = [(x.right(x.old), x.right(x.new)) for x in must]
    said("Right label", rights(compared), len(compared))
    said("Complaints surely called something else", both(missed), len(missed), more_is_better=False)
    said("Asked about", both(asked), len(asked), more_is_better=False)
    for label in Label:
        mine = [x for x in compared if x[0].accepted == (label,)]
        said(f"Recognised as {label.words}", rights(mine), len(mine))
    for name, bucket in buckets(compared):
        said(f"Right in {name}", rights(bucket), len(bucket))
    said("Must-pass cases right", both(cases), len(cases))
    turned = {
        "only asked about": [x.name for x in must if x.right(x.old) and not x.right(x.new) and x.new.asked],
        "surely called something else": [
            x.name for x in must if x.right(x.old) and not x.right(x.new) and not x.new.asked
        ],
    }
    for how, names in turned.items():
        if names:
            worse.append(f"Right before and now {how}, {counted(names, 'must-pass case')}: {listed(names)}.")
    reviewed = [(x, v) for x, v in compared if x.kind is Kind.REVIEWED]
    gained = [x.name for x, v in reviewed if x.right(v) and not x.right(x.old)]
    dropped = [x.name for x, v in reviewed if x.right(x.old) and not x.right(v)]
    if gained:
        better.append(f"Now read as people said, unseen: {listed(gained)}.")
    if dropped:
        worse.append(f"No longer read as people said, unseen: {listed(dropped)}.")
    return tuple(better), tuple(worse)


def rights(compared: Compared) -> tuple[int, int]:
    """How many the old model and the candidate's kind read rightly."""
    return both([(item.right(item.old), item.right(verdict)) for item, verdict in compared])


def both(pairs: Sequence[tuple[bool, bool]]) -> tuple[int, int]:
    """How often it holds of the old model, and how often of the new one."""
    return sum(old for old, _ in pairs), sum(new for _, new in pairs)


def shares(before: int, after: int, of: int) -> str:
    return f"{after} of {of} ({after / of:.1%}), was {before} ({before / of:.1%})"


def counted(names: Sequence[str], what: str) -> str:
    return f"a {what}" if len(names) == 1 else f"{len(names)} {what}s"


def listed(names: Sequence[str]) -> str:
    rest = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {rest} more" if rest > 0 else "")
