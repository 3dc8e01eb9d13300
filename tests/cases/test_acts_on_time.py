"""Acknowledgements and extensions: each refusal with its paragraph, each success with its event."""

from datetime import date

import pytest

from putright.cases import acts
from putright.cases.case import Case
from putright.cases.events import Kind
from tests.cases.a_case import Act, after, assess, on
from tests.cases.some_acts import (
    ACKNOWLEDGED,
    ACKNOWLEDGED_2,
    ANSWERED,
    ANSWERED_2,
    LATER,
    PRIYA,
    STAGE_2,
    UNSURE_OTHER,
    acknowledge,
    acknowledge_2,
    define,
    define_2,
    extend,
    refused,
)


@pytest.mark.parametrize(
    ("case", "act", "sentence", "paragraph"),
    [
        # acknowledge
        pytest.param(
            after(),
            acknowledge,
            "The acknowledgement sets out the complaint definition, and no person has confirmed one yet: "
            "run  putright case define HC-2026-0001  first.",
            "5.6",
            id="acknowledged with only a draft of the definition",
        ),
        pytest.param(
            after(*STAGE_2),
            lambda c: acts.acknowledge(c, on("2026-12-04")),
            "The acknowledgement sets out the complaint definition, and no person has confirmed one yet: "
            "run  putright case define HC-2026-0001  first.",
            "5.6",
            id="stage 2 acknowledged with the definition of stage 1",
        ),
        pytest.param(
            after(*ACKNOWLEDGED),
            acknowledge,
            "HC-2026-0001 was acknowledged at stage 1 already.",
            "6.2",
            id="acknowledged twice",
        ),
        pytest.param(
            after(*ACKNOWLEDGED_2),
            acknowledge_2,
            "HC-2026-0001 was acknowledged at stage 2 already.",
            "6.11",
            id="stage 2 acknowledged twice",
        ),
        pytest.param(
            after(define, assess),
            lambda c: acts.acknowledge(c, PRIYA, date(2026, 11, 19)),
            "The acknowledgement cannot have been sent before Fri 20 Nov 2026: check the date.",
            "6.2",
            id="acknowledged the day before receipt",
        ),
        pytest.param(
            after(define, assess),
            lambda c: acts.acknowledge(c, PRIYA, date(2026, 11, 24)),
            "The acknowledgement is recorded once it is sent, and Tue 24 Nov 2026 has not come yet.",
            "6.2",
            id="acknowledged tomorrow",
        ),
        pytest.param(
            after(*STAGE_2, define_2),
            lambda c: acts.acknowledge(c, on("2026-12-04"), date(2026, 12, 1)),
            "The acknowledgement cannot have been sent before Wed 2 Dec 2026: check the date.",
            "6.11",
            id="stage 2 acknowledged before it was asked for",
        ),
        pytest.param(
            after(first=UNSURE_OTHER),
            acknowledge,
            "HC-2026-0001 is logged as other, not as complaint. If it is one, change its label first.",
            "1.2",
            id="acknowledged while its label says it is none",
        ),
        pytest.param(
            after(define),
            acknowledge,
            "Weigh complexity, vulnerability and risk before the acknowledgement: putright case assess HC-2026-0001 "
            '--complexity low --vulnerability "none known" --risk "none known".',
            "6.1",
            id="acknowledged before it was assessed",
        ),
        # extend
        pytest.param(
            after(define),
            extend(5),
            "Acknowledge HC-2026-0001 before extending its response.",
            "6.4",
            id="extended before it was acknowledged",
        ),
        pytest.param(
            after(*ANSWERED),
            extend(5, LATER),
            "HC-2026-0001 was answered at stage 1 already.",
            "6.4",
            id="extended after it was answered",
        ),
        pytest.param(
            after(*ANSWERED_2),
            extend(5, on("2026-12-11")),
            "HC-2026-0001 was answered at stage 2 already.",
            "6.15",
            id="extended after the final response",
        ),
        pytest.param(
            after(*ACKNOWLEDGED),
            extend(0),
            "An extension is at least one working day.",
            "6.4",
            id="by no day",
        ),
        pytest.param(
            after(*ACKNOWLEDGED),
            extend(5, reason=" "),
            "An extension needs its reason, as told to the resident.",
            "6.4",
            id="extended without a reason",
        ),
        pytest.param(
            after(*ACKNOWLEDGED),
            extend(11),
            "That makes 11 working days; more than 10 needs a good reason. Add  --good-reason  if there is one.",
            "6.4",
            id="stage 1 by 11 days at once",
        ),
        pytest.param(
            after(*ACKNOWLEDGED, extend(6)),
            extend(5),
            "That makes 11 working days; more than 10 needs a good reason. Add  --good-reason  if there is one.",
            "6.4",
            id="stage 1 by 6 and then 5 days",
        ),
        pytest.param(
            after(*ACKNOWLEDGED_2),
            extend(21, on("2026-12-10")),
            "That makes 21 working days; more than 20 needs a good reason. Add  --good-reason  if there is one.",
            "6.15",
            id="stage 2 by 21 days",
        ),
    ],
)
def test_what_is_refused_and_on_which_paragraph(case: Case, act: Act, sentence: str, paragraph: str) -> None:
    refused(case, act, sentence, paragraph)


