"""Learning: from a corpus as matrices to the weights of a model (the one file that talks to scikit-learn)."""

import warnings
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack, vstack  # type: ignore[import-untyped]
from sklearn.exceptions import ConvergenceWarning  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from putright.classifier.context import ROLES, around
from putright.classifier.heads import AREAS, FLAGS, LABELS
from putright.classifier.linear import softmax
from putright.classifier.matrices import FOLDS, Array, Data, Integers, Mask
from putright.classifier.reader import wide

ROLE_STRENGTH = 0.1
ALONE_WEIGHT = 0.3
"""A sentence without its message counts this much beside itself in its place when roles are learned."""
SPAN_STRENGTH = 0.1
LABEL_STRENGTH = 0.3
LONE_WEIGHT = 0.1
"""A sentence by itself counts this much beside a whole message when the label is learned."""
AREA_STRENGTH = 0.3
FLAG_STRENGTH = 0.3
BAG_WEIGHT = 0.5
SUMMARY_WEIGHT = 0.5
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
    flags_held_out: Array | None
    spans_held_out: Array | None


def fit(
    matrix: csr_matrix, target: Integers, strength: float, classes: int, weight: Array | None = None
) -> tuple[Array, Array]:
    """Logistic regression: (features, classes) weights and the intercepts. Two classes make one column."""
    present = np.unique(target)
    columns = 1 if classes == 2 else classes
    if len(present) < 2:  # nothing to learn from a corpus where every answer is the same
        lone = np.full(columns, -8.0)
        lone[present[0] if columns > 1 else 0] = 8.0 if columns > 1 or present[0] else -8.0
        return np.zeros((matrix.shape[1], columns)), lone
    model = LogisticRegression(C=strength, tol=2e-3, max_iter=ROUNDS)
    fitted = quietly(model, matrix, target, weight)
    if columns == 1:
        return fitted.coef_.T, fitted.intercept_
    weights, intercepts = np.zeros((matrix.shape[1], columns)), np.full(columns, -8.0)
    if len(present) == 2:  # scikit-learn gives one column for two classes
        weights[:, present[1]], intercepts[present] = fitted.coef_[0], [0.0, fitted.intercept_[0]]
    else:
        weights[:, present], intercepts[present] = fitted.coef_.T, fitted.intercept_
    return weights, intercepts


