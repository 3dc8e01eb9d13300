"""Learning: from a corpus as matrices to the weights of a model."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, diags, vstack  # type: ignore[import-untyped]

from putright.classifier import judgement, judging, third_look
from putright.classifier.context import ROLES, around, around_alone, silenced, together
from putright.classifier.fitting import ROUNDS, Fitted, Floats, fit
from putright.classifier.heads import AREAS, LABELS
from putright.classifier.judgement import Judge
from putright.classifier.linear import sigmoid, softmax
from putright.classifier.matrices import FOLDS, Array, Data, Integers, Mask
from putright.classifier.reader import wide
from putright.classifier.third_look import ThirdLook

ROLE_STRENGTH = 0.1
ALONE_WEIGHT = 0.3
"""A sentence without its message counts this much beside itself in its place when roles are learned."""
SPAN_STRENGTH = 0.1
TYPICAL_LENGTH, MOST_LENGTHS = 70, 3
"""Points and outcomes are judged by characters, so a sentence counts by its length."""
LABEL_STRENGTH = 0.3
LONE_WEIGHT = 0.1
"""A sentence by itself counts this much beside a whole message when the label is learned."""
AREA_STRENGTH, AREA_ROUNDS = 0.2, 25
FLAG_STRENGTH = 0.1
FLAG_ROUNDS = 30
"""Rare flags need more rounds: they say little about themselves in each."""
BAG_WEIGHT = 0.5
SUMMARY_WEIGHT = 0.5


@dataclass(slots=True)
class Weights:
    """What is learned, in the model's order of columns."""

    sentence: Array
    context: Array
    bag: Array
    message: Array
    judge: Judge
    third: ThirdLook
    temperature: float
    held_out: Array
    """Label scores of the training messages by models that had not seen them (zeros for the others)."""
    flags_held_out: Array | None
    spans_held_out: Array | None
    """Chances of a point and an outcome, likewise."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What two looks at every sentence found, and the weights of the looks and of the spans."""

    roles: Array
    roles_alone: Array
    first: Fitted
    second: Fitted
    spans: Fitted
    spans_held_out: Array


def learn(data: Data, use: Mask, limits_too: bool = True) -> Weights:
    """Learn from the messages in `use`. What feeds the next step comes from models that had not seen the message.

    Without `limits_too` the scores that limits of flags and spans are chosen on are left out.
    """
    looks = look_twice(data, use)
    roles, width = len(ROLES), len(data.sentence_names)
    sentence = np.hstack([looks.first.sparse, looks.second.sparse, looks.spans.sparse]).astype(np.float64)
    sentence[data.sentence_names[""]] += np.concatenate(
        [looks.first.intercept, looks.second.intercept, looks.spans.intercept]
    )
    context = np.zeros((looks.second.dense.shape[0], sentence.shape[1]))
    context[:, roles : 2 * roles], context[:, 2 * roles :] = looks.second.dense, looks.spans.dense
    assert len(sentence) == width
    return messages(data, use, looks, sentence, context, limits_too)


def look_twice(data: Data, use: Mask) -> Looks:
    """Roles at first sight, then again knowing the first look's guesses around; and what is a point or an outcome."""
    one, one_alone, first = stacked(data, None, None, use)
    each = [around(one[a:b]) for a, b in zip(data.ends, data.ends[1:], strict=False)]
    context, alone = np.vstack(each).astype(np.float32), around_alone(one_alone).astype(np.float32)
    two, two_alone, second = stacked(data, context, alone, use)
    rows, target = data.own(use & data.marked), data.spans.astype(np.float32)

    def learned(chosen: Mask) -> Fitted:
        weight = np.minimum(data.lengths[chosen] / TYPICAL_LENGTH, MOST_LENGTHS).astype(np.float32)
        return fit(
            data.sentences[chosen], context[chosen], target[chosen], weight, SPAN_STRENGTH, one_of=False
        )

    held_out = np.zeros((len(rows), target.shape[1]))
    for seen, unseen in folds(data, rows, data.rows(use)):
        held_out[unseen] = learned(seen).score(data.sentences[unseen], context[unseen])
    return Looks(two, two_alone, first, second, learned(rows), held_out)


def folds(data: Data, rows: Mask, asked: Mask) -> list[tuple[Mask, Mask]]:
    """For each fold the sentences in `rows` outside it, and those in `asked` inside it."""
    of = data.folds[data.message]
    pairs = [(rows & (of != fold), asked & (of == fold)) for fold in range(FOLDS)]
    return [(seen, unseen) for seen, unseen in pairs if seen.any() and unseen.any()]


