"""Nobody reads an id of Slack's: posts, answers, modals and the terminal say names; the record keeps the id."""

from dataclasses import replace
from pathlib import Path

import pytest

from putright.bot.slack_names import Names, met, name_of
from putright.cases import acts
from putright.storage import slack_names
from putright.triage.slack_names import named
from tests.bot.clicks import REFERENCE, confirmed_note, modal, shown, told
from tests.bot.office import Office
from tests.cli import putright
from tests.harrowmere import MONDAY, database, do, in_slack, take
from tests.slack_fake.server import SlackFake

NAMES = {"U1": "Kim Lau", "UMAX": "Max Newman", "U0KIM0001": "Kim <Lau>"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("With U1.", "With Kim Lau."),
        ("U1 and @UMAX said so", "Kim Lau and Max Newman said so"),
        ("U10 is nobody, nor is XU1", "U10 is nobody, nor is XU1"),
        ("HC-2026-0001, BU1", "HC-2026-0001, BU1"),
        ("by U0KIM0001", "by Kim <Lau>"),
    ],
    ids=[
        "an id",
        "a mention, and a short id",
        "an id that nobody has",
        "other capitals",
        "a name with brackets",
    ],
)
def test_an_id_that_has_a_name_is_said_by_it(text: str, said: str) -> None:
    assert named(text, NAMES) == said


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"profile": {"display_name": "kim", "real_name": "Kim Lau"}}, "kim"),
        ({"profile": {"display_name": "  ", "real_name": "Kim Lau"}}, "Kim Lau"),
        ({"name": "kim.lau"}, "kim.lau"),
        ({"profile": {"display_name": "Kim\nLau"}}, "Kim Lau"),
        ({}, ""),
    ],
    ids=["the display name", "the real name where there is none", "the account's", "on one line", "none"],
)
def test_a_member_is_called_as_slack_shows_them(user: dict[str, object], name: str) -> None:
    assert name_of(user) == name


@pytest.mark.parametrize(
    ("body", "who"),
    [
        ({"event": {"user": "U1"}}, "U1"),
        ({"event": {"user": "U1", "bot_id": "B1"}}, ""),
        ({"event": {"user": {"id": "U1"}}}, ""),
        ({"user": {"id": "U1"}}, "U1"),
        ({"user_id": "U1"}, "U1"),
        ({}, ""),
    ],
    ids=["who writes", "a bot", "an event about somebody", "who clicks", "who types a command", "nobody"],
)
def test_whoever_writes_clicks_or_types_is_met(body: dict[str, object], who: str) -> None:
    assert met(body) == who


@pytest.fixture
def live(live: Office) -> Office:
    """putright, which asks Slack who people are as the service does."""
    live.desk.meet = Names(live.open_db, live.web, {}).meet
    return live


def asked(slack: SlackFake, words: str, user: str = "U1") -> tuple[str, str]:
    """What a question is answered with, and its ts."""
    count = len(slack.response_posts) + 1
    slack.command("/case", words, user=user, channel="C1")
    answer = slack.wait_for_response(count)
    return str(answer.body["blocks"]), str(answer.ts)


def test_who_takes_a_case_is_named_everywhere_and_the_record_keeps_the_id(
    slack: SlackFake, live: Office
) -> None:
    post = confirmed_note(slack, live)
    slack.wait(lambda: "U1" in slack_names.every(live.db), "the name", poll=0.02)
    slack.click("case:take", user="U1", ts=post)
    told(slack)
    live.say()
    assert live.case().handler == "U1"
    assert "With amara." in str(slack.workspace.channels["C1"].messages[post]["blocks"])
    for words in (f"who has {REFERENCE}", "my cases", f"timeline of {REFERENCE}"):
        said, _ = asked(slack, words)
        assert "amara" in said and "U1" not in said
    view = modal(slack, "open", asked(slack, REFERENCE)[1])
    assert "amara" in shown(view)
    slack.open_home("U1")
    home = shown(slack.wait_for_home("U1"))
    assert f"{REFERENCE}  complaint" in home and "amara" in home and "U1" not in home


def test_what_somebody_did_before_is_told_with_their_name(slack: SlackFake, live: Office) -> None:
    post = confirmed_note(slack, live)
    slack.wait(lambda: "U1" in slack_names.every(live.db), "the name", poll=0.02)
    do(live.db, REFERENCE, acts.confirm, by="U1")
    slack.click("case:right", user="U2", ts=post)
    assert told(slack).startswith(f"amara has already said that {REFERENCE} is complaint.")


def test_the_terminal_says_who_passed_a_note_on(tmp_path: Path) -> None:
    Path("putright.toml").write_text('[people]\nU0KIM0001 = "Kim Lau"\n', encoding="utf-8")
    with database(Path("test.db")) as db:
        take(db, replace(in_slack("complaint: a lift", f"{MONDAY.timestamp():.6f}"), by="U0KIM0001"))
        take(db, replace(in_slack("complaint: a roof", f"{MONDAY.timestamp() + 1:.6f}"), by="UMAX"))
        slack_names.put(db, {"UMAX": "Max Newman"})
        do(db, "HC-2026-0002", acts.assign, handler="UMAX")
    assert "passed on by Kim Lau" in putright("case", "show", "HC-2026-0001").stdout
    said = (
        putright("case", "show", "HC-2026-0002").stdout + putright("case", "timeline", "HC-2026-0002").stdout
    )
    said += putright("cases").stdout + putright("ask", "who has HC-2026-0002").stdout
    assert said.count("Max Newman") >= 5 and "UMAX" not in said
