"""Confined cases on the command line: the person at the machine sees all, `--as` sees with somebody's eyes."""

from pathlib import Path

import click
import pytest

from putright.bot.case_verbs import SECTIONS
from putright.bot.commands.case import case
from tests.cli import in_json, putright, refused
from tests.harrowmere import letter

REF, UNKNOWN = "HC-2026-0001", "HC-2026-0009"
MONDAY = ("--at", "2026-11-23T12:00")
ROLES = """
[people]
U0PRIYA = "Priya Shah"
U0KIM = "Kim Lau"
[slack]
handlers = ["U0PRIYA", "U0KIM"]
leads = ["U0LEAD"]
governing_body = ["U0BOARD"]
"""


@pytest.fixture(autouse=True)
def _logged() -> None:
    Path("putright.toml").write_text('[landlord]\nname = "Harrowmere Homes"\n' + ROLES, encoding="utf-8")
    Path("mails").mkdir()
    Path("mails/1.eml").write_bytes(letter("complaint: mushrooms"))
    putright("ingest", "mails", *MONDAY)
    putright(
        "case", "confine", REF, "--to", "U0PRIYA,Ann Bell", "--reason", "about staff", "--as", "Lee", *MONDAY
    )


def test_the_page_says_who_may_see_it_why_and_until_when() -> None:
    page = putright("case", "show", REF).output
    assert (
        "Confined   seen only by Priya Shah, Ann Bell, leads; reviewed Mon 22 Feb 2027: about staff" in page
    )
    assert in_json("case", "show", REF)["confined"] == {
        "seen_by": ["Priya Shah", "Ann Bell"],
        "reason": "about staff",
        "due": "2027-02-22",
        "by": "Lee",
    }
    assert (
        "Confined to its handler, Priya Shah, Ann Bell and leads" in putright("case", "timeline", REF).output
    )


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ((), True),
        (("--as", "U0PRIYA"), True),
        (("--as", "priya shah"), True),
        (("--as", "U0LEAD"), True),
        (("--as", "Kim Lau"), False),
        (("--as", "U0BOARD"), False),
    ],
)
def test_who_sees_it(who: tuple[str, ...], sees: bool, tmp_path: Path) -> None:
    assert len(in_json("cases", *who, *MONDAY)) == sees
    assert (
        in_json("ask", *who, *MONDAY, "how many complaints")["answer"]
        == f"Complaints logged in all: {int(sees)}."
    )
    for verb in ("show", "timeline", "export"):
        out = ("--out", str(tmp_path / "out")) if verb == "export" else ()
        if sees:
            putright("case", verb, REF, *who, *out)
        else:
            assert refused("case", verb, REF, *who, *out).replace(REF, UNKNOWN) == refused(
                "case", verb, UNKNOWN, *who, *out
            )


def test_somebody_without_a_role_is_told_so_and_sees_nothing() -> None:
    for command in (("ask", "what's overdue"), ("cases",), ("case", "show", REF)):
        assert refused(*command, "--as", "Nobody").startswith(
            "Error: Nobody has no role, so they see no case"
        )


def test_the_name_of_the_environment_says_who_sits_at_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUTRIGHT_USER", "Kim Lau")
    assert "complaint" in putright("ask", f"status of {REF}", *MONDAY).output


def test_a_user_group_that_only_slack_can_read_is_said() -> None:
    settings = Path("putright.toml")
    settings.write_text(settings.read_text(encoding="utf-8").replace("U0BOARD", "S0BOARD"), encoding="utf-8")
    assert "user group S0BOARD, which only Slack can read" in refused("cases", "--as", "Nobody")
    assert in_json("cases", "--as", "U0KIM", *MONDAY) == [], "whoever is named by their id needs no group"


def test_its_review_is_listed_and_lifting_it_takes_a_reason() -> None:
    assert in_json("cases", "--confinements-due", "--at", "2027-02-21T12:00") == []
    assert len(in_json("cases", "--confinements-due", "--at", "2027-02-22T12:00")) == 1
    assert len(in_json("cases", "--confined", *MONDAY)) == 1
    assert "Say why everybody" in refused("case", "unconfine", REF, *MONDAY)
    putright("case", "unconfine", REF, "--reason", "settled", *MONDAY)
    assert (
        len(in_json("cases", "--as", "Kim Lau", *MONDAY)) == 1
        and in_json("cases", "--confined", *MONDAY) == []
    )


KIM = ("--as", "Kim Lau", *MONDAY)
VERBS = sorted(
    {x for verbs in SECTIONS.values() for x in verbs} - {"show", "timeline", "attachment", "export"}
)


def needed(verb: str, reference: str, other: str = "HC-2026-0002") -> list[str]:
    """The verb on a case, with something for each argument and option that it cannot go without."""
    found = [verb]
    for x in case.commands[verb].params:
        if x.name == "reference":
            found.append(reference)
        elif x.name == "other":
            found.append(other)
        elif x.required:
            found += [*x.opts[:1] * isinstance(x, click.Option), *_of_type(x)]
    return found


def _of_type(of: click.Parameter) -> list[str]:
    if isinstance(of, click.Option) and of.is_flag:
        return []
    return [of.type.choices[0] if isinstance(of.type, click.Choice) else "1"]


@pytest.mark.parametrize("verb", VERBS)
def test_no_verb_acts_on_it_for_who_may_not_see_it(verb: str) -> None:
    before = putright("case", "timeline", REF).output
    assert refused("case", *needed(verb, REF), *KIM).replace(REF, UNKNOWN) == refused(
        "case", *needed(verb, UNKNOWN), *KIM
    )
    assert putright("case", "timeline", REF).output == before


@pytest.mark.parametrize("verb", ["link", "merge", "unmerge"])
def test_it_is_not_the_other_of_two_cases_either(verb: str) -> None:
    Path("mails/2.eml").write_bytes(letter("complaint: the gate", number=2))
    putright("ingest", "mails", *MONDAY)
    one = "HC-2026-0002"
    assert refused("case", *needed(verb, one, REF), *KIM).replace(REF, UNKNOWN) == refused(
        "case", *needed(verb, one, UNKNOWN), *KIM
    )


def test_nor_is_its_label_said_by_who_may_not_see_it() -> None:
    for command in (("review", "set", REF, "other"), ("case", "assign", REF, "--to", "Kim Lau")):
        assert refused(*command, *KIM).startswith(f"Error: There is no case {REF}.")
    assert refused("case", "show", REF, "--as", "Kim Lau").startswith(f"Error: There is no case {REF}.")


@pytest.mark.parametrize("who", ["U0PRIYA", "ann bell", "U0LEAD"], ids=["handler", "named", "lead"])
def test_who_may_see_it_acts_on_it_and_lifts_it(who: str) -> None:
    putright("case", "assign", REF, "--to", "Priya Shah", "--as", who, *MONDAY)
    putright("case", "unconfine", REF, "--reason", "settled", "--as", who, *MONDAY)
    assert "Confined   " not in putright("case", "show", REF).output


def test_the_digest_of_a_channel_leaves_it_out() -> None:
    late = ("--at", "2026-12-07T12:00", "--dry-run")
    assert REF in putright("remind", *late).output, (
        "with no channel it is the person at the machine who reads it"
    )
    settings = Path("putright.toml")
    text = settings.read_text(encoding="utf-8").replace("[slack]", '[slack]\ndigest_channel = "C1"')
    settings.write_text(text, encoding="utf-8")
    assert REF not in putright("remind", *late).output
