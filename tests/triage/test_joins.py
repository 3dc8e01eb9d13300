"""A person joins and parts cases, and takes up or leaves what a case puts before them."""

from datetime import date

import pytest
from sqlite_utils import Database

from putright.cases import acts
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Kind
from putright.cases.labels import Label
from putright.cases.offers import Offer, What, offers
from putright.cases.record import record
from putright.cases.records.assessment import ASSESS
from putright.storage import cases, events, intake, messages
from putright.storage.cases import Filter
from putright.triage.act import act, find
from putright.triage.joins import accept, decline, join, unjoin
from putright.triage.posts import due_if_accepted, offer_commands
from putright.triage.remind import as_post, digest
from putright.triage.telling import told
from tests.cases.a_case import ASSESSED
from tests.harrowmere import LANDLORD, MONDAY, do, on, take
from tests.triage.thread_mails import ADA_AT, BOX, ROOF, SAM, mail

FIRST, SECOND = "HC-2026-0001", "HC-2026-0002"
NEXT = on("2026-12-15")
PRIYA = By("Priya Shah", NEXT)
UNHAPPY = "I am not happy with your response and want to take this further."


def kinds(db: Database, reference: str) -> list[Kind]:
    return [x.kind for x in events.history(db, reference)]


def whole(db: Database) -> None:
    """Each message is in the case that its intake row names; the log fits together."""
    rows = db.execute("select m.case_ref, i.case_ref from messages m join intake i on i.id = m.intake_id")
    assert all(a == b for a, b in rows)
    assert events.cut_off(db) == [] and list(events.broken_links(db)) == []
    for row in cases.listing(db, Filter(closed=None)):
        case = find(db, row.reference)
        held = {x.id for x in messages.of_case(db, row.reference)}
        assert held == set(case.messages)


def two(db: Database, second: str = "complaint: the roof leaks again", **more: object) -> None:
    sent = on("2026-11-30")
    take(db, mail("1"), now=MONDAY)
    take(db, mail("2", second, sent=sent, **more), now=sent)  # type: ignore[arg-type]


def test_a_suggested_join_is_made_by_one_command_and_undone_by_another(db: Database) -> None:
    two(db)
    due = next(x.next_due for x in cases.listing(db, Filter()) if x.reference == SECOND)
    moved = join(db, SECOND, FIRST, LANDLORD, PRIYA)
    assert moved.after.reference == FIRST and moved.after.received == MONDAY
    merged = find(db, SECOND)
    assert merged.joined_into == FIRST and merged.closed and not offers(merged)
    assert [x.reference for x in cases.listing(db, Filter())] == [FIRST]
    assert intake.tally(db) == {"logged": 1, "joined": 1, "received": 2, "duplicate": 0}
    whole(db)
    _, other = unjoin(db, FIRST, LANDLORD, PRIYA, "two roofs")
    assert (other.reference, other.joined_into, other.closed) == (SECOND, "", None)
    assert other.received == on("2026-11-30")
    row = next(x for x in cases.listing(db, Filter()) if x.reference == SECOND)
    assert row.next_due == due, "its own clock runs as if it had never been joined"
    assert kinds(db, FIRST) == [Kind.OPENED, Kind.JOINED, Kind.UNJOINED]
    assert kinds(db, SECOND) == [Kind.OPENED, Kind.SUGGESTED, Kind.ANSWERED, Kind.JOINED_INTO, Kind.REOPENED]
    assert intake.tally(db) == {"logged": 2, "received": 2, "duplicate": 0}
    whole(db)


def test_a_message_that_joined_by_itself_gets_a_case_with_its_own_receipt_clock(db: Database) -> None:
    two(db, answers="1")
    assert [x.reference for x in cases.listing(db, Filter())] == [FIRST]
    moved, other = unjoin(db, FIRST, LANDLORD, PRIYA)
    assert moved.after.messages == moved.before.messages[:1]
    assert (other.reference, other.label, other.received) == (SECOND, Label.COMPLAINT, on("2026-11-30"))
    due = other.next_due(LANDLORD.calendar, {})
    assert due is not None and due.due == date(2026, 12, 7)
    assert intake.tally(db) == {"logged": 2, "received": 2, "duplicate": 0}
    whole(db)


