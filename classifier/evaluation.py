"""Scores of a labelled file by the model in use, or of each file by models that were not trained on it."""

from pathlib import Path

from putright.classifier import corpus, labelled, model, reader, scores, train
from putright.classifier.corpus import Record
from putright.classifier.labelled import Labelled
from putright.classifier.scores import Scores


class SeenInTrainingError(Exception):
    """The model was trained on these texts, so a score would flatter it; the message says how to be honest."""


def of_file(path: Path, folder: Path = model.FOLDER) -> tuple[Scores, Labelled]:
    """The figures of the model in use on a file that it has never seen, and the file's messages.

    Raises SeenInTrainingError, EmptyFileError and FaultyCorpusError.
    """
    found = labelled.load(path)
    reading = reader.load(folder)
    seen = [record.id for record in found.records if known(record, reading.model.trained_on)]
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

    The subject may stand as the first line of the text.
    """
    first, _, rest = record.body.partition("\n")
    ways = ((record.subject, record.body), (first, rest), (first, rest.lstrip("\n")))
    return any(corpus.fingerprints(*way) & trained_on for way in ways)


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
