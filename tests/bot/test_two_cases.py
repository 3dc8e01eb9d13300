"""What the acts on two cases say that they did: what went where, what each case is now, what to do next."""

from pathlib import Path

import pytest

from tests.bot.inbox import ASSESSED, logged
from tests.cli import in_json, putright, refused
from tests.harrowmere import letter

ONE, TWO, NEW = "HC-2026-0001", "HC-2026-0002", "HC-2026-0003"
MONDAY = ("--at", "2026-11-23T12:00")
DUE = "complaint, acknowledge by Mon 30 Nov 2026 (Code 6.2)."
RECEIVED = "received Mon 23 Nov 2026"
SPLIT = f"{NEW} was split from {ONE}, {RECEIVED}, about"
ALONE = "Both show the message, and each is handled on its own."
PART = f"is part of {ONE} now, as the same matter"
EARLIER = f"and {ONE} counts as {RECEIVED}, the earlier of the two."
PARTED = f"{TWO} is open again with its message, {RECEIVED}; {ONE} goes on without, {RECEIVED}."
TAKEN_IN = (
    f"It is point 2 of the definition of {ONE} now, on the dates that it has: related, stage 1 not answered, and no "
    "unreasonable delay (Code 6.8)."
)
ALL_THREE = "it is not related and stage 1 was answered already and it would unreasonably delay the answer"
DEFINED = ("define", ONE, "--point", "the leak", "--outcome", "a repair")
ACKNOWLEDGED = (DEFINED, ("acknowledge", ONE, *ASSESSED))
ANSWERED = (*ACKNOWLEDGED, ("respond", ONE, "--outcome", "not upheld", "--reason", "none was found"))
MERGED = ("merge", TWO, ONE)
ISSUE = ("add-issue", ONE, "--issue", "the wall is mouldy", "--related", "--no-delay")


def act(*command: str) -> str:
    return putright("case", *command, *MONDAY).output


@pytest.mark.parametrize(
    ("before", "command", "said"),
    [
        pytest.param(
            (),
            ("link", ONE, TWO),
            [
                f"{ONE} and {TWO} are linked: no message and no date moves, and each keeps its own clock.",
                f"{ONE}: {DUE}",
                f"{TWO}: {DUE}",
            ],
            id="linked: nothing moves",
        ),
        pytest.param(
            (),
            ("split", ONE, "--label", "service_request", "--point", "the bins", "--point", "the gate"),
            [
                f"{SPLIT}: the bins; the gate. {ALONE}",
                f"{ONE}: {DUE}",
                f"{NEW}: service request.",
                f'Next: say who handles it:  putright case assign {NEW} --to "…"',
            ],
            id="split off as a service request",
        ),
        pytest.param(
            (),
            ("split", ONE, "--label", "complaint", "--point", "the bins", "--on", "2026-11-23"),
            [
                f"{SPLIT}: the bins. {ALONE}",
                f"{ONE}: {DUE}",
                f"{NEW}: {DUE}",
                f"Next: confirm its definition (Code 5.6):  putright case define {NEW}",
            ],
            id="split off as a complaint",
        ),
        pytest.param(
            (),
            MERGED,
            [
                f"{TWO} {PART}: its message is message 2 there now, {EARLIER}",
                f"{ONE}: {DUE}",
                f"If they are two matters after all:  putright case unmerge {TWO} {ONE}",
            ],
            id="a later message merged",
        ),
        pytest.param(
            (("define", TWO),),
            MERGED,
            [
                f"{TWO} {PART}: its message is message 2 there now, {EARLIER}",
                f"{ONE}: {DUE}",
                f"If they are two matters after all:  putright case unmerge {TWO} {ONE}",
            ],
            id="one that was worked on merged",
        ),
        pytest.param(
            (("split", ONE, "--label", "complaint", "--point", "the bins"),),
            ("merge", NEW, ONE),
            [
                f"{NEW} {PART}: it brought no message that was not there already, {EARLIER}",
                f"{ONE}: {DUE}",
                f"If they are two matters after all:  putright case unmerge {NEW} {ONE}",
            ],
            id="one that was split off merged again",
        ),
        pytest.param(
            (MERGED,),
            ("unmerge", TWO, ONE),
            [
                PARTED,
                f"{TWO}: {DUE}",
                f"{ONE}: {DUE}",
                f"Next: confirm its definition (Code 5.6):  putright case define {TWO}",
            ],
            id="parted again",
        ),
        pytest.param(
            (("define", TWO), MERGED),
            ("unmerge", TWO, ONE),
            [
                PARTED,
                f"{TWO}: {DUE}",
                f"{ONE}: {DUE}",
                f"Next: acknowledge it:  putright case acknowledge {TWO}",
            ],
            id="one that was worked on parted again",
        ),
        pytest.param(
            (DEFINED,),
            ISSUE,
            [
                TAKEN_IN,
                f"{ONE}: {DUE}",
                f"Next: acknowledge it:  putright case acknowledge {ONE}",
            ],
            id="an issue taken in before the acknowledgement",
        ),
        pytest.param(
            ACKNOWLEDGED,
            ISSUE,
            [
                TAKEN_IN,
                f"{ONE}: complaint, answer by Mon 7 Dec 2026 (Code 6.3).",
                f'Next: tell the resident, and record that:  putright case update {ONE} --text "…"',
            ],
            id="an issue taken in",
        ),
        pytest.param(
            ANSWERED,
            (*ISSUE[:4], "--unrelated", "--delays"),
            [
                f"It is a complaint of its own, {NEW}, {RECEIVED}: {ALL_THREE} (Code 6.8). {ONE} goes on as it was.",
                f"{ONE}: complaint.",
                f"{NEW}: {DUE}",
                f"Next: confirm its definition (Code 5.6):  putright case define {NEW}",
            ],
            id="an issue that is a complaint of its own, for all three reasons",
        ),
    ],
)
def test_an_act_on_two_cases_says_what_it_did(
    before: tuple[tuple[str, ...], ...], command: tuple[str, ...], said: list[str]
) -> None:
    Path("mails").mkdir()
    for number in (1, 2):
        Path(f"mails/{number}.eml").write_bytes(letter("complaint: mushrooms", number=number))
    putright("ingest", "mails", *MONDAY)
    for one in before:
        act(*one)
    assert act(*command).splitlines() == said


