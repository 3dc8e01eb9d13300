"""Letters, clocks, the record and what comes in, by the ids of the feature list, as people type it."""

import json
from pathlib import Path

import pytest

from tests.bot.inbox import ASSESSED
from tests.bot.test_features import MONDAY, REF, case, logged, no
from tests.cli import in_json, putright, refused
from tests.harrowmere import ADDRESS, PRIVATE, RESIDENT, letter
from tests.triage.thread_mails import forward

POLICY = "https://harrowmere.example/complaints"
SETTINGS = f"""[landlord]
name = "Harrowmere Homes"
staff_domains = ["harrowmere.example"]
policy = "{POLICY}"
contact = "0100 496 0000"
reply_to = "complaints@harrowmere.example"
"""
LARGE = ("--what", "large print", "--due", "2027-05-20")
WHY = ("--reason", "the scaffold is late")
UPHELD = ("--outcome", "upheld", "--impact", "weeks of cold", "--reason", "a seal failed")
REFUSED = (
    *("--ground", "other", "--reason", "it is about another landlord", "--evidence", "land register"),
    *("--discretion", "nothing we could do", "--vulnerability", "none known", "--ombudsman-told"),
)


def acknowledged(body: str = "complaint: mushrooms") -> None:
    Path("putright.toml").write_text(SETTINGS, encoding="utf-8")
    logged(body)
    case("assign", "--to", "Lee Moss")
    case("define", "--point", "the leak", "--outcome", "a repair")
    case("acknowledge", *ASSESSED)


def drafted(kind: str, *more: str, at: str = "2026-11-27") -> str:
    return putright("letter", kind, REF, *more, "--at", f"{at}T12:00").stdout


READY = {
    "acknowledgement": (),
    "update": (("update", "--text", "the part is here on Friday"),),
    "extension": (("extend", "--by-days", "5", *WHY),),
    "stage-1": (("respond", *UPHELD),),
    "stage-2": (("respond", *UPHELD, "--as", "Lee Moss"), ("escalate",)),
    "closure": (("respond", *UPHELD),),
    "signpost": (),
    "public-reply": (),
}


@pytest.mark.parametrize("kind", READY)
def test_f05_f27_every_letter_has_the_policy_and_the_ombudsman(kind: str) -> None:
    acknowledged()
    for act in READY[kind]:
        case(*act, at="2026-11-24")
    written = drafted(kind)
    assert POLICY in written
    assert "Housing Ombudsman" in written and "0300 111 3000" in written


def test_f05_a_refusal_too() -> None:
    Path("putright.toml").write_text(SETTINGS, encoding="utf-8")
    logged()
    case("assign", "--to", "Lee Moss")
    case("refuse", *REFUSED)
    written = drafted("refusal")
    assert POLICY in written and "0300 111 3000" in written
    Path("refusal.txt").write_text(written, encoding="utf-8")
    assert "every part" in putright("check-letter", "refusal", REF, "refusal.txt", *MONDAY).output  # F36
    Path("refusal.txt").write_text(
        written.replace("0300 111 3000", "").replace("housing-ombudsman", ""), "utf-8"
    )
    said = putright("check-letter", "refusal", REF, "refusal.txt", *MONDAY, code=1).output
    assert "Ombudsman's telephone number: 0300 111 3000 (Code 2.4)" in said and "web address" in said


def test_f12_the_acknowledgement_sets_out_the_definition_and_whose_each_point_is() -> None:
    Path("putright.toml").write_text(SETTINGS, encoding="utf-8")
    logged()
    case(
        "define",
        "--point",
        "the leak",
        "--point",
        "the road",
        "--outcome",
        "a repair",
        "--not-ours",
        "2: Kent Highways",
    )
    case("acknowledge", *ASSESSED)
    written = drafted("acknowledgement", at="2026-11-23")
    for part in (
        "stage 1",
        REF,
        "the leak",
        "the road",
        "Kent Highways",
        "a repair",
        "7 December 2026",
        POLICY,
    ):
        assert part in written
    Path("letter.txt").write_text(written.replace("Kent Highways", "somebody"), encoding="utf-8")
    said = putright("check-letter", "acknowledgement", REF, "letter.txt", *MONDAY, code=1).output
    assert "(Code 5.7)" in said


def test_f37_an_extension_without_the_ombudsman_is_named() -> None:
    acknowledged()
    case("extend", "--by-days", "5", *WHY)
    case("update", "--text", "waiting", "--next", "2026-12-04")
    written = drafted("extension", at="2026-11-23")
    assert "the scaffold is late" in written and "14 December 2026" in written
    Path("extension.txt").write_text(written, encoding="utf-8")
    assert "every part" in putright("check-letter", "extension", REF, "extension.txt", *MONDAY).output
    without = "\n".join(x for x in written.splitlines() if "mbudsman" not in x and "0300" not in x)
    Path("extension.txt").write_text(without, encoding="utf-8")
    assert "(Code 6.5)" in putright("check-letter", "extension", REF, "extension.txt", *MONDAY, code=1).output


