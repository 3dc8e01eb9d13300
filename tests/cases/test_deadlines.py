"""The due dates of a complaint: every worked date of the Code's table, and each boundary beside it."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from putright.cases.deadlines import Deadline, Milestones, deadlines, service_request
from putright.cases.errors import Refused
from putright.cases.limits import Clock
from putright.cases.working_days import england

ENGLAND = england()
D = date.fromisoformat
ACK_1, ANSWER_1 = Clock.STAGE_1_ACKNOWLEDGEMENT, Clock.STAGE_1_RESPONSE
ACK_2, ANSWER_2 = Clock.STAGE_2_ACKNOWLEDGEMENT, Clock.STAGE_2_RESPONSE


def milestones(received: str, **given: str | int) -> Milestones:
    days: dict[str, Any] = {name: D(x) if isinstance(x, str) else x for name, x in given.items()}
    return Milestones(received=D(received), **days)


def due(clock: Clock, of: Milestones, targets: dict[Clock, int] | None = None) -> Deadline:
    return next(x for x in deadlines(of, ENGLAND, targets) if x.clock is clock)


# Received, acknowledge by, 3-day target, acknowledged, answer by, extended by 10, extended by 20.
WORKED = [
    pytest.param(
        *("2024-03-28", "2024-04-08", "2024-04-04", "2024-04-02"),
        *("2024-04-16", "2024-04-30", "2024-04-30", "2024-05-30"),
        id="Thu 28 Mar 2024, over Easter and the change of Code",
    ),
    pytest.param(
        *("2024-03-28", "2024-04-08", "2024-04-04", "2024-04-08"),
        *("2024-04-22", "2024-05-07", "2024-05-07", "2024-06-05"),
        id="the same, acknowledged on the last day",
    ),
    pytest.param(
        *("2025-12-19", "2025-12-30", "2025-12-24", "2025-12-30"),
        *("2026-01-14", "2026-01-28", "2026-01-28", "2026-02-25"),
        id="Fri 19 Dec 2025, over Christmas and New Year",
    ),
    pytest.param(
        *("2026-05-01", "2026-05-11", "2026-05-07", "2026-05-05"),
        *("2026-05-19", "2026-06-03", "2026-06-03", "2026-07-01"),
        id="Fri 1 May 2026, over both May holidays",
    ),
    pytest.param(
        *("2026-11-20", "2026-11-27", "2026-11-25", "2026-11-23"),
        *("2026-12-07", "2026-12-21", "2026-12-21", "2027-01-21"),
        id="Fri 20 Nov 2026, no holiday in the way",
    ),
    pytest.param(
        *("2026-11-21", "2026-11-27", "2026-11-25", "2026-11-27"),
        *("2026-12-11", "2026-12-29", "2026-12-29", "2027-01-27"),
        id="Sat 21 Nov 2026, a weekend receipt",
    ),
    pytest.param(
        *("2026-12-24", "2027-01-05", "2026-12-31", "2027-01-05"),
        *("2027-01-19", "2027-02-02", "2027-02-02", "2027-03-02"),
        id="Thu 24 Dec 2026, with a substitute day",
    ),
    pytest.param(
        *("2027-12-24", "2028-01-05", "2027-12-31", "2028-01-05"),
        *("2028-01-19", "2028-02-02", "2028-02-02", "2028-03-01"),
        id="Fri 24 Dec 2027, into the computed year",
    ),
]


@pytest.mark.parametrize(
    ("received", "ack_by", "target", "acknowledged", "answer_by", "extended", "final_by", "final_extended"),
    WORKED,
)
def test_the_worked_dates(
    received: str,
    ack_by: str,
    target: str,
    acknowledged: str,
    answer_by: str,
    extended: str,
    final_by: str,
    final_extended: str,
) -> None:
    stage_1 = milestones(received, acknowledged=acknowledged)
    acknowledge = due(ACK_1, stage_1, {ACK_1: 3})
    assert (acknowledge.due, acknowledge.target) == (D(ack_by), D(target))
    assert due(ACK_1, milestones(received)).due == D(ack_by)
    (request,) = service_request(D(received), None, ENGLAND, {REQUEST: 3})
    assert request.due == D(target)

    answer = due(ANSWER_1, stage_1)
    assert (answer.due, answer.may_extend_to) == (D(answer_by), D(extended))
    longer = due(ANSWER_1, milestones(received, acknowledged=acknowledged, extended=10))
    assert (longer.due, longer.due_before_extension) == (D(extended), D(answer_by))

    stage_2 = {"acknowledged": acknowledged, "escalated": acknowledged, "stage_2_acknowledged": acknowledged}
    final = due(ANSWER_2, milestones(received, **stage_2))
    assert (final.due, final.may_extend_to) == (D(final_by), D(final_extended))
    longer = due(ANSWER_2, milestones(received, stage_2_extended=20, **stage_2))
    assert (longer.due, longer.due_before_extension) == (D(final_extended), D(final_by))


@pytest.mark.parametrize(
    ("clock", "paragraph", "limit", "starts"),
    [
        pytest.param(ACK_1, "6.2", "5 working days", "received", id="stage 1 is acknowledged under 6.2"),
        pytest.param(ANSWER_1, "6.3", "10 working days", "acknowledged", id="and answered under 6.3"),
        pytest.param(ACK_2, "6.11", "5 working days", "escalated", id="stage 2 is acknowledged under 6.11"),
        pytest.param(
            ANSWER_2, "6.14", "20 working days", "stage 2 acknowledged", id="and answered under 6.14"
        ),
    ],
)
def test_each_date_names_its_paragraph_and_limit(
    clock: Clock, paragraph: str, limit: str, starts: str
) -> None:
    found = due(
        clock,
        milestones(
            "2026-09-01",
            acknowledged="2026-09-03",
            responded="2026-09-15",
            escalated="2026-09-21",
            stage_2_acknowledged="2026-09-24",
        ),
    )
    assert (found.paragraph, found.limit, found.starts, found.code) == (paragraph, limit, starts, "2024")


def test_nobody_acknowledges_so_the_response_counts_from_the_last_day_for_it() -> None:
    found = due(ANSWER_1, milestones("2026-11-20"))
    assert (found.start, found.due, found.backstop) == (D("2026-11-27"), D("2026-12-11"), D("2026-12-11"))
    assert found.provisional.startswith("nobody has acknowledged yet")


def test_nobody_acknowledges_stage_2_so_the_final_response_counts_from_the_last_day_for_it() -> None:
    of = milestones("2026-09-01", acknowledged="2026-09-03", responded="2026-09-15", escalated="2026-11-20")
    assert due(ACK_2, of).due == D("2026-11-27")
    found = due(ANSWER_2, of)
    assert (found.due, found.backstop) == (D("2026-12-29"), D("2026-12-29"))
    assert found.provisional


@pytest.mark.parametrize(
    ("acknowledged", "kept", "answer_by"),
    [
        pytest.param("2026-11-20", True, "2026-12-04", id="the same day: the response is due a week sooner"),
        pytest.param("2026-11-23", True, "2026-12-07", id="early: the response date comes forward"),
        pytest.param("2026-11-27", True, "2026-12-11", id="on the last day: that is the backstop"),
        pytest.param("2026-11-28", False, "2026-12-11", id="a day late, a Saturday: 6.2 is missed"),
        pytest.param("2026-11-30", False, "2026-12-14", id="late: 6.2 is missed and 6.3 runs from it still"),
    ],
)
def test_late_and_early_acknowledgement(acknowledged: str, kept: bool, answer_by: str) -> None:
    of = milestones("2026-11-20", acknowledged=acknowledged)
    assert due(ACK_1, of).met is kept
    answer = due(ANSWER_1, of)
    assert (answer.due, answer.backstop, answer.provisional) == (D(answer_by), D("2026-12-11"), "")


@pytest.mark.parametrize(
    ("acknowledged", "code_kept", "target_kept"),
    [
        pytest.param("2026-11-24", True, True, id="the day before the target: both kept"),
        pytest.param("2026-11-25", True, True, id="on the target: both kept"),
        pytest.param("2026-11-26", True, False, id="the day after the target: the Code is still kept"),
        pytest.param("2026-11-27", True, False, id="on the Code's last day: kept"),
        pytest.param("2026-11-30", False, False, id="the working day after that: both missed"),
    ],
)
def test_the_landlords_own_target_stands_beside_the_codes(
    acknowledged: str, code_kept: bool, target_kept: bool
) -> None:
    found = due(ACK_1, milestones("2026-11-20", acknowledged=acknowledged), {ACK_1: 3})
    assert (found.met, found.target_met) == (code_kept, target_kept)
    assert (found.due, found.target, found.target_days) == (D("2026-11-27"), D("2026-11-25"), 3)


def test_nothing_is_kept_or_missed_before_it_is_done_or_without_a_target() -> None:
    assert due(ACK_1, milestones("2026-11-20"), {ACK_1: 3}).met is None
    assert due(ACK_1, milestones("2026-11-20"), {ACK_1: 3}).target_met is None
    assert due(ACK_1, milestones("2026-11-20", acknowledged="2026-11-23")).target_met is None


@pytest.mark.parametrize(
    ("clock", "days", "refused"),
    [
        pytest.param(ACK_1, 5, False, id="5 days to acknowledge is the Code's own"),
        pytest.param(ACK_1, 6, True, id="6 days to acknowledge is looser"),
        pytest.param(ANSWER_1, 10, False, id="10 days to answer is the Code's own"),
        pytest.param(ANSWER_1, 11, True, id="11 days to answer is looser"),
        pytest.param(ACK_2, 6, True, id="6 days to acknowledge stage 2 is looser"),
        pytest.param(ANSWER_2, 20, False, id="20 days for the final response is the Code's own"),
        pytest.param(ANSWER_2, 21, True, id="21 days for the final response is looser"),
    ],
)
def test_a_target_looser_than_the_code_is_refused(clock: Clock, days: int, refused: bool) -> None:
    of = milestones("2026-09-01", acknowledged="2026-09-03", responded="2026-09-15", escalated="2026-09-21")
    if not refused:
        found = due(clock, of, {clock: days})
        assert found.target == found.due
        return
    with pytest.raises(Refused, match=f"never looser: {days} working days for the {clock.words}") as error:
        deadlines(of, ENGLAND, {clock: days})
    assert error.value.paragraph == due(clock, of).paragraph


REQUEST = Clock.SERVICE_REQUEST


@pytest.mark.parametrize(
    ("received", "days", "falls_on"),
    [
        pytest.param("2026-11-20", 3, "2026-11-25", id="Fri 20 Nov 2026, over a weekend"),
        pytest.param("2026-11-21", 3, "2026-11-25", id="received on a Saturday: Monday is day 1"),
        pytest.param("2026-12-23", 3, "2026-12-30", id="over Christmas"),
        pytest.param("2026-11-20", 1, "2026-11-23", id="one working day"),
        pytest.param("2026-11-20", 60, "2027-02-17", id="sixty: for requests the Code has no limit"),
    ],
)
def test_a_service_request_has_a_date_of_the_landlords_own(received: str, days: int, falls_on: str) -> None:
    (found,) = service_request(D(received), None, ENGLAND, {REQUEST: days})
    assert found.due == found.target == D(falls_on) == found.working[-1].day
    assert (found.paragraph, found.code, found.of_the_code) == ("", "", False)
    assert service_request(D(received), None, ENGLAND, {ACK_1: 3}) == (), "without a target there is none"


@pytest.mark.parametrize(
    ("closed", "kept"),
    [
        pytest.param(None, None, id="open: neither"),
        pytest.param("2026-11-25", True, id="closed on the day: kept"),
        pytest.param("2026-11-26", False, id="closed the day after: missed"),
    ],
)
def test_closing_a_request_keeps_or_misses_the_landlords_target_and_never_the_code(
    closed: str | None, kept: bool | None
) -> None:
    (found,) = service_request(D("2026-11-20"), D(closed) if closed else None, ENGLAND, {REQUEST: 3})
    assert (found.target_met, found.met) == (kept, None)


@pytest.mark.parametrize(
    ("today", "overdue_by", "target_missed_by"),
    [
        pytest.param("2026-11-25", None, None, id="on the target: neither"),
        pytest.param("2026-11-26", None, 1, id="the day after the target"),
        pytest.param("2026-11-27", None, 2, id="on the Code's day"),
        pytest.param("2026-11-28", 0, 2, id="the Saturday after: late, and no working day has passed"),
        pytest.param("2026-11-30", 1, 3, id="the Monday after"),
        pytest.param("2026-12-29", 20, 22, id="over Christmas"),
        pytest.param("2031-01-01", 527, 529, id="past the calendar: counted to its end"),
    ],
)
def test_late_is_counted_in_working_days(
    today: str, overdue_by: int | None, target_missed_by: int | None
) -> None:
    found = due(ACK_1, milestones("2026-11-20"), {ACK_1: 3})
    assert found.overdue_by(D(today), ENGLAND) == overdue_by
    assert found.target_missed_by(D(today), ENGLAND) == target_missed_by
    done = due(ACK_1, milestones("2026-11-20", acknowledged="2026-11-30"), {ACK_1: 3})
    assert done.overdue_by(D(today), ENGLAND) is done.target_missed_by(D(today), ENGLAND) is None


def test_the_working_shows_every_day_to_the_extended_date() -> None:
    found = due(ANSWER_1, milestones("2026-11-21", acknowledged="2026-11-27", extended=10))
    assert found.working[0].day == D("2026-11-28")
    assert found.working[-1].day == found.due == D("2026-12-29")
    assert [x.number for x in found.working if x.number] == list(range(1, 21))
    assert [x.why for x in found.working if x.why.startswith("bank")] == [
        "bank holiday: Christmas Day",
        "bank holiday: Boxing Day (observed)",
    ]


@pytest.mark.parametrize(
    ("responded", "kept"),
    [
        pytest.param("2026-12-06", True, id="the Sunday before"),
        pytest.param("2026-12-07", True, id="on the day: a due date runs to its end"),
        pytest.param("2026-12-08", False, id="the day after"),
    ],
)
def test_the_response_is_in_time_to_the_end_of_its_day(responded: str, kept: bool) -> None:
    assert due(ANSWER_1, milestones("2026-11-20", acknowledged="2026-11-23", responded=responded)).met is kept


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        pytest.param(
            {"acknowledged": "2026-11-19"},
            "Acknowledged on Thu 19 Nov 2026 cannot be before received on Fri 20 Nov 2026",
            id="acknowledged before receipt",
        ),
        pytest.param(
            {"responded": "2026-11-19"},
            "Responded on Thu 19 Nov 2026 cannot be before received on Fri 20 Nov 2026",
            id="answered before receipt",
        ),
        pytest.param(
            {"acknowledged": "2026-11-24", "responded": "2026-11-23"},
            "Responded on Mon 23 Nov 2026 cannot be before acknowledged on Tue 24 Nov 2026",
            id="answered before acknowledgement",
        ),
        pytest.param(
            {"escalated": "2026-11-19"},
            "Escalated on Thu 19 Nov 2026 cannot be before received on Fri 20 Nov 2026",
            id="escalated before receipt",
        ),
        pytest.param(
            {"acknowledged": "2026-11-24", "escalated": "2026-11-23"},
            "Escalated on Mon 23 Nov 2026 cannot be before acknowledged on Tue 24 Nov 2026",
            id="escalated before acknowledgement",
        ),
        pytest.param(
            {"stage_2_acknowledged": "2026-11-19"},
            "Stage 2 acknowledged on Thu 19 Nov 2026 cannot be before received on Fri 20 Nov 2026",
            id="stage 2 acknowledged before receipt",
        ),
        pytest.param(
            {"acknowledged": "2026-11-24", "stage_2_acknowledged": "2026-11-23"},
            "Stage 2 acknowledged on Mon 23 Nov 2026 cannot be before acknowledged on Tue 24 Nov 2026",
            id="stage 2 acknowledged before stage 1 was",
        ),
        pytest.param(
            {"escalated": "2026-12-10", "stage_2_acknowledged": "2026-12-09"},
            "Stage 2 acknowledged on Wed 9 Dec 2026 cannot be before escalated on Thu 10 Dec 2026",
            id="stage 2 acknowledged before it was asked for",
        ),
        pytest.param(
            {"escalated": "2026-12-10", "stage_2_responded": "2026-12-09"},
            "Stage 2 responded on Wed 9 Dec 2026 cannot be before escalated on Thu 10 Dec 2026",
            id="final response before stage 2 was asked for",
        ),
        pytest.param(
            {
                "escalated": "2026-12-10",
                "stage_2_acknowledged": "2026-12-14",
                "stage_2_responded": "2026-12-11",
            },
            "Stage 2 responded on Fri 11 Dec 2026 cannot be before stage 2 acknowledged on Mon 14 Dec 2026",
            id="final response before stage 2 was acknowledged",
        ),
    ],
)
def test_an_impossible_order_of_dates_is_refused(days: dict[str, str], sentence: str) -> None:
    with pytest.raises(Refused) as error:
        deadlines(milestones("2026-11-20", **days), ENGLAND)
    assert str(error.value) == f"{sentence}: check the two dates."


@pytest.mark.parametrize(
    "days",
    [
        pytest.param({"acknowledged": "2026-11-20"}, id="acknowledged on the day of receipt"),
        pytest.param({"acknowledged": "2026-11-23", "responded": "2026-11-23"}, id="answered at once"),
        pytest.param(
            {"acknowledged": "2026-11-23", "responded": "2026-12-07", "escalated": "2026-12-01"},
            id="stage 2 asked for before stage 1 was answered",
        ),
    ],
)
def test_the_same_day_and_a_hurried_resident_are_possible(days: dict[str, str]) -> None:
    assert deadlines(milestones("2026-11-20", **days), ENGLAND)


@pytest.mark.parametrize(
    "extended",
    [
        pytest.param({"extended": -1}, id="stage 1 shortened"),
        pytest.param({"stage_2_extended": -1}, id="stage 2 shortened"),
    ],
)
def test_an_extension_never_shortens(extended: dict[str, int]) -> None:
    with pytest.raises(Refused, match="give a number of 0 or more"):
        deadlines(milestones("2026-11-20", **extended), ENGLAND)


@pytest.mark.parametrize(
    ("of", "refused"),
    [
        pytest.param(milestones("2028-12-06"), False, id="6 Dec 2028: the backstop is the last working day"),
        pytest.param(milestones("2028-12-07"), True, id="7 Dec 2028: the backstop is in 2029"),
        pytest.param(
            milestones("2028-12-01", acknowledged="2028-12-13"), False, id="acknowledged 13 Dec 2028"
        ),
        pytest.param(
            milestones("2028-12-01", acknowledged="2028-12-14"), True, id="acknowledged 14 Dec 2028"
        ),
        pytest.param(
            milestones("2028-12-01", acknowledged="2028-12-13", extended=10), True, id="extended off"
        ),
    ],
)
def test_a_due_date_past_2028_is_refused(of: Milestones, refused: bool) -> None:
    if not refused:
        assert all(x.due <= ENGLAND.last_day for x in deadlines(of, ENGLAND))
        return
    with pytest.raises(Refused, match=r"Sun 31 Dec 2028, so dates that reach to .* cannot be counted"):
        deadlines(of, ENGLAND)


def test_only_the_outlook_of_an_extension_may_lie_past_the_calendar() -> None:
    assert due(ANSWER_1, milestones("2028-12-01", acknowledged="2028-12-12")).may_extend_to is None


def test_a_holiday_added_while_a_complaint_is_open_moves_its_dates_also_the_extended_one() -> None:
    of = milestones("2026-11-20", acknowledged="2026-11-23", extended=10)
    mourning = ENGLAND.with_extra({D("2026-11-26"): "a day of mourning"})
    before = {x.clock: x.due for x in deadlines(of, ENGLAND)}
    after = {x.clock: x.due for x in deadlines(of, mourning)}
    assert (before[ACK_1], after[ACK_1]) == (D("2026-11-27"), D("2026-11-30"))
    assert (before[ANSWER_1], after[ANSWER_1]) == (D("2026-12-21"), D("2026-12-22"))


RECEIPTS = st.dates(D("2024-04-08"), D("2028-06-01"))


@given(RECEIPTS, st.integers(0, 30), st.integers(0, 30))
def test_the_longest_lawful_path_is_25_working_days_and_acknowledging_sooner_never_gives_more_time(
    received: date, one: int, other: int
) -> None:
    sooner, later = sorted((one, other))
    dates = [
        due(ANSWER_1, Milestones(received, acknowledged=received + timedelta(days=x))).due
        for x in (sooner, later)
    ]
    assert dates[0] <= dates[1]
    last_day = ENGLAND.add(received, 5)
    longest = due(ANSWER_1, Milestones(received, acknowledged=last_day, extended=10))
    assert ENGLAND.between(received, longest.due) == 25
    assert longest.backstop == longest.due_before_extension


@given(RECEIPTS, st.integers(0, 12), st.integers(0, 25))
def test_the_working_ends_on_the_due_date_and_numbers_every_working_day(
    received: date, wait: int, extended: int
) -> None:
    of = Milestones(received, acknowledged=received + timedelta(days=wait), extended=extended)
    for found in deadlines(of, ENGLAND):
        counted = [x for x in found.working if x.number]
        assert found.working[-1].day == found.due == counted[-1].day
        assert [x.number for x in counted] == list(range(1, len(counted) + 1))
        assert len(found.working) == (found.due - found.start).days
