"""The files that came with a message: found again in its bytes, to be kept once, and handed out."""

import logging
from collections.abc import Sequence

from sqlite_utils import Database

from putright.cases.errors import Refused
from putright.cases.message import Attachment, Message
from putright.mailbox import attached
from putright.mailbox.parse import UnreadableMail
from putright.storage import attachments, intake, messages
from putright.triage.landlord import Landlord

log = logging.getLogger(__name__)


def files_of(db: Database, item: intake.Item, message: Message, landlord: Landlord) -> dict[str, bytes]:
    """The attachments of a mail to be kept: those within the landlord's limit that are not kept yet, by hash.

    What cannot be found again is left where it is, in the mail's own bytes.
    """
    small = {x.sha256 for x in message.attachments if 0 < x.size <= landlord.attachment_bytes}
    wanted = small - attachments.kept(db, list(small))
    return _found(item, wanted) if wanted and item.source == "mail" else {}


def numbered(its_messages: Sequence[Message]) -> list[tuple[Message, Attachment]]:
    """Every attachment of a case with its message, in the order in which people count them from 1."""
    return [(message, attachment) for message in its_messages for attachment in message.attachments]


def handed_out(db: Database, reference: str, number: int) -> tuple[Attachment, bytes]:
    """The attachment of that number of a case. Raises Refused when there is none, or it was left in the mailbox."""
    found = numbered(messages.of_case(db, reference))
    if not 1 <= number <= len(found):
        many = (
            f"has {len(found)} attachment{'' if len(found) == 1 else 's'}" if found else "has no attachment"
        )
        raise Refused(f"{reference} {many}: `putright case show {reference}` lists them.")
    message, attachment = found[number - 1]
    data = attachments.data(db, attachment.sha256)
    if data is None:  # over the limit, or older than the table: it is still in the mail
        item = messages.intake_of(db, message.id)
        data = _found(intake.item(db, item), {attachment.sha256}).get(attachment.sha256) if item else None
    if data is None:
        raise Refused(
            f"Attachment {number} of {reference} is not here: only its name, size and hash were kept. Look for it in "
            "the mailbox the mail came to."
        )
    return attachment, data


def _found(item: intake.Item, wanted: set[str]) -> dict[str, bytes]:
    try:
        return attached.files(item.raw, wanted)
    except UnreadableMail:
        return {}
    except Exception as error:  # the mail itself was read; its files stay in its bytes
        log.warning("the files of message %d could not be taken out (%s)", item.id, type(error).__name__)
        return {}
