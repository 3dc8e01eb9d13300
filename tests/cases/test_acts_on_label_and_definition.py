"""What a case is said to be, its definition, its handler: each refusal with its paragraph, each act with its event."""

import pytest

from putright.cases import acts
from putright.cases.case import Case
from putright.cases.events import Kind
from putright.cases.labels import Label
from tests.cases.a_case import Act, after
from tests.cases.some_acts import (
    ACKNOWLEDGED,
    LATER,
    PRIYA,
    SERVICE_REQUEST,
    STAGE_2,
    UNSURE,
    assign,
    define,
    define_2,
    escalate,
    refused,
    respond,
)


@pytest.mark.parametrize(
    ("case", "act", "sentence", "paragraph"),
    [
        # reclassify
        pytest.param(
            after(lambda c: acts.confirm(c, PRIYA)),
            lambda c: acts.reclassify(c, PRIYA, Label.COMPLAINT, ""),
            "HC-2026-0001 is logged as complaint already, so there is nothing to change.",
            "",
            id="a label it has already",
        ),
        pytest.param(
            after(),
            lambda c: acts.reclassify(c, PRIYA, Label.OTHER, "  "),
            'Say why, with "because …": putright was sure that HC-2026-0001 is complaint, and what overturns that '
            "is kept with its reason.",
            "1.4",
            id="a sure reading overturned without a reason",
        ),
        pytest.param(
            after(lambda c: acts.reclassify(c, PRIYA, Label.OTHER, ""), first=UNSURE),
            lambda c: acts.reclassify(c, LATER, Label.COMPLAINT, ""),
            'Say why, with "because …": Priya Shah said that HC-2026-0001 is other, and what overturns that is kept '
            "with its reason.",
            "1.4",
            id="a person's label overturned without a reason",
        ),
        pytest.param(
            after(*ACKNOWLEDGED),
            lambda c: acts.reclassify(c, PRIYA, Label.SERVICE_REQUEST, "a repair"),
            "HC-2026-0001 has been acknowledged as a complaint, so it stays one. If the resident withdraws it: "
            'putright case withdraw HC-2026-0001 --reason "…".',
            "2.1",
            id="an acknowledged complaint is no service request any more",
        ),
        # define
        pytest.param(
            after(),
            lambda c: acts.define(c, PRIYA, ["  "], ["a repair"]),
            "A complaint definition needs at least one point: what the resident is unhappy with.",
            "5.6",
            id="a definition without a point",
        ),
        pytest.param(
            after(),
            lambda c: acts.define(c, PRIYA, ["the leak"], [""]),
            'A complaint definition says what the resident seeks. If they have not said, give "not stated, asked".',
            "5.6",
            id="a definition without an outcome",
        ),
        pytest.param(
            after(first=SERVICE_REQUEST),
            define,
            "HC-2026-0001 is logged as service request, not as complaint. If it is one, change its label first.",
            "1.2",
            id="a definition of what is no complaint",
        ),
        pytest.param(
            after(),
            lambda c: acts.define(c, PRIYA, ["a"], ["b"], not_ours={2: "the council"}),
            "The definition has no point 2: it has 1.",
            "5.7",
            id="a point that is not there said to be somebody else's",
        ),
        pytest.param(
            after(),
            lambda c: acts.define(c, PRIYA, ["a"], ["b"], not_ours={1: "the council"}, unclear=[1]),
            "Point 1 cannot be somebody else's and unclear at once.",
            "5.7",
            id="a point both somebody else's and unclear",
        ),
        # assign
        pytest.param(
            after(), assign(" "), "Name the person who handles the case.", "", id="a handler without a name"
        ),
        pytest.param(
            after(),
            assign("x" * 201),
            "A name has at most 200 characters, and this one has 201: name the person who handles the case.",
            "",
            id="a handler of a name without end",
        ),
        pytest.param(
            after(),
            lambda c: acts.define(c, PRIYA, ["x" * 1_000_000], ["a repair"]),
            "That text has 1,000,000 characters, and 10,000 are the most: say it shorter.",
            "",
            id="a point of a megabyte",
        ),
        pytest.param(
            after(assign("Priya Shah"), *STAGE_2),
            assign("priya SHAH "),
            "priya SHAH handled stage 1, so somebody else must consider stage 2.",
            "6.13",
            id="the stage 1 handler at stage 2",
        ),
        pytest.param(
            after(assign("Lee Moss"), *STAGE_2),
            assign("  l\u00e9e\u200b  MOSS"),
            "l\u00e9e MOSS handled stage 1, so somebody else must consider stage 2.",
            "6.13",
            id="the stage 1 handler at stage 2, typed another way",
        ),
        pytest.param(
            after(*STAGE_2),
            assign("Priya Shah"),
            "Priya Shah handled stage 1, so somebody else must consider stage 2.",
            "6.13",
            id="who answered stage 1 without being given it, at stage 2",
        ),
        pytest.param(
            after(*ACKNOWLEDGED, assign("Lee Moss"), respond, assign("Kim"), escalate),
            assign("Lee Moss"),
            "Lee Moss handled stage 1, so somebody else must consider stage 2.",
            "6.13",
            id="who handled stage 1 when it was answered, handed on since",
        ),
    ],
)
def test_what_is_refused_and_on_which_paragraph(case: Case, act: Act, sentence: str, paragraph: str) -> None:
    refused(case, act, sentence, paragraph)


