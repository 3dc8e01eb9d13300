"""Any labelled file to be scored: JSON lines or CSV of which only a text and a label are needed."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from putright.classifier import corpus
from putright.classifier.corpus import FaultyCorpusError, Record

NAMES = (("text", "body"), ("message", "body"))
"""Other names that people give to a field, and ours."""
FEW = 5
MOST_NAMED = 20
"""So many faulty lines are named."""


class EmptyFileError(Exception):
    """There is nothing in the file to score; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """The records of a file, and how many were left out because two labels are right for them."""

    records: tuple[Record, ...]
    undecided: int

    @property
    def remarks(self) -> list[str]:
        """What of its own messages a file's owner should know: the same words twice, and under two labels."""
        same: dict[str, list[Record]] = {}
        for record in self.records:
            same.setdefault(corpus.words(f"{record.subject} {record.body}"), []).append(record)
        said = []
        if twice := [group for group in same.values() if len(group) > 1]:
            said.append(f"{counted(twice)} the same words more than once; each is counted ({named(twice)}).")
        if apart := [group for group in twice if len({r.label for r in group}) > 1]:
            said.append(
                f"{counted(apart)} the same words under different labels, so no reader can agree with all of "
                f"them: set one label ({named(apart)})."
            )
        return said


def load(path: Path) -> Labelled:
    """The records of a file. Raises EmptyFileError, and FaultyCorpusError, whose message names every faulty line.

    A record needs a `body` (or `text`) and a `label`; a list `labels` of one does too. Without `id` it has its line's
    number, without `channel` it is an e-mail, and whatever else is missing was not marked.
    """
    records, found, undecided = [], [], 0
    for number, raw, fault in lines(path):
        problems = [fault] if fault else []
        if not fault:
            several = raw.pop("labels", None)
            if "label" not in raw and isinstance(several, list) and several:
                if len(several) > 1:
                    undecided += 1
                    continue
                raw["label"] = several[0]
            problems = list(faults(raw))
        if problems:
            found += [f"{path.name}:{number}: {problem}" for problem in problems]
            continue
        raw.setdefault("id", str(number))
        records.append(corpus.record(raw, path.stem))
    if found:
        more = [f"And {len(found) - MOST_NAMED} more."] if len(found) > MOST_NAMED else []
        raise FaultyCorpusError("\n".join([*found[:MOST_NAMED], *more]))
    if not records and not undecided:
        raise EmptyFileError(f"{path.name} is empty: give it one message a line, with `text` and `label`.")
    if not records:
        raise EmptyFileError(f"{path.name} holds no message with one label, so there is nothing to score.")
    return Labelled(tuple(records), undecided)


def counted(groups: list[list[Record]]) -> str:
    return "One message has" if len(groups) == 1 else f"{len(groups)} messages have"


def named(groups: list[list[Record]]) -> str:
    """The first few messages by their ids."""
    some = ["id " + " and ".join(record.id for record in group) for group in groups[:FEW]]
    return "; ".join(some + (["and more"] if len(groups) > FEW else []))


def lines(path: Path) -> Iterator[tuple[int, dict[str, Any], str]]:
    """Each record with its line and, where it cannot be one, a plain sentence. Raises FaultyCorpusError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise FaultyCorpusError(f"{path.name} is not UTF-8 text.") from None
    if path.suffix.lower() == ".csv":
        rows = csv.DictReader(io.StringIO(text, newline=""))
        for row in rows:
            short = {
                str(k).strip().lower(): v for k, v in row.items() if k is not None and v not in (None, "")
            }
            yield rows.line_num, under_our_names(short), ""
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                raw = json.loads(line)
            except (ValueError, RecursionError):
                yield number, {}, "the line is not JSON."
                continue
            if isinstance(raw, dict):
                yield number, under_our_names(raw), ""
            else:
                yield number, {}, "the line is not a JSON object."


def under_our_names(raw: dict[str, Any]) -> dict[str, Any]:
    """A record under our names, without what is null: a field that is empty on purpose is an empty list."""
    found = {name: value for name, value in raw.items() if value is not None}
    for other, ours in NAMES:
        if other in found:
            found.setdefault(ours, found.pop(other))
    if isinstance(found.get("id"), int):
        found["id"] = str(found["id"])
    return found


def faults(raw: dict[str, Any]) -> Iterator[str]:
    missing = [field for field in ("body", "label") if field not in raw]
    if missing:
        yield f"the record lacks {' and '.join(missing)}."
        return
    yield from corpus.faults_of_marks(raw)
