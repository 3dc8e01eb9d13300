"""Confining a case: who may see it, and what each refusal says."""

from datetime import date

import pytest

from putright.cases import acts
from putright.cases.case import Case
from putright.cases.duties import Owed, duties
from putright.cases.errors import Refused
from putright.cases.events import Event
from tests.cases.a_case import Act, after, on

PRIYA = on("2026-11-23")


def assign(handler: str) -> Act:
    return lambda case: acts.assign(case, PRIYA, handler)


def confine(*to: str, reason: str = "about staff", due: date | None = None) -> Act:
    return lambda case: acts.confine(case, PRIYA, to, reason, due)


def unconfine(case: Case) -> Event:
    return acts.unconfine(case, PRIYA, "the matter is settled")


@pytest.mark.parametrize(
    ("done", "seers"),
    [
        pytest.param((confine("Kim Lau"),), ("Kim Lau",), id="the person named"),
        pytest.param(
            (assign("Ann"), confine("Kim Lau", "Kim Lau")), ("Ann", "Kim Lau"), id="its handler, each once"
        ),
        pytest.param((confine("Kim Lau"), assign("Ann")), ("Ann", "Kim Lau"), id="whoever handles it later"),
        pytest.param((confine(),), (), id="nobody but leads"),
        pytest.param(
            (confine("Kim Lau"), confine("Lee Dunn")), ("Lee Dunn",), id="the last act names them all"
        ),
    ],
)
def test_who_may_see_a_confined_case(done: tuple[Act, ...], seers: tuple[str, ...]) -> None:
    case = after(*done)
    assert case.confined and case.seers == seers


def test_its_review_is_owed_until_everybody_may_see_it_again() -> None:
    case = after(confine(due=date(2027, 1, 4)))
    assert [x.due for x in duties(case) if x.kind is Owed.CONFINEMENT] == [date(2027, 1, 4)]
    assert after(confine()).confined.due == date(2027, 2, 22), "13 weeks where no day is given"  # type: ignore[union-attr]
    again = after(confine(), unconfine)
    assert again.confined is None and not [x for x in duties(again) if x.kind is Owed.CONFINEMENT]


@pytest.mark.parametrize(
    ("done", "act", "says"),
    [
        pytest.param((), confine(reason=" "), "Say why the case is confined", id="without a reason"),
        pytest.param(
            (), confine(due=date(2026, 11, 22)), "A review is on a day from today on", id="a review gone by"
        ),
        pytest.param((), confine("…"), "Name the person after --to", id="a name that is none"),
        pytest.param((), unconfine, "HC-2026-0001 is not confined.", id="not confined"),
        pytest.param(
            (confine(),),
            lambda case: acts.unconfine(case, PRIYA, ""),
            "Say why everybody may see the case again",
            id="no reason to lift it",
        ),
    ],
)
def test_what_is_refused(done: tuple[Act, ...], act: Act, says: str) -> None:
    with pytest.raises(Refused, match=says):
        after(*done, act)
