"""Not taking a complaint, or an escalation: on fair grounds, with evidence, by a person (2.1-2.5, 5.11)."""

from datetime import date
from typing import Any

from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Kind
from putright.cases.life.by import By
from putright.cases.limits import within_12_months
from putright.cases.record import Act, Field, Is
from putright.cases.records.words import day_of
from putright.cases.working_days import in_words, local_day

GROUNDS = ("over-12-months", "legal-proceedings", "already-considered", "other")
"""Those of 2.2; whatever else a policy holds must be fair and explained."""


_NEEDED = {
    "over-12-months": (("issue_date", "When did it happen? --issue-date 2025-01-31.", "2.3"),),
    "legal-proceedings": (
        (
            "claim_number",
            "Only a claim filed at court counts, not a letter before it: --claim-number.",
            "2.2",
        ),
        ("filed_on", "When was the claim form filed? --filed-on 2026-11-02.", "2.2"),
    ),
    "already-considered": (
        ("earlier_case", "Which case considered it? --earlier-case HC-2025-0007.", "2.2"),
        ("earlier_response", "When was its final response? --earlier-response 2025-11-02.", "2.2"),
    ),
    "other": (),
}


def _fair(case: Case, by: By, data: dict[str, Any]) -> None:
    for key, sentence, paragraph in _NEEDED[data["ground"]]:
        if not data.get(key):
            raise Refused(sentence, paragraph)
    if data["ground"] == "over-12-months":
        days = [date.fromisoformat(data[x]) if data.get(x) else None for x in ("issue_date", "aware_date")]
        if within_12_months(days[0], days[1], local_day(case.received)):
            raise Refused(
                f"{case.reference} was received on {in_words(local_day(case.received))}, within 12 months of the "
                "issue or of the resident becoming aware of it, so that is no ground.",
                "2.3",
            )
    if data.get("escalation"):
        _asked_for(case, date.fromisoformat(data["on"]))
    elif case.first.responded:
        raise Refused(
            f"{case.reference} was answered, so it was taken. Use --escalation for stage 2.", "5.11"
        )


def _asked_for(case: Case, day: date) -> None:
    """Whether a request for stage 2 is recorded that a letter of that day can refuse: neither answered nor refused."""
    ref = case.reference
    if case.stage_2_refused:
        raise Refused(f"Stage 2 of {ref} was refused on {in_words(case.stage_2_refused)} already.", "5.11")
    if not case.escalated:
        raise Refused(
            f"No request for stage 2 of {ref} is recorded, so there is none to refuse. Record it first, with the day "
            f"it arrived: putright case escalate {ref} --on 2026-11-20.",
            "5.11",
        )
    if case.second.responded:
        raise Refused(f"{ref} was answered at stage 2, so it was taken.", "5.11")
    if day < case.escalated:
        raise Refused(
            f"Stage 2 was asked for on {in_words(case.escalated)}, so it was not refused before: check the date.",
            "5.11",
        )


REFUSE = Act(
    verb="refuse",
    kind=Kind.REFUSED,
    paragraph="2.1",
    help="The complaint (or with --escalation, stage 2) was not taken: ground, evidence and letter.",
    fields=(
        Field(
            "ground",
            "The ground (2.2).",
            Is.CHOICE,
            f"Say on which ground: --ground {', '.join(GROUNDS)}.",
            "2.2",
            GROUNDS,
        ),
        Field("reason", "Why, as the resident was told.", Is.TEXT, 'Explain it: --reason "…".', "2.4"),
        Field(
            "evidence",
            "What proves the ground.",
            Is.TEXT,
            'A refusal cannot stand without its evidence: --evidence "…".',
            "2.1",
        ),
        Field(
            "discretion",
            "How taking it all the same was considered.",
            Is.TEXT,
            'Say how taking it all the same was considered, and why not: --discretion "…".',
            "2.3",
        ),
        Field(
            "vulnerability",
            "How the resident's circumstances were considered.",
            Is.TEXT,
            'Say how the resident\'s circumstances were considered: --vulnerability "…".',
            "2.1",
        ),
        Field(
            "ombudsman_told",
            "The letter says how to take the refusal to the Ombudsman.",
            Is.FLAG,
            "The letter tells the resident how to take this decision to the Ombudsman: add --ombudsman-told "
            "once it does.",
            "2.4",
        ),
        Field("on", "The day the letter was sent; today if left out.", Is.PAST, default_today=True),
        Field("escalation", "It is stage 2 that is refused (5.11).", Is.FLAG),
        Field("issue_date", "When it happened.", Is.EVER),
        Field("aware_date", "When the resident became aware of it.", Is.EVER),
        Field("claim_number", "The court's number of the claim."),
        Field("filed_on", "The day the claim form and particulars were filed.", Is.EVER),
        Field("earlier_case", "The case that considered it."),
        Field("earlier_response", "The day of its final response.", Is.EVER),
    ),
    told=lambda x: (
        f"{'Stage 2' if x.get('escalation') else 'The complaint'} refused, {x['ground'].replace('-', ' ')}, "
        f"letter sent {day_of(x, 'on')}: {x['reason'].rstrip('.')}. Evidence: {x['evidence'].rstrip('.')}. "
        f"Discretion: {x['discretion'].rstrip('.')}."
    ),
    check=_fair,
    complaint=True,
)


def _stands(case: Case, by: By, data: dict[str, Any]) -> None:
    if case.refused or case.stage_2_refused:
        return
    raise Refused(f"{case.reference} is not refused, so there is nothing to reconsider.", "2.1")


RECONSIDER = Act(
    verb="reconsider",
    kind=Kind.RECONSIDERED,
    paragraph="2.1",
    help="A refused complaint, or stage 2, is taken after all, of your own accord or as refused in error: its "
    "clocks run as if it never was.",
    fields=(Field("reason", "Why it is taken after all.", Is.TEXT, 'Say why: --reason "…".', "2.1"),),
    told=lambda x: f"Taken after all, the refusal is taken back: {x['reason'].rstrip('.')}.",
    check=_stands,
    closed=True,
)

ACTS = (REFUSE, RECONSIDER)
