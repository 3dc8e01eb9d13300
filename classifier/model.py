"""The trained model as values, and its two files: `model.json` and `weights.f32` (no code runs when they are read)."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from putright.classifier import knowledge, third_look
from putright.classifier.context import CONTEXT_WIDTH, ROLES, SUMMARY_WIDTH
from putright.classifier.decision import Limits
from putright.classifier.heads import AREAS, FLAGS, LABELS
from putright.classifier.judgement import FACTS, WIDTH, Judge
from putright.classifier.knowledge import Knowledge
from putright.classifier.linear import Floats, Linear
from putright.classifier.third_look import ThirdLook

FORMAT = 2
FOLDER = Path(__file__).parents[1] / "models"
SENTENCE_HEADS = 2 * len(ROLES) + 2
"""Columns of the sentence weights: roles at first sight, roles in context, is it a point, is it an outcome."""
MESSAGE_HEADS = len(LABELS) + len(AREAS) + len(FLAGS)
MESSAGE_WIDTH = 2 * SUMMARY_WIDTH + 1
"""Of a message: the summary of its roles, the same again if it is a survey answer, and a one."""


class BadModelError(Exception):
    """The model's files are missing, altered or of another version; the message is one plain sentence."""


@dataclass(frozen=True)
class Model:
    """Everything a reading needs."""

    version: str
    sentence: Linear
    context: Floats
    bag: Linear
    message: Floats
    judge: Judge
    third: ThirdLook
    limits: Limits
    flag_limits: tuple[float, ...]
    span_limits: tuple[float, float]
    trained_on: frozenset[str]
    knowledge: Knowledge
    fingerprint: str = ""

    @property
    def name(self) -> str:
        return f"{self.version}+{self.fingerprint[:8]}"


def save(model: Model, folder: Path) -> Model:
    """Write the model below `folder` (models/); the same model gives the same bytes."""
    place = folder / "putright-model"
    place.mkdir(parents=True, exist_ok=True)
    judge, third = model.judge, model.third
    arrays = (
        *(model.sentence.weights, model.context, model.bag.weights, model.message),
        *(judge.middle, judge.spread, judge.weights, judge.intercept),
        *(third.middle, third.spread, third.weights, third.intercept),
    )
    weights = b"".join(np.ascontiguousarray(a, dtype="<f4").tobytes() for a in arrays)
    description = {
        "format": FORMAT,
        "version": model.version,
        "weights_sha256": hashlib.sha256(weights).hexdigest(),
        "words_sha256": model.knowledge.digest,
        "limits": asdict(model.limits),
        "flag_limits": model.flag_limits,
        "span_limits": model.span_limits,
        "sentence_features": list(model.sentence.names),
        "bag_features": list(model.bag.names),
        "trained_on": sorted(model.trained_on),
    }
    text = json.dumps(description, ensure_ascii=False, separators=(",", ":")).encode()
    (place / "weights.f32").write_bytes(weights)
    (place / "model.json").write_bytes(text)
    (place / "model.sha256").write_text(hashlib.sha256(text).hexdigest() + "  model.json\n", encoding="ascii")
    return replace(model, fingerprint=hashlib.sha256(text).hexdigest())


def load(folder: Path = FOLDER) -> Model:
    """The model below `folder`, or `BadModelError`. Nothing is parsed before its sum has been checked."""
    place = folder / "putright-model"
    try:
        text = (place / "model.json").read_bytes()
        weights = (place / "weights.f32").read_bytes()
        expected = (place / "model.sha256").read_text(encoding="ascii").split()[0]
    except (OSError, UnicodeDecodeError, IndexError):
        raise BadModelError(
            "There is no model to read with: run `putright train --bundled` to make one."
        ) from None
    fingerprint = hashlib.sha256(text).hexdigest()
    if fingerprint != expected:
        raise BadModelError("The model's description was altered since it was trained; it is not used.")
    described = json.loads(text)
    if described.get("format") != FORMAT:
        raise BadModelError(
            "The model was made by another version of putright: run `putright train --bundled`."
        )
    if hashlib.sha256(weights).hexdigest() != described["weights_sha256"]:
        raise BadModelError("The model's weights were altered since it was trained; they are not used.")
    try:
        if knowledge.digest(folder) != described["words_sha256"]:
            knowledge.load(folder)  # to say so where it cannot be read at all
            raise BadModelError(
                "The word classes or rules changed since the model was trained: run `putright train --bundled`."
            )
        known = knowledge.load(folder)
    except knowledge.FaultyKnowledgeError as error:
        raise BadModelError(str(error)) from None
    return parsed(described, weights, known, fingerprint)


def parsed(described: dict[str, Any], weights: bytes, known: Knowledge, fingerprint: str) -> Model:
    sentence_names: list[str] = described["sentence_features"]
    bag_names: list[str] = described["bag_features"]
    shapes = (
        (len(sentence_names), SENTENCE_HEADS),
        (CONTEXT_WIDTH, SENTENCE_HEADS),
        (len(bag_names), MESSAGE_HEADS),
        (MESSAGE_WIDTH, MESSAGE_HEADS),
        (1, FACTS),
        (1, FACTS),
        (WIDTH, len(LABELS)),
        (1, len(LABELS)),
        (1, third_look.FACTS),
        (1, third_look.FACTS),
        (third_look.WIDTH, third_look.ANSWERS),
        (1, third_look.ANSWERS),
    )
    numbers = np.frombuffer(weights, dtype="<f4")
    if numbers.size != sum(rows * columns for rows, columns in shapes):
        raise BadModelError("The model's weights do not fit its description; they are not used.")
    arrays, at = [], 0
    for rows, columns in shapes:
        arrays.append(numbers[at : at + rows * columns].reshape(rows, columns).astype(np.float32))
        at += rows * columns
    issue_limit, outcome_limit = described["span_limits"]
    return Model(
        version=described["version"],
        sentence=Linear({name: n for n, name in enumerate(sentence_names)}, arrays[0]),
        context=arrays[1],
        bag=Linear({name: n for n, name in enumerate(bag_names)}, arrays[2]),
        message=arrays[3],
        judge=Judge(arrays[4][0], arrays[5][0], arrays[6], arrays[7][0]),
        third=ThirdLook(arrays[8][0], arrays[9][0], arrays[10], arrays[11][0]),
        limits=Limits(
            **{**described["limits"], "coverage": tuple(map(tuple, described["limits"]["coverage"]))}
        ),
        flag_limits=tuple(described["flag_limits"]),
        span_limits=(issue_limit, outcome_limit),
        trained_on=frozenset(described["trained_on"]),
        knowledge=known,
        fingerprint=fingerprint,
    )
