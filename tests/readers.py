"""A reader that does as it is told, for tests that are not about reading: the label follows a marker word.

Run as a program (`python -m tests.readers …`) it is putright with this reader, without loading a model.
"""

import re
import time
from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace

from putright.bot.main import main
from putright.bot.program import Program
from putright.cases.labels import Decision, Flag, Label, Mark, ServiceArea
from putright.cases.message import Message
from putright.cases.reading import Reading
from putright.storage.database import machine_time

_LABELS = {
    "complaint:": Label.COMPLAINT,
    "request:": Label.SERVICE_REQUEST,
    "survey:": Label.SURVEY_FEEDBACK,
    "other:": Label.OTHER,
}
_FLAGS = {"emergency!": Flag.HAZARD_EMERGENCY, "hazard!": Flag.HAZARD_SIGNIFICANT, "chaser!": Flag.CHASER}


class StandIn:
    """Reads `complaint:`, `request:`, `survey:` and `other:` as labels; the first one in the body counts.

    `ask!` makes it unsure, `fail!` makes it fail, `slow!` makes it take as long as the trained reader, `emergency!`,
    `hazard!` and `chaser!` are flags, `mark=sar` is a mark, `area=damp_mould` sets the service area. Without a marker
    it takes a message for a complaint and asks.
    """

    model = SimpleNamespace(name="stand-in")

    def __init__(self) -> None:
        self.model = SimpleNamespace(name="stand-in")
        self.read_bodies: list[str] = []

    def read(self, message: Message) -> Reading:
        body = message.body
        self.read_bodies.append(body)
        if "slow!" in body:
            time.sleep(0.03)
        if "fail!" in body:
            raise RuntimeError("told to fail")
        marks = sorted((body.index(mark), label) for mark, label in _LABELS.items() if mark in body)
        label = marks[0][1] if marks else Label.COMPLAINT
        asks = "ask!" in body or not marks
        area = re.search(r"area=(\w+)", body)
        others = [x for x in Label if x is not label]
        return Reading(
            label=label,
            probabilities={label: 0.91, **dict.fromkeys(others, 0.03)},
            decision=Decision.ASK if asks else Decision.SURE,
            reasons=("The stand-in was told to ask.",) if asks else (),
            paragraph=label.meaning.paragraph,
            why=f"It was marked as {label.words}.",
            service_area=ServiceArea(area[1]) if area else ServiceArea.REPAIRS,
            marks=tuple(Mark(x) for x in re.findall(r"mark=(\w+)", body)),
            flags=tuple(flag for mark, flag in _FLAGS.items() if mark in body),
            issues=(body.strip().splitlines()[0],) if body.strip() else (),
            outcomes=("to be put right",) if label is Label.COMPLAINT else (),
            model="stand-in",
        )


def program(clock: Callable[[], datetime] = machine_time) -> Program:
    """putright's program with the stand-in, which gives up on a busy database at once."""
    return Program(load_reader=StandIn, busy_seconds=0.2, clock=clock)


if __name__ == "__main__":
    main(obj=Program(load_reader=StandIn))