@pytest.mark.parametrize(
    ("case", "act", "kind", "data"),
    [
        pytest.param(
            after(define, assess),
            acknowledge,
            Kind.ACKNOWLEDGED,
            {"stage": 1, "day": "2026-11-23"},
            id="acknowledged",
        ),
        pytest.param(
            after(define, assess),
            lambda c: acts.acknowledge(c, PRIYA, date(2026, 11, 20)),
            Kind.ACKNOWLEDGED,
            {"stage": 1, "day": "2026-11-20"},
            id="acknowledged on the day of receipt",
        ),
        pytest.param(
            after(*STAGE_2, define_2),
            acknowledge_2,
            Kind.ACKNOWLEDGED,
            {"stage": 2, "day": "2026-12-04"},
            id="stage 2 acknowledged",
        ),
        pytest.param(
            after(*ACKNOWLEDGED),
            extend(10),
            Kind.EXTENDED,
            {
                "stage": 1,
                "working_days": 10,
                "reason": "complex",
                "good_reason": False,
                "late": False,
                "day": "2026-11-23",
                "due": "2026-12-07",
            },
            id="stage 1 by 10 days",
        ),
        pytest.param(
            after(*ACKNOWLEDGED, extend(6)),
            extend(5, good_reason=True),
            Kind.EXTENDED,
            {
                "stage": 1,
                "working_days": 5,
                "reason": "complex",
                "good_reason": True,
                "late": False,
                "day": "2026-11-23",
                "due": "2026-12-15",
            },
            id="stage 1 beyond 10 days with a good reason",
        ),
        pytest.param(
            after(*ACKNOWLEDGED),
            extend(5, on("2026-12-07", 23)),
            Kind.EXTENDED,
            {
                "stage": 1,
                "working_days": 5,
                "reason": "complex",
                "good_reason": False,
                "late": False,
                "day": "2026-12-07",
                "due": "2026-12-07",
            },
            id="notified in the last hour of the due date",
        ),
        pytest.param(
            after(*ACKNOWLEDGED),
            extend(5, on("2026-12-08", 0)),
            Kind.EXTENDED,
            {
                "stage": 1,
                "working_days": 5,
                "reason": "complex",
                "good_reason": False,
                "late": True,
                "day": "2026-12-08",
                "due": "2026-12-07",
            },
            id="notified the day after: late",
        ),
        pytest.param(
            after(*ACKNOWLEDGED, extend(5)),
            extend(5, on("2026-12-14", 0)),
            Kind.EXTENDED,
            {
                "stage": 1,
                "working_days": 5,
                "reason": "complex",
                "good_reason": False,
                "late": False,
                "day": "2026-12-14",
                "due": "2026-12-14",
            },
            id="notified again inside the extended time",
        ),
        pytest.param(
            after(*ACKNOWLEDGED_2),
            extend(20, on("2026-12-10")),
            Kind.EXTENDED,
            {
                "stage": 2,
                "working_days": 20,
                "reason": "complex",
                "good_reason": False,
                "late": False,
                "day": "2026-12-10",
                "due": "2027-01-06",
            },
            id="stage 2 by 20 days",
        ),
    ],
)
def test_what_each_act_writes(case: Case, act: Act, kind: Kind, data: dict[str, object]) -> None:
    event = act(case)
    assert (event.kind, event.data) == (kind, data)
