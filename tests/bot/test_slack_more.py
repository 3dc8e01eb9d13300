"""Where an act is asked for in Slack: the menu of a case, a command, a thread, a direct message."""

import pytest

from putright.bot.slack_forms import menu_of
from putright.bot.slack_orders import BUTTONS, ordered_on
from putright.cases import acts
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.events import Kind
from putright.cases.labels import Label
from tests.bot.clicks import buttons, confirmed_note
from tests.bot.filled_in import OTHER, REF, asked_for, closed, sent
from tests.bot.office import Office
from tests.cases.a_case import after, opened
from tests.harrowmere import do
from tests.slack_fake.server import SlackFake
from tests.slack_fake.workspace import User

# --- the menu -------------------------------------------------------------------------------------


def offered(case: Case, *, lead: bool = False) -> set[str]:
    return {name for _, acts_of in menu_of(case, lead=lead) for name, _, _ in acts_of}


@pytest.mark.parametrize(
    ("case", "there", "absent"),
    [
        (after(), {"close", "define", "merge", "evidence"}, {"reopen", "satisfaction", "complain", "done"}),
        (
            after(first=opened(label=Label.SERVICE_REQUEST)),
            {"complain", "close", "action"},
            {"define", "remedy"},
        ),
        (
            after(lambda x: acts.confirm(x, By("Priya Shah", x.opened))),
            {"close", "assign"},
            {"unmerge", "unjoin"},
        ),
    ],
    ids=["an open complaint", "a service request", "one that a person has confirmed"],
)
def test_the_menu_offers_what_makes_sense_on_a_case(case: Case, there: set[str], absent: set[str]) -> None:
    assert there <= offered(case) and not absent & offered(case)


def test_confining_is_in_the_menu_of_leads_alone() -> None:
    assert "confine" in offered(after(), lead=True) and "confine" not in offered(after())


def test_an_act_is_chosen_from_the_menu_below_a_post(slack: SlackFake, live: Office) -> None:
    ts = confirmed_note(slack, live)
    slack.click("case:more", user="U1", ts=ts)
    slack.click("pick:act", user="U1", view=slack.wait_for_modal("U1", "more"), value="action")
    view = slack.wait_for_modal("U1", "action")
    answer = sent(slack, view, {"what": "a visit", "due": "2026-12-18", "owner": "Repairs"})
    assert "Saved." in repr(answer["view"]) and live.case().of(Kind.ACTION)


def test_an_act_is_chosen_from_the_menu_of_a_case_opened_on_home(slack: SlackFake, worked: Office) -> None:
    slack.open_home("U1")
    slack.click("home:unassigned", user="U1", view=slack.wait_for_home("U1"))
    slack.click("case:open", user="U1", view=slack.wait_for_home("U1", 2), value=REF)
    slack.click("case:more", user="U1", view=slack.wait_for_modal("U1", "details"))
    slack.click("pick:act", user="U1", view=slack.wait_for_modal("U1", "more"), value="flag")
    sent(slack, slack.wait_for_modal("U1", "flag"), {"what": "two to visit"})
    assert [x.data["what"] for x in worked.case().of(Kind.FLAGGED)] == ["two to visit"]


def test_a_closed_case_offers_what_comes_after(slack: SlackFake, worked: Office) -> None:
    closed(worked)
    (chooser,) = [x for b in asked_for(slack, "more").payload["blocks"] for x in b.get("elements", ())]
    values = {option["value"] for group in chooser["option_groups"] for option in group["options"]}
    assert {"reopen", "satisfaction", "learn", "escalate"} <= values
    assert not {"close", "define", "extend", "confine", "evidence"} & values


# --- commands and orders --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("close HC-2026-0012", ("close", "HC-2026-0012")),
        ("please close case hc 2026 12.", ("close", "HC-2026-0012")),
        ("HC-2026-0012 close", ("close", "HC-2026-0012")),
        ("hazard step hc20260012", ("hazard-step", "HC-2026-0012")),
        ("hazard-step HC-2026-0012", ("hazard-step", "HC-2026-0012")),
        ("add issue HC-2026-0012", ("add-issue", "HC-2026-0012")),
        ("Reclassify HC-2026-0012", ("change", "HC-2026-0012")),
        ("resolve HC-2026-0012", ("close", "HC-2026-0012")),
        ("mark HC-2026-0012", ("mark", "HC-2026-0012")),
        ("more HC-2026-0012", ("more", "HC-2026-0012")),
        ("status of HC-2026-0012", ("", "")),
        ("when is HC-2026-0012 closed", ("", "")),
        ("why HC-2026-0012", ("", "")),
        ("definition HC-2026-0012", ("", "")),
        ("close HC-2026-0012 and HC-2026-0013", ("", "")),
        ("HC-2026-0012 is closed", ("", "")),
        ("who has HC-2026-0012", ("", "")),
        ("close it", ("", "")),
        ("log close HC-2026-0012", ("", "")),
        ("HC-2026-0012", ("", "")),
    ],
)
def test_a_verb_and_a_reference_are_an_order_and_all_else_is_a_question(
    typed: str, order: tuple[str, str]
) -> None:
    assert ordered_on(typed) == order


