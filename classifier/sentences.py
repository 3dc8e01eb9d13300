"""Where sentences begin and end: spaCy's tokens, its rule for sentences, and every line break ends one."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from putright.classifier.words import IGNORABLE

if TYPE_CHECKING:
    from spacy.language import Language

MAX_CHARACTERS = 40_000
"""Beyond these a body is not read and a person is asked: they bound the time that a reading can take."""
MAX_SENTENCES = 400
MAX_LINE = 4_000
MOST_REMEMBERED, LONGEST_REMEMBERED = 50_000, 40
"""So many chunks, of so many characters: a hostile text must not fill the memory."""
LIKE_A_NUMBER, PUNCTUATION, BLANK = "\x01", "\x02", "\x03"
LONGEST_RUN = 40
HARMFUL = re.compile("[\ud800-\udfff]|[^\\w\\s]{41,}")
"""Halves of pairs, which spaCy cannot encode, and the rest of a run of marks, over which it takes for ever."""


def as_long(found: "re.Match[str]") -> str:
    """Blanks for what is left out, so that every offset still holds."""
    kept = found[0][:LONGEST_RUN] if len(found[0]) > 1 else ""
    return kept.ljust(len(found[0]))


@dataclass(slots=True)
class Tokens:
    """The tokens of a sentence: as rules look at them, and where each stands in the body.

    A form is in lower case, with a mark before what is like a number and before punctuation.
    """

    forms: list[str]
    starts: list[int]
    ends: list[int]


@cache
def english() -> "Language":
    """spaCy's English tokenizer and sentencizer (half a second to import, so only when something is read)."""
    import spacy

    language = spacy.blank("en")
    language.add_pipe("sentencizer")
    return language


@cache
def enders() -> frozenset[str]:
    """What can end a sentence, by spaCy's sentencizer."""
    return frozenset(english().get_pipe("sentencizer").punct_chars)  # type: ignore[attr-defined]


@cache
def exceptions() -> frozenset[str]:
    """What spaCy parts otherwise than its marks say, as `dont`."""
    return frozenset(english().tokenizer.rules)  # type: ignore[union-attr]


@cache
def like_num() -> Callable[[str], bool]:
    """Whether spaCy takes a word for a number."""
    from spacy.lang.en.lex_attrs import like_num

    return like_num


CHUNK = re.compile(r"\S+")
WORD = re.compile(r"[A-Za-z]*[a-z][,.:;!?]?|[A-Za-z]+[,:;!?]?")
"""A bare word, perhaps with a mark behind it. (A full stop behind a capital may belong to it, as in `J.`)"""
Piece = tuple[str, int, int, bool, bool]
"""A token of a chunk: form, from and to (within the chunk), can it end a sentence, may it follow the end."""
_known: dict[str, list[Piece]] = {}


def pieces(chunk: str) -> list[Piece]:
    """The tokens of what stands between blanks, which spaCy finds in each chunk by itself; remembered.

    Asking spaCy for a whole line, and then for what there is to know of each token, took a sixth of a reading. (Of a
    whole line it may say otherwise where two smileys overlap across a blank, as in `: ):`.)
    """
    found = of_a_word(chunk) or by_spacy(chunk)
    if len(chunk) <= LONGEST_REMEMBERED:
        if len(_known) >= MOST_REMEMBERED:
            _known.clear()
        _known[chunk] = found
    return found


def of_a_word(chunk: str) -> list[Piece] | None:
    """What spaCy finds in a bare word and in one with a mark behind it; None of what is left for it to say.

    Three of four chunks are such, and of each new one spaCy makes a vocabulary entry and a document.
    """
    if not WORD.fullmatch(chunk):
        return None
    word = chunk if chunk[-1].isalpha() else chunk[:-1]
    if chunk in exceptions() or word in exceptions():
        return None
    found: list[Piece] = [
        ((LIKE_A_NUMBER if like_num()(word) else "") + word.lower(), 0, len(word), False, False)
    ]
    if word != chunk:
        mark = chunk[-1]
        found.append((PUNCTUATION + mark, len(word), len(chunk), mark in enders(), True))
    return found


def by_spacy(chunk: str) -> list[Piece]:
    """The tokens of a chunk as spaCy finds them."""
    found: list[Piece] = []
    shown, kept = chunk, None
    if not chunk.isascii() and IGNORABLE.search(chunk):
        gone = {at for hit in IGNORABLE.finditer(chunk) for at in range(*hit.span())}
        kept = [at for at in range(len(chunk)) if at not in gone]
        shown = "".join(chunk[at] for at in kept)
    for word in english().tokenizer(shown):
        mark = LIKE_A_NUMBER if word.like_num else PUNCTUATION if word.is_punct else ""
        ends = word.orth_ in enders()
        start, end = word.idx, word.idx + len(word.orth_)
        if kept is not None:  # where it stands in the chunk as written
            start, end = kept[start], kept[end - 1] + 1
        form = mark + re.sub(r"\s", BLANK, word.lower_)
        found.append((form, start, end, ends, ends or word.is_punct))
    return found


def split(body: str) -> list[tuple[int, int, Tokens]]:
    """Every sentence that has a letter or digit in it: [start, end) and its tokens."""
    found: list[tuple[int, int, Tokens]] = []
    for at, line in lines(body[:MAX_CHARACTERS]):
        for tokens in parted(at, line):
            first, last = tokens.starts[0], tokens.ends[-1]
            text = body[first:last]
            start, end = first + len(text) - len(text.lstrip()), last - len(text) + len(text.rstrip())
            if any(map(str.isalnum, text)):
                found.append((start, end, tokens))
        if len(found) >= MAX_SENTENCES:
            break
    return found[:MAX_SENTENCES]


def parted(at: int, line: str) -> Iterator[Tokens]:
    """The sentences of a line, by the rule of spaCy's sentencizer: what follows an end and is no mark begins one.

    More than one blank is a token of its own for spaCy, and as such begins a sentence, but is no part of it here.
    """
    forms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    over, before = False, 0
    for chunk in CHUNK.finditer(line):
        first, after = chunk.span()
        if over and line[before:first] not in ("", " "):
            yield Tokens(forms, starts, ends)
            forms, starts, ends, over = [], [], [], False
        before, first = after, at + first
        written = chunk[0]
        for form, start, end, is_end, trails in _known.get(written) or pieces(written):
            if is_end:
                over = True
            elif over and not trails:
                yield Tokens(forms, starts, ends)
                forms, starts, ends, over = [], [], [], False
            forms.append(form)
            starts.append(first + start)
            ends.append(first + end)
    if forms:
        yield Tokens(forms, starts, ends)


def lines(body: str) -> Iterator[tuple[int, str]]:
    """Every line that holds something, with its offset; a line beyond all measure is read in pieces."""
    at = 0
    for line in body.split("\n"):
        for piece in range(0, len(line), MAX_LINE):
            text = line[piece : piece + MAX_LINE]
            if not text.isspace():
                yield at + piece, HARMFUL.sub(as_long, text)
        at += len(line) + 1
