"""Who is answered what in Slack: roles, confined cases, other organisations, and what is kept of it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from putright.bot.slack_voice import SlackVoice
from putright.cases import acts
from putright.cases.record import record
from putright.cases.records.people import FLAG
from putright.storage import outbox
from putright.storage.questions import Asked, since
from tests.bot.office import Office, office
from tests.harrowmere import LANDLORD, MONDAY, do, log, on
from tests.slack_fake.server import SlackFake
from tests.slack_fake.workspace import Channel, User, View

REF, UNKNOWN = "HC-2026-0001", "HC-2026-0009"
ROLES: dict[str, Any] = {"handlers": ("S1",), "leads": ("U3",), "governing_body": ("U4",)}
"""U1 (by the group S1) handles, U3 leads, U4 is of the governing body, U2 is none of them."""


@pytest.fixture
def slack(slack: SlackFake) -> SlackFake:
    """With more people, each in direct messages with the bot."""
    slack.workspace.users |= {x: User(x) for x in ("U3", "U4")}
    slack.workspace.channels["C1"].members = {"U1", "U2", "U3", "U4", "U9"}
    for user in ("U2", "U3", "U4"):
        slack.workspace.dm(user)
    return slack


@pytest.fixture
def live(slack: SlackFake, tmp_path: Path) -> Iterator[Office]:
    with office(slack, tmp_path, slack_more=ROLES) as opened:
        log(opened.db, "complaint: mushrooms", received=on("2026-11-10"))
        yield opened


class Asking:
    """One person, answered by the command."""

    def __init__(self, slack: SlackFake) -> None:
        self._slack = slack
        self._count = len(slack.response_posts)

    def __call__(self, user: str, text: str, channel: str = "C1") -> str:
        self._slack.command("/case", text, user=user, channel=channel)
        self._count += 1
        return str(self._slack.wait_for_response(self._count).body["text"])


@pytest.fixture
def ask(slack: SlackFake) -> Asking:
    return Asking(slack)


def kept(live: Office) -> list[Asked]:
    return since(live.db, MONDAY.replace(year=2000))


def shown(view: View) -> str:
    return repr(view.payload["blocks"])


# --- roles ----------------------------------------------------------------------------------------


def test_a_handler_and_a_lead_get_lists_with_references_the_governing_body_without_names(
    live: Office, ask: Asking
) -> None:
    do(live.db, REF, acts.assign, handler="Priya Shah", at=on("2026-11-11"))
    for user in ("U1", "U3"):
        assert f"{REF}  complaint, acknowledge by Tue 17 Nov 2026, repairs, Priya Shah" in ask(
            user, "what's overdue"
        )
    told = ask("U4", "what's overdue")
    assert REF in told and "a handler" in told and "Priya" not in told
    assert ask("U4", "how many complaints").startswith("Complaints logged in all: 1.")
    assert ask("U4", "").startswith("Cases overdue: 1."), "bare, what is overdue"
    assert ask("U1", "").startswith("Open cases with U1: none.")
    for question in (f"show the definition of {REF}", f"why is {REF} a complaint", f"who has {REF}"):
        assert ask("U4", question).startswith("The governing body sees numbers, lists and dates here")


def test_somebody_without_a_role_gets_one_refusal_that_says_who_to_ask(live: Office, ask: Asking) -> None:
    for text in ("what's overdue", f"status of {REF}", f"{REF} is other", "help", ""):
        assert ask("U2", text).startswith("This needs a complaint handler.")
    assert live.case().confirmed_by == ""


def test_who_to_ask_is_named_where_a_lead_is_known(slack: SlackFake, tmp_path: Path) -> None:
    with office(slack, tmp_path, slack_more=ROLES, listening=False) as opened:
        landlord = replace(LANDLORD, people={"U3": "Lee Dunn"})
        opened.settings = replace(opened.settings, landlord=landlord)
        opened.desk.settings = opened.settings
        with opened.listening():
            assert "Lee Dunn or whoever looks after putright can add you" in Asking(slack)("U2", "overdue")


def test_the_governing_body_acts_on_nothing(slack: SlackFake, live: Office, ask: Asking) -> None:
    assert ask("U4", f"{REF} is other because I say so").startswith("This needs a complaint handler.")
    said = live.heard("complaint: boiler")
    live.work()
    ts = str(slack.wait_for_post("C1", thread_ts=said).answer["ts"])
    count = len(slack.response_posts)
    for n, name in enumerate(("right", "why", "take", "define"), 1):
        slack.click(f"case:{name}", user="U4", ts=ts)
        assert str(slack.wait_for_response(count + n).body["text"]).startswith(
            "This needs a complaint handler."
        )
    slack.open_home("U4")
    home = slack.wait_for_home("U4")
    assert "Overdue: 1" in shown(home) and "HC-2026" not in shown(home)
    assert not live.case().confirmed_by and slack.modal("U4") is None


@pytest.mark.parametrize(("user", "opens"), [("U1", True), ("U3", True), ("U4", False), ("U2", False)])
def test_an_answer_has_a_button_only_for_whoever_may_press_it(
    slack: SlackFake, live: Office, ask: Asking, user: str, opens: bool
) -> None:
    for typed in (f"when is {REF} due", "what's overdue"):
        ask(user, typed)
        assert ("case:open" in repr(slack.response_posts[-1].body["blocks"])) is opens


def test_a_group_that_cannot_be_read_answers_nothing(slack: SlackFake, live: Office, ask: Asking) -> None:
    slack.fail("usergroups.users.list", "internal_error")
    assert ask("U1", "what's overdue").startswith("I cannot read from Slack who may do this at the moment")
    assert [x.refused for x in kept(live)] == ["cannot be read"]


def test_without_any_role_everybody_is_answered_as_a_handler(slack: SlackFake, tmp_path: Path) -> None:
    with office(slack, tmp_path) as opened:
        log(opened.db, "complaint: x")
        assert REF in Asking(slack)("U2", "open cases")


# --- confined cases -------------------------------------------------------------------------------


@pytest.fixture
def confined(slack: SlackFake, live: Office) -> Office:
    """U3 leads and U1 handles; the case, overdue too, is confined to somebody else."""
    live.heard("complaint: boiler", -10 * 86400)
    live.work()
    do(live.db, "HC-2026-0002", acts.assign, handler="Priya Shah")
    do(live.db, "HC-2026-0002", acts.confine, to=["U7"], reason="about staff")
    return live


SECRET = "HC-2026-0002"


def test_a_confined_case_is_there_for_a_lead_alone(confined: Office, ask: Asking) -> None:
    for question in ("status of {}", "why is {} a complaint", "show the definition of {}", "timeline of {}"):
        assert ask("U1", question.format(SECRET)).replace(SECRET, UNKNOWN) == ask(
            "U1", question.format(UNKNOWN)
        )
        assert ask("U3", question.format(SECRET)).startswith(SECRET)
    assert ask("U1", "how many complaints").startswith("Complaints logged in all: 1.")
    assert ask("U3", "how many complaints").startswith("Complaints logged in all: 2.")
    assert ask("U4", "how many complaints").startswith("Complaints logged in all: 1.")
    assert ask("U1", f"{SECRET} is other").startswith(f"There is no case {SECRET}.")


def test_each_button_and_each_modal_of_a_confined_case_finds_no_such_case(
    slack: SlackFake, confined: Office
) -> None:
    ts = next(
        str(x.answer["ts"]) for x in slack.posts if SECRET in x.args["text"] and x.args.get("thread_ts")
    )
    count = len(slack.response_posts)
    for n, name in enumerate(("right", "change", "why", "take", "define"), 1):
        slack.click(f"case:{name}", user="U1", ts=ts)
        told = str(slack.wait_for_response(count + n).body["text"])
        assert told == f"There is no case {SECRET}. `/case open cases` lists those that are open."
    assert slack.modal("U1") is None
    slack.click("case:define", user="U3", ts=ts)
    view = slack.wait_for_modal("U3", "define")
    assert "boiler" in shown(view), "a lead may"


def test_a_modal_that_was_open_when_the_case_was_confined_saves_nothing(
    slack: SlackFake, live: Office
) -> None:
    said = live.heard("complaint: boiler")
    live.work()
    ts = str(slack.wait_for_post("C1", thread_ts=said).answer["ts"])
    slack.click("case:define", user="U1", ts=ts)
    view = slack.wait_for_modal("U1", "define")
    do(live.db, SECRET, acts.confine, to=[], reason="about staff")
    ack = slack.wait_for_ack(slack.submit(view, {"points": "a", "outcomes": "b"}))
    assert ack.payload and ack.payload["errors"]["points"].startswith(f"There is no case {SECRET}.")


def test_home_leaves_a_confined_case_out_of_lists_and_numbers(slack: SlackFake, confined: Office) -> None:
    for user, sees in (("U1", False), ("U3", True)):
        slack.open_home(user)
        slack.click("home:due", user=user, view=slack.wait_for_home(user))
        home = shown(slack.wait_for_home(user, 2))
        assert (SECRET in home) is sees and f"working days: {1 + sees}" in home


def test_an_act_of_a_lead_brings_the_post_up_to_date_without_a_word_of_the_case(
    slack: SlackFake, confined: Office
) -> None:
    ts = next(
        str(x.answer["ts"]) for x in slack.posts if SECRET in x.args["text"] and x.args.get("thread_ts")
    )
    slack.click("case:right", user="U3", ts=ts)
    update = slack.wait_for_call("chat.update", ts=ts)
    assert update.args["text"] == f"{SECRET}: something new. Whoever may see the case finds it there."


def test_a_lead_confines_a_case_and_lifts_it_and_nobody_else_does(slack: SlackFake, live: Office) -> None:
    said = live.heard("complaint: boiler", -10 * 86400)
    live.work()
    ts = str(slack.wait_for_post("C1", thread_ts=said).answer["ts"])
    for user in ("U1", "U3"):
        slack.open_home(user)
        slack.click("home:due", user=user, view=slack.wait_for_home(user))
        slack.click("case:open", user=user, view=slack.wait_for_home(user, 2), value=SECRET)
        details = slack.wait_for_modal(user, "details")
        assert ("case:confine" in shown(details)) is (user == "U3"), "offered to leads alone"
    slack.click("case:confine", user="U3", view=details)
    view = slack.wait_for_modal("U3", "confine")
    slack.workspace.groups["S1"] = ["U1"]
    ack = slack.wait_for_ack(slack.submit(view, {"to": ["U2", "U4"], "reason": "about staff"}))
    assert ack.payload and ack.payload["response_action"] == "update"
    case = live.case(2)
    assert case.confined and case.seers == ("U2", "U4") and case.confined.due.isoformat() == "2027-02-22"
    count = len(slack.response_posts)
    slack.click("case:why", user="U1", ts=ts)
    assert str(slack.wait_for_response(count + 1).body["text"]).startswith(f"There is no case {SECRET}.")


def test_a_lead_who_is_one_no_longer_confines_nothing(slack: SlackFake, live: Office) -> None:
    do(live.db, REF, acts.assign, handler="U3")
    slack.open_home("U3")
    slack.click("case:open", user="U3", view=slack.wait_for_home("U3"))
    slack.click("case:confine", user="U3", view=slack.wait_for_modal("U3", "details"))
    view = slack.wait_for_modal("U3", "confine")
    object.__setattr__(live.desk.settings.slack, "leads", ())
    ack = slack.wait_for_ack(slack.submit(view, {"reason": "about staff"}))
    assert ack.payload and ack.payload["errors"]["reason"].startswith("This needs a complaints lead.")
    assert live.case().confined is None


# --- other organisations --------------------------------------------------------------------------


def outside(live: Office) -> list[str]:
    return [row[0] for row in live.db.execute("select key from outbox where kind = 'outside' order by id")]


def test_a_person_of_another_organisation_is_refused_everywhere_and_a_lead_told_once(
    slack: SlackFake, live: Office, ask: Asking
) -> None:
    refusal = "I only answer people of our own workspace."
    said = live.heard("complaint: boiler")
    live.work()
    ts = str(slack.wait_for_post("C1", thread_ts=said).answer["ts"])
    assert ask("U9", "what's overdue") == refusal
    slack.click("case:why", user="U9", ts=ts)
    assert str(slack.wait_for_response(2).body["text"]) == refusal
    slack.shortcut("log_complaint", user="U9", channel="C1", ts=said)
    assert str(slack.wait_for_response(3).body["text"]) == refusal
    slack.mention("C1", "U9", "what's overdue", user_team="T9OTHER")
    slack.wait_for_call("chat.postEphemeral", user="U9")
    assert slack.ephemerals("U9")[0]["text"] == refusal
    assert outside(live) == ["outside:U9"]
    assert {(x.who, x.refused) for x in kept(live)} == {("U9", "another organisation")}
    assert [x.intent for x in kept(live)] == ["list", "case:why", "case:log_complaint", "list"]


def test_a_channel_shared_with_others_gets_one_sentence_and_a_lead_is_told_once(
    slack: SlackFake, live: Office, ask: Asking
) -> None:
    sentence = "I do not answer in channels shared with another organisation."
    assert ask("U1", "what's overdue", "C4").startswith(sentence)
    slack.mention("C4", "U1", "what's overdue")
    slack.wait_for_call("chat.postEphemeral", channel="C4")
    assert slack.ephemerals("U1")[0]["text"].startswith(sentence)
    assert outside(live) == ["outside:C4"]
    live.say()
    post = next(x for x in slack.posts if "shared with another organisation" in x.args["text"])
    assert post.args["channel"] == "C1"


def test_a_note_in_a_shared_intake_channel_is_taken_in_and_confirmed_elsewhere(
    slack: SlackFake, tmp_path: Path
) -> None:
    slack.workspace.channels["C5"] = Channel("C5", "ours", members={"U1"})
    slack.workspace.channels["C1"].is_ext_shared = True
    with office(slack, tmp_path) as opened:
        opened.voice = SlackVoice(opened.web, 0, elsewhere=("C1", "C5"))
        opened.heard("complaint: boiler off", user="U9", user_team="T9OTHER")
        opened.work()
        assert opened.case().label == "complaint"
        assert {x.args["channel"] for x in slack.posts} == {"C5"}
        assert any(x.args["text"].startswith(f"{REF}: complaint, acknowledge by") for x in slack.posts)


def test_nothing_is_posted_where_every_channel_is_shared_and_that_is_said(
    slack: SlackFake, tmp_path: Path
) -> None:
    slack.workspace.channels["C1"].is_ext_shared = True
    with office(slack, tmp_path) as opened:
        opened.heard("complaint: boiler off")
        opened.work()
        assert opened.case().label == "complaint" and slack.posts == []
        rows = opened.db.execute(
            "select last_error from outbox where case_ref = ? and kind = 'confirmation'", [REF]
        ).fetchall()
        assert rows and all("name one of your own as slack.mail_channel" in x[0] for x in rows)
        assert outbox.unsent(opened.db) >= 1


# --- what is kept ---------------------------------------------------------------------------------


def test_each_question_is_kept_with_what_was_understood_and_no_words(live: Office, ask: Asking) -> None:
    do(live.db, REF, acts.assign, handler="Priya Shah", at=on("2026-11-11"))
    ask("U1", "what's overdue for repairs")
    ask("U1", "what has Priya got")
    ask("U1", f"status of {REF}")
    ask("U1", f"status of {UNKNOWN}")
    ask("U1", "Mrs Okonkwo of 12 Ashdown is angry")
    ask("U2", "how many complaints this month")
    assert [(x.who, x.intent, dict(x.slots), x.answered, x.refused) for x in kept(live)] == [
        ("U1", "list", {"state": "overdue", "area": "repairs"}, 1, ""),
        ("U1", "list", {"handler": "somebody"}, 1, ""),
        ("U1", "status", {"ref": REF}, 1, ""),
        ("U1", "status", {"ref": UNKNOWN}, 0, ""),
        ("U1", "none", {}, 0, ""),
        ("U2", "count", {"period": "this_month", "label": "complaint"}, 0, "no role"),
    ]
    assert {x.at for x in kept(live)} == {MONDAY}


def test_a_refused_click_and_a_refused_submission_are_kept(slack: SlackFake, live: Office) -> None:
    said = live.heard("complaint: boiler")
    live.work()
    ts = str(slack.wait_for_post("C1", thread_ts=said).answer["ts"])
    slack.click("case:define", user="U1", ts=ts)
    view = slack.wait_for_modal("U1", "define")
    slack.workspace.groups["S1"] = []
    slack.wait_for_ack(slack.submit(view, {"points": "a", "outcomes": "b"}))
    slack.click("case:take", user="U2", ts=ts)
    slack.wait_for_response()
    found = [(x.who, x.intent, dict(x.slots), x.refused) for x in kept(live)]
    assert found == [
        ("U1", "case:define", {"ref": SECRET}, "no role"),
        ("U2", "case:take", {"ref": SECRET}, "no role"),
    ]


# --- flags ----------------------------------------------------------------------------------------


def test_a_flag_is_in_each_modal_and_in_the_private_answer_and_in_no_post(
    slack: SlackFake, live: Office, ask: Asking
) -> None:
    said = live.heard("complaint: boiler")
    live.work()
    do(live.db, SECRET, lambda case, by: record(FLAG, case, by, {"what": "wheelchair user"}))
    ts = str(slack.wait_for_post("C1", thread_ts=said).answer["ts"])
    slack.click("case:define", user="U1", ts=ts)
    assert "wheelchair user" in shown(slack.wait_for_modal("U1", "define"))
    assert "wheelchair" not in ask("U1", f"status of {SECRET}"), "not in the text that a lock screen shows"
    assert "wheelchair" in repr(slack.response_posts[-1].body["blocks"])
    ask("U4", f"status of {SECRET}")
    assert "wheelchair" not in repr(slack.response_posts[-1].body)
    assert "wheelchair" not in repr([x.args for x in slack.posts])


def test_nor_does_it_log_a_note(slack: SlackFake, live: Office, ask: Asking) -> None:
    before = live.received()
    assert ask("U4", "log flat 3 has damp").startswith("The note was not kept.")
    assert live.received() == before
