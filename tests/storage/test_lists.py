"""Lists are read along an index, never by looking at every case, and a page of one is a part of the whole."""

from datetime import date

import pytest
from sqlite_utils import Database

from putright.cases import acts
from putright.cases.labels import Label
from putright.storage import cases
from putright.storage.cases import Filter
from tests.harrowmere import do, log, on

DAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("which", "index"),
    [
        (Filter(), "cases_in_order"),
        (Filter(overdue_on=DAY), "cases_by_due"),
        (Filter(due_from=DAY, due_until=DAY), "cases_by_due"),
        (Filter(handlers=("Priya Shah",)), "cases_by_handler"),
        (Filter(handler="priya"), "cases_by_handler"),
        (Filter(unassigned=True, emergency=True), "cases_by_handler"),
        (Filter(review=True), "cases_to_review"),
        (Filter(closed=None, received_from=DAY, received_until=DAY), "cases_by_received"),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)
def test_a_list_is_read_along_an_index(which: Filter, index: str, db: Database) -> None:
    log(db, "complaint: a", received=on("2026-11-10"))
    do(db, "HC-2026-0001", acts.assign, handler="Priya Shah")
    asked: list[str] = []
    db.conn.set_trace_callback(asked.append)
    cases.listing(db, which, 10)
    db.conn.set_trace_callback(None)
    statement = next(x for x in asked if x.startswith("select reference, label"))
    plan = " ".join(row[3] for row in db.execute(f"explain query plan {statement}"))
    assert index in plan, plan


def test_pages_of_a_list_make_the_whole(db: Database) -> None:
    for day in ("2026-11-12", "2026-11-10", "2026-11-16", "2026-11-11", "2026-11-13"):
        log(db, f"complaint: {day}", received=on(day))
    log(db, "request: no date", received=on("2026-11-09"))
    do(db, "HC-2026-0002", acts.reclassify, label=Label.OTHER, reason="a mistake")
    whole = cases.listing(db, Filter())
    pages = [x for at in (0, 2, 4) for x in cases.listing(db, Filter(), 2, at)]
    assert pages == whole and len(whole) == 6


@pytest.mark.parametrize(
    ("asked", "found"),
    [("priya", 1), ("PRIYA SHAH", 1), ("Pri", 0), ("Priya%", 0), ("", 1), ("Zoë", 1), ("ZOË", 1)],
)
def test_a_handler_is_found_by_first_or_whole_name(asked: str, found: int, db: Database) -> None:
    for day, name in (("2026-11-10", "Priya Shah"), ("2026-11-11", "Zoë Reed"), ("2026-11-12", "")):
        reference = log(db, f"complaint: {day}", received=on(day))
        if name:
            do(db, reference, acts.assign, handler=name)
    assert len(cases.listing(db, Filter(handler=asked))) == found
    assert cases.handlers(db) == ["Priya Shah", "Zoë Reed"]


def test_a_page_of_somebodys_cases_is_read_without_sorting_them_all(db: Database) -> None:
    log(db, "complaint: a", received=on("2026-11-10"))
    do(db, "HC-2026-0001", acts.assign, handler="Priya Shah")
    asked: list[str] = []
    db.conn.set_trace_callback(asked.append)
    cases.listing(db, Filter(handler="Priya Shah"), 10)
    db.conn.set_trace_callback(None)
    plan = " ".join(row[3] for row in db.execute(f"explain query plan {asked[-1]}"))
    assert "cases_by_handler" in plan and "TEMP B-TREE" not in plan
