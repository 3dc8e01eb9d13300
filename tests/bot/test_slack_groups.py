"""Who is in a user group of Slack: few calls, quick answers, and the newest word at a submission."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_bolt import BoltResponse

from putright.bot import slack_groups
from putright.bot.slack_ack import FirmAck
from putright.bot.slack_groups import Groups, NotRead
from putright.bot.slack_screen import TOO_LATE
from tests.bot.clicks import confirmed_note, modal, told
from tests.bot.office import Office, office
from tests.slack_fake.bolt import client, no_proxies
from tests.slack_fake.example import small_workspace
from tests.slack_fake.server import SlackFake
from tests.slack_fake.workspace import User

METHOD = "usergroups.users.list"


@pytest.fixture(scope="module", autouse=True)
def _without_proxies() -> Iterator[None]:
    with no_proxies():
        yield


@pytest.fixture
def slack() -> Iterator[SlackFake]:
    with small_workspace() as fake:
        fake.workspace.users["U3"] = User("U3")
        fake.workspace.groups["S2"] = ["U3"]
        yield fake


@pytest.fixture
def live(slack: SlackFake, tmp_path: Path) -> Iterator[Office]:
    with office(slack, tmp_path, slack_more={"handlers": ("S1",), "leads": ("S2",)}) as opened:
        yield opened


def calls(slack: SlackFake) -> int:
    return len([x for x in slack.calls if x.method == METHOD])


def at(groups: Groups, group: str = "S1", *, anew: bool = False, seconds: float = 5) -> frozenset[str]:
    return groups.members(group, groups.ask([group], anew=anew), time.monotonic() + seconds)


def hold(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """From now on Slack tells nobody's groups until it is set."""
    go, ask = threading.Event(), Groups._fetch

    def fetch(groups: Groups, group: str) -> frozenset[str]:
        go.wait(10)
        return ask(groups, group)

    monkeypatch.setattr(Groups, "_fetch", fetch)
    return go


def test_many_questions_and_clicks_ask_for_each_group_once(slack: SlackFake, live: Office) -> None:
    ts = confirmed_note(slack, live)
    for n in range(1, 6):
        slack.command("/case", "what is overdue", user="U1", channel="C1")
        assert told(slack, n).startswith("Cases overdue")
    slack.click("case:take", user="U1", ts=ts)
    told(slack, 6)
    assert calls(slack) == 2, "S1 and S2"


def test_members_are_remembered_for_a_minute(slack: SlackFake) -> None:
    clock = [0.0]
    groups = Groups(client(slack), lambda: clock[0])
    assert at(groups) == {"U1"}
    slack.workspace.groups["S1"] = []
    clock[0] = slack_groups.REMEMBERED_SECONDS - 1
    assert at(groups) == {"U1"} and at(groups, anew=True) == frozenset()
    slack.workspace.groups["S1"] = ["U1"]
    assert at(groups) == frozenset()
    clock[0] += slack_groups.REMEMBERED_SECONDS + 1
    assert at(groups) == {"U1"}


def test_what_slack_does_not_tell_is_remembered_for_a_minute_and_then_refused(slack: SlackFake) -> None:
    clock = [0.0]
    groups = Groups(client(slack), lambda: clock[0])
    at(groups)
    slack.rate_limit(METHOD, 1, times=2)
    assert at(groups, anew=True) == {"U1"}
    clock[0] = slack_groups.REMEMBERED_SECONDS
    with pytest.raises(NotRead):
        at(groups)


def test_a_submission_while_slack_is_slow_is_acknowledged_in_time_and_saved_only_with_a_yes(
    slack: SlackFake, live: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = modal(slack, "define", confirmed_note(slack, live))
    go = hold(monkeypatch)
    monkeypatch.setattr(slack_groups, "REMEMBERED_SECONDS", 0.0)
    ack = slack.wait_for_ack(slack.submit(view, {"points": "a", "outcomes": "b"}))
    assert ack.after < 1 and ack.payload and "try again soon" in ack.payload["errors"]["points"]
    assert not live.case().first.definition.by, "what is refused is not saved"
    monkeypatch.undo()
    go.set()
    ack = slack.wait_for_ack(slack.submit(view, {"points": "a", "outcomes": "b"}))
    assert ack.payload and ack.payload["response_action"] == "update"
    assert live.case().first.definition.by


def test_while_slack_is_slow_whoever_was_a_handler_a_moment_ago_may_submit(
    slack: SlackFake, live: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = modal(slack, "define", confirmed_note(slack, live))
    go = hold(monkeypatch)
    ack = slack.wait_for_ack(slack.submit(view, {"points": "a", "outcomes": "b"}))
    assert ack.after < 1 and ack.payload and ack.payload["response_action"] == "update"
    go.set()


def test_a_modal_opens_at_once_while_slack_is_slow_to_tell_groups(
    slack: SlackFake, live: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    ts = confirmed_note(slack, live)
    slack.command("/case", "what is overdue", user="U1", channel="C1")
    told(slack)
    go = hold(monkeypatch)
    modal(slack, "define", ts)
    go.set()


@pytest.mark.parametrize("error", ["expired_trigger_id", "internal_error"])
def test_a_modal_that_slack_does_not_open_is_acknowledged_and_asked_for_again(
    slack: SlackFake, live: Office, error: str
) -> None:
    ts = confirmed_note(slack, live)
    slack.fail("views.open", error, times=5)
    for n in range(1, 6):
        slack.wait_for_ack(slack.click("case:why", user="U1", ts=ts))
        assert told(slack, n) == TOO_LATE


def test_an_acknowledgement_is_not_taken_back() -> None:
    ack = FirmAck()  # type: ignore[no-untyped-call]
    assert ack.response is None
    given = ack()
    ack.response = None
    assert ack.response is given
    ack.response = other = BoltResponse(status=200)
    assert ack.response is other
