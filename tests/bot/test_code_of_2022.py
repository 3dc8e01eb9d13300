"""A complaint of 2023 through both stages on the command line, under the Code that was in force then."""

from pathlib import Path

from tests.cli import in_json, putright, refused

REF = "HC-2023-0001"
AT = ("--at", "2023-09-01T12:00")
PRIYA, ADA = ("--as", "Priya Shah", *AT), ("--as", "Ada Reed", *AT)
WEIGHED = ("--complexity", "low", "--vulnerability", "none known", "--risk", "none known")
HEAD = (
    "reference,received,label,acknowledged,responded,outcome,stage_2_requested,stage_2_acknowledged,"
    "stage_2_responded,stage_2_outcome\n"
)


def at_stage_2() -> None:
    putright("note", "complaint: mushrooms", "--told-at", "2023-06-01T10:00", "--by", "Priya Shah", *AT)
    putright("case", "define", REF, "--point", "a", "--outcome", "b", *PRIYA)
    putright("case", "acknowledge", REF, "--on", "2023-06-05", "--yes", *WEIGHED, *PRIYA)
    answer = ("--outcome", "not upheld", "--reason", "the wall was dry")
    putright("case", "respond", REF, "--on", "2023-06-20", *answer, *PRIYA)
    putright("case", "escalate", REF, "--on", "2023-07-03", *PRIYA)


ANSWER = (
    "case",
    "respond",
    REF,
    "--on",
    "2023-07-20",
    "--outcome",
    "not upheld",
    "--reason",
    "still dry",
    *ADA,
)


def test_dates_name_their_paragraph_with_its_year() -> None:
    said = putright(
        "note", "complaint: mushrooms", "--told-at", "2023-06-01T10:00", "--by", "Priya Shah", *AT
    ).output
    assert "acknowledge by Tue 6 Jun 2023 (Code 4.1 of 2022)" in said
    assert "(Code 4.1)" not in putright("case", "show", REF, *AT).output
    assert "Code 4.1 of 2022" in putright("remind", "--dry-run", *AT).output


def test_stage_2_is_answered_without_an_acknowledgement_which_that_code_did_not_know() -> None:
    at_stage_2()
    assert refused(*ANSWER).startswith("Error: The response sets out the complaint definition")
    putright("case", "define", REF, "--point", "a", "--outcome", "b", *ADA)
    early = refused(*(x.replace("2023-07-20", "2023-07-02") for x in ANSWER))
    assert early.startswith("Error: The response cannot have been sent before Mon 3 Jul 2023")
    reason = ("--reason", "a survey", "--on", "2023-07-19")
    extended = putright("case", "extend", REF, "--by-days", "3", *reason, "--yes", *ADA).output
    assert "Code 5.13 of 2022" in extended
    putright(*ANSWER)
    shown = putright("case", "show", REF, *AT).output
    assert "stage 2 response: Thu 20 Jul 2023, due Thu 3 Aug 2023, in time (Code 5.13 of 2022)" in shown


def test_stage_2_may_be_acknowledged_all_the_same() -> None:
    at_stage_2()
    putright("case", "define", REF, "--point", "a", "--outcome", "b", *ADA)
    said = putright("case", "acknowledge", REF, "--on", "2023-07-05", "--yes", *ADA)
    assert "Late" not in said.output
    putright(*ANSWER)


def test_an_answer_under_the_code_of_today_still_waits_for_its_acknowledgement() -> None:
    at_stage_2()
    putright("case", "define", REF, "--point", "a", "--outcome", "b", *ADA)
    now = [x.replace("2023-09-01", "2024-06-10").replace("2023-07-20", "2024-06-10") for x in ANSWER]
    assert refused(*now).startswith(f"Error: Acknowledge {REF} at stage 2 before answering it. (Code 6.14)")


def test_a_register_of_that_time_needs_no_acknowledgement_of_stage_2() -> None:
    line = "{},{}-06-01,complaint,{}-06-05,{}-06-12,upheld,{}-07-03,,{}-07-28,upheld\n"
    Path("old.csv").write_text(HEAD + line.format("A/1", *["2023"] * 5) + line.format("A/2", *["2024"] * 5))
    said = putright("import", "old.csv", "--at", "2024-09-01T12:00", code=1)
    assert "Taken in: 1." in said.stdout
    assert "Line 3: stage_2_responded needs stage_2_acknowledged" in said.stderr and "(6.14)" in said.stderr
    assert [x["reference"] for x in in_json("cases")] == [REF]
