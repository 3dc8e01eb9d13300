"""The chat.* methods, reactions.add and posts to a response_url: what may be said, and where."""

import copy
import json
from typing import Any

from tests.slack_fake.payloads import TEXT_LIMIT, message_faults, metadata_fault
from tests.slack_fake.workspace import APP, BOT, BOT_USER, TEAM, Channel, Json, RefusedError, Workspace

RESPONSE_USES = 5


def post_message(ws: Workspace, args: Json) -> Json:
    if args["channel"] in ws.users:  # Slack takes a person's id for their direct messages
        channel = ws.dm(args["channel"])
        if ws.users[args["channel"]].deleted:
            raise RefusedError("channel_not_found")
    else:
        channel = _writable(ws, args["channel"])
    checked = _content(args)
    if "metadata" in args:
        metadata = _parsed(args["metadata"], "invalid_metadata_format")
        fault = metadata_fault(metadata)
        if fault:
            raise RefusedError(fault)
        checked["metadata"] = metadata
    message = say(ws, channel, checked, args.get("thread_ts"))
    return {"ok": True, "channel": channel.id, "ts": message["ts"], "message": copy.deepcopy(message)}


def update(ws: Workspace, args: Json) -> Json:
    channel = _writable(ws, args["channel"])
    message = channel.messages.get(args["ts"])
    if message is None:
        raise RefusedError("message_not_found")
    if message.get("user") != BOT_USER:
        raise RefusedError("cant_update_message")
    checked = _content(args)
    if "metadata" in args:
        checked["metadata"] = _parsed(args["metadata"], "invalid_metadata_format")
        fault = metadata_fault(checked["metadata"]) if checked["metadata"] else None
        if fault:
            raise RefusedError(fault)
    change(ws, channel, message, checked, editor=BOT_USER)
    shown = copy.deepcopy(message)
    return {"ok": True, "channel": channel.id, "ts": message["ts"], "text": message["text"], "message": shown}


def post_ephemeral(ws: Workspace, args: Json) -> Json:
    channel = _writable(ws, args["channel"])
    if args["user"] not in ws.members_of(channel) or ws.users[args["user"]].deleted:
        raise RefusedError("user_not_in_channel")
    content = _content(args)
    if "thread_ts" in args:
        _parent(channel, args["thread_ts"])
        content["thread_ts"] = args["thread_ts"]
    return {"ok": True, "message_ts": tell(ws, channel, args["user"], content)}


def get_permalink(ws: Workspace, args: Json) -> Json:
    channel = ws.channel(args["channel"])
    if args["message_ts"] not in channel.messages:
        raise RefusedError("message_not_found")
    return {"ok": True, "channel": channel.id, "permalink": permalink(channel.id, args["message_ts"])}


def permalink(channel: str, ts: str) -> str:
    return f"https://landlord.slack.example/archives/{channel}/p{ts.replace('.', '')}"


def add_reaction(ws: Workspace, args: Json) -> Json:
    if not args.get("channel") or not args.get("timestamp"):
        raise RefusedError("no_item_specified")
    name = str(args.get("name", ""))
    if not name or not name.replace("_", "").replace("-", "").replace("+", "").isalnum():
        raise RefusedError("invalid_name")
    channel = _writable(ws, args["channel"])
    message = channel.messages.get(args["timestamp"])
    if message is None:
        raise RefusedError("message_not_found")
    reactions = message.setdefault("reactions", [])
    found = next((r for r in reactions if r["name"] == name), None)
    if found is None:
        reactions.append({"name": name, "users": [BOT_USER], "count": 1})
    elif BOT_USER in found["users"]:
        raise RefusedError("already_reacted")
    else:
        found["users"].append(BOT_USER)
        found["count"] += 1
    return {"ok": True}


def respond(ws: Workspace, url_id: str, body: Json) -> str | None:
    """A post to a response_url: as strict as a message, with Slack's words for a url that is used up."""
    url = ws.response_urls.get(url_id)
    if url is None:
        raise RefusedError("expired_url")
    if url.uses >= RESPONSE_USES:
        raise RefusedError("used_url")
    if body.get("response_type", "ephemeral") not in ("ephemeral", "in_channel"):
        raise RefusedError("invalid_arguments")
    channel = ws.channels[url.channel]
    original = channel.messages.get(url.message_ts or "") or ws.ephemerals.get(url.message_ts or "")
    ts = url.message_ts
    if body.get("delete_original"):
        channel.messages.pop(ts or "", None)
        ws.ephemerals.pop(ts or "", None)
    else:
        content = _content(body)
        if body.get("replace_original") and original is not None:
            if "channel" in original:  # an ephemeral: no event tells of it
                original.update(content)
            else:
                change(ws, channel, original, content, editor=BOT_USER)
        else:
            ts = answer(ws, channel, url.user, body)
    url.uses += 1
    return ts


