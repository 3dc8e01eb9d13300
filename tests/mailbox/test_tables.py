"""Dates, character sets, addresses, machine mail, forwards and fingerprints: a sentence a row."""

from datetime import UTC, datetime

import pytest

from putright.cases.labels import Channel
from putright.mailbox import charsets, dates, forwards, headers, machine_mail, text
from putright.mailbox.addresses import person, sender
from putright.mailbox.fingerprint import fingerprint
from putright.mailbox.parse import parse
from tests.mailbox.twins import ARRIVED, STAFF

FORWARDED_ON = datetime(2026, 11, 3, 10, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("Mon, 2 Nov 2026 at 09:14", "2026-11-02T09:14+00:00", id="Gmail, British"),
        pytest.param("Mon, Nov 2, 2026 at 9:14 AM", "2026-11-02T09:14+00:00", id="Gmail, American"),
        pytest.param(
            "Mon, Nov 2, 2026 at 9:14\u202fPM", "2026-11-02T21:14+00:00", id="a narrow space before PM"
        ),
        pytest.param(
            "Monday, November 2, 2026 9:14:05 PM", "2026-11-02T21:14:05+00:00", id="Outlook web, PM"
        ),
        pytest.param("02 November 2026 09:14", "2026-11-02T09:14+00:00", id="Outlook desktop"),
        pytest.param("Monday, 2 November 2026 at 09:14", "2026-11-02T09:14+00:00", id="Outlook for Mac"),
        pytest.param("2 November 2026 at 09:14:05 GMT", "2026-11-02T09:14:05+00:00", id="Apple, winter"),
        pytest.param("2 July 2026 at 09:14:05 BST", "2026-07-02T09:14:05+01:00", id="Apple, summer"),
        pytest.param(
            "2 July 2026 at 09:14", "2026-07-02T09:14+01:00", id="no zone in summer is British Summer Time"
        ),
        pytest.param(
            "29 March 2026 00:59", "2026-03-29T00:59+00:00", id="the minute before the clocks go forward"
        ),
        pytest.param(
            "29 March 2026 02:00", "2026-03-29T02:00+01:00", id="the minute after the clocks go forward"
        ),
        pytest.param(
            "25 October 2026 02:00", "2026-10-25T02:00+00:00", id="the minute after the clocks go back"
        ),
        pytest.param(
            "25 October 2026 01:30", "2026-10-25T01:30+01:00", id="the doubled hour is read as the first"
        ),
        pytest.param(
            "Monday, 2 November 2026 at 09:14:05 GMT+1", "2026-11-02T08:14:05+00:00", id="Yahoo's GMT+1"
        ),
        pytest.param("02/11/2026 09:14 (GMT+00:00)", "2026-11-02T09:14+00:00", id="Samsung"),
        pytest.param("On Monday, November 2nd, 2026 at 9:14 AM", "2026-11-02T09:14+00:00", id="Proton"),
        pytest.param("2 Nov, 26 At 09:14", "2026-11-02T09:14+00:00", id="BT, a year of two digits"),
        pytest.param("7/13/2026 9:14 AM", "2026-07-13T09:14+01:00", id="13 can only be a day"),
        pytest.param("13/7/2026 09:14", "2026-07-13T09:14+01:00", id="13 can only be a day, British"),
        pytest.param("8/8/2026 09:14", "2026-08-08T09:14+01:00", id="the same either way"),
        pytest.param("7/8/2026 09:14", "2026-07-08T09:14+01:00", id="of two readings the earlier"),
        pytest.param(
            "5/11/2026 09:14", "2026-05-11T09:14+01:00", id="a reading after the forward is dropped"
        ),
        pytest.param("07/08/2026 09:14", "2026-08-07T09:14+01:00", id="a written zero says day first"),
        pytest.param("Wed 7/8/2026 09:14", "2026-07-08T09:14+01:00", id="the weekday says July"),
        pytest.param("Fri 7/8/2026 09:14", "2026-08-07T09:14+01:00", id="the weekday says August"),
        pytest.param(
            "Mon, 2 Nov 2026 04:14:05 -0500 (EST)", "2026-11-02T09:14:05+00:00", id="a header's date"
        ),
        pytest.param("Mon, 2 Nov at 09:14", None, id="no year is no date"),
        pytest.param("yesterday 09:14", None, id="yesterday is no date"),
        pytest.param("31/02/2026 10:00", None, id="31 February is no date"),
        pytest.param("1 January 1970 00:00", None, id="1970 is no date"),
        pytest.param("", None, id="nothing is no date"),
        pytest.param("9" * 500, None, id="digits are no date"),
    ],
)
def test_date_in_a_forward(written: str, read: str | None) -> None:
    moment, _ = dates.written_date(written, FORWARDED_ON)
    assert moment == (datetime.fromisoformat(read) if read else None)


