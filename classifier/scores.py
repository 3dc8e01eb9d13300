"""How well readings agree with people's labels: the figures of the model card and of `evaluate`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from putright.cases.labels import Decision, Flag, Label
from putright.cases.reading import Reading
from putright.classifier.corpus import Record
from putright.classifier.matrices import covered

BINS = 10


@dataclass(frozen=True, slots=True)
class LabelScore:
    """Precision, recall and F1 of one label, and how many messages have it."""

    label: Label
    precision: float
    recall: float
    f1: float
    count: int


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures over one set of messages."""

    messages: int
    accuracy: float
    macro_f1: float
    labels: tuple[LabelScore, ...]
    surely_missed: int
    """Complaints that were surely called something else."""
    complaints: int
    asked: float
    sure_accuracy: float
    """Accuracy where the decision was `sure`."""
    calibration_error: float
    flags_f1: float
    area_accuracy: float
    roles_accuracy: float
    dissatisfaction_f1: float
    points_f1: float
    outcomes_f1: float

    @property
    def missed_share(self) -> float:
        return self.surely_missed / self.complaints if self.complaints else 0.0


def score(records: Sequence[Record], readings: Sequence[Reading]) -> Scores:
    """The figures of readings against their records, in the same order."""
    pairs = list(zip(records, readings, strict=True))
    labels = tuple(of_label(label, pairs) for label in Label)
    sure = [(r, g) for r, g in pairs if g.decision is Decision.SURE]
    roles = [(role, given) for r, g in pairs for role, given in roles_of(r, g)]
    present = [row.f1 for row in labels if row.count]
    return Scores(
        messages=len(pairs),
        accuracy=share(r.label is g.label for r, g in pairs),
        macro_f1=sum(present) / len(present) if present else 0.0,
        labels=labels,
        surely_missed=sum(r.label is Label.COMPLAINT and g.label is not Label.COMPLAINT for r, g in sure),
        complaints=sum(r.label is Label.COMPLAINT for r in records),
        asked=share(g.decision is Decision.ASK for g in readings),
        sure_accuracy=share(r.label is g.label for r, g in sure),
        calibration_error=calibration_error(pairs),
        flags_f1=f1([(flag in r.flags, flag in g.flags) for r, g in pairs for flag in Flag]),
        area_accuracy=share(r.service_area is g.service_area for r, g in pairs),
        roles_accuracy=share(a == b for a, b in roles),
        dissatisfaction_f1=f1([(a == "D", b == "D") for a, b in roles]),
        points_f1=spans_f1([(r.body, r.issues, g.issues) for r, g in pairs if r.label is not Label.OTHER]),
        outcomes_f1=spans_f1([(r.body, r.outcomes, g.outcomes) for r, g in pairs]),
    )


def of_label(label: Label, pairs: Sequence[tuple[Record, Reading]]) -> LabelScore:
    right = sum(r.label is label and g.label is label for r, g in pairs)
    said, true = sum(g.label is label for _, g in pairs), sum(r.label is label for r, _ in pairs)
    both = said + true
    return LabelScore(
        label,
        right / said if said else 0.0,
        right / true if true else 0.0,
        2 * right / both if both else 0.0,
        true,
    )


def share(values: Iterable[bool]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0


def f1(pairs: Sequence[tuple[bool, bool]]) -> float:
    right = sum(a and b for a, b in pairs)
    both = sum(a for a, _ in pairs) + sum(b for _, b in pairs)
    return 2 * right / both if both else 1.0


def roles_of(record: Record, reading: Reading) -> list[tuple[str, str]]:
    """The labelled and the given role of every sentence that both split alike."""
    given = {(s.start, s.end): s.role.value for s in reading.sentences}
    return [(role.value, given[start, end]) for start, end, role in record.sentences if (start, end) in given]


def spans_f1(cases: Sequence[tuple[str, Sequence[str], Sequence[str]]]) -> float:
    """F1 over characters: how much of what people marked was marked, and of what was marked was meant."""
    right = both = 0
    for body, gold, given in cases:
        one, other = covered(body, gold), covered(body, given)
        right += sum(a & b for a, b in zip(one, other, strict=True))
        both += sum(one) + sum(other)
    return 2 * right / both if both else 1.0


def calibration_error(pairs: Sequence[tuple[Record, Reading]]) -> float:
    """Expected calibration error of the given label's probability, over ten equal bins."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for record, reading in pairs:
        label, chance = max(reading.probabilities.items(), key=lambda item: item[1])
        bins[min(int(chance * BINS), BINS - 1)].append((chance, label is record.label))
    gaps = [abs(sum(c for c, _ in b) - sum(right for _, right in b)) for b in bins if b]
    return sum(gaps) / len(pairs) if pairs else 0.0
