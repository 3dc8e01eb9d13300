"""How the judge of labels is learned; reading needs nothing of it, nor the libraries that it imports."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from putright.classifier import judgement
from putright.classifier.fitting import fit_dense
from putright.classifier.heads import LABELS

Array = NDArray[np.float64]

FIRST_SCALE, SCALE = 1.2, 0.3
"""How freely the first scores, and the facts and their products, may be weighed."""
STRENGTH, ROUNDS = 0.05, 40


def learn(first: Array, rows: Array, answers: Sequence[int] | NDArray[np.int64]) -> judgement.Judge:
    """A judge from first scores by models that had not seen the message, facts, and the labels (numbers)."""
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    scale = np.full(judgement.WIDTH, SCALE)
    scale[: len(LABELS)] = FIRST_SCALE
    dense = (judgement.expanded(first, (rows - middle) / spread) * scale).astype(np.float32)
    target = np.eye(len(LABELS), dtype=np.float32)[np.asarray(answers)]
    weights, intercept = fit_dense(dense, target, STRENGTH, ROUNDS)
    return judgement.Judge(
        middle.astype(np.float32),
        spread.astype(np.float32),
        (weights * scale[:, None]).astype(np.float32),
        intercept,
    )
