"""Scores of a labelled file by the model in use, or of each file by models that were not trained on it."""

from pathlib import Path

from putright.classifier import corpus, model, reader, scores, train
from putright.classifier.scores import Scores


class SeenInTrainingError(Exception):
    """The model was trained on these texts, so a score would flatter it; the message says how to be honest."""


def of_file(path: Path, folder: Path = model.FOLDER) -> Scores:
    """The figures of the model in use on a file that it has never seen."""
    records = corpus.load([path])
    reading = reader.load(folder)
    seen = sum(record.fingerprint in reading.model.trained_on for record in records)
    if seen:
        raise SeenInTrainingError(
            f"The model was trained on {seen} of the {len(records)} messages in {path.name}, so the score would "
            "flatter it: use --leave-one-file-out."
        )
    return scores.score(records, [reading.read_text(r.subject, r.body, r.channel) for r in records])


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
