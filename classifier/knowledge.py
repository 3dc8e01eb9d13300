"""What was written by hand for the reader: word classes, topics, rules, and the sum that ties a model to them."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from putright.classifier import lexicon, rules
from putright.classifier.lexicon import Lexicon
from putright.classifier.rules import Rules

FILES = ("lexicon.toml", "topics.toml", "rules.toml")


@dataclass(frozen=True)
class Knowledge:
    """Word classes for what a sentence does, topics for what a message is about, and the rules."""

    classes: Lexicon
    topics: Lexicon
    rules: Rules
    digest: str
    """Weights mean nothing with other words than they were learned with; a model names this sum."""


def load(folder: Path) -> Knowledge:
    """What stands in a folder's three files."""
    content = b"".join((folder / name).read_bytes().replace(b"\r\n", b"\n") for name in FILES)
    return Knowledge(
        lexicon.load(folder / "lexicon.toml"),
        lexicon.load(folder / "topics.toml"),
        rules.load(folder / "rules.toml"),
        hashlib.sha256(content).hexdigest(),
    )
