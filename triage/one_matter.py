"""Two cases that are one matter, and the way back: one act for people, in whichever way loses least."""

from putright.cases.case import Case
from putright.cases.events import Kind
from putright.storage import messages
from putright.triage import joins
from putright.triage.act import find, find_to_act
from putright.triage.matters import Both, Pair

_UNTOUCHED = frozenset(
    {Kind.OPENED, Kind.READ, Kind.CONFIRMED, Kind.RECLASSIFIED, Kind.ASSIGNED, Kind.SUGGESTED, Kind.ANSWERED}
    | {Kind.JOINED, Kind.UNJOINED, Kind.REOPENED, Kind.UNMERGED, Kind.LINKED}
)
"""What is on a case on which nothing was done yet but to say what it is and whose."""


def merge(pair: Pair, reference: str, into: str) -> Both:
    """The first case ends in the second, which goes on from the earlier receipt of the two.

    One that is no more than a later message moves there with all that a reply brings (it may ask for stage 2; answers
    to it follow it); one that was received earlier, or worked on, keeps its messages and its record.
    Raises Refused where a clock, an act or a promise would be lost.
    """
    case, other = (find_to_act(pair.db, x, pair.landlord, pair.by.at) for x in (reference, into))
    if not _is_a_later_message(pair, case, other):
        return pair.merge(reference, into)
    moved = joins.join(pair.db, reference, into, pair.landlord, pair.by)
    return Both(find(pair.db, reference), moved.after)


def part(pair: Pair, reference: str, into: str) -> Both:
    """The two were no one matter: both stand as before."""
    case, other = (find_to_act(pair.db, x, pair.landlord, pair.by.at) for x in (reference, into))
    if case.joined_into != into:
        return pair.unmerge(reference, into)
    came = next(x.data["message"] for x in other.joins.values() if x.data.get("came_from") == reference)
    number = other.messages.index(came) + 1
    moved, case = joins.unjoin(pair.db, into, pair.landlord, pair.by, number=number)
    return Both(case, moved.after)


def _is_a_later_message(pair: Pair, case: Case, other: Case) -> bool:
    """Whether a case is only what came in: nothing was done on it, and nothing in it is older than the other case."""
    own = all(messages.case_of(pair.db, x) == case.reference for x in case.messages)
    later = case.received >= other.received and case.reference != other.reference
    return own and later and not case.closed and {x.kind for x in case.history} <= _UNTOUCHED
