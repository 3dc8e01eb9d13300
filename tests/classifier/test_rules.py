"""Each rule fires on its examples and keeps silent on its counter-examples."""

import pytest

from putright.classifier import model, rules
from putright.classifier.sentences import split

RULES = rules.load(model.FOLDER / "rules.toml")


def fired(text: str) -> set[str]:
    return {rule.id for *_, tokens in split(text) for rule, _, _ in RULES.fired(tokens)}


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


def test_a_rule_says_where_it_fired() -> None:
    (hit,) = [h for h in RULES.fired(split("Well, stage two please.")[0][2]) if h[0].id == "stage-two"]
    assert "Well, stage two please."[hit[1] : hit[2]] == "stage two please"
