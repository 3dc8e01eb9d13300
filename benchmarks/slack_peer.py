"""A bare Bolt app: it acknowledges whatever comes and answers each note with one word. It reads and keeps nothing.

Run as a program (`python -m benchmarks.slack_peer URL`), with the tokens in the environment.
"""

import os
import sys
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

TITLE = "a bare Bolt app"


def main() -> None:
    app = App(client=WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=sys.argv[1]))

    @app.event("message")
    def note(event: dict[str, Any], say: Any) -> None:
        say("Noted.", thread_ts=event["ts"])

    @app.command("/case")
    def question(ack: Any) -> None:
        ack("Nothing.")

    SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
