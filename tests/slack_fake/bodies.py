"""The bodies of Slack's envelopes: events, slash commands and interactive payloads."""

import re
import time
from typing import Any

from tests.slack_fake.workspace import APP, BOT_USER, TEAM, Channel, Json, ResponseUrl, User, View, Workspace

VERIFICATION = "loopback-verification"
MESSAGE_EVENTS = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}


def event_body(ws: Workspace, event: Json) -> Json:
    channel = ws.channels.get(str(event.get("channel", "")))
    bot = {"enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True}
    return {
        "token": VERIFICATION,
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{ws.next():09d}",
        "event_time": int(time.time()),
        "authorizations": [{**bot, "is_enterprise_install": False}],
        "is_ext_shared_channel": channel is not None and channel.is_ext_shared,
        "event_context": f"4-{ws.next():012d}",
    }


def subscription(event: Json) -> str:
    """The name under which a manifest subscribes to this event."""
    if event["type"] == "message":
        return MESSAGE_EVENTS[event["channel_type"]]
    return str(event["type"])


def command_body(ws: Workspace, base: str, command: str, text: str, user: User, channel: Channel) -> Json:
    names = {"im": "directmessage", "group": "privategroup", "channel": channel.name or channel.id.lower()}
    return {
        "token": VERIFICATION,
        "team_id": user.team_id,
        "team_domain": "landlord",
        "channel_id": channel.id,
        "channel_name": names[channel.kind],
        "user_id": user.id,
        "user_name": user.json()["name"],
        "command": command,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": response_url(ws, base, channel.id, user.id, None),
        "trigger_id": ws.new_trigger(user.id),
    }


def interactive(ws: Workspace, kind: str, user: User, view: View | None = None) -> Json:
    """What every interactive payload has."""
    name = user.json()["name"]
    return {
        "type": kind,
        "user": {"id": user.id, "username": name, "name": name, "team_id": user.team_id},
        "api_app_id": APP,
        "token": VERIFICATION,
        "trigger_id": ws.new_trigger(user.id, view.id if view else None),
        "team": {"id": TEAM, "domain": "landlord"},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def response_url(ws: Workspace, base: str, channel: str, user: str, ts: str | None) -> str:
    url_id = f"R{ws.next():06d}"
    ws.response_urls[url_id] = ResponseUrl(channel, user, ts)
    return base.removesuffix("api/") + f"response/{url_id}"


def view_state(view: View, given: dict[str, Any]) -> Json:
    """The state of a modal's inputs. `given` is by block_id: a word as typed or chosen (a list for several).

    A person cannot send a modal with an empty required input, nor fill in one that is not there.
    """
    inputs = {b["block_id"]: b for b in view.payload["blocks"] if b["type"] == "input"}
    if given.keys() - inputs.keys():
        raise ValueError(
            f"no input {sorted(given.keys() - inputs.keys())} in the view; it has {sorted(inputs)}"
        )
    values: Json = {}
    for block_id, block in inputs.items():
        element = block["element"]
        state = filled(element, given[block_id]) if block_id in given else prefilled(element)
        if not block.get("optional") and all(state[k] in (None, "", []) for k in state if k != "type"):
            raise ValueError(f"the input {block_id} must be filled in")
        values[block_id] = {element.get("action_id", f"a-{block_id}"): state}
    return values


def filled(element: Json, given: Any) -> Json:
    """The state of an element in which a person typed or chose this."""
    kind = element["type"]
    name = _state_name(kind)
    if wrong := _cannot_be(element, given):
        raise ValueError(f"{given!r} cannot be given in a {kind}: {wrong}")
    if name in ("selected_option", "selected_options"):
        groups = [group["options"] for group in element.get("option_groups", [])]
        offered = {o["value"]: o for options in [element.get("options", []), *groups] for o in options}
        wanted = given if isinstance(given, list) else [given]
        if not offered.keys() >= set(wanted):
            raise ValueError(f"{wanted} is not among the options {sorted(offered)}")
        chosen = [offered[value] for value in wanted]
        return {"type": kind, name: chosen if name.endswith("s") else chosen[0]}
    return {"type": kind, name: given}


def _cannot_be(element: Json, given: Any) -> str:
    """Why a person cannot fill this in: Slack's own client lets them type or choose nothing else; empty if they can."""
    match element["type"]:
        case "plain_text_input" if len(given) > element.get("max_length", 3000):
            return "it is longer than max_length"
        case "number_input":
            pattern = r"-?\d+(?:\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
            if not isinstance(given, str) or not re.fullmatch(pattern, given):
                return "it is no number of that kind"
            if float(given) < float(element.get("min_value", given)):
                return "it is below min_value"
        case "datepicker" if not re.fullmatch(r"\d{4}-\d\d-\d\d", given):
            return "it is no date"
        case "datetimepicker" if not isinstance(given, int) or len(str(given)) != 10:
            return "it is no time of ten digits"
        case "multi_users_select" if not isinstance(given, list):
            return "several people are a list"
        case "multi_users_select" if len(given) > element.get("max_selected_items", len(given)):
            return "they are more than max_selected_items"
    return ""


def people_chosen(state: Json) -> set[str]:
    """The people who were chosen in a view's menus of people."""
    held = [given for elements in state.values() for given in elements.values()]
    one = {x["selected_user"] for x in held if x.get("selected_user")}
    return one.union(*(x["selected_users"] for x in held if x.get("selected_users")))


def prefilled(element: Json) -> Json:
    """The state of an element nobody touched."""
    name = _state_name(element["type"])
    many = name.endswith("s")
    initial = element.get(name.replace("selected", "initial") if name != "value" else "initial_value")
    return {"type": element["type"], name: initial if initial is not None else [] if many else None}


def _state_name(kind: str) -> str:
    if kind.endswith("_input"):
        return "value"
    if kind in ("checkboxes", "multi_static_select", "multi_external_select"):
        return "selected_options"
    several = "s" if kind.startswith("multi_") else ""
    things = {"users": "user", "conversations": "conversation", "channels": "channel"}
    for word, thing in things.items():
        if kind.removeprefix("multi_") == f"{word}_select":
            return f"selected_{thing}{several}"
    pickers = {"datepicker": "date", "timepicker": "time", "datetimepicker": "date_time"}
    return f"selected_{pickers.get(kind, 'option')}"
