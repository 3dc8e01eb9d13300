"""What a modal refuses: at its field, to whom, when stale, late or submitted after a stop; and nothing is written."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from putright.bot.slack_fields import at_a_field
from putright.bot.slack_screen import TOO_LATE
from putright.cases import acts
from putright.cases.events import Kind
from putright.cases.records.index import ACTS
from putright.storage.questions import since
from tests.bot.clicks import shown, told
from tests.bot.filled_in import REF, acknowledged, answered, asked_for, defined, fresh, in_danger, sent
from tests.bot.office import Office, office, ts
from tests.harrowmere import MONDAY, do, log
from tests.slack_fake.server import SlackFake
from tests.slack_fake.workspace import User

Prepare = Callable[[Office], None]
REMEDY = {"kind": "money", "what": "heating", "due": "2026-12-18", "impact": "cold", "guidance": "2026"}
REFUSAL = dict.fromkeys(("reason", "evidence", "discretion", "vulnerability"), "said")


@pytest.mark.parametrize(
    ("verb", "prepare", "values", "field", "begins"),
    [
        ("close", fresh, {"reason": "bored"}, "reason", f"{REF} has not been answered at stage 1."),
        ("close", fresh, {"reason": " "}, "reason", "Say why the case is closed."),
        ("reopen", fresh, {"reason": "again"}, "reason", f"{REF} is open."),
        (
            "hazard-step",
            in_danger,
            {"step": "summary-sent"},
            "step",
            "The summary tells the tenant what the investigation found: record first when that concluded, /case haz",
        ),
        (
            "hazard-step",
            fresh,
            {"step": "made-safe"},
            "step",
            "Nobody has said that there is a hazard: /case hazard",
        ),
        (
            "refuse",
            fresh,
            {**REFUSAL, "ground": "over-12-months", "ombudsman_told": ["yes"]},
            "issue_date",
            "When did it happen? (Code 2.3)",
        ),
        ("remedy", fresh, REMEDY, "amount", "A payment says the amount in pounds. (Code 7.3)"),
        (
            "action",
            fresh,
            {"what": "a visit", "due": "2026-11-20", "owner": "Repairs"},
            "due",
            "This is a day from today on, within five years, and Fri 20 Nov 2026 is not: check it.",
        ),
        (
            "contact",
            fresh,
            {"how": "phone", "result": "reached", "on": "2026-11-20"},
            "on",
            "Fri 20 Nov 2026 lies",
        ),
        (
            "authority",
            fresh,
            {"representative": "Ann Bell", "status": "given"},
            "evidence",
            "Say how the resident gave their authority. (Code 3.6)",
        ),
        (
            "evidence",
            defined,
            {"point": "3", "what": "a report"},
            "point",
            f"The definition of {REF} has 1 point;",
        ),
        ("evidence", defined, {"point": "1", "what": " "}, "what", "Say what it is. (Code 5.8)"),
        (
            "update",
            fresh,
            {},
            "text",
            "Say what the resident was told, or the next update agreed. (Code 5.9)",
        ),
        (
            "define",
            fresh,
            {"points": "a", "outcomes": "b", "not_ours": "the council"},
            "not_ours",
            "'the council' is",
        ),
        (
            "define",
            fresh,
            {"points": "a", "outcomes": "b", "not_ours": "4: the council"},
            "points",
            "The definition",
        ),
        (
            "link",
            fresh,
            {"other": "bananas"},
            "other",
            "'bananas' is no reference. Write it as HC-2026-0012.",
        ),
        (
            "link",
            fresh,
            {"other": "HC-2026-0099"},
            "other",
            "There is no case HC-2026-0099. /case open cases lists",
        ),
        ("link", fresh, {"other": REF}, "other", f"{REF} cannot be linked with itself."),
        (
            "mark",
            fresh,
            {"mark": "sar"},
            "answered",
            "Say one of these: it was answered, its clock runs from then, or it is no such thing.",
        ),
        (
            "mark",
            fresh,
            {"mark": "sar", "answered": "2026-11-23"},
            "since",
            f"{REF} is marked as no subject access request. If it is one: /case mark {REF}, with the day",
        ),
        (
            "merge",
            acknowledged,
            {"other": "HC-2026-0002"},
            "other",
            f"{REF} was acknowledged to the resident",
        ),
        ("escalate", fresh, {}, "day", f"Stage 1 of {REF} is still open"),
        ("satisfaction", answered, {"answer": "neither"}, "answer", "The resident is asked how satisfied"),
    ],
)
def test_a_refusal_stands_at_the_field_it_is_about_in_words_of_slack(
    slack: SlackFake,
    worked: Office,
    verb: str,
    prepare: Prepare,
    values: dict[str, Any],
    field: str,
    begins: str,
) -> None:
    prepare(worked)
    before = worked.case().version
    answer = sent(slack, asked_for(slack, verb), values)
    assert list(answer["errors"]) == [field], answer
    assert answer["errors"][field].startswith(begins)
    assert worked.case().version == before and not slack.take_ack_faults()


NEEDED = [x.needed for act in ACTS for x in (*act.fields, *act.ended) if x.needed]


@pytest.mark.parametrize("sentence", NEEDED)
def test_no_refusal_of_a_field_names_an_option_of_the_terminal(sentence: str) -> None:
    said = at_a_field(sentence)
    assert "--" not in said and "`" not in said and said.endswith((".", "?"))


@pytest.mark.parametrize("user", ["U3", "U9"])
def test_whoever_has_no_role_opens_nothing_and_it_is_kept_that_they_tried(
    slack: SlackFake, worked: Office, user: str
) -> None:
    slack.workspace.users.setdefault(user, User(user))
    slack.workspace.channels["C1"].members = None
    before = worked.case().version
    slack.command("/case", f"close {REF}", user=user, channel="C1")
    said = told(slack)
    assert "complaint handler" in said or "our own workspace" in said
    assert slack.modal(user) is None and worked.case().version == before
    (kept,) = since(worked.db, MONDAY)
    assert (kept.who, kept.intent, kept.slots) == (user, "case:close", {"ref": REF})


def test_a_role_lost_while_the_modal_was_open_leaves_nothing(slack: SlackFake, worked: Office) -> None:
    answered(worked)
    view, before = asked_for(slack, "close"), worked.case().version
    object.__setattr__(worked.desk.settings.slack, "handlers", ("U2",))
    answer = sent(slack, view, {"reason": "all done"})
    assert "This needs a complaint handler." in answer["errors"]["reason"]
    assert worked.case().version == before


def test_a_modal_that_was_open_while_putright_was_down_is_checked_as_any_other(
    slack: SlackFake, tmp_path: Path
) -> None:
    roles = {"handlers": ("U1",), "leads": ("U2",)}
    with office(slack, tmp_path, listening=False, slack_more=roles) as stopped:
        log(stopped.db, "complaint: mushrooms")
        answered(stopped)
        with stopped.listening():
            views = [asked_for(slack, "close", user=x) for x in ("U1", "U2")]
        object.__setattr__(stopped.settings.slack, "handlers", ())
        with stopped.listening():
            refused = sent(slack, views[0], {"reason": "all done"}, "U1")
            assert "This needs a complaint handler." in refused["errors"]["reason"]
            assert not stopped.case().closed
            assert sent(slack, views[1], {"reason": "all done"}, "U2")["response_action"] == "update"
        assert stopped.case().of(Kind.CLOSED)[-1].actor == "U2"


@pytest.mark.parametrize("order", ["close it", f"close {REF}", f"{REF} is other because it is thanks"])
@pytest.mark.parametrize("user", ["U1", "U3"])
def test_an_order_given_while_putright_was_down_changes_no_case(
    slack: SlackFake, tmp_path: Path, order: str, user: str
) -> None:
    slack.workspace.users["U3"] = User("U3")
    slack.workspace.channels["C1"].members = None
    with office(slack, tmp_path, listening=False, slack_more={"handlers": ("U1",)}) as down:
        down.backfill()  # from here on it is read back
        note = slack.say("C1", "U1", "complaint: mushrooms", ts=ts(60))
        down.backfill()
        down.work()
        before = down.case()
        slack.mention("C1", user, order, thread_ts=note, ts=ts(120))
        slack.say(slack.workspace.dm(user).id, user, order, ts=ts(180))
        down.backfill()
        down.work()
        assert down.case() == before and len(down.rows()) == 1


def test_of_two_who_act_at_once_the_second_is_told_what_changed(slack: SlackFake, worked: Office) -> None:
    answered(worked)
    views = {user: asked_for(slack, "close", user=user) for user in ("U1", "U2")}
    waiting = {user: slack.submit(view, {"reason": f"by {user}"}, user=user) for user, view in views.items()}
    answers = {user: slack.wait_for_ack(x).payload or {} for user, x in waiting.items()}
    (first,) = [x for x, answer in answers.items() if answer["response_action"] == "update"]
    (second,) = set(answers) - {first}
    assert answers[second]["errors"]["reason"] == (
        f"{REF} was changed by somebody else in the meantime (closed by {first}), so nothing was written: close "
        "this, look at the case, and open it again."
    )
    assert [x.data["reason"] for x in worked.case().of(Kind.CLOSED)] == [f"by {first}"]


@pytest.mark.parametrize("verb", ["link", "close", "split"])
def test_a_stale_modal_writes_nothing_on_either_case(slack: SlackFake, worked: Office, verb: str) -> None:
    view = asked_for(slack, verb)
    do(worked.db, REF, acts.assign, handler="Priya Shah")
    versions = [worked.case(x).version for x in (1, 2)]
    values = {"link": {"other": "HC-2026-0002"}, "split": {"label": "other", "points": "x"}}
    answer = sent(slack, view, values.get(verb, {"reason": "withdrawn"}))
    assert "(assigned by Priya Shah)" in repr(answer["errors"])
    assert [worked.case(x).version for x in (1, 2)] == versions and len(worked.rows()) == 3


def test_a_case_that_may_not_be_seen_cannot_be_linked_with(slack: SlackFake, worked: Office) -> None:
    do(worked.db, "HC-2026-0002", acts.confine, to=[], reason="about staff")
    answer = sent(slack, asked_for(slack, "link"), {"other": "HC-2026-0002"})
    assert answer["errors"]["other"].startswith("There is no case HC-2026-0002.")


@pytest.mark.parametrize("why", ["expired_trigger_id", "exchanged_trigger_id"])
def test_a_command_whose_trigger_expired_is_answered_in_words(
    slack: SlackFake, worked: Office, why: str
) -> None:
    slack.fail("views.open", why)
    slack.command("/case", f"close {REF}", user="U1", channel="C1")
    assert told(slack) == TOO_LATE


def test_a_click_on_home_whose_trigger_expired_is_answered_in_a_direct_message(
    slack: SlackFake, worked: Office
) -> None:
    slack.open_home("U1")
    slack.click("home:unassigned", user="U1", view=slack.wait_for_home("U1"))
    home = slack.wait_for_home("U1", 2)
    slack.fail("views.open", "expired_trigger_id", times=2)
    slack.click("case:open", user="U1", view=home)
    assert slack.wait_for_post(slack.workspace.dm("U1").id).args["text"] == TOO_LATE


def test_an_act_chosen_from_the_menu_needs_no_trigger_that_could_expire(
    slack: SlackFake, worked: Office
) -> None:
    view = asked_for(slack, "more")
    slack.fail("views.push", "expired_trigger_id")
    slack.click("pick:act", user="U1", view=view, value="close")
    assert "Why it is closed" in shown(slack.wait_for_modal("U1", "close"))
