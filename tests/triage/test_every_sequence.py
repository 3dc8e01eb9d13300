"""Random acts by every command on a few cases in one database: whatever is done, in whatever order, the rules hold."""

import re
import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlite_utils import Database

from putright.cases import acts
from putright.cases.acts import By
from putright.cases.case import Case, fold
from putright.cases.errors import Refused
from putright.cases.events import Event, Kind
from putright.cases.impact import impact_lacks
from putright.cases.labels import Label
from putright.cases.limits import Clock
from putright.cases.offers import ACKNOWLEDGEMENT, RESPONSE, UPDATE, offers
from putright.cases.record import Field, Is, record
from putright.cases.records.hazard import open_duties
from putright.cases.records.index import ACTS
from putright.cases.records.promises import open_promises
from putright.cases.typed import same_person
from putright.cases.working_days import local_day
from putright.storage import cases, events
from putright.storage.errors import StaleView
from putright.triage import joins
from putright.triage.act import act
from putright.triage.matters import Pair
from tests.cases.a_case import ASSESSED
from tests.cases.some_acts import but_one
from tests.harrowmere import ADDRESS, LANDLORD, MONDAY, RESIDENT, database, letter, take

TEMPLATE: list[Path] = []
BODIES = ("complaint: the roof leaks", "request: a tap drips", "ask! the stairs", "complaint: mould hazard!")
REPLIES = (
    "other: thank you",
    "other: send me all you hold on me mark=sar",
    "complaint: I am not happy with your response and want to take this further.",
    "complaint: please take this to stage 2",
    "complaint: it leaks again, see {reference}",
    "request: and the gate sticks",
)
STAFFS = (
    "We acknowledge your complaint and will answer in 10 working days.",
    "This is our stage 1 response.",
    "A part is on order.",
)
SENDERS = (f"{RESIDENT} <{ADDRESS}>", f"{RESIDENT} <{ADDRESS}>", "Bob Lane <bob@post.example>")
ANSWERS = st.integers(0, len(BODIES))
MOST_MESSAGES = 7
PEOPLE = st.sampled_from(["Priya Shah", "priya  SHAH", "Ola Diaz", "Sam", "putright", "Putright "])
WORDS = st.sampled_from(["", " ", "withdrawn by letter", "because", "\u202e", "x" * 10_001])
PICK = st.integers(0, 40)
BACK = st.none() | st.integers(-2, 9)
RECORDS = {x.verb: x for x in ACTS}
ONE_SENTENCE = re.compile(r"[^\n]+([.?]|putright case [^\n]+)( \(Code \d\.\d+\))?")


def template() -> Path:
    """A database with a few cases, made once."""
    if not TEMPLATE:
        path = Path(tempfile.mkdtemp()) / "cases.db"
        with database(path) as db:
            take(db, *(letter(body, number=n) for n, body in enumerate(BODIES, 1)))
        TEMPLATE.append(path)
    return TEMPLATE[0]


def value(x: Field, pick: int, day: int, by: By, refs: list[str]) -> Any:
    """Something that fits a field, or nearly."""
    match x.holds:
        case Is.CHOICE:
            return x.choices[pick % len(x.choices)]
        case Is.PAST | Is.AHEAD | Is.EVER:
            return by.today + timedelta(days=day)
        case Is.MOMENT:
            return by.at + timedelta(days=day)
        case Is.FLAG:
            return True
        case Is.NUMBER:
            return pick
        case Is.MONEY:
            return 50.0
    return refs[pick % len(refs)] if x.key == "earlier_case" else "because"


