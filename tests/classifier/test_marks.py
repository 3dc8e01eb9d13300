"""Each mark's rules fire on their examples only, in the writer's own words only, and fast."""

import json
import time
from pathlib import Path

import pytest

from putright.cases.labels import Channel, Decision, Label, Mark
from putright.cases.message import Message
from putright.cases.reading import Reading, unread
from putright.classifier import marks, model, output, reader
from putright.classifier.words import straight
from putright.storage.messages import _dumps, _reading
from tests.classifier.needed import covered

RULES = marks.rules()
EXAMPLES = [pytest.param(r.id, text, id=f"{r.id}: {text}") for r in RULES for text in r.examples]
COUNTERS = [pytest.param(r.id, text, id=f"{r.id}: {text}") for r in RULES for text in r.counter_examples]
DISCLAIMER = "This email is confidential and may be disclosed under the Freedom of Information Act."


def ids(text: str, channel: str = "email") -> set[str]:
    return {rule.id for rule in marks.fired("", text, channel)}


@pytest.mark.parametrize(("rule", "text"), EXAMPLES)
def test_a_rule_fires_on_its_example(rule: str, text: str) -> None:
    assert rule in ids(text)


@pytest.mark.parametrize(("rule", "text"), COUNTERS)
def test_a_rule_is_silent_on_its_counter_example(rule: str, text: str) -> None:
    assert rule not in ids(text)


def test_every_rule_is_whole() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert {rule.mark for rule in RULES} == set(Mark)
    for rule in RULES:
        assert rule.paragraph and rule.says and rule.words, rule.id
        assert min(len(rule.examples), len(rule.counter_examples)) >= 4, rule.id
        assert all(word == straight(word) for word in rule.words), rule.id


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_no_pattern_matches_without_one_of_the_words_of_its_rule(rule: marks.MarkRule) -> None:
    assert [pattern for pattern in rule.written if not covered(pattern, rule.words)] == []


@pytest.mark.parametrize(
    ("pattern", "words", "expected"),
    [
        (r"\bforms? (?:15|26)\b", ("form",), True),
        (r"\bforms? (?:15|26)\b", ("15", "form 26", "forms 26"), True),
        (r"\bforms? (?:15|26)\b", ("forms",), False),
        (r"(?:my )?cat|dog", ("cat",), False),
        (r"(?:my )?cat|a.{0,9}dog", ("cat", "dog"), True),
        (r"(?:cat)*.+", ("cat",), False),
        (r"(?:c.t dog)+", ("dog",), True),
        (r"(?!cat)dog", ("cat",), False),
    ],
)
def test_what_a_pattern_cannot_match_without(pattern: str, words: tuple[str, ...], expected: bool) -> None:
    assert covered(pattern, words) is expected


GARBLED = [
    ("no TOML", "= oops [[", "Invalid"),
    ("no rules", "x = 1", "marks.toml is garbled, so"),
    ("no pattern", '[[rule]]\nid = "x"', "marks.toml is garbled, so"),
    ("no known mark", '[[rule]]\nid = "x"\nmark = "moon"', "marks.toml is garbled, so"),
]


