"""What staff do on a case: each act is checked against its paragraph and gives the event to be written.

Nothing here writes anything. A refused act raises Refused with one sentence and changes nothing. This is the
index of them; each stands in `life/` with those it belongs to.
"""

from putright.cases.life.by import By, in_its_time
from putright.cases.life.ending import close, reopen
from putright.cases.life.label import confirm, reclassify
from putright.cases.life.stages import OUTCOMES, acknowledge, assign, define, escalate, extend, respond

__all__ = [
    "OUTCOMES",
    "By",
    "acknowledge",
    "assign",
    "close",
    "confirm",
    "define",
    "escalate",
    "extend",
    "in_its_time",
    "reclassify",
    "reopen",
    "respond",
]
