"""An acknowledgement that stands once it is given."""

from typing import Any

from slack_bolt import Ack


class FirmAck(Ack):
    """Bolt takes an acknowledgement back when its listener fails before Bolt's own thread has seen it, and Slack then
    tells the clicker that nothing answered, although something may have been saved.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        if name != "response" or value is not None or getattr(self, "response", None) is None:
            super().__setattr__(name, value)
