"""Random lives of complaints: every due date, met or missed, as a second reckoning from the Code's text says."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from putright.cases import acts
from putright.cases.acts import By
from putright.cases.case import Case, fold
from putright.cases.errors import Refused
from putright.cases.events import Event
from putright.cases.labels import Decision, Label
from putright.cases.life import matters
from putright.cases.limits import Clock
from putright.cases.record import record
from putright.cases.records.afterwards import OMBUDSMAN
from putright.cases.records.assessment import ASSESS
from putright.cases.records.contact import CHOICE
from putright.cases.records.ending import WITHDRAW
from putright.cases.records.refusal import REFUSE
from putright.cases.working_days import england
from tests.cases.a_case import ASSESSED, REF, opened
from tests.cases.oracle import NO_COMPLAINT, Expected, local

ENGLAND = england()
QUICKLY, THOROUGHLY = 1_500, 20_000
"""How many lives `make test` and `make slow` live."""

STEPS = (
    *("go on", "go on", "go on", "go on", "go on"),
    *("acknowledge", "extend", "extend", "extend", "respond", "escalate"),
    *("decline", "accept", "withdraw", "reopen", "close", "refuse", "order", "reclassify", "put back"),
)


class Step(NamedTuple):
    """One thing somebody does: how long after the one before, by how many days it is dated back, and a number."""

    what: str
    hours: int
    back: int
    number: int
    good: bool


_HOURS = st.sampled_from((0, 1, 5, 13, 24, 25, 30, 47, 48, 72, 96, 120, 168, 240, 340, 600))
STEP = st.builds(Step, st.sampled_from(STEPS), _HOURS, st.integers(0, 4), st.integers(1, 24), st.booleans())
_EDGES = [
    datetime(year, month, day, hour, minute, tzinfo=UTC)
    for year, month, day in (
        *((2024, 10, 27), (2025, 3, 30), (2025, 10, 26), (2026, 3, 29), (2026, 10, 25), (2027, 3, 28)),
        *((2024, 12, 24), (2025, 4, 17), (2026, 12, 24), (2026, 12, 31), (2027, 12, 24), (2024, 5, 3)),
        *((2025, 2, 28), (2026, 4, 2), (2026, 8, 30)),
    )
    for hour, minute in ((0, 0), (0, 59), (1, 0), (17, 1), (22, 59), (23, 0), (23, 59))
]
_FIRST, _LAST = datetime(2024, 4, 3), datetime(2027, 3, 31)  # noqa: DTZ001 - hypothesis gives them their zone
RECEIPTS = st.datetimes(_FIRST, _LAST, timezones=st.just(UTC)) | st.sampled_from(_EDGES)
STARTS = st.sampled_from(("complaint", "complaint", "complaint", "request turned", "unsure", "misread"))
TARGETS = st.none() | st.integers(1, 5)
REQUEST_TARGETS = st.none() | st.integers(1, 60)
LIVES = st.tuples(
    RECEIPTS, STARTS, TARGETS, REQUEST_TARGETS, st.integers(0, 9), st.lists(STEP, min_size=4, max_size=16)
)
Life = tuple[datetime, str, int | None, int | None, int, list[Step]]


class Lived:
    """One life: our case and what is expected of it, told the same acts."""

    def __init__(self, life: Life) -> None:
        self.now, self.start, target, request_target, self.wait, self.steps = life
        targets = {Clock.STAGE_1_ACKNOWLEDGEMENT: target, Clock.SERVICE_REQUEST: request_target}
        self.targets = {clock: days for clock, days in targets.items() if days}
        self.events = self._opened()
        self.case = fold(REF, self.events)
        self.expected = Expected(self.first_day, target, request_target)
        if self.start == "misread":
            self.expected.stops.add(NO_COMPLAINT)
        self.expected.named = self.start not in ("misread", "unsure")

    def _opened(self) -> list[Event]:
        self.first_day = local(self.now).date()
        if self.start == "unsure":
            return [opened(self.now, Label.OTHER, Decision.ASK, flags=[])]
        if self.start == "misread":
            return [opened(self.now, Label.SERVICE_REQUEST, flags=[])]
        if self.start == "request turned":
            request = fold("HC-2026-0009", [opened(self.now, Label.SERVICE_REQUEST)])
            self.now += timedelta(days=self.wait)
            by = By("Ola", self.now)
            back = min(self.wait, 3)
            self.first_day = self.today - timedelta(days=back)
            received = matters.receipt(request, by, self.first_day)
            return [matters.opened_from(request, by, Label.COMPLAINT, received, ("rude",), ("sorry",))]
        return [opened(self.now)]

    @property
    def today(self) -> date:
        return local(self.now).date()

    def run(self) -> None:
        self.check("as it was opened")
        for step in self.steps:
            self.now += timedelta(hours=step.hours)
            if self.today > date(2028, 3, 1):
                return
            self.live(step)
            self.check(step.what)

    def live(self, step: Step) -> None:
        what = step.what
        if what == "go on":
            what = self._next()
        day = self.today - timedelta(days=step.back)
        getattr(self, "_" + what.replace(" ", "_"))(step, day)

    def _next(self) -> str:
        stage = self.expected.stage
        if not self.expected.named:
            return "put back"
        if not stage.acknowledged:
            return "acknowledge"
        return "escalate" if stage.responded else "respond"

    def _do(
        self, act: Callable[[Case, By], Event], expected: bool | None, person: str = "Ola"
    ) -> Event | None:
        """One act on our case; `expected` is whether the Code lets it stand."""
        try:
            event = self.apply(act, By(person, self.now))
        except Refused as refusal:
            assert expected is False, f"refused: {refusal}"
            return None
        assert expected is not False, f"not refused: {event}"
        return event

    def apply(self, act: Callable[[Case, By], Event], by: By) -> Event:
        """One act, checked and written down. Raises Refused."""
        event = act(self.case, by)
        self.events.append(event)
        self.case = fold(REF, self.events)
        return event

    def _freely(self, act: Callable[[Case, By], Event]) -> bool:
        """One act whose refusal is not the point."""
        try:
            self.apply(act, By("Ola", self.now))
        except Refused:
            return False
        return True

    def _acknowledge(self, step: Step, day: date) -> None:
        self._freely(lambda case, by: acts.define(case, by, ["the leak"], ["a repair"]))
        self._freely(lambda case, by: record(ASSESS, case, by, ASSESSED))
        self._do(
            lambda case, by: acts.acknowledge(case, by, day),
            self.expected.acknowledge(day, self.today),
        )

    def _extend(self, step: Step, day: date) -> None:
        expected = self.expected.extend(step.number, step.good, day, self.today)
        event = self._do(
            lambda case, by: acts.extend(case, by, ENGLAND, step.number, "scaffold", step.good, day), expected
        )
        if event:
            assert event.data["late"] is (expected is None), "a late notice is taken down and flagged as late"

    def _respond(self, step: Step, day: date) -> None:
        person = f"decider {len(self.expected.stages)}"
        self._do(
            lambda case, by: acts.respond(case, by, "upheld", ["a seal failed"], day, impact="cold"),
            self.expected.respond(day, self.today),
            person,
        )

    def _escalate(self, step: Step, day: date) -> None:
        self._do(lambda case, by: acts.escalate(case, by, day), self.expected.escalate(day, self.today))

    def _recorded(self, act: Any, **given: Any) -> bool:
        return self._freely(lambda case, by: record(act, case, by, given))

    def _decline(self, step: Step, day: date) -> None:
        if self._recorded(CHOICE, result="declined"):
            self.expected.stops.add("declined")

    def _accept(self, step: Step, day: date) -> None:
        if self._recorded(CHOICE, result="accepted"):
            self.expected.stops.discard("declined")

    def _withdraw(self, step: Step, day: date) -> None:
        if self._recorded(WITHDRAW, reason="sorted"):
            self.expected.stops.add("withdrawn")
            self.expected.closed = self.today

    def _reopen(self, step: Step, day: date) -> None:
        if self._freely(lambda case, by: acts.reopen(case, by, "not sorted")):
            self.expected.closed = None
            self.expected.stops.discard("withdrawn")

    def _close(self, step: Step, day: date) -> None:
        if self._freely(lambda case, by: acts.close(case, by, "done")):
            self.expected.closed = self.today

    def _refuse(self, step: Step, day: date) -> None:
        if self._recorded(
            REFUSE,
            ground="other",
            reason="why",
            evidence="file",
            discretion="none",
            vulnerability="none known",
            ombudsman_told=True,
        ):
            self.expected.stops.add("refused")

    def _order(self, step: Step, day: date) -> None:
        if self._recorded(OMBUDSMAN, kind="acceptance", what="take it"):
            if "refused" in self.expected.stops:
                self.expected.closed = None
            self.expected.stops.discard("refused")

    def _reclassify(self, step: Step, day: date) -> None:
        if self._freely(lambda case, by: acts.reclassify(case, by, Label.SERVICE_REQUEST, "a first report")):
            self.expected.stops.add(NO_COMPLAINT)
            self.expected.named = False

    def _put_back(self, step: Step, day: date) -> None:
        if self._freely(lambda case, by: acts.reclassify(case, by, Label.COMPLAINT, "it is one")):
            self.expected.stops.discard(NO_COMPLAINT)
            self.expected.named = True

    def check(self, after: str) -> None:
        """Our dates and verdicts are those expected."""
        found = self.case.deadlines(ENGLAND, self.targets)
        ours = {x.clock.value: (x.due, x.met) for x in found}
        assert ours == self.expected.dates(), after
        target = [(x.target, x.target_met) for x in found if x.target]
        assert target == ([self.expected.target()] if self.expected.target() else []), after
        due = self.case.next_due(ENGLAND, self.targets)
        assert (due.due if due else None) == self.expected.next_due(), after


def live(life: Life) -> None:
    Lived(life).run()


every_date = given(life=LIVES)
at_ease = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))


@settings(at_ease, max_examples=QUICKLY)
@every_date
def test_every_date_and_verdict_is_the_oracles(life: Life) -> None:
    live(life)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@settings(at_ease, max_examples=THOROUGHLY)
@every_date
def test_every_date_and_verdict_is_the_oracles_in_20_000_lives(life: Life) -> None:
    live(life)
