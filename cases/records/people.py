"""Records about people: representatives, adjustments, restrictions."""

from typing import Any

from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Kind
from putright.cases.life.by import By
from putright.cases.record import Act, Field, Is
from putright.cases.records.words import day_of, with_more


def _evidenced(case: Case, by: By, data: dict[str, Any]) -> None:
    if data["status"] == "given" and not data.get("evidence"):
        raise Refused('Say how the resident gave their authority: --evidence "…".', "3.6")


def representatives(case: Case, *statuses: str) -> tuple[dict[str, Any], ...]:
    """Who speaks for the resident, each as last recorded, where their authority stands as one of `statuses` (3.6)."""
    last = {x.data["representative"].casefold(): dict(x.data) for x in case.of(Kind.AUTHORITY)}
    return tuple(x for x in last.values() if x["status"] in statuses)


AUTHORITY = Act(
    verb="authority",
    kind=Kind.AUTHORITY,
    paragraph="3.6",
    help="Who speaks for the resident, and whether the resident has agreed. Waiting for it pauses no clock.",
    fields=(
        Field(
            "representative",
            "Who speaks for them.",
            Is.NAME,
            'Name the representative: --representative "…".',
            "3.6",
        ),
        Field("relation", "Who that is: a relative, an MP, a councillor, an advice agency."),
        Field(
            "status",
            "Whether the resident agreed.",
            Is.CHOICE,
            "Say how it stands: --status pending, given, refused or ended.",
            "3.6",
            ("pending", "given", "refused", "ended"),
        ),
        Field("evidence", "How the resident gave it."),
        Field("on", "The day; today if left out.", Is.PAST, default_today=True),
    ),
    told=lambda x: with_more(
        f"Authority of {x['representative']} to speak for the resident: {x['status']} {day_of(x, 'on')}",
        x,
        "relation",
        "evidence",
    ),
    check=_evidenced,
    closed=True,
)

ADJUST = Act(
    verb="adjust",
    kind=Kind.ADJUSTED,
    paragraph="5.10",
    help="A reasonable adjustment agreed, with the day it is reviewed; or with --done N, that it ended.",
    fields=(
        Field(
            "what", "What is done differently.", Is.TEXT, 'Say what was agreed: --what "large print".', "5.10"
        ),
        Field("due", "When it is reviewed.", Is.AHEAD, "Say when it is reviewed: --due 2027-05-20.", "5.10"),
        Field("disability", "A disability the resident disclosed, in their words."),
    ),
    told=lambda x: f"Adjustment {x['number']} agreed, reviewed {day_of(x, 'due')}: {x['what']}.",
    closed=True,
    item=True,
    is_ended="Adjustment {number} ended",
    ended=(Field("why", "With --done: why it ended.", Is.TEXT, 'Say why it ended: --why "…".', "5.10"),),
)

RESTRICT = Act(
    verb="restrict",
    kind=Kind.RESTRICTED,
    paragraph="5.14",
    help="A restriction for unacceptable behaviour, with reason and review; it never stops what is taken in.",
    fields=(
        Field("what", "The restriction.", Is.TEXT, 'Say what is restricted: --what "…".', "5.14"),
        Field("reason", "The evidence for it.", Is.TEXT, 'Say why, with the evidence: --reason "…".', "5.14"),
        Field("due", "When it is reviewed.", Is.AHEAD, "Say when it is reviewed: --due 2027-02-20.", "5.14"),
        Field(
            "equality",
            "How the Equality Act 2010 was considered.",
            Is.TEXT,
            'Say how needs under the Equality Act 2010 were considered: --equality "…".',
            "5.15",
        ),
    ),
    told=lambda x: with_more(
        f"Restriction {x['number']} ({x['what']}), reviewed {day_of(x, 'due')}", x, "reason"
    ),
    closed=True,
    item=True,
    is_ended="Restriction {number} was lifted",
    ended=(
        Field("why", "With --done: why it was lifted.", Is.TEXT, 'Say why it was lifted: --why "…".', "5.14"),
    ),
)

FLAG = Act(
    verb="flag",
    kind=Kind.FLAGGED,
    paragraph="5.10",
    help="What is to be kept in mind of the resident (a disability, two to visit); or with --done N, that it ended.",
    fields=(
        Field("what", "What it is.", Is.TEXT, 'Say what it is: --what "wheelchair user".', "5.10"),
        Field("due", "When it is reviewed.", Is.AHEAD),
        Field("source", "Who or what says so."),
    ),
    told=lambda x: (
        f"Flag {x['number']}: {x['what']}"
        + (f", reviewed {day_of(x, 'due')}" if x.get("due") else "")
        + (f" (from the {x['source']})." if x.get("source") else ".")
    ),
    closed=True,
    item=True,
    is_ended="Flag {number} ended",
    ended=(Field("why", "With --done: why it ended.", Is.TEXT, 'Say why it ended: --why "…".', "5.10"),),
)

ACTS = (AUTHORITY, ADJUST, RESTRICT, FLAG)
