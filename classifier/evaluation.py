"""Scores of a labelled file by the model in use, or of each file by models that were not trained on it."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from putright.classifier import corpus, labelled, model, reader, scores, train
from putright.classifier.corpus import Record
from putright.classifier.labelled import Labelled
from putright.classifier.scores import Scores

MOST_ADDED = 3
"""So many words before a text (a greeting) and after it (thanks) make no other text of it."""
FEWEST_RUNS = 8
LEAST_SHARED = 0.3
"""A text of so many runs of words that shares so many of them with one of the corpus is a copy of it with changes."""


class SeenInTrainingError(Exception):
    """The model was trained on these texts, so a score would flatter it; the message says how to be honest."""


def of_file(path: Path, folder: Path = model.FOLDER) -> tuple[Scores, Labelled]:
    """The figures of the model in use on a file that it has never seen, and the file's messages.

    Raises SeenInTrainingError, EmptyFileError and FaultyCorpusError.
    """
    found = labelled.load(path)
    reading = reader.load(folder)
    near = near_copies(found.records, corpus.files(folder / "corpus"))
    seen = [r.id for r in found.records if r.id in near or known(r, reading.model.trained_on)]
    if seen:
        some = ", ".join(seen[: labelled.FEW]) + (" and more" if len(seen) > labelled.FEW else "")
        raise SeenInTrainingError(
            f"The model was trained on {len(seen)} of the {len(found.records)} messages in {path.name}, "
            f"word for word or nearly, so the score would flatter it (id {some}). "
            + advice(path, folder, len(seen), len(found.records))
        )
    readings = [reading.read_text(r.subject, r.body, r.channel) for r in found.records]
    return scores.score(found.records, readings), found


def advice(path: Path, folder: Path, seen: int, of: int) -> str:
    """What somebody can do whose file holds messages that the model was trained on."""
    if path.stem in {file.stem for file in corpus.files(folder / "corpus")}:
        return "It is a file of the corpus: use --leave-one-file-out."
    if seen < of:
        return "Take them out of the file to score the others."
    return "Score messages that were not used in training, for example those labelled since."


def known(record: Record, trained_on: frozenset[str]) -> bool:
    """Whether a model was trained on a text or on a near-copy: other case, spaces, punctuation, or no subject.

    The subject may stand as the first line of the text, and a few words may stand before and after it.
    """
    first, _, rest = record.body.partition("\n")
    ways = ((record.subject, record.body), (first, rest), (first, rest.lstrip("\n")))
    if any(corpus.fingerprints(*way) & trained_on for way in ways):
        return True
    words = corpus.words(record.body).split()
    parts = (words[n : len(words) - m] for n in range(MOST_ADDED + 1) for m in range(MOST_ADDED + 1))
    return any(
        corpus.fingerprint("", " ".join(part)) in trained_on for part in parts if len(part) >= corpus.TELLING
    )


def near_copies(records: Sequence[Record], paths: Sequence[Path]) -> frozenset[str]:
    """The ids of messages that share so many runs of words with one of the corpus, where that lies here."""
    every = {record.id: corpus.runs(record.body) for record in records}
    where: dict[int, list[str]] = {}
    for name, own in every.items():
        for run in own if len(own) >= FEWEST_RUNS else ():
            where.setdefault(run, []).append(name)
    found = set()
    for path in paths if where else ():
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line.strip():
                met = corpus.runs(json.loads(line)["body"]) & where.keys()
                shared = Counter(name for run in met for name in where[run])
                found |= {name for name, count in shared.items() if count >= LEAST_SHARED * len(every[name])}
    return frozenset(found)


def leave_one_file_out(path: Path | None = None, folder: Path = model.FOLDER) -> dict[str, Scores]:
    """The figures of every file of the corpus (or of one file) by a model trained on the others.

    A file from elsewhere needs no more than texts and labels, and is held to nothing else.
    """
    paths = corpus.files(folder / "corpus")
    only = ""
    if path is None or path.resolve() in {p.resolve() for p in paths}:
        records = corpus.load(paths)
        only = path.stem if path else ""
    else:
        only = path.stem
        records = [*corpus.load([p for p in paths if p.stem != only]), *labelled.load(path).records]
    unseen = train.read_unseen(records, folder, only)
    files = [only] if only else sorted({r.file for r in records})
    found = {}
    for file in files:
        mine = [r for r in records if r.file == file]
        found[file] = scores.score(mine, [unseen[r.id] for r in mine])
    return found
