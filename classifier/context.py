"""What the roles of the other sentences say about one, and what all of them together say about the message."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from putright.cases.labels import Role

Array = NDArray[np.float64]

ROLES = tuple(Role)
REST = ROLES.index(Role.REST)
SURELY_REST = np.eye(len(ROLES))[REST]
FLOOR = 1e-3
CONTEXT_WIDTH = 9 * len(ROLES)
SUMMARY_WIDTH = 7 * len(ROLES)
GROUPS = (
    (Role.DISSATISFACTION, Role.COMPLAIN),
    (Role.REQUEST, Role.FAULT, Role.OTHERS_CONDUCT),
    (Role.COMPLAIN,),
    (Role.SURVEY,),
)
"""What makes a complaint and what calls for action, by the labelling guide; who asks for one, who answers a survey."""
OF_GROUP = np.array([[float(role in group) for group in GROUPS] for role in ROLES])


def silenced(probabilities: Array, foreign: NDArray[np.bool_]) -> Array:
    """The roles with what is not the writer's own words surely taken for nothing else."""
    if not foreign.any():
        return probabilities
    return np.where(foreign[:, None], SURELY_REST, probabilities)


def around(probabilities: Array) -> Array:
    """For each sentence: its own first guess, its neighbours', and how much of each role stands before and after."""
    count = len(probabilities)
    if not count:
        return np.zeros((0, CONTEXT_WIDTH))

    total = probabilities.sum(axis=0)
    others = total - probabilities
    before = np.cumsum(probabilities, axis=0) - probabilities
    # One array is filled: for the few sentences of a message, putting arrays together takes longer.
    found = np.zeros((count, 9, len(ROLES)))
    found[:, 0] = np.log(probabilities + FLOOR) / 2
    found[1:, 1] = probabilities[:-1]
    found[:-1, 2] = probabilities[1:]
    found[2:, 3] = probabilities[:-2]
    found[:-2, 4] = probabilities[2:]
    found[:, 5] = np.log1p(others)
    found[:, 6] = probabilities.max(axis=0)
    found[:, 7] = np.log1p(before)
    found[:, 8] = np.log1p(np.maximum(others - before, 0))
    return found.reshape(count, CONTEXT_WIDTH)


def around_alone(probabilities: Array) -> Array:
    """What `around` says of each sentence when it is the whole message."""
    nothing = np.zeros_like(probabilities)
    own = np.log(probabilities + FLOOR) / 2
    return np.hstack([own, *[nothing] * 5, probabilities, *[nothing] * 2])


@dataclass(frozen=True, slots=True)
class Together:
    """What all sentences of a message say together; of several messages in rows. A sentence of zeros is absent."""

    largest: Array
    """The three highest chances of each role (…, 3, roles)."""
    total: Array
    """The sum of each role's chances (…, roles)."""
    absent: Array
    """The logarithm of the chance that no sentence has the role (…, roles)."""
    none_of: Array
    """The chance that no sentence has one of the roles of each group in `GROUPS` (…, groups)."""
    count: Array
    """How many sentences there are (…, 1)."""


def together(probabilities: Array) -> Together:
    """The sentences of one message (sentences, roles), or of a batch (messages, sentences, roles), taken together."""
    missing = [(0, 0)] * (probabilities.ndim - 2) + [(0, 3), (0, 0)]
    highest = np.sort(np.pad(probabilities, missing), axis=-2)
    return Together(
        highest[..., :-4:-1, :],
        probabilities.sum(axis=-2),
        log_absent(probabilities).sum(axis=-2),
        chance_of_no(probabilities).prod(axis=-2),
        (probabilities.sum(axis=-1) > 0).sum(axis=-1)[..., None],
    )


def without_each(probabilities: Array) -> Together:
    """Row 0 is a message as it is, row n the message without its n-th sentence."""
    highest = np.zeros((len(probabilities) + 4, len(ROLES)))
    highest[4:] = probabilities
    highest.sort(axis=0)
    first, following = highest[:-4:-1], highest[-2:-5:-1]
    # Where a sentence is one of the three highest, those below it move up.
    largest = np.where(probabilities[:, None, :] >= first, following, first)
    absent, no = log_absent(probabilities), chance_of_no(probabilities)

    def rows(whole: Array, without: Array) -> Array:
        return np.concatenate([whole[None], without])

    total, all_absent, all_no = probabilities.sum(axis=0), absent.sum(axis=0), no.prod(axis=0)
    count = np.full((len(probabilities) + 1, 1), len(probabilities) - 1)
    count[0] = len(probabilities)
    return Together(
        rows(first, largest),
        rows(total, total - probabilities),
        rows(all_absent, all_absent - absent),
        rows(all_no, all_no / no),
        count,
    )


def log_absent(probabilities: Array) -> Array:
    found: Array = np.log1p(-np.minimum(probabilities, 0.995))
    return found


def chance_of_no(probabilities: Array) -> Array:
    """For each sentence and group in `GROUPS`, the chance that it has none of the group's roles."""
    found: Array = 1 - np.minimum(probabilities @ OF_GROUP, 0.99)
    return found


def summary(said: Together) -> Array:
    """What the sentences of a message say together, in one row (or in rows).

    Of each role: the surest sentence (as log-odds), the next two, whether there is any, its share of what is not
    small talk, how many there are, and the mean.
    """
    first, second, third = said.largest[..., 0, :], said.largest[..., 1, :], said.largest[..., 2, :]
    total = said.total
    meant = total.sum(axis=-1, keepdims=True) - total[..., REST : REST + 1]
    found = np.empty((*total.shape[:-1], 7, len(ROLES)))
    found[..., 0, :] = np.log(first / (1 - first + FLOOR) + FLOOR)
    found[..., 1, :] = second
    found[..., 2, :] = third
    found[..., 3, :] = np.minimum(-said.absent, 6)
    found[..., 4, :] = total / (meant + 0.3)
    found[..., 5, :] = np.log1p(total)
    found[..., 6, :] = total / np.maximum(said.count, 1)
    return found.reshape(*total.shape[:-1], SUMMARY_WIDTH)
