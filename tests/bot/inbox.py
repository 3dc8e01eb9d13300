"""What tests of commands begin with: a folder of mails, a letter taken in as a case, and what an act often needs."""

import sqlite3
from pathlib import Path

from tests.cli import putright
from tests.harrowmere import letter

NOW = ("--at", "2026-11-23T10:00")
ASSESSED = ("--complexity", "low", "--vulnerability", "none known", "--risk", "none known")


def mails(folder: str = "mails", /, **files: bytes) -> str:
    Path(folder).mkdir(exist_ok=True)
    for name, raw in files.items():
        (Path(folder) / f"{name}.eml").write_bytes(raw)
    return folder


def logged(body: str = "complaint: mushrooms", number: int = 1) -> str:
    """One letter as a case, by `ingest`; its reference."""
    putright("ingest", mails(**{f"letter-{number}": letter(body, number=number)}), *NOW)
    return f"HC-2026-{number:04d}"


def free_claims() -> None:
    """As if a minute had passed."""
    raw = sqlite3.connect("test.db")
    raw.execute("update intake set claimed_until = 0 where claimed_until is not null")
    raw.commit()
    raw.close()
