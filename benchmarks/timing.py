"""Timing on noisy machines: the median of rounds, and ratios within one run."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing beside its baseline; both in seconds for one operation."""

    what: str
    seconds: float
    baseline: str = ""
    baseline_seconds: float = 0.0

    def __str__(self) -> str:
        line = f"{self.what:<52} {spelled(self.seconds):>10}"
        if self.baseline:
            ratio = self.seconds / self.baseline_seconds
            line += f"   {ratio:6.2f} x {self.baseline} ({spelled(self.baseline_seconds)})"
        return line


def spelled(seconds: float) -> str:
    if seconds >= 1:
        return f"{seconds:.2f} s"
    return f"{seconds * 1e6:.0f} µs" if seconds < 1e-3 else f"{seconds * 1e3:.2f} ms"


ROUNDS = 7


def median_of(run: Callable[[], object], rounds: int = ROUNDS, operations: int = 1) -> float:
    """Seconds for one operation: the median round, after one round to warm up."""
    run()
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        taken.append((time.perf_counter() - start) / operations)
    return statistics.median(taken)
