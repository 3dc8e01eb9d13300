"""Slack's socket: however the bytes come in, each frame is given on as soon as it is whole, and none is lost."""

import logging
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
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


def test_a_handler_that_is_closed_holds_nobody_up(tmp_path: Path) -> None:
    with no_proxies(), small_workspace() as slack, office(slack, tmp_path, listening=False) as live:
        app = build_app(live.desk, live.web, TEAM)
        handler = Handler(app, slack.app_token, ping_interval=3, concurrency=2, store=lambda _: None)
        with connected_by(slack, handler):
            handler._count(1)
            assert handler.unacknowledged() >= 1
        assert handler.unacknowledged() == 0
