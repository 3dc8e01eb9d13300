"""Reading: putright beside what else could tell a complaint, all by the same folds and in one run."""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click
from tabulate import tabulate

from benchmarks import bulk, quality, speed
from benchmarks.peers.peer import BASELINE, NAMES, Message, peer, shown
from benchmarks.quality import Quality
from benchmarks.speed import ChildFailedError, Speed
from benchmarks.timing import spelled
from putright.classifier import corpus, model

WORDS = 150
LETTERS = 100
FOLDS = 3


def measure(folds: int = FOLDS) -> Iterator[str]:
    """Sentences about what could not run, then a table of how right and one of how fast each reader is."""
    absent = {name: why for name in NAMES if (why := peer(name).missing())}
    yield from (f"{peer(name).TITLE} is left out: {why}" for name, why in absent.items())
    names = [name for name in NAMES if name not in absent]
    records = corpus.load(corpus.files(model.FOLDER / "corpus"))
    messages = [shown(r) for r in records]
    folds = min(folds, len({r.file for r in records}))
    with (
        tempfile.TemporaryDirectory() as folder,
        click.progressbar(
            length=len(names) * (folds + 1),
            label="Comparing",
            file=sys.stderr,
            hidden=not sys.stderr.isatty(),
        ) as bar,
    ):
        place = Path(folder)
        qualities, wrong = quality.compare(names, records, folds, place, lambda: bar.update(1))
        speeds, failed = {}, []
        for name in qualities:
            # putright is timed as it ships, with the model of the whole corpus; the others with two thirds of it.
            learned = model.FOLDER if name == "ours" else place / name
            try:
                speeds[name] = speed.measure(name, learned, letters(messages), messages, place)
                if name == "ours":
                    speeds[name] = replace(speeds[name], bulk=bulk.rate(messages, place))
            except ChildFailedError as error:
                failed.append(f"{peer(name).TITLE} could not be timed: {error}")
            bar.update(1)
    yield from (f"{peer(name).TITLE} is left out: it failed ({why})." for name, why in wrong.items())
    yield f"{len(records):,} messages, {folds} groups of whole files, each read by what learned from the others."
    yield "In brackets: times what TF-IDF + LR has in the same run.\n"
    yield tabulate(right(qualities), headers="firstrow", disable_numparse=True)
    yield (
        f"\nOne message of about {WORDS} words, warm, on one core. In bulk on two; putright as `putright classify "
        f"FILE`,\nits start and all it prints included ({max(bulk.LEAST, len(messages)):,} messages). Cold start: a "
        "fresh process to its first verdict.\n"
    )
    yield tabulate(fast(speeds), headers="firstrow", disable_numparse=True)
    yield from failed


def letters(messages: Sequence[Message]) -> list[Message]:
    """The messages that are nearest to the length that is timed."""
    return sorted(messages, key=lambda m: abs(len(m.body.split()) - WORDS))[:LETTERS]


def right(found: dict[str, Quality]) -> list[list[str]]:
    """The table of how right each is, the header first."""
    base = found[BASELINE]
    rows = [["", "accuracy", "macro-F1", "complaint or not, macro-F1"]]
    for name, one in found.items():
        pairs = (
            (one.accuracy, base.accuracy),
            (one.macro_f1, base.macro_f1),
            (one.complaint_f1, base.complaint_f1),
        )
        cells = ["–" if x is None or y is None else f"{x:.3f} ({times(x, y)})" for x, y in pairs]
        rows.append([peer(name).TITLE, *cells])
    return rows


def fast(found: dict[str, Speed]) -> list[list[str]]:
    """The table of how fast and how large each is, the header first."""
    base = found.get(BASELINE)
    rows = [["", "one, median", "one, p99", "bulk, messages/s", "peak memory", "cold start"]]
    for name, one in found.items():
        spelt = [
            spelled(one.one),
            spelled(one.p99),
            f"{one.bulk:,.0f}",
            megabytes(one.memory),
            spelled(one.cold),
        ]
        theirs = (base.one, base.p99, base.bulk, base.memory, base.cold) if base else (0.0,) * len(spelt)
        ours = (one.one, one.p99, one.bulk, one.memory, one.cold)
        ratios = [times(x, y) for x, y in zip(ours, theirs, strict=True)]
        rows.append([peer(name).TITLE, *(f"{s} ({r})" for s, r in zip(spelt, ratios, strict=True))])
    return rows


def times(value: float, base: float) -> str:
    return f"{value / base:.2f}x" if base else "–"


def megabytes(size: float) -> str:
    return f"{size / 1e6:.0f} MB" if size else "–"
