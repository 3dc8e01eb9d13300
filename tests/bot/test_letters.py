"""`putright letter` and `check-letter` on a case of its own: from what is recorded, to what a person sends."""

import io
from pathlib import Path

import pytest
from docx import Document

from putright.cases.letters.facts import Kind
from tests.bot.inbox import logged
from tests.cli import in_json, putright, refused

NOW = ("--at", "2026-11-23T10:00")
LATER = ("--at", "2026-11-25T10:00")


@pytest.fixture
def reference() -> str:
    """A complaint with its definition, assessed, not yet acknowledged."""
    Path("putright.toml").write_text(
        '[landlord]\nname = "Harrowmere Homes"\npolicy = "https://harrowmere.example/complaints"\n'
        'reply_to = "complaints@harrowmere.example"\n'
    )
    ref = logged("complaint: mushrooms grow on the ceiling. Nobody came on 3 November.")
    putright(
        *(
            "case",
            "define",
            ref,
            "--point",
            "Mushrooms grow on the ceiling",
            "--point",
            "Nobody came on 3 November",
        ),
        *("--outcome", "the roof mended", "--asked", "Which room is it?", *NOW),
    )
    putright("case", "assign", ref, "--to", "Priya Shah", *NOW)
    return ref


def answered(ref: str) -> None:
    putright(
        "case",
        "acknowledge",
        ref,
        "--complexity",
        "low",
        "--vulnerability",
        "none known",
        "--risk",
        "none known",
        *NOW,
    )
    putright(
        "case",
        "remedy",
        ref,
        "--kind",
        "apology",
        "--what",
        "A written apology",
        "--due",
        "2026-12-01",
        *LATER,
    )
    putright(
        *(
            "case",
            "action",
            ref,
            "--what",
            "Mend the roof",
            "--due",
            "2026-12-18",
            "--owner",
            "repairs",
            *LATER,
        )
    )
    putright(
        *("case", "respond", ref, "--outcome", "partly upheld", "--impact", "weeks of cold", *LATER),
        *("--reason", "The report of September was closed by mistake, against our own repairs policy."),
        *(
            "--reason",
            "not upheld: The visit of 3 November was moved with a day's notice, which the policy allows.",
        ),
    )


def test_an_acknowledgement_holds_the_definition_the_date_and_the_ombudsman(reference: str) -> None:
    text = putright("letter", "acknowledgement", reference, *NOW).output
    assert "1. Mushrooms grow on the ceiling\n   We are responsible for this part" in text
    assert "Dear Jacinta Okonkwo," in text and "Which room is it?" in text
    assert "0300 111 3000" in text and "https://harrowmere.example/complaints" in text


def test_a_stage_1_letter_written_from_the_record_lacks_nothing(reference: str) -> None:
    answered(reference)
    for name, form in (
        ("letter.txt", "text"),
        ("letter.html", "html"),
        ("letter.docx", "docx"),
        ("letter.eml", "eml"),
    ):
        said = putright("letter", "stage-1", reference, "--format", form, "--out", name, *LATER)
        assert "send it yourself" in said.output and "Still missing" not in said.stderr, said.stderr
        assert "every part" in putright("check-letter", "stage-1", reference, name, *LATER).output


def test_a_point_dropped_from_a_letter_is_named_with_its_paragraph(reference: str) -> None:
    answered(reference)
    text = putright("letter", "stage-1", reference, *LATER).output
    Path("letter.txt").write_text(text.replace("Nobody came on 3 November", ""))
    done = putright("check-letter", "stage-1", reference, "letter.txt", *LATER, code=1)
    assert "Point 2 of the definition: Nobody came on 3 November (Code 6.9 b)" in done.output


def test_before_anything_is_decided_the_draft_has_gaps_and_says_what_is_missing(reference: str) -> None:
    said = putright("letter", "stage-1", reference, *NOW)
    assert "Our decision: [upheld, partly upheld or not upheld]." in said.output
    assert "Still missing: A gap is still to be filled: [upheld, partly upheld or not upheld]" in said.stderr


