"""Mail made to break its reader: each is read, within a second where the design says so."""

import hashlib
import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from putright.mailbox import forwards, limits
from putright.mailbox.child import Parser, ReaderStopped
from putright.mailbox.parse import UnreadableMail, parse
from tests.mailbox.twins import ARRIVED, MAILS, STAFF

HEAD = b"From: Sam Okafor <sam.okafor@harrowmere.example>\nDate: Tue, 3 Nov 2026 10:05:00 +0000\nSubject: Fwd: x\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n"
DAMAGE = [b"\0", b"\n", b"\xff\xfe", b"=?", b"--", b";=", b'"', b"<"]
BLOCK = "From: Jane <jane@example.org>\nSent: 2 November 2026 09:14\nTo: Sam\nSubject: x\n\nwords\n"


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(" " * 200_000, id="200,000 spaces"),
        pytest.param("\u00a0" * 200_000, id="200,000 non-breaking spaces"),
        pytest.param("\n" * 100_000, id="100,000 newlines"),
        pytest.param(">" * 50_000, id="50,000 quote marks on a line"),
        pytest.param("> quoted\n" * 20_000, id="20,000 quoted lines"),
        pytest.param("on Monday at noon " * 300, id="300 near-misses of on … at … on a line"),
        pytest.param("On Mon, 2 Nov 2026 at 09:14\n" * 20_000, id="20,000 On lines without wrote"),
        pytest.param("On Mon, 2 Nov 2026 at 09:14, x wrote:\n" * 20_000, id="20,000 On lines with wrote"),
        pytest.param(BLOCK * 2_000, id="2,000 header blocks"),
        pytest.param("From: x\n" * 20_000, id="20,000 From lines"),
        pytest.param("From: x\nwrapped\n" * 10_000, id="10,000 From lines with wrapped values"),
        pytest.param("QUJD" * 250_000, id="1 MB of base64 on a line"),
        pytest.param("________________________________\n" * 20_000, id="20,000 rules"),
        pytest.param("-" * 1_000_000, id="1 MB of dashes"),
        pytest.param("From: " + "a@" * 100_000, id="an address of 200,000 characters"),
        pytest.param('From: "' + '\\"' * 100_000, id="a quoted name that never ends"),
        pytest.param("From: " + "<mailto:" * 50_000, id="50,000 opened brackets"),
        pytest.param("-- \n" * 20_000, id="20,000 signature marks"),
        pytest.param("a\n" + "> x\n" * 20_000 + "--\n" * 20_000, id="20,000 signature marks below a quote"),
    ],
)
def test_a_hostile_body_is_read_within_a_second(body: str) -> None:
    raw = HEAD + b"Content-Type: text/plain; charset=utf-8\n\n" + body.encode()
    assert seconds(lambda: parse(raw, ARRIVED, STAFF)) < 1
    assert seconds(lambda: forwards.blocks(body.split("\n"))) < 1


def nested(depth: int) -> bytes:
    opening = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth)
    )
    return HEAD + b"MIME-Version: 1.0\n" + opening + b"Content-Type: text/plain\n\nThe leak is back.\n"


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(HEAD + b"X-Long: " + b"x" * 5_000_000 + b"\n\nbody", id="a header of 5 MB"),
        pytest.param(
            b"Subject: " + b" =?utf-8?q?=C2=A3?=" * 45_000 + b"\n" + HEAD + b"\nbody", id="840 KB of words"
        ),
        pytest.param(HEAD + b"To: " + b"a@example.org, " * 20_000 + b"\n\nbody", id="20,000 recipients"),
        pytest.param(HEAD + b"X: y\n" * 200_000 + b"\nbody", id="200,000 header fields"),
        pytest.param(b"X: y\n" * 200_000 + HEAD + b"\nbody", id="200,000 header fields above the sender"),
        pytest.param(HEAD + b"References: " + b"<a@b> " * 100_000 + b"\n\nbody", id="100,000 references"),
        pytest.param(
            HEAD + b"Content-Type: text/plain" + b"; a=b" * 50_000 + b"\n\nbody", id="50,000 parameters"
        ),
        pytest.param(
            MIXED + b"--b\nContent-Type: text/plain" + b"; a=b" * 50_000 + b"\n\nx",
            id="50,000 parameters in a part",
        ),
        pytest.param(MIXED + (b"--b\n\n" + (b"word " * 14 + b"\n") * 29_000) * 15, id="15 texts of 2 MB"),
        pytest.param(nested(100), id="100 parts in one another"),
        pytest.param(nested(1_500), id="1,500 parts in one another"),
        pytest.param(MIXED + b"--b\n\nx\n" * 20_000, id="20,000 parts"),
        pytest.param(
            HEAD + b"Content-Type: text/html\n\n" + b"<div>" * 20_000 + b"words", id="20,000 nested div"
        ),
        pytest.param(HEAD + b"Content-Type: text/html\n\n" + b"<!--" * 100_000, id="100,000 opened comments"),
        pytest.param(
            HEAD + b"Content-Type: text/html\n\n" + b"<script>" * 100_000, id="100,000 opened scripts"
        ),
        pytest.param(HEAD + b"Content-Type: text/html\n\n" + b"<p>x</p>" * 100_000, id="100,000 paragraphs"),
        pytest.param(
            HEAD + b"Content-Type: text/html\n\n<table>" + b"<tr><td>x</td></tr>" * 20_000,
            id="20,000 table rows",
        ),
        pytest.param(
            HEAD + b"Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n" + b"QUJD" * 7_500_000,
            id="an attachment of 30 MB",
        ),
        pytest.param(
            HEAD + b"Content-Type: text/plain; charset=idna\n\n" + b"xn--a." * 100_000, id="a slow codec"
        ),
    ],
)
def test_a_hostile_mail_is_read_within_five_seconds(raw: bytes) -> None:
    began = time.process_time()
    message = parse(raw, ARRIVED, STAFF)
    assert time.process_time() - began < 5
    assert message.sender.address == "sam.okafor@harrowmere.example"


