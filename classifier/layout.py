"""What part of a mail each line is: forwarded headers, covering line, quoted earlier mail, signature, or the words."""

import re

HEADER = re.compile(
    r"^\W{0,4}(?:from|sent|to|cc|bcc|date|subject|reply-to|attachments?|importance)\s*:", re.I
)
BREAK = re.compile(
    r"^\s*(?:-{2,}.*(?:forwarded|original) message.*|begin forwarded message:?|_{5,})\s*$", re.I
)
WROTE = re.compile(r"^\s*(?:on\b.{4,90}\bwrote:|>*\s*.{2,60} wrote:)\s*$", re.I)
SIGN_OFF = re.compile(
    r"^\s*(?:kind(?:est)? regards|best regards|warm regards|with kind regards|regards|yours\b.{0,20}|best wishes"
    r"|many thanks|thanks|thank you|cheers|ta|sincerely|all the best|best|kr|rgds|respectfully)\b[\s,.!xX]*$",
    re.IGNORECASE,
)
DISCLAIMER = re.compile(
    r"confidential|intended (?:solely|only) for|sent from my|unsubscribe|get outlook|virus|disclaimer", re.I
)


def parts(body: str, starts: list[int]) -> list[str]:
    """The part that each sentence (by its start) stands in:

    `words`, `headers`, `covering` (above the first header block), `quote`, `after` (below a sign-off), `small` (print).
    """
    kinds: dict[int, str] = {}
    at, state, headers_seen = 0, "words", False
    lines = body.split("\n")
    first_header = next((n for n, line in enumerate(lines) if HEADER.match(line) and block(lines, n)), None)
    covering = first_header is not None
    quoted_below = False
    for number, line in enumerate(lines):
        if BREAK.match(line) or (HEADER.match(line) and (headers_seen or block(lines, number))):
            kind, headers_seen, state = "headers", True, "words"
            covering = False
        elif line.lstrip().startswith((">", "|")):
            kind = "quote"
        elif WROTE.match(line):
            kind, quoted_below = "headers", True
        elif DISCLAIMER.search(line):
            kind = "small"
        elif SIGN_OFF.match(line):
            kind, state = "after", "after"
        else:
            kind = "covering" if covering else "quote" if quoted_below else state
            headers_seen = headers_seen and not line.strip()
        kinds[at] = kind
        at += len(line) + 1
    offsets = sorted(kinds)
    found: list[str] = []
    position = 0
    for start in starts:
        while position + 1 < len(offsets) and offsets[position + 1] <= start:
            position += 1
        found.append(kinds[offsets[position]] if offsets else "words")
    return found


def block(lines: list[str], number: int) -> bool:
    """Whether a header line stands with another one next to it (a lone `To: ` in a letter is not a header block)."""
    near = lines[max(0, number - 1) : number] + lines[number + 1 : number + 2]
    return any(HEADER.match(line) or BREAK.match(line) for line in near)
