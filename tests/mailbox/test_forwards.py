"""Each mail in forwards/ is read as its twin of the same name says: whose it is, its subject, its every word."""

import json
from typing import Any

import pytest

from putright.cases.message import Message, Person
from putright.mailbox import hop_text
from putright.mailbox.parse import parse
from tests.mailbox.twins import ARRIVED, MAILS, STAFF

FORWARDS = MAILS.parent / "forwards"
NAMES = sorted(path.stem for path in FORWARDS.glob("*.eml"))
"""Forwards by staff in every shape of email.md, section 4.2, and mails that only look like one (`not-…`).

The twins were written from what the mails were composed of, not by the parser.
"""


def read(name: str, domains: frozenset[str] = STAFF) -> dict[str, Any]:
    message = parse((FORWARDS / f"{name}.eml").read_bytes(), ARRIVED, domains)
    found = hop_text.original(message, innermost=not domains and bool(message.hops))
    return {
        "resident": _person(found.author),
        "trusted": message.forwarded_by is not None,
        "forwarded_by": _person(message.forwarded_by) if message.forwarded_by else None,
        "original_date": found.date.isoformat() if found.date else None,
        "subject": found.subject,
        "text": found.text,
        "hops": [[hop.sender.name, hop.sender.address, hop.subject] for hop in message.hops],
    }


def _person(who: Person) -> dict[str, str]:
    return {"name": who.name, "address": who.address}


def twin(name: str) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((FORWARDS / f"{name}.json").read_text(encoding="utf-8"))
    return facts


@pytest.mark.parametrize("name", NAMES)
def test_forward_is_read_as_its_twin_says(name: str) -> None:
    assert read(name) == twin(name)


@pytest.mark.parametrize("name", NAMES)
def test_without_a_trusted_domain_the_chain_is_the_same_and_nobody_is_believed(name: str) -> None:
    shown, expected = read(name, frozenset()), twin(name)
    assert not shown["trusted"]
    assert [shown[key] for key in ("resident", "subject", "text", "hops")] == [
        expected[key] for key in ("resident", "subject", "text", "hops")
    ]


def test_there_are_forwards_enough_each_with_its_twin() -> None:
    assert sorted(path.stem for path in FORWARDS.glob("*.json")) == NAMES
    assert sum(not name.startswith("not-") for name in NAMES) >= 120


CALL = "From: 9 Larch House\nSubject: smoke from below\nDate: {}\n\nShe wants to complain."


def by_staff(body: str, subject: str = "Call this morning") -> Message:
    head = f"From: Sam Okafor <sam.okafor@harrowmere.example>\nSubject: {subject}\n"
    head += "Date: Tue, 3 Nov 2026 10:05:00 +0000\n"
    return parse(f"{head}Content-Type: text/plain; charset=utf-8\n\n{body}\n".encode(), ARRIVED, STAFF)


def test_a_note_of_a_call_with_labels_is_no_forward() -> None:
    message = by_staff(f"Took this down.\n\n{CALL.format('since last Friday')}")
    assert (message.hops, message.forwarded_by, message.notes) == ((), None, ())
    assert {span.kind for span in message.spans} == {"words"}
    assert "smoke from below" in hop_text.words(message)


@pytest.mark.parametrize(
    ("body", "subject"),
    [
        (CALL.format("since last Friday"), "FW: Call"),
        (CALL.format("2 November 2026 09:14"), "Call"),
        (CALL.format("Mon 2 Nov 09:14"), "Call"),
        (CALL.format("Friday\nTo: repairs@harrowmere.example"), "Call"),
        (f"---------- Forwarded message ---------\n{CALL.format('Friday')}", "Call"),
        (f"________________________________\n{CALL.format('Friday')}", "Call"),
    ],
)
def test_a_forward_that_shows_little_is_still_one(body: str, subject: str) -> None:
    assert len(by_staff(body, subject).hops) == 1


@pytest.mark.parametrize(
    "wrapped",
    [
        "Jane Hartnell <jane.hartnell@\nexample.org>",
        "Jane Hartnell <jane.hartnell\n@example.org>",
        "Jane Hartnell <jane.hartnell@example\n.org>",
        "Jane Hartnell [mailto:jane.hartnell@\nexample.org]",
        "Jane Hartnell jane.hartnell@\nexample.org",
        "Jane Hartnell <jane.hartnell@example.org>\nthe tenant",
        "Jane Hartnell\n<jane.hartnell@example.org>",
        "Jane Hartnell <\njane.hartnell@example.org>",
    ],
)
@pytest.mark.parametrize("quote", ["", "> "])
def test_an_address_wrapped_inside_itself_is_put_together(wrapped: str, quote: str) -> None:
    lines = f"From: {wrapped}\nSent: 2 November 2026 09:14\nTo: Sam Okafor\nSubject: Smoke\n\nThere is smoke."
    message = by_staff("\n".join(quote + line for line in lines.split("\n")), "FW: Smoke")
    assert message.resident == Person("Jane Hartnell", "jane.hartnell@example.org")
    assert (message.hops[0].subject, len(message.hops)) == ("Smoke", 1)


@pytest.mark.parametrize(
    ("date", "problem"),
    [
        ("Thu, 1 Jan 1970 00:00:00 +0000", "cannot be true"),
        ("1 January 1970 01:00", "cannot be true"),
        ("01/01/1970 00:00", "cannot be true"),
        ("1970-01-01 00:00", "cannot be true"),
        ("01/01/70", "cannot be true"),
        ("1 January 2199 09:14", "cannot be true"),
        ("Mon, 2 Nov at 09:14", "is missing or has no year"),
        ("Mon, 2 Nov 19:14:00 -1800", "is missing or has no year"),
        ("", "is missing or has no year"),
    ],
)
def test_a_forwards_date_that_is_not_used_is_said_to_be_missing_or_untrue(date: str, problem: str) -> None:
    message = by_staff(f"From: Jane <jane@example.org>\nDate: {date}\nSubject: Smoke\n\nSmoke.", "FW: Smoke")
    assert message.notes == (f"The forwarded mail's date {problem}, so the forward's own date counts.",)
