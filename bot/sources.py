"""The configured sources of mail: taking in what they have that is new, and putting away what is settled."""

import contextlib
import hashlib
import logging
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from putright.bot.mailbox_tokens import tokens_of
from putright.bot.settings.load import Settings
from putright.bot.settings.mailbox import Mailbox
from putright.cases.working_days import local_day
from putright.mailbox.drop_folder import DropFolder
from putright.mailbox.fingerprint import fingerprint
from putright.mailbox.imap import ImapSource
from putright.mailbox.imap_connect import ImapAccount
from putright.mailbox.source import Location, Place, Source
from putright.storage import intake, outbox
from putright.storage.database import writing
from putright.triage.posts import Post
from putright.triage.take_in import store_mail

log = logging.getLogger(__name__)

_PLACES = {
    "logged": Place.PROCESSED,
    "joined": Place.PROCESSED,
    "parked": Place.PARKED,
    "quarantined": Place.QUARANTINE,
}


def imap_account(box: Mailbox, database: Path) -> ImapAccount:
    """Where and as whom to read a mailbox; what OAuth keeps lies beside the database."""
    return ImapAccount(
        name=box.name,
        host=box.host,
        port=box.port,
        user=box.user,
        password=box.password,
        tls=box.tls,
        folder=box.folder,
        tokens=tokens_of(box, database),
    )


def sources_of(settings: Settings) -> list[tuple[str, Source]]:
    """Each configured source of mail with its account's name."""
    found: list[tuple[str, Source]] = [
        (box.name, ImapSource(imap_account(box, settings.database))) for box in settings.mailboxes
    ]
    if settings.drop_folder:
        with contextlib.suppress(OSError):  # the first look says in plain words what is wrong
            settings.drop_folder.mkdir(parents=True, exist_ok=True)
        found.append(("drop", DropFolder(settings.drop_folder)))
    return found


def take(db: Database, source: Source) -> int:
    """Commit what a source has that is not known. Gives how many were new. Raises SourceUnavailable."""
    new = 0
    for mail in source.new(lambda place: intake.knows(db, _key(place))):
        new += store_mail(db, mail)[1]
    return new


def recover(db: Database, source: ImapSource) -> tuple[int, int]:
    """Take in what was put away on the server and the database does not hold (it was restored from an older copy).

    Gives how many mails are there and how many of them were taken in. Raises SourceUnavailable.
    """
    found = new = 0
    for place in Place:
        folder = source.put_away_in(place)
        if folder is None:
            continue
        with contextlib.closing(folder):
            for mail in folder.new(lambda _: False):
                found += 1
                if not intake.holds(db, fingerprint(mail.raw)):
                    new += store_mail(db, mail)[1]
    return found, new


def put_away(db: Database, source: Source, account: str) -> None:
    """Move what is settled out of the source, only ever after its commit. What fails is tried again next time."""
    for key, state in intake.to_move(db, account):
        if source.done(Location(*key), _PLACES[state]):
            intake.moved(db, key)


def say_troubles(db: Database, source: Source, settings: Settings, now: datetime) -> tuple[str, ...]:
    """Queue what a person must mend at a source, once a day, and what lies in the drop folder for nothing, once.

    Gives the sentences; no post names a file, for residents' names may be in it.
    """
    if not isinstance(source, DropFolder | ImapSource):
        return ()
    troubles = source.troubles()
    which, what = "drop", "drop folder"
    if isinstance(source, ImapSource):
        which, what = f"mailbox:{source.name}", f"mailbox {source.name}"
    posts = [(f"{which}:{local_day(now).isoformat()}", troubles)] if troubles else []
    if isinstance(source, DropFolder) and (passed_over := source.passed_over()):
        names = hashlib.sha256(source.passed_over(named=True).encode("utf-8", "replace")).hexdigest()
        posts.append((f"drop-ignored:{names[:32]}", (passed_over,)))
    for key, sentences in posts:
        if outbox.knows(db, key):
            continue
        with writing(db):
            new = outbox.put(
                db,
                key=key,
                kind="trouble",
                channel=settings.landlord.mail_channel,
                payload=Post(f"The {what} needs a person", sentences).as_json(),
                made_at=now,
            )
        if new and settings.slack.configured:  # else the terminal says it
            for sentence in sentences:
                log.warning("%s", sentence)
    return troubles


def _key(place: Location) -> intake.Location:
    return (place.account, place.folder, place.uidvalidity, place.uid)
