"""A fresh process that reads with one peer: says when its first verdict is there, then times itself when told to.

It is told over its standard input (`one`, or `bulk` and for how many seconds) and answers with a line of JSON.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.peer import Message, Read, peer

MOST_SECONDS = 6.0
READINGS = 7
BATCH = 100


def main() -> None:
    """Arguments: peer, folder of what it learned, and two files of messages: letters of one size, and all sorts."""
    name, folder, letters_file, bulk_file = sys.argv[1:]
    letters = [Message(*x) for x in json.loads(Path(letters_file).read_text(encoding="utf-8"))]
    start = time.perf_counter()
    loaded = peer(name).load(Path(folder))
    loaded.read(letters[:1])
    say({"seconds": time.perf_counter() - start, "outside": loaded.process != os.getpid()})
    for line in sys.stdin:
        what, *seconds = line.split()
        if what == "one":
            say(one(loaded.read, letters) | {"memory": peak(loaded.process)})
        else:
            messages = [Message(*x) for x in json.loads(Path(bulk_file).read_text(encoding="utf-8"))]
            say(bulk(loaded.read, messages, float(seconds[0])))


def say(answer: dict[str, float]) -> None:
    print(json.dumps(answer), flush=True)  # noqa: T201


def one(read: Read, letters: Sequence[Message]) -> dict[str, float]:
    """Median and 99th percentile over the letters, read one after another, warm; of each the median of its readings.

    So what else the machine does now and then is not taken for a letter that is slow to read.
    """
    for letter in letters[:20]:
        read([letter])
    taken: list[list[float]] = [[] for _ in letters]
    end = time.perf_counter() + MOST_SECONDS
    for number in range(READINGS * len(letters)):
        start = time.perf_counter()
        read([letters[number % len(letters)]])
        taken[number % len(letters)].append(time.perf_counter() - start)
        if time.perf_counter() > end and number >= len(letters):
            break
    middle = [statistics.median(times) for times in taken]
    return {"median": statistics.median(middle), "p99": statistics.quantiles(middle, n=100)[98]}


def bulk(read: Read, messages: Sequence[Message], seconds: float) -> dict[str, float]:
    """How many messages were read in a few seconds, a batch at a time."""
    read(messages[:BATCH])
    number, at, start = 0, 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        batch = messages[at : at + BATCH]
        read(batch)
        number += len(batch)
        at = at + BATCH if at + BATCH < len(messages) else 0
    return {"number": number, "seconds": time.perf_counter() - start}


def peak(process: int) -> float:
    """The most memory a process held, in bytes; 0 where the system has no /proc.

    Not `getrusage`: what a process inherits from the one that started it counts there too.
    """
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return 0.0
    found = [line for line in status.read_text().splitlines() if line.startswith("VmHWM:")]
    return float(found[0].split()[1]) * 1024 if found else 0.0


if __name__ == "__main__":
    main()
