"""Letters: a draft from whole facts lacks nothing, each part taken out is named with its paragraph, gaps are seen."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from time import process_time

import pytest
from docx import Document

from putright.cases.errors import Refused
from putright.cases.letters.check import missing
from putright.cases.letters.facts import Facts, Kind, Point, Promise
from putright.cases.ombudsman import contact_on
from putright.papers.letter import as_docx, as_eml, as_html, text

WRITTEN = date(2026, 11, 23)
FACTS = Facts(
    reference="HC-2026-0012",
    landlord="Harrowmere Homes",
    written=WRITTEN,
    ombudsman=contact_on(WRITTEN),
    resident="Jacinta Okonkwo",
    handler="Priya Shah",
    policy="https://harrowmere.example/complaints",
    received=date(2026, 11, 20),
    points=(
        Point(
            "The bedroom ceiling has leaked since March",
            "yes",
            decision="upheld",
            reasons="We were told in March and our records show that nobody came before September, against our policy.",
        ),
        Point(
            "The lift company left the lift doors open",
            "no",
            who_else="the freeholder",
            decision="not upheld",
            reasons="The lift belongs to the freeholder, and we passed the report on within a day as we should.",
        ),
    ),
    outcomes=("the ceiling mended before Christmas", "an apology"),
    unclear=("Which evenings were the lift doors open?",),
    due=date(2026, 12, 7),
    decision="partly upheld",
    impact="You slept in the living room from March to September.",
    remedies=(
        Promise("An apology by the head of repairs", date(2026, 11, 30), "repairs"),
        Promise("A payment for the time and trouble", date(2026, 12, 11), amount="1250.00"),
    ),
    actions=(Promise("Mend the ceiling of the bedroom", date(2026, 12, 18), "repairs"),),
    reason="the surveyor can only come on 4 December",
    interval="every Friday",
    ground="The same matter was considered before under our policy",
    discretion="No new evidence came since the final response of last spring.",
)
STAGE_2 = replace(FACTS, stage=2)
WHOSE = replace(FACTS, points=(*FACTS.points, Point("Nobody swept the car park", "unclear")))
DONE = replace(FACTS, actions=(Promise("Mend the ceiling", WRITTEN, done=WRITTEN),), remedies=())


def facts_for(kind: Kind) -> Facts:
    return {Kind.STAGE_2: STAGE_2, Kind.CLOSURE: DONE, Kind.ACKNOWLEDGEMENT: WHOSE}.get(kind, FACTS)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_draft_from_whole_facts_lacks_nothing(kind: Kind) -> None:
    facts = facts_for(kind)
    assert missing(kind, facts, text(kind, facts)) == []


@pytest.mark.parametrize("kind", list(Kind))
def test_every_letter_has_the_ombudsman_and_the_policy(kind: Kind) -> None:
    written = text(kind, facts_for(kind))
    assert "0300 111 3000" in written and "https://harrowmere.example/complaints" in written


def without(*words: str) -> Callable[[str], str]:
    def cut(written: str) -> str:
        for one in words:
            assert one in written, one
            written = written.replace(one, "")
        return written

    return cut


CUTS = [
    (Kind.STAGE_1, without("HC-2026-0012"), "The reference HC-2026-0012 (Code 5.12)"),
    (Kind.STAGE_1, without("at stage 1"), "Which stage it is: stage 1 (Code 6.9 a)"),
    (
        Kind.STAGE_1,
        without("The lift company left the lift doors open"),
        "Point 2 of the definition: The lift company left the lift doors open (Code 6.9 b)",
    ),
    (
        Kind.STAGE_1,
        without("Our decision: not upheld."),
        "The decision on point 2: The lift company left the lift doors open (Code 6.9 c)",
    ),
    (
        Kind.STAGE_1,
        without(FACTS.points[0].reasons),
        "The reasons for the decision on point 1: The bedroom ceiling has leaked since March (Code 6.9 d)",
    ),
    (
        Kind.STAGE_1,
        without(FACTS.impact),
        "How the fault affected the resident: You slept in the living room from March to September. (Code 7.2)",
    ),
    (
        Kind.STAGE_1,
        without("An apology by the head of repairs"),
        "The remedy: An apology by the head of repairs (Code 6.9 e)",
    ),
    *(
        (
            Kind.STAGE_1,
            lambda t, said=said: t.replace("(£1250.00)", said),
            "The amount of the remedy: A payment for the time and trouble, £1250.00 (Code 7.3)",
        )
        for said in ("", "(£125)", "(£1250.50)", "(£12500)")
    ),
    (
        Kind.STAGE_1,
        without("18 December 2026"),
        "By when: Mend the ceiling of the bedroom (Fri 18 Dec 2026) (Code 6.6)",
    ),
    (
        Kind.STAGE_1,
        without("Mend the ceiling of the bedroom"),
        "The outstanding action: Mend the ceiling of the bedroom (Code 6.9 f)",
    ),
    (
        Kind.STAGE_1,
        without(" at stage 2"),
        "How to ask for stage 2 if the resident is not satisfied (Code 6.9 g)",
    ),
    (
        Kind.STAGE_1,
        lambda t: t.replace("You do not have to give reasons.", "You must tell us why."),
        "It demands reasons for asking for stage 2: none are needed, so take that out (Code 6.12)",
    ),
    (Kind.STAGE_2, without(" It is our final response."), "That this is the final response (Code 6.10)"),
    (Kind.STAGE_2, without("housing-ombudsman.org.uk", "0300 111 3000"), "(Code 6.19 g)"),
    (Kind.EXTENSION, without("housing-ombudsman.org.uk", "0300 111 3000"), "(Code 6.5)"),
    (Kind.EXTENSION, without("7 December 2026"), "The new date: Mon 7 Dec 2026 (Code 6.4)"),
    (Kind.EXTENSION, without(FACTS.reason), f"Why it takes longer: {FACTS.reason} (Code 6.4)"),
    (
        Kind.REFUSAL,
        without(FACTS.ground),
        f"The ground of the refusal: {FACTS.ground} (Code 2.2)",
    ),
    (
        Kind.REFUSAL,
        without("housing-ombudsman.org.uk", "0300 111 3000"),
        "(Code 2.4)",
    ),
    (Kind.ACKNOWLEDGEMENT, without("7 December 2026"), "When we answer: Mon 7 Dec 2026 (Code 6.3)"),
    (
        Kind.ACKNOWLEDGEMENT,
        without("Which evenings were the lift doors open?"),
        "The question on what is unclear: Which evenings were the lift doors open? (Code 5.6)",
    ),
    (
        Kind.ACKNOWLEDGEMENT,
        lambda t: t + "\nYou must wait eight weeks before you can go to the Ombudsman.\n",
        "Out of date: nobody has to wait eight weeks",
    ),
    (
        Kind.ACKNOWLEDGEMENT,
        lambda t: t + "\nExchange Tower, London E14 9GE\n",
        "Out of date: the Ombudsman's address in London is out of date (Code 3.7)",
    ),
    (
        Kind.ACKNOWLEDGEMENT,
        lambda t: t + "\nWe may extend stage 2 by a further 10 days.\n",
        "Out of date: stage 2 is extended by no more than 20 working days",
    ),
    (
        Kind.STAGE_1,
        lambda t: t.replace(
            "You do not have to give reasons.",
            "You must tell us the reasons why you are not satisfied within 28 days.",
        ),
        "It demands reasons for asking for stage 2",
    ),
    (Kind.STAGE_1, without("0300 111 3000"), "The Ombudsman's telephone number: 0300 111 3000 (Code 3.7)"),
    (Kind.STAGE_1, without("Preston PR2 0ET"), "The Ombudsman's postal address: "),
    (
        Kind.STAGE_1,
        lambda t: t.replace("0300 111 3000", "0300 111 3000 or 0300 999 3000"),
        "The Ombudsman's telephone number is 0300 111 3000, not 0300 999 3000 (Code 3.7)",
    ),
    (
        Kind.STAGE_1,
        lambda t: t.replace("Our decision: upheld.", "Our decision: not upheld."),
        'The decision on point 1 is recorded as "upheld", the letter says "not upheld" (Code 6.9 c)',
    ),
    (
        Kind.STAGE_1,
        lambda t: t.replace("complaint is partly upheld", "complaint is not upheld"),
        'The decision as a whole is recorded as "partly upheld", the letter says "not upheld" (Code 6.9 c)',
    ),
    (
        Kind.STAGE_1,
        lambda t: t.replace(FACTS.points[0].reasons, "Because."),
        "The reasons for the decision on point 1: The bedroom ceiling has leaked since March (Code 6.9 d)",
    ),
    (
        Kind.STAGE_1,
        lambda t: t.replace(FACTS.points[0].reasons, "Agreed."),
        "what stands there is too short to be a reason (Code 6.9 d)",
    ),
    (
        Kind.EXTENSION,
        lambda t: t.replace("7 December 2026", "5 January 2026"),
        "It promises Mon 5 Jan 2026, which lies before the letter's own date (Code 6.4)",
    ),
    (
        Kind.STAGE_1,
        without("Our decision as a whole: your complaint is partly upheld."),
        "The decision as a whole: upheld, partly upheld or not upheld (Code 6.9 c)",
    ),
    (
        Kind.STAGE_2,
        without("Our decision as a whole: your complaint is partly upheld."),
        "The decision as a whole: upheld, partly upheld or not upheld (Code 6.19 c)",
    ),
    (
        Kind.STAGE_1,
        without("; the freeholder is", "The lift belongs to the freeholder, and "),
        "Who is responsible for point 2: the freeholder (Code 5.7)",
    ),
    (
        Kind.STAGE_1,
        without(FACTS.points[1].reasons),
        "The reasons for the decision on point 2: The lift company left the lift doors open (Code 6.9 d)",
    ),
    *(
        (
            Kind.STAGE_1,
            lambda t, said=said: t.replace("You do not have to give reasons.", said),
            "It demands reasons for asking for stage 2: none are needed, so take that out (Code 6.12)",
        )
        for said in (
            "Please set out your reasons and any supporting evidence within 20 working days.",
            "Please tell us why you are not satisfied.",
            "Please provide the reasons for your request.",
            "Please enclose supporting evidence.",
        )
    ),
    *(
        (
            Kind.STAGE_1,
            lambda t, said=said: t.replace("tell us in any way you like", said),
            "It sets a time limit for asking for stage 2: ",
        )
        for said in (
            "tell us within 20 working days",
            "you should write to us by 21 December 2026",
            "you have 28 days to tell us",
        )
    ),
    (
        Kind.REFUSAL,
        without(FACTS.discretion),
        f"How taking it all the same was considered: {FACTS.discretion} (Code 2.3)",
    ),
    *(
        (
            Kind.REFUSAL,
            lambda t, said=said: t.replace(
                "You can ask the Housing Ombudsman to look at this decision. It is free and independent, and it can "
                "tell us to take your complaint on.",
                said,
            ),
            "That the resident can take this decision to the Ombudsman (Code 2.4)",
        )
        for said in (
            "You can ask the Housing Ombudsman for advice.",
            "The Housing Ombudsman is free and independent.",
            "If you do not like it, you can ask the Housing Ombudsman for advice.",
        )
    ),
    *(
        (
            Kind.ACKNOWLEDGEMENT,
            without(said),
            f"{what}: {point} (Code 5.7)",
        )
        for said, what, point in (
            (
                "We are responsible for this part and will look into it.",
                "That we are responsible for point 1",
                FACTS.points[0].text,
            ),
            (
                "We are not responsible for this part; the freeholder is.",
                "That we are not responsible for point 2",
                FACTS.points[1].text,
            ),
            (
                "We do not know yet whether we are responsible for this part, and will tell you.",
                "That we do not know yet whether we are responsible for point 3",
                "Nobody swept the car park",
            ),
        )
    ),
    (Kind.PUBLIC_REPLY, lambda t: f"Dear Ms Okonkwo, {t}", "take out the name"),
    (Kind.PUBLIC_REPLY, lambda t: f"{t} HC-2026-0012", "take out its details"),
]


@pytest.mark.parametrize(("kind", "cut", "named"), CUTS, ids=[f"{k.value}: {n[:50]}" for k, _, n in CUTS])
def test_what_is_taken_out_is_named_with_its_paragraph(
    kind: Kind, cut: Callable[[str], str], named: str
) -> None:
    facts = facts_for(kind)
    found = [str(x) for x in missing(kind, facts, cut(text(kind, facts)))]
    assert any(named in x for x in found), found


UNDER = f"How this affected you: {FACTS.impact}"
UNDECIDED = tuple(replace(x, decision="", reasons="") for x in FACTS.points)


@pytest.mark.parametrize(
    ("facts", "written", "lacks"),
    [
        pytest.param(
            FACTS, {UNDER: "How this affected you: months without a bedroom."}, [], id="in other words"
        ),
        pytest.param(FACTS, {UNDER: "The leak left you without a bedroom."}, [], id="without the heading"),
        pytest.param(
            replace(FACTS, impact=""),
            {
                "How this affected you: [how what went wrong affected you; take this out if nothing is upheld]": ""
            },
            ["How the fault affected the resident: nothing is recorded (case respond --impact) (Code 7.2)"],
            id="on no record and in no letter",
        ),
        pytest.param(
            replace(
                FACTS,
                decision="not upheld",
                impact="",
                points=tuple(replace(x, decision="not upheld") for x in FACTS.points),
            ),
            {},
            [],
            id="no fault was found",
        ),
        pytest.param(
            replace(FACTS, decision="", points=UNDECIDED),
            {
                UNDER: "",
                "[upheld, partly upheld or not upheld]": "not upheld",
                "[the reasons, with the policy, law or good practice that they rest on]": "The log shows two visits.",
            },
            [],
            id="decided by the letter alone, with no fault",
        ),
        pytest.param(
            replace(FACTS, decision="", points=UNDECIDED),
            {
                UNDER: "",
                "[upheld, partly upheld or not upheld]": "upheld",
                "[the reasons, with the policy, law or good practice that they rest on]": "The log shows no visit.",
            },
            [
                "How the fault affected the resident: You slept in the living room from March to September. (Code 7.2)"
            ],
            id="decided by the letter alone, upheld",
        ),
    ],
)
def test_how_a_fault_affected_the_resident_stands_in_the_answer(
    facts: Facts, written: dict[str, str], lacks: list[str]
) -> None:
    draft = text(Kind.STAGE_1, facts)
    for old, new in written.items():
        assert old in draft, old
        draft = draft.replace(old, new)
    assert [str(x) for x in missing(Kind.STAGE_1, facts, draft)] == lacks


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        pytest.param(
            "", ["The remedy offered, or that none is offered and why (Code 6.9 e)"], id="a bare heading"
        ),
        pytest.param("The head of repairs will visit you and apologise.", [], id="in words"),
        pytest.param("We offer no remedy, because nothing went wrong.", [], id="none, with the reason"),
    ],
)
def test_where_no_remedy_is_recorded_the_letter_says_what_puts_it_right(said: str, lacks: list[str]) -> None:
    facts = replace(FACTS, remedies=())
    gap = "[the remedy, what and by when; or: We offer no remedy, because …]"
    written = text(Kind.STAGE_1, facts)
    assert gap in written
    assert [str(x) for x in missing(Kind.STAGE_1, facts, written.replace(gap, said))] == lacks


@pytest.mark.parametrize(
    "words", ["nobody came for days and ", "Nobody came. ", "tell us if you can of it "], ids=str.strip
)
def test_a_letter_of_a_megabyte_is_checked_at_once(words: str) -> None:
    written = text(Kind.STAGE_1, FACTS) + words * (1_000_000 // len(words))
    begun = process_time()
    assert missing(Kind.STAGE_1, FACTS, written) == []
    assert process_time() - begun < 30


@pytest.mark.parametrize("said", ["£1,250", "£1250", "£1,250.00", "£ 1250.00"])
def test_an_amount_may_be_written_as_people_do(said: str) -> None:
    written = text(Kind.STAGE_1, FACTS).replace("£1250.00", said)
    assert missing(Kind.STAGE_1, FACTS, written) == []


def test_a_reason_that_repeats_the_words_of_points_is_no_fault() -> None:
    points = (
        Point("the roof leaks", "yes", decision="upheld", reasons="the new one leaks as well"),
        Point("new one leaks", "yes", decision="upheld", reasons="upheld: the new one leaks as well"),
    )
    facts = replace(FACTS, points=points, decision="upheld")
    assert missing(Kind.STAGE_1, facts, text(Kind.STAGE_1, facts)) == []


@pytest.mark.parametrize(
    "said",
    [
        "You need not give reasons.",
        "Please tell us why you are not satisfied if you like.",
        "If you ask for stage 2, we acknowledge that within five working days and answer within 20 working days.",
        "If you are not satisfied with a date, you will hear from us within 5 working days.",
        "You do not have to tell us why.",
        "Tell us why if you like.",
        "The contractor should have explained why nobody came.",
        "The roof will be done in 8 weeks.",
        "We extend our answer at stage 2 by a further 10 working days.",
    ],
)
def test_what_is_no_demand_and_not_stale_is_let_be(said: str) -> None:
    written = text(Kind.STAGE_1, FACTS).replace("You do not have to give reasons.", said)
    assert missing(Kind.STAGE_1, FACTS, written) == []


@pytest.mark.parametrize(
    "said",
    [
        "Overall we find that your complaint is partly upheld.",
        "We partly uphold your complaint.",
        "I have decided to partly uphold your complaint.",
        "The complaint is therefore partly upheld.",
        "Your complaint has been partly upheld.",
    ],
)
def test_the_decision_as_a_whole_may_be_put_in_other_words(said: str) -> None:
    written = text(Kind.STAGE_1, FACTS).replace(
        "Our decision as a whole: your complaint is partly upheld.", said
    )
    assert missing(Kind.STAGE_1, FACTS, written) == []


@pytest.mark.parametrize(
    "said",
    [
        "You have the right to take this decision to the Housing Ombudsman.",
        "If you disagree with our decision you can contact the Housing Ombudsman.",
        "The Housing Ombudsman is independent. You can ask it to review our refusal.",
    ],
)
def test_the_right_to_take_a_refusal_on_may_be_put_in_other_words(said: str) -> None:
    written = text(Kind.REFUSAL, FACTS).replace(
        "You can ask the Housing Ombudsman to look at this decision. It is free and independent, and it can tell us to "
        "take your complaint on.",
        said,
    )
    assert said in written and missing(Kind.REFUSAL, FACTS, written) == []


def test_whose_each_part_is_may_be_said_of_several_at_once() -> None:
    written = text(Kind.ACKNOWLEDGEMENT, WHOSE)
    for own in (
        "We are responsible for this part and will look into it.",
        "We are not responsible for this part; the freeholder is.",
        "We do not know yet whether we are responsible for this part, and will tell you.",
    ):
        written = written.replace(own, "")
    written += (
        "\nWe are responsible for point 1. The freeholder is responsible for point 2. "
        "It is not clear yet who is responsible for point 3.\n"
    )
    assert missing(Kind.ACKNOWLEDGEMENT, WHOSE, written) == []


@pytest.mark.parametrize(
    ("kind", "paragraph"), [(Kind.ACKNOWLEDGEMENT, "6.14"), (Kind.EXTENSION, "6.15")], ids=str
)
def test_at_stage_2_its_own_paragraphs_are_named(kind: Kind, paragraph: str) -> None:
    written = text(kind, STAGE_2).replace("7 December 2026", "soon")
    assert [x.paragraph for x in missing(kind, STAGE_2, written)] == [paragraph]


def test_a_point_that_was_reworded_still_counts() -> None:
    written = text(Kind.STAGE_1, FACTS).replace(
        "The lift company left the lift doors open", "That the lift doors were left open by the lift company"
    )
    assert not [x for x in missing(Kind.STAGE_1, FACTS, written) if "Point 2" in x.what]


def test_what_is_not_known_is_a_gap_in_the_draft_and_named() -> None:
    bare = Facts("HC-2026-0012", "", WRITTEN, contact_on(WRITTEN))
    found = [str(x) for x in missing(Kind.STAGE_1, bare, text(Kind.STAGE_1, bare))]
    assert "A gap is still to be filled: [the resident's name]" in found
    assert any("nobody has confirmed one" in x for x in found)


def test_a_landlords_own_template_wins(tmp_path: Path) -> None:
    (tmp_path / "update.txt.j2").write_text("Hello {{ facts.resident }}, {{ facts.reason }}.")
    assert text(Kind.UPDATE, FACTS, tmp_path) == f"Hello Jacinta Okonkwo, {FACTS.reason}.\n"
    assert "Thank you for telling us" in text(Kind.ACKNOWLEDGEMENT, FACTS, tmp_path), "the others stay ours"


@pytest.mark.parametrize(
    "template",
    ["{{ facts.nonsense }}", "{% if %}", "{{ facts.__class__.__mro__ }}", "{{ 1 / 0 }}"],
    ids=["an unknown fact", "a syntax error", "a way out of the template", "a sum that fails"],
)
def test_a_faulty_template_is_named(template: str, tmp_path: Path) -> None:
    (tmp_path / "update.txt.j2").write_text(template)
    with pytest.raises(Refused, match=r"The template update\.txt\.j2 is faulty"):
        text(Kind.UPDATE, FACTS, tmp_path)


def test_residents_words_are_harmless_in_html_and_large_print_is_obeyed() -> None:
    nasty = replace(FACTS, points=(Point("<script>alert(1)</script> leaks", "yes"),), large_print=True)
    page = as_html(text(Kind.ACKNOWLEDGEMENT, nasty), nasty)
    assert "<script>" not in page and "&lt;script&gt;" in page and "18pt" in page


def test_word_holds_the_same_text_in_large_print() -> None:
    large = replace(FACTS, large_print=True)
    document = Document(io.BytesIO(as_docx(text(Kind.STAGE_1, large), large)))
    words = "\n".join(x.text for x in document.paragraphs)
    assert missing(Kind.STAGE_1, large, words) == []
    assert document.styles["Normal"].font.size.pt == 18


def test_a_word_file_is_of_its_day_in_british_english_and_names_no_program() -> None:
    of = Document(io.BytesIO(as_docx(text(Kind.REFUSAL, FACTS), FACTS))).core_properties
    assert of.created and of.created.date() == WRITTEN and of.language == "en-GB" and not of.comments


@pytest.mark.parametrize("said", ["nobody came", "nobody came.", "Why did nobody come?"])
def test_what_was_recorded_ends_as_a_sentence(said: str) -> None:
    lines = text(Kind.REFUSAL, replace(FACTS, reason=said)).splitlines()
    assert f"Why: {said.rstrip('.')}{'' if said.endswith('?') else '.'}" in lines


def test_an_acknowledgement_says_what_was_agreed_and_asks_for_more() -> None:
    agreed = replace(WHOSE, adjustments=("a call instead of letters",))
    written = text(Kind.ACKNOWLEDGEMENT, agreed)
    assert "we have agreed:\n\n- a call instead of letters\n" in written
    assert missing(Kind.ACKNOWLEDGEMENT, agreed, written) == []


@pytest.mark.parametrize("kind", [Kind.REFUSAL, Kind.SIGNPOST], ids=str)
def test_the_subject_calls_no_complaint_what_is_none(kind: Kind) -> None:
    raw = as_eml(
        kind, "Words", FACTS, to="", reply_to="", written_at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    )
    assert message_from_bytes(raw, policy=default)["Subject"] == "What you told us: HC-2026-0012"


def test_a_mail_is_a_draft_with_our_reference_whose_answer_comes_to_the_inbox() -> None:
    raw = as_eml(
        Kind.UPDATE,
        text(Kind.UPDATE, FACTS),
        FACTS,
        to="jacinta@post.example",
        reply_to="complaints@harrowmere.example",
        written_at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
    )
    mail = message_from_bytes(raw, policy=default)
    assert "HC-2026-0012" in mail["Subject"] and mail["X-Unsent"] == "1"
    assert mail["Reply-To"] == "complaints@harrowmere.example"
    body = mail.get_body(("plain",))
    assert body and FACTS.reason in body.get_content()
