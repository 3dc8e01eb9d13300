"""Voices: what the outbox holds is said through one of them, Slack's or the terminal's."""

from typing import Protocol

import click

from putright.bot.terminal import harmless
from putright.storage.outbox import Row
from putright.triage.posts import REACTION, Post, from_json


class NotSaid(Exception):
    """It could not be said. `wait` is how many seconds to leave it; `final` when waiting cannot help.

    `longer` says to leave it longer after each further try.
    """

    def __init__(self, sentence: str, *, wait: float = 30, final: bool = False, longer: bool = False) -> None:
        super().__init__(sentence)
        self.wait = wait
        self.final = final
        self.longer = longer


class Voice(Protocol):
    """Something that can say a row of the outbox."""

    def busy(self) -> frozenset[str]:
        """The channels to leave alone for the moment."""

    def say(self, row: Row) -> str:
        """Say it and give the id it got (Slack's ts; empty where there is none). Raises NotSaid."""

    def redraw(self, channel: str, ts: str, post: Post) -> None:
        """Let what was said there read so from now on. Raises NotSaid, `final` where it cannot be changed."""


class TerminalVoice:
    """Says things on standard output: what putright does without Slack."""

    def busy(self) -> frozenset[str]:
        return frozenset()

    def say(self, row: Row) -> str:
        if row.kind not in ("arrived", REACTION):  # a thread's first line, a mark: the terminal has neither
            click.echo(harmless(from_json(row.payload).on_terminal))
            click.echo()
        return "terminal"

    def redraw(self, channel: str, ts: str, post: Post) -> None:
        """What stands on a terminal stays."""
