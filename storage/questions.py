"""Who asked what and when, and who was refused what: rows that are added, never changed, and kept for a set time."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database

from putright.storage.database import writing


@dataclass(frozen=True, slots=True)
class Asked:
    """One question or refused act, without the words that were typed and without a resident's name."""

    at: datetime
    who: str
    """A Slack id, or who asked on the terminal."""
    intent: str
    """As `putright ask --parse` names it; of a click that was refused `case:` and its name."""
    slots: Mapping[str, Any]
    answered: int = 0
    """How many cases the answer named."""
    refused: str = ""
    """Why nothing was answered or done, in a word; empty where it was."""


def add(db: Database, asked: Asked) -> None:
    """Keep one."""
    with writing(db):
        db.execute(
            "insert into questions (at, who, intent, slots, answered, refused) values (?, ?, ?, ?, ?, ?)",
            [
                asked.at.astimezone(UTC).isoformat(),
                asked.who,
                asked.intent,
                json.dumps(dict(asked.slots)),
                asked.answered,
                asked.refused,
            ],
        )


def since(db: Database, moment: datetime) -> list[Asked]:
    """All from a moment on, the oldest first."""
    rows = db.execute(
        "select at, who, intent, slots, answered, refused from questions where at >= ? order by at, id",
        [moment.astimezone(UTC).isoformat()],
    )
    return [Asked(datetime.fromisoformat(x[0]), x[1], x[2], json.loads(x[3]), int(x[4]), x[5]) for x in rows]


def forget_before(db: Database, moment: datetime) -> int:
    """Remove what is older than it is kept; how many that were."""
    stamp = moment.astimezone(UTC).isoformat()
    if not db.execute("select 1 from questions where at < ? limit 1", [stamp]).fetchone():
        return 0
    with writing(db):
        return int(db.execute("delete from questions where at < ?", [stamp]).rowcount)
