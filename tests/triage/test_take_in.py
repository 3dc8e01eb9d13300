"""Taking in: every message ends as a case, in a case, parked, or before a person; never lost, never twice."""

import logging
import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from putright.cases import acts
from putright.cases.errors import Refused
from putright.cases.events import Kind
from putright.cases.labels import Channel, Decision, Label
from putright.cases.message import Message
from putright.cases.reading import Reading
from putright.storage import cases, claims, events, intake, messages, outbox
from putright.storage.cases import Filter
from putright.storage.errors import DatabaseProblem
from putright.triage.act import find
from putright.triage.parked import take_as_real
from putright.triage.posts import REACTION
from putright.triage.settle import Outcome
from putright.triage.take_in import (
    process,
    process_until_settled,
    process_waiting,
    store_mail,
    store_told,
)
from tests.harrowmere import (
    LANDLORD,
    MONDAY,
    PRIVATE,
    RESIDENT,
    database,
    do,
    in_slack,
    letter,
    on,
    raw_mail,
    take,
    told,
    work,
)
from tests.readers import StandIn

OUT_OF_OFFICE = letter("Back on Monday.", headers="Auto-Submitted: auto-replied\r\n")


def tables(db: Database) -> dict[str, int]:
    names = ("intake", "cases", "events", "messages", "readings", "outbox")
    return {name: db.table(name).count for name in names}


def posts(db: Database) -> int:
    """What waits to be said, without the marks on notes."""
    return int(db.execute("select count(*) from outbox where kind != ?", [REACTION]).fetchone()[0])


def test_a_letter_becomes_a_case_with_its_message_its_reading_and_its_posts(db: Database) -> None:
    (outcome,) = take(db, letter())
    assert (outcome.state, outcome.reference) == ("logged", "HC-2026-0001")
    case = find(db, "HC-2026-0001")
    assert (case.label, case.decision, case.received) == (Label.COMPLAINT, Decision.SURE, MONDAY)
    (message,) = messages.of_case(db, "HC-2026-0001")
    assert message.resident.name == RESIDENT and "mushrooms" in message.body
    reading = messages.latest_reading(db, message.id)
    assert reading is not None and reading.model == "stand-in"
    assert tables(db) == {"intake": 1, "cases": 1, "events": 1, "messages": 1, "readings": 1, "outbox": 2}
    (row,) = cases.listing(db, Filter())
    assert row.next_due == date(2026, 11, 30) and row.next_paragraph == "6.2"


@pytest.mark.parametrize("label", list(Label))
def test_every_label_becomes_a_case(db: Database, label: Label) -> None:
    mark = {"service_request": "request", "survey_feedback": "survey"}.get(label.value, label.value)
    take(db, letter(f"{mark}: something"))
    (row,) = cases.listing(db, Filter())
    assert row.label is label
    assert (row.next_due is not None) == (label is Label.COMPLAINT)


def test_an_unsure_reading_is_logged_at_once_with_the_complaint_clocks_running(db: Database) -> None:
    take(db, letter("request: perhaps; ask!"))
    (row,) = cases.listing(db, Filter(review=True))
    assert row.unconfirmed and row.label is Label.SERVICE_REQUEST
    assert row.next_due == date(2026, 11, 30)


