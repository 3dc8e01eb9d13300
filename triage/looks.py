"""Whether the mail is heard: an alarm when a mailbox could not be looked at for long, and word when it can be again."""

from datetime import datetime, timedelta

from sqlite_utils import Database

from putright.cases.working_days import LONDON, in_words
from putright.storage import looks, outbox
from putright.storage.database import writing
from putright.storage.looks import Look
from putright.triage.landlord import Landlord
from putright.triage.posts import Post


def looked(db: Database, landlord: Landlord, account: str, now: datetime) -> None:
    """A look went well; if an alarm was raised before, say that it is over."""
    before = looks.of(db, account)
    if not before.told:
        looks.good(db, account, now)
        return
    with writing(db):
        looks.good(db, account, now)
        _say(db, landlord, f"mail-well:{account}:{now.isoformat()}", _well(before, now), now)


def raise_alarm(
    db: Database,
    landlord: Landlord,
    account: str,
    now: datetime,
    minutes: int,
    silent_since: datetime | None = None,
) -> bool:
    """Raise the alarm, once, if an account could not be looked at for so many minutes. True when it was raised now.

    `silent_since` counts too, whatever was written down: the moment since when no look ended at all.
    """
    look = looks.of(db, account)
    since = min((x for x in (look.bad_since, silent_since) if x), default=None)
    if look.told or since is None or now - since < timedelta(minutes=minutes):
        return False
    with writing(db):
        if looks.of(db, account).told:
            return False
        looks.told(db, account)
        _say(db, landlord, f"mail-alarm:{account}:{now.isoformat()}", _alarm(look), now)
    return True


def last_good_look(look: Look) -> str:
    """`Last good look: Mon 23 Nov 2026, 10:04.`, and since when it fails."""
    if look.good_at is None:
        return "It was never looked at with success." if look.bad_since else "It was not looked at yet."
    said = f"Last good look: {moment_words(look.good_at)}."
    return f"{said} It fails since {moment_words(look.bad_since)}." if look.bad_since else said


def moment_words(moment: datetime) -> str:
    """`Mon 23 Nov 2026, 10:04`, London time."""
    local = moment.astimezone(LONDON)
    return f"{in_words(local.date())}, {local:%H:%M}"


def _alarm(look: Look) -> Post:
    when = f"since {moment_words(look.good_at)}" if look.good_at else "yet"
    return Post(
        f"MAIL IS NOT READ: the mailbox {look.account} could not be looked at {when}.",
        (
            look.problem or "The mail server does not answer.",
            "Mail that comes meanwhile waits on the server; its clocks count from the day it came.",
            "What to do:  putright doctor",
        ),
    )


def _well(before: Look, now: datetime) -> Post:
    start = before.good_at or before.bad_since
    since = f" It could not be read since {moment_words(start)}." if start else ""
    return Post(
        f"The mailbox {before.account} is well again: it was looked at {moment_words(now)}.",
        (f"What came meanwhile is taken in now.{since}",),
    )


def _say(db: Database, landlord: Landlord, key: str, post: Post, now: datetime) -> None:
    outbox.put(db, key=key, kind="alarm", channel=landlord.mail_channel, payload=post.as_json(), made_at=now)
