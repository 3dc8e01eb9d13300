"""What the roles of the other sentences say about one, and what all of them together say about the message."""

import numpy as np
from numpy.typing import NDArray

from putright.cases.labels import Role

Array = NDArray[np.float64]

ROLES = tuple(Role)
REST = ROLES.index(Role.REST)
FLOOR = 1e-3
CONTEXT_WIDTH = 9 * len(ROLES)
SUMMARY_WIDTH = 7 * len(ROLES)


def silenced(probabilities: Array, foreign: NDArray[np.bool_]) -> Array:
    """The roles with what is not the writer's own words surely taken for nothing else."""
    if not foreign.any():
        return probabilities
    return np.where(foreign[:, None], np.eye(len(ROLES))[REST], probabilities)


def around(probabilities: Array) -> Array:
    """For each sentence: its own first guess, its neighbours', and how much of each role stands before and after."""
    count = len(probabilities)
    if not count:
        return np.zeros((0, CONTEXT_WIDTH))

    def shifted(by: int) -> Array:
        moved = np.zeros_like(probabilities)
        if 0 < by < count:
            moved[by:] = probabilities[:-by]
        elif by < 0 and -by < count:
            moved[:by] = probabilities[-by:]
        return moved

    total = probabilities.sum(axis=0)
    others = total - probabilities
    before = np.cumsum(probabilities, axis=0) - probabilities
    highest = np.broadcast_to(probabilities.max(axis=0), probabilities.shape)
    return np.hstack(
        [
            np.log(probabilities + FLOOR) / 2,
            shifted(1),
            shifted(-1),
            shifted(2),
            shifted(-2),
            np.log1p(others),
            highest,
            np.log1p(before),
            np.log1p(np.maximum(others - before, 0)),
        ]
    )


def around_alone(probabilities: Array) -> Array:
    """What `around` says of each sentence when it is the whole message."""
    nothing = np.zeros_like(probabilities)
    own = np.log(probabilities + FLOOR) / 2
    return np.hstack([own, *[nothing] * 5, probabilities, *[nothing] * 2])


def summary(probabilities: Array) -> Array:
    """The roles of a message's sentences in one row; a batch (messages, sentences, roles) gives one row each.

    Of each role: the surest sentence (as log-odds), the next two, whether there is any, its share of what is not
    small talk, how many there are, and the mean. A sentence of zeros counts as absent.
    """
    if probabilities.shape[-2] < 3:
        missing = [(0, 0)] * (probabilities.ndim - 2) + [(0, 3 - probabilities.shape[-2]), (0, 0)]
        probabilities = np.pad(probabilities, missing)
    count = np.maximum((probabilities.sum(axis=-1) > 0).sum(axis=-1), 1)[..., None]
    highest = np.sort(probabilities, axis=-2)[..., -3:, :]
    first, second, third = highest[..., 2, :], highest[..., 1, :], highest[..., 0, :]
    total = probabilities.sum(axis=-2)
    meant = total.sum(axis=-1, keepdims=True) - total[..., REST : REST + 1]
    absent = np.log1p(-np.minimum(probabilities, 0.995)).sum(axis=-2)
    return np.concatenate(
        [
            np.log(first / (1 - first + FLOOR) + FLOOR),
            second,
            third,
            np.minimum(-absent, 6),
            total / (meant + 0.3),
            np.log1p(total),
            total / count,
        ],
        axis=-1,
    )
