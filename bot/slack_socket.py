"""Slack's socket: read one frame at a time, events that came together handed on together, all counted.

The SDK's reader gives nothing on until a read happens to end where a frame ends, calling itself once a frame: a burst
is held back whole, and a long one is lost at Python's recursion limit, with its words in the log.
"""

import json
import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from queue import Empty
from typing import Any
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

READ_BYTES = 65536
LOOK_SECONDS = 0.01
"""How often the reading thread looks for a new connection (the SDK: .1)."""
TOGETHER = 100
"""How many events at most are handed on as one: they are acknowledged one after the other."""


class WholeFrames:
    """A socket whose `recv` gives one whole WebSocket frame (RFC 6455, 5.2), however the bytes come in."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        self._held = bytearray()

    def recv(self, _: int) -> bytes:
        """The next frame; at the stream's end whatever is left. Raises OSError (a timeout leaves all in place)."""
        while not (length := _frame_length(self._held)):
            read = self._sock.recv(READ_BYTES)
            if not read:
                length = len(self._held)
                break
            self._held += read
        frame = bytes(self._held[:length])
        del self._held[:length]
        return frame

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


def _frame_length(held: bytearray) -> int:
    """The bytes of the frame that begins here, or 0 while it is not all there. Slack's frames are not masked."""
    if (
        held[:1] == b"\n"
    ):  # the SDK leaves the last byte of the handshake unread, and skips it as a frame of its own
        return 1
    if len(held) < 2:
        return 0
    head, length = 2, held[1] & 0x7F
    if length > 125:
        head = 4 if length == 126 else 10
        length = int.from_bytes(held[2:head])
    return head + length if len(held) >= head + length else 0


class _Client(SocketModeClient):
    def __init__(self, events: Callable[[Sequence[SocketModeRequest]], None], **more: Any) -> None:
        self._events = events  # before the threads of the one below start
        super().__init__(**more)
        self.current_session_runner.interval_seconds = LOOK_SECONDS

    def issue_new_wss_url(self) -> str:
        """A new address, with a path, and without the proxy where NO_PROXY names its host (the SDK knows neither)."""
        url = urlsplit(super().issue_new_wss_url())
        if proxy_bypass(url.netloc):
            self.proxy = None
        return url._replace(path=url.path or "/").geturl()

    def _run_current_session(self) -> None:  # the one thread that reads
        session = self.current_session
        if session is not None:
            with session.sock_receive_lock:
                if session.sock is not None and not isinstance(session.sock, WholeFrames):
                    # each frame at once: else the system holds a small one back until the last has arrived
                    session.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    session.sock = WholeFrames(session.sock)  # type: ignore[assignment]
        super()._run_current_session()  # type: ignore[no-untyped-call]

    def process_message(self) -> None:
        """Hand on what has come: the events of a burst together, everything else on a thread of its own."""
        events = []
        for raw in self._come():
            message = json.loads(raw) if raw and raw.startswith("{") else {}
            request = SocketModeRequest.from_dict(message) if message.get("type") == "events_api" else None
            if message.get("type") == "disconnect":
                self.connect_to_new_endpoint(force=True)
            elif request is not None:
                events.append(request)
            elif raw and message:
                self.message_workers.submit(self.run_message_listeners, message, raw)
        if events:
            self.message_workers.submit(self._events, events)

    def _come(self) -> list[str | None]:
        found = []
        with suppress(Empty):
            found.append(self.message_queue.get(timeout=1))
            while len(found) < TOGETHER:
                found.append(self.message_queue.get_nowait())
        return found


class Handler(SocketModeHandler):
    """Socket Mode's handler that knows how many events and clicks came and are not acknowledged yet.

    `store` is called with the bodies of events that came together, and says of each whether it is kept and nothing
    else is to be done: then it is acknowledged. Each other goes its way through the app, which keeps it if it is to
    be kept, and only then acknowledges it.
    """

    def __init__(
        self,
        app: App,
        app_token: str,
        *,
        ping_interval: float,
        concurrency: int,
        store: Callable[[Sequence[Mapping[str, Any]]], Sequence[bool]],
    ) -> None:
        self.app = app
        self.app_token = app_token
        self._store = store
        self.last_event: float | None = None
        """When the last event, click or command came (seconds since 1970)."""
        self._in_hand = 0
        self._closed = False
        self._counting = threading.Lock()
        self.client = _Client(
            self._events,
            app_token=app_token,
            logger=app.logger,
            web_client=app.client,
            proxy=app.client.proxy,
            ping_interval=ping_interval,
            concurrency=concurrency,
        )
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]

    def _events(self, requests: Sequence[SocketModeRequest]) -> None:
        self._count(len(requests))
        try:
            stored = self._store([x.payload for x in requests])
        except (
            Exception
        ):  # each by itself, then: those that cannot be stored say so, and are not acknowledged
            for request in requests:
                self.client.message_workers.submit(self._event, request)
        else:
            both = zip(requests, stored, strict=True)
            for request, done in sorted(both, key=lambda x: not x[1]):  # what takes no time goes first
                self._event(request, done)

    def _event(self, request: SocketModeRequest, done: bool = False) -> None:
        try:
            if done:
                self.client.send_socket_mode_response(SocketModeResponse(request.envelope_id))
            else:
                super().handle(self.client, request)
        except Exception:  # as the SDK does: the other events are not to suffer
            self.client.logger.exception("an event could not be handled")
        finally:
            self._count(-1)

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        self._count(1)
        try:
            super().handle(client, req)
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        with self._counting:
            self._in_hand += more
            if more > 0:
                self.last_event = time.time()

    def close(self) -> None:
        """Let go of the line; from then on nobody waits for an acknowledgement."""
        self._closed = True
        super().close()  # type: ignore[no-untyped-call]

    def unacknowledged(self) -> int:
        """How many wait; 0 once it is closed, when Slack delivers them again and no thread takes them any more."""
        if self._closed:
            return 0
        waiting: int = self.client.message_workers._work_queue.qsize()
        return waiting + self.client.message_queue.qsize() + self._in_hand
