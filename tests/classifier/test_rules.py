"""Each rule fires on its examples and keeps silent on its counter-examples."""

import pytest

from putright.cases.labels import Decision, Flag, Label
from putright.classifier import model, reader, rules
from putright.classifier.sentences import split

READER = reader.load()
RULES = rules.load(model.FOLDER / "rules.toml")


def fired(text: str) -> set[str]:
    spoken = {rule.id for *_, tokens in split(text) for rule, _, _ in RULES.fired(tokens)}
    return spoken | {rule.id for rule in RULES.in_subject(text)}


@pytest.mark.parametrize(("rule", "text"), [(r.id, text) for r in RULES.rules for text in r.examples])
def test_a_rule_fires_on_its_example(rule: str, text: str) -> None:
    assert rule in fired(text)


@pytest.mark.parametrize(("rule", "text"), [(r.id, text) for r in RULES.rules for text in r.counter_examples])
def test_a_rule_is_silent_on_its_counter_example(rule: str, text: str) -> None:
    assert rule not in fired(text)


def test_every_rule_has_a_paragraph_and_may_only_raise() -> None:
    for rule in RULES.rules:
        assert rule.paragraph
        assert rule.says
        assert rule.raises in ("", "complaint", "person")


FLAGGED = [
    ("heating off with a newborn", "Heating off 11 days and we have a newborn.", Flag.HAZARD_EMERGENCY, True),
    ("the same in a staff note", "Heating off 11 days with newborn.", Flag.HAZARD_EMERGENCY, True),
    ("somebody vulnerable", "Heating off 11 days with newborn.", Flag.VULNERABILITY, True),
    ("an electrician is no spark", "Can a spark come out tonight? 12 Oak Rd.", Flag.HAZARD_EMERGENCY, False),
    ("rats are vermin", "There are rats under the sink.", Flag.HAZARD_SIGNIFICANT, True),
]  # fmt: skip


@pytest.mark.parametrize(("text", "flag", "given"), [r[1:] for r in FLAGGED], ids=[r[0] for r in FLAGGED])
def test_a_hazard_is_flagged_by_the_guide(text: str, flag: Flag, given: bool) -> None:
    assert (flag in READER.read_text("", text, "email").flags) is given


def test_a_rule_needs_only_rules_that_there_are() -> None:
    assert {rule.needs for rule in RULES.rules} <= {"", *RULES.by_id}


def test_a_rule_says_where_it_fired() -> None:
    (hit,) = [h for h in RULES.fired(split("Well, stage two please.")[0][2]) if h[0].id == "stage-two"]
    assert "Well, stage two please."[hit[1] : hit[2]] == "stage two please"


EXPLICIT = [
    ("formally", "Mr Ode formally complains about the state of the lift.", "complaint-noted"),
    ("that nobody came", "Mr Lee complained that nobody came", "complaint-noted"),
    ("a formal complaint from", "Formal complaint from Mr Cole, no heating for a week", "complaint-noted"),
    ("the stage first", "Stage 1 complaint - Mrs Bird - bathroom leak ignored", "complaint-noted"),
    ("lodged", "Mrs Dale lodged a formal complaint re ASB", "complaint-noted"),
    ("made", "Miss Ray has made a complaint: roof not fixed", "complaint-noted"),
    ("stage two", "Mr Hill asks for stage 2, not happy with our answer", "stage-two"),
    ("attached", "please see my complaint attached", "complaint-enclosed"),
]
NO_COMPLAINT = [
    "Miss Ray does not want to complain",
    "Mrs Ali complained to the bus company",
    "0 complaints this week",
    "complaints training on Thurs",
    "complaint closed, thanks",
]


@pytest.mark.parametrize(("text", "rule"), [r[1:] for r in EXPLICIT], ids=[r[0] for r in EXPLICIT])
def test_a_complaint_noted_by_staff_is_heard(text: str, rule: str) -> None:
    assert rule in fired(text)
    reading = READER.read_text("", text, "slack")
    assert reading.label is Label.COMPLAINT or reading.decision is Decision.ASK


@pytest.mark.parametrize("text", NO_COMPLAINT)
def test_speaking_of_complaints_is_making_none(text: str) -> None:
    assert not [rule for rule in fired(text) if RULES.by_id[rule].raises == "complaint"]


def test_a_label_that_a_rule_doubts_is_asked_about() -> None:
    advert = READER.read_text("", "Cut your void times! Book a free demo of our lettings software.", "email")
    assert advert.decision is Decision.ASK or advert.label is Label.OTHER
    assert all(rule.doubts <= set(Label) for rule in RULES.rules)
