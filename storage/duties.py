"""The table of what cases owe beside the Code's clocks, so that lists of it are quick."""

from collections.abc import Sequence
from datetime import date

from sqlite_utils import Database

from putright.cases.case import Case
from putright.cases.duties import Duty, Owed, duties
from putright.storage import confined


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


def due(
    db: Database, kinds: Sequence[Owed], day: date, limit: int, seen_by: Sequence[str] | None = None
) -> tuple[int, list[tuple[str, Duty]]]:
    """How many duties of these kinds are due by a day, and the first of them with their cases, the oldest first.

    Only on cases that somebody of the names `seen_by` may see; None sees all.
    """
    condition = f"from duties where kind in ({', '.join('?' * len(kinds))}) and due is not null and due <= ?"
    values: list[object] = [*(x.value for x in kinds), day.isoformat()]
    if seen_by is not None:
        clause, names = confined.hidden_from(seen_by)
        condition += f" and case_ref not in ({clause})"
        values += names
    number = db.execute(f"select count(*) {condition}", values).fetchone()[0]
    rows = db.execute(
        f"select case_ref, kind, due, owner {condition} order by due, case_ref, place limit ?",
        [*values, limit],
    )
    return number, [(x[0], Duty(Owed(x[1]), date.fromisoformat(x[2]), x[3])) for x in rows]
