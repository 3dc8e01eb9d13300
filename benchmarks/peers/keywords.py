"""Keyword rules: what a landlord can write into a mail filter in an afternoon. Nothing is learned."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.peers.peer import COMPLAINT, Loaded, Message

if TYPE_CHECKING:
    from putright.classifier.corpus import Record

TITLE = "keyword rules"
TWO_WAY = False
UNHAPPY = (
    "complain(?:t|ts|ing|ed)?|dissatisfied|unhappy|not happy|disgust(?:ed|ing)|disgrace(?:ful)?|appalling|appalled|"
    "unacceptable|not acceptable|not good enough|ombudsman|let down|fed up|sick of|had enough|furious|angry|rude|"
    "ignored|no one (?:came|called|turned up|replied)|nobody (?:came|called|turned up|replied)|never (?:came|called|"
    "turned up|replied)|didn'?t (?:come|show|turn up)|no[- ]show|missed appointment|still (?:waiting|not|no|hasn'?t|"
    "haven'?t)|third time|again and again|how many times|chasing|compensation|failed|failure|shambles|joke|ridiculous|"
    "terrible|awful|poor service|worst|incompetent|botched|formal"
)
WANTED = (
    "please|could you|can you|can someone|need|broken|leak(?:s|ing)?|repair|fix|not working|stopped working|blocked|"
    "damp|mould|heating|boiler|report|book|appointment|replace|noise|rubbish"
)


def missing() -> str:
    return ""


def learn(records: Sequence["Record"], folder: Path) -> None:
    """There is nothing to learn."""


def load(folder: Path) -> Loaded:
    unhappy, wanted = (re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for words in (UNHAPPY, WANTED))

    def label(message: Message) -> str:
        text = f"{message.subject}\n{message.body}"
        if message.channel == "survey":
            return "survey_feedback"
        if unhappy.search(text):
            return COMPLAINT
        return "service_request" if wanted.search(text) else "other"

    return Loaded(lambda messages: [label(m) for m in messages])