def test_a_copy_taken_out_gives_back_the_receipt_it_moved(db: Database) -> None:
    sent = on("2026-11-25")
    take(db, mail("1", sent=sent), now=sent)
    take(db, mail("1", sent=MONDAY).replace(b"three visits", b"three  visits"), now=sent)
    assert find(db, FIRST).received == MONDAY
    moved, other = unjoin(db, FIRST, LANDLORD, PRIYA)
    assert (moved.after.received, other.received) == (sent, MONDAY)


def test_a_case_of_several_messages_is_joined_and_parted_whole(db: Database) -> None:
    two(db)
    sent = on("2026-12-01")
    take(db, mail("3", "other: and another thing", answers="2", sent=sent), now=sent)
    assert len(find(db, SECOND).messages) == 2
    join(db, SECOND, FIRST, LANDLORD, PRIYA)
    assert len(find(db, FIRST).messages) == 3
    whole(db)
    unjoin(db, FIRST, LANDLORD, PRIYA, number=2)
    assert len(find(db, FIRST).messages) == 1 and len(find(db, SECOND).messages) == 2
    whole(db)
    join(db, SECOND, FIRST, LANDLORD, PRIYA)
    assert len(find(db, FIRST).messages) == 3, "and it can be joined again"
    whole(db)


def test_what_may_not_be_joined_or_parted(db: Database) -> None:
    two(db)
    take(db, mail("3", "request: a tap", subject="Tap"), now=on("2026-11-30"))

    def refuses(sentence: str, reference: str, into: str) -> None:
        with pytest.raises(Refused, match=sentence):
            join(db, reference, into, LANDLORD, PRIYA)

    refuses("cannot be joined into itself", FIRST, FIRST)
    refuses("There is no case HC-2026-0009", FIRST, "HC-2026-0009")
    refuses("runs a complaint's clocks and HC-2026-0003 does not", FIRST, "HC-2026-0003")
    with pytest.raises(Refused, match="No message joined HC-2026-0001"):
        unjoin(db, FIRST, LANDLORD, PRIYA)
    join(db, SECOND, FIRST, LANDLORD, PRIYA)
    refuses("HC-2026-0002 is part of HC-2026-0001 already", SECOND, "HC-2026-0003")
    with pytest.raises(Refused, match="is part of HC-2026-0001"):
        do(db, SECOND, acts.reopen, reason="x", at=NEXT)
    for number, sentence in ((1, "is the one that opened"), (7, "has 2 messages: there is no number 7")):
        with pytest.raises(Refused, match=sentence):
            unjoin(db, FIRST, LANDLORD, PRIYA, number=number)
    do(db, "HC-2026-0003", acts.close, reason="mended", at=NEXT)
    refuses("HC-2026-0003 is closed: reopen it first", FIRST, "HC-2026-0003")


def test_a_case_that_was_acknowledged_stays_a_case(db: Database) -> None:
    two(db)
    do(db, SECOND, acts.define, points=["x"], outcomes=["y"], at=NEXT)
    do(db, SECOND, acts.acknowledge, at=NEXT)
    with pytest.raises(Refused, match="acknowledged as a complaint of its own"):
        join(db, SECOND, FIRST, LANDLORD, PRIYA)


# --- stage 2 --------------------------------------------------------------------------------------


def answered(db: Database, *, closed: bool = False) -> None:
    """A complaint of 23 November, acknowledged on the 24th and answered on 1 December."""
    take(db, mail("1"), now=MONDAY)
    do(db, FIRST, acts.define, points=["the roof"], outcomes=["mended"], at=on("2026-11-24"))
    do(db, FIRST, acts.acknowledge, at=on("2026-11-24"))
    do(db, FIRST, acts.respond, outcome="upheld", at=on("2026-12-01"))
    if closed:
        do(db, FIRST, acts.close, reason="answered", at=on("2026-12-02"))


