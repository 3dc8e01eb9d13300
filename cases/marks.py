"""What stands beside a case's label: what its messages bring and what a person said of it, each since when."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from putright.cases.events import Event, Kind
from putright.cases.labels import Mark
from putright.cases.working_days import local_day

_BRING = (Kind.OPENED, Kind.READ, Kind.JOINED, Kind.MERGED)


@dataclass(frozen=True, slots=True)
class Standing:
    """One mark that stands: since which moment (aware), and the day its duty was done; None while it is open."""

    since: datetime
    answered: date | None = None


def standing(history: Iterable[Event], messages: Container[str]) -> dict[Mark, Standing]:
    """The marks of a case with these `messages`. What a person said last counts, until a later message asks anew."""
    found: dict[Mark, Standing] = {}
    for x in history:
        if x.kind is Kind.MARKED:
            _said(found, x)
        if x.kind not in _BRING or not x.data.get("marks"):
            continue
        brought = x.data.get("messages") or [x.data.get("message")]
        if not any(one in messages for one in brought):
            continue
        since = datetime.fromisoformat(x.data.get("marked") or x.data["received"])
        for mark in map(Mark, x.data["marks"]):
            found[mark] = _again(found.get(mark), since)
    return found


def _again(held: Standing | None, since: datetime) -> Standing:
    """A mark that a message brings: the first counts, and one that comes after the answer is a new one."""
    if held is None:
        return Standing(since)
    if held.answered is None:
        return Standing(min(since, held.since))
    return held if local_day(since) <= held.answered else Standing(since)


def _said(found: dict[Mark, Standing], event: Event) -> None:
    mark = Mark(event.data["mark"])
    if event.data.get("not_one"):
        found.pop(mark, None)
    elif event.data.get("since"):
        found[mark] = Standing(datetime.fromisoformat(event.data["since"]))
    elif mark in found:
        found[mark] = Standing(found[mark].since, date.fromisoformat(event.data["answered"]))
