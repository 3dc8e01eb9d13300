"""The table of what cases owe beside the Code's clocks, so that lists of it are quick."""

from sqlite_utils import Database

from putright.cases.case import Case
from putright.cases.duties import duties


def project(db: Database, case: Case) -> None:
    """Write a case's duties anew (within the caller's transaction)."""
    db.execute("delete from duties where case_ref = ?", [case.reference])
    rows = [
        (case.reference, place, x.kind.value, x.due.isoformat() if x.due else None, x.owner)
        for place, x in enumerate(duties(case))
    ]
    for row in rows:
        db.execute("insert into duties (case_ref, place, kind, due, owner) values (?, ?, ?, ?, ?)", row)


def owners(db: Database) -> list[str]:
    """Everybody who owes something."""
    rows = db.execute(
        "with recursive each(name) as (select min(owner) from duties where owner > '' "
        "union all select (select min(owner) from duties where owner > name) from each where name is not null) "
        "select name from each where name is not null"
    )
    return [row[0] for row in rows]
