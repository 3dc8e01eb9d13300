"""How many messages a second the command itself reads: `putright classify FILE`, from its start to its last line."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

from benchmarks.peers.peer import Message
from benchmarks.speed import PROCESSES, ChildFailedError

LEAST = 2_000
"""A shorter list of messages is gone through again."""


@contextmanager
def on_two_cores() -> Iterator[None]:
    """What is started meanwhile has two cores; not every system can be told so."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    had = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(had)[:PROCESSES])
    try:
        yield
    finally:
        os.sched_setaffinity(0, had)


def rate(messages: Sequence[Message], folder: Path, least: int = LEAST) -> float:
    """Messages a second, the command's start and the JSON it prints included, on two cores where there are more.

    Raises ChildFailedError when it fails or does not answer every line.
    """
    number = max(least, len(messages))
    file, printed = folder / "bulk.jsonl", folder / "bulk.out"
    rows = [json.dumps(message._asdict()) + "\n" for message in islice(cycle(messages), number)]
    file.write_text("".join(rows), encoding="utf-8")
    command = [str(Path(sys.executable).parent / "putright"), "classify", file.name]
    with on_two_cores(), printed.open("wb") as out:
        start = time.perf_counter()
        ended = subprocess.run(command, cwd=folder, stdout=out, stderr=subprocess.PIPE, check=False)
        seconds = time.perf_counter() - start
    lines = printed.read_bytes().count(b"\n")
    if ended.returncode or lines != number:
        said = ended.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ChildFailedError(said[-1] if said else f"It answered {lines} of {number} lines.")
    return number / seconds