def test_f28_a_public_reply_says_nothing_of_anybody() -> None:
    Path("putright.toml").write_text(SETTINGS, encoding="utf-8")
    putright(
        "note",
        "complaint: @Harrowmere no heating at 12 Ashdown House, mushrooms",
        "--by",
        "Sam Reed",
        "--channel",
        "social",
        "--resident",
        RESIDENT,
        "--told-at",
        "2026-11-23T09:00",
        *MONDAY,
    )
    assert in_json("case", "show", REF)["messages"][0]["channel"] == "social"
    written = drafted("public-reply")
    assert not [x for x in (*PRIVATE, REF) if x in written]


def test_f06_f35_f69_the_clock_without_a_case() -> None:
    def due(*given: str) -> dict[str, str]:
        found: dict[str, str] = in_json("clock", *given)["due"]
        return found

    assert due("--received", "2024-03-28", "--acknowledged", "2024-04-02")["stage_1_response"] == "2024-04-16"
    given = ("--received", "2026-11-20", "--acknowledged", "2026-11-26", "--target", "3")
    assert "target=miss code=met" in putright("clock", *given).output
    assert "cannot be counted" in refused("clock", "--received", "2031-01-06")


def test_f09_a_note_counts_from_when_it_was_told() -> None:
    putright(
        "note",
        "complaint: T on estate says nobody comes",
        "--by",
        "op17",
        "--told-at",
        "2026-11-20T10:40",
        *MONDAY,
    )
    assert in_json("case", "show", REF)["received"] == "2026-11-20T10:40:00+00:00"
    assert in_json("cases")[0]["due"] == "2026-11-27"


def test_f13_a_reclassified_case_keeps_its_history_and_its_clock() -> None:
    logged()
    assert no("reclassify", "--label", "service_request").endswith("(Code 1.4)")
    case("reclassify", "--label", "service_request", "--because", "a first report", at="2026-11-24")
    assert in_json("cases")[0]["due"] is None
    case("reclassify", "--label", "complaint", "--because", "it had been reported", at="2026-12-14")
    assert in_json("cases")[0]["due"] == "2026-11-30", "as if it had always been so"
    told = putright("case", "timeline", REF).output
    assert "from complaint to service request" in told and "from service request to complaint" in told


def test_f18_an_extension_has_a_cap_a_reason_and_is_late_after_the_due_date() -> None:
    acknowledged()
    assert no("extend", "--by-days", "5").endswith("(Code 6.4)")
    assert no("extend", "--by-days", "11", *WHY).endswith("(Code 6.4)")
    case("extend", "--by-days", "10", *WHY)
    assert in_json("cases")[0]["due"] == "2026-12-21"
    assert no("extend", "--by-days", "1", *WHY).endswith("(Code 6.4)"), "several add up"
    case("extend", "--by-days", "1", *WHY, "--good-reason")
    assert in_json("cases")[0]["due"] == "2026-12-22"
    assert "LATE NOTICE" in case("extend", "--by-days", "5", *WHY, "--good-reason", at="2026-12-23")
    assert in_json("cases")[0]["due"] == "2026-12-22", "a late notice moves nothing"


def test_f24_the_whole_case_is_written_out_with_hashes() -> None:
    acknowledged()
    putright("case", "export", REF, "--out", "out", *MONDAY)
    files = {x.relative_to("out").as_posix() for x in Path("out").rglob("*") if x.is_file()}
    (manifest,) = (x for x in files if "manifest" in x)
    listed = Path("out", manifest).read_text(encoding="utf-8")
    for name in files - {manifest}:
        assert Path(name).name in listed
    assert any(x.endswith(".eml") for x in files), "the original"


def test_f25_a_phone_note_alone_is_no_definition() -> None:
    putright(
        "note",
        "complaint: rang, roof leaks, wants it mended",
        "--by",
        "Sam",
        "--told-at",
        "2026-11-23T09:00",
        "--channel",
        "voicemail",
        *MONDAY,
    )
    case("assess", *ASSESSED)
    assert no("acknowledge").endswith("(Code 5.6)")


def test_f26_a_forward_keeps_the_first_receipt() -> None:
    Path("putright.toml").write_text(SETTINGS, encoding="utf-8")
    Path("mails").mkdir()
    Path("mails/f.eml").write_bytes(forward("f1"))
    putright("ingest", "mails", *MONDAY)
    found = in_json("case", "show", REF)
    assert found["messages"][0]["forwarded_by"] and found["received"].startswith("2026-11-23T10:00")
    assert "forward" in found["messages"][0]["received_from"].casefold()


def test_f48_the_timeline_is_in_order_and_whole() -> None:
    acknowledged()
    case("extend", "--by-days", "5", *WHY, at="2026-11-24")
    case("respond", *UPHELD, "--on", "2026-11-25", at="2026-11-26")
    events = in_json("case", "timeline", REF)
    assert [x["at"] for x in events] == sorted(x["at"] for x in events)
    assert [x["kind"] for x in events] == [
        *("opened", "assigned", "defined", "assessed", "acknowledged", "extended", "responded"),
    ]


