"""Which flags a reading has: those the model is sure enough of, and those a rule sets outright."""

from collections.abc import Collection, Iterable, Sequence

from putright.cases.labels import Flag
from putright.classifier.heads import FLAGS
from putright.classifier.rules import Rule

BY_RULE = frozenset({Flag.OMBUDSMAN})
"""Flags for a word that the rules know whole: the model alone does not set them."""
SPELT: dict[Flag, tuple[str, ...]] = {Flag.EXPLICIT_COMPLAINT: ("compl", "grievance")}
"""Flags that the model alone does not set without a word in the message that begins so."""


def flags_of(
    chances: Sequence[float], limits: Sequence[float], fired: Iterable[Rule], words: Collection[str]
) -> tuple[Flag, ...]:
    """The flags; `words` are the writer's own, the subject's among them, in lower case."""
    found = {
        flag
        for flag, chance, least in zip(FLAGS, chances, limits, strict=True)
        if chance >= least
        and flag not in BY_RULE
        and (flag not in SPELT or any(word.startswith(SPELT[flag]) for word in words))
    }
    rules = {rule.id: rule for rule in fired}
    for rule in rules.values():
        if rule.flag and rule.sets_flag and (not rule.needs or rule.needs in rules):
            found.add(rule.flag)
    return tuple(flag for flag in FLAGS if flag in found)
