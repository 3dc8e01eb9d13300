"""Flags: what a message must say for one, and the words that `explain` shows for each."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from putright.bot.main import main
from putright.cases.labels import Channel, Flag
from putright.cases.message import Message
from putright.classifier import flag_evidence, reader
from putright.classifier.flagging import SPELT, flags_of
from putright.classifier.heads import FLAGS
from putright.triage.told import Told

READER = reader.load()
OMBUDSMAN = "I shall write to the Housing Ombudsman about the gully."
SMALL_PRINT = (
    "I am unhappy with the plastering. Nobody has been back to finish it.\nMs Dale\n\n"
    "> On 3 Oct 2026, Repairs wrote:\n> If you are unhappy you can complain to the Housing Ombudsman at any time."
)


def message(body: str, subject: str = "") -> Message:
    return replace(
        Told(body, "", datetime(2026, 11, 2, 9, tzinfo=UTC), Channel.EMAIL).message(), subject=subject
    )


SAID = [
    ("a resident names the Ombudsman", "", OMBUDSMAN, Flag.OMBUDSMAN, True),
    ("spelt otherwise", "", "I will tell the ombusman of it.", Flag.OMBUDSMAN, True),
    ("our own quoted small print names it", "Formal complaint", SMALL_PRINT, Flag.OMBUDSMAN, False),
    ("another ombudsman", "", "The energy ombudsman has it now.", Flag.OMBUDSMAN, False),
    (
        "a formal complaint by its subject",
        "Formal complaint",
        "The lift stands.",
        Flag.EXPLICIT_COMPLAINT,
        True,
    ),
    ("stage 2 by its subject", "Stage 2", "I do not agree with your letter.", Flag.ESCALATION_REQUEST, True),
    ("no word of complaint", "", "Nobody has been to look at the gully.", Flag.EXPLICIT_COMPLAINT, False),
]


@pytest.mark.parametrize(
    ("subject", "body", "flag", "given"), [row[1:] for row in SAID], ids=[row[0] for row in SAID]
)
def test_a_flag_for_what_is_said_needs_the_words(subject: str, body: str, flag: Flag, given: bool) -> None:
    assert (flag in READER.read_text(subject, body).flags) is given


def test_the_model_alone_does_not_say_that_the_ombudsman_was_named() -> None:
    chances = [0.99 if flag is Flag.OMBUDSMAN else 0.0 for flag in FLAGS]
    assert flags_of(chances, [0.5] * len(FLAGS), (), {"ombudsman"}) == ()


@pytest.mark.parametrize("flag", SPELT)
def test_the_model_alone_does_not_set_such_a_flag(flag: Flag) -> None:
    chances = [0.99 if other is flag else 0.0 for other in FLAGS]
    limits = [0.5] * len(FLAGS)
    assert flags_of(chances, limits, (), {"the", "gully"}) == ()
    assert flags_of(chances, limits, (), {"the", SPELT[flag][0] + "xyz"}) == (flag,)


def test_every_flag_is_shown_with_words_that_the_message_has() -> None:
    body = "My mother is 84. There is black mould in her bedroom, and this is the third time that I have rung about it."
    told = message(body)
    raised = flag_evidence.of_flags(READER.model, told, READER.read(told))
    assert raised.keys() == set(READER.read(told).flags) >= {Flag.VULNERABILITY, Flag.HAZARD_SIGNIFICANT}
    shown = {flag: [body[start:end] for start, end in spans] for flag, spans in raised.items()}
    assert "84" in " ".join(shown[Flag.VULNERABILITY])
    assert "mould" in " ".join(shown[Flag.HAZARD_SIGNIFICANT])


def test_words_of_others_raise_no_flag() -> None:
    told = message("The tap drips.\n\n> On 3 Oct 2026, Repairs wrote:\n> You said that your baby has asthma.")
    raised = flag_evidence.of_flags(READER.model, told, READER.read(told))
    assert all("asthma" not in told.body[start:end] for spans in raised.values() for start, end in spans)


def test_explain_shows_them_and_what_the_subject_brought(tmp_path: Path) -> None:
    (tmp_path / "m.eml").write_text(
        "From: a@example.org\nTo: b@example.org\nSubject: Formal complaint\nDate: Mon, 2 Nov 2026 09:00:00 +0000\n\n"
        "There is mould in my baby's room and nobody has come.\n"
    )
    said = CliRunner().invoke(main, ["explain", str(tmp_path / "m.eml")]).output
    assert "\nWords that raised each flag\n" in said
    assert "rule formal-complaint-in-subject (Code 1.3): in the subject" in said
    assert "    - explicit complaint: the subject" in said
    assert "    - vulnerability: “my baby" in said


EDGES = [
    ("nothing", "", ()),
    ("marks only", "?!", ()),
    ("marks of direction", "‏‮My baby is ill.‬", None),
    ("a megabyte", "My baby is ill. " * 65_000, None),
]


@pytest.mark.parametrize(("body", "flags"), [row[1:] for row in EDGES], ids=[row[0] for row in EDGES])
def test_odd_messages_are_explained_too(body: str, flags: tuple[Flag, ...] | None) -> None:
    told = message(body)
    raised = flag_evidence.of_flags(READER.model, told, READER.read(told))
    assert flags is None or tuple(raised) == flags


TELLING = [
    ("a word that is known", "asthma", True, True),
    ("a word that is known, with a capital", "Ombudsman", True, True),
    ("a word of some length", "wheelchair", False, True),
    ("a name", "Obi", False, False),
    ("a fragment of a date", "th", False, False),
    ("a greeting", "Dear", True, False),
    ("the landlord's name", "Housing", True, False),
    ("one of the commonest words", "the", True, False),
]


@pytest.mark.parametrize(("written", "known", "shown"), [x[1:] for x in TELLING], ids=[x[0] for x in TELLING])
def test_words_that_tell_why(written: str, known: bool, shown: bool) -> None:
    assert flag_evidence.telling(written, written.lower(), known) is shown


def test_no_name_and_no_greeting_is_shown_as_what_raised_a_flag() -> None:
    body = (
        "Dear Housing,\nI wrote on the 12th. Ann Obi never came. The GP says the mould affects her breathing."
    )
    told = message(body)
    raised = flag_evidence.of_flags(READER.model, told, READER.read(told))
    shown = {body[start:end] for spans in raised.values() for start, end in spans}
    assert shown
    assert not re.search(r"\b(?:Dear|Housing|Ann|Obi|th)\b", " ".join(shown))
