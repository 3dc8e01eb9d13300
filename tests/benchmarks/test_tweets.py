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
        ([("1", "two\nlines", "1", "x"), ("2", "b", "yes", "x")], "line 3: the label is 'yes', not 0 or 1; the"),
        ([("2", "b", "", "x")], "line 1: the label is '', not 0 or 1; the"),
        ([*ENOUGH, ("id", "text", "label", "domain")], "line 21: the label is 'label', not 0 or 1; the"),
        ([("1", "a", "1", "x"), ("2", "b")], "line 2: the row has 2 fields, not the four id, text,"),
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


GOOD = "".join(f"c{n},Broken again,1,x\no{n},Good morning,0,x\n" for n in range(10))
READ = [
    ("headings", b"id,text,label,domain\n", ""),
    ("no domain", b"7,late again,1\n", "late again"),
    ("an empty domain", b"7,late again,1,\n", "late again"),
    ("Windows-1252", b"7,caf\xe9 \x96 closed,1,x\n", "caf\xe9 \u2013 closed"),
    ("commas nobody quoted", b"7,late, again, and rude,1,x\n", "late, again, and rude"),
    ("a quote in the middle", b'7,he said "tomorrow" again,1,x\n', 'he said "tomorrow" again'),
    ("a stray quote after a quoted part", b'7,"late" again,1,x\n', "late again"),
    ("labels as decimals", b"7,late again,1.0,x\n", "late again"),
    ("Windows line ends", b"7,late again,1,x\r\n\r\n", "late again"),
    ("a row of nothing", b",,,\n7,late again,1,x\n", "late again"),
]


@pytest.mark.parametrize(("first", "text"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_what_people_make_of_csv_is_read(first: bytes, text: str, tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    path.write_bytes(first + GOOD.encode())
    texts, labels = tweets.load(path)
    assert (texts[0], labels[0], len(texts)) == ((text, 1, 21) if text else ("Broken again", 1, 20))


def test_utf_16_is_read(tmp_path: Path) -> None:
    (tmp_path / "texts.csv").write_text("7,\u2639 again,1,x\n" + GOOD, encoding="utf-16")
    assert tweets.load(tmp_path / "texts.csv")[0][0] == "\u2639 again"


def test_a_missing_file_ends_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        list(tweets.measure(tmp_path / "none.csv"))
    assert str(caught.value).startswith(f"There is no file {tmp_path / 'none.csv'}: name a CSV")


def test_the_document_model_tells_what_it_has_learned() -> None:
    texts, labels = _made(160)
    unseen, truth = _made(40, seed=1)
    for parts in tweets.MODELS.values():
        assert (document.predict(parts, texts, labels, unseen) == truth).mean() >= 0.9


def test_a_part_that_tells_nothing_has_no_share() -> None:
    labels = np.array([0, 1] * 50, dtype=np.int64)
    noise = np.random.default_rng(0).normal(size=100)
    weight = document.shares(np.stack([labels - 0.5, noise, 0.5 - labels], axis=1), labels)
    assert weight[0] > 10 * weight[1] >= 0
    assert weight[2] == 0


NORMAL = [
    ("people and links", "@BTCare see https://t.co/x1", " <user>  see  <url> "),
    ("already made plain", "<user> again <url>", "<user> again <url>"),
    ("entities and curly quotes", "I don’t care &amp; won’t", "i don't care & won't"),
    ("a letter drawn out", "SOOOOO slow!!!", "soo slow!!!"),
    ("numbers and hashtags stay", "#fail 2000000", "#fail 2000000"),
    ("an address is no person", "a@b.example", "a@b.example"),
]


@pytest.mark.parametrize(("text", "plain"), [row[1:] for row in NORMAL], ids=[row[0] for row in NORMAL])
def test_a_text_is_made_plain(text: str, plain: str) -> None:
    assert document.normalised(text) == plain


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
