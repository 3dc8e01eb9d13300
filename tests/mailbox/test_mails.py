"""Each mail in mails/ is read as its twin of the same name says."""

import json

import pytest

from putright.mailbox.fingerprint import fingerprint
from tests.mailbox.twins import MAILS, read, twin

NAMES = sorted(path.stem for path in MAILS.glob("*.eml"))


@pytest.mark.parametrize("name", NAMES)
def test_mail_is_read_as_its_twin_says(name: str) -> None:
    assert twin(read(name)) == json.loads((MAILS / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_what_holds_for_every_mail(name: str) -> None:
    message = read(name)
    assert message.id == fingerprint((MAILS / f"{name}.eml").read_bytes())
    assert message.received_at.tzinfo is not None
    assert message.received_from
    assert "\r" not in message.body and "\0" not in message.body
    ends = [0, *(edge for span in message.spans for edge in (span.start, span.end)), len(message.body)]
    assert ends == sorted(ends), "spans stand in order, do not overlap and lie in the body"
    assert all(message.body[span.start : span.end].strip() for span in message.spans)
    lines = message.body.count("\n") + 1
    assert all(0 <= hop.lines[0] <= hop.lines[1] < lines for hop in message.hops)
    said = " ".join([*message.notes, message.received_from, message.machine_mail])
    for person in (message.sender, message.resident):
        assert not person.address or person.address not in said
        assert not person.name or person.name not in said


def test_no_two_mails_share_a_fingerprint() -> None:
    assert len({read(name).id for name in NAMES}) == len(NAMES)


def test_every_mail_has_a_twin_and_every_twin_a_mail() -> None:
    assert sorted(path.stem for path in MAILS.glob("*.json")) == NAMES
    assert len(NAMES) >= 35
