"""Features by name, as a model learns, and by row, as it reads, are the same; what is remembered is bounded."""

import pytest

from putright.classifier import naming, sentences, words
from putright.classifier.features import answers_a_survey, bag, merged, of_sentences, sentence, take_apart
from putright.classifier.linear import Features
from putright.classifier.naming import UNKNOWN
from putright.classifier.reader import load

READER = load()
MESSAGES = [
    (
        "Leak again",
        "The boiler is off. First I rang, first thing; nobody came.\n\nWill you mend it?",
        "email",
    ),
    ("", "heat - heat, HEAT: the heating is off - again - and gas-less.\nAddress: 4 Weir Lane", "webform"),
    ("s leak", "It is a s leak. Names Like These Are Names. “Speech”, they said, last.", "slack"),
    ("", "3/5", "survey"),
    ("", "", "email"),
    ("FW: x", "From: a@b.example\nTo: c@d.example\n\nThe tap drips.\nRegards\nAnn", "forward"),
]


@pytest.mark.parametrize(("subject", "body", "channel"), MESSAGES)
def test_features_by_row_are_the_features_by_name(subject: str, body: str, channel: str) -> None:
    text = take_apart(subject, body, channel, READER.model.knowledge)
    by_row = READER.tables.naming
    own, own_by_row = ([sentence(p, called) for p in text.parts] for called in (naming.BY_NAME, by_row))
    pairs = [
        *zip(of_sentences(text, own), of_sentences(text, own_by_row, by_row), strict=True),
        ([bag(text, own)], [bag(text, own_by_row, by_row)]),
    ]
    for named, numbered in pairs:
        assert known(merged(numbered)) == known({by_row.called[n]: x for n, x in merged(named).items()})


QUOTED = {
    "a survey's questions quoted below": ("10\n\n> How did we do?\n> How satisfied were you, 1 to 5?", True),
    "our letter quoted below": ("Thanks.\n\n> We shall come on Monday.\n> Regards, Repairs", False),
    "their own words speak of a survey": ("How satisfied was I with your survey? Out of 10, 2.", False),
}


@pytest.mark.parametrize(("body", "answers"), QUOTED.values(), ids=QUOTED)
def test_what_is_quoted_shows_that_a_survey_is_answered(body: str, answers: bool) -> None:
    text = take_apart("Re: Job 4", body, "email", READER.model.knowledge)
    assert answers_a_survey(text) is answers
    assert ("quotes a survey" in bag(text, [sentence(part) for part in text.parts])) is answers


def known(features: Features) -> Features:
    return {row: value for row, value in features.items() if row != UNKNOWN}


@pytest.mark.parametrize(("subject", "body", "channel"), MESSAGES)
def test_no_two_pieces_of_a_sentence_hold_the_same(subject: str, body: str, channel: str) -> None:
    text = take_apart(subject, body, channel, READER.model.knowledge)
    for pieces in of_sentences(text, [sentence(part) for part in text.parts]):
        assert len(merged(pieces)) == sum(map(len, pieces))


def test_what_the_model_never_learned_weighs_nothing() -> None:
    tables = READER.tables
    assert tables.naming.called["no feature is called so"] == UNKNOWN
    assert not tables.sentence[UNKNOWN].any() and not tables.bag[UNKNOWN].any()
    for linear, table in ((READER.model.sentence, tables.sentence), (READER.model.bag, tables.bag)):
        for name in list(linear.names)[::500]:
            assert (table[tables.naming.called[name]] == linear.weights[linear.names[name]]).all()


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "MOST_REMEMBERED", 10)
    remembered = words.Remembered(str.upper)
    assert [remembered[str(n)] for n in range(25)] == [str(n) for n in range(25)]
    assert len(remembered) <= 10


def test_a_chunk_beyond_measure_is_not_remembered() -> None:
    long = "ab" * sentences.LONGEST_REMEMBERED
    assert sentences.pieces(long)[0][0] == long
    assert long not in sentences._known