def answer(ws: Workspace, channel: Channel, user: str, body: Json) -> str:
    """The answer to a command, in its acknowledgement or through its response_url: shown to one or to all."""
    content = _content(body)
    if body.get("response_type") == "in_channel":
        return str(say(ws, channel, content, body.get("thread_ts"))["ts"])
    return tell(ws, channel, user, content)


def tell(ws: Workspace, channel: Channel, user: str, content: Json) -> str:
    """An ephemeral message: one person sees it, and no history keeps it."""
    ts = ws.new_ts()
    ws.ephemerals[ts] = {"type": "message", "ts": ts, "channel": channel.id, "user": user, **content}
    return ts


def say(ws: Workspace, channel: Channel, content: Json, thread_ts: str | None) -> Json:
    """The app's own words: kept, and told back to the app as Slack does, so that a loop would show."""
    message: Json = {"type": "message", "user": BOT_USER, "bot_id": BOT, "app_id": APP, "team": TEAM}
    message |= {"ts": ws.new_ts(), **content}
    if thread_ts is not None:
        parent = _parent(channel, thread_ts)
        message |= {"thread_ts": thread_ts, "parent_user_id": parent.get("user")}
    channel.messages[message["ts"]] = message
    ws.happened.append(heard(channel, message))
    return message


def change(ws: Workspace, channel: Channel, message: Json, content: Json, editor: str) -> str:
    """A message with other content, and the message_changed event that tells of it."""
    before = copy.deepcopy(message)
    message.update(content)
    now = ws.new_ts()
    if message["text"] != before["text"] or editor == BOT_USER:
        message["edited"] = {"user": editor, "ts": now}
    after = copy.deepcopy(message)
    ws.happened.append(
        {
            "type": "message",
            "subtype": "message_changed",
            "hidden": True,
            "message": after,
            "previous_message": before,
            **_where(channel, now),
        }
    )
    return now


def heard(channel: Channel, message: Json) -> Json:
    """The message event for a message (its metadata is not told)."""
    told = {k: v for k, v in copy.deepcopy(message).items() if k != "metadata"}
    return told | _where(channel, message["ts"])


def _where(channel: Channel, ts: str) -> Json:
    return {"channel": channel.id, "channel_type": channel.kind, "ts": ts, "event_ts": ts}


def _writable(ws: Workspace, channel_id: str) -> Channel:
    channel = ws.channel(channel_id)
    if channel.is_archived:
        raise RefusedError("is_archived")
    if not channel.has_bot:
        raise RefusedError("not_in_channel")
    return channel


def _parent(channel: Channel, thread_ts: str) -> Json:
    """The first message of a thread; Slack says to give the parent, never a reply."""
    parent = channel.messages.get(thread_ts)
    if parent is None or parent.get("thread_ts", thread_ts) != thread_ts:
        raise RefusedError("thread_not_found")
    return parent


def _content(args: Json) -> Json:
    """The text and blocks of a message, refused as Slack would and where our own rules are stricter."""
    text = args.get("text")
    if not isinstance(text, str) or not text.strip():
        # Slack takes blocks alone; ours always carry the words for notifications and screen readers.
        raise RefusedError("no_text")
    if len(text) > TEXT_LIMIT:
        raise RefusedError("msg_too_long")
    content: Json = {"text": text}
    if "blocks" in args:
        blocks = _parsed(args["blocks"], "invalid_blocks_format")
        if not isinstance(blocks, list):
            raise RefusedError("invalid_blocks_format")
        faults = message_faults(blocks)
        if faults:
            raise RefusedError("invalid_blocks", faults)
        content["blocks"] = [{"block_id": f"b{n}", **block} for n, block in enumerate(blocks)]
    return content


def _parsed(value: Any, error: str) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise RefusedError(error) from None
