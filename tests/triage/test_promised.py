"""What a morning names beside the Code's clocks: promises that are due, and Awaab's Law until it is answered."""

from datetime import date

import pytest
from sqlite_utils import Database

from putright.cases import acts
from putright.cases.errors import Refused
from putright.cases.record import record
from putright.cases.records.index import ACTS
from putright.triage.remind import SHOWN, as_post, digest
from tests.harrowmere import LANDLORD, PRIVATE, do, log, on

BY_VERB = {x.verb: x for x in ACTS}


def recorded(db: Database, reference: str, verb: str, day: str = "2026-11-23", **given: object) -> None:
    """One record on a case, by Priya Shah at noon."""
    do(db, reference, lambda case, by: record(BY_VERB[verb], case, by, given), at=on(day, 12))


def lines(db: Database, day: str, title: str) -> list[str]:
    """What a section of that morning's digest says below its title."""
    said = as_post(digest(db, LANDLORD, date.fromisoformat(day), SHOWN)).lines
    assert not [x for x in PRIVATE if x in "\n".join(said)]
    at = next((n for n, x in enumerate(said) if x.startswith(title)), None)
    if at is None:
        return []
    rest = said[at + 1 :]
    end = next((n for n, x in enumerate(rest) if not x.startswith("  ")), len(rest))
    return [x.strip() for x in rest[:end]]


def test_promises_are_named_on_their_day_until_they_are_kept(db: Database) -> None:
    reference = log(db, "complaint: mushrooms")
    do(db, reference, acts.assign, handler="Priya Shah")
    recorded(db, reference, "update", what="told how it stands", next=date(2026, 11, 26))
    recorded(db, reference, "action", what="mend the mushrooms", due=date(2026, 11, 25), owner="Lee Moss")
    assert lines(db, "2026-11-24", "Promised") == []
    assert lines(db, "2026-11-25", "Promised") == [
        f"{reference}  action promised for Wed 25 Nov 2026, Lee Moss"
    ]
    assert lines(db, "2026-11-26", "Promised") == [
        f"{reference}  action promised for Wed 25 Nov 2026, Lee Moss",
        f"{reference}  update promised for Thu 26 Nov 2026, Priya Shah",
    ]
    recorded(db, reference, "action", "2026-11-26", done=1, evidence="photo")
    assert len(lines(db, "2026-11-26", "Promised")) == 1


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-30", []),
        ("2026-12-01", ["investigate by Fri 4 Dec 2026 (10 working days), unassigned"]),
        ("2026-12-09", ["OVERDUE: investigate by Fri 4 Dec 2026 (10 working days), unassigned"]),
    ],
    ids=["four working days before", "three before", "missed"],
)
def test_a_significant_hazard_is_named_until_it_was_investigated(
    day: str, said: list[str], db: Database
) -> None:
    reference = log(db, "request: mushrooms", received=on("2026-11-20"))
    aware = {"kind": "significant", "of": "damp-mould", "aware": on("2026-11-20"), "reason": "a baby"}
    recorded(db, reference, "hazard", "2026-11-20", **aware)
    assert lines(db, day, "Awaab") == [f"{reference}  {x}" for x in said]
    recorded(db, reference, "hazard", "2026-12-01", **aware, investigated=date(2026, 12, 1))
    assert lines(db, "2026-12-02", "Awaab")[0].startswith(
        f"{reference}  written summary of findings to the tenant by Fri 4 Dec 2026"
    )
    assert not [x for x in lines(db, "2026-12-09", "Awaab") if "investigate" in x]


def test_an_emergency_is_named_with_its_hour_and_not_on_a_closed_case(db: Database) -> None:
    reference = log(db, "request: mushrooms", received=on("2026-11-23"))
    recorded(
        db, reference, "hazard", kind="emergency", of="fire", aware=on("2026-11-23", 11), reason="sparks"
    )
    (line,) = lines(db, "2026-11-24", "Awaab")
    assert "investigate and make safe by Tue 24 Nov 2026 11:00 (24 hours)" in line
    recorded(db, reference, "hazard-step", "2026-11-24", step="made-safe")
    do(db, reference, acts.close, reason="made safe", at=on("2026-11-24", 13))
    assert lines(db, "2026-11-24", "Awaab") == []


def test_who_declared_a_conflict_of_interest_is_not_given_the_case(db: Database) -> None:
    reference = log(db, "complaint: mushrooms")
    recorded(db, reference, "conflict", person="Lee Moss", what="a cousin", dealt_with="given to another")
    with pytest.raises(Refused, match=r"conflict of interest.*\(Code 5\.8\)"):
        do(db, reference, acts.assign, handler="lee  MOSS")
    assert do(db, reference, acts.assign, handler="Priya Shah").after.handler == "Priya Shah"
