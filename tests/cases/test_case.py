"""A case is the fold of its events: what each kind does, and that folding again changes nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from putright.cases.case import Case, Definition, LabelChange, fold
from putright.cases.events import Event, Kind
from putright.cases.labels import Channel, Decision, Flag, Label, ServiceArea
from putright.cases.limits import Clock
from putright.cases.working_days import england
from tests.cases.a_case import RECEIVED, REF, opened

ENGLAND = england()
AT = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


def event(kind: Kind, **data: Any) -> Event:
    return Event(kind, AT, "Priya Shah", data)


def folded(*events: Event, first: Event | None = None) -> Case:
    return fold(REF, [first or opened(), *events])


def test_an_opened_case_holds_what_the_message_said() -> None:
    case = folded()
    assert (case.reference, case.received, case.opened, case.version) == (REF, RECEIVED, RECEIVED, 1)
    assert (case.channel, case.label, case.decision) == (Channel.EMAIL, Label.COMPLAINT, Decision.SURE)
    assert (case.area, case.flags, case.messages) == (ServiceArea.REPAIRS, (Flag.CHASER,), ("m1",))
    assert case.first.definition == Definition(("the leak",), ("a repair",), by="")
    assert case.labels == (LabelChange(Label.COMPLAINT, RECEIVED, "putright"),)
    assert (case.confirmed_by, case.handler, case.stage, case.closed) == ("", "", 1, None)


STAGE_2 = event(Kind.ESCALATED, day="2026-12-01", reason="")


@pytest.mark.parametrize(
    ("events", "path", "value"),
    [
        pytest.param([event(Kind.JOINED, message="m2")], "messages", ("m1", "m2"), id="joined"),
        pytest.param(
            [event(Kind.CONFIRMED, label="complaint")], "confirmed_by", "Priya Shah", id="confirmed"
        ),
        pytest.param(
            [event(Kind.RECLASSIFIED, label="other", was="complaint", reason="thanks only")],
            "label",
            Label.OTHER,
            id="reclassified",
        ),
        pytest.param(
            [event(Kind.RECLASSIFIED, label="other", was="complaint", reason="thanks only")],
            "labels",
            (
                LabelChange(Label.COMPLAINT, RECEIVED, "putright"),
                LabelChange(Label.OTHER, AT, "Priya Shah", "thanks only"),
            ),
            id="reclassified keeps the history",
        ),
        pytest.param(
            [event(Kind.DEFINED, stage=1, points=["a", "b"], outcomes=["c"])],
            "first.definition",
            Definition(("a", "b"), ("c",), "Priya Shah", ("yes", "yes"), version=1),
            id="defined at stage 1",
        ),
        pytest.param(
            [STAGE_2, event(Kind.DEFINED, stage=2, points=["a"], outcomes=["c"])],
            "second.definition",
            Definition(("a",), ("c",), "Priya Shah", ("yes",), version=1),
            id="defined at stage 2",
        ),
        pytest.param([event(Kind.ASSIGNED, stage=1, handler="Sam")], "handler", "Sam", id="assigned"),
        pytest.param(
            [event(Kind.ASSIGNED, stage=1, handler="Sam"), STAGE_2],
            "handler",
            "",
            id="at stage 2 nobody holds it until somebody else is named (6.13)",
        ),
        pytest.param(
            [
                event(Kind.ASSIGNED, stage=1, handler="Sam"),
                STAGE_2,
                event(Kind.ASSIGNED, stage=2, handler="Ola"),
            ],
            "handler",
            "Ola",
            id="assigned at stage 2",
        ),
        pytest.param(
            [event(Kind.ACKNOWLEDGED, stage=1, day="2026-11-23")],
            "first.acknowledged",
            date(2026, 11, 23),
            id="acknowledged",
        ),
        pytest.param(
            [STAGE_2, event(Kind.ACKNOWLEDGED, stage=2, day="2026-12-02")],
            "second.acknowledged",
            date(2026, 12, 2),
            id="acknowledged at stage 2",
        ),
        pytest.param(
            [
                event(Kind.EXTENDED, stage=1, working_days=6, reason="x", good_reason=False, late=False),
                event(Kind.EXTENDED, stage=1, working_days=4, reason="y", good_reason=False, late=False),
            ],
            "first.extended",
            10,
            id="extensions add up",
        ),
        pytest.param(
            [event(Kind.EXTENDED, stage=1, working_days=6, reason="x", good_reason=False, late=True)],
            "first.extended",
            0,
            id="a late notice moves no date",
        ),
        pytest.param(
            [
                STAGE_2,
                event(Kind.EXTENDED, stage=2, working_days=6, reason="x", good_reason=False, late=False),
            ],
            "second.extended",
            6,
            id="extended at stage 2",
        ),
        pytest.param(
            [event(Kind.RESPONDED, stage=1, day="2026-11-30", outcome="upheld")],
            "first.responded",
            date(2026, 11, 30),
            id="responded",
        ),
        pytest.param(
            [event(Kind.RESPONDED, stage=1, day="2026-11-30", outcome="upheld")],
            "first.outcome",
            "upheld",
            id="responded with its decision",
        ),
        pytest.param([STAGE_2], "escalated", date(2026, 12, 1), id="escalated"),
        pytest.param([STAGE_2], "stage", 2, id="escalated is at stage 2"),
        pytest.param([event(Kind.CLOSED, reason="withdrawn")], "closed", AT, id="closed"),
        pytest.param(
            [event(Kind.CLOSED, reason="withdrawn"), event(Kind.REOPENED, reason="by mistake")],
            "closed",
            None,
            id="reopened",
        ),
    ],
)
def test_what_each_event_does(events: list[Event], path: str, value: object) -> None:
    case: Any = folded(*events)
    assert case.version == 1 + len(events)
    for name in path.split("."):
        case = getattr(case, name)
    assert case == value


def test_a_note_changes_nothing_but_the_version() -> None:
    noted = event(Kind.NOTED, text="rang twice")
    case = folded()
    assert folded(noted) == replace(case, history=(*case.history, noted))


def test_every_kind_is_folded_somehow() -> None:
    whole = {
        "message": "m2",
        "label": "complaint",
        "was": "other",
        "reason": "",
        "stage": 1,
        "points": ["a"],
        "outcomes": ["b"],
        "handler": "Sam",
        "day": "2026-12-01",
        "working_days": 1,
        "good_reason": False,
        "late": False,
        "outcome": "upheld",
        "text": "",
        "result": "asked",
        "on": "2026-12-01",
        "closes": True,
        "messages": ["m9"],
        "received": AT.isoformat(),
        "was_received": AT.isoformat(),
        "into": "HC-2026-0002",
        "to": "HC-2026-0002",
        "offer": 1,
        "accepted": True,
        "due": "2027-02-01",
    }
    read = dict(opened().data)
    for kind in set(Kind) - {Kind.OPENED}:
        assert folded(event(kind, **{**read, **whole})).version == 2


def test_a_folded_case_is_the_same_however_often() -> None:
    events = [
        opened(),
        event(Kind.CONFIRMED, label="complaint"),
        event(Kind.DEFINED, stage=1, points=["a"], outcomes=["b"]),
        event(Kind.ACKNOWLEDGED, stage=1, day="2026-11-23"),
        STAGE_2,
    ]
    before = [replace(x, data=dict(x.data)) for x in events]
    first = fold(REF, events)
    assert fold(REF, iter(events)) == first == fold(REF, tuple(events))
    assert events == before, "folding changes no event"


@pytest.mark.parametrize(
    ("events", "sentence"),
    [
        pytest.param([], "HC-2026-0001 has no events", id="no events"),
        pytest.param([event(Kind.NOTED, text="x")], "HC-2026-0001 begins with noted", id="not opened first"),
        pytest.param([opened(), opened()], "HC-2026-0001 was opened twice", id="opened twice"),
    ],
)
def test_events_that_tell_no_case(events: list[Event], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        fold(REF, events)


@pytest.mark.parametrize(
    ("label", "decision", "confirmed", "runs", "stage"),
    [
        pytest.param(Label.COMPLAINT, Decision.SURE, False, True, 1, id="a sure complaint"),
        pytest.param(Label.COMPLAINT, Decision.ASK, False, True, 1, id="perhaps a complaint"),
        pytest.param(
            Label.OTHER, Decision.ASK, False, True, 1, id="perhaps not: the clocks run all the same"
        ),
        pytest.param(Label.OTHER, Decision.ASK, True, False, 0, id="a person has said it is none"),
        pytest.param(Label.SERVICE_REQUEST, Decision.SURE, False, False, 0, id="a sure service request"),
        pytest.param(Label.SURVEY_FEEDBACK, Decision.SURE, False, False, 0, id="sure survey feedback"),
    ],
)
def test_which_cases_run_the_complaint_clocks(
    label: Label, decision: Decision, confirmed: bool, runs: bool, stage: int
) -> None:
    confirmation = [event(Kind.CONFIRMED, label=label.value)] if confirmed else []
    case = folded(*confirmation, first=opened(label=label, decision=decision))
    assert (case.runs_complaint_clocks, case.stage) == (runs, stage)
    assert case.unconfirmed is (decision is Decision.ASK and not confirmed)
    assert bool(case.deadlines(ENGLAND, {})) is runs
    assert (case.next_due(ENGLAND, {}) is not None) is runs


ACKNOWLEDGED = event(Kind.ACKNOWLEDGED, stage=1, day="2026-11-23")
RESPONDED = event(Kind.RESPONDED, stage=1, day="2026-11-30", outcome="upheld")
ACKNOWLEDGED_2 = event(Kind.ACKNOWLEDGED, stage=2, day="2026-12-03")
RESPONDED_2 = event(Kind.RESPONDED, stage=2, day="2026-12-10", outcome="upheld")


@pytest.mark.parametrize(
    ("events", "clock", "due"),
    [
        pytest.param([], Clock.STAGE_1_ACKNOWLEDGEMENT, "2026-11-27", id="first the acknowledgement"),
        pytest.param([ACKNOWLEDGED], Clock.STAGE_1_RESPONSE, "2026-12-07", id="then the response"),
        pytest.param([ACKNOWLEDGED, RESPONDED], None, None, id="answered: nothing is due"),
        pytest.param(
            [ACKNOWLEDGED, RESPONDED, STAGE_2],
            Clock.STAGE_2_ACKNOWLEDGEMENT,
            "2026-12-08",
            id="then the acknowledgement of stage 2",
        ),
        pytest.param(
            [ACKNOWLEDGED, RESPONDED, STAGE_2, ACKNOWLEDGED_2],
            Clock.STAGE_2_RESPONSE,
            "2027-01-05",
            id="then the final response",
        ),
        pytest.param(
            [ACKNOWLEDGED, RESPONDED, STAGE_2, ACKNOWLEDGED_2, RESPONDED_2], None, None, id="all done"
        ),
        pytest.param(
            [ACKNOWLEDGED, STAGE_2],
            Clock.STAGE_1_RESPONSE,
            "2026-12-07",
            id="an escalation leaves an unanswered stage 1 due",
        ),
        pytest.param([event(Kind.CLOSED, reason="withdrawn")], None, None, id="closed: nothing is due"),
    ],
)
def test_what_is_due_next(events: list[Event], clock: Clock | None, due: str | None) -> None:
    found = folded(*events).next_due(ENGLAND, {})
    assert (found.clock if found else None) == clock
    assert (found.due if found else None) == (date.fromisoformat(due) if due else None)


def test_a_label_put_right_has_the_clocks_it_would_always_have_had() -> None:
    there = event(Kind.RECLASSIFIED, label="service_request", was="complaint", reason="x")
    back = event(Kind.RECLASSIFIED, label="complaint", was="service_request", reason="y")
    assert folded(there).deadlines(ENGLAND, {}) == ()
    assert folded(there, back).deadlines(ENGLAND, {}) == folded().deadlines(ENGLAND, {})


REQUEST = opened(label=Label.SERVICE_REQUEST)
TO_REQUEST = event(Kind.RECLASSIFIED, label="service_request", was="complaint", reason="x")
TO_COMPLAINT = event(Kind.RECLASSIFIED, label="complaint", was="service_request", reason="y")
CLOSED = event(Kind.CLOSED, reason="done")


@pytest.mark.parametrize(
    ("first", "events", "clock", "due"),
    [
        pytest.param(
            REQUEST, [], Clock.SERVICE_REQUEST, "2026-11-25", id="a request has the landlord's date"
        ),
        pytest.param(
            *(opened(), [TO_REQUEST], Clock.SERVICE_REQUEST, "2026-11-25"),
            id="a complaint that was none gains it, from its receipt",
        ),
        pytest.param(
            *(REQUEST, [TO_COMPLAINT], Clock.STAGE_1_ACKNOWLEDGEMENT, "2026-11-27"),
            id="a request that was a complaint loses it, and has the Code's from its receipt",
        ),
        pytest.param(
            *(opened(), [TO_REQUEST, TO_COMPLAINT], Clock.STAGE_1_ACKNOWLEDGEMENT, "2026-11-27"),
            id="there and back: as if nothing had happened",
        ),
        pytest.param(
            *(opened(label=Label.SERVICE_REQUEST, decision=Decision.ASK), []),
            *(Clock.STAGE_1_ACKNOWLEDGEMENT, "2026-11-27"),
            id="perhaps a request: the Code's clocks run until a person has said so",
        ),
        pytest.param(
            *(opened(), [event(Kind.CHOICE, result="declined")], None, None),
            id="a complaint that was not to be made is no request",
        ),
        pytest.param(opened(label=Label.OTHER), [], None, None, id="other messages have none"),
        pytest.param(opened(label=Label.SURVEY_FEEDBACK), [], None, None, id="nor has survey feedback"),
        pytest.param(REQUEST, [CLOSED], None, None, id="closed: it has ended"),
        pytest.param(
            *(REQUEST, [CLOSED, event(Kind.REOPENED, reason="it drips again")]),
            *(Clock.SERVICE_REQUEST, "2026-11-25"),
            id="reopened: it runs from receipt as before",
        ),
        pytest.param(
            *(REQUEST, [event(Kind.JOINED_INTO, into="HC-2026-0002")], None, None), id="part of another: none"
        ),
    ],
)
def test_a_landlords_target_is_due_on_service_requests_alone(
    first: Event, events: list[Event], clock: Clock | None, due: str | None
) -> None:
    found = folded(*events, first=first).next_due(ENGLAND, {Clock.SERVICE_REQUEST: 3})
    assert (found.clock if found else None, found.due if found else None) == (
        clock,
        date.fromisoformat(due) if due else None,
    )


def test_what_ended_in_another_case_kept_and_missed_no_target() -> None:
    targets = {Clock.SERVICE_REQUEST: 3}
    assert [x.done for x in folded(CLOSED, first=REQUEST).deadlines(ENGLAND, targets)]
    merged = event(Kind.LINKED, reference="HC-2026-0002", how="merged into")
    assert folded(merged, CLOSED, first=REQUEST).deadlines(ENGLAND, targets) == ()


def test_the_clock_starts_on_the_london_date_of_receipt() -> None:
    summer_night = datetime(2026, 7, 2, 23, 30, tzinfo=UTC)
    case = folded(first=opened(received=summer_night))
    assert case.milestones.received == date(2026, 7, 3)
    found = case.next_due(ENGLAND, {})
    assert found is not None and found.due == date(2026, 7, 10)
