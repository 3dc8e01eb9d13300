"""The configured sources of mail: taking in what they have that is new, and putting away what is settled."""

from sqlite_utils import Database

from putright.bot.settings import Settings
from putright.mailbox.drop_folder import DropFolder
from putright.mailbox.imap import ImapSource
from putright.mailbox.imap_connect import ImapAccount
from putright.mailbox.source import Location, Place, Source
from putright.storage import intake
from putright.triage.take_in import store_mail

_PLACES = {
    "logged": Place.PROCESSED,
    "joined": Place.PROCESSED,
    "parked": Place.PARKED,
    "quarantined": Place.QUARANTINE,
}


def sources_of(settings: Settings) -> list[tuple[str, Source]]:
    """Each configured source of mail with its account's name."""
    found: list[tuple[str, Source]] = [
        (
            box.name,
            ImapSource(
                ImapAccount(
                    name=box.name,
                    host=box.host,
                    port=box.port,
                    user=box.user,
                    password=box.password,
                    tls=box.tls,
                    folder=box.folder,
                )
            ),
        )
        for box in settings.mailboxes
    ]
    if settings.drop_folder:
        settings.drop_folder.mkdir(parents=True, exist_ok=True)
        found.append(("drop", DropFolder(settings.drop_folder)))
    return found


def take(db: Database, source: Source) -> int:
    """Commit what a source has that is not known. Gives how many were new. Raises SourceUnavailable."""
    new = 0
    for mail in source.new(lambda place: intake.knows(db, _key(place))):
        new += store_mail(db, mail)[1]
    return new


def put_away(db: Database, source: Source, account: str) -> None:
    """Move what is settled out of the source, only ever after its commit. What fails is tried again next time."""
    for key, state in intake.to_move(db, account):
        if source.done(Location(*key), _PLACES[state]):
            intake.moved(db, key)


def _key(place: Location) -> intake.Location:
    return (place.account, place.folder, place.uidvalidity, place.uid)
