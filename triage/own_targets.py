"""What is past a target of the landlord's own and no breach of the Code: said apart from what is one."""

from dataclasses import replace

from sqlite_utils import Database

from putright.cases.limits import Clock
from putright.storage import cases
from putright.storage.cases import Filter
from putright.triage.landlord import Landlord

REQUESTS_MISSED = "Service requests past your own target, no breach of the Code"


def requests_missed(db: Database, overdue: Filter, landlord: Landlord) -> int:
    """How many of the cases that `overdue` finds are service requests past the landlord's own target."""
    if Clock.SERVICE_REQUEST not in landlord.targets or overdue.overdue_on is None:
        return 0
    if overdue.due_clocks and Clock.SERVICE_REQUEST not in overdue.due_clocks:
        return 0
    return cases.count(db, replace(overdue, due_clocks=(Clock.SERVICE_REQUEST,), also_overdue=()))[0]


def missed_words(requests: int) -> list[str]:
    """A line below a list of what is overdue that tells its service requests from breaches; none for none."""
    return [f"{REQUESTS_MISSED}: {requests} of them."] if requests else []
