"""The child process that reads mail: the same answers, and nothing a mail does reaches the program."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from putright.cases.labels import Channel
from putright.mailbox import message_json
from putright.mailbox.child import Parser, ReaderStopped
from putright.mailbox.parse import UnreadableMail, parse
from tests.mailbox.test_forwards import FORWARDS
from tests.mailbox.twins import ARRIVED, MAILS, STAFF

HEAD = b"From: Jane <jane@example.org>\nDate: Mon, 2 Nov 2026 09:14:00 +0000\nSubject: x\n"
ALL = sorted([*MAILS.glob("*.eml"), *FORWARDS.glob("*.eml")])[::3]
BREAKS = [sys.executable, str(Path(__file__).with_name("reader_that_breaks.py"))]


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    with Parser(seconds=30) as one:  # the machine may be busy
        yield one


def test_the_child_reads_mail_as_parse_does(parser: Parser) -> None:
    for path in ALL:
        raw = path.read_bytes()
        assert parser.parse(raw, ARRIVED, STAFF) == parse(raw, ARRIVED, STAFF), path.name


def test_a_message_survives_being_written_as_json() -> None:
    for path in ALL:
        message = parse(path.read_bytes(), ARRIVED, STAFF)
        assert message_json.loads(message_json.dumps(message)) == message


def test_channels_reach_the_child(parser: Parser) -> None:
    raw = b"From: forms@example.net\nReply-To: Jane <jane@example.org>\n\nNo heat."
    message = parser.parse(raw, ARRIVED, STAFF, {"forms@example.net": Channel.WEBFORM})
    assert (message.channel, message.resident.address) == (Channel.WEBFORM, "jane@example.org")
    assert parser.parse(raw, ARRIVED, STAFF, source_channel=Channel.LETTER).channel is Channel.LETTER


def test_what_is_no_mail_is_refused_with_the_same_sentence(parser: Parser) -> None:
    with pytest.raises(UnreadableMail, match="empty") as refused:
        parser.parse(b"", ARRIVED, STAFF)
    assert not isinstance(refused.value, ReaderStopped)


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        pytest.param(b"hang", "more than 1.5 seconds", id="a reader that hangs is killed"),
        pytest.param(b"eat", "broke its reader", id="a reader that eats memory gets none"),
        pytest.param(b"die", "ended its reader", id="a reader that dies is missed"),
        pytest.param(b"break", "broke its reader", id="a reader that raises is heard"),
    ],
)
def test_a_mail_that_breaks_its_reader_is_refused_and_the_next_is_read(order: bytes, sentence: str) -> None:
    with Parser(seconds=1.5, command=BREAKS) as one:
        with pytest.raises(ReaderStopped, match=sentence):
            one.parse(HEAD + b"\n" + order, ARRIVED, STAFF)
        assert one.parse(HEAD + b"\nThe leak is back.", ARRIVED, STAFF).body == "The leak is back."
        assert one.parse(HEAD + b"\nprint", ARRIVED, STAFF).body == "print"


def test_the_child_is_used_again_and_replaced_in_time() -> None:
    with Parser(seconds=30, mails=3) as one:
        children = []
        for _ in range(5):
            one.parse(HEAD + b"\nx", ARRIVED, STAFF)
            children.append(one._child.pid if one._child else 0)
    assert children[0] == children[1] > 0
    assert children[2] == 0, "after its third mail it is ended"
    assert children[3] == children[4] not in (children[0], 0)


def test_threads_may_share_a_parser(parser: Parser) -> None:
    read: list[str] = []

    def work(number: int) -> None:
        read.append(parser.parse(HEAD + b"\nmail %d" % number, ARRIVED, STAFF).body)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(read) == [f"mail {number}" for number in range(8)]


def test_a_closed_parser_leaves_no_process() -> None:
    one = Parser(seconds=30)
    one.parse(HEAD + b"\nx", ARRIVED, STAFF)
    assert one._child is not None
    pid = one._child.pid
    one.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_the_child_ends_when_the_program_does() -> None:
    code = (
        "from datetime import datetime, UTC\n"
        "from putright.mailbox.child import Parser\n"
        "one = Parser(seconds=30)\n"
        "one.parse(b'From: a@b.example\\n\\nx', datetime.now(UTC), frozenset())\n"
        "print(one._child.pid, flush=True)\n"
        "import os; os._exit(0)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    for _ in range(100):
        try:
            os.kill(int(said.stdout), 0)
        except ProcessLookupError:
            return
        if _state(int(said.stdout)) == "Z":
            return
        time.sleep(0.1)
    pytest.fail("the child lives on")


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def test_the_child_imports_neither_the_model_nor_the_language_library() -> None:
    code = "import putright.mailbox.child, sys, json; print(json.dumps(sorted(sys.modules)))"
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert not {"spacy", "sklearn", "numpy", "imapclient", "sqlite_utils"} & set(json.loads(said.stdout))
