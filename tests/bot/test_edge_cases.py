"""The labelling edge cases, each logged by the real reader as it came in and carried on as the Code wants it.

Where the reader asks, or reads it otherwise than the table, a person says what it is, as in life: what is shown here is
what the case does then.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from click.testing import CliRunner

from putright.bot.main import main
from putright.bot.program import Program
from putright.classifier import model, reader
from tests.bot.inbox import ASSESSED

REF, OTHER = "HC-2026-0001", "HC-2026-0002"
C, S, V, NONE = "complaint", "service_request", "survey_feedback", "other"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@cache
def its_reader() -> Any:
    return reader.load()


@cache
def bodies() -> dict[int, dict[str, Any]]:
    rows = map(json.loads, (model.FOLDER / "must-pass.jsonl").read_text(encoding="utf-8").splitlines())
    return {int(x["id"][5:]): x for x in rows if x["id"].startswith("code-")}


def run(*arguments: str, day: int = 23, code: int = 0) -> str:
    """One command at noon of a day of November 2026; what it says."""
    now = NOON.replace(day=day)
    obj = Program(load_reader=its_reader, busy_seconds=0.2, clock=lambda: now)
    at = () if "--json" in arguments else ("--at", now.isoformat())
    done = CliRunner(catch_exceptions=False).invoke(main, ["--db", "test.db", *arguments, *at], obj=obj)
    assert done.exit_code == code, done.output
    return done.output if code else done.stdout


def do(verb: str, *more: str, ref: str = REF, day: int = 23, code: int = 0) -> str:
    return run("case", verb, ref, *more, day=day, code=code)


def shown(ref: str = REF) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("case", "show", ref, "--json"))
    return found


def due(ref: str = REF) -> str | None:
    rows = {x["reference"]: x["due"] for x in json.loads(run("cases", "--json"))}
    found: str | None = rows[ref]
    return found


def came(number: int, label: str, *, told: str = "2026-11-23T10:00") -> None:
    """An edge case by its own channel, and the label it has in the end."""
    row = bodies()[number]
    given = ("--by", "Sam Reed", "--resident", "Ann K", "--channel", row["channel"], "--told-at", told)
    run("note", row["body"], *given)
    if shown()["unconfirmed"] or shown()["label"] != label:
        do("reclassify", "--label", label, "--because", "as the resident meant it")
    assert due() == (None if label != C else "2026-11-30")


def answered() -> None:
    """Its stage 1, answered."""
    do("define", "--point", "the boiler", "--outcome", "a repair")
    do("acknowledge", *ASSESSED)
    do(
        "respond",
        "--outcome",
        "upheld",
        "--impact",
        "weeks of cold",
        "--reason",
        "a seal failed",
        "--decided-by",
        "Lee Moss",
    )


def request_stays_open() -> None:
    """The request in it is a case of its own, which the end of the complaint leaves open (1.5)."""
    do("split", "--label", S, "--point", "the work itself")
    do("withdraw", "--reason", "content now")
    assert [x["reference"] for x in json.loads(run("cases", "--json"))] == [OTHER]
    assert shown(OTHER)["label"] == S and due(OTHER) is None


def hazard_runs_beside(kind: str = "significant", of: str = "damp-mould") -> None:
    """A person's assessment starts the statutory clock, from first awareness, whatever the label."""
    was = due()
    given = ("--kind", kind, "--of", of, "--aware", "2026-11-20T17:20", "--reason", "for this household")
    do("hazard", *given)
    first = shown()["hazard"]["deadlines"][0]["due"]
    assert first == {"significant": "2026-12-04", "emergency": "2026-11-21T17:20:00+00:00"}[kind]
    assert due() == was


def authority_pauses_nothing() -> None:
    was = due()
    do("authority", "--representative", "Ann K", "--relation", "a daughter", "--status", "pending")
    assert due() == was


def contact_is_owed() -> None:
    assert [x["what"] for x in shown()["owed"]] == ["contact"] and shown()["signpost"] is True
    do("contact", "--how", "phone", "--result", "reached", "--note", "the mess is there still")
    assert shown()["owed"] == []


def declined_opens_no_stage_1() -> None:
    do("choice", "--result", "declined", "--note", "asked on the phone")
    assert (due(), shown()["stage"], shown()["choice"]) == (None, 0, "declined")


def choice_is_recorded() -> None:
    do("choice", "--result", "accepted", "--note", "wants it looked at")
    assert (due(), shown()["choice"]) == ("2026-11-30", "accepted")


def stage_2_needs_no_reason() -> None:
    answered()
    do("escalate")
    assert (shown()["stage"], due()) == (2, "2026-11-30")


def before_the_answer_it_is_a_chaser() -> None:
    assert "(Code 6.10)" in do("escalate", code=1)
    stage_2_needs_no_reason()


def issue_joins() -> None:
    do("define", "--point", "the boiler", "--outcome", "a repair")
    do("add-issue", "--issue", "the new one leaks", "--related", "--no-delay")
    assert shown()["definition"]["points"] == ["the boiler", "the new one leaks"] and due() == "2026-11-30"
    request_stays_open()


def issue_is_a_new_case() -> None:
    answered()
    do("add-issue", "--issue", "the stairs", "--unrelated", "--no-delay", day=25)
    assert due(OTHER) == "2026-12-02", "a clock of its own"


