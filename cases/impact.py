"""How a fault that was found affected the resident (7.2): who has to consider it, and where it stands on record."""

from collections.abc import Iterable

from putright.cases.case import Case
from putright.cases.events import Kind

FAULT_FOUND = ("upheld", "partly upheld")
"""The decisions that find a fault: what is put right reflects its impact, whether it is money or an apology (7.2)."""


def fault_in(decisions: Iterable[str]) -> bool:
    """Whether any of these decisions finds a fault."""
    return any(x in FAULT_FOUND for x in decisions)


def impact_of(case: Case) -> str:
    """How the fault affected the resident, as it was written down last; empty while nobody has said."""
    said = [x.data["impact"] for x in case.of(Kind.RESPONDED, Kind.REMEDY) if x.data.get("impact")]
    return str(said[-1]) if said else ""


def impact_lacks(case: Case) -> bool:
    """Whether an answer found a fault and nobody has said how it affected the resident."""
    return fault_in((case.first.outcome, case.second.outcome)) and not impact_of(case)
