"""Acts as the tests do them, and cases that have had some."""

import pytest

from putright.cases import acts
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Event, Kind
from putright.cases.labels import Decision, Label
from putright.cases.record import Act as Described
from putright.cases.record import record
from putright.cases.records.ending import WITHDRAW
from putright.cases.working_days import england
from tests.cases.a_case import Act, assess, on, opened

ENGLAND = england()
PRIYA = on("2026-11-23")
LATER = on("2026-12-01")


def define(case: Case) -> Event:
    return acts.define(case, PRIYA, ["the leak"], ["a repair"])


def acknowledge(case: Case) -> Event:
    return acts.acknowledge(case, PRIYA)


def respond(case: Case) -> Event:
    return acts.respond(case, LATER, "upheld", ["the boiler failed"], impact=IMPACT)


def escalate(case: Case) -> Event:
    return acts.escalate(case, on("2026-12-02"))


def close(case: Case) -> Event:
    return record(WITHDRAW, case, LATER, {"reason": "content now"})


def assign(handler: str) -> Act:
    return lambda case: acts.assign(case, PRIYA, handler)


def extend(days: int, by: By = PRIYA, reason: str = "complex", good_reason: bool = False) -> Act:
    return lambda case: acts.extend(case, by, ENGLAND, days, reason, good_reason)


WHY = ["it failed"]
IMPACT = "weeks of cold"
ACKNOWLEDGED = (define, assess, acknowledge)
ANSWERED = (*ACKNOWLEDGED, respond)
STAGE_2 = (*ANSWERED, escalate)


def define_2(case: Case) -> Event:
    return acts.define(case, on("2026-12-03"), ["still leaking"], ["a repair"])


def acknowledge_2(case: Case) -> Event:
    return acts.acknowledge(case, on("2026-12-04"))


def respond_2(case: Case) -> Event:
    return acts.respond(
        case, on("2026-12-10", actor="Ola"), "partly upheld", ["a part failed"], impact=IMPACT
    )


ACKNOWLEDGED_2 = (*STAGE_2, define_2, acknowledge_2)
ANSWERED_2 = (*ACKNOWLEDGED_2, respond_2)
SERVICE_REQUEST = opened(label=Label.SERVICE_REQUEST)
UNSURE = opened(decision=Decision.ASK)
UNSURE_OTHER = opened(label=Label.OTHER, decision=Decision.ASK)


def refused(case: Case, act: Act, sentence: str, paragraph: str) -> None:
    """The act is refused with this sentence and this paragraph of the Code."""
    with pytest.raises(Refused) as error:
        act(case)
    assert str(error.value) == (f"{sentence} (Code {paragraph})" if paragraph else sentence)
    assert error.value.paragraph == paragraph


def but_one(act: Described, pick: int) -> set[str]:
    """What is left out of an act that is told one thing of several."""
    one_of = ("answered", "since", "not_one") if act.kind is Kind.MARKED else ()
    return {x for n, x in enumerate(one_of) if n != pick % len(one_of)}
