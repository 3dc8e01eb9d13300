"""The fake's server: its thread and loop, the Web API's front door, and waiting until something is so."""

import asyncio
import json
import threading
import time
import uuid
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from aiohttp import web

from tests.slack_fake import chat, conversations, files, views
from tests.slack_fake.faults import Fault, Faults
from tests.slack_fake.link import Link
from tests.slack_fake.records import Ack, Call, Envelope, ResponsePost
from tests.slack_fake.scopes import METHODS, Method
from tests.slack_fake.workspace import Channel, Json, RefusedError, User, Workspace

BOT_TOKEN = "xoxb-loopback"
APP_TOKEN = "xapp-loopback"
MANIFEST = Path(__file__).parents[2] / "bot" / "slack-manifest.json"
ANSWER_SECONDS = 3.0  # a command, click or submission acknowledged later has failed for its user
WAIT = 5.0
T = TypeVar("T")

ANSWERS: dict[str, Callable[[Workspace, Json], Json]] = {
    "auth.test": conversations.auth_test,
    "chat.getPermalink": chat.get_permalink,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.postMessage": chat.post_message,
    "chat.update": chat.update,
    "conversations.history": conversations.history,
    "conversations.info": conversations.info,
    "conversations.members": conversations.members,
    "conversations.open": conversations.open_dm,
    "conversations.replies": conversations.replies,
    "files.info": files.info,
    "reactions.add": chat.add_reaction,
    "usergroups.users.list": conversations.group_members,
    "users.info": conversations.user_info,
    "views.open": views.open_view,
    "views.publish": views.publish,
    "views.push": views.push,
    "views.update": views.update,
}


