"""When the machine may be sure of a label and when it asks a person, and in what words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from putright.cases.labels import Decision, Label
from putright.classifier.heads import COMPLAINT, LABELS

MISSED = 0.01
"""Share of complaints that may surely be called something else, where the landlord sets no other."""
SHARES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05)
"""The shares that limits are learned for; a landlord's own is rounded down to one of them."""
ENOUGH_COMPLAINTS = 200
"""A channel with fewer complaints has no limits of its own."""
FEW_WORDS = 4
KNOWN_SHARE = 0.5
LEAST_SURE, MOST_SURE = 0.5, 0.7
"""Less than even odds are never called sure, and from the second on nobody needs to be asked for the odds alone."""
OTHER_SURE = 0.7
"""Nobody does anything about what is read as other, and of those below it half were read wrongly (unseen messages)."""
RULED_SURE = 0.25
"""Where a decisive rule calls it a complaint, so much of a chance of one is enough to be sure: the choice is theirs."""
ENGLISH_SHARE = 0.12
ENGLISH_WORDS = 12
ENGLISH_KNOWN = 0.6
"""From so many words on, English text has a share of the commonest words; less looks like another language, unless its
words are known: staff's shorthand leaves the commonest out. Of eleven other languages at most 0.4 were known words."""
NO_WORDS = "It is empty; there are no words to read."
LATIN = "\u024f"
"""The last letter of the Latin script: English has none beyond it."""
COMMON_WORDS = """
the a an to and of in is it i my me we you your for on at that this was be are have has been not n't no with but so he
she they 's as from by do did does can could would will please there what when how our us his her if or
"""
COMMON = frozenset(COMMON_WORDS.split())


@dataclass(frozen=True, slots=True)
class Limits:
    """Learned on scores of messages that the scoring model had not seen.

    `temperature` makes probabilities of scores. A label other than complaint is sure only while the chance of a
    complaint stays under `complaint_below`; any label only from `sure_from` on.
    """

    temperature: float = 1.0
    complaint_below: float = 0.1
    sure_from: float = 0.5
    coverage: tuple[tuple[str, float, float], ...] = ()
    """Rows of channel (`""` for all), share of complaints that may surely be missed, and the limit that keeps to it."""

    def of(self, channel: str, missed: float | None = None) -> "Limits":
        """The limits for one channel and a share of complaints that the landlord allows to be surely missed.

        A channel without limits of its own has those of all; a share between two rows has the stricter one's.
        """
        wanted = MISSED if missed is None else missed
        for name in (channel, ""):
            rows = [(share, below) for owner, share, below in self.coverage if owner == name]
            kept = [below for share, below in sorted(rows) if share <= wanted + 1e-9]
            if kept:
                return replace(self, complaint_below=kept[-1])
            if rows:
                return replace(self, complaint_below=min(below for _, below in rows))
        return self


def decide(
    probabilities: NDArray[np.float64], limits: Limits, guards: Sequence[str], *, ruled: bool = False
) -> tuple[Decision, tuple[str, ...]]:
    """Sure or ask, with every reason for asking as a plain sentence.

    `ruled` says that a decisive rule calls it a complaint: from `RULED_SURE` on the scores are not asked any more.
    """
    reasons = list(guards)
    best = int(probabilities.argmax())
    label = LABELS[best]
    complaint = float(probabilities[COMPLAINT])
    sure_from = max(limits.sure_from, OTHER_SURE) if label is Label.OTHER else limits.sure_from
    if ruled and complaint >= RULED_SURE:
        return (Decision.ASK if reasons else Decision.SURE), tuple(reasons)
    if label is not Label.COMPLAINT and complaint >= limits.complaint_below:
        reasons.append(f"It reads as {label.words}, but a complaint cannot be ruled out ({complaint:.0%}).")
    elif float(probabilities[best]) < sure_from and not (ruled and label is Label.COMPLAINT):
        second = int(np.argsort(-probabilities, kind="stable")[1])
        reasons.append(
            f"It reads as {label.words} only by {probabilities[best]:.0%}; "
            f"it could be {LABELS[second].words} ({probabilities[second]:.0%})."
        )
    return (Decision.ASK if reasons else Decision.SURE), tuple(reasons)


def guards(letters: Sequence[str], known: int, attachments: int, cut: bool) -> list[str]:
    """Why a text by itself is no ground for a sure reading, whatever the scores say.

    `letters` are its words that begin with a letter, of which so many are `known` from training.
    """
    if not letters:
        if attachments:
            return ["It has attachments but no words of its own; they must be looked at."]
        return [NO_WORDS]
    found = []
    if cut:
        found.append("It is so long that only its beginning was read.")
    if len(letters) < FEW_WORDS:
        found.append("It is too short to be sure.")
    strange = len(letters) >= ENGLISH_WORDS and known < ENGLISH_KNOWN * len(letters) and uncommon(letters)
    if strange or sum(token[0] > LATIN for token in letters) > len(letters) / 2:
        found.append("It does not look like English.")
    if len(letters) >= FEW_WORDS and known < KNOWN_SHARE * len(letters):
        found.append("More than half of its words were never seen in training.")
    return found


def uncommon(letters: Sequence[str]) -> bool:
    """Whether too few of the words are among the commonest of English."""
    return sum(map(COMMON.__contains__, letters)) < ENGLISH_SHARE * len(letters)


def coverage(
    probabilities: NDArray[np.float64], labels: NDArray[np.int64], channels: NDArray[np.str_]
) -> tuple[tuple[str, float, float], ...]:
    """Limits for each share in `SHARES`, for all messages and for every channel with enough complaints, held out."""
    found = []
    for name in ("", *sorted(set(channels.tolist()))):
        mine = np.ones(len(labels), dtype=bool) if not name else channels == name
        if name and int((mine & (labels == COMPLAINT)).sum()) < ENOUGH_COMPLAINTS:
            continue
        for share in SHARES:
            below, _ = choose(probabilities[mine], labels[mine], share, 0.0)
            found.append((name, share, math.floor(below * 10_000) / 10_000))
    return tuple(found)


def choose(
    probabilities: NDArray[np.float64], labels: NDArray[np.int64], missed: float, asked: float
) -> tuple[float, float]:
    """Limits for `complaint_below` and `sure_from` from held-out probabilities.

    The first is the highest that leaves at most a share `missed` of the complaints surely called something else;
    the second spends what is left of the share `asked` on the least sure of the rest.
    """
    complaints = labels == COMPLAINT
    wrong = np.sort(probabilities[complaints & (probabilities.argmax(axis=1) != COMPLAINT), COMPLAINT])
    allowed = int(missed * complaints.sum())
    below = float(wrong[allowed]) if len(wrong) > allowed else 0.5
    best = probabilities.max(axis=1)
    held = (probabilities.argmax(axis=1) != COMPLAINT) & (probabilities[:, COMPLAINT] >= below)
    left = max(0, int(asked * len(labels)) - int(held.sum()))
    rest = np.sort(best[~held])
    sure = float(rest[min(left, len(rest) - 1)]) if len(rest) else 0.5
    return below, min(max(sure, LEAST_SURE), MOST_SURE)
