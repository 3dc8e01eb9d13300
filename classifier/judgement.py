"""The label from what is known together: the first scores, what the sentences do, the channel, and products of these.

What one sentence says depends on the others: a single reproach between two requests is a complaint, the same words
after a score are survey feedback. Sums of weights cannot say so; products can.
"""

from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from putright.cases.labels import Channel
from putright.classifier.context import FLOOR, GROUPS, ROLES, Together
from putright.classifier.heads import LABELS
from putright.classifier.linear import Floats, clipped

Array = NDArray[np.float64]

CHANNELS = tuple(channel.value for channel in Channel)
CAME = {name: np.array([float(name == other) for other in CHANNELS]) for name in (*CHANNELS, "")}
"""By which channel a message came, as columns."""
EDGES = (0, *accumulate((len(LABELS), len(ROLES), 6, len(CHANNELS))))
"""Where the parts of the facts begin and end: first scores, surest roles, the guide's logic, the channel."""
FACTS = EDGES[-1]
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
    surest, likely = said.largest[..., 0, :], 1 - said.none_of
    unhappy, action, asked, survey = (likely[..., n] for n in range(len(GROUPS)))
    found = np.empty((*surest.shape[:-1], FACTS))
    scores, sure, logic, came = (found[..., start:end] for start, end in pairwise(EDGES))
    scores[:] = first - first.mean(axis=-1, keepdims=True)
    sure[:] = np.log(surest / (1 - surest + FLOOR) + FLOOR)
    logic[..., 0] = odds_of(asked if channel == Channel.SURVEY else unhappy)
    logic[..., 1] = np.log((1 - unhappy) * action + FLOOR)
    logic[..., 2] = np.log((1 - unhappy) * (1 - action) + FLOOR)
    logic[..., 3] = odds_of(action)
    logic[..., 4] = odds_of(unhappy)
    logic[..., 5] = odds_of(survey)
    came[:] = CAME[channel]
    return found


def odds_of(chances: Array) -> Array:
    found: Array = np.log((chances + FLOOR) / (1 - chances + FLOOR))
    return found


def expanded(first: Array, measured: Array) -> Array:
    """First scores, facts and their products, by rows."""
    products = measured.take(PAIRS[0], axis=-1)
    products *= measured.take(PAIRS[1], axis=-1)
    return np.concatenate([first, measured, clipped(products, MOST)], axis=-1)
