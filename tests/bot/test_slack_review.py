"""Leads review in Slack: the queue and the week's draw, a click a label, with what decided; Home stays fresh."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from putright.cases import acts
from putright.cases.events import Kind, Shown
from putright.cases.labels import Label
from putright.storage import labels
from putright.triage.review import labelled
from tests.bot.clicks import buttons
from tests.bot.office import Office, office
from tests.harrowmere import MONDAY, do, letter, log, on, take
from tests.slack_fake.server import SlackFake
from tests.slack_fake.workspace import View


@pytest.fixture
def live(slack: SlackFake, tmp_path: Path) -> Iterator[Office]:
    with office(slack, tmp_path, slack_more={"leads": ("U1",), "handlers": ("U2",)}) as it:
        yield it


def words(view: View) -> str:
    return str(view.payload["blocks"])


def home(slack: SlackFake, user: str = "U1", revision: int = 1) -> View:
    slack.open_home(user)
    return slack.wait_for_home(user, revision)


def turn(slack: SlackFake, view: View, action: str, user: str = "U1") -> View:
    """Home after a click in it."""
    at = view.revision
    slack.wait_for_ack(slack.click(action, user=user, view=view))
    return slack.wait_for_home(user, at + 1)


def at_review(slack: SlackFake, live: Office, button: str = "review:start") -> View:
    """The review, begun from Home."""
    tab = turn(slack, home(slack), "home:review")
    slack.wait_for_ack(slack.click(button, user="U1", view=tab))
    return slack.wait_for_modal("U1")


def click(slack: SlackFake, view: View, action: str, value: str | None = None) -> View:
    before = view.revision
    slack.wait_for_ack(slack.click(action, user="U1", view=view, value=value))
    slack.wait(lambda: view.revision > before or slack.modal("U1") is not view, "another view")
    return slack.modal("U1") or view


def test_the_queue_is_reviewed_with_one_click_a_case(slack: SlackFake, live: Office) -> None:
    for n in range(3):
        log(live.db, f"ask! request: boiler {n}")
    view = at_review(slack, live)
    assert "HC-2026-0001" in words(view) and "3 left in the queue" in words(view)
    assert "The stand-in was told to ask." in words(view) and "boiler 0" in words(view)
    view = click(slack, view, "review:label:complaint")
    assert live.case(1).label is Label.COMPLAINT and live.case(1).confirmed_by == "U1"
    assert "HC-2026-0001: complaint." in words(view) and "HC-2026-0002" in words(view)
    view = click(slack, view, "review:skip")
    assert "HC-2026-0003" in words(view)
    click(slack, view, "review:label:service_request")
    view = slack.modal("U1") or view
    assert "HC-2026-0002" in words(view) and "1 left" in words(view)
    view = click(slack, view, "review:label:other")
    assert "Nothing waits for review." in words(view)
    assert [live.case(n).of(Kind.RECLASSIFIED, Kind.CONFIRMED)[0].data["shown"] for n in (1, 2, 3)] == [
        "unsure"
    ] * 3


def test_a_stale_view_changes_nothing_and_shows_the_case_as_it_stands(slack: SlackFake, live: Office) -> None:
    log(live.db, "ask! request: boiler")
    view = at_review(slack, live)
    do(live.db, "HC-2026-0001", acts.assign, handler="Priya Shah")
    view = click(slack, view, "review:label:complaint")
    assert "It changed since you opened it" in words(view)
    assert live.case().unconfirmed
    click(slack, view, "review:label:complaint")
    assert live.case().label is Label.COMPLAINT


def test_the_weeks_draw_measures_what_is_missed(slack: SlackFake, live: Office) -> None:
    log(live.db, "request: one")
    log(live.db, "request: two")
    view = at_review(slack, live, "review:drawn")
    assert "2 left of the week" in words(view) and "Nobody has looked at a sample yet" in words(view)
    first = str(view.payload["private_metadata"]).partition("|")[0]
    view = click(slack, view, "review:label:service_request")
    assert "0 of 1 looked at were complaints after all" in words(view)
    view = click(slack, view, "review:label:complaint")  # it overturns what was sure: with a reason
    assert view.payload["callback_id"] == "change"
    ack = slack.wait_for_ack(slack.submit(view, {"label": "complaint", "reason": ""}))
    assert ack.payload and "Say why" in ack.payload["errors"]["reason"]
    slack.wait_for_ack(slack.submit(view, {"label": "complaint", "reason": "she asks for redress"}))
    drawn = labels.drawn(live.db)
    assert {x.label for x in drawn} == {Label.SERVICE_REQUEST, Label.COMPLAINT} and len(drawn) == 2
    assert {x.shown for x in drawn} == {Shown.RANDOM}
    assert first in {x.reference for x in labels.drawn(live.db)}


def test_a_label_in_dispute_is_put_before_a_lead_who_agrees_or_not(slack: SlackFake, live: Office) -> None:
    for n in (1, 2):
        log(live.db, f"request: boiler {n}")
        do(
            live.db,
            f"HC-2026-000{n}",
            lambda case, by: labelled(case, by, Label.OTHER, "an advert", drawn=False),
        )
    view = at_review(slack, live)
    assert "Priya Shah said so: an advert. Do you agree?" in words(view) and "2 left" in words(view)
    view = click(slack, view, "review:label:other")
    assert live.case(1).confirmed_by == "U1" and live.case(1).label is Label.OTHER
    view = click(slack, view, "review:label:service_request")
    slack.wait_for_ack(slack.submit(view, {"label": "service_request", "reason": "a boiler is no advert"}))
    assert live.case(2).label is Label.SERVICE_REQUEST
    slack.wait_for_ack(slack.click("review:start", user="U1", view=slack.workspace.homes["U1"]))
    slack.wait(lambda: "Nothing waits for review." in str(slack.modal("U1")), "the end of the queue")


def test_home_lists_and_counts_labels_in_dispute_below_what_asks(slack: SlackFake, live: Office) -> None:
    for n in range(1, 17):
        log(live.db, f"{'ask! ' if n > 2 else ''}request: boiler {n}")
    for n in (1, 2):
        do(
            live.db,
            f"HC-2026-000{n}",
            lambda case, by: labelled(case, by, Label.OTHER, "an advert", drawn=False),
        )
    tab = turn(slack, home(slack), "home:review")
    assert "Please say what these are: 16" in words(tab) and "HC-2026-0001" in words(tab)
    assert "HC-2026-0002" not in words(tab)
    more = turn(slack, tab, "home:after")
    assert "HC-2026-0002" in words(more) and "HC-2026-0003" not in words(more)


def test_who_is_no_lead_is_told_so(slack: SlackFake, live: Office) -> None:
    log(live.db, "ask! request: boiler")
    assert "review:start" not in words(turn(slack, home(slack, "U2"), "home:review", "U2"))
    tab = turn(slack, home(slack), "home:review")
    slack.wait_for_ack(slack.click("review:start", user="U2", view=tab))  # who was a lead when they saw it
    assert "This needs a complaints lead" in words(slack.wait_for_modal("U1"))  # the fake opens it on the tab


def test_the_command_review_offers_it(slack: SlackFake, live: Office) -> None:
    log(live.db, "ask! request: boiler")
    slack.wait_for_ack(slack.command("/case", "review", user="U1", channel="C1"))
    slack.wait_for_response()
    answer = slack.ephemerals("U1")[-1]
    slack.wait_for_ack(slack.click("review:start", user="U1", ts=answer["ts"]))
    assert "HC-2026-0001" in words(slack.wait_for_modal("U1", "review"))


def test_a_long_letter_is_reviewed_within_slacks_limits(slack: SlackFake, live: Office) -> None:
    log(live.db, "ask! " + "the boiler is broken & <cold>. " * 300)
    assert "more in the case" in words(at_review(slack, live))


# --- Home -----------------------------------------------------------------------------------------


def test_home_names_the_miss_rate_what_is_parked_and_the_tab_stays_after_an_act(
    slack: SlackFake, live: Office
) -> None:
    log(live.db, "ask! request: boiler")
    take(live.db, letter(number=7, headers="Auto-Submitted: auto-replied\r\n"))
    first = home(slack)
    assert "Parked as automatic mail: 1." in words(first) and "Files not fetched: 0." in words(first)
    tab = turn(slack, first, "home:review")
    assert "how many complaints are missed is not known" in words(tab)
    view, at = click_start(slack, tab), tab.revision
    click(slack, view, "review:label:complaint")
    fresh = slack.wait_for_home("U1", at + 1)
    assert fresh.payload["private_metadata"] == "review|0" and "none" in words(fresh)


def click_start(slack: SlackFake, tab: View) -> View:
    slack.wait_for_ack(slack.click("review:start", user="U1", view=tab))
    return slack.wait_for_modal("U1", "review")


def test_a_home_that_changed_meanwhile_is_shown_afresh(slack: SlackFake, live: Office) -> None:
    log(live.db, "complaint: damp")
    first = home(slack)
    old = replace(first)
    turn(slack, first, "home:due")
    slack.wait_for_ack(
        slack.click("home:unassigned", user="U1", view=old)
    )  # another window of the same person
    slack.wait(
        lambda: slack.workspace.homes["U1"].payload["private_metadata"].startswith("unassigned"),
        "the tab asked for",
    )
    assert [x.answer["error"] for x in slack.refusals if x.method == "views.publish"] == ["hash_conflict"]
    assert "HC-2026-0001" in words(slack.workspace.homes["U1"])


def test_150_cases_are_paged_within_slacks_limits(slack: SlackFake, live: Office) -> None:
    for n in range(150):
        log(live.db, f"ask! request: boiler {n}", received=MONDAY)
    view = turn(slack, home(slack), "home:review")
    seen = set()
    for page in range(10):
        assert len(view.payload["blocks"]) <= 100
        seen |= {x["accessory"]["value"] for x in view.payload["blocks"] if "accessory" in x}
        if page < 9:
            view = turn(slack, view, "home:after")
    assert len(seen) == 150


@pytest.mark.parametrize("typed", ["review", "to review", "review queue", "review sample", "review draw"])
def test_the_queue_by_command_says_how_many_are_missed_and_begins_the_review_for_leads_alone(
    slack: SlackFake, live: Office, typed: str
) -> None:
    log(live.db, "ask! request: boiler")
    for number, user in enumerate(("U1", "U2"), 1):
        slack.command("/case", typed, user=user, channel="C1")
        answer = slack.wait_for_response(number)
        assert "HC-2026-0001" in answer.body["text"]
        begins = {"review:start", "review:drawn"} <= set(buttons(answer.body["blocks"]))
        assert (begins, "Nobody has looked at a sample yet" in answer.body["text"]) == (user == "U1",) * 2


def test_a_lead_who_asks_by_mention_or_directly_gets_the_same_buttons(slack: SlackFake, live: Office) -> None:
    log(live.db, "ask! request: boiler")
    slack.say("D1", "U1", "review")
    assert "review:drawn" in buttons(slack.wait_for_post("D1").args["blocks"])


@pytest.mark.parametrize(
    ("logged", "there"),
    [("2026-11-18", True), ("2026-11-15", False), ("2026-11-23", True)],
    ids=["the week before", "two weeks before", "this week so far"],
)
def test_on_a_monday_the_draw_is_of_the_week_that_is_over(
    slack: SlackFake, live: Office, logged: str, there: bool
) -> None:
    log(live.db, "request: tap", received=on(logged))
    view = at_review(slack, live, "review:drawn")
    assert ("HC-2026-0001" in words(view)) is there
