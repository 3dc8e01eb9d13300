"""Outlook's .msg files, on their own and attached; made by outlook_writer.py, for no real one is ours to keep."""

import base64
from datetime import UTC, datetime

import pytest

from putright.mailbox import hop_text
from putright.mailbox.parse import UnreadableMail, parse
from tests.mailbox import outlook_writer
from tests.mailbox.twins import ARRIVED, STAFF

SENT = datetime(2026, 11, 2, 9, 14, 5, tzinfo=UTC)
TEXT = "The roof leaks into the cot.\r\n\r\nIris Moon"
SUBJECT, NAME, SMTP, BODY, HEADERS, TO = 0x0037, 0x0C1A, 0x5D01, 0x1000, 0x007D, 0x0E04
MAIL = {SUBJECT: "Roof – urgent", NAME: "Iris Moon", SMTP: "iris.moon@example.org", BODY: TEXT, TO: "Repairs"}


def test_a_mail_without_transport_headers_is_read_from_its_properties() -> None:
    message = parse(outlook_writer.file(outlook_writer.message(MAIL, SENT)), ARRIVED, STAFF)
    assert (message.resident.name, message.resident.address) == ("Iris Moon", "iris.moon@example.org")
    assert message.subject == "Roof – urgent"
    assert message.body == TEXT.replace("\r\n", "\n")
    assert (message.received_at, message.received_from) == (SENT, "the Date header")


def test_transport_headers_come_first() -> None:
    headers = (
        "Received: from x\r\n by y; Mon, 2 Nov 2026 09:14:10 +0000\r\nFrom: I. Moon <im@example.net>\r\n"
        "Message-ID: <a@example.net>\r\nDate: Mon, 2 Nov 2026 09:14:09 +0000\r\nContent-Type: text/html\r\n"
    )
    message = parse(
        outlook_writer.file(outlook_writer.message({**MAIL, HEADERS: headers}, SENT)), ARRIVED, STAFF
    )
    assert message.sender.address == "im@example.net"
    assert message.message_id == "<a@example.net>"
    assert message.received_at.second == 9
    assert message.subject == "Roof – urgent"
    assert "leaks" in message.body


def test_attached_files_and_long_texts_are_kept() -> None:
    long = "The roof leaks. " * 1_000
    photo = outlook_writer.attached_file("roof.jpg", "image/jpeg", b"\xff\xd8" + b"x" * 9_000)
    raw = outlook_writer.file(outlook_writer.message({**MAIL, BODY: long}, SENT, (photo,)))
    message = parse(raw, ARRIVED, STAFF)
    assert message.body.strip() == long.strip()
    assert [(one.name, one.media_type, one.size) for one in message.attachments] == [
        ("roof.jpg", "image/jpeg", 9_002)
    ]


def test_a_mail_attached_within_a_msg_is_the_resident_s() -> None:
    inside = outlook_writer.attached_message(outlook_writer.message(MAIL, SENT, head=24))
    staff = {
        SUBJECT: "FW: Roof",
        NAME: "Sam Okafor",
        SMTP: "sam.okafor@harrowmere.example",
        BODY: "Please log",
    }
    raw = outlook_writer.file(outlook_writer.message(staff, ARRIVED, (inside,)))
    message = parse(raw, ARRIVED, STAFF)
    assert message.resident.address == "iris.moon@example.org"
    assert message.forwarded_by is not None
    assert hop_text.original(message).text == TEXT.replace("\r\n", "\n")
    assert message.received_at == SENT


def test_a_msg_attached_to_a_mail_is_the_resident_s() -> None:
    data = base64.encodebytes(outlook_writer.file(outlook_writer.message(MAIL, SENT)))
    raw = (
        b"From: Sam Okafor <sam.okafor@harrowmere.example>\nDate: Tue, 3 Nov 2026 10:05:00 +0000\nSubject: FW: Roof\n"
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nPlease log\n"
        b'--b\nContent-Type: application/vnd.ms-outlook; name="Roof.msg"\nContent-Transfer-Encoding: base64\n\n'
        + data
        + b"\n--b--\n"
    )
    message = parse(raw, ARRIVED, STAFF)
    assert message.resident.address == "iris.moon@example.org"
    assert [one.name for one in message.attachments] == ["Roof.msg"]


def test_a_colleague_on_the_same_server_has_a_name_only() -> None:
    internal = {SUBJECT: "x", NAME: "Reeve, Cal", 0x0C1F: "/O=HARROWMERE/OU=X/CN=CAL", BODY: "For you"}
    message = parse(outlook_writer.file(outlook_writer.message(internal, SENT)), ARRIVED, STAFF)
    assert (message.sender.name, message.sender.address) == ("Reeve, Cal", "")


@pytest.mark.parametrize("kept", [8, 100, 600, 1_600, 3_000])
def test_a_damaged_msg_is_refused_with_a_sentence_or_read(kept: int) -> None:
    raw = outlook_writer.file(outlook_writer.message(MAIL, SENT))[:kept]
    try:
        parse(raw, ARRIVED, STAFF)
    except UnreadableMail as refused:
        assert "Outlook .msg" in str(refused)


def test_a_winmail_dat_is_kept_and_said_so() -> None:
    raw = (
        b"From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nsee file\n"
        b"--b\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding:"
        b" base64\n\neJ8+Ig==\n--b--\n"
    )
    message = parse(raw, ARRIVED, STAFF)
    assert [one.name for one in message.attachments] == ["winmail.dat"]
    assert any("winmail.dat" in note for note in message.notes)
