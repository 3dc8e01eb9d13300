"""What each sentence does, and whether it is a point or an outcome, looked at again with the label in view.

A sentence is read otherwise in a complaint than in an enquiry, and which sentences are the points shows only beside the
others: a message has few, and the surest come first.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from putright.classifier.context import CONTEXT_WIDTH, FLOOR, ROLES, around
from putright.classifier.heads import LABELS
from putright.classifier.judgement import CAME, CHANNELS
from putright.classifier.linear import Floats, clipped, sigmoid, softmax

Array = NDArray[np.float64]

SPANS = 2
"""Columns for points and outcomes."""
RANKS = 7 * SPANS
OF_ROLE = len(LABELS) + len(CHANNELS)
FACTS = len(ROLES) + OF_ROLE + SPANS + RANKS + 1 + CONTEXT_WIDTH
WIDTH = FACTS + len(ROLES) * OF_ROLE
ANSWERS = len(ROLES) + SPANS
MOST_SPREAD, MOST_PRODUCT = 4.0, 6.0
"""Facts and products beyond these are cut: one odd message must not outweigh the rest."""
SCALE = 0.3
STRENGTH, ROUNDS = 0.05, 30


@dataclass(frozen=True, slots=True)
class ThirdLook:
    """Weights over a sentence's facts and the products of its roles with label and channel."""

    middle: Floats
    spread: Floats
    weights: Floats
    intercept: Floats

    def look(self, rows: Array) -> tuple[Array, Array]:
        """Roles, and how likely a point and an outcome, of each sentence by its facts."""
        scores = expanded(rows, self.middle, self.spread) @ self.weights + self.intercept
        return softmax(scores[:, : len(ROLES)]), sigmoid(scores[:, len(ROLES) :])


def facts(roles: Array, spans: Array, labels: Array, channel: str, lengths: NDArray[np.int64]) -> Array:
    """What is known of each sentence of one message: its roles, points and outcomes at the second look, and the label.

    `spans` are chances of a point and an outcome, `labels` those of the message, `lengths` in characters.
    """
    count = len(roles)
    odds = np.log(roles + FLOOR)
    told = np.concatenate([labels, CAME[channel]])
    return np.hstack(
        [
            odds - odds.mean(axis=1, keepdims=True),
            np.zeros((count, OF_ROLE)) + told,
            np.log((spans + 1e-2) / (1.01 - spans)),
            ranks(spans),
            np.log(np.maximum(lengths, 1))[:, None],
            around(roles),
        ]
    )


def ranks(spans: Array) -> Array:
    """How each sentence stands among the others of its message as a point and as an outcome, seven columns each."""
    count = len(spans)
    if not count:
        return np.zeros((0, RANKS))
    order = np.argsort(np.argsort(-spans, axis=0, kind="stable"), axis=0, kind="stable")
    found = np.zeros((count, 7, SPANS))
    found[:, 0] = np.minimum(order, 6) / 3
    found[:, 1] = spans.max(axis=0) - spans
    found[:, 2] = spans.sum(axis=0)
    found[1:, 3] = spans[:-1]
    found[:-1, 4] = spans[1:]
    found[:, 5] = np.cumsum(spans, axis=0) - spans
    found[:, 6] = order == 0
    return found.reshape(count, RANKS)


def expanded(rows: Array, middle: Floats, spread: Floats) -> Array:
    """Facts measured from their middle, and the products of the roles with label and channel, by rows."""
    measured = clipped((rows - middle) / spread, MOST_SPREAD)
    roles, told = measured[:, : len(ROLES)], measured[:, len(ROLES) : len(ROLES) + OF_ROLE]
    products = (roles[:, :, None] * told[:, None, :]).reshape(len(rows), len(ROLES) * OF_ROLE)
    return np.hstack([measured, clipped(products, MOST_PRODUCT)])
