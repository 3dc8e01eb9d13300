"""Learning from people: the corpus and reviewed messages in, a candidate model held against the one in use out."""

import json
import math
import re
import shutil
import statistics
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from putright.cases.labels import Decision, Label
from putright.cases.reading import Reading
from putright.classifier import corpus, knowledge, model, train
from putright.classifier.corpus import SAME_BEGINNING, FaultyCorpusError, Record
from putright.classifier.gate import Item, Kind, Measured, Outcome, Verdict, judge
from putright.classifier.reader import Reader
from putright.classifier.train import Progress, Trained

PARTS = 5
"""Whole corpus files and groups of reviewed messages are dealt to so many parts, each read by a model of the others."""
COMPARED = 100
"""So many messages are read with the model as trained and as saved, and timed."""
TIMED = 3

Learner = Callable[[Sequence[Record], Path, Progress], Trained]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A message that a person labelled. `group` is what must not be parted (whose it is); it is written nowhere."""

    reference: str
    group: str
    channel: str
    subject: str
    body: str
    label: Label

    @property
    def fingerprint(self) -> str:
        return corpus.fingerprint(self.subject, self.body)


@dataclass(frozen=True, slots=True)
class MustPass:
    """A case of the Code with the labels that are right for it."""

    id: str
    channel: str
    subject: str
    body: str
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Teaching:
    """What a candidate learns from and is judged by."""

    corpus: tuple[Record, ...]
    held_out: tuple[Record, ...]
    must_pass: tuple[MustPass, ...]
    reviewed: tuple[Reviewed, ...]


def gather(reviewed: Sequence[Reviewed], models: Path) -> Teaching:
    """The corpus, what is kept apart, and of the reviewed messages (oldest first) each once, as last labelled.

    A message that stands in the corpus or is kept apart is not learned from again.
    """
    records = corpus.load(corpus.files(models / "corpus"))
    apart = models / "corpus" / "held-out"
    held_out = corpus.load(corpus.files(apart)) if apart.is_dir() else []
    known = {record.fingerprint for record in (*records, *held_out)}
    last = {x.fingerprint: x for x in reviewed if x.fingerprint not in known}
    return Teaching(
        tuple(records), tuple(held_out), tuple(must_pass(models / "must-pass.jsonl")), tuple(last.values())
    )


def must_pass(path: Path) -> Iterator[MustPass]:
    """The cases in a file, none if there is no file. Raises FaultyCorpusError."""
    if not path.exists():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            try:
                raw = json.loads(line)
                labels = tuple(Label(x) for x in raw["labels"])
                yield MustPass(raw["id"], raw["channel"], raw.get("subject") or "", raw["body"], labels)
            except (ValueError, KeyError, TypeError) as error:
                raise FaultyCorpusError(f"{path.name}:{number}: the line is no must-pass case.") from error


def records_of(teaching: Teaching, old: Reader) -> list[Record]:
    """All to learn from, dealt to parts that are left out in turn: corpus files whole, reviewed messages by group.

    A person said the label of a reviewed message and nothing else: it has no roles, and its area, flags and points
    are only what the model in use makes of it.
    """
    files = sorted({record.file for record in teaching.corpus})
    dealt = {file: f"part-{n % PARTS}" for n, file in enumerate(files)}
    records = [replace(record, file=dealt[record.file]) for record in teaching.corpus]
    for x, family in zip(teaching.reviewed, families(teaching.reviewed), strict=True):
        reading = old.read_text(x.subject, x.body, x.channel)
        part = f"part-{zlib.crc32(family.encode()) % PARTS}"
        records.append(
            Record(
                id=x.reference,
                file=part,
                family=family,
                channel=x.channel,
                subject=x.subject,
                body=x.body,
                label=x.label,
                service_area=reading.service_area,
                flags=frozenset(reading.flags),
                outcomes=reading.outcomes,
                issues=reading.issues,
                sentences=(),
            )
        )
    return records


def families(reviewed: Sequence[Reviewed]) -> list[str]:
    """For each message what it must not be parted from: the same resident's, and those that begin alike."""
    groups: dict[str, str] = {}
    beginnings: dict[str, str] = {}
    found = []
    for x in reviewed:
        beginning = re.sub(r"\W+", " ", x.body.lower()).strip()[:SAME_BEGINNING]
        family = beginnings.get(beginning) or groups.get(x.group) or x.reference
        beginnings.setdefault(beginning, family)
        groups.setdefault(x.group, family)
        found.append(family)
    return found