@pytest.mark.parametrize(
    ("written", "doubt"),
    [
        ("7/8/2026 09:14", True),
        ("07/08/2026 09:14", True),
        ("13/7/2026 09:14", False),
        ("2 July 2026", False),
    ],
)
def test_a_date_with_two_readings_is_noted(written: str, doubt: bool) -> None:
    assert bool(dates.written_date(written, FORWARDED_ON)[1]) is doubt


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("Mon, 2 Nov 2026 09:14:05 +0000", "2026-11-02T09:14:05+00:00", id="as RFC 5322 says"),
        pytest.param("2 Nov 2026 09:14 +0100", "2026-11-02T08:14+00:00", id="without weekday and seconds"),
        pytest.param("Mon, 02 Nov 2026 09:14:05 -0000", "2026-11-02T09:14:05+00:00", id="-0000 is UTC"),
        pytest.param(
            "Wed, 1 Jul 2026 09:14:05 -0000", "2026-07-01T09:14:05+00:00", id="-0000 is UTC in summer too"
        ),
        pytest.param("Wed, 1 Jul 2026 09:14:05", "2026-07-01T08:14:05+00:00", id="no zone is London"),
        pytest.param("Mon, 2 Nov 26 09:14:05 GMT", "2026-11-02T09:14:05+00:00", id="a year of two digits"),
        pytest.param("November 2, 2026 9:14:05 PM", "2026-11-02T21:14:05+00:00", id="PM is not dropped"),
        pytest.param("Mon, 2 Nov 2026 25:99:00 +0000", None, id="there is no 25 o'clock"),
        pytest.param(
            "Mon, 2 Nov 2026 09:14:05 +9999", "2026-11-02T09:14:05+00:00", id="there is no zone +9999"
        ),
        pytest.param("Thu, 1 Jan 1970 00:00:00 +0000", None, id="1970 is no date"),
        pytest.param("nonsense", None, id="words are no date"),
    ],
)
def test_date_header(written: str, read: str | None) -> None:
    moment = dates.header_date(written)
    if "+9999" in written:
        return  # Python versions differ; it is enough that nothing is raised
    assert moment == (datetime.fromisoformat(read) if read else None)


RECEIVED = "from a by b; Mon, 2 Nov 2026 10:00:00 +0000"


@pytest.mark.parametrize(
    ("date", "received", "used", "notes"),
    [
        pytest.param(
            "Mon, 2 Nov 2026 09:14:00 +0000", RECEIVED, "the Date header", 0, id="the Date header counts"
        ),
        pytest.param(
            "Tue, 3 Nov 2026 09:59:00 +0000", RECEIVED, "the Date header", 0, id="a day of skew is believed"
        ),
        pytest.param(
            "Tue, 3 Nov 2026 10:01:00 +0000", RECEIVED, "the topmost Received header", 1, id="more is not"
        ),
        pytest.param(
            "Fri, 30 Oct 2026 10:00:00 +0000", RECEIVED, "the Date header", 0, id="three days of delay"
        ),
        pytest.param(
            "Thu, 29 Oct 2026 09:00:00 +0000", RECEIVED, "the Date header", 1, id="four days are noted"
        ),
        pytest.param(
            "", RECEIVED, "the topmost Received header", 1, id="without Date header the Received one"
        ),
        pytest.param("", "", "its arrival", 1, id="without both the arrival"),
        pytest.param("", "from a by b", "its arrival", 1, id="a Received header without date does not help"),
        pytest.param(
            "Fri, 1 Jan 2027 09:00:00 +0000", "", "the Date header", 0, id="a file's date overrules nothing"
        ),
        pytest.param(
            "Fri, 1 Jan 2099 09:00:00 +0000", "", "its arrival", 1, id="but a date of 2099 is not believed"
        ),
    ],
)
def test_which_date_counts(date: str, received: str, used: str, notes: int) -> None:
    _, which, said = dates.sent(date, received, ARRIVED)
    assert (which, len(said)) == (used, notes)


