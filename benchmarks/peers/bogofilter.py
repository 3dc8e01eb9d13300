"""bogofilter, a spam filter taught with complaints for spam. It knows two classes, so just those are scored.

It is taken as it comes. With the best of other settings tried on the same messages (`-m 0.05`, a complaint from 0.7 on)
its macro-F1 comes to 0.70; nobody would know beforehand that they are best.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.peers.peer import COMPLAINT, Loaded, Message, shown

if TYPE_CHECKING:
    from putright.classifier.corpus import Record

TITLE = "bogofilter"
TWO_WAY = True
# Its own settings files are left alone (-C): the same answer on every machine.
PROGRAM = ("bogofilter", "-C")


def missing() -> str:
    return "" if shutil.which("bogofilter") else "it is not installed (`apt install bogofilter`)."


def learn(records: Sequence["Record"], folder: Path) -> None:
    for option, wanted in (("-s", True), ("-n", False)):
        chosen = [shown(r) for r in records if (r.label == COMPLAINT) is wanted]
        with tempfile.TemporaryDirectory() as place:
            names = "".join(f"{_written(Path(place), n, m)}\n" for n, m in enumerate(chosen))
            command = [*PROGRAM, "-d", str(folder), option, "-b"]
            subprocess.run(command, input=names, text=True, check=True)


def load(folder: Path) -> Loaded:
    """One process that is told file names and answers with a score for each, a line at a time."""
    command = [*PROGRAM, "-d", str(folder), "-T", "-v", "-b"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
    said, asked = process.stdout, process.stdin
    assert said and asked
    place = tempfile.TemporaryDirectory()  # goes when `read` goes

    def read(messages: Sequence[Message]) -> list[str]:
        found = []
        for message in messages:
            asked.write(f"{_written(Path(place.name), 0, message)}\n")
            asked.flush()
            found.append(COMPLAINT if float(said.readline().split()[-1]) > 0.5 else "")
        return found

    return Loaded(read, process.pid)


def _written(place: Path, number: int, message: Message) -> Path:
    path = place / str(number)
    subject = " ".join(message.subject.split())
    path.write_text(f"Subject: {subject}\nX-Channel: {message.channel}\n\n{message.body}\n", encoding="utf-8")
    return path
