"""What was promised: actions and remedies, each with its day and owner, kept to completion (6.6, 7.1-7.4)."""

from typing import Any

from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Kind
from putright.cases.impact import impact_lacks
from putright.cases.life.by import By
from putright.cases.record import Act, Field, Is, Item, open_items
from putright.cases.records.words import day_of

REMEDY_KINDS = (
    "apology",
    "acknowledgement",
    "explanation",
    "action-on-delay",
    "reconsideration",
    "record-correction",
    "money",
    "policy-change",
)
"""The eight of 7.1: an apology; acknowledging where things went wrong; an explanation, assistance or reasons; action
on a delay; reconsidering or changing a decision; amending or correcting a record; a payment; changing policy."""

HEADS = ("statutory", "quantifiable-loss", "time-and-trouble", "distress-and-inconvenience")
"""What a payment is for."""

_WHAT = 'Say what is promised: --what "…".'
_DUE = "Say by when it is promised: --due 2026-12-18."
_KEPT = (
    Field(
        "evidence",
        "With --done: how it is known to be done.",
        Is.TEXT,
        'Say how it is known to be done: --evidence "…" (a job number, a receipt, the resident\'s word).',
        "7.3",
    ),
)


def _reflects_impact(case: Case, by: By, data: dict[str, Any]) -> None:
    if data["kind"] != "money":
        if impact_lacks(case) and not data.get("impact"):
            raise Refused(
                f"{case.reference} was upheld, and nobody has said how the fault affected the resident: --impact "
                '"…".',
                "7.2",
            )
        return
    for key, what, paragraph in (
        ("amount", "the amount in pounds: --amount 150", "7.3"),
        ("impact", 'how the fault affected the resident: --impact "…"', "7.2"),
        (
            "guidance",
            'the version of the Ombudsman\'s remedies guidance that was looked at: --guidance "…"',
            "7.4",
        ),
    ):
        if not data.get(key):
            raise Refused(f"A payment says {what}.", paragraph)


ACTION = Act(
    verb="action",
    kind=Kind.ACTION,
    paragraph="6.6",
    help="An action promised, with its day and owner; or with --done N, that it was done.",
    fields=(
        Field("what", "What is to be done.", Is.TEXT, _WHAT, "6.6"),
        Field("due", "By when.", Is.AHEAD, _DUE, "6.6"),
        Field("owner", "The person or team that does it.", Is.NAME, 'Say who does it: --owner "…".', "6.6"),
        Field("told_resident", "The resident was told of it.", Is.FLAG),
    ),
    told=lambda x: f"Action {x['number']} promised {day_of(x, 'due', 'by ')}, {x['owner']}: {x['what']}.",
    closed=False,
    item=True,
    is_ended="Action {number} was done",
    ended=_KEPT,
)

REMEDY = Act(
    verb="remedy",
    kind=Kind.REMEDY,
    paragraph="7.1",
    help="A remedy offered, at any stage, with its day; or with --done N, that it was carried out.",
    fields=(
        Field(
            "kind",
            "One of the eight kinds of 7.1.",
            Is.CHOICE,
            f"Say which kind: --kind {', '.join(REMEDY_KINDS)}.",
            "7.1",
            REMEDY_KINDS,
        ),
        Field("what", "What is offered.", Is.TEXT, _WHAT, "7.3"),
        Field("due", "By when.", Is.AHEAD, _DUE, "7.3"),
        Field("owner", "The person or team that does it.", Is.NAME),
        Field("impact", "How the fault affected the resident (7.2).", Is.TEXT),
        Field("guidance", "Version of the Ombudsman's remedies guidance looked at (7.4).", Is.TEXT),
        Field("amount", "Pounds, for a payment.", Is.MONEY),
        Field("head", "What a payment is for.", Is.CHOICE, choices=HEADS),
    ),
    told=lambda x: (
        f"Remedy {x['number']} ({x['kind'].replace('-', ' ')}"
        + (f", £{x['amount']}" if x.get("amount") else "")
        + f") offered {day_of(x, 'due', 'by ')}: {x['what']}."
        + (f" How it affected the resident: {x['impact'].rstrip('.')}." if x.get("impact") else "")
    ),
    check=_reflects_impact,
    complaint=True,
    item=True,
    is_ended="Remedy {number} was carried out",
    ended=_KEPT,
)

ACTS = (ACTION, REMEDY)


def open_promises(case: Case) -> tuple[Item, ...]:
    """Actions and remedies promised and not yet done."""
    return (*open_items(case, Kind.ACTION), *open_items(case, Kind.REMEDY))


def all_kept(case: Case) -> None:
    """Refuse to go on while a promise is open."""
    if still := open_promises(case):
        named = ", ".join(f"{x.begun.kind.value} {x.number}" for x in still)
        raise Refused(
            f"{case.reference} has promises that are not kept yet ({named}). Say when each is done: "
            f"putright case {still[0].begun.kind.value} {case.reference} --done {still[0].number}.",
            "7.3",
        )
