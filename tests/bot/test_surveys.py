"""Survey exports from a file and from a mail: each row a message, none twice, none lost, and no flood of posts."""

import json
import signal
import sqlite3
import threading
from email.message import EmailMessage
from pathlib import Path

import pytest

from putright.bot.settings.checks import SettingsProblem
from putright.bot.settings.load import load
from putright.cases.labels import Channel
from tests.cli import finished, in_json, putright, refused, started
from tests.harrowmere import PRIVATE

NOW = ("--at", "2026-11-23T10:00")
SENDER = "surveys@tool.example"
HEAD = "Response ID,Date,Name,Email,Score,Comments\n"
EXPORT = HEAD + (
    "1,16/11/2026,Jane Doe,jane@example.org,2,survey: slow repairs\n"
    "2,17/11/2026,Ian Moon,,5,\n"
    "3,18/11/2026,Ada Obi,,1,complaint: nobody came\n"
    "4,19/11/2026,,,1,survey: gas smell emergency!\n"
    "3,18/11/2026,Ada Obi,,1,complaint: nobody came\n"
)


def export(text: str = EXPORT, name: str = "star.csv") -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def survey(*arguments: str) -> "dict[str, object]":
    return dict(in_json("ingest", "--channel", "survey", *arguments, *NOW))


def mail(*files: tuple[str, bytes], sender: str = SENDER) -> str:
    message = EmailMessage()
    message["From"] = f"Survey tool <{sender}>"
    message["Date"] = "Fri, 20 Nov 2026 09:00:00 +0000"
    message["Subject"] = "Your export"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("Here it is.")
    for name, data in files:
        message.add_attachment(data, "text", "csv", filename=name)
    Path("mails").mkdir(exist_ok=True)
    Path("mails/export.eml").write_bytes(message.as_bytes())
    return "mails"


def test_each_row_with_a_comment_is_a_case_and_the_same_file_twice_is_nothing_new() -> None:
    first = survey(export())
    assert first == {"found": 4, "new": 3, "already_known": 1, "without_text": 1, "logged": 3}
    case = in_json("case", "show", "HC-2026-0001")
    (message,) = case["messages"]
    assert (case["label"], message["channel"]) == ("survey_feedback", Channel.SURVEY)
    assert message["resident"] == {"name": "Jane Doe", "address": "jane@example.org"}
    assert (message["received"], message["received_from"]) == (
        "2026-11-16T00:00:00+00:00",
        "the date in the survey export",
    )
    assert {"label": "Score", "value": "2", "kind": "score"} in message["fields"]
    again = survey("star.csv")
    assert again == {"found": 4, "new": 0, "already_known": 4, "without_text": 1}
    assert (
        "1 more rows without a comment were left out."
        in putright("ingest", "--channel", "survey", "star.csv").output
    )
    assert in_json("reconcile") | {"unexplained": 0} == in_json("reconcile")


def test_only_what_a_person_should_look_at_is_said() -> None:
    survey(export())
    with sqlite3.connect("test.db") as db:
        said = [
            row[0] for row in db.execute("select distinct case_ref from outbox where kind = 'confirmation'")
        ]
    db.close()
    assert said == ["HC-2026-0002", "HC-2026-0003"], "the complaint and the hazard, not the plain feedback"


def test_a_file_of_rows_that_say_nothing_gives_no_case() -> None:
    assert survey(export(HEAD + "1,16/11/2026,Jane,,2,n/a\n"))["without_text"] == 1
    assert in_json("cases") == []


def test_what_is_no_export_is_said_and_the_others_are_taken_in() -> None:
    bad, gone = export("Name,Score\nJane,3\n", "bad.csv"), "gone.csv"
    Path("folder").mkdir()
    done = putright("ingest", "--channel", "survey", bad, gone, "folder", export(), *NOW, code=1)
    assert "folder is a folder: name the CSV files in it." in done.stderr
    assert "4 found, 3 new" in done.stdout
    assert (
        "bad.csv: No column holds what residents wrote." in done.stderr
        and "There is no gone.csv" in done.stderr
    )


def test_a_csv_without_its_channel_is_no_mail() -> None:
    said = refused("ingest", export(), *NOW)
    assert (
        said
        == "Error: star.csv is no mail. If it is the export of a survey: putright ingest --channel survey star.csv"
    )
    assert in_json("reconcile")["received"] == 0


