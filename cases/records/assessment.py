"""The assessment before the acknowledgement: complexity, vulnerability, risk (6.1)."""

from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Kind
from putright.cases.record import Act, Field, Is

ASSESS = Act(
    verb="assess",
    kind=Kind.ASSESSED,
    paragraph="6.1",
    help="Complexity, vulnerability and risk, weighed before the acknowledgement.",
    fields=(
        Field(
            "complexity",
            "How complex it is.",
            Is.CHOICE,
            "Say how complex it is: --complexity low, medium or high.",
            "6.1",
            ("low", "medium", "high"),
        ),
        Field(
            "vulnerability",
            "What makes the resident vulnerable in this matter; may be: none known.",
            Is.TEXT,
            'Say how the resident may be vulnerable: --vulnerability "…", or "none known".',
            "6.1",
        ),
        Field(
            "risk",
            "What is at risk while it lasts; may be: none known.",
            Is.TEXT,
            'Say what is at risk: --risk "…", or "none known".',
            "6.1",
        ),
        Field("adjustments", "What the resident said when asked about adjustments (5.10)."),
        Field("early_answer", "It can be answered early, without an investigation.", Is.FLAG),
    ),
    told=lambda x: (
        f"Assessed: complexity {x['complexity']}; vulnerability: {x['vulnerability']}; risk: {x['risk']}"
        + ("; can be answered early" if x.get("early_answer") else "")
        + (f"; adjustments: {x['adjustments']}" if x.get("adjustments") else "")
        + "."
    ),
    complaint=True,
)

ACTS = (ASSESS,)


def must_be_assessed(case: Case) -> None:
    """Refuse to acknowledge what nobody has assessed."""
    if not case.of(Kind.ASSESSED):
        raise Refused(
            "Weigh complexity, vulnerability and risk before the acknowledgement: "
            f"{assess_command(case.reference)}.",
            "6.1",
        )


def assess_command(reference: str) -> str:
    """What a person types to assess a case in the plainest way."""
    return (
        f'putright case assess {reference} --complexity low --vulnerability "none known" --risk "none known"'
    )
