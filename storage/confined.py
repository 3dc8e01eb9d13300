"""The table of who may see a confined case, so that lists and counts leave it out for everybody else."""

from collections.abc import Sequence

from sqlite_utils import Database

from putright.cases.case import Case
from putright.cases.typed import letters


def project(db: Database, case: Case) -> None:
    """Write who may see a case anew (within the caller's transaction); no row where everybody may."""
    db.execute("delete from confined where case_ref = ?", [case.reference])
    if case.confined is None:
        return
    # a row of nobody stands for the case that nobody but leads may see
    for who in {"", *(letters(x) for x in case.seers)}:
        db.execute("insert into confined (case_ref, who) values (?, ?)", [case.reference, who])


def hidden(db: Database, seen_by: Sequence[str] | None) -> frozenset[str]:
    """The cases that somebody of these names may not see; none for None, who sees all."""
    if seen_by is None:
        return frozenset()
    clause, values = hidden_from(seen_by)
    return frozenset(row[0] for row in db.execute(clause, values))


def hidden_from(seen_by: Sequence[str]) -> tuple[str, list[object]]:
    """The same as a query with its values, to stand in another."""
    names = [x for x in map(letters, seen_by) if x]
    return (
        f"select case_ref from confined group by case_ref having total(who in ({', '.join('?' * len(names))})) = 0",
        list(names),
    )


def is_confined(db: Database, reference: str) -> bool:
    """Whether only some may see a case."""
    return bool(db.execute("select 1 from confined where case_ref = ? limit 1", [reference]).fetchone())
