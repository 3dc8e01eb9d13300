"""Saying what a message is: agreeing with the reading, or setting another label."""

from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import GUIDE, Event, Kind, Shown
from putright.cases.labels import Label
from putright.cases.life.by import By, must_be_a_person, must_be_open
from putright.cases.typed import words


def confirm(case: Case, by: By, *, shown: Shown | None = None) -> Event:
    """A person agrees with the reading; `shown` is why they were shown it."""
    must_be_a_person(by, "1.2")
    must_be_open(case)
    _keeps_complaints(case, case.label)
    if shown is Shown.DISPUTED and not case.confirmed_by:  # nobody has said otherwise
        shown = Shown.AGREED
    return Event(Kind.CONFIRMED, by.at, by.actor, {"label": case.label.value, **_labelled(shown)})


def reclassify(case: Case, by: By, label: Label, reason: str, *, shown: Shown | None = None) -> Event:
    """A person says what the message is. History is kept; the clocks are as if it had always been so.

    The reason may be empty only where the machine asked and nobody has answered yet: nothing sure is overturned.
    """
    must_be_a_person(by, "1.2")
    must_be_open(case)
    reason = words(reason)
    if label is case.label and case.confirmed_by:
        raise Refused(f"{case.reference} is logged as {label.words} already, so there is nothing to change.")
    if label is case.label:
        return confirm(case, by, shown=shown)
    if not reason and not case.unconfirmed:
        who = f"{case.confirmed_by} said" if case.confirmed_by else "putright was sure"
        raise Refused(
            f'Say why, with "because …": {who} that {case.reference} is {case.label.words}, and what overturns '
            "that is kept with its reason.",
            "1.4",
        )
    if label is not Label.COMPLAINT and (case.first.acknowledged or case.escalated):
        raise Refused(
            f"{case.reference} has been acknowledged as a complaint, so it stays one. If the resident withdraws "
            f'it: putright case withdraw {case.reference} --reason "…".',
            "2.1",
        )
    _keeps_complaints(case, label)
    return Event(
        Kind.RECLASSIFIED,
        by.at,
        by.actor,
        {"label": label.value, "was": case.label.value, "reason": reason, **_labelled(shown)},
    )


def _keeps_complaints(case: Case, label: Label) -> None:
    """Refuse a label by which the clocks of a complaint that is part of the case would stop unsaid."""
    if label is not Label.COMPLAINT and (within := case.complaints_within):
        raise Refused(
            f"{within[0]} is a complaint and part of {case.reference}, as the same matter, so its clocks would stop. "
            f"If it is another matter, take it out first: putright case unmerge {within[0]} {case.reference}. If it "
            f"is the same, {case.reference} is a complaint.",
            "1.5",
        )


def _labelled(shown: Shown | None) -> dict[str, str]:
    """What is kept of how a label came about, for those who learn from it."""
    return {"shown": shown.value, "guide": GUIDE} if shown else {}
