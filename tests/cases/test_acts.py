"""What holds of every act on a case: a closed one refuses them, and the day is that of London."""

from datetime import date

import pytest

from putright.cases import acts
from putright.cases.acts import By
from putright.cases.errors import Refused
from putright.cases.labels import Label
from tests.cases.a_case import Act, after, assess, on, opened
from tests.cases.some_acts import (
    PRIYA,
    acknowledge,
    assign,
    close,
    define,
    escalate,
    extend,
    respond,
)


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


def test_an_act_just_after_midnight_in_london_is_of_that_day() -> None:
    event = acts.acknowledge(after(define, assess, first=opened()), on("2026-11-23", 23))
    assert event.data["day"] == "2026-11-23"
    summer = By("Priya Shah", on("2026-07-06", 23).at)  # 00:00 in London
    assert summer.today == date(2026, 7, 7)
