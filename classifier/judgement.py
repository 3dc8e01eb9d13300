"""The label from what is known together: the first scores, what the sentences do, the channel, and products of these.

What one sentence says depends on the others: a single reproach between two requests is a complaint, the same words
after a score are survey feedback. Sums of weights cannot say so; products can.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from putright.cases.labels import Channel, Role
from putright.classifier.context import FLOOR, ROLES
from putright.classifier.fitting import fit_dense
from putright.classifier.heads import LABELS
from putright.classifier.linear import Floats

Array = NDArray[np.float64]

CHANNELS = tuple(channel.value for channel in Channel)
TOGETHER = ((Role.DISSATISFACTION, Role.COMPLAIN), (Role.REQUEST, Role.FAULT, Role.OTHERS_CONDUCT))
"""What makes a complaint and what calls for action, by the labelling guide."""
FACTS = len(LABELS) + len(ROLES) + 6 + len(CHANNELS)
NUMBER = {role: number for number, role in enumerate(ROLES)}
PAIRS = np.triu_indices(FACTS)
WIDTH = len(LABELS) + FACTS + len(PAIRS[0])
MOST = 6.0
"""A product beyond this is cut: one odd message must not outweigh the rest."""
FIRST_SCALE, SCALE = 1.2, 0.3
"""How freely the first scores, and the facts and their products, may be weighed."""
STRENGTH, ROUNDS = 0.05, 40


@dataclass(frozen=True, slots=True)
class Judge:
    """Weights over the first scores, the facts and their products; facts are measured from `middle` in `spread`s."""

    middle: Floats
    spread: Floats
    weights: Floats
    intercept: Floats

    def score(self, first: Array, facts: Array) -> Array:
        """Label scores, by rows of first scores and of facts."""
        found: Array = expanded(first, (facts - self.middle) / self.spread) @ self.weights + self.intercept
        return found


def facts(first: Array, roles: Array, channel: str) -> Array:
    """What is known of a message in a row; a batch (messages, sentences, roles) gives one row each.

    The first scores, the surest sentence of each role, by the guide's logic how likely there is a complaint, a request
    or neither, and the channel.
    """
    if not roles.shape[-2]:
        roles = np.zeros((*roles.shape[:-2], 1, len(ROLES)))
    surest = roles.max(axis=-2)
    unhappy, action = (any_of(roles, *together) for together in TOGETHER)
    asked = any_of(roles, Role.COMPLAIN)
    complaint = asked if channel == Channel.SURVEY else unhappy
    told = [
        log_odds(complaint),
        np.log((1 - unhappy) * action + FLOOR),
        np.log((1 - unhappy) * (1 - action) + FLOOR),
        log_odds(action),
        log_odds(unhappy),
        log_odds(any_of(roles, Role.SURVEY)),
    ]
    came = np.broadcast_to([float(channel == name) for name in CHANNELS], (*surest.shape[:-1], len(CHANNELS)))
    return np.concatenate(
        [
            first - first.mean(axis=-1, keepdims=True),
            np.log(surest / (1 - surest + FLOOR) + FLOOR),
            np.stack(told, axis=-1),
            came,
        ],
        axis=-1,
    )


def any_of(roles: Array, *which: Role) -> Array:
    """How likely some sentence has one of the roles, as if each were for itself."""
    each = sum(roles[..., NUMBER[role]] for role in which)
    found: Array = 1 - (1 - np.minimum(each, 0.99)).prod(axis=-1)
    return found


def log_odds(chance: Array) -> Array:
    found: Array = np.log((chance + FLOOR) / (1 - chance + FLOOR))
    return found


def expanded(first: Array, measured: Array) -> Array:
    """First scores, facts and their products, by rows."""
    products = measured.take(PAIRS[0], axis=-1)
    products *= measured.take(PAIRS[1], axis=-1)
    np.clip(products, -MOST, MOST, out=products)
    return np.concatenate([first, measured, products], axis=-1)


def learn(first: Array, rows: Array, answers: Sequence[int] | NDArray[np.int64]) -> Judge:
    """A judge from first scores by models that had not seen the message, facts, and the labels (numbers)."""
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    scale = np.full(WIDTH, SCALE)
    scale[: len(LABELS)] = FIRST_SCALE
    dense = (expanded(first, (rows - middle) / spread) * scale).astype(np.float32)
    target = np.eye(len(LABELS), dtype=np.float32)[np.asarray(answers)]
    weights, intercept = fit_dense(dense, target, STRENGTH, ROUNDS)
    return Judge(
        middle.astype(np.float32),
        spread.astype(np.float32),
        (weights * scale[:, None]).astype(np.float32),
        intercept,
    )
