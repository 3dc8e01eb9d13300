"""`putright audit verify`: whatever is changed in the log or taken out of it is found and named."""

import sqlite3

from tests.bot.inbox import NOW, logged
from tests.cli import putright, refused


def test_one_changed_byte_of_the_log_is_found_and_named() -> None:
    for number in (1, 2, 3):
        logged(number=number)
    assert (
        putright("audit", "verify").output == "Every event fits its hash: nothing was changed or removed.\n"
    )
    raw = sqlite3.connect("test.db")
    raw.execute("drop trigger events_are_never_changed")
    raw.execute("update events set data = replace(data, 'sure', 'surE') where id = 2")
    raw.commit()
    raw.close()
    assert (
        "event 2 (number 1 of HC-2026-0002: opened, 2026-11-23T10:00:00+00:00, by putright) does not fit its hash "
        "(1 in all)"
    ) in refused("audit", "verify")


def test_an_event_removed_from_the_middle_is_found_and_the_one_after_it_is_named() -> None:
    for number in (1, 2, 3):
        logged(number=number)
    raw = sqlite3.connect("test.db")
    raw.execute("drop trigger events_are_never_removed")
    raw.execute("delete from events where id = 2")
    raw.commit()
    raw.close()
    said = refused("audit", "verify")
    assert (
        "event 3 (number 1 of HC-2026-0003: opened" in said and "does not follow the event before it" in said
    )
    assert "the newest events of HC-2026-0002 are missing" in said


def test_the_newest_event_removed_is_found_and_its_case_is_named() -> None:
    logged()
    putright("case", "assign", "HC-2026-0001", "--to", "Priya Shah", *NOW)
    raw = sqlite3.connect("test.db")
    raw.execute("drop trigger events_are_never_removed")
    raw.execute("delete from events where id = 2")
    raw.commit()
    raw.close()
    said = "The event log was changed: the newest events of HC-2026-0001 are missing or not its own."
    assert said in refused("audit", "verify")
    assert f"BAD  {said}" in putright("doctor", code=1).stdout
