"""A request for stage 2 that is not taken (5.11): only once it was asked for, and taken after all from that day."""

import pytest

from tests.cli import in_json, putright, refused

REF = "HC-2026-0001"
LATER = ("--at", "2026-11-20T12:00")
ASKED = ("escalate", "--on", "2026-11-16")
CLAIM = (
    *(
        "--ground",
        "legal-proceedings",
        "--claim-number",
        "K9",
        "--filed-on",
        "2026-11-14",
        "--reason",
        "in court",
    ),
    *("--evidence", "the claim form", "--discretion", "the same matter", "--vulnerability", "none known"),
    "--ombudsman-told",
)
NOT_TAKEN = ("refuse", "--escalation", *CLAIM, "--on", "2026-11-18")
AFTER_ALL = (
    ("reconsider", "--reason", "the claim was struck out"),
    ("ombudsman", "--kind", "acceptance", "--what", "to be taken"),
)


def case(verb: str, *more: str) -> str:
    return putright("case", verb, REF, *more, *LATER, "--as", "Ada Reed").output


def no(verb: str, *more: str) -> str:
    return refused("case", verb, REF, *more, *LATER, "--as", "Ada Reed")


@pytest.fixture(autouse=True)
def _answered() -> None:
    putright("note", "complaint: mushrooms", "--told-at", "2026-11-09T10:00", "--by", "Priya Shah", *LATER)
    case("define", "--point", "a", "--outcome", "b")
    case("assess", "--complexity", "low", "--vulnerability", "none known", "--risk", "none known")
    case("acknowledge", "--on", "2026-11-10", "--yes")
    case("respond", "--on", "2026-11-12", "--outcome", "not upheld", "--reason", "the wall was dry")


def test_what_was_not_asked_for_is_not_refused() -> None:
    assert no(*NOT_TAKEN).startswith(
        f"Error: No request for stage 2 of {REF} is recorded"
    ) and "(Code 5.11)" in no(*NOT_TAKEN)
    case(*ASKED)
    assert "it was not refused before" in no(*NOT_TAKEN[:-1], "2026-11-13")


def test_once_refused_no_clock_of_stage_2_runs() -> None:
    case(*ASKED)
    assert "stage 2 by Mon 23 Nov 2026" in putright("case", "show", REF, *LATER).output
    assert "Stage 2 refused, legal proceedings" in case(*NOT_TAKEN)
    page = putright("case", "show", REF, *LATER).output
    assert "stage 2 REFUSED" in page and "Mon 23 Nov 2026" not in page
    assert in_json("case", "show", REF, *LATER)["stage_2_refused"] == "2026-11-18"
    assert in_json("cases", *LATER)[0]["due"] is None
    assert "Dear" in putright("letter", "refusal", REF, *LATER).stdout
    assert "was refused on Wed 18 Nov 2026 already. (Code 5.11)" in no(*NOT_TAKEN)
    assert "was refused on Wed 18 Nov 2026. To take it after all" in no(*ASKED)


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("how", AFTER_ALL, ids=["of our own accord", "by order"])
def test_taken_after_all_it_runs_from_the_day_it_was_asked_for(how: tuple[str, ...], closed: bool) -> None:
    case(*ASKED)
    case(*NOT_TAKEN)
    if closed:
        case("close", "--reason", "refused")
    case(*how)
    found = in_json("case", "show", REF, *LATER)
    assert (found["stage"], found["stage_2_refused"]) == (2, None)
    assert "stage 2 by Mon 23 Nov 2026" in putright("case", "show", REF, *LATER).output


def test_what_was_answered_at_stage_2_was_taken() -> None:
    case(*ASKED)
    case("assign", "--to", "Priya Shah")
    case("define", "--point", "a", "--outcome", "b")
    case("acknowledge", "--on", "2026-11-17", "--yes")
    answer = ("--outcome", "not upheld", "--reason", "still dry", "--decided-by", "Priya Shah")
    case("respond", "--on", "2026-11-18", *answer)
    assert "was answered at stage 2, so it was taken. (Code 5.11)" in no(*NOT_TAKEN)
