"""What the Home tab says of service requests past the landlord's own target: overdue, and told apart from breaches."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from putright.bot.slack_home import home_view
from putright.cases import acts
from putright.cases.limits import Clock
from putright.triage.eyes import Eyes, Role
from tests.harrowmere import LANDLORD, database, do, log, on

OWN = replace(LANDLORD, targets={Clock.SERVICE_REQUEST: 3})
MISSED = "Service requests past your own target, no breach of the Code: 1 of them."


@pytest.mark.parametrize(
    ("role", "tab", "day", "said", "unsaid"),
    [
        pytest.param(
            *(Role.LEAD, "due", "2026-11-25", "within 3 working days: 1", "1 overdue"),
            id="the day: not overdue",
        ),
        pytest.param(
            *(Role.LEAD, "due", "2026-11-26", "1, 1 overdue (1 by your own target alone)", "Code"),
            id="the day after, among what is due",
        ),
        pytest.param(
            *(Role.HANDLER, "mine", "2026-11-26", "see to it by Wed 25 Nov 2026 (your own target)", "Code"),
            id="among the handler's own",
        ),
        pytest.param(
            Role.GOVERNING_BODY, "", "2026-11-26", MISSED, "Priya", id="the governing body's numbers"
        ),
    ],
)
def test_home_has_a_request_past_its_target_and_calls_it_no_breach(
    tmp_path: Path, role: Role, tab: str, day: str, said: str, unsaid: str
) -> None:
    with database(tmp_path / "test.db") as db:
        reference = log(db, "request: tap", received=on("2026-11-20"), landlord=OWN)
        do(db, reference, acts.assign, handler="Priya Shah", landlord=OWN)
        view = home_view(db, OWN, "Priya Shah", tab, 0, on(day), Eyes(role, ("Priya Shah",)))
    shown = json.dumps(view)
    assert said in shown and unsaid not in shown
