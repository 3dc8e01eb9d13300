"""Survey exports: what each column holds, every encoding and separator they come in, and files that are none."""

import io
import time
import tracemalloc
from datetime import UTC, datetime

import pytest

from putright.cases.labels import Channel
from putright.cases.message import Person
from putright.mailbox.survey_export import BadExport, Kind, Row, decoded, fingerprint, rows

ARRIVED = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PLAIN = (
    "Response ID,Timestamp,Name,Email,Property address,How satisfied are you with repairs?,Any other comments?\n"
    '1,03/11/2026 09:14,Jane Doe,jane@example.org,"Flat 3, Ashdown House",2,'
    '"The lift broke.\n\nIt cost £40 ""again""."\n'
    "2,04/11/2026,Ian Moon,,,5,\n"
    "3,2026-11-05T10:00:00,,,,4,Fine – thank you for mending it\n"
)
QUOTED = 'The lift broke.\n\nIt cost £40 "again".'


def read(text: str | bytes, own: dict[str, str] | None = None) -> list[Row]:
    return list(rows(io.BytesIO(text.encode() if isinstance(text, str) else text), own))


def kinds(text: str, own: dict[str, str] | None = None) -> dict[str, str]:
    return {x.label: x.kind for row in read(text, own) for x in row.fields}


def test_a_row_is_a_message_of_its_resident_at_its_own_date() -> None:
    first, second, third = (row.message(ARRIVED) for row in read(PLAIN))
    assert first.body == QUOTED and first.channel is Channel.SURVEY
    assert first.resident == first.sender == Person("Jane Doe", "jane@example.org")
    assert first.received_at.isoformat() == "2026-11-03T09:14:00+00:00"
    assert first.received_from == "the date in the survey export"
    assert [(x.kind, x.value) for x in first.fields][4:6] == [
        ("address", "Flat 3, Ashdown House"),
        ("score", "2"),
    ]
    assert first.body[first.spans[0].start : first.spans[0].end] == QUOTED
    assert (second.body, second.resident.name) == ("", "Ian Moon")
    assert (third.body, str(third.received_at)) == (
        "Fine – thank you for mending it",
        "2026-11-05 10:00:00+00:00",
    )


ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_encoding_separator_and_line_end_reads_the_same(
    encoding: str, newline: str, delimiter: str
) -> None:
    text = PLAIN.replace("Flat 3, Ashdown", "Flat 3 Ashdown").replace(",", delimiter).replace("\n", newline)
    found = read(text.encode(encoding))
    assert [row.text for row in found] == [QUOTED, "", "Fine – thank you for mending it"]


def test_excel_s_first_line_says_the_separator() -> None:
    assert read("sep=;\r\nA;Comments\r\n1,2;The lift, the door, the hall, all broke\r\n")[0].text.startswith(
        "The lift"
    )


def test_lines_of_titles_and_surveymonkey_s_second_headings_are_passed_over() -> None:
    assert [x.text for x in read("Harrowmere STAR survey 2026\n\nName,Comments\nJane,Too slow\n")] == [
        "Too slow"
    ]
    monkey = (
        "ID,Tell us why,Anything else?\n,Open-Ended Response,Open-Ended Response\n1,Too slow,Nobody rang\n"
    )
    assert [x.text for x in read(monkey)] == ["Too slow\n\nNobody rang"]


@pytest.mark.parametrize("nothing", ["N/A", "none", "-", "No comment.", "  ", "...", "n.a.", "No"])
def test_what_says_nothing_is_no_text(nothing: str) -> None:
    assert read(f"Name,Comments\nJane,{nothing}\n")[0].text == ""


HEADINGS = [
    ("How satisfied are you with how we deal with feedback?", "3", Kind.SCORE),
    (
        "How satisfied are you with how we deal with feedback?",
        "Not at all, nobody ever rings back",
        Kind.COMMENT,
    ),
    ("Please tell us the reason for your score", "Nobody came to mend it", Kind.COMMENT),
    ("How satisfied are you with your property?", "Very satisfied", Kind.SCORE),
    ("Tenant's name", "Jane", Kind.NAME),
    ("E-mail", "a@b.example", Kind.EMAIL),
    ("Mobile number", "07700 900123", Kind.PHONE),
    ("Post code", "HA1 2BC", Kind.ADDRESS),
    ("IP Address", "10.0.0.1", Kind.OTHER),
    ("Start time", "01/11/2026", Kind.OTHER),
    ("Completion time", "01/11/2026", Kind.DATE),
    ("Date of birth", "01/11/1966", Kind.OTHER),
    ("Survey ID", "7", Kind.ID),
    ("NPS", "7", Kind.SCORE),
    ("Estate", "North", Kind.OTHER),
]


@pytest.mark.parametrize(("heading", "value", "kind"), HEADINGS)
def test_a_heading_says_what_its_column_holds(heading: str, value: str, kind: Kind) -> None:
    assert kinds(f'"{heading}",Verbatim\n"{value}",Too slow\n')[heading] == kind


