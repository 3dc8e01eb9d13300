"""Work that SIGTERM or Ctrl-C stops cleanly: what it had begun is cleared away, and one sentence says so."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import active_children
from types import FrameType

import click


@contextmanager
def stopped_in_a_sentence(sentence: str) -> Iterator[None]:
    """Both signals end the block like Ctrl-C, so that its clean-up runs, and then the program with the sentence.

    Processes that the block started are ended at once, or their pool would wait for them. Only in the main thread.
    """

    def stop(_number: int, _frame: FrameType | None) -> None:
        for child in active_children():
            child.terminate()
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except KeyboardInterrupt:
        raise click.ClickException(sentence) from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