def test_a_failing_reader_asks_a_person_and_gives_no_label_that_could_hide_a_complaint(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        (outcome,) = take(db, letter("request: fail! mushrooms"))
    case = find(db, outcome.reference or "")
    assert case.unconfirmed and case.runs_complaint_clocks
    (message,) = messages.of_case(db, case.reference)
    assert "mushrooms" in message.body, "the words are kept"
    assert "mushrooms" not in caplog.text, "and stay out of the log"


def test_the_same_mail_twice_is_one_case(db: Database) -> None:
    assert store_mail(db, raw_mail(letter()))[1]
    assert not store_mail(db, raw_mail(letter()))[1]
    assert not store_mail(db, raw_mail(letter().replace(b"\r\n", b"\n"), uid="2"))[1]
    assert len(work(db)) == 1 and work(db) == []
    assert tables(db)["cases"] == 1


def test_a_mail_that_comes_by_two_paths_is_one_case_and_both_paths_are_known(db: Database) -> None:
    first, _ = store_mail(db, raw_mail(letter(), account="inbox"))
    work(db)
    again, new = store_mail(db, raw_mail(letter(), account="drop", uid="letter.eml abc"))
    assert (again, new) == (first, False)
    assert [place[0] for place in intake.paths(db, first)] == ["drop", "inbox"]
    assert work(db) == []
    assert intake.tally(db) == {"logged": 1, "received": 2, "duplicate": 1}


def test_what_is_told_twice_is_one_case(db: Database) -> None:
    take(db, told("complaint: boiler"), told("complaint: boiler"))
    assert tables(db)["cases"] == 1
    take(db, told("complaint: boiler", resident="Mr Ali"))
    assert tables(db)["cases"] == 2


def test_a_slack_message_is_one_case_however_its_words_differ_between_deliveries(db: Database) -> None:
    take(db, in_slack("complaint: boiler", "1795000000.000100"))
    take(db, in_slack("complaint: boiler off", "1795000000.000100"))
    assert tables(db)["cases"] == 1


def test_the_clock_of_a_note_starts_when_staff_were_told(db: Database) -> None:
    take(db, told("complaint: boiler", on("2026-11-16", 23)), now=MONDAY)
    (row,) = cases.listing(db, Filter())
    assert row.received.date() == date(2026, 11, 16)
    assert row.next_due == date(2026, 11, 23)
    assert find(db, row.reference).channel is Channel.SLACK


def test_a_reply_in_the_thread_joins_the_case(db: Database) -> None:
    take(db, in_slack("request: boiler", "1795000000.000100"))
    (outcome,) = take(db, in_slack("request: still off", "1795000900.000100", "1795000000.000100"))
    assert (outcome.state, outcome.reference) == ("joined", "HC-2026-0001")
    assert [x.kind for x in events.history(db, "HC-2026-0001")] == [Kind.OPENED, Kind.JOINED]
    assert [x.body for x in messages.of_case(db, "HC-2026-0001")] == ["request: boiler", "request: still off"]
    assert posts(db) == 1, "a reply that changes nothing is not commented on"


def test_a_reply_and_its_first_message_in_one_go_are_one_case(db: Database) -> None:
    states = take(
        db,
        in_slack("request: boiler", "1795000000.000100"),
        in_slack("request: still off", "1795000900.000100", "1795000000.000100"),
    )
    assert [x.state for x in states] == ["logged", "joined"]


def test_a_reply_that_reads_as_a_complaint_in_a_request_is_pointed_out(db: Database) -> None:
    take(db, in_slack("request: boiler", "1795000000.000100"))
    take(db, in_slack("complaint: third no show", "1795000900.000100", "1795000000.000100"))
    for kind in ("confirmation", REACTION):
        row = outbox.claim(db, on("2026-11-23", 12))
        assert row is not None and row.kind == kind
        outbox.sent(db, row.id, MONDAY, "1795000001.000100")
    post = outbox.claim(db, on("2026-11-23", 12))
    assert post is not None and post.thread_ts == "1795000000.000100"
    assert post.payload["title"] == "HC-2026-0001: a further message may be a complaint (Code 1.5)."


@pytest.mark.parametrize(
    ("reply", "told_of"),
    [("complaint: again", True), ("request: hm ask!", True), ("other: thanks", False), ("fail!", True)],
)
def test_a_reply_to_a_closed_case_that_may_be_a_complaint_is_pointed_out(
    db: Database, reply: str, told_of: bool
) -> None:
    take(db, in_slack("request: boiler", "1795000000.000100"))
    do(db, "HC-2026-0001", acts.close, reason="mended")
    take(db, in_slack(reply, "1795000900.000100", "1795000000.000100"))
    assert ("The case is closed." in payloads(db)) is told_of


def test_an_unsure_reply_in_a_case_somebody_is_already_asked_about_asks_nobody_again(db: Database) -> None:
    take(db, in_slack("request: boiler ask!", "1795000000.000100"))
    take(db, in_slack("request: hm ask!", "1795000900.000100", "1795000000.000100"))
    assert posts(db) == 1


def test_a_reply_below_our_own_post_about_a_mail_joins_that_mails_case(db: Database) -> None:
    take(db, letter())
    first = outbox.claim(db, MONDAY)
    assert first is not None and first.kind == "arrived"
    outbox.sent(db, first.id, MONDAY, "1795000500.000100")
    (outcome,) = take(db, in_slack("other: she rang again", "1795000900.000100", "1795000500.000100"))
    assert (outcome.state, outcome.reference) == ("joined", "HC-2026-0001")


def test_a_reply_in_a_thread_nobody_knows_becomes_a_case_answered_in_that_thread(db: Database) -> None:
    (outcome,) = take(db, in_slack("complaint: boiler", "1795000900.000100", "1794000000.000100"))
    assert outcome.state == "logged"
    row = outbox.claim(db, MONDAY)
    assert row is not None and row.thread_ts == "1794000000.000100"


def test_machine_mail_is_parked_with_its_reason_and_makes_no_case(db: Database) -> None:
    (outcome,) = take(db, OUT_OF_OFFICE)
    assert (outcome.state, outcome.reason) == ("parked", "auto: Auto-Submitted")
    assert tables(db) | {"intake": 0} == dict.fromkeys(tables(db), 0)
    (item,) = intake.parked(db)
    assert item.raw == OUT_OF_OFFICE and item.reason == "auto: Auto-Submitted"


def test_a_parked_mail_that_is_real_becomes_a_case_once(db: Database) -> None:
    take(db, OUT_OF_OFFICE)
    outcome = take_as_real(db, 1, "Priya Shah", StandIn(), LANDLORD, MONDAY)
    assert (outcome.state, outcome.reference) == ("logged", "HC-2026-0001")
    (message,) = messages.of_case(db, "HC-2026-0001")
    assert message.notes[-1] == "It was parked (auto: Auto-Submitted); Priya Shah said that it is real."
    assert intake.parked(db) == [] and work(db) == []
    with pytest.raises(Refused, match=r"^Number 1 is not parked: it was logged\.$"):
        take_as_real(db, 1, "Priya Shah", StandIn(), LANDLORD, MONDAY)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "The mail is empty"),
        (b"\r\n \r\n", "The mail is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 x", ".msg"),
    ],
    ids=["no bytes", "only blank lines", "an Outlook file"],
)
def test_what_cannot_be_read_becomes_a_stub_case_with_a_clock_and_a_person(
    db: Database, raw: bytes, why: str
) -> None:
    (outcome,) = take(db, raw)
    assert outcome.state == "quarantined" and why in outcome.reason
    (row,) = cases.listing(db, Filter(review=True))
    assert row.next_due == date(2026, 11, 30)
    (item,) = intake.parked(db)
    assert (item.state, item.raw, item.case_ref) == ("quarantined", raw, row.reference)