def test_an_extension_can_be_drafted_before_it_is_recorded(reference: str) -> None:
    said = putright(
        *("letter", "extension", reference, "--reason", "the surveyor is ill", "--due", "2026-12-21", *NOW)
    ).output
    assert "by 21 December 2026, because: the surveyor is ill" in said


def test_a_refusal_that_no_person_recorded_is_not_drafted(reference: str) -> None:
    assert "For a draft say on which ground" in refused("letter", "refusal", reference, *NOW)
    why = ("--ground", "other", "--reason", "the land is the council's")
    drafted = putright("letter", "refusal", reference, *why, *NOW)
    assert "Why: the land is the council's" in drafted.output and "Still missing" not in drafted.stderr
    Path("refusal.txt").write_text(drafted.stdout)
    assert "every part" in putright("check-letter", "refusal", reference, "refusal.txt", *why, *NOW).output
    assert in_json("case", "show", reference)["exclusion"] == "", "a draft records nothing"


def test_a_refusal_out_of_time_is_not_drafted_before_taking_it_all_the_same_was_considered(
    reference: str,
) -> None:
    putright("case", "define", reference, "--issue-date", "2025-01-01", *NOW)
    why = ("--ground", "over-12-months", "--reason", "it ended two years ago and nothing has happened since")
    assert "Nobody has considered yet" in refused("letter", "refusal", reference, *why, *NOW)
    considered = ("--discretion", "the tenancy has ended")
    drafted = putright("letter", "refusal", reference, *why, *considered, *NOW).output
    assert "more than 12 months" in drafted
    assert "We also considered whether to take it all the same: the tenancy has ended" in drafted


def test_a_point_of_somebody_else_that_is_upheld_is_remarked_and_stays_theirs_in_the_letter(
    reference: str,
) -> None:
    putright("case", "define", reference, "--point", "No road lights", "--not-ours", "1:the council", *NOW)
    assessed = ("--complexity", "low", "--vulnerability", "none known", "--risk", "none known")
    putright("case", "acknowledge", reference, *assessed, *NOW)
    found = ("--outcome", "upheld", "--impact", "dark evenings", "--reason", "Nobody passed the report on.")
    said = putright("case", "respond", reference, *found, *LATER).output
    assert "Point 1 is upheld, and by the definition it is not yours but the council's" in said
    letter = putright("letter", "stage-1", reference, *LATER).output
    assert "We are not responsible for this part; the council is." in letter


def late(reference: str) -> None:
    """Acknowledged on 23 November, due on 7 December, extended on 11 February."""
    putright(
        *("case", "acknowledge", reference, "--complexity", "low"),
        *("--vulnerability", "none known", "--risk", "none known", *NOW),
    )
    putright(
        *("case", "extend", reference, "--by-days", "5", "--reason", "a part is on order"),
        *("--at", "2027-02-11T10:00"),
    )


def test_after_a_late_extension_the_resident_is_told_the_new_date_and_that_the_first_was_missed(
    reference: str,
) -> None:
    late(reference)
    at = ("--at", "2027-02-11T11:00")
    putright("case", "update", reference, "--text", "the part has been made", "--next", "2027-02-15", *at)
    for kind in ("extension", "update"):
        said = putright("letter", kind, reference, *at)
        assert "You should have had our answer by 7 December 2026, and we missed that date." in said.stdout
        assert "by 18 February 2027" in said.stdout and "Still missing" not in said.stderr
        Path("letter.txt").write_text(said.stdout)
        assert "every part" in putright("check-letter", kind, reference, "letter.txt", *at).output
        Path("letter.txt").write_text(
            said.stdout.replace("You should have had our answer by 7 December 2026", "")
        )
        done = putright("check-letter", kind, reference, "letter.txt", *at, code=1)
        assert "That we missed the date of our answer: Mon 7 Dec 2026 (Code 6.3)" in done.output
        Path("letter.txt").write_text(said.stdout.replace("by 18 February 2027", "by 5 January 2027"))
        done = putright("check-letter", kind, reference, "letter.txt", *at, code=1)
        assert "promises Tue 5 Jan 2027, which lies before the letter's own date (Code 6.4)" in done.output
    page = in_json("case", "show", reference)
    assert "2026-12-07" in str(page["deadlines"]), "compliance is measured as before"


