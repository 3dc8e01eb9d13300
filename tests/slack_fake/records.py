"""What the fake writes down: calls, envelopes, acknowledgements and posts to a response_url."""

from dataclasses import dataclass, field

from tests.slack_fake.workspace import Json


@dataclass(frozen=True)
class Call:
    """One Web API call, with Slack's answer. Times here are time.monotonic()."""

    method: str
    args: Json
    at: float
    answer: Json

    @property
    def ok(self) -> bool:
        return bool(self.answer.get("ok"))


@dataclass
class Envelope:
    """One thing sent over the socket; `sent_at` is None while no socket has taken it."""

    envelope_id: str
    type: str
    payload: Json
    retry_attempt: int = 0
    retry_reason: str = ""
    sent_at: float | None = None
    connection: int | None = None

    def json(self) -> Json:
        frame: Json = {"envelope_id": self.envelope_id, "type": self.type, "payload": self.payload}
        frame["accepts_response_payload"] = self.takes_payload
        if self.type == "events_api":
            frame |= {"retry_attempt": self.retry_attempt, "retry_reason": self.retry_reason}
        return frame

    @property
    def takes_payload(self) -> bool:
        return self.type == "slash_commands" or self.payload.get("type") == "view_submission"

    @property
    def about(self) -> str | None:
        """The ts of the message a message event tells of."""
        event = self.payload.get("event", {})
        return event.get("ts") if event.get("type") in ("message", "app_mention") else None


@dataclass
class Ack:
    """One acknowledgement; `after` is the time since its envelope went out, `faults` what Slack minds."""

    envelope_id: str
    payload: Json | None
    at: float
    after: float
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ResponsePost:
    """One post to a response_url; `answer` is `ok` or Slack's error, `ts` the message it made."""

    url_id: str
    body: Json
    at: float
    answer: str
    ts: str | None = None
