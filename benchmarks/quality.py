"""How right each reader is on whole files that it has not seen: the same files left out for all."""

import os
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from sklearn.metrics import accuracy_score, f1_score  # type: ignore[import-untyped]

from benchmarks.peers.peer import BASELINE, COMPLAINT, peer, shown
from putright.classifier.corpus import Record
from putright.classifier.matrices import deal

PROCESSES = 2
NEEDED = ("ours", BASELINE)
"""Without these there is nothing to compare."""


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares from 0 to 1. A peer that knows no other label than a complaint is scored on that alone."""

    complaint_f1: float
    accuracy: float | None = None
    macro_f1: float | None = None


def compare(
    names: Sequence[str], records: Sequence[Record], folds: int, folder: Path, done: Callable[[], object]
) -> tuple[dict[str, Quality], dict[str, str]]:
    """The quality of each peer, and what went wrong with those that failed, which does not stop the others.

    What a peer learned for the first group stays in `folder`/NAME.
    """
    groups = dealt(records, folds)
    # One core for each process, so that no peer borrows the other's.
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))
    said: dict[str, dict[int, list[str]]] = {name: {} for name in names}
    failed: dict[str, str] = {}
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        jobs = {
            pool.submit(unseen, name, records, groups, group, folder / name if group == 0 else None): (
                name,
                group,
            )
            for group in sorted(set(groups))
            for name in names
        }
        for job in as_completed(jobs):
            name, group = jobs[job]
            error = job.exception()
            if error is None:
                said[name][group] = job.result()
            elif name in NEEDED:
                raise error
            else:
                failed[name] = str(error) or type(error).__name__
            done()
    truth = [r.label.value for group in sorted(set(groups)) for r in _of(records, groups, group)]
    found = {
        name: score(truth, [x for group in sorted(groups) for x in groups[group]], peer(name).TWO_WAY)
        for name, groups in said.items()
        if name not in failed
    }
    return found, failed


def dealt(records: Sequence[Record], folds: int) -> list[int]:
    """Which group each record is in: whole files, dealt to groups of about one size."""
    found = deal(records, folds)
    return [found[r.file] for r in records]


def unseen(
    name: str, records: Sequence[Record], groups: Sequence[int], left_out: int, folder: Path | None
) -> list[str]:
    """What a peer that learned from the other groups says of one group, in the records' order."""
    rest = [r for r, group in zip(records, groups, strict=True) if group != left_out]
    asked = [shown(r) for r in _of(records, groups, left_out)]
    with tempfile.TemporaryDirectory() as passing:
        place = folder or Path(passing)
        place.mkdir(exist_ok=True)
        peer(name).learn(rest, place)
        return peer(name).load(place).read(asked)


def score(truth: Sequence[str], said: Sequence[str], two_way: bool = False) -> Quality:
    """All groups together. In the two-way score every label but a complaint is one."""
    narrow = f1_score([x == COMPLAINT for x in truth], [x == COMPLAINT for x in said], average="macro")
    if two_way:
        return Quality(float(narrow))
    wide = f1_score(truth, said, average="macro", labels=sorted(set(truth)), zero_division=0.0)
    return Quality(float(narrow), float(accuracy_score(truth, said)), float(wide))


def _of(records: Sequence[Record], groups: Sequence[int], wanted: int) -> list[Record]:
    return [r for r, group in zip(records, groups, strict=True) if group == wanted]
