"""The corpus as matrices to learn from, made by the same feature code that reads messages."""

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from putright.cases.labels import Channel, Label, Role
from putright.classifier.context import ROLES
from putright.classifier.corpus import Record
from putright.classifier.features import (
    NOT_THEIR_WORDS,
    Own,
    Part,
    Text,
    bag,
    merged,
    of_sentences,
    sentence,
    take_apart,
)
from putright.classifier.heads import AREAS, FLAGS, LABELS
from putright.classifier.knowledge import Knowledge
from putright.classifier.linear import Features

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]

FOLDS = 5
LEAST_SENTENCES = 3
LEAST_MESSAGES = 3


@dataclass(slots=True)
class Data:
    """Every record taken apart: rows of `sentences`, `roles` and `spans` are sentences; of the rest, messages."""

    records: Sequence[Record]
    sentence_names: dict[str, int]
    bag_names: dict[str, int]
    sentences: csr_matrix
    alone: csr_matrix
    """The sentences as each would look if it were the whole message."""
    bags: csr_matrix
    ends: Integers
    message: Integers
    roles: Integers
    spans: Array
    """Which share of each sentence is marked as a point, and as an outcome."""
    lengths: Integers
    """Characters of each sentence."""
    foreign: Mask
    """Which sentences are not the writer's own words: they play no role and are not learned from."""
    labels: Integers
    areas: Integers
    flags: NDArray[np.bool_]
    survey: NDArray[np.bool_]
    single: Mask
    """Which messages have no other of their family beside them."""
    marked: Mask
    """Whose sentences have their roles labelled; of what people said in review only the label is known."""
    folds: Integers
    lone: "Lone"

    def rows(self, which: Mask) -> Mask:
        """The sentences of the messages in a mask."""
        chosen: Mask = which[self.message]
        return chosen

    def own(self, which: Mask) -> Mask:
        """The sentences of the messages in a mask that are their writers' own."""
        chosen: Mask = which[self.message] & ~self.foreign
        return chosen


@dataclass(slots=True)
class Lone:
    """Sentences taken as messages of their own, labelled by their role: what a message says when it says one thing."""

    bags: csr_matrix
    labels: Integers
    sentences: Integers
    """Which row of `Data.sentences` each is."""


def prepare(records: Sequence[Record], known: Knowledge) -> Data:
    texts = [take_apart(r.subject, r.body, r.channel, known) for r in records]
    own = [[sentence(part) for part in text.parts] for text in texts]
    rows = [merged(row) for text, mine in zip(texts, own, strict=True) for row in of_sentences(text, mine)]
    bags = [bag(text, mine) for text, mine in zip(texts, own, strict=True)]
    alone = [
        merged(row)
        for text, mine in zip(texts, own, strict=True)
        for part, features in zip(text.parts, mine, strict=True)
        for row in of_sentences(lone_text(text, part), [features])
    ]
    families = Counter(r.family for r in records)
    counts = np.array([len(text.parts) for text in texts], dtype=np.int64)
    sentence_names, bag_names = vocabulary(rows, LEAST_SENTENCES), vocabulary(bags, LEAST_MESSAGES)
    return Data(
        records=records,
        sentence_names=sentence_names,
        bag_names=bag_names,
        sentences=sparse(rows, sentence_names),
        alone=sparse(alone, sentence_names),
        bags=sparse(bags, bag_names),
        ends=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        message=np.repeat(np.arange(len(records)), counts),
        roles=np.array(
            [r for t, x in zip(records, texts, strict=True) for r in gold_roles(t, x)], dtype=np.int64
        ),
        spans=np.array(
            [s for t, x in zip(records, texts, strict=True) for s in gold_spans(t, x)], dtype=np.float64
        ).reshape(-1, 2),
        lengths=np.array([p.end - p.start for t in texts for p in t.parts], dtype=np.int64),
        foreign=np.array([p.place in NOT_THEIR_WORDS for t in texts for p in t.parts], dtype=bool),
        labels=np.array([LABELS.index(r.label) for r in records], dtype=np.int64),
        areas=np.array([AREAS.index(r.service_area) for r in records], dtype=np.int64),
        flags=np.array([[flag in r.flags for flag in FLAGS] for r in records], dtype=bool),
        survey=np.array([r.channel == "survey" for r in records], dtype=bool),
        lone=lone_messages(records, texts, own, bag_names),
        single=np.array([families[r.family] == 1 for r in records], dtype=bool),
        marked=np.array([bool(r.sentences) for r in records], dtype=bool),
        folds=folds(records),
    )


