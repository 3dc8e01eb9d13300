"""Readable text out of what mail carries: HTML to text, format=flowed lines joined, odd characters put right."""

import re

from inscriptis import get_text  # type: ignore[import-untyped]
from inscriptis.css_profiles import STRICT_CSS_PROFILE  # type: ignore[import-untyped]
from inscriptis.model.config import ParserConfig  # type: ignore[import-untyped]
from selectolax.lexbor import LexborHTMLParser

from putright.mailbox import limits

_ODD = {
    **dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127)),
    0xFEFF: None,
    0x200B: None,
    0xAD: None,
    0xA0: " ",
    0x202F: " ",
    0x2028: "\n",
    0x2029: "\n",
}
_BLOCKS = frozenset(
    {
        *("p", "div", "br", "tr", "li", "ul", "ol", "table", "blockquote", "hr", "pre", "section", "article"),
        *("h1", "h2", "h3", "h4", "h5", "h6"),
    }
)
_UNSHOWN = ("script", "style", "head", "title")
# Quoted by the sender's mail program. Its text gets these marks around it on the way through inscriptis.
_QUOTES = "blockquote[type=cite], blockquote.gmail_quote, blockquote.protonmail_quote"
_OPEN, _CLOSE = "\ue000", "\ue001"
_NO_MARKS = {0xE000: None, 0xE001: None}
_BLANK_OR_MARK = " \n\t" + _OPEN + _CLOSE
_DEEPEST = 200
_NESTED = re.compile(r"<(/?)([a-z][a-z0-9:]{0,15})", re.IGNORECASE)
# Never closed, or often not: these say nothing about depth.
_FLAT = frozenset(
    (
        *("p", "li", "td", "th", "tr", "dt", "dd", "tbody", "thead", "tfoot", "option", "o:p"),
        *("br", "hr", "img", "input", "meta", "link", "area", "base", "col", "wbr"),
    )
)
_TAG_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]{0,15})")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


def tidy(text: str) -> str:
    """The text with LF line ends, plain spaces, and neither control nor zero-width characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_ODD)


def unflow(text: str, *, delete_space: bool = False) -> str:
    """Join the lines that a `format=flowed` mail broke softly (RFC 3676, section 4.1)."""
    joined: list[str] = []
    soft = False
    for line in text.split("\n"):
        quoted = line.startswith(">")
        line = line.removeprefix(" ")
        if soft and not quoted and line != "-- ":
            joined[-1] += line
        else:
            joined.append(line)
        soft = line.endswith(" ") and line != "-- " and not quoted
        if soft and delete_space:
            joined[-1] = joined[-1][:-1]
    return "\n".join(joined)


def from_html(html: str) -> str:
    """The text a reader of the HTML would see; never raises, and never comes back empty where text stands.

    What mail programs mark as quoted gets `> ` in front of each line, as in plain text.
    """
    html = _XML_DECLARATION.sub("", tidy(html[: limits.TEXT_CHARACTERS]).translate(_NO_MARKS))
    text = _shown(html) if is_plain_enough(html) else ""
    if not text.strip(_BLANK_OR_MARK):
        text = _without_tags(html)
    return _squeezed(tidy(_quoted(text)))


def is_plain_enough(html: str) -> bool:
    """Whether HTML may be given to a parser that builds its tree: neither too many tags nor too deep."""
    return html.count("<") <= limits.HTML_TAGS and _nesting(html) <= _DEEPEST


def _shown(html: str) -> str:
    try:
        tree = LexborHTMLParser(html)
        quotes = tree.css(_QUOTES)
        for quote in quotes:
            quote.insert_before(_OPEN)
            quote.insert_after(_CLOSE)
        return str(get_text((tree.html or "") if quotes else html, ParserConfig(css=STRICT_CSS_PROFILE)))
    except Exception:  # lxml and inscriptis raise many kinds on broken markup; the fallback reads all of it
        return ""


def _nesting(html: str) -> int:
    """How deep elements are nested at most; beyond some depth lxml drops text and selectolax takes minutes."""
    depth = deepest = 0
    for tag in _NESTED.finditer(html):
        if tag[2].lower() in _FLAT:
            continue
        depth = max(0, depth + (-1 if tag[1] else 1))
        deepest = max(deepest, depth)
    return deepest


def _quoted(text: str) -> str:
    """The text with the marks around quotes turned into `> ` in front of their lines."""
    if _OPEN not in text and _CLOSE not in text:
        return text
    lines: list[str] = []
    depth = 0
    for line in text.split("\n"):
        bare = line.strip(" ").lstrip(_CLOSE)
        depth = max(0, depth - line[: len(line) - len(line.lstrip(" " + _CLOSE))].count(_CLOSE))
        shown = bare.replace(_OPEN, "").replace(_CLOSE, "")
        if shown.strip() or not (_OPEN in line or _CLOSE in line):
            lines.append(
                (">" * depth + " " + shown).strip(" ")
                if depth
                else line.replace(_CLOSE, "").replace(_OPEN, "")
            )
        depth = max(0, depth + bare.count(_OPEN) - bare.count(_CLOSE))
    return "\n".join(lines)


def _without_tags(html: str) -> str:
    """Tags out, a new line at each block element: one pass, for markup inscriptis returns nothing for."""
    lowered = html.lower()
    pieces: list[str] = []
    unclosed: set[str] = set()
    at = 0
    while (opening := html.find("<", at)) >= 0:
        pieces.append(html[at:opening])
        if html.startswith("<!--", opening):
            closing = html.find("-->", opening)
            at = closing + 3 if closing >= 0 else len(html)
            continue
        closing = html.find(">", opening)
        if closing < 0:
            at = opening
            break
        at = closing + 1
        name = _TAG_NAME.match(lowered, opening + 1)
        if name and name[1] in _BLOCKS:
            pieces.append("\n")
        elif name and name[1] in _UNSHOWN and html[opening + 1] != "/" and name[1] not in unclosed:
            end = lowered.find(f"</{name[1]}", at)
            if end >= 0:
                at = end
            else:
                unclosed.add(name[1])
    pieces.append(html[at:])
    return _entities("".join(pieces))


def _entities(text: str) -> str:
    for name, character in (("&nbsp;", " "), ("&pound;", "£"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"')):
        text = text.replace(name, character)
    return text.replace("&#39;", "'").replace("&amp;", "&")


def _squeezed(text: str) -> str:
    """Without spaces at line ends and with at most one empty line in a row."""
    kept: list[str] = []
    for line in text.split("\n"):
        line = line.rstrip()
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip("\n")
