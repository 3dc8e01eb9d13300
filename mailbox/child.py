"""Reading mail in a child process that may use little time and memory, and is used again and again.

What is sent either way is a frame: eight bytes of length, then so many bytes. A mail is two frames (a JSON
object with what parse() wants to know, the raw bytes); an answer is one, its first byte saying what it is.
"""

import json
import os
import resource
import selectors
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import BinaryIO, Self

from putright.cases.labels import Channel
from putright.cases.message import Message
from putright.mailbox import limits, message_json
from putright.mailbox.parse import UnreadableMail, parse

_LENGTH = struct.Struct(">Q")
_READY, _MESSAGE, _REFUSED, _FAILED = b"R", b"M", b"U", b"F"
_ANSWER_BYTES = 64 * 1024 * 1024
_CHUNK = 256 * 1024
_START_SECONDS = 60.0
_MAILS_A_CHILD = 1_000
"""Then a new one is started: a long-lived process grows."""

Forms = Mapping[str, Mapping[str, str]]
Read = Callable[[bytes, datetime, frozenset[str], Channel | None, Mapping[str, Channel], Forms], Message]


class ReaderStopped(UnreadableMail):
    """The child was stopped while it read this mail: it took too long, too much memory, or broke down."""


class _Ended(Exception):
    """The child closed the pipe."""


class _TooSlow(Exception):
    """The child did not answer in time."""


class Parser:
    """Reads mail as parse() does, at a distance: nothing a mail does to its reader reaches the program.

    `forms` are the web forms' own labels, as parse() takes them.
    Use it in a `with` statement or close it. Threads may share one; it reads one mail at a time.
    """

    def __init__(
        self,
        *,
        seconds: float = limits.PARSE_SECONDS,
        command: Sequence[str] = (),
        forms: Forms | None = None,
        mails: int = _MAILS_A_CHILD,
    ) -> None:
        self._seconds = seconds
        self._forms = forms or {}
        self._command = list(command) or [sys.executable, "-P", "-m", "putright.mailbox.child"]
        self._mails = mails
        self._child: subprocess.Popen[bytes] | None = None
        self._left = 0
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child; parse() may be called again and starts another."""
        with self._lock:
            self._stop()

    def parse(
        self,
        raw: bytes,
        arrived: datetime,
        staff_domains: frozenset[str],
        channels: Mapping[str, Channel] | None = None,
        source_channel: Channel | None = None,
    ) -> Message:
        """The mail as parse() reads it; raises UnreadableMail, and ReaderStopped where the child was stopped."""
        facts = {
            "arrived": arrived.isoformat(),
            "staff_domains": sorted(staff_domains),
            "channels": {address: channel.value for address, channel in (channels or {}).items()},
            "source_channel": source_channel.value if source_channel else None,
            "forms": {address: dict(labels) for address, labels in self._forms.items()},
        }
        with self._lock:
            answer = self._answer(_frame(json.dumps(facts).encode()) + _LENGTH.pack(len(raw)), raw)
        kind, said = answer[:1], answer[1:]
        if kind == _MESSAGE:
            return message_json.loads(said)
        if kind == _REFUSED:
            raise UnreadableMail(said.decode())
        raise ReaderStopped("This mail broke its reader; its bytes are kept, and a person should open it.")

    def _answer(self, head: bytes, raw: bytes) -> bytes:
        try:
            child = self._started()
            answer = _exchange(child, (head, raw), time.monotonic() + self._seconds)
        except _TooSlow:
            self._stop()
            raise ReaderStopped(
                f"Reading this mail took more than {self._seconds:g} seconds and was stopped; its bytes are kept,"
                " and a person should open it."
            ) from None
        except (_Ended, OSError):
            self._stop()
            raise ReaderStopped(
                f"Reading this mail took more than {limits.PARSE_BYTES // 1024**2} MB of memory or ended its reader;"
                " its bytes are kept, and a person should open it."
            ) from None
        except (
            BaseException
        ):  # interrupted in the middle of an answer: the next mail would get the rest of it
            self._stop()
            raise
        self._left -= 1
        if self._left <= 0 or answer[:1] == _FAILED:
            self._stop()
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._stop()
        self._child = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
        )
        self._left = self._mails
        for pipe in (self._child.stdin, self._child.stdout):
            assert pipe is not None
            os.set_blocking(pipe.fileno(), False)
        _exchange(self._child, (), time.monotonic() + _START_SECONDS)  # it says that it is ready
        return self._child

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()
        child.wait()


def _exchange(child: subprocess.Popen[bytes], out: Sequence[bytes], until: float) -> bytes:
    """Send the bytes and return the frame that comes back, both by the moment `until` of the steady clock."""
    assert child.stdin is not None and child.stdout is not None
    waiting = [memoryview(piece) for piece in out if piece]
    answer = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        if waiting:
            selector.register(child.stdin, selectors.EVENT_WRITE)
        while len(answer) < _LENGTH.size or len(answer) < _LENGTH.size + _LENGTH.unpack_from(answer)[0]:
            left = until - time.monotonic()
            if left <= 0:
                raise _TooSlow
            for key, _ in selector.select(left):
                if key.fileobj is child.stdin:
                    written = os.write(child.stdin.fileno(), waiting[0][:_CHUNK])
                    waiting[0] = waiting[0][written:]
                    if not waiting[0]:
                        waiting.pop(0)
                    if not waiting:
                        selector.unregister(child.stdin)
                    continue
                got = os.read(child.stdout.fileno(), _CHUNK)
                if not got or len(answer) > _ANSWER_BYTES:
                    raise _Ended
                answer += got
    return bytes(answer[_LENGTH.size :])


def serve(read: Read, mails: BinaryIO, answers: BinaryIO) -> None:
    """The child's life: answer each mail until the pipe closes."""
    answers.write(_frame(_READY))
    while facts := _next(mails):
        raw = _next(mails)
        answers.write(_frame(_said(read, json.loads(facts), raw)))


def _said(read: Read, facts: dict[str, object], raw: bytes) -> bytes:
    domains, channels, source = facts["staff_domains"], facts["channels"], facts["source_channel"]
    forms = facts.get("forms", {})
    assert isinstance(domains, list) and isinstance(channels, dict) and isinstance(forms, dict)
    try:
        message = read(
            raw,
            datetime.fromisoformat(str(facts["arrived"])),
            frozenset(domains),
            Channel(str(source)) if source else None,
            {address: Channel(channel) for address, channel in channels.items()},
            forms,
        )
        return _MESSAGE + message_json.dumps(message)
    except UnreadableMail as error:
        return _REFUSED + str(error).encode()
    except Exception as error:  # whatever a mail did to its reader, the program hears of it and goes on
        return _FAILED + type(error).__name__.encode()


def _frame(data: bytes) -> bytes:
    return _LENGTH.pack(len(data)) + data


def _next(mails: BinaryIO) -> bytes:
    head = mails.read(_LENGTH.size)
    return mails.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else b""


def limit() -> None:
    """Cap this process's memory; no core file either, for it would hold the mail."""
    for which, most in ((resource.RLIMIT_AS, limits.PARSE_BYTES), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(which)
        capped = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (capped, capped))


def run(read: Read) -> None:
    """Be the child: serve on the pipes that were standard input and output."""
    limit()
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what a library prints is no answer
    serve(read, sys.stdin.buffer, answers)


if __name__ == "__main__":
    run(parse)
