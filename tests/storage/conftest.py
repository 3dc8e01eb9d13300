"""Fixtures of the storage tests: a database in an empty folder, closed afterwards."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from putright.storage.database import open_database
from tests.harrowmere import LATER


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database of a test lies."""
    return tmp_path / "putright.db"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    """An open database at `path`."""
    with closing(open_database(path, clock=lambda: LATER)) as database:
        yield database
