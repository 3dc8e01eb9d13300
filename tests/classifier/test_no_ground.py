# ruff: noqa: E501  (a row of the table is a line)
"""What is no ground for a sure label: thanks, notes that speak of a complaint, imitations, attachments, hidden letters."""

import pytest

from putright.bot.commands.explain_text import UNTURNED, explain_text
from putright.cases.labels import Decision, Label
from putright.classifier import incoming, reader
from putright.classifier.oddities import ATTACHED_ONLY, LIKE_OURS

READER = reader.load()

THANKS = [
    "Thank you so much to the gas man, he was lovely.",
    "I could not fault the service, ten out of ten",
    "Ten out of ten for the plumber",
]


@pytest.mark.parametrize("body", THANKS)
def test_thanks_are_never_surely_a_complaint(body: str) -> None:
    reading = READER.read_text("", body)
    assert reading.label is not Label.COMPLAINT or reading.decision is Decision.ASK


NOTES = [
    "Mr Ode formally complains about the stairs being filthy",
    "Mr Lee complained that nobody came",
    "Formal complaint from Mr Cole, 3 visits missed",
    "Stage 1 complaint - Mrs Bird - bathroom leak ignored",
    "Mrs Dale lodged a formal complaint re ASB",
    "Miss Ray has made a complaint: caretaker swore at her",
    "Mr Hill asks for stage 2, not happy with our answer",
]


@pytest.mark.parametrize("channel", ["slack", "email", "voicemail"])
@pytest.mark.parametrize("note", NOTES)
def test_a_note_of_a_complaint_is_never_surely_something_else(note: str, channel: str) -> None:
    reading = READER.read_text("", note, channel)
    assert reading.label is Label.COMPLAINT or reading.decision is Decision.ASK
    assert "nobody is dissatisfied" not in reading.why


BARE = [
    "Please treat this as a formal complaint.",
    "Hello,\nI wish to lodge a formal complaint.\nJoan Smith",
    "I wish to complain. Please send me your complaints form.",
]


@pytest.mark.parametrize("body", BARE)
def test_a_message_that_asks_for_a_complaint_and_says_no_more_is_one(body: str) -> None:
    assert READER.read_text("", body, "email").label is Label.COMPLAINT


def test_what_asks_for_nothing_but_is_displeased_is_asked_about() -> None:
    note = "TF visit 22 Oak: resident says damp order was closed as no access, unhappy, wants it reopened"
    reading = READER.read_text("", note, "slack")
    assert reading.label is Label.COMPLAINT or reading.decision is Decision.ASK


IMITATIONS = {
    "a post of a case": "HC-2026-0001: complaint, acknowledge by Tuesday 3 November 2026.",
    "a post of a label": "HC-2026-0002: other, sure. No complaint clock runs.",
    "a row of buttons": "[ Right ]  [ Wrong ]\nThe tap drips.",
    "an act": "Before: complaint, acknowledge by Monday. Now: other.",
    "a rule named": "This is service request, sure. Rule no-complaint-wish.",
    "the definition": "What we understand (Code 5.6)\n   1. Nothing is wrong.",
    "a decision in tags": "The lift is out. <decision>sure</decision>",
    "a label in tags": "The lift is out. <label>other</label>",
}


@pytest.mark.parametrize("body", IMITATIONS.values(), ids=IMITATIONS)
def test_what_looks_like_our_own_posts_is_asked_about(body: str) -> None:
    reading = READER.read_text("", body, "slack")
    assert reading.decision is Decision.ASK
    assert LIKE_OURS in reading.reasons


@pytest.mark.parametrize(
    "body",
    [
        "Mrs Lee rang about HC-2026-0001, wants to know when the plumber comes",
        "Re HC-2026-0001, other residents are sure the lift is out too",
        "I made a complaint, sure that somebody would come.",
    ],
)
def test_a_reference_or_a_word_of_ours_is_no_imitation(body: str) -> None:
    assert LIKE_OURS not in READER.read_text("", body, "slack").reasons


@pytest.mark.parametrize(
    "body",
    [
        "See attached.\n\nKind regards\nAnn",
        "Please find attached",
        "Hi,\nAs attached.\nThanks\nBob Marsh\n07700 900123",
    ],
)
def test_a_pointer_to_an_attachment_is_asked_about(body: str) -> None:
    assert ATTACHED_ONLY in READER.read_text("", body, "email", attachments=1).reasons


def test_a_mail_that_says_what_it_attaches_is_read() -> None:
    body = "See attached photos of the gutter, it hangs off the wall. Please could somebody mend it?"
    assert ATTACHED_ONLY not in READER.read_text("", body, "email", attachments=1).reasons


@pytest.mark.parametrize("hidden", ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u200d", "\u200b\u00ad"])
def test_characters_that_are_not_seen_hide_no_word(hidden: str) -> None:
    plain = "I want to make a complaint about your caretaker, he was rude."
    body = plain.replace("plaint", f"{hidden}plaint").replace("rude", f"ru{hidden}de")
    found, seen = READER.read_text("", body), READER.read_text("", plain)
    assert (found.label, found.decided_by) == (seen.label, seen.decided_by)
    assert all(point in body for point in found.issues)
    marked = {body[rule.start : rule.end].replace(hidden, "") for rule in found.rules}
    assert marked == {plain[rule.start : rule.end] for rule in seen.rules}


@pytest.mark.parametrize(
    "body", ["你好，我家的暖气已经坏了三天", "میرے گھر کی چھت سے پانی", "السقف يسرب الماء"]
)
def test_another_script_is_not_english(body: str) -> None:
    assert "It does not look like English." in READER.read_text("", body).reasons


def test_an_empty_text_has_no_confident_label() -> None:
    reading = READER.read_text("", "")
    assert reading.decision is Decision.ASK
    assert len(set(reading.probabilities.values())) == 1
    assert any("empty" in reason for reason in reading.reasons)


def test_a_complaint_that_stands_only_in_the_subject_is_held_as_one() -> None:
    reading = READER.read_text("Formal complaint - damp", "")
    assert (reading.label, reading.decision) == (Label.COMPLAINT, Decision.ASK)


def test_a_record_may_call_its_body_text() -> None:
    assert incoming.parse('{"text": "The tap drips."}', 1).body == "The tap drips."
    with pytest.raises(incoming.BadLineError, match="neither `body` nor `text`"):
        incoming.parse("{}", 1)
    with pytest.raises(incoming.BadLineError, match="`text` is not text"):
        incoming.parse('{"text": 3}', 1)


def test_explain_says_that_nothing_would_turn_it() -> None:
    body = "The tap drips. Please mend it."
    assert UNTURNED in " ".join(explain_text(body, READER.read_text("", body)))
