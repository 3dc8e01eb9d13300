"""Every recorded act, by verb and by the event it writes."""

from putright.cases.record import Act
from putright.cases.records import (
    afterwards,
    assessment,
    contact,
    ending,
    evidence,
    hazard,
    mark,
    people,
    promises,
    refusal,
)

ACTS: tuple[Act, ...] = (
    *assessment.ACTS,
    *hazard.ACTS,
    *contact.ACTS,
    *evidence.ACTS,
    *people.ACTS,
    *mark.ACTS,
    *promises.ACTS,
    *afterwards.ACTS,
    *ending.ACTS,
    *refusal.ACTS,
)
BY_KIND = {act.kind: act for act in ACTS}
