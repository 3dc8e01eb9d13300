"""The document model on public texts: complaint or not, by ten-fold cross-validation.

3,449 texts (Preoţiuc-Pietro, Gaman and Aletras, 2019) without a licence: the data stays out of the repository.
"""

import codecs
import csv
import io
import os
import statistics
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

import click
import numpy as np
from sklearn.metrics import f1_score  # type: ignore[import-untyped]
from sklearn.model_selection import StratifiedKFold  # type: ignore[import-untyped]

from benchmarks import document
from benchmarks.document import SEED, Labels

FIELDS = 4
HEADINGS = ("label", "labels", "class", "complaint", "target", "y")
FOLDS = 10
PROCESSES = 2
BASELINE = "TF-IDF + LR"
MODELS = {
    "document model": (document.BAYES, document.PLAIN),
    "its NB-LR alone": (document.BAYES,),
    BASELINE: (document.PLAIN,),
}
"""The first is the one that counts; the others show what it is made of."""


class FaultyTextsError(Exception):
    """The file cannot be used; the message is a plain sentence with the line where there is one."""


def load(path: Path) -> tuple[list[str], Labels]:
    """The texts and their labels, 1 for a complaint. The domain is not read: the model is to tell by the text.

    A file in UTF-8 or UTF-16 is read as such, any other as Windows-1252; a row of headings is passed over, the domain
    may be missing, and a text whose commas nobody quoted is put together again.
    """
    texts: list[str] = []
    labels: list[int] = []
    for line, row in _rows(_text(path), path.name):
        if len(row) < FIELDS - 1:
            raise FaultyTextsError(
                f"{path.name}, line {line}: the row has {len(row)} fields, not the four id, text, label, domain."
            )
        at = _label_at(row)
        label = row[at].strip() if at else row[2].strip()
        if not at and not texts and label.casefold() in HEADINGS:
            continue
        if not at:
            raise FaultyTextsError(
                f"{path.name}, line {line}: the label is {label!r}, not 0 or 1; the fields are id, text, label, domain."
            )
        texts.append(",".join(row[1:at]))
        labels.append(int(float(label)))
    if min(labels.count(0), labels.count(1)) < FOLDS:
        raise FaultyTextsError(
            f"{path.name} has fewer than {FOLDS} texts of a label: too few for {FOLDS} folds."
        )
    return texts, np.array(labels, dtype=np.int64)


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise FaultyTextsError(
            f"There is no file {path}: name a CSV of id, text, label 0 or 1, domain, without a header."
        ) from None
    except OSError as error:
        raise FaultyTextsError(f"{path} cannot be read: {error.strerror}.") from None
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _label_at(row: Sequence[str]) -> int:
    """Which field is the label: the third, or the last but one (or last) where unquoted commas parted the text."""
    tried = [2] if len(row) <= FIELDS else [len(row) - 2, len(row) - 1]
    return next((at for at in tried if row[at].strip() in ("0", "1", "0.0", "1.0")), 0)


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line that it begins on (a quoted text may run over many)."""
    reader = csv.reader(io.StringIO(text, newline=""))
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FaultyTextsError(f"{name}, line {line}: the row is not CSV ({error}).") from None
        if any(field.strip() for field in row):
            yield line, row


def measure(path: Path) -> Iterator[str]:
    """Macro-F1 of each model over the same folds, with its spread."""
    try:
        texts, labels = load(path.expanduser())  # make is told ~, and not every shell makes a path of it
    except FaultyTextsError as error:
        sys.exit(str(error))
    yield f"{len(texts):,} texts, {int(labels.sum()):,} complaints; {FOLDS} stratified folds, shuffled (seed {SEED})."
    found = cross_validated(texts, labels)
    base = statistics.mean(found[BASELINE])
    for name, scores in found.items():
        mean = statistics.mean(scores)
        yield (
            f"{name:<16} macro-F1 {100 * mean:.1f} ± {100 * statistics.stdev(scores):.1f} over the folds "
            f"(lowest {100 * min(scores):.1f}, highest {100 * max(scores):.1f}), {mean / base:.3f}x {BASELINE}"
        )


def cross_validated(texts: Sequence[str], labels: Labels) -> dict[str, list[float]]:
    """Macro-F1 of each model on each fold, by what learned from the other folds alone."""
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))  # a core a process
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(texts, labels)
    found: dict[str, dict[int, float]] = {name: {} for name in MODELS}
    with (
        ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool,
        click.progressbar(
            length=FOLDS * len(MODELS), label="Ten folds", file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as bar,
    ):
        jobs = {
            pool.submit(fold, name, texts, labels, seen, unseen): (name, number)
            for number, (seen, unseen) in enumerate(folds)
            for name in MODELS
        }
        for job in as_completed(jobs):
            name, number = jobs[job]
            found[name][number] = job.result()
            bar.update(1)
    return {name: [scores[n] for n in range(FOLDS)] for name, scores in found.items()}


def fold(name: str, texts: Sequence[str], labels: Labels, seen: Labels, unseen: Labels) -> float:
    said = document.predict(MODELS[name], [texts[n] for n in seen], labels[seen], [texts[n] for n in unseen])
    return float(f1_score(labels[unseen], said, average="macro"))
