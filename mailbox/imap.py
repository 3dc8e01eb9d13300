"""Mail from an IMAP server: what is new by set difference, moved away when done, waited for with IDLE.

The rules and the reasons for them are in email.md, section 7. Flags are never state, every fetch is a PEEK.
"""

import logging
import random
import selectors
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event

from imapclient import IMAPClient  # type: ignore[import-untyped]
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, IMAPClientReadOnlyError  # type: ignore[import-untyped]

from putright.mailbox import limits, oversize
from putright.mailbox.imap_connect import ImapAccount, check, connect, drop, no_right
from putright.mailbox.source import Location, Place, RawMail, SourceUnavailable

IDLE_SECONDS = 4 * 60.0
"""RFC 2177 allows 29 minutes; servers and routers cut earlier (email.md, 7.4)."""
POLL_SECONDS = 60.0
BACK_OFF_SECONDS = (1.0, 300.0)
_FIRST_IDLE_SECONDS = 1.0
_LOOK_SECONDS = 0.25  # how often a wait looks whether it is to stop
_BATCH = 200
_PIECE = 50_000
_REFUSALS = 20  # then, until the next look, only mail is moved that was never refused before
_STUB = b"Retrieval using the IMAP4 protocol failed"  # what Exchange gives for a mail it cannot render
_STUB_LOOKS = 5

_log = logging.getLogger(__name__)


