"""What a case puts before a person, answered by a click: a join, a request for stage 2, staff's mail as an act."""

from collections.abc import Collection
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

from putright.bot import slack_views
from putright.bot.slack_blocks import Block, escaped, offered, section
from putright.bot.slack_views import View
from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Kind
from putright.cases.offers import RESPONSE, offers
from putright.triage import joins
from putright.triage.act import Moved, find
from putright.triage.eyes import Eyes
from putright.triage.posts import ANSWERS, OFFER, answers_to, headline, offer_words

if TYPE_CHECKING:
    from putright.bot.slack_desk import CaseDesk

_NEED_REASONS = ("not_stage_2", "not_turned")
"""Left only with a reason, which a modal asks for."""
NEED_MORE = (*_NEED_REASONS, RESPONSE)
"""What takes a modal: the reason, or what was decided."""
_LEFT = ("apart", "none", *_NEED_REASONS)


def number_and_verb(name: str) -> tuple[int, str]:
    """The offer that a button answers, and how. Raises ValueError for a button of no offer."""
    kind, number, verb, *_ = name.split(":")
    if kind != OFFER or verb not in ANSWERS:
        raise ValueError(name)
    return int(number), verb


def answer(desk: "CaseDesk", reference: str, name: str, user: str, eyes: Eyes) -> tuple[Moved, str]:
    """Do what a button says, and say what came of it. Raises Refused, StaleView, DatabaseProblem."""
    number, verb = number_and_verb(name)
    with closing(desk.open_db()) as db:
        case = find(db, reference, eyes)
        still_open(case, number)
        if verb in _LEFT:
            joins.decline(db, reference, desk.landlord, desk.by(user), "", number)
            after = find(db, reference)
            due = after.next_due(desk.landlord.calendar, desk.landlord.targets)
            apart = f"{reference} stays a case of its own." if verb == "apart" else "Left."
            return Moved(case, after, due, due, ()), f"{apart} {headline(after, due)}"
        act = verb if verb in ("acknowledgement", "update") else ""
        into = next((x.into for x in offers(case) if x.number == number), "")
        if into:
            find(db, into, eyes)
        moved = joins.accept(db, reference, desk.landlord, desk.by(user), number, act)
    done = f"{reference} is part of {into} now." if into else "Saved."
    return moved, f"{done} {headline(moved.after, moved.due_after)}"


def open_offers(case: Case, unseen: Collection[str] = ()) -> list[Block]:
    """Each open offer of a case with its buttons, for the modal that shows the case; none about what is `unseen`."""
    found: list[Block] = []
    for offer in offers(case):
        if offer.into in unseen:
            continue
        found += [
            section(escaped(f"{offer_words(offer).capitalize()}.")),
            *offered(case.reference, answers_to(offer)),
        ]
    return found


def still_open(case: Case, number: int) -> None:
    """Raises Refused, with who was quicker, where an offer was answered already."""
    if case.joined_into:
        raise Refused(f"{case.reference} is part of {case.joined_into} already.")
    if any(x.number == number for x in offers(case)):
        return
    for event in case.of(Kind.ANSWERED):
        if event.data["offer"] == number:
            how = "taken up" if event.data["accepted"] else "left"
            raise Refused(f"{event.actor} has answered this already: it was {how}.")
    raise Refused(f"{case.reference} has changed since, so there is nothing left to answer here.")


def asking(case: Case, number: int, verb: str, today: date) -> View:
    """The modal that asks for what an answer needs. Raises Refused where the offer was answered already."""
    still_open(case, number)
    if verb != RESPONSE:
        return slack_views.decline(case, number, why_not(case, number))
    return slack_views.respond(case, today, next(x for x in offers(case) if x.number == number))


def why_not(case: Case, number: int) -> list[Block]:
    """What the modal says that asks why an offer is left."""
    why = next((x.why for x in offers(case) if x.number == number), "")
    return [
        section(escaped(f"It is left only with a reason, which is kept with the case. {why.capitalize()}."))
    ]
