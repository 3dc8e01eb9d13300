"""Why a message got its label: one plain sentence, the Code's paragraph, and each sentence's weight."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from putright.cases.labels import Channel, Flag, Label, Role
from putright.cases.reading import Evidence, RuleHit, Sentence

NUMBER = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
PARAGRAPH = {
    Label.COMPLAINT: "1.2",
    Label.SERVICE_REQUEST: "1.4",
    Label.SURVEY_FEEDBACK: "1.6",
    Label.OTHER: "",
}
UNHAPPY = (Role.DISSATISFACTION, Role.COMPLAIN)
EVIDENCE = 5
LEAST_WEIGHT = 0.05


def paragraph(label: Label, flags: Sequence[Flag], deciding: RuleHit | None) -> str:
    """The paragraph of the Code that decided: the deciding rule's, or what the label and its flags stand on."""
    if deciding is not None:
        return deciding.paragraph
    if label is Label.COMPLAINT:
        if Flag.ESCALATION_REQUEST in flags:
            return "6.10"
        if Flag.EXPLICIT_COMPLAINT in flags:
            return "1.3"
        if Flag.CHASER in flags:
            return "1.5"
    return PARAGRAPH[label]


def why(
    label: Label,
    sentences: Sequence[Sentence],
    flags: Sequence[Flag],
    rule_says: str,
    channel: str,
    *,
    sure: bool = True,
) -> str:
    """The deciding reason as one plain sentence, without any of the resident's words."""
    roles = [s.role for s in sentences]
    doubtful = sum(role in UNHAPPY for role in roles)
    unhappy = f"{counted(doubtful, 'may be', 'may be')} unhappy with the landlord" if doubtful else ""
    if label is Label.COMPLAINT:
        if rule_says:
            return f"{rule_says}."
        if roles.count(Role.COMPLAIN):
            return (
                f"{counted(roles.count(Role.COMPLAIN), 'ask', 'asks')} for this to be treated as a complaint."
            )
        if roles.count(Role.DISSATISFACTION):
            about = (
                "how an earlier report was handled"
                if Flag.CHASER in flags
                else "what the landlord did or did not do"
            )
            number = counted(roles.count(Role.DISSATISFACTION), "express", "expresses")
            return f"{number} dissatisfaction with {about}."
        return "As a whole it reads as dissatisfaction, though no sentence says so by itself."
    if label is Label.SURVEY_FEEDBACK:
        if channel == Channel.SURVEY:
            return "It came as an answer to a survey and does not ask to be a complaint."
        return "It is framed as an answer to a survey and does not ask to be a complaint."
    if label is Label.SERVICE_REQUEST:
        asks = counted(roles.count(Role.REQUEST), "ask", "asks") + " for action"
        if unhappy:
            kept = "asks for action" if roles.count(Role.REQUEST) else "reports something to be put right"
            return f"{unhappy}, but as a whole it {kept}."
        if roles.count(Role.REQUEST):
            return f"{asks}, and dissatisfaction with the landlord was not found."
        return "It reports something to be put right, and dissatisfaction with the landlord was not found."
    if unhappy:
        return f"{unhappy}, but as a whole it asks for nothing to be put right."
    if not sure and roles.count(Role.REQUEST):
        number = counted(roles.count(Role.REQUEST), "may ask", "may ask")
        return f"{number} for action, but as a whole it reads as none of the three; that is not sure."
    if not sure:
        return "Neither a request nor dissatisfaction was found in its sentences, but that is not sure."
    if roles.count(Role.QUESTION):
        return "It asks for information; nothing is to be put right and nobody is dissatisfied."
    if roles.count(Role.THANKS):
        return "It gives thanks; nothing is to be put right and nobody is dissatisfied."
    return "Nothing in it asks for something to be put right and nobody is dissatisfied."


def counted(number: int, many: str, one: str) -> str:
    """`One sentence asks` or `Three sentences ask`."""
    if number == 1:
        return f"One sentence {one}"
    return f"{NUMBER[number] if number < len(NUMBER) else number} sentences {many}"


def evidence(
    sentences: Sequence[Sentence], weights: NDArray[np.float64], label: Label
) -> tuple[Evidence, ...]:
    """The sentences that moved the label most, strongest first."""
    # Rounded, so that of sentences that weigh the same the first stands first, whatever the last bit says.
    strongest = np.argsort(-np.abs(weights).round(6), kind="stable")[:EVIDENCE]
    found = []
    for n in strongest:
        weight = float(weights[n])
        if abs(weight) >= LEAST_WEIGHT:
            sentence = sentences[int(n)]
            side = "speaks for" if weight > 0 else "speaks against"
            found.append(
                Evidence(
                    sentence.start,
                    sentence.end,
                    f"{sentence.role.words}: {side} {label.words}",
                    round(weight, 3),
                )
            )
    return tuple(found)
