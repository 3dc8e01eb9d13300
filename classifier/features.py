"""What is looked at in a message: its sentences as features by name, the same for training and for reading."""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import NamedTuple

from putright.cases.message import Span
from putright.cases.reading import RuleHit
from putright.classifier import sentences
from putright.classifier.knowledge import Knowledge
from putright.classifier.layout import Layout, lay_out
from putright.classifier.linear import Features
from putright.classifier.naming import BY_NAME, Naming
from putright.classifier.words import IGNORABLE, stem, words, words_of

NOT_THEIR_WORDS = ("headers", "quote", "small", "covering")
"""Parts of a mail whose words are not counted for the message, whose rules do not fire and which hold no points."""
SURVEY, SURVEY_FRAME = "survey_word", "survey-frame"
"""The class of a survey's words, and the rule for its questions."""
MAX_WORDS = 200
"""Words of a sentence beyond these are not looked at."""
NEAR = 0.5
"""Weight of what stands in the sentences before and after, against 1 for the sentence itself."""
BEGINNING_WEIGHT = 0.5
"""The first letters of a word (`naming.BEGINNING`) count this much beside the word."""
LOOKED_AT_BESIDE = 40
"""Words of a neighbouring sentence that are looked at."""


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
    hidden = not laid.plain.isascii() and IGNORABLE.search(laid.plain) is not None
    for start, end, written in sentences.split(laid.text):
        text, place = laid.text[start:end], laid.part_at(start)
        plain = laid.plain[start:end]
        tokens = words_of(IGNORABLE.sub("", plain) if hidden else plain)[:MAX_WORDS]
        hits = [RuleHit(rule.id, rule.paragraph, a, b) for rule, a, b in known.rules.fired(written)]
        stems, tags, topics = looked_up(tokens, known)
        parts.append(Part(start, end, text, place, tokens, stems, tags, topics, hits))
    title = words(IGNORABLE.sub("", subject[:500]))
    _, tags, topics = looked_up(title, known)
    return Text(channel, title, tags, topics, parts, laid)


def looked_up(tokens: list[str], known: Knowledge) -> tuple[list[str], list[tuple[int, str]], list[str]]:
    """The stems, classes and topics of words in a row."""
    found = list(map(known.words.__getitem__, tokens))
    classes = known.classes.tags(tokens, [word.classes for word in found])
    topics = known.topics.tags(tokens, [word.topics for word in found])
    return [word.stem for word in found], classes, [name for _, name in topics]


class Own(NamedTuple):
    """The features of a sentence by itself, in two parts.

    Runs of words say more of a sentence than of a message, and only `words` are counted over a whole message.
    """

    words: Features
    runs: Features


def of_sentences(text: Text, own: list[Own], naming: Naming = BY_NAME) -> list[list[Features]]:
    """The features of every sentence (its `own` come from `sentence`), with its neighbours' and the message's.

    Each sentence has its features in pieces, of which no two hold the same: `merged` makes one of them.
    """
    called = naming.called
    parts, channel, total = text.parts, text.channel, len(text.parts)
    classes = [
        list(map(naming.class_beside, sorted({n for _, n in p.tags} | {f"rule={hit.id}" for hit in p.rules})))
        for p in parts
    ]
    words = [list(map(naming.words.__getitem__, part.tokens[:LOOKED_AT_BESIDE])) for part in parts]
    everywhere = Counter([name.anywhere for names in classes for name in names])
    common = {name: weight_of_others(count) for name, count in everywhere.items()}
    title = {called[f"s@{name}"]: NEAR for _, name in text.subject_tags}
    inner = [at for at, part in enumerate(parts) if part.place == "words"]
    ends = {"first": inner[:1], "last": inner[-1:]}
    found = []
    for at, part in enumerate(parts):
        placed = naming.all_of(
            f"place={part.place}", f"channel={channel}", f"channel={channel}+{part.place}",
            f"total={bucket(total)}", f"at={bucket(at)}", f"left={bucket(total - 1 - at)}",
            # They are also words, and a word that stands in the sentence counts once.
            *[name for name, where in ends.items() if where == [at] and called[name] not in own[at].words],
        )  # fmt: skip
        others = common.copy()
        for name in classes[at]:  # what stands here stands in one other less
            if weight := weight_of_others(everywhere[name.anywhere] - 1):
                others[name.anywhere] = weight
            else:
                others.pop(name.anywhere, None)
        pieces = [*own[at], placed, others, title]
        if at:
            of_it = [*[c.before for c in classes[at - 1]], *[w.before for w in words[at - 1]]]
            pieces.append(dict.fromkeys([*of_it, called[f"-place={parts[at - 1].place}"]], NEAR))
        else:
            pieces.append({called["-none"]: NEAR})
        if at + 1 < total:
            of_it = [*[c.after for c in classes[at + 1]], *[w.after for w in words[at + 1]]]
            pieces.append(dict.fromkeys([*of_it, called[f"+place={parts[at + 1].place}"]], NEAR))
        else:
            pieces.append({called["+none"]: NEAR})
        if at > 1:
            pieces.append(dict.fromkeys([c.farther for c in classes[at - 2]], NEAR / 2))
            pieces.append({called[f"--place={parts[at - 2].place}"]: NEAR})
        else:
            pieces.append({called["--none"]: NEAR})
        found.append(pieces)
    return found


