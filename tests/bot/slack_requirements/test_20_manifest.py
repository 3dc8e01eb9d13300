"""The manifest asks Slack for what putright uses, no less and no more, in words Slack knows."""

import json
from typing import Any

import pytest

from tests.slack_fake.scopes import EVENTS, METHODS, SCOPES
from tests.slack_fake.wire import MANIFEST

MANIFEST_JSON: dict[str, Any] = json.loads(MANIFEST.read_text())
ASKED: list[str] = MANIFEST_JSON["oauth_config"]["scopes"]["bot"]
EVENTS_ASKED: list[str] = MANIFEST_JSON["settings"]["event_subscriptions"]["bot_events"]
FEATURES: dict[str, Any] = MANIFEST_JSON["features"]
LEFT_OUT = {"users:read.email", "chat:write.public", "links:read", "links:write"}


def test_scopes_and_events_are_spelt_as_slack_spells_them() -> None:
    assert set(ASKED) <= SCOPES
    assert set(EVENTS_ASKED) <= EVENTS.keys()
    assert len(ASKED) == len(set(ASKED)) and len(EVENTS_ASKED) == len(set(EVENTS_ASKED))


def test_no_scope_is_asked_for_that_was_left_out_on_purpose() -> None:
    assert LEFT_OUT.isdisjoint(ASKED)
    assert MANIFEST_JSON["oauth_config"]["scopes"].keys() == {"bot"}, "no user token"


@pytest.mark.parametrize("method", [name for name in METHODS if METHODS[name].token == "bot"])
def test_each_method_has_a_scope_it_wants(method: str) -> None:
    wanted = METHODS[method].any_scope()
    assert not wanted or wanted & set(ASKED)


@pytest.mark.parametrize("event", EVENTS_ASKED)
def test_each_event_has_its_scope(event: str) -> None:
    assert EVENTS[event] is None or EVENTS[event] in ASKED


@pytest.mark.parametrize("scope", ASKED)
def test_each_scope_is_used(scope: str) -> None:
    by_methods = {s for method in METHODS.values() for s in method.any_scope()}
    by_events = {EVENTS[event] for event in EVENTS_ASKED}
    by_features = {"commands"} if FEATURES["slash_commands"] or FEATURES["shortcuts"] else set()
    assert scope in by_methods | by_events | by_features


def test_names_keep_within_slacks_limits() -> None:
    assert len(MANIFEST_JSON["display_information"]["name"]) <= 35
    assert len(MANIFEST_JSON["display_information"]["description"]) <= 140
    for command in FEATURES["slash_commands"]:
        assert command["command"].startswith("/") and len(command["command"]) <= 32
    for shortcut in FEATURES["shortcuts"]:
        assert len(shortcut["name"]) <= 24 and len(shortcut["callback_id"]) <= 255


def test_one_command_and_one_message_shortcut() -> None:
    (command,) = FEATURES["slash_commands"]
    assert (command["command"], command["usage_hint"]) == ("/case", "[HC-2026-0012 | overdue repairs | help]")
    (shortcut,) = FEATURES["shortcuts"]
    assert (shortcut["name"], shortcut["type"]) == ("Log as complaint", "message")
    assert shortcut["callback_id"] == "log_complaint"


def test_an_internal_app_on_a_socket_with_a_home_and_a_writable_messages_tab() -> None:
    settings = MANIFEST_JSON["settings"]
    assert settings["socket_mode_enabled"] and settings["interactivity"]["is_enabled"]
    assert not settings["token_rotation_enabled"] and not settings["org_deploy_enabled"]
    tabs = {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False}
    assert FEATURES["app_home"] == tabs
    assert FEATURES["bot_user"]["always_online"]
    assert "assistant_view" not in FEATURES, "slash commands do not work in assistant threads"
