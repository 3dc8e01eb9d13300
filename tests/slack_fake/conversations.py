"""The methods that read: conversations.*, users.info, usergroups.users.list and auth.test."""

import copy
from typing import Any

from tests.slack_fake.workspace import BOT, BOT_USER, TEAM, Channel, Json, RefusedError, Workspace

MOST = 999


def history(ws: Workspace, args: Json) -> Json:
    """Newest first, without the replies in threads; `oldest` itself is left out unless `inclusive`."""
    channel = _readable(ws, args["channel"])
    found = [m for m in channel.messages.values() if m.get("thread_ts", m["ts"]) == m["ts"]]
    found = sorted(_window(found, args), key=_when, reverse=True)
    page, rest = _page(found, args)
    return {"ok": True, "messages": [_shown(channel, m, args) for m in page], "has_more": bool(rest), **rest}


def replies(ws: Workspace, args: Json) -> Json:
    """The parent, then its replies, oldest first."""
    channel = _readable(ws, args["channel"])
    parent = channel.messages.get(args["ts"])
    if parent is None:
        raise RefusedError("thread_not_found")
    in_thread = [m for m in channel.messages.values() if m.get("thread_ts") == args["ts"] and m is not parent]
    page, rest = _page([parent, *sorted(_window(in_thread, args), key=_when)], args)
    return {"ok": True, "messages": [_shown(channel, m, args) for m in page], "has_more": bool(rest), **rest}


def members(ws: Workspace, args: Json) -> Json:
    channel = ws.channel(args["channel"])
    page, rest = _page(ws.members_of(channel), args)
    return {"ok": True, "members": page, "response_metadata": {"next_cursor": ""}, **rest}


def info(ws: Workspace, args: Json) -> Json:
    channel = ws.channel(args["channel"])
    shown = channel.json()
    if _flag(args.get("include_num_members")):
        shown["num_members"] = len(ws.members_of(channel))
    return {"ok": True, "channel": shown}


def open_dm(ws: Workspace, args: Json) -> Json:
    """A direct message with one person (groups of people are not what putright needs)."""
    if "channel" in args:
        return {"ok": True, "channel": ws.channel(args["channel"]).json()}
    users = [u for u in str(args.get("users", "")).split(",") if u]
    if not users:
        raise RefusedError("users_list_not_supplied")
    if len(users) > 1:
        raise RefusedError("method_not_supported_for_channel_type")
    if ws.users.get(users[0], None) is not None and ws.users[users[0]].deleted:
        raise RefusedError("user_disabled")
    return {"ok": True, "channel": ws.dm(users[0]).json()}


def user_info(ws: Workspace, args: Json) -> Json:
    user = ws.users.get(args["user"])
    if user is None:
        raise RefusedError("user_not_found")
    return {"ok": True, "user": user.json()}


def group_members(ws: Workspace, args: Json) -> Json:
    if args["usergroup"] not in ws.groups:
        raise RefusedError("no_such_subteam")
    return {"ok": True, "users": list(ws.groups[args["usergroup"]])}


def auth_test(ws: Workspace, args: Json) -> Json:
    who = {"team": "Landlord", "user": "putright", "team_id": TEAM, "user_id": BOT_USER, "bot_id": BOT}
    return {"ok": True, "url": "https://landlord.slack.example/", **who, "is_enterprise_install": False}


def _readable(ws: Workspace, channel_id: str) -> Channel:
    channel = ws.channel(channel_id)
    if not channel.has_bot:
        raise RefusedError("not_in_channel")
    return channel


def _when(message: Json) -> tuple[int, int]:
    seconds, _, micro = str(message["ts"]).partition(".")
    return int(seconds), int(micro or 0)


def _window(messages: list[Json], args: Json) -> list[Json]:
    inclusive = _flag(args.get("inclusive"))
    for name, keep in (("oldest", 1), ("latest", -1)):
        if args.get(name) not in (None, "", "0"):
            try:
                edge = _when({"ts": args[name]})
            except ValueError:
                raise RefusedError(f"invalid_ts_{name}") from None
            messages = [m for m in messages if _side(_when(m), edge) in ((keep, 0) if inclusive else (keep,))]
    return messages


def _side(one: tuple[int, int], other: tuple[int, int]) -> int:
    return (one > other) - (one < other)


def _page(found: list[Any], args: Json) -> tuple[list[Any], Json]:
    """One page, and what says where the next begins (empty on the last)."""
    try:
        limit = int(args.get("limit") or 100)
    except ValueError:
        raise RefusedError("invalid_limit") from None
    if not 1 <= limit <= MOST:
        raise RefusedError("invalid_limit")
    cursor = str(args.get("cursor") or "from:0")
    place = cursor.removeprefix("from:")
    if place == cursor or not place.isdigit() or int(place) > len(found):
        raise RefusedError("invalid_cursor")
    start = int(place)
    end = start + limit
    rest = {"response_metadata": {"next_cursor": f"from:{end}"}} if end < len(found) else {}
    return found[start:end], rest


def _shown(channel: Channel, message: Json, args: Json) -> Json:
    shown = copy.deepcopy(message)
    if not _flag(args.get("include_all_metadata")):
        shown.pop("metadata", None)
    answers = [m["ts"] for m in channel.messages.values() if m.get("thread_ts") == message["ts"] != m["ts"]]
    if answers:
        shown |= {"thread_ts": message["ts"], "reply_count": len(answers), "latest_reply": max(answers)}
    return shown


def _flag(value: Any) -> bool:
    return str(value).lower() in ("1", "true")
