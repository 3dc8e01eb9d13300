"""Which case a mail belongs to: joined where ids or our reference and the sender say so, else only suggested."""

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from sqlite_utils import Database

from putright.cases import acts
from putright.cases.events import JoinedAs, Kind
from putright.cases.labels import Label, Role
from putright.cases.offers import What, offers
from putright.cases.reading import Sentence, unread
from putright.storage import cases, messages
from putright.storage.cases import Filter
from putright.triage.act import find
from putright.triage.joined import chases
from putright.triage.take_in import store_mail
from tests.harrowmere import MONDAY, database, do, on, raw_mail, take, told, work
from tests.triage.thread_mails import ADA, ADA_AT, BOX, KIM, ROOF, SAM, attached, forward, mail

FIRST, SECOND = "HC-2026-0001", "HC-2026-0002"
LATER = on("2026-11-25")
SPACED = ROOF.replace(" ", "  ").upper()
NEWS = "Any news? It is raining in again."


def came_to(db: Database, *mails: bytes) -> list[tuple[str, str | None]]:
    return [(x.state, x.reference) for x in take(db, *mails, now=LATER)]


JOINED, OWN = ("joined", FIRST), ("logged", SECOND)


@pytest.mark.parametrize(
    ("second", "kind"),
    [
        pytest.param(
            mail("2", NEWS, subject="hm", answers="1", sent=LATER), "reply", id="it answers the mail"
        ),
        pytest.param(
            mail("2", NEWS, subject="RE: Roof", answers="unknown", references="1 unknown", sent=LATER),
            "reply",
            id="it answers a mail we never saw, in a thread that we know, under a like subject",
        ),
        pytest.param(
            mail("2", NEWS, subject="Re: HC-2026-0001 roof", sent=LATER),
            "reply",
            id="its subject names the case",
        ),
        pytest.param(
            mail("2", f"{NEWS} My reference is hc 2026 1.", subject="hm", sent=LATER),
            "reply",
            id="its words name the case",
        ),
        pytest.param(
            mail("2", "see HC-2026-0001", sender=SAM, to=KIM, subject="hm", sent=LATER),
            "staff",
            id="staff name the case",
        ),
        pytest.param(
            forward(
                "2", "Another thing.", written="Wed, 25 Nov 2026 at 09:00", cover="This is for HC-2026-0001"
            ),
            "reply",
            id="staff pass it on and name the case",
        ),
        pytest.param(
            forward("2", NEWS, written="Wed, 25 Nov 2026 at 09:00", references="1", sent=LATER),  # type: ignore[arg-type]
            "reply",
            id="staff pass on the resident's next mail of the thread",
        ),
        pytest.param(
            mail("2", "We acknowledge it.", sender=SAM, to=ADA_AT, cc=BOX, answers="1", sent=LATER),
            "staff",
            id="staff answer the resident",
        ),
    ],
)
def test_what_belongs_to_a_case_joins_it(db: Database, second: bytes, kind: str) -> None:
    assert came_to(db, mail("1"), second) == [("logged", FIRST), JOINED]
    (event,) = find(db, FIRST).of(Kind.JOINED)
    assert event.data["as"] == kind and event.data["how"]
    assert len(messages.of_case(db, FIRST)) == 2
    assert find(db, FIRST).received == MONDAY


@pytest.mark.parametrize(
    ("second", "suggested"),
    [
        pytest.param(
            mail("2", NEWS, sender="Jo <jo@else.example>", answers="1"),
            True,
            id="somebody else answers the mail",
        ),
        pytest.param(
            mail("2", NEWS, sender="Jo <jo@else.example>", subject="HC-2026-0001"),
            True,
            id="somebody else names the case",
        ),
        pytest.param(
            forward("2", NEWS, author="Jo <jo@else.example>", references="1"),
            True,
            id="staff pass on somebody else's mail with recycled references",
        ),
        pytest.param(mail("2", NEWS, subject="Re: Roof"), True, id="a like subject of the same resident"),
        pytest.param(
            mail("2", NEWS, sender="Jo <jo@else.example>", subject="Re: Roof"),
            False,
            id="a like subject alone",
        ),
        pytest.param(
            mail("2", NEWS, subject="My bins", references="1"),
            False,
            id="recycled references under another subject",
        ),
        pytest.param(mail("2", NEWS, subject="HC-2026-0099"), False, id="a case that is not there"),
        pytest.param(
            mail("2", f"{NEWS}\r\n\r\n> about HC-2026-0001\r\n> we wrote", subject="My bins"),
            False,
            id="a reference that is only quoted",
        ),
        pytest.param(
            forward("2", "In other words.", sent=LATER),  # type: ignore[arg-type]
            True,
            id="a forward of the same minute in other words",
        ),
        pytest.param(
            mail("1", "complaint: quite another thing", subject="Bins"), False, id="a Message-ID used again"
        ),
    ],
)
def test_what_may_belong_to_a_case_is_never_joined_only_suggested(
    db: Database, second: bytes, suggested: bool
) -> None:
    assert came_to(db, mail("1"), second) == [("logged", FIRST), OWN]
    assert [(x.what, x.into) for x in offers(find(db, SECOND))] == [(What.JOIN, FIRST)] * suggested
    assert not find(db, FIRST).of(Kind.JOINED)


