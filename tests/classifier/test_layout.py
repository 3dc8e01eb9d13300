# ruff: noqa: E501  (a row of the table is a line)
"""Which part of a mail each line is, and lines that a mail program broke: every offset stays where it was."""

import textwrap

import pytest

from putright.cases.message import Span
from putright.classifier import sentences
from putright.classifier.layout import lay_out


def read(body: str, channel: str = "email", spans: tuple[Span, ...] = ()) -> list[tuple[str, str]]:
    """Every sentence as a person reads it, and its part."""
    laid = lay_out(body, spans, channel)
    assert len(laid.text) == len(body)
    assert all(a == b or (b == " " and a in "> \n") for a, b in zip(body, laid.text, strict=True))
    return [(" ".join(laid.text[a:b].split()), laid.part_at(a)) for a, b, _ in sentences.split(laid.text)]


LONG = (
    "I have written to you about the gutter above my back door on the third of March and again in April, and "
    "both times a young man rang me to say that it was on a list. It is now the middle of June. The water comes "
    "down the wall behind the bed whenever it rains, and my daughter, who is six, has been sleeping with us "
    "since Easter because of it. Could somebody please tell me what the list is for?"
)


@pytest.mark.parametrize("width", [60, 65, 72, 76, 78, 100])
@pytest.mark.parametrize("mark", ["", "> "], ids=["plain", "quoted"])
def test_lines_broken_at_a_width_are_put_together(width: int, mark: str) -> None:
    wrapped = "\n".join(mark + line for line in textwrap.wrap(LONG, width, break_on_hyphens=False))
    head = f"{mark}From: Ann Lee\n{mark}Sent: 3 June\n{mark}\n" if mark else ""
    found = [text for text, part in read(head + wrapped, "forward" if mark else "email") if part == "words"]
    assert found == [" ".join(LONG[a:b].split()) for a, b, _ in sentences.split(LONG)]


KEPT = [
    ("a list", "Please bring with you on the day of the viewing all of the following\n- your passport\n- a wage slip\n- the letter"),
    ("an address", "You can write to me at my mother's address until the works are done\n14 Tern Avenue\nSaltmarsh\nOne of us is in"),
    ("a signature", "I would be glad of a reply before the end of the month if you please\nMargaret Oakes\nFlat 4"),
    ("a poem", "The rain it raineth every day\nand in my kitchen it will stay\nthe bucket fills the whole night through\nand so does every letter too"),
    ("lines that end where sentences end", "The lift in our block has been out of order since Thursday morning.\nI live on the sixth floor and I am eighty years old next month."),
    ("numbered points", "There are three things which nobody has answered since the last letter\n1. the gate\n2. the bins\n3. the light on the landing that flickers"),
    ("somebody's short lines", "hi its me again\nthe tap still drips\ncan you come"),
]  # fmt: skip


@pytest.mark.parametrize("body", [row[1] for row in KEPT], ids=[row[0] for row in KEPT])
def test_lines_that_a_person_ended_stay_ended(body: str) -> None:
    assert lay_out(body, (), "email").text == body


def test_only_mail_is_wrapped_by_programs() -> None:
    wrapped = textwrap.fill(LONG, 72)
    assert lay_out(wrapped, (), "slack").text == wrapped
    assert lay_out(wrapped, (), "email").text != wrapped


def test_a_forward_that_is_quoted_as_a_whole_is_the_residents_words() -> None:
    body = (
        "Please deal, thanks. Sue\n\nBegin forwarded message:\n\n> From: Ann Lee <ann@example.org>\n> Date: 3 June\n"
        "> Subject: Gutter\n>\n> Nobody has come to mend the gutter.\n>> We will come on Monday.\n> It is Friday."
    )
    assert [part for text, part in read(body, "forward") if text.startswith(("Nobody", "It is"))] == [
        "words"
    ] * 2
    assert dict(read(body, "forward"))["Please deal, thanks."] == "covering"
    assert ">" not in "".join(text for text, part in read(body, "forward") if part == "words")


def test_a_reply_is_the_writers_own_above_what_it_answers() -> None:
    body = "Nobody came.\n\nFrom: Repairs\nSent: 3 June\nSubject: Your job\n\nWe will come on Monday."
    assert dict(read(body, "email"))["Nobody came."] == "words"
    assert dict(read(body, "email"))["We will come on Monday."] == "quote"


def test_the_mail_rooms_spans_decide() -> None:
    body = (
        "> The tap drips and nobody has come to look at it.\nWe are sorry to hear it.\nKind wishes, the team"
    )
    first, second = body.index("We are"), body.index("Kind")
    spans = (
        Span(0, first - 1, "words"),
        Span(first, second - 1, "quote"),
        Span(second, len(body), "signature"),
    )
    assert [part for _, part in read(body, "email", spans)] == ["words", "quote", "small"]
    assert read(body, "email", spans)[0][0] == "The tap drips and nobody has come to look at it."


def test_spans_that_leave_nothing_are_not_believed() -> None:
    body = "The tap drips.\nAnd nobody has come to look at it since the start of the month."
    spans = (Span(0, 1, "words"), Span(15, len(body), "quote"))
    assert {part for _, part in read(body, "email", spans)} == {"words"}


def test_a_forward_with_nothing_below_its_covering_line_is_read() -> None:
    body = "Mrs Oakes has no heating.\n\nFrom: A\nSent: 3 June\n"
    assert dict(read(body, "forward"))["Mrs Oakes has no heating."] == "words"


CONFIDENTIAL = [
    ("Please keep this confidential, my husband must not know.", "words"),
    ("I told your officer in confidential talks that I was ill.", "words"),
    ("There is a virus going round and my chest is bad.", "words"),
    ("This email and any attachments are confidential.", "small"),
    ("This message is intended solely for the addressee.", "small"),
    ("Sent from my iPhone", "small"),
]


@pytest.mark.parametrize(("line", "part"), CONFIDENTIAL, ids=[line for line, _ in CONFIDENTIAL])
def test_small_print_is_told_from_a_wish_for_confidence(line: str, part: str) -> None:
    assert read(f"The tap drips.\n{line}")[-1][1] == part
