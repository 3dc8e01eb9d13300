"""`putright doctor` and wrong settings: each is named with what to do, and the rest goes on."""

import os
from pathlib import Path

from tests.bot.inbox import logged
from tests.cli import in_json, putright, refused


def test_an_unknown_setting_stops_the_program_with_its_name() -> None:
    Path("putright.toml").write_text("[slack]\nintake_chanels = []\n")
    said = refused("cases", code=2)
    assert "There is no setting slack.intake_chanels. Did you mean intake_channels?" in said


BOX = '[[mailbox]]\nhost = "127.0.0.1"\nuser = "complaints@harrowmere.example"\nport = 9\ntls = false\n'


def test_without_the_mailbox_password_all_but_the_service_works() -> None:
    Path("putright.toml").write_text(BOX)
    assert logged() == "HC-2026-0001"
    assert len(in_json("cases")) == 1 and "Nothing is parked." in putright("parked").output
    for service in ("run", "once"):
        said = refused(service, code=2)
        assert "password of the mailbox at 127.0.0.1 is not set: put it into" in said
    done = putright("doctor", code=1).output
    assert (
        "BAD  The password of the mailbox at 127.0.0.1 is not set" in done and "cannot be reached" not in done
    )


def test_the_doctor_lists_every_problem_and_goes_on_with_the_rest() -> None:
    Path("putright.toml").write_text(
        'drop_folder = "Drop"\nzzz = 1\n[landlord]\nstaff_domains = ["x"]\n[reminders]\nat = "noon"\n' + BOX
    )
    put = Path("Drop/Processed")
    put.parent.mkdir()
    put.write_text("in the way")
    Path("Drop/scan\x1b]0;x\x07.pdf").write_text("no mail")
    os.utime("Drop/scan\x1b]0;x\x07.pdf", (1, 1))
    done = putright("doctor", code=1)
    bad = [line.removeprefix("BAD  ") for line in done.output.splitlines() if line.startswith("BAD")]
    for begins in (
        *("There is no setting zzz.", "The setting landlord.staff_domains holds mail domains"),
        *("The setting reminders.at is a time", "The password of the mailbox"),
        *("1 file in the drop folder Drop is not taken in (scan ]0;x .pdf)", "Drop/Processed is no folder"),
    ):
        assert sum(line.startswith(begins) for line in bad) == 1, (begins, bad)
    assert len(bad) == 6 and all(line.endswith(".") for line in bad)
    assert (
        "ok   The event log is whole." in done.output
        and "ok   The mail source drop can be read." in done.output
    )


def test_the_doctor_of_a_damaged_database_still_checks_the_rest() -> None:
    Path("test.db").write_bytes(b"not a database at all" * 300)
    done = putright("doctor", code=1).output
    assert "BAD  test.db is damaged or no database." in done and "ok   Bank holidays are known" in done


def test_the_doctor_names_a_database_that_no_system_takes() -> None:
    assert "(File name too long). Name another" in putright("--db", "a" * 300, "doctor", code=1).stdout
