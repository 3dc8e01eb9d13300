"""The same work done for several inputs, in two processes where it is worth starting them."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from putright.classifier.matrices import Data

Job = TypeVar("Job")
Result = TypeVar("Result")
PROCESSES = 2
WORTH_IT = 500
"""With fewer messages the work is done before the processes would have started."""
_shared: dict[str, Any] = {}


def side_by_side(
    work: Callable[[Job, Data, Path], Result],
    jobs: Sequence[Job],
    shared: tuple[Data, Path],
    done: Callable[[], None],
) -> list[Result]:
    """The results in the order of the jobs; `done` is called after each. The number of processes changes no result."""
    data, folder = shared
    results: dict[int, Result] = {}
    if len(jobs) < 2 or len(data.records) < WORTH_IT or (os.cpu_count() or 1) < 2:
        with threadpool_limits(1):
            for number, job in enumerate(jobs):
                results[number] = work(job, data, folder)
                done()
        return [results[n] for n in range(len(jobs))]
    with ProcessPoolExecutor(PROCESSES, get_context("spawn"), _begin, (data, folder)) as pool:
        running = {pool.submit(_one, work, job): number for number, job in enumerate(jobs)}
        for future in as_completed(running):
            results[running[future]] = future.result()
            done()
    return [results[n] for n in range(len(jobs))]


def _begin(data: Data, folder: Path) -> None:
    threadpool_limits(1)  # one core each, and the same sums whatever the machine
    _shared.update(data=data, folder=folder)


def _one(work: Callable[[Job, Data, Path], Result], job: Job) -> Result:
    return work(job, _shared["data"], _shared["folder"])
