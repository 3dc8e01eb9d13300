"""putright itself: the whole reading (roles, rules, flags, definition, reasons); the label is compared."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.peers.peer import Loaded, Message

if TYPE_CHECKING:
    from putright.classifier.corpus import Record

TITLE = "putright"
TWO_WAY = False


def missing() -> str:
    return ""


def learn(records: Sequence["Record"], folder: Path) -> None:
    """Train on the records alone, as `putright train` does, but for the limits that are not compared here."""
    import numpy as np

    from putright.classifier import knowledge, model, train
    from putright.classifier.learn import learn as learned
    from putright.classifier.linear import softmax
    from putright.classifier.matrices import prepare

    for name in knowledge.FILES:
        shutil.copy(model.FOLDER / name, folder / name)
    known = knowledge.load(folder)
    data = prepare(records, known)
    weights = learned(data, np.ones(len(records), dtype=bool), limits_too=False)
    asking = train.limits(
        softmax(weights.held_out / weights.temperature),
        data,
        np.ones(len(records), dtype=bool),
        weights.temperature,
    )
    model.save(train.Assembly(data, known).model(weights, asking), folder)


def load(folder: Path) -> Loaded:
    from putright.classifier.reader import load as loaded

    reader = loaded(folder)

    def read(messages: Sequence[Message]) -> list[str]:
        return [reader.read_text(m.subject, m.body, m.channel).label.value for m in messages]

    return Loaded(read)
