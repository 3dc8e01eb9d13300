"""The table of cases: references that never repeat, rows as lists show them, and the filters."""

import threading
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from putright.cases import acts
from putright.cases.case import Case
from putright.cases.labels import Decision, Flag, Label, ServiceArea
from putright.cases.limits import Clock
from putright.cases.record import record
from putright.cases.records.ending import WITHDRAW
from putright.storage import cases, events
from putright.storage.cases import Filter
from putright.storage.database import open_database, writing
from tests.cases.a_case import Act, assess, on
from tests.storage.a_log import AT, ENGLAND, open_case


def do(db: Database, reference: str, *decide: Act) -> Case:
    """Act on a case as the program does: its events, then its row."""
    case = events.load(db, reference)
    assert case is not None
    for act in decide:
        with writing(db):
            case = events.append(db, reference, [act(case)])
            cases.project(db, case, case.next_due(ENGLAND, {}))
    return case


def references(db: Database, **which: Any) -> list[str]:
    return [row.reference.removeprefix("HC-2026-") for row in cases.listing(db, Filter(**which))]


def test_references_count_within_their_year(db: Database) -> None:
    assert [open_case(db).reference for _ in range(3)] == ["HC-2026-0001", "HC-2026-0002", "HC-2026-0003"]
    assert cases.next_reference(db, 2027) == "HC-2027-0001"


def test_the_ten_thousandth_case_of_a_year_has_a_reference_too(db: Database) -> None:
    open_case(db)
    db.execute("update cases set number = 9999")
    assert open_case(db).reference == "HC-2026-10000"
    assert cases.next_reference(db, 2026) == "HC-2026-10001"


