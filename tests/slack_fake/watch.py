"""What came of it: the app's posts, answers and views, and waiting for each of them."""

from typing import Any

from tests.slack_fake.records import Ack, Call, Envelope, ResponsePost
from tests.slack_fake.wire import WAIT, Wire
from tests.slack_fake.workspace import Json, View


class Watch(Wire):
    """What a test reads and waits for. The n-th of something counts from 1."""

    @property
    def posts(self) -> list[Call]:
        """The channel posts that were taken."""
        return [c for c in self.calls if c.method == "chat.postMessage" and c.ok]

    @property
    def refusals(self) -> list[Call]:
        return [c for c in self.calls if not c.ok]

    def ephemerals(self, user: str) -> list[Json]:
        """What only this person was shown (by post, by answer to a command or by response_url)."""
        return [m for m in self.workspace.ephemerals.values() if m["user"] == user]

    def modal(self, user: str) -> View | None:
        """The modal on top of this person's screen."""
        views = [v for v in self.workspace.views.values() if v.user == user and not v.closed]
        return next((v for v in reversed(views) if v.payload["type"] == "modal"), None)

    def everything_sent(self) -> list[Json]:
        """Each payload the app sent, by whatever way: for looking for what must not be there."""
        sent = [c.args for c in self.calls] + [p.body for p in self.response_posts]
        return sent + [a.payload for a in self.acks if a.payload]

    def wait_for_connection(self, number: int = 1, timeout: float = WAIT) -> None:
        """Wait until the app has made its first (or its n-th) socket, and it is open."""
        self.wait(lambda: self._link.made >= number and self.connections > 0, f"socket {number}", timeout)

    def wait_for_ack(self, what: Envelope | str, timeout: float = WAIT) -> Ack:
        """The acknowledgement of an envelope, of an envelope id, or of the event about a message's ts."""
        envelope_id = self._envelope(what).envelope_id

        def found() -> Ack | None:
            return next((a for a in self.acks if a.envelope_id == envelope_id), None)

        return self.wait(found, f"acknowledgement of {envelope_id}", timeout)

    def acked_about(self, ts: str, count: int = 1) -> list[Envelope]:
        """The envelopes about a message, once so many of them are acknowledged; none before."""
        acked = {a.envelope_id for a in self.acks}
        about = [e for e in self.envelopes if e.about == ts and e.envelope_id in acked]
        return about if len(about) >= count else []

    def wait_for_call(
        self, method: str, *, count: int = 1, ok: bool = True, timeout: float = WAIT, **args: Any
    ) -> Call:
        """The n-th call of a method that was taken (or refused: ok=False), with these arguments."""

        def found() -> Call | None:
            fits = [c for c in self.calls if c.method == method and c.ok is ok]
            fits = [c for c in fits if all(c.args.get(k) == v for k, v in args.items())]
            return fits[count - 1] if len(fits) >= count else None

        return self.wait(found, f"{method} number {count} with {args}", timeout)

    def wait_for_post(
        self, channel: str | None = None, *, count: int = 1, timeout: float = WAIT, **args: Any
    ) -> Call:
        wanted = {**args, "channel": channel} if channel else args
        return self.wait_for_call("chat.postMessage", count=count, timeout=timeout, **wanted)

    def wait_for_response(self, count: int = 1, timeout: float = WAIT) -> ResponsePost:
        """The n-th post to a response_url."""
        posts = self.response_posts
        return self.wait(
            lambda: posts[count - 1] if len(posts) >= count else None, "post to response_url", timeout
        )

    def wait_for_modal(self, user: str, callback_id: str | None = None, timeout: float = WAIT) -> View:
        """The modal on top of this person's screen, once there is one (of this callback_id)."""

        def found() -> View | None:
            view = self.modal(user)
            return view if view and callback_id in (None, view.payload.get("callback_id")) else None

        return self.wait(found, f"modal {callback_id or ''} for {user}", timeout)

    def wait_for_home(self, user: str, revision: int = 1, timeout: float = WAIT) -> View:
        """This person's Home, once it was published so many times."""

        def found() -> View | None:
            home = self.workspace.homes.get(user)
            return home if home and home.revision >= revision else None

        return self.wait(found, f"Home of {user}, revision {revision}", timeout)

    def take_ack_faults(self) -> list[str]:
        """What Slack minds about the acknowledgements so far; a test that expects it takes it away."""
        with self._lock:
            taken = [fault for ack in self.acks for fault in ack.faults]
            for ack in self.acks:
                ack.faults.clear()
        return taken

    def _envelope(self, what: Envelope | str) -> Envelope:
        if isinstance(what, Envelope):
            return what
        with self._lock:
            return next(e for e in self.envelopes if what in (e.envelope_id, e.about))
