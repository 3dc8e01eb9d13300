"""How fast and how large each reader is, measured in fresh processes of its own (`benchmarks/child.py`)."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from benchmarks.peers.peer import Message

ROOT = Path(__file__).parents[1]
PROCESSES = 2
BULK_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds for one message (median, 99th percentile) and to the first verdict; messages a second; bytes."""

    one: float
    p99: float
    bulk: float
    memory: float
    cold: float


class ChildFailedError(Exception):
    """A process ended without an answer; the message is the last that it said."""


class Child:
    """One fresh process with one peer, from its start to its first verdict and on."""

    def __init__(self, name: str, learned: Path, letters: Path, bulk: Path) -> None:
        command = [sys.executable, "-m", "benchmarks.child", name, str(learned), str(letters), str(bulk)]
        one_core = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
        start = time.perf_counter()
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | one_core, text=True, bufsize=1,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        first = self.answer()
        # A program of its own does not pay for the Python that calls it.
        self.cold = first["seconds"] if first["outside"] else time.perf_counter() - start

    def __enter__(self) -> "Child":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.communicate()

    def ask(self, what: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(what + "\n")
        self.process.stdin.flush()

    def answer(self) -> dict[str, float]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            said = self.process.communicate()[1].strip().splitlines()
            raise ChildFailedError(said[-1] if said else "It ended without a word.")
        found: dict[str, float] = json.loads(line)
        return found


def measure(
    name: str,
    learned: Path,
    letters: Sequence[Message],
    bulk: Sequence[Message],
    folder: Path,
    bulk_seconds: float = BULK_SECONDS,
) -> Speed:
    """One peer: cold start as the median of three, then one message at a time alone, then two processes in bulk."""
    paths = [folder / "letters.json", *(folder / f"bulk-{n}.json" for n in range(PROCESSES))]
    shares = [letters, *(bulk[n::PROCESSES] for n in range(PROCESSES))]
    for path, share in zip(paths, shares, strict=True):
        path.write_text(json.dumps(share), encoding="utf-8")
    with Child(name, learned, paths[0], paths[1]) as spare:
        cold = [spare.cold]
    with ExitStack() as stack:
        children = []
        for path in paths[1:]:
            children.append(stack.enter_context(Child(name, learned, paths[0], path)))
        cold += [child.cold for child in children]
        children[0].ask("one")
        one = children[0].answer()
        for child in children:
            child.ask(f"bulk {bulk_seconds}")
        rates = [found["number"] / found["seconds"] for found in [child.answer() for child in children]]
    return Speed(one["median"], one["p99"], sum(rates), one["memory"], statistics.median(cold))
