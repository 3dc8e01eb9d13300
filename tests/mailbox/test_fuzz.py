"""Thousands of damaged mails in the limited child: none breaks it, takes over 5 seconds or over 512 MB."""

import base64
import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from putright.mailbox.child import Parser, ReaderStopped
from putright.mailbox.parse import UnreadableMail
from tests.mailbox.twins import ARRIVED, MAILS, STAFF

SEED = int(os.environ.get("PUTRIGHT_FUZZ_SEED", "20261123"))
MUTATED = int(os.environ.get("PUTRIGHT_FUZZ_MAILS", "3000"))
SEEDS = [path.read_bytes() for path in sorted(MAILS.glob("*.eml"))]
SEEDS += [path.read_bytes() for path in sorted((Path(__file__).parent / "forwards").glob("*.eml"))]
CHARSETS = "utf-7 utf-16 utf-32 iso-2022-jp iso-2022-kr hz gb18030 big5 koi8-r idna punycode rot13 base64 x-unknown ''"
TYPES = "text/html text/plain multipart/mixed multipart/alternative multipart/report message/rfc822 x/y ''"
CODINGS = "base64 quoted-printable x-uuencode 7bit 8bit binary nonsense"
NASTY = [
    b"\0", b"\r", b"\n", b"\r\n\r\n", b"\xff\xfe", b"=?utf-8?b?", b"=?utf-7?q?+2AA-?=", b"--", b";=", b'"', b"<", b">",
    b"(", b"\x1b$B", b"\xe2\x80\xae", b"\xd8\xa7\xd9\x84\xd8\xb9\xd9\x86\xd9\x88\xd8\xa7\xd9\x86", b"From: ",
    b"&#xD800;", b"<!--", b"<table><tr><td>", b"On Mon, 2 Nov 2026 at 09:14, x <a@b.example> wrote:\n",
    b"-----Original Message-----\n",
]  # fmt: skip

Mutation = Callable[[random.Random, bytes], bytes]


def somewhere(chance: random.Random, raw: bytes) -> int:
    return chance.randrange(len(raw) + 1)


def bytes_changed(chance: random.Random, raw: bytes) -> bytes:
    damaged = bytearray(raw)
    for _ in range(chance.randint(1, 30)):
        at = somewhere(chance, bytes(damaged))
        damaged[at : at + chance.randrange(3)] = bytes([chance.randrange(256)])
    return bytes(damaged)


def something_nasty(chance: random.Random, raw: bytes) -> bytes:
    at = somewhere(chance, raw)
    return raw[:at] + chance.choice(NASTY) * chance.choice([1, 2, 50, 5_000]) + raw[at:]


def cut(chance: random.Random, raw: bytes) -> bytes:
    first, second = sorted((somewhere(chance, raw), somewhere(chance, raw)))
    return raw[:first] + raw[second:] if chance.random() < 0.5 else raw[first:second]


def repeated(chance: random.Random, raw: bytes) -> bytes:
    first, second = sorted((somewhere(chance, raw), somewhere(chance, raw)))
    return raw[:first] + raw[first:second] * chance.choice([2, 20, 300]) + raw[second:]


def spliced(chance: random.Random, raw: bytes) -> bytes:
    other = chance.choice(SEEDS)
    return raw[: somewhere(chance, raw)] + other[somewhere(chance, other) :]


def lines_shuffled(chance: random.Random, raw: bytes) -> bytes:
    lines = raw.split(b"\n")
    first, second = sorted((chance.randrange(len(lines) + 1), chance.randrange(len(lines) + 1)))
    middle = lines[first:second]
    chance.shuffle(middle)
    return b"\n".join(lines[:first] + middle + lines[second:])


def line_ends_changed(chance: random.Random, raw: bytes) -> bytes:
    plain = raw.replace(b"\r\n", b"\n")
    return plain.replace(b"\n", chance.choice([b"\r", b"\r\n", b"\n\r", b"\x0b", b"\r\r\n"]))


def headers_changed(chance: random.Random, raw: bytes) -> bytes:
    """Another charset, type, coding or boundary than the content has."""
    kind = chance.choice(
        [
            f'Content-Type: {chance.choice(TYPES.split())}; charset={chance.choice(CHARSETS.split())}; boundary="b"',
            f"Content-Transfer-Encoding: {chance.choice(CODINGS.split())}",
            f"Date: {chance.choice(['Thu, 1 Jan 1970 00:00:00 +0000', '99 Foo 2099', '1 Jan 2099 00:00 +9999', ''])}",
            f"From: {chance.choice(['undisclosed:;', '@', '<>', 'a@b@c', 'Ж <ж@ж.example>', '=?x?b?????='])}",
            "Subject: " + "=?utf-8?q?=C2=A3?= " * chance.choice([1, 3_000]),
        ]
    )
    return kind.encode() + b"\n" + raw


def nested(chance: random.Random, raw: bytes) -> bytes:
    for _ in range(chance.choice([1, 3, 60])):
        coded = chance.random() < 0.3
        inner = base64.encodebytes(raw[:20_000]) if coded else raw
        coding = b"Content-Transfer-Encoding: base64\n" if coded else b""
        raw = b"From: a@b.example\nContent-Type: message/rfc822\n" + coding + b"\n" + inner
    return raw


MUTATIONS: list[Mutation] = [
    bytes_changed, something_nasty, cut, repeated, spliced, lines_shuffled, line_ends_changed, headers_changed, nested,
]  # fmt: skip


def mutated(number: int) -> bytes:
    """The mail of that number: always the same for one seed."""
    chance = random.Random(f"{SEED}-{number}")
    raw = chance.choice(SEEDS)
    for _ in range(chance.randint(1, 4)):
        raw = chance.choice(MUTATIONS)(chance, raw)[:3_000_000]
    return raw


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_thousands_of_damaged_mails_break_nothing() -> None:
    print(f"PUTRIGHT_FUZZ_SEED={SEED}")  # noqa: T201
    slowest, slowest_number, refused = 0.0, -1, 0
    broken: list[str] = []
    with Parser() as parser:
        for number in range(MUTATED):
            raw = mutated(number)
            began = time.monotonic()
            try:
                message = parser.parse(raw, ARRIVED, STAFF)
            except ReaderStopped as error:
                broken.append(f"{number}: {error}")
                continue
            except UnreadableMail as error:
                assert str(error).endswith("."), number
                refused += 1
                continue
            finally:
                if (took := time.monotonic() - began) > slowest:
                    slowest, slowest_number = took, number
            assert message.received_at.tzinfo is not None, number
            assert all(0 <= span.start < span.end <= len(message.body) for span in message.spans), number
            for text in (message.body, message.subject, message.sender.name, message.resident.address):
                text.encode()
    print(f"{MUTATED} mails, {refused} refused; the slowest, {slowest_number}: {slowest:.2f} s")  # noqa: T201
    assert broken == []
    assert slowest < 5
