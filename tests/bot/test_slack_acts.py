"""Buttons, modals, the shortcut and the Home tab, through the real Bolt app on the strict fake."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from putright.bot import slack_acts
from putright.cases import acts
from putright.cases.labels import Decision, Label
from putright.cases.record import record
from putright.cases.records.promises import ACTION, open_promises
from putright.storage import messages
from putright.triage.remind_each import queue_each
from tests.bot.office import Office, office
from tests.harrowmere import LANDLORD, LATER, MONDAY, PRIVATE, RESIDENT, do, log
from tests.slack_fake.bolt import no_proxies
from tests.slack_fake.example import small_workspace
from tests.slack_fake.server import SlackFake
from tests.slack_fake.workspace import Json, View

WORDS = f"complaint: mushrooms at 12 Ashdown, {RESIDENT}, 07700 900123"
REFERENCE = "HC-2026-0001"


@pytest.fixture(scope="module", autouse=True)
def _without_proxies() -> Iterator[None]:
    with no_proxies():
        yield


@pytest.fixture
def slack() -> Iterator[SlackFake]:
    with small_workspace() as fake:
        yield fake


@pytest.fixture
def live(slack: SlackFake, tmp_path: Path) -> Iterator[Office]:
    with office(slack, tmp_path) as opened:
        yield opened


def confirmed_note(slack: SlackFake, live: Office, words: str = WORDS) -> str:
    """A note is said and answered; the ts of the answer that carries the buttons."""
    said = live.heard(words)
    live.work()
    post = slack.wait_for_post("C1", thread_ts=said)
    return str(post.answer["ts"])


def told(slack: SlackFake, count: int = 1) -> str:
    """What the clicker alone was told."""
    return str(slack.wait_for_response(count).body["text"])


def buttons(blocks: list[Json]) -> list[str]:
    return [e["action_id"] for b in blocks if b["type"] == "actions" for e in b["elements"]]


def modal(slack: SlackFake, name: str, ts: str, user: str = "U1") -> View:
    slack.click(f"case:{name}", user=user, ts=ts)
    return slack.wait_for_modal(user, name if name != "open" else "details")


def shown(view: View) -> str:
    return repr(view.payload["blocks"])


# --- one click ------------------------------------------------------------------------------------


def test_a_sure_reading_offers_right_change_why_take_and_define(slack: SlackFake, live: Office) -> None:
    ts = confirmed_note(slack, live)
    post = next(x for x in slack.posts if x.answer["ts"] == ts)
    assert buttons(post.args["blocks"]) == [
        "case:right",
        "case:change",
        "case:why",
        "case:take",
        "case:define",
    ]


def test_an_unsure_one_asks_with_a_button_for_each_label(slack: SlackFake, live: Office) -> None:
    ts = confirmed_note(slack, live, "request: tap ask!")
    post = next(x for x in slack.posts if x.answer["ts"] == ts)
    assert buttons(post.args["blocks"]) == [
        *(f"case:label:{x.value}" for x in Label),
        "case:why",
        "case:take",
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


def test_a_stale_button_is_answered_with_who_was_quicker(slack: SlackFake, live: Office) -> None:
    ts = confirmed_note(slack, live)
    do(live.db, REFERENCE, acts.confirm, by="Priya Shah")
    slack.click("case:right", user="U1", ts=ts)
    assert told(slack) == f"Priya Shah has already said that {REFERENCE} is complaint."


@pytest.mark.parametrize("label", list(Label))
def test_one_click_says_what_an_unsure_message_is(label: Label, slack: SlackFake, live: Office) -> None:
    ts = confirmed_note(slack, live, "request: tap ask!")
    slack.click(f"case:label:{label.value}", user="U1", ts=ts)
    told(slack)
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


def test_a_click_on_a_closed_case_is_answered_and_changes_nothing(slack: SlackFake, live: Office) -> None:
    ts = confirmed_note(slack, live)
    do(live.db, REFERENCE, acts.confirm)
    do(live.db, REFERENCE, acts.close, reason="withdrawn by the resident")
    slack.click("case:take", user="U1", ts=ts)
    assert told(slack) == f"{REFERENCE} is closed: reopen it first."


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


# --- why, in private ------------------------------------------------------------------------------


def test_why_is_shown_to_the_clicker_alone_and_no_post_holds_the_words(
    slack: SlackFake, live: Office
) -> None:
    ts = confirmed_note(slack, live)
    view = modal(slack, "why", ts)
    assert "It was marked as complaint." in shown(view)
    modal(slack, "define", ts)
    slack.click("case:right", user="U1", ts=ts)
    told(slack)
    slack.wait_for_call("chat.update")
    said = [c.args for c in slack.calls if c.method.startswith("chat.")]
    assert not [x for x in PRIVATE if x.lower() in repr(said).lower()]


# --- modals ---------------------------------------------------------------------------------------


def test_change_needs_a_reason_at_its_field_and_then_moves_the_dates(slack: SlackFake, live: Office) -> None:
    ts = confirmed_note(slack, live)
    view = modal(slack, "change", ts)
    ack = slack.wait_for_ack(slack.submit(view, {"label": "service_request"}))
    assert ack.payload and "Say why" in ack.payload["errors"]["reason"]
    slack.wait_for_ack(slack.submit(view, {"label": "service_request", "reason": "first report of a fault"}))
    assert live.case().label is Label.SERVICE_REQUEST
    assert live.case().labels[-1].reason == "first report of a fault"


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
    )
    ts = next_post(slack, live, ts)
    fill("escalate", day=MONDAY.date().isoformat())
    case = live.case()
    assert (
        case.first.outcome == "partly upheld" and case.first.extended == 5 and case.escalated == MONDAY.date()
    )


def next_post(slack: SlackFake, live: Office, ts: str) -> str:
    """The same post, brought up to date by a person asking why (as a person would reload it)."""
    from putright.bot.slack_acts import next_acts
    from putright.bot.slack_blocks import post_blocks
    from putright.triage.posts import Post

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
        ('Say why, with "because …": it stays', 'Say why, with "because …": it stays'),
        ("Give the working days as a number, such as 10.", "Give the working days as a number, such as 10."),
    ],
)
def test_a_refusal_below_a_field_names_no_option_of_the_terminal(typed: str, at_the_field: str) -> None:
    assert slack_acts.at_a_field(typed) == at_the_field


# --- authority ------------------------------------------------------------------------------------


@pytest.fixture
def guarded(slack: SlackFake, tmp_path: Path) -> Iterator[Office]:
    """putright where only the group S1 (U1) handles cases."""
    with office(slack, tmp_path, slack_more={"handlers": ("S1",)}) as opened:
        yield opened


def test_who_is_no_handler_is_refused_in_private_and_nothing_changes(
    slack: SlackFake, guarded: Office
) -> None:
    ts = confirmed_note(slack, guarded)
    slack.click("case:right", user="U2", ts=ts)
    assert told(slack).startswith("This needs a complaint handler.")
    slack.click("case:why", user="U2", ts=ts)
    assert told(slack, 2).startswith("This needs a complaint handler.")
    slack.command("/case", "what is overdue", user="U2", channel="C1")
    assert told(slack, 3).startswith("This needs a complaint handler.")
    assert not guarded.case().confirmed_by and slack.modal("U2") is None
    slack.click("case:right", user="U1", ts=ts)
    assert told(slack, 4).startswith("Saved.")


def test_a_group_that_cannot_be_read_refuses(slack: SlackFake, guarded: Office) -> None:
    ts = confirmed_note(slack, guarded)
    slack.fail("usergroups.users.list", "internal_error")
    slack.click("case:right", user="U1", ts=ts)
    assert "cannot read" in told(slack)
    assert not guarded.case().confirmed_by


def test_a_role_lost_while_the_modal_was_open_is_refused_at_submission(
    slack: SlackFake, guarded: Office
) -> None:
    view = modal(slack, "define", confirmed_note(slack, guarded))
    slack.workspace.groups["S1"] = ["U2"]
    ack = slack.wait_for_ack(slack.submit(view, {"points": "a", "outcomes": "b"}))
    assert ack.payload and "complaint handler" in ack.payload["errors"]["points"]
    assert not guarded.case().first.definition.by


def test_people_of_another_organisation_are_refused(slack: SlackFake, live: Office) -> None:
    ts = confirmed_note(slack, live)
    slack.click("case:right", user="U9", ts=ts)
    assert told(slack) == "I only answer people of our own workspace."
    assert not live.case().confirmed_by


def test_a_channel_shared_with_another_organisation_gets_no_answer(slack: SlackFake, live: Office) -> None:
    log(live.db, "complaint: x")
    slack.command("/case", "open cases", user="U1", channel="C4")
    assert "shared with another organisation" in told(slack)


# --- the shortcut ---------------------------------------------------------------------------------


def test_a_note_of_an_intake_channel_is_not_logged_again(slack: SlackFake, live: Office) -> None:
    said = live.heard(WORDS)
    slack.shortcut("log_complaint", user="U1", channel="C1", ts=said)
    view = slack.wait_for_modal("U1", "log_complaint")
    ack = slack.wait_for_ack(slack.submit(view))
    assert ack.payload and "being logged" in repr(ack.payload["view"])
    live.work()
    slack.shortcut("log_complaint", user="U1", channel="C1", ts=said)
    assert told(slack).startswith(f"This is logged already as {REFERENCE}. https://")
    assert len(live.rows()) == 1


def test_the_shortcut_logs_a_note_outside_the_intake_channels(slack: SlackFake, live: Office) -> None:
    channel = slack.workspace.channels["C2"]
    channel.has_bot = True
    at = MONDAY - timedelta(days=3)
    said = slack.say("C2", "U2", "request: she says nobody came", ts=f"{at.timestamp():.6f}")
    slack.shortcut("log_complaint", user="U1", channel="C2", ts=said)
    view = slack.wait_for_modal("U1", "log_complaint")
    ack = slack.wait_for_ack(slack.submit(view, {"resident": "Mrs K"}))
    assert ack.payload and "Logged" in repr(ack.payload["view"])
    live.work()
    case = live.case()
    assert (case.label, case.confirmed_by, case.received) == (Label.COMPLAINT, "U1", at)
    assert slack.wait_for_post("C2", thread_ts=said).args["text"].startswith(f"{REFERENCE}: complaint")
    slack.shortcut("log_complaint", user="U2", channel="C2", ts=said)
    assert told(slack).startswith(f"This is logged already as {REFERENCE}.")
    assert len(live.rows()) == 1


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


# --- what is edited or deleted ---------------------------------------------------------------------


def test_an_edit_joins_the_case_as_a_further_message_and_the_first_words_stay(
    slack: SlackFake, live: Office
) -> None:
    said = live.heard(WORDS)
    live.work()
    slack.edit("C1", said, "complaint: mushrooms, and now the ceiling is down")
    slack.wait(lambda: live.received() == 2, "edit", poll=0.02)
    slack.edit("C1", said, attachments=[{"text": "unfurled"}])
    live.heard("other: something else", 1)
    live.work()
    bodies = {x.body for x in messages.of_case(live.db, REFERENCE)}
    assert bodies == {WORDS, "complaint: mushrooms, and now the ceiling is down"}
    assert len(live.rows()) == 2 and live.case().received == MONDAY


def test_a_deletion_is_noted_and_removes_nothing(slack: SlackFake, live: Office) -> None:
    said = live.heard(WORDS)
    live.work()
    slack.delete("C1", said)
    slack.wait(lambda: live.case().version == 2, "note", poll=0.02)
    assert [x.body for x in messages.of_case(live.db, REFERENCE)] == [WORDS]


# --- the Home tab ---------------------------------------------------------------------------------


def test_home_pages_a_hundred_cases_within_slacks_limits(slack: SlackFake, live: Office) -> None:
    for number in range(40):
        log(live.db, f"complaint: {number}")
    slack.open_home("U1")
    home = slack.wait_for_home("U1")
    assert "Your open cases: none" in shown(home)
    slack.click("home:unassigned", user="U1", view=home)
    home = slack.wait_for_home("U1", home.revision + 1)
    assert "Nobody has taken these: 40" in shown(home) and "HC-2026-0015" in shown(home)
    slack.click("home:after", user="U1", view=home)
    home = slack.wait_for_home("U1", home.revision + 1)
    assert "HC-2026-0016" in shown(home) and "HC-2026-0015" not in shown(home)


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


def test_home_of_somebody_who_is_no_handler_says_so_and_shows_nothing(
    slack: SlackFake, guarded: Office
) -> None:
    log(guarded.db, "complaint: x")
    slack.open_home("U2")
    home = slack.wait_for_home("U2")
    assert "needs a complaint handler" in shown(home) and REFERENCE not in shown(home)


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
