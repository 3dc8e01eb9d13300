"""The loader of public complaint texts, and the document model, on made rows."""

import csv
import random
from pathlib import Path

import numpy as np
import pytest

from benchmarks import document, tweets

ENOUGH = [(f"c{n}", f"Broken again {n}", "1", "x") for n in range(10)] + [
    (f"o{n}", f"Good morning {n}", "0", "x") for n in range(10)
]


def _written(folder: Path, rows: list[tuple[str, ...]]) -> Path:
    path = folder / "texts.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_quotes_commas_and_line_ends_stay_in_the_text(tmp_path: Path) -> None:
    hard = 'Late, again.\nHe said "tomorrow",\r\n\nthen nothing – <user> ☹'
    texts, labels = tweets.load(_written(tmp_path, [("1", hard, "1", "food"), *ENOUGH]))
    assert texts[0] == hard
    assert labels[0] == 1 and labels.sum() == 11 and len(texts) == len(labels) == 21


def test_a_byte_order_mark_and_empty_lines_are_no_rows(tmp_path: Path) -> None:
    path = _written(tmp_path, [*ENOUGH])
    path.write_text("\ufeff\n" + path.read_text(encoding="utf-8") + "\n\n", encoding="utf-8")
    assert len(tweets.load(path)[0]) == 20


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("1", "two\nlines", "1", "x"), ("2", "b", "yes", "x")], "line 3: the label is 'yes', not 0 or 1."),
        ([("2", "b", "", "x")], "line 1: the label is '', not 0 or 1."),
        ([("id", "text", "label", "domain")], "line 1: the label is 'label', not 0 or 1. The file must"),
        ([("1", "a", "1", "x"), ("2", "b", "1")], "line 2: the row has 3 fields, not the four id, text,"),
        ([("1", "a", "1", "x")], "texts.csv has fewer than 10 texts of a label"),
        ([], "texts.csv has fewer than 10 texts of a label"),
    ],
)  # fmt: skip
def test_a_fault_is_one_sentence_with_its_line(
    tmp_path: Path, rows: list[tuple[str, ...]], said: str
) -> None:
    with pytest.raises(tweets.FaultyTextsError) as caught:
        tweets.load(_written(tmp_path, rows))
    assert said in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'1,"never closed,1,x\n2,b,0,x\n', "line 1: the row is not CSV"),
        (b"1,caf\xe9,1,x\n", "texts.csv is not in UTF-8."),
    ],
)
def test_what_is_not_csv_or_not_utf_8_is_said(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "texts.csv"
    path.write_bytes(content)
    with pytest.raises(tweets.FaultyTextsError) as caught:
        tweets.load(path)
    assert said in str(caught.value)


def test_a_missing_file_ends_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        list(tweets.measure(tmp_path / "none.csv"))
    assert str(caught.value).startswith(f"There is no file {tmp_path / 'none.csv'}: name a CSV")


def test_the_document_model_tells_what_it_has_learned() -> None:
    texts, labels = _made(160)
    unseen, truth = _made(40, seed=1)
    for parts in tweets.MODELS.values():
        assert (document.predict(parts, texts, labels, unseen) == truth).mean() >= 0.9


def test_the_ratio_of_an_n_gram_shows_its_side() -> None:
    union = document.grams()
    labels = np.array([1, 1, 1, 0, 0, 0])
    rows = union.fit_transform(["still broken"] * 3 + ["works well"] * 3).tocsr()
    ratio = dict(zip(union.get_feature_names_out(), document.log_ratio(rows, labels), strict=True))
    assert ratio["countvectorizer-1__broken"] > 0 > ratio["countvectorizer-1__works"]


def _made(number: int, seed: int = 0) -> tuple[list[str], document.Labels]:
    """Made texts: a few words, of which one gives the label away."""
    chance = random.Random(seed)
    words = ["today", "order", "phone", "train", "parcel", "seat", "bill", "app", "queue", "driver"]
    labels = [n % 2 for n in range(number)]
    texts = [
        " ".join(
            [*chance.sample(words, 4), chance.choice(("broken", "awful") if label else ("great", "thanks"))]
        )
        for label in labels
    ]
    return texts, np.array(labels, dtype=np.int64)
