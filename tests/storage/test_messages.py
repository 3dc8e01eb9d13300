"""Messages and readings come back exactly as they were, whatever they hold."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from putright.cases.labels import Channel, Decision, Flag, Label, Role, ServiceArea
from putright.cases.message import Attachment, Hop, Message, Person, Span
from putright.cases.reading import Evidence, Reading, RuleHit, Sentence, unread
from putright.cases.working_days import LONDON
from putright.storage import messages
from putright.storage.database import open_database
from tests.storage.a_log import AT, message, open_case, store

# Any character, also half ones (lone surrogates); only the second halves, as two that meet become one whole.
CHARACTERS = st.characters(max_codepoint=0xD7FF) | st.characters(min_codepoint=0xDC00)
TEXTS = st.text(CHARACTERS, max_size=30)
MOMENTS = st.datetimes(
    min_value=datetime(2, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    max_value=datetime(9998, 1, 1),  # noqa: DTZ001
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
).map(lambda moment: moment.replace(fold=0))
T = TypeVar("T")
PLACES = st.integers(0, 10**9)
WEIGHTS = st.floats(allow_nan=False)
PEOPLE = st.builds(Person, TEXTS, TEXTS)


def several(values: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(values, max_size=2).map(tuple)


MESSAGES = st.builds(
    Message,
    id=st.just("m1"),
    channel=st.sampled_from(Channel),
    subject=TEXTS,
    body=TEXTS,
    sender=PEOPLE,
    resident=PEOPLE,
    received_at=MOMENTS,
    received_from=TEXTS,
    forwarded_by=st.none() | PEOPLE,
    message_id=TEXTS,
    in_reply_to=TEXTS,
    references=several(TEXTS),
    attachments=several(st.builds(Attachment, TEXTS, TEXTS, PLACES, TEXTS)),
    spans=several(st.builds(Span, PLACES, PLACES, TEXTS)),
    hops=several(
        st.builds(Hop, PEOPLE, st.none() | MOMENTS, TEXTS, TEXTS, st.tuples(PLACES, PLACES)),
    ),
    notes=several(TEXTS),
    machine_mail=TEXTS,
)
READINGS = st.builds(
    Reading,
    label=st.sampled_from(Label),
    probabilities=st.fixed_dictionaries(dict.fromkeys(Label, WEIGHTS)),
    decision=st.sampled_from(Decision),
    reasons=several(TEXTS),
    paragraph=TEXTS,
    why=TEXTS,
    service_area=st.sampled_from(ServiceArea),
    flags=several(st.sampled_from(Flag)),
    issues=several(TEXTS),
    outcomes=several(TEXTS),
    sentences=several(st.builds(Sentence, PLACES, PLACES, st.sampled_from(Role), WEIGHTS)),
    rules=several(st.builds(RuleHit, TEXTS, TEXTS, PLACES, PLACES)),
    evidence=several(st.builds(Evidence, PLACES, PLACES, TEXTS, WEIGHTS)),
    model=st.text(max_size=30),  # our own name for it: never of the kind that cannot be written
)


@settings(max_examples=60, deadline=None)
@given(given_message=MESSAGES, reading=READINGS)
def test_every_field_comes_back_as_it_was(given_message: Message, reading: Reading) -> None:
    with closing(open_database(":memory:")) as db:
        open_case(db)
        number, _ = store(db)
        messages.save(db, number, "HC-2026-0001", given_message)
        messages.save_reading(db, "m1", reading, AT)
        (found,) = messages.of_case(db, "HC-2026-0001")
        assert found == given_message
        assert repr(found) == repr(given_message), "types, offsets and order too"
        assert messages.latest_reading(db, "m1") == reading
        assert repr(messages.latest_reading(db, "m1")) == repr(reading)


@pytest.fixture
def case(db: Database) -> Database:
    """A database with one case and room for three messages."""
    open_case(db)
    for name in ("a", "b", "c"):
        store(db, fingerprint=name)
    return db


def test_the_messages_of_a_case_stand_in_the_order_they_were_received(case: Database) -> None:
    summer = date(2026, 7, 2)
    moments = {
        "first": datetime.combine(summer, time(10, 15), LONDON),  # 09:15 UTC
        "second": datetime.combine(summer, time(9, 30), UTC),
        "third": datetime.combine(summer, time(10, 45), LONDON),  # 09:45 UTC
    }
    for number, name in ((1, "third"), (2, "first"), (3, "second")):
        messages.save(case, number, "HC-2026-0001", message(id=name, received_at=moments[name]))
    found = messages.of_case(case, "HC-2026-0001")
    assert [x.id for x in found] == ["first", "second", "third"]
    assert [x.received_at.utcoffset() for x in found] == [
        timedelta(hours=1),
        timedelta(0),
        timedelta(hours=1),
    ]


def test_the_newest_reading_counts_and_the_earlier_stay(case: Database) -> None:
    messages.save(case, 1, "HC-2026-0001", message())
    assert messages.latest_reading(case, "m1") is None
    for why in ("first", "second"):
        messages.save_reading(case, "m1", unread(why), AT)
    latest = messages.latest_reading(case, "m1")
    assert latest is not None and latest.reasons == ("second",)
    assert case.table("readings").count == 2


def test_which_case_a_message_belongs_to(case: Database) -> None:
    messages.save(case, 1, "HC-2026-0001", message())
    messages.save(case, 2, None, message(id="m2"))
    assert messages.case_of(case, "m1") == "HC-2026-0001"
    assert messages.case_of(case, "m2") is None
    assert messages.case_of(case, "m3") is None
    assert messages.of_case(case, "HC-2026-0002") == []


def test_one_row_of_intake_makes_one_message(case: Database) -> None:
    messages.save(case, 1, None, message())
    for number, name in ((1, "m2"), (2, "m1")):
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
            messages.save(case, number, None, message(id=name))


def test_the_text_is_kept_readable_for_whoever_searches_the_file(case: Database) -> None:
    messages.save(case, 1, None, message(body="Größe: 5 £ \U0001f6bf"))
    (data,) = case.execute("select data from messages").fetchone()
    assert "Größe: 5 £ \U0001f6bf" in data