def test_a_note_that_names_a_case_is_suggested(db: Database) -> None:
    take(db, mail("1"), told("complaint: she rang about HC-2026-0001 again"))
    assert [x.into for x in offers(find(db, SECOND))] == [FIRST]


def test_what_may_belong_to_two_cases_is_only_suggested(db: Database) -> None:
    take(db, mail("1", "complaint: the roof"), mail("1", "complaint: the bins", subject="Bins"))
    assert came_to(db, mail("3", NEWS, answers="1")) == [("logged", "HC-2026-0003")]
    (offer,) = offers(find(db, "HC-2026-0003"))
    assert offer.into == FIRST and offer.why.endswith(", and others")


PATHS = {
    "the resident's own": mail("1"),
    "passed on by one colleague": forward("f1"),
    "passed on by another": forward(
        "f2", by=KIM, subject="FW: Roof", written="Monday, November 23, 2026 10:00 AM"
    ),
    "passed on, broken anew and with a banner": forward("f3", f"{SPACED}\r\n\r\nSent from my phone"),
    "passed on as an attachment": attached("a1", mail("1")),
    "in another box, rendered anew": mail("1", ROOF.replace(" after", "\r\nafter")),
}


@pytest.mark.parametrize(("one", "other"), list(permutations(PATHS, 2)))
def test_one_mail_by_two_paths_is_one_case_with_both_paths_on_record(
    db: Database, one: str, other: str
) -> None:
    assert came_to(db, PATHS[one], PATHS[other]) == [("logged", FIRST), JOINED]
    case = find(db, FIRST)
    assert [x.data["as"] for x in case.of(Kind.JOINED)] == [JoinedAs.COPY]
    assert case.chasers == () and len(messages.of_case(db, FIRST)) == 2
    assert case.received == MONDAY, "the original's date, whichever path came first"


def test_the_earliest_date_of_two_paths_starts_the_clock(db: Database) -> None:
    late = attached("a1", mail("1", sent=MONDAY))
    take(db, mail("1", sent=LATER), now=LATER)
    assert came_to(db, late) == [JOINED]
    assert find(db, FIRST).received == MONDAY
    (row,) = cases.listing(db, Filter())
    assert row.received == MONDAY and str(row.next_due) == "2026-11-30"


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(forward("f1", author="Jo Obi <jo@else.example>"), id="by another resident"),
        pytest.param(forward("f1", written="Mon, 23 Nov 2026 at 10:01"), id="of another minute"),
    ],
)
def test_the_same_words_alone_are_not_the_same_mail(db: Database, other: bytes) -> None:
    assert came_to(db, mail("1"), other) == [("logged", FIRST), OWN]


def test_a_stranger_who_attaches_a_residents_mail_joins_nothing(db: Database) -> None:
    assert came_to(db, mail("1"), attached("a1", mail("1"), by="Jo <jo@else.example>")) == [
        ("logged", FIRST),
        OWN,
    ]


def test_a_mail_dragged_back_or_delivered_again_is_the_same(db: Database) -> None:

    take(db, mail("1"))
    for uid in ("77", "78"):
        assert not store_mail(db, raw_mail(mail("1"), uid=uid, account="other"))[1]
    assert work(db) == []


