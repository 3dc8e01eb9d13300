"""Reads a message: roles of its sentences, rules, label, flags, area, points, and whether a person must look."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from putright.cases.labels import Channel, Decision, Flag, Label, Role
from putright.cases.message import Message, Span
from putright.cases.reading import Reading, RuleHit, Sentence, unread
from putright.classifier import decision, definition, marks, model, reasons
from putright.classifier.context import ROLES, Together, around, silenced, summary, without_each
from putright.classifier.features import NOT_THEIR_WORDS, Text, bag, of_sentences, sentence, take_apart
from putright.classifier.flagging import flags_of
from putright.classifier.heads import AREAS, COMPLAINT, LABELS
from putright.classifier.judgement import facts
from putright.classifier.linear import score, sigmoid, softmax
from putright.classifier.model import Model
from putright.classifier.oddities import (
    ATTACHED_ONLY,
    a_right_of_theirs,
    oddities,
    only_points,
    speaks_of_complaint,
)
from putright.classifier.passed_on import passed_on
from putright.classifier.sentences import MAX_CHARACTERS, MAX_SENTENCES
from putright.classifier.tables import Tables, together
from putright.classifier.third_look import facts as third_facts
from putright.classifier.words import IGNORABLE

Array = NDArray[np.float64]
RULE_BELIEVED_FROM = 0.25
"""A rule turns a label into a complaint only if the model gives a complaint at least this chance; else it asks."""
COMPLAINT_WORD = "complaint-word"
"""The rule that in a survey answer is enough to ask a person."""
DISSATISFIED = ("1.2", "1.5")
"""Paragraphs of rules that find dissatisfaction, which in a survey answer is feedback still (1.6)."""
WITHDRAWAL = "withdrawal"
"""The rule after which nothing is sure: a complaint taken back is a person's to confirm."""
UNHAPPY = np.array([float(role in (Role.DISSATISFACTION, Role.COMPLAIN)) for role in ROLES])
FAIRLY = 0.3
"""So likely one sentence must be dissatisfied for a complaint to be sure without a rule."""
WORDS_OF_NOTE = 60
UNFOUNDED = "As a whole it reads as a complaint, but no sentence of it is likely to express dissatisfaction."
SPOKEN_OF = (
    "It speaks of a complaint, which its sentences do not show; a person must say whether one is made (1.3)."
)
QUOTED_COMPLAINT = (
    "Most of it is quoted mail that reads as a complaint; a person must say whose words it is about."
)
ONLY_ABOVE = "Only the line above the mail that it passes on reads as a complaint; the mail itself does not."
NUMBER_OF_ROLES = len(ROLES)
AS_POINT = np.array(
    [{"D": 1.0, "F": 1.0, "P": 1.0, "H": 1.0, "C": 0.5, "R": 0.2, "Q": 0.2}.get(r, 0.0) for r in ROLES]
)
"""How far a sentence with a role may stand for a point where no other was found."""


@dataclass(slots=True)
class Scores:
    """What the model makes of a message, before anything is decided."""

    text: Text
    shown: Array
    """Roles at the third look, with the label in view."""
    spans: Array
    message: Array
    labels: Array
    without: Array
    """The labels' chances if a sentence did nothing, by sentences."""


def load(folder: Path = model.FOLDER, missed: float | None = None) -> "Reader":
    """A reader over the model in a folder, or `model.BadModelError`; `missed` as in `Reader`."""
    try:
        marks.rules()  # else each reading would fail
    except marks.FaultyMarksError as error:
        raise model.BadModelError(str(error)) from None
    return Reader(model.load(folder), missed)


