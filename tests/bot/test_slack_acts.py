"""Buttons, modals, the shortcut and the Home tab, through the real Bolt app on the strict fake."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from putright.bot import slack_forms
from putright.bot.slack_fields import at_a_field
from putright.cases import acts
from putright.cases.acts import By
from putright.cases.errors import Refused
from putright.cases.events import Event, Kind
from putright.cases.labels import Decision, Label, Role
from putright.cases.limits import Clock
from putright.cases.message import Message
from putright.cases.reading import Reading, Sentence
from putright.cases.record import record
from putright.cases.records.promises import ACTION, open_promises
from putright.triage.remind_each import queue_each
from tests.bot.clicks import REFERENCE, buttons, confirmed_note, modal, shown, told
from tests.bot.office import Office, office
from tests.cases.a_case import after
from tests.harrowmere import LANDLORD, LATER, MONDAY, do, log
from tests.readers import StandIn
from tests.slack_fake.server import SlackFake

# --- one click ------------------------------------------------------------------------------------


class OneSentence(StandIn):
    """Takes the whole message for one sentence that asks for a complaint."""

    def read(self, message: Message) -> Reading:
        whole = Sentence(0, len(message.body), Role.COMPLAIN, 1.0)
        return replace(super().read(message), sentences=(whole,), outcomes=())


def test_what_the_reader_did_not_mark_as_sought_is_drafted_from_the_words_and_to_be_checked(
    slack: SlackFake, live: Office
) -> None:
    live.reader = OneSentence()
    post = confirmed_note(slack, live, "complaint: She wants to complain and wants it repaired.")
    draft = shown(modal(slack, "define", post))
    assert "'initial_value': 'wants it repaired'" in draft and "not sure that this is asked for" in draft


def test_a_sure_reading_offers_right_change_why_take_and_define(slack: SlackFake, live: Office) -> None:
    ts = confirmed_note(slack, live)
    post = next(x for x in slack.posts if x.answer["ts"] == ts)
    assert buttons(post.args["blocks"]) == [
        "case:right",
        "case:change",
        "case:why",
        "case:take",
        "case:define",
        "case:more",
    ]


def test_an_unsure_one_asks_with_a_button_for_each_label(slack: SlackFake, live: Office) -> None:
    ts = confirmed_note(slack, live, "request: tap ask!")
    post = next(x for x in slack.posts if x.answer["ts"] == ts)
    assert buttons(post.args["blocks"]) == [
        *(f"case:label:{x.value}" for x in Label),
        "case:why",
        "case:take",
        "case:more",
    ]


def test_right_confirms_tells_the_clicker_and_brings_the_post_up_to_date(
    slack: SlackFake, live: Office
) -> None:
    ts = confirmed_note(slack, live)
    slack.click("case:right", user="U1", ts=ts)
    assert told(slack) == f"Saved. {REFERENCE}: complaint, acknowledge by Mon 30 Nov 2026 (Code 6.2)."
    update = slack.wait_for_call("chat.update", ts=ts)
    assert "Confirmed by U1." in update.args["text"]
    assert live.case().confirmed_by == "U1"


@pytest.mark.parametrize("label", list(Label))
def test_one_click_says_what_an_unsure_message_is(label: Label, slack: SlackFake, live: Office) -> None:
    ts = confirmed_note(slack, live, "request: tap ask!")
    slack.click(f"case:label:{label.value}", user="U1", ts=ts)
    told(slack)
    slack.wait_for_call("chat.update", ts=ts)  # the last thing that a click does
    case = live.case()
    assert (case.label, case.confirmed_by, case.decision) == (label, "U1", Decision.ASK)


def test_ill_take_this_assigns_the_case_once(slack: SlackFake, live: Office) -> None:
    ts = confirmed_note(slack, live)
    slack.click("case:take", user="U1", ts=ts)
    assert told(slack).startswith(f"{REFERENCE} is yours.")
    slack.wait_for_call("chat.update")
    slack.click("case:assign", user="U2", ts=ts)
    assert slack.wait_for_modal("U2", "assign")
    assert live.case().handler == "U1"


def test_a_busy_database_is_answered_and_nothing_is_lost(slack: SlackFake, live: Office) -> None:
    from putright.storage.database import open_database

    ts = confirmed_note(slack, live)
    live.open = lambda: open_database(live.path, busy_seconds=0.05, clock=lambda: LATER)
    live.db.execute("begin immediate")
    slack.click("case:right", user="U1", ts=ts)
    assert "busy" in told(slack)
    live.db.execute("rollback")
    slack.click("case:right", user="U1", ts=ts)
    assert told(slack, 2).startswith("Saved.")


# --- modals ---------------------------------------------------------------------------------------


def test_a_modal_of_a_case_that_changed_meanwhile_overwrites_nothing(slack: SlackFake, live: Office) -> None:
    ts = confirmed_note(slack, live)
    view = modal(slack, "define", ts)
    do(live.db, REFERENCE, acts.define, points=["the first"], outcomes=["that"])
    ack = slack.wait_for_ack(slack.submit(view, {"points": "mine", "outcomes": "this"}))
    assert ack.payload and "was changed by somebody else in the meantime" in ack.payload["errors"]["points"]
    assert live.case().first.definition.points == ("the first",)


def test_the_life_of_a_complaint_by_modals(slack: SlackFake, live: Office) -> None:
    ts = confirmed_note(slack, live)

    def fill(name: str, user: str = "U1", **values: object) -> None:
        ack = slack.wait_for_ack(slack.submit(modal(slack, name, ts, user), values, user=user))
        assert ack.payload and ack.payload["response_action"] == "update", ack.payload

    slack.click("case:right", user="U1", ts=ts)
    slack.wait_for_call("chat.update")
    view = modal(slack, "acknowledge", next_post(slack, live, ts))
    ack = slack.wait_for_ack(slack.submit(view, {"complexity": "low"}))
    assert ack.payload and "definition" in ack.payload["errors"]["day"], "refused without a definition"
    slack.close_view(view)
    fill("define", points="mushrooms grow\n• nobody came", outcomes="a visit")
    assert live.case().first.definition.points == ("mushrooms grow", "nobody came")
    fill("assign", handler="Sam Reed")
    fill("acknowledge", complexity="low", vulnerability="none known", risk="none known")
    ts = next_post(slack, live, ts)
    fill("extend", days="5", reason="waiting for the surveyor")
    fill(
        "respond",
        outcome="partly upheld",
        reasons="upheld: the surveyor found damp\nnot upheld: he came twice",
        impact="weeks of damp",
    )
    ts = next_post(slack, live, ts)
    fill("escalate", day=MONDAY.date().isoformat())
    case = live.case()
    assert (
        case.first.outcome == "partly upheld" and case.first.extended == 5 and case.escalated == MONDAY.date()
    )
    assert case.of(Kind.RESPONDED)[0].data["impact"] == "weeks of damp"


def next_post(slack: SlackFake, live: Office, ts: str) -> str:
    """The same post, brought up to date by a person asking why (as a person would reload it)."""
    from putright.bot.slack_blocks import post_blocks
    from putright.triage.posts import Post
    from putright.triage.redrawn import next_acts

    case = live.case()
    live.web.chat_update(
        channel="C1", ts=ts, text="x", blocks=post_blocks(Post("x", (), case.reference, next_acts(case)))
    )
    return ts


def test_days_that_are_no_number_are_refused_at_their_field(slack: SlackFake, live: Office) -> None:
    ts = confirmed_note(slack, live)
    do(live.db, REFERENCE, acts.define, points=["a"], outcomes=["b"])
    do(live.db, REFERENCE, acts.acknowledge)
    view = modal(slack, "extend", next_post(slack, live, ts))
    assert "Up to 10 working days more" in shown(view) or "10 more working days" in shown(view)
    ack = slack.wait_for_ack(slack.submit(view, {"days": "ten", "reason": "x"}))
    assert ack.payload and "number" in ack.payload["errors"]["days"]


@pytest.mark.parametrize(
    ("day", "reasons", "field"),
    [
        ("2026-11-20", "nobody came", "day"),
        ("2026-11-24", "nobody came", "day"),
        ("2026-11-23", "", "reasons"),
        ("2026-11-20", "", "reasons"),
    ],
    ids=[
        "sent before the complaint came",
        "sent tomorrow",
        "no reason for the point",
        "both wrong: the reason first",
    ],
)
def test_what_is_wrong_with_a_date_stands_at_the_date(
    day: str, reasons: str, field: str, slack: SlackFake, live: Office
) -> None:
    ts = confirmed_note(slack, live)
    do(live.db, REFERENCE, acts.define, points=["a"], outcomes=["b"])
    do(live.db, REFERENCE, acts.acknowledge)
    view = modal(slack, "respond", next_post(slack, live, ts))
    given = {"outcome": "not upheld", "reasons": reasons or "\n", "day": day}
    ack = slack.wait_for_ack(slack.submit(view, given))
    assert ack.payload and list(ack.payload["errors"]) == [field]


def test_a_promise_is_said_to_be_kept_by_a_modal(slack: SlackFake, live: Office) -> None:
    ts = confirmed_note(slack, live)
    for what, due in (("replace the seal " * 8, "2026-12-04"), ("redecorate", "2026-12-18")):
        given = {"what": what, "due": date.fromisoformat(due), "owner": "Repairs"}
        do(live.db, REFERENCE, lambda case, by, given=given: record(ACTION, case, by, given))
    view = modal(slack, "done", next_post(slack, live, ts))
    assert "redecorate (by Fri 18 Dec 2026)" in shown(view)
    ack = slack.wait_for_ack(slack.submit(view, {"promise": "action:2", "evidence": " "}))
    assert ack.payload and ack.payload["errors"]["evidence"].startswith(
        "Say how it is known to be done (a job number"
    )
    slack.wait_for_ack(slack.submit(view, {"promise": "action:2", "evidence": "job 4711"}))
    assert [x.number for x in open_promises(live.case())] == [1]


@pytest.mark.parametrize(
    ("typed", "at_the_field"),
    [
        ('Say why this is not one: --reason "...". It is kept.', "Say why this is not one. It is kept."),
        ("Say by when it is promised: --due 2026-12-18.", "Say by when it is promised."),
        ('Say why, with "because …": it stays', "Say why: it stays"),
        (
            "More than 10 needs a good reason. Add  --good-reason  if there is one. (Code 6.4)",
            "More than 10 needs a good reason. Tick the box below if there is one. (Code 6.4)",
        ),
        ("Give the working days as a number, such as 10.", "Give the working days as a number, such as 10."),
    ],
)
def test_a_refusal_below_a_field_names_no_option_of_the_terminal(typed: str, at_the_field: str) -> None:
    assert at_a_field(typed) == at_the_field


def test_a_name_nobody_has_is_taken_only_where_it_is_said_to_be_somebody_new() -> None:
    known = replace(LANDLORD, people={"U1": "Priya Shah"})
    case, by = after(), By("Sam Reed", MONDAY)
    assign = slack_forms.FORMS["assign"].decide
    assert assign
    with pytest.raises(Refused, match=r"nobody called Zed Unknown\. Known handlers: Priya Shah\."):
        assign(case, by, {"handler": "Zed Unknown"}, known)
    for given in ({"handler": "Priya Shah"}, {"handler": "Zed Unknown", "new": ["new"]}):
        event = assign(case, by, given, known)
        assert isinstance(event, Event) and event.data["handler"] == given["handler"]


# --- the shortcut ---------------------------------------------------------------------------------


def test_the_thread_above_a_message_is_put_before_it(slack: SlackFake, live: Office) -> None:
    channel = slack.workspace.channels["C2"]
    channel.has_bot = True
    first = slack.say("C2", "U2", "Flat 3 rang")
    reply = slack.say("C2", "U2", "still no heating", thread_ts=first)
    slack.shortcut("log_complaint", user="U1", channel="C2", ts=reply)
    slack.wait_for_call("views.update")
    assert "Flat 3 rang\\nstill no heating" in shown(slack.wait_for_modal("U1", "log_complaint"))


def test_an_answer_about_one_case_opens_it(slack: SlackFake, live: Office) -> None:
    log(live.db, "complaint: mushrooms")
    slack.command("/case", f"status of {REFERENCE}", user="U1", channel="C1")
    answered = slack.wait_for_response()
    assert buttons(answered.body["blocks"]) == ["case:open"]
    slack.click("case:open", user="U1", ts=answered.ts)
    assert "mushrooms" in shown(slack.wait_for_modal("U1", "details"))


# --- the Home tab ---------------------------------------------------------------------------------


def test_a_case_opens_from_home_with_its_words_dates_and_next_acts(slack: SlackFake, live: Office) -> None:
    log(live.db, "complaint: mushrooms")
    slack.open_home("U1")
    slack.click("home:unassigned", user="U1", view=slack.wait_for_home("U1"))
    home = slack.wait_for_home("U1", 2)
    slack.click("case:open", user="U1", view=home)
    view = slack.wait_for_modal("U1", "details")
    assert "mushrooms" in shown(view) and "acknowledge by Mon 30 Nov 2026 (Code 6.2)" in shown(view)
    slack.click("case:assign", user="U1", view=view)
    assert slack.wait_for_modal("U1", "assign")


def test_a_case_says_how_late_it_is_and_a_missed_target_of_ones_own_can_be_put_off(
    slack: SlackFake, tmp_path: Path
) -> None:
    own = replace(LANDLORD, targets={Clock.SERVICE_REQUEST: 3})
    with office(slack, tmp_path, landlord=own) as live:
        log(live.db, "request: tap", received=MONDAY - timedelta(days=6), landlord=own)
        slack.open_home("U1")
        slack.click("home:unassigned", user="U1", view=slack.wait_for_home("U1"))
        slack.click("case:open", user="U1", view=slack.wait_for_home("U1", 2))
        view = slack.wait_for_modal("U1", "details")
        late = "Fri 20 Nov 2026 (your own target). OVERDUE by 1 working day on your own target, no breach"
        assert late in shown(view)
        slack.click("case:snooze", user="U1", view=view)
        said = slack.wait(lambda: (m := slack.modal("U1")) and "again on Tue 24 Nov 2026" in shown(m), "it")
        assert said


# --- reminders ------------------------------------------------------------------------------------


def test_a_handlers_morning_goes_to_them_alone(slack: SlackFake, live: Office) -> None:
    reference = log(live.db, "complaint: x", received=MONDAY - timedelta(days=10))
    do(live.db, reference, acts.assign, handler="Priya Shah")
    queue_each(live.db, replace(LANDLORD, people={"U1": "Priya Shah"}, weekly=False), MONDAY)
    live.say()
    post = slack.wait_for_post(slack.workspace.dm("U1").id)
    assert "Your deadlines" in post.args["text"] and reference in post.args["text"]


def test_a_reminder_is_put_off_from_the_case_and_a_breach_is_not(slack: SlackFake, live: Office) -> None:
    log(live.db, "complaint: x")
    slack.open_home("U1")
    slack.click("home:due", user="U1", view=slack.wait_for_home("U1"))
    slack.click("home:unassigned", user="U1", view=slack.wait_for_home("U1", 2))
    slack.click("case:open", user="U1", view=slack.wait_for_home("U1", 3))
    view = slack.wait_for_modal("U1", "details")
    slack.click("case:snooze", user="U1", view=view)
    said = slack.wait(
        lambda: (m := slack.modal("U1")) and "again on Tue 24 Nov 2026" in shown(m) and m, "sentence"
    )
    assert said and live.case().next_due(LANDLORD.calendar, {}) is not None
