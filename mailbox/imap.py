"""Mail from an IMAP server: what is new by set difference, moved away when done, waited for with IDLE.

The rules and the reasons for them are in email.md, section 7. Flags are never state, every fetch is a PEEK.
"""

import logging
import random
import selectors
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from threading import Event

from imapclient import IMAPClient  # type: ignore[import-untyped]
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError  # type: ignore[import-untyped]

from putright.mailbox import limits, oversize
from putright.mailbox.imap_connect import ImapAccount, check, connect, drop
from putright.mailbox.source import Location, Place, RawMail, SourceUnavailable

IDLE_SECONDS = 4 * 60.0
"""RFC 2177 allows 29 minutes; servers and routers cut earlier (email.md, 7.4)."""
POLL_SECONDS = 60.0
BACK_OFF_SECONDS = (1.0, 300.0)
_FIRST_IDLE_SECONDS = 1.0
_LOOK_SECONDS = 0.25  # how often a wait looks whether it is to stop
_BATCH = 200
_STUB = b"Retrieval using the IMAP4 protocol failed"  # what Exchange gives for a mail it cannot render
_STUB_LOOKS = 5

_log = logging.getLogger(__name__)


class ImapSource:
    """One folder of one account. Not for two threads at once; one process an account."""

    def __init__(self, account: ImapAccount) -> None:
        check(account)
        self._account = account
        self._client: IMAPClient | None = None
        self._uidvalidity = 0
        self._prefix: str | None = None
        self._folders: set[str] = set()
        self._failures = 0
        self._left: tuple[Location, ...] = ()
        self._empty: dict[Location, int] = {}

    def new(self, known: Callable[[Location], bool]) -> Iterator[RawMail]:
        """Each mail of the folder not `known`, the oldest UID first; raises SourceUnavailable.

        Connects when need be. What the server lists but does not hand out is left for the next look.
        """
        try:
            client = self._selected()
            present = [self._location(uid) for uid in sorted(client.search("ALL"))]
            self._left = tuple(location for location in present if known(location))
            left = set(self._left)
            fresh = [location for location in present if location not in left]
            for start in range(0, len(fresh), _BATCH):
                yield from self._fetched(fresh[start : start + _BATCH])
        except SourceUnavailable:
            self._failures += 1
            raise
        except (IMAPClientError, OSError) as error:
            self._failures += 1
            self._drop()
            sentence = f"The connection to the mail server {self._account.server} broke; it is tried again by itself."
            raise SourceUnavailable(sentence, again=True) from error
        self._failures = 0

    def left(self) -> tuple[Location, ...]:
        """Known mail that the last look still found in the folder: what a crash kept from being put away."""
        return self._left

    def done(self, location: Location, where: Place) -> None:
        """Move a mail to Processed, Parked or Quarantine as well as the server allows; never raises.

        Without MOVE (RFC 6851): COPY and an EXPUNGE of that UID alone (RFC 4315); without either it stays.
        """
        try:
            client = self._client or self._selected()
            if (location.folder, location.uidvalidity) != (self._account.folder, self._uidvalidity):
                return
            self._move(client, int(location.uid), self._folder(client, where))
        except (IMAPClientError, OSError, SourceUnavailable, ValueError) as error:
            if isinstance(error, IMAPClientAbortError | OSError):
                self._drop()
            _log.warning(
                "A mail could not be moved to %s on %s; it stays where it is and is not taken twice.",
                where.value,
                self._account.server,
            )

    def wait(self, timeout: float, stop: Event) -> bool:
        """Wait up to `timeout` seconds for mail; True means look now. Returns within a second of `stop`.

        A hint only: the caller looks at least every ten minutes whatever this says.
        """
        until = time.monotonic() + timeout
        if self._client is None:
            return self._sleep(min(timeout, self._back_off()), stop)
        try:
            if not self._client.has_capability("IDLE"):
                return self._sleep(min(timeout, POLL_SECONDS), stop)
            # Mail that came between the last look and IDLE may be announced in the same packet as IDLE's
            # start, and then no socket shows it: a short first round reads it.
            longest = _FIRST_IDLE_SECONDS
            while (left := until - time.monotonic()) > 0 and not stop.is_set():
                if self._idle(self._client, min(left, longest), stop):
                    return True
                longest = IDLE_SECONDS
        except (IMAPClientError, OSError):
            self._drop()
            return self._sleep(min(BACK_OFF_SECONDS[0], max(0.0, until - time.monotonic())), stop)
        return False

    def close(self) -> None:
        """Sign out, without waiting long for a deaf server."""
        if self._client is None:
            return
        try:
            self._client.socket().settimeout(2)
            self._client.logout()
        except (IMAPClientError, OSError):
            self._drop()
        self._client = None

    def _location(self, uid: int) -> Location:
        return Location(self._account.name, self._account.folder, self._uidvalidity, str(uid))

    def _selected(self) -> IMAPClient:
        """A client with the folder selected; a connection that died since the last look is made anew."""
        if self._client is not None:
            try:
                return self._select(self._client)
            except (IMAPClientError, OSError):
                self._drop()
        self._client = connect(self._account)
        try:
            return self._select(self._client)
        except IMAPClientAbortError:
            raise
        except IMAPClientError as error:
            self._drop()
            sentence = (
                f"The folder {self._account.folder} cannot be opened on {self._account.server}; check its name in "
                "the settings and the account's right to it."
            )
            raise SourceUnavailable(sentence, again=False) from error

    def _select(self, client: IMAPClient) -> IMAPClient:
        self._uidvalidity = int(client.select_folder(self._account.folder)[b"UIDVALIDITY"])
        return client

    def _fetched(self, locations: list[Location]) -> Iterator[RawMail]:
        assert self._client is not None
        facts = self._client.fetch([int(one.uid) for one in locations], ["RFC822.SIZE", "INTERNALDATE"])
        for location in locations:
            uid = int(location.uid)
            if self._client is None or self._uidvalidity != location.uidvalidity:
                return  # `done` lost the connection: the rest is found at the next look
            fact = facts.get(uid, {})
            size = int(fact.get(b"RFC822.SIZE", 0))
            if size > limits.MESSAGE_BYTES:
                raw = oversize.fetch(self._client, uid, size)
            else:
                raw = self._client.fetch([uid], ["BODY.PEEK[]"]).get(uid, {}).get(b"BODY[]") or b""
            if not raw or _STUB in raw[:4096]:
                self._not_handed_out(location)
                continue
            arrived = fact.get(b"INTERNALDATE")
            yield RawMail(location, raw, arrived if isinstance(arrived, datetime) else datetime.now(UTC))

    def _not_handed_out(self, location: Location) -> None:
        self._empty[location] = self._empty.get(location, 0) + 1
        if self._empty[location] == _STUB_LOOKS:
            _log.warning(
                "The mail server %s lists mail %s in %s but does not hand it out; look at it there.",
                self._account.server,
                location.uid,
                location.folder,
            )

    def _folder(self, client: IMAPClient, where: Place) -> str:
        """The folder's full name, made when it is not there; some servers keep all folders below INBOX."""
        if self._prefix is None:
            personal = client.namespace().personal if client.has_capability("NAMESPACE") else None
            self._prefix = str(personal[0][0]) if personal else ""
        name = f"{self._prefix}{where.value}"
        if name not in self._folders:
            if not client.folder_exists(name):
                client.create_folder(name)
                client.subscribe_folder(name)
            self._folders.add(name)
        return name

    def _move(self, client: IMAPClient, uid: int, folder: str) -> None:
        if client.has_capability("MOVE"):
            client.move([uid], folder)
        elif client.has_capability("UIDPLUS"):
            client.copy([uid], folder)
            client.delete_messages([uid])
            client.uid_expunge([uid])

    def _idle(self, client: IMAPClient, seconds: float, stop: Event) -> bool:
        """One IDLE round; whether mail has arrived in it. On `stop` the connection is let go, not asked."""
        client.idle()
        until = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(client.socket(), selectors.EVENT_READ)
            while (left := until - time.monotonic()) > 0 and not selector.select(min(left, _LOOK_SECONDS)):
                if stop.is_set():
                    self._drop()
                    return False
        # Not idle_check: it swallows the end of a dead connection; idle_done raises (email.md, 7.4).
        _, answers = client.idle_done()
        return any(len(answer) > 1 and answer[1] in (b"EXISTS", b"RECENT") for answer in answers)

    def _sleep(self, seconds: float, stop: Event) -> bool:
        return not stop.wait(max(0.0, seconds))

    def _back_off(self) -> float:
        """Seconds until the next try: doubled at each failure, up to five minutes, with jitter."""
        shortest, longest = BACK_OFF_SECONDS
        return min(longest, shortest * 2.0 ** min(max(self._failures - 1, 0), 10)) * random.uniform(0.5, 1.0)

    def _drop(self) -> None:
        if self._client is not None:
            drop(self._client)
        self._client = None
