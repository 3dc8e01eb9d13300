"""A child process like putright.mailbox.child whose reader does what the mail's body says: a test's hook only."""

import os
import time
from collections.abc import Mapping
from datetime import datetime

from putright.cases.labels import Channel
from putright.cases.message import Message
from putright.mailbox import child
from putright.mailbox.parse import parse


def read(
    raw: bytes,
    arrived: datetime,
    staff_domains: frozenset[str],
    source_channel: Channel | None,
    channels: Mapping[str, Channel],
    forms: Mapping[str, Mapping[str, str]],
) -> Message:
    order = raw.replace(b"\r\n", b"\n").rpartition(b"\n\n")[2].strip()
    if order == b"hang":
        time.sleep(60)
    if order == b"eat":
        bytearray(4 * 1024**3)
    if order == b"die":
        os._exit(9)
    if order == b"break":
        raise KeyError("broken")
    if order == b"print":
        print("no answer")  # noqa: T201
    return parse(raw, arrived, staff_domains, source_channel, channels, forms)


if __name__ == "__main__":
    child.run(read)
