"""What is asked where the definition lacks an outcome, a date, a place or who is responsible, and nothing else."""

from dataclasses import replace

import pytest

from putright.cases.labels import Decision, Flag, Label, Role, ServiceArea
from putright.cases.reading import Reading, Sentence, unread
from putright.classifier.questions import questions

FULL = "Your plumber left my kitchen at 4 Elm Row flooded on 3 May and I want it dried"


def reading(body: str, role: Role = Role.DISSATISFACTION, **changes: object) -> Reading:
    """A sure complaint of one sentence that names its point and what is sought."""
    values: dict[str, object] = {
        "label": Label.COMPLAINT,
        "decision": Decision.SURE,
        "reasons": (),
        "service_area": ServiceArea.REPAIRS,
        "issues": (body,),
        "outcomes": ("I want it dried",),
        "sentences": (Sentence(0, len(body), role, 0.9),),
    }
    return replace(unread(""), **(values | changes))  # type: ignore[arg-type]


def about(body: str, **changes: object) -> list[str]:
    return [q.about for q in questions(body, reading(body, **changes))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("body", "changes", "asked"),
    [
        pytest.param(FULL, {}, [], id="everything is said"),
        pytest.param(FULL, {"outcomes": ()}, ["outcome"], id="no outcome"),
        pytest.param(FULL, {"issues": ()}, ["point"], id="no point"),
        pytest.param(FULL.replace(" on 3 May", ""), {}, ["date"], id="no date"),
        pytest.param("Your man broke it yesterday", {}, ["place"], id="no place"),
        pytest.param("The kitchen has been cold since Monday", {}, ["party"], id="nobody is named"),
        pytest.param("Dreadful", {"outcomes": ()}, ["outcome", "date", "place", "party"], id="nothing is said"),
        pytest.param(
            "Your officer was rude to me on Monday",
            {"service_area": ServiceArea.STAFF_COMMUNICATION},
            [],
            id="manners have no place",
        ),
        pytest.param(FULL, {"flags": (Flag.NO_COMPLAINT_WISH,)}, ["choice"], id="says it is no complaint"),
        pytest.param(FULL, {"flags": (Flag.THIRD_PARTY,)}, ["authority"], id="for somebody else"),
        pytest.param(FULL, {"flags": (Flag.THIRD_PARTY, Flag.MP_COUNCILLOR)}, [], id="an MP needs no authority"),
        pytest.param(
            "Stage 2 please",
            {"flags": (Flag.ESCALATION_REQUEST,), "issues": (), "outcomes": ()},
            ["outcome", "reply"],
            id="stage 2 without a reason",
        ),
        pytest.param("The tap drips", {"label": Label.SERVICE_REQUEST}, [], id="surely a request"),
        pytest.param(
            "The tap drips",
            {"label": Label.SERVICE_REQUEST, "decision": Decision.ASK, "reasons": ("It may be.",)},
            ["choice"],
            id="perhaps a complaint",
        ),
        pytest.param("", {"issues": (), "outcomes": (), "sentences": ()},
                     ["point", "outcome", "date", "place", "party"], id="empty"),
    ],
)  # fmt: skip
def test_what_is_asked(body: str, changes: dict[str, object], asked: list[str]) -> None:
    assert about(body, **changes) == asked


DATES = [
    "since Monday", "on the 4th", "in May", "last week", "three weeks ago", "14 weeks", "on 3/5", "in 2023",
    "this morning", "a fortnight", "tonight", "by Christmas", "for six months", "on Nov 3", "2 yrs",
]  # fmt: skip


@pytest.mark.parametrize("when", DATES)
def test_a_date_however_written_is_not_asked_again(when: str) -> None:
    assert "date" not in about(f"Your man broke my gate {when}")


PLACES = [
    "flat 3",
    "no. 12",
    "12 Elm Close",
    "LS1 4AP",
    "the stairwell",
    "my bathroom",
    "Mill Court",
    "the bin store",
]


@pytest.mark.parametrize("where", PLACES)
def test_a_place_however_written_is_not_asked_again(where: str) -> None:
    assert "place" not in about(f"Your man did nothing at {where}")


def test_a_date_in_a_signature_says_nothing_of_the_matter() -> None:
    body = "Your man broke my gate.\nSent on 3 May 2026"
    sentences = (Sentence(0, 23, Role.DISSATISFACTION, 0.9), Sentence(24, len(body), Role.REST, 0.9))
    assert about(body, sentences=sentences) == ["date"]


def test_every_question_is_in_our_words_with_its_paragraph() -> None:
    for question in questions("Zyx", reading("Zyx", issues=(), outcomes=())):
        assert question.words.endswith(("?", "say."))
        assert question.paragraph
        assert "Zyx" not in question.words
