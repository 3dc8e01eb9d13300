"""A reading as the JSON object that `classify` prints."""

from typing import Any

from putright.cases.reading import Reading
from putright.classifier.questions import questions


def as_json(identity: str, body: str, reading: Reading) -> dict[str, Any]:
    """`questions` are what to ask the resident: of the complaint definition whatever its `body` does not say (5.6)."""
    return {
        "id": identity,
        "label": reading.label.value,
        "probabilities": {label.value: p for label, p in reading.probabilities.items()},
        "decision": reading.decision.value,
        "decided_by": reading.decided_by,
        "reasons": list(reading.reasons),
        "why": reading.why,
        "paragraph": reading.paragraph,
        "service_area": reading.service_area.value,
        "flags": [flag.value for flag in reading.flags],
        "issues": list(reading.issues),
        "outcomes": list(reading.outcomes),
        "questions": [
            {"about": x.about, "words": x.words, "paragraph": x.paragraph} for x in questions(body, reading)
        ],
        "evidence": [
            {"start": e.start, "end": e.end, "why": e.why, "weight": e.weight} for e in reading.evidence
        ],
        "sentences": [[s.start, s.end, s.role.value, s.probability] for s in reading.sentences],
        "rules": [
            {"id": r.id, "paragraph": r.paragraph, "start": r.start, "end": r.end} for r in reading.rules
        ],
        "marks": [mark.value for mark in reading.marks],
        "model": reading.model,
    }
