"""Names and mail addresses out of one line, however a mail program wrote them."""

import re

from putright.cases.message import Person
from putright.mailbox import charsets, headers

# Bounded repeats: the line may be hostile, and is at most limits.HEADER_FIELD_BYTES long.
_ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:@]{1,64}@[^\s<>()\[\]\"',;:@]{1,255}")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.){0,300}"')
_ON_BEHALF = (
    " on behalf of ",
    " im Auftrag von ",
    " de la part de ",
    " en nombre de ",
    " per conto di ",
    " namens ",
)
_NO_BRACKETS = str.maketrans("", "", '<>[]"')
_NAME_EDGES = " \t\"'*<>[]();,:«»“”„‘’‹›"


def person(line: str) -> Person:
    """The first person of an address line: `Name <a@b>`, `"Last, First" <a@b>`, `Name [mailto:a@b]`, `a@b`, `Name`.

    An address in angle brackets wins over one that stands in the name, which is how a sender would pass for
    somebody else.
    """
    line = line.strip()
    for words in _ON_BEHALF:  # Outlook names the sender first; the mail is from whom it stands for
        represented = line.rpartition(words)[2]
        if represented != line and _ADDRESS.search(represented):
            line = represented.strip()
    masked = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), line)
    found = _in_brackets(masked) or _ADDRESS.search(masked) or _ADDRESS.search(line)
    if found is None:
        return Person(name=_name(line.split(";")[0]))
    before = line[: found.start()]
    before = before.removesuffix("mailto:")
    name = _name(before)
    if not name:  # a@b (Name), the old way
        after = line[found.end() :].lstrip("> ]")
        name = _name(after[1 : after.find(")")]) if after.startswith("(") and ")" in after else ""
    address = found[0].strip(".").lower()
    return Person(name="" if name.lower() == address else name, address=address)


def sender(value: bytes) -> Person:
    """The first person of a From, Sender or Reply-To field, given its raw value.

    The address is found before the name is decoded: an encoded name may hold brackets and another address.
    """
    undecoded = person(charsets.decode(value)[0])
    if not undecoded.address:
        return person(headers.decode(value))
    name = (
        headers.decode(undecoded.name.encode("utf-8", "replace")).translate(_NO_BRACKETS).strip(_NAME_EDGES)
    )
    # A name that is an address is somebody else's, or this one again.
    return Person(name="" if _ADDRESS.search(name) else name, address=undecoded.address)


def recipients(*values: bytes) -> tuple[str, ...]:
    """Every address in the raw values of To and Cc fields, in lower case, each once."""
    found = (x[0].lower() for value in values for x in _ADDRESS.finditer(charsets.decode(value)[0]))
    return tuple(dict.fromkeys(found))


def domain(address: str) -> str:
    """What stands behind the @, in lower case; empty when there is none."""
    return address.rpartition("@")[2].lower() if "@" in address else ""


def _in_brackets(line: str) -> re.Match[str] | None:
    for opening in ("<mailto:", "<", "[mailto:"):
        at = line.find(opening)
        while at >= 0:
            start = at + len(opening)
            skipped = len(line[start:]) - len(line[start:].lstrip())
            if found := _ADDRESS.match(line, start + skipped):
                return found
            at = line.find(opening, start)
    return None


def _name(text: str) -> str:
    text = " ".join(text.replace("\\", "").split()).strip(_NAME_EDGES)
    if "@" in text and (found := _ADDRESS.search(text)):  # Name<mailto:a@b> <a@b>: the name stands in front
        text = text[: found.start()].removesuffix("mailto:").strip(_NAME_EDGES) or text
    return text[:500]
