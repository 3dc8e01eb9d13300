"""Learning: from a corpus as matrices to the weights of a model (the one file that talks to scikit-learn)."""

import warnings
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack  # type: ignore[import-untyped]
from sklearn.exceptions import ConvergenceWarning  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from putright.classifier.context import ROLES, around
from putright.classifier.heads import AREAS, FLAGS, LABELS
from putright.classifier.linear import softmax
from putright.classifier.matrices import FOLDS, Array, Data, Integers, Mask
from putright.classifier.reader import wide

ROLE_STRENGTH = 0.1
SPAN_STRENGTH = 0.1
LABEL_STRENGTH = 0.1
AREA_STRENGTH = 0.3
FLAG_STRENGTH = 0.3
BAG_WEIGHT = 0.5
SUMMARY_WEIGHT = 0.3
ROUNDS = 25


@dataclass(slots=True)
class Weights:
    """What is learned, in the model's order of columns."""

    sentence: Array
    context: Array
    bag: Array
    message: Array
    temperature: float
    held_out: Array
    """Label scores of the training messages by models that had not seen them (zeros for the others)."""
    flags_held_out: Array
    spans_held_out: Array


def fit(matrix: csr_matrix, target: Integers, strength: float, classes: int) -> tuple[Array, Array]:
    """Logistic regression: (features, classes) weights and the intercepts. Two classes make one column."""
    present = np.unique(target)
    columns = 1 if classes == 2 else classes
    if len(present) < 2:  # nothing to learn from a corpus where every answer is the same
        lone = np.full(columns, -8.0)
        lone[present[0] if columns > 1 else 0] = 8.0 if columns > 1 or present[0] else -8.0
        return np.zeros((matrix.shape[1], columns)), lone
    model = LogisticRegression(C=strength, tol=2e-3, max_iter=ROUNDS)
    fitted = quietly(model, matrix, target)
    if columns == 1:
        return fitted.coef_.T, fitted.intercept_
    weights, intercepts = np.zeros((matrix.shape[1], columns)), np.full(columns, -8.0)
    if len(present) == 2:  # scikit-learn gives one column for two classes
        weights[:, present[1]], intercepts[present] = fitted.coef_[0], [0.0, fitted.intercept_[0]]
    else:
        weights[:, present], intercepts[present] = fitted.coef_.T, fitted.intercept_
    return weights, intercepts


