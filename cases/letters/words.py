"""A letter's words, so that what it says is found however it is put."""

import re


def plain_words(text: str) -> str:
    """The text in small letters, with straight quotes and single blanks."""
    for curly, straight in (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("\u00a0", " ")):
        text = text.replace(curly, straight)
    return " ".join(text.casefold().split())


def says(text: str, words: str) -> bool:
    """Whether the text holds these words, or nearly all of the long ones close together (a point reworded)."""
    wanted = plain_words(words).strip(" .!?")
    if wanted in text:
        return True
    long = [w for w in re.findall(r"[a-z0-9']{4,}", wanted) if w not in _EVERYDAY]
    if len(long) < 3:
        return False
    places = [i for w in set(long) for i in [m.start() for m in re.finditer(re.escape(w), text)]]
    reach = 3 * len(wanted) + 40
    for start in places:
        near = text[start : start + reach]
        if sum(w in near for w in set(long)) >= 0.8 * len(set(long)):
            return True
    return False


_EVERYDAY = frozenset(
    [
        "that",
        "this",
        "have",
        "been",
        "with",
        "your",
        "they",
        "from",
        "when",
        "were",
        "will",
        "what",
        "there",
        "about",
    ]
)


def sentences_of(text: str) -> list[str]:
    """Its sentences."""
    return re.split(r"(?<=[.!?]) ", text)
