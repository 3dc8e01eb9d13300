"""Logistic regression by L-BFGS over sparse and dense columns at once: several times faster here than scikit-learn's.

Every weight is measured in units of how much the data say about it (the diagonal of the curvature), in 32 bits, and
stopped after a few rounds: what the last rounds of a full fit add is learned by heart and helps nobody unseen.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

Floats = NDArray[np.float32]

ROUNDS = 14
MEMORY = 6
ENOUGH = 1e-4
"""It stops early when a round improves the loss by less than this share."""
CURVATURE = 0.1
"""What p(1-p) is on average, near enough to scale by."""
FREE = 1e-4
"""How strongly intercepts are held to zero, against 1 for a weight."""
MOST_HALVINGS = 8


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of the sparse columns, of the dense columns, and the intercepts, each with a column an answer."""

    sparse: Floats
    dense: Floats
    intercept: Floats

    def score(self, matrix: csr_matrix, dense: Floats | None = None) -> Floats:
        found: Floats = matrix @ self.sparse + self.intercept
        return found if dense is None else found + dense @ self.dense


def fit(
    matrix: csr_matrix,
    dense: Floats | None,
    target: Floats,
    weight: Floats,
    strength: float,
    one_of: bool,
    rounds: int = ROUNDS,
) -> Fitted:
    """Fit all columns of `target` together: one answer out of them (softmax), or each yes or no by itself."""
    rows, width = matrix.shape
    more = np.zeros((rows, 0), np.float32) if dense is None else dense
    total = width + more.shape[1]
    turned = matrix.T.tocsr()
    importance = (weight * strength).astype(np.float32)[:, None]
    held = np.ones((total + 1, 1), np.float32)
    held[-1] = FREE
    squares = csr_matrix((matrix.data**2, matrix.indices, matrix.indptr), matrix.shape)
    curvature = np.concatenate(
        [squares.T @ importance, (more * more).T @ importance, importance.sum(0)[None]]
    )
    scale = (1 / np.sqrt(held + CURVATURE * curvature)).astype(np.float32)

    def loss(scaled: Floats) -> tuple[float, Floats]:
        weights = scaled * scale
        scores = matrix @ weights[:width] + more @ weights[width:total] + weights[-1]
        if one_of:
            scores -= scores.max(axis=1, keepdims=True)
            powers = np.exp(scores)
            sums = powers.sum(axis=1, keepdims=True)
            chances = powers / sums
            losses = np.log(sums) - (scores * target).sum(axis=1, keepdims=True)
        else:
            chances = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
            losses = np.maximum(scores, 0) - scores * target + np.log1p(np.exp(-np.abs(scores)))
        rest = importance * (chances - target)
        slope = np.concatenate([turned @ rest, more.T @ rest, rest.sum(axis=0, keepdims=True)])
        slope += held * weights
        value = (importance * losses).sum(dtype=np.float64) + (held * weights**2).sum(dtype=np.float64) / 2
        return float(value), (slope * scale).astype(np.float32)

    found = minimise(loss, np.zeros((total + 1, target.shape[1]), np.float32), rounds) * scale
    return Fitted(found[:width], found[width:total], found[-1])


def fit_dense(
    dense: Floats, target: Floats, strength: float, rounds: int = ROUNDS, one_of: bool = True
) -> tuple[Floats, Floats]:
    """Weights and intercepts where there are only dense columns and every row counts the same."""
    nothing, even = csr_matrix((len(dense), 0), dtype=np.float32), np.ones(len(dense), np.float32)
    fitted = fit(nothing, dense, target, even, strength, one_of, rounds)
    return fitted.dense, fitted.intercept


def minimise(loss: Callable[[Floats], tuple[float, Floats]], start: Floats, rounds: int) -> Floats:
    """L-BFGS: walk down along the slope, corrected by what the last few steps said about the curvature."""
    at, (value, slope) = start, loss(start)
    steps: list[tuple[Floats, Floats, float]] = []
    for _ in range(rounds):
        way = direction(slope, steps)
        descent, length = float(np.vdot(way, slope)), 1.0
        for _ in range(MOST_HALVINGS):
            there = at - np.float32(length) * way
            value_there, slope_there = loss(there)
            if value_there <= value - 1e-4 * length * descent:
                break
            length /= 2
        else:
            return at
        moved, turned = there - at, slope_there - slope
        agreement = float(np.vdot(moved, turned))
        if agreement > 1e-10:
            steps = [*steps[1 - MEMORY :], (moved, turned, 1 / agreement)]
        gained = value - value_there
        at, value, slope = there, value_there, slope_there
        if gained < ENOUGH * abs(value):
            break
    return at


def direction(slope: Floats, steps: list[tuple[Floats, Floats, float]]) -> Floats:
    """The slope as the remembered steps correct it (the two loops of L-BFGS)."""
    way = slope.copy()
    if not steps:  # nothing is known yet: a step of about one
        size = float(np.sqrt(np.vdot(way, way)))
        way *= np.float32(min(1.0, np.sqrt(way.shape[1]) / (size + 1e-9)))
        return way
    shares = []
    for moved, turned, inverse in reversed(steps):
        share = inverse * float(np.vdot(moved, way))
        shares.append(share)
        way -= np.float32(share) * turned
    _, turned, inverse = steps[-1]
    way *= np.float32(1 / (inverse * float(np.vdot(turned, turned))))
    for (moved, turned, inverse), share in zip(steps, reversed(shares), strict=True):
        way += np.float32(share - inverse * float(np.vdot(turned, way))) * moved
    return way
