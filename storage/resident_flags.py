"""What a housing system says of a resident, by their e-mail address or their reference there, for when they write."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlite_utils import Database

from putright.storage.database import writing


@dataclass(frozen=True, slots=True)
class ResidentFlag:
    """One flag: whose (an address in small letters, or a reference in capitals), what, its review, from where."""

    who: str
    what: str
    review: date | None = None
    source: str = ""


def put(db: Database, flag: ResidentFlag, now: datetime) -> None:
    """Keep a flag; the same one of the same person is kept once, as it came last."""
    with writing(db):
        db.execute(
            "insert into resident_flags (who, what, review, source, imported) values (?, ?, ?, ?, ?) "
            "on conflict (who, what) do update set review = excluded.review, source = excluded.source, "
            "imported = excluded.imported",
            [
                flag.who,
                flag.what,
                flag.review.isoformat() if flag.review else None,
                flag.source,
                now.astimezone(UTC).isoformat(),
            ],
        )


def of(db: Database, who: Collection[str]) -> list[ResidentFlag]:
    """The flags of whoever is known by one of these."""
    rows = db.execute(
        "select who, what, review, source from resident_flags where who in (select value from json_each(?)) "
        "order by who, what",
        [json.dumps(sorted(who))],
    )
    return [ResidentFlag(x[0], x[1], date.fromisoformat(x[2]) if x[2] else None, x[3]) for x in rows]


def there_are_any(db: Database) -> bool:
    """Whether anybody has a flag: where nobody has, no message is looked through for whose it is."""
    return bool(db.execute("select 1 from resident_flags limit 1").fetchone())
