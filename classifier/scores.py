"""How well readings agree with people's labels: the figures of the model card and of `evaluate`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields

from putright.cases.labels import Decision, Flag, Label
from putright.cases.reading import Reading
from putright.classifier.corpus import Record
from putright.classifier.matrices import covered

BINS = 10


@dataclass(frozen=True, slots=True)
class LabelScore:
    """Precision, recall and F1 of one label, and how many messages have it.

    Without a message that has it there is no recall and no F1, and none that is given it no precision.
    """

    label: Label
    precision: float | None
    recall: float | None
    f1: float | None
    count: int


def figure(meaning: str) -> float | None:
    """A figure that is None where it cannot be computed, never 0; its meaning is shown beside it."""
    found: float | None = field(default=None, metadata={"meaning": meaning})
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The figures over one set of messages, all on the label given to each, asked about or not, where no other is said.

    A figure is None where the file does not say what it needs. Shares and F1 go from 0 to 1.
    """

    messages: int
    labels: tuple[LabelScore, ...]
    complaints: int
    """Messages that people call complaints."""
    surely_missed: int
    """Of these, how many were called something else with the decision `sure`."""
    families: int
    """Families whose members differ in label."""
    families_right: int
    """Of these, how many had every member labelled right."""
    macro_f1: float | None = figure("mean F1 of the labels in the file, every message given its best label")
    accuracy: float | None = figure("share of messages given the label that people gave")
    pairs_right: float | None = figure("share of families differing in label of which every member is right")
    missed_share: float | None = figure("share of complaints that were surely called something else")
    asked: float | None = figure("share of messages that a person is asked about")
    sure_accuracy: float | None = figure("share of right labels where nobody was asked")
    calibration_error: float | None = figure(
        "ECE: how far a label's probability lies from how often it is right"
    )
    flags_f1: float | None = figure("F1 over every flag of every message")
    area_accuracy: float | None = figure("share of messages with the right service area")
    roles_accuracy: float | None = figure("share of sentences, split alike, with the right role")
    dissatisfaction_f1: float | None = figure("F1 of the sentences that express dissatisfaction (role D)")
    points_f1: float | None = figure("F1 over the characters marked as points, `other` left out")
    outcomes_f1: float | None = figure("F1 over the characters marked as outcomes")

    @property
    def missing(self) -> tuple[str, ...]:
        """The figures that cannot be computed."""
        return tuple(name for name in FIGURES if getattr(self, name) is None)


FIGURES: dict[str, str] = {
    entry.name: entry.metadata["meaning"] for entry in fields(Scores) if "meaning" in entry.metadata
}
"""What each figure means, in the order of the table."""

Pairs = Sequence[tuple[Record, Reading]]


def score(records: Sequence[Record], readings: Sequence[Reading]) -> Scores:
    """The figures of readings against their records, in the same order."""
    pairs = list(zip(records, readings, strict=True))
    labels = tuple(of_label(label, pairs) for label in Label)
    sure = [(r, g) for r, g in pairs if g.decision is Decision.SURE]
    roles = [(role, given) for r, g in pairs for role, given in roles_of(r, g)]
    present = [row.f1 for row in labels if row.f1 is not None]
    complaints = sum(r.label is Label.COMPLAINT for r in records)
    missed = sum(r.label is Label.COMPLAINT and g.label is not Label.COMPLAINT for r, g in sure)
    contrasts = contrasting(pairs)
    whole = sum(all(r.label is g.label for r, g in family) for family in contrasts)
    points = [(r, g) for r, g in marked(pairs, "issues") if r.label is not Label.OTHER]
    return Scores(
        messages=len(pairs),
        labels=labels,
        complaints=complaints,
        surely_missed=missed,
        families=len(contrasts),
        families_right=whole,
        macro_f1=sum(present) / len(present) if present else None,
        accuracy=share(r.label is g.label for r, g in pairs),
        pairs_right=whole / len(contrasts) if contrasts else None,
        missed_share=missed / complaints if complaints else None,
        asked=share(g.decision is Decision.ASK for g in readings),
        sure_accuracy=share(r.label is g.label for r, g in sure),
        calibration_error=calibration_error(pairs),
        flags_f1=f1([(flag in r.flags, flag in g.flags) for r, g in marked(pairs, "flags") for flag in Flag]),
        area_accuracy=share(r.service_area is g.service_area for r, g in marked(pairs, "service_area")),
        roles_accuracy=share(a == b for a, b in roles),
        dissatisfaction_f1=f1([(a == "D", b == "D") for a, b in roles]),
        points_f1=spans_f1([(r.body, r.issues, g.issues) for r, g in points]),
        outcomes_f1=spans_f1([(r.body, r.outcomes, g.outcomes) for r, g in marked(pairs, "outcomes")]),
    )


def marked(pairs: Pairs, what: str) -> list[tuple[Record, Reading]]:
    """The messages of which people said `what`."""
    return [(r, g) for r, g in pairs if what in r.marked]


def contrasting(pairs: Pairs) -> list[list[tuple[Record, Reading]]]:
    """The families whose members differ in label."""
    found: dict[str, list[tuple[Record, Reading]]] = {}
    for record, reading in pairs:
        found.setdefault(record.family, []).append((record, reading))
    return [family for family in found.values() if len({record.label for record, _ in family}) > 1]


def of_label(label: Label, pairs: Pairs) -> LabelScore:
    right = sum(r.label is label and g.label is label for r, g in pairs)
    said, true = sum(g.label is label for _, g in pairs), sum(r.label is label for r, _ in pairs)
    return LabelScore(
        label,
        right / said if said else None,
        right / true if true else None,
        2 * right / (said + true) if true else None,
        true,
    )


def share(values: Iterable[bool]) -> float | None:
    found = list(values)
    return sum(found) / len(found) if found else None


def f1(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """F1 of what is given (second) against what is meant (first); None where neither holds anything."""
    right = sum(a and b for a, b in pairs)
    both = sum(a for a, _ in pairs) + sum(b for _, b in pairs)
    return 2 * right / both if both else None


def roles_of(record: Record, reading: Reading) -> list[tuple[str, str]]:
    """The labelled and the given role of every sentence that both split alike."""
    given = {(s.start, s.end): s.role.value for s in reading.sentences}
    return [(role.value, given[start, end]) for start, end, role in record.sentences if (start, end) in given]


def spans_f1(cases: Sequence[tuple[str, Sequence[str], Sequence[str]]]) -> float | None:
    """F1 over characters: how much of what people marked was marked, and of what was marked was meant."""
    right = both = 0
    for body, gold, given in cases:
        one, other = covered(body, gold), covered(body, given)
        right += sum(a & b for a, b in zip(one, other, strict=True))
        both += sum(one) + sum(other)
    return 2 * right / both if both else None


def calibration_error(pairs: Pairs) -> float | None:
    """Expected calibration error of the most likely label's probability, over ten equal bins."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for record, reading in pairs:
        label, chance = max(reading.probabilities.items(), key=lambda item: item[1])
        bins[min(int(chance * BINS), BINS - 1)].append((chance, label is record.label))
    gaps = [abs(sum(c for c, _ in b) - sum(right for _, right in b)) for b in bins if b]
    return sum(gaps) / len(pairs) if pairs else None
