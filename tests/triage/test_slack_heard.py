"""`putright doctor` says when Slack was last heard, and what to do where nobody has listened for long."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from putright.triage.slack_heard import DEAF_AFTER, last_heard, note
from tests.harrowmere import MONDAY, database

LATE = MONDAY + DEAF_AFTER
CASES = [
    ("never", [], MONDAY, True, "`putright run` has not listened in Slack yet. No event was seen yet."),
    (
        "just now",
        [(MONDAY, MONDAY)],
        LATE,
        True,
        "Slack is heard. The line last answered Mon 23 Nov 2026, 10:00.",
    ),
    ("no event yet", [(None, MONDAY)], LATE, True, "No event was seen yet."),
    ("long ago", [(MONDAY, MONDAY)], LATE + timedelta(seconds=1), False, "Start `putright run` again"),
    (
        "an event stays",
        [(MONDAY, MONDAY), (None, LATE)],
        LATE,
        True,
        "Last event seen: Mon 23 Nov 2026, 10:00.",
    ),
    ("stopped", [(MONDAY, MONDAY), (None, None)], LATE + DEAF_AFTER, True, "`putright run` is stopped"),
]


@pytest.mark.parametrize(("noted", "now", "well", "said"), [x[1:] for x in CASES], ids=[x[0] for x in CASES])
def test_when_slack_was_last_heard(
    tmp_path: Path,
    noted: list[tuple[datetime | None, datetime | None]],
    now: datetime,
    well: bool,
    said: str,
) -> None:
    with database(tmp_path / "heard.db") as db:
        for event, alive in noted:
            note(db, event, alive)
        good, sentence = last_heard(db, now)
    assert good is well and said in sentence
