"""`putright cases`: a page at a time on a terminal, all of it for a program."""

from pathlib import Path

import pytest

from tests.cli import in_json, putright
from tests.harrowmere import letter

NOW = ("--at", "2026-11-23T10:00")


@pytest.fixture(autouse=True)
def _many() -> None:
    """52 cases."""
    Path("mails").mkdir()
    for number in range(1, 53):
        Path(f"mails/{number}.eml").write_bytes(letter(number=number))
    putright("ingest", "mails", *NOW)


def _shown(*arguments: str) -> tuple[list[str], str]:
    """The references of a list, and its last line."""
    lines = putright("cases", *arguments).output.splitlines()
    return [x.split()[0] for x in lines if x.startswith("HC-")], lines[-1]


def test_a_list_is_shown_by_pages_that_make_the_whole() -> None:
    everything = [x["reference"] for x in in_json("cases")]
    assert len(everything) == 52, "a program is given all"
    first, more = _shown()
    assert more == "… and 2 more: --page 2 shows the next, --limit 0 all."
    second, end = _shown("--page", "2")
    assert first + second == everything and len(first) == 50
    assert end.startswith("HC-"), "nothing more is promised"
    assert _shown("--limit", "0")[0] == everything
    assert _shown("--limit", "26", "--page", "2")[0] == everything[26:]
    assert putright("cases", "--page", "3").output == "No case stands on that page.\n"


def test_a_limit_holds_for_json_too_where_it_is_given() -> None:
    everything = in_json("cases")
    assert in_json("cases", "--limit", "5", "--page", "2") == everything[5:10]
