"""With other eyes: a confined case is as if it were not, in every answer, list, count and digest."""

from dataclasses import replace

import pytest
from sqlite_utils import Database

from putright.bot.outgoing import say_all
from putright.cases import acts
from putright.cases.errors import Refused
from putright.storage.outbox import Row
from putright.triage.act import find
from putright.triage.answer import answer
from putright.triage.eyes import ALL, CHANNEL, Eyes, Role
from putright.triage.posts import Post
from putright.triage.remind import as_post, digest
from putright.triage.remind_each import for_leads, personal, queue_each, weekly
from putright.triage.snooze import snooze
from tests.harrowmere import LANDLORD, MONDAY, do, letter, log, on, take

OPEN, CONFINED, UNKNOWN = "HC-2026-0001", "HC-2026-0002", "HC-2026-0009"
KIM = Eyes(Role.HANDLER, ("U1", "Kim Lau"))
ANN = Eyes(Role.HANDLER, ("Ann Bell",))
PRIYA = Eyes(Role.HANDLER, ("priya  SHAH",))
BOARD = Eyes(Role.GOVERNING_BODY, ("Bo",))


@pytest.fixture
def two(db: Database) -> Database:
    """Two complaints, overdue on Monday; the second is Priya's and confined to her, Ann and leads."""
    log(db, "complaint: a", received=on("2026-11-10"))
    log(db, "complaint: b hazard!", received=on("2026-11-10"))
    do(db, CONFINED, acts.assign, handler="Priya Shah", at=on("2026-11-11"))
    do(db, CONFINED, acts.confine, to=["Ann Bell"], reason="about staff", due=on("2026-11-23").date())
    return db


def asked(db: Database, text: str, eyes: Eyes) -> str:
    found = answer(db, text, "Kim Lau", LANDLORD, MONDAY, eyes)
    return "\n".join((found.sentence, *(x.reference for x in found.rows), *found.lines, *found.private))


QUESTIONS = (
    "status of {}",
    "why is {} a complaint",
    "show the definition of {}",
    "what did we promise on {}",
    "who has {}",
    "timeline of {}",
    "when is {} due",
)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("eyes", [KIM, CHANNEL], ids=["another handler", "a channel"])
def test_a_confined_case_is_answered_like_one_that_is_not_there(
    two: Database, question: str, eyes: Eyes
) -> None:
    told = asked(two, question.format(CONFINED), eyes)
    assert told.replace(CONFINED, UNKNOWN) == asked(two, question.format(UNKNOWN), eyes)
    bare = asked(two, question.format("case 2"), eyes)
    assert bare.replace("2", "9") == asked(two, question.format("case 9"), eyes)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("eyes", [ALL, ANN, PRIYA], ids=["a lead", "a person named", "its handler"])
def test_whoever_may_see_it_is_answered(two: Database, question: str, eyes: Eyes) -> None:
    assert "There is no case" not in asked(two, question.format(CONFINED), eyes)


@pytest.mark.parametrize(
    ("question", "seen", "unseen"),
    [
        ("what's overdue", "Cases overdue: 2.", "Cases overdue: 1."),
        ("how many complaints", "Complaints logged in all: 2.", "Complaints logged in all: 1."),
        ("how many are overdue", "Cases overdue: 2.", "Cases overdue: 1."),
        ("due this week", "2 more cases are overdue.", "1 more case is overdue."),
        ("show all cases", "Cases open: 2.", "Cases open: 1."),
        ("possible hazards", "Cases with a possible hazard: 1.", "Cases with a possible hazard: none."),
        (
            "what has Priya got",
            "Open cases with Priya Shah: 1.",
            "Nobody of that name has, or had, a case here.",
        ),
    ],
)
def test_lists_and_counts_leave_it_out(two: Database, question: str, seen: str, unseen: str) -> None:
    for eyes in (ALL, ANN, PRIYA):
        assert seen in asked(two, question, eyes)
    for eyes in (KIM, CHANNEL):
        told = asked(two, question, eyes)
        assert unseen in told and CONFINED not in told and "Priya Shah" not in told


def test_an_act_and_a_snooze_find_no_such_case(two: Database) -> None:
    for attempt in (
        lambda ref: find(two, ref, KIM),
        lambda ref: snooze(two, ref, "Kim Lau", LANDLORD, MONDAY, eyes=KIM),
    ):
        said = []
        for reference in (CONFINED, UNKNOWN):
            with pytest.raises(Refused) as refusal:
                attempt(reference)
            said.append(str(refusal.value).replace(reference, "REF"))
        assert said[0] == said[1]


