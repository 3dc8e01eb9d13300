"""The README is true: every command and every setting stands in it, and what it shows is what the program prints."""

import re
from pathlib import Path

import click
import pytest

from putright.bot.main import FILES, main
from putright.bot.settings.known import KNOWN
from putright.bot.slack_words import HELP
from putright.triage.asking.guide import help_page
from tests.readme import filled

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_readme_names_each_command(name: str) -> None:
    assert f"putright {name}" in README or f"make {name}" in README


@pytest.mark.parametrize("section", sorted(KNOWN))
def test_the_readme_names_each_setting(section: str) -> None:
    for key in KNOWN[section]:
        full = f"{section}.{key}" if section else key
        bare = key in README and section == "targets"
        assert f"`{full}`" in README or key in KNOWN or bare, f"{full} is not in the README"


@pytest.mark.parametrize("name", sorted(FILES))
def test_each_command_says_what_it_does(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command and command.help
    if isinstance(command, click.Group):
        assert all(verb.help for verb in command.commands.values())


def test_the_readme_shows_what_the_program_prints() -> None:
    assert filled(README) == README, "run: python -m tests.readme"


CALLS = [line.strip() for line in README.splitlines() if line.startswith("    putright ")]


@pytest.mark.parametrize("call", CALLS)
def test_what_the_readme_calls_is_there_with_each_option(call: str) -> None:
    """As far as its words name commands; what follows them is an argument."""
    command: click.Command = main
    named = set(re.findall(r"(?<!\S)--[a-z][a-z-]+", call)) - {"--help"}
    for word in call.split()[1:]:
        found = (
            command.get_command(click.Context(command), word) if isinstance(command, click.Group) else None
        )
        if found is None:
            break
        command = found
    assert command is not main
    options = {x for one in command.params for x in (*one.opts, *one.secondary_opts)}
    assert named <= options


SLACK_PART = README[README.index("### Slack") : README.index("### Every setting")]
TYPED = (
    "/case log",
    "/case review",
    "/case help",
    "is complaint because",
    "@putright",
    "Log as complaint",
    "page 2",
)


@pytest.mark.parametrize(
    "words", [*TYPED, "/case parked", "direct message", "Mine", "Due", "Unassigned", "To review"]
)
def test_the_readme_names_each_way_to_use_slack(words: str) -> None:
    assert words in SLACK_PART


@pytest.mark.parametrize("words", [x for x in TYPED if x != "/case help"])
def test_and_so_does_help_in_slack(words: str) -> None:
    assert words in "\n".join((*HELP, *help_page().lines))
