"""The document model for short public texts: naive-Bayes weighted word and character n-grams, logistic regression.

Counts are binarised and not normalised, so that the score is a sum over n-grams (Wang and Manning, 2012).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from sklearn.feature_extraction.text import CountVectorizer  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.metrics import f1_score  # type: ignore[import-untyped]
from sklearn.model_selection import StratifiedKFold  # type: ignore[import-untyped]
from sklearn.pipeline import FeatureUnion, make_union  # type: ignore[import-untyped]

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]
TOKEN = r"<\w+>|\w+(?:'\w+)*|[^\w\s]"
"""Marks are words too: `!`, `?` and `<user>` tell much in a short text."""
STRENGTHS = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
SMOOTHING = 1.0
INNER_FOLDS = 5
SEED = 0


def grams() -> FeatureUnion:
    """Word and character n-grams that occur at least twice, each counted once a text."""
    words = CountVectorizer(token_pattern=TOKEN, ngram_range=(1, 3), min_df=2, binary=True, dtype=np.float64)
    marks = CountVectorizer(analyzer="char_wb", ngram_range=(2, 6), min_df=2, binary=True, dtype=np.float64)
    return make_union(words, marks)


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of the n-grams: log-count ratio times what the regression learned."""

    weights: Floats
    intercept: float

    def score(self, rows: csr_matrix) -> Floats:
        found: Floats = rows @ self.weights + self.intercept
        return found


def fit(rows: csr_matrix, labels: Labels, strength: float) -> Fitted:
    """Learn from binarised rows; only these rows' labels enter the ratios."""
    ratio = log_ratio(rows, labels)
    model = LogisticRegression(C=strength, solver="liblinear", dual=True, tol=0.01, max_iter=2000, random_state=SEED)
    model.fit(rows.multiply(ratio).tocsr(), labels)
    return Fitted(ratio * model.coef_[0], float(model.intercept_[0]))


def log_ratio(rows: csr_matrix, labels: Labels) -> Floats:
    """How much likelier each n-gram is in a complaint, as a logarithm."""
    yes, no = (SMOOTHING + np.asarray(rows[labels == side].sum(axis=0)).ravel() for side in (1, 0))
    ratio: Floats = np.log((yes / yes.sum()) / (no / no.sum()))
    return ratio


def predict(texts: Sequence[str], labels: Labels, unseen: Sequence[str]) -> Labels:
    """Labels of unseen texts. Strength and threshold come from folds within the texts that are learned from."""
    union = grams()
    rows = union.fit_transform(texts).tocsr()
    strength, threshold = tuned(rows, labels)
    found: Labels = (fit(rows, labels, strength).score(union.transform(unseen)) > threshold).astype(np.int64)
    return found


def tuned(rows: csr_matrix, labels: Labels) -> tuple[float, float]:
    """The strength with the least log-loss on inner folds, and the threshold there with the best macro-F1."""
    folds = list(StratifiedKFold(INNER_FOLDS, shuffle=True, random_state=SEED).split(rows, labels))
    losses, scores = [], []
    for strength in STRENGTHS:
        held_out = np.zeros(len(labels))
        for seen, unseen in folds:
            held_out[unseen] = fit(rows[seen], labels[seen], strength).score(rows[unseen])
        losses.append(float(np.logaddexp(0, np.where(labels == 1, -held_out, held_out)).mean()))
        scores.append(held_out)
    best = int(np.argmin(losses))
    return STRENGTHS[best], threshold(scores[best], labels)


def threshold(scores: Floats, labels: Labels) -> float:
    """Where to cut: the middle of the stretch of thresholds within a tenth of a point of the best macro-F1."""
    tried = np.quantile(scores, np.linspace(0.05, 0.95, 91))
    found = np.array([f1_score(labels, scores > t, average="macro") for t in tried])
    return float(tried[found >= found.max() - 0.001].mean())
