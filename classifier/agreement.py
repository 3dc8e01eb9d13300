"""How far a second reader, who saw the messages only, agrees with the corpus (models/corpus/second-reader)."""

import json
import textwrap
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from putright.cases.labels import Flag
from putright.classifier import corpus, scores
from putright.classifier.corpus import Record

WIDTH = 110
FILE = Path("corpus") / "second-reader" / "labels.jsonl"


def lines(records: Sequence[Record], folder: Path) -> list[str]:
    """The card's section, nothing where there are no second labels; `records` are what the model learned from."""
    given = load(folder)
    apart = corpus.load(corpus.files(folder / "corpus" / "held-out"))
    known = [*records, *apart]
    both = [(r, given[r.id]) for r in known if r.id in given]
    if not both:
        return []
    same = sum(r.label == entry["label"] for r, entry in both)
    chance = kappa([(str(r.label), str(entry["label"])) for r, entry in both])
    areas = sum(r.service_area == entry["service_area"] for r, entry in both)
    flags = scores.f1([(flag in r.flags, flag in entry["flags"]) for r, entry in both for flag in Flag])
    roles = [pair for r, entry in both for pair in of_roles(r, entry)]
    reproach = scores.f1([(a == "D", b == "D") for a, b in roles])
    part = len(both) / len(known)
    said = (
        f"A second reader labelled {len(both)} of these and the held-out messages ({part:.1%}) blind: "
        f"the same label in {same} ({same / len(both):.1%}, Cohen's kappa {chance:.2f}), flags F1 {flags or 0:.2f}, "
        f"service area the same in {areas / len(both):.1%}, and the same role in {share(roles):.1%} of {len(roles)} "
        f"sentences (kappa {kappa(roles):.2f}, F1 of `D` {reproach or 0:.2f})."
    )
    return ["", "## How far people agree", "", *textwrap.wrap(said, WIDTH)]


def load(folder: Path) -> dict[str, dict[str, Any]]:
    """The second reader's labels by the id of the message."""
    path = folder / FILE
    written = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {entry["id"]: entry for entry in map(json.loads, filter(str.strip, written))}


def of_roles(record: Record, entry: dict[str, Any]) -> list[tuple[str, str]]:
    """The first and the second reader's role of each sentence, where both had the same sentences before them."""
    second = entry.get("roles", "")
    if len(second) != len(record.sentences):
        return []
    return [(role.value, other) for (_, _, role), other in zip(record.sentences, second, strict=True)]


def share(pairs: Sequence[tuple[str, str]]) -> float:
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else 0.0


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa: how much of the agreement that chance would not bring was reached. 1 where chance brings all."""
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    total = len(pairs)
    expected = sum(first[name] * second[name] for name in first) / total**2 if total else 1.0
    return (share(pairs) - expected) / (1 - expected) if expected < 1 else 1.0
