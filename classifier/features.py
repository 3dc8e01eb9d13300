"""What is looked at in a message: its sentences as features by name, the same for training and for reading."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from putright.cases.message import Span
from putright.cases.reading import RuleHit
from putright.classifier import sentences
from putright.classifier.knowledge import Knowledge
from putright.classifier.layout import Layout, lay_out
from putright.classifier.linear import Features
from putright.classifier.words import stem, words

NOT_THEIR_WORDS = ("headers", "quote", "small", "covering")
"""Parts of a mail whose words are not counted for the message, whose rules do not fire and which hold no points."""
MAX_WORDS = 200
"""Words of a sentence beyond these are not looked at."""
NEAR = 0.5
"""Weight of what stands in the sentences before and after, against 1 for the sentence itself."""
BEGINNING = 4
BEGINNING_WEIGHT = 0.5
"""The first letters of a word count this much beside the word: for what was never seen, or is spelt otherwise."""


@dataclass(slots=True)
class Part:
    """One sentence: where it stands, its words and their stems, its classes in order, and its part of the mail."""

    start: int
    end: int
    text: str
    place: str
    tokens: list[str]
    stems: list[str]
    tags: list[tuple[int, str]]
    topics: list[str]
    rules: list[RuleHit]


@dataclass(slots=True)
class Text:
    """A message taken apart once, from which every feature is made."""

    channel: str
    subject: list[str]
    subject_tags: list[tuple[int, str]]
    subject_topics: list[str]
    parts: list[Part]
    laid: Layout | None = None


def take_apart(subject: str, body: str, channel: str, known: Knowledge, spans: Sequence[Span] = ()) -> Text:
    """A message taken apart; `spans` are what the mail room found out about the parts of its body."""
    laid = lay_out(body[: sentences.MAX_CHARACTERS], spans, channel)
    parts = []
    for start, end, written in sentences.split(laid.text):
        text, place = laid.text[start:end], laid.part_at(start)
        tokens = words(text)[:MAX_WORDS]
        hits = [RuleHit(rule.id, rule.paragraph, a, b) for rule, a, b in known.rules.fired(written)]
        topics = [name for _, name in known.topics.tags(tokens)]
        stems = list(map(stem, tokens))
        parts.append(Part(start, end, text, place, tokens, stems, known.classes.tags(tokens), topics, hits))
    title = words(subject[:500])
    topics = [name for _, name in known.topics.tags(title)]
    return Text(channel, title, known.classes.tags(title), topics, parts, laid)


def of_sentences(text: Text, own: list[Features]) -> list[Features]:
    """The features of every sentence (its `own` come from `sentence`), with its neighbours' and the message's."""
    classes = [
        sorted({name for _, name in part.tags} | {"rule=" + hit.id for hit in part.rules})
        for part in text.parts
    ]
    total = len(own)
    inner = [n for n, part in enumerate(text.parts) if part.place == "words"]
    everywhere: dict[str, int] = {}
    for names in classes:
        for name in names:
            everywhere[name] = everywhere.get(name, 0) + 1
    found = []
    for at, part in enumerate(text.parts):
        features = dict(own[at])
        place, channel = part.place, text.channel
        features[f"place={place}"] = 1.0
        features[f"channel={channel}"] = 1.0
        features[f"channel={channel}+{place}"] = 1.0
        features["total=" + bucket(total)] = 1.0
        features["at=" + bucket(at)] = 1.0
        features["left=" + bucket(total - 1 - at)] = 1.0
        if inner:
            if at == inner[0]:
                features["first"] = 1.0
            if at == inner[-1]:
                features["last"] = 1.0
        for step, mark in ((-1, "-"), (1, "+"), (-2, "--")):
            other = at + step
            if 0 <= other < total:
                weight = NEAR if abs(step) == 1 else NEAR / 2
                for name in classes[other]:
                    features[f"{mark}@{name}"] = weight
                features[f"{mark}place={text.parts[other].place}"] = NEAR
                if abs(step) == 1:
                    side = step > 0
                    for short in text.parts[other].stems[:40]:
                        features[beside(short)[side]] = NEAR
            else:
                features[f"{mark}none"] = NEAR
        for name, count in everywhere.items():
            others = count - (name in classes[at])
            if others:
                features[f"*@{name}"] = NEAR if others == 1 else 1.5 * NEAR
        for _, name in text.subject_tags:
            features[f"s@{name}"] = NEAR
        found.append(features)
    return found


@lru_cache(maxsize=50_000)
def beside(short: str) -> tuple[str, str]:
    """How a word is named in the sentence before and in the one after (remembered: it saves making and hashing)."""
    return f"-{short}", f"+{short}"


@lru_cache(maxsize=50_000)
def forms_of(token: str, short: str) -> tuple[str, str]:
    """How a word's stem and its beginning are named; empty where the word is its own stem, or too short."""
    return (
        f"{short}~" if short != token else "",
        f"{token[:BEGINNING]} -" if len(token) >= BEGINNING else "",
    )


