"""The second reader's labels fit the corpus, cover a tenth of it, and their agreement is reckoned rightly."""

import pytest

from putright.cases.labels import Flag, Label, Role, ServiceArea
from putright.classifier import agreement, corpus, model

RECORDS = corpus.load(corpus.files(model.FOLDER / "corpus"))
KNOWN = {r.id: r for r in [*RECORDS, *corpus.load(corpus.files(model.FOLDER / "corpus" / "held-out"))]}
GIVEN = agreement.load(model.FOLDER)


def test_a_tenth_is_labelled_twice_from_every_file() -> None:
    assert len(GIVEN) >= len(KNOWN) / 10
    assert {KNOWN[name].file for name in GIVEN} == {record.file for record in KNOWN.values()}
    lines = (model.FOLDER / agreement.FILE).read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(GIVEN), "a message is labelled twice by the second reader"


@pytest.mark.parametrize("name", sorted({record.file for record in KNOWN.values()}))
def test_the_second_labels_are_by_the_guide(name: str) -> None:
    for entry in GIVEN.values():
        record = KNOWN[entry["id"]]
        if record.file == name:
            assert set(entry) == {"id", "label", "flags", "service_area", "roles"}, record.id
            assert entry["label"] in set(Label), record.id
            assert entry["service_area"] in set(ServiceArea), record.id
            assert set(entry["flags"]) <= set(Flag), record.id
            assert set(entry["roles"]) <= set(Role), record.id
            assert len(entry["roles"]) == len(record.sentences), record.id


def test_the_card_says_how_far_they_agree() -> None:
    said = " ".join(agreement.lines(RECORDS, model.FOLDER))
    for words in (
        f"labelled {len(GIVEN)} of these",
        "Cohen's kappa",
        "flags F1",
        "service area",
        "sentences (kappa",
    ):
        assert words in said
    assert agreement.lines([], model.FOLDER / "nowhere") == []


KAPPAS = [
    ("all alike", [("a", "a"), ("b", "b")], 1.0),
    ("all apart", [("a", "b"), ("b", "a")], -1.0),
    ("no better than chance", [("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")], 0.0),
    ("one answer only", [("a", "a"), ("a", "a")], 1.0),
    ("by hand", [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15, 0.4),
    ("nothing", [], 1.0),
]


@pytest.mark.parametrize(("pairs", "value"), [row[1:] for row in KAPPAS], ids=[row[0] for row in KAPPAS])
def test_kappa(pairs: list[tuple[str, str]], value: float) -> None:
    assert agreement.kappa(pairs) == pytest.approx(value)
