"""A landlord's own targets, of requests and beside the Code's: where they are due or missed, and what is said."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlite_utils import Database

from putright.cases import acts
from putright.cases.labels import Label
from putright.cases.limits import Clock
from putright.storage import cases
from putright.storage.cases import Filter
from putright.triage.act import find
from putright.triage.answer import answer
from putright.triage.own_targets import requests_missed
from putright.triage.posts import act_words, late_words
from putright.triage.remind import as_post, digest
from putright.triage.remind_each import for_leads, of_team, personal, weekly
from putright.triage.retime import retime
from putright.triage.snooze import snooze
from tests.harrowmere import LANDLORD, do, log, on

OWN = replace(LANDLORD, targets={Clock.SERVICE_REQUEST: 3, Clock.STAGE_1_ACKNOWLEDGEMENT: 2})
MISSED = "Service requests past your own target, no breach of the Code: 1"
LINE = "  HC-2026-0001  see to it by Wed 25 Nov 2026 (your own target), repairs, unassigned"


def request(db: Database) -> str:
    """A service request of Fri 20 Nov 2026: by its landlord's target seen to by Wed 25."""
    return log(db, "request: tap", received=on("2026-11-20"), landlord=OWN)


def complaint(db: Database) -> str:
    """A complaint of Mon 23 Nov 2026: acknowledged by Mon 30, by its landlord's target by Wed 25."""
    return log(db, "complaint: roof", received=on("2026-11-23"), landlord=OWN)


def morning(db: Database, day: str) -> tuple[str, ...]:
    return as_post(digest(db, OWN, date.fromisoformat(day))).lines


@pytest.mark.parametrize(
    ("day", "title"),
    [
        pytest.param("2026-11-23", "Due by Thu 26 Nov 2026: 1", id="two days before"),
        pytest.param("2026-11-25", "Due today: 1", id="the day"),
        pytest.param("2026-11-26", MISSED, id="the day after"),
        pytest.param("2026-12-14", MISSED, id="long after"),
    ],
)
def test_the_digest_has_a_request_that_is_due_and_never_calls_it_a_breach(
    db: Database, day: str, title: str
) -> None:
    request(db)
    assert morning(db, day) == (title, LINE)


def test_the_digest_tells_a_missed_target_of_a_complaint_from_a_breach(db: Database) -> None:
    complaint(db)
    act = (
        "  HC-2026-0001  acknowledge by Mon 30 Nov 2026 (Code 6.2; your own target Wed 25 Nov 2026{}), repairs, "
        "unassigned"
    )
    assert morning(db, "2026-11-24") == ("Nothing is overdue, due soon or waiting for a person.",)
    assert morning(db, "2026-11-25") == ("Due by Mon 30 Nov 2026: 1", act.format(""))
    assert morning(db, "2026-11-26") == ("Due by Tue 1 Dec 2026: 1", act.format(" missed"))
    assert morning(db, "2026-12-01") == ("OVERDUE, in breach of the Code: 1", act.format(" missed"))


def test_a_target_missed_long_before_the_codes_date_has_its_own_lines(db: Database) -> None:
    strict = replace(LANDLORD, targets={Clock.STAGE_1_ACKNOWLEDGEMENT: 1})
    log(db, "complaint: roof", received=on("2026-11-20", 18), landlord=strict)
    said = as_post(digest(db, strict, date(2026, 11, 23))).lines
    assert said[0] == "Your own target has come or was missed, the Code's date has not come: 1"
    assert said[1].startswith("  HC-2026-0001  acknowledge by Fri 27 Nov 2026")


def test_a_handler_and_the_leads_hear_of_missed_targets(db: Database) -> None:
    for reference in (request(db), complaint(db)):
        do(db, reference, acts.assign, handler="Priya Shah", landlord=OWN)
    strict = replace(OWN, days_before=(1,))
    said = personal(db, strict, "Priya Shah", date(2026, 11, 26))
    act = "acknowledge by Mon 30 Nov 2026 (Code 6.2; your own target Wed 25 Nov 2026 missed)"
    assert said and said.lines[:4] == (
        MISSED,
        LINE.removesuffix(", unassigned"),
        "Your own target missed, no breach of the Code: 1",
        f"  HC-2026-0002  {act}, repairs",
    )
    assert said.beside == ((1, "snooze", "HC-2026-0001"), (3, "snooze", "HC-2026-0002"))
    assert "in breach" not in said.text
    week = weekly(db, OWN, date(2026, 11, 30)).text
    assert "in breach of the Code: 0;" in week and MISSED in week
    assert "past your own" not in weekly(db, LANDLORD, date(2026, 11, 30)).text


def test_a_team_hears_of_a_missed_target_apart_from_breaches(db: Database) -> None:
    do(db, request(db), acts.assign, handler="Priya Shah", landlord=OWN)
    said = of_team(db, replace(OWN, teams={"North": ("Priya Shah",)}), "North", date(2026, 11, 26))
    assert said and said.lines == (MISSED, LINE.replace("unassigned", "Priya Shah"))


def test_a_confined_request_is_told_to_leads_as_their_own_target(db: Database) -> None:
    do(db, request(db), acts.confine, to=("Sam Reed",), reason="a colleague's mother", landlord=OWN)
    said = for_leads(db, OWN, date(2026, 11, 26))
    assert said and "see to it by Wed 25 Nov 2026 (your own target)" in said.text


