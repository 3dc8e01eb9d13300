"""Training: the whole corpus in, a model with its limits and what was measured on the way out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from putright.cases.reading import Reading
from putright.classifier import decision, knowledge
from putright.classifier.corpus import Record
from putright.classifier.decision import Limits
from putright.classifier.heads import FLAGS, LABELS
from putright.classifier.knowledge import Knowledge
from putright.classifier.learn import Weights, learn
from putright.classifier.linear import Linear, sigmoid, softmax
from putright.classifier.matrices import Array, Data, Integers, Mask, deal, prepare
from putright.classifier.model import Model
from putright.classifier.reader import Reader
from putright.classifier.side_by_side import side_by_side

VERSION = "1"
LEAST_SINGLE = 200
"""With fewer messages outside families than these the limits are chosen on all."""
ASKED = 0.17
FLAG_LIMIT = 0.2
SPAN_LIMIT = 0.3
"""Limits of the models that are only made to measure with."""
PARTS = 5
"""Whole files are dealt to so many parts; each part is read by a model of the others."""
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Trained:
    """A model, and the readings of every record by models that had not seen its file (empty for a single file)."""

    model: Model
    unseen: dict[str, Reading]
    grouped: Array
    """Label probabilities by grouped cross-validation, in the records' order."""


def steps(records: Sequence[Record]) -> int:
    """How often `progress` is called in training."""
    parts = len(set(deal(records, PARTS).values()))
    return 2 + (parts if parts > 1 else 0)


def train_on(records: Sequence[Record], folder: Path, progress: Progress = lambda _: None) -> Trained:
    progress("taking the messages apart")
    data = prepare(records, knowledge.load(folder))
    dealt = deal(records, PARTS)
    part = np.array([dealt[r.file] for r in records])
    parts = sorted(set(dealt.values()))
    jobs: list[Mask] = [np.ones(len(records), dtype=bool)]
    if len(parts) > 1:
        jobs += [part != number for number in parts]
    done = side_by_side(work, jobs, (data, folder), lambda: progress("learning"))
    weights = done[0].weights
    assert weights is not None
    grouped = softmax(weights.held_out / weights.temperature)
    unseen = {name: reading for one in done[1:] for name, reading in one.readings.items()}
    judged = grouped
    if unseen:
        judged = np.array([[unseen[r.id].probabilities[label] for label in LABELS] for r in records])
    chosen = limits(judged, data, np.ones(len(records), dtype=bool), weights.temperature)
    return Trained(Assembly(data, knowledge.load(folder)).model(weights, chosen), unseen, grouped)


def read_unseen(
    records: Sequence[Record], folder: Path, only: str = "", progress: Progress = lambda _: None
) -> dict[str, Reading]:
    """Readings of every file, or of one, by models that had not seen it."""
    data = prepare(records, knowledge.load(folder))
    owner = np.array([r.file for r in records])
    files = [only] if only else sorted(set(owner.tolist()))
    done = side_by_side(work, [owner != f for f in files], (data, folder), lambda: progress("learning"))
    return {name: reading for one in done for name, reading in one.readings.items()}


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one job: the weights of a model of everything, or the readings of what was left out."""

    weights: Weights | None
    readings: dict[str, Reading]


def work(use: Mask, data: Data, folder: Path) -> Done:
    """Learn from the messages in `use`; read the others, with limits for asking that were chosen without them."""
    if use.all():
        return Done(learn(data, use), {})
    weights = learn(data, use, limits_too=False)
    seen = softmax(weights.held_out / weights.temperature)
    chosen = limits(seen, data, use, weights.temperature)
    reader = Reader(Assembly(data, knowledge.load(folder)).model(weights, chosen, use))
    left_out = [r for r, learned_from in zip(data.records, use, strict=True) if not learned_from]
    return Done(None, {r.id: reader.read_text(r.subject, r.body, r.channel) for r in left_out})


@dataclass(frozen=True, slots=True)
class Assembly:
    """What every model of one run shares."""

    data: Data
    known: Knowledge

    def model(self, weights: Weights, limits: Limits, use: Mask | None = None) -> Model:
        data = self.data
        chosen = np.ones(len(data.records), dtype=bool) if use is None else use
        return Model(
            version=VERSION,
            sentence=pruned(data.sentence_names, weights.sentence),
            context=weights.context.astype(np.float32),
            bag=pruned(data.bag_names, weights.bag),
            message=weights.message.astype(np.float32),
            judge=weights.judge,
            third=weights.third,
            limits=limits,
            flag_limits=self.flag_limits(weights, chosen),
            span_limits=self.span_limits(weights, chosen),
            trained_on=frozenset().union(
                *(r.fingerprints for r, c in zip(data.records, chosen, strict=True) if c)
            ),
            knowledge=self.known,
        )

    def flag_limits(self, weights: Weights, use: Mask) -> tuple[float, ...]:
        scores = weights.flags_held_out
        if scores is None:
            return (FLAG_LIMIT,) * len(FLAGS)
        if (use & self.data.marked).any():
            use = use & self.data.marked
        return tuple(
            best_limit(sigmoid(scores[use, n]), self.data.flags[use, n].astype(float))
            for n in range(len(FLAGS))
        )

    def span_limits(self, weights: Weights, use: Mask) -> tuple[float, float]:
        scores, rows = weights.spans_held_out, self.data.own(use & self.data.marked)
        if scores is None:
            return SPAN_LIMIT, SPAN_LIMIT
        lengths, shares = self.data.lengths[rows], self.data.spans[rows]
        issues, outcomes = (best_limit(scores[rows, n], shares[:, n], lengths) for n in range(2))
        return issues, outcomes


def limits(probabilities: Array, data: Data, use: Mask, temperature: float) -> Limits:
    """Limits chosen on messages as they come: families, written to be mistaken for each other, are left out."""
    as_they_come = use & data.single if (use & data.single).sum() >= LEAST_SINGLE else use
    chances, labels = probabilities[as_they_come], data.labels[as_they_come]
    below, sure = decision.choose(chances, labels, decision.MISSED, ASKED)
    channels = np.array([r.channel for r, c in zip(data.records, as_they_come, strict=True) if c])
    coverage = decision.coverage(chances, labels, channels)
    return Limits(temperature, round(below, 4), round(sure, 4), coverage)


def pruned(names: dict[str, int], weights: Array) -> Linear:
    """The features that weigh anything at all."""
    size = np.abs(weights).max(axis=1) if len(weights) else np.zeros(0)
    keep = [(name, n) for name, n in names.items() if size[n] > 1e-3]
    return Linear(
        {name: at for at, (name, _) in enumerate(keep)}, weights[[n for _, n in keep]].astype(np.float32)
    )


def best_limit(chances: Array, truth: Array, lengths: Integers | None = None) -> float:
    """The limit with the best F1 on held-out chances, kept away from the extremes that rare flags lead to.

    With `lengths` each row counts as so many characters, of which a share `truth` was meant.
    """
    size = np.ones(len(truth)) if lengths is None else lengths
    best, found = 0.0, 0.5
    for limit in np.arange(0.15, 0.66, 0.05):
        said = chances >= limit
        right = float((size * truth)[said].sum())
        score = 2 * right / (size[said].sum() + (size * truth).sum()) if right else 0.0
        if score > best:
            best, found = score, float(limit)
    return round(found, 2)