def test_references_never_repeat_when_several_threads_open_cases_at_once(path: Path) -> None:
    open_database(path).close()
    made: list[str] = []
    problems: list[BaseException] = []
    together = threading.Barrier(4)

    def open_some() -> None:
        with closing(open_database(path)) as db:
            together.wait()
            try:
                for _ in range(10):
                    made.append(open_case(db).reference)
            except BaseException as problem:
                problems.append(problem)

    threads = [threading.Thread(target=open_some) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert sorted(made) == [f"HC-2026-{number:04d}" for number in range(1, 41)]
    with closing(open_database(path)) as db:
        assert list(events.broken_links(db)) == [], "and their events make one chain"


def test_a_row_shows_what_the_case_is(db: Database) -> None:
    case = open_case(db, received=datetime(2026, 7, 2, 23, 30, tzinfo=UTC))
    (row,) = cases.listing(db, Filter())
    assert (row.reference, row.label, row.decision) == (case.reference, case.label, case.decision)
    assert (row.area, row.flags, row.stage, row.handler) == (ServiceArea.REPAIRS, (Flag.CHASER,), 1, "")
    assert row.received == case.received and row.received.date() == date(2026, 7, 3), "kept in local time"
    assert (row.next_clock, row.next_due) == (Clock.STAGE_1_ACKNOWLEDGEMENT, date(2026, 7, 10))
    assert (row.next_paragraph, row.provisional, row.closed) == ("6.2", False, None)
    assert (row.unconfirmed, row.confirmed_by) == (False, "")


def test_a_row_of_what_has_no_date(db: Database) -> None:
    open_case(db, label=Label.SURVEY_FEEDBACK)
    (row,) = cases.listing(db, Filter())
    assert (row.stage, row.next_clock, row.next_due, row.next_paragraph) == (0, None, None, "")


def test_writing_a_row_anew_replaces_it(db: Database) -> None:
    case = open_case(db)
    provisional = replace(case.deadlines(ENGLAND, {})[1])
    assert provisional.provisional
    cases.project(db, replace(case, closed=AT), provisional)
    (row,) = cases.listing(db, Filter(closed=True))
    assert (row.closed, row.provisional) == (AT, True)
    assert db.table("cases").count == 1


@pytest.fixture
def some(db: Database) -> Database:
    """Four cases: a complaint acknowledged, a service request, an unsure one, and one withdrawn."""
    priya = on("2026-11-23")
    for other in (
        {},
        {"label": Label.SERVICE_REQUEST, "area": "damp_mould"},
        {"label": Label.OTHER, "decision": Decision.ASK, "received": datetime(2026, 11, 10, 9, tzinfo=UTC)},
        {"received": datetime(2026, 11, 20, 23, 59, tzinfo=UTC)},
    ):
        open_case(db, **other)
    do(
        db,
        "HC-2026-0001",
        lambda c: acts.assign(c, priya, "Priya Shah"),
        lambda c: acts.define(c, priya, ["the leak"], ["a repair"]),
        assess,
        lambda c: acts.acknowledge(c, priya),
    )
    do(db, "HC-2026-0004", lambda c: record(WITHDRAW, c, priya, {"reason": "content now"}))
    return db


@pytest.mark.parametrize(
    ("which", "found"),
    [
        pytest.param({}, ["0003", "0001", "0002"], id="the open ones, soonest due first, undated last"),
        pytest.param({"closed": True}, ["0004"], id="the closed ones"),
        pytest.param({"closed": None}, ["0003", "0001", "0002", "0004"], id="all"),
        pytest.param({"label": Label.COMPLAINT}, ["0001"], id="of one label"),
        pytest.param({"area": ServiceArea.DAMP_MOULD}, ["0002"], id="of one area"),
        pytest.param({"stage": 1}, ["0003", "0001"], id="at stage 1"),
        pytest.param({"stage": 0}, ["0002"], id="at no stage"),
        pytest.param({"handler": "priya shah"}, ["0001"], id="of one handler, however written"),
        pytest.param({"handler": "Priya"}, ["0001"], id="of one handler, by the first name"),
        pytest.param({"handler": "Shah"}, [], id="of nobody by a surname alone"),
        pytest.param({"handler": "Pri"}, [], id="of nobody by half a name"),
        pytest.param({"unassigned": True}, ["0003", "0002"], id="of nobody"),
        pytest.param({"review": True}, ["0003"], id="that nobody has confirmed"),
        pytest.param({"overdue_on": date(2026, 11, 17)}, [], id="overdue: not on the day it is due"),
        pytest.param({"overdue_on": date(2026, 11, 18)}, ["0003"], id="overdue: the day after"),
        pytest.param({"due_until": date(2026, 11, 17)}, ["0003"], id="due until a day, included"),
        pytest.param({"due_from": date(2026, 11, 18)}, ["0001"], id="due from a day"),
        pytest.param(
            {"due_from": date(2026, 12, 7), "due_until": date(2026, 12, 7)}, ["0001"], id="due on one day"
        ),
        pytest.param({"received_until": date(2026, 11, 19)}, ["0003"], id="received until a day"),
        pytest.param(
            {"received_from": date(2026, 11, 20), "received_until": date(2026, 11, 20), "closed": None},
            ["0001", "0002", "0004"],
            id="received on one day, to its last minute",
        ),
        pytest.param({"label": Label.COMPLAINT, "unassigned": True}, [], id="every part must hold"),
    ],
)
def test_filters(some: Database, which: dict[str, Any], found: list[str]) -> None:
    assert references(some, **which) == found


def test_the_row_follows_the_case_to_stage_2(some: Database) -> None:
    later = on("2026-12-01")
    do(
        some,
        "HC-2026-0001",
        lambda c: acts.respond(c, later, "upheld", ["it failed"], impact="cold"),
        lambda c: acts.escalate(c, later),
    )
    (row,) = cases.listing(some, Filter(stage=2))
    assert (row.next_clock, row.next_due) == (Clock.STAGE_2_ACKNOWLEDGEMENT, date(2026, 12, 8))
    assert row.next_paragraph == "6.11"
