"""Whatever comes in, there is a reading in bounded time; what is no ground for a sure reading is asked about."""

import time

import pytest

from putright.cases.labels import Channel, Decision, Label, Role
from putright.cases.reading import Sentence
from putright.classifier import reader
from putright.classifier.oddities import only_signature
from putright.classifier.reasons import why

READER = reader.load()

PLAIN = [
    "Please could somebody mend the gate.",
    "I wish to complain about the gate.",
    "It is the third time that I write about the gate.",
    "The gate was mended, thank you.",
    "When is the gate to be mended?",
    "He said the gate would be mended by now.",
]
ASKED = [
    ("nothing at all", "", "It is empty; there are no words to read."),
    ("only marks", "?!?! ... 123", "It is empty; there are no words to read."),
    ("one word", "boiler", "It is too short to be sure."),
    (
        "only a signature",
        "--\nJoan Smith\nTel: 01234 567890\nSent from my iPhone",
        "There is only a signature, and no words of its own.",
    ),
    (
        "only what a telephone adds",
        "Sent from my iPhone",
        "There is only a signature, and no words of its own.",
    ),
    (
        "another language",
        "Bonjour, je vous écris parce que le chauffage ne marche plus depuis trois jours et mes enfants ont froid.",
        "It does not look like English.",
    ),
    (
        "words never seen",
        "zorble flumpet graxly wibbet quonk spindrel",
        "More than half of its words were never seen in training.",
    ),
    ("a megabyte", "The tap drips. " * 70_000, "It is so long that only its beginning was read."),
    ("ten thousand sentences", "Yes.\n" * 10_000, "It is so long that only its beginning was read."),
]


@pytest.mark.parametrize(("body", "reason"), [row[1:] for row in ASKED], ids=[row[0] for row in ASKED])
def test_it_asks(body: str, reason: str) -> None:
    started = time.monotonic()
    reading = READER.read_text("", body, Channel.EMAIL)
    assert reading.decision is Decision.ASK
    assert reason in reading.reasons
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("case", PLAIN, ids=PLAIN)
def test_what_is_sure_is_at_least_as_likely_as_not_or_stands_on_a_rule(case: str) -> None:
    reading = READER.read_text("", case, Channel.EMAIL)
    if reading.decision is Decision.SURE:
        assert reading.decided_by or reading.probabilities[reading.label] >= 0.5


def test_a_rule_that_decides_is_named() -> None:
    reading = READER.read_text("", "Please log this as a formal complaint about my fence.", Channel.EMAIL)
    assert (reading.label, reading.decision) == (Label.COMPLAINT, Decision.SURE)
    assert reading.decided_by == "formal-complaint"


def test_only_attachments_are_asked_about() -> None:
    assert (
        READER.read_text("", "", "email", attachments=2)
        .reasons[0]
        .startswith("It has attachments but no words")
    )


@pytest.mark.parametrize(
    "body",
    [
        "\x00\x01\x02 leak \x7f",
        "\u202emoor ym ni pmad\u202c there is damp in my room",
        "a" * 200_000,
        "\n" * 50_000,
        "İİİİ my roof İ leaks",
        '{"label": "other", "decision": "sure"} the label is other',
        "\ud800 broken half of a pair",
        "😀" * 3000,
    ],
    ids=["control characters", "right-to-left marks", "one endless word", "only line breaks", "letters that grow",
         "our own output", "a lone surrogate", "only emoji"],
)  # fmt: skip
def test_odd_text_still_gives_a_reading(body: str) -> None:
    reading = READER.read_text("", body, Channel.EMAIL)
    assert abs(sum(reading.probabilities.values()) - 1) < 0.01
    for point in (*reading.issues, *reading.outcomes):
        assert point in body


def test_an_unknown_channel_is_asked_about() -> None:
    reading = READER.read_text("", "The tap drips.", "pigeon")
    assert reading.decision is Decision.ASK


def test_points_and_offsets_are_of_the_body() -> None:
    body = "Dear all,\nYour plumber never came on Tuesday and nobody rang. Please send somebody else.\nJo"
    reading = READER.read_text("", body, Channel.EMAIL)
    assert reading.label is Label.COMPLAINT
    assert reading.issues and all(point in body for point in reading.issues)
    assert reading.outcomes and all(point in body for point in reading.outcomes)
    assert [body[s.start : s.end] for s in reading.sentences][
        1
    ] == "Your plumber never came on Tuesday and nobody rang."
    assert not set(reading.why.lower().split()) & {"plumber", "tuesday", "somebody"}


NOT_SURE_OF_ANYTHING_ELSE = [
    ("a complaint taken back", "", "Withdrawing my complaint, your Kelly sorted it in ten minutes."),
    ("only in the attachment", "Formal complaint", "Hello, please see my complaint attached. Anna Price"),
    (
        "staff's conduct",
        "",
        "Would you look into the conduct of your Mr Lacey, who came in without knocking.",
    ),
    (
        "given up",
        "",
        "Is the office open on Monday? Also the buzzer's been dead a month and I've given up ringing.",
    ),
    ("a complaint by its subject alone", "Complaint", "The lift again."),
]


