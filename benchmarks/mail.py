"""Reading mail: putright beside the standard library's parser alone and quotequail, on the same mails.

The three do not do the same: the standard library takes a mail apart, quotequail also finds what was forwarded in it,
and putright says besides who wrote, when, and which words are whose. Each reads in a fresh process.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from benchmarks.mail_peers import PEERS

ROOT = Path(__file__).parents[1]
FOLDERS = ("bot/demo/inbox", "tests/mailbox/mails", "tests/mailbox/forwards")
LARGE_BYTES = 30_000_000
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Measured:
    """One reader: seconds for an ordinary mail, seconds and bytes for the large one."""

    name: str
    seconds: float
    large_seconds: float
    peak: float


def measure() -> Iterator[str]:
    """A line for each reader: mails a second, and the peak memory on the largest mail, with ratios to putright's."""
    mails = [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.eml"))]
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large.eml"
        large.write_bytes(_large())
        found = [_measured(name, mails, large) for name in PEERS]
    ours = found[0]
    yield (
        f"{len(mails)} mails of this repository, and one with an attachment of {LARGE_BYTES // 10**6} MB. "
        f"In brackets: times what {ours.name} has."
    )
    yield f"{'':<22}{'mails a second':>20}{'the large mail':>22}{'peak memory on it':>24}"
    for one in found:
        rate = f"{1 / one.seconds:,.0f} ({ours.seconds / one.seconds:.2f} x)"
        large_time = f"{one.large_seconds:.2f} s ({one.large_seconds / ours.large_seconds:.2f} x)"
        memory = f"{one.peak / MEGABYTE:.0f} MB ({one.peak / ours.peak:.2f} x)"
        yield f"{one.name:<22}{rate:>20}{large_time:>22}{memory:>24}"


def _measured(name: str, mails: Sequence[Path], large: Path) -> Measured:
    many, one = _asked(name, mails), _asked(name, [large])
    return Measured(name, many["seconds"], one["seconds"], one["peak"])


def _asked(name: str, files: Sequence[Path]) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.mail_peers", name, *map(str, files)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def _large() -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "photographs"
    message["Date"] = "Mon, 16 Nov 2026 09:00:00 +0000"
    message.set_content("The photographs of the ceiling.")
    message.add_attachment(b"\x00" * LARGE_BYTES, maintype="image", subtype="jpeg", filename="ceiling.jpg")
    return message.as_bytes()