def test_columns_are_named_in_the_settings() -> None:
    Path("putright.toml").write_text('[[survey]]\ncolumns = { "F7" = "comment", "Who" = "name" }\n')
    survey(export("F7,Who,F8\nsurvey: slow,Jane,internal\n"))
    (message,) = in_json("case", "show", "HC-2026-0001")["messages"]
    assert (message["body"], message["resident"]["name"]) == ("survey: slow", "Jane")


def test_an_export_that_comes_by_mail_is_taken_apart_and_the_mail_set_aside() -> None:
    Path("putright.toml").write_text(f'[[survey]]\nsender = "{SENDER}"\n')
    found = in_json("ingest", mail(("star.csv", EXPORT.encode("cp1252"))), *NOW)
    assert found == {"found": 1, "new": 1, "already_known": 0, "parked": 1, "logged": 3}
    (parked,) = in_json("parked")
    assert parked["reason"] == "a survey export: 4 answers taken in (3 new), 1 more without a comment"
    counts = in_json("reconcile")
    assert (counts["received"], counts["logged"], counts["parked"], counts["unexplained"]) == (5, 3, 1, 0)
    with sqlite3.connect("test.db") as db:
        (post,) = db.execute("select payload from outbox where kind = 'survey'").fetchone()
    db.close()
    assert json.loads(post)["title"].startswith("A survey export came by mail: 4 answers taken in")
    assert not [x for x in (*PRIVATE, "Jane", "star") if x in post]
    assert survey(export())["new"] == 0, "the same rows by another door"


def test_an_export_by_mail_that_cannot_be_read_is_put_before_a_person() -> None:
    Path("putright.toml").write_text(f'[[survey]]\nsender = "{SENDER}"\n')
    in_json("ingest", mail(("star.csv", b"Name,Score\nJane,3\n")), *NOW)
    (item,) = in_json("parked")
    assert item["state"] == "quarantined" and item["reason"].startswith(
        "No column holds what residents wrote."
    )


@pytest.mark.parametrize("sender", ["jane@example.org", ""])
def test_a_spreadsheet_of_anybody_else_is_an_attachment(sender: str) -> None:
    Path("putright.toml").write_text(f'[[survey]]\nsender = "{SENDER}"\n')
    folder = mail(("costs.csv", EXPORT.encode()), sender=sender or "x")
    path = Path(folder, "export.eml")
    path.write_bytes(path.read_bytes().replace(b"Auto-Submitted: auto-generated\n", b""))
    putright("ingest", folder, *NOW)
    (message,) = in_json("case", "show", "HC-2026-0001")["messages"]
    assert [x["name"] for x in message["attachments"]] == ["costs.csv"]


def test_a_killed_intake_is_taken_up_where_it_was() -> None:
    total = 300
    export(HEAD + "".join(f"{n},16/11/2026,,,1,survey: slow {n}\n" for n in range(total)))
    pause = threading.Event()
    for least in (1, 40, 90):
        with started("ingest", "--channel", "survey", "star.csv", *NOW) as process:
            for _ in range(2_000):
                pause.wait(0.01)
                if process.poll() is not None or _count("select count(*) from cases") >= least:
                    break
            process.send_signal(signal.SIGKILL)
            process.wait()
    done = finished("ingest", "--channel", "survey", "star.csv", "--json", *NOW)
    assert json.loads(done.stdout)["found"] == total, done.stderr
    assert _count("select count(*) from intake where state = 'logged'") == total
    assert _count("select count(*) from cases") == _count("select count(distinct id) from messages") == total


def _count(statement: str) -> int:
    try:
        with sqlite3.connect("test.db") as db:
            (number,) = db.execute(statement).fetchone()
    except sqlite3.OperationalError:
        return 0
    finally:
        db.close()
    return int(number)


WRONG = [
    (
        "an unknown kind",
        '[[survey]]\ncolumns = { "F7" = "story" }\n',
        "survey.columns says that 'F7' is 'story'; it may be",
    ),
    ("a sender that is none", '[[survey]]\nsender = "tool"\n', "survey.sender is a mail address such as"),
    ("one bracket", '[survey]\nsender = "a@b.example"\n', r"written \[\[survey\]\], with two brackets"),
]


@pytest.mark.parametrize(("toml", "sentence"), [x[1:] for x in WRONG], ids=[x[0] for x in WRONG])
def test_a_wrong_survey_is_named(toml: str, sentence: str) -> None:
    Path("putright.toml").write_text(toml)
    with pytest.raises(SettingsProblem, match=sentence):
        load(environment={})
