"""`putright review`: what a person says of an unsure or a sure reading, and the week's sample."""

from tests.bot.inbox import NOW, logged
from tests.cli import in_json, putright, refused


def test_overturning_a_sure_reading_needs_a_reason_that_a_person_gives() -> None:
    logged("request: tap ask!")
    logged("request: door", number=2)
    putright("review", "set", "HC-2026-0001", "complaint", *NOW)
    assert "Say why" in refused("review", "set", "HC-2026-0002", "complaint", *NOW)
    putright("review", "set", "HC-2026-0002", "complaint", "--because", "third visit", *NOW)
    assert [in_json("case", "timeline", f"HC-2026-000{n}")[-1]["data"]["reason"] for n in (1, 2)] == [
        "",
        "third visit",
    ]


def test_a_person_says_what_an_unsure_message_is_and_sees_what_that_moved() -> None:
    logged("request: tap ask!")
    (waiting,) = in_json("review")
    assert waiting["reasons"] == ["The stand-in was told to ask."]
    said = putright("review", "set", "HC-2026-0001", "service_request", "--as", "Priya", *NOW).output
    assert said == (
        "HC-2026-0001: service request.\n"
        "Before: acknowledge by Mon 30 Nov 2026 (Code 6.2). Now: nothing is due.\n"
    )
    assert "Nothing waits for review." in putright("review").output
    assert in_json("cases")[0]["confirmed_by"] == "Priya"


def test_a_label_in_dispute_is_in_the_review_until_a_second_person_agrees() -> None:
    logged("request: tap")
    putright(
        "review", "set", "HC-2026-0001", "complaint", "--because", "the third time", "--as", "Priya", *NOW
    )
    (waiting,) = in_json("review")
    assert waiting["reasons"] == ["Priya said so: the third time. Do you agree?"]
    assert "HC-2026-0001: Priya said so: the third time. Do you agree?" in putright("review").output
    assert "already" in refused("review", "set", "HC-2026-0001", "complaint", "--as", "Priya", *NOW)
    putright("review", "set", "HC-2026-0001", "complaint", "--as", "Sam", *NOW)
    assert "Nothing waits for review." in putright("review").output
    assert in_json("cases")[0]["confirmed_by"] == "Sam"


def test_a_drawn_sample_is_looked_at_and_says_how_many_complaints_were_missed() -> None:
    for number, body in enumerate(("request: tap", "other: hello", "complaint: x"), 1):
        logged(body, number)
    assert "how many complaints are missed is not known" in putright("review", "sample", *NOW).output
    assert sorted(x["reference"] for x in in_json("review", "sample", *NOW)["cases"]) == [
        "HC-2026-0001",
        "HC-2026-0002",
    ]
    putright("review", "set", "HC-2026-0001", "complaint", "--drawn", "--because", "asked before", *NOW)
    putright("review", "set", "HC-2026-0002", "other", "--drawn", *NOW)
    assert "1 of 2 looked at were complaints after all" in putright("review", "sample", *NOW).output
    assert in_json("review", "sample", *NOW)["miss_rate"]["missed"] == 1
