"""The label from what is known together: the first scores, what the sentences do, the channel, and products of these.

What one sentence says depends on the others: a single reproach between two requests is a complaint, the same words
after a score are survey feedback. Sums of weights cannot say so; products can.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from putright.cases.labels import Channel
from putright.classifier.context import FLOOR, ROLES, Together
from putright.classifier.heads import LABELS
from putright.classifier.linear import Floats

Array = NDArray[np.float64]

CHANNELS = tuple(channel.value for channel in Channel)
CAME = {name: np.array([float(name == other) for other in CHANNELS]) for name in (*CHANNELS, "")}
"""By which channel a message came, as columns."""
FACTS = len(LABELS) + len(ROLES) + 6 + len(CHANNELS)
PAIRS = np.triu_indices(FACTS)
WIDTH = len(LABELS) + FACTS + len(PAIRS[0])
MOST = 6.0
"""A product beyond this is cut: one odd message must not outweigh the rest."""


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


def facts(first: Array, said: Together, channel: str) -> Array:
    """What is known of a message in a row; of several in rows, as `said` is.

    The first scores, the surest sentence of each role, by the guide's logic how likely there is a complaint, a request
    or neither, and the channel.
    """
    surest = said.largest[..., 0, :]
    unhappy, action, asked, survey = np.moveaxis(1 - said.none_of, -1, 0)
    complaint = asked if channel == Channel.SURVEY else unhappy
    odds = np.stack([complaint, action, unhappy, survey], axis=-1)
    odds = np.log((odds + FLOOR) / (1 - odds + FLOOR))
    action_alone = np.stack([(1 - unhappy) * action, (1 - unhappy) * (1 - action)], axis=-1)
    came = np.zeros((*surest.shape[:-1], len(CHANNELS))) + CAME[channel]
    return np.concatenate(
        [
            first - first.mean(axis=-1, keepdims=True),
            np.log(surest / (1 - surest + FLOOR) + FLOOR),
            odds[..., :1],
            np.log(action_alone + FLOOR),
            odds[..., 1:],
            came,
        ],
        axis=-1,
    )


def expanded(first: Array, measured: Array) -> Array:
    """First scores, facts and their products, by rows."""
    products = measured.take(PAIRS[0], axis=-1)
    products *= measured.take(PAIRS[1], axis=-1)
    np.clip(products, -MOST, MOST, out=products)
    return np.concatenate([first, measured, products], axis=-1)
