"""The socket side of the fake: one-use tickets, hello, envelopes out, acknowledgements in, and ways to break."""

import asyncio
import contextlib
import json
import socket
import struct
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import WSMsgType, web

from tests.slack_fake.records import Envelope
from tests.slack_fake.workspace import APP, Json

HANG_UP_SECONDS = 0.3  # how long a close frame waits for its answer


@dataclass(eq=False)
class Connection:
    """One socket of the app; a silent one is half open: nothing is read from it nor written to it."""

    number: int
    socket: web.WebSocketResponse
    transport: asyncio.Transport
    silent: bool = False
    leaving: bool = False


class Link:
    """All of the app's sockets. Lives on the fake's own loop; each change is told to `changed`."""

    def __init__(self, on_ack: Callable[[Json], None], changed: Callable[[], None]) -> None:
        self.open: list[Connection] = []
        self.made = 0
        self._tickets: set[str] = set()
        self._turn = 0
        self._on_ack = on_ack
        self._changed = changed

    def new_ticket(self) -> str:
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        return ticket

    async def accept(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401, text="invalid ticket")
        self._tickets.discard(ticket)
        ws = web.WebSocketResponse(autoping=False, timeout=HANG_UP_SECONDS, compress=False)
        await ws.prepare(request)
        assert isinstance(request.transport, asyncio.Transport)
        self.made += 1
        connection = Connection(self.made, ws, request.transport)
        await ws.send_str(json.dumps(self._hello()))
        leaving = [c for c in self.open if c.leaving]
        self.open.append(connection)
        self._changed()
        await asyncio.gather(*(c.socket.close() for c in leaving))
        try:
            await self._read(connection)
        finally:
            self.open.remove(connection)
            self._changed()
        return ws

    async def _read(self, connection: Connection) -> None:
        async for message in connection.socket:
            if connection.silent:
                continue
            if message.type is WSMsgType.PING:
                # The client reads its session and the time of its ping out of the pong.
                await connection.socket.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                self._on_ack(json.loads(message.data))

    def _hello(self) -> Json:
        debug = {"host": "loopback", "build_number": 1, "approximate_connection_time": 18060}
        about = {"num_connections": len(self.open) + 1, "debug_info": debug}
        return {"type": "hello", "connection_info": {"app_id": APP}, **about}

    async def send(self, envelope: Envelope) -> None:
        """Out through one socket, each in its turn; a lone half-open socket swallows it."""
        able = [c for c in self.open if not c.leaving and not c.silent and not c.socket.closed]
        if able:
            self._turn += 1
            connection = able[self._turn % len(able)]
            envelope.sent_at = time.monotonic()
            envelope.connection = connection.number
            with contextlib.suppress(ConnectionError):  # it died as we wrote: nobody heard it
                await connection.socket.send_str(json.dumps(envelope.json()))
        self._changed()

    async def ask_to_leave(self, reason: str) -> None:
        """The disconnect message: the app is to open another socket; this one is dropped when it has."""
        for connection in list(self.open):
            if not connection.silent:
                connection.leaving = True
                about = {"type": "disconnect", "reason": reason, "debug_info": {"host": "loopback"}}
                await connection.socket.send_str(json.dumps(about))

    async def hang_up(self) -> None:
        """A close frame on each socket."""
        await asyncio.gather(*(c.socket.close() for c in list(self.open) if not c.silent))

    async def reset(self) -> None:
        """A TCP reset: no close frame, no FIN."""
        for connection in list(self.open):
            raw = connection.transport.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.transport.abort()

    async def fall_silent(self) -> None:
        """Half open: TCP stays up, but nothing is read, answered or sent any more."""
        for connection in self.open:
            connection.silent = True
            connection.transport.pause_reading()

    async def drop(self) -> None:
        for connection in list(self.open):
            connection.transport.abort()
