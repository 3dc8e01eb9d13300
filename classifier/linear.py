"""A linear model over features, scored with one array: what scikit-learn fits, without it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Features = dict[Any, float]
"""Values by the names of features, or by the rows of their weights (`naming.py`)."""


@dataclass(frozen=True, slots=True)
class Linear:
    """`weights[names[feature]]` is what a feature adds to each class's score; unknown features add nothing."""

    names: dict[str, int]
    weights: Floats


def score(weights: Floats, rows: Sequence[Collection[Features]]) -> NDArray[np.float64]:
    """One row of class scores for each row of features.

    They are given by the rows of their weights, in pieces that are put together here.
    """
    scores = np.zeros((len(rows), weights.shape[1]))
    pieces = list(chain.from_iterable(rows))
    ends = list(accumulate([sum(map(len, row)) for row in rows], initial=0))
    filled = [number for number in range(len(rows)) if ends[number] < ends[number + 1]]
    if not filled:
        return scores
    index = np.fromiter(chain.from_iterable(pieces), np.intp, ends[-1])
    counted = np.fromiter(chain.from_iterable([piece.values() for piece in pieces]), weights.dtype, ends[-1])
    added = weights.take(index, axis=0)
    added *= counted[:, None]
    scores[filled] = np.add.reduceat(added, [ends[number] for number in filled], axis=0)
    return scores


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: NDArray[np.float64] = powers / powers.sum(axis=-1, keepdims=True)
    return result


def clipped(values: NDArray[np.float64], most: float) -> NDArray[np.float64]:
    """The values, none beyond `most` or `-most`; for small arrays `np.clip` takes three times as long."""
    found: NDArray[np.float64] = np.minimum(np.maximum(values, -most), most)
    return found


def sigmoid(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    result: NDArray[np.float64] = 1 / (1 + np.exp(-clipped(scores, 30)))
    return result
