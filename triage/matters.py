"""Acts on two cases at once: split, complain, link, merge, unmerge, a new issue. All is written, or nothing."""

from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from putright.cases import acts
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Event
from putright.cases.labels import Label
from putright.cases.life import matters
from putright.cases.life.by import must_be_a_person
from putright.cases.life.matters import How
from putright.storage import cases, events
from putright.storage.database import writing
from putright.triage.act import find_to_act
from putright.triage.landlord import Landlord


@dataclass(frozen=True, slots=True)
class Both:
    """The case that was acted on and the other one, as they stand after it; no other where none was opened."""

    case: Case
    other: Case | None = None


class Pair:
    """The database, the landlord and who acts, for the acts below. Each raises Refused, StaleView, DatabaseProblem."""

    def __init__(self, db: Database, landlord: Landlord, by: By) -> None:
        self.db = db
        self.landlord = landlord
        self.by = by

    def link(self, reference: str, other: str) -> Both:
        one, two = self._find(reference), self._find(other)
        with writing(self.db):
            return Both(
                self._write(one, matters.link(one, self.by, other)),
                self._write(two, matters.link(two, self.by, reference)),
            )

    def split(
        self,
        reference: str,
        label: Label,
        points: tuple[str, ...],
        outcomes: tuple[str, ...],
        day: date | None,
    ) -> Both:
        """A further case out of the same message, with points, label and clock of its own."""
        case = self._find(reference)
        matters.splits(case, points)
        return self._open(case, label, points, outcomes, day, How.SPLIT_INTO, How.SPLIT_FROM)

    def complain(self, reference: str, point: str, outcomes: tuple[str, ...], day: date | None) -> Both:
        """A complaint about how a request was handled: received when it was said, and the request stays open (1.5)."""
        case = self._find(reference)
        said = matters.complains(case, point)
        return self._open(
            case, Label.COMPLAINT, (said,), outcomes, day or self.by.today, How.COMPLAINT, How.REQUEST
        )

    def merge(self, reference: str, into: str) -> Both:
        one, two = self._find(reference), self._find(into)
        ended, goes_on = matters.merge(one, self.by, two)
        with writing(self.db):
            return Both(self._write(one, *ended), self._write(two, *goes_on))

    def unmerge(self, reference: str, into: str) -> Both:
        one, two = self._find(reference), self._find(into)
        again, without = matters.unmerge(one, self.by, two)
        with writing(self.db):
            return Both(self._write(one, *again), self._write(two, *without))

    def add_issue(
        self,
        reference: str,
        text: str,
        outcomes: tuple[str, ...],
        related: bool,
        delays: bool,
        day: date | None = None,
    ) -> Both:
        """An issue raised on a day (today) of the investigation: into the definition, or a complaint of its own (6.8).

        A complaint of its own counts as received on that day.
        """
        case = self._find(reference)
        raised = matters.issue(case, self.by, text, related, delays, day)
        if not raised.data["joins"]:
            return self._open(
                case,
                Label.COMPLAINT,
                (raised.data["issue"],),
                outcomes,
                day or self.by.today,
                How.RELATED,
                How.RELATED,
                raised,
            )
        held = case.at_stage(case.stage).definition
        if not held.by:
            raise Refused(
                f"Nobody has confirmed the definition of {reference} yet, so there is nothing for an issue to join. "
                f'Confirm it with this as one of its points: putright case define {reference} --point "…" '
                '--outcome "…" (or --asked "…").',
                "5.6",
            )
        defined = acts.define(
            case,
            self.by,
            (*held.points, raised.data["issue"]),
            (*held.outcomes, *outcomes),
            not_ours={n: x[4:] for n, x in enumerate(held.responsible, 1) if x.startswith("no: ")},
            unclear=[n for n, x in enumerate(held.responsible, 1) if x == "unclear"],
            asked=held.asked,
        )
        with writing(self.db):
            return Both(self._write(case, raised, defined))

    def _find(self, reference: str) -> Case:
        must_be_a_person(self.by, "1.2")
        return find_to_act(self.db, reference, self.landlord, self.by.at)

    def _open(
        self,
        case: Case,
        label: Label,
        points: tuple[str, ...],
        outcomes: tuple[str, ...],
        day: date | None,
        to_new: How,
        from_new: How,
        *first: Event,
    ) -> Both:
        received = matters.receipt(case, self.by, day)
        opening = matters.opened_from(case, self.by, label, received, points, outcomes)
        with writing(self.db):
            reference = cases.next_reference(self.db, self.by.today.year)
            new = events.append(self.db, reference, [opening])
            new = self._write(new, matters.link(new, self.by, case.reference, from_new))
            return Both(self._write(case, *first, matters.link(case, self.by, reference, to_new)), new)

    def _write(self, case: Case, *done: Event) -> Case:
        after = events.append(self.db, case.reference, done, expected_version=case.version)
        cases.project(self.db, after, after.next_due(self.landlord.calendar, self.landlord.targets))
        return after
