"""Words that reject an answer or ask for stage 2: what is put before a person, and what is not."""

import time

import pytest

from putright.triage.escalation import asks_for_stage_2


@pytest.mark.parametrize(
    "said",
    [
        "I want to take this further.",
        "I'm not happy with the response.",
        "I am NOT at all happy with your letter of the 3rd",
        "im not satisfied with the outcome",
        "We are unhappy with this decision and say so.",
        "I am very dissatisfied with your reply.",
        "Please escalate my complaint",
        "please escalate",
        "I would like to go to stage 2",
        "Stage two please.",
        "move it to the next stage",
        "I do not accept your decision.",
        "I don\u2019t agree with the findings",
        "we cannot accept the offer of \u00a350",
        "I reject your offer.",
        "I wish to appeal",
        "I'll be going to the Ombudsman",
        "Can somebody more senior look at my case",
        "Please review your decision",
        "I do not accept this.",
        "Your response is not good enough.",
        "The outcome is a joke",
        "my complaint has not been resolved",
        "This still hasn't been addressed",
        "Thanks for the letter. However, it is far from satisfactory and the answer misses the point.",
        "I want this looking at again.\nI dispute your findings",
    ],
)
def test_a_reply_that_rejects_the_answer_is_found(said: str) -> None:
    assert asks_for_stage_2(said)


@pytest.mark.parametrize(
    "said",
    [
        "Thank you, I am happy with your response.",
        "Thanks, all done now.",
        "When is the plumber coming?",
        "I do not want to take this any further, thank you.",
        "There is no need to escalate, it is mended.",
        "I won't be going to the Ombudsman.",
        "The stage was nice.",
        "Here are the photos you asked for.",
        "",
    ],
)
def test_a_reply_that_does_not_is_not(said: str) -> None:
    assert not asks_for_stage_2(said)


@pytest.mark.parametrize(
    "said", ["not happy " * 50_000, "not " * 100_000, "x" * 1_000_000, "has " * 100_000, "I\n" * 100_000]
)
def test_a_hostile_text_takes_no_time(said: str) -> None:
    began = time.perf_counter()
    asks_for_stage_2(said)
    assert time.perf_counter() - began < 1
