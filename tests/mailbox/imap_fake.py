"""An IMAP server that fails as it is told to, for what a real one cannot be made to do (email.md, section 11).

One user, any password. It speaks just enough of RFC 3501 for one client; `fault` says what the next command of
a kind meets instead of its answer.
"""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

ALL = "IMAP4rev1 IDLE MOVE UIDPLUS NAMESPACE SASL-IR AUTH=PLAIN AUTH=XOAUTH2"
INTERNALDATE = b'"02-Nov-2026 09:14:00 +0000"'


class _Closed(Exception):
    """The connection is to end now."""


@dataclass
class ImapFake:
    """Its folders, what it can do, what it was told (`commands`), and the faults it is to show."""

    capabilities: str = ALL
    folders: dict[str, dict[int, bytes]] = field(default_factory=lambda: {"INBOX": {}})
    uidvalidity: int = 7
    uidnext: int = 1
    read_only: bool = False
    prefix: str = ""
    commands: list[str] = field(default_factory=list)
    signed_in: int = 0
    port: int = 0
    _faults: list[tuple[str, str]] = field(default_factory=list)
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _ended: threading.Event = field(default_factory=threading.Event)

    def put(self, raw: bytes, folder: str = "INBOX", uid: int = 0) -> int:
        with self._lock:
            uid = uid or self.uidnext
            self.uidnext = max(self.uidnext, uid + 1)
            self.folders[folder][uid] = raw
            return uid

    def fault(self, command: str, what: str, times: int = 1) -> None:
        """`NO …`, `BAD …`, `bye …`, `close`, `half` (ends within a literal), `silent`, or `empty` (OK, no data)."""
        self._faults += [(command, what)] * times

    def count(self, command: str) -> int:
        return sum(said.startswith(command) for said in self.commands)

    def _fault_of(self, said: str) -> str:
        for number, (command, what) in enumerate(self._faults):
            if said.startswith(command):
                del self._faults[number]
                return what
        return ""

    def talk(self, line: socket.socket) -> None:
        file = line.makefile("rb")

        def say(text: str | bytes) -> None:
            line.sendall((text if isinstance(text, bytes) else text.encode()) + b"\r\n")

        try:
            say(f"* OK [CAPABILITY {self.capabilities}] ready")
            while told := file.readline().decode().strip():
                tag, _, said = told.partition(" ")
                self.commands.append(said)
                fault = self._fault_of(said.upper())
                if fault == "close":
                    raise _Closed
                if fault == "silent":
                    self._ended.wait()
                    raise _Closed
                if fault == "half":
                    line.sendall(b"* 1 FETCH (UID 1 BODY[] {500}\r\nFrom: x")
                    raise _Closed
                if fault.startswith("bye"):
                    say(f"* BYE {fault[4:]}")
                    raise _Closed
                if fault and fault != "empty":
                    say(f"{tag} {fault}")
                    continue
                with self._lock:
                    answer = [] if fault == "empty" else self._answer(said, say, file.readline)
                for one in answer[:-1] if answer and answer[-1] in _ENDS else answer:
                    say(one)
                say(f"{tag} {answer[-1] if answer and answer[-1] in _ENDS else 'OK done'}")
                if said.upper() == "LOGOUT":
                    raise _Closed
        except (_Closed, OSError):
            pass
        finally:
            file.close()
            line.close()

    def _answer(self, said: str, say: Callable[[str], None], hear: Callable[[], bytes]) -> list[str | bytes]:
        verb, _, rest = said.partition(" ")
        verb = verb.upper()
        if verb == "UID":
            verb, _, rest = rest.partition(" ")
            return self._about_mail(verb.upper(), rest)
        words = [one[0] or one[1] for one in re.findall(r'"([^"]*)"|([^\s"]+)', rest)]
        match verb:
            case "CAPABILITY":
                return [f"* CAPABILITY {self.capabilities}"]
            case "LOGIN" | "AUTHENTICATE":
                self.signed_in += 1
            case "NAMESPACE":
                return [f'* NAMESPACE (("{self.prefix}" "/")) NIL NIL']
            case "LIST":
                return [f'* LIST () "/" "{name}"' for name in self.folders if name == words[-1]]
            case "CREATE":
                self.folders[words[0]] = {}
            case "SELECT" | "EXAMINE":
                if words[0] not in self.folders:
                    return ["NO no such folder"]
                return [
                    f"* {len(self.folders[words[0]])} EXISTS",
                    "* OK [PERMANENTFLAGS (\\Deleted \\Seen)] flags",
                    f"* OK [UIDVALIDITY {self.uidvalidity}] valid",
                    f"* OK [UIDNEXT {self.uidnext}] next",
                    "OK [READ-ONLY] selected"
                    if self.read_only or verb == "EXAMINE"
                    else "OK [READ-WRITE] selected",
                ]
            case "IDLE":
                say("+ idling")
                hear()
            case "LOGOUT":
                return ["* BYE until later"]
        return []

    def _about_mail(self, verb: str, rest: str) -> list[str | bytes]:
        inbox = self.folders["INBOX"]
        if verb == "SEARCH":
            span = re.fullmatch(r"UID (\d+):(\d+|\*)", rest)
            first, last = (int(span[1]), span[2]) if span else (1, "*")
            found = [x for x in sorted(inbox) if first <= x and (last == "*" or x <= int(last))]
            if last == "*" and inbox:  # n:* holds the last mail whatever n is (RFC 3501, section 9)
                found = sorted({*found, max(inbox)})
            return ["* SEARCH " + " ".join(map(str, found))]
        numbers, _, what = rest.partition(" ")
        uids = [int(x) for x in numbers.split(",") if int(x) in inbox]
        if verb == "FETCH":
            return [self._fetched(uid, inbox[uid], what) for uid in uids]
        if verb in ("MOVE", "COPY"):
            target = what.strip('"')
            if target not in self.folders:
                return ["NO [TRYCREATE] no such folder"]
            for uid in uids:
                self.put(inbox[uid], target)
                if verb == "MOVE":
                    del inbox[uid]
        if verb == "EXPUNGE":
            for uid in uids:
                del inbox[uid]
        return []

    def _fetched(self, uid: int, raw: bytes, what: str) -> bytes:
        if "RFC822.SIZE" in what:
            return b"* 1 FETCH (UID %d RFC822.SIZE %d INTERNALDATE %s)" % (uid, len(raw), INTERNALDATE)
        return b"* 1 FETCH (UID %d BODY[] {%d}\r\n%s)" % (uid, len(raw), raw)


_ENDS = (
    "NO no such folder",
    "NO [TRYCREATE] no such folder",
    "OK [READ-ONLY] selected",
    "OK [READ-WRITE] selected",
)


@contextmanager
def imap_fake(**how: object) -> Iterator[ImapFake]:
    """The server on a free loopback port; one thread a connection, all gone at the end."""
    fake = ImapFake(**how)  # type: ignore[arg-type]
    listening = socket.create_server(("127.0.0.1", 0))
    fake.port = listening.getsockname()[1]
    lines: list[socket.socket] = []

    def accept() -> None:
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            lines.append(line)
            threading.Thread(target=fake.talk, args=(line,), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        fake._ended.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for line in lines:
            line.close()
        thread.join(5)