def steps(records: Sequence[Record]) -> int:
    """How often `progress` is called by `try_out`."""
    return train.steps(records) + 2


def try_out(
    teaching: Teaching,
    records: Sequence[Record],
    old: Reader,
    models: Path,
    place: Path,
    progress: Progress = lambda _: None,
    learn: Learner = train.train_on,
) -> tuple[Reader, Outcome]:
    """Make a candidate, write it to the folder `place`, and hold it against the old one."""
    trained = learn(records, models, progress)
    progress("writing the candidate")
    for name in knowledge.FILES:
        shutil.copy(models / name, place / name)
    model.save(trained.model, place)
    candidate = Reader(model.load(place))
    progress("reading with both models")
    found = list(items(teaching, trained, candidate, old))
    return candidate, judge(found, measured(teaching, trained, candidate, old, place))


def items(teaching: Teaching, trained: Trained, candidate: Reader, old: Reader) -> Iterator[Item]:
    """Every message of the gate with what both models say."""
    for record in teaching.held_out:
        new = verdict(candidate.read_text(record.subject, record.body, record.channel))
        yield item(record.id, Kind.HELD_OUT, record, (record.label,), old, new, new)
    for x in teaching.reviewed:
        new = verdict(candidate.read_text(x.subject, x.body, x.channel))
        seen = x.fingerprint in old.model.trained_on
        unseen = None if seen or x.reference not in trained.unseen else verdict(trained.unseen[x.reference])
        yield item(x.reference, Kind.REVIEWED, x, (x.label,), old, new, unseen)
    for case in teaching.must_pass:
        new = verdict(candidate.read_text(case.subject, case.body, case.channel))
        yield item(case.id, Kind.MUST_PASS, case, case.labels, old, new, None)


def item(
    name: str,
    kind: Kind,
    text: Record | Reviewed | MustPass,
    accepted: tuple[Label, ...],
    old: Reader,
    new: Verdict,
    unseen: Verdict | None,
) -> Item:
    before = verdict(old.read_text(text.subject, text.body, text.channel))
    return Item(name, kind, text.channel, len(text.body.split()), accepted, before, new, unseen)


def verdict(reading: Reading) -> Verdict:
    return Verdict(reading.label, reading.decision is Decision.ASK)


def measured(teaching: Teaching, trained: Trained, candidate: Reader, old: Reader, place: Path) -> Measured:
    """Speed of both models in turn, size, and whether what was saved reads as what was trained."""
    texts = [(x.subject, x.body, x.channel) for x in teaching.held_out]
    texts = [*texts, *((x.subject, x.body, x.channel) for x in teaching.reviewed)][:COMPARED]
    as_trained = Reader(trained.model)
    difference = 0.0
    for text in texts:
        wanted = as_trained.read_text(*text).probabilities
        found = candidate.read_text(*text).probabilities
        difference = max(difference, *(abs(p - wanted[label]) for label, p in found.items()))
    times = [quickest(text, candidate, old) for text in texts]
    new, before = (statistics.median(x) for x in zip(*times, strict=True)) if times else (0.0, 0.0)
    size = sum(file.stat().st_size for file in place.rglob("*") if file.is_file())
    return Measured(1000 * new, 1000 * before, size / 1e6, difference)


def quickest(text: tuple[str, str, str], *readers: Reader) -> list[float]:
    """For each reader the seconds of this thread that its quickest reading took; they take turns.

    Neither another program's share of the machine nor a moment's stall is a fault of the model.
    """
    found = [math.inf] * len(readers)
    for _ in range(TIMED):
        for n, reader in enumerate(readers):
            started = time.thread_time()
            reader.read_text(*text)
            found[n] = min(found[n], time.thread_time() - started)
    return found
