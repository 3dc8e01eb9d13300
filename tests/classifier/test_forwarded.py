"""A mail as it comes, through the mail room and the reader: whose words count, and where they stand."""

from datetime import UTC, datetime

import pytest

from putright.cases.labels import Label
from putright.cases.reading import Reading
from putright.classifier import reader
from putright.mailbox.parse import parse

READER = reader.load()
STAFF = frozenset({"harrowmere.example.org"})
LETTER = (
    "Nobody came on Tuesday to mend the boiler and I had taken\n"
    "the whole day off work for it. This is the third time you\n"
    "have let us down. Our baby is eight weeks old and we have\n"
    "had no heating since the first of the month. I want somebody\n"
    "to come this week and I want the day's pay back."
)


def of(top: str, quoted: str, subject: str = "Fwd: Boiler") -> tuple[str, Reading]:
    head = (
        "From: Sue Hall <sue@harrowmere.example.org>\nTo: Complaints <complaints@harrowmere.example.org>\n"
        f"Subject: {subject}\nDate: Wed, 4 Nov 2026 09:00:00 +0000\nMessage-ID: <a@example.org>\n"
        "Content-Type: text/plain; charset=utf-8\n\n"
    )
    message = parse((head + top + quoted).encode(), datetime(2026, 11, 4, 9, 1, tzinfo=UTC), STAFF)
    return message.body, READER.read(message)


APPLE = (
    "Begin forwarded message:\n\nFrom: Ann Lee <ann@example.net>\nDate: 3 November 2026 at 20:11:02 GMT\n"
    "To: Repairs\nSubject: Boiler\n\n"
)


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def test_behind_marks_of_quoting_stands_what_stands_without_them() -> None:
    body, marked = of("Please look at this.\n\n", quoted(APPLE + LETTER))
    _, plain = of("Please look at this.\n\n", APPLE + LETTER)
    assert marked.label is plain.label is Label.COMPLAINT
    assert marked.issues == plain.issues
    assert marked.flags == plain.flags
    assert marked.outcomes == plain.outcomes
    assert marked.issues and not any("\n" in point or ">" in point for point in marked.issues)
    assert (
        "Nobody came on Tuesday to mend the boiler and I had taken the whole day off work for it"
        in marked.issues
    )
    starts = [body[s.start : s.end] for s in marked.sentences]
    assert any(s.startswith("Nobody came on Tuesday") and s.endswith("off work for it.") for s in starts)


OURS = (
    "\n\nOn 1 Nov 2026, at 10:02, Repairs <repairs@harrowmere.example.org> wrote:\n\n"
    "> We are sorry that nobody came and that you are unhappy with us. You asked us to treat this as a complaint.\n"
)
FOREIGN = [
    ("a covering line", "This is a formal complaint, she is furious with us and wants money.\n\n", ""),
    ("a quoted mail of ours", "", OURS),
    ("a signature", "", "\n\n-- \nAnn Lee, 84 years young\nDisgusted of Harrowmere\n"),
]


@pytest.mark.parametrize(("above", "below"), [row[1:] for row in FOREIGN], ids=[row[0] for row in FOREIGN])
def test_what_others_wrote_weighs_nothing(above: str, below: str) -> None:
    said = "Hello, the kitchen tap has started to drip. Please could somebody come and mend it next week?"
    _, alone = of("", APPLE + said)
    _, found = of(above, APPLE + said + below)
    assert found.label is alone.label is Label.SERVICE_REQUEST
    assert found.issues == alone.issues
    assert found.outcomes == alone.outcomes
    assert found.flags == alone.flags