@pytest.mark.parametrize(
    ("case", "act", "kind", "data"),
    [
        pytest.param(
            after(first=UNSURE),
            lambda c: acts.confirm(c, PRIYA),
            Kind.CONFIRMED,
            {"label": "complaint"},
            id="confirmed",
        ),
        pytest.param(
            after(first=UNSURE),
            lambda c: acts.reclassify(c, PRIYA, Label.COMPLAINT, ""),
            Kind.CONFIRMED,
            {"label": "complaint"},
            id="set to what it is: confirmed, no reason needed",
        ),
        pytest.param(
            after(),
            lambda c: acts.reclassify(c, PRIYA, Label.SERVICE_REQUEST, " a first report "),
            Kind.RECLASSIFIED,
            {"label": "service_request", "was": "complaint", "reason": "a first report"},
            id="reclassified before it is acknowledged",
        ),
        pytest.param(
            after(first=SERVICE_REQUEST),
            lambda c: acts.reclassify(c, PRIYA, Label.COMPLAINT, "unhappy with the wait"),
            Kind.RECLASSIFIED,
            {"label": "complaint", "was": "service_request", "reason": "unhappy with the wait"},
            id="a service request that has turned",
        ),
        pytest.param(
            after(first=UNSURE),
            lambda c: acts.reclassify(c, PRIYA, Label.OTHER, ""),
            Kind.RECLASSIFIED,
            {"label": "other", "was": "complaint", "reason": ""},
            id="an unsure reading answered, no reason needed",
        ),
        pytest.param(
            after(),
            assign("Sam\x1b[31m\nReed\u202e"),
            Kind.ASSIGNED,
            {"stage": 1, "handler": "Sam [31m Reed"},
            id="a name without what could disturb a table",
        ),
        pytest.param(
            after(),
            lambda c: acts.define(c, PRIYA, [" the leak ", ""], ["a repair"]),
            Kind.DEFINED,
            {"stage": 1, "points": ["the leak"], "outcomes": ["a repair"]},
            id="defined, blanks left out",
        ),
        pytest.param(
            after(*STAGE_2),
            define_2,
            Kind.DEFINED,
            {"stage": 2, "points": ["still leaking"], "outcomes": ["a repair"]},
            id="defined anew at stage 2",
        ),
        pytest.param(
            after(),
            lambda c: acts.define(
                c,
                PRIYA,
                ["a", "b", "c"],
                ["d"],
                not_ours={2: "the council"},
                unclear=[3],
                asked=["which door?"],
            ),
            Kind.DEFINED,
            {
                "stage": 1,
                "points": ["a", "b", "c"],
                "outcomes": ["d"],
                "responsible": ["yes", "no: the council", "unclear"],
                "asked": ["which door?"],
            },
            id="defined with whose points they are and what was asked",
        ),
        pytest.param(
            after(first=SERVICE_REQUEST),
            assign(" Sam "),
            Kind.ASSIGNED,
            {"stage": 1, "handler": "Sam"},
            id="a service request assigned",
        ),
        pytest.param(
            after(assign("Priya Shah"), *STAGE_2),
            assign("Ola"),
            Kind.ASSIGNED,
            {"stage": 2, "handler": "Ola"},
            id="stage 2 given to somebody else",
        ),
    ],
)
def test_what_each_act_writes(case: Case, act: Act, kind: Kind, data: dict[str, object]) -> None:
    event = act(case)
    assert (event.kind, event.data) == (kind, data)