class Wire:
    """Slack's end of the wire. All state is touched under `_lock`; whoever waits is told of each change."""

    def __init__(
        self,
        *,
        manifest: Json | Path = MANIFEST,
        channels: list[Channel] | None = None,
        users: list[User] | None = None,
        groups: Mapping[str, list[str]] | None = None,
    ) -> None:
        self.manifest: Json = json.loads(manifest.read_text()) if isinstance(manifest, Path) else manifest
        people = [User("U1")] if users is None else users
        places = [Channel("C1")] if channels is None else channels
        self.workspace = Workspace(places, people, dict(groups or {}))
        self.bot_token, self.app_token = BOT_TOKEN, APP_TOKEN
        self.calls: list[Call] = []
        self.envelopes: list[Envelope] = []
        self.acks: list[Ack] = []
        self.response_posts: list[ResponsePost] = []
        self._faults = Faults()
        self._lock = threading.Condition(threading.RLock())
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="slack-fake", daemon=True)
        self._link = Link(self._acknowledged, self._tell)
        self._sending: set[asyncio.Task[None]] = set()
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        self._run(self._serve())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._run(self._link.drop())
        self._run(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        minded = [f"{a.envelope_id}: {f}" for a in self.acks for f in a.faults]
        if minded and kind is None:
            raise AssertionError("Slack minds these acknowledgements:\n" + "\n".join(minded))

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/"

    @property
    def connections(self) -> int:
        """How many sockets are open now."""
        return len(self._link.open)

    @property
    def connections_made(self) -> int:
        return self._link.made

    # --- waiting, always by condition -------------------------------------------------------------

    def wait(
        self, until: Callable[[], T | None], what: str, timeout: float = WAIT, poll: float | None = None
    ) -> T:
        """Wait until it is so, and give what it gave; else say what was waited for and what came instead.

        The fake wakes the waiter at each change of its own; `poll` is for what it cannot see (the app's inside).
        """
        deadline = time.monotonic() + timeout
        with self._lock:
            found = until()
            while not found and (left := deadline - time.monotonic()) > 0:
                self._lock.wait(min(left, poll or left))
                found = until()
        if not found:
            last = [f"{c.method} -> {c.answer.get('error', 'ok')}" for c in self.calls[-5:]]
            last += [f"ack {a.envelope_id[:8]} {a.payload}" for a in self.acks[-5:]]
            raise AssertionError(f"no {what} within {timeout} s; last seen: {'; '.join(last) or 'nothing'}")
        return found

    def _tell(self) -> None:
        with self._lock:
            self._lock.notify_all()

    # --- faults on demand -------------------------------------------------------------------------

    def rate_limit(self, method: str, retry_after: float | str | None = 1, times: int = 1) -> None:
        """`retry_after` is the header as sent; None leaves it out."""
        wait = None if retry_after is None else str(retry_after)
        self._faults.order(method, Fault("ratelimited", 429, wait), times)

    def fail(self, method: str, error: str = "internal_error", *, status: int = 200, times: int = 1) -> None:
        self._faults.order(method, Fault(error, status), times)

    def garble(self, method: str, body: str, status: int = 502) -> None:
        """The next call gets something that is not Slack's, and is not taken."""
        self._faults.order(method, Fault("garbled", status, body=body))

    def lose_answer(self, method: str, times: int = 1) -> None:
        """The call is taken and done, but the connection drops before the answer."""
        self._faults.order(method, Fault(lose_answer=True), times)

    def fail_download(self, times: int = 1, **fault: Any) -> None:
        """What goes wrong with the next downloads, as `Fault` says it."""
        self._faults.order(files.DOWNLOAD, Fault(**fault), times)

    def heal(self) -> None:
        self._faults.clear()

    def ask_to_disconnect(self, reason: str = "refresh_requested") -> None:
        self._run(self._link.ask_to_leave(reason))

    def send_close_frame(self) -> None:
        self._run(self._link.hang_up())

    def reset_connections(self) -> None:
        self._run(self._link.reset())

    def drop_connections(self) -> None:
        """The end of each stream (FIN) without a close frame."""
        self._run(self._link.drop())

    def go_half_open(self) -> None:
        self._run(self._link.fall_silent())

    # --- the socket -------------------------------------------------------------------------------

    def send(self, kind: str, payload: Json, retry_attempt: int = 0, retry_reason: str = "") -> Envelope:
        """Put an envelope on the socket (from any thread)."""
        envelope = Envelope(str(uuid.uuid4()), kind, payload, retry_attempt, retry_reason)
        with self._lock:
            self.envelopes.append(envelope)
        self._loop.call_soon_threadsafe(self._start_sending, envelope)
        return envelope

    def _start_sending(self, envelope: Envelope) -> None:
        task = self._loop.create_task(self._link.send(envelope))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    def _acknowledged(self, frame: Json) -> None:
        now = time.monotonic()
        with self._lock:
            envelope_id = str(frame.get("envelope_id"))
            envelope = next((e for e in self.envelopes if e.envelope_id == envelope_id), None)
            ack = Ack(envelope_id, frame.get("payload") or None, now, 0.0)
            if envelope is None or envelope.sent_at is None:
                ack.faults.append("no such envelope_id")
            else:
                ack.after = now - envelope.sent_at
                again = any(a.envelope_id == envelope_id for a in self.acks)
                if again:
                    ack.faults.append("acknowledged twice")
                elif ack.after <= ANSWER_SECONDS:
                    ack.faults += self._taken(envelope, ack.payload)
            self.acks.append(ack)
            self._deliver_happened()
            self._lock.notify_all()

    def _taken(self, envelope: Envelope, payload: Json | None) -> list[str]:
        """What an acknowledgement in time does; the faults if Slack would mind its payload."""
        about = envelope.payload
        if payload is not None and not envelope.takes_payload:
            return [f"an acknowledgement of {about.get('type', envelope.type)} takes no payload: {payload}"]
        if about.get("type") == "view_submission":
            return views.submission_answer(self.workspace, self.workspace.views[about["view"]["id"]], payload)
        if envelope.type == "slash_commands" and payload is not None:
            channel = self.workspace.channels[about["channel_id"]]
            try:
                chat.answer(self.workspace, channel, about["user_id"], payload)
            except RefusedError as refused:
                return [json.dumps(refused.answer)]
        return []

    def _deliver_happened(self) -> None:
        raise NotImplementedError  # what people and the app did becomes events in server.py

    # --- the Web API ------------------------------------------------------------------------------

    async def _serve(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/response/{url_id}", self._response)
        app.router.add_get("/files-pri/{file}/download/{name}", self._file)
        app.router.add_get("/link", self._link.accept)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]
        self.workspace.files_url = f"http://127.0.0.1:{self.port}/files-pri/"

    async def _file(self, request: web.Request) -> web.StreamResponse:
        with self._lock:
            fault = self._faults.take(files.DOWNLOAD)
            token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        allowed = token == self.bot_token and "files:read" in self.scopes

        def record(args: Json, answer: Json) -> None:
            with self._lock:
                self.calls.append(Call(files.DOWNLOAD, args, time.monotonic(), answer))
                self._lock.notify_all()

        return await files.served(request, self.workspace, fault, allowed, record)

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        args = await _arguments(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or args.pop("token", "")
        for common in ("token", "team_id"):  # Bolt's own client adds team_id to whatever it calls
            args.pop(common, None)
        with self._lock:
            fault = self._faults.take(method)
            if fault is not None and fault.error:
                answer: Json = {"ok": False, "error": fault.error}
            else:
                try:
                    answer = self._answer(method, token, args)
                except RefusedError as refused:
                    answer = refused.answer
            self.calls.append(Call(method, args, time.monotonic(), answer))
            self._deliver_happened()
            self._lock.notify_all()
        if fault is not None and fault.lose_answer and request.transport is not None:
            request.transport.abort()
        headers = self._headers()
        if fault is not None and fault.retry_after is not None:
            headers["Retry-After"] = str(fault.retry_after)
        status = fault.status if fault else 200
        if fault is not None and fault.body is not None:
            return web.Response(text=fault.body, status=status, headers=headers, content_type="text/html")
        return web.json_response(answer, status=status, headers=headers)

    def _headers(self) -> dict[str, str]:
        return {"x-oauth-scopes": ",".join(self.scopes)}

    @property
    def scopes(self) -> list[str]:
        """The bot scopes the manifest asks for: what is taken out of it is taken from the app."""
        asked: list[str] = self.manifest["oauth_config"]["scopes"]["bot"]
        return asked

    def _answer(self, name: str, token: str, args: Json) -> Json:
        method = METHODS.get(name)
        if method is None:
            raise RefusedError("unknown_method", req_method=name)
        if not token:
            raise RefusedError("not_authed")
        if token not in (self.bot_token, self.app_token):
            raise RefusedError("invalid_auth")
        if (method.token == "app") != (token == self.app_token):
            raise RefusedError("not_allowed_token_type")
        if method.token == "app":
            ticket = self._link.new_ticket()
            return {"ok": True, "url": f"ws://127.0.0.1:{self.port}/link?ticket={ticket}"}
        self._check_scope(method, args)
        _check_arguments(method, args)
        return ANSWERS[name](self.workspace, args)

    def _check_scope(self, method: Method, args: Json) -> None:
        channel = self.workspace.channels.get(str(args.get("channel")))
        needed = method.scope_for(channel.kind if channel else None)
        if needed is not None and needed not in self.scopes:
            raise RefusedError("missing_scope", needed=needed, provided=",".join(self.scopes))

    async def _response(self, request: web.Request) -> web.Response:
        url_id = request.match_info["url_id"]
        body = await request.json()
        ts = None
        with self._lock:
            try:
                ts = chat.respond(self.workspace, url_id, body)
                said = "ok"
            except RefusedError as refused:
                said = refused.error
            self.response_posts.append(ResponsePost(url_id, body, time.monotonic(), said, ts))
            self._deliver_happened()
            self._lock.notify_all()
        return web.Response(text=said, status=200 if said == "ok" else 404 if said.endswith("_url") else 400)

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(WAIT)


async def _arguments(request: web.Request) -> Json:
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        body = await request.text()
        args |= json.loads(body) if body else {}
    else:
        args |= dict(await request.post())
    return args


def _check_arguments(method: Method, args: Json) -> None:
    """Missing and unknown arguments. Slack lets an unknown one pass in silence: here a misspelling shows."""
    for name in method.required:
        if args.get(name) in (None, ""):
            raise RefusedError("invalid_arguments", [f"[ERROR] missing required field: {name}"])
    unknown = sorted(args.keys() - {*method.required, *method.optional})
    if unknown:
        raise RefusedError("invalid_arguments", [f"[ERROR] unknown argument: {', '.join(unknown)}"])