def test_a_promise_that_has_passed_again_is_a_gap(reference: str) -> None:
    late(reference)
    said = putright("letter", "extension", reference, "--at", "2027-03-01T10:00")
    assert "by [the new date]" in said.stdout and "18 February" not in said.stdout
    assert "Thu 18 Feb 2027 has passed, so give another (--due)" in said.stderr


def test_a_draft_that_somebody_may_have_edited_is_not_written_over(reference: str) -> None:
    write = ("letter", "acknowledgement", reference, "--out", "a.txt", *NOW)
    putright(*write)
    Path("a.txt").write_text("edited")
    assert "a.txt is there already" in refused(*write) and Path("a.txt").read_text() == "edited"
    putright(*write, "--force")
    assert "Mushrooms" in Path("a.txt").read_text()


def test_a_word_file_is_not_printed(reference: str) -> None:
    said = refused("letter", "acknowledgement", reference, "--format", "docx", *NOW, code=2)
    assert "A Word file goes to a file: add --out letter.docx." in said


def test_a_letter_on_what_an_mp_wrote_goes_to_the_resident(reference: str) -> None:
    Path("mails/mp.eml").write_bytes(
        b"From: Jane Doe MP <jane.doe.mp@parliament.uk>\r\nTo: complaints@harrowmere.example\r\n"
        b"Subject: My constituent\r\nMessage-ID: <mp1@parliament.uk>\r\n"
        b"Date: Mon, 23 Nov 2026 09:00:00 +0000\r\n\r\n"
        b"complaint: my constituent has had mushrooms for a year and nobody comes.\r\n"
    )
    putright("ingest", "mails", *NOW)
    ref = "HC-2026-0002"
    said = putright("letter", "update", ref, *NOW)
    assert "Dear [the resident's name]" in said.stdout and "Raised for you by: Jane Doe MP" in said.stdout
    assert "To whom the letter goes is not known, for Jane Doe MP wrote for the resident" in said.stderr
    assert "Dear Ms Obi," in putright("letter", "update", ref, "--to", "Ms Obi", *NOW).stdout
    assert "\nTo: " not in putright("letter", "update", ref, "--format", "eml", *NOW).stdout
    (message,) = in_json("case", "show", ref)["messages"]
    assert message["resident"] == {"name": "", "address": ""}
    assert message["third_party"]["name"] == "Jane Doe MP"


def test_without_the_address_of_the_policy_the_draft_says_so(reference: str) -> None:
    Path("putright.toml").write_text('[landlord]\nname = "Harrowmere Homes"\n')
    assert (
        "set landlord.policy in the settings (Code 3.4)"
        in putright("letter", "update", reference, *NOW).stderr
    )


def test_a_signpost_thanks_for_a_survey_only_where_there_was_one(reference: str) -> None:
    assert "survey" not in putright("letter", "signpost", reference, *NOW).stdout


def test_before_it_was_sent_an_acknowledgement_counts_from_the_day_of_the_draft(reference: str) -> None:
    assert "by 9 December 2026" in putright("letter", "acknowledgement", reference, *LATER).stdout


def test_a_closure_is_not_drafted_before_the_answer_and_names_what_is_still_promised(reference: str) -> None:
    assert "has not been answered at stage 1" in refused("letter", "closure", reference, *NOW)
    answered(reference)
    said = putright("letter", "closure", reference, *LATER)
    assert "- Mend the roof [not done yet]" in said.output
    assert (
        "A promise that is not kept yet, so the case cannot be closed: Mend the roof (Code 7.3)"
        in said.stderr
    )


def test_a_stage_2_letter_wants_a_request_for_stage_2(reference: str) -> None:
    assert "is not at stage 2" in refused("letter", "stage-2", reference, *NOW)


