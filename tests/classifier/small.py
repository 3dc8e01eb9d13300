"""A small folder of models for tests of learning: the bundled model, a slice of the corpus, and a quick learner."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from putright.cases.labels import Label
from putright.classifier import knowledge, model
from putright.classifier.corpus import Record
from putright.classifier.heads import LABELS
from putright.classifier.model import Model
from putright.classifier.reader import Reader
from putright.classifier.train import Progress, Trained

CASES = [
    {"id": "code-1", "channel": "email", "subject": "", "labels": ["complaint"],
     "body": "Four weeks I sat in. The van drove past. Is this how you treat people?"},
    {"id": "code-2", "channel": "email", "subject": "", "body": "The tap drips.",
     "labels": ["service_request", "complaint", "other", "survey_feedback"]},
]  # fmt: skip


class Small:
    """The folder, the model in it, and a learner that gives `model` at once and reads everything with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bundled = self.model = model.load(folder)

    def learn(self, records: Sequence[Record], folder: Path, progress: Progress) -> Trained:
        """Stands in for training."""
        progress("learning")
        reader = Reader(self.model)
        unseen = {r.id: reader.read_text(r.subject, r.body, r.channel) for r in records}
        learned = replace(self.model, trained_on=frozenset(r.fingerprint for r in records))
        return Trained(learned, unseen, np.zeros((len(records), len(LABELS))))

    def blind(self) -> Model:
        """The model, sure that everything is `other`."""
        intercept = self.bundled.judge.intercept.copy()
        intercept[LABELS.index(Label.OTHER)] += 1000
        return replace(self.bundled, judge=replace(self.bundled.judge, intercept=intercept))


@pytest.fixture(scope="module")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Made once for the tests of a file; none of them writes to it."""
    folder = tmp_path_factory.mktemp("small") / "models"
    (folder / "corpus" / "held-out").mkdir(parents=True)
    for name in knowledge.FILES:
        shutil.copy(model.FOLDER / name, folder / name)
    shutil.copytree(model.FOLDER / "putright-model", folder / "putright-model")
    for name, every in (("rural.jsonl", 40), ("everyday.jsonl", 40), ("held-out/held-out.jsonl", 20)):
        lines = (model.FOLDER / "corpus" / name).read_text(encoding="utf-8").splitlines()[::every]
        (folder / "corpus" / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    cases = "".join(json.dumps(case) + "\n" for case in CASES)
    (folder / "must-pass.jsonl").write_text(cases, encoding="utf-8")
    return Small(folder)


@pytest.fixture
def small(small_folder: Small) -> Small:
    """The small folder; its learner gives the bundled model again."""
    small_folder.model = small_folder.bundled
    return small_folder