@pytest.mark.parametrize(
    ("reply", "came"),
    [
        pytest.param("complaint: it leaks again", OWN, id="that may be a complaint opens a case of its own"),
        pytest.param("other: thank you", JOINED, id="of thanks joins it"),
    ],
)
def test_a_reply_to_a_closed_case(db: Database, reply: str, came: tuple[str, str]) -> None:
    take(db, mail("1", "request: a tap"))
    do(db, FIRST, acts.close, reason="mended")
    assert came_to(db, mail("2", reply, answers="1", sent=LATER)) == [came]
    if came == OWN:
        assert [x.into for x in offers(find(db, SECOND))] == [FIRST]


def test_a_reply_that_may_make_a_request_a_complaint_is_put_before_a_person(db: Database) -> None:
    take(db, mail("1", "request: a tap"))
    assert came_to(db, mail("2", "complaint: third no show", answers="1", sent=LATER)) == [JOINED]
    assert [x.what for x in offers(find(db, FIRST))] == [What.TURNED]


def test_chasers_are_counted_on_the_case(db: Database) -> None:
    take(db, mail("1"), now=MONDAY)
    for number in (2, 3):
        came_to(db, mail(str(number), NEWS, answers="1", sent=LATER))
    came_to(db, mail("4", "We are on it.", sender=SAM, to=ADA_AT, answers="1", sent=LATER))
    (row,) = cases.listing(db, Filter())
    assert row.chased == 2 == len(find(db, FIRST).chasers)


@pytest.mark.parametrize(
    ("body", "chased"),
    [
        pytest.param("other: thank you, the new boiler is in", 0, id="thanks"),
        pytest.param("survey: ten of ten", 0, id="a survey answer"),
        pytest.param("other: thank you ask!", 1, id="perhaps thanks"),
        pytest.param("other: when will it be? chaser!", 1, id="an enquiry that chases"),
        pytest.param("request: the tap too", 1, id="a request"),
        pytest.param("complaint: still no news", 1, id="a complaint"),
    ],
)
def test_only_who_wants_something_still_has_chased(db: Database, body: str, chased: int) -> None:
    take(db, mail("1"), now=MONDAY)
    assert came_to(db, mail("2", body, answers="1", sent=LATER)) == [JOINED]
    (row,) = cases.listing(db, Filter())
    assert row.chased == chased == len(find(db, FIRST).chasers)


@pytest.mark.parametrize(
    ("label", "roles", "wants"),
    [
        pytest.param(Label.OTHER, "T", False, id="thanks"),
        pytest.param(Label.OTHER, "TX", False, id="thanks and a greeting"),
        pytest.param(Label.OTHER, "TQ", True, id="thanks and a question"),
        pytest.param(Label.OTHER, "X", True, id="nobody knows what"),
        pytest.param(Label.OTHER, "", True, id="no sentence at all"),
        pytest.param(Label.COMPLAINT, "T", True, id="perhaps bitter thanks"),
    ],
)
def test_an_unsure_reading_chases_unless_it_only_thanks(label: Label, roles: str, wants: bool) -> None:
    sentences = tuple(Sentence(0, 1, Role(x), 0.9) for x in roles)
    assert chases(replace(unread("Nobody is sure."), label=label, sentences=sentences)) is wants


def test_what_is_said_of_a_join_holds_no_word_name_or_address(db: Database) -> None:
    take(
        db,
        mail("1"),
        forward("f1"),
        mail("2", f"{NEWS} not happy with your answer", answers="1"),
        mail("3", "Dear Ada Obi, upheld", sender=SAM, to=ADA_AT, answers="1"),
        mail("4", NEWS, sender="Jo Obi <jo@else.example>", answers="1"),
        mail("5", "complaint: raining", subject="Roof"),
    )
    said = "\n".join(row[0] for row in db.execute("select payload from outbox")).casefold()
    assert "may belong to hc-2026-0001" in said
    for private in ("ada", "obi", "home.example", "else.example", "roof", "raining", ADA):
        assert private.casefold() not in said


def test_mail_taken_in_before_threads_were_kept_is_found_all_the_same(db: Database, tmp_path: Path) -> None:
    take(db, mail("1"), told("request: a tap"))
    for statement in (
        "drop table traces",
        "drop table offers",
        "alter table cases drop column chased",
        "delete from _sqlite_migrations where name = 'm009_threads'",
    ):
        db.execute(statement)
    with database(tmp_path / "test.db") as upgraded:
        assert came_to(upgraded, mail("2", NEWS, answers="1", sent=LATER)) == [JOINED]
