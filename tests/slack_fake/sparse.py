"""Slack told by its documentation alone: nothing that may be missing is there, or much that nobody asked for is.

What putright leans on without need shows here.
"""

from typing import Any

from tests.slack_fake.records import Envelope
from tests.slack_fake.server import SlackFake
from tests.slack_fake.workspace import Json

OF_BODIES = {
    *("authorizations", "event_context", "is_ext_shared_channel", "api_app_id", "context_team_id", "team_id"),
    *("context_enterprise_id", "token", "team", "enterprise", "team_domain", "is_enterprise_install"),
}
OF_EVENTS = {"client_msg_id", "team", "channel_type", "source_team", "user_team", "blocks", "tab", "view"}
OF_MESSAGES = {"client_msg_id", "team", "latest_reply", "reply_users", "reply_users_count", "subscribed"}
OF_ANSWERS = {
    "auth.test": {"bot_id", "url", "team", "user"},
    "chat.postMessage": {"message", "channel"},
    "conversations.info": {"is_ext_shared", "is_pending_ext_shared", "is_shared", "is_org_shared"},
    "views.open": {"hash"},
    "conversations.history": {"has_more", "pin_count"},
    "conversations.replies": {"has_more"},
}


class SparseSlack(SlackFake):
    """Without all that is optional."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self._link._hello = lambda: {"type": "hello"}  # type: ignore[method-assign]

    def send(self, kind: str, payload: Json, retry_attempt: int = 0, retry_reason: str = "") -> Envelope:
        bare = _without(payload, OF_BODIES)
        if "event" in bare:
            bare["event"] = _without(bare["event"], OF_EVENTS)
        if isinstance(bare.get("user"), dict):
            bare["user"] = {"id": bare["user"]["id"]}
        return super().send(kind, bare, retry_attempt, retry_reason)

    def _answer(self, name: str, token: str, args: Json) -> Json:
        return _bare(name, super()._answer(name, token, args))

    def _headers(self) -> dict[str, str]:
        return {}


class LavishSlack(SlackFake):
    """With fields that came later than putright, in everything."""

    def send(self, kind: str, payload: Json, retry_attempt: int = 0, retry_reason: str = "") -> Envelope:
        rich = payload | {"novelty": {"a": [1]}}
        if "event" in rich:
            rich["event"] = rich["event"] | {
                "novelty": ["x"],
                "team": rich["event"].get("team", "T0LANDLORD"),
            }
        return super().send(kind, rich, retry_attempt, retry_reason)

    def _answer(self, name: str, token: str, args: Json) -> Json:
        answer = super()._answer(name, token, args) | {"warning": "superfluous_charset", "novelty": None}
        answer["response_metadata"] = {
            "next_cursor": "",
            "warnings": ["superfluous_charset"],
            **answer.get("response_metadata", {}),
        }
        return answer

    def _headers(self) -> dict[str, str]:
        return {"X-OAuth-Scopes": ",".join(self.scopes), "x-novelty": "1"}


def _without(fields: Json, names: set[str]) -> Json:
    return {k: v for k, v in fields.items() if k not in names}


def _bare(name: str, answer: Json) -> Json:
    bare = _without(answer, OF_ANSWERS.get(name, set()))
    if not (bare.get("response_metadata") or {}).get("next_cursor"):
        bare.pop("response_metadata", None)
    if "messages" in bare:
        bare["messages"] = [_without(x, OF_MESSAGES) for x in bare["messages"]]
    for part in ("channel", "view"):
        if isinstance(bare.get(part), dict):
            bare[part] = _without(bare[part], OF_ANSWERS.get(name, set()))
    return bare
