"""What staff type becomes a question, or is said not to be understood."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from putright.cases.labels import Label, ServiceArea
from putright.cases.working_days import england
from putright.triage.question import Question, asks, period, understand, window

PEOPLE = ("Priya Shah", "Sam Reed", "May Lee")
REF = "HC-2026-0012"


def listed(state: str = "", **slots: object) -> Question:
    return Question("list", state=state, **slots)  # type: ignore[arg-type]


def about(intent: str) -> Question:
    return Question(intent, ref=REF)


PHRASES = [
    ("what's overdue", listed("overdue")),
    ("What is overdue?", listed("overdue")),
    ("what’s overdue", listed("overdue")),
    ("overdue", listed("overdue")),
    ("OVERDUE", listed("overdue")),
    ("over due", listed("overdue")),
    ("anything late?", listed("overdue")),
    ("which cases are in breach", listed("overdue")),
    ("what have we missed", listed("overdue")),
    ("overdue repairs", listed("overdue", area=ServiceArea.REPAIRS)),
    ("what's overdue for damp and mould", listed("overdue", area=ServiceArea.DAMP_MOULD)),
    ("overdue complaints", listed("overdue", label=Label.COMPLAINT)),
    ("what is due", listed("due")),
    ("what is due today", listed("due", within="today")),
    ("due tomorrow", listed("due", within="tomorrow")),
    ("what is due this week", listed("due", within="this_week")),
    ("what's due this week for repairs", listed("due", within="this_week", area=ServiceArea.REPAIRS)),
    ("what is due next week?", listed("due", within="next_week")),
    ("anything coming up this month", listed("due", within="this_month")),
    ("due in 10 days", listed("due", within="10_days")),
    ("what is due within 5 days", listed("due", within="5_days")),
    ("what's due in the next 7 days", listed("due", within="7_days")),
    ("due in 3 weeks", listed("due", within="21_days")),
    ("what is due in the next fortnight", listed("due", within="14_days")),
    ("due in a fortnight", listed("due", within="14_days")),
    ("due in two weeks", listed("due", within="14_days")),
    ("deadlines today", listed("due", within="today")),
    ("what needs doing tomorrow", listed("due", within="tomorrow")),
    ("what is due for Priya", listed("due", handler="Priya")),
    ("what is due for priya", listed("due", handler="Priya")),
    ("what is due for Priya Shah this week", listed("due", within="this_week", handler="Priya Shah")),
    ("what does Priya have", listed(handler="Priya")),
    ("Priya's cases", listed(handler="Priya")),
    ("what is assigned to Kim", listed(handler="Kim")),
    ("what is due for Kim Lau today", listed("due", within="today", handler="Kim Lau")),
    ("what may be due", listed("due")),
    ("my cases", listed(handler="me")),
    ("mine", listed(handler="me")),
    ("my overdue cases", listed("overdue", handler="me")),
    ("what do i have", listed(handler="me")),
    ("what is due for me", listed("due", handler="me")),
    ("what's unassigned", listed("unassigned")),
    ("un-assigned complaints", listed("unassigned", label=Label.COMPLAINT)),
    ("which cases nobody has", listed("unassigned")),
    ("unacknowledged", listed("unacknowledged")),
    ("what has not been acknowledged", listed("unacknowledged")),
    ("what hasn't been acknowledged", listed("unacknowledged")),
    ("what is there to review", listed("review")),
    ("review queue", listed("review")),
    ("unconfirmed", listed("review")),
    ("hazards", listed("hazard")),
    ("any awaab's law cases", listed("hazard")),
    ("stage 2", listed(stage=2)),
    ("stage two complaints", listed(stage=2, label=Label.COMPLAINT)),
    ("overdue at stage 1", listed("overdue", stage=1)),
    ("open service requests", listed("open", label=Label.SERVICE_REQUEST)),
    ("closed complaints", listed("closed", label=Label.COMPLAINT)),
    ("what is parked", listed("parked")),
    ("heating", listed(area=ServiceArea.HEATING_GAS)),
    ("ASB cases", listed(area=ServiceArea.ASB_NEIGHBOURS)),
    ("how many complaints this month", Question("count", label=Label.COMPLAINT, period="this_month")),
    ("how many complaints last month?", Question("count", label=Label.COMPLAINT, period="last_month")),
    ("how many complaints last week", Question("count", label=Label.COMPLAINT, period="last_week")),
    ("number of cases this year", Question("count", period="this_year")),
    ("how many complaints yesterday", Question("count", label=Label.COMPLAINT, period="yesterday")),
    ("how many repairs complaints", Question("count", area=ServiceArea.REPAIRS, label=Label.COMPLAINT)),
    ("how many open cases does Priya have", Question("count", state="open", handler="Priya")),
    ("how many are overdue", listed("overdue")),
    ("how many are due this week", listed("due", within="this_week")),
    ("how many are unassigned", listed("unassigned")),
    ("HC-2026-0012", about("status")),
    ("hc-2026-0012", about("status")),
    ("hc 2026 12", about("status")),
    ("HC2026-0012", about("status")),
    ("HC_2026_0012", about("status")),
    ("status of HC-2026-12 please", about("status")),
    ("what's happening with hc-2026-0012?", about("status")),
    ("when is HC-2026-0012 due", about("due_when")),
    ("HC-2026-0012 deadline", about("due_when")),
    ("why is HC-2026-0012 a complaint", about("why")),
    ("who has HC-2026-0012", about("who_has")),
    ("who is dealing with hc-2026-0012?", about("who_has")),
    ("what is the definition of HC-2026-0012", about("definition")),
    ("help", Question("help")),
    ("Help!", Question("help")),
    ("?", Question("help")),
    ("", Question("help")),
    ("what can you do?", Question("help")),
    ("good morning", Question("none")),
    ("what is the weather like", Question("none")),
    ("asdf qwer", Question("none")),
    ("HC", Question("none")),
]


@pytest.mark.parametrize(("typed", "meant"), PHRASES, ids=[typed or "nothing" for typed, _ in PHRASES])
def test_a_phrase_means(typed: str, meant: Question) -> None:
    assert understand(typed, PEOPLE) == meant


@given(st.text())
def test_nothing_that_is_typed_makes_it_fail(typed: str) -> None:
    understand(typed, PEOPLE)
    asks(typed, PEOPLE)


QUESTIONS = [
    "what's overdue",
    "what is due this week",
    "What is due this week for repairs?",
    "overdue repairs",
    "due today",
    "my cases",
    "how many complaints this month",
    "when is HC-2026-0012 due",
    "HC-2026-0012",
    "why is hc-2026-12 a complaint?",
    "who is dealing with HC-2026-0012?",
    "what's happening with HC-2026-0012",
    "what is due for Kim",
    "what is due for Kim Lau this week",
    "show all open complaints at stage 2",
    "any hazards?",
    "help",
]
SAID = [
    "Mrs K at 12 Ashdown says her repair is late again",
    "boiler off again",
    "leak in the kitchen",
    "late repair",
    "repairs late at 12",
    "emergency gas leak",
    "Mr Ali rang about HC-2026-0012, still no repair and he is furious",
    "HC-2026-0012 he rang again",
    "When will the damp at 12 Ashdown be looked at? She is upset",
    "have no heating",
    "What a mess, the repair was missed again",
    "is overdue for a repair since June, no heating",
    "complaint about staff from the lady at number 4",
    "open sewer behind the flats",
    "",
]


@pytest.mark.parametrize("typed", QUESTIONS)
def test_words_to_the_bot_that_are_all_question_are_answered(typed: str) -> None:
    assert asks(typed)


@pytest.mark.parametrize("typed", SAID[:-1])
def test_words_to_the_bot_that_hold_what_a_resident_said_are_no_question(typed: str) -> None:
    assert not asks(typed)


TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    ("within", "first", "last"),
    [
        ("today", TODAY, TODAY),
        ("tomorrow", date(2026, 11, 26), date(2026, 11, 26)),
        ("this_week", TODAY, date(2026, 11, 29)),
        ("next_week", date(2026, 11, 30), date(2026, 12, 6)),
        ("this_month", TODAY, date(2026, 11, 30)),
        ("10_days", TODAY, date(2026, 12, 5)),
    ],
)
def test_a_time_ahead_runs_from_today_and_weeks_end_on_sunday(within: str, first: date, last: date) -> None:
    assert window(within, TODAY, england()) == (first, last)


def test_this_month_in_december_ends_with_the_year() -> None:
    assert window("this_month", date(2026, 12, 31), england()) == (date(2026, 12, 31), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("today", TODAY, TODAY),
        ("yesterday", date(2026, 11, 24), date(2026, 11, 24)),
        ("this_week", date(2026, 11, 23), TODAY),
        ("last_week", date(2026, 11, 16), date(2026, 11, 22)),
        ("this_month", date(2026, 11, 1), TODAY),
        ("last_month", date(2026, 10, 1), date(2026, 10, 31)),
        ("this_year", date(2026, 1, 1), TODAY),
        ("last_year", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_time_behind_ends_today_at_the_latest(name: str, first: date, last: date) -> None:
    assert period(name, TODAY) == (first, last)
