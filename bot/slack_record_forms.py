"""The modals of every recorded act, from the same tables as the commands of the terminal, and of ending an item."""

from collections.abc import Callable, Mapping
from typing import Any

from putright.bot.slack_blocks import Block, escaped, sections
from putright.bot.slack_fields import Values
from putright.bot.slack_form import Form, Opening, always, help_of, of_fields
from putright.bot.slack_inputs import asked, menu, option, typed
from putright.bot.slack_views import View, modal
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Event, Kind
from putright.cases.life.by import must_be_complaint
from putright.cases.record import Act, Item, open_items, record
from putright.cases.records.assessment import ASSESS
from putright.cases.records.contact import CHOICE, SATISFACTION, UPDATE
from putright.cases.records.evidence import EVIDENCE
from putright.cases.records.hazard import HAZARD_STEP
from putright.cases.records.index import ACTS
from putright.cases.records.promises import ACTS as PROMISES
from putright.cases.records.refusal import RECONSIDER
from putright.cases.working_days import in_words
from putright.triage.landlord import Landlord
from putright.triage.updates import next_update

_ENDED = {act.kind.value: act for act in (*PROMISES, *(x for x in ACTS if x.item and x not in PROMISES))}
"""The acts whose items are ended later; what was promised comes first."""

_FILLED: Mapping[str, Callable[[Opening], Mapping[str, Any]]] = {
    ASSESS.verb: lambda on: {"vulnerability": "none known", "risk": "none known"},
    UPDATE.verb: lambda on: {"next": next_update(on.case, on.landlord, on.by.today, on.by.today)},
}
_WANTED: Mapping[str, Callable[[Case], bool]] = {
    CHOICE.verb: lambda case: not case.first.acknowledged,
    RECONSIDER.verb: lambda case: bool(case.refused or case.stage_2_refused),
    SATISFACTION.verb: lambda case: case.closed is not None,
    EVIDENCE.verb: lambda case: bool(case.at_stage(case.stage).definition.points),
    HAZARD_STEP.verb: lambda case: bool(case.of(Kind.HAZARD)),
}
"""What the menu looks at beside whether the case is open and a complaint."""


def _points(case: Case) -> list[Block]:
    points = case.at_stage(case.stage).definition.points
    return sections([escaped(f"{number}. {words}") for number, words in enumerate(points, 1)])


def form_of(act: Act) -> Form:
    """The modal of one act."""

    def decide(case: Case, by: By, given: Values, landlord: Landlord) -> Event:
        if act is UPDATE and not given.get("next"):
            given = {**given, "next": next_update(case, landlord, given.get("on") or by.today, by.today)}
        return record(act, case, by, given)

    def wanted(case: Case) -> bool:
        if case.closed and not act.closed:
            return False
        if act.complaint:
            try:
                must_be_complaint(case)
            except Refused:
                return False
        return _WANTED.get(act.verb, always)(case)

    return of_fields(
        act.verb,
        help_of(act.help),
        act.fields,
        decide=decide,
        filled=_FILLED.get(act.verb, lambda _: {}),
        above=_points if act is EVIDENCE else lambda _: [],
        wanted=wanted,
    )


def still_open(case: Case) -> list[tuple[Act, Item]]:
    """Every item of a case that has not ended, what was promised first."""
    return [(act, item) for act in _ENDED.values() for item in open_items(case, act.kind)]


def _done(on: Opening) -> View:
    found = still_open(on.case)
    if not found:
        raise Refused(f"Nothing that was promised on {on.case.reference} is open any more.")
    promised = all(act in PROMISES for act, _ in found)
    known = (
        "How it is known to be done (Code 7.3)" if promised else "How it is known to be done, or why it ended"
    )
    return modal(
        "done",
        "Action done",
        on.case,
        [
            asked("promise", "What is done", menu(option(_item_words(*x), _value(*x)) for x in found)),
            asked("evidence", known, typed(many=True), hint="A job number, a receipt, the resident's word."),
        ],
    )


def _value(act: Act, item: Item) -> str:
    return f"{act.kind.value}:{item.number}"


def _item_words(act: Act, item: Item) -> str:
    by = f" (by {in_words(item.due)})" if item.due else ""
    kind = "" if act in PROMISES else f"{act.verb.capitalize()} "
    return f"{kind}{item.number}. {item.data['what']}{by}"


def _ends(case: Case, by: By, values: Values, landlord: Landlord) -> Event:
    kind, _, number = str(values["promise"] or "").partition(":")
    act = _ENDED[kind]
    return record(act, case, by, {"done": int(number), act.ended[0].key: values["evidence"]})


DONE = Form(
    _done,
    _ends,
    help="Something promised is done, or has ended.",
    wanted=lambda case: bool(still_open(case)),
    field="evidence",
)
FORMS = {**{act.verb: form_of(act) for act in ACTS}, "done": DONE}