def quietly(model: LogisticRegression, matrix: csr_matrix, target: Integers) -> LogisticRegression:
    """Fit without the warning that it stopped after its rounds: stopping early is meant, and regularises."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(matrix, target)


def learn(data: Data, use: Mask) -> Weights:
    """Learn from the messages in `use`. What feeds the next step comes from models that had not seen the message."""
    roles = len(ROLES)
    first, (weights_one, intercept_one) = stacked(data, data.sentences, data.roles, use)
    context = np.vstack([around(first[a:b]) for a, b in zip(data.ends, data.ends[1:], strict=False)])
    both = hstack([data.sentences, csr_matrix(context.astype(np.float32))]).tocsr()
    second, (weights_two, intercept_two) = stacked(data, both, data.roles, use)
    width = len(data.sentence_names)
    rows = data.rows(use)
    sentence = np.zeros((width, 2 * roles + 2))
    around_weights = np.zeros((context.shape[1], 2 * roles + 2))
    sentence[:, :roles] = weights_one
    sentence[:, roles : 2 * roles], around_weights[:, roles : 2 * roles] = (
        weights_two[:width],
        weights_two[width:],
    )
    constant = data.sentence_names[""]
    sentence[constant, : 2 * roles] += np.concatenate([intercept_one, intercept_two])
    spans_held_out = np.zeros((len(rows), 2))
    for n in range(2):
        target = data.spans[:, n].astype(np.int64)
        for fold in range(FOLDS):
            seen, unseen = (
                rows & (data.folds != fold)[data.message],
                rows & (data.folds == fold)[data.message],
            )
            if seen.any() and unseen.any():
                w, b = fit(both[seen], target[seen], SPAN_STRENGTH, 2)
                spans_held_out[unseen, n] = (both[unseen] @ w + b)[:, 0]
        w, b = fit(both[rows], target[rows], SPAN_STRENGTH, 2)
        sentence[:, 2 * roles + n], around_weights[:, 2 * roles + n] = w[:width, 0], w[width:, 0]
        sentence[constant, 2 * roles + n] += b[0]
    return messages(data, use, second, sentence, around_weights, spans_held_out)


def stacked(data: Data, matrix: csr_matrix, target: Integers, use: Mask) -> tuple[Array, tuple[Array, Array]]:
    """Role probabilities of each sentence by a model that had not seen its message; and the weights from all."""
    classes = len(ROLES)
    found = np.zeros((matrix.shape[0], classes))
    rows = data.rows(use)
    for fold in range(FOLDS):
        seen, unseen = rows & (data.folds != fold)[data.message], rows & (data.folds == fold)[data.message]
        if seen.any() and unseen.any():
            w, b = fit(matrix[seen], target[seen], ROLE_STRENGTH, classes)
            found[unseen] = softmax(matrix[unseen] @ w + b)
    w, b = fit(matrix[rows], target[rows], ROLE_STRENGTH, classes)
    if (~rows).any():
        found[~rows] = softmax(matrix[~rows] @ w + b)
    return found, (w, b)


def messages(
    data: Data, use: Mask, roles: Array, sentence: Array, context: Array, spans_held_out: Array
) -> Weights:
    """The heads over whole messages: label, area, flags."""
    pairs = zip(data.ends, data.ends[1:], strict=False)
    dense = np.array(
        [wide(roles[a:b], "survey" if s else "") for (a, b), s in zip(pairs, data.survey, strict=True)]
    )
    spread = dense[use].std(axis=0)
    scale = np.where(spread > 1e-6, SUMMARY_WEIGHT / np.maximum(spread, 1e-6), 0.0)
    heads = [Head(data.labels, LABEL_STRENGTH, len(LABELS), *emphasis(data, use, "label"))]
    heads.append(Head(data.areas, AREA_STRENGTH, len(AREAS), *emphasis(data, use, "area")))
    for n in range(len(FLAGS)):
        heads.append(Head(data.flags[:, n].astype(np.int64), FLAG_STRENGTH, 2, *emphasis(data, use, "flag")))
    width = len(data.bag_names)
    bag, message, intercepts, held_out = [], [], [], []
    for head in heads:
        whole = csr_matrix((dense * scale * head.roles).astype(np.float32))
        matrix = hstack([data.bags @ diags(head.words.astype(np.float32)), whole]).tocsr()
        scores = np.zeros((len(use), head.columns))
        for fold in range(FOLDS):
            seen, unseen = use & (data.folds != fold), use & (data.folds == fold)
            if seen.any() and unseen.any():
                w, b = fit(matrix[seen], head.target[seen], head.strength, head.classes)
                scores[unseen] = matrix[unseen] @ w + b
        w, b = fit(matrix[use], head.target[use], head.strength, head.classes)
        bag.append(w[:width] * head.words[:, None])
        message.append(w[width:] * (scale * head.roles)[:, None])
        intercepts.append(b)
        held_out.append(scores)
    message_weights = np.hstack(message)
    message_weights[-1] += np.concatenate(intercepts)
    return Weights(
        sentence, context, np.hstack(bag), message_weights, temperature(held_out[0][use], data.labels[use]),
        held_out[0], np.hstack(held_out[2:]), spans_held_out,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """One question about a message: the answers, and how much its words and its sentences' roles may count."""

    target: Integers
    strength: float
    classes: int
    words: Array
    roles: float

    @property
    def columns(self) -> int:
        return 1 if self.classes == 2 else self.classes


def emphasis(data: Data, use: Mask, head: str) -> tuple[Array, float]:
    """How strongly each feature of a message enters a head: a small weight is held down by the regularisation.

    The label looks at words and classes alike; what a message is about shows in topics and rare words.
    """
    counts = np.asarray((data.bags[use] > 0).sum(axis=0)).ravel()
    rare = np.log(use.sum() / np.maximum(counts, 1))
    topic = np.array(["topic=" in name for name in data.bag_names])
    written = np.array(["@" in name or "rule=" in name for name in data.bag_names])
    if head == "label":
        return np.where(topic, 0.0, BAG_WEIGHT), 1.0
    if head == "area":
        return np.where(topic, 2.0, np.where(written, 0.0, 0.3 * rare)), 0.0
    return np.where(topic, 1.0, np.where(written, 0.3, 0.3 * rare)), 1.0


def temperature(scores: Array, labels: Integers) -> float:
    """The one number that held-out scores must be divided by to make the best probabilities."""
    choices = np.exp(np.linspace(np.log(0.4), np.log(3.0), 60))
    losses = [-np.log(softmax(scores / t)[np.arange(len(labels)), labels] + 1e-12).mean() for t in choices]
    return round(float(choices[int(np.argmin(losses))]), 4)