def reply(db: Database, body: str = UNHAPPY, day: str = "2026-12-04") -> Case:
    sent = on(day)
    ident = f"r{db.table('intake').count}"
    assert [x.state for x in take(db, mail(ident, body, answers="1", sent=sent), now=sent)] == ["joined"]
    return find(db, FIRST)


@pytest.mark.parametrize("closed", [False, True])
def test_a_reply_that_rejects_the_answer_is_put_before_a_person_and_escalates_as_of_its_day(
    db: Database, closed: bool
) -> None:
    answered(db, closed=closed)
    case = reply(db)
    (offer,) = offers(case)
    assert (offer.what, offer.day) == (What.STAGE_2, date(2026, 12, 4))
    due = due_if_accepted(case, offer, LANDLORD)
    assert due is not None and (due.due, due.paragraph) == (date(2026, 12, 11), "6.11")
    assert case.stage == 1, "nothing happens by itself"
    said = "\n".join(as_post(digest(db, LANDLORD, date(2026, 12, 7))).lines)
    assert f"Replies that may ask for stage 2: {FIRST} (Fri 4 Dec 2026)" in said
    assert "may ask for stage 2 (Code 6.10)" in "\n".join(
        x[0] for x in db.execute("select payload from outbox")
    )
    moved = accept(db, FIRST, LANDLORD, PRIYA)
    assert (moved.after.stage, moved.after.escalated, moved.after.closed) == (2, date(2026, 12, 4), None)
    assert moved.due_after is not None and moved.due_after.due == date(2026, 12, 11)
    assert not offers(moved.after) and not cases.open_offers(db)
    whole(db)


def test_a_possible_request_is_declined_only_with_a_reason_which_is_kept(db: Database) -> None:
    answered(db)
    reply(db)
    with pytest.raises(Refused, match="Say why this is not one"):
        decline(db, FIRST, LANDLORD, PRIYA, " ")
    decline(db, FIRST, LANDLORD, PRIYA, "she meant the neighbour")
    assert not offers(find(db, FIRST)) and find(db, FIRST).stage == 1
    assert events.history(db, FIRST)[-1].data["reason"] == "she meant the neighbour"
    reply(db, day="2026-12-08")
    assert len(offers(find(db, FIRST))) == 1, "the next one is asked about again"


def test_a_request_that_came_before_the_answer_was_written_down_is_found_once_it_is(db: Database) -> None:
    take(db, mail("1"), now=MONDAY)
    do(db, FIRST, acts.define, points=["the roof"], outcomes=["mended"], at=on("2026-11-24"))
    do(db, FIRST, acts.acknowledge, at=on("2026-11-24"))
    assert not offers(reply(db)), "nothing to escalate yet: a chaser"
    do(db, FIRST, acts.respond, outcome="upheld", day=date(2026, 12, 1), at=on("2026-12-07"))
    assert [x.what for x in offers(find(db, FIRST))] == [What.STAGE_2]


@pytest.mark.parametrize(
    ("body", "offered"),
    [
        pytest.param("other: thank you, all is well", False, id="thanks"),
        pytest.param(
            "complaint: it leaks just as before", True, id="what reads as a complaint without such words"
        ),
    ],
)
def test_a_reply_after_the_answer_without_words_of_escalation(db: Database, body: str, offered: bool) -> None:
    answered(db)
    assert [x.what for x in offers(reply(db, body))] == [What.STAGE_2] * offered


def test_a_reply_of_before_the_answer_is_no_request(db: Database) -> None:
    answered(db)
    sent = on("2026-11-30")
    take(db, mail("late", UNHAPPY, answers="1", sent=sent), now=NEXT)
    assert not offers(find(db, FIRST))


