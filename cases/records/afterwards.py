"""What a case leaves behind: learning, the Ombudsman's findings and orders, times when the Code could not be met."""

from typing import Any

from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Kind
from putright.cases.life.by import By
from putright.cases.record import Act, Field, Is
from putright.cases.records.words import day_of, with_more

_WHY_DONE = (
    Field("evidence", "With --done: how it is known.", Is.TEXT, 'Say how it is known: --evidence "…".'),
)

LEARN = Act(
    verb="learn",
    kind=Kind.LEARNT,
    paragraph="9.1",
    help="What is learnt beyond this case, and what changes; or with --done N, that it was carried out.",
    fields=(
        Field(
            "what", "What was learnt.", Is.TEXT, 'Say what was learnt: --what "…", or "nothing new".', "9.1"
        ),
        Field("change", "What changes because of it."),
        Field("theme", "Under which theme reports count it."),
        Field("tier", "Whose plan it stands in.", Is.CHOICE, choices=("team", "landlord")),
        Field("owner", "Who carries it out.", Is.NAME),
        Field("due", "By when.", Is.AHEAD),
    ),
    told=lambda x: with_more(f"Learning {x['number']}: {x['what']}", x, "change"),
    closed=True,
    item=True,
    is_ended="What was learnt ({number}) was carried out",
    ended=_WHY_DONE,
)


_FINDINGS = (
    "severe-maladministration",
    "maladministration",
    "service-failure",
    "reasonable-redress",
    "no-maladministration",
    "outside-jurisdiction",
)


def _order(case: Case, by: By, data: dict[str, Any]) -> None:
    if data["kind"] in ("order", "recommendation") and not data.get("due"):
        raise Refused(f"An {data['kind']} has a day by which it is to be met: --due 2026-12-18.", "9.7")
    if data["kind"] == "finding" and not data.get("finding"):
        raise Refused(f"Say what the Ombudsman found: --finding {', '.join(_FINDINGS)}.", "9.7")


OMBUDSMAN = Act(
    verb="ombudsman",
    kind=Kind.OMBUDSMAN,
    paragraph="9.7",
    help="What the Housing Ombudsman found or ordered, with its day; or with --done N, that it was met.",
    fields=(
        Field(
            "kind",
            "What it is.",
            Is.CHOICE,
            "Say what it is: --kind enquiry, acceptance, finding, order, recommendation or failure-order.",
            "9.7",
            ("enquiry", "acceptance", "finding", "order", "recommendation", "failure-order"),
        ),
        Field("what", "What it says.", Is.TEXT, 'Say what it says: --what "…".', "9.7"),
        Field(
            "finding",
            "The determination.",
            Is.CHOICE,
            choices=_FINDINGS,
        ),
        Field("case_number", "The Ombudsman's number."),
        Field("on", "The day it came; today if left out.", Is.PAST, default_today=True),
        Field("due", "By when it is to be met.", Is.AHEAD, "", "9.7"),
    ),
    told=lambda x: (
        f"Ombudsman {x['kind'].replace('-', ' ')} {x['number']} {day_of(x, 'on')}"
        + (f", {x['finding'].replace('-', ' ')}" if x.get("finding") else "")
        + (f", to be met {day_of(x, 'due', 'by ')}" if x.get("due") else "")
        + f": {x['what']}."
    ),
    check=_order,
    closed=True,
    item=True,
    is_ended="What the Ombudsman said ({number}) was met",
    ended=_WHY_DONE,
)

INCIDENT = Act(
    verb="incident",
    kind=Kind.INCIDENT,
    paragraph="8.5",
    help="Why the Code could not be met for a time (a cyber incident, say), and who was told.",
    fields=(
        Field("what", "What happened.", Is.TEXT, 'Say what happened: --what "…".', "8.5"),
        Field(
            "return_on",
            "When you expect to meet the Code again.",
            Is.AHEAD,
            "Say when you expect to meet the Code again: --return-on 2026-12-18.",
            "8.5",
        ),
        Field("ombudsman_told", "The day the Ombudsman was told.", Is.EVER),
        Field("residents_told", "The day residents were told.", Is.EVER),
        Field("published", "The day it was put on the website.", Is.EVER),
    ),
    told=lambda x: f"The Code could not be met: {x['what']}. Expected back {day_of(x, 'return_on')}.",
)

ACTS = (LEARN, OMBUDSMAN, INCIDENT)
