"""The resident withdraws."""

from typing import Any

from putright.cases.case import Case
from putright.cases.events import Kind
from putright.cases.life.by import By
from putright.cases.record import Act, Field, Is
from putright.cases.records.hazard import open_duties
from putright.cases.records.promises import open_promises
from putright.cases.records.words import day_of, with_more


def _closes(case: Case, by: By, data: dict[str, Any]) -> None:
    data["closes"] = not open_promises(case) and not open_duties(case)


WITHDRAW = Act(
    verb="withdraw",
    kind=Kind.WITHDRAWN,
    paragraph="",
    help="The resident withdrew the complaint, in their own words. What was promised stays promised.",
    fields=(
        Field("reason", "What they said.", Is.TEXT, 'Give what the resident said: --reason "…".'),
        Field("on", "The day; today if left out.", Is.PAST, default_today=True),
    ),
    told=lambda x: with_more(f"Withdrawn by the resident {day_of(x, 'on')}", x, "reason"),
    check=_closes,
    complaint=True,
)

ACTS = (WITHDRAW,)
