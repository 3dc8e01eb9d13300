"""The 2022 Code for acts before 1 April 2024, the change of Codes, and the limits on extensions of both."""

from datetime import date

import pytest

from putright.cases.deadlines import Deadline, Milestones, deadlines
from putright.cases.errors import Refused
from putright.cases.limits import EXTENSIONS, LIMITS, Clock, extension, newest_first
from putright.cases.working_days import england

ENGLAND = england()
D = date.fromisoformat
ACK_1, ANSWER_1 = Clock.STAGE_1_ACKNOWLEDGEMENT, Clock.STAGE_1_RESPONSE
ACK_2, ANSWER_2 = Clock.STAGE_2_ACKNOWLEDGEMENT, Clock.STAGE_2_RESPONSE


def found(received: str, **days: str) -> dict[Clock, Deadline]:
    of = Milestones(D(received), **{name: D(day) for name, day in days.items()})  # type: ignore[arg-type]
    return {x.clock: x for x in deadlines(of, ENGLAND)}


@pytest.mark.parametrize(
    ("days", "code", "due", "met"),
    [
        pytest.param(
            ("2023-11-03", None), "2022", "2023-11-08", None, id="five calendar days, over a weekend"
        ),
        pytest.param(("2023-12-22", None), "2022", "2023-12-27", None, id="they run on over Christmas"),
        pytest.param(("2023-11-03", "2023-11-08"), "2022", "2023-11-08", True, id="done on the fifth day"),
        pytest.param(("2023-11-03", "2023-11-09"), "2022", "2023-11-08", False, id="done on the sixth day"),
        pytest.param(
            ("2024-03-21", None), "2022", "2024-03-26", None, id="due by 28 March under either Code"
        ),
        pytest.param(
            ("2024-03-22", None), "2024", "2024-04-02", None, id="five working days reach into April"
        ),
        pytest.param(("2024-03-22", "2024-03-31"), "2022", "2024-03-27", False, id="done on 31 March 2024"),
        pytest.param(("2024-03-22", "2024-04-01"), "2024", "2024-04-02", True, id="done on 1 April 2024"),
        pytest.param(("2024-04-01", None), "2024", "2024-04-08", None, id="received on 1 April 2024"),
    ],
)
def test_the_acknowledgement_runs_under_the_code_of_the_day_it_is_given(
    days: tuple[str, str | None], code: str, due: str, met: bool | None
) -> None:
    received, acknowledged = days
    deadline = found(received, **({"acknowledged": acknowledged} if acknowledged else {}))[ACK_1]
    assert (deadline.code, deadline.due, deadline.met) == (code, D(due), met)
    assert deadline.paragraph == {"2022": "4.1", "2024": "6.2"}[code]
    assert deadline.limit == {"2022": "5 days", "2024": "5 working days"}[code]
    assert deadline.working[-1].day == D(due)


@pytest.mark.parametrize(
    ("days", "code", "due"),
    [
        pytest.param({}, "2024", "2024-04-03", id="nobody acknowledges: the backstop lies in April"),
        pytest.param({"acknowledged": "2024-03-14"}, "2022", "2024-03-27", id="both Codes end it in March"),
        pytest.param({"acknowledged": "2024-03-20"}, "2024", "2024-04-05", id="still open: it ends in April"),
        pytest.param(
            {"acknowledged": "2024-03-20", "responded": "2024-03-31"},
            "2022",
            "2024-03-27",
            id="answered 31 March",
        ),
        pytest.param(
            {"acknowledged": "2024-03-20", "responded": "2024-04-01"},
            "2024",
            "2024-04-05",
            id="answered 1 April",
        ),
    ],
)
def test_the_response_to_a_complaint_of_13_march_2024(days: dict[str, str], code: str, due: str) -> None:
    deadline = found("2024-03-13", **days)[ANSWER_1]
    assert (deadline.code, deadline.due) == (code, D(due))
    assert deadline.paragraph == {"2022": "5.1", "2024": "6.3"}[code]
    assert deadline.starts == {"2022": "received", "2024": "acknowledged"}[code]


def test_answering_in_time_never_changes_the_date_it_was_due() -> None:
    waiting = found("2024-03-13", acknowledged="2024-03-20")[ANSWER_1]
    answered = found("2024-03-13", acknowledged="2024-03-20", responded="2024-04-05")[ANSWER_1]
    assert answered.due == waiting.due and answered.met


