"""The labelled corpus: its records read from JSON lines, and what in a line breaks the labelling guide."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from putright.cases.labels import Channel, Flag, Label, Role, ServiceArea

FIELDS = (
    "id",
    "channel",
    "subject",
    "body",
    "label",
    "secondary",
    "service_area",
    "flags",
    "outcomes",
    "issues",
)
MARKED = frozenset({"service_area", "flags", "outcomes", "issues"})
"""What a person marks beside the label; any labelled file may lack some of it, the corpus none."""
WORD = re.compile(r"\w+")
TELLING = 8
RUN = 5
MOST_SHARED = 5
"""Of the runs of so many words in the shorter of two bodies, at most one in so many may stand in the other."""
SAME_BEGINNING = 120
"""Two bodies whose first so many characters agree, punctuation and case apart, are taken for one message."""


@dataclass(frozen=True, slots=True)
class Record:
    """One labelled message. `file` is the name of the landlord's file, `family` what must not be parted in a test."""

    id: str
    file: str
    family: str
    channel: str
    subject: str
    body: str
    label: Label
    service_area: ServiceArea
    flags: frozenset[Flag]
    outcomes: tuple[str, ...]
    issues: tuple[str, ...]
    sentences: tuple[tuple[int, int, Role], ...]
    marked: frozenset[str] = MARKED
    """Which of `MARKED` a person said; what is not among them is empty here and says nothing."""

    @property
    def fingerprint(self) -> str:
        """The text as it stands, to the letter."""
        return fingerprint(self.subject, self.body)

    @property
    def fingerprints(self) -> frozenset[str]:
        """What the model keeps of a text it was trained on, to know it and its near-copies again."""
        return fingerprints(self.subject, self.body)


class FaultyCorpusError(Exception):
    """The corpus breaks the labelling guide; the message names every line and what is wrong with it."""


def fingerprint(subject: str, body: str) -> str:
    return hashlib.sha256(f"{subject}\n{body}".encode()).hexdigest()[:12]


def fingerprints(subject: str, body: str) -> frozenset[str]:
    """A text to the letter, its words whatever their case, spaces and punctuation, and those of the body alone.

    A body of fewer than `TELLING` words is no mark of one message, so it has no print alone.
    """
    alone = words(body)
    found = {fingerprint(subject, body), fingerprint("", words(f"{subject} {body}"))}
    if alone.count(" ") + 1 >= TELLING:
        found.add(fingerprint("", alone))
    return frozenset(found)


def words(text: str) -> str:
    """The words of a text in lower case, with one space between."""
    return " ".join(WORD.findall(text.lower()))


def load(paths: Iterable[Path]) -> list[Record]:
    """The records of the files, or `FaultyCorpusError`."""
    records, faults = read(paths)
    if faults:
        raise FaultyCorpusError("\n".join(faults))
    return records


def files(folder: Path) -> list[Path]:
    """The corpus files in a folder (not those below it: what is held out must never be trained on)."""
    return sorted(folder.glob("*.jsonl"))


def read(paths: Iterable[Path]) -> tuple[list[Record], list[str]]:
    """The sound records and, for each unsound line, plain sentences that begin `file:line: `."""
    records: list[Record] = []
    found: list[str] = []
    ids: dict[str, str] = {}
    beginnings: dict[str, tuple[str, str]] = {}
    places: list[str] = []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if not line.strip():
                continue
            place = f"{path.name}:{number}"
            raw, problems = parse(line)
            if not problems:
                family = raw.get("family") or raw["id"]
                beginning = re.sub(r"\W+", " ", raw["body"].lower())[:SAME_BEGINNING]
                if raw["id"] in ids:
                    problems.append(f"its id stands already at {ids[raw['id']]}.")
                other, its = beginnings.get(beginning, ("", ""))
                if other and (its != family or raw["id"] in ids):
                    problems.append(f"it begins like the message already at {other}.")
                ids.setdefault(raw["id"], place)
                beginnings.setdefault(beginning, (place, family))
            found += [f"{place}: {problem}" for problem in problems]
            if not problems:
                records.append(record(raw, path.stem))
                places.append(place)
    return records, found + list(copies(records, places))


def runs(text: str) -> set[int]:
    """The runs of `RUN` words in a text, as numbers that are the same within one process."""
    words = WORD.findall(text.lower())
    return {hash(tuple(words[n : n + RUN])) for n in range(len(words) - RUN + 1)}


