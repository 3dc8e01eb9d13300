"""The views.* methods and what an acknowledgement may do to a modal."""

import json
import re
import time
from typing import Any

from tests.slack_fake.payloads import VIEW_BYTES, view_faults
from tests.slack_fake.workspace import STACK, TRIGGER_SECONDS, Json, RefusedError, Trigger, View, Workspace


def open_view(ws: Workspace, args: Json) -> Json:
    trigger = _trigger(ws, args["trigger_id"])
    payload = _checked(ws, args["view"], "modal")
    under = ws.views.get(trigger.view or "")
    view = _push(ws, under, payload) if under else _new(ws, trigger.user, payload)
    trigger.used = True
    return {"ok": True, "view": view.json()}


def push(ws: Workspace, args: Json) -> Json:
    trigger = _trigger(ws, args["trigger_id"])
    payload = _checked(ws, args["view"], "modal")
    under = ws.views.get(trigger.view or "")
    if under is None:
        raise RefusedError("not_found")
    view = _push(ws, under, payload)
    trigger.used = True
    return {"ok": True, "view": view.json()}


def update(ws: Workspace, args: Json) -> Json:
    if not args.get("view_id") and not args.get("external_id"):
        raise RefusedError("invalid_arguments", ["[ERROR] missing required field: view_id or external_id"])
    view = ws.views.get(args.get("view_id", "")) or _by_external_id(ws, args.get("external_id"))
    if view is None or view.closed:
        raise RefusedError("not_found")
    if args.get("hash") not in (None, view.hash):
        raise RefusedError("hash_conflict")
    view.payload = _checked(ws, args["view"], str(view.payload["type"]), replaced=view)
    view.revision += 1
    return {"ok": True, "view": view.json()}


def publish(ws: Workspace, args: Json) -> Json:
    user = ws.users.get(args["user_id"])
    if user is None or user.deleted:
        raise RefusedError("user_not_found")
    home = ws.homes.get(user.id)
    if args.get("hash") not in (None, home.hash if home else None):
        raise RefusedError("hash_conflict")
    payload = _checked(ws, args["view"], "home", replaced=home)
    if home is None:
        home = _new(ws, user.id, payload)
        ws.homes[user.id] = home
    else:
        home.payload = payload
        home.revision += 1
    return {"ok": True, "view": home.json()}


def submission_answer(ws: Workspace, view: View, answer: Json | None) -> list[str]:
    """What an acknowledged submission does to the modal; the faults if Slack would not take the answer."""
    action = (answer or {}).get("response_action")
    if not answer or action == "clear":
        for other in ws.views.values():
            if other is view or (action == "clear" and other.stack == view.stack):
                other.closed = True
        return []
    if action == "errors":
        inputs = {b.get("block_id") for b in view.payload["blocks"] if b["type"] == "input"}
        errors = answer.get("errors")
        if not isinstance(errors, dict) or not errors:
            return ["errors: at least one block_id and its words are needed"]
        wrong = [f"errors: no input block has the block_id {key}" for key in errors if key not in inputs]
        return wrong + [
            f"errors: no words for {k}" for k, v in errors.items() if not v or not isinstance(v, str)
        ]
    if action not in ("update", "push"):
        return [f"response_action: {action} is not errors, update, push or clear"]
    try:
        payload = _checked(ws, answer.get("view"), "modal", replaced=view if action == "update" else None)
        if action == "push":
            _push(ws, view, payload)
        else:
            view.payload = payload
            view.revision += 1
    except RefusedError as refused:
        messages: list[str] = refused.answer.get("response_metadata", {}).get("messages", [])
        return [f"response_action {action}: {refused.error}", *messages]
    return []


def _trigger(ws: Workspace, trigger_id: str) -> Trigger:
    """A trigger lives three seconds and works once."""
    trigger = ws.triggers.get(trigger_id)
    if trigger is None or not re.fullmatch(r"\d+\.\d+\.[0-9a-f]+", trigger_id):
        raise RefusedError("invalid_trigger_id")
    if trigger.used:
        raise RefusedError("exchanged_trigger_id")
    if time.monotonic() - trigger.made_at > TRIGGER_SECONDS:
        raise RefusedError("expired_trigger_id")
    return trigger


def _checked(ws: Workspace, given: Any, kind: str, replaced: View | None = None) -> Json:
    try:
        view = json.loads(given) if isinstance(given, str) else given
    except ValueError:
        raise RefusedError("invalid_arguments", ["[ERROR] invalid JSON [json-pointer:/view]"]) from None
    if len(json.dumps(view).encode()) > VIEW_BYTES:
        raise RefusedError("view_too_large")
    faults = view_faults(view, kind)
    if faults:
        raise RefusedError("invalid_arguments", faults)
    other = _by_external_id(ws, view.get("external_id"))
    if other is not None and other is not replaced:
        raise RefusedError("duplicate_external_id")
    checked: Json = dict(view)
    # Slack names the blocks that came without a block_id; a submission's state is keyed by it.
    checked["blocks"] = [{"block_id": f"b{n}", **block} for n, block in enumerate(view["blocks"])]
    return checked


def _by_external_id(ws: Workspace, external_id: str | None) -> View | None:
    if not external_id:
        return None
    return next(
        (v for v in ws.views.values() if v.payload.get("external_id") == external_id and not v.closed), None
    )


def _new(ws: Workspace, user: str, payload: Json, under: View | None = None) -> View:
    view_id = f"V{ws.next():07d}"
    view = View(
        view_id, user, payload, stack=under.stack if under else view_id, previous=under.id if under else None
    )
    ws.views[view_id] = view
    return view


def _push(ws: Workspace, under: View, payload: Json) -> View:
    standing = [v for v in ws.views.values() if v.stack == under.stack and not v.closed]
    if len(standing) >= STACK:
        raise RefusedError("push_limit_reached")
    # A view pushed from the Home tab is not on top of anything.
    return _new(ws, under.user, payload, under if under.payload["type"] == "modal" else None)
