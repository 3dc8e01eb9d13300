"""An answer that Slack does not take at once is said again after the time it asks for."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookResponse

from putright.bot.slack_patience import AGAIN_SECONDS, TRIES, say
from tests.bot.office import Office, ts
from tests.slack_fake.server import SlackFake


class Waits:
    """Waits in no time, and says how long it would have been."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float, work: Callable[[], None]) -> None:
        self.seconds.append(seconds)
        work()


def posting(live: Office) -> Callable[[], Any]:
    return lambda: live.web.chat_postEphemeral(channel="C1", user="U1", text="x")


@pytest.mark.parametrize("how", ["mention", "direct message"])
def test_an_answer_that_is_slowed_down_comes_after_the_time_slack_asks_for(
    slack: SlackFake, live: Office, how: str
) -> None:
    if how == "mention":
        slack.rate_limit("chat.postEphemeral", 1)
        slack.mention("C1", "U1", "what is overdue", ts=ts())
        answer = slack.wait_for_call("chat.postEphemeral", user="U1")
    else:
        slack.rate_limit("chat.postMessage", 1)
        slack.say("D1", "U1", "what is overdue")
        answer = slack.wait_for_post("D1")
    assert answer.args["text"] == "Cases overdue: none."


def test_slack_is_obeyed_however_often_it_slows_us_down_and_then_it_is_logged(
    slack: SlackFake, live: Office, caplog: pytest.LogCaptureFixture
) -> None:
    waits = Waits()
    slack.rate_limit("chat.postEphemeral", 7, times=TRIES - 1)
    say(posting(live), waits)
    assert waits.seconds == [7.0] * (TRIES - 1) and not caplog.text
    slack.rate_limit("chat.postEphemeral", 7, times=TRIES)
    say(posting(live), waits)
    assert "an answer was not said: Slack asks us to slow down." in caplog.text


def test_trouble_of_slacks_passes_and_a_refusal_stays(
    slack: SlackFake, live: Office, caplog: pytest.LogCaptureFixture
) -> None:
    waits = Waits()
    slack.fail("chat.postEphemeral", "internal_error")
    say(posting(live), waits)
    assert waits.seconds == [AGAIN_SECONDS] and not caplog.text
    slack.fail("chat.postEphemeral", "user_not_in_channel")
    with pytest.raises(SlackApiError, match="user_not_in_channel"):
        say(posting(live), waits)


@pytest.mark.parametrize(
    ("status", "headers", "wait"), [(429, {"Retry-After": "4"}, 4.0), (503, {}, AGAIN_SECONDS)]
)
def test_an_answer_to_a_command_waits_too(status: int, headers: dict[str, str], wait: float) -> None:
    answers = [WebhookResponse(url="", status_code=x, body="", headers=headers) for x in (status, 200)]
    waits = Waits()
    say(lambda: answers.pop(0), waits)
    assert waits.seconds == [wait] and not answers
