"""By which calendar, targets and limits the dates in the lists were worked out last."""

import json
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database


def read(db: Database) -> dict[str, Any] | None:
    """What was written last, or None when nothing ever was."""
    row = db.execute("select rules from timed_by").fetchone()
    return json.loads(row[0]) if row else None


def write(db: Database, rules: Mapping[str, Any]) -> None:
    """Put this in the place of what was there (within the caller's transaction)."""
    db.execute("insert or replace into timed_by values (1, ?)", [json.dumps(rules)])


def spanning(db: Database, days: list[str]) -> list[str]:
    """The open cases with a due date that may have been counted over one of these days (ISO), in order."""
    rows = db.execute(
        "select reference from cases where closed is null and next_due >= ? and exists (select 1 from json_each(?) "
        "where value between substr(received, 1, 10) and next_due) order by next_due, year, number",
        [min(days), json.dumps(days)],
    )
    return [row[0] for row in rows]


def still_open(db: Database) -> list[str]:
    """Every open case, in order."""
    rows = db.execute("select reference from cases where closed is null order by year, number")
    return [row[0] for row in rows]