def test_a_thread_that_staff_pass_on_asks_for_stage_2_by_its_newest_mail_and_on_its_day(db: Database) -> None:
    answered(db)
    thread = (
        "Please see below.\r\n\r\n---------- Forwarded message ---------\r\nFrom: Ada Obi <ada@home.example>\r\n"
        "Date: Fri, 4 Dec 2026 at 09:00\r\nSubject: Re: Roof\r\nTo: <office@harrowmere.example>\r\n\r\n"
        f"{UNHAPPY}\r\n\r\n"
        "---------- Forwarded message ---------\r\nFrom: Ada Obi <ada@home.example>\r\n"
        f"Date: Mon, 23 Nov 2026 at 10:00\r\nSubject: Roof\r\nTo: <office@harrowmere.example>\r\n\r\n{ROOF}"
    )
    sent = on("2026-12-07")
    (outcome,) = take(db, mail("f", thread, sender=SAM, subject="Fwd: Re: Roof", sent=sent), now=sent)
    assert (outcome.state, outcome.reference) == ("joined", FIRST)
    (offer,) = offers(find(db, FIRST))
    assert (offer.what, offer.day) == (What.STAGE_2, date(2026, 12, 4))
    assert len(find(db, FIRST).chasers) == 1


# --- staff's own mail -----------------------------------------------------------------------------


def staff_writes(db: Database, body: str, day: str, **more: str) -> Offer:
    sent = on(day)
    given = {"sender": SAM, "to": ADA_AT, "cc": BOX, "answers": "1", **more}
    take(db, mail(f"s{db.table('intake').count}", body, sent=sent, **given), now=sent)
    return offers(find(db, FIRST))[-1]


def test_staffs_copied_mails_become_the_acknowledgement_and_the_response_on_their_own_days(
    db: Database,
) -> None:
    take(db, mail("1"), now=MONDAY)
    first = staff_writes(db, "Dear Ada, we acknowledge your complaint.", "2026-11-25")
    second = staff_writes(db, "This is our stage 1 response.", "2026-12-01", cc="")
    assert (first.acts[0], second.acts[0]) == ("acknowledgement", "response")
    with pytest.raises(Refused, match="no person has confirmed one yet"):
        accept(db, FIRST, LANDLORD, PRIYA, first.number)
    do(db, FIRST, acts.define, points=["the roof"], outcomes=["mended"], at=NEXT)
    act(db, FIRST, LANDLORD, NEXT, lambda x: record(ASSESS, x, PRIYA, ASSESSED))
    with pytest.raises(Refused, match=r"name one by its number \(2, 3\)"):
        accept(db, FIRST, LANDLORD, PRIYA)
    assert accept(db, FIRST, LANDLORD, PRIYA, first.number).after.first.acknowledged == date(2026, 11, 25)
    with pytest.raises(Refused, match="Say what was decided"):
        accept(db, FIRST, LANDLORD, PRIYA, second.number)
    after = accept(
        db,
        FIRST,
        LANDLORD,
        PRIYA,
        second.number,
        outcome="upheld",
        reasons=["we missed the visit"],
        impact="cold",
    ).after
    assert (after.first.responded, after.first.outcome) == (date(2026, 12, 1), "upheld")
    assert not offers(after) and not after.chasers
    whole(db)


@pytest.mark.parametrize("ids", [{"answers": "1"}, {"answers": ""}], ids=["with ids", "without"])
def test_staffs_reply_above_the_quoted_mail_is_no_copy_of_it(db: Database, ids: dict[str, str]) -> None:
    take(db, mail("1"), now=MONDAY)
    quoted = (
        "Dear Ada, we acknowledge your complaint.\r\n\r\n-----Original Message-----\r\n"
        "From: Ada Obi <ada@home.example>\r\nSent: 23 November 2026 10:00\r\nTo: complaints@harrowmere.example\r\n"
        f"Subject: Roof\r\n\r\n{ROOF}"
    )
    offer = staff_writes(db, quoted, "2026-11-25", subject="RE: Roof", **ids)
    assert (offer.what, offer.acts[0], offer.day) == (What.ACT, "acknowledgement", date(2026, 11, 25))
    assert find(db, FIRST).received == MONDAY


STAGE_2 = "I do not accept this. Please take it to stage 2."


