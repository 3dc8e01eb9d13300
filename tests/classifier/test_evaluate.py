"""`putright evaluate`: the figures of any labelled file, and of what a file does not say that it is missing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from putright.bot.commands.evaluate import evaluate
from putright.cases.labels import Label
from putright.cases.reading import unread
from putright.classifier import corpus, model, reader, scores, train
from putright.classifier.scores import FIGURES

LEAK = {
    "id": "a",
    "text": "Third time I've rung about this leak. Nobody came. Not good enough.",
    "label": "complaint",
}
TAP = {"id": "b", "text": "The tap in my kitchen drips. Please send a plumber.", "label": "service_request"}
WHOLE = {
    "channel": "email",
    "service_area": "repairs",
    "flags": ["chaser"],
    "issues": ["Nobody came"],
    "outcomes": [],
}
MARKED = {"flags_f1", "area_accuracy", "points_f1"}


def run(path: Path, *options: str) -> Result:
    return CliRunner().invoke(evaluate, [str(path), *options])


def figures(path: Path) -> dict[str, Any]:
    result = run(path, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)[path.stem]
    return found


def lines(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return path


def test_labels_only_give_what_labels_give_and_null_for_the_rest(tmp_path: Path) -> None:
    path = lines(tmp_path / "plain.jsonl", LEAK, TAP)
    found = figures(path)
    assert (found["messages"], found["complaints"], found["surely_missed"], found["missed_share"]) == (
        2,
        1,
        0,
        0.0,
    )
    assert found["macro_f1"] == found["accuracy"] == 1.0
    missing = {name for name in FIGURES if found[name] is None}
    assert missing >= {
        "pairs_right",
        "flags_f1",
        "area_accuracy",
        "roles_accuracy",
        "points_f1",
        "outcomes_f1",
    }
    assert found["labels"][3] == {"label": "other", "precision": None, "recall": None, "f1": None, "count": 0}
    said = run(path).stdout
    assert "flags F1, area, roles, D F1, points F1, outcomes F1: not marked in this file." in said
    assert "both of a pair right: no families whose members differ in label." in said
    assert " 0.000  F1" not in said


def test_what_is_marked_is_scored_over_the_messages_that_have_it(tmp_path: Path) -> None:
    found = figures(lines(tmp_path / "some.jsonl", {**LEAK, **WHOLE}, TAP))
    assert all(found[name] is not None for name in MARKED)
    assert found["area_accuracy"] in (0.0, 1.0)  # of one message, not of two
    assert found["roles_accuracy"] is None


def test_a_pair_counts_only_where_its_members_differ(tmp_path: Path) -> None:
    pair = [{**LEAK, "family": "f"}, {**TAP, "family": "f"}]
    alike = [{**TAP, "id": "c", "family": "g"}, {**TAP, "id": "d", "family": "g"}]
    found = figures(lines(tmp_path / "pairs.jsonl", *pair, *alike))
    assert (found["families"], found["families_right"], found["pairs_right"]) == (1, 1, 1.0)


def test_a_pair_is_right_only_as_a_whole() -> None:
    raws = [
        {"id": str(n), "body": "x", "label": label, "family": "f"}
        for n, label in enumerate(["complaint", "other"])
    ]
    found = scores.score([corpus.record(raw, "f") for raw in raws], [unread("")] * 2)
    assert (found.families, found.families_right, found.accuracy) == (1, 0, 0.5)


@pytest.mark.parametrize(
    "extra", [{}, {"subject": None, "flags": None}, {"channel": "webform", "subject": "Tap"}]
)
def test_fields_may_lack_or_be_null(extra: dict[str, Any], tmp_path: Path) -> None:
    assert figures(lines(tmp_path / "x.jsonl", {**TAP, **extra}))["messages"] == 1


def test_a_csv_with_a_header_does_too(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(
        '﻿ID,Subject,Text,Label\r\n7,Tap,"It drips,\r\nplease send a plumber.",service_request\r\n'
    )
    assert figures(path)["messages"] == 1


def test_two_right_labels_are_not_counted(tmp_path: Path) -> None:
    either = {"id": "e", "body": "Any news?", "labels": ["complaint", "service_request"]}
    one = {"id": "f", "body": "How do I pay rent online?", "labels": ["other"]}
    path = lines(tmp_path / "cases.jsonl", either, one)
    assert figures(path)["messages"] == 1
    assert "cases: 1 messages (1 more has two right labels, not counted)" in run(path).stdout


REFUSED = [
    ("no text", {"label": "other"}, "x.jsonl:1: the record lacks body."),
    ("no label", {"text": "Hello."}, "x.jsonl:1: the record lacks label."),
    ("a fifth label", {"text": "Hello.", "label": "grumble"}, "the label 'grumble' is not one of the four"),
    ("a text that is none", {"text": 5, "label": "other"}, "body is not text"),
    ("an unknown flag", {**TAP, "flags": ["cross"]}, "the flag 'cross' is not in the guide"),
    ("an unknown channel", {**TAP, "channel": "fax"}, "the channel 'fax' is not in the guide"),
    ("a point nobody wrote", {**TAP, "issues": ["the roof"]}, "which is not in the body"),
    ("roles that are no list", {**TAP, "sentences": 3}, "sentences is not a list"),
]


@pytest.mark.parametrize(("record", "says"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_cannot_be_scored_is_said(record: dict[str, Any], says: str, tmp_path: Path) -> None:
    result = run(lines(tmp_path / "x.jsonl", record))
    assert result.exit_code == 1
    assert says in result.stderr


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe{}", b"[]", b"{"], ids=["empty", "no UTF-8", "a list", "half"]
)
def test_a_file_that_is_none_is_refused_in_a_sentence(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(content)
    result = run(path)
    assert (result.exit_code, "Traceback" in result.output) == (1, False)
    assert result.stderr.strip().endswith(".")


@pytest.mark.parametrize("joined", [False, True], ids=["as it stands", "subject above the text"])
def test_texts_the_model_was_trained_on_are_refused_with_labels_alone_too(
    joined: bool, tmp_path: Path
) -> None:
    record = corpus.load([model.FOLDER / "corpus" / "ridings.jsonl"])[0]
    text = (
        {"text": f"{record.subject}\n{record.body}"}
        if joined
        else {"subject": record.subject, "body": record.body}
    )
    result = run(lines(tmp_path / "x.jsonl", {"id": "1", **text, "label": "service_request"}))
    assert result.exit_code == 1
    assert "The model was trained on 1 of the 1 messages in x.jsonl" in result.stderr


def with_others(body: str) -> list[str]:
    """The words of a text, each ninth replaced."""
    return [word if n % 9 else "indeed" for n, word in enumerate(body.split(), 1)]


def test_a_text_that_only_begins_as_one_of_the_corpus_is_no_copy_of_it(tmp_path: Path) -> None:
    record = corpus.load([model.FOLDER / "corpus" / "ridings.jsonl"])[0]
    begun = " ".join(record.body.split()[:6])
    own = "and the rest of what stands here was put down for this test alone, in words that nobody else has used."
    result = run(lines(tmp_path / "x.jsonl", {"id": "c", "text": f"{begun} {own}", "label": "other"}))
    assert result.exit_code == 0, result.stderr


NEARLY = [
    ("without its subject", lambda s, b: {"text": b}),
    ("spaces doubled", lambda s, b: {"subject": s, "body": b.replace(" ", "  ")}),
    ("in capitals", lambda s, b: {"subject": s, "body": b.upper()}),
    ("a full stop more", lambda s, b: {"subject": s, "body": b + "."}),
    (
        "in capitals between a greeting and thanks",
        lambda s, b: {"text": f"HELLO\n{b.upper().replace('.', '!')}\nTHANKS"},
    ),
    ("each ninth word another", lambda s, b: {"text": " ".join(with_others(b))}),
]


@pytest.mark.parametrize("change", [row[1] for row in NEARLY], ids=[row[0] for row in NEARLY])
def test_a_near_copy_is_refused_with_what_to_do(
    change: Callable[[str, str], dict[str, str]], tmp_path: Path
) -> None:
    record = corpus.load([model.FOLDER / "corpus" / "ridings.jsonl"])[0]
    copy = {"id": "c", **change(record.subject, record.body), "label": "other"}
    result = run(lines(tmp_path / "x.jsonl", LEAK, copy))
    assert result.exit_code == 1
    assert "1 of the 2 messages" in result.stderr and "(id c)" in result.stderr
    assert "Take them out of the file" in result.stderr and "leave-one" not in result.stderr


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    result = run(lines(tmp_path / "x.jsonl"))
    assert (result.exit_code, "labelling guide" in result.stderr) == (1, False)
    assert "x.jsonl is empty" in result.stderr


def test_the_same_words_twice_and_under_two_labels_are_said(tmp_path: Path) -> None:
    again = {**TAP, "id": "c", "text": TAP["text"].upper()}
    result = run(lines(tmp_path / "x.jsonl", LEAK, TAP, again))
    assert "One message has the same words more than once; each is counted (id b and c)." in result.stderr
    assert "different labels" not in result.stderr
    result = run(lines(tmp_path / "x.jsonl", LEAK, TAP, {**again, "label": "other"}), "--json")
    assert result.exit_code == 0
    assert "One message has the same words under different labels" in result.stderr


def test_every_figure_says_what_it_means() -> None:
    assert all(len(meaning) > 20 for meaning in FIGURES.values())
    assert all(row.label in Label for row in scores.score([], []).labels)


def test_a_file_from_elsewhere_is_read_unseen_with_texts_and_labels_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Learning takes minutes: the reader in use stands in for the model of the whole corpus."""
    taught: list[corpus.Record] = []

    def read_unseen(records: list[corpus.Record], folder: Path, only: str) -> dict[str, Any]:
        taught.extend(records)
        reading = reader.load(folder)
        return {r.id: reading.read_text(r.subject, r.body, r.channel) for r in records if r.file == only}

    monkeypatch.setattr(train, "read_unseen", read_unseen)
    path = lines(tmp_path / "theirs.jsonl", LEAK, TAP)
    result = run(path, "--leave-one-file-out", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["theirs"]["accuracy"] == 1.0
    assert len(taught) == len(corpus.load(corpus.files(model.FOLDER / "corpus"))) + 2
