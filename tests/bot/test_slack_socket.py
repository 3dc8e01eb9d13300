"""Slack's socket: however the bytes come in, each frame is given on as soon as it is whole, and none is lost."""

import logging
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import BoltResponse
from slack_sdk.socket_mode.builtin.internals import _receive_messages

from putright.bot.slack_app import build_app
from putright.bot.slack_socket import Handler, WholeFrames
from tests.bot.office import office
from tests.slack_fake.bolt import connected_by, no_proxies
from tests.slack_fake.example import small_workspace
from tests.slack_fake.workspace import TEAM

HANDSHAKE_END = b"\n"
"""What the SDK leaves unread of the server's answer."""


def frame(text: bytes) -> bytes:
    if len(text) < 126:
        return b"\x81" + bytes([len(text)]) + text
    if len(text) < 65536:
        return b"\x81\x7e" + struct.pack("!H", len(text)) + text
    return b"\x81\x7f" + struct.pack("!Q", len(text)) + text


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    near, far = socket.socketpair()
    near.settimeout(5)
    with near, far:
        yield near, far


def read(sock: WholeFrames) -> list[bytes]:
    """What one reading of the SDK's gives."""
    found = _receive_messages(sock, threading.Lock(), logging.getLogger(__name__), 1024)  # type: ignore[arg-type]
    return [data for header, data in found if header is not None]


@pytest.mark.parametrize("sent", [1, 7, 1024, 50_000])
def test_a_burst_is_given_on_frame_by_frame_however_its_bytes_are_cut(
    ends: tuple[socket.socket, socket.socket], sent: int
) -> None:
    near, far = ends
    texts = [
        b'{"n": %d, "text": "%s"}' % (n, b"x" * size) for n, size in enumerate((0, 100, 126, 900, 70_000))
    ]
    raw = HANDSHAKE_END + b"".join(map(frame, texts))

    def send() -> None:
        for at in range(0, len(raw), sent):
            far.sendall(raw[at : at + sent])

    sender = threading.Thread(target=send)
    sender.start()
    framed = WholeFrames(near)
    assert [read(framed) for _ in texts] == [[x] for x in texts]
    sender.join()


def test_a_burst_of_thousands_is_read_whole(ends: tuple[socket.socket, socket.socket]) -> None:
    near, far = ends
    texts = [b'{"n": %d, "text": "%s"}' % (n, b"x" * 700) for n in range(3000)]
    sender = threading.Thread(target=lambda: far.sendall(b"".join(map(frame, texts))))
    sender.start()
    framed = WholeFrames(near)
    assert [x for _ in texts for x in read(framed)] == texts
    sender.join()


def test_a_frame_that_stops_in_the_middle_is_given_on_once_it_goes_on(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    near, far = ends
    near.settimeout(0.05)
    framed, raw = WholeFrames(near), frame(b'{"a": 1}')
    far.sendall(raw[:5])
    with pytest.raises(TimeoutError):
        framed.recv(1024)
    far.sendall(raw[5:])
    assert read(framed) == [b'{"a": 1}']


def test_at_the_end_of_the_stream_it_gives_what_there_is_and_then_nothing(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    near, far = ends
    far.sendall(frame(b"whole") + b"\x81\x05ha")
    far.shutdown(socket.SHUT_WR)
    framed = WholeFrames(near)
    assert [framed.recv(1024) for _ in range(3)] == [frame(b"whole"), b"\x81\x05ha", b""]


def _nothing(bodies: Sequence[Mapping[str, Any]]) -> list[bool]:
    return [False] * len(bodies)


def test_what_is_kept_is_acknowledged_at_once_and_the_rest_by_the_app_alone(tmp_path: Path) -> None:
    through_the_app = []
    with no_proxies(), small_workspace() as slack, office(slack, tmp_path, listening=False) as live:
        app = build_app(live.desk, live.web, TEAM)

        @app.middleware
        def seen(body: Mapping[str, Any], next: Callable[[], BoltResponse]) -> BoltResponse:
            through_the_app.append(body["event"]["text"])
            return next()

        def kept(bodies: Sequence[Mapping[str, Any]]) -> list[bool]:
            return [x["event"]["text"] == "kept" for x in bodies]

        handler = Handler(app, slack.app_token, ping_interval=3, concurrency=2, store=kept)
        with connected_by(slack, handler):
            for text in ("kept", "not kept", "kept"):
                slack.say("C1", "U1", text)
            slack.wait(lambda: len(slack.acks) == 3, "acknowledgements")
    assert through_the_app == ["not kept"]


def test_an_acknowledgement_is_sent_at_once_and_not_held_back_for_the_next(tmp_path: Path) -> None:
    with no_proxies(), small_workspace() as slack, office(slack, tmp_path, listening=False) as live:
        app = build_app(live.desk, live.web, TEAM)
        handler = Handler(app, slack.app_token, ping_interval=3, concurrency=2, store=_nothing)
        with connected_by(slack, handler):
            slack.say("C1", "U1", "hello")
            slack.wait(lambda: slack.acks, "acknowledgement")
            session = handler.client.current_session
            assert session is not None and session.sock is not None
            assert session.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_handler_that_is_closed_holds_nobody_up(tmp_path: Path) -> None:
    with no_proxies(), small_workspace() as slack, office(slack, tmp_path, listening=False) as live:
        app = build_app(live.desk, live.web, TEAM)
        handler = Handler(app, slack.app_token, ping_interval=3, concurrency=2, store=_nothing)
        with connected_by(slack, handler):
            handler._count(1)
            assert handler.unacknowledged() >= 1
        assert handler.unacknowledged() == 0
