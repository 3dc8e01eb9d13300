"""Long work that a signal stops clears away what it began and ends in one sentence."""

import os
import signal
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import pytest

from putright.bot.stopped import stopped_in_a_sentence


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_in_the_sentence_and_leaves_nothing(number: signal.Signals, tmp_path: Path) -> None:
    before = signal.getsignal(number)
    with (
        pytest.raises(click.ClickException, match=r"^Stopped: nothing was kept\.$"),
        stopped_in_a_sentence("Stopped: nothing was kept."),
        TemporaryDirectory(dir=tmp_path),
    ):
        os.kill(os.getpid(), number)
    assert list(tmp_path.iterdir()) == []
    assert signal.getsignal(number) is before