def merged(pieces: Iterable[Features]) -> Features:
    """The features of a sentence in one piece."""
    return {name: value for piece in pieces for name, value in piece.items()}


def weight_of_others(count: int) -> float:
    """What a class weighs that stands in so many other sentences."""
    return 0.0 if not count else NEAR if count == 1 else 1.5 * NEAR


def sentence(part: Part, naming: Naming = BY_NAME) -> Own:
    """The features of a sentence by itself: words, pairs of words, classes, grammar, shape."""
    called = naming.called
    tokens, stems, text = part.tokens, part.stems, part.text
    known = list(map(naming.words.__getitem__, tokens))
    words: Features = {called[""]: 1.0} | dict.fromkeys(chain.from_iterable([w.itself for w in known]), 1.0)
    runs: Features = {}
    following = called.following("^")
    for word, short in zip(known, stems, strict=True):
        # A beginning and a word before a dash are called the same; the last one counts, so they are set by turns.
        runs[word.beginning] = BEGINNING_WEIGHT
        runs[following[short]] = 1.0
        following = word.following
    runs.pop(None, None)
    runs[following["$"]] = 1.0
    for hit in part.rules:
        words[called[f"rule={hit.id}"]] = 1.0
    names = Counter(name for _, name in part.tags)
    for name, count in names.items():
        words[called[f"@{name}"]] = min(count, 2.0)
    if part.tags:
        words[called[f"^@{part.tags[0][1]}"]] = 1.0
    words[called["words=" + bucket(len(tokens))]] = 1.0
    said, joined = clause(tokens, list(names), text)
    words |= naming.all_of(*said)
    runs |= naming.all_of(*joined)
    words[called["end=" + (text[-1] if not text[-1].isalnum() else "a")]] = 1.0
    if text.isupper() and len(text) > 6:
        words[called["capitals"]] = 1.0
    if text[0].islower():
        runs[called["small start"]] = 1.0
    written = text.split()
    if sum([w[0].isupper() for w in written]) > 0.6 * len(written):
        words[called["names"]] = 1.0
    if '"' in text or "“" in text:
        words[called["speech"]] = 1.0
    if ":" in text[:40]:
        label = "label:" + text.split(":", 1)[0].lower()[:40]
        (runs if " " in label else words)[called[label]] = 1.0
        words[called["labelled"]] = 1.0
    return Own(words, runs)


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
MODAL = frozenset(("will", "'ll", "would", "could", "can", "should", "may", "might", "'d"))


Names = tuple[str, ...]


def clause(tokens: list[str], names: list[str], text: str) -> tuple[Names, Names]:
    """Who acts, in which tense, denied or not, asked or told: a sentence's bare grammar, as names of words and runs."""
    actor = next((name for name in names if name in ACTORS), "none")
    if not MODAL.isdisjoint(tokens):
        tense = "modal"
    elif not PAST.isdisjoint(tokens) or any(t.endswith("ed") and len(t) > 4 for t in tokens):
        tense = "past"
    else:
        tense = "present"
    denied = "not " if "negation" in names else ""
    asked = "?" if "?" in text else ""
    again = "again " if "repeat" in names else ""
    return grammar_of(actor, tense, denied, asked, again)


@cache
def grammar_of(actor: str, tense: str, denied: str, asked: str, again: str) -> tuple[Names, Names]:
    names = (
        f"who={actor}",
        f"tense={tense}",
        f"who={actor} {tense}",
        f"who={actor} {denied}{tense}",
        f"who={actor} {denied}{tense}{asked}",
        f"who={actor} {denied}{again}{tense}",
        f"{denied}{again}{tense}{asked}",
    )
    return tuple(n for n in names if " " not in n), tuple(n for n in names if " " in n)


LIMITS = (0, 1, 2, 3, 5, 8, 12, 20, 40)
BUCKETS = (*map(str, LIMITS), "more")


def bucket(n: int) -> str:
    """About how many, as a word."""
    return BUCKETS[bisect_left(LIMITS, n)]


def bag(text: Text, own: list[Own], naming: Naming = BY_NAME) -> Features:
    """The whole message as features: how often each of its sentences' features occurs, subject and channel."""
    called = naming.called
    counts: Features = {}
    for part, features in zip(text.parts, own, strict=True):
        if part.place in NOT_THEIR_WORDS:
            continue
        for name, value in features.words.items():
            counts[name] = counts.get(name, 0.0) + value
        for topic in part.topics:
            name = called[f"topic={topic}"]
            counts[name] = counts.get(name, 0.0) + 1.0
    found = dict(zip(counts, map(math.log1p, counts.values()), strict=True))
    for topic in text.subject_topics:
        found[called[f"s topic={topic}"]] = 1.0
    for token in text.subject:
        found[called[f"s {stem(token)}"]] = 1.0
    for _, name in text.subject_tags:
        found[called[f"s@{name}"]] = 1.0
    found[called[f"channel={text.channel}"]] = 1.0
    if answers_a_survey(text):
        found[called["quotes a survey"]] = 1.0
    return found


def answers_a_survey(text: Text) -> bool:
    """Whether what is quoted, or the header of what was forwarded, asks as a survey does: then it is answered (1.6)."""
    quoted = [part for part in text.parts if part.place in ("headers", "quote")]
    asked = sum(name == SURVEY for part in quoted for _, name in part.tags)
    return asked > 1 or any(hit.id == SURVEY_FRAME for part in quoted for hit in part.rules)