LEGAL = (
    *("--ground", "legal-proceedings", "--reason", "the court decides", "--evidence", "the claim form"),
    *("--discretion", "nothing to add", "--vulnerability", "none known", "--ombudsman-told"),
)


def protocol_is_no_ground() -> None:
    assert "(Code 2.2)" in do("refuse", *LEGAL, code=1)
    hazard_runs_beside()


def court_ground_is_a_persons() -> None:
    claim = ("--claim-number", "K01", "--filed-on", "2026-05-02")
    assert "(Code 2.1)" in do("refuse", *LEGAL, *claim, "--as", "putright", code=1)
    do("refuse", *LEGAL, *claim)
    assert due() is None and shown()["refused"] == "2026-11-23"


def earlier_answer_is_named() -> None:
    before = [*LEGAL]
    before[1] = "already-considered"
    assert "(Code 2.2)" in do("refuse", *before, code=1), "which case, and when: is the failure new?"
    request_stays_open()


def subject_access_has_its_month() -> None:
    assert [x["due"] for x in shown()["beside"]] == ["2026-12-23"]


def data_protection_runs_beside() -> None:
    found = {x["mark"]: x["due"] for x in shown()["beside"]}
    assert found["dp_complaint"] == "2026-12-22" and found["possible_breach"].startswith("2026-11-26T10:00")
    do(
        "define",
        "--point",
        "the statement",
        "--outcome",
        "an apology",
        "--not-ours",
        "1: the data protection officer",
    )
    assert shown()["definition"]["responsible"] == ["no: the data protection officer"]


def contractor_stays_ours() -> None:
    assert shown()["contractor"] is True


def group_and_public() -> None:
    assert shown()["group"] is True
    assert "Ann" not in run("letter", "public-reply", REF)
    hazard_runs_beside("emergency", "excess-cold")


def jurisdiction_is_checked() -> None:
    assert shown()["jurisdiction"] == "lgsco?"


def large_print_is_obeyed() -> None:
    do("adjust", "--what", "large print", "--due", "2027-05-20")
    assert "18pt" in run("letter", "acknowledgement", REF, "--format", "html")


def aware_date_counts() -> None:
    do("define", "--outcome", "not stated, asked", "--issue-date", "2024-11-23")
    assert shown()["exclusion"] == "review"
    do("define", "--aware-date", "2026-10-23")
    assert shown()["exclusion"] == ""


def withdrawal_keeps_promises() -> None:
    run("note", "complaint: the gutter", "--by", "Sam", "--told-at", "2026-11-23T10:00")
    do("reclassify", "--label", C, "--because", "it is one", ref=OTHER)
    do("action", "--what", "the gutter", "--due", "2026-12-04", "--owner", "Repairs", ref=OTHER)
    do("withdraw", "--reason", "sorted now", ref=OTHER)
    assert due(OTHER) is None and shown(OTHER)["closed"] is None
    assert "action" in [x["what"] for x in shown(OTHER)["owed"]]


def nothing_more() -> None:
    assert shown()["label"] in (C, S, V, NONE)


def both(*then: Callable[[], None]) -> Callable[[], None]:
    def each() -> None:
        for one in then:
            one()

    return each


def emergency() -> None:
    hazard_runs_beside("emergency", "other")


EDGES: list[tuple[int, str, Callable[[], None]]] = [
    (1, S, lambda: hazard_runs_beside("emergency", "excess-cold")),
    (2, C, request_stays_open),
    (3, S, nothing_more),
    (4, C, nothing_more),
    (5, V, contact_is_owed),
    (6, C, nothing_more),
    (7, V, both(contact_is_owed, emergency)),
    (8, NONE, authority_pauses_nothing),
    (9, C, both(hazard_runs_beside, authority_pauses_nothing)),
    (10, C, authority_pauses_nothing),
    (11, S, nothing_more),
    (12, C, request_stays_open),
    (14, S, nothing_more),
    (15, C, declined_opens_no_stage_1),
    (16, NONE, nothing_more),
    (17, C, choice_is_recorded),
    (18, C, stage_2_needs_no_reason),
    (19, C, before_the_answer_it_is_a_chaser),
    (20, C, issue_joins),
    (21, C, issue_is_a_new_case),
    (22, C, protocol_is_no_ground),
    (23, C, court_ground_is_a_persons),
    (24, NONE, subject_access_has_its_month),
    (25, C, data_protection_runs_beside),
    (26, C, earlier_answer_is_named),
    (27, C, contractor_stays_ours),
    (28, C, group_and_public),
    (29, C, jurisdiction_is_checked),
    (30, S, hazard_runs_beside),
    (31, S, emergency),
    (32, C, nothing_more),
    (33, C, large_print_is_obeyed),
    (34, C, aware_date_counts),
    (35, NONE, withdrawal_keeps_promises),
    (36, NONE, nothing_more),
]


@pytest.mark.parametrize(("number", "label", "then"), [pytest.param(*x, id=f"{x[0]}") for x in EDGES])
def test_the_case_goes_on_as_the_code_wants_it(number: int, label: str, then: Callable[[], None]) -> None:
    came(number, label)
    then()


def test_13_a_note_of_what_was_said_counts_from_when_it_was_said() -> None:
    came(13, C, told="2026-11-23T10:40")
    assert shown()["received"] == "2026-11-23T10:40:00+00:00"


def test_every_edge_case_and_spare_is_here() -> None:
    assert sorted({x[0] for x in EDGES} | {13}) == sorted(bodies())