@pytest.mark.parametrize(
    ("answered_by_mail", "body", "offered"),
    [
        pytest.param(True, STAGE_2, True, id="by name, after a likely response"),
        pytest.param(True, "complaint: I do not accept this.", True, id="a rejection of a likely response"),
        pytest.param(True, "other: thank you", False, id="thanks for a likely response"),
        pytest.param(False, STAGE_2, True, id="by name, with no response in sight"),
        pytest.param(False, UNHAPPY, False, id="unhappy, with no response in sight"),
        pytest.param(False, "request: no need to escalate", False, id="not wanted"),
    ],
)
def test_a_request_for_stage_2_is_put_before_a_person_while_the_response_is_not_recorded(
    db: Database, answered_by_mail: bool, body: str, offered: bool
) -> None:
    take(db, mail("1", "complaint: the roof"), now=MONDAY)
    if answered_by_mail:
        staff_writes(db, "This is our stage 1 response.", "2026-12-01")
    found = [x for x in offers(reply(db, body)) if x.what is What.STAGE_2]
    assert [x.day for x in found] == [date(2026, 12, 4)] * offered
    posts = "\n".join(x[0] for x in db.execute("select payload from outbox"))
    assert ("the stage 1 response must be recorded first" in posts) is offered
    said = "\n".join(as_post(digest(db, LANDLORD, date(2026, 12, 7))).lines)
    named = f"stage 2: {FIRST} (Fri 4 Dec 2026, the stage 1 response must be recorded first)"
    assert (named in said) is offered


def test_a_request_for_stage_2_is_accepted_after_the_response_and_refused_before_it(db: Database) -> None:
    take(db, mail("1"), now=MONDAY)
    response = staff_writes(db, "This is our stage 1 response.", "2026-12-01")
    case = reply(db, STAGE_2)
    request = offers(case)[-1]
    due = due_if_accepted(case, request, LANDLORD)
    assert due is not None and (due.due, due.paragraph) == (date(2026, 12, 11), "6.11")
    first = f"putright case accept {FIRST} {response.number} --act response"
    assert offer_commands(case, request)[0].startswith(f"First:  {first}")
    with pytest.raises(Refused, match=f"so accept offer {response.number} first:  {first}"):
        accept(db, FIRST, LANDLORD, PRIYA, request.number)
    do(db, FIRST, acts.define, points=["the roof"], outcomes=["mended"], at=NEXT)
    do(db, FIRST, acts.acknowledge, day=date(2026, 11, 24), at=NEXT)
    accept(
        db,
        FIRST,
        LANDLORD,
        PRIYA,
        response.number,
        "response",
        "upheld",
        ["we missed the visit"],
        impact="cold",
    )
    (offer,) = offers(find(db, FIRST))
    assert offer.number == request.number and "must be recorded" not in offer.why
    assert accept(db, FIRST, LANDLORD, PRIYA).after.escalated == date(2026, 12, 4)
    whole(db)


def test_a_request_for_stage_2_without_a_response_says_which_act_comes_first(db: Database) -> None:
    take(db, mail("1"), now=MONDAY)
    case = reply(db, STAGE_2)
    assert offer_commands(case, offers(case)[0])[0].startswith(
        f"First:  putright case respond {FIRST} --outcome"
    )
    with pytest.raises(Refused, match=f"record it first:  putright case respond {FIRST}"):
        accept(db, FIRST, LANDLORD, PRIYA)
    do(db, FIRST, acts.define, points=["the roof"], outcomes=["mended"], at=NEXT)
    do(db, FIRST, acts.acknowledge, at=NEXT)
    late = find(db, FIRST)
    assert due_if_accepted(late, offers(late)[0], LANDLORD) is None, "it came before the acknowledgement"


