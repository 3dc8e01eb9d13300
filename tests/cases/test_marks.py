"""Duties beside the label: who says that one is done, of another day, or none, and what is refused."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from putright.cases.acts import By
from putright.cases.case import Case, fold
from putright.cases.errors import Refused
from putright.cases.events import Event, Kind
from putright.cases.labels import Mark
from putright.cases.marks import Standing
from putright.cases.record import record
from putright.cases.records.mark import MARK
from tests.cases.a_case import RECEIVED, REF, Act, after, on, opened

LATER = on("2026-12-01")
MARKED = opened(marks=["sar", "group"])
SINCE_25 = datetime(2026, 11, 25, tzinfo=UTC)


def mark(by: By = LATER, of: str = "sar", **given: Any) -> Act:
    return lambda case: record(MARK, case, by, {"mark": of, **given})


def again(day: int, *, message: str = "m2", **more: Any) -> Act:
    """A further message that brings the same mark."""
    at = datetime(2026, 12, day, 9, tzinfo=UTC)
    data = {"message": message, "marks": ["sar"], "marked": at.isoformat(), **more}
    return lambda _: Event(Kind.JOINED, at, "putright", data)


@pytest.mark.parametrize(
    ("acts", "stands"),
    [
        pytest.param((), Standing(RECEIVED), id="as the message brought it"),
        pytest.param(
            (mark(answered=date(2026, 11, 30)),), Standing(RECEIVED, date(2026, 11, 30)), id="answered"
        ),
        pytest.param(
            (mark(answered=date(2026, 11, 20)),),
            Standing(RECEIVED, date(2026, 11, 20)),
            id="answered on the day it came",
        ),
        pytest.param((mark(answered=date(2026, 12, 1)),), Standing(RECEIVED, date(2026, 12, 1)), id="today"),
        pytest.param(
            (mark(since=SINCE_25),), Standing(SINCE_25), id="its clock starts later, once it was clear"
        ),
        pytest.param(
            (mark(answered=date(2026, 11, 30)), mark(since=SINCE_25)),
            Standing(SINCE_25),
            id="not answered after all",
        ),
        pytest.param((mark(not_one=True, note="a rent account"),), None, id="none after all"),
        pytest.param(
            (mark(not_one=True, note="a rent account"), mark(since=SINCE_25)),
            Standing(SINCE_25),
            id="one after all",
        ),
        pytest.param((again(2),), Standing(RECEIVED), id="asked again before it was answered"),
        pytest.param(
            (mark(answered=date(2026, 11, 30)), again(2)),
            Standing(datetime(2026, 12, 2, 9, tzinfo=UTC)),
            id="asked anew after it was answered",
        ),
        pytest.param(
            (again(1), mark(answered=date(2026, 12, 1))),
            Standing(RECEIVED, date(2026, 12, 1)),
            id="asked again on the day it was answered",
        ),
        pytest.param(
            (mark(not_one=True, note="a rent account"), again(2)),
            Standing(datetime(2026, 12, 2, 9, tzinfo=UTC)),
            id="a later message asks for it all the same",
        ),
    ],
)
def test_what_stands_and_since_when(acts: tuple[Act, ...], stands: Standing | None) -> None:
    case = after(*acts, first=MARKED)
    assert case.standing_marks.get(Mark.SAR) == stands
    assert case.marks.get(Mark.SAR) == (stands.since if stands else None)
    assert (Mark.SAR in case.open_marks) is (stands is not None and stands.answered is None)
    assert case.marks[Mark.GROUP] == RECEIVED, "the others are left alone"


SAY_ONE = (
    "Say one of these: --answered 2026-12-18 (it was answered), --since 2026-11-23 (its clock runs from then), or "
    '--not-one --note "…" (it is no such thing).'
)


@pytest.mark.parametrize(
    ("case", "act", "sentence"),
    [
        pytest.param(
            after(first=MARKED),
            mark(answered=date(2026, 11, 19)),
            "--answered Thu 19 Nov 2026 lies before receipt on Fri 20 Nov 2026: check the date.",
            id="answered before receipt",
        ),
        pytest.param(
            after(mark(since=SINCE_25), first=MARKED),
            mark(answered=date(2026, 11, 24)),
            "--answered Tue 24 Nov 2026 lies before the subject access request was received on Wed 25 Nov 2026: check "
            "the date.",
            id="answered before it was made",
        ),
        pytest.param(
            after(first=MARKED),
            mark(answered=date(2026, 12, 2)),
            "--answered is a day that has been, and Wed 2 Dec 2026 has not come yet.",
            id="answered tomorrow",
        ),
        pytest.param(
            after(first=MARKED),
            mark(since=datetime(2026, 11, 19, 12, tzinfo=UTC)),
            "--since Thu 19 Nov 2026 lies before receipt on Fri 20 Nov 2026: check the date.",
            id="made before receipt",
        ),
        pytest.param(
            after(first=MARKED),
            mark(since=datetime(2026, 12, 1, 11, tzinfo=UTC)),
            "--since is a time that has been: check it.",
            id="made later",
        ),
        pytest.param(
            after(mark(answered=date(2026, 11, 30)), first=MARKED),
            mark(answered=date(2026, 12, 1)),
            "The subject access request was answered on Mon 30 Nov 2026 already. If it was not: putright case mark "
            "HC-2026-0001 sar --since 2026-11-20 starts its clock again.",
            id="answered twice",
        ),
        pytest.param(
            after(first=MARKED),
            mark(of="dp_complaint", answered=date(2026, 12, 1)),
            "HC-2026-0001 is marked as no data protection complaint. If it is one: putright case mark HC-2026-0001 "
            "dp_complaint --since, with the day it was received.",
            id="answered and never made",
        ),
        pytest.param(
            after(first=MARKED),
            mark(not_one=True),
            'Say why it is no subject access request: --note "…".',
            id="none, for no reason",
        ),
        pytest.param(after(first=MARKED), mark(), SAY_ONE, id="nothing said of it"),
        pytest.param(
            after(first=MARKED),
            mark(answered=date(2026, 12, 1), not_one=True, note="x"),
            SAY_ONE,
            id="two things at once",
        ),
        pytest.param(
            after(first=MARKED),
            mark(of="group", not_one=True, note="x"),
            "mark is one of: sar, dp_complaint, possible_breach.",
            id="a mark without a clock",
        ),
    ],
)
def test_what_is_refused(case: Case, act: Act, sentence: str) -> None:
    with pytest.raises(Refused) as error:
        act(case)
    assert str(error.value) == sentence


def test_only_a_person_says_that_it_is_done() -> None:
    with pytest.raises(Refused, match="putright"):
        mark(By("putright", LATER.at), answered=date(2026, 12, 1))(after(first=MARKED))


def test_a_case_that_ended_in_another_gives_it_only_what_is_still_open() -> None:
    case = after(mark(answered=date(2026, 11, 30)), first=MARKED)
    assert set(case.open_marks) == {Mark.GROUP}
    assert fold(REF, case.history).standing_marks == case.standing_marks


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (mark(answered=date(2026, 11, 30)), "Subject access request answered on Mon 30 Nov 2026."),
        (
            mark(answered=date(2026, 11, 30), note="by the data team"),
            "Subject access request answered on Mon 30 Nov 2026: by the data team.",
        ),
        (mark(since=SINCE_25), "Subject access request: its clock runs from Wed 25 Nov 2026."),
        (mark(not_one=True, note="a rent account"), "No subject access request: a rent account."),
    ],
)
def test_how_it_is_told(act: Act, said: str) -> None:
    assert MARK.told(act(after(first=MARKED)).data) == said