def test_bare_words_in_a_thread_are_orders_only_where_a_resident_would_not_say_them() -> None:
    assert BUTTONS["close"] == "close" and BUTTONS["mark"] == "change" and BUTTONS["answer"] == "respond"
    assert not {"hazard", "flag", "evidence", "contact", "action", "choice", "more"} & BUTTONS.keys()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("close it", "close"),
        (f"close {REF}", "close"),
        (f"please link {REF}", "link"),
        ("assign it", "assign"),
    ],
)
def test_an_order_in_a_thread_is_answered_with_its_button_and_is_no_message(
    slack: SlackFake, live: Office, words: str, name: str
) -> None:
    said = live.heard("complaint: mushrooms")
    live.work()
    slack.mention("C1", "U1", words, thread_ts=said)
    answer = slack.wait_for_call("chat.postEphemeral").args
    assert answer["text"] == f"Nothing was changed: do that with the button, on {REF}."
    assert buttons(answer["blocks"]) == [f"case:{name}", "case:more"]
    live.work()
    assert len(live.case().messages) == 1 and live.received() == 1


def test_an_order_in_a_direct_message_is_answered_with_its_button(slack: SlackFake, worked: Office) -> None:
    before = worked.received()
    slack.say("D1", "U1", f"close {REF}")
    answer = slack.wait_for_post("D1").args
    assert buttons(answer["blocks"]) == ["case:close", "case:more"] and worked.received() == before


@pytest.mark.parametrize(
    ("typed", "next_step"),
    [
        ("HC-2026-0099", "There is no case"),
        ("status of HC-2026-0099", "There is no case"),
        (f"{REF} is other", 'Say why, with "because …"'),
        (f"could you email {REF}", "/case respond"),
        (f"delete {REF} please", "/case close"),
    ],
)
def test_a_refusal_carries_no_button_and_says_what_to_do(
    slack: SlackFake, worked: Office, typed: str, next_step: str
) -> None:
    slack.command("/case", typed, user="U1", channel="C1")
    answer = slack.wait_for_response().body
    assert not buttons(answer["blocks"]) and next_step in answer["text"]
    assert "putright case" not in answer["text"]


def test_somebody_without_a_role_gets_no_button(slack: SlackFake, worked: Office) -> None:
    slack.workspace.users["U3"] = User("U3")
    slack.workspace.channels["C1"].members = None
    slack.command("/case", f"status of {REF}", user="U3", channel="C1")
    answer = slack.wait_for_response().body
    assert "can add you" in answer["text"] and not buttons(answer["blocks"])


# --- two cases ------------------------------------------------------------------------------------


def test_a_complaint_is_opened_beside_a_request(slack: SlackFake, worked: Office) -> None:
    answer = sent(slack, asked_for(slack, "complain", "HC-2026-0003"), {"point": "nobody came"})
    assert "HC-2026-0004 is the complaint about how HC-2026-0003 was handled" in repr(answer["view"])
    assert worked.case(4).label is Label.COMPLAINT and not worked.case(3).closed


@pytest.mark.parametrize(("side", "other"), [(REF, OTHER), (OTHER, REF)], ids=["the one", "the other"])
@pytest.mark.parametrize("worked_on", [False, True])
def test_cases_are_merged_and_parted_again_from_either(
    slack: SlackFake, worked: Office, side: str, other: str, worked_on: bool
) -> None:
    if worked_on:
        do(worked.db, REF, acts.define, points=["a"], outcomes=["b"])
    merged = sent(slack, asked_for(slack, "merge"), {"other": OTHER})
    assert f"{REF} is part of {OTHER} now" in repr(merged["view"]), merged
    parted = sent(slack, asked_for(slack, "unmerge", side), {"other": other})
    assert f"{REF} is open again" in repr(parted["view"]), parted
    assert not worked.case(1).closed and len(worked.case(2).messages) == 1


def test_a_message_is_taken_out_of_a_case_again(slack: SlackFake, live: Office) -> None:
    said = live.heard("complaint: mushrooms")
    live.work()
    live.heard("and the neighbours are loud", 60, thread_ts=said)
    live.work()
    answer = sent(slack, asked_for(slack, "unjoin"), {"message": "Message 2", "reason": "another matter"})
    assert f"The message is {OTHER} now" in repr(answer["view"])
    assert len(live.case().messages) == 1 and len(live.rows()) == 2
