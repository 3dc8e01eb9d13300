"""What Slack calls its members, by their ids: so that nobody has to read an id."""

from collections.abc import Mapping

from sqlite_utils import Database

from putright.storage.database import writing


def put(db: Database, names: Mapping[str, str]) -> None:
    """Keep what members are called."""
    if names:
        with writing(db):
            db.conn.executemany(
                "insert into slack_names (user, name) values (?, ?) "
                "on conflict (user) do update set name = excluded.name",
                list(names.items()),
            )


def every(db: Database) -> dict[str, str]:
    """Everybody's name by their id."""
    return dict(db.execute("select user, name from slack_names").fetchall())
