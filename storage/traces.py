"""What ties one mail to another: its ids, those it answers, whose it is, and what the original said."""

from collections.abc import Iterable

from sqlite_utils import Database

Trace = tuple[str, str]
"""(kind, value)."""


def save(db: Database, intake_id: int, traces: Iterable[Trace]) -> None:
    """Keep a message's traces (within the caller's transaction)."""
    db.conn.executemany(
        "insert or ignore into traces (kind, trace, intake_id) values (?, ?, ?)",
        [(kind, trace, intake_id) for kind, trace in traces],
    )


def cases_with(db: Database, value: str, *kinds: str) -> list[str]:
    """The cases whose messages left that trace, each once, the oldest message's first."""
    marks = ", ".join("?" * len(kinds))
    rows = db.execute(
        f"select m.case_ref from traces t join messages m on m.intake_id = t.intake_id where t.kind in ({marks}) "
        "and t.trace = ? and m.case_ref is not null group by m.case_ref order by min(m.intake_id)",
        [*kinds, value],
    )
    return [row[0] for row in rows]
