"""The named baseline: TF-IDF over words and characters with logistic regression, in scikit-learn."""

import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.peers.peer import Loaded, shown

if TYPE_CHECKING:
    from putright.classifier.corpus import Record

TITLE = "TF-IDF + LR"
TWO_WAY = False


def missing() -> str:
    return ""


def learn(records: Sequence["Record"], folder: Path) -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
    from sklearn.pipeline import make_pipeline, make_union  # type: ignore[import-untyped]

    words = TfidfVectorizer(ngram_range=(1, 3), min_df=2, sublinear_tf=True)
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True)
    model = make_pipeline(make_union(words, characters), LogisticRegression(C=10, max_iter=200, tol=1e-3))
    model.fit([shown(r).text for r in records], [r.label.value for r in records])
    (folder / "model.pickle").write_bytes(pickle.dumps(model))


def load(folder: Path) -> Loaded:
    # A pickle runs code when it is loaded; this one was written a moment ago by `learn` into our own folder.
    model = pickle.loads((folder / "model.pickle").read_bytes())
    return Loaded(lambda messages: [str(x) for x in model.predict([m.text for m in messages])])