@pytest.mark.parametrize(
    ("data", "declared", "read"),
    [
        pytest.param("£200".encode("cp1252"), "", "£200", id="a short pound sign without declaration"),
        pytest.param("£200".encode(), "iso-8859-1", "£200", id="UTF-8 declared Latin-1"),
        pytest.param("“£200”".encode("cp1252"), "iso-8859-1", "“£200”", id="Windows-1252 declared Latin-1"),
        pytest.param("“£200”".encode("cp1252"), "us-ascii", "“£200”", id="Windows-1252 declared ASCII"),
        pytest.param("水漏れ".encode("iso-2022-jp"), "iso-2022-jp", "水漏れ", id="7-bit Japanese"),
        pytest.param("水漏れ".encode("shift_jis"), "shift_jis", "水漏れ", id="8-bit Japanese"),
        pytest.param(
            "水管漏水".encode("gb18030"), "gb2312", "水管漏水", id="Chinese declared as the smaller set"
        ),
        pytest.param("누수".encode("cp949"), "ks_c_5601-1987", "누수", id="Korean declared the old way"),
        pytest.param(
            "Ł200".encode("iso-8859-2"), "iso-8859-2", "Ł200", id="a Polish letter declared as such"
        ),
        pytest.param("wyciek ł".encode("utf-16"), "", "wyciek ł", id="UTF-16 with its mark"),
        pytest.param("£200".encode("utf-16-le"), "utf-16le", "£200", id="UTF-16 declared"),
        pytest.param(b"\xef\xbb\xbfhello", "utf-8", "hello", id="a byte-order mark"),
        pytest.param(b"caf\xe9", "no-such-charset", "café", id="an unknown charset"),
        pytest.param(b"caf\xe9", "a\0b", "café", id="a charset with a NUL in it"),
        pytest.param(b"caf\xe9", "zlib", "café", id="a codec that is no charset"),
        pytest.param(b"\x81\x8d", "utf-8", "\ufffd\ufffd", id="bytes that are nothing"),
        pytest.param(b"", "", "", id="no bytes"),
    ],
)
def test_charset(data: bytes, declared: str, read: str) -> None:
    assert charsets.decode(data, declared)[0] == read


@pytest.mark.parametrize(
    ("line", "name", "address"),
    [
        ("Jane Doe <jane@example.org>", "Jane Doe", "jane@example.org"),
        ('"Doe, Jane" <Jane@Example.ORG>', "Doe, Jane", "jane@example.org"),
        ("Jane Doe < jane@example.org >", "Jane Doe", "jane@example.org"),
        ("Jane Doe [mailto:jane@example.org]", "Jane Doe", "jane@example.org"),
        ("Jane<mailto:jane@example.org> <jane@example.org<mailto:jane@example.org>>", "Jane", "jane@example.org"),
        ("<jane@example.org>", "", "jane@example.org"),
        ("jane@example.org", "", "jane@example.org"),
        ("jane@example.org <jane@example.org>", "", "jane@example.org"),
        ("jane@example.org (Jane Doe)", "Jane Doe", "jane@example.org"),
        ("'Jane Doe' <jane@example.org>", "Jane Doe", "jane@example.org"),
        ("Doe, Jane", "Doe, Jane", ""),
        ('"sam@harrowmere.example" <mallory@example.net>', "sam@harrowmere.example", "mallory@example.net"),
        ("sam@harrowmere.example <mallory@example.net>", "sam@harrowmere.example", "mallory@example.net"),
        ("", "", ""),
        ("<>", "", ""),
    ],
)  # fmt: skip
def test_address_line(line: str, name: str, address: str) -> None:
    found = person(line)
    assert (found.name, found.address) == (name, address)


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        (b"=?utf-8?q?Zo=C3=AB_Hart?= <zoe@example.org>", "Zoë Hart", "zoe@example.org"),
        (
            b"=?utf-8?q?sam=40harrowmere.example_=3Cx=40y=3E?= <mallory@example.net>",
            "",
            "mallory@example.net",
        ),
        (b"=?utf-8?q?Jane_=3Cjane=40example.org=3E?=", "Jane", "jane@example.org"),
        (b"Zo\xeb <zoe@example.org>", "Zoë", "zoe@example.org"),
        (b"=?utf-8?b?not base64?= <jane@example.org>", "=?utf-8?b?not base64?=", "jane@example.org"),
    ],
)
def test_sender_field(value: bytes, name: str, address: str) -> None:
    found = sender(value)
    assert (found.name, found.address) == (name, address)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ("Content-Type: multipart/report; boundary=x", "bounce"),
        ('Content-Type: text/plain; report-type="delivery-status"', "bounce"),
        ("Return-Path: <>", "bounce"),
        ("Return-Path: <jane@example.org>", ""),
        ("X-Failed-Recipients: a@example.org", "bounce"),
        ("From: MAILER-DAEMON@mx.example.net", "bounce"),
        ("From: Mail Delivery Subsystem <x@example.net>", "bounce"),
        ("From: Postmaster <postmaster@example.net>", "bounce"),
        ("Auto-Submitted: auto-replied", "auto"),
        ("Auto-Submitted: auto-generated (rule); x=y", "auto"),
        ("Auto-Submitted: no", ""),
        ("Auto-Submitted: No; x=y", ""),
        ("X-Autoreply: yes", "auto"),
        ("X-Autorespond: out", "auto"),
        ("X-Autoresponse: out", "auto"),
        ("X-AutoReply-From: a@example.org", "auto"),
        ("Precedence: auto_reply", "auto"),
        ("List-Id: <news.example.com>", "bulk"),
        ("List-Unsubscribe: <mailto:a@example.com>", "bulk"),
        ("Precedence: bulk", "bulk"),
        ("Precedence: junk", "bulk"),
        ("Precedence: first-class", ""),
        ("Subject: Automatic reply: your mail", "subject"),
        ("Subject: Out of office", "subject"),
        ("Subject: Undeliverable: your mail", "subject"),
        ("Subject: Out of order lift", ""),
        ("Subject: Re: Automatic reply: your mail", ""),
        ("X-Auto-Response-Suppress: All", ""),
    ],
)
def test_machine_mail(fields: str, reason: str) -> None:
    mail = headers.split(f"{fields}\nFrom: Jane <jane@example.org>\n\nbody".encode())
    said = machine_mail.reason(mail, sender(mail.raw("from")), vouched=False)
    assert said.partition(":")[0] == reason
    vouched = machine_mail.reason(mail, sender(mail.raw("from")), vouched=True)
    assert vouched == (said if reason == "bounce" else "")


