"""An answer that Slack does not take now is said again after the time it asks for: no asker waits for nothing."""

import logging
import threading
from collections.abc import Callable
from http.client import HTTPException
from typing import Any

from slack_sdk.errors import SlackApiError

from putright.bot.slack_voice import advice, code_of, retry_after

log = logging.getLogger(__name__)

TRIES = 5
"""An answer is tried so often: who asked has asked again by then, or no longer wants to know."""
AGAIN_SECONDS = 3.0
"""Seconds until the next try where Slack is in trouble and does not say for how long."""
_TROUBLE = ("internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited")

Later = Callable[[float, Callable[[], None]], None]


def _timer(seconds: float, work: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, work)
    timer.daemon = True  # it keeps no program from stopping
    timer.start()


def say(post: Callable[[], Any], later: Later = _timer, tries: int = TRIES) -> None:
    """Post an answer, and again `later` (seconds) where Slack slows us down or is in trouble; the caller never waits.

    Raises SlackApiError where Slack refuses it for good at the first try; after that, and at the last, it is logged.
    """
    try:
        answer = post()
        if getattr(answer, "status_code", 200) >= 400:  # a response_url tells it by its status alone
            raise SlackApiError("not taken", answer)  # type: ignore[no-untyped-call]
        return
    except SlackApiError as error:
        wait = _wait(error)
        if wait is None and tries == TRIES:
            raise
        problem = "Slack asks us to slow down." if error.response.status_code == 429 else _why(error)
    except (OSError, HTTPException):
        wait, problem = AGAIN_SECONDS, "Slack could not be reached, or its answer was lost."
    if wait is None or tries <= 1:
        log.warning("an answer was not said: %s", problem)
        return
    later(wait, lambda: say(post, later, tries - 1))


def _wait(error: SlackApiError) -> float | None:
    """Seconds until it may be said again; None where it never may."""
    if error.response.status_code == 429:
        return retry_after(error)
    passing = error.response.status_code >= 500 or _code(error) in _TROUBLE
    return AGAIN_SECONDS if passing else None


def _code(error: SlackApiError) -> str:
    return code_of(error) if hasattr(error.response, "data") else ""


def _why(error: SlackApiError) -> str:
    return advice(error) if hasattr(error.response, "data") else f"HTTP {error.response.status_code}"