@pytest.mark.parametrize(
    "kind", [x.value for x in Kind if x not in (Kind.REFUSAL, Kind.STAGE_2, Kind.CLOSURE)]
)
def test_every_other_letter_can_be_drafted(kind: str, reference: str) -> None:
    assert "Harrowmere Homes" in putright("letter", kind, reference, *NOW).output


def test_a_mail_is_a_draft_whose_answer_comes_to_the_inbox(reference: str) -> None:
    raw = putright("letter", "acknowledgement", reference, "--format", "eml", *NOW).output
    assert f"Subject: Your complaint {reference}" in raw and "X-Unsent: 1" in raw
    assert "Reply-To: complaints@harrowmere.example" in raw and "To: jacinta.okonkwo@post.example" in raw


def test_large_print_that_was_agreed_is_obeyed(reference: str) -> None:
    putright("case", "adjust", reference, "--what", "Large print letters", "--due", "2027-05-20", *NOW)
    putright("letter", "acknowledgement", reference, "--format", "docx", "--out", "a.docx", *NOW)
    assert Document(io.BytesIO(Path("a.docx").read_bytes())).styles["Normal"].font.size.pt == 18


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [(b"PK\x03\x04 no word file", "no Word file"), (b"%PDF-1.7", "no text, HTML or Word file")],
    ids=["a broken Word file", "a PDF"],
)
def test_a_file_that_is_no_letter_is_refused(raw: bytes, sentence: str, reference: str) -> None:
    Path("letter").write_bytes(raw)
    assert sentence in refused("check-letter", "stage-1", reference, "letter", *NOW)


def test_what_is_lacking_as_json(reference: str) -> None:
    Path("letter.txt").write_text("Dear resident, no.")
    done = putright("check-letter", "extension", reference, "letter.txt", "--json", *NOW, code=1)
    assert '"paragraph": "6.5"' in done.output
    assert in_json("case", "show", reference)["reference"] == reference


@pytest.mark.parametrize(("status", "copied"), [("pending", False), ("given", True), ("ended", False)])
def test_who_may_speak_for_the_resident_is_named_and_gets_a_copy(
    reference: str, status: str, copied: bool
) -> None:
    asha = ("case", "authority", reference, "--representative", "Asha Wren", "--relation", "daughter")
    putright(*asha, "--status", "given", "--evidence", "a signed form", *NOW)
    putright(*asha, "--status", status, "--evidence", "by telephone", *NOW)
    page = putright("case", "show", reference, *NOW).stdout
    shown = f"Speaks for the resident: Asha Wren, daughter; authority {status} on"
    assert (shown in page) is (status != "ended") and page.count("Speaks for") <= 1
    done = putright("letter", "update", reference, *NOW)
    assert ("Copy to: Asha Wren, who may speak for you\n\nDear" in done.stdout) is copied
    assert ("Asha Wren may speak for the resident, so a copy goes there too" in done.stderr) is copied
    assert "Asha" not in putright("letter", "public-reply", reference, *NOW).output


@pytest.mark.parametrize(
    ("what", "large"), [("Larger type, please", True), ("letters on yellow paper", False)]
)
def test_who_drafts_a_letter_is_told_what_was_agreed(reference: str, what: str, large: bool) -> None:
    putright("case", "adjust", reference, "--what", what, "--due", "2027-11-23", *NOW)
    said = putright("letter", "update", reference, *NOW).stderr
    assert f"Agreed with the resident, so send it so: {what} (Code 5.10)." in said
    assert "The draft itself sees to the size of large print and to nothing else" in said
    assert ("Text has no size" in said) is large
    page = putright("letter", "update", reference, "--format", "html", *NOW).stdout
    assert ("18pt" in page) is large


def test_a_mail_whose_answers_would_go_astray_is_told(reference: str) -> None:
    eml = ("letter", "update", reference, "--format", "eml", *NOW)
    assert "answers go to the inbox" not in putright(*eml).stderr
    Path("putright.toml").write_text('[landlord]\nname = "Harrowmere Homes"\n')
    assert "set landlord.reply_to in the settings" in putright(*eml).stderr