def stacked(
    data: Data, context: Floats | None, alone: Floats | None, use: Mask
) -> tuple[Array, Array, Fitted]:
    """Roles of each sentence, in its place and alone, by a model that had not seen its message; and all the weights.

    Sentences alone are learned from too, so that a role does not hang on where in a long message it stood.
    """
    answers = np.eye(len(ROLES), dtype=np.float32)[data.roles]
    found, found_alone = np.zeros(answers.shape), np.zeros(answers.shape)
    rows, asked = data.own(use & data.marked), data.rows(use)

    def learned(chosen: Mask) -> Fitted:
        count = int(chosen.sum())
        twice = vstack([data.sentences[chosen], data.alone[chosen]]).tocsr()
        around_them = (
            None if context is None or alone is None else np.vstack([context[chosen], alone[chosen]])
        )
        weight = np.concatenate([np.ones(count), np.full(count, ALONE_WEIGHT)]).astype(np.float32)
        return fit(twice, around_them, np.tile(answers[chosen], (2, 1)), weight, ROLE_STRENGTH, one_of=True)

    def fill(model: Fitted, which: Mask) -> None:
        here, by_itself = (None if c is None else c[which] for c in (context, alone))
        found[which] = softmax(model.score(data.sentences[which], here).astype(np.float64))
        found_alone[which] = softmax(model.score(data.alone[which], by_itself).astype(np.float64))

    for seen, unseen in folds(data, rows, asked):
        fill(learned(seen), unseen)
    whole = learned(rows)
    if not asked.all():
        fill(whole, ~asked)
    return silenced(found, data.foreign), silenced(found_alone, data.foreign), whole


def look_again(
    data: Data, use: Mask, looks: Looks, labels: Array, limits_too: bool
) -> tuple[ThirdLook, Array]:
    """The third look with the labels' chances in view, and what looks made without a sentence say of its spans."""
    spans = np.where(data.foreign[:, None], 0.0, sigmoid(looks.spans_held_out))
    rows = np.vstack(
        [
            third_look.facts(looks.roles[a:b], spans[a:b], chances, record.channel, data.lengths[a:b])
            for a, b, chances, record in zip(data.ends, data.ends[1:], labels, data.records, strict=False)
        ]
    )
    roles = np.eye(len(ROLES), dtype=np.float32)[data.roles]
    lengths = np.minimum(data.lengths / TYPICAL_LENGTH, MOST_LENGTHS).astype(np.float32)

    def learned(chosen: Mask) -> ThirdLook:
        middle, spread = rows[chosen].mean(axis=0), rows[chosen].std(axis=0) + 1e-6
        middle, spread = middle.astype(np.float32), spread.astype(np.float32)
        dense = (third_look.expanded(rows[chosen], middle, spread) * third_look.SCALE).astype(np.float32)
        nothing, even = csr_matrix((len(dense), 0), dtype=np.float32), np.ones(len(dense), np.float32)
        how = third_look.STRENGTH, third_look.ROUNDS
        one = fit(nothing, dense, roles[chosen], even, how[0], True, how[1])
        other = fit(
            nothing, dense, data.spans[chosen].astype(np.float32), lengths[chosen], how[0], False, how[1]
        )
        weights = np.hstack([one.dense, other.dense]) * np.float32(third_look.SCALE)
        return ThirdLook(middle, spread, weights, np.concatenate([one.intercept, other.intercept]))

    chosen = data.own(use & data.marked)
    held_out = np.zeros((len(rows), third_look.SPANS))
    for seen, unseen in folds(data, chosen, data.rows(use)) if limits_too else ():
        held_out[unseen] = learned(seen).look(rows[unseen])[1]
    return learned(chosen), held_out


def messages(
    data: Data, use: Mask, looks: Looks, sentence: Array, context: Array, limits_too: bool
) -> Weights:
    """The heads over whole messages: label, area, flags; and the third look at the sentences."""
    # What people said in review has a label, but neither an area nor flags of theirs.
    described = use & data.marked if (use & data.marked).any() else use
    pairs = zip(data.ends, data.ends[1:], strict=False)
    surveys = ["survey" if s else "" for s in data.survey]
    dense = np.array([wide(together(looks.roles[a:b]), s) for (a, b), s in zip(pairs, surveys, strict=True)])
    spread = dense[use].std(axis=0)
    scale = np.where(spread > 1e-6, SUMMARY_WEIGHT / np.maximum(spread, 1e-6), 0.0)
    heads = (
        Head(one_hot(data.labels, len(LABELS)), LABEL_STRENGTH, True, *emphasis(data, use, "label")),
        Head(
            one_hot(data.areas, len(AREAS)),
            AREA_STRENGTH,
            True,
            *emphasis(data, described, "area"),
            AREA_ROUNDS,
        ),
        Head(
            data.flags.astype(np.float32),
            FLAG_STRENGTH,
            False,
            *emphasis(data, described, "flag"),
            FLAG_ROUNDS,
        ),
    )
    learned_from = (use, described, described)
    wanted = {0, 2} if limits_too else {0}
    bag, message, intercepts, held_out = [], [], [], []
    for number, head in enumerate(heads):
        matrix = (data.bags @ diags(head.words.astype(np.float32))).tocsr()
        whole = (dense * scale * head.roles).astype(np.float32)
        lone = lone_messages(data, looks.roles_alone, head, scale) if number == 0 else None
        chosen = learned_from[number]
        scores = np.zeros(head.target.shape)
        for fold in range(FOLDS if number in wanted else 0):
            seen, unseen = chosen & (data.folds != fold), chosen & (data.folds == fold)
            if seen.any() and unseen.any():
                scores[unseen] = head.fit(matrix, whole, seen, data, lone).score(
                    matrix[unseen], whole[unseen]
                )
        fitted = head.fit(matrix, whole, chosen, data, lone)
        bag.append(fitted.sparse * head.words[:, None])
        message.append(fitted.dense * (scale * head.roles)[:, None])
        intercepts.append(fitted.intercept)
        held_out.append(scores)
    message_weights = np.hstack(message)
    message_weights[-1] += np.concatenate(intercepts)
    judge, judged = judgement_of(data, use, looks.roles, held_out[0])
    as_they_come = use & data.single if (use & data.single).any() else use
    cooled = temperature(judged[as_they_come], data.labels[as_they_come])
    third, spans = look_again(data, use, looks, softmax(judged / cooled), limits_too)
    return Weights(
        sentence, context, np.hstack(bag), message_weights, judge, third, cooled,
        judged, held_out[2] if limits_too else None, spans if limits_too else None,
    )  # fmt: skip


