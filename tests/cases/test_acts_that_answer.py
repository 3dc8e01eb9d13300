"""Responses, escalations, closing and opening again: each refusal with its paragraph, each success with its event."""

from datetime import date

import pytest

from putright.cases import acts
from putright.cases.case import Case
from putright.cases.events import Event, Kind
from tests.cases.a_case import Act, after, on
from tests.cases.some_acts import (
    ACKNOWLEDGED,
    ACKNOWLEDGED_2,
    ANSWERED,
    IMPACT,
    LATER,
    SERVICE_REQUEST,
    STAGE_2,
    UNSURE_OTHER,
    WHY,
    acknowledge_2,
    assign,
    close,
    define,
    define_2,
    escalate,
    refused,
    respond,
    respond_2,
)

SAY_IMPACT = (
    'A point is upheld, so say how the fault affected the resident: --impact "…". What puts it right reflects '
    "that."
)


def respond_not_upheld(case: Case) -> Event:
    return acts.respond(case, LATER, "not upheld", WHY)


@pytest.mark.parametrize(
    ("case", "act", "sentence", "paragraph"),
    [
        # respond
        pytest.param(
            after(define),
            respond,
            "Acknowledge HC-2026-0001 at stage 1 before answering it.",
            "6.3",
            id="answered before it was acknowledged",
        ),
        pytest.param(
            after(*STAGE_2),
            respond_2,
            "Acknowledge HC-2026-0001 at stage 2 before answering it.",
            "6.14",
            id="final response before stage 2 was acknowledged",
        ),
        pytest.param(
            after(*ANSWERED),
            respond,
            "HC-2026-0001 was answered at stage 1 already.",
            "6.3",
            id="answered twice",
        ),
        pytest.param(
            after(*ACKNOWLEDGED),
            lambda c: acts.respond(c, LATER, "sorted", WHY),
            "The decision is one of: upheld, partly upheld, not upheld.",
            "6.9",
            id="answered with no decision",
        ),
        pytest.param(
            after(*ACKNOWLEDGED_2),
            lambda c: acts.respond(c, on("2026-12-10"), "sorted", WHY),
            "The decision is one of: upheld, partly upheld, not upheld.",
            "6.19",
            id="final response with no decision",
        ),
        pytest.param(
            after(*ACKNOWLEDGED),
            lambda c: acts.respond(c, LATER, "upheld", WHY, date(2026, 11, 22)),
            "The response cannot have been sent before Mon 23 Nov 2026: check the date.",
            "6.3",
            id="answered the day before the acknowledgement",
        ),
        pytest.param(
            after(*ACKNOWLEDGED),
            lambda c: acts.respond(c, LATER, "upheld", WHY, date(2026, 12, 2)),
            "The response is recorded once it is sent, and Wed 2 Dec 2026 has not come yet.",
            "6.3",
            id="answered tomorrow",
        ),
        pytest.param(
            after(assign("Priya Shah"), *ACKNOWLEDGED_2),
            lambda c: acts.respond(c, on("2026-12-10", actor="Priya Shah"), "upheld", WHY),
            "Priya Shah handled stage 1, so somebody else must decide stage 2. If somebody else did and it is only "
            'written down here, say who: --decided-by "…".',
            "6.13",
            id="the stage 1 handler answers stage 2, which nobody was given",
        ),
        pytest.param(
            after(assign("Priya Shah"), *STAGE_2, assign("Ola"), define_2, acknowledge_2),
            lambda c: acts.respond(c, on("2026-12-10", actor="PRIYA  shah"), "upheld", WHY),
            "PRIYA shah handled stage 1, so somebody else must decide stage 2. If somebody else did and it is only "
            'written down here, say who: --decided-by "…".',
            "6.13",
            id="the stage 1 handler answers stage 2, which somebody else was given",
        ),
        pytest.param(
            after(*ACKNOWLEDGED_2),
            lambda c: acts.respond(c, on("2026-12-10", actor="Ola"), "upheld", WHY, None, "Priya Shah"),
            "Priya Shah handled stage 1, so somebody else must decide stage 2. If somebody else did and it is only "
            'written down here, say who: --decided-by "…".',
            "6.13",
            id="a final response decided by who answered stage 1",
        ),
        pytest.param(
            after(*ACKNOWLEDGED),
            lambda c: acts.respond(c, LATER, "not upheld", ["upheld: nobody came"]),
            'By the decisions on its points the complaint as a whole is "upheld", not "not upheld": change the '
            "outcome, or the decision that a reason begins with.",
            "6.7",
            id="answered as a whole otherwise than its points",
        ),
        pytest.param(
            after(*ACKNOWLEDGED),
            lambda c: acts.respond(c, LATER, "upheld", []),
            "The definition has 1 point, and each is answered with its reason: give as many reasons, in that order, "
            'not 0. One may begin with its own decision, such as "not upheld: …".',
            "6.7",
            id="answered without a reason",
        ),
        pytest.param(
            after(*ACKNOWLEDGED_2),
            lambda c: acts.respond(c, on("2026-12-10", actor="Ola"), "upheld", ["a", "b"]),
            "The definition has 1 point, and each is answered with its reason: give as many reasons, in that order, "
            'not 2. One may begin with its own decision, such as "not upheld: …".',
            "6.18",
            id="final response with more reasons than points",
        ),
        pytest.param(
            after(*ACKNOWLEDGED),
            lambda c: acts.respond(c, LATER, "upheld", ["not upheld: "]),
            'A decision needs its reason: what stands behind "not upheld:"?',
            "6.7",
            id="a point decided without a reason",
        ),
        pytest.param(
            after(*ACKNOWLEDGED),
            lambda c: acts.respond(c, LATER, "upheld", ["Because of this."]),
            '"Because of this." is too short to be a reason: say what was found, and what it rests on.',
            "6.7",
            id="a point decided by what is no reason",
        ),
        pytest.param(
            after(*ACKNOWLEDGED),
            lambda c: acts.respond(c, LATER, "upheld", WHY),
            SAY_IMPACT,
            "7.2",
            id="upheld, and nobody said how it affected the resident",
        ),
        pytest.param(
            after(*ACKNOWLEDGED, respond_not_upheld, escalate, define_2, acknowledge_2),
            lambda c: acts.respond(c, on("2026-12-10", actor="Ola"), "upheld", WHY, impact=" "),
            SAY_IMPACT,
            "7.2",
            id="upheld at stage 2 alone, with blanks for the impact",
        ),
        # escalate
        pytest.param(
            after(*ACKNOWLEDGED),
            escalate,
            "Stage 1 of HC-2026-0001 is still open, so there is nothing to escalate yet: answer it, or note the "
            "request as a chaser.",
            "6.10",
            id="escalated before stage 1 was answered",
        ),
        pytest.param(
            after(*STAGE_2),
            escalate,
            "HC-2026-0001 is at stage 2 already, and stage 2 is final.",
            "6.10",
            id="a third stage",
        ),
        pytest.param(
            after(*ANSWERED),
            lambda c: acts.escalate(c, LATER, date(2026, 11, 30)),
            "The request cannot have been sent before Tue 1 Dec 2026: check the date.",
            "6.11",
            id="escalated the day before the answer",
        ),
        # close and reopen
        pytest.param(
            after(),
            lambda c: acts.close(c, LATER, ""),
            'Say why the case is closed: --reason "…".',
            "",
            id="closed without a reason",
        ),
        pytest.param(
            after(first=UNSURE_OTHER),
            lambda c: acts.close(c, LATER, "nothing to do"),
            "Nobody has said yet what HC-2026-0001 is: confirm or change its label first.",
            "1.2",
            id="closed before anybody said what it is",
        ),
        pytest.param(
            after(*ACKNOWLEDGED),
            lambda c: acts.close(c, LATER, "withdrawn by the resident"),
            "HC-2026-0001 has not been answered at stage 1. Answer it first. If the resident withdrew it, in their "
            'words: putright case withdraw HC-2026-0001 --reason "…". Else refuse, merge or reclassify it.',
            "6.3",
            id="an unanswered complaint closed",
        ),
        pytest.param(
            after(*STAGE_2),
            lambda c: acts.close(c, LATER, "repair done"),
            "HC-2026-0001 has not been answered at stage 2. Answer it first. If the resident withdrew it, in their "
            'words: putright case withdraw HC-2026-0001 --reason "…". Else refuse, merge or reclassify it.',
            "6.14",
            id="an unanswered stage 2 closed",
        ),
        pytest.param(
            after(),
            lambda c: acts.reopen(c, LATER, "x"),
            "HC-2026-0001 is open.",
            "",
            id="an open case reopened",
        ),
        pytest.param(
            after(close),
            lambda c: acts.reopen(c, LATER, " "),
            'Say why the case is opened again: --reason "…".',
            "",
            id="reopened without a reason",
        ),
    ],
)
def test_what_is_refused_and_on_which_paragraph(case: Case, act: Act, sentence: str, paragraph: str) -> None:
    refused(case, act, sentence, paragraph)


