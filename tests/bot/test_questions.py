"""putright questions: who asked what, kept without the words, for a set time; and what doctor says of roles."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from putright.bot.settings.load import Settings
from putright.bot.settings.slack import Slack
from putright.storage import questions
from putright.storage.database import open_database
from putright.storage.questions import Asked
from tests.bot.office import office
from tests.cli import in_json, putright
from tests.harrowmere import LANDLORD, MONDAY, letter
from tests.slack_fake.bolt import no_proxies
from tests.slack_fake.example import small_workspace

AT = ("--at", "2026-11-23T12:00")


def test_a_question_on_the_terminal_is_kept_with_what_was_understood() -> None:
    Path("mails").mkdir()
    Path("mails/1.eml").write_bytes(letter())
    putright("ingest", "mails", *AT)
    assert putright("questions").output == "Nothing was asked.\n"
    putright("ask", "--as", "Priya Shah", *AT, "what is open for repairs")
    putright("ask", "--as", "Kim Lau", "--at", "2026-11-24T12:00", "Mrs Okonkwo of 12 Ashdown is angry")
    assert in_json("questions") == [
        {
            "at": "2026-11-23T12:00:00+00:00",
            "who": "Priya Shah",
            "intent": "list",
            "slots": {"state": "open", "area": "repairs"},
            "answered": 1,
            "refused": "",
        },
        {
            "at": "2026-11-24T12:00:00+00:00",
            "who": "Kim Lau",
            "intent": "none",
            "slots": {},
            "answered": 0,
            "refused": "",
        },
    ]
    table = putright("questions", "--since", "2026-11-24").output
    assert "Kim Lau" in table and "Priya" not in table and "Ashdown" not in table


def test_what_was_asked_is_never_changed_and_forgotten_after_a_set_time() -> None:
    with closing(open_database("test.db")) as db:
        for days in (366, 365, 1):
            questions.add(db, Asked(MONDAY - timedelta(days=days), "U1", "list", {}))
        with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
            db.execute("update questions set who = 'U2'")
        assert questions.forget_before(db, MONDAY - timedelta(days=365)) == 1
        assert len(questions.since(db, MONDAY - timedelta(days=400))) == 2


def test_the_pass_of_the_service_forgets(tmp_path: Path) -> None:
    from putright.bot.service import once
    from tests.readers import StandIn

    settings = Settings(
        landlord=LANDLORD,
        database=tmp_path / "x.db",
        drop_folder=tmp_path / "in",
        slack=Slack(questions_kept_days=30),
    )
    with closing(open_database(settings.database)) as db:
        for days in (31, 29):
            questions.add(db, Asked(MONDAY - timedelta(days=days), "U1", "list", {}))
        once(settings, StandIn(), lambda: MONDAY)
        assert len(questions.since(db, MONDAY - timedelta(days=400))) == 1


@pytest.mark.parametrize(
    ("roles", "says"),
    [
        pytest.param({}, "No roles are set (slack.leads, slack.handlers): every member", id="nobody named"),
        pytest.param({"handlers": ("U1",)}, "slack.leads names nobody", id="no lead"),
        pytest.param({"leads": ("S1",)}, "The user group S1 can be read.", id="a group that is there"),
        pytest.param({"leads": ("S9",)}, "The user group S9 cannot be read", id="a group that is not"),
    ],
)
def test_doctor_says_who_may_see_cases(roles: dict[str, tuple[str, ...]], says: str, tmp_path: Path) -> None:
    from putright.bot.commands.doctor import _roles

    with no_proxies(), small_workspace() as slack, office(slack, tmp_path, listening=False) as opened:
        told = list(_roles(opened.web, Slack(**roles)))  # type: ignore[arg-type]
        assert any(sentence.startswith(says) for _, sentence in told), told