class EverySequence(RuleBasedStateMachine):
    """Four cases of one landlord; time only goes on."""

    db: Database
    now: datetime

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.seen: list[tuple[Any, ...]] = []
        self.refused_machine = 0

    @initialize()
    def begin(self) -> None:
        folder = self.stack.enter_context(tempfile.TemporaryDirectory())
        path = Path(folder) / "cases.db"
        shutil.copy(template(), path)
        self.db = self.stack.enter_context(database(path))
        self.db.execute("PRAGMA synchronous = OFF")
        self.now = MONDAY

    def teardown(self) -> None:
        self.stack.close()

    @property
    def refs(self) -> list[str]:
        return [row[0] for row in self.db.execute("select reference from cases order by reference")]

    def ref(self, pick: int) -> str:
        return self.refs[pick % len(self.refs)]

    def every(self) -> list[Case]:
        found = [events.load(self.db, x) for x in self.refs]
        assert all(found)
        return [x for x in found if x]

    def dump(self) -> str:
        return "\n".join(self.db.conn.iterdump())

    def attempt(self, actor: str, done: Callable[[By], Any]) -> Any:
        """One command; a refused one is one sentence and changes nothing."""
        before = self.dump()
        try:
            return done(By(actor, self.now))
        except (Refused, StaleView) as refusal:
            assert ONE_SENTENCE.fullmatch(str(refusal)), refusal
            assert self.dump() == before, f"a refused act changed something: {refusal}"
            return None

    def one(self, actor: str, pick: int, decide: Callable[[Case, By], Event | tuple[Event, ...]]) -> Any:
        return self.attempt(
            actor,
            lambda by: act(self.db, self.ref(pick), LANDLORD, self.now, lambda case: decide(case, by)),
        )

    def day(self, back: int | None) -> date | None:
        return None if back is None else local_day(self.now) - timedelta(days=back)

    @rule(hours=st.integers(0, 24 * 12))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(pick=PICK, stage_2=st.booleans())
    def it_goes_on_as_it_should(self, pick: int, stage_2: bool) -> None:
        """What the Code asks for next, so that random acts meet cases at every point of their life."""

        def goes_on(case: Case, by: By) -> Event | tuple[Event, ...]:
            stage = case.at_stage(case.stage)
            if case.unconfirmed or case.label is not Label.COMPLAINT:
                return acts.reclassify(case, by, Label.COMPLAINT, "it is one")
            if not stage.acknowledged:
                return acts.in_turn(
                    case,
                    lambda x: acts.define(x, by, ["the leak", "the wait"], ["a repair"]),
                    lambda x: record(RECORDS["assess"], x, by, ASSESSED),
                    lambda x: acts.acknowledge(x, by),
                )
            if not stage.responded:
                return acts.respond(
                    case,
                    by,
                    "upheld",
                    ["a seal", "no staff"][: len(stage.definition.points)],
                    impact="weeks of cold",
                )
            return acts.escalate(case, by) if stage_2 else acts.close(case, by, "done")

        self.one("Ola Diaz" if stage_2 else "Kim Lau", pick, goes_on)

    @rule(actor=PEOPLE, pick=PICK)
    def confirm(self, actor: str, pick: int) -> None:
        self.one(actor, pick, acts.confirm)

    @rule(actor=PEOPLE, pick=PICK, label=st.sampled_from(Label), reason=WORDS)
    def reclassify(self, actor: str, pick: int, label: Label, reason: str) -> None:
        self.one(actor, pick, lambda case, by: acts.reclassify(case, by, label, reason))

    @rule(actor=PEOPLE, pick=PICK, points=st.lists(WORDS, max_size=3), outcomes=st.lists(WORDS, max_size=2))
    def define(self, actor: str, pick: int, points: list[str], outcomes: list[str]) -> None:
        self.one(actor, pick, lambda case, by: acts.define(case, by, points, outcomes))

    @rule(actor=PEOPLE, pick=PICK, handler=PEOPLE)
    def assign(self, actor: str, pick: int, handler: str) -> None:
        self.one(actor, pick, lambda case, by: acts.assign(case, by, handler))

    @rule(actor=PEOPLE, pick=PICK, back=BACK)
    def acknowledge(self, actor: str, pick: int, back: int | None) -> None:
        self.one(actor, pick, lambda case, by: acts.acknowledge(case, by, self.day(back)))

    @rule(actor=PEOPLE, pick=PICK, days=st.integers(0, 25), reason=WORDS, good=st.booleans(), back=BACK)
    def extend(self, actor: str, pick: int, days: int, reason: str, good: bool, back: int | None) -> None:
        calendar = LANDLORD.calendar
        moved = self.one(
            actor,
            pick,
            lambda case, by: acts.extend(case, by, calendar, days, reason, good, self.day(back)),
        )
        if moved is None:
            return
        clock = Clock.STAGE_2_RESPONSE if moved.before.stage == 2 else Clock.STAGE_1_RESPONSE
        was, now = (
            next(x.due for x in case.deadlines(calendar, {}) if x.clock is clock)
            for case in (moved.before, moved.after)
        )
        late = moved.events[0].data["late"]
        assert now == (was if late else calendar.add(was, days)), "a late extension moves nothing"

    @rule(
        actor=PEOPLE,
        pick=PICK,
        outcome=st.sampled_from([*acts.OUTCOMES, "?"]),
        reasons=st.lists(st.sampled_from(["a seal", "not upheld: none found", "upheld:", " "]), max_size=3),
        back=BACK,
        decider=st.none() | PEOPLE,
        impact=WORDS,
    )
    def respond(
        self,
        actor: str,
        pick: int,
        outcome: str,
        reasons: list[str],
        back: int | None,
        decider: str | None,
        impact: str,
    ) -> None:
        day = self.day(back)
        self.one(actor, pick, lambda case, by: acts.respond(case, by, outcome, reasons, day, decider, impact))

    @rule(actor=PEOPLE, pick=PICK, back=BACK)
    def escalate(self, actor: str, pick: int, back: int | None) -> None:
        self.one(actor, pick, lambda case, by: acts.escalate(case, by, self.day(back)))

    @rule(actor=PEOPLE, pick=PICK, reason=WORDS)
    def close(self, actor: str, pick: int, reason: str) -> None:
        self.one(actor, pick, lambda case, by: acts.close(case, by, reason))

    @rule(actor=PEOPLE, pick=PICK, reason=WORDS)
    def reopen(self, actor: str, pick: int, reason: str) -> None:
        self.one(actor, pick, lambda case, by: acts.reopen(case, by, reason))

    @rule(
        actor=PEOPLE,
        pick=PICK,
        verb=st.sampled_from(sorted(RECORDS))
        | st.sampled_from(["withdraw", "refuse", "action", "remedy", "choice"]),
        choice=st.integers(0, 7),
        day=st.integers(-3, 3),
        left_out=st.sampled_from(["", "", "", "what", "reason", "evidence", "kind"]),
        done=st.sampled_from([None, None, 1, 2]),
    )
    def record(
        self, actor: str, pick: int, verb: str, choice: int, day: int, left_out: str, done: int | None
    ) -> None:
        def of_its_kind(case: Case, by: By) -> Event:
            its = RECORDS[verb]
            full = {x.key: value(x, choice, day, by, self.refs) for x in (*its.fields, *its.ended)}
            given = {k: v for k, v in full.items() if k not in {left_out, *but_one(its, choice)}}
            return record(its, case, by, given if done is None else {**given, "done": done})

        self.one(actor, pick, of_its_kind)

    def pair(self, actor: str, done: Callable[[Pair], Any]) -> None:
        self.attempt(actor, lambda by: done(Pair(self.db, LANDLORD, by)))

    @rule(actor=PEOPLE, one=PICK, other=PICK)
    def link(self, actor: str, one: int, other: int) -> None:
        self.pair(actor, lambda x: x.link(self.ref(one), self.ref(other)))

    @rule(actor=PEOPLE, one=PICK, other=PICK)
    def merge(self, actor: str, one: int, other: int) -> None:
        self.pair(actor, lambda x: x.merge(self.ref(one), self.ref(other)))

    @rule(actor=PEOPLE, one=PICK, other=PICK)
    def unmerge(self, actor: str, one: int, other: int) -> None:
        self.pair(actor, lambda x: x.unmerge(self.ref(one), self.ref(other)))

    @rule(actor=PEOPLE, pick=PICK, label=st.sampled_from(Label), point=WORDS, back=BACK)
    def split(self, actor: str, pick: int, label: Label, point: str, back: int | None) -> None:
        if len(self.refs) < 9:
            self.pair(actor, lambda x: x.split(self.ref(pick), label, (point,), (), self.day(back)))

    @rule(actor=PEOPLE, pick=PICK, point=WORDS, back=BACK)
    def complain(self, actor: str, pick: int, point: str, back: int | None) -> None:
        if len(self.refs) < 9:
            self.pair(actor, lambda x: x.complain(self.ref(pick), point, (), self.day(back)))

    @rule(actor=PEOPLE, pick=PICK, text=WORDS, related=st.booleans(), delays=st.booleans())
    def add_issue(self, actor: str, pick: int, text: str, related: bool, delays: bool) -> None:
        if len(self.refs) < 9:
            self.pair(actor, lambda x: x.add_issue(self.ref(pick), text, (), related, delays))

    @rule(actor=PEOPLE, one=PICK, other=PICK)
    def join(self, actor: str, one: int, other: int) -> None:
        self.attempt(actor, lambda by: joins.join(self.db, self.ref(one), self.ref(other), LANDLORD, by))

    @rule(actor=PEOPLE, pick=PICK, reason=WORDS, number=st.none() | st.integers(0, 3))
    def unjoin(self, actor: str, pick: int, reason: str, number: int | None) -> None:
        self.attempt(actor, lambda by: joins.unjoin(self.db, self.ref(pick), LANDLORD, by, reason, number))

    @rule(answers=ANSWERS, words=st.sampled_from(REPLIES), sender=st.sampled_from(SENDERS))
    def somebody_writes_again(self, answers: int, words: str, sender: str) -> None:
        self.comes_in(answers, words.format(reference=self.ref(answers)), sender)

    @rule(answers=ANSWERS, words=st.sampled_from(STAFFS))
    def staff_write_to_the_resident(self, answers: int, words: str) -> None:
        self.comes_in(answers, words, "Sam Reed <sam.reed@harrowmere.example>", f"Cc: {ADDRESS}\r\n")

    def comes_in(self, answers: int, body: str, sender: str, headers: str = "") -> None:
        """A further message: on a case, or about one; what it may be is put before a person."""
        number = int(self.db.execute("select count(*) from intake").fetchone()[0]) + 1
        if number > MOST_MESSAGES:
            return
        headers += f"In-Reply-To: <letter-{answers}@post.example>\r\n" if answers else ""
        take(
            self.db,
            letter(body, number=number, sent=self.now, headers=headers, sender=sender),
            now=self.now,
        )

    def offering(self, pick: int) -> str:
        """A case that puts something before a person, where there is one."""
        asks = [case.reference for case in self.every() if offers(case)]
        return asks[pick % len(asks)] if asks else self.ref(pick)

    def first(self, reference: str) -> int | None:
        """The number of the first thing that a case puts before a person."""
        found = next(case for case in self.every() if case.reference == reference)
        return next((x.number for x in offers(found)), None)

    @rule(
        actor=PEOPLE,
        pick=PICK,
        number=st.none() | st.integers(0, 12),
        as_act=st.sampled_from(["", ACKNOWLEDGEMENT, UPDATE, RESPONSE]),
        outcome=st.sampled_from(["", *acts.OUTCOMES]),
        reasons=st.lists(st.sampled_from(["a seal failed", "no staff came"]), max_size=2),
        impact=WORDS,
    )
    def accept(
        self,
        actor: str,
        pick: int,
        number: int | None,
        as_act: str,
        outcome: str,
        reasons: list[str],
        impact: str,
    ) -> None:
        reference = self.offering(pick)
        given = (number or self.first(reference), as_act, outcome, reasons, None, impact)
        self.attempt(actor, lambda by: joins.accept(self.db, reference, LANDLORD, by, *given))

    @rule(pick=PICK, as_act=st.sampled_from(["", UPDATE]))
    def what_it_puts_before_a_person_is_taken_up(self, pick: int, as_act: str) -> None:
        """As a careful person would, so that what follows on each kind of offer is met."""
        reference = self.offering(pick)
        case = next(x for x in self.every() if x.reference == reference)
        reasons = ["a seal failed"] * len(case.at_stage(case.stage).definition.points)
        given = (self.first(reference), as_act, "upheld", reasons, "Ola Diaz", "weeks of cold")
        self.attempt("Kim Lau", lambda by: joins.accept(self.db, reference, LANDLORD, by, *given))

    @rule(actor=PEOPLE, pick=PICK, number=st.none() | st.integers(1, 12), reason=WORDS)
    def decline(self, actor: str, pick: int, number: int | None, reason: str) -> None:
        self.attempt(
            actor, lambda by: joins.decline(self.db, self.offering(pick), LANDLORD, by, reason, number)
        )

    @invariant()
    def what_is_put_before_a_person_is_answered_once_and_no_more_put(self) -> None:
        for case in self.every():
            answered = [x.data["offer"] for x in case.of(Kind.ANSWERED)]
            assert len(answered) == len(set(answered))
            made = {n for n, x in enumerate(case.history, 1) if x.kind in (Kind.SUGGESTED, Kind.JOINED)}
            assert set(answered) <= made
            assert not {x.number for x in offers(case)} & set(answered)

    @invariant()
    def who_chose_not_to_complain_is_not_made_to(self) -> None:
        for case in self.every():
            chosen = ""
            for x in case.history:
                if x.kind is Kind.CHOICE:
                    chosen = x.data["result"]
                assert not (x.kind is Kind.ACKNOWLEDGED and chosen == "declined")
            assert case.choice != "declined" or not case.deadlines(LANDLORD.calendar, {})

    @invariant()
    def no_event_was_changed_and_the_chain_holds(self) -> None:
        rows = self.db.execute("select * from events order by id").fetchall()
        assert rows[: len(self.seen)] == self.seen, "events are only ever added"
        self.seen = rows
        assert not list(events.broken_links(self.db)) and not events.cut_off(self.db)

    @invariant()
    def what_is_stored_is_what_its_events_say(self) -> None:
        for row in cases.listing(self.db, cases.Filter(closed=None)):
            case = fold(row.reference, events.history(self.db, row.reference))
            due = case.next_due(LANDLORD.calendar, LANDLORD.targets)
            assert (row.label, row.next_due) == (case.label, due.due if due else None)
            head = self.db.execute(
                "select events, version, closed from heads join cases on case_ref = reference "
                "where reference = ?",
                [row.reference],
            ).fetchone()
            assert head[:2] == (case.version, case.version) and bool(head[2]) is bool(case.closed)

    @invariant()
    def every_message_is_in_a_case_and_every_receipt_is_that_of_one(self) -> None:
        every = self.every()
        held = {row[0] for row in self.db.execute("select id from messages")}
        assert held == {x for case in every if not case.closed or not case.joined_into for x in case.messages}
        for case in every:
            assert case.messages or case.joined_into
            assert case.received <= max(
                datetime.fromisoformat(x.data["received"]) for x in case.of(Kind.OPENED)
            )

    @invariant()
    def a_stage_is_defined_and_assessed_then_acknowledged_then_answered(self) -> None:
        for case in self.every():
            so_far: set[Any] = set()
            points: dict[Any, int] = {}
            for x in case.history:
                stage = x.data.get("stage")
                assert stage in (None, 1, 2), "there are exactly two stages"
                match x.kind:
                    case Kind.DEFINED:
                        points[x.data["stage"]] = len(x.data["points"])
                    case Kind.ACKNOWLEDGED:
                        assert {(Kind.DEFINED, stage), (Kind.ASSESSED, None)} <= so_far
                        assert (Kind.ACKNOWLEDGED, stage) not in so_far
                    case Kind.EXTENDED:
                        assert (Kind.ACKNOWLEDGED, stage) in so_far
                    case Kind.RESPONDED:
                        assert (Kind.ACKNOWLEDGED, stage) in so_far and (x.kind, stage) not in so_far
                        decided = x.data["decisions"]
                        assert len(decided) == points[stage], "every point is decided"
                        assert all(y["reason"] and y["outcome"] in acts.OUTCOMES for y in decided)
                    case Kind.ESCALATED:
                        assert (Kind.RESPONDED, 1) in so_far and (x.kind, None) not in so_far
                so_far.add((x.kind, stage))
            for stage in (case.first, case.second):
                if stage.responded:
                    given = [
                        x for x in case.of(Kind.RESPONDED) if x.data["day"] == stage.responded.isoformat()
                    ]
                    assert len(given[-1].data["decisions"]) == len(stage.definition.points)

    @invariant()
    def who_finds_a_fault_has_considered_how_it_affected_the_resident(self) -> None:
        for case in self.every():
            assert not impact_lacks(case)

    @invariant()
    def stage_2_is_decided_by_somebody_else(self) -> None:
        for case in self.every():
            first = (*case.first.deciders, case.first.handler if case.escalated else "")
            for person in filter(None, (case.second.handler, *case.second.deciders)):
                assert not any(same_person(person, x) for x in first)

    @invariant()
    def no_closed_case_has_an_open_promise(self) -> None:
        for case in self.every():
            assert not (case.closed and open_promises(case))
            assert not (case.closed and not case.merged_into and not case.joined_into and open_duties(case))

    @invariant()
    def only_people_decide(self) -> None:
        decided = {Kind.REFUSED, Kind.CLOSED, Kind.WITHDRAWN, Kind.RESPONDED, Kind.DEFINED, Kind.CONFIRMED}
        decided |= {Kind.ANSWERED, Kind.ESCALATED, Kind.CHOICE, Kind.MARKED}
        for case in self.every():
            for x in case.of(*decided, Kind.RECLASSIFIED, Kind.ACKNOWLEDGED, Kind.REMEDY):
                assert not same_person(x.actor, "putright")
            for x in case.of(Kind.REFUSED):
                assert x.data["evidence"] and x.data["discretion"] and x.data["ombudsman_told"]

    @invariant()
    def no_complaint_waits_without_a_date(self) -> None:
        for case in self.every():
            due = case.next_due(LANDLORD.calendar, {})
            if case.closed or not case.runs_complaint_clocks:
                assert due is None
            elif case.at_stage(case.stage).responded is None:
                assert due is not None


def play(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        EverySequence,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_no_sequence_of_acts_breaks_a_rule() -> None:
    play(25, 30)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_no_longer_sequence_of_acts_breaks_a_rule() -> None:
    play(300, 60)
