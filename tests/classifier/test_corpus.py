"""The corpus is sound, and a line that breaks the guide is named with what is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from putright.classifier import corpus, model

GOOD: dict[str, Any] = {
    "id": "t-1",
    "channel": "email",
    "subject": "Tap",
    "body": "The tap drips. Please mend it.",
    "label": "service_request",
    "secondary": None,
    "service_area": "repairs",
    "flags": ["vulnerability"],
    "outcomes": ["Please mend it"],
    "issues": ["The tap drips"],
    "sentences": [[0, 14, "F"], [15, 30, "R"]],
}

BROKEN = [
    ("a field is missing", {"label": ...}, "the record lacks label."),
    ("the label is not one of the four", {"label": "moan"}, "the label 'moan' is not one of the four."),
    (
        "the secondary label repeats the label",
        {"secondary": "service_request"},
        "is not another of the four.",
    ),
    ("the channel is unknown", {"channel": "fax"}, "the channel 'fax' is not in the guide."),
    ("the area is unknown", {"service_area": "roofs"}, "the service area 'roofs' is not in the guide."),
    ("a flag is unknown", {"flags": ["angry"]}, "the flag 'angry' is not in the guide."),
    ("the flags are not a list", {"flags": "chaser"}, "flags is not a list of texts."),
    ("the body is empty", {"body": " ", "outcomes": [], "issues": [], "sentences": []}, "the body is empty."),
    ("the body is a number", {"body": 3}, "body is not text."),
    (
        "a point is not in the body",
        {"issues": ["The tap leaks"]},
        "issues holds 'The tap leaks', which is not in the body.",
    ),
    ("a sentence runs past the body", {"sentences": [[0, 99, "F"]]}, "is not a stretch of the body"),
    ("sentences overlap", {"sentences": [[0, 14, "F"], [10, 30, "R"]]}, "is not a stretch of the body"),
    ("a role is unknown", {"sentences": [[0, 14, "Z"]]}, "the sentence role 'Z' is not in the guide."),
]


def written(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return path


@pytest.mark.parametrize(("change", "says"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_faulty_line_is_named(change: dict[str, Any], says: str, tmp_path: Path) -> None:
    bad = {key: value for key, value in (GOOD | change).items() if value is not ...}
    records, faults = corpus.read([written(tmp_path / "x.jsonl", bad)])
    assert records == []
    assert len(faults) == 1
    assert faults[0].startswith("x.jsonl:1: ")
    assert says in faults[0]


def test_a_line_that_is_not_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text(json.dumps(GOOD) + "\n{oops\n[]\n", encoding="utf-8")
    records, faults = corpus.read([tmp_path / "x.jsonl"])
    assert len(records) == 1
    assert faults == ["x.jsonl:2: the line is not JSON.", "x.jsonl:3: the line is not a JSON object."]


def test_the_same_message_twice_is_named(tmp_path: Path) -> None:
    _, faults = corpus.read([written(tmp_path / "x.jsonl", GOOD, GOOD)])
    assert faults == [
        "x.jsonl:2: its id stands already at x.jsonl:1.",
        "x.jsonl:2: it begins like the message already at x.jsonl:1.",
    ]


def test_near_copies_are_known_again() -> None:
    mine = corpus.fingerprints("Tap", "The tap in my kitchen drips; please send a plumber.")
    for subject, body in (
        ("TAP", "The  tap in my kitchen DRIPS, please send a plumber"),
        ("", "The tap in my kitchen drips; please send a plumber."),
    ):
        assert mine & corpus.fingerprints(subject, body)
    assert not mine & corpus.fingerprints("Tap", "The tap in my bathroom drips; please send a plumber.")
    assert not corpus.fingerprints("Tap", "Yes please.") & corpus.fingerprints("Rent", "Yes please.")


LONG = "The gate at the back has hung by one hinge since the storm and bangs all night long."
CLOSE = "I write because the gate at the back has hung by one hinge since June, that is all."


@pytest.mark.parametrize(
    ("bodies", "families", "named"),
    [
        pytest.param((LONG, CLOSE), ("", ""), True, id="two apart"),
        pytest.param((LONG, CLOSE), ("f", "f"), False, id="a family"),
        pytest.param((LONG, CLOSE), ("f", "g"), True, id="two families"),
        pytest.param(
            (LONG, "The gate at the front is new and we like it."), ("", ""), False, id="four words"
        ),
        pytest.param((LONG, LONG + " Please."), ("f", "f"), False, id="a family that begins alike"),
    ],
)
def test_two_messages_outside_a_family_do_not_share_their_words(
    bodies: tuple[str, str], families: tuple[str, str], named: bool, tmp_path: Path
) -> None:
    bare = GOOD | {"outcomes": [], "issues": [], "sentences": []}
    paths = [
        written(tmp_path / f"{n}.jsonl", bare | {"id": str(n), "body": body, "family": family})
        for n, (body, family) in enumerate(zip(bodies, families, strict=True))
    ]
    _, faults = corpus.read(paths)
    assert bool(faults) is named
    assert all(
        "runs of 5 words with 0.jsonl:1" in fault and fault.startswith("1.jsonl:1: ") for fault in faults
    )


def test_loading_a_faulty_corpus_says_every_fault(tmp_path: Path) -> None:
    with pytest.raises(corpus.FaultyCorpusError, match=r"x\.jsonl:1: the label 'moan'"):
        corpus.load([written(tmp_path / "x.jsonl", GOOD | {"label": "moan"})])


def test_the_projects_own_corpus_is_sound() -> None:
    records, faults = corpus.read(corpus.files(model.FOLDER / "corpus"))
    assert faults == []
    assert len(records) >= 3850
