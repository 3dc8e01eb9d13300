"""What the life of a case needs, by the ids of the feature list, each shown by the command line as people type it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from putright.bot.main import main
from putright.bot.program import Program
from putright.cases.records.promises import REMEDY_KINDS
from tests.bot.inbox import ASSESSED
from tests.cli import in_json, putright, refused
from tests.harrowmere import ADDRESS, letter

REF = "HC-2026-0001"
MONDAY = ("--at", "2026-11-23T12:00")


def logged(body: str = "complaint: mushrooms", number: int = 1) -> str:
    """One letter as a case."""
    Path("mails").mkdir(exist_ok=True)
    Path(f"mails/{number}.eml").write_bytes(letter(body, number=number))
    putright("ingest", "mails", *MONDAY)
    return f"HC-2026-{number:04d}"


def case(verb: str, *more: str, at: str = "2026-11-23", ref: str = REF) -> str:
    """One act, done; what it says."""
    return putright("case", verb, ref, *more, "--at", f"{at}T12:00").output


def no(verb: str, *more: str, at: str = "2026-11-23", ref: str = REF, code: int = 1) -> str:
    """One act, refused; the sentence."""
    return refused("case", verb, ref, *more, "--at", f"{at}T12:00", code=code)


def listed(*filters: str, at: str = "2026-11-23") -> list[str]:
    return [x["reference"] for x in in_json("cases", *filters, "--at", f"{at}T12:00")]


def test_f04_out_of_time_asks_a_person_and_refuses_nothing() -> None:
    logged()
    case("define", "--issue-date", "2025-11-23")
    assert in_json("case", "show", REF)["exclusion"] == ""
    assert "A person considers taking it all the same (Code 2.3)" in case(
        "define", "--issue-date", "2025-11-22"
    )
    assert in_json("case", "show", REF)["exclusion"] == "review"
    assert in_json("cases")[0]["due"] == "2026-11-30", "the clocks go on"
    case("define", "--issue-date", "2024-11-22", "--aware-date", "2026-10-01")
    assert in_json("case", "show", REF)["exclusion"] == "", "the later day counts"


def test_f10_f11_an_acknowledgement_needs_definition_outcomes_and_assessment() -> None:
    logged()
    assert no("acknowledge").endswith("(Code 5.6)")
    case("define", "--point", "the leak", "--outcome", "not stated, asked", "--asked", "which ceiling?")
    assert no("acknowledge").endswith("(Code 6.1)")
    assert no("assess", "--complexity", "low", "--risk", "none known").endswith("(Code 6.1)")
    case("assess", *ASSESSED, "--adjustments", "large print")
    case("acknowledge")
    page = putright("case", "show", REF).output
    assert "asked: which ceiling?" in page and "adjustments: large print" in " ".join(page.split())


def test_f12_each_point_says_whose_it_is() -> None:
    logged()
    points = ["--point", "the leak", "--point", "the bins", "--point", "the road", "--outcome", "a repair"]
    case("define", *points, "--not-ours", "2: the council", "--unclear", "3")
    assert in_json("case", "show", REF)["definition"]["responsible"] == ["yes", "no: the council", "unclear"]
    assert "2. the bins (not ours but the council's)" in putright("case", "show", REF).output
    assert no("define", *points, "--not-ours", "4: the council").endswith("(Code 5.7)")
    assert "such as" in no("define", *points, "--not-ours", "the council", code=2)


REFUSAL = (
    *("--reason", "the court decides it", "--evidence", "claim form", "--discretion", "nothing left to add"),
    *("--vulnerability", "none known", "--ombudsman-told"),
)


def test_f14_a_refusal_needs_ground_evidence_discretion_and_the_ombudsman() -> None:
    logged()
    ground = ("--ground", "legal-proceedings")
    for left_out, paragraph in (("--evidence", "2.1"), ("--discretion", "2.3"), ("--reason", "2.4")):
        at = REFUSAL.index(left_out)
        assert no("refuse", *ground, *REFUSAL[:at], *REFUSAL[at + 2 :]).endswith(f"(Code {paragraph})")
    assert no("refuse", *ground, *REFUSAL[:-1]).endswith("(Code 2.4)")
    assert no("refuse", *ground, *REFUSAL).endswith("(Code 2.2)"), "a letter before claim is not enough"
    assert no("refuse", *ground, *REFUSAL, "--claim-number", "K01", "--as", "putright").endswith("(Code 2.1)")
    case("refuse", *ground, *REFUSAL, "--claim-number", "K01", "--filed-on", "2026-11-02")
    assert in_json("cases")[0]["due"] is None
    assert no("acknowledge").endswith("(Code 2.4)")
    case("ombudsman", "--kind", "acceptance", "--what", "take it", at="2026-11-24")
    assert in_json("cases")[0]["due"] == "2026-11-30", "as if it had never been refused"


def test_what_the_ombudsman_orders_to_take_is_not_considered_again_for_its_age() -> None:
    logged()
    case("define", "--issue-date", "2025-06-01")
    assert no("acknowledge", *ASSESSED).endswith("(Code 2.3)")
    case("refuse", "--ground", "over-12-months", *REFUSAL, "--issue-date", "2025-06-01")
    case("ombudsman", "--kind", "acceptance", "--what", "take it", at="2026-11-24")
    page = putright("case", "show", REF).output
    assert "taken all the same: the Housing Ombudsman said that it is to be taken (Code 2.4)" in page
    case("acknowledge", *ASSESSED, at="2026-11-24")


def test_a_complaint_within_12_months_is_not_refused_for_its_age() -> None:
    logged()
    old = ("refuse", "--ground", "over-12-months", *REFUSAL, "--issue-date", "2025-06-01")
    assert "within 12 months" in no(*old, "--aware-date", "2026-01-05")
    case(*old)


def test_f19_every_point_is_decided_with_its_reason() -> None:
    logged()
    case("define", "--point", "the leak", "--point", "the wait", "--outcome", "a repair")
    case("acknowledge", *ASSESSED)
    assert no(
        "respond", "--outcome", "upheld", "--impact", "weeks of cold", "--reason", "a seal failed"
    ).endswith("(Code 6.7)")
    case(
        "respond",
        "--outcome",
        "partly upheld",
        "--impact",
        "weeks of cold",
        "--reason",
        "upheld: a seal failed",
        "--reason",
        "not upheld: 4 days",
    )
    page = putright("case", "show", REF).output
    assert "1. the leak\n     upheld: a seal failed" in page and "not upheld: 4 days" in page
    assert listed("--learning-due") == [REF]
    case("escalate")
    assert in_json("case", "show", REF)["stage"] == 2


def test_f40_f42_stage_2_is_asked_for_without_reason_and_is_somebody_elses() -> None:
    logged()
    case("assign", "--to", "Lee Moss")
    case("define")
    case("acknowledge", *ASSESSED)
    case(
        "respond",
        "--outcome",
        "upheld",
        "--impact",
        "weeks of cold",
        "--reason",
        "it failed",
        "--as",
        "Lee Moss",
    )
    case("escalate")
    assert no("assign", "--to", "lee moss").endswith("(Code 6.13)")
    case("assign", "--to", "Ola Diaz")


def test_f07_the_choice_to_complain_is_offered_recorded_and_asked_for_until_it_is() -> None:
    logged("request: tap ask!")
    assert listed("--missing-choice") == [REF]
    assert "Say what the resident chose" in no("choice")
    case("choice", "--result", "declined", "--note", "happy with Tuesday")
    assert listed("--missing-choice") == []
    said = "Choice to complain given on Mon 23 Nov 2026: declined: happy with Tuesday."
    assert said in putright("case", "timeline", REF).output
    assert in_json("cases")[0]["due"] is None, "a declined choice opens no stage 1"
    case("choice", "--result", "accepted", at="2026-11-24")
    assert in_json("cases")[0]["due"] == "2026-11-30"


def test_f17_an_update_that_was_agreed_is_due_until_it_is_given() -> None:
    logged()
    assert no("update").endswith("(Code 5.9)")
    case("update", "--next", "2026-11-30")
    assert listed("--updates-due", at="2026-11-29") == []
    assert listed("--updates-due", at="2026-11-30") == [REF]
    said = case("update", "--text", "the part is here on Friday", at="2026-11-30")
    assert "next update agreed for Mon 7 Dec 2026" in said
    assert "That is 7 days after this one, as agreed before; --next sets another day" in said
    assert "an update to the resident (Code 5.9): Mon 7 Dec 2026" in putright("case", "show", REF).output
    assert listed("--updates-due", at="2026-12-06") == []
    assert listed("--updates-due", at="2026-12-07") == [REF]
    digest = putright("remind", "--dry-run", "--at", "2026-12-07T08:30").output
    assert f"{REF}  update promised for Mon 7 Dec 2026" in digest
    case("update", at="2026-12-07")
    assert listed("--updates-due", at="2026-12-13") == [], "a bare update answers the one that was due"


def test_f17_an_update_where_none_was_agreed_says_that_no_next_one_is_set_and_how_to() -> None:
    logged()
    said = case("update", "--text", "the part is ordered")
    assert f"No next update is set, for none was agreed. {SET_NEXT}" in said
    assert listed("--updates-due", at="2026-12-07") == []


def test_f17_what_was_agreed_for_the_wait_ends_with_the_answer() -> None:
    logged()
    case("define")
    case("acknowledge", *ASSESSED)
    case("update", "--next", "2026-11-30")
    case("respond", "--outcome", "not upheld", "--reason", "none was found", at="2026-11-27")
    assert listed("--updates-due", at="2026-11-30") == [], (
        "the answer is more than the update that was agreed"
    )
    assert SET_NEXT in case("update", "--text", "the fence is next week", at="2026-11-30")
    assert listed("--updates-due", at="2026-12-30") == []


def test_f17_an_update_written_down_after_its_next_day_is_due_again_today() -> None:
    logged()
    case("update", "--next", "2026-11-30")
    assert "next update agreed for Mon 14 Dec 2026" in case("update", "--on", "2026-12-01", at="2026-12-14")


SET_NEXT = (
    "Agree one with the resident, and set it (Code 5.9): putright case update HC-2026-0001 --next YYYY-MM-DD"
)


def test_f22_a_payment_needs_amount_impact_and_the_guidance_looked_at() -> None:
    logged()
    money = ["--kind", "money", "--what", "compensation", "--due", "2026-12-18"]
    assert no("remedy", *money).endswith("(Code 7.3)")
    money += ["--amount", "150"]
    assert no("remedy", *money).endswith("(Code 7.2)")
    money += ["--impact", "three weeks without hot water"]
    assert no("remedy", *money).endswith("(Code 7.4)")
    assert "Remedy 1 (money, £150.00) offered by Fri 18 Dec 2026" in case(
        "remedy", *money, "--guidance", "2024"
    )


def test_a_fault_that_was_found_has_its_impact_on_record_whether_money_or_not() -> None:
    logged()
    case("define")
    case("acknowledge", *ASSESSED)
    upheld = ["respond", "--outcome", "upheld", "--reason", "a seal failed"]
    assert no(*upheld).endswith("(Code 7.2)")
    said = case(*upheld, "--impact", "three weeks without hot water.")
    assert "How it affected the resident: three weeks without hot water." in said
    assert (
        "affected the resident: three weeks without hot water. (Code 7.2)"
        in putright("case", "show", REF).output
    )
    apology = ["remedy", "--kind", "apology", "--what", "a letter", "--due", "2026-12-18"]
    assert "Remedy 1 (apology)" in case(*apology), "what is on record is not asked for twice"


def test_an_impact_said_with_a_remedy_is_on_record_for_the_answer() -> None:
    logged()
    case("define")
    case("acknowledge", *ASSESSED)
    case(
        "remedy",
        "--kind",
        "apology",
        "--what",
        "a letter",
        "--due",
        "2026-12-18",
        "--impact",
        "cold for weeks",
    )
    case("respond", "--outcome", "upheld", "--reason", "a seal failed")
    assert in_json("case", "show", REF)["impact"] == "cold for weeks"


def test_f23_a_remedy_is_followed_to_its_end_and_stops_the_closing() -> None:
    logged()
    case("remedy", "--kind", "apology", "--what", "a letter", "--due", "2026-11-27")
    assert listed("--remedies-overdue", at="2026-11-27") == []
    assert listed("--remedies-overdue", at="2026-11-28") == [REF]
    assert "has promises that are not kept yet (remedy 1)" in no("close", "--reason", "withdrawn")
    assert no("remedy", "--done", "1").endswith("(Code 7.3)"), "evidence of completion"
    assert "has no remedy number 2" in no("remedy", "--done", "2")
    case("remedy", "--done", "1", "--evidence", "letter of 27 November", at="2026-11-28")
    assert "ended on Sat 28 Nov 2026 already" in no("remedy", "--done", "1", at="2026-11-29")
    assert listed("--remedies-overdue", at="2026-11-29") == []
    case("withdraw", "--reason", "content now", at="2026-11-29")


def test_f29_a_restriction_has_reason_and_review_and_never_stops_what_comes_in() -> None:
    logged()
    given = ["--what", "one named contact", "--reason", "threats on 3 dates", "--due", "2026-12-23"]
    assert no("restrict", *given).endswith("(Code 5.15)")
    case("restrict", *given, "--equality", "no need known")
    assert listed("--restrictions-due", at="2026-12-22") == []
    assert listed("--restrictions-due", at="2026-12-23") == [REF]
    assert logged("complaint: again", 2) in listed()
    case("restrict", "--done", "1", "--why", "calm since", at="2026-12-23")
    assert listed("--restrictions-due", at="2026-12-24") == []


def test_f29_a_restriction_to_be_reviewed_is_in_the_digest_and_the_resident_is_still_taken_in() -> None:
    logged()
    case(
        *("restrict", "--what", "one named contact", "--reason", "abusive calls, log of 20 Nov"),
        *("--due", "2027-02-22", "--equality", "no disability known"),
    )
    before, on_the_day = ("--at", "2027-02-21T09:00"), ("--at", "2027-02-22T09:00")
    assert (
        listed("--restrictions-due", at="2027-02-21") == []
        and "5.14" not in putright("remind", "--dry-run", *before).output
    )
    assert listed("--restrictions-due", at="2027-02-22") == [REF]
    digest = putright("remind", "--dry-run", *on_the_day).output
    assert "Standing and to be reviewed: 1" in digest
    assert f"{REF}  restriction to be reviewed (Code 5.14) since Mon 22 Feb 2027" in digest
    assert "abusive" not in digest
    assert logged("complaint: the roof", number=2) == "HC-2026-0002", (
        "a restricted resident is taken in like any"
    )
    assert [x["reference"] for x in in_json("cases")] == [REF, "HC-2026-0002"]
    case("restrict", "--done", "1", "--why", "no call since", at="2027-02-22")
    assert "5.14" not in putright("remind", "--dry-run", *on_the_day).output


def flags(*lines: str, head: str = "email,tenancy,flag,review date") -> str:
    """A file of flags, taken in; what it says."""
    Path("flags.csv").write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    return putright("import", "flags.csv", *MONDAY, code=None).output


def test_f32_a_flag_of_the_housing_system_shows_at_every_touch_and_the_letter_obeys_it() -> None:
    logged()
    said = flags(f"{ADDRESS.upper()},,Large Print; wheelchair user,20/05/2027")
    assert said == "Flags put onto cases: 2 (cases: 1). As they stood: 0.\n"
    words = "Large Print (reviewed Thu 20 May 2027); wheelchair user (reviewed Thu 20 May 2027)"
    assert f"Flagged    {words}" in putright("case", "show", REF).output
    assert f"Flagged: {words}" in case("define"), "at each act"
    assert f"Flagged: {words}" in putright("ask", f"status of {REF}", *MONDAY).output
    assert "font: 18pt" in putright("letter", "acknowledgement", REF, "--format", "html", *MONDAY).output
    assert listed("--flags-due", at="2027-05-19") == [] and listed("--flags-due", at="2027-05-20") == [REF]
    posts = repr(in_json("cases")) + putright("remind", "--dry-run", *MONDAY).output
    assert "wheelchair" not in posts, "no list and no digest says it"


def test_f32_it_goes_onto_what_people_write_later_and_the_unknown_are_listed_and_kept() -> None:
    said = flags(
        f"{ADDRESS},,deaf,",
        ",TEN-0042,two to visit,",
        "other@post.example,,,",
        ",7,short,",
        "x@y.example,,a,31/02/2027",
    )
    assert "Kept for when they write, as no case is theirs yet: 2 (line 2, 3)." in said
    for number, why in (
        (4, "it names no flag"),
        (5, "it does not say whose it is"),
        (6, "the review day '31/02/2027'"),
    ):
        assert f"Line {number}: {why}" in said
    logged("complaint: no lift. My tenancy is ten-0042")
    assert "Flagged    two to visit; deaf" in putright("case", "show", REF).output or (
        "Flagged    deaf; two to visit" in putright("case", "show", REF).output
    )
    assert putright("audit", "verify").exit_code == 0


def test_f32_the_same_file_again_changes_nothing_and_another_review_day_replaces_the_first() -> None:
    logged()
    line = f"{ADDRESS},,deaf,2027-05-20"
    flags(line)
    before = in_json("case", "timeline", REF)
    assert flags(line) == "Flags put onto cases: 0 (cases: 0). As they stood: 1.\n"
    assert in_json("case", "timeline", REF) == before
    flags(f"{ADDRESS},,deaf,2027-08-20")
    assert "Flagged    deaf (reviewed Fri 20 Aug 2027)\n" in putright("case", "show", REF).output


@pytest.mark.parametrize(
    ("first", "shows"),
    [
        pytest.param(
            (("adjust", "--what", "Large print letters", "--due", "2027-01-04"),), "", id="agreed by a person"
        ),
        pytest.param(
            (
                ("adjust", "--what", "large print", "--due", "2027-01-04"),
                ("adjust", "--done", "1", "--why", "not wanted any more"),
            ),
            "",
            id="agreed and ended by a person",
        ),
        pytest.param(
            (("flag", "--what", "LARGE PRINT"),), "LARGE PRINT", id="recorded by a person without a review"
        ),
        pytest.param(
            (("flag", "--what", "large print"), ("flag", "--done", "1", "--why", "wrong person")),
            "",
            id="ended by a person",
        ),
    ],
)
def test_f32_what_a_person_recorded_or_ended_stands(first: tuple[tuple[str, ...], ...], shows: str) -> None:
    logged()
    for verb, *given in first:
        case(verb, *given)
    assert (
        flags(f"{ADDRESS},,large print,2027-05-20")
        == "Flags put onto cases: 0 (cases: 0). As they stood: 1.\n"
    )
    kept = [x["what"] for x in in_json("case", "show", REF)["flagged"]]
    assert kept == [shows] * bool(shows)


@pytest.mark.parametrize(
    ("head", "says"),
    [
        pytest.param("name,flag", "does not say whose its flags are", id="nobody named"),
        pytest.param("email,colour", "This is no register", id="neither flags nor a register"),
    ],
)
def test_f32_a_file_that_cannot_be_used_is_one_sentence(head: str, says: str) -> None:
    assert says in flags("a@b.example,x", head=head)


def test_f30_satisfaction_is_asked_after_the_end() -> None:
    logged()
    assert "once the case is closed" in no("satisfaction", "--answer", "satisfied")
    case("withdraw", "--reason", "content now")
    case("satisfaction", "--answer", "neither", at="2026-11-24")


def test_f38_f39_actions_have_owner_and_day_and_are_listed_by_team() -> None:
    logged()
    assert no("action", "--what", "gully").endswith("(Code 6.6)")
    case("action", "--what", "clear the gully", "--due", "2026-12-04", "--owner", "Repairs")
    assert listed("--actions", "--team", "repairs") == [REF]
    assert listed("--actions", "--team", "Estates") == []
    page = putright("case", "show", REF).output
    assert "action 1 (Code 6.6): Fri 4 Dec 2026, Repairs" in page
    case("action", "--done", "1", "--evidence", "job 4711", at="2026-12-03")
    assert listed("--actions") == []


def test_f52_an_order_of_the_ombudsman_is_overdue_until_it_is_met_also_on_a_closed_case() -> None:
    logged()
    case("withdraw", "--reason", "content now")
    assert no("ombudsman", "--kind", "order", "--what", "pay £200").endswith("(Code 9.7)")
    case(
        "ombudsman",
        "--kind",
        "order",
        "--what",
        "pay £200",
        "--due",
        "2026-12-18",
        "--finding",
        "service-failure",
    )
    assert listed("--orders-overdue", at="2026-12-19") == [REF]
    case("ombudsman", "--done", "1", "--evidence", "bank transfer", at="2026-12-19")
    assert listed("--orders-overdue", at="2026-12-20") == []


@pytest.mark.parametrize("kind", REMEDY_KINDS)
def test_f66_each_of_the_eight_kinds_of_remedy_is_taken(kind: str) -> None:
    logged()
    more = ["--amount", "50", "--impact", "x", "--guidance", "2024"] if kind == "money" else []
    case("remedy", "--kind", kind, "--what", "it", "--due", "2026-12-18", *more)


@pytest.mark.parametrize("related", [True, False])
@pytest.mark.parametrize("answered", [True, False])
@pytest.mark.parametrize("delays", [True, False])
def test_f41_a_new_issue_joins_only_if_related_unanswered_and_no_delay(
    related: bool, answered: bool, delays: bool
) -> None:
    logged()
    case("define", "--point", "the boiler", "--outcome", "a repair")
    case("acknowledge", *ASSESSED)
    if answered:
        case("respond", "--outcome", "upheld", "--impact", "weeks of cold", "--reason", "it failed")
    before = in_json("cases")[0]["due"]
    case(
        *("add-issue", "--issue", "the new one leaks", "--related" if related else "--unrelated"),
        "--delays" if delays else "--no-delay",
        at="2026-11-25",
    )
    points = in_json("case", "show", REF)["definition"]["points"]
    if related and not answered and not delays:
        assert points == ["the boiler", "the new one leaks"] and len(listed()) == 1
        assert in_json("cases")[0]["due"] == before, "the original clock"
    else:
        new = in_json("case", "show", "HC-2026-0002")
        assert points == ["the boiler"] and new["definition"]["points"] == ["the new one leaks"]
        assert new["label"] == "complaint" and new["received"].startswith("2026-11-25"), "a clock of its own"
        assert new["links"] == [{"reference": REF, "how": "related"}]


def test_a_request_that_becomes_a_complaint_stays_open_beside_it() -> None:
    logged("request: tap")
    assert no("complain").endswith("(Code 1.5)")
    said = case("complain", "--point", "third missed visit", "--on", "2026-11-24", at="2026-11-26")
    assert "HC-2026-0001: service request.\nHC-2026-0002: complaint, acknowledge by Tue 1 Dec 2026" in said
    assert sorted(listed()) == [REF, "HC-2026-0002"]
    assert (
        "the request that this complaint is about (Code 1.5)"
        in putright("case", "show", "HC-2026-0002").output
    )
    assert "mushrooms" not in said and "request: tap" in putright("case", "show", "HC-2026-0002").output
    assert in_json("reconcile")["unexplained"] == 0


def test_several_matters_of_one_message_are_split_with_one_receipt() -> None:
    logged("complaint: roof, and the bins")
    assert no("split", "--label", "service_request").endswith("(Code 5.6)")
    case("split", "--label", "service_request", "--point", "the bins", at="2026-11-25")
    new = in_json("case", "show", "HC-2026-0002")
    assert new["label"] == "service_request" and new["received"].startswith("2026-11-23T10:00")
    assert new["confirmed_by"] and new["messages"][0]["body"].startswith("complaint: roof")
    assert "HC-2026-0002" in putright("case", "timeline", REF).output


def test_two_cases_of_one_matter_go_on_as_one_from_the_earlier_receipt_and_can_be_parted_again() -> None:
    logged()
    putright("note", "complaint: the same", "--by", "Sam", "--told-at", "2026-11-20T09:00", *MONDAY)
    assert "cannot be merged with itself" in no("merge", REF)
    case("merge", "HC-2026-0001", ref="HC-2026-0002")
    (row,) = in_json("cases")
    assert (row["reference"], row["due"]) == (REF, "2026-11-27")
    assert len(in_json("case", "show", REF)["messages"]) == 2
    assert "is closed" in no("merge", "HC-2026-0001", ref="HC-2026-0002")
    case("unmerge", "HC-2026-0001", ref="HC-2026-0002")
    assert sorted(x["due"] for x in in_json("cases")) == ["2026-11-27", "2026-11-30"]
    assert len(in_json("case", "show", REF)["messages"]) == 1
    assert "is not merged into" in no("unmerge", "HC-2026-0001", ref="HC-2026-0002")
    assert "Every event fits" in putright("audit", "verify").output


def test_a_reply_that_became_a_case_is_merged_with_all_that_a_reply_brings_and_later_ones_follow_it() -> None:
    logged()
    logged("complaint: please escalate this to stage 2", 2)
    case("merge", REF, ref="HC-2026-0002")
    shown = in_json("case", "show", REF)
    assert [x["joined_as"] for x in shown["messages"]] == [None, "reply"] and shown["chased"] == 1
    assert shown["received"].startswith("2026-11-23") and len(in_json("cases")) == 1
    assert in_json("case", "show", "HC-2026-0002")["part_of"] == REF
    case("unmerge", REF, ref="HC-2026-0002")
    assert len(in_json("cases")) == 2 and len(in_json("case", "show", REF)["messages"]) == 1
    assert "is not merged into" in no("unmerge", REF, ref="HC-2026-0002")
    case("define", ref="HC-2026-0002")
    case("merge", REF, ref="HC-2026-0002")
    assert in_json("case", "show", "HC-2026-0002")["definition"]["version"] == 1, "what was done on it stays"
    case("unmerge", REF, ref="HC-2026-0002")
    assert len(in_json("cases")) == 2


def test_an_acknowledged_complaint_is_answered_on_its_own_and_only_linked() -> None:
    logged()
    logged("complaint: the same", 2)
    case("define")
    case("acknowledge", *ASSESSED)
    assert no("merge", "HC-2026-0002").endswith("(Code 6.7)")
    case("link", "HC-2026-0002")
    assert "linked already" in no("link", "HC-2026-0002")
    assert (
        no("link", "HC-2026-0009") == "Error: There is no case HC-2026-0009. `putright cases` lists them all."
    )


def test_f71_a_hazard_has_its_own_clocks_beside_the_codes() -> None:
    logged("complaint: mould emergency!")
    page = putright("case", "show", REF).output
    assert "a possible hazard that nobody has assessed yet" in page
    assert (
        "if emergency, known since receipt: investigate and make safe by Tue 24 Nov 2026 10:00 (24 hours)"
        in page
    )
    assert "if significant, known since receipt: investigate by Mon 7 Dec 2026 (10 working days)" in page
    mould = ("hazard", "--kind", "significant", "--of", "damp-mould", "--reason", "a baby sleeps there")
    assert "first aware of it" in no(*mould)
    case(*mould, "--aware", "2026-11-20")
    shown = in_json("case", "show", REF)
    assert shown["hazard"]["deadlines"][0]["due"] == "2026-12-04"
    page = putright("case", "show", REF).output
    assert (
        "Investigate: by Fri 4 Dec 2026 (10 working days)" in page
        and "Acknowledge by Mon 30 Nov 2026" in page
    )
    case(*mould, "--aware", "2026-11-20", "--investigated", "2026-11-24", at="2026-11-24")
    assert in_json("case", "show", REF)["hazard"]["deadlines"][1]["due"] == "2026-11-27", (
        "the written summary"
    )


@pytest.mark.parametrize(
    ("kind", "of", "statutory"),
    [
        ("significant", "electrical", False),
        ("emergency", "electrical", True),
        ("significant", "other", False),
    ],
)
def test_f71_only_kinds_whose_day_has_come_have_a_statutory_clock(
    kind: str, of: str, statutory: bool
) -> None:
    logged("request: sockets")
    given = ("--kind", kind, "--of", of, "--aware", "2026-11-20T17:20", "--reason", "sparks")
    case("hazard", *given)
    hazard = in_json("case", "show", REF)["hazard"]
    assert bool(hazard["deadlines"]) is statutory and hazard["assessed"].startswith(kind)
    assert in_json("cases")[0]["due"] is None, "beside the label, whatever it is"


def test_f66_another_kind_of_remedy_is_wrong_usage() -> None:
    logged()
    assert "is not one of" in no("remedy", "--kind", "voucher", "--what", "it", code=2)


def test_a_withdrawn_complaint_stops_its_clocks_and_keeps_its_promises() -> None:
    logged()
    case("action", "--what", "gully", "--due", "2026-12-04", "--owner", "Repairs")
    assert 'Give what the resident said: --reason "…".' in no("withdraw")
    case("withdraw", "--reason", "sorted now")
    assert in_json("cases")[0]["due"] is None
    assert "The resident withdrew" in no("acknowledge")
    case("action", "--done", "1", "--evidence", "job 4711", at="2026-12-03")
    case("close", "--reason", "sorted", at="2026-12-03")
    case("reopen", "--reason", "not sorted after all", at="2026-12-04")
    assert in_json("cases")[0]["due"] == "2026-11-30"


def test_authority_is_pending_given_with_evidence_or_ended_and_pauses_no_clock() -> None:
    logged()
    before = in_json("cases")[0]["due"]
    case("authority", "--representative", "Ann K", "--relation", "daughter", "--status", "pending")
    assert no("authority", "--representative", "Ann K", "--status", "given").endswith("(Code 3.6)")
    case("authority", "--representative", "Ann K", "--status", "given", "--evidence", "form of 24 November")
    assert in_json("cases")[0]["due"] == before


def test_evidence_belongs_to_a_point_of_the_definition() -> None:
    logged()
    case("define", "--point", "the leak", "--outcome", "a repair")
    assert "there is no point 2" in no("evidence", "--point", "2", "--what", "photo")
    case("evidence", "--point", "1", "--what", "photo", "--shows", "a stain", "--from-resident")


def test_learning_is_due_after_a_response_until_it_is_recorded() -> None:
    logged()
    assert listed("--learning-due") == []
    case("learn", "--what", "tell residents of delays", "--owner", "Repairs", "--due", "2027-01-15")
    assert listed("--learning-due", at="2027-01-14") == []
    assert listed("--learning-due", at="2027-01-15") == [REF]
    case("learn", "--done", "1", "--evidence", "new text message", at="2027-01-15")
    assert listed("--learning-due", at="2027-01-16") == []


@pytest.mark.parametrize(
    ("act", "paragraph"),
    [
        (("contact", "--how", "phone"), "5.8"),
        (("conflict", "--person", "Lee Moss"), "5.8"),
        (("consulted",), "6.20"),
        (("authority",), "3.6"),
        (("adjust", "--what", "large print"), "5.10"),
        (("incident", "--what", "a cyber incident"), "8.5"),
        (("learn",), "9.1"),
        (("remedy", "--kind", "apology", "--what", "letter", "--due", "2026-11-22"), "7.3"),
        (("action", "--what", "x", "--owner", "y", "--due", "2199-01-01"), "6.6"),
    ],
)
def test_what_a_record_lacks_or_gets_wrong_is_named_with_its_paragraph(
    act: tuple[str, ...], paragraph: str
) -> None:
    logged()
    said = no(*act)
    assert said.startswith("Error: ") and said.count("\n") == 0
    assert in_json("case", "show", REF)["version"] == 1
    if not act[-1].startswith("2"):
        assert f"(Code {paragraph})" in said


def test_f08_survey_feedback_is_signposted_and_whoever_can_be_found_is_contacted() -> None:
    Path("star.csv").write_text(
        "Name,Email,Comment\nAnn K,ann@post.example,survey: 2/10 the fitters left a mess\n"
        ",,survey: 3/10 nobody answers the phone\n",
        encoding="utf-8",
    )
    putright("ingest", "--channel", "survey", "star.csv", *MONDAY)
    named, anonymous = (in_json("case", "show", x) for x in ("HC-2026-0001", "HC-2026-0002"))
    for one in (named, anonymous):
        assert one["label"] == "survey_feedback" and one["signpost"] is True
        assert in_json("cases")[0]["due"] is None
    assert [x["what"] for x in named["owed"]] == ["contact"] and anonymous["owed"] == []
    assert "how to complain (Code 1.6)" in putright("case", "show", REF).output
    case("contact", "--how", "phone", "--result", "reached", "--note", "the mess is cleared")
    assert in_json("case", "show", REF)["owed"] == []


def test_f47_f67_marks_stand_on_the_case_for_a_person_to_check() -> None:
    logged("complaint: your bathroom contractor swore at me mark=contractor")
    logged("complaint: my band is wrong mark=lgsco", 2)
    first, second = (in_json("case", "show", x) for x in ("HC-2026-0001", "HC-2026-0002"))
    assert (first["contractor"], first["jurisdiction"]) == (True, "housing ombudsman")
    assert (second["contractor"], second["jurisdiction"]) == (False, "lgsco?")
    assert "a person checks each" in putright("case", "show", "HC-2026-0002").output


def test_data_protection_has_its_own_clocks_beside_the_codes() -> None:
    logged("complaint: you mailed my statement to my ex mark=dp_complaint mark=possible_breach")
    logged("other: send me all you hold on me mark=sar", 2)
    due = {x["mark"]: x["due"] for x in in_json("case", "show", REF)["beside"]}
    assert due == {"dp_complaint": "2026-12-22", "possible_breach": "2026-11-26T10:00:00+00:00"}
    assert in_json("cases")[0]["due"] == "2026-11-30", "the Code's clock runs beside them"
    (access,) = in_json("case", "show", "HC-2026-0002")["beside"]
    assert access["due"] == "2026-12-23" and access["limit"] == "one month"


def test_what_data_protection_law_wants_is_reminded_of_until_a_person_says_that_it_is_done() -> None:
    logged("other: send me all you hold on me mark=sar")
    said = f"{REF}  answer the subject access request by Wed 23 Dec 2026 (one month), unassigned"

    def digest(day: str) -> str:
        return putright("remind", "--dry-run", "--at", f"{day}T08:30").output

    assert said not in digest("2026-12-17") and said in digest("2026-12-18"), "three working days before"
    assert f"OVERDUE: {said.partition('  ')[2]}" in digest("2026-12-24")
    assert "Not ended by the closing: answer the subject access request by Wed 23 Dec" in case(
        "close", "--reason", "passed on"
    )
    assert said in digest("2026-12-18"), "the law's clock does not end with the case"
    assert "already" not in case("mark", "sar", "--answered", "2026-12-21", at="2026-12-22")
    assert "subject access" not in digest("2026-12-24")
    page = " ".join(putright("case", "show", REF).output.split())
    assert "UK GDPR, Art 12(3), 15); done Mon 21 Dec 2026, in time" in page
    (access,) = in_json("case", "show", REF)["beside"]
    assert access["answered"] == "2026-12-21"
    assert "its clock runs from Mon 30 Nov 2026" in case(
        "mark", "sar", "--since", "2026-11-30", at="2026-12-22"
    )
    assert "by Wed 30 Dec 2026 (one month)" in digest("2026-12-29"), "undone, and from another day"
    case("mark", "sar", "--not-one", "--note", "he asked for his rent account", at="2026-12-22")
    assert in_json("case", "show", REF)["marks"] == []


def test_a_mark_that_the_reader_missed_is_set_by_a_person() -> None:
    logged("other: what do you know about me?")
    assert "is marked as no subject access request" in no("mark", "sar", "--answered", "2026-11-23")
    case("mark", "sar", "--since", "2026-11-23")
    assert in_json("case", "show", REF)["beside"][0]["due"] == "2026-12-23"
    assert "is not one of" in no("mark", "group", "--not-one", code=2)


def test_f07_a_choice_to_complain_about_a_request_opens_a_complaint_beside_it() -> None:
    logged("request: tap")
    assert no("choice", "--result", "accepted").endswith("(Code 1.3)"), "no clock would run"
    case("complain", "--point", "nobody came")
    case("choice", "--result", "accepted")
    assert sorted(listed()) == [REF, "HC-2026-0002"]


def test_merged_cases_are_parted_in_any_order_with_each_its_own_receipt() -> None:
    for number, day in ((1, 20), (2, 18), (3, 17)):
        told = f"2026-11-{day}T09:00"
        putright("note", f"complaint: the roof, {number}", "--by", "Sam", "--told-at", told, *MONDAY)
    one, two, three = (f"HC-2026-000{n}" for n in (1, 2, 3))
    case("merge", one, ref=two)
    case("merge", one, ref=three)
    assert in_json("case", "show", one)["received"].startswith("2026-11-17")
    assert "unmerge" in no("reopen", "--reason", "again", ref=two)
    case("unmerge", one, ref=two)
    assert in_json("case", "show", one)["received"].startswith("2026-11-17"), "the third is still in it"
    case("unmerge", one, ref=three)
    assert in_json("case", "show", one)["received"].startswith("2026-11-20")
    assert sorted(x["due"] for x in in_json("cases")) == ["2026-11-24", "2026-11-25", "2026-11-27"]


def test_no_clock_is_lost_by_a_merge() -> None:
    logged()
    logged("request: tap", 2)
    assert no("merge", "HC-2026-0002").endswith("(Code 1.5)")
    logged("complaint: mould emergency!", 3)
    mould = ("--kind", "significant", "--of", "damp-mould", "--aware", "2026-11-20", "--reason", "a baby")
    case("hazard", *mould, ref="HC-2026-0003")
    assert "record it on HC-2026-0001 first" in no("merge", REF, ref="HC-2026-0003")
    case("hazard", *mould)
    case("merge", REF, ref="HC-2026-0003")


def test_f04_discretion_is_asked_before_the_acknowledgement_and_again_when_the_facts_change() -> None:
    logged()
    case("define", "--issue-date", "2024-06-01")
    case("assess", *ASSESSED)
    assert in_json("case", "show", REF)["exclusion"] == "review"
    assert "discretion" in [x["what"] for x in in_json("case", "show", REF)["owed"]]
    assert no("acknowledge").endswith("(Code 2.3)")
    assert refused("letter", "refusal", REF).endswith("(Code 2.1)"), "never a refusal by itself"
    case("define", "--discretion", "the leak goes on still")
    assert in_json("case", "show", REF)["exclusion"] == "taken"
    case("define", "--issue-date", "2024-07-01")
    assert in_json("case", "show", REF)["exclusion"] == "review", "another date is another question"
    case("define", "--aware-date", "2026-01-05")
    assert in_json("case", "show", REF)["exclusion"] == "", "known for less than a year"
    case("acknowledge")


SIGNIFICANT = ("--kind", "significant", "--of", "damp-mould", "--aware", "2026-11-20", "--reason", "a baby")


def test_f71_what_is_done_about_a_hazard_ends_its_limits_one_by_one() -> None:
    logged("complaint: mould hazard!")
    assert "Nobody has said that there is a hazard" in no("hazard-step", "--step", "investigated")
    case("hazard", *SIGNIFICANT)
    assert "record first when that concluded" in no("hazard-step", "--step", "summary-sent")
    assert "so nothing was done" in no("hazard-step", "--step", "attempted", "--when", "2026-11-19")
    case("hazard-step", "--step", "attempted", "--note", "nobody in", "--when", "2026-11-23T09:00")
    case("hazard-step", "--step", "investigated", "--when", "2026-11-24", at="2026-11-24")
    case("hazard-step", "--step", "summary-sent", "--when", "2026-11-27T11:00", at="2026-11-27")
    case("hazard-step", "--step", "made-safe", "--when", "2026-12-02", at="2026-12-02")
    limits = in_json("case", "show", REF)["hazard"]["deadlines"]
    assert [(x["step"], x["due"], x["met"]) for x in limits] == [
        ("investigated", "2026-12-04", True),
        ("summary-sent", "2026-11-27", True),
        ("made-safe", "2026-12-01", False),
        ("work-begun", "2027-02-16", None),
    ]
    assert "LATE" in putright("case", "show", REF).output


def test_f71_a_case_with_an_open_hazard_is_not_closed_and_an_emergency_counts_by_the_minute() -> None:
    logged("complaint: sparks emergency!")
    sparks = ("--kind", "emergency", "--of", "electrical", "--reason", "sparks")
    case("hazard", *sparks, "--aware", "2026-11-21T17:20")
    assert "--step made-safe" in no("close", "--reason", "withdrawn")
    assert "make safe: by Sun 22 Nov 2026 17:20 (24 hours)" in putright("case", "show", REF).output
    case("withdraw", "--reason", "sorted")
    assert in_json("case", "show", REF)["closed"] is None, "what is dangerous stays open"
    case("hazard-step", "--step", "made-safe", "--when", "2026-11-22T17:21")
    assert in_json("case", "show", REF)["hazard"]["deadlines"][0]["met"] is False
    case("close", "--reason", "withdrawn")


def test_the_answer_ends_the_update_that_was_agreed_for_the_wait_and_stage_2_does_not_revive_it() -> None:
    logged()
    case("define")
    case("acknowledge", *ASSESSED)
    case("extend", "--by-days", "5", "--reason", "a survey", at="2026-12-01")
    assert listed("--updates-due", at="2026-12-08") == [REF]
    case("respond", "--outcome", "not upheld", "--reason", "the roof was found sound", at="2026-12-07")
    case("update", "--on", "2026-12-02", "--text", "still waiting", "--next", "2026-12-30", at="2026-12-07")
    case("escalate", at="2026-12-09")
    assert listed("--updates-due", at="2026-12-30") == []
    assert "update" not in [x["what"] for x in in_json("case", "show", REF)["owed"]]


def test_who_declared_a_conflict_of_interest_decides_at_no_stage() -> None:
    logged()
    case("define")
    case("acknowledge", *ASSESSED)
    case("conflict", "--person", "Kim Lau", "--what", "a cousin", "--dealt-with", "Dana Ito decides")
    answer = ("respond", "--outcome", "not upheld", "--reason", "the roof was found sound")
    assert no(*answer, "--as", "kim  lau").endswith("(Code 5.8)")
    assert no(*answer, "--decided-by", "Kim Lau").endswith("(Code 5.8)")
    case(*answer, "--as", "Kim Lau", "--decided-by", "Dana Ito")
    case("escalate")
    case("define")
    case("acknowledge", *ASSESSED)
    assert no(*answer, "--as", "Kim Lau").endswith("(Code 5.8)")
    second = putright("case", "show", REF).output.partition("Give the final response")[2]
    assert "Counted from the request for stage 2 with both limits" in second
    case(*answer, "--as", "Lee Moss")


DAMP = ("--kind", "significant", "--of", "damp-mould", "--aware", "2026-11-05", "--reason", "a baby")
SPARKS = ("--kind", "emergency", "--of", "electrical", "--aware", "2026-11-20T09:00", "--reason", "sparks")


def test_f71_each_kind_of_hazard_on_a_case_has_its_own_clock() -> None:
    logged("complaint: mould emergency!")
    case("hazard", *DAMP)
    assert "Hazard assessed (electrical): emergency" in case("hazard", *SPARKS)
    page = putright("case", "show", REF, "--at", "2026-11-23T12:00").output
    for line in (
        "Awaab's Law: emergency hazard, electrical",
        "Awaab's Law: significant hazard, damp mould",
        "Investigate: by Thu 19 Nov 2026 (10 working days)",
        "Acknowledge by Mon 30 Nov 2026",
        "Late       Awaab's Law: investigate and make safe by Sat 21 Nov 2026 09:00 (24 hours; electrical)",
        "Late       Awaab's Law: investigate by Thu 19 Nov 2026 (10 working days; damp mould)",
    ):
        assert line in page
    both = "10 working days; damp mould", "24 hours; electrical"
    for told in (putright("cases", "--overdue", *MONDAY), putright("remind", "--dry-run", *MONDAY)):
        assert all(x in told.output for x in both)
    assert "say which is meant, --of electrical or damp-mould" in no("hazard-step", "--step", "made-safe")
    assert "of that kind (fire)" in no("hazard-step", "--step", "made-safe", "--of", "fire")
    assert "say which is meant" in no("hazard", "--kind", "none", "--reason", "looked")
    case("hazard-step", "--step", "made-safe", "--of", "electrical")
    assert "--of damp-mould --step investigated" in no("close", "--reason", "withdrawn")
    case("hazard", "--kind", "none", "--of", "damp-mould", "--reason", "condensation on a window only")
    assert listed("--hazard") == [REF], "the other still stands"
    assert "Late       Awaab" not in putright("case", "show", REF, *MONDAY).output
    case("hazard", "--kind", "none", "--reason", "no fault found by the electrician")
    assert in_json("case", "show", REF)["hazard"] == {"assessed": "", "deadlines": []}


def test_f71_to_assess_a_hazard_again_says_what_changes_and_awareness_never_moves_silently() -> None:
    logged("complaint: mould hazard!")
    case("hazard", *DAMP, "--investigated", "2026-11-23")
    later = (*DAMP[:5], "2026-11-06", *DAMP[6:])
    assert "the limits run from first awareness" in no("hazard", *later)
    assert "significant, known since Thu 5 Nov 2026, as before" in case("hazard", *DAMP)
    told = case("hazard", *later, "--why-later", "the call of 5 Nov was about another flat")
    assert "known since Fri 6 Nov 2026 (before: significant, known since Thu 5 Nov 2026)" in told
    assert "because the call of 5 Nov was about another flat" in told
    page = " ".join(putright("case", "show", REF).output.split())
    assert "because the call of 5 Nov was about another flat" in page
    assert "done Mon 23 Nov 2026, LATE" in page, "that it was investigated is not forgotten"
    back = (*DAMP[:5], "2026-12-07", *DAMP[6:], "--why-later", "it is back after the works")
    assert "investigated" not in case("hazard", *back, at="2026-12-07"), (
        "what was done before was about the first"
    )
    worse = ("--kind", "emergency", *DAMP[2:])
    assert "(before: significant, known since Mon 7 Dec 2026)" in case("hazard", *worse, at="2026-12-08")
    assert [x["step"] for x in in_json("case", "show", REF)["hazard"]["deadlines"]] == ["made-safe"]


def test_f71_no_step_about_a_hazard_is_before_the_one_it_follows() -> None:
    logged("complaint: mould hazard!")
    case("hazard", *DAMP)
    done = ("hazard-step", "--step")
    case(*done, "investigated", "--when", "2026-11-10")
    early = no(*done, "summary-sent", "--when", "2026-11-09")
    assert "Summary sent on Mon 9 Nov 2026 cannot be before investigated on Tue 10 Nov 2026" in early
    case(*done, "summary-sent", "--when", "2026-11-12")
    assert "check the two dates" in no(*done, "investigated", "--when", "2026-11-13")
    case(*done, "work-begun", "--when", "2026-11-13")
    assert "cannot be before work begun" in no(*done, "work-finished", "--when", "2026-11-12")


def test_a_stage_1_letter_has_the_remedies_of_stage_1_alone() -> None:
    logged()
    case("define")
    case("acknowledge", *ASSESSED)
    case("remedy", "--kind", "apology", "--what", "a letter of apology", "--due", "2026-12-04")
    case("respond", "--outcome", "upheld", "--impact", "weeks of cold", "--reason", "a seal failed")
    case("escalate", at="2026-11-24")
    case(
        "remedy",
        "--kind",
        "explanation",
        "--what",
        "a visit by the surveyor",
        "--due",
        "2026-12-18",
        at="2026-11-25",
    )
    first, second = (putright("letter", kind, REF, *MONDAY).output for kind in ("stage-1", "stage-2"))
    assert "apology" in first and "surveyor" not in first
    assert "apology" in second and "surveyor" in second
    case("remedy", "--done", "1", "--evidence", "sent", at="2026-11-26")
    assert "letter of apology" not in putright("letter", "stage-2", REF, *MONDAY).output


APOLOGY = ("--kind", "apology", "--what", "a letter", "--due", "2026-11-27")
TOO_OLD = (
    *(
        "--ground",
        "over-12-months",
        "--issue-date",
        "2024-11-01",
        "--reason",
        "too old",
        "--evidence",
        "the diary",
    ),
    *("--discretion", "looked at", "--vulnerability", "none known", "--ombudsman-told"),
)


@pytest.mark.parametrize("end", [("withdraw", "--reason", "sold up"), ("refuse", *TOO_OLD)])
def test_f23_what_was_promised_is_kept_after_the_complaint_ended_and_then_it_closes(
    end: tuple[str, ...],
) -> None:
    logged()
    case("remedy", *APOLOGY)
    case(*end)
    assert "promises that are not kept yet" in no("close", "--reason", "withdrawn")
    assert "so it can be closed" in case("remedy", "--done", "1", "--evidence", "the letter", at="2026-11-24")
    case("close", "--reason", "withdrawn; promises kept", at="2026-11-24")


def test_a_withdrawn_complaint_that_is_open_for_its_promises_is_taken_up_again() -> None:
    logged()
    case("remedy", *APOLOGY)
    case("withdraw", "--reason", "sold up")
    assert in_json("cases")[0]["due"] is None
    case("reopen", "--reason", "they stay after all")
    assert in_json("cases")[0]["due"] == "2026-11-30"


@pytest.mark.parametrize(
    ("verb", "begun"),
    [("action", ("--what", "mend it", "--due", "2026-12-18", "--owner", "Repairs")), ("remedy", APOLOGY)],
)
def test_nothing_is_done_before_it_was_promised(verb: str, begun: tuple[str, ...]) -> None:
    logged()
    case(verb, *begun, at="2026-11-25")
    said = no(verb, "--done", "1", "--evidence", "photo", at="2026-11-24")
    assert said.endswith("cannot have ended on Tue 24 Nov 2026: check the date. (Code 7.3)")


def test_f48_the_timeline_is_sorted_by_when_it_happened() -> None:
    logged()
    case("contact", "--how", "phone", "--result", "reached", at="2026-11-26")
    case("contact", "--how", "letter", "--result", "reached", at="2026-11-24")
    assert [x["at"][:10] for x in in_json("case", "timeline", REF)] == [
        "2026-11-23",
        "2026-11-24",
        "2026-11-26",
    ]
    page = putright("case", "timeline", REF).output
    assert page.index("by letter") < page.index("by phone")


def test_an_acceptance_by_the_ombudsman_opens_what_was_refused_and_closed() -> None:
    logged()
    case("refuse", *TOO_OLD)
    case("close", "--reason", "refused")
    assert listed() == []
    case("ombudsman", "--kind", "acceptance", "--what", "take it", at="2026-12-10")
    assert listed("--overdue", at="2026-12-10") == [REF]


def test_f11_f25_a_new_issue_confirms_no_definition_and_asks_nothing() -> None:
    putright("note", "complaint: mushrooms", "--by", "Sam", *MONDAY)
    said = no("add-issue", "--issue", "the stairs", "--related", "--no-delay")
    assert "Nobody has confirmed the definition" in said and said.endswith("(Code 5.6)")
    assert no("acknowledge", *ASSESSED).endswith("(Code 5.6)")


@pytest.mark.parametrize(
    "name",
    ["putright 0.1", "PutRight (1+5ed3330c)", "bot", "System", "automatic", "reader 2", "root", "nobody"],
)
def test_what_a_person_decides_no_program_does_under_any_name(name: str) -> None:
    logged()
    for verb, *more in (
        ("reclassify", "--label", "service_request", "--because", "x"),
        ("close", "--reason", "withdrawn"),
        ("refuse", *TOO_OLD),
        ("define", "--point", "x", "--outcome", "y"),
    ):
        assert "never by putright" in no(verb, *more, "--as", name)
    assert "handled by a person" in no("assign", "--to", name)


@pytest.mark.parametrize("login", ["root", "daemon", "nobody"])
def test_a_login_that_is_no_persons_asks_who_acts(login: str, monkeypatch: pytest.MonkeyPatch) -> None:
    logged()
    monkeypatch.setenv("LOGNAME", login)
    wanted = "say who acts, with --as NAME or PUTRIGHT_USER. (Code 2.1)"
    assert no("refuse", *TOO_OLD).endswith(wanted)
    monkeypatch.setenv("PUTRIGHT_USER", "Priya Shah")
    case("refuse", *TOO_OLD)
    assert in_json("case", "show", REF)["records"][-1]["actor"] == "Priya Shah"


def test_f11_what_was_asked_is_put_to_the_resident_and_never_given_as_what_they_want() -> None:
    logged()
    assert "Seeks: not stated, asked." in case(
        "define", "--point", "the leak", "--outcome", "not stated, asked"
    )
    case("acknowledge", *ASSESSED)
    sent = putright("letter", "acknowledgement", REF).output
    assert "What would you like us to do to put things right?" in sent
    assert "not stated" not in sent and "What you would like to happen:" not in sent
    case("define", "--asked", "what would put it right?", at="2026-11-24")
    assert "what would put it right?" in putright("letter", "acknowledgement", REF).output


def test_a_definition_that_replaces_anothers_says_whose() -> None:
    logged()
    mine = ("define", "--point", "the leak", "--outcome", "a repair")
    assert "replaces" not in case(*mine, "--as", "Kim Lee")
    assert "replaces" not in case(*mine, "--as", "kim lee")
    said = " ".join(case(*mine, "--as", "Ola Diaz").split())
    assert "It replaces the definition that kim lee confirmed on Mon 23 Nov 2026 12:00" in said


def test_f04_dates_that_cannot_be_are_refused() -> None:
    logged()
    mine = ("define", "--point", "the leak", "--outcome", "a repair")
    assert "too long ago" in no(*mine, "--issue-date", "0001-01-01")
    assert "check the two dates" in no(*mine, "--issue-date", "2026-10-02", "--aware-date", "2026-10-01")


def test_f17_a_late_answer_wants_an_update_and_is_off_the_list_once_there_is_one() -> None:
    logged()
    assert listed("--updates-due", at="2026-12-14") == [], "the last day: receipt, 5 and 10 working days"
    assert listed("--updates-due", at="2026-12-15") == [REF]
    assert "next update agreed for Tue 22 Dec 2026" in case("update", at="2026-12-15")
    assert listed("--updates-due", at="2026-12-21") == []
    assert listed("--updates-due", at="2026-12-22") == [REF]
    case("update", "--text", "soon", "--next", "2026-12-24", at="2026-12-22")
    assert "next update agreed for Thu 31 Dec 2026" in " ".join(
        case("update", "--on", "2026-12-29", at="2026-12-29").split()
    )


def test_f17_an_extension_says_when_the_resident_hears_next() -> None:
    logged()
    case("define", "--point", "the leak", "--outcome", "a repair")
    case("acknowledge", *ASSESSED)
    assert "hears next by Mon 30 Nov 2026 (Code 5.9)" in case(
        "extend", "--by-days", "5", "--reason", "a survey"
    )
    assert listed("--updates-due", at="2026-11-29") == [] and listed("--updates-due", at="2026-11-30") == [
        REF
    ]
    assert no("extend", "--by-days", "1", "--reason", "x", "--next", "2026-11-01").endswith("(Code 5.9)")
    case("extend", "--by-days", "1", "--reason", "a survey", "--next", "2026-12-02", at="2026-11-24")
    assert listed("--updates-due", at="2026-12-01") == [] and listed("--updates-due", at="2026-12-02") == [
        REF
    ]


def test_a_hazard_that_a_person_assessed_is_listed_and_overdue_by_the_hour() -> None:
    logged("complaint: the roof")
    case(
        "hazard",
        "--kind",
        "emergency",
        "--of",
        "electrical",
        "--aware",
        "2026-11-23T09:00",
        "--reason",
        "sparks",
    )
    assert listed("--hazard") == [REF]
    assert listed("--overdue", at="2026-11-23") == []
    assert listed("--overdue", at="2026-11-24") == [REF]
    late = f"{REF}  OVERDUE: investigate and make safe by Tue 24 Nov 2026 09:00"
    now = ("--at", "2026-11-24T12:00")
    assert f"Awaab's Law: {late}" in putright("cases", "--overdue", *now).output
    asked = putright("ask", "which hazards are overdue", *now).output
    assert f"Awaab's Law: {late}" in asked and "overdue: 1." in asked
    assert late in putright("remind", "--dry-run", "--at", "2026-11-25T08:30").output
    case("hazard-step", "--step", "made-safe", at="2026-11-24")
    assert listed("--overdue", at="2026-11-24") == []


def test_an_early_acknowledgement_shows_its_effect_before_it_is_saved() -> None:
    logged()
    case("define", "--point", "the leak", "--outcome", "a repair")
    shown = case("acknowledge", *ASSESSED, "--dry-run")
    assert "Now: answer by Mon 7 Dec 2026" in shown and "that is earlier than Mon 14 Dec 2026" in shown
    assert "Nothing was saved." in shown and in_json("cases")[0]["next"] == "stage_1_acknowledgement"
    saved = case("acknowledge", *ASSESSED)
    assert saved.index("Now: answer by") < saved.index("HC-2026-0001: complaint"), "its effect comes first"
    assert in_json("cases")[0]["next"] == "stage_1_response"
    shown = case("extend", "--by-days", "5", "--reason", "a survey", "--dry-run")
    assert "Now: answer by Mon 14 Dec 2026" in shown and in_json("cases")[0]["due"] == "2026-12-07"


def test_on_a_terminal_an_early_acknowledgement_is_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    logged()
    case("define", "--point", "the leak", "--outcome", "a repair")
    monkeypatch.setattr("putright.bot.commands.acting.at_a_terminal", lambda: True)
    call = ["--db", "test.db", "case", "acknowledge", REF, *ASSESSED, *MONDAY]
    done = CliRunner().invoke(main, call, input="n\n", obj=Program())
    assert done.exit_code == 1 and "Save it?" in done.output
    assert in_json("cases")[0]["next"] == "stage_1_acknowledgement"
    assert "Save it?" not in case("acknowledge", *ASSESSED, "--yes")
    assert in_json("cases")[0]["next"] == "stage_1_response"


@pytest.mark.parametrize(
    ("typed", "given", "saved"),
    [
        pytest.param("n\n", (), False, id="no"),
        pytest.param("\n", (), False, id="an empty line"),
        pytest.param("HC-2026-0002\ny\n", (), False, id="something else"),
        pytest.param("Yes\n", (), True, id="yes"),
        pytest.param("", (), True, id="nothing typed: a job of cron"),
        pytest.param("n\n", ("--yes",), True, id="not asked"),
        pytest.param("n\n", ("--json",), True, id="JSON, not asked"),
    ],
)
def test_without_a_terminal_a_line_of_standard_input_is_the_answer(
    typed: str, given: tuple[str, ...], saved: bool
) -> None:
    logged()
    case("define", "--point", "the leak", "--outcome", "a repair")
    call = ["--db", "test.db", "case", "acknowledge", REF, *ASSESSED, *given, *MONDAY]
    done = CliRunner().invoke(main, call, input=typed, obj=Program())
    assert (done.exit_code, "Nothing was saved" in done.output) == ((0, False) if saved else (1, True))
    assert in_json("cases")[0]["next"] == ("stage_1_response" if saved else "stage_1_acknowledgement")


def test_an_acknowledgement_and_an_extension_are_said_back() -> None:
    logged()
    case("define", "--point", "the leak", "--outcome", "a repair")
    assert "\nStage 1 acknowledged on Mon 23 Nov 2026.\n" in case("acknowledge", *ASSESSED)
    more = ("--by-days", "5", "--reason", "a part is on order")
    wanted = "Stage 1 response extended by 5 working days: a part is on order."
    assert f"\n{wanted}\n" in case("extend", *more)
    late = case("extend", *more, "--on", "2026-12-16", at="2026-12-16")
    assert f"\n{wanted}\n" in late and late.count("LATE NOTICE") == 1


def test_two_definitions_at_once_are_never_both_taken() -> None:
    logged()
    kims = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
    theirs = ("--point", "theirs", "--outcome", "x", "--as", "Kim", "--at", kims.isoformat())
    putright("case", "define", REF, *theirs)
    call = [
        "--db",
        "test.db",
        "case",
        "define",
        REF,
        "--point",
        "the leak",
        "--outcome",
        "a repair",
        "--as",
        "Ola",
    ]
    call += ["--at", kims.isoformat()]
    before, after = kims - timedelta(seconds=1), kims + timedelta(seconds=1)
    done = CliRunner().invoke(main, call, obj=Program(began=before))
    assert done.exit_code == 1 and "changed by somebody else in the meantime (defined by Kim)" in done.stderr
    assert in_json("case", "show", REF)["definition"]["points"] == ["theirs"]
    done = CliRunner().invoke(main, call, obj=Program(began=after))
    assert done.exit_code == 0, "one that began later could see it"


def answered_and_closed() -> None:
    logged()
    case("define", "--point", "the leak", "--outcome", "a repair")
    case("acknowledge", *ASSESSED)
    case(
        "respond",
        "--outcome",
        "upheld",
        "--impact",
        "weeks of cold",
        "--reason",
        "it failed",
        at="2026-11-24",
    )
    case("close", "--reason", "done", at="2026-11-24")


def test_stage_2_asked_for_on_a_closed_case_opens_it_in_one_act() -> None:
    answered_and_closed()
    said = case("escalate", at="2026-11-25")
    assert "Opened again: stage 2 asked for." in said and "acknowledge stage 2 by Wed 2 Dec 2026" in said
    assert listed("--stage", "2") == [REF]


def test_a_case_is_not_closed_while_an_order_of_the_ombudsman_is_not_met() -> None:
    answered_and_closed()
    order = ("--kind", "order", "--what", "apologise", "--due", "2026-12-18")
    case("ombudsman", *order, at="2026-11-25")
    case("reopen", "--reason", "an order", at="2026-11-25")
    assert no("close", "--reason", "done", at="2026-11-26").endswith("(Code 9.7)")
    case("ombudsman", "--done", "1", "--evidence", "the letter", at="2026-11-26")
    case("close", "--reason", "done", at="2026-11-26")


OLD_CASE = ("--ground", "already-considered", "--earlier-response", "2026-01-05", *REFUSAL)


@pytest.mark.parametrize(
    ("earlier", "taken"),
    [
        pytest.param("HC-2026-0002", True, id="a case of ours"),
        pytest.param("HC-2026-0099", False, id="none"),
        pytest.param("hc 2026 99", False, id="none, typed otherwise"),
        pytest.param(REF, False, id="the case itself"),
        pytest.param("CRM 1234", True, id="one of another system"),
    ],
)
def test_what_considered_it_before_is_a_case_that_there_is(earlier: str, taken: bool) -> None:
    logged()
    logged(number=2)
    given = ("refuse", *OLD_CASE, "--earlier-case", earlier)
    if taken:
        case(*given)
    else:
        assert no(*given).endswith(
            "is no earlier case: say which one considered it, with --earlier-case. (Code 2.2)"
        )


def test_a_refusal_is_taken_back_by_the_landlord_itself() -> None:
    logged()
    assert "is not refused" in no("reconsider", "--reason", "by mistake")
    case("define", "--issue-date", "2024-11-01")
    case("refuse", *TOO_OLD)
    case("close", "--reason", "refused")
    case("reopen", "--reason", "not right")
    said = no("define")
    assert 'of your own accord: putright case reconsider HC-2026-0001 --reason "…".' in said
    assert no("reconsider").endswith('Say why: --reason "…". (Code 2.1)')
    assert "never by putright" in no("reconsider", "--reason", "by mistake", "--as", "cron")
    case("close", "--reason", "refused")
    said = case("reconsider", "--reason", "she was in hospital", at="2026-11-24")
    assert "Taken after all, the refusal is taken back: she was in hospital." in said
    assert in_json("cases")[0]["due"] == "2026-11-30", "as if it had never been refused"
    page = putright("case", "show", REF).output
    assert "taken all the same: she was in hospital" in page and "State" not in page
    case("acknowledge", *ASSESSED, at="2026-11-24")


@pytest.mark.parametrize(
    ("ended", "state"),
    [
        pytest.param((), "", id="open"),
        pytest.param(
            (("refuse", *TOO_OLD),),
            "State      REFUSED on Mon 23 Nov 2026 on the ground over 12 months (the letter tells of the Ombudsman: "
            "Code 2.4)",
            id="refused",
        ),
        pytest.param(
            (("refuse", *TOO_OLD), ("close", "--reason", "refused")),
            "State      REFUSED on Mon 23 Nov 2026 on the ground over 12 months (the letter tells of the Ombudsman: "
            "Code 2.4); closed on Mon 23 Nov 2026",
            id="refused and closed",
        ),
        pytest.param(
            (("withdraw", "--reason", "sold up"),),
            "State      withdrawn by the resident on Mon 23 Nov 2026; closed on Mon 23 Nov 2026",
            id="withdrawn",
        ),
        pytest.param(
            (("choice", "--result", "declined"),),
            "State      the resident chose not to complain (Code 1.3)",
            id="declined",
        ),
    ],
)
def test_a_page_says_at_its_head_what_ended_the_case(ended: tuple[tuple[str, ...], ...], state: str) -> None:
    logged()
    for verb, *more in ended:
        case(verb, *more)
    head = putright("case", "show", REF).output.split("Received")[0]
    assert " ".join(head.split("\n", 1)[1].split()) == " ".join(state.split())


@pytest.mark.parametrize(
    ("verb", "begun", "end", "told"),
    [
        ("learn", ("--what", "ring first"), "--evidence", "What was learnt (1) was carried out: job 4711."),
        (
            "ombudsman",
            ("--kind", "order", "--what", "apologise", "--due", "2026-12-18"),
            "--evidence",
            "What the Ombudsman said (1) was met: job 4711.",
        ),
        (
            "adjust",
            ("--what", "large print", "--due", "2026-12-18"),
            "--why",
            "Adjustment 1 ended: job 4711.",
        ),
        ("flag", ("--what", "two to visit"), "--why", "Flag 1 ended: job 4711."),
        (
            "restrict",
            ("--what", "by letter", "--reason", "threats", "--due", "2026-12-18", "--equality", "weighed"),
            "--why",
            "Restriction 1 was lifted: job 4711.",
        ),
        (
            "action",
            ("--what", "gully", "--due", "2026-12-04", "--owner", "Repairs"),
            "--evidence",
            "Action 1 was done: job 4711.",
        ),
        ("remedy", APOLOGY, "--evidence", "Remedy 1 was carried out: job 4711."),
    ],
)
def test_the_end_of_an_item_is_a_sentence(verb: str, begun: tuple[str, ...], end: str, told: str) -> None:
    logged()
    case(verb, *begun)
    assert f"\n{told}\n" in case(verb, "--done", "1", end, "job 4711")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            ("update", "--text", ""),
            "Say what the resident was told (--text), or the next update agreed (--next).",
        ),
        (("update", "--text", " ", "--on", "2026-11-23"), "Say what the resident was told (--text)"),
        (("update", "--next", "2029-12-01"), "Sat 1 Dec 2029 is more than a year ahead"),
        (
            ("ombudsman", "--kind", "finding", "--what", "it"),
            "Say what the Ombudsman found: --finding severe-",
        ),
        (
            ("incident", "--what", "x", "--return-on", "2026-12-01", "--published", "2026-11-24"),
            "has not come yet",
        ),
    ],
)
def test_what_says_nothing_or_lies_too_far_off_is_not_kept(given: tuple[str, ...], sentence: str) -> None:
    logged()
    case("update", "--next", "2026-11-30")
    assert sentence in no(*given)


def test_an_incident_is_one_for_the_whole_landlord_told_before_a_case_came() -> None:
    logged()
    told = ("--ombudsman-told", "2026-11-20", "--residents-told", "2026-11-20", "--published", "2026-11-19")
    case("incident", "--what", "a cyber incident", "--return-on", "2026-12-18", *told)
    assert in_json("case", "show", REF)["records"][-1]["data"]["ombudsman_told"] == "2026-11-20"


def test_f11_what_the_resident_was_asked_at_stage_1_stands_in_the_definition_of_stage_2() -> None:
    logged()
    case("define", "--point", "the leak", "--outcome", "not stated, asked")
    case("acknowledge", *ASSESSED)
    case("respond", "--outcome", "not upheld", "--reason", "none was found")
    case("escalate")
    assert "Stage 2 definition confirmed: 1. the leak. Seeks: not stated, asked." in case("define")


@pytest.mark.parametrize(
    ("on", "received", "due"),
    [((), "Fri 27 Nov", "2026-12-04"), (("--on", "2026-11-24"), "Tue 24 Nov", "2026-12-01")],
)
def test_f25_a_new_issue_counts_from_the_day_it_was_raised(
    on: tuple[str, ...], received: str, due: str
) -> None:
    logged()
    issue = ("add-issue", "--issue", "the stairs", "--unrelated", "--no-delay")
    assert "cannot have been sent before" in no(*issue, "--on", "2026-11-20", at="2026-11-27")
    assert "has not come yet" in no(*issue, "--on", "2026-11-28", at="2026-11-27")
    assert f"HC-2026-0002, received {received} 2026" in case(*issue, *on, at="2026-11-27")
    assert [x["due"] for x in in_json("cases") if x["reference"] == "HC-2026-0002"] == [due]
    assert f"New issue raised on {received} 2026 (" in putright("case", "timeline", REF).output
