"""A linear model over features by name, scored with a dictionary and one array: what scikit-learn fits, without it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Linear:
    """`weights[names[feature]]` is what a feature adds to each class's score; unknown features add nothing."""

    names: dict[str, int]
    weights: Floats

    def score(self, rows: Sequence[Features]) -> NDArray[np.float64]:
        """One row of class scores for each row of features."""
        scores = np.zeros((len(rows), self.weights.shape[1]))
        filled = [number for number, row in enumerate(rows) if row]
        names: list[str] = []
        values: list[float] = []
        starts: list[int] = []
        for number in filled:
            starts.append(len(names))
            names += rows[number]
            values += rows[number].values()
        if names and len(self.names):
            index = np.fromiter(map(self.names.get, names, repeat(-1)), np.intp, len(names))
            counted = np.array(values, dtype=self.weights.dtype)
            counted[index < 0] = 0
            added = self.weights[index]
            added *= counted[:, None]
            scores[filled] = np.add.reduceat(added, starts, axis=0)
        return scores


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: NDArray[np.float64] = powers / powers.sum(axis=-1, keepdims=True)
    return result


def sigmoid(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    result: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
    return result
