"""The commands that read: what they print, and what they refuse."""

import json
from pathlib import Path

from click.testing import CliRunner

from putright.bot.commands.classify import classify
from putright.bot.commands.evaluate import evaluate
from putright.bot.commands.explain_text import explain_text
from putright.classifier import model, reader
from putright.classifier.questions import questions

FIELDS = {
    "id", "label", "probabilities", "decision", "decided_by", "reasons", "why", "paragraph", "service_area", "flags",
    "issues", "outcomes", "questions", "evidence", "sentences", "rules", "marks", "model",
}  # fmt: skip
BODY = "Third time I've rung about this leak. Your man looked and left. Please treat this as a complaint."


def test_classify_prints_one_object_a_line() -> None:
    lines = [{"id": "a", "subject": "Leak", "body": BODY, "channel": "email"}, {"body": "When are you open?"}]
    result = CliRunner().invoke(classify, input="\n".join(map(json.dumps, lines)))
    assert result.exit_code == 0
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [set(one) for one in found] == [FIELDS, FIELDS]
    assert [one["about"] for one in found[0]["questions"]] == [
        x.about for x in questions(BODY, reader.load().read_text("Leak", BODY))
    ]
    assert set(found[0]["questions"][0]) == {"about", "words", "paragraph"}
    assert [one["id"] for one in found] == ["a", "2"]
    assert found[0]["label"] == "complaint"
    assert set(found[0]["probabilities"]) == {"complaint", "service_request", "survey_feedback", "other"}
    for start, end, role, chance in found[0]["sentences"]:
        assert BODY[start:end].strip() == BODY[start:end]
        assert role in "DCNPFHRQVTX"
        assert 0 <= chance <= 1
    assert "formal-complaint" in [rule["id"] for rule in found[0]["rules"]]


def test_a_bad_line_is_named_and_the_rest_is_read() -> None:
    text = '{oops\n{"body": "The tap drips.", "channel": "fax"}\n[]\n{"body": "The tap drips."}\n'
    result = CliRunner().invoke(classify, input=text)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert [json.loads(line)["line"] for line in result.stderr.splitlines()] == [1, 2, 3]


def test_evaluate_refuses_what_the_model_was_trained_on() -> None:
    result = CliRunner().invoke(evaluate, [str(model.FOLDER / "corpus" / "rural.jsonl")])
    assert result.exit_code == 1
    assert "use --leave-one-file-out" in result.stderr


def test_evaluate_scores_an_unseen_file(tmp_path: Path) -> None:
    record = json.loads((model.FOLDER / "corpus" / "rural.jsonl").read_text(encoding="utf-8").splitlines()[0])
    record |= {
        "id": "new",
        "body": "The tap drips. Please mend it.",
        "issues": [],
        "outcomes": [],
        "sentences": [],
    }
    (tmp_path / "new.jsonl").write_text(json.dumps(record), encoding="utf-8")
    result = CliRunner().invoke(evaluate, [str(tmp_path / "new.jsonl"), "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["new"]["messages"] == 1
    table = CliRunner().invoke(evaluate, [str(tmp_path / "new.jsonl")])
    assert "new: 1 messages" in table.stdout


def test_evaluate_names_the_line_that_breaks_the_guide(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"id": "x"}\n', encoding="utf-8")
    result = CliRunner().invoke(evaluate, [str(tmp_path / "bad.jsonl")])
    assert result.exit_code == 1
    assert "bad.jsonl:1: the record lacks" in result.stderr


def test_an_explanation_shows_every_sentence_and_the_label_s_meaning() -> None:
    reading = reader.load().read_text("Leak", BODY)
    lines = explain_text(BODY, reading)
    assert sum("leak" in line or "looked and left" in line for line in lines) >= 2
    assert any("expression of dissatisfaction" in line for line in lines)
    assert any("rule formal-complaint (Code 1.3)" in line for line in lines)