@pytest.mark.parametrize(
    ("first", "second", "merged", "said"),
    [
        pytest.param(
            "request: b ask!",
            "complaint: a",
            (TWO, ONE),
            ("review", "set", ONE, "service_request"),
            id="unsure",
        ),
        pytest.param(
            "request: b ask!",
            "complaint: a",
            (TWO, ONE),
            ("case", "reclassify", ONE, "--label", "other"),
            id="unsure, and said to be neither",
        ),
        pytest.param(
            "complaint: a",
            "request: b ask!",
            (ONE, TWO),
            ("review", "set", TWO, "service_request"),
            id="unsure, and the complaint was received first",
        ),
        pytest.param(
            "complaint: a",
            "complaint: b",
            (TWO, ONE),
            ("case", "reclassify", ONE, "--label", "service_request", "--because", "a repair"),
            id="two sure complaints",
        ),
    ],
)
def test_no_label_ends_the_clocks_of_a_complaint_that_was_merged(
    first: str, second: str, merged: tuple[str, str], said: tuple[str, ...]
) -> None:
    for number, words in enumerate((first, second), 1):
        logged(words, number)
    ended, goes_on = merged
    putright("case", "merge", ended, goes_on, *MONDAY)
    due = in_json("case", "show", goes_on)["deadlines"]
    assert refused(*said, *MONDAY) == (
        f"Error: {ended} is a complaint and part of {goes_on}, as the same matter, so its clocks would stop. If it is "
        f"another matter, take it out first: putright case unmerge {ended} {goes_on}. If it is the same, {goes_on} is "
        "a complaint. (Code 1.5)"
    )
    assert in_json("case", "show", goes_on)["deadlines"] == due != []
    putright("case", "unmerge", ended, goes_on, *MONDAY)
    putright(*said, *MONDAY)
    assert in_json("case", "show", ended)["deadlines"]
    assert not in_json("case", "show", goes_on)["stage"]
    assert "does not: say first" in refused("case", "merge", ended, goes_on, *MONDAY)
