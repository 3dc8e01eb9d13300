"""Mails that a web form sends: which of its fields holds what, read from its lines or its HTML table.

The labels come from the settings; the usual English ones are known without.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from putright.cases.message import FormField, Person
from putright.mailbox import addresses, text
from putright.mailbox.web_form_labels import USUAL, Kind

Labels = Mapping[str, Kind]
"""Labels as `plain` writes them, and what stands beside each."""

_WORDS = (Kind.WHAT_HAPPENED, Kind.WHAT_WOULD_PUT_IT_RIGHT)
_SEVERAL_LINES = (*_WORDS, Kind.ADDRESS)
_MANY = (*_SEVERAL_LINES, Kind.OTHER)
"""Kinds of which a form may have several fields."""
_LABEL_CHARACTERS = 120
_ROWS = 2_000
_FIELDS = 200

_LINE = re.compile(rf"([^:\t]{{1,{_LABEL_CHARACTERS}}}?)(?::|\t|  )\s*(.*)", re.DOTALL)
_HINT = re.compile(r"\([^()]{0,80}\)\s*$")
_RULE = re.compile(r"[-=_*~#\s]{3,}")
_FOOTER = (
    *(
        "this e mail was sent",
        "this email was sent",
        "this message was sent",
        "this is an automated",
        "sent via",
    ),
    *("powered by", "you are receiving this", "you received this", "do not reply", "please do not reply"),
)


def labels(own: Mapping[str, str]) -> Labels:
    """The usual labels with a landlord's own over them; `own` maps a label as the form shows it to a kind's value."""
    return {**USUAL, **{plain(label): Kind(kind) for label, kind in own.items()}}


def plain(label: str) -> str:
    """A label without what differs from form to form: case, punctuation, marks of being required."""
    label = _HINT.sub("", label.strip())
    letters = (
        x if x.isalnum() else " " if x not in "'’`" else "" for x in unicodedata.normalize("NFKC", label)
    )
    words = "".join(letters).casefold().split()
    while words and words[0] in ("please", "the"):
        words = words[1:]
    while words and words[-1] in ("required", "optional", "mandatory"):
        words = words[:-1]
    return " ".join(words)


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of one form, in its order; what belongs to none is in a field without a label."""

    fields: tuple[FormField, ...]

    def all(self, *kinds: Kind) -> tuple[str, ...]:
        """What the fields of these kinds hold, in the form's order."""
        return tuple(x.value for x in self.fields if x.kind in kinds and x.value)

    @property
    def words(self) -> str:
        """What happened, and what would put it right: the resident's own words."""
        told = self.all(Kind.WHAT_HAPPENED)
        return "\n\n".join((*told, *self.all(Kind.WHAT_WOULD_PUT_IT_RIGHT))) if told else ""

    @property
    def person(self) -> Person:
        """Who filled it in, as far as the form says."""
        named = next(iter(self.all(Kind.NAME)), "") or " ".join(self.all(Kind.FIRST_NAME, Kind.LAST_NAME))
        mail = next(iter(self.all(Kind.EMAIL)), "")
        return Person(" ".join(named.split())[:500], addresses.person(" ".join(mail.split())).address)


def read(body: str, html: str, known: Labels) -> Form | None:
    """The form in a mail's text or HTML, or None where too little of one is recognised."""
    best, most = None, 1
    for fields in (_of_table(html, known) if html else [], _of_lines(body, known)):
        found = {x.kind for x in fields if x.value and x.kind not in ("", Kind.OTHER)}
        if Kind.WHAT_HAPPENED in found:
            return Form(tuple(fields))
        if len(found) > most:
            best, most = Form(tuple(fields)), len(found)
    return best


def _of_lines(body: str, known: Labels) -> list[FormField]:
    """Fields from `Label: value` lines, and from labels with their value below."""
    reading = _Lines(known)
    for line in body.split("\n"):
        reading.line(line)
    return reading.fields()