def test_under_the_2022_code_stage_2_had_no_acknowledgement_and_counted_from_the_request() -> None:
    dates = found("2023-09-01", acknowledged="2023-09-04", responded="2023-09-12", escalated="2023-12-01")
    assert ACK_2 not in dates
    final = dates[ANSWER_2]
    assert (final.due, final.code, final.paragraph, final.starts) == (
        D("2024-01-03"),
        "2022",
        "5.13",
        "escalated",
    )
    assert (final.backstop, final.provisional) == (None, "")
    assert final.may_extend_to == D("2024-01-17"), "ten working days, not twenty"


@pytest.mark.parametrize(
    ("escalated", "clocks"),
    [
        pytest.param("2024-03-21", {ANSWER_2}, id="to be acknowledged by 28 March: no such rule yet"),
        pytest.param("2024-03-22", {ACK_2, ANSWER_2}, id="to be acknowledged by 2 April: 6.11 holds"),
    ],
)
def test_stage_2_asked_for_before_the_change_and_still_open_after_it(
    escalated: str, clocks: set[Clock]
) -> None:
    dates = found("2024-02-01", acknowledged="2024-02-02", responded="2024-02-15", escalated=escalated)
    assert dates.keys() - {ACK_1, ANSWER_1} == clocks
    assert (dates[ANSWER_2].code, dates[ANSWER_2].paragraph) == ("2024", "6.14")


def test_stage_2_acknowledged_is_enough_to_count_from() -> None:
    dates = found("2024-02-01", acknowledged="2024-02-05", stage_2_acknowledged="2024-05-01")
    assert (dates[ANSWER_2].due, dates[ANSWER_2].start) == (D("2024-05-31"), D("2024-05-01"))


@pytest.mark.parametrize(
    ("received", "known"),
    [
        pytest.param("2022-03-26", False, id="due on 31 March 2022: before any Code kept here"),
        pytest.param("2022-03-27", True, id="due on 1 April 2022: the first day of the 2022 Code"),
    ],
)
def test_before_the_first_code_there_is_no_rule(received: str, known: bool) -> None:
    if known:
        assert found(received)[ACK_1].code == "2022"
        return
    with pytest.raises(
        Refused, match="rule for the stage 1 acknowledgement from Fri 1 Apr 2022 on, so it cannot say"
    ):
        found(received)


@pytest.mark.parametrize(
    ("clock", "on", "days", "paragraph", "notice"),
    [
        pytest.param(ANSWER_1, "2024-03-31", 10, "5.2", "5.3", id="stage 1, the last day of the 2022 Code"),
        pytest.param(ANSWER_1, "2024-04-01", 10, "6.4", "6.5", id="stage 1, the first day of the 2024 Code"),
        pytest.param(ANSWER_2, "2024-03-31", 10, "5.13", "5.15", id="stage 2, the last day of the 2022 Code"),
        pytest.param(
            ANSWER_2, "2024-04-01", 20, "6.15", "6.16", id="stage 2, the first day of the 2024 Code"
        ),
        pytest.param(
            ANSWER_2, "2022-04-01", 10, "5.13", "5.15", id="stage 2, the first day of the 2022 Code"
        ),
    ],
)
def test_how_far_a_response_may_be_extended(
    clock: Clock, on: str, days: int, paragraph: str, notice: str
) -> None:
    rule = extension(clock, D(on))
    assert (rule.days, rule.paragraph, rule.notice_paragraph) == (days, paragraph, notice)


@pytest.mark.parametrize(
    ("clock", "on"),
    [
        pytest.param(ANSWER_1, "2022-03-31", id="the day before the first Code"),
        pytest.param(ACK_1, "2026-11-20", id="an acknowledgement is never extended"),
        pytest.param(ACK_2, "2026-11-20", id="nor is that of stage 2"),
    ],
)
def test_where_there_is_no_rule_for_extending(clock: Clock, on: str) -> None:
    with pytest.raises(Refused, match=f"extending the {clock.words}"):
        extension(clock, D(on))


def test_each_limit_has_its_paragraph_source_and_date_once() -> None:
    assert all(x.paragraph and x.source and x.days > 0 for x in (*LIMITS, *EXTENSIONS))
    assert len({(x.clock, x.code) for x in LIMITS}) == len(LIMITS)
    assert len({(x.clock, x.code) for x in EXTENSIONS}) == len(EXTENSIONS)
    assert {x.code: x.in_force for x in (*LIMITS, *EXTENSIONS)} == {
        "2022": D("2022-04-01"),
        "2024": D("2024-04-01"),
    }
    assert [x.code for x in newest_first(ANSWER_1)] == ["2024", "2022"]