@pytest.mark.parametrize(("text", "says"), [row[1:] for row in GARBLED], ids=[row[0] for row in GARBLED])
def test_a_garbled_file_of_marks_is_said_in_one_sentence(
    text: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "marks.toml"
    path.write_text(text, encoding="utf-8")
    compiled = marks.rules
    monkeypatch.setattr(marks, "rules", lambda: compiled(path))
    with pytest.raises(model.BadModelError, match=r"put the file back as it was\.$") as refused:
        reader.load()
    assert says in str(refused.value)


def test_every_mark_has_its_meaning_and_source() -> None:
    assert all(mark.meaning and mark.source for mark in Mark)


NOT_THEIR_WORDS = [
    ("small print", f"The tap drips.\n{DISCLAIMER}"),
    ("a quoted mail", "The tap drips.\n> This is a subject access request."),
    ("a signature", "The tap drips.\nRegards\nA. Bell, chair of Elm Court residents' association, we serve"),
    (
        "a header block",
        "From: SAR request <sar@x.example>\nSubject: subject access request\n\nThe tap drips.",
    ),
]


@pytest.mark.parametrize("body", [row[1] for row in NOT_THEIR_WORDS], ids=[row[0] for row in NOT_THEIR_WORDS])
def test_only_the_writers_own_words_count(body: str) -> None:
    assert marks.marks_of("", body, Channel.EMAIL) == ()


@pytest.mark.parametrize(
    ("subject", "body", "expected"),
    [
        pytest.param("Subject access request", "As above.", (Mark.SAR,), id="the subject counts"),
        pytest.param(
            "",
            "You emailed my rent statement to my ex. What are you doing about it?",
            (Mark.DP_COMPLAINT, Mark.POSSIBLE_BREACH),
            id="case 25 of the Code's table",
        ),
        pytest.param(
            "", "YOU’VE GIVEN MY ADDRESS TO MY EX-HUSBAND’S SISTER", (Mark.DP_COMPLAINT,), id="in capitals"
        ),
        pytest.param("", "", (), id="nothing"),
    ],
)
def test_marks_of_a_message(subject: str, body: str, expected: tuple[Mark, ...]) -> None:
    assert set(expected) <= set(marks.marks_of(subject, body, "email"))
    assert bool(expected) == bool(marks.marks_of(subject, body, "email"))


def test_they_are_printed_and_kept() -> None:
    from dataclasses import replace

    reading = replace(unread("No."), marks=(Mark.SAR, Mark.GROUP))
    assert output.as_json("1", "", reading)["marks"] == ["sar", "group"]
    assert _reading(json.loads(_dumps(reading))) == reading


def test_a_reading_kept_before_there_were_marks_has_none() -> None:
    old = json.loads(_dumps(unread("No.")))
    del old["marks"]
    kept: Reading = _reading(old)
    assert kept.marks == ()


def corpus() -> list[tuple[str, str, str]]:
    texts = [path.read_text(encoding="utf-8") for path in sorted((model.FOLDER / "corpus").glob("*.jsonl"))]
    records = [json.loads(line) for text in texts for line in text.split("\n") if line.strip()]
    return [(r["subject"], r["body"], r["channel"]) for r in records]


def test_they_are_rare_and_take_a_fifth_of_a_millisecond() -> None:
    messages = corpus()
    marks.rules()
    started = time.process_time()
    found = [marks.marks_of(*message) for message in messages]
    each = (time.process_time() - started) / len(messages)
    assert each < 0.001, f"{each * 1000:.2f} ms a message"  # five times the aim, for busy machines
    share = {mark: sum(mark in one for one in found) / len(found) for mark in Mark}
    assert max(share.values()) < 0.08, share


@pytest.mark.parametrize(
    "body", ["my data held about " * 60_000, "we all " * 150_000, "contractor" * 100_000]
)
def test_a_hostile_text_takes_bounded_time(body: str) -> None:
    started = time.process_time()
    marks.marks_of("", body, "email")
    assert time.process_time() - started < 1


def test_messages_and_marks_are_apart() -> None:
    assert "marks" not in Message.__dataclass_fields__


def test_marks_can_be_edited_without_training(monkeypatch: pytest.MonkeyPatch) -> None:
    """They enter neither features nor label: with other marks every message has the label and the chances it had.

    What a mark may do beside is ask a person.
    """
    from dataclasses import replace

    from putright.classifier import knowledge, reader

    assert "marks.toml" not in knowledge.FILES
    reading = reader.load()
    cases = [
        json.loads(x) for x in (model.FOLDER / "must-pass.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    texts = [(c["subject"], c["body"], c["channel"]) for c in cases if c.get("marks")]
    before = [reading.read_text(*text) for text in texts]
    monkeypatch.setattr(marks, "fired", lambda *_: [])
    after = [reader.load().read_text(*text) for text in texts]
    assert all(one.marks and not other.marks for one, other in zip(before, after, strict=True))
    left = [replace(x, marks=(), decision=Decision.ASK, reasons=()) for x in before]
    assert left == [replace(x, decision=Decision.ASK, reasons=()) for x in after]
    assert [x.label for x in before if Mark.SAR in x.marks and x.decision is Decision.SURE].count(
        Label.SERVICE_REQUEST
    ) == 0
