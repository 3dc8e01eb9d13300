"""The generator of many cases: what it makes is what the program itself would have made, and the same each time."""

from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.cases import NOW
from benchmarks.many_cases import TODAY, fill
from putright.storage import cases, events
from putright.storage.cases import Filter
from putright.storage.database import open_database
from putright.triage.remind import SHOWN, as_post, digest
from tests.harrowmere import LANDLORD


def test_many_cases_are_accepted_by_the_audit_and_are_the_same_for_the_same_seed(tmp_path: Path) -> None:
    last = set()
    for name in ("one", "two"):
        with closing(open_database(tmp_path / f"{name}.db", clock=lambda: NOW)) as db:
            fill(db, 500, LANDLORD, seed=7)
            assert not list(events.broken_links(db)) and not events.cut_off(db)
            assert cases.count(db, Filter())[0] == 20, "a twenty-fifth is open"
            last.add(db.execute("select hash from events order by id desc limit 1").fetchone()[0])
    assert len(last) == 1


@pytest.mark.parametrize("which", [Filter(overdue_on=TODAY), Filter(review=True), Filter(handler="Priya")])
def test_the_lists_of_many_cases_have_something_on_them(which: Filter, tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "many.db", clock=lambda: NOW)) as db:
        fill(db, 2_000, LANDLORD)
        assert cases.listing(db, which)


def test_a_digest_of_many_cases_says_the_same_whether_all_were_read_or_only_those_it_names(
    tmp_path: Path,
) -> None:
    with closing(open_database(tmp_path / "many.db", clock=lambda: NOW)) as db:
        fill(db, 2_000, LANDLORD)
        whole = digest(db, LANDLORD, TODAY)
        assert len(whole.overdue) > SHOWN, "else nothing is left out"
        assert as_post(digest(db, LANDLORD, TODAY, SHOWN)) == as_post(whole)