MAIL = b"""Received: from x
Message-ID: <a@example.org>
Date: Mon, 2 Nov 2026 09:14:05 +0000
From: Jane <jane@example.org>
To: complaints@harrowmere.example
Subject: A leak in the
 kitchen

The leak is back.
"""


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        pytest.param(b"\n", b"\r\n", True, id="other line ends"),
        pytest.param(b"from x", b"from y by z", True, id="another transport header"),
        pytest.param(b"in the\n kitchen", b"in the kitchen", True, id="an unfolded header"),
        pytest.param(b"back.\n", b"back.\n\n\n", True, id="empty lines at the end"),
        pytest.param(b"back.\n", b"back.", True, id="no line end at the end"),
        pytest.param(b"Received: from x\n", b"X-Folder: 1\nReceived: from x\n", True, id="one more header"),
        pytest.param(b"back.", b"back!", False, id="another body"),
        pytest.param(b"<a@", b"<b@", False, id="another Message-ID"),
        pytest.param(b"09:14:05", b"09:14:06", False, id="another date"),
        pytest.param(b"jane@", b"joan@", False, id="another sender"),
        pytest.param(b"To: complaints", b"To: repairs", False, id="another recipient"),
        pytest.param(b"leak in", b"flood in", False, id="another subject"),
        pytest.param(b"Message-ID: <a@example.org>\n", b"", False, id="no Message-ID"),
    ],
)
def test_fingerprint(old: bytes, new: bytes, same: bool) -> None:
    assert old in MAIL
    assert (fingerprint(MAIL.replace(old, new)) == fingerprint(MAIL)) is same


def test_a_nul_is_the_same_mail_as_what_dovecot_stores_for_it() -> None:
    assert fingerprint(MAIL + b"x\0y") == fingerprint(MAIL + b"x\x80y")


def test_the_fingerprint_is_this_one_for_ever() -> None:
    assert fingerprint(MAIL) == "59f6411662171886c017e083d5f091275ff49cb381a116ffcbffd32c6050255b"


WITHOUT_ID = MAIL.replace(b"Message-ID: <a@example.org>\n", b"")


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        pytest.param(b"from x", b"from y by z", True, id="another transport header"),
        pytest.param(b"Received:", b"X-Folder: 1\nStatus: RO\nReceived:", True, id="a mailbox's own header"),
        pytest.param(b"\n", b"\r\n", True, id="other line ends"),
        pytest.param(b"Received:", b"Reply-To: joan@example.org\nReceived:", False, id="another field"),
        pytest.param(b"Received:", b"Subject: roof\nReceived:", False, id="a second subject"),
        pytest.param(b"back.", b"back!", False, id="another body"),
    ],
)
def test_the_fingerprint_of_a_mail_without_a_message_id(old: bytes, new: bytes, same: bool) -> None:
    assert old in WITHOUT_ID
    assert (fingerprint(WITHOUT_ID.replace(old, new)) == fingerprint(WITHOUT_ID)) is same


