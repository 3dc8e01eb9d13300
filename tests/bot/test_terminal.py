"""What the terminal shows: answers, the digest, advice for a terminal, and nothing that steers it."""

import json
import os
import sqlite3
from pathlib import Path

from tests.bot.inbox import NOW, logged, mails
from tests.cli import finished, in_json, putright, refused
from tests.harrowmere import PRIVATE, letter


def test_names_with_line_ends_and_control_characters_cannot_break_a_table() -> None:
    reference = logged()
    putright("case", "assign", reference, "--to", "Priya\nShah\x1b[31m\u202e", *NOW)
    assert in_json("cases")[0]["handler"] == "Priya Shah [31m"
    assert len(putright("cases").output.splitlines()) == 3
    putright("note", "complaint: x", "--by", "Sam\nReed", "--resident", "Mrs\tK\x07", *NOW)
    assert "From Mrs K, passed on by Sam Reed" in putright("case", "show", "HC-2026-0002").output
    for option in (("--by", " "), ("--by", "Sam", "--resident", "x" * 201)):
        assert "erson" in refused("note", "complaint: y", *option, *NOW)


def test_a_question_is_answered_on_the_terminal_as_in_slack() -> None:
    logged()
    found = in_json("ask", "what's", "overdue", "--at", "2026-12-01")
    assert found["answer"] == "Cases overdue: 1." and found["cases"][0]["reference"] == "HC-2026-0001"
    assert "Cases overdue: 1.\nreference" in putright("ask", "what's overdue", "--at", "2026-12-01").output
    assert in_json("ask", "my cases", "--as", "Kim")["answer"] == "Open cases with Kim: none."
    assert "I did not understand" in putright("ask", "nonsense").output


def test_the_digest_is_shown_said_once_and_holds_nothing_private() -> None:
    logged()
    morning = ("--at", "2026-11-30T08:30")
    shown = putright("remind", "--dry-run", *morning).output
    assert "Due today: 1" in shown and "HC-2026-0001" in shown
    assert in_json("remind", "--dry-run", *morning)["today"][0]["reference"] == "HC-2026-0001"
    first = putright("remind", *morning).output
    assert "The digest is queued.\n" in first and "Deadlines for Mon 30 Nov 2026" in first
    second = putright("remind", *morning).output
    assert "No digest now" in second and "Deadlines for" not in second
    assert "No digest now" in putright("remind", "--at", "2026-12-05T10:00").output
    for private in PRIVATE:
        assert private not in shown + first


def test_in_a_pipe_nothing_is_printed_but_the_answer() -> None:
    mails(a=letter())
    done = finished("ingest", "mails", "--json", *NOW)
    assert json.loads(done.stdout)["logged"] == 1 and done.stderr == ""


def test_escape_sequences_in_a_message_do_not_reach_the_terminal() -> None:
    putright("note", "complaint: \x1b[2J\x1b]0;owned\x07 nobody came \u202egnihton", "--by", "Sam\x1b[31m")
    shown = (
        putright("case", "show", "HC-2026-0001").stdout + putright("case", "timeline", "HC-2026-0001").stdout
    )
    assert "nobody came" in shown
    assert not any(x in shown for x in "\x1b\x07\u202e")


DANGER = "\x1b[2J\x1b]0;owned\x07\x9b31m\r\n\u202e\u2028"


def test_no_list_shows_what_steers_a_terminal_or_breaks_a_row() -> None:
    raw = letter(
        f"complaint: ask! {DANGER}", headers=f"X-Y: {DANGER[:4]}\r\n", sender=f"A{DANGER[:8]} <a@b.example>"
    )
    putright("ingest", mails(a=raw, b=b""), *NOW)
    with sqlite3.connect(
        "test.db"
    ) as db:  # as an older putright, or somebody with access to the file, may have left it
        db.execute("update cases set handler = ?", [f"Priya{DANGER}Shah"])
        db.execute("update intake set reason = ? where state = 'quarantined'", [f"Odd{DANGER}reason"])
        db.execute(
            "update readings set data = replace(data, 'told to ask', ?)", [f"to{json.dumps(DANGER)[1:-1]}ask"]
        )
    db.close()
    for command in (
        *(
            ("cases",),
            ("review",),
            ("parked",),
            ("case", "show", "HC-2026-0001"),
            ("ask", "my cases", "--as", "Priya"),
        ),
        *(
            ("cases", "--json"),
            ("review", "--json"),
            ("parked", "--json"),
            ("parse", "mails"),
            ("remind", "--dry-run"),
        ),
        *(("ask", "what is due this week"), ("ask", "--json", "what is due this week")),
    ):
        at = NOW if command[0] in ("cases", "ask", "remind") else ()
        said = putright(*command, *at).stdout
        assert all(x.isprintable() or x == "\n" for x in said), (command, said)
        if command == ("cases",):
            assert sum(line.startswith("HC-2026-") for line in said.splitlines()) == 2, said
        if command == ("parked",):
            assert len(said.splitlines()) == 5, said
    assert any(DANGER in x["handler"] for x in in_json("cases")), "whoever asks for JSON gets it all, escaped"


def test_an_error_shows_no_escape_sequence() -> None:
    assert "\x1b" not in refused("ingest", "no\x1b[2Jwhere.eml", *NOW)
    Path("putright.toml").write_text('[slack]\nmail_channel = "\\u001b[2J"\n')
    assert "\x1b" not in refused("cases", code=2)


def test_on_the_terminal_the_advice_is_for_the_terminal() -> None:
    dropped = Path("Inbox")
    dropped.mkdir()
    for name, raw in (("a", letter("complaint: x ask!")), ("b", b"")):
        (dropped / f"{name}.eml").write_bytes(raw)
        os.utime(dropped / f"{name}.eml", (1, 1))
    said = putright("once", *NOW).stdout
    assert "Please say what it is:  putright review set HC-2026-0001 complaint  (or service_request," in said
    assert "Details:  putright case show HC-2026-0001" in said
    assert "and say what it is:  putright review set HC-2026-0002 complaint  (or" in said
    assert "/case" not in said
