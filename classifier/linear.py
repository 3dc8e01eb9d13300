"""A linear model over features by name, scored with a dictionary and one array: what scikit-learn fits, without it."""

from collections.abc import Sequence
from dataclasses import dataclass

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
        index: list[int] = []
        values: list[float] = []
        starts: list[int] = []
        filled: list[int] = []
        get = self.names.get
        for number, row in enumerate(rows):
            start = len(index)
            for name, value in row.items():
                at = get(name)
                if at is not None:
                    index.append(at)
                    values.append(value)
            if len(index) > start:
                starts.append(start)
                filled.append(number)
        scores = np.zeros((len(rows), self.weights.shape[1]))
        if index:
            added = self.weights[index]
            added *= np.array(values, dtype=added.dtype)[:, None]
            scores[filled] = np.add.reduceat(added, starts, axis=0)
        return scores


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: NDArray[np.float64] = powers / powers.sum(axis=-1, keepdims=True)
    return result


def sigmoid(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    result: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
    return result