def quietly(
    model: LogisticRegression, matrix: csr_matrix, target: Integers, weight: Array | None
) -> LogisticRegression:
    """Fit without the warning that it stopped after its rounds: stopping early is meant, and regularises."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(matrix, target, sample_weight=weight)


def learn(data: Data, use: Mask, limits_too: bool = True) -> Weights:
    """Learn from the messages in `use`. What feeds the next step comes from models that had not seen the message.

    Without `limits_too` the scores that limits of flags and spans are chosen on are left out (half the time).
    """
    roles = len(ROLES)
    first, first_alone, (weights_one, intercept_one) = stacked(data, data.sentences, data.alone, use)
    context = np.vstack([around(first[a:b]) for a, b in zip(data.ends, data.ends[1:], strict=False)])
    context_alone = np.vstack([around(row[None]) for row in first_alone])
    both = hstack([data.sentences, csr_matrix(context.astype(np.float32))]).tocsr()
    both_alone = hstack([data.alone, csr_matrix(context_alone.astype(np.float32))]).tocsr()
    second, second_alone, (weights_two, intercept_two) = stacked(data, both, both_alone, use)
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
        for fold in range(FOLDS if limits_too else 0):
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
    return messages(
        data, use, (second, second_alone), sentence, around_weights, spans_held_out if limits_too else None
    )


def stacked(
    data: Data, matrix: csr_matrix, alone: csr_matrix, use: Mask
) -> tuple[Array, Array, tuple[Array, Array]]:
    """Roles of each sentence, in its place and alone, by a model that had not seen its message; and all the weights.

    Sentences alone are learned from too, so that a role does not hang on where in a long message it stood.
    """
    found, found_alone = np.zeros((matrix.shape[0], len(ROLES))), np.zeros((matrix.shape[0], len(ROLES)))
    rows = data.rows(use)

    def learned(chosen: Mask) -> tuple[Array, Array]:
        twice = vstack([matrix[chosen], alone[chosen]]).tocsr()
        count = int(chosen.sum())
        weight = np.concatenate([np.ones(count), np.full(count, ALONE_WEIGHT)])
        return fit(twice, np.tile(data.roles[chosen], 2), ROLE_STRENGTH, len(ROLES), weight)

    for fold in range(FOLDS):
        seen, unseen = rows & (data.folds != fold)[data.message], rows & (data.folds == fold)[data.message]
        if seen.any() and unseen.any():
            w, b = learned(seen)
            found[unseen], found_alone[unseen] = (
                softmax(matrix[unseen] @ w + b),
                softmax(alone[unseen] @ w + b),
            )
    w, b = learned(rows)
    if (~rows).any():
        found[~rows], found_alone[~rows] = softmax(matrix[~rows] @ w + b), softmax(alone[~rows] @ w + b)
    return found, found_alone, (w, b)


def messages(
    data: Data,
    use: Mask,
    looks: tuple[Array, Array],
    sentence: Array,
    context: Array,
    spans_held_out: Array | None,
) -> Weights:
    """The heads over whole messages: label, area, flags. `looks` are the roles of sentences in place and alone."""
    roles, roles_alone = looks
    pairs = zip(data.ends, data.ends[1:], strict=False)
    dense = np.array(
        [wide(roles[a:b], "survey" if s else "") for (a, b), s in zip(pairs, data.survey, strict=True)]
    )
    spread = dense[use].std(axis=0)
    scale = np.where(spread > 1e-6, SUMMARY_WEIGHT / np.maximum(spread, 1e-6), 0.0)
    heads = [Head(data.labels, LABEL_STRENGTH, len(LABELS), *emphasis(data, use, "label"), with_lone=True)]
    heads.append(Head(data.areas, AREA_STRENGTH, len(AREAS), *emphasis(data, use, "area")))
    for n in range(len(FLAGS)):
        heads.append(Head(data.flags[:, n].astype(np.int64), FLAG_STRENGTH, 2, *emphasis(data, use, "flag")))
    width = len(data.bag_names)
    bag, message, intercepts, held_out = [], [], [], []
    for number, head in enumerate(heads):
        whole = csr_matrix((dense * scale * head.roles).astype(np.float32))
        matrix = hstack([data.bags @ diags(head.words.astype(np.float32)), whole]).tocsr()
        scores = np.zeros((len(use), head.columns))
        for fold in range(FOLDS if number == 0 or spans_held_out is not None else 0):
            seen, unseen = use & (data.folds != fold), use & (data.folds == fold)
            if seen.any() and unseen.any():
                w, b = head.fit(matrix, seen, data, roles_alone, scale)
                scores[unseen] = matrix[unseen] @ w + b
        w, b = head.fit(matrix, use, data, roles_alone, scale)
        bag.append(w[:width] * head.words[:, None])
        message.append(w[width:] * (scale * head.roles)[:, None])
        intercepts.append(b)
        held_out.append(scores)
    message_weights = np.hstack(message)
    message_weights[-1] += np.concatenate(intercepts)
    return Weights(
        sentence, context, np.hstack(bag), message_weights, temperature(held_out[0][use], data.labels[use]),
        held_out[0], None if spans_held_out is None else np.hstack(held_out[2:]), spans_held_out,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """One question about a message: the answers, and how much its words and its sentences' roles may count."""

    target: Integers
    strength: float
    classes: int
    words: Array
    roles: float
    with_lone: bool = False

    @property
    def columns(self) -> int:
        return 1 if self.classes == 2 else self.classes

    def fit(
        self, matrix: csr_matrix, use: Mask, data: Data, roles: Array, scale: Array
    ) -> tuple[Array, Array]:
        """Learn from the messages in use; the label also from their sentences alone, at a low weight."""
        if not self.with_lone:
            return fit(matrix[use], self.target[use], self.strength, self.classes)
        owner = data.message[data.lone.sentences]
        chosen = np.flatnonzero(use[owner])
        dense = np.array([wide(roles[n : n + 1], "") for n in data.lone.sentences[chosen]])
        half = (dense.shape[1] - 1) // 2
        dense[:, half : 2 * half] = dense[:, :half] * data.survey[owner[chosen]][:, None]
        whole = csr_matrix((dense * scale * self.roles).astype(np.float32))
        lone = hstack([data.lone.bags[chosen] @ diags(self.words.astype(np.float32)), whole])
        together = vstack([matrix[use], lone]).tocsr()
        target = np.concatenate([self.target[use], data.lone.labels[chosen]])
        weight = np.concatenate([np.ones(int(use.sum())), np.full(len(chosen), LONE_WEIGHT)])
        return fit(together, target, self.strength, self.classes, weight)


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
