"""The tokens of plain words, which spaCy is not asked for, are those that it finds."""

import re

from putright.classifier import corpus, model, sentences

MARKS = ("", ",", ".", ":", ";", "!", "?")
RECORDS = corpus.load(corpus.files(model.FOLDER / "corpus"))


def test_a_bare_word_has_the_tokens_that_spacy_finds() -> None:
    written = {chunk for record in RECORDS[::4] for chunk in record.body.split()}
    odd = {word for rule in sentences.exceptions() for word in re.findall("[A-Za-z]+", rule)}
    odd |= {"two", "Third", "TEN", "www", "HTTP", "x", "J", "xD", "kr"}
    chunks = written | {word + mark for word in odd for mark in MARKS}
    taken = {chunk: found for chunk in chunks if (found := sentences.of_a_word(chunk))}
    assert len(taken) > len(chunks) / 2, "most need no spaCy"
    assert taken == {chunk: sentences.by_spacy(chunk) for chunk in taken}
