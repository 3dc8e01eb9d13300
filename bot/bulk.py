"""Many lines through the same work, answered in their order: in one process for each core where there are enough."""

import gc
import os
import signal
import stat
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from multiprocessing import get_context
from typing import Any, BinaryIO, NamedTuple, TypeVar

import click

Answer = TypeVar("Answer")
Work = Callable[[int, str], Answer]
"""From a line's number and text to its answer."""
FIRST = 64
"""So many lines are worked on before any other process is started: few never pay for one, and all start warm."""
CHUNK = 32
"""Lines that a process takes at a time."""
MOST_PROCESSES = 8
AHEAD = 3
"""Chunks that wait for each process, so that none is idle and a file of any length fits into the memory."""
AT_ONCE = 1 << 18
"""Bytes."""


class Numbered(NamedTuple):
    """Lines that stand one after the other, and how many bytes they are in the file."""

    first: int
    lines: list[str]
    size: int


def answers(work: Work[Answer], file: BinaryIO) -> Generator[tuple[list[Answer], int]]:
    """The answers to all lines of a file in order, some at a time, with how many bytes of the file they answer.

    What comes through a pipe is answered before more is awaited, so that whoever writes may wait for an answer.
    Raises ClickException when a process was killed from outside.
    """
    processes, is_file = cores(), size_of(file) is not None
    waiting: deque[tuple[Future[list[Answer]], int]] = deque()
    with ExitStack() as stack:
        pool: ProcessPoolExecutor | None = None
        for batch in batches(file):
            for part in chunks(batch):
                if processes == 1 or part.first <= FIRST:
                    yield done(work, part), part.size
                    continue
                if pool is None:
                    pool = started(work, processes)
                    stack.callback(pool.shutdown, cancel_futures=True)
                waiting.append((pool.submit(_one, part), part.size))
                if len(waiting) >= AHEAD * processes:
                    yield finished(*waiting.popleft())
            while waiting and not is_file:
                yield finished(*waiting.popleft())
        while waiting:
            yield finished(*waiting.popleft())


def cores() -> int:
    """How many processes to use. Only Linux can start them with all that is loaded, which takes no time."""
    return min(len(os.sched_getaffinity(0)), MOST_PROCESSES) if sys.platform == "linux" else 1


def size_of(file: BinaryIO) -> int | None:
    """The bytes of a file; None for a pipe, a terminal or whatever else has no end yet."""
    try:
        found = os.fstat(file.fileno())
    except OSError:
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None


def batches(file: BinaryIO) -> Iterator[Numbered]:
    """The whole lines of whatever has arrived, each time some has."""
    number, rest = 1, b""
    read = getattr(file, "read1", file.read)
    while data := read(AT_ONCE):
        *whole, rest = (rest + data).split(b"\n")
        if whole:
            yield Numbered(number, decoded(whole), sum(map(len, whole)) + len(whole))
            number += len(whole)
    if rest:
        yield Numbered(number, decoded([rest]), len(rest))


def decoded(lines: list[bytes]) -> list[str]:
    return [line.decode("utf-8", "replace") for line in lines]


def chunks(batch: Numbered) -> Iterator[Numbered]:
    """A batch in parts of a size that one process takes; its bytes count with the last."""
    for at in range(0, len(batch.lines), CHUNK):
        last = at + CHUNK >= len(batch.lines)
        yield Numbered(batch.first + at, batch.lines[at : at + CHUNK], batch.size if last else 0)


def done(work: Work[Answer], part: Numbered) -> list[Answer]:
    return [work(number, line) for number, line in enumerate(part.lines, part.first)]


def finished(future: "Future[list[Answer]]", size: int) -> tuple[list[Answer], int]:
    try:
        return future.result(), size
    except BrokenProcessPool:
        raise click.ClickException(
            "A process that was at work was killed, perhaps for want of memory. What is printed is right; run it again "
            "for the rest."
        ) from None


_work: Work[Any] | None = None
"""Set before the processes start, which have it from then on."""


def started(work: Work[Answer], processes: int) -> ProcessPoolExecutor:
    global _work
    _work = work
    gc.freeze()  # else each process would copy all that is loaded when it first looks for garbage
    return ProcessPoolExecutor(processes, get_context("fork"), _begin)


def _begin() -> None:
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C is for the process that was called; it ends the others


def _one(part: Numbered) -> list[Any]:
    assert _work is not None
    return done(_work, part)
