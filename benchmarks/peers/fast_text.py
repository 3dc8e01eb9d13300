"""fastText: word pairs and character n-grams in a small embedding."""

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.peers.peer import Loaded, Message, shown

if TYPE_CHECKING:
    from putright.classifier.corpus import Record

TITLE = "fastText"
TWO_WAY = False
MARK = "__label__"
RATES = (0.5, 0.5, 0.25)
"""Learning rates to try: the first that goes well is used."""


def missing() -> str:
    if importlib.util.find_spec("fasttext"):
        return ""
    return "it is not installed (`.venv/bin/pip install -r requirements-bench.lock`, which wants a C++ compiler)."


def learn(records: Sequence["Record"], folder: Path) -> None:
    import fasttext  # type: ignore[import-not-found, import-untyped, unused-ignore]

    lines = folder / "lines.txt"
    rows = [f"{MARK}{r.label.value} {shown(r).line.lower()}\n" for r in records]
    lines.write_text("".join(rows), encoding="utf-8")
    # The stock two million buckets are 800 MB; a tenth of them hold this corpus. One thread: the same result again.
    kept = {"epoch": 25, "dim": 50, "wordNgrams": 2, "minn": 2, "maxn": 5, "bucket": 200_000, "thread": 1}
    for tries, rate in enumerate(RATES, 1):
        try:
            model = fasttext.train_supervised(str(lines), lr=rate, verbose=0, **kept)
            break
        except RuntimeError:  # "Encountered NaN", now and then, on what it learned from a minute before
            if tries == len(RATES):
                raise
    model.save_model(str(folder / "model.bin"))


def load(folder: Path) -> Loaded:
    import fasttext  # type: ignore[import-not-found, import-untyped, unused-ignore]

    fasttext.FastText.eprint = lambda *_: None  # it warns of its own return type
    # Its own predict() fails under numpy 2 (np.array with copy=False); the model beneath it does not use numpy.
    model = fasttext.load_model(str(folder / "model.bin")).f

    def read(messages: Sequence[Message]) -> list[str]:
        found = (model.predict(m.line.lower() + "\n", 1, 0.0, "strict") for m in messages)
        return [answer[0][1].removeprefix(MARK) for answer in found]

    return Loaded(read)
