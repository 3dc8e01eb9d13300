"""The register out and in again: the same file both ways, nothing overwritten, wrong lines named."""

import csv
import io
import json
from pathlib import Path

import pytest

from putright.triage.register import COLUMNS
from tests.cli import in_json, putright, refused
from tests.harrowmere import PRIVATE, letter

AT = ("--at", "2026-12-21T12:00")
HEAD = "reference,received,label,acknowledged,responded,outcome,handler\n"


def lived() -> None:
    """Six cases: one extended, answered and escalated, one untouched, one unconfirmed, a request, and two not taken."""
    Path("mails").mkdir()
    for number, body in enumerate(
        (
            "complaint: mushrooms",
            "complaint: b",
            "complaint: c ask!",
            "request: d",
            "complaint: e",
            "complaint: f",
        ),
        1,
    ):
        Path(f"mails/{number}.eml").write_bytes(letter(body, number=number))
    putright("ingest", "mails", "--at", "2026-11-23T12:00")
    weighed = ("--complexity", "low", "--vulnerability", "none known", "--risk", "none known")
    for verb, day, *more in (
        ("assign", "2026-11-23", "--to", "=Priya Shah"),
        ("define", "2026-11-24", "--point", "a", "--outcome", "b"),
        ("acknowledge", "2026-11-25", *weighed),
        ("extend", "2026-11-26", "--by-days", "5", "--reason", "parts"),
        (
            "respond",
            "2026-12-14",
            "--outcome",
            "upheld",
            "--impact",
            "weeks of cold",
            "--reason",
            "we were slow",
        ),
        ("escalate", "2026-12-15"),
        ("assign", "2026-12-16", "--to", "Ada Reed"),
    ):
        putright("case", verb, "HC-2026-0001", *more, "--at", f"{day}T12:00")
    putright("case", "withdraw", "HC-2026-0005", "--reason", "settled", "--at", "2026-11-26T12:00")
    putright("case", "choice", "HC-2026-0006", "--result", "declined", "--at", "2026-11-26T12:00")


def exported(*more: str) -> str:
    return putright("report", "register", *more, *AT).stdout


def test_f33_a_register_comes_back_the_same_from_an_empty_database(monkeypatch: pytest.MonkeyPatch) -> None:
    lived()
    first = exported()
    Path("register.csv").write_text(first)
    Path("other").mkdir()
    monkeypatch.chdir("other")
    said = putright("import", "../register.csv", *AT).stdout
    assert said.endswith("Taken in: 6. Here already: 0.\n")
    assert exported() == first
    putright("audit", "verify")
    assert putright("import", "../register.csv", *AT).stdout == "Taken in: 0. Here already: 6.\n"
    assert (
        putright("import", "../register.csv", "--all-or-nothing", *AT).stdout
        == "Taken in: 0. Here already: 6.\n"
    )
    assert exported() == first
    assert "import" in putright("case", "timeline", "HC-2026-0001").output
    assert "Logged as" in putright("case", "timeline", "HC-2026-0003").output
    assert putright("case", "show", "HC-2026-0001").output


def test_a_register_says_what_was_due_and_kept_and_no_words_of_residents() -> None:
    lived()
    text = exported()
    assert not [x for x in PRIVATE if x in text]
    rows = list(csv.DictReader(io.StringIO(text)))
    assert tuple(rows[0]) == COLUMNS and len(rows) == 6
    first = rows[0]
    assert (first["response_due"], first["responded"], first["extended"]) == ("2026-12-16", "2026-12-14", "5")
    assert (first["outcome"], first["on_time"], first["stage_2_requested"]) == ("upheld", "yes", "2026-12-15")
    assert first["handler"] == "'=Priya Shah", "no formula for a spreadsheet"
    assert rows[1]["on_time"] == "no", "never acknowledged, and the backstop has passed"
    assert [x["not_taken"] for x in rows[3:]] == ["", "withdrawn", "declined"]
    assert rows[2]["unconfirmed"] == "yes" and rows[3]["on_time"] == ""
    assert exported("--from", "2026-11-24").count("\n") == 1
    assert exported("--from", "2026-11-23", "--to", "2026-11-23") == text
    assert [x["reference"] for x in in_json_register()] == [x["reference"] for x in rows]


def in_json_register() -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(exported("--format", "json"))
    return found


GOOD = "A/7,2026-11-02,complaint,2026-11-04,2026-11-16,upheld,Ada Reed\n"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("A/8,yesterday,complaint,,,,", "Line 3: received is no time"),
        ("A/8,2026-11-02,grumble,,,,", "Line 3: label is one of"),
        (
            "A/8,2026-11-02,complaint,2026-11-01,,,",
            "Line 3: acknowledged Sun 1 Nov 2026 lies before received",
        ),
        ("A/8,2026-11-02,complaint,2027-01-04,,,", "Line 3: acknowledged Mon 4 Jan 2027 has not come yet"),
        ("A/8,2026-11-02,complaint,2026-11-03,2026-11-05,,", "Line 3: responded and outcome go together"),
        ("A/8,2026-11-02,complaint,,2026-11-05,upheld,", "Line 3: responded needs acknowledged"),
        ("A/8,2026-11-02,complaint,,,,!!", "Line 3: Name the person"),
        ("A/7,2026-11-02,complaint,,,,", "Line 3: the reference stands in line 2 already"),
        (",2026-11-02,complaint,,,,", "Line 3: reference is empty"),
        ("A/8,1990-11-02,complaint,,,,", "Line 3: "),
    ],
)
def test_a_wrong_line_is_named_and_the_rest_goes_in_or_nothing(line: str, sentence: str) -> None:
    Path("old.csv").write_text(f"{HEAD}{GOOD}{line}\n")
    said = putright("import", "old.csv", "--all-or-nothing", *AT, code=1)
    assert sentence in said.stderr and "Nothing was taken in." in said.stdout
    assert in_json("cases", "--closed") == in_json("cases") == []
    said = putright("import", "old.csv", *AT, code=1)
    assert sentence in said.stderr and "Taken in: 1." in said.stdout
    assert [x["reference"] for x in in_json("cases")] == ["HC-2026-0001"]


def test_another_systems_register_gets_references_of_ours_and_keeps_its_own() -> None:
    Path("old.csv").write_bytes("\ufeff".encode() + (HEAD + GOOD).replace(",", ";").encode())
    putright("import", "old.csv", *AT)
    (row,) = csv.DictReader(io.StringIO(exported()))
    assert (row["reference"], row["other_reference"], row["on_time"]) == ("HC-2026-0001", "A/7", "yes")
    assert putright("import", "old.csv", *AT).stdout == "Taken in: 0. Here already: 1.\n"


def test_what_is_no_register_is_refused_in_a_sentence() -> None:
    Path("old.csv").write_text("name,phone\nx,y\n")
    assert "no column 'reference'" in refused("import", "old.csv", *AT)
    Path("old.csv").write_text(HEAD.replace("handler", "mood") + GOOD)
    assert "no column 'mood'" in refused("import", "old.csv", *AT)
