"""How many complaints may surely be missed: limits by channel, and what a landlord sets."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from putright.bot.settings.checks import SettingsProblem
from putright.bot.settings.load import load
from putright.cases.labels import Decision
from putright.classifier import decision, reader
from putright.classifier.decision import Limits

READER = reader.load()
LIMITS = Limits(
    complaint_below=0.08,
    coverage=(
        ("", 0.005, 0.04),
        ("", 0.01, 0.08),
        ("", 0.02, 0.16),
        ("email", 0.005, 0.02),
        ("email", 0.01, 0.05),
    ),
)
CASES = [
    ("the usual share, a channel of its own", "email", None, 0.05),
    ("the usual share, another channel", "letter", None, 0.08),
    ("a share between two rows has the stricter", "letter", 0.015, 0.08),
    ("a share below all rows has the strictest", "letter", 0.001, 0.04),
    ("a share above all rows has the loosest", "email", 0.05, 0.05),
]


@pytest.mark.parametrize(("channel", "missed", "below"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_limits_of(channel: str, missed: float | None, below: float) -> None:
    assert LIMITS.of(channel, missed).complaint_below == below


def test_limits_keep_to_their_share_on_what_they_were_chosen_on() -> None:
    drawn = np.random.default_rng(3)
    labels = drawn.integers(0, 4, 4_000)
    chances = drawn.dirichlet(np.ones(4), 4_000)
    channels = np.where(np.arange(4_000) % 10 == 0, "letter", "email")
    found = decision.coverage(chances, labels, channels)
    assert {name for name, *_ in found} == {"", "email"}  # too few complaints came by letter
    for name, share, below in found:
        mine = (labels == 0) & ((channels == name) if name else True)
        missed = mine & (chances.argmax(axis=1) != 0) & (chances[:, 0] < below)
        assert missed.sum() <= share * mine.sum()


def test_fewer_missed_means_more_asked() -> None:
    texts = [
        f"Could somebody {verb} the {thing} at 4 Oak Road?"
        for verb in ("mend", "see")
        for thing in ("gate", "tap")
    ]
    texts += [
        "The man was meant to come.",
        "I told the lady about the tap.",
        "Any news on the gate?",
        "Who has the key?",
    ]
    asked = [
        sum(replace(READER, missed=share).read_text("", t).decision is Decision.ASK for t in texts)
        for share in (0.001, 0.01, 0.05)
    ]
    assert asked == sorted(asked, reverse=True)
    assert asked[0] > asked[-1]


def test_a_landlord_sets_the_share(tmp_path: Path) -> None:
    file = tmp_path / "putright.toml"
    file.write_text("[reader]\nmissed_complaints = 0.005\n", encoding="utf-8")
    assert load(file, environment={}).missed_complaints == 0.005
    file.write_text("", encoding="utf-8")
    assert load(file, environment={}).missed_complaints is None
    file.write_text("[reader]\nmissed_complaints = 1\n", encoding="utf-8")
    with pytest.raises(SettingsProblem, match=r"reader.missed_complaints is a number from 0.001 to 0.05"):
        load(file, environment={})


@pytest.mark.parametrize(
    ("chances", "decided"),
    [
        ((0.02, 0.25, 0.02, 0.71), Decision.SURE),
        ((0.02, 0.27, 0.02, 0.69), Decision.ASK),
        ((0.02, 0.69, 0.02, 0.27), Decision.SURE),
    ],
    ids=["other by far", "other but not by far", "another label needs less"],
)
def test_other_must_be_surer_than_what_somebody_acts_on(
    chances: tuple[float, ...], decided: Decision
) -> None:
    assert decision.decide(np.array(chances), Limits(), [])[0] is decided
