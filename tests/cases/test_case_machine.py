"""Random acts on a case: whatever is done, in whatever order, the Code's order holds."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from putright.cases import acts
from putright.cases.acts import By
from putright.cases.case import Case, fold
from putright.cases.duties import duties
from putright.cases.errors import Refused
from putright.cases.events import Event, Kind
from putright.cases.labels import Decision, Label
from putright.cases.record import Field, Is, record
from putright.cases.records.assessment import ASSESS
from putright.cases.records.index import ACTS
from putright.cases.records.promises import open_promises
from putright.cases.working_days import england, local_day
from tests.cases.a_case import ASSESSED, REF, opened
from tests.cases.some_acts import but_one

ENGLAND = england()
WHY = ["it failed"]
ONE_SENTENCE = re.compile(r".+\.( \(Code \d\.\d+\))?")
PEOPLE = st.sampled_from(["Priya Shah", "priya shah", "Ola", "Sam"])
WORDS = st.sampled_from(["", " ", "withdrawn", "because"])
LISTS = st.lists(st.sampled_from(["the leak", " ", "the noise"]), max_size=2)


def _next_step(case: Case, by: By) -> Event:
    """What the Code asks for next, so that random acts meet cases at every point of their life."""
    stage = case.at_stage(case.stage)
    if not stage.definition.by:
        return acts.define(case, by, ["the leak"], ["a repair"])
    if not case.of(Kind.ASSESSED):
        return record(ASSESS, case, by, ASSESSED)
    if not stage.acknowledged:
        return acts.acknowledge(case, by)
    if not stage.responded:
        return acts.respond(
            case, by, "upheld", WHY, decided_by=f"Decider of stage {case.stage}", impact="cold"
        )
    return acts.escalate(case, by)


AFTERWARDS = {Kind.REOPENED, Kind.DONE, *(act.kind for act in ACTS if act.closed)}
RECORDS = {act.verb: act for act in ACTS}
GIVEN = st.fixed_dictionaries(
    {
        "pick": st.integers(0, 7),
        "day": st.integers(-3, 3),
        "left_out": st.sets(st.sampled_from(["what", "reason", "evidence", "kind"]), max_size=1),
        "done": st.sampled_from([{}, {}, {"done": 1}, {"done": 2}]),
    }
)


def _value(x: Field, given: dict[str, Any], by: By) -> Any:
    """Something that fits a field, or nearly."""
    match x.holds:
        case Is.CHOICE:
            return x.choices[given["pick"] % len(x.choices)]
        case Is.PAST | Is.AHEAD | Is.EVER:
            return by.today + timedelta(days=given["day"])
        case Is.MOMENT:
            return by.at + timedelta(days=given["day"])
        case Is.FLAG:
            return True
        case Is.NUMBER:
            return given["pick"]
        case Is.MONEY:
            return 50.0
    return "because"


class Acts(RuleBasedStateMachine):
    """One case; time only goes on, and stays well inside the calendar."""

    events: list[Event]
    now: datetime

    @initialize(
        received=st.datetimes(datetime(2024, 4, 2), datetime(2027, 6, 30), timezones=st.just(UTC)),  # noqa: DTZ001
        label=st.sampled_from([Label.COMPLAINT, Label.COMPLAINT, *Label]),
        decision=st.sampled_from(Decision),
        steps=st.integers(0, 7),
    )
    def open(self, received: datetime, label: Label, decision: Decision, steps: int) -> None:
        self.now = received
        self.events = [opened(received, label, decision)]
        for _ in range(steps):
            self._try("Ola", _next_step)

    @property
    def case(self) -> Case:
        return fold(REF, self.events)

    def _try(self, actor: str, act: Callable[[Case, By], Event]) -> None:
        before = self.case
        try:
            event = act(before, By(actor, self.now))
        except Refused as refusal:
            assert ONE_SENTENCE.fullmatch(str(refusal))
            assert self.case == before
            return
        assert not before.closed or event.kind in AFTERWARDS, "a closed case refuses every act but these"
        self.events.append(event)

    def _day(self, back: int | None) -> date | None:
        return None if back is None else local_day(self.now) - timedelta(days=back)

    @precondition(lambda self: len(self.events) < 40)
    @rule(hours=st.integers(1, 24 * 9))
    def time_passes(self, hours: int) -> None:
        if self.now.year < 2028:
            self.now += timedelta(hours=hours)

    @rule(actor=PEOPLE)
    def the_case_goes_on_as_it_should(self, actor: str) -> None:
        self._try(actor, _next_step)

    @rule(actor=PEOPLE)
    def confirm(self, actor: str) -> None:
        self._try(actor, acts.confirm)

    @rule(actor=PEOPLE, label=st.sampled_from(Label), reason=WORDS)
    def reclassify(self, actor: str, label: Label, reason: str) -> None:
        self._try(actor, lambda case, by: acts.reclassify(case, by, label, reason))

    @rule(actor=PEOPLE, points=LISTS, outcomes=LISTS)
    def define(self, actor: str, points: list[str], outcomes: list[str]) -> None:
        self._try(actor, lambda case, by: acts.define(case, by, points, outcomes))

    @rule(actor=PEOPLE, handler=PEOPLE)
    def assign(self, actor: str, handler: str) -> None:
        self._try(actor, lambda case, by: acts.assign(case, by, handler))

    @rule(actor=PEOPLE, back=st.none() | st.integers(-2, 9))
    def acknowledge(self, actor: str, back: int | None) -> None:
        self._try(actor, lambda case, by: acts.acknowledge(case, by, self._day(back)))

    @rule(actor=PEOPLE, days=st.integers(0, 21), reason=st.sampled_from(["", "because", "because"]))
    def extend(self, actor: str, days: int, reason: str) -> None:
        self._try(actor, lambda case, by: acts.extend(case, by, ENGLAND, days, reason))

    @rule(
        actor=PEOPLE,
        outcome=st.sampled_from([*acts.OUTCOMES, "?"]),
        back=st.none() | st.integers(-2, 9),
        impact=WORDS,
    )
    def respond(self, actor: str, outcome: str, back: int | None, impact: str) -> None:
        self._try(
            actor, lambda case, by: acts.respond(case, by, outcome, WHY, self._day(back), impact=impact)
        )

    @rule(actor=PEOPLE, back=st.none() | st.integers(-2, 9))
    def escalate(self, actor: str, back: int | None) -> None:
        self._try(actor, lambda case, by: acts.escalate(case, by, self._day(back)))

    @rule(actor=PEOPLE, verb=st.sampled_from(sorted(RECORDS)), given=GIVEN)
    def record(self, actor: str, verb: str, given: dict[str, Any]) -> None:
        def of_its_kind(case: Case, by: By) -> Event:
            act = RECORDS[verb]
            days = {x.key for x in (*act.fields, *act.ended) if x.holds in (Is.PAST, Is.AHEAD, Is.EVER)}
            full = {x.key: _value(x, given, by) for x in (*act.fields, *act.ended)}
            left_out = {x for x in given["left_out"] if x not in days} | but_one(act, given["pick"])
            return record(act, case, by, {k: v for k, v in full.items() if k not in left_out} | given["done"])

        self._try(actor, of_its_kind)

    @rule(actor=PEOPLE, reason=WORDS)
    def close(self, actor: str, reason: str) -> None:
        self._try(actor, lambda case, by: acts.close(case, by, reason))

    @rule(actor=PEOPLE, reason=WORDS)
    def reopen(self, actor: str, reason: str) -> None:
        self._try(actor, lambda case, by: acts.reopen(case, by, reason))

    @invariant()
    def a_stage_is_defined_then_acknowledged_then_answered(self) -> None:
        case = self.case
        received = local_day(case.received)
        for stage, begun in ((case.first, received), (case.second, case.escalated)):
            if stage.acknowledged:
                assert case.of(Kind.ASSESSED), "no acknowledgement without an assessment"
                assert stage.definition.by, "no acknowledgement without a confirmed definition"
                assert begun is not None and stage.acknowledged >= begun
            if stage.responded:
                assert stage.acknowledged is not None, "no response before an acknowledgement"
                assert stage.acknowledged <= stage.responded <= local_day(self.now)

    @invariant()
    def stage_2_follows_an_answered_stage_1_and_has_another_handler(self) -> None:
        case = self.case
        if case.escalated:
            assert case.first.responded is not None and case.first.responded <= case.escalated
        for person in filter(None, (case.second.handler, *case.second.deciders)):
            assert person.casefold() not in {x.casefold() for x in case.first.deciders}

    @invariant()
    def no_closed_case_has_an_open_promise_that_was_made_before(self) -> None:
        case = self.case
        if case.closed:
            assert not open_promises(case)

    @invariant()
    def only_a_person_refuses_and_with_all_that_a_refusal_needs(self) -> None:
        for event in self.case.of(Kind.REFUSED):
            assert event.actor != "putright"
            assert event.data["evidence"] and event.data["discretion"] and event.data["ombudsman_told"]

    @invariant()
    def a_mark_is_answered_within_its_time(self) -> None:
        case = self.case
        for x in case.standing_marks.values():
            assert local_day(case.received) <= local_day(x.since) <= local_day(self.now)
            assert x.answered is None or local_day(x.since) <= x.answered <= local_day(self.now)

    @invariant()
    def what_is_owed_can_be_told(self) -> None:
        assert all(x.due is None or x.due.year < 2040 for x in duties(self.case))

    @invariant()
    def an_acknowledged_case_stays_a_complaint(self) -> None:
        case = self.case
        assert case.label is Label.COMPLAINT or not (case.first.acknowledged or case.escalated)

    @invariant()
    def extensions_stay_within_the_codes_limit(self) -> None:
        case = self.case
        assert case.first.extended <= 10 and case.second.extended <= 20

    @invariant()
    def the_version_counts_the_events_and_folding_again_gives_the_same(self) -> None:
        case = self.case
        assert case.version == len(self.events)
        assert fold(REF, list(self.events)) == case

    @invariant()
    def every_due_date_can_be_worked_out(self) -> None:
        case = self.case
        dates = case.deadlines(ENGLAND, {})
        assert bool(dates) is case.runs_complaint_clocks
        assert case.runs_complaint_clocks or not dates, (
            "no clock for what was refused, withdrawn or not wished"
        )
        due = case.next_due(ENGLAND, {})
        if case.closed:
            assert due is None
        elif case.runs_complaint_clocks and case.at_stage(case.stage).responded is None:
            assert due is not None, "an open complaint that is not answered always has a date"


TestActs = Acts.TestCase
TestActs.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