def copies(records: Sequence[Record], places: Sequence[str]) -> Iterator[str]:
    """Each two messages outside a family that share over a fifth of the shorter one's runs of words."""
    every = [runs(record.body) for record in records]
    where: dict[int, list[int]] = {}
    for number, own in enumerate(every):
        shared = Counter(other for run in own for other in where.get(run, ()))
        for other, count in shared.items():
            fewest = min(len(own), len(every[other]))
            if count * MOST_SHARED > fewest and records[number].family != records[other].family:
                yield (
                    f"{places[number]}: it shares {count} of {fewest} runs of {RUN} words with {places[other]}: "
                    "give them one family, or word one of them anew."
                )
        for run in own:
            where.setdefault(run, []).append(number)


def parse(line: str) -> tuple[dict[str, Any], list[str]]:
    try:
        raw = json.loads(line)
    except ValueError:
        return {}, ["the line is not JSON."]
    if not isinstance(raw, dict):
        return {}, ["the line is not a JSON object."]
    return raw, list(faults(raw))


def faults(raw: dict[str, Any]) -> Iterator[str]:
    """What is wrong with one record, by the guide, each a plain sentence."""
    missing = [field for field in FIELDS if field not in raw]
    if missing:
        yield f"the record lacks {', '.join(missing)}."
        return
    yield from faults_of_marks(raw)
    if isinstance(raw["body"], str) and not raw["body"].strip():
        yield "the body is empty."


def faults_of_marks(raw: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the fields that a record has, whatever it lacks; `body` and `label` it must have."""
    for field in ("id", "channel", "subject", "body", "label", "service_area", "family"):
        if field in raw and not isinstance(raw[field], str):
            yield f"{field} is not text."
            return
    if not isinstance(raw.get("sentences", []), list):
        yield "sentences is not a list."
        return
    for field in ("flags", "outcomes", "issues"):
        texts = raw.get(field, [])
        if not isinstance(texts, list) or not all(isinstance(item, str) for item in texts):
            yield f"{field} is not a list of texts."
            return
    labels = {label.value for label in Label}
    if raw["label"] not in labels:
        yield f"the label {raw['label']!r} is not one of the four."
    second = raw.get("secondary")
    if second is not None and (second not in labels or second == raw["label"]):
        yield f"the secondary label {second!r} is not another of the four."
    if raw.get("channel", Channel.EMAIL) not in {channel.value for channel in Channel}:
        yield f"the channel {raw['channel']!r} is not in the guide."
    if raw.get("service_area", ServiceArea.OTHER) not in {area.value for area in ServiceArea}:
        yield f"the service area {raw['service_area']!r} is not in the guide."
    for flag in raw.get("flags", []):
        if flag not in {known.value for known in Flag}:
            yield f"the flag {flag!r} is not in the guide."
    for field in ("outcomes", "issues"):
        for span in raw.get(field, []):
            if not span.strip() or span not in raw["body"]:
                yield f"{field} holds {span[:40]!r}, which is not in the body."
    yield from role_faults(raw)


def role_faults(raw: dict[str, Any]) -> Iterator[str]:
    last = 0
    for entry in raw.get("sentences", []):
        sound = isinstance(entry, list) and len(entry) == 3 and all(type(n) is int for n in entry[:2])
        if not sound or not last <= entry[0] < entry[1] <= len(raw["body"]):
            yield f"the sentence {entry!r} is not a stretch of the body after the one before it."
            return
        if entry[2] not in {role.value for role in Role}:
            yield f"the sentence role {entry[2]!r} is not in the guide."
        last = entry[1]


def record(raw: dict[str, Any], file: str) -> Record:
    """A sound record as a value; what it lacks is empty, and not `marked`."""
    return Record(
        id=raw["id"],
        file=file,
        family=raw.get("family") or raw["id"],
        channel=raw.get("channel", Channel.EMAIL.value),
        subject=raw.get("subject", ""),
        body=raw["body"],
        label=Label(raw["label"]),
        service_area=ServiceArea(raw.get("service_area", ServiceArea.OTHER)),
        flags=frozenset(Flag(flag) for flag in raw.get("flags", ())),
        outcomes=tuple(raw.get("outcomes", ())),
        issues=tuple(raw.get("issues", ())),
        sentences=tuple((start, end, Role(role)) for start, end, role in raw.get("sentences", ())),
        marked=MARKED & raw.keys(),
    )
