"""Where the sentences of a body begin and end: spaCy's blank English sentencizer, and every line break ends one."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

MAX_CHARACTERS = 40_000
"""Beyond these a body is not read and a person is asked: they bound the time that a reading can take."""
MAX_SENTENCES = 400
MAX_LINE = 4_000


@cache
def english() -> "Language":
    """spaCy's English tokenizer with the sentencizer (half a second to import, so only when something is read)."""
    import spacy

    language = spacy.blank("en")
    language.add_pipe("sentencizer")
    return language


def split(body: str) -> "list[tuple[int, int, int, Span]]":
    """Every sentence that has a letter or digit in it: [start, end), where its line starts, and as spaCy has it."""
    found: list[tuple[int, int, int, Span]] = []
    for at, doc in lines(body[:MAX_CHARACTERS]):
        for sentence in doc.sents:
            text = sentence.text
            start = at + sentence.start_char + len(text) - len(text.lstrip())
            end = at + sentence.end_char - len(text) + len(text.rstrip())
            if any(c.isalnum() for c in text):
                found.append((start, end, at, sentence))
        if len(found) >= MAX_SENTENCES:
            break
    return found[:MAX_SENTENCES]


def lines(body: str) -> "Iterator[tuple[int, Doc]]":
    """Every line that holds something, with its offset; a line beyond all measure is read in pieces."""
    at = 0
    for line in body.split("\n"):
        for piece in range(0, len(line), MAX_LINE):
            text = line[piece : piece + MAX_LINE]
            if text.strip():
                yield at + piece, parted(english(), text)
        at += len(line) + 1


def parted(language: "Language", text: str) -> "Doc":
    """The text as tokens with sentence starts; step by step, as the pipeline around the steps costs more than they."""
    doc = language.tokenizer(text)
    for _, step in language.pipeline:
        doc = step(doc)
    return doc
