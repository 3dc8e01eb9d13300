"""The model's files: refused when altered, the same from the same corpus, and scored as scikit-learn scores."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from putright.cases.labels import Flag, Label, ServiceArea
from putright.classifier import corpus, knowledge, model, train
from putright.classifier.heads import AREAS, LABELS
from putright.classifier.learn import learn
from putright.classifier.linear import score, softmax
from putright.classifier.matrices import prepare
from putright.classifier.reader import Reader

KNOWN = knowledge.load(model.FOLDER)
SLICE = [r for r in corpus.load(corpus.files(model.FOLDER / "corpus")) if r.file in ("rural", "everyday")][
    ::9
]


@pytest.fixture(scope="module")
def small() -> train.Trained:
    return train.train_on(SLICE, model.FOLDER)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The model in use, to be tampered with."""
    for name in knowledge.FILES:
        shutil.copy(model.FOLDER / name, tmp_path / name)
    shutil.copytree(model.FOLDER / "putright-model", tmp_path / "putright-model")
    return tmp_path


TAMPERED = [
    ("the description was altered", "putright-model/model.json", "The model's description was altered"),
    ("the weights were altered", "putright-model/weights.f32", "The model's weights were altered"),
    ("the rules were altered", "rules.toml", "run `putright train --bundled`"),
    ("the word classes were altered", "lexicon.toml", "run `putright train --bundled`"),
]


@pytest.mark.parametrize(("name", "says"), [row[1:] for row in TAMPERED], ids=[row[0] for row in TAMPERED])
def test_an_altered_file_is_refused(name: str, says: str, copy: Path) -> None:
    with (copy / name).open("ab") as file:
        file.write(b"\n#  ")
    with pytest.raises(model.BadModelError, match=says):
        model.load(copy)


@pytest.mark.parametrize("name", ["lexicon.toml", "topics.toml", "rules.toml"])
def test_a_garbled_file_is_refused_in_one_sentence(name: str, copy: Path) -> None:
    (copy / name).write_text("= oops [[", encoding="utf-8")
    with pytest.raises(model.BadModelError, match=f"^{name} is garbled .* put the file back as it was\\.$"):
        model.load(copy)
    (copy / name).unlink()
    with pytest.raises(model.BadModelError, match=f"^{name} cannot be read"):
        model.load(copy)


def test_a_missing_model_is_said(tmp_path: Path) -> None:
    with pytest.raises(model.BadModelError, match="run `putright train --bundled`"):
        model.load(tmp_path)


def test_weights_that_do_not_fit_are_refused(copy: Path) -> None:
    import hashlib

    place = copy / "putright-model"
    weights = (place / "weights.f32").read_bytes()[:-4]
    described = json.loads((place / "model.json").read_text(encoding="utf-8"))
    described["weights_sha256"] = hashlib.sha256(weights).hexdigest()
    text = json.dumps(described).encode()
    (place / "weights.f32").write_bytes(weights)
    (place / "model.json").write_bytes(text)
    (place / "model.sha256").write_text(hashlib.sha256(text).hexdigest(), encoding="ascii")
    with pytest.raises(model.BadModelError, match="do not fit"):
        model.load(copy)


def test_areas_and_flags_are_learned_only_from_what_people_marked() -> None:
    """A review gives a label; the area and flags beside it are the machine's own and must not teach it."""
    unmarked = [
        replace(
            r, id=f"again-{r.id}", sentences=(), service_area=ServiceArea.HOMELESSNESS, flags=frozenset(Flag)
        )
        for r in SLICE[::3]
    ]
    data = prepare([*SLICE, *unmarked], KNOWN)
    everything = learn(data, np.ones(len(data.records), dtype=bool))
    marked_only = learn(data, data.marked)
    areas = slice(len(LABELS), len(LABELS) + len(AREAS))
    assert np.array_equal(everything.bag[:, areas], marked_only.bag[:, areas])
    assert not np.array_equal(everything.bag[:, : len(LABELS)], marked_only.bag[:, : len(LABELS)])
    assert everything.flags_held_out is not None
    assert not everything.flags_held_out[~data.marked].any()


def test_the_files_in_use_are_small() -> None:
    size = sum(f.stat().st_size for f in (model.FOLDER / "putright-model").iterdir())
    assert size < 15_000_000


def test_the_same_corpus_gives_the_same_bytes(small: train.Trained, tmp_path: Path) -> None:
    again = train.train_on(SLICE, model.FOLDER)
    one, other = tmp_path / "one", tmp_path / "other"
    model.save(small.model, one)
    model.save(again.model, other)
    for name in ("model.json", "weights.f32", "model.sha256"):
        assert (one / "putright-model" / name).read_bytes() == (other / "putright-model" / name).read_bytes()


def test_what_is_saved_reads_as_what_was_trained(small: train.Trained, tmp_path: Path) -> None:
    for name in knowledge.FILES:
        shutil.copy(model.FOLDER / name, tmp_path / name)
    model.save(small.model, tmp_path)
    loaded = Reader(model.load(tmp_path))
    for record in SLICE[:5]:
        before = Reader(small.model).read_text(record.subject, record.body, record.channel)
        after = loaded.read_text(record.subject, record.body, record.channel)
        assert before.probabilities == after.probabilities


def test_every_record_of_two_files_is_read_unseen(small: train.Trained) -> None:
    assert set(small.unseen) == {r.id for r in SLICE}
    right = sum(small.unseen[r.id].label is r.label for r in SLICE)
    assert right > len(SLICE) / 3


def test_the_scorer_equals_scikit_learn() -> None:
    data = prepare(SLICE, KNOWN)
    fitted = LogisticRegression(C=0.1, max_iter=500).fit(data.bags, data.labels)
    rows = [[{int(at): float(data.bags[n, at]) for at in data.bags[n].indices}] for n in range(10)]
    ours = softmax(score(fitted.coef_.T, rows) + fitted.intercept_)
    assert np.abs(ours - fitted.predict_proba(data.bags[:10])).max() < 1e-6
    assert ours.shape[1] == len(Label)


def test_one_file_can_be_read_unseen_by_itself() -> None:
    found = train.read_unseen(SLICE, model.FOLDER, only="rural")
    assert set(found) == {r.id for r in SLICE if r.file == "rural"}
