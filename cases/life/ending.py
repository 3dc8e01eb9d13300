"""Closing a case and opening it again."""

from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Event, Kind
from putright.cases.labels import Label
from putright.cases.life.by import By, must_be_a_person, must_be_open
from putright.cases.record import open_items
from putright.cases.records.hazard import all_safe
from putright.cases.records.promises import all_kept
from putright.cases.typed import words


def close(case: Case, by: By, reason: str) -> Event:
    """A person closes the case; an unanswered complaint ends by an act that says how, never by closing alone."""
    must_be_a_person(by, "7.3")
    must_be_open(case)
    reason = words(reason)
    if not reason:
        raise Refused('Say why the case is closed: --reason "…".')
    if case.unconfirmed:
        raise Refused(
            f"Nobody has said yet what {case.reference} is: confirm or change its label first.", "1.2"
        )
    all_kept(case)
    all_safe(case)
    unmet = [x.number for x in open_items(case, Kind.OMBUDSMAN) if x.data["kind"] == "order"]
    if unmet:
        raise Refused(
            f"{case.reference} has an order of the Ombudsman that is not met yet (number {unmet[0]}). Say when it is: "
            f"putright case ombudsman {case.reference} --done {unmet[0]}.",
            "9.7",
        )
    if case.stage and case.label is Label.COMPLAINT and case.at_stage(case.stage).responded is None:
        raise Refused(
            f"{case.reference} has not been answered at stage {case.stage}. Answer it first. If the resident withdrew "
            f'it, in their words: putright case withdraw {case.reference} --reason "…". Else refuse, merge or '
            "reclassify it.",
            "6.14" if case.stage == 2 else "6.3",
        )
    return Event(Kind.CLOSED, by.at, by.actor, {"reason": reason})


def reopen(case: Case, by: By, reason: str) -> Event:
    """A closed case is taken up again, or one that was withdrawn and is open only for what was promised."""
    if not case.closed and not case.withdrawn:
        raise Refused(f"{case.reference} is open.")
    if case.joined_into:
        raise Refused(
            f"{case.reference} is part of {case.joined_into}. To part them: putright case unmerge {case.reference} "
            f"{case.joined_into}."
        )
    if into := case.merged_into:
        raise Refused(
            f"{case.reference} was merged into {into}. To part them: putright case unmerge {case.reference} {into}."
        )
    reason = words(reason)
    if not reason:
        raise Refused('Say why the case is opened again: --reason "…".')
    return Event(Kind.REOPENED, by.at, by.actor, {"reason": reason})