class ImapSource:
    """One folder of one account. Not for two threads at once; one process an account."""

    def __init__(self, account: ImapAccount) -> None:
        check(account)
        self._account = account
        self._client: IMAPClient | None = None
        self._uidvalidity = self._exists = self._next = 0
        self._writable = self._deletable = False
        self._prefix: str | None = None
        self._folders: set[str] = set()
        self._failures = 0
        self._present: set[Location] = set()
        self._movable = False
        self._refused: dict[Location, int] = {}
        self._refusals = 0
        self._empty: dict[Location, int] = {}

    def new(self, known: Callable[[Location], bool]) -> Iterator[RawMail]:
        """Each mail of the folder not `known`, the oldest UID first; raises SourceUnavailable.

        Connects when need be. What the server lists but does not hand out is left for the next look.
        """
        self._movable, self._refusals = False, 0
        try:
            client = self._selected()
            present = [self._location(uid) for uid in sorted(self._uids(client))]
            self._present = set(present)
            self._empty = {place: looks for place, looks in self._empty.items() if place in self._present}
            self._movable = True
            fresh = [location for location in present if not known(location)]
            for start in range(0, len(fresh), _BATCH):
                yield from self._fetched(fresh[start : start + _BATCH])
        except SourceUnavailable:
            self._failures += 1
            raise
        except (IMAPClientError, OSError) as error:
            self._failures += 1
            self._drop()
            raise self._broke() from error
        self._failures = 0

    @property
    def name(self) -> str:
        return self._account.name

    def put_away_in(self, where: Place) -> "ImapSource | None":
        """The folder that mail was moved to, as a source; None when there is none. Raises SourceUnavailable."""
        try:
            client = self._client or self._selected()
            name = f"{self._below(client)}{where.value}"
            return ImapSource(replace(self._account, folder=name)) if client.folder_exists(name) else None
        except (IMAPClientError, OSError) as error:
            self._drop()
            raise self._broke() from error

    @property
    def read_only(self) -> bool:
        """Whether the last look found that mail may be read here and not moved."""
        return self._movable and not self._writable

    def troubles(self) -> tuple[str, ...]:
        """What a person must see to in this mailbox, each a sentence without a name or a subject."""
        stuck = sum(looks >= _STUB_LOOKS for looks in self._empty.values())
        if not stuck:
            return ()
        place = f"{self._account.folder} on {self._account.server}"
        mails = f"{stuck} mail{'' if stuck == 1 else 's'}"
        return (
            f"The mail server lists {mails} in {place} that it does not hand out: look at the mailbox there.",
        )

    def done(self, location: Location, where: Place) -> bool:
        """Move a mail to Processed, Parked or Quarantine; whether the folder is rid of it. Never raises.

        False asks for another try after the next look; until then nothing more is asked of a server that does not
        answer, and little of one that refuses. Without MOVE (RFC 6851): COPY and an EXPUNGE of that UID alone
        (RFC 4315); without either it stays.
        """
        if (location.folder, location.uidvalidity) != (self._account.folder, self._uidvalidity):
            return self._movable  # a key of another time: the mail, if it is still there, has a new one
        if not self._movable or self._client is None:
            return False
        if location not in self._present:
            return True  # somebody moved it
        if not self._writable:
            return False  # looked at again each time: the right to it may come
        if self._refusals >= _REFUSALS and location in self._refused:
            return False
        try:
            moved = self._move(self._client, int(location.uid), where)
        except (IMAPClientAbortError, OSError):
            self._drop()
            self._movable = False
            self._say_it_stays(where)
            return False
        except IMAPClientError:
            self._refusals += 1
            self._refused[location] = self._refused.get(location, 0) + 1
            if self._refused[location] == 1:
                self._say_it_stays(where)
            return False
        if moved:
            self._present.discard(location)
            self._refused.pop(location, None)
        return moved

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
            if "not connected" in str(error):
                raise no_right(self._account) from error
            sentence = (
                f"The folder {self._account.folder} cannot be opened on {self._account.server}; check its name in "
                "the settings and the account's right to it."
            )
            raise SourceUnavailable(sentence, again=False) from error

    def _select(self, client: IMAPClient) -> IMAPClient:
        try:
            answer = client.select_folder(self._account.folder)
        except IMAPClientReadOnlyError:  # a connection is lost, says its class; it is not
            answer = client.select_folder(self._account.folder, readonly=True)
        self._uidvalidity = int(answer[b"UIDVALIDITY"])
        self._exists, self._next = int(answer[b"EXISTS"]), int(answer.get(b"UIDNEXT", 0))
        self._writable = b"READ-ONLY" not in answer
        self._deletable = b"\\Deleted" in answer.get(b"PERMANENTFLAGS", ())
        return client

    def _uids(self, client: IMAPClient) -> set[int]:
        """All UIDs of the folder. A big one is asked for in pieces: a line of an answer may hold 1 MB (imaplib)."""
        if self._exists <= _PIECE:
            return set(client.search("ALL"))
        found: set[int] = set()
        start = 1
        while start < self._next or len(found) < self._exists:
            last = start + _PIECE - 1
            # The last piece has no end: UIDNEXT is a hint that some servers give too low.
            span = f"{start}:{'*' if last >= self._next else last}"
            found |= set(client.search(["UID", span]))
            if span.endswith("*"):
                break
            start += _PIECE
        return found

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
        name = f"{self._below(client)}{where.value}"
        if name not in self._folders:
            if not client.folder_exists(name):
                client.create_folder(name)
                client.subscribe_folder(name)
            self._folders.add(name)
        return name

    def _below(self, client: IMAPClient) -> str:
        """What stands before the name of every folder of the account's own (RFC 2342)."""
        if self._prefix is None:
            personal = client.namespace().personal if client.has_capability("NAMESPACE") else None
            self._prefix = str(personal[0][0]) if personal else ""
        return self._prefix

    def _broke(self) -> SourceUnavailable:
        sentence = (
            f"The connection to the mail server {self._account.server} broke; it is tried again by itself."
        )
        return SourceUnavailable(sentence, again=True)

    def _move(self, client: IMAPClient, uid: int, where: Place) -> bool:
        folder = self._folder(client, where)
        try:
            return self._moved(client, uid, folder)
        except IMAPClientAbortError:
            raise
        except IMAPClientError:
            if client.folder_exists(folder):
                raise
            self._folders.discard(folder)  # somebody took it away since it was made
            return self._moved(client, uid, self._folder(client, where))

    def _moved(self, client: IMAPClient, uid: int, folder: str) -> bool:
        if client.has_capability("MOVE"):
            client.move([uid], folder)
            return True
        # Nothing is copied that cannot be deleted, or each try would leave one more copy.
        if not client.has_capability("UIDPLUS") or not self._deletable:
            return False
        client.copy([uid], folder)
        client.delete_messages([uid])
        client.uid_expunge([uid])
        return True

    def _say_it_stays(self, where: Place) -> None:
        _log.warning(
            "A mail could not be moved to %s on %s; it stays where it is, is not taken twice, and is tried again.",
            where.value,
            self._account.server,
        )

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
