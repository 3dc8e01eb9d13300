"""Which characters of a body are the resident's own words, and which a covering line, headers, quote or signature."""

from putright.cases.message import Span
from putright.mailbox.forwards import Block, quote_line, worded_separator

_SIGNED_BY_PROGRAM = (
    "sent from my ",
    "sent from outlook",
    "get outlook for ",
    "sent from yahoo mail",
    "sent from samsung",
)
_SIGNATURE_LINES = 20


def direct(body: str, blocks: list[Block]) -> tuple[Span, ...]:
    """The spans of a mail that is no forward; its blocks, if any, are what it replies to."""
    lines = body.split("\n")
    top = next((block.start for block in blocks if not block.wrote), len(lines))
    return _spans(lines, _own(lines, 0, top) + ["quote"] * (len(lines) - top))


def forward(
    body: str, blocks: list[Block], outside: list[bool], original: int, *, covered: bool
) -> tuple[Span, ...]:
    """The spans of a forward whose blocks are hops.

    `outside` says for each hop whether its sender is not staff, `original` which hop is the resident's;
    `covered` is false where the forwarder is the resident, whose covering lines are words too.
    """
    lines = body.split("\n")
    top = blocks[0].start
    kinds = ["covering"] * top if covered else _own(lines, 0, top)
    reached = False
    for number, block in enumerate(blocks):
        stop = blocks[number + 1].start if number + 1 < len(blocks) else len(lines)
        kinds += ["headers"] * (block.end - block.start)
        reached = reached or outside[number]
        if number <= original and (outside[number] or number == original):
            kinds += _own(lines, block.end, stop)
        else:
            kinds += ["quote" if reached else "covering"] * (stop - block.end)
    return _spans(lines, kinds)


def _own(lines: list[str], start: int, stop: int) -> list[str]:
    """The kind of each line of what one person wrote: words, what is quoted in them, and a signature."""
    depths = [_depth(line) for line in lines[start:stop]]
    base = min(
        (depth for depth, line in zip(depths, lines[start:stop], strict=True) if line.strip()), default=0
    )
    kinds: list[str] = []
    signature_left = 0
    for at in range(start, stop):
        line = lines[at].strip(" \t>")
        if depths[at - start] > base or (base and not line):
            kinds.append("quote" if depths[at - start] > base else "words")
            signature_left = 0
            continue
        if worded_separator(lines[at]) or (line.startswith("On ") and quote_line(lines, at)):
            marked = next(
                (depth > base for depth, follows in _below(lines, depths, at, start, stop) if follows), False
            )
            if not marked:  # nothing marks the quote's lines, so it runs to the end
                return kinds + ["quote"] * (stop - at)
            kinds.append("quote")
            continue
        if line == "--" and any(kind == "words" for kind in kinds):
            signature_left = _SIGNATURE_LINES
        signed = signature_left > 0 or (len(line) < 80 and line.lower().startswith(_SIGNED_BY_PROGRAM))
        signature_left -= 1
        kinds.append("signature" if signed else "words")
    return kinds


def _below(lines: list[str], depths: list[int], at: int, start: int, stop: int) -> list[tuple[int, bool]]:
    """Depth of the few lines below an attribution line, and whether each counts (its own wrapped rest does not)."""
    rest = range(at + 1, min(at + 6, stop))
    return [
        (
            depths[line - start],
            bool(lines[line].strip(" \t>")) and not lines[line].rstrip().endswith("wrote:"),
        )
        for line in rest
    ]


def _depth(line: str) -> int:
    return line[: len(line) - len(line.lstrip(" \t>"))].count(">")


def _spans(lines: list[str], kinds: list[str]) -> tuple[Span, ...]:
    """Runs of lines of one kind as spans of characters; empty lines at their edges do not count."""
    spans: list[Span] = []
    offset = 0
    for line, kind in zip(lines, kinds, strict=True):
        end = offset + len(line)
        if line.strip():
            if spans and spans[-1].kind == kind:
                spans[-1] = Span(spans[-1].start, end, kind)
            else:
                spans.append(Span(offset, end, kind))
        offset = end + 1
    return tuple(spans)