def test_deep_nesting_keeps_the_text() -> None:
    message = parse(nested(1_500), ARRIVED, STAFF)
    assert "The leak is back." in message.body
    assert message.notes


@pytest.mark.parametrize("depth", [52, 60, 200, 240])
def test_parts_too_deep_in_one_another_are_read_as_they_stand(depth: int) -> None:
    message = parse(nested(depth), ARRIVED, STAFF)
    assert message.body == "The leak is back."
    assert "The mail's parts are nested too deep, so its text was read as it stands." in message.notes
    assert not any("too many parts" in note for note in message.notes)


def test_html_inscriptis_returns_nothing_for_keeps_its_text() -> None:
    html = b"<div>" * 20_000 + b"The leak is &pound;200 worse.<br>Jane"
    message = parse(HEAD + b"Content-Type: text/html\n\n" + html, ARRIVED, STAFF)
    assert message.body.split("\n")[-2:] == ["The leak is £200 worse.", "Jane"]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "empty"),
        (b"\r\n \0\0\n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Outlook .msg"),
    ],
    ids=["no bytes", "blanks", "an Outlook file"],
)
def test_what_is_no_mail_is_refused_with_a_sentence(raw: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableMail, match=sentence):
        parse(raw, ARRIVED, STAFF)


def test_a_mail_beyond_the_limit_is_read_as_far_as_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MESSAGE_BYTES", 500)
    message = parse(HEAD + b"\nThe leak is back.\n" + b"x" * 2_000, ARRIVED, STAFF)
    assert message.body.startswith("The leak is back.")
    assert "larger than 40 MB" in message.notes[-1]


@pytest.mark.parametrize("name", sorted(path.stem for path in MAILS.glob("*.eml")))
def test_a_damaged_mail_is_read_or_refused_and_breaks_nothing(name: str) -> None:
    whole = (MAILS / f"{name}.eml").read_bytes()
    chance = random.Random(name)
    for _ in range(12):
        damaged = bytearray(whole[: chance.randrange(len(whole) + 1)] if chance.random() < 0.5 else whole)
        for _ in range(chance.randrange(8)):
            at = chance.randrange(len(damaged) + 1)
            damaged[at : at + chance.randrange(4)] = chance.choice(
                [b"\0", b"\n", b"\xff\xfe", b"=?", b"--", b";=", b'"', b"<"]
            )
        try:
            message = parse(bytes(damaged), datetime(2026, 11, 5, tzinfo=UTC), STAFF)
        except UnreadableMail:
            continue
        assert message.received_at.tzinfo is not None
        assert all(0 <= span.start < span.end <= len(message.body) for span in message.spans)


def attached(depth: int) -> bytes:
    return HEAD + b"Content-Type: message/rfc822\n\n" * depth + b"From: a@b.example\n\nThe leak is back.\n"