def folds(records: Sequence[Record]) -> Integers:
    """Which fold each record is in: whole files together if there are enough of them, else families."""
    dealt = deal(records, FOLDS)
    if len(set(dealt.values())) == FOLDS:
        return np.array([dealt[r.file] for r in records], dtype=np.int64)
    return np.array([zlib.crc32(r.family.encode()) % FOLDS for r in records], dtype=np.int64)


def deal(records: Sequence[Record], parts: int) -> dict[str, int]:
    """Files dealt to at most so many parts of about the same number of messages, the largest first."""
    counts = Counter(r.file for r in records)
    held = [0] * min(parts, len(counts))
    found = {}
    for file in sorted(counts, key=lambda f: (-counts[f], f)):
        found[file] = held.index(min(held))
        held[found[file]] += counts[file]
    return found


def lone_text(text: Text, part: Part) -> Text:
    """One sentence as if it were the whole message."""
    return Text(text.channel, [], [], [], [part])


LABEL_OF_ROLE = {
    Role.DISSATISFACTION: Label.COMPLAINT,
    Role.COMPLAIN: Label.COMPLAINT,
    Role.REQUEST: Label.SERVICE_REQUEST,
    Role.FAULT: Label.SERVICE_REQUEST,
    Role.OTHERS_CONDUCT: Label.SERVICE_REQUEST,
    Role.SURVEY: Label.SURVEY_FEEDBACK,
    Role.QUESTION: Label.OTHER,
    Role.THANKS: Label.OTHER,
}


def lone_messages(
    records: Sequence[Record], texts: Sequence[Text], own: Sequence[list[Own]], names: dict[str, int]
) -> Lone:
    """Every sentence with a telling role; within a survey all but `C` are feedback, as the guide has it."""
    bags: list[Features] = []
    labels: list[int] = []
    sentences: list[int] = []
    row = 0
    for record, text, features in zip(records, texts, own, strict=True):
        in_survey = record.channel == Channel.SURVEY or record.label is Label.SURVEY_FEEDBACK
        for part, mine, number in zip(text.parts, features, gold_roles(record, text), strict=True):
            label = LABEL_OF_ROLE.get(ROLES[number]) if record.sentences else None
            if label and part.place not in NOT_THEIR_WORDS:
                if in_survey and ROLES[number] is not Role.COMPLAIN:
                    label = Label.SURVEY_FEEDBACK
                bags.append(bag(lone_text(text, part), [mine]))
                labels.append(LABELS.index(label))
                sentences.append(row)
            row += 1
    return Lone(sparse(bags, names), np.array(labels, dtype=np.int64), np.array(sentences, dtype=np.int64))


def vocabulary(rows: Iterable[Features], least: int) -> dict[str, int]:
    """The features that occur in at least so many rows, in alphabetical order."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts.update(row.keys())
    return {
        name: n for n, name in enumerate(sorted(name for name, count in counts.items() if count >= least))
    }


def sparse(rows: Sequence[Features], names: dict[str, int]) -> csr_matrix:
    index: list[int] = []
    values: list[float] = []
    ends = [0]
    for row in rows:
        for name, value in row.items():
            at = names.get(name)
            if at is not None:
                index.append(at)
                values.append(value)
        ends.append(len(index))
    return csr_matrix((np.array(values, dtype=np.float32), index, ends), shape=(len(rows), len(names)))


def gold_roles(record: Record, text: Text) -> list[int]:
    """The labelled role of each sentence as it is split here: that of the labelled sentence it shares most with."""
    found = []
    for part in text.parts:
        shared = [
            (min(part.end, end) - max(part.start, start), role) for start, end, role in record.sentences
        ]
        best = max(shared, key=lambda pair: pair[0], default=(0, Role.REST))
        found.append(ROLES.index(best[1] if best[0] > 0 else Role.REST))
    return found


def gold_spans(record: Record, text: Text) -> list[tuple[float, float]]:
    """Which share of each sentence is marked as a point, and as an outcome."""
    issues, outcomes = covered(record.body, record.issues), covered(record.body, record.outcomes)
    found = []
    for part in text.parts:
        length = part.end - part.start
        stretch = slice(part.start, part.end)
        found.append((sum(issues[stretch]) / length, sum(outcomes[stretch]) / length))
    return found


def covered(body: str, spans: Iterable[str]) -> bytearray:
    """Which characters of a body the spans cover (each where it first stands, whatever lines it was broken into)."""
    mask = bytearray(len(body))
    for span in spans:
        at, size = body.find(span), len(span)
        if at < 0 and (found := re.search(r"[\s>]+".join(map(re.escape, span.split())), body)):
            at, size = found.start(), len(found[0])
        if at >= 0:
            mask[at : at + size] = b"\x01" * size
    return mask
