"""Where a resident can go from here: stage 2, the Ombudsman, the policy, a complaint."""

import re
from collections.abc import Iterator
from itertools import pairwise

from putright.cases.letters.facts import Check, Facts, Lack
from putright.cases.letters.paragraphs import at_its_stage, lettered
from putright.cases.letters.words import plain_words, sentences_of


def way_to_stage_2(facts: Facts, text: str) -> Iterator[Lack]:
    """How to ask for stage 2, without a demand for reasons (6.9 g, 6.12)."""
    if not re.search(r"\bstage (?:2|two)\b", text):
        yield Lack("6.9 g", "How to ask for stage 2 if the resident is not satisfied")
    if any(_DEMANDS.search(_FREE.sub(" ", x)) for x in sentences_of(text)):
        yield Lack("6.12", "It demands reasons for asking for stage 2: none are needed, so take that out")
    if any(
        _ASKED_OF_US.search(x) and _TIME_LIMIT.search(x) and "ombudsman" not in x for x in sentences_of(text)
    ):
        yield Lack(
            "5.11",
            "It sets a time limit for asking for stage 2: no request is refused for being late, so take that out",
        )


_FREE = re.compile(
    r"\b(?:do not|don't|need not|not|no need to|never) (?:have to|need to|must|give|explain|say|tell)\b"
)
"""That none are needed is the opposite of a demand."""


_DEMANDS = re.compile(
    r"\b(?:you|you'll|request|it) (?:will |also |then )*(?:must|need to|have to|should|(?:are|is) required to)\b"
    r".{0,300}\b(?:reasons?|why|grounds|explain|explanation)\b"
    r"|\b(?:must|need to|have to|required to) (?:(?:tell|give) us|give|state|explain|set out|include)\b"
    r".{0,300}\b(?:reasons?|why|grounds)\b"
    r"|\bonly if you (?:tell|give|explain|say|state)\b.{0,300}\b(?:reasons?|why|grounds)\b"
    r"|\b(?:together )?with (?:your|the|full) reasons\b(?!.{0,300}\bif you (?:like|wish|want|can)\b)"
    r"|\b(?:please|you (?:must|should|will|need to|have to)|and) "
    r"(?:set out|give|state|explain|include|provide|send|tell|say|supply|attach|enclose)\b"
    r"(?=.{0,300}\b(?:your reasons?|the reasons?|reasons? (?:for|why)|grounds|why you|why our|supporting \w+)\b)"
    r"(?!.{0,300}\bif you (?:like|wish|want|can)\b)"
)


_ASKED_OF_US = re.compile(
    r"\bstage (?:2|two)\b|\bescalat|\bnot satisfied\b|\b(?:dis|un)satisfied\b|\bunhappy\b|\breasons\b"
)
_NUMBER = r"(?:\d+|five|ten|fourteen|fifteen|twenty|twenty-eight|thirty|one|two|three|six)"
_TIME_LIMIT = re.compile(
    r"\b(?:please|tell us|let us know|ask us|contact us|write to us|request"
    r"|you (?:must|can|may|should|need to|have to))\b"
    r"(?:(?!\b(?:we|our answer|our response|hear|receive|get|expect)\b).){0,300}"
    rf"\b(?:within {_NUMBER} (?:[a-z]+ )?(?:days?|weeks?|months?)\b|(?:by|before|no later than|until) (?:the )?\d)"
    rf"|\byou have (?:up to )?{_NUMBER} (?:[a-z]+ )?(?:days?|weeks?|months?)\b"
)
"""A day or a term for what the resident does, not for what we do."""


def said_to_be_final(facts: Facts, text: str) -> Iterator[Lack]:
    """That it is the final response (6.10)."""
    if not re.search(r"\bfinal (?:response|decision)\b", text):
        yield Lack("6.10", "That this is the final response")


def way_to_the_ombudsman(first: str) -> Check:
    """Every way to the Ombudsman as it is today; `first` is its paragraph at stage 1, empty for a final response."""

    def check(facts: Facts, text: str) -> Iterator[Lack]:
        paragraph = at_its_stage(facts, first) if first else lettered(facts, "g")
        contact = facts.ombudsman
        run = re.sub(r"[\s()-]", "", text)
        phone = contact.phone.replace(" ", "")
        ways = {
            f"telephone number: {contact.phone}": phone in run,
            f"web address: {contact.form}": "housing-ombudsman.org.uk" in text,
            f"postal address: {contact.post}": contact.post.rpartition("Preston ")[2].casefold() in text,
        }
        if "ombudsman" not in text or not any(ways.values()):
            yield Lack(paragraph, "How to reach the Housing Ombudsman: " + contact.block)
            return
        for way, there in ways.items():
            if not there:
                yield Lack(paragraph, f"The Ombudsman's {way}")
        for sentence in sentences_of(text):
            numbers = re.findall(r"\b0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b", sentence.partition("ombudsman")[2])
            for number in numbers:
                if re.sub("[ -]", "", number) != phone and number not in facts.contact:
                    yield Lack(
                        paragraph, f"The Ombudsman's telephone number is {contact.phone}, not {number}"
                    )

    return check


def right_to_take_it_on(facts: Facts, text: str) -> Iterator[Lack]:
    """The right to take the decision not to take a complaint to the Ombudsman (2.4): more than advice."""
    said = sentences_of(text)
    if not any(_THAT_DECISION.search(x) for x in (*said, *map(" ".join, pairwise(said)))):
        yield Lack("2.4", "That the resident can take this decision to the Ombudsman")


_DECIDES = (
    r"\b(?:look|review|consider|investigate|decide|challenge|dispute|complain)\b"
    r"[^.]*\b(?:decision|refusal|refused?|refusing|not taken?)\b"
)
_THAT_DECISION = re.compile(
    rf"\b(?:you (?:can|may|could|have the right|are entitled)|right to)\b.*\bombudsman\b.*{_DECIDES}"
    rf"|\bombudsman\b.*\b(?:you (?:can|may|could|have the right|are entitled)|right to)\b[^.]*{_DECIDES}"
    r"|\b(?:take|refer|appeal|bring)\b[^.]*\b(?:decision|refusal|this|it)\b[^.]*\bto the (?:housing )?ombudsman\b"
    r"|\bif you\b[^.]*\b(?:decision|refusal|refused?|disagree)\b[^.]*\bombudsman\b(?! for advice)"
)


def policy_named(facts: Facts, text: str) -> Iterator[Lack]:
    """Where the complaints policy is (3.4)."""
    if not facts.policy:
        if not re.search(r"\bpolicy\b.*(?:https?://|www\.)", text):
            yield Lack("3.4", "Where the complaints policy is: set landlord.policy in the settings")
    elif plain_words(facts.policy) not in text:
        yield Lack("3.4", f"Where the complaints policy is: {facts.policy}")


def how_to_complain(facts: Facts, text: str) -> Iterator[Lack]:
    """How to make a complaint (1.6)."""
    if "complain" not in text:
        yield Lack("1.6", "How to make a complaint")