@dataclass(frozen=True)
class Reader:
    """Reads messages with one model. Reading never fails: what cannot be read is asked about."""

    model: Model
    missed: float | None = None
    """Share of complaints that the landlord allows to be surely called something else; None for the usual."""

    @cached_property
    def tables(self) -> Tables:
        return together(self.model.sentence, self.model.bag)

    def read(self, message: Message) -> Reading:
        return self.read_text(
            message.subject, message.body, message.channel, len(message.attachments), message.spans
        )

    def read_text(
        self,
        subject: str,
        body: str,
        channel: Channel | str = Channel.EMAIL,
        attachments: int = 0,
        spans: Sequence[Span] = (),
    ) -> Reading:
        """The reading of a subject and a body; `spans` say which of it the writer wrote himself."""
        try:
            return self.whose(subject, body, Channel(channel).value, attachments, spans)
        except Exception:  # whatever goes wrong, a person must see the message; it must not be lost
            return unread("The reading failed; a person must read it.")

    def whose(
        self, subject: str, body: str, channel: str, attachments: int, spans: Sequence[Span]
    ) -> Reading:
        """The reading, or that of the mail which a short line passes on without being called a forward."""
        first = self._read(subject, body, channel, attachments, spans)
        found = passed_on(body[:MAX_CHARACTERS], channel, spans)
        if found is None:
            return first
        below = self._read(subject, body, Channel.FORWARD.value, attachments, found.spans)
        told = below.label is Label.COMPLAINT
        chance, before = (reading.probabilities[Label.COMPLAINT] for reading in (below, first))
        if found.pointing and (told or (first.label is not Label.COMPLAINT and chance > before)):
            return below
        if found.pointing and first.label is Label.OTHER:
            return below
        if told and first.label is not Label.COMPLAINT:
            return asked(first, QUOTED_COMPLAINT)
        if found.pointing and first.label is Label.COMPLAINT:
            return asked(first, ONLY_ABOVE)
        return first

    def scores(self, subject: str, body: str, channel: str, spans: Sequence[Span] = ()) -> Scores:
        """Roles, spans, and the scores of label, area and flags."""
        model = self.model
        text = take_apart(subject, body, channel, model.knowledge, spans)
        tables = self.tables
        own = [sentence(part, tables.naming) for part in text.parts]
        found = score(tables.sentence, of_sentences(text, own, tables.naming))
        foreign = np.array([part.place in NOT_THEIR_WORDS for part in text.parts], dtype=bool)
        guessed = softmax(found[:, :NUMBER_OF_ROLES]) if len(own) else np.zeros((0, NUMBER_OF_ROLES))
        found = found + around(silenced(guessed, foreign)) @ model.context
        roles = softmax(found[:, NUMBER_OF_ROLES : 2 * NUMBER_OF_ROLES]) if len(own) else guessed
        roles = silenced(roles, foreign)
        meant = np.where(foreign[:, None], 0.0, sigmoid(found[:, 2 * NUMBER_OF_ROLES :]))
        # All that follows from the roles is found once for the message and for the message without each sentence.
        every = without_each(roles)
        said = wide(every, channel)
        words = score(tables.bag, [[bag(text, own, tables.naming)]])[0]
        first = words[: len(LABELS)] + said @ model.message[:, : len(LABELS)]
        judged = model.judge.score(first, facts(first, every, channel))
        labels = softmax(judged / model.limits.temperature)
        if len(own):
            lengths = np.array([part.end - part.start for part in text.parts])
            shown, meant = model.third.look(third_facts(roles, meant, labels[0], channel, lengths))
            shown, meant = silenced(shown, foreign), np.where(foreign[:, None], 0.0, meant)
        else:
            shown = roles
        return Scores(text, shown, meant, words + said[0] @ model.message, labels[0], labels[1:])

    def _read(
        self, subject: str, body: str, channel: str, attachments: int, spans: Sequence[Span]
    ) -> Reading:
        scores = self.scores(subject, body, channel, spans)
        text, labels = scores.text, scores.labels
        sentences = tuple(
            Sentence(part.start, part.end, ROLES[best], round(chance, 4))
            for part, best, chance in zip(
                text.parts,
                scores.shown.argmax(axis=1).tolist(),
                scores.shown.max(axis=1).tolist(),
                strict=True,
            )
        )
        hits = tuple(hit for part in text.parts if part.place not in NOT_THEIR_WORDS for hit in part.rules)
        hits = self.whole((*self.in_subject(subject), *hits))
        flags = self.flags(scores, hits)
        label = LABELS[int(labels.argmax())]
        rules = self.model.knowledge.rules.by_id
        limits = self.model.limits.of(channel, self.missed)
        raised = any(rules[hit.id].raises == "complaint" for hit in hits)
        guards = self.guards(scores, body, attachments)
        verdict, asking = decision.decide(labels, limits, guards, ruled=raised)
        bare = nothing_else(scores, hits)
        deciding, label, asking = self.ruled(hits, label, float(labels[COMPLAINT]), asking, bare)
        asking = (*asking, *self.doubted(hits, label))
        found_marks = marks.marks_of(subject, body, channel, text.laid)
        asking = (*asking, *a_right_of_theirs(label, found_marks))
        if label is not Label.COMPLAINT and channel != Channel.SURVEY and noted(subject, text):
            asking = (*asking, SPOKEN_OF)
        if label is Label.COMPLAINT and deciding is None and not asking and not self.dissatisfied(scores):
            asking = (UNFOUNDED,)
        if not any(token[0].isalpha() for part in text.parts for token in part.tokens):
            named = any(rules[hit.id].raises for hit in hits)
            if named or not any(token[0].isalpha() for token in text.subject):
                # No label was made of words, so how likely one was is no reason beside the label of what is unread.
                told = tuple(dict.fromkeys(f"{rules[hit.id].said}." for hit in hits if rules[hit.id].raises))
                return replace(
                    unread(guards[0]),
                    reasons=(*guards, *told),
                    rules=hits,
                    marks=found_marks,
                    model=self.model.name,
                )
        if asking:
            verdict = Decision.ASK
        if label is not Label.COMPLAINT:
            deciding = None
        rule = rules[deciding.id].said if deciding else ""
        return Reading(
            label=label,
            probabilities={name: round(float(p), 4) for name, p in zip(LABELS, labels, strict=True)},
            decision=verdict,
            reasons=asking,
            paragraph=reasons.paragraph(label, flags, deciding),
            why=reasons.why(label, sentences, flags, rule, channel, sure=not asking),
            decided_by=deciding.id if deciding and rules[deciding.id].raises == "complaint" else "",
            service_area=AREAS[int(scores.message[len(LABELS) : len(LABELS) + len(AREAS)].argmax())],
            flags=flags,
            issues=self.issues(scores, label),
            outcomes=self.points(scores, 1),
            sentences=sentences,
            rules=hits,
            marks=found_marks,
            evidence=reasons.evidence(sentences, self.weights(scores, LABELS.index(label)), label),
            model=self.model.name,
        )

    def dissatisfied(self, scores: Scores) -> bool:
        """Whether some sentence is fairly likely to express dissatisfaction or to ask for a complaint."""
        return bool(len(scores.shown)) and float((scores.shown @ UNHAPPY).max()) >= FAIRLY

    def in_subject(self, subject: str) -> tuple[RuleHit, ...]:
        """The rules that fire in the subject, which stands nowhere in the body."""
        return tuple(
            RuleHit(rule.id, rule.paragraph, 0, 0)
            for rule in self.model.knowledge.rules.in_subject(IGNORABLE.sub("", subject))
        )

    def whole(self, hits: tuple[RuleHit, ...]) -> tuple[RuleHit, ...]:
        """The rules that fired with the one that they need, if any."""
        rules, fired = self.model.knowledge.rules.by_id, {hit.id for hit in hits}
        return tuple(hit for hit in hits if not rules[hit.id].needs or rules[hit.id].needs in fired)

    def flags(self, scores: Scores, hits: tuple[RuleHit, ...]) -> tuple[Flag, ...]:
        """The flags the model gives, and those a rule gives outright."""
        chances = sigmoid(scores.message[len(LABELS) + len(AREAS) :]).tolist()
        own = [part for part in scores.text.parts if part.place not in NOT_THEIR_WORDS]
        words = set(scores.text.subject).union(*[part.tokens for part in own])
        rules = self.model.knowledge.rules.by_id
        return flags_of(chances, self.model.flag_limits, [rules[hit.id] for hit in hits], words)

    def guards(self, scores: Scores, body: str, attachments: int) -> list[str]:
        tokens = [t for part in scores.text.parts for t in part.tokens]
        letters = [token for token in tokens if token[0].isalpha()]
        words, learned = self.tables.naming.words, range(len(self.model.sentence.names))
        known = sum([words[token].itself[0] in learned for token in letters])
        cut = len(body) > MAX_CHARACTERS or len(scores.text.parts) >= MAX_SENTENCES
        places = [part.place for part in scores.text.parts]
        found = [*decision.guards(letters, known, attachments, cut), *oddities(body, places)]
        return [*found, ATTACHED_ONLY] if letters and only_points(body[:MAX_CHARACTERS]) else found

    def ruled(
        self,
        hits: tuple[RuleHit, ...],
        label: Label,
        complaint: float,
        asking: tuple[str, ...],
        bare: bool = False,
    ) -> tuple[RuleHit | None, Label, tuple[str, ...]]:
        """What the decisive rules make of a label: they may raise it to a complaint or to a person, nothing else.

        A `bare` message says nothing beside what a rule found, so nothing speaks against the rule.
        """
        if label is Label.COMPLAINT and any(hit.id == WITHDRAWAL for hit in hits):
            asking = (
                *asking,
                "One sentence takes a complaint back; a person must confirm what is left of it (7.3).",
            )
        decisive = [hit for hit in hits if self.model.knowledge.rules.by_id[hit.id].raises]
        for hit in sorted(decisive, key=lambda hit: self.model.knowledge.rules.by_id[hit.id].raises):
            rule = self.model.knowledge.rules.by_id[hit.id]
            if label is Label.COMPLAINT:
                return hit, label, asking
            if label is Label.SURVEY_FEEDBACK and rule.paragraph in DISSATISFIED:
                continue
            if rule.raises == "complaint" and complaint >= decision.RULED_SURE:
                return hit, Label.COMPLAINT, asking
            if rule.raises == "complaint" and bare:
                return hit, Label.COMPLAINT, (*asking, f"{rule.said}, but nothing says what about.")
            if rule.raises == "complaint" and complaint >= RULE_BELIEVED_FROM:
                return (
                    hit,
                    Label.COMPLAINT,
                    (*asking, "A rule made it a complaint against the words around it."),
                )
            return hit, label, (*asking, f"{rule.said}, but the rest reads as {label.words}.")
        if label is Label.SURVEY_FEEDBACK and any(hit.id == COMPLAINT_WORD for hit in hits):
            asking = (
                *asking,
                "It answers a survey but speaks of a complaint; the choice is the resident's (1.3).",
            )
        return None, label, asking

    def doubted(self, hits: tuple[RuleHit, ...], label: Label) -> tuple[str, ...]:
        """Why a label is not sure where a rule fires that speaks for another.

        Where nothing is asked for, dissatisfaction that a rule finds is looked at by a person: of such messages read
        as other a tenth were complaints, against a twentieth of the rest.
        """
        rules = self.model.knowledge.rules.by_id
        fired = dict.fromkeys(
            hit.id
            for hit in hits
            if label in rules[hit.id].doubts
            or (label is Label.OTHER and rules[hit.id].paragraph in DISSATISFIED)
        )
        return tuple(f"{rules[name].said}, but the rest reads as {label.words}." for name in fired)

    def issues(self, scores: Scores, label: Label) -> tuple[str, ...]:
        """The points raised; a complaint has at least the sentence that is likeliest to be one."""
        if label is Label.OTHER:
            return ()
        found = self.points(scores, 0)
        if found or label is not Label.COMPLAINT:
            return found
        own = [n for n, part in enumerate(scores.text.parts) if part.place not in NOT_THEIR_WORDS]
        likely = scores.shown @ AS_POINT + scores.spans[:, 0] if len(scores.shown) else scores.spans[:0, 0]
        return definition.strongest([scores.text.parts[n].text for n in own], [float(likely[n]) for n in own])

    def points(self, scores: Scores, which: int) -> tuple[str, ...]:
        least = self.model.span_limits[which]
        found = definition.outcomes if which else definition.points
        return found(
            [p.text for p, s in zip(scores.text.parts, scores.spans, strict=True) if s[which] >= least]
        )

    def weights(self, scores: Scores, label: int) -> Array:
        """What each sentence's role adds to the label's log-odds: with it, less without it."""
        return log_odds(scores.labels[label]) - log_odds(scores.without[:, label])


