"""What came in: raw bytes by fingerprint, every path they came by, and how far each has got.

States: `stored` (waiting), `logged` (opened a case), `joined` (joined one), `parked` (machine mail, with the
reason), `quarantined` (could not be read; a stub case asks a person). A second path to known bytes adds a
location and nothing else.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlite_utils import Database

from putright.storage.database import writing

MAX_ATTEMPTS = 3
"""A message that stops the program this often is put in quarantine (design: counted before the parse)."""

Location = tuple[str, str, int, str]
"""(account, folder, uidvalidity, uid)."""


@dataclass(frozen=True, slots=True)
class Item:
    """One row of intake."""

    id: int
    fingerprint: str
    source: str
    arrived: datetime
    raw: bytes
    state: str
    attempts: int
    reason: str
    case_ref: str | None


_COLUMNS = "id, fingerprint, source, arrived, bytes, state, attempts, reason, case_ref"


def knows(db: Database, location: Location) -> bool:
    """Whether what is in this very place was seen before.

    A place that was emptied since is not known: what is there now came later, even under a number that some
    servers give twice.
    """
    return bool(
        db.execute(
            "select 1 from locations where account = ? and folder = ? and uidvalidity = ? and uid = ? and moved = 0",
            location,
        ).fetchone()
    )


def holds(db: Database, fingerprint: str) -> bool:
    """Whether these bytes came in before, by whatever path."""
    return bool(db.execute("select 1 from intake where fingerprint = ?", [fingerprint]).fetchone())


def store(
    db: Database, *, fingerprint: str, source: str, location: Location, raw: bytes, arrived: datetime
) -> tuple[int, bool]:
    """Commit the bytes and where they were found. Gives the intake id and whether the bytes were new."""
    with writing(db):
        row = db.execute("select id from intake where fingerprint = ?", [fingerprint]).fetchone()
        if row:
            intake_id = int(row[0])
        else:
            intake_id = db.execute(
                "insert into intake (fingerprint, source, arrived, bytes) values (?, ?, ?, ?) returning id",
                [fingerprint, source, arrived.isoformat(), raw],
            ).fetchone()[0]
        # A place that held another mail before keeps that on record, under its number and a mark.
        db.execute(
            "update locations set uid = uid || '~' || intake_id "
            "where account = ? and folder = ? and uidvalidity = ? and uid = ? and intake_id != ?",
            [*location, intake_id],
        )
        db.execute(
            "insert into locations (account, folder, uidvalidity, uid, intake_id) values (?, ?, ?, ?, ?) "
            "on conflict do update set moved = 0",
            [*location, intake_id],
        )
    return intake_id, row is None


def case_at(db: Database, location: Location) -> str | None:
    """The case that the message found at `location` became or joined, or None."""
    row = db.execute(
        "select i.case_ref from locations l join intake i on i.id = l.intake_id "
        "where l.account = ? and l.folder = ? and l.uidvalidity = ? and l.uid = ?",
        location,
    ).fetchone()
    return row[0] if row else None


def known_at(db: Database, location: Location) -> bool:
    """Whether a message was ever found at `location`."""
    return bool(
        db.execute(
            "select 1 from locations where account = ? and folder = ? and uidvalidity = ? and uid = ?",
            location,
        ).fetchone()
    )


def heard_until(db: Database, account: str, folder: str) -> str | None:
    """The time (a Slack `ts`) until which a channel is known to be read whole, or None if it never was."""
    row = db.execute("select until from heard where account = ? and folder = ?", [account, folder]).fetchone()
    return str(row[0]) if row else None


def heard_places(db: Database, account: str) -> list[str]:
    """The places of an account that were read back, or are to be."""
    rows = db.execute("select folder from heard where account = ? order by folder", [account])
    return [str(row[0]) for row in rows.fetchall()]


def heard(db: Database, account: str, folder: str, until: str) -> None:
    """A channel was read whole until then; say so only after what was read is stored."""
    with writing(db):
        db.execute("insert or replace into heard values (?, ?, ?)", [account, folder, until])


def waiting(db: Database) -> list[int]:
    """The ids still to be processed, oldest first; not what waits for a file of its own to be fetched, or for the
    mail that such a file is, nor what was said in the thread of that.
    """
    stored = {row[0] for row in db.execute("select id from intake where state = 'stored'")}
    held_back = {
        row[0]
        for row in db.execute(
            "select i.id from intake i join shared_files f on f.intake_id = i.id "
            "left join intake m on m.id = f.mail_id "
            "where i.state = 'stored' and (f.state = 'waiting' or m.state = 'stored')"
        )
    }
    if held_back:
        held_back |= _in_threads_of(db, held_back, stored - held_back)
    return sorted(stored - held_back)


def _in_threads_of(db: Database, first: set[int], others: set[int]) -> set[int]:
    """Those of the others that were said in Slack in the thread of one of the first."""
    begun = {path for one in first for path in paths(db, one)}
    found = set()
    for one in others:
        row = db.execute("select source, bytes from intake where id = ?", [one]).fetchone()
        thread = json.loads(row[1])["thread_ts"] if row[0] == "slack" else ""
        if thread and begun & {(account, folder, 0, thread) for account, folder, _, _ in paths(db, one)}:
            found.add(one)
    return found


def item(db: Database, intake_id: int) -> Item:
    """One row. Raises LookupError when there is none."""
    row = db.execute(f"select {_COLUMNS} from intake where id = ?", [intake_id]).fetchone()
    if row is None:
        raise LookupError(f"nothing was taken in under number {intake_id}")
    return Item(row[0], row[1], row[2], datetime.fromisoformat(row[3]), *row[4:])


def settle(
    db: Database, intake_id: int, state: str, at: datetime, *, reason: str = "", case_ref: str | None = None
) -> None:
    """Say what became of it, and when (within the caller's transaction)."""
    db.execute(
        "update intake set state = ?, reason = ?, case_ref = ?, settled_at = ?, claimed_by = '', "
        "claimed_until = null where id = ?",
        [state, reason, case_ref, at.astimezone(UTC).isoformat(), intake_id],
    )


def paths(db: Database, intake_id: int) -> list[Location]:
    """Every place the same bytes were found in."""
    return list(
        db.execute(
            "select account, folder, uidvalidity, uid from locations where intake_id = ? order by account, folder",
            [intake_id],
        )
    )


def paths_in_words(db: Database, message_id: str) -> list[str]:
    """Every place a message was found in, for people: the account and the folder."""
    rows = db.execute(
        "select distinct l.account, l.folder from messages m join locations l on l.intake_id = m.intake_id "
        "where m.id = ? order by 1, 2",
        [message_id],
    )
    return [f"{account} {folder}".strip() for account, folder in rows]


def to_move(db: Database, account: str) -> list[tuple[Location, str]]:
    """Places of `account` whose message is settled but which were not yet moved out, with the state."""
    rows = db.execute(
        "select l.account, l.folder, l.uidvalidity, l.uid, i.state from locations l "
        "join intake i on i.id = l.intake_id where l.account = ? and l.moved = 0 and i.state != 'stored'",
        [account],
    )
    return [((row[0], row[1], row[2], row[3]), row[4]) for row in rows]


def moved(db: Database, location: Location) -> None:
    """The source has put it away."""
    with writing(db):
        db.execute(
            "update locations set moved = 1 where account = ? and folder = ? and uidvalidity = ? and uid = ?",
            location,
        )


def parked(db: Database) -> list[Item]:
    """Machine mail and mail set aside, newest first."""
    rows = db.execute(
        f"select {_COLUMNS} from intake where state in ('parked', 'quarantined') order by id desc"
    )
    return [Item(row[0], row[1], row[2], datetime.fromisoformat(row[3]), *row[4:]) for row in rows]


@dataclass(frozen=True, slots=True)
class Held:
    """How much `putright parked` lists: machine mail, mail that could not be read, files that could not be fetched."""

    parked: int
    quarantined: int
    files: int


def held(db: Database) -> Held:
    """The counts, without the bytes."""
    row = db.execute(
        "select count(*) filter (where state = 'parked'), count(*) filter (where state = 'quarantined'), "
        "(select count(*) from shared_files where state = 'failed') from intake "
        "where state in ('parked', 'quarantined')"
    ).fetchone()
    return Held(*row)


def tally(db: Database) -> dict[str, int]:
    """How many were `received` (every path counts), how many are in each state, and how many are a `duplicate`:
    a further path to something already known."""
    counts = dict(db.execute("select state, count(*) from intake group by state").fetchall())
    received, distinct = db.execute("select count(*), count(distinct intake_id) from locations").fetchone()
    return {**counts, "received": received, "duplicate": received - distinct}


@dataclass(frozen=True, slots=True)
class SetAside:
    """How much mail was set aside: parked since a moment, and what could not be read and still has an open case."""

    parked: int
    unread: int
    total: int
    """Everything that `putright parked` lists."""


def set_aside(db: Database, since: datetime) -> SetAside:
    """Counts of the mail that made no case a person can work on."""
    row = db.execute(
        "select count(*) filter (where state = 'parked' and settled_at >= ?), "
        "count(*) filter (where state = 'quarantined' and c.closed is null), count(*) "
        "from intake i left join cases c on c.reference = i.case_ref where state in ('parked', 'quarantined')",
        [since.astimezone(UTC).isoformat()],
    ).fetchone()
    return SetAside(*row)
