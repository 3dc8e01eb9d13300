"""Running putright as people do: in this process through click, or as a program of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from putright.bot.main import main
from putright.cases.working_days import LONDON
from tests.readers import program
from tests.slack_fake.bolt import PROXIES

ROOT = Path(__file__).parents[1]
SETTINGS = '[landlord]\nname = "Harrowmere Homes"\nstaff_domains = ["harrowmere.example"]\n'


def putright(*arguments: str, code: int | None = 0, clock: datetime | None = None) -> Result:
    """One command with the stand-in reader, in the test's own folder; `code` is the exit code it must have.

    The machine's clock stands at `clock`, else at the time that the command says with --at.
    """
    stands = clock or _said(arguments)
    ran = program(lambda: stands) if stands else program()
    done = CliRunner(catch_exceptions=False).invoke(main, ["--db", "test.db", *arguments], obj=ran)
    if code is not None:
        assert done.exit_code == code, done.output
    return done


def _said(arguments: tuple[str, ...]) -> datetime | None:
    """The time after --at, if there is one."""
    with suppress(ValueError):
        at = datetime.fromisoformat(arguments[arguments.index("--at") + 1])
        return at if at.tzinfo else at.replace(tzinfo=LONDON)
    return None


def in_json(*arguments: str) -> Any:
    return json.loads(putright(*arguments, "--json").stdout)


def refused(*arguments: str, code: int = 1, clock: datetime | None = None) -> str:
    """What a command says that must not succeed: one plain sentence or two, and no traceback."""
    said = putright(*arguments, code=code, clock=clock).stderr.strip()
    assert "Traceback" not in said
    return said.splitlines()[-1]


def command(*arguments: str, real: bool = False) -> list[str]:
    """The command line of putright as a program; with the stand-in reader unless `real`."""
    if real:
        return [str(Path(sys.executable).parent / "putright"), "--db", "test.db", *arguments]
    return [sys.executable, "-m", "tests.readers", "--db", "test.db", *arguments]


def environment(**more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in PROXIES}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **more}


@contextmanager
def started(*arguments: str, real: bool = False, **more: str) -> Iterator["subprocess.Popen[str]"]:
    """putright as a program, killed at the end if it has not ended by itself."""
    process = subprocess.Popen(
        command(*arguments, real=real),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(**more),
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def finished(*arguments: str, real: bool = False, **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command(*arguments, real=real), capture_output=True, text=True, env=environment(**more), timeout=60
    )
