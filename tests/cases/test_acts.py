"""What staff do on a case: each refusal with its sentence and paragraph, each success with its event."""

from datetime import date

import pytest

from putright.cases import acts
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Event, Kind
from putright.cases.labels import Decision, Label
from putright.cases.working_days import england
from tests.cases.a_case import Act, after, assess, on, opened

ENGLAND = england()
PRIYA = on("2026-11-23")
LATER = on("2026-12-01")


def define(case: Case) -> Event:
    return acts.define(case, PRIYA, ["the leak"], ["a repair"])


def acknowledge(case: Case) -> Event:
    return acts.acknowledge(case, PRIYA)


def respond(case: Case) -> Event:
    return acts.respond(case, LATER, "upheld", ["the boiler failed"])


def escalate(case: Case) -> Event:
    return acts.escalate(case, on("2026-12-02"))


def close(case: Case) -> Event:
    return acts.close(case, LATER, "withdrawn by the resident")


def assign(handler: str) -> Act:
    return lambda case: acts.assign(case, PRIYA, handler)


def extend(days: int, by: By = PRIYA, reason: str = "complex", good_reason: bool = False) -> Act:
    return lambda case: acts.extend(case, by, ENGLAND, days, reason, good_reason)


WHY = ["because"]
ACKNOWLEDGED = (define, assess, acknowledge)
ANSWERED = (*ACKNOWLEDGED, respond)
STAGE_2 = (*ANSWERED, escalate)


def define_2(case: Case) -> Event:
    return acts.define(case, on("2026-12-03"), ["still leaking"], ["a repair"])


def acknowledge_2(case: Case) -> Event:
    return acts.acknowledge(case, on("2026-12-04"))


def respond_2(case: Case) -> Event:
    return acts.respond(case, on("2026-12-10", actor="Ola"), "partly upheld", ["in part"])


ACKNOWLEDGED_2 = (*STAGE_2, define_2, acknowledge_2)
ANSWERED_2 = (*ACKNOWLEDGED_2, respond_2)
SERVICE_REQUEST = opened(label=Label.SERVICE_REQUEST)
UNSURE = opened(decision=Decision.ASK)
UNSURE_OTHER = opened(label=Label.OTHER, decision=Decision.ASK)


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
            "HC-2026-0001 has been acknowledged as a complaint, so it stays one. If the resident withdraws it, "
            "close it with that reason.",
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
            lambda c: acts.close(c, LATER, "repair done"),
            "HC-2026-0001 has not been answered at stage 1. Answer it first, or give a reason that begins with "
            '"withdrawn" when the resident has withdrawn it.',
            "6.3",
            id="an unanswered complaint closed",
        ),
        pytest.param(
            after(*STAGE_2),
            lambda c: acts.close(c, LATER, "repair done"),
            "HC-2026-0001 has not been answered at stage 2. Answer it first, or give a reason that begins with "
            '"withdrawn" when the resident has withdrawn it.',
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
    with pytest.raises(Refused) as error:
        act(case)
    assert str(error.value) == (f"{sentence} (Code {paragraph})" if paragraph else sentence)
    assert error.value.paragraph == paragraph


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda c: acts.confirm(c, PRIYA), id="confirm"),
        pytest.param(lambda c: acts.reclassify(c, PRIYA, Label.OTHER, "x"), id="reclassify"),
        pytest.param(define, id="define"),
        pytest.param(assign("Sam"), id="assign"),
        pytest.param(acknowledge, id="acknowledge"),
        pytest.param(extend(5), id="extend"),
        pytest.param(respond, id="respond"),
        pytest.param(escalate, id="escalate"),
        pytest.param(close, id="close"),
    ],
)
def test_a_closed_case_refuses_every_act_but_reopening(act: Act) -> None:
    with pytest.raises(Refused, match=r"^HC-2026-0001 is closed: reopen it first\.$"):
        act(after(close))


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
                "decisions": [{"outcome": "not upheld", "reason": "because"}],
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
            after(),
            lambda c: acts.close(c, LATER, "Withdrawn by the resident"),
            Kind.CLOSED,
            {"reason": "Withdrawn by the resident"},
            id="a withdrawn complaint closed",
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


def test_an_act_just_after_midnight_in_london_is_of_that_day() -> None:
    event = acts.acknowledge(after(define, assess, first=opened()), on("2026-11-23", 23))
    assert event.data["day"] == "2026-11-23"
    summer = By("Priya Shah", on("2026-07-06", 23).at)  # 00:00 in London
    assert summer.today == date(2026, 7, 7)
