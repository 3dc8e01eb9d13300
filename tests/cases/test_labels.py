"""The labels and the other closed lists: each has its meaning, paragraph and words."""

from enum import StrEnum

import pytest

from putright.cases.labels import (
    Channel,
    Decision,
    Flag,
    Label,
    Role,
    ServiceArea,
)
from putright.cases.limits import Clock
from putright.cases.message import Person
from putright.cases.reading import unread


@pytest.mark.parametrize(
    ("label", "paragraph", "begins"),
    [
        pytest.param(
            Label.COMPLAINT, "1.2", "An expression of dissatisfaction, however made", id="complaint"
        ),
        pytest.param(Label.SERVICE_REQUEST, "1.4", "A request from a resident", id="service request"),
        pytest.param(Label.SURVEY_FEEDBACK, "1.6", "An answer to a survey", id="survey feedback"),
        pytest.param(Label.OTHER, "", "None of the three", id="other has no paragraph"),
    ],
)
def test_each_label_has_its_definition_and_paragraph(label: Label, paragraph: str, begins: str) -> None:
    assert label.meaning.definition.startswith(begins)
    assert label.meaning.definition.endswith(".")
    assert label.meaning.paragraph == paragraph


def test_the_complaint_is_defined_as_the_code_defines_it() -> None:
    assert Label.COMPLAINT.meaning.definition == (
        "An expression of dissatisfaction, however made, about the standard of service, actions or lack of action "
        "by the landlord, its own staff, or those acting on its behalf, affecting a resident or group of residents."
    )


def test_the_values_that_others_rely_on() -> None:
    assert list(Label) == ["complaint", "service_request", "survey_feedback", "other"]
    assert list(Decision) == ["sure", "ask"]
    assert [x.words for x in Label] == ["complaint", "service request", "survey feedback", "other"]
    assert Clock.STAGE_2_ACKNOWLEDGEMENT.words == "stage 2 acknowledgement"


@pytest.mark.parametrize("kind", [Label, Decision, Channel, ServiceArea, Flag, Role])
def test_no_value_stands_twice(kind: type[StrEnum]) -> None:
    assert len(kind.__members__) == len(list(kind))


def test_every_role_and_area_has_words_without_underscores() -> None:
    words = [*(x.words for x in Role), *(x.words for x in ServiceArea)]
    assert all(x and "_" not in x for x in words)
    assert len({x.words for x in Role}) == len(list(Role))


def test_a_failed_reading_asks_a_person_and_hides_no_complaint() -> None:
    reading = unread("The classifier failed.")
    assert (reading.label, reading.decision) == (Label.COMPLAINT, Decision.ASK)
    assert reading.reasons == ("The classifier failed.",)
    assert sum(reading.probabilities.values()) == pytest.approx(1)
    assert reading.probabilities.keys() == set(Label)


@pytest.mark.parametrize(
    ("person", "shown"),
    [
        pytest.param(Person("Ada Obi", "ada@home.example"), "Ada Obi <ada@home.example>", id="both"),
        pytest.param(Person("Ada Obi"), "Ada Obi", id="a name only"),
        pytest.param(Person(address="ada@home.example"), "ada@home.example", id="an address only"),
        pytest.param(Person(), "", id="neither"),
    ],
)
def test_a_person_as_text(person: Person, shown: str) -> None:
    assert str(person) == shown
