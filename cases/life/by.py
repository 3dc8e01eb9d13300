"""Who acts and when, and the checks that acts share."""

from dataclasses import dataclass
from datetime import date, datetime

from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.labels import Label
from putright.cases.typed import a_program, name
from putright.cases.working_days import Calendar, in_words, local_day


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, and when (aware). Raises Refused for a name that is none."""

    actor: str
    at: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "actor", name(self.actor, "who acts"))

    @property
    def today(self) -> date:
        return local_day(self.at)


def must_be_a_person(by: By, paragraph: str) -> None:
    """Refuse the machine where a person decides: it proposes and never refuses, answers, confirms or closes."""
    if a_program(by.actor):
        raise Refused(
            "That is decided by a person, never by putright or an account of the machine: say who acts, with --as NAME "
            "or PUTRIGHT_USER.",
            paragraph,
        )


def in_its_time(case: Case, at: datetime, calendar: Calendar) -> None:
    """Refuse an act before the case was received or beyond the days that can be counted."""
    day, received = local_day(at), local_day(case.received)
    if day < received:
        raise Refused(
            f"{case.reference} was received on {in_words(received)}, so nothing can have been done on it on "
            f"{in_words(day)}: check the date."
        )
    if day > calendar.last_day:
        raise Refused(
            f"{in_words(day)} lies beyond the days that can be counted (to {in_words(calendar.last_day)}): "
            "check the date."
        )


def must_be_open(case: Case) -> None:
    if case.closed:
        raise Refused(f"{case.reference} is closed: reopen it first.")


def must_be_complaint(case: Case) -> None:
    must_be_open(case)
    if case.label is not Label.COMPLAINT:
        raise Refused(
            f"{case.reference} is logged as {case.label.words}, not as complaint. "
            "If it is one, change its label first.",
            "1.2",
        )
    if case.withdrawn:
        raise Refused(
            f"The resident withdrew {case.reference} on {in_words(case.withdrawn)}. If they take it up again: "
            f'putright case reopen {case.reference} --reason "…".'
        )
    if case.refused:
        raise Refused(
            f"{case.reference} was refused on {in_words(case.refused)}. If the Ombudsman tells you to take it: "
            f'putright case ombudsman {case.reference} --kind acceptance --what "…". If you take it after all of your '
            f'own accord: putright case reconsider {case.reference} --reason "…".',
            "2.4",
        )
    if case.choice == "declined":
        raise Refused(
            f"The resident chose not to complain. If they do now: putright case choice {case.reference} "
            "--result accepted.",
            "1.3",
        )


def day_between(day: date, earliest: date, today: date, what: str, paragraph: str) -> None:
    """Refuse a day on which `what` cannot have been sent."""
    if day < earliest:
        raise Refused(f"{what} cannot have been sent before {in_words(earliest)}: check the date.", paragraph)
    if day > today:
        raise Refused(f"{what} is recorded once it is sent, and {in_words(day)} has not come yet.", paragraph)