class FailsInStorage(StandIn):
    """Gives a reading that cannot be written down, for a body with `unwritable`."""

    def read(self, message: Message) -> Reading:
        reading = super().read(message)
        if "unwritable" in message.body:
            object.__setattr__(reading, "model", object())
        return reading


def test_one_bad_message_is_tried_three_times_then_quarantined_and_stops_nobody(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    store_mail(db, raw_mail(letter("complaint: unwritable", number=1), uid="1"))
    store_mail(db, raw_mail(letter("complaint: fine", number=2), uid="2"))
    reader = FailsInStorage()
    with caplog.at_level(logging.ERROR):
        first, second = work(db, reader=reader)
    assert (first.state, first.reason) == ("quarantined", "Reading it failed three times.")
    assert second.state == "logged"
    assert (
        reader.read_bodies.count("complaint: unwritable\n")
        + reader.read_bodies.count("complaint: unwritable")
        == 3
    )
    assert find(db, first.reference or "").next_due(LANDLORD.calendar, {}) is not None


def test_a_message_at_which_the_program_died_three_times_is_quarantined_unread(db: Database) -> None:
    number, _ = store_mail(db, raw_mail(letter()))
    for _ in range(3):
        claims.claim(db, number)
        claims.release(db, number)
    reader = StandIn()
    outcome = process(db, number, reader, LANDLORD, MONDAY)
    assert outcome.state == "quarantined" and reader.read_bodies == []
    assert process(db, number, reader, LANDLORD, MONDAY) == outcome, "and stays as it is"
    assert tables(db)["cases"] == 1


@pytest.mark.parametrize("table", ["outbox", "messages", "readings", "cases", "events"])
def test_when_the_transaction_fails_nothing_is_half_written(
    db: Database, table: str, caplog: pytest.LogCaptureFixture
) -> None:
    number, _ = store_mail(db, raw_mail(letter()))
    before = tables(db)
    db.execute(f"create trigger failing before insert on {table} begin select raise(abort, 'no'); end")
    with caplog.at_level(logging.ERROR):
        assert process(db, number, StandIn(), LANDLORD, MONDAY).state == "stored"
    assert tables(db) == before
    db.execute("drop trigger failing")
    assert [x.state for x in work(db)] == ["logged"]


def test_a_busy_database_is_no_fault_of_the_message(db: Database, tmp_path: Path) -> None:
    number, _ = store_mail(db, raw_mail(letter()))
    other = sqlite3.connect(tmp_path / "test.db", isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(DatabaseProblem, match="used by another program"):
        list(process_waiting(db, StandIn(), LANDLORD, lambda: MONDAY))
    other.execute("rollback")
    other.close()
    assert intake.item(db, number).attempts == 0
    assert [x.state for x in work(db)] == ["logged"]


class WhileReading(StandIn):
    """Does something in the middle of a reading."""

    def __init__(self, then: Callable[[], None]) -> None:
        super().__init__()
        self.then = then

    def read(self, message: Message) -> Reading:
        self.then()
        return super().read(message)


def test_a_message_somebody_works_on_is_left_to_them(db: Database, tmp_path: Path) -> None:
    number, _ = store_mail(db, raw_mail(letter()))
    seen: list[str] = []

    def another() -> None:
        with database(tmp_path / "test.db") as other:
            seen.extend(process(other, number, StandIn(), LANDLORD, MONDAY).state for _ in range(5))

    outcome = process(db, number, WhileReading(another), LANDLORD, MONDAY)
    assert seen == ["claimed"] * 5
    assert (outcome.state, outcome.reference) == ("logged", "HC-2026-0001")
    assert (tables(db)["cases"], intake.item(db, number).attempts) == (1, 1)


def test_whose_claim_expired_makes_no_second_case(db: Database, tmp_path: Path) -> None:
    number, _ = store_mail(db, raw_mail(letter()))

    def expires() -> None:
        with database(tmp_path / "test.db") as other:
            other.execute("update intake set claimed_by = 'x', claimed_until = 0")
            assert process(other, number, StandIn(), LANDLORD, MONDAY).state == "logged"

    outcome = process(db, number, WhileReading(expires), LANDLORD, MONDAY)
    assert (outcome.state, outcome.reference) == ("logged", "HC-2026-0001")
    assert tables(db)["cases"] == 1


def test_who_needs_the_result_waits_for_whoever_works_on_it(db: Database, tmp_path: Path) -> None:
    number, _ = store_mail(db, raw_mail(letter()))
    waited: list[Outcome] = []

    def waits() -> None:
        with database(tmp_path / "test.db") as other:
            waited.append(process_until_settled(other, number, StandIn(), LANDLORD, MONDAY, wait_seconds=30))

    waiter = threading.Thread(target=waits)

    def another_comes() -> None:
        waiter.start()
        with database(tmp_path / "test.db") as other:
            short = process_until_settled(other, number, StandIn(), LANDLORD, MONDAY, wait_seconds=0.1)
        assert short.state == "claimed"

    process(db, number, WhileReading(another_comes), LANDLORD, MONDAY)
    waiter.join(timeout=30)
    assert [(x.state, x.reference) for x in waited] == [("logged", "HC-2026-0001")]


def test_a_database_that_stays_busy_at_the_end_of_every_attempt_never_quarantines(
    db: Database, tmp_path: Path
) -> None:
    number, _ = store_mail(db, raw_mail(letter()))
    other = sqlite3.connect(tmp_path / "test.db", isolation_level=None)

    def locks() -> None:
        if not other.in_transaction:
            other.execute("begin immediate")

    for _ in range(5):
        with pytest.raises(DatabaseProblem, match="used by another program"):
            process(db, number, WhileReading(locks), LANDLORD, MONDAY)
        other.execute("rollback")
        db.execute("update intake set claimed_until = 0")  # a minute passes: it could not be given back
    other.close()
    assert intake.item(db, number).state == "stored"


@pytest.mark.parametrize(
    ("day", "what"),
    [("2017-05-02", "before the calendar"), ("2021-03-01", "before the first Code")],
    ids=lambda x: str(x),
)
def test_a_message_from_a_time_no_due_date_reaches_counts_from_today_and_asks(
    db: Database, day: str, what: str
) -> None:
    first, second = take(db, letter(sent=on(day)), told("request: roof", on(day)))
    for outcome in (first, second):
        case = find(db, outcome.reference or "")
        assert case.unconfirmed and case.received == MONDAY
        due = case.next_due(LANDLORD.calendar, {})
        assert due is not None and due.due == date(2026, 11, 30)
        (message,) = messages.of_case(db, case.reference)
        assert "no due date can be counted" in message.notes[-1]


def test_a_message_with_half_a_character_is_taken_in(db: Database) -> None:
    (outcome,) = take(db, in_slack("complaint: \ud83d boiler", "1795000000.000100"))
    assert outcome.state == "logged"


def test_references_go_on_by_year_whatever_the_label(db: Database) -> None:
    take(db, letter(number=1), letter("other: thanks", number=2))
    take(db, letter(number=3), now=on("2027-01-04"))
    assert [x.reference for x in cases.listing(db, Filter())] == [
        "HC-2026-0001",
        "HC-2027-0001",
        "HC-2026-0002",
    ]


def test_posts_of_mail_stand_below_a_first_line_and_wait_for_it(db: Database) -> None:
    take(db, letter())
    first = outbox.claim(db, MONDAY)
    assert first is not None and (first.kind, first.channel, first.thread_ts) == ("arrived", "C1", "")
    assert outbox.claim(db, MONDAY) is None, "the confirmation waits for the first line's ts"
    outbox.sent(db, first.id, MONDAY, "1795000000.000100")
    second = outbox.claim(db, MONDAY)
    assert second is not None and (second.kind, second.thread_ts) == ("confirmation", "1795000000.000100")


def payloads(db: Database) -> str:
    return "\n".join(row[0] for row in db.execute("select payload from outbox"))


def test_no_post_holds_a_word_a_name_or_an_address(db: Database) -> None:
    forward = letter(
        f"Please log this.\r\n\r\n---------- Forwarded message ---------\r\nFrom: {RESIDENT} "
        "<jacinta.okonkwo@post.example>\r\nDate: Fri, 20 Nov 2026 at 18:30\r\nSubject: mushrooms\r\n"
        "To: <info@harrowmere.example>\r\n\r\nrequest: mushrooms at 12 Ashdown, hazard! ask!",
        number=2,
        sender="Sam Reed <sam.reed@harrowmere.example>",
    )
    words = f"complaint: mushrooms, {RESIDENT}, 12 Ashdown, 07700 900123, jacinta.okonkwo@post.example"
    take(
        db,
        letter(),
        forward,
        letter(f"{words} emergency! fail!", number=3),
        letter(f"survey: {words}", number=4),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 mushrooms",
        in_slack(words, "1795000000.000100"),
        in_slack("request: a tap", "1795000100.000100"),
        in_slack(words, "1795000200.000100", "1795000100.000100"),
        told(words, resident=RESIDENT),
    )
    said = payloads(db)
    assert said.count("HC-2026-") >= 14
    for private in PRIVATE:
        assert private.lower() not in said.lower()


def test_a_confirmation_holds_reference_label_date_paragraph_and_whether_it_is_sure(db: Database) -> None:
    take(db, letter(), letter("request: a tap; ask!", number=2), letter("survey: 2 of 5", number=3))
    said = payloads(db)
    assert "HC-2026-0001: complaint, acknowledge by Mon 30 Nov 2026 (Code 6.2)." in said
    assert "Sure. It was marked as complaint. (Code 1.2)" in said
    assert "HC-2026-0002: perhaps a service request, to be confirmed, acknowledge by Mon 30 Nov 2026" in said
    assert "I am not sure, so it is logged unconfirmed with the complaint clocks running" in said
    assert "/case HC-2026-0002 is complaint" in said
    assert "tell the person how to complain (Code 1.6)" in said


def test_a_possible_emergency_is_said_in_capitals(db: Database) -> None:
    take(db, letter("request: gas, emergency!"))
    assert "POSSIBLE EMERGENCY HAZARD" in payloads(db)


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        (on("2026-12-24", 9), date(2027, 1, 5)),
        (on("2026-10-25", 1, 30), date(2026, 10, 30)),
        (datetime(2026, 7, 3, 23, 30, tzinfo=UTC), date(2026, 7, 10)),
        (datetime(2026, 11, 20, 23, 30, tzinfo=UTC), date(2026, 11, 27)),
    ],
    ids=[
        "over Christmas",
        "in the hour the clocks repeat",
        "after midnight in London",
        "before midnight in London",
    ],
)
def test_the_due_date_counts_from_the_london_day(db: Database, sent: datetime, due: date) -> None:
    take(db, letter(sent=sent), now=on("2026-12-28"))
    (row,) = cases.listing(db, Filter())
    assert row.next_due == due


def test_the_tally_accounts_for_every_path(db: Database) -> None:
    store_mail(db, raw_mail(letter(), uid="again"))
    take(db, letter(number=2), OUT_OF_OFFICE, b"", in_slack("request: x", "1795000000.000100"))
    take(db, in_slack("request: y", "1795000001.000100", "1795000000.000100"))
    store_mail(db, raw_mail(letter(), uid="and again"))
    store_told(db, told("complaint: not yet looked at"))
    counts: dict[str, Any] = intake.tally(db)
    assert counts.pop("received") == 8 == sum(counts.values())
    assert counts == {"logged": 3, "parked": 1, "quarantined": 1, "joined": 1, "duplicate": 1, "stored": 1}
