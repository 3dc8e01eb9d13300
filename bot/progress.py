"""The progress bar of long work: on a terminal's standard error, and nowhere else."""

import sys
from collections.abc import Iterable
from typing import Any

import click


def progress(label: str, items: Iterable[Any] | None = None, *, length: int, hidden: bool = False) -> Any:
    """A click progress bar over `items` (or driven by hand, where there are none); none in a pipe."""
    return click.progressbar(
        items,
        length=length,
        label=label,
        item_show_func=None if items is not None else (lambda step: step or ""),
        file=sys.stderr,
        hidden=hidden or not sys.stderr.isatty(),
    )
