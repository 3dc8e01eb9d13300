"""Who is let in to a confined case is chosen from Slack's list of people and kept by the names of the settings."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from putright.cases import acts
from tests.bot.clicks import shown
from tests.bot.filled_in import REF, asked_for, sent
from tests.bot.office import Office, office
from tests.harrowmere import LANDLORD, do, log
from tests.slack_fake.server import SlackFake
from tests.slack_fake.workspace import User

STAFFED = replace(LANDLORD, people={"U1": "Amara Cole", "U2": "Ben Okoro"})


@pytest.fixture
def staffed(slack: SlackFake, tmp_path: Path) -> Iterator[Office]:
    """U1 handles, U2 leads, and both have names; U3 is in the workspace and not in the settings."""
    slack.workspace.users["U3"] = User("U3")
    roles = {"handlers": ("U1",), "leads": ("U2",)}
    with office(slack, tmp_path, slack_more=roles, landlord=STAFFED) as opened:
        log(opened.db, "complaint: mushrooms")
        yield opened


def test_people_are_chosen_from_slacks_list_and_kept_by_name(slack: SlackFake, staffed: Office) -> None:
    view = asked_for(slack, "confine", user="U2")
    assert "multi_users_select" in shown(view)
    sent(slack, view, {"to": ["U1"], "reason": "about staff"}, "U2")
    assert staffed.case().seers == ("Amara Cole",)


@pytest.mark.parametrize(("chosen", "unknown"), [(["U1", "U3"], "1"), (["U3", "U9"], "2")])
def test_whom_the_settings_do_not_name_is_refused_at_the_field(
    slack: SlackFake, staffed: Office, chosen: list[str], unknown: str
) -> None:
    answer = sent(
        slack, asked_for(slack, "confine", user="U2"), {"to": chosen, "reason": "about staff"}, "U2"
    )
    assert answer["errors"]["to"].startswith(f"{unknown} of the people chosen (U3")
    assert "Known: Amara Cole, Ben Okoro." in answer["errors"]["to"] and not staffed.case().confined


def test_whoever_was_let_in_stays_unless_taken_out(slack: SlackFake, staffed: Office) -> None:
    do(staffed.db, REF, acts.confine, to=["Ben Okoro", "Ann Bell"], reason="about staff")
    sent(slack, asked_for(slack, "confine", user="U2"), {"reason": "still so"}, "U2")
    assert staffed.case().seers == ("Ben Okoro", "Ann Bell")
    view = asked_for(slack, "confine", user="U2")
    sent(slack, view, {"to": ["U1"], "kept": [], "reason": "others now"}, "U2")
    assert staffed.case().seers == ("Amara Cole",)


def test_lifting_it_takes_a_reason(slack: SlackFake, staffed: Office) -> None:
    do(staffed.db, REF, acts.confine, to=[], reason="about staff")
    view = asked_for(slack, "unconfine", user="U2")
    refused = sent(slack, view, {"reason": " "}, "U2")
    assert refused["errors"]["reason"].startswith("Say why everybody may see the case again.")
    sent(slack, view, {"reason": "settled"}, "U2")
    assert staffed.case().confined is None