def test_what_is_missing_for_staffs_mail_is_named_with_its_commands_and_in_its_order(db: Database) -> None:
    take(db, mail("1"), now=MONDAY)
    first = staff_writes(db, "Dear Ada, we acknowledge your complaint.", "2026-11-25")
    second = staff_writes(db, "This is our stage 1 response.", "2026-12-01")

    def needed(offer: Offer) -> list[str]:
        said = offer_commands(find(db, FIRST), offer)
        return [x.removeprefix("First:  putright case ") for x in said if x.startswith("First:")]

    define, accepting = f"define {FIRST}", f"accept {FIRST} {first.number} --act acknowledgement"
    assess = f'assess {FIRST} --complexity low --vulnerability "none known" --risk "none known"'
    assert needed(first) == [define, assess]
    assert needed(second) == [define, assess, accepting]
    do(db, FIRST, acts.define, points=["the roof"], outcomes=["mended"], at=NEXT)
    assert needed(first) == [assess]
    act(db, FIRST, LANDLORD, NEXT, lambda x: record(ASSESS, x, PRIYA, ASSESSED))
    assert needed(first) == [] and needed(second) == [accepting]
    accept(db, FIRST, LANDLORD, PRIYA, first.number)
    assert needed(second) == []


def test_a_response_without_a_copied_acknowledgement_names_the_act(db: Database) -> None:
    take(db, mail("1"), now=MONDAY)
    offer = staff_writes(db, "This is our stage 1 response.", "2026-12-01")
    assert f"First:  putright case acknowledge {FIRST} --on YYYY-MM-DD" in offer_commands(
        find(db, FIRST), offer
    )


def test_staffs_mail_may_be_an_update_or_nothing(db: Database) -> None:
    take(db, mail("1"), now=MONDAY)
    number = staff_writes(db, "A part is on order.", "2026-11-25").number
    after = accept(db, FIRST, LANDLORD, PRIYA, number).after
    assert after.of(Kind.UPDATED)[0].data["on"] == "2026-11-25"
    assert after.history[-1].data == {"offer": number, "accepted": True, "act": "update", "reason": ""}
    number = staff_writes(db, "Hello again.", "2026-11-26").number
    decline(db, FIRST, LANDLORD, PRIYA, "")
    assert not offers(find(db, FIRST))


def test_staffs_mail_among_themselves_is_kept_and_offered_as_nothing(db: Database) -> None:
    take(db, mail("1"), now=MONDAY)
    take(db, mail("2", "Who has this?", sender=SAM, to="kim@harrowmere.example", answers="1"), now=MONDAY)
    case = find(db, FIRST)
    assert len(case.messages) == 2 and not offers(case)


def test_a_request_that_turned_becomes_a_complaint_by_a_person(db: Database) -> None:
    take(db, mail("1", "request: a tap"), now=MONDAY)
    reply(db, "complaint: third no show")
    after = accept(db, FIRST, LANDLORD, PRIYA).after
    assert after.label is Label.COMPLAINT and after.confirmed_by == "Priya Shah" and not offers(after)


def test_every_event_of_a_join_is_told_in_words(db: Database) -> None:
    two(db)
    join(db, SECOND, FIRST, LANDLORD, PRIYA)
    unjoin(db, FIRST, LANDLORD, PRIYA, "two roofs")
    said = "\n".join(told(x) for ref in (FIRST, SECOND) for x in events.history(db, ref))
    for words in (
        "The resident wrote again: Priya Shah joined it. It came from HC-2026-0002.",
        "A message was taken out of it and is HC-2026-0002 now: two roofs.",
        "It may belong to HC-2026-0001: the same resident wrote under a like subject.",
        "Offer 2 accepted.",
        "Joined into HC-2026-0001, where its messages are now.",
    ):
        assert words in said


def test_nothing_to_accept_is_said(db: Database) -> None:
    take(db, mail("1"), now=MONDAY)
    with pytest.raises(Refused, match="puts nothing before a person now"):
        accept(db, FIRST, LANDLORD, PRIYA)
    two_more = staff_writes(db, "Hello.", "2026-11-25")
    with pytest.raises(Refused, match="has no open offer 9"):
        accept(db, FIRST, LANDLORD, PRIYA, 9)
    assert two_more.what is What.ACT
