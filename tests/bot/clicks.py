"""What staff click in Slack, and what they are then shown."""

from tests.bot.office import Office
from tests.harrowmere import RESIDENT
from tests.slack_fake.server import SlackFake
from tests.slack_fake.workspace import Json, View

WORDS = f"complaint: mushrooms at 12 Ashdown, {RESIDENT}, 07700 900123"
REFERENCE = "HC-2026-0001"


def confirmed_note(slack: SlackFake, live: Office, words: str = WORDS) -> str:
    """A note is said and answered; the ts of the answer that carries the buttons."""
    said = live.heard(words)
    live.work()
    post = slack.wait_for_post("C1", thread_ts=said)
    return str(post.answer["ts"])


def told(slack: SlackFake, count: int = 1) -> str:
    """What the clicker alone was told."""
    return str(slack.wait_for_response(count).body["text"])


def buttons(blocks: list[Json]) -> list[str]:
    return [e["action_id"] for b in blocks if b["type"] == "actions" for e in b["elements"]]


def modal(slack: SlackFake, name: str, ts: str, user: str = "U1") -> View:
    slack.click(f"case:{name}", user=user, ts=ts)
    return slack.wait_for_modal(user, name if name != "open" else "details")


def shown(view: View) -> str:
    return repr(view.payload["blocks"])
