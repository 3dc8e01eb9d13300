"""Which characters of a body are the resident's own words, and which a covering line, headers, quote or signature."""

from putright.cases.message import Span
from putright.mailbox import disclaimers, limits
from putright.mailbox.forwards import Block, attribution_end, body_end, worded_separator

_SIGNED_BY_PROGRAM = (
    "sent from my ",
    "sent from outlook",
    "get outlook for ",
    "sent from yahoo mail",
    "sent from samsung",
)
_SIGNATURE_LINES = 20
_QUOTING = " \t>"


def direct(body: str, blocks: list[Block]) -> tuple[Span, ...]:
    """The spans of a mail that is no forward; its blocks, if any, are what it replies to."""
    lines = body.split("\n")
    top = next((block.start for block in blocks if not block.wrote), len(lines))
    return _spans(lines, _own(lines, 0, top) + ["quote"] * (len(lines) - top))


def forward(
    body: str, blocks: list[Block], outside: tuple[bool, ...], original: int, *, covered: bool
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
        end = body_end(lines, block.end, stop)
        if number <= original and (outside[number] or number == original):
            kinds += _own(lines, block.end, end)
        else:
            kinds += ["quote" if reached or not covered else "covering"] * (end - block.end)
        kinds += ["covering" if covered else "words"] * (stop - end)  # what the forwarder wrote below
    return _spans(lines, kinds)


def _own(lines: list[str], start: int, stop: int) -> list[str]:
    """The kind of each line of what one person sent: words, quotes in them, a signature, a disclaimer."""
    kinds = _said(lines, start, stop)
    spoken = [
        line.strip(_QUOTING) if kind != "quote" else ""
        for line, kind in zip(lines[start:stop], kinds, strict=True)
    ]
    for number in disclaimers.lines(spoken):
        kinds[number] = "disclaimer"
    return kinds


def _said(lines: list[str], start: int, stop: int) -> list[str]:
    own = [(line.strip(_QUOTING), _depth(line)) for line in lines[start:stop]]
    base = min((depth for text, depth in own if text), default=0)
    kinds: list[str] = []
    spoken, signature_left = False, 0
    while len(kinds) < len(own):
        at = len(kinds)
        text, depth = own[at]
        if depth > base and text:
            kinds.append("quote")
            signature_left = 0
            continue
        heading = _quote_heading(lines, start + at) - start
        if heading > at:
            below = next((depth for text, depth in own[heading : heading + 5] if text), base)
            if below <= base:  # nothing marks the quoted lines, so the quote runs to the end
                return kinds + ["quote"] * (len(own) - at)
            kinds += ["quote"] * (min(heading, len(own)) - at)
            continue
        if text == "--" and spoken:
            signature_left = _SIGNATURE_LINES
        signed = signature_left > 0 or (len(text) < 80 and text.lower().startswith(_SIGNED_BY_PROGRAM))
        signature_left -= 1
        kinds.append("signature" if signed else "words")
        spoken = spoken or not signed
    return kinds


def _quote_heading(lines: list[str], at: int) -> int:
    """The line after the one that announces a quote, or `at` where no quote begins."""
    if at >= limits.SCANNED_LINES:
        return at
    return at + 1 if worded_separator(lines[at]) else attribution_end(lines, at)


def _depth(line: str) -> int:
    return line[: len(line) - len(line.lstrip(_QUOTING))].count(">")


def _spans(lines: list[str], kinds: list[str]) -> tuple[Span, ...]:
    """Runs of lines of one kind as spans of characters; empty lines at their edges do not count."""
    spans: list[Span] = []
    offset = 0
    for line, kind in zip(lines, kinds, strict=True):
        end = offset + len(line)
        if line.strip(_QUOTING):
            if spans and spans[-1].kind == kind:
                spans[-1] = Span(spans[-1].start, end, kind)
            else:
                spans.append(Span(offset, end, kind))
        offset = end + 1
    return tuple(spans)
