"""When each source of mail was last looked at with success, and since when it cannot be."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlite_utils import Database

from putright.storage.database import writing

NOTED_SECONDS = 60.0
"""A good look is written down at most this often: some sources are looked at each second."""


@dataclass(frozen=True, slots=True)
class Look:
    """One source. `good_at` is the last good look, None when there never was one.

    `bad_since` is the first look that failed since then, with the last failure's `problem`; `told` says whether the
    alarm was raised. All moments are aware.
    """

    account: str
    good_at: datetime | None = None
    bad_since: datetime | None = None
    problem: str = ""
    told: bool = False


def of(db: Database, account: str) -> Look:
    """What is known of one source; nothing when it was never looked at."""
    row = db.execute(
        "select account, good_at, bad_since, problem, told from looks where account = ?", [account]
    ).fetchone()
    if row is None:
        return Look(account)
    return Look(row[0], _moment(row[1]), _moment(row[2]), row[3], bool(row[4]))


def every(db: Database) -> list[Look]:
    """Each source that is known, by name."""
    return [of(db, row[0]) for row in db.execute("select account from looks order by account").fetchall()]


def keep_only(db: Database, accounts: Collection[str]) -> None:
    """Forget sources that are no longer set up."""
    gone = [look.account for look in every(db) if look.account not in accounts]
    if gone:
        with writing(db):
            for account in gone:
                db.execute("delete from looks where account = ?", [account])


def good(db: Database, account: str, now: datetime) -> None:
    """It was looked at with success just now (within the caller's transaction, or one of its own)."""
    before = of(db, account)
    recent = before.good_at is not None and abs((now - before.good_at).total_seconds()) < NOTED_SECONDS
    if recent and before.bad_since is None and not before.told:
        return
    with writing(db):
        db.execute(
            "insert into looks (account, good_at) values (?, ?) "
            "on conflict do update set good_at = excluded.good_at, bad_since = null, problem = '', told = 0",
            [account, _stamp(now)],
        )


def bad(db: Database, account: str, problem: str, now: datetime) -> None:
    """It could not be looked at. `problem` is one plain sentence without a personal detail."""
    before = of(db, account)
    if before.bad_since is not None and before.problem == problem:
        return
    with writing(db):
        db.execute(
            "insert into looks (account, bad_since, problem) values (?, ?, ?) "
            "on conflict do update set bad_since = coalesce(bad_since, excluded.bad_since), problem = excluded.problem",
            [account, _stamp(now), problem],
        )


def told(db: Database, account: str) -> None:
    """The alarm was raised (within the caller's transaction)."""
    db.execute(
        "insert into looks (account, told) values (?, 1) on conflict do update set told = 1", [account]
    )


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
