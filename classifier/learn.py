"""Learning: from a corpus as matrices to the weights of a model (the one file that talks to scikit-learn)."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from putright.classifier.context import ROLES, around
from putright.classifier.heads import FLAGS, LABELS
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
    import warnings

    from sklearn.exceptions import ConvergenceWarning

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
    sentence[:, roles : 2 * roles], around_weights[:, roles : 2 * roles] = weights_two[:width], weights_two[width:]
    constant = data.sentence_names[""]
    sentence[constant, : 2 * roles] += np.concatenate([intercept_one, intercept_two])
    spans_held_out = np.zeros((len(rows), 2))
    for n in range(2):
        target = data.spans[:, n].astype(np.int64)
        for fold in range(FOLDS):
            seen, unseen = rows & (data.folds != fold)[data.message], rows & (data.folds == fold)[data.message]
            if seen.any() and unseen.any():
                w, b = fit(both[seen], target[seen], SPAN_STRENGTH, 2)
                spans_held_out[unseen, n] = (both[unseen] @ w + b)[:, 0]
        w, b = fit(both[rows], target[rows], SPAN_STRENGTH, 2)
        sentence[:, 2 * roles + n], around_weights[:, 2 * roles + n] = w[:width, 0], w[width:, 0]
        sentence[constant, 2 * roles + n] += b[0]
    return messages(data, use, second, sentence, around_weights, spans_held_out)


def stacked(data: Data, matrix: csr_matrix, target: Integers, use: Mask) -> tuple[Array, tuple[Array, Array]]:
    """Role probabilities of every sentence by a model that had not seen its message, and the weights from all in use."""
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
    matrix = hstack([data.bags * np.float32(BAG_WEIGHT), csr_matrix((dense * scale).astype(np.float32))]).tocsr()
    width = len(data.bag_names)
    bag, message, intercepts = [], [], []
    held_out, flags_held_out = np.zeros((len(data.labels), len(LABELS))), np.zeros(data.flags.shape)
    heads = [(data.labels, LABEL_STRENGTH, len(LABELS)), (data.areas, AREA_STRENGTH, 12)]
    heads += [(data.flags[:, n].astype(np.int64), FLAG_STRENGTH, 2) for n in range(len(FLAGS))]
    for number, (target, strength, classes) in enumerate(heads):
        w, b = fit(matrix[use], target[use], strength, classes)
        bag.append(w[:width] * BAG_WEIGHT)
        message.append(w[width:] * scale[:, None])
        intercepts.append(b)
        if number == 1:
            continue
        for fold in range(FOLDS):
            seen, unseen = use & (data.folds != fold), use & (data.folds == fold)
            if not (seen.any() and unseen.any()):
                continue
            w, b = fit(matrix[seen], target[seen], strength, classes)
            scores = matrix[unseen] @ w + b
            if number == 0:
                held_out[unseen] = scores
            else:
                flags_held_out[unseen, number - 2] = scores[:, 0]
    message_weights = np.hstack(message)
    message_weights[-1] += np.concatenate(intercepts)
    return Weights(
        sentence, context, np.hstack(bag), message_weights, temperature(held_out[use], data.labels[use]), held_out,
        flags_held_out, spans_held_out,
    )  # fmt: skip


def temperature(scores: Array, labels: Integers) -> float:
    """The one number that held-out scores must be divided by to make the best probabilities."""
    choices = np.exp(np.linspace(np.log(0.4), np.log(3.0), 60))
    losses = [-np.log(softmax(scores / t)[np.arange(len(labels)), labels] + 1e-12).mean() for t in choices]
    return round(float(choices[int(np.argmin(losses))]), 4)
