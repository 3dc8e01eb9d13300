"""When Slack was last heard, as the service notes it: its last event, and the last sign that the line lives."""

from datetime import datetime, timedelta

from sqlite_utils import Database

from putright.storage import intake
from putright.triage.looks import moment_words

NOTED_SECONDS = 60.0
"""The service notes it this often."""
DEAF_AFTER = timedelta(minutes=10)
"""Without a sign of life for so long, and not stopped, nothing that staff write is heard."""
_ACCOUNT, _EVENT, _ALIVE = "slack", "last event", "last sign of life"


def note(db: Database, event: datetime | None, alive: datetime | None) -> None:
    """Keep when Slack last sent an event (None: nothing new) and when it last answered (None: nobody listens from now
    on, so that silence is no fault). Both aware.
    """
    if event is not None:
        intake.heard(db, _ACCOUNT, _EVENT, event.isoformat())
    intake.heard(db, _ACCOUNT, _ALIVE, alive.isoformat() if alive else "")


def last_heard(db: Database, now: datetime) -> tuple[bool, str]:
    """Whether all is well, and the sentence that says when Slack was last heard."""
    event, alive = (intake.heard_until(db, _ACCOUNT, x) for x in (_EVENT, _ALIVE))
    last = (
        f"Last event seen: {moment_words(datetime.fromisoformat(event))}."
        if event
        else "No event was seen yet."
    )
    if alive is None:
        return True, f"`putright run` has not listened in Slack yet. {last}"
    if not alive:
        return True, f"`putright run` is stopped, so Slack is not listened to. {last}"
    since = datetime.fromisoformat(alive)
    said = f"The line last answered {moment_words(since)}. {last}"
    if now - since > DEAF_AFTER:
        return False, f"Slack is not heard. {said} Start `putright run` again; what was missed is then read."
    return True, f"Slack is heard. {said}"
