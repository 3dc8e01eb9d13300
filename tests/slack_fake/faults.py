"""The faults a test may order for the next calls of a Web API method."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One spoilt call: an error or status instead of an answer, or an answer that never arrives."""

    error: str = ""
    status: int = 200
    retry_after: str | None = None
    body: str | None = None
    """Sent in place of Slack's JSON, as by a proxy on the way."""
    lose_answer: bool = False
    redirect: str = ""
    """Where a download is sent on to."""
    silent: float = 0
    """Seconds before a download begins."""


class Faults:
    """Each method's ordered faults, first come first spoilt."""

    def __init__(self) -> None:
        self._ordered: dict[str, list[Fault]] = {}

    def order(self, method: str, fault: Fault, times: int = 1) -> None:
        self._ordered.setdefault(method, []).extend([fault] * times)

    def take(self, method: str) -> Fault | None:
        waiting = self._ordered.get(method)
        return waiting.pop(0) if waiting else None

    def clear(self) -> None:
        self._ordered.clear()
