"""spaCy's text categoriser over a bag of words."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.peers.peer import Loaded, Message, shown

if TYPE_CHECKING:
    from putright.classifier.corpus import Record

TITLE = "spaCy textcat (BOW)"
TWO_WAY = False
EPOCHS = 8
BATCH = 16


def missing() -> str:
    return ""


def learn(records: Sequence["Record"], folder: Path) -> None:
    import numpy as np
    import spacy
    from spacy.training import Example

    random.seed(0)
    np.random.seed(0)  # spaCy draws from the global one
    language = spacy.blank("en")
    architecture = {
        "@architectures": "spacy.TextCatBOW.v3",
        "exclusive_classes": True,
        "ngram_size": 2,
        "no_output_layer": False,
    }
    language.add_pipe("textcat", config={"model": architecture})
    kinds = sorted({r.label.value for r in records})
    examples = [
        Example.from_dict(
            language.make_doc(shown(r).text), {"cats": {kind: float(kind == r.label) for kind in kinds}}
        )
        for r in records
    ]
    optimiser = language.initialize(lambda: examples)
    shuffler = random.Random(0)
    for _ in range(EPOCHS):
        shuffler.shuffle(examples)
        for at in range(0, len(examples), BATCH):
            language.update(examples[at : at + BATCH], sgd=optimiser, drop=0.2)
    language.to_disk(folder)


def load(folder: Path) -> Loaded:
    import spacy

    language = spacy.load(folder)

    def read(messages: Sequence[Message]) -> list[str]:
        docs = language.pipe((m.text for m in messages), batch_size=len(messages))
        return [max(doc.cats, key=doc.cats.__getitem__) for doc in docs]

    return Loaded(read)
