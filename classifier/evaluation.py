"""Scores of a labelled file by the model in use, or of each file by models that were not trained on it."""

from pathlib import Path

from putright.classifier import corpus, labelled, model, reader, scores, train
from putright.classifier.corpus import Record
from putright.classifier.scores import Scores


class SeenInTrainingError(Exception):
    """The model was trained on these texts, so a score would flatter it; the message says how to be honest."""


def of_file(path: Path, folder: Path = model.FOLDER) -> tuple[Scores, int]:
    """The figures of the model in use on a file that it has never seen, and how many messages were not counted.

    Raises SeenInTrainingError and FaultyCorpusError.
    """
    found = labelled.load(path)
    reading = reader.load(folder)
    seen = sum(known(record, reading.model.trained_on) for record in found.records)
    if seen:
        raise SeenInTrainingError(
            f"The model was trained on {seen} of the {len(found.records)} messages in {path.name}, so the score would "
            "flatter it: use --leave-one-file-out."
        )
    readings = [reading.read_text(r.subject, r.body, r.channel) for r in found.records]
    return scores.score(found.records, readings), found.undecided


def known(record: Record, trained_on: frozenset[str]) -> bool:
    """Whether a model was trained on a text, also where the file has its subject as the first line of the text."""
    first, _, rest = record.body.partition("\n")
    ways = ((record.subject, record.body), (first, rest), (first, rest.lstrip("\n")))
    return any(corpus.fingerprint(*way) in trained_on for way in ways)


def leave_one_file_out(path: Path | None = None, folder: Path = model.FOLDER) -> dict[str, Scores]:
    """The figures of every file of the corpus (or of one file) by a model trained on the others."""
    paths = corpus.files(folder / "corpus")
    only = ""
    if path is not None:
        only = path.stem
        paths = [p for p in paths if p.stem != only] + [path]
    records = corpus.load(paths)
    unseen = train.read_unseen(records, folder, only)
    files = [only] if only else sorted({r.file for r in records})
    found = {}
    for file in files:
        mine = [r for r in records if r.file == file]
        found[file] = scores.score(mine, [unseen[r.id] for r in mine])
    return found