def test_f53_the_same_mail_in_two_boxes_is_one_case_and_both_are_accounted_for() -> None:
    for box in ("complaints", "chief"):
        Path(box).mkdir()
        Path(box, "1.eml").write_bytes(letter(headers=f"Delivered-To: {box}@harrowmere.example\r\n"))
    putright("ingest", "complaints", "chief", *MONDAY)
    assert len(in_json("cases")) == 1
    counted = in_json("reconcile")
    assert counted["received"] == 2 and counted["unexplained"] == 0


def test_f34_the_landlords_own_target_is_said_and_the_receipt_stays() -> None:
    Path("putright.toml").write_text(SETTINGS + "[targets]\nstage_1_acknowledgement = 3\n", encoding="utf-8")
    logged()
    said = putright("remind", "--dry-run", "--at", "2026-11-26T08:30").output
    assert REF in said and "your own target Thu 26 Nov 2026" in said
    assert in_json("case", "show", REF)["received"].startswith("2026-11-23T10:00")
    after = putright("remind", "--dry-run", "--at", "2026-11-27T08:30").output
    assert "your own target Thu 26 Nov 2026 missed" in after and "breach" not in after
    shown = putright("case", "show", REF, "--at", "2026-11-27").output
    assert (
        "Late       your own target missed by 1 working day, no breach of the Code: acknowledge by" in shown
    )


def test_f34_a_service_request_has_the_landlords_own_target_from_receipt_until_it_is_closed() -> None:
    Path("putright.toml").write_text(SETTINGS + "[targets]\nservice_request = 3\n", encoding="utf-8")
    logged("request: the tap drips")
    (row,) = in_json("cases")
    assert (row["next"], row["due"], row["target"]) == ("service_request", "2026-11-26", "2026-11-26")
    assert "your target" in putright("cases").output
    for filters, at in ((("--due-within", "3"), "2026-11-23"), (("--overdue",), "2026-11-27")):
        assert [x["reference"] for x in in_json("cases", *filters, "--at", at)] == [REF]
    late = "Service requests past your own target, no breach of the Code: 1"
    assert late in putright("cases", "--overdue", "--at", "2026-11-27").output
    said = putright("remind", "--dry-run", "--at", "2026-11-27").output
    assert f"{late}\n  {REF}  see to it by Thu 26 Nov 2026 (your own target), repairs, unassigned" in said
    assert "in breach" not in said and "(Code" not in said
    assert [x["reference"] for x in in_json("remind", "--at", "2026-11-27")["requests"]] == [REF]
    shown = putright("case", "show", REF, "--at", "2026-11-30").output
    assert (
        "Late       OVERDUE by 2 working days on your own target, no breach of the Code: see to it by"
        in shown
    )
    assert in_json("case", "show", REF, "--at", "2026-11-30")["overdue_by"] == 2
    said = case("close", "--reason", "mended, the resident knows", at="2026-11-30")
    assert "Before: see to it by Thu 26 Nov 2026 (your own target). Now: nothing is due." in said
    shown = putright("case", "show", REF).output
    assert "service request: closed Mon 30 Nov 2026; your own target Thu 26 Nov 2026 missed" in shown
    assert late not in putright("remind", "--dry-run", "--at", "2026-12-01").output


def test_f34_f13_a_reclassified_case_loses_and_gains_the_landlords_target() -> None:
    Path("putright.toml").write_text(SETTINGS + "[targets]\nservice_request = 3\n", encoding="utf-8")
    logged()
    said = case("reclassify", "--label", "service_request", "--because", "a first report", at="2026-11-24")
    assert "Now: see to it by Thu 26 Nov 2026 (your own target)." in said
    said = case("reclassify", "--label", "complaint", "--because", "reported before", at="2026-11-25")
    assert "Now: acknowledge by Mon 30 Nov 2026 (Code 6.2)." in said, "as if it had always been so"


@pytest.mark.parametrize(
    ("at", "late"),
    [
        pytest.param("2026-11-30", "", id="the day"),
        pytest.param("2026-12-01", "OVERDUE by 1 working day: ", id="the day after"),
        pytest.param("2026-12-05", "OVERDUE by 4 working days: ", id="a Saturday"),
    ],
)
def test_a_case_shows_how_late_it_is(at: str, late: str) -> None:
    logged()
    shown = putright("case", "show", REF, "--at", at).output
    act = "acknowledge by Mon 30 Nov 2026 (Code 6.2)\n"
    assert (f"Late       {late}{act}" in shown) is bool(late) is ("Late  " in shown)


def test_f39_the_last_action_done_brings_the_closure_letter() -> None:
    acknowledged()
    case("action", "--what", "clear the gully", "--due", "2026-12-04", "--owner", "Repairs")
    case("respond", *UPHELD, at="2026-11-24")
    said = case("action", "--done", "1", "--evidence", "job 4711", at="2026-12-03")
    assert f"putright letter closure {REF}" in said
    assert "clear the gully" in drafted("closure", at="2026-12-03")
    assert json.dumps(in_json("cases", "--actions")) == "[]" and ADDRESS not in said
