"""Several matters in one case, one matter in several: linking, splitting, merging, new issues (1.5, 6.8)."""

from datetime import date, datetime
from enum import StrEnum

from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Event, Kind
from putright.cases.labels import Label
from putright.cases.life.by import By, day_between, must_be_complaint, must_be_open
from putright.cases.records.hazard import standing as hazards_of
from putright.cases.records.promises import all_kept
from putright.cases.typed import words
from putright.cases.working_days import LONDON, local_day


class How(StrEnum):
    """How two cases belong together, as seen from the one that says so."""

    RELATED = "related"
    REQUEST = "request"
    """the service request that this complaint is about (1.5)"""
    COMPLAINT = "complaint"
    """the complaint about how this request was handled (1.5)"""
    SPLIT_FROM = "split from"
    SPLIT_INTO = "split into"
    MERGED_INTO = "merged into"


def link(case: Case, by: By, other: str, how: How = How.RELATED) -> Event:
    """Two cases belong together."""
    if other == case.reference:
        raise Refused(f"{other} cannot be linked with itself.")
    if any(x.data["reference"] == other and x.data["how"] == how for x in case.of(Kind.LINKED)):
        raise Refused(f"{case.reference} and {other} are linked already.")
    return Event(Kind.LINKED, by.at, by.actor, {"reference": other, "how": how.value})


def opened_from(
    case: Case,
    by: By,
    label: Label,
    received: datetime,
    points: tuple[str, ...],
    outcomes: tuple[str, ...],
) -> Event:
    """The opening of a further case out of one, by a person, with the same message and a receipt of its own."""
    return Event(
        Kind.OPENED,
        by.at,
        by.actor,
        {
            "message": case.messages[0],
            "channel": case.channel.value,
            "received": received.isoformat(),
            "label": label.value,
            "decision": "sure",
            "area": case.area.value,
            "flags": [flag.value for flag in case.flags],
            **({"identified": True} if case.history[0].data.get("identified") else {}),
            "issues": list(filter(None, map(words, points))),
            "outcomes": list(filter(None, map(words, outcomes))),
            "model": "",
            "parent": case.reference,
        },
    )


def receipt(case: Case, by: By, day: date | None) -> datetime:
    """When a further case counts as received: with its parent, or on a later day on which it was said."""
    if day is None:
        return case.received
    earliest = local_day(case.received)
    day_between(day, earliest, by.today, "What was said", "1.5")
    if day == earliest:
        return case.received
    return by.at if day == by.today else datetime(day.year, day.month, day.day, 12, tzinfo=LONDON)


def splits(case: Case, points: tuple[str, ...]) -> None:
    """Refuse to split off nothing."""
    must_be_open(case)
    if not any(map(words, points)):
        raise Refused('Say what the further case is about: --point "…".', "5.6")


def complains(case: Case, reason: str) -> str:
    """Refuse to turn into a complaint what is one; gives what the resident is dissatisfied with."""
    must_be_open(case)
    if case.label is Label.COMPLAINT:
        raise Refused(f"{case.reference} is logged as complaint already.", "1.5")
    said = words(reason)
    if not said:
        raise Refused('Say what the resident is dissatisfied with: --point "…".', "1.5")
    return said


def merge(case: Case, by: By, into: Case) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """Two cases are one matter: the events of the one that ends, and of the one that goes on."""
    must_be_open(case)
    must_be_open(into)
    if case.reference == into.reference:
        raise Refused(f"{case.reference} cannot be merged with itself.")
    if case.first.acknowledged:
        raise Refused(
            f"{case.reference} was acknowledged to the resident, so it is answered on its own: link the two instead.",
            "6.7",
        )
    if case.runs_complaint_clocks and not into.runs_complaint_clocks:
        raise Refused(
            f"{case.reference} runs a complaint's clocks and {into.reference} does not: say first that "
            f"{into.reference} is a complaint, or that {case.reference} is none.",
            "1.5",
        )
    there = hazards_of(into)
    if lost := [x for x in hazards_of(case) if x not in there]:
        raise Refused(
            f"A hazard ({lost[0].replace('-', ' ')}) was assessed on {case.reference}, and its clocks end with the "
            f"case: record it on {into.reference} first, with putright case hazard {into.reference}."
        )
    all_kept(case)
    taken: dict[str, object] = {
        "reference": case.reference,
        "messages": [x for x in case.messages if x not in into.messages],
        "received": min(case.received, into.received).isoformat(),
        "was_received": into.received.isoformat(),
        "own": case.received.isoformat(),
    }
    if hazard := case.possible_hazard:
        taken["flags"] = [hazard.value]
    if case.surely_complaint:
        taken["complaint"] = True
    if marks := case.open_marks:
        taken |= {"marks": [x.value for x in marks], "marked": min(marks.values()).isoformat()}
    ended = (
        Event(Kind.LINKED, by.at, by.actor, {"reference": into.reference, "how": How.MERGED_INTO.value}),
        Event(Kind.CLOSED, by.at, by.actor, {"reason": f"merged into {into.reference}"}),
    )
    return ended, (Event(Kind.MERGED, by.at, by.actor, taken),)


def standing(case: Case) -> dict[str, Event]:
    """The merges into a case that were not undone, by the case that ended."""
    found: dict[str, Event] = {}
    for event in case.of(Kind.MERGED, Kind.UNMERGED):
        found.pop(event.data["reference"], None)
        if event.kind is Kind.MERGED:
            found[event.data["reference"]] = event
    return found


def receipt_without(case: Case, reference: str) -> datetime:
    """When a case counts as received once the one merged into it is out again: by what else it holds."""
    told = [
        *(x.data["received"] for x in case.of(Kind.OPENED, Kind.READ)),
        *(x.data["received"] for x in case.joins.values() if x.data.get("received")),
        *(x.data.get("own", x.data["received"]) for ref, x in standing(case).items() if ref != reference),
    ]
    return min(datetime.fromisoformat(x) for x in told)


def unmerge(case: Case, by: By, into: Case) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """The two were no one matter: the case that had ended is open again, the other is as it was."""
    merged = standing(into).get(case.reference)
    if merged is None:
        raise Refused(f"{case.reference} is not merged into {into.reference}.")
    was = receipt_without(into, case.reference)
    again = {"reason": f"not the same matter as {into.reference}"}
    return (
        (Event(Kind.REOPENED, by.at, by.actor, again),),
        (Event(Kind.UNMERGED, by.at, by.actor, {**merged.data, "was_received": was.isoformat()}),),
    )


def takes_in_issue(related: bool, answered: bool, delays: bool) -> bool:
    """Whether an issue raised during the investigation joins the complaint (6.8).

    It does when it is related, the stage 1 response has not been issued, and it would not unreasonably delay it;
    else it is a complaint of its own.
    """
    return related and not answered and not delays


def issue(case: Case, by: By, text: str, related: bool, delays: bool, day: date | None = None) -> Event:
    """An issue raised during the investigation, with the three questions answered (6.8).

    `day` is when it was raised; today if not given.
    """
    must_be_complaint(case)
    text = words(text)
    if not text:
        raise Refused('Say what the resident raised: --issue "…".', "6.8")
    day = day or by.today
    day_between(day, local_day(case.received), by.today, "A new issue", "6.8")
    answered = case.first.responded is not None
    joins = takes_in_issue(related, answered, delays)
    return Event(
        Kind.ISSUE,
        by.at,
        by.actor,
        {
            "issue": text,
            "on": day.isoformat(),
            "related": related,
            "answered": answered,
            "delays": delays,
            "joins": joins,
        },
    )
