"""Our logistic regression finds what scikit-learn's finds, and files are dealt so that no landlord is in two parts."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.sparse import random as random_matrix  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from putright.classifier import corpus, knowledge, model
from putright.classifier.fitting import fit
from putright.classifier.linear import sigmoid, softmax
from putright.classifier.matrices import FOLDS, deal, prepare

RECORDS = corpus.load(corpus.files(model.FOLDER / "corpus"))


def made(classes: int) -> tuple[Any, Any, Any]:
    """Rows with a sparse and a dense half, and answers that hang on both."""
    rng = np.random.default_rng(1)
    sparse = random_matrix(400, 30, density=0.3, random_state=2, format="csr", dtype=np.float32)
    dense = rng.normal(size=(400, 5)).astype(np.float32)
    both = np.hstack([sparse.toarray(), dense])
    answers = (both @ rng.normal(size=(35, classes)) + rng.normal(size=(400, classes))).argmax(axis=1)
    return sparse, dense, answers


def test_one_of_several_answers_agrees_with_scikit_learn() -> None:
    sparse, dense, answers = made(4)
    target = np.eye(4, dtype=np.float32)[answers]
    ours = fit(sparse, dense, target, np.ones(400, np.float32), 0.5, one_of=True, rounds=200)
    both = np.hstack([sparse.toarray(), dense])
    theirs = LogisticRegression(C=0.5, tol=1e-8, max_iter=2000).fit(both, answers)
    difference = np.abs(softmax(ours.score(sparse, dense).astype(np.float64)) - theirs.predict_proba(both))
    assert difference.max() < 0.02


def test_yes_or_no_agrees_with_scikit_learn() -> None:
    sparse, dense, answers = made(2)
    target = answers.astype(np.float32)[:, None]
    ours = fit(sparse, dense, target, np.ones(400, np.float32), 0.5, one_of=False, rounds=200)
    both = np.hstack([sparse.toarray(), dense])
    theirs = LogisticRegression(C=0.5, tol=1e-8, max_iter=2000).fit(both, answers)
    difference = np.abs(
        sigmoid(ours.score(sparse, dense).astype(np.float64))[:, 0] - theirs.predict_proba(both)[:, 1]
    )
    assert difference.max() < 0.02


@pytest.mark.parametrize("parts", [2, 5])
def test_whole_files_are_dealt_to_parts_of_like_size(parts: int) -> None:
    dealt = deal(RECORDS, parts)
    sizes = [sum(dealt[r.file] == part for r in RECORDS) for part in range(parts)]
    assert set(dealt) == {r.file for r in RECORDS}
    assert max(sizes) - min(sizes) < 320


def test_what_has_no_roles_teaches_none() -> None:
    known = knowledge.load(model.FOLDER)
    some = [replace(r, sentences=()) if n % 2 else r for n, r in enumerate(RECORDS[::200])]
    data = prepare(some, known)
    assert data.marked.tolist() == [n % 2 == 0 for n in range(len(some))]
    assert set(data.message[data.lone.sentences].tolist()) <= set(np.flatnonzero(data.marked).tolist())
    assert set(data.folds.tolist()) <= set(range(FOLDS))
