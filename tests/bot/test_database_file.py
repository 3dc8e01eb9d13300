"""The database's file: locked, damaged, missing, another program's: one sentence, and nothing is lost."""

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.bot.inbox import NOW, logged, mails
from tests.cli import in_json, putright, refused
from tests.harrowmere import letter


def test_a_lookup_makes_no_database_and_names_the_file_that_is_not_there() -> None:
    for lookup in (
        ("cases",),
        ("case", "show", "HC-2026-0001"),
        ("review",),
        ("audit", "verify"),
        ("remind",),
    ):
        said = refused(*lookup)
        assert "There is no database" in said and "test.db" in said and not Path("test.db").exists()


@pytest.mark.parametrize("arguments", [("ingest", "new"), ("note", "complaint: x", "--by", "Sam")])
def test_a_locked_database_is_one_sentence_and_nothing_is_lost(arguments: tuple[str, ...]) -> None:
    logged(number=2)
    mails("new", a=letter())
    other = sqlite3.connect("test.db", isolation_level=None)
    other.execute("begin immediate")
    assert "is being used by another program and stayed busy. Nothing was lost: try again" in refused(
        *arguments
    )
    assert len(in_json("cases")) == 1, "reading goes on meanwhile"
    other.execute("rollback")
    other.close()
    putright(*arguments, *NOW)
    assert len(in_json("cases")) == 2


def test_a_database_that_is_none_is_one_sentence_and_is_left_alone() -> None:
    Path("test.db").write_bytes(b"not a database at all, but a letter to the landlord" * 100)
    before = Path("test.db").read_bytes()
    assert "test.db is damaged or no database. Put it aside and restore" in refused("cases")
    assert Path("test.db").read_bytes() == before


def test_a_damaged_page_met_while_reading_is_one_sentence() -> None:
    for number in range(1, 6):
        logged(number=number)
    Database("test.db").close()
    raw = sqlite3.connect("test.db")
    raw.execute("pragma wal_checkpoint(truncate)")
    (page,) = raw.execute("select rootpage from sqlite_master where name = 'cases'").fetchone()
    (size,) = raw.execute("pragma page_size").fetchone()
    raw.close()
    with Path("test.db").open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    assert "test.db is damaged or no database" in refused("cases")


def test_a_database_in_a_folder_that_is_not_there_is_one_sentence() -> None:
    said = refused("--db", "nowhere/test.db", "note", "complaint: x", "--by", "Sam")
    assert "cannot be opened. Check that its folder exists" in said


def test_what_takes_in_makes_the_database_and_says_that_it_is_new() -> None:
    assert putright("note", "complaint: x", "--by", "Sam").stderr == "test.db is a new database.\n"
    assert putright("note", "complaint: y", "--by", "Sam").stderr == ""
    assert putright("--db", "2.db", "ingest", mails(a=letter())).stderr == "2.db is a new database.\n"
    assert "ok   The database 3.db is new and empty" in putright("--db", "3.db", "doctor", code=None).stdout


def test_a_database_in_memory_would_be_forgotten_at_once() -> None:
    said = refused("--db", ":memory:", "note", "complaint: x", "--by", "Sam", code=2)
    assert (
        said == "Error: The database is a file, so that cases outlive the command: name one with --db PATH."
    )


@pytest.mark.parametrize("call", [["cases"], ["note", "complaint: x", "--by", "Sam"]], ids=lambda x: x[0])
def test_a_name_of_a_database_that_no_system_takes_is_one_sentence(call: list[str]) -> None:
    said = refused("--db", "a" * 300, *call)
    assert said.startswith("Error: The database aaa") and "(File name too long). Name another file" in said
    said = refused("--db", "", *call, code=2)
    assert said == "Error: The name of the database is empty: name a file with --db PATH."


def test_another_programs_database_is_one_sentence_even_with_a_table_of_cases() -> None:
    raw = sqlite3.connect("test.db")
    raw.execute("create table cases (reference text)")
    raw.close()
    for arguments in (("cases",), ("note", "complaint: x", "--by", "Sam")):
        assert "test.db is the database of another program" in refused(*arguments)
    assert "BAD  test.db is the database of another program" in putright("doctor", code=1).stdout