def test_the_settings_win_over_what_is_guessed() -> None:
    text = "Q1,Comments\nThe lift broke,internal only\n"
    assert read(text, {"Q1": "comment", "comments": "other"})[0].text == "The lift broke"


def test_a_column_of_sentences_is_taken_for_comments_where_no_heading_says_so() -> None:
    assert read("Q1,Q2\n4,Nobody came to mend it\n5,\n")[0].text == "Nobody came to mend it"


def test_a_file_of_one_column_is_read() -> None:
    assert [x.text for x in read('Comments\nToo slow\n"Slow, and rude"\n')] == ["Too slow", "Slow, and rude"]


BAD = [
    ("nothing", "", "The file is empty"),
    (
        "no words",
        "Name,Score\nJane,3\n",
        "No column holds what residents wrote. Name it in the settings: [[survey]]",
    ),
    (
        "a quotation mark never closed",
        'Name,Comments\nJane,"' + "x\n" * 200_000,
        "a quotation mark that is never closed",
    ),
    ("an endless line", "Name,Comments\n" + "x" * 9_000_000, "A line of the file has no end"),
    ("a picture", bytes(range(256)) * 400, "Name it in the settings|cannot be read|has no end"),
]


@pytest.mark.parametrize(("text", "sentence"), [x[1:] for x in BAD], ids=[x[0] for x in BAD])
def test_what_is_no_export_is_said(text: str | bytes, sentence: str) -> None:
    import re

    pattern = sentence if "|" in sentence else re.escape(sentence)
    with pytest.raises(BadExport, match=pattern) as caught:
        read(text)
    assert str(caught.value).endswith(".")


def test_the_rows_above_a_fault_are_given() -> None:
    given = []
    with pytest.raises(BadExport, match="beyond its record 3"):
        for row in rows(io.BytesIO(b'Name,Comments\nA,Too slow\nB,Too dear\nC,"' + b"x\n" * 200_000)):
            given.append(row.text)
    assert given == []  # they stand within the sample, which is read whole first
    many = b"Name,Comments\n" + b"A,Too slow\n" * 80 + b'C,"' + b"x\n" * 200_000
    with pytest.raises(BadExport, match="beyond its record 81"):
        for row in rows(io.BytesIO(many)):
            given.append(row.text)
    assert given == ["Too slow"] * 80


DATES = [
    ("3/11/2026", "2026-11-03T00:00:00+00:00"),
    ("03/11/26 14:05", "2026-11-03T14:05:00+00:00"),
    ("3.11.2026 2:05 PM", "2026-11-03T14:05:00+00:00"),
    ("01/07/2026 12:30:15", "2026-07-01T12:30:00+01:00"),
    ("2026-11-03", "2026-11-03T00:00:00+00:00"),
    ("2026-11-03 14:05:09", "2026-11-03T14:05:09+00:00"),
    ("3 November 2026", "2026-11-03T00:00:00+00:00"),
    ("11/16/2026", "2026-11-16T00:00:00+00:00"),
    ("Tuesday", None),
    ("31/02/2026", None),
    ("03/12/2026", None),
    ("", None),
]


@pytest.mark.parametrize(("written", "expected"), DATES)
def test_dates_are_read_with_the_day_first(written: str, expected: str | None) -> None:
    message = read(f"Date,Comments\n{written},Too slow\n")[0].message(ARRIVED)
    if expected is None:
        assert message.received_at == ARRIVED and message.received_from == "the day the survey export came in"
        assert bool(message.notes) == bool(written)
    else:
        assert message.received_at.isoformat() == expected and message.notes == ()


def test_the_same_row_in_another_export_is_the_same_and_another_is_not() -> None:
    one = "Response ID,Date,Comments\n1,03/11/2026,Too slow\n2,03/11/2026,Too slow\n"
    wider = "Response ID,Date,Estate,Comments\n2,03/11/2026,North,Too slow\n"
    (first, second), (again,) = read(one), read(wider)
    assert second.fingerprint == again.fingerprint != first.fingerprint
    anonymous = read("Estate,Comments\nNorth,Too slow\nSouth,Too slow\n")
    assert anonymous[0].fingerprint != anonymous[1].fingerprint


def test_a_row_survives_being_kept() -> None:
    for row in read(PLAIN + "4,x,\ud83d\ude00,,,1,odd\udcff\n".encode("utf-8", "replace").decode()):
        assert decoded(row.encoded()) == row


def test_a_file_is_known_by_its_bytes() -> None:
    file = io.BytesIO(PLAIN.encode())
    assert fingerprint(file) == fingerprint(file) != fingerprint(io.BytesIO(b""))


def test_fifty_thousand_rows_take_little_memory() -> None:
    line = b"1,03/11/2026 09:14,Jane Doe,jane@example.org,Flat 3,2,The lift broke on Monday and nobody came\n"
    file = io.BytesIO(PLAIN.splitlines()[0].encode() + b"\n" + line * 50_000)
    began = time.monotonic()
    tracemalloc.start()
    count = sum(1 for row in rows(file) if row.text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 50_000 and peak < 8 * 1024 * 1024
    assert time.monotonic() - began < 30
