"""Records of the investigation: evidence for each point, declared conflicts, who was consulted."""

from typing import Any

from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Kind
from putright.cases.life.by import By
from putright.cases.record import Act, Field, Is
from putright.cases.records.words import with_more


def _of_a_point(case: Case, by: By, data: dict[str, Any]) -> None:
    points = case.at_stage(case.stage).definition.points
    if data["point"] not in range(1, len(points) + 1):
        raise Refused(
            f"The definition of {case.reference} has {len(points)} point{'' if len(points) == 1 else 's'}; "
            f"there is no point {data['point']}.",
            "5.8",
        )
    data["stage"] = case.stage


EVIDENCE = Act(
    verb="evidence",
    kind=Kind.EVIDENCE,
    paragraph="5.8",
    help="What was looked at for a point of the definition, and what it shows.",
    fields=(
        Field("point", "The number of the point.", Is.NUMBER, "Say for which point: --point 1.", "5.8"),
        Field(
            "what", "The report, record, photograph or words.", Is.TEXT, 'Say what it is: --what "…".', "5.8"
        ),
        Field("shows", "What it shows."),
        Field("from_resident", "The resident gave it.", Is.FLAG),
    ),
    told=lambda x: with_more(f"Evidence on point {x['point']}: {x['what']}", x, "shows"),
    check=_of_a_point,
    complaint=True,
)

CONFLICT = Act(
    verb="conflict",
    kind=Kind.CONFLICT,
    paragraph="5.8",
    help="A conflict of interest that somebody on the case declares, and what is done about it.",
    fields=(
        Field("person", "Who declares it.", Is.NAME, 'Say whose it is: --person "…".', "5.8"),
        Field("what", "What the conflict is.", Is.TEXT, 'Say what it is: --what "…".', "5.8"),
        Field(
            "dealt_with",
            "What is done about it.",
            Is.TEXT,
            'Say what is done about it: --dealt-with "…".',
            "5.8",
        ),
    ),
    told=lambda x: (
        f"{x['person']} declared a conflict of interest: {x['what']}. {x['dealt_with'].rstrip('.')}."
    ),
)

CONSULTED = Act(
    verb="consulted",
    kind=Kind.CONSULTED,
    paragraph="6.20",
    help="Somebody suitable who was asked before the response, and what they said.",
    fields=(
        Field("person", "Who was asked.", Is.NAME, 'Say who was asked: --person "…".', "6.20"),
        Field("about", "What they said."),
    ),
    told=lambda x: with_more(f"{x['person']} was consulted", x, "about"),
    complaint=True,
)

ACTS = (EVIDENCE, CONFLICT, CONSULTED)