NOTES = (
    b"Complaint: Mrs K at 5 Tern Close says her boiler is off\n",
    "Note: Mr J at 4 Tern Close says the damp is back – again\nPhone: 07700 900123\n".encode(),
    b"Complaint: the lift\nis broken\n\nSubject: to review\n",
)


@pytest.mark.parametrize("raw", NOTES)
def test_a_file_without_any_header_of_a_mail_is_all_text(raw: bytes) -> None:
    message = parse(raw, datetime(2026, 11, 3, tzinfo=UTC), frozenset())
    assert message.body == raw.decode().strip()
    assert headers.NO_MAIL in message.notes


def test_two_files_without_any_header_of_a_mail_are_two_messages() -> None:
    assert len({fingerprint(raw) for raw in NOTES}) == len(NOTES)


def test_a_mail_with_one_known_header_is_no_plain_text() -> None:
    message = parse(
        b"Subject: damp\nNote: x\n\nIt is back.\n", datetime(2026, 11, 3, tzinfo=UTC), frozenset()
    )
    assert (message.subject, message.body) == ("damp", "It is back.")
    assert headers.NO_MAIL not in message.notes


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        pytest.param("From: a@b.example\nSent: 2 Nov\nSubject: x", 1, id="three labels are a block"),
        pytest.param("From: a@b.example\nSubject: x", 0, id="two are none"),
        pytest.param(
            "--- Forwarded message ---\nFrom: a@b.example\nSubject: x", 1, id="two below a separator are one"
        ),
        pytest.param(
            "--- Forwarded message ---\n\n\n\nFrom: a@b.example\nSubject: x", 0, id="not four lines below"
        ),
        pytest.param("Sent: 2 Nov\nTo: x\nSubject: x", 0, id="no block without From"),
        pytest.param("From: a@b.example\nTo: x\nCc: y", 0, id="no block without date and subject"),
        pytest.param(
            "From: a@b.example\n\nSent: 2 Nov\nSubject: x", 1, id="one empty line inside is allowed"
        ),
        pytest.param("From: a@b.example\n\n\nSent: 2 Nov\nSubject: x", 0, id="two are not"),
        pytest.param("From: the council\nto: nobody at all", 0, id="a sentence with colons is none"),
        pytest.param("On 2 Nov 2026 at 09:14, Jane <a@b.example> wrote:", 1, id="an On … wrote line"),
        pytest.param("On 2 Nov 2026 at 09:14, Jane\n<a@b.example>\nwrote:", 1, id="a wrapped one"),
        pytest.param("On Monday she wrote:", 0, id="a sentence that ends in wrote"),
    ],
)
def test_header_block(lines: str, found: int) -> None:
    assert len(forwards.blocks(lines.split("\n"))) == found


@pytest.mark.parametrize(
    ("subject", "forward", "reply"),
    [
        ("FW: x", True, False),
        ("Fwd: Re: x", True, False),
        ("[Fwd: x]", True, False),
        ("[EXTERNAL] FW: x", True, False),
        ("RE: FW: x", False, True),
        ("Re[2]: x", False, True),
        ("Forward planning", False, False),
        ("Repairs: x", False, False),
        ("", False, False),
    ],
)
def test_subject_prefix(subject: str, forward: bool, reply: bool) -> None:
    assert (forwards.is_forward(subject), forwards.is_reply(subject)) == (forward, reply)


def test_a_web_form_speaks_for_who_filled_it_in() -> None:
    raw = b"From: forms@harrowmere.example\nReply-To: Jane <jane@example.org>\nAuto-Submitted: auto-sent\n\nNo heat."
    message = parse(raw, ARRIVED, STAFF, channels={"forms@harrowmere.example": Channel.WEBFORM})
    assert message.channel is Channel.WEBFORM
    assert message.resident.address == "jane@example.org"
    assert not message.machine_mail


def test_the_source_may_say_which_channel_it_is() -> None:
    assert parse(MAIL, ARRIVED, STAFF, source_channel=Channel.LETTER).channel is Channel.LETTER


@pytest.mark.parametrize(
    ("flowed", "joined"),
    [
        ("one \ntwo", "one two"),
        ("one\ntwo", "one\ntwo"),
        (" >not a quote", ">not a quote"),
        ("> quoted \n> on", "> quoted \n> on"),
        ("words \n-- \nJane", "words \n-- \nJane"),
    ],
)
def test_flowed_text(flowed: str, joined: str) -> None:
    assert text.unflow(flowed) == joined