LINE = b"QUJD" * 19 + b"\n"
PDF = b"Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n"


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(MIXED + b"--b\n" + PDF + LINE * 500_000 + b"--b--\n", id="an attachment of 38 MB"),
        pytest.param(
            MIXED + b"--b\nContent-Type: message/rfc822\n\n" + HEAD + PDF + LINE * 500_000, id="within a mail"
        ),
        pytest.param(
            MIXED + b"--b\n" + PDF + (LINE * 399 + b"\n") * 1_250, id="an attachment of 38 MB in short runs"
        ),
        pytest.param(HEAD + b"\n" + b"word " * 3_000_000, id="a text of 15 MB on one line"),
        pytest.param(HEAD + b"\n" + b"a\n" * 4_000_000, id="4,000,000 lines"),
        pytest.param(MIXED + b"\n" * 10_000_000, id="10,000,000 empty lines"),
        pytest.param(HEAD + b"Content-Type: text/html\n\n" + b"<p>x</p>" * 150_000, id="150,000 paragraphs"),
        pytest.param(HEAD + b"Content-Type: text/html\n\n" + b"<div>" * 400_000, id="400,000 nested div"),
        pytest.param(
            HEAD + b"Content-Type: text/html\n\n" + b"<h1><small>" * 150_000, id="300,000 nested others"
        ),
        pytest.param(
            HEAD + b"Content-Type: text/html\n\n" + b"<blockquote type=cite>x" * 80_000,
            id="80,000 nested quotes",
        ),
        pytest.param(attached(200), id="200 mails in one another"),
        pytest.param(attached(1_000), id="1,000 mails in one another"),
        pytest.param(
            MIXED + b"--b\nContent-Type: message/rfc822\n\nSubject: q\n\nx\n" * 20_000, id="20,000 mails"
        ),
        pytest.param(
            HEAD + b"\n" + b"---- Forwarded message ----\nFrom x\n" * 50_000,
            id="50,000 labels without colons",
        ),
        pytest.param(
            HEAD + b"\n" + (b"From: x\nTo: a@b,\n" + b"c@d,\n" * 38 + b"\n") * 4_000,
            id="150,000 wrapped recipients",
        ),
        pytest.param(
            HEAD + b"\n" + (b"From: a@b.c To: x Subject: y " * 100 + b"\n") * 500, id="500 lines of labels"
        ),
        pytest.param(HEAD + b"Content-Type: text/plain; charset=utf-7\n\n" + b"+AKM-" * 400_000, id="UTF-7"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 2_000_000, id="an Outlook file of nothing"
        ),
    ],
)
def test_a_hostile_mail_is_read_within_512_mb(raw: bytes, parser: Parser) -> None:
    try:
        message = parser.parse(raw, ARRIVED, STAFF)
    except ReaderStopped:
        raise
    except UnreadableMail as refused:
        assert str(refused).endswith(".")
    else:
        assert message.sender.address == "sam.okafor@harrowmere.example"


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    with Parser(seconds=30) as one:  # the clock on the wall, and the machine may be busy
        yield one


def test_mails_in_one_another_keep_the_innermost_text() -> None:
    message = parse(attached(4), ARRIVED, STAFF)
    assert "The leak is back." in message.body
    assert len(message.hops) == 4


def test_an_attached_mail_keeps_its_bytes() -> None:
    inner = (
        HEAD
        + b"Content-Type: message/rfc822\n\nFrom: a@b.example\n\nContent-Type: message/rfc822 is a type\n"
    )
    message = parse(MIXED + b"--b\nContent-Type: message/rfc822\n\n" + inner + b"\n--b--\n", ARRIVED, STAFF)
    assert message.attachments[0].sha256 == hashlib.sha256(inner).hexdigest()


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(
            b"Subject: =?utf-7?q?+2AA-?=\nContent-Type: text/plain; charset=utf-7\n\n+2AA- x", id="UTF-7"
        ),
        pytest.param(b"Content-Type: text/plain; charset=utf-16\n\n\x00\xd8\x20\x00", id="UTF-16"),
        pytest.param(b"Content-Type: te\xe9xt/pl\xe9in; name=\xe9\n\nx", id="a media type in Latin-1"),
        pytest.param(b"Content-Type: text/html\n\n<p>&#xD800; &#55296; x</p>", id="an entity"),
        pytest.param(
            b"Content-Type: image/png; name*=utf-7''%2B2AA-\nContent-Disposition: attachment\n\nx",
            id="a file name",
        ),
    ],
)
def test_half_a_character_never_comes_through(raw: bytes) -> None:
    message = parse(b"From: Jane <jane@example.org>\n" + raw, ARRIVED, STAFF)
    repr(message).encode()
    for text in (message.body, message.subject, *(one.name + one.media_type for one in message.attachments)):
        text.encode()