@pytest.mark.parametrize(
    ("case", "act", "kind", "data"),
    [
        pytest.param(
            after(*ACKNOWLEDGED),
            respond,
            Kind.RESPONDED,
            {
                "stage": 1,
                "day": "2026-12-01",
                "outcome": "upheld",
                "decided_by": "Priya Shah",
                "decisions": [{"outcome": "upheld", "reason": "the boiler failed"}],
                "impact": IMPACT,
            },
            id="answered",
        ),
        pytest.param(
            after(assign("Priya Shah"), *STAGE_2, assign("Ola"), define_2, acknowledge_2),
            lambda c: acts.respond(c, on("2026-12-10", actor="Priya Shah"), "not upheld", WHY, None, "Ola"),
            Kind.RESPONDED,
            {
                "stage": 2,
                "day": "2026-12-10",
                "outcome": "not upheld",
                "decided_by": "Ola",
                "decisions": [{"outcome": "not upheld", "reason": "it failed"}],
            },
            id="stage 2 answered by its own handler, written down by the other",
        ),
        pytest.param(
            after(*ANSWERED),
            lambda c: acts.escalate(c, on("2026-12-02"), date(2026, 12, 1)),
            Kind.ESCALATED,
            {"day": "2026-12-01", "reason": ""},
            id="escalated on the day of the answer, without a reason",
        ),
        pytest.param(
            after(*ANSWERED),
            lambda c: acts.close(c, LATER, "all done"),
            Kind.CLOSED,
            {"reason": "all done"},
            id="an answered complaint closed",
        ),
        pytest.param(
            after(first=SERVICE_REQUEST),
            lambda c: acts.close(c, LATER, "tap mended"),
            Kind.CLOSED,
            {"reason": "tap mended"},
            id="a service request closed",
        ),
        pytest.param(
            after(close),
            lambda c: acts.reopen(c, LATER, "by mistake"),
            Kind.REOPENED,
            {"reason": "by mistake"},
            id="reopened",
        ),
    ],
)
def test_what_each_act_writes(case: Case, act: Act, kind: Kind, data: dict[str, object]) -> None:
    event = act(case)
    assert (event.kind, event.data) == (kind, data)
