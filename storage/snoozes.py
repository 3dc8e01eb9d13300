"""Whose reminder of which case sleeps until when. A deadline is never moved by it."""

from datetime import date

from sqlite_utils import Database


def put(db: Database, case_ref: str, who: str, until: date) -> None:
    """One person is reminded of one case again from `until` on (within the caller's transaction)."""
    db.execute(
        "insert into snoozes (case_ref, who, until) values (?, ?, ?) "
        "on conflict (case_ref, who) do update set until = excluded.until",
        [case_ref, who, until.isoformat()],
    )


def awake(db: Database, who: str, after: date, day: date) -> frozenset[str]:
    """The cases of which this person asked to be reminded again after the day `after` and by `day`."""
    rows = db.execute(
        "select case_ref from snoozes where who = ? and until > ? and until <= ?",
        [who, after.isoformat(), day.isoformat()],
    )
    return frozenset(str(row[0]) for row in rows)


def asleep(db: Database, who: str, day: date) -> frozenset[str]:
    """The cases of which this person is not reminded on `day`."""
    rows = db.execute("select case_ref from snoozes where who = ? and until > ?", [who, day.isoformat()])
    return frozenset(str(row[0]) for row in rows)
