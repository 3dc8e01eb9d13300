"""What a resident seeks, where the message says it outright: the answer to a form's own question."""

from dataclasses import replace

from putright.cases.message import Message
from putright.cases.reading import Reading

SOUGHT = "what_would_put_it_right"


def sought(message: Message, reading: Reading) -> Reading:
    """The reading with what the form asked for as the outcomes sought (Code 5.6), before what was read in the text."""
    asked = tuple(" ".join(x.value.split()) for x in message.fields if x.kind == SOUGHT and x.value.strip())
    if not asked:
        return reading
    known = " ".join(asked)
    others = tuple(x for x in reading.outcomes if " ".join(x.split()) not in known)
    points = tuple(x for x in reading.issues if " ".join(x.split()) not in known) or reading.issues
    return replace(reading, outcomes=(*asked, *others), issues=points)
