"""`putright parse`: one JSON line a file, of folders, of bare texts, with trust and without."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from putright.bot.main import main
from tests.mailbox.test_forwards import FORWARDS


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PUTRIGHT_DB", str(tmp_path / "p.db"))


def lines(*arguments: str) -> list[dict[str, Any]]:
    said = CliRunner().invoke(main, ["parse", *arguments, "--json"], catch_exceptions=False)
    assert said.exit_code == 0, said.output
    return [json.loads(line) for line in said.stdout.splitlines()]


TWO_HOPS = str(FORWARDS / "two-hops-outlook.eml")
IRIS = {"name": "Iris Moon", "address": "iris.moon@example.org"}


def test_a_trusted_forward() -> None:
    (shown,) = lines(TWO_HOPS, "--staff-domain", "harrowmere.example")
    assert shown["resident"] == IRIS
    assert shown["trusted"] is True
    assert shown["forwarded_by"]["address"].endswith("@harrowmere.example")
    assert shown["original_date"] == "2026-11-02T09:14:00+00:00"
    assert shown["subject"] == "Roof"
    assert shown["text"] == shown["words"] == "Water comes in over the cooker whenever it rains."
    assert shown["hops"][0]["text"] == "Sam, came to me direct."
    assert shown["mail_subject"] == "FW: Roof"
    assert shown["body"].startswith("Log please")
    assert shown["parked"] is None


def test_without_a_domain_the_innermost_author_is_shown_and_not_trusted() -> None:
    (shown,) = lines(TWO_HOPS)
    assert (shown["resident"], shown["trusted"], len(shown["hops"])) == (IRIS, False, 2)


def test_a_stranger_s_forward_is_shown_as_such() -> None:
    (shown,) = lines(TWO_HOPS, "--staff-domain", "other.example")
    assert shown["resident"]["address"].endswith("@harrowmere.example")
    assert (shown["trusted"], shown["forwarded_by"], len(shown["hops"])) == (False, None, 2)


def test_a_bare_text_with_a_subject(tmp_path: Path) -> None:
    text = tmp_path / "one.txt"
    text.write_text(
        'See\n\nOn 02/11/2026 09:14, "Zoë" <zoe@example.org> wrote:\n\n    It léaks.\n', encoding="utf-8"
    )
    assert lines(str(text))[0]["hops"] == []
    (shown,) = lines(str(text), "--subject", "WG: Fenêtre")
    assert shown["resident"] == {"name": "Zoë", "address": "zoe@example.org"}
    assert (shown["subject"], shown["text"]) == ("Fenêtre", "It léaks.")


def test_a_folder_is_read_in_one_go(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(Path(TWO_HOPS).read_bytes())
    (tmp_path / "b.eml").write_bytes(b"")
    (tmp_path / "c.txt").write_text("Hello")
    shown = lines(str(tmp_path))
    assert [line["file"] for line in shown] == ["a.eml", "b.eml", "c.txt"]
    assert "empty" in shown[1]["error"]
    assert shown[2]["text"] == "Hello"
