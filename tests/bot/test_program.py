"""The program as a whole: its help, its exit codes, how a wrong call is answered, and what it imports."""

import json
import subprocess
import sys

import pytest

from putright.bot.main import SECTIONS
from tests.bot.inbox import NOW
from tests.cli import finished, putright, refused


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("clock",), "Say when the complaint was received"),
        (("clock", "--hazard", "emergency"), "say when the landlord became aware"),
        (("clock", "--received", "yesterday"), "'yesterday' is no time. Write it as 2026-11-23"),
        (("clock", "--received", "0001-01-01T00:00+23:00"), "is no time"),
        (
            ("clock", "--received", "2026-11-23", "--acknowledged", "23.11.2026"),
            "is no date. Write it as 2026-11-23.",
        ),
        (("case", "show", "12"), "'12' is no reference. Write it as HC-2026-0012."),
        (("case", "shout", "HC-2026-0001"), "No such command 'shout'"),
        (("cases", "--label", "repair"), "'repair' is not one of"),
        (("note", " ", "--by", "Sam"), "The note is empty"),
        (("note", "x", "--by", "Sam", "--told-at", "2027-01-01", *NOW), "--told-at lies in the future"),
        (("ask",), "Missing argument"),
        (("case", "show", "see HC-2026-0001 and HC-2026-0002"), "is no reference. Write it as HC-2026-0012."),
        (("cases", "--due-within", "99999999999"), "is not in the range 0<=x<=3650"),
    ],
)
def test_a_wrong_call_says_how_it_is_called(arguments: tuple[str, ...], said: str) -> None:
    assert said in refused(*arguments, code=2)


def test_help_lists_every_command_under_what_it_is_for() -> None:
    said = putright("--help").output
    for title, commands in SECTIONS.items():
        assert f"{title}:" in said
        for name in commands:
            assert f"\n  {name} " in said


def test_only_the_command_that_is_called_is_imported() -> None:
    asked = (
        "import sys; from putright.bot.main import main; main(['classify', '--help'], standalone_mode=False)\n"
        "late = ('numpy', 'spacy', 'slack_bolt', 'jinja2', 'docx', 'sqlite_utils', 'dateparser', 'requests')\n"
        "assert not {*late} & {*sys.modules}, {*late} & {*sys.modules}"
    )
    subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True)


def test_the_manifest_is_printed_as_slack_takes_it() -> None:
    assert json.loads(putright("slack", "manifest").stdout)["settings"]["socket_mode_enabled"]


def test_as_a_program_it_reads_with_the_trained_model_and_exits_0_1_and_2() -> None:
    done = finished(
        "note", "Mrs K, 12 Ashdown: boiler off again, 3rd no show, v upset", "--by", "Sam", real=True
    )
    assert done.returncode == 0 and done.stdout.startswith("HC-"), done.stderr
    assert finished("case", "show", "HC-1999-0001", real=True).returncode == 1
    assert finished("case", "show", "x", real=True).returncode == 2
