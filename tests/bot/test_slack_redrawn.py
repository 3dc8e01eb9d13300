"""The post in a case's thread says how the case stands, whoever acted and wherever they did."""

from collections.abc import Callable
from typing import Any

import pytest

from putright.bot.slack_voice import SlackVoice
from putright.cases import acts
from putright.cases.events import Event
from putright.cases.labels import Label
from tests.bot.clicks import REFERENCE, buttons, confirmed_note, modal
from tests.bot.office import Office
from tests.harrowmere import do
from tests.slack_fake.server import SlackFake
from tests.slack_fake.workspace import Json

Acts = Callable[[SlackFake, Office, str], object]


def _by_modal(name: str, **values: object) -> Acts:
    def acted(slack: SlackFake, live: Office, ts: str) -> None:
        ack = slack.wait_for_ack(slack.submit(modal(slack, name, ts), values))
        assert ack.payload and ack.payload["response_action"] == "update", ack.payload

    return acted


def _by_command(slack: SlackFake, live: Office, ts: str) -> None:
    slack.command("/case", f"{REFERENCE} is service request because a tap", user="U1", channel="C1")
    slack.wait_for_response()


def _at_the_terminal(act: Callable[..., Event], **given: Any) -> Acts:
    return lambda slack, live, ts: do(live.db, REFERENCE, act, **given)


def _definition(slack: SlackFake, live: Office, ts: str) -> None:
    do(live.db, REFERENCE, acts.define, points=["a"], outcomes=["b"])


def _acknowledged(slack: SlackFake, live: Office, ts: str) -> None:
    _definition(slack, live, ts)
    do(live.db, REFERENCE, acts.acknowledge)


def standing(slack: SlackFake, ts: str) -> Json:
    return slack.workspace.channels["C1"].messages[ts]


@pytest.mark.parametrize(
    ("before", "act", "says", "offers"),
    [
        pytest.param(
            None,
            _by_modal("change", label="service_request", reason="a tap"),
            f"{REFERENCE}: service request",
            "case:change",
            id="Change in its modal",
        ),
        pytest.param(None, _by_command, f"{REFERENCE}: service request", "case:change", id="said by /case"),
        pytest.param(
            None,
            _by_modal("define", points="a", outcomes="b"),
            "acknowledge by",
            "case:acknowledge",
            id="Define",
        ),
        pytest.param(
            None,
            _at_the_terminal(acts.assign, handler="Sam Reed"),
            "With Sam Reed.",
            "case:assign",
            id="assigned elsewhere",
        ),
        pytest.param(
            None,
            _at_the_terminal(acts.reclassify, label=Label.OTHER, reason="an advertisement"),
            f"{REFERENCE}: other",
            "case:change",
            id="labelled elsewhere",
        ),
        pytest.param(
            _acknowledged,
            _definition,
            "answer by Mon 7 Dec 2026",
            "case:respond",
            id="acknowledged elsewhere",
        ),
    ],
)
def test_the_post_in_the_thread_follows_every_act(
    slack: SlackFake, live: Office, before: Acts | None, act: Acts, says: str, offers: str
) -> None:
    ts = confirmed_note(slack, live)
    if before:
        before(slack, live, ts)
    act(slack, live, ts)
    live.say()
    post = standing(slack, ts)
    assert says in post["text"] and offers in buttons(post["blocks"])
    assert not live.say(), "and once only"


def test_a_person_who_said_it_is_none_is_not_asked_whether_that_is_right(
    slack: SlackFake, live: Office
) -> None:
    ts = confirmed_note(slack, live)
    do(live.db, REFERENCE, acts.reclassify, label=Label.SERVICE_REQUEST, reason="a tap")
    live.say()
    assert "case:right" not in buttons(standing(slack, ts)["blocks"])


def test_a_confined_cases_post_keeps_its_reference_and_an_emergency_alone(
    slack: SlackFake, live: Office
) -> None:
    ts = confirmed_note(slack, live, "complaint: smell of gas emergency!")
    do(live.db, REFERENCE, acts.confine, to=[], reason="about staff")
    live.say()
    post = standing(slack, ts)
    first, *rest = post["text"].splitlines()
    assert first == f"{REFERENCE}: something new. Whoever may see the case finds it there."
    assert all(x.startswith("POSSIBLE EMERGENCY HAZARD") for x in rest) and rest
    assert not buttons(post["blocks"]) and "complaint" not in repr(post["blocks"])
    do(live.db, REFERENCE, acts.unconfine, reason="it was not")
    live.say()
    assert f"{REFERENCE}: complaint" in standing(slack, ts)["text"]


def test_what_else_was_said_of_a_case_is_made_neutral_when_it_is_confined(
    slack: SlackFake, live: Office
) -> None:
    live.heard("complaint: damp")
    live.heard("complaint: it is worse, see HC-2026-0001", after=60)
    live.work()
    do(live.db, "HC-2026-0002", acts.confine, to=[], reason="about staff")
    live.say()
    about = [
        x["text"] for x in slack.workspace.channels["C1"].messages.values() if "HC-2026-0002" in x["text"]
    ]
    assert about and all("something new" in x for x in about), about


def test_a_post_that_slack_is_slow_about_is_tried_again_and_one_that_is_gone_is_left(
    slack: SlackFake, live: Office
) -> None:
    ts = confirmed_note(slack, live)
    slack.rate_limit("chat.update", retry_after=7)
    do(live.db, REFERENCE, acts.assign, handler="Sam Reed")
    assert not live.say() and "Sam Reed" not in standing(slack, ts)["text"]
    assert not live.say(after=6), "Slack asked for seven seconds"
    live.voice = SlackVoice(live.web, 0)
    assert live.say(after=2) and "Sam Reed" in standing(slack, ts)["text"]
    del slack.workspace.channels["C1"].messages[ts]
    do(live.db, REFERENCE, acts.assign, handler="Priya Shah")
    live.say()
    assert not live.say(after=86400), "it is given up"