def sentence(part: Part) -> Features:
    """The features of a sentence by itself: words, pairs of words, classes, grammar, shape."""
    tokens, stems = part.tokens, part.stems
    features: Features = {"": 1.0}
    before = "^"
    for token, short in zip(tokens, stems, strict=True):
        features[token] = 1.0
        stemmed, beginning = forms_of(token, short)
        if stemmed:
            features[stemmed] = 1.0
        if beginning:
            features[beginning] = BEGINNING_WEIGHT
        features[f"{before} {short}"] = 1.0
        before = short
    features[f"{before} $"] = 1.0
    for hit in part.rules:
        features[f"rule={hit.id}"] = 1.0
    names: list[str] = []
    for _, name in part.tags:
        features[f"@{name}"] = min(features.get(f"@{name}", 0.0) + 1.0, 2.0)
        if name not in names:
            names.append(name)
    if names:
        features[f"^@{names[0]}"] = 1.0
    features["words=" + bucket(len(tokens))] = 1.0
    text = part.text
    features |= clause(tokens, names, text)
    features["end=" + (text[-1] if not text[-1].isalnum() else "a")] = 1.0
    if text.isupper() and len(text) > 6:
        features["capitals"] = 1.0
    if text[0].islower():
        features["small start"] = 1.0
    written = text.split()
    if sum([w[0].isupper() for w in written]) > 0.6 * len(written):
        features["names"] = 1.0
    if '"' in text or "“" in text:
        features["speech"] = 1.0
    if ":" in text[:40]:
        features["label:" + text.split(":", 1)[0].lower()[:40]] = 1.0
        features["labelled"] = 1.0
    return features


ACTORS = frozenset(
    ("you", "i", "he", "they", "landlord", "staff", "neighbour", "other_body", "someone", "nobody")
)
PAST_WORDS = """
was were had did came went took left put said told gave got made sent rang rung wrote broke brought bought
cut drove fell felt found gone heard held kept knew laid lost met paid ran saw sold spent stood stuck threw
thought turned done been forgot hung shut spoke spoken swore wore woke written taken given shown chose drew
grew hid let read set
"""
PAST = frozenset(PAST_WORDS.split())


def clause(tokens: list[str], names: list[str], text: str) -> Features:
    """Who acts, in which tense, denied or not, asked or told: a sentence's bare grammar."""
    actor = next((name for name in names if name in ACTORS), "none")
    if any(t in ("will", "'ll", "would", "could", "can", "should", "may", "might", "'d") for t in tokens):
        tense = "modal"
    elif any(t in PAST or (t.endswith("ed") and len(t) > 4) for t in tokens):
        tense = "past"
    else:
        tense = "present"
    denied = "not " if "negation" in names else ""
    asked = "?" if "?" in text else ""
    again = "again " if "repeat" in names else ""
    return {
        f"who={actor}": 1.0,
        f"tense={tense}": 1.0,
        f"who={actor} {tense}": 1.0,
        f"who={actor} {denied}{tense}": 1.0,
        f"who={actor} {denied}{tense}{asked}": 1.0,
        f"who={actor} {denied}{again}{tense}": 1.0,
        f"{denied}{again}{tense}{asked}": 1.0,
    }


def bucket(n: int) -> str:
    for limit in (0, 1, 2, 3, 5, 8, 12, 20, 40):
        if n <= limit:
            return str(limit)
    return "more"


def bag(text: Text, own: list[Features]) -> Features:
    """The whole message as features: how often each of its sentences' features occurs, subject and channel."""
    counts: Features = {}
    for part, features in zip(text.parts, own, strict=True):
        if part.place in NOT_THEIR_WORDS:
            continue
        for name, value in features.items():
            if " " not in name:  # runs of words say more of a sentence than of a message
                counts[name] = counts.get(name, 0.0) + value
        for name in part.topics:
            counts[f"topic={name}"] = counts.get(f"topic={name}", 0.0) + 1.0
    found = {name: math.log1p(count) for name, count in counts.items()}
    for name in text.subject_topics:
        found[f"s topic={name}"] = 1.0
    for token in text.subject:
        found[f"s {stem(token)}"] = 1.0
    for _, name in text.subject_tags:
        found[f"s@{name}"] = 1.0
    found[f"channel={text.channel}"] = 1.0
    return found
