"""Small blocks, views and calls to make payloads from, good or bad."""

from typing import Any

from tests.slack_fake.workspace import Json

Sent = tuple[str, Json]  # a method and its arguments


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "Case", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(text: str = "Right", **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": "right", **more}


def option(text: str = "Complaint", value: str = "complaint", **more: Any) -> Json:
    return {"text": plain(text), "value": value, **more}


def menu(kind: str = "static_select", options: list[Json] | None = None, **more: Any) -> Json:
    return {"type": kind, "action_id": "kind", "options": [option()] if options is None else options, **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def asked(element: Json | None = None, **more: Any) -> Json:
    element = element or {"type": "plain_text_input", "action_id": "why"}
    return {"type": "input", "block_id": "why", "label": plain("Why"), "element": element, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    about = {"type": "modal", "title": plain("Change"), "submit": plain("Save"), "callback_id": "change"}
    return {**about, "blocks": list(blocks or [section()]), **more}


def posted(*blocks: Json, **more: Any) -> Sent:
    return "chat.postMessage", {"channel": "C1", "text": "HC-2026-0012", "blocks": list(blocks)} | more


def opened(view: Any) -> Sent:
    return "views.open", {"trigger_id": "TRIGGER", "view": view}


def published(view: Any) -> Sent:
    return "views.publish", {"user_id": "U1", "view": view}


def many(n: int) -> list[Json]:
    return [button(action_id=f"a{k}") for k in range(n)]


def chosen(n: int) -> list[Json]:
    return [option(value=f"v{k}") for k in range(n)]


def confirm(**more: Any) -> Json:
    return {
        "title": plain("Sure"),
        "text": plain("Close?"),
        "confirm": plain("Yes"),
        "deny": plain("No"),
        **more,
    }


def carrying(n: int) -> Sent:
    """A post whose metadata is n bytes of JSON."""
    bare = len('{"event_type": "post", "event_payload": {"outbox": ""}}')
    payload = {"outbox": "x" * (n - bare)}
    return "chat.postMessage", {
        "channel": "C1",
        "text": "x",
        "metadata": {"event_type": "post", "event_payload": payload},
    }
