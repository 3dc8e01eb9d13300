"""Training: the whole corpus in, a model with its limits and what was measured on the way out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from putright.cases.reading import Reading
from putright.classifier import decision, knowledge
from putright.classifier.corpus import Record
from putright.classifier.decision import Limits
from putright.classifier.heads import FLAGS
from putright.classifier.knowledge import Knowledge
from putright.classifier.learn import Weights, learn
from putright.classifier.linear import Linear, sigmoid, softmax
from putright.classifier.matrices import Array, Data, Integers, Mask, prepare
from putright.classifier.model import Model
from putright.classifier.reader import Reader

VERSION = "1"
MISSED = 0.02
"""Share of complaints that may surely be called something else, on messages unseen in training."""
ASKED = 0.17
FLAG_LIMIT = 0.2
SPAN_LIMIT = 0.3
"""Limits of the models that are only made to measure with."""
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
    files = len({r.file for r in records})
    return 2 + (2 * files if files > 1 else 0)


def train_on(records: Sequence[Record], folder: Path, progress: Progress = lambda _: None) -> Trained:
    known = knowledge.load(folder)
    progress("taking the messages apart")
    data = prepare(records, known)
    everyone: Mask = np.ones(len(records), dtype=bool)
    progress("learning from all files")
    weights = learn(data, everyone)
    grouped = softmax(weights.held_out / weights.temperature)
    files = sorted({r.file for r in records})
    unseen: dict[str, Reading] = {}
    judged, judged_labels = grouped, data.labels
    if len(files) > 1:
        unseen, judged = leave_one_file_out(data, Assembly(data, known), files, progress)
    model = Assembly(data, known).model(weights, limits(judged, judged_labels, weights.temperature))
    return Trained(model, unseen, grouped)


def read_unseen(records: Sequence[Record], folder: Path, only: str = "") -> dict[str, Reading]:
    """Readings of every file, or of one, by models that had not seen it."""
    known = knowledge.load(folder)
    data = prepare(records, known)
    files = sorted({r.file for r in records})
    return leave_one_file_out(data, Assembly(data, known), files, lambda _: None, only)[0]


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
            limits=limits,
            flag_limits=self.flag_limits(weights, chosen),
            span_limits=self.span_limits(weights, chosen),
            trained_on=frozenset(r.fingerprint for r, c in zip(data.records, chosen, strict=True) if c),
            knowledge=self.known,
        )

    def flag_limits(self, weights: Weights, use: Mask) -> tuple[float, ...]:
        scores = weights.flags_held_out
        if scores is None:
            return (FLAG_LIMIT,) * len(FLAGS)
        return tuple(best_limit(sigmoid(scores[use, n]), self.data.flags[use, n]) for n in range(len(FLAGS)))

    def span_limits(self, weights: Weights, use: Mask) -> tuple[float, float]:
        scores, rows = weights.spans_held_out, self.data.rows(use)
        if scores is None:
            return SPAN_LIMIT, SPAN_LIMIT
        issues, outcomes = (best_limit(sigmoid(scores[rows, n]), self.data.spans[rows, n]) for n in range(2))
        return issues, outcomes


def leave_one_file_out(
    data: Data, assembly: Assembly, files: Sequence[str], progress: Progress, only: str = ""
) -> tuple[dict[str, Reading], Array]:
    """Readings of each file by a model of the others, with limits chosen without it; and the label probabilities.

    With `only` one file is read, and its limits come from grouped cross-validation over the others.
    """
    owner = np.array([files.index(r.file) for r in data.records])
    readers: dict[str, Reader] = {}
    probabilities = np.zeros((len(data.records), 4))
    for number, file in enumerate(files):
        if only and file != only:
            continue
        progress(f"learning without {file}")
        use: Mask = owner != number
        weights = learn(data, use, limits_too=False)
        reader = Reader(assembly.model(weights, Limits(weights.temperature), use))
        readers[file] = reader
        if only:
            probabilities[use] = softmax(weights.held_out[use] / weights.temperature)
        for n in np.flatnonzero(owner == number).tolist():
            record = data.records[n]
            probabilities[n] = reader.scores(record.subject, record.body, record.channel).labels
    found: dict[str, Reading] = {}
    for file, reader in readers.items():
        progress(f"reading {file} unseen")
        number = files.index(file)
        others = owner != number
        chosen = limits(probabilities[others], data.labels[others], reader.model.limits.temperature)
        judge = Reader(replace(reader.model, limits=chosen))
        for n in np.flatnonzero(owner == number).tolist():
            record = data.records[n]
            found[record.id] = judge.read_text(record.subject, record.body, record.channel)
    return found, probabilities


def limits(probabilities: Array, labels: Integers, temperature: float) -> Limits:
    below, sure = decision.choose(probabilities, labels, MISSED, ASKED)
    return Limits(temperature, round(below, 4), round(sure, 4))


def pruned(names: dict[str, int], weights: Array) -> Linear:
    """The features that weigh anything at all."""
    size = np.abs(weights).max(axis=1) if len(weights) else np.zeros(0)
    keep = [(name, n) for name, n in names.items() if size[n] > 1e-3]
    return Linear(
        {name: at for at, (name, _) in enumerate(keep)}, weights[[n for _, n in keep]].astype(np.float32)
    )


def best_limit(chances: Array, truth: Mask) -> float:
    """The limit with the best F1 on held-out chances, kept away from the extremes that rare flags lead to."""
    best, found = 0.0, 0.5
    for limit in np.arange(0.15, 0.66, 0.05):
        said = chances >= limit
        right = float((said & truth).sum())
        score = 2 * right / (said.sum() + truth.sum()) if right else 0.0
        if score > best:
            best, found = score, float(limit)
    return round(found, 2)
