"""The label from first scores, roles, channel and their products; and the sentences looked at again with it in view."""

import numpy as np
import pytest

from putright.cases.labels import Role
from putright.classifier import judgement, judging, third_look
from putright.classifier.context import ROLES, summary, together, without_each
from putright.classifier.heads import LABELS

DRAWN = np.random.default_rng(7)


def roles(*named: Role) -> np.ndarray:
    """Sentences that surely have these roles."""
    return np.eye(len(ROLES))[[ROLES.index(role) for role in named]] * 0.98 + 0.001


def test_a_batch_of_messages_has_the_facts_of_each() -> None:
    chances = DRAWN.dirichlet(np.ones(len(ROLES)), (5, 4))
    first = DRAWN.normal(size=(5, 4))
    found = judgement.facts(first, together(chances), "email")
    assert found.shape == (5, judgement.FACTS)
    for row, one, scores in zip(found, chances, first, strict=True):
        assert np.allclose(row, judgement.facts(scores, together(one), "email"))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 9])
def test_a_message_without_a_sentence_is_as_if_it_had_been_read_so(count: int) -> None:
    chances = DRAWN.dirichlet(np.ones(len(ROLES)), count).reshape(count, len(ROLES))
    chances[:2] = chances[:1]  # two that are alike
    found = without_each(chances)
    left = [chances, *(np.delete(chances, n, axis=0) for n in range(count))]
    first = DRAWN.normal(size=(count + 1, 4))
    assert np.allclose(summary(found), [summary(together(one)) for one in left])
    assert np.allclose(
        judgement.facts(first, found, "survey"),
        [judgement.facts(f, together(one), "survey") for f, one in zip(first, left, strict=True)],
    )


def test_a_message_without_sentences_has_facts() -> None:
    assert np.isfinite(judgement.facts(np.zeros(4), together(np.zeros((0, len(ROLES)))), "email")).all()


def test_a_reproach_in_a_survey_is_no_complaint_by_the_guide() -> None:
    reproach = roles(Role.SURVEY, Role.DISSATISFACTION)
    logic = slice(len(LABELS) + len(ROLES), len(LABELS) + len(ROLES) + 1)
    assert judgement.facts(np.zeros(4), together(reproach), "email")[logic] > 2
    assert judgement.facts(np.zeros(4), together(reproach), "survey")[logic] < -2
    assert judgement.facts(np.zeros(4), together(roles(Role.COMPLAIN)), "survey")[logic] > 2


def test_a_judge_learns_what_no_sum_of_weights_can_say() -> None:
    """Thanks alone are `other`, a request alone a request; both or neither are something else."""
    parts = [(), (Role.THANKS,), (Role.REQUEST,), (Role.THANKS, Role.REQUEST)]
    answers = [0, 3, 1, 0] * 30
    first = np.zeros((len(answers), 4))
    rows = np.array(
        [
            judgement.facts(f, together(roles(Role.REST, *p)), "email")
            for f, p in zip(first, parts * 30, strict=True)
        ]
    )
    rows += DRAWN.normal(scale=0.05, size=rows.shape)
    judge = judging.learn(first, rows, answers)
    assert judge.score(first, rows).argmax(axis=1).tolist() == answers


def test_sentences_are_ranked_within_their_message() -> None:
    spans = np.array([[0.1, 0.9], [0.8, 0.2], [0.3, 0.0]])
    found = third_look.ranks(spans)
    assert found.shape == (3, third_look.RANKS)
    first = found[:, -2:]
    assert first.tolist() == [[0, 1], [1, 0], [0, 0]]


@pytest.mark.parametrize("count", [0, 1, 7])
def test_every_sentence_has_facts(count: int) -> None:
    chances = DRAWN.dirichlet(np.ones(len(ROLES)), count).reshape(count, len(ROLES))
    rows = third_look.facts(chances, np.full((count, 2), 0.5), np.full(4, 0.25), "slack", np.full(count, 20))
    assert rows.shape == (count, third_look.FACTS)
    assert np.isfinite(rows).all()
