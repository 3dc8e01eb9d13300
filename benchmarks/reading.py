"""Reading a message: putright's whole reading against plain TF-IDF with logistic regression in scikit-learn."""

import json
from collections.abc import Iterator
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from benchmarks.timing import Figure, median_of
from putright.classifier.reader import load

CORPUS = Path(__file__).parents[1] / "models" / "corpus"


def measure() -> Iterator[Figure]:
    """One message of about 150 words, warm; and a hundred mixed ones in a row."""
    records = [
        json.loads(line)
        for path in sorted(CORPUS.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    plain = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), min_df=2), LogisticRegression(max_iter=200))
    plain.fit([x["body"] for x in records], [x["label"] for x in records])
    reader = load()
    letter = min(records, key=lambda x: abs(len(x["body"].split()) - 150))
    baseline = median_of(lambda: plain.predict_proba([letter["body"]]), rounds=50)
    one = median_of(lambda: reader.read_text(letter["subject"], letter["body"], letter["channel"]), rounds=50)
    yield Figure("one message of 150 words, whole reading", one, "TF-IDF + LR (label only)", baseline)
    some = records[:100]

    def read_all() -> None:
        for x in some:
            reader.read_text(x["subject"], x["body"], x["channel"])

    baseline = median_of(lambda: [plain.predict_proba([x["body"]]) for x in some], rounds=3, operations=100)
    yield Figure(
        "a message of a hundred mixed ones", median_of(read_all, 3, 100), "TF-IDF + LR (label only)", baseline
    )
