"""Many messages at once: the readings and their order are those of one at a time, and it ends as a filter should."""

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from putright.bot import bulk
from putright.classifier import corpus, model, output, reader

PROGRAM = [sys.executable, "-c", "from putright.bot.main import main; main()", "classify"]
RECORDS = corpus.load(corpus.files(model.FOLDER / "corpus"))[::15]
LINES = [
    json.dumps({"id": r.id, "subject": r.subject, "body": r.body, "channel": r.channel}) for r in RECORDS
]
BAD = bulk.FIRST + bulk.CHUNK + 7
"""A line in the middle of what another process takes."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Messages enough for all processes, one line of which is no record and one is blank."""
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join([*LINES[: BAD - 1], "{oops", *LINES[BAD - 1 : BAD + 9], "", *LINES[BAD + 9 :]]))
    return path


def test_in_bulk_each_message_is_read_as_by_itself_and_in_its_place(file: Path) -> None:
    done = subprocess.run([*PROGRAM, file], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert [json.loads(line)["line"] for line in done.stderr.splitlines()] == [BAD], "and no progress bar"
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["id"] for one in found] == [r.id for r in RECORDS]
    alone = reader.load()
    for one, r in list(zip(found, RECORDS, strict=True))[::7]:
        assert one == output.as_json(r.id, r.body, alone.read_text(r.subject, r.body, r.channel))


def test_work_is_shared_out_where_there_are_cores_for_it(file: Path) -> None:
    counting = (
        "import os, sys; from putright.bot.bulk import answers\n"
        "with open(sys.argv[1], 'rb') as f:\n"
        "    print(len({pid for found, _ in answers(lambda n, line: os.getpid(), f) for pid in found}) > 1)"
    )
    done = subprocess.run([sys.executable, "-c", counting, file], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(bulk.cores() > 1)


def test_who_writes_through_a_pipe_has_each_answer_before_the_next_question() -> None:
    lines = [json.dumps({"id": str(n), "body": "The tap drips."}) for n in range(bulk.FIRST + 3)]
    with subprocess.Popen(PROGRAM, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        for n, line in enumerate(lines):
            process.stdin.write(line + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == str(n)
        process.stdin.close()
        assert process.wait() == 0


def test_whoever_reads_only_the_first_lines_hears_no_complaint(file: Path) -> None:
    with subprocess.Popen([*PROGRAM, file], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.readline()
        process.stdout.close()
        process.wait()
        said = process.stderr.read().decode().splitlines()
    assert all("line" in json.loads(line) for line in said)


def test_ctrl_c_ends_all_processes_without_a_traceback(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    path.write_text("\n".join(LINES * 200))
    with subprocess.Popen(
        [*PROGRAM, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stdout
        for _ in range(bulk.FIRST + 2):
            process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        said = process.communicate()[1].decode()
    assert (process.returncode, said.strip()) == (1, "Aborted!")
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def test_a_terminal_is_shown_how_far_it_is(file: Path) -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "wb") as terminal, file.open("rb") as lines:
        subprocess.run(PROGRAM, stdin=lines, stdout=subprocess.DEVNULL, stderr=terminal, check=False)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "Reading" in shown and "100%" in shown


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_lines_are_counted_however_they_end_and_arrive(
    end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 7)
    path = tmp_path / "lines"
    path.write_bytes(("£1\n\nlong line\n" + "last" + end).encode())
    with path.open("rb") as lines:
        found = list(bulk.answers(lambda number, line: (number, line.strip()), lines))
    assert [one for some, _ in found for one in some] == [(1, "£1"), (2, ""), (3, "long line"), (4, "last")]
    assert sum(size for _, size in found) == path.stat().st_size