class _Lines:
    def __init__(self, known: Labels) -> None:
        self._known = known
        self._found: list[tuple[str, str, list[str]]] = []
        self._rest: list[str] = []
        self._kinds: set[str] = set()
        self._after_blank = True
        self._ended = False

    def line(self, line: str) -> None:
        if not self._ended and len(self._found) < _FIELDS:
            self._ended = (line.rstrip() == "--" and bool(self._found)) or self._is_footer(line)
        if self._ended or not self._begins(line):
            self._add(line)
        self._after_blank = not line.strip()

    def fields(self) -> list[FormField]:
        if not self._found:
            return []
        fields = [FormField(label, _trimmed(lines), kind) for label, kind, lines in self._found]
        rest = _trimmed(self._rest)
        return [*fields, FormField("", rest, "")] if rest else fields

    def _begins(self, line: str) -> bool:
        """Whether a field begins in this line; then it is noted."""
        if len(self._found) >= _FIELDS:
            return False
        bare = line.strip(" \t>*_|#").strip()
        if not bare:
            return False
        alone = plain(bare) if len(bare) <= _LABEL_CHARACTERS else ""
        kind = self._known.get(alone)
        stands_out = self._after_blank or bare.endswith(":") or self._waits_for_none()
        asks = bare.endswith("?") and kind not in self._kinds
        if kind and self._may_begin(kind) and (stands_out or asks):
            self._begin(bare, kind, "")
            return True
        found = _LINE.match(line.strip())
        if found is None:
            return False
        label = found[1].strip(" \t>*_|#")
        kind = self._known.get(plain(label))
        value = found[2].strip(" \t*_|")
        if kind and self._may_begin(kind):
            self._begin(label, kind, value)
            return True
        if self._in_words() or not value or "//" in line[: found.end(1) + 3] or len(label) > 60:
            return False
        if ":" in line and self._found and self._found[-1][2] and label[:1].isalnum():
            self._begin(label, Kind.OTHER, value)  # a label we do not know, below a field that is complete
            return True
        return False

    def _begin(self, label: str, kind: Kind, value: str) -> None:
        self._found.append((label.strip(" \t*_:?-"), kind.value, [value] if value else []))
        self._kinds.add(kind.value)

    def _may_begin(self, kind: Kind) -> bool:
        """A second `Name:` stands within what somebody wrote."""
        return kind in _MANY or kind.value not in self._kinds

    def _in_words(self) -> bool:
        return bool(self._found) and self._found[-1][1] in _WORDS

    def _waits_for_none(self) -> bool:
        """Whether the field above is complete with its one line."""
        return bool(self._found) and bool(self._found[-1][2]) and self._found[-1][1] not in _SEVERAL_LINES

    def _is_footer(self, line: str) -> bool:
        return self._after_blank and bool(self._found) and plain(line[:200]).startswith(_FOOTER)

    def _add(self, line: str) -> None:
        if self._ended or not self._found:
            self._rest.append(line)
            return
        _, kind, lines = self._found[-1]
        complete = bool(lines) and kind not in _SEVERAL_LINES and bool("".join(lines).strip())
        (self._rest if complete and line.strip() else lines).append(line)


def _trimmed(lines: list[str]) -> str:
    """The lines without blank ones and rules at either end, and without the quoting that all of them share."""
    first, last = 0, len(lines)
    while first < last and (not lines[first].strip() or _RULE.fullmatch(lines[first])):
        first += 1
    while last > first and (not lines[last - 1].strip() or _RULE.fullmatch(lines[last - 1])):
        last -= 1
    return "\n".join(line.strip() for line in lines[first:last])


def _of_table(html: str, known: Labels) -> list[FormField]:
    """Fields from the rows of tables and from definition lists; the rest of the page is one field without a label."""
    if not text.is_plain_enough(html):
        return []
    tree = LexborHTMLParser(html)
    fields: list[FormField] = []
    waiting: str | None = None
    for label, value, nodes in _pairs(tree):
        kind = known.get(plain(label)) if 0 < len(label) <= _LABEL_CHARACTERS else None
        if waiting is not None and (not label or (value is None and not kind)):
            fields.append(_field(waiting, value or label, known[plain(waiting)]))
            waiting = None
        elif kind and value is None:  # one cell alone is a label whose value comes in the next row
            if waiting is not None:
                fields.append(_field(waiting, "", known[plain(waiting)]))
            waiting = label
        elif value is not None and (kind or (fields and 0 < len(label) <= _LABEL_CHARACTERS)):
            fields.append(_field(label, value, kind or Kind.OTHER))
        else:
            continue
        for node in nodes:
            node.decompose()
        if len(fields) >= _FIELDS:
            break
    if waiting is not None:
        fields.append(_field(waiting, "", known[plain(waiting)]))
    rest = text.from_html(tree.html or "").strip() if fields else ""
    return [*fields, FormField("", rest, "")] if rest else fields


def _field(label: str, value: str, kind: Kind) -> FormField:
    return FormField(label.strip(" \t*_:?-"), value, kind.value)


def _pairs(tree: LexborHTMLParser) -> Iterator[tuple[str, str | None, list[LexborNode]]]:
    """Label and value of each row that holds no table of its own, and the elements they stand in.

    Where one cell stands alone the value is None; where the first of two is empty the label is.
    """
    for row in tree.css("tr, dt")[:_ROWS]:
        if row.tag == "dt":
            beside = row.next
            while beside is not None and (beside.tag or "-").startswith(("-", "_")):  # blanks and comments
                beside = beside.next
            if beside is not None and beside.tag == "dd":
                yield _shown(row), _shown(beside), [row, beside]
            continue
        if row.css_first("table") is not None:
            continue
        cells = [one for one in row.iter() if one.tag in ("td", "th")]
        shown = [_shown(cell) for cell in cells]
        filled = [one for one in shown if one]
        if len(cells) == 2 and shown[1]:
            yield shown[0], shown[1], [row]
        elif len(filled) == 1:
            yield filled[0], None, [row]
        elif len(filled) == 2:
            yield filled[0], filled[1], [row]


def _shown(cell: LexborNode) -> str:
    return "\n".join(line.strip() for line in text.from_html(cell.html or "").split("\n")).strip()
