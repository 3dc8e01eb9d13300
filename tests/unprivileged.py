"""Doing something as a user who may not do everything, also where the tests run as root."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


@contextmanager
def nobody(*owned: Path) -> Iterator[None]:
    """Within it this process is an ordinary user, to whom the paths in `owned` belong. Use relative paths."""
    if os.getuid():
        yield
        return
    Path().chmod(0o755)  # pytest's folders are for their owner alone
    for path in owned:
        os.chown(path, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
