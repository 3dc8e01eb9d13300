"""A model's weights laid out for reading: each feature has one row, whichever part of the model weighs it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from putright.classifier.linear import Floats, Linear
from putright.classifier.naming import Naming, Rows


@dataclass(frozen=True, slots=True)
class Tables:
    """Weights of sentences and of whole messages. The last row of both is for what was never learned: zeros."""

    naming: Naming
    sentence: Floats
    bag: Floats


def together(sentence: Linear, bag: Linear) -> Tables:
    """Both on the rows of all their features together, so that a feature is looked up once for both."""
    rows = Rows(sentence.names)
    for name in bag.names:
        rows.setdefault(name, len(rows))
    places = np.fromiter(map(rows.__getitem__, bag.names), np.intp, len(bag.names))
    return Tables(
        Naming(rows),
        placed(sentence.weights, np.arange(len(sentence.names)), len(rows)),
        placed(bag.weights, places, len(rows)),
    )


def placed(weights: Floats, places: NDArray[np.intp], count: int) -> Floats:
    table = np.zeros((count + 1, weights.shape[1]), dtype=np.float32)
    table[places] = weights
    return table