def nothing_else(scores: Scores, hits: tuple[RuleHit, ...]) -> bool:
    """Whether every sentence of the writer's own holds a rule's finding or is small talk; a few words at most."""
    parts = scores.text.parts
    own = [n for n, part in enumerate(parts) if part.place not in NOT_THEIR_WORDS]
    found = {n for n in own if any(parts[n].start <= hit.start < parts[n].end for hit in hits)}
    few = sum(len(parts[n].tokens) for n in own) <= WORDS_OF_NOTE
    return few and all(n in found or ROLES[int(scores.shown[n].argmax())] is Role.REST for n in own)


def noted(subject: str, text: Text) -> bool:
    """Whether a note speaks of a complaint; of a longer text its sentences say enough."""
    own = [part for part in text.parts if part.place not in NOT_THEIR_WORDS]
    short = sum(len(part.tokens) for part in own) <= WORDS_OF_NOTE
    return short and speaks_of_complaint(subject, "\n".join(part.text for part in own))


def asked(reading: Reading, reason: str) -> Reading:
    """The reading with one more reason to ask a person."""
    return replace(reading, decision=Decision.ASK, reasons=(*reading.reasons, reason))


def log_odds(chances: Array) -> Array:
    kept = np.clip(chances, 1e-9, 1 - 1e-9)
    found: Array = np.log(kept / (1 - kept))
    return found


def wide(said: Together, channel: str) -> Array:
    """What a message's sentences say together in one row (or in rows): that, that again in a survey, and a one."""
    found = summary(said)
    width = found.shape[-1]
    row = np.zeros((*found.shape[:-1], 2 * width + 1))
    row[..., :width] = found
    if channel == Channel.SURVEY:
        row[..., width:-1] = found
    row[..., -1] = 1
    return row