def test_the_digest_of_a_channel_leaves_it_out_and_leads_hear_of_it(two: Database) -> None:
    day = MONDAY.date()
    channel = "\n".join(as_post(digest(two, LANDLORD, day)).lines)
    assert OPEN in channel and CONFINED not in channel and "OVERDUE, in breach of the Code: 1" in channel
    assert CONFINED in "\n".join(as_post(digest(two, LANDLORD, day, eyes=ALL)).lines)
    mine = personal(two, LANDLORD, "Priya Shah", day)
    assert mine and CONFINED in mine.text, "its handler's own morning"
    leads = for_leads(two, LANDLORD, day)
    assert leads and leads.text == (
        "Confined cases, Mon 23 Nov 2026\n"
        "Overdue, or due by Thu 26 Nov 2026: 1\n"
        f"  OVERDUE  {CONFINED}  acknowledge by Tue 17 Nov 2026 (Code 6.2), repairs, Priya Shah\n"
        f"Who may see them is to be reviewed (Code 5.8): {CONFINED}"
    )


@pytest.mark.parametrize(
    ("landlord", "where"),
    [
        pytest.param(
            replace(LANDLORD, leads_channel="C9", leads=("U7",)), ["C9"], id="in the leads' channel"
        ),
        pytest.param(replace(LANDLORD, leads=("U7", "U8")), ["U7", "U8"], id="else each lead alone"),
        pytest.param(LANDLORD, [], id="nowhere else"),
    ],
)
def test_where_leads_hear_of_confined_cases(two: Database, landlord: object, where: list[str]) -> None:
    for _ in range(2):
        queue_each(two, landlord, MONDAY)  # type: ignore[arg-type]
    rows = two.execute("select channel from outbox where key like 'confined:%' order by id")
    assert [row[0] for row in rows] == where


def test_the_week_in_counts_leaves_it_out_of_a_channel_that_is_not_the_leads(two: Database) -> None:
    assert (
        "Overdue this morning, in breach of the Code: 1; due and with nobody: 1"
        in weekly(two, LANDLORD, MONDAY.date()).lines
    )
    leads = replace(LANDLORD, leads_channel="C9")
    assert (
        "Overdue this morning, in breach of the Code: 2; due and with nobody: 1"
        in weekly(two, leads, MONDAY.date()).lines
    )


class Heard:
    """A voice that keeps what was said."""

    def __init__(self) -> None:
        self.said: list[Row] = []

    def busy(self) -> frozenset[str]:
        return frozenset()

    def say(self, row: Row) -> str:
        self.said.append(row)
        return ""

    def redraw(self, channel: str, ts: str, post: Post) -> None:
        raise AssertionError("nothing has an id, so nothing can be redrawn")


def _confined(db: Database) -> None:
    do(db, OPEN, acts.confine, to=[], reason="about staff")


def _suggested(db: Database) -> None:
    take(db, letter("complaint: b again, as in HC-2026-0001", number=8))


@pytest.mark.parametrize("body", ["complaint: a", "complaint: a emergency!"])
def test_a_post_about_a_case_that_was_confined_says_no_more_than_its_reference(
    db: Database, body: str
) -> None:
    log(db, body)
    _confined(db)
    voice = Heard()
    say_all(db, voice, lambda: MONDAY)
    for row in voice.said:
        assert row.payload["title"] == f"{OPEN}: something new. Whoever may see the case finds it there."
        assert not row.payload["offers"]
    lines = [x for row in voice.said for x in row.payload["lines"]]
    assert all(x.startswith("POSSIBLE EMERGENCY HAZARD") for x in lines)
    assert bool(lines) is ("emergency!" in body), "an emergency is still told"


def test_governing_body_sees_numbers_lists_and_dates_without_names(two: Database) -> None:
    do(two, OPEN, acts.assign, handler="Sam Reed")
    listed = answer(two, "what's overdue", "Bo", LANDLORD, MONDAY, BOARD)
    assert [(x.reference, x.handler) for x in listed.rows] == [(OPEN, "a handler")]
    assert asked(two, "how many are overdue", BOARD).startswith("Cases overdue: 1.")
    assert "Sam" not in asked(two, f"status of {OPEN}", BOARD)
    assert "acknowledge by Tue 17 Nov 2026" in asked(two, f"when is {OPEN} due", BOARD)


@pytest.mark.parametrize(
    "question",
    [
        f"show the definition of {OPEN}",
        f"why is {OPEN} a complaint",
        f"who has {OPEN}",
        f"timeline of {OPEN}",
        f"what did we promise on {OPEN}",
        "what has Priya got",
    ],
)
def test_governing_body_sees_no_words_and_no_names(two: Database, question: str) -> None:
    assert asked(two, question, BOARD).startswith("The governing body sees numbers, lists and dates here")
