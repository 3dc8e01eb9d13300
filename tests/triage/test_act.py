"""Acting on a case: refused with its paragraph, refused on a stale view, and what it moves."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlite_utils import Database

from putright.cases import acts
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Event
from putright.cases.labels import Label
from putright.storage import cases, events
from putright.storage.cases import Filter, Row
from putright.storage.errors import StaleView
from putright.triage.act import act, find
from tests.harrowmere import LANDLORD, MONDAY, do, log, on


def row(db: Database, reference: str = "HC-2026-0001") -> Row:
    return next(x for x in cases.listing(db, Filter(closed=None)) if x.reference == reference)


def test_a_case_that_does_not_exist_is_refused_in_words(db: Database) -> None:
    with pytest.raises(Refused, match=r"^There is no case HC-2026-0009\. `putright cases` lists them all\.$"):
        find(db, "HC-2026-0009")


def test_a_refused_act_names_its_paragraph_and_writes_nothing(db: Database) -> None:
    reference = log(db, "complaint: boiler")
    with pytest.raises(Refused, match=r"\(Code 5\.6\)$") as caught:
        do(db, reference, acts.acknowledge)
    assert caught.value.paragraph == "5.6"
    assert len(events.history(db, reference)) == 1


def test_an_act_on_a_case_that_somebody_else_changed_meanwhile_is_refused(db: Database) -> None:
    reference = log(db, "complaint: boiler")

    def decide(case: Case) -> Event:
        do(db, reference, acts.assign, handler="Priya Shah")
        return acts.assign(case, By("Sam Reed", MONDAY), "Sam Reed")

    with pytest.raises(StaleView, match="changed by somebody else"):
        act(db, reference, LANDLORD, MONDAY, decide)
    assert find(db, reference).handler == row(db).handler == "Priya Shah"


def test_a_case_walks_through_both_stages_and_its_next_date_moves_with_it(db: Database) -> None:
    reference = log(db, "complaint: boiler", received=on("2026-11-02"))
    steps: list[tuple[Any, datetime, dict[str, Any], date | None]] = [
        (acts.define, on("2026-11-03"), {"points": ["boiler"], "outcomes": ["repair"]}, date(2026, 11, 9)),
        (acts.acknowledge, on("2026-11-04"), {}, date(2026, 11, 18)),
        (acts.respond, on("2026-11-10"), {"outcome": "upheld"}, None),
        (acts.escalate, on("2026-11-12"), {}, date(2026, 11, 19)),
        (acts.define, on("2026-11-12"), {"points": ["boiler"], "outcomes": ["repair"]}, date(2026, 11, 19)),
        (acts.acknowledge, on("2026-11-13"), {}, date(2026, 12, 11)),
        (acts.respond, on("2026-11-16"), {"outcome": "not upheld", "by": "Ola"}, None),
        (acts.close, on("2026-11-17"), {"reason": "final response sent"}, None),
    ]
    for decide, at, more, due in steps:
        moved = do(db, reference, decide, at=at, **more)
        assert (moved.due_after.due if moved.due_after else None) == due == row(db).next_due
    assert row(db).closed and row(db).stage == 2


def test_a_request_that_becomes_a_complaint_is_timed_as_if_it_had_always_been_one(db: Database) -> None:
    reference = log(db, "request: boiler", received=on("2026-11-10"))
    assert row(db).next_due is None
    moved = do(db, reference, acts.reclassify, label=Label.COMPLAINT, reason="third no show")
    assert moved.due_before is None and moved.due_after is not None
    assert moved.due_after.due == row(db).next_due == date(2026, 11, 17), "already overdue"
    assert row(db).confirmed_by == "Priya Shah"


def test_an_unsure_complaint_that_is_none_loses_its_clock_and_leaves_the_queue(db: Database) -> None:
    reference = log(db, "complaint: ask!")
    moved = do(db, reference, acts.reclassify, label=Label.SERVICE_REQUEST, reason="a first report")
    assert moved.due_before is not None and moved.due_after is None
    assert cases.listing(db, Filter(review=True)) == []
