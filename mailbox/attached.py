"""The bytes of a mail's attachments, found again by their hashes, through attached mails as parse() reads them."""

import hashlib
from collections.abc import Collection

from putright.mailbox import headers, limits, parts
from putright.mailbox.parse import ATTACHED_DEPTH, mime


def files(raw: bytes, wanted: Collection[str]) -> dict[str, bytes]:
    """Those attachments of a mail whose SHA-256 (hex) is `wanted`, as parse() counted them. Nothing is unpacked.

    Takes as much memory as the mail and its attachments do: for mail that was read before. Raises UnreadableMail.
    """
    found: dict[str, bytes] = {}

    def keep(data: bytes) -> None:
        digest = hashlib.sha256(data).hexdigest()
        if digest in wanted:
            found.setdefault(digest, data)

    waiting = [(mime(raw)[: limits.MESSAGE_BYTES], 0)]
    while waiting and len(found) < len(wanted):
        mail, depth = waiting.pop(0)
        contents = parts.read(headers.split(mail), keep)
        if depth < ATTACHED_DEPTH:
            waiting += [(one, depth + 1) for one in contents.mails[: limits.ATTACHED_MAILS]]
    return found
