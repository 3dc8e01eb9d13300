"""Where sentences begin and end: spaCy's tokens, its rule for sentences, and every line break ends one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MAX_CHARACTERS = 40_000
"""Beyond these a body is not read and a person is asked: they bound the time that a reading can take."""
MAX_SENTENCES = 400
MAX_LINE = 4_000
MOST_REMEMBERED = 100_000
"""A hostile text must not fill the memory."""
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

    A form is in lower case, with a mark before what is like a number and before punctuation; a blank is a mark alone.
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


_kinds: dict[int, tuple[str, bool, bool]] = {}
"""By spaCy's number of a token's text: its form, whether it can end a sentence, and whether it may follow the end."""


def kind(orth: int) -> tuple[str, bool, bool]:
    """What there is to know of a token, remembered: asking spaCy for each token took a third of a reading."""
    if len(_kinds) > MOST_REMEMBERED:
        _kinds.clear()
    word = english().vocab[orth]
    mark = LIKE_A_NUMBER if word.like_num else PUNCTUATION if word.is_punct else ""
    form = BLANK if word.is_space else mark + re.sub(r"\s", BLANK, word.lower_)
    ends = word.orth_ in enders()
    found = _kinds[orth] = (form, ends, ends or word.is_punct)
    return found


def split(body: str) -> list[tuple[int, int, Tokens]]:
    """Every sentence that has a letter or digit in it: [start, end) and its tokens."""
    found: list[tuple[int, int, Tokens]] = []
    for at, doc in lines(body[:MAX_CHARACTERS]):
        for tokens in parted(at, doc):
            if not tokens.forms:
                continue
            first, last = tokens.starts[0], tokens.ends[-1]
            text = body[first:last]
            start, end = first + len(text) - len(text.lstrip()), last - len(text) + len(text.rstrip())
            if any(map(str.isalnum, text)):
                found.append((start, end, tokens))
        if len(found) >= MAX_SENTENCES:
            break
    return found[:MAX_SENTENCES]


def parted(at: int, doc: "Doc") -> Iterator[Tokens]:
    """The sentences of a line, by the rule of spaCy's sentencizer: what follows an end and is no mark begins one."""
    attributes = doc.to_array(["ORTH", "LENGTH", "SPACY"]).tolist()
    starts = list(accumulate((length + blank for _, length, blank in attributes), initial=at))
    ends = [start + length for start, (_, length, _) in zip(starts, attributes, strict=False)]
    kinds = [_kinds.get(orth) or kind(orth) for orth, _, _ in attributes]
    forms = [form for form, _, _ in kinds]
    begin, over = 0, False
    for number, (_, is_end, trails) in enumerate(kinds):
        if over and not trails:
            yield written(forms[begin:number], starts[begin:number], ends[begin:number])
            begin, over = number, False
        elif is_end:
            over = True
    yield written(forms[begin:], starts[begin:-1], ends[begin:])


def written(forms: list[str], starts: list[int], ends: list[int]) -> Tokens:
    """The tokens without blanks, which stand where marks of quoting stood and where somebody typed too many."""
    if BLANK not in forms:
        return Tokens(forms, starts, ends)
    kept = [n for n, form in enumerate(forms) if form != BLANK]
    return Tokens([forms[n] for n in kept], [starts[n] for n in kept], [ends[n] for n in kept])


def lines(body: str) -> "Iterator[tuple[int, Doc]]":
    """Every line that holds something, with its offset; a line beyond all measure is read in pieces."""
    at, tokenizer = 0, english().tokenizer
    for line in body.split("\n"):
        for piece in range(0, len(line), MAX_LINE):
            text = line[piece : piece + MAX_LINE]
            if text.strip():
                yield at + piece, tokenizer(HARMFUL.sub(as_long, text))
        at += len(line) + 1
