"""What a case still owes beside the Code's clocks: updates, promises, reviews, orders, learning, the choice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from putright.cases.beside import last_day
from putright.cases.case import Case
from putright.cases.events import Kind
from putright.cases.labels import Flag, Label
from putright.cases.record import Item, open_items


class Owed(StrEnum):
    """Kinds of duty; each is a filter of lists."""

    CHOICE = "choice"
    """dissatisfaction was voiced, and no choice to complain is on record (1.3)"""
    DISCRETION = "discretion"
    """it came after 12 months, and nobody has said whether it is taken all the same (2.3)"""
    CONTACT = "contact"
    """somebody who can be found was unhappy in a survey: tell them how to complain (1.6)"""
    UPDATE = "update"
    """an update was agreed with the resident (5.9)"""
    ACTION = "action"
    """an action was promised (6.6, 6.17)"""
    REMEDY = "remedy"
    """a remedy was offered (7.3)"""
    ORDER = "order"
    """the Ombudsman ordered or recommended something (9.7)"""
    RESTRICTION = "restriction"
    """a restriction is to be reviewed (5.14)"""
    ADJUSTMENT = "adjustment"
    """an adjustment is to be reviewed (5.10)"""
    FLAG = "flag"
    """what is to be kept in mind of the resident is to be reviewed (5.10)"""
    CONFINEMENT = "confinement"
    """whether only some may see the case is to be reviewed (5.8)"""
    MARK = "mark"
    """a subject access request, a data protection complaint or a possible breach waits (beside the Code)"""
    LEARNING = "learning"
    """a response was sent and nothing was said to be learnt, or learning is to be carried out (9.1)"""


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing owed: by when (None: at once), who does it (may be empty), and its number on the case."""

    kind: Owed
    due: date | None
    owner: str = ""
    number: int = 0


_ITEMS = {
    Kind.ACTION: Owed.ACTION,
    Kind.REMEDY: Owed.REMEDY,
    Kind.OMBUDSMAN: Owed.ORDER,
    Kind.RESTRICTED: Owed.RESTRICTION,
    Kind.ADJUSTED: Owed.ADJUSTMENT,
    Kind.LEARNT: Owed.LEARNING,
}


def duties(case: Case) -> tuple[Duty, ...]:
    """All that is owed on a case, the soonest first, those without a date in front."""
    return tuple(sorted(_duties(case), key=lambda x: (x.due or date.min, x.kind)))


def _duties(case: Case) -> Iterator[Duty]:
    answered = case.second.responded if case.escalated else case.first.responded
    for kind, owed in _ITEMS.items():
        for item in open_items(case, kind):
            if item.due:
                yield _of_item(owed, item)
    if not (case.joined_into or case.merged_into):  # the law's clock does not end with the case
        for mark, since in case.open_marks.items():
            if day := last_day(mark, since):
                yield Duty(Owed.MARK, day, case.handler)
    if case.confined:
        yield Duty(Owed.CONFINEMENT, case.confined.due)
    if not case.closed:
        for item in open_items(case, Kind.FLAGGED):
            if item.due:
                yield _of_item(Owed.FLAG, item)
        if needs_choice(case):
            yield Duty(Owed.CHOICE, None)
        if case.to_consider and case.runs_complaint_clocks:
            yield Duty(Owed.DISCRETION, None)
        if needs_contact(case):
            yield Duty(Owed.CONTACT, None)
        # the answer ends what was agreed for the wait, also with an update before it that is written down after it
        told = sorted(
            (
                x
                for x in case.of(Kind.UPDATED, Kind.EXTENDED, Kind.RESPONDED)
                if x.kind is not Kind.EXTENDED or x.data.get("next")
            ),
            key=lambda x: str(x.data.get("on") or x.data.get("day")),
        )
        if told and told[-1].data.get("next"):
            yield Duty(Owed.UPDATE, date.fromisoformat(told[-1].data["next"]), case.handler)
    if answered and not case.of(Kind.LEARNT):
        yield Duty(Owed.LEARNING, answered, case.handler)


def _of_item(owed: Owed, item: Item) -> Duty:
    return Duty(owed, item.due, str(item.data.get("owner", "")), item.number)


def needs_contact(case: Case) -> bool:
    """Whether survey feedback came from somebody who can be found, and nobody has been in touch (1.6)."""
    answered = case.choice or case.of(Kind.CONTACTED)
    identified = any(x.data.get("identified") for x in case.of(Kind.OPENED, Kind.READ))
    return case.label is Label.SURVEY_FEEDBACK and identified and not answered


def needs_choice(case: Case) -> bool:
    """Whether dissatisfaction shows and no choice to complain was given: what is read as a complaint has been made."""
    if case.choice or case.confirmed_by or case.first.acknowledged:
        return False
    if case.label is Label.COMPLAINT:
        return Flag.NO_COMPLAINT_WISH in case.flags
    return case.unconfirmed or Flag.CHASER in case.flags or Flag.NO_COMPLAINT_WISH in case.flags