def judgement_of(data: Data, use: Mask, roles: Array, first: Array) -> tuple[Judge, Array]:
    """The judge of first scores (by models that had not seen the message), and what judges made without it say."""
    channels = [record.channel for record in data.records]
    pairs = zip(data.ends, data.ends[1:], strict=False)
    rows = np.array(
        [
            judgement.facts(scores, together(roles[a:b]), channel)
            for scores, (a, b), channel in zip(first, pairs, channels, strict=True)
        ]
    )
    judged = np.zeros(first.shape)
    for fold in range(FOLDS):
        seen, unseen = use & (data.folds != fold), use & (data.folds == fold)
        if seen.any() and unseen.any():
            judge = judging.learn(first[seen], rows[seen], data.labels[seen])
            judged[unseen] = judge.score(first[unseen], rows[unseen])
    return judging.learn(first[use], rows[use], data.labels[use]), judged


def one_hot(answers: Integers, classes: int) -> Floats:
    return np.eye(classes, dtype=np.float32)[answers]


@dataclass(frozen=True, slots=True)
class Head:
    """One question about a message: the answers, and how much its words and its sentences' roles may count."""

    target: Floats
    strength: float
    one_of: bool
    words: Array
    roles: float
    rounds: int = ROUNDS

    def fit(
        self, matrix: csr_matrix, whole: Floats, use: Mask, data: Data, lone: tuple[csr_matrix, Floats] | None
    ) -> Fitted:
        """Learn from the messages in use and, at a low weight, from their sentences as messages of their own."""
        weight, target = np.ones(int(use.sum()), np.float32), self.target[use]
        matrix, whole = matrix[use], whole[use]
        if lone is not None:
            chosen = np.flatnonzero(use[data.message[data.lone.sentences]])
            matrix, whole = vstack([matrix, lone[0][chosen]]).tocsr(), np.vstack([whole, lone[1][chosen]])
            target = np.vstack([target, one_hot(data.lone.labels[chosen], target.shape[1])])
            weight = np.concatenate([weight, np.full(len(chosen), LONE_WEIGHT, np.float32)])
        return fit(matrix, whole, target, weight, self.strength, self.one_of, self.rounds)


def lone_messages(data: Data, roles: Array, head: Head, scale: Array) -> tuple[csr_matrix, Floats]:
    """Sentences as messages of their own: their words and the summary of their one role."""
    dense = wide(together(roles[data.lone.sentences][:, None]), "")
    half = (dense.shape[1] - 1) // 2
    dense[:, half : 2 * half] = dense[:, :half] * data.survey[data.message[data.lone.sentences]][:, None]
    words = (data.lone.bags @ diags(head.words.astype(np.float32))).tocsr()
    return words, (dense * scale * head.roles).astype(np.float32)


def emphasis(data: Data, use: Mask, head: str) -> tuple[Array, float]:
    """How strongly each feature of a message enters a head: a small weight is held down by the regularisation.

    The label looks at words and classes alike; what a message is about shows in topics and rare words.
    """
    counts = np.asarray((data.bags[use] > 0).sum(axis=0)).ravel()
    rare = np.log(use.sum() / np.maximum(counts, 1))
    topic = np.array(["topic=" in name for name in data.bag_names])
    written = np.array(["@" in name or "rule=" in name for name in data.bag_names])
    if head == "label":
        return np.where(topic, 0.0, BAG_WEIGHT), 1.0
    if head == "area":
        return np.where(topic, 2.0, np.where(written, 0.0, 0.3 * rare)), 0.0
    rule = np.array(["rule=" in name for name in data.bag_names])
    return np.where(topic | rule, 2.0, np.where(written, 0.6, 0.5 * rare)), 0.5


def temperature(scores: Array, labels: Integers) -> float:
    """The one number that held-out scores must be divided by to make the best probabilities."""
    choices = np.exp(np.linspace(np.log(0.4), np.log(3.0), 60))
    losses = [-np.log(softmax(scores / t)[np.arange(len(labels)), labels] + 1e-12).mean() for t in choices]
    return round(float(choices[int(np.argmin(losses))]), 4)