def test_a_reminder_of_a_missed_target_can_be_put_off_for_it_is_no_breach(db: Database) -> None:
    reference = request(db)
    do(db, reference, acts.assign, handler="Priya Shah", landlord=OWN)
    assert snooze(db, reference, "Priya Shah", OWN, on("2026-11-26")) == date(2026, 11, 27)
    assert personal(db, OWN, "Priya Shah", date(2026, 11, 26)) is None
    assert personal(db, OWN, "Priya Shah", date(2026, 11, 27))


@pytest.mark.parametrize(
    ("question", "day", "sentence", "lines"),
    [
        pytest.param(
            *("what is overdue", "2026-11-26", "Cases overdue: 1.", (f"{MISSED} of them.",)), id="overdue"
        ),
        pytest.param(
            *("how many cases are overdue", "2026-11-26", "Cases overdue: 1.", (f"{MISSED} of them.",)),
            id="counted",
        ),
        pytest.param(
            *("service requests due this week", "2026-11-24"),
            *("Service requests due this week (Tue 24 to Sun 29 Nov 2026): 1.", ()),
            id="due this week",
        ),
        pytest.param(
            "complaints overdue", "2026-11-26", "Complaints overdue: none.", (), id="of complaints none"
        ),
        pytest.param(
            "which cases are overdue for acknowledgement",
            *("2026-11-26", "Cases overdue for acknowledgement: none.", ()),
            id="of acknowledgements none",
        ),
    ],
)
def test_lists_have_it_and_say_whose_target_it_is(
    db: Database, question: str, day: str, sentence: str, lines: tuple[str, ...]
) -> None:
    request(db)
    found = answer(db, question, "Sam", OWN, on(day))
    assert (found.sentence, found.lines) == (sentence, lines)


def test_an_answer_about_one_request_says_whose_date_it_is_and_how_late(db: Database) -> None:
    reference = request(db)
    found = answer(db, f"status of {reference}", "Sam", OWN, on("2026-11-26"))
    assert found.lines[1] == (
        "See to it by Wed 25 Nov 2026 (your own target). OVERDUE by 1 working day on your own target, no breach of "
        "the Code."
    )
    found = answer(db, f"when is {reference} due", "Sam", OWN, on("2026-11-26"))
    assert "(your own target)" in found.sentence and "Code " not in found.sentence
    assert found.lines[-1] == (
        "This is your own target, for the Code has no limit here; closing the case ends it."
    )


def test_the_targets_stand_among_the_limits_the_one_asked_for_first(db: Database) -> None:
    said = (
        "Service request: 3 working days from receipt (your own target; the Code has no limit for it, 1.4)."
    )
    assert (
        answer(db, "what is our target for service requests", "Sam", OWN, on("2026-11-26")).sentence == said
    )
    others = answer(db, "how long do we have to answer stage 1", "Sam", OWN, on("2026-11-26"))
    assert others.sentence.startswith("Stage 1 response") and said in others.lines
    none = answer(db, "what is our target for service requests", "Sam", LANDLORD, on("2026-11-26"))
    assert not any("Service request" in x for x in (none.sentence, *none.lines))


def test_without_a_target_a_request_has_no_date_and_a_new_target_gives_open_ones_theirs(db: Database) -> None:
    reference = log(db, "request: tap", received=on("2026-11-20"))
    log(db, "complaint: roof", received=on("2026-11-20"))
    assert [x.next_due for x in cases.named(db, [reference])] == [None]
    assert requests_missed(db, Filter(overdue_on=date(2026, 12, 25)), LANDLORD) == 0
    retime(db, LANDLORD)
    (moved,) = retime(db, replace(LANDLORD, targets={Clock.SERVICE_REQUEST: 3}))
    assert str(moved) == f"{reference}: see to it by Wed 25 Nov 2026 (before: none) (your own target)"
    (gone,) = retime(db, LANDLORD)
    assert str(gone) == f"{reference}: nothing is due any more (before: Wed 25 Nov 2026)"


def test_a_request_that_becomes_a_complaint_leaves_the_list_of_missed_targets_and_comes_back(
    db: Database,
) -> None:
    reference = request(db)
    late = Filter(overdue_on=date(2026, 11, 26))
    assert requests_missed(db, late, OWN) == 1
    for label, missed, said in (
        (Label.COMPLAINT, 0, "acknowledge by Fri 27 Nov 2026 (Code 6.2; your own target Tue 24 Nov 2026)"),
        (Label.SERVICE_REQUEST, 1, "see to it by Wed 25 Nov 2026 (your own target)"),
    ):
        due = do(
            db, reference, acts.reclassify, label=label, reason="looked at again", landlord=OWN
        ).due_after
        assert due and act_words(due) == said and requests_missed(db, late, OWN) == missed


@pytest.mark.parametrize(
    ("which", "day", "said"),
    [
        pytest.param(request, "2026-11-25", "", id="a request on the day"),
        pytest.param(
            *(request, "2026-11-27", "OVERDUE by 2 working days on your own target, no breach of the Code"),
            id="a request later",
        ),
        pytest.param(
            *(complaint, "2026-11-28", "your own target missed by 2 working days, no breach of the Code"),
            id="a complaint between both dates",
        ),
        pytest.param(complaint, "2026-12-01", "OVERDUE by 1 working day", id="a complaint past the Code's"),
    ],
)
def test_how_late_something_is_in_words(
    db: Database, which: Callable[[Database], str], day: str, said: str
) -> None:
    due = find(db, which(db)).next_due(OWN.calendar, OWN.targets)
    assert due and late_words(due, date.fromisoformat(day), OWN.calendar) == said