@pytest.mark.parametrize(
    ("subject", "body"),
    [r[1:] for r in NOT_SURE_OF_ANYTHING_ELSE],
    ids=[r[0] for r in NOT_SURE_OF_ANYTHING_ELSE],
)
def test_a_person_looks_unless_it_is_surely_a_complaint(subject: str, body: str) -> None:
    reading = READER.read_text(subject, body)
    assert reading.label is Label.COMPLAINT or reading.decision is Decision.ASK


def test_dissatisfaction_in_a_survey_is_feedback_still() -> None:
    reading = READER.read_text(
        "", "Q3 What could be better? 2. I've given up ringing the office.", Channel.SURVEY
    )
    assert reading.label is Label.SURVEY_FEEDBACK
    assert not any("given up" in reason for reason in reading.reasons)


SHORTHAND = [
    "T rang re blr, no HW, v. cross, says 3rd call, nobody attd. Wants mgr cb asap.",
    "Mrs K, 12 Ashdown, boiler off again, 3rd visit no show, wants call from mgr, v upset",
    "cust c/b 3pm nr, vm, leak ktchn clg thru from 2f, elecs off, plumber etd 45 mins",
    "Rspndt Q3=2 Q4=1 verbatim: caretkr nvr seen, bins o/flow, grass knee high",
]


@pytest.mark.parametrize("note", SHORTHAND)
def test_shorthand_is_english(note: str) -> None:
    assert not any("English" in reason for reason in READER.read_text("", note, Channel.SLACK).reasons)


FOREIGN = [
    "Dzień dobry, kaloryfery nie działają od tygodnia i w domu jest bardzo zimno. Proszę o przysłanie technika.",
    "Buenos días, la caldera de mi casa no funciona desde hace tres días y tengo un bebé. Por favor manden a alguien.",
    "Buna ziua, am o problema cu apa calda in apartament de trei saptamani si nimeni nu a venit sa repare.",
    "Waxaan rabaa in aan idiin sheego in kuleyliyaha guriga uusan shaqaynayn toddobaad dhan, qof soo dira.",
]


@pytest.mark.parametrize("body", FOREIGN)
def test_another_language_is_asked_about(body: str) -> None:
    reading = READER.read_text("", body)
    assert reading.decision is Decision.ASK
    assert any("English" in reason or "never seen" in reason for reason in reading.reasons)


@pytest.mark.parametrize(
    "body", ["Stage 2 please.", "Your reply is rubbish.", "I want to complain about your caretaker."]
)
def test_a_complaint_has_at_least_one_point_in_its_own_words(body: str) -> None:
    reading = READER.read_text("", body)
    assert reading.label is Label.COMPLAINT
    assert reading.issues and all(point in body for point in reading.issues)


SIGNED = [
    ("a signature under words", "The boiler is broken.\n--\nJoan Smith", False),
    ("two words above a telephone's line", "Boiler broken\nSent from my iPhone", False),
    ("a number to ring", "Tel 01234 567890", True),
    ("a telephone number in a sentence", "Tel 01234 567890 if nobody comes", False),
    ("nothing", "", False),
]


@pytest.mark.parametrize(("body", "only"), [row[1:] for row in SIGNED], ids=[row[0] for row in SIGNED])
def test_a_signature_alone_is_told_from_words(body: str, only: bool) -> None:
    assert only_signature(body) is only


def test_what_is_empty_is_held_for_that_reason_alone() -> None:
    assert READER.read_text("", "").reasons == ("It is empty; there are no words to read.",)
    subject = READER.read_text("Formal complaint", "").reasons
    assert subject[0] == "It is empty; there are no words to read." and "%" not in " ".join(subject)


def test_a_rule_that_needs_another_is_not_said_to_have_fired_without_it() -> None:
    needing = "no-heating-someone-vulnerable"
    assert needing not in {hit.id for hit in READER.read_text("", "The boiler is broken.").rules}
    assert needing in {hit.id for hit in READER.read_text("", "The boiler is broken. My baby is cold.").rules}


WORDS_AND_TABLE = [
    (
        Label.SERVICE_REQUEST,
        "DR",
        "One sentence may be unhappy with the landlord, but as a whole it asks for action.",
    ),
    (
        Label.SERVICE_REQUEST,
        "DDF",
        "Two sentences may be unhappy with the landlord, but as a whole it reports",
    ),
    (
        Label.SERVICE_REQUEST,
        "FR",
        "One sentence asks for action, and dissatisfaction with the landlord was not found.",
    ),
    (Label.OTHER, "DQ", "One sentence may be unhappy with the landlord, but as a whole it asks for nothing"),
    (Label.OTHER, "Q", "It asks for information; nothing is to be put right and nobody is dissatisfied."),
]


@pytest.mark.parametrize(("label", "roles", "says"), WORDS_AND_TABLE)
def test_the_reason_fits_the_roles_of_the_sentences(label: Label, roles: str, says: str) -> None:
    sentences = [Sentence(n, n + 1, Role(role), 0.9) for n, role in enumerate(roles)]
    assert why(label, sentences, (), "", Channel.EMAIL).startswith(says)
