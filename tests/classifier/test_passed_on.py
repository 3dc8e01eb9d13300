# ruff: noqa: E501  (a row of the table is a line)
"""Mail pasted below a short line: the mail is what the message is about, and an answer to one stays its writer's."""

import json
from datetime import UTC, datetime

import pytest

from putright.cases.labels import Decision, Label, Role
from putright.cases.message import Span
from putright.classifier import model, reader
from putright.classifier.passed_on import passed_on
from putright.mailbox.parse import parse

READER = reader.load()
ANGRY = (
    "My boiler has been broken for three weeks and nobody has come out despite four calls. I am disgusted with your "
    "service and my children are cold."
)
CALM = "Hello, the kitchen tap has started to drip. Please could somebody come and mend it next week?"
ABOVE = {
    "asks to log it": "Can you log this please. Thanks, Bev",
    "for information": "FYI",
    "points below": "Please see below, thanks\nSue",
    "greets and signs": "Hi Tom,\n\nCould you pick this up please?\n\nThanks\nBev Marsh\nHousing Officer",
    "says whose it is": "Forwarding this on from a tenant at Weir Lane",
    "does not know": "Not sure who deals with this?",
}
QUOTES = {
    "an original message": "-----Original Message-----\nFrom: Ann Lee <ann@example.net>\nSent: 3 November 2026 20:11\nTo: Repairs\nSubject: Boiler\n\n",
    "a header block": "From: Ann Lee <ann@example.net>\nSent: 3 November 2026 20:11\nTo: Bev\nSubject: RE: my flat\n\n",
    "a forwarded message": "---------- Forwarded message ---------\nFrom: Ann Lee <ann@example.net>\nDate: Tue, 3 Nov 2026 at 20:11\nSubject: Flat\n\n",
    "a line that says who wrote": "On Tue, 3 Nov 2026 at 20:11, Ann Lee <ann@example.net> wrote:\n\n> ",
    "such a line broken in two": "On Tue, 3 Nov 2026 at 20:11, Ann Lee\n<ann@example.net> wrote:\n\n> ",
}


@pytest.mark.parametrize("channel", ["email", "slack"])
@pytest.mark.parametrize("quote", QUOTES)
@pytest.mark.parametrize("above", ABOVE)
def test_a_complaint_below_a_short_line_is_never_surely_something_else(
    above: str, quote: str, channel: str
) -> None:
    reading = READER.read_text("", f"{ABOVE[above]}\n\n{QUOTES[quote]}{ANGRY}\n", channel)
    assert reading.label is Label.COMPLAINT or reading.decision is Decision.ASK
    assert any(s.role is Role.DISSATISFACTION for s in reading.sentences)


@pytest.mark.parametrize("channel", ["email", "slack"])
@pytest.mark.parametrize("quote", QUOTES)
def test_a_request_below_a_short_line_is_a_request(quote: str, channel: str) -> None:
    reading = READER.read_text(
        "", f"Can you log this please. Thanks, Bev\n\n{QUOTES[quote]}{CALM}\n", channel
    )
    assert reading.label is Label.SERVICE_REQUEST


LANDLORDS = "From: Repairs\nSent: 3 June\nSubject: Your job\n\nWe are sorry for the delay and will come on Monday between eight and one. Please be in."
OWN = [
    ("a plain answer", f"Yes, Monday is fine.\n\n{LANDLORDS}", "email"),
    ("words of one's own that stand by themselves", f"{ANGRY} {ANGRY}\n\n{LANDLORDS}", "email"),
    ("a forward already", f"FYI\n\n{LANDLORDS}", "forward"),
    ("no quote at all", "Can you log this please. The tap drips.", "email"),
]


@pytest.mark.parametrize(("body", "channel"), [r[1:] for r in OWN], ids=[r[0] for r in OWN])
def test_what_is_the_writers_own_is_not_taken_for_a_forward(body: str, channel: str) -> None:
    found = passed_on(body, channel)
    assert found is None or not found.pointing


def test_the_mail_rooms_marks_are_believed() -> None:
    body = f"FYI\n\n{QUOTES['a line that says who wrote']}{ANGRY}"
    assert passed_on(body, "email") is not None
    assert passed_on(body, "email", (Span(5, len(body), "quote"),)) is None


def test_a_short_answer_above_a_complaint_of_unclear_origin_is_asked_about() -> None:
    reading = READER.read_text("", f"Thanks, got that.\n\n{QUOTES['a header block']}{ANGRY}")
    assert reading.label is Label.COMPLAINT or reader.QUOTED_COMPLAINT in reading.reasons


def test_an_answer_that_came_by_mail_stays_an_answer() -> None:
    raw = (
        "From: Ann Lee <ann@example.net>\nTo: repairs@harrowmere.example.org\nSubject: Re: Your job\n"
        "Date: Wed, 4 Nov 2026 09:00:00 +0000\nMessage-ID: <a@example.org>\n\n"
        "Yes, Monday is fine, thank you very much for letting me know.\n\n"
        "On 3 Nov 2026, at 10:02, Repairs <repairs@harrowmere.example.org> wrote:\n\n"
        "> We are sorry that nobody came. You were unhappy with us and said that it was not good enough.\n"
    )
    mail = parse(raw.encode(), datetime(2026, 11, 4, 9, 1, tzinfo=UTC), frozenset({"harrowmere.example.org"}))
    assert READER.read(mail).label is Label.OTHER


def test_answers_in_the_corpus_are_taken_for_no_forward() -> None:
    found = []
    for path in sorted((model.FOLDER / "corpus").glob("*.jsonl")):
        for line in filter(None, path.read_text(encoding="utf-8").split("\n")):
            record = json.loads(line)
            of_it = passed_on(record["body"], record["channel"])
            if of_it is not None and of_it.pointing:
                found.append(record["id"])
    assert len(found) <= 3
