"""The benchmark of mail: every reader reads every mail, and the lines hold what was measured."""

import re
from pathlib import Path

import pytest

from benchmarks import mail
from benchmarks.mail_peers import PEERS

INBOX = mail.ROOT / "bot" / "demo" / "inbox"


@pytest.mark.parametrize("name", PEERS)
def test_each_reader_reads_the_demos_mails(name: str) -> None:
    read = PEERS[name]()
    for path in INBOX.glob("*.eml"):
        read(path.read_bytes())


def test_the_lines_hold_rates_times_and_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(next(INBOX.glob("*.eml")).read_bytes())
    (tmp_path / "two.eml").write_bytes(next(INBOX.glob("*.eml")).read_bytes())
    monkeypatch.setattr(mail, "FOLDERS", (str(tmp_path),))
    monkeypatch.setattr(mail, "LARGE_BYTES", 1_000_000)
    first, _, *lines = mail.measure()
    assert first.startswith("2 mails of this repository")
    assert [line[:22].strip() for line in lines] == list(PEERS)
    for line in lines:
        assert re.search(r"[\d,]+ \([\d.]+ x\) +[\d.]+ s \([\d.]+ x\) +\d+ MB \([\d.]+ x\)$", line)
