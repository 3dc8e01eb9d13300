"""What would have changed the label: found within twelve readings, and true when the message is read again."""

import json
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from putright.cases.labels import Channel, Decision, Label, Role, ServiceArea
from putright.cases.message import Message
from putright.cases.reading import Reading, Sentence, unread
from putright.classifier import model, reader
from putright.classifier.counterfactual import MOST_READINGS, flip, without
from putright.triage.told import Told

READER = reader.load()
CASES = [json.loads(x) for x in (model.FOLDER / "must-pass.jsonl").read_text(encoding="utf-8").splitlines()]
LONG = [
    """Dear all, my name is Ines and I live at 3 Weir Lane. The tap in the kitchen drips. Your plumber never came on
Tuesday. Nobody has rung me since. Please send somebody. Ines""",
    """We love the new garden. The path needs a light by the steps. Your officer promised one in spring and has
ignored every letter since. Could it be put in before the winter?""",
    "The boiler was serviced today. Thank you. The man was rude to my wife and left the hall full of soot.",
    """My rent went up by £9. How is that worked out? You were told twice that I had paid and still you sent me
a threatening letter, which is a disgrace.""",
]


def message(body: str, channel: str = "email") -> Message:
    return Told(body, "", datetime(2026, 11, 23, tzinfo=UTC), Channel(channel)).message()


MESSAGES = [message(case["body"], case["channel"]) for case in CASES] + [message(body) for body in LONG]


@dataclass
class Counting:
    """Counts how often it reads, and holds what it was given."""

    read_bodies: list[str] = field(default_factory=list)

    def read(self, message: Message) -> Reading:
        self.read_bodies.append(message.body)
        return READER.read(message)


def test_the_flip_is_true_on_many_messages() -> None:
    flipped = 0
    for one in MESSAGES:
        counting = Counting()
        found = flip(counting, one)
        assert len(counting.read_bodies) <= MOST_READINGS
        if found is None:
            continue
        flipped += 1
        spans, label = found
        first = READER.read(one)
        assert label is not first.label
        assert READER.read(replace(one, body=without(one.body, spans))).label is label
        assert set(spans) <= {(s.start, s.end) for s in first.sentences}
        assert list(spans) == sorted(spans)
        assert re.search(r"[a-zA-Z]", without(one.body, spans))
    assert flipped >= 25


def test_the_same_holds_where_the_sentences_are_cut_out() -> None:
    held = tried = 0
    for one in MESSAGES:
        found = flip(READER, one)
        if found is None:
            continue
        body = one.body
        for start, end in reversed(found[0]):
            body = body[:start] + body[end:]
        tried += 1
        held += READER.read(replace(one, body=body)).label is found[1]
    assert tried >= 25
    assert held >= 0.95 * tried


@pytest.mark.parametrize("body", ["", "   ", "boiler", "Your plumber never came.", "?!", "\x00", "🔥"])
def test_what_is_one_sentence_or_none_cannot_be_turned(body: str) -> None:
    assert flip(READER, message(body)) is None


@dataclass
class Marked:
    """Reads a message as a complaint while it holds every one of `needed`; each line is a sentence."""

    needed: tuple[str, ...]
    read_bodies: list[str] = field(default_factory=list)

    def read(self, message: Message) -> Reading:
        self.read_bodies.append(message.body)
        sentences = tuple(
            Sentence(m.start(), m.end(), Role.DISSATISFACTION, 0.9)
            for m in re.finditer(r"\S[^\n]*\S", message.body)
        )
        given = all(word in message.body for word in self.needed)
        return Reading(
            label=Label.COMPLAINT if given else Label.OTHER,
            probabilities=dict.fromkeys(Label, 0.25),
            decision=Decision.SURE,
            reasons=(),
            paragraph="1.2",
            why="",
            service_area=ServiceArea.OTHER,
            sentences=sentences,
        )


def test_what_is_not_needed_is_put_back() -> None:
    found = flip(Marked(("four",)), message("one one\ntwo two\nthree three\nfour four\nfive five"))
    assert found == (((28, 37),), Label.OTHER) or found == (((24, 33),), Label.OTHER)


def test_it_gives_up_after_so_many_readings() -> None:
    marked = Marked(("nothing of it",))
    assert flip(marked, message("\n".join(f"nothing of it {n}" for n in range(40)))) is None
    assert len(marked.read_bodies) == MOST_READINGS


def test_a_message_beyond_measure_is_read_once() -> None:
    counting = Counting()
    assert flip(counting, message("The tap drips. " * 200)) is None
    assert len(counting.read_bodies) == 1


def test_a_reading_that_failed_is_left_alone() -> None:
    class Failing:
        def read(self, message: Message) -> Reading:
            return unread("No.")

    assert flip(Failing(), message("One. Two.")) is None


def test_blanks_keep_every_other_offset() -> None:
    assert without("One.\nTwo two. Three.", [(5, 13)]) == "One.\n         Three."
    assert without("a\nb", [(0, 3)]) == " \n "
