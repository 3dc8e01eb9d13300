"""Survey exports: a CSV file as survey tools write it, one message a row, read in one pass whatever its size."""

import codecs
import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import chain, islice
from typing import BinaryIO

from putright.cases.labels import Channel
from putright.cases.message import FormField, Message, Person, Span
from putright.mailbox import addresses, dates
from putright.mailbox.survey_columns import Kind as Kind
from putright.mailbox.text import tidy
from putright.mailbox.web_form import plain

SUFFIXES = (".csv", ".tsv")


class BadExport(Exception):
    """The file is no export that can be read, or not to its end; one plain sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One answer: every cell that holds something, with its column and that column's kind. `number` counts from 1."""

    number: int
    fields: tuple[FormField, ...]

    @property
    def text(self) -> str:
        """What was written in the comment columns; empty when that says nothing."""
        said = (x.value.strip() for x in self.fields if x.kind == Kind.COMMENT)
        return "\n\n".join(x for x in said if plain(x) not in _NOTHING and any(c.isalnum() for c in x))

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex): of the tool's own number, the date and the text where there is such a number, else of all."""
        known = [(x.kind, x.value) for x in self.fields if x.kind in (Kind.ID, Kind.DATE, Kind.COMMENT)]
        numbered = any(kind == Kind.ID for kind, _ in known)
        what = known if numbered else [(plain(x.label), x.value) for x in self.fields]
        return hashlib.sha256(json.dumps(["survey", what]).encode()).hexdigest()

    def encoded(self) -> bytes:
        """As it is kept in the intake."""
        facts = {"number": self.number, "fields": [asdict(x) for x in self.fields]}
        return json.dumps(facts, ensure_ascii=False).encode("utf-8", "replace")

    def message(self, arrived: datetime) -> Message:
        """As the classifier reads it; `arrived` is when the export came in, which counts where the row has no date."""
        body = self.text
        at, said_by, notes = _answered(self._first(Kind.DATE), arrived)
        who = self._person()
        return Message(
            id=self.fingerprint,
            channel=Channel.SURVEY,
            subject="",
            body=body,
            sender=who,
            resident=who,
            received_at=at,
            received_from=said_by,
            spans=(Span(0, len(body), "words"),),
            notes=notes,
            fields=self.fields,
        )

    def _first(self, kind: Kind) -> str:
        return next((x.value for x in self.fields if x.kind == kind), "")

    def _person(self) -> Person:
        name = self._first(Kind.NAME) or f"{self._first(Kind.FIRST_NAME)} {self._first(Kind.LAST_NAME)}"
        return Person(" ".join(name.split())[:500], addresses.person(self._first(Kind.EMAIL)).address)


def decoded(raw: bytes) -> Row:
    """What `Row.encoded` kept. Raises ValueError or KeyError when the bytes are something else."""
    facts = json.loads(raw)
    return Row(facts["number"], tuple(FormField(**x) for x in facts["fields"]))


def fingerprint(file: BinaryIO) -> str:
    """SHA-256 (hex) of a file's bytes; the file is left at its beginning."""
    digest = hashlib.sha256()
    while piece := file.read(1024 * 1024):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


def rows(file: BinaryIO, own: Mapping[str, str] | None = None) -> Iterator[Row]:
    """Every row below the header that holds anything, also those without text; the file is read as it goes.

    `own` says which column (by its heading) is what (a value of Kind), before what is guessed. Raises BadExport, also
    after rows were given: they are good.
    """
    text = io.TextIOWrapper(file, encoding=_encoding(file), errors="replace", newline=None)
    try:
        yield from _rows(text, {plain(label): Kind(kind) for label, kind in (own or {}).items()})
    finally:
        text.detach()  # the file stays the caller's


def _rows(text: io.TextIOWrapper, own: Mapping[str, Kind]) -> Iterator[Row]:
    start = text.read(_SAMPLE)
    first = re.match(r"\ufeff?sep=(.)\n", start)  # Excel's way to say it
    start = start[first.end() :] if first else start
    cells = _filled(csv.reader(_lines(start, text), delimiter=first[1] if first else _delimiter(start)))
    top = list(islice(cells, _TITLES + 1))
    if not top:
        raise BadExport("The file is empty: export the survey again.")
    at = next((n for n, record in enumerate(top) if len([x for x in record if x]) > 1), 0)
    header, cells = top[at], chain(top[at + 1 :], cells)
    sample = list(islice(cells, _LOOKED_AT))
    if sample and all(plain(x) in _SUBHEADINGS for x in sample[0]):
        sample = sample[1:]  # SurveyMonkey's second line of headings
    kinds = _kinds(header, sample, own)
    if Kind.COMMENT not in kinds:
        shown = ", ".join(x for x in header if x)[:300]
        raise BadExport(
            "No column holds what residents wrote. Name it in the settings: [[survey]] with "
            f'columns = {{ "Its heading" = "comment" }}. The headings are: {shown}.'
        )
    for number, row in enumerate(chain(sample, cells), 1):
        labelled = enumerate(row)
        fields = tuple(
            FormField(header[n], value, kinds[n].value)
            if n < len(header)
            else FormField("", value, Kind.OTHER.value)
            for n, value in labelled
            if value
        )
        yield Row(number, fields)


def _lines(start: str, text: io.TextIOWrapper) -> Iterator[str]:
    """The lines of `start` and of what follows it, none of them endless."""
    *whole, last = start.split("\n")
    yield from (f"{line}\n" for line in whole)
    line = last + text.readline(_ENDLESS)
    while line:
        if len(line) >= _ENDLESS:
            raise BadExport("A line of the file has no end: export the survey again, as CSV.")
        yield line
        line = text.readline(_ENDLESS)


def _filled(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """The records that hold anything, each cell without odd characters and outer blanks."""
    number = 0
    while True:
        try:
            record = next(reader, None)
        except csv.Error as error:
            raise BadExport(
                f"The file cannot be read beyond its record {number}: a quotation mark that is never closed, or a cell "
                "that is too long. Mend it there and take it in again; nothing is taken in twice."
            ) from error
        if record is None:
            return
        number += 1
        cells = [tidy(cell).strip() for cell in record]
        if any(cells):
            yield cells


def _encoding(file: BinaryIO) -> str:
    """How a file is encoded: by its byte-order mark, by its zero bytes, else UTF-8 if all of it is, else cp1252."""
    start = file.read(4096)
    try:
        for mark, name in _MARKS:
            if start.startswith(mark):
                return name
        if start.count(0) > len(start) / 4:
            return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            decoder.decode(start)
            while piece := file.read(1024 * 1024):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
        return "utf-8"
    finally:
        file.seek(0)


def _delimiter(start: str) -> str:
    """What parts the cells: that which cuts the first records into the most columns that agree."""
    best, most = ",", 0
    for candidate in _DELIMITERS:
        try:
            counts = [
                len(x) for x in islice(csv.reader(io.StringIO(start), delimiter=candidate), 20) if any(x)
            ]
        except csv.Error:
            continue
        widest = max(counts, default=0)
        agreeing = counts.count(widest) * (widest - 1)
        if agreeing > most:
            best, most = candidate, agreeing
    return best


def _kinds(header: Sequence[str], sample: Sequence[Sequence[str]], own: Mapping[str, Kind]) -> list[Kind]:
    """What each column holds: as the settings say, by its heading, or as its cells look."""
    found: list[Kind] = []
    for number, heading in enumerate(header):
        label = plain(heading)
        values = [row[number] for row in sample if number < len(row) and row[number]]
        found.append(own.get(label) or _guess(label, values))
    for once in (Kind.ID, Kind.DATE, Kind.NAME, Kind.EMAIL):
        for number in [n for n, kind in enumerate(found) if kind is once][1:]:
            if plain(header[number]) not in own:
                found[number] = Kind.OTHER
    if Kind.COMMENT not in found and Kind.COMMENT not in own.values():
        for number, kind in enumerate(found):
            values = [row[number] for row in sample if number < len(row) and row[number]]
            if kind is Kind.OTHER and _wordy(values):
                found[number] = Kind.COMMENT
    return found


def _guess(label: str, values: Sequence[str]) -> Kind:
    if _SCALE.search(label) and values and not _wordy(values):
        return Kind.SCORE  # "How satisfied are you with how we deal with feedback about your property?"
    for kind, wanted in _HEADINGS:
        if wanted.search(label):
            return kind
    return Kind.OTHER


def _wordy(values: Sequence[str]) -> bool:
    """Whether cells hold sentences rather than choices."""
    written = {x for x in values if len(x.split()) >= _A_SENTENCE}
    return len(written) >= max(1, len(values) / 4)


def _answered(date: str, arrived: datetime) -> tuple[datetime, str, tuple[str, ...]]:
    """When a row was answered: the moment, which date that is in words, and notes."""
    fallback = (arrived, "the day the survey export came in")
    if not date:
        return *fallback, ()
    at = _read_date(date, arrived)
    if at is None:
        return *fallback, ("The row's date could not be read, so the day the export came in counts.",)
    if at > arrived + timedelta(days=1):
        return *fallback, ("The row's date lies after the export, so the day the export came in counts.",)
    return at, "the date in the survey export", ()


def _read_date(date: str, arrived: datetime) -> datetime | None:
    """A date as a UK spreadsheet shows it: the day first, or ISO 8601."""
    numbers = _UK.match(date)
    if numbers:
        day, month, year, hour, minute, half = numbers.groups()
        hours = int(hour or 0)
        if half:
            hours = hours % 12 + (12 if half.lower() == "p" else 0)
        try:
            full = int(year) + (2000 if len(year) == 2 else 0)
            return datetime(full, int(month), int(day), hours, int(minute or 0), tzinfo=dates.LONDON)
        except ValueError:
            return dates.written_date(date, arrived)[0]
    try:
        at = datetime.fromisoformat(date)
    except ValueError:
        return dates.written_date(date, arrived)[0]
    return at if at.tzinfo else at.replace(tzinfo=dates.LONDON)


_SAMPLE = 64 * 1024
_ENDLESS = 4 * 1024 * 1024
_TITLES = 5
"""How many lines of titles may stand above the headings."""
_LOOKED_AT = 50
"""Rows whose cells help to say what a column holds."""
_A_SENTENCE = 4
_DELIMITERS = (",", ";", "\t", "|")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOTHING = {
    "",
    "na",
    "n a",
    "none",
    "nil",
    "no comment",
    "no comments",
    "nothing",
    "nothing to add",
    "no",
    "not applicable",
}
"""Answers that say that there is no comment."""
_SUBHEADINGS = {"", "response", "open ended response", "responses", "text", "comment", "other please specify"}
_UK = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)(?:[ ,T]+(\d{1,2}):(\d\d)(?::\d\d(?:\.\d+)?)? ?(?:([ap])\.?m\.?)?)?\s*$",
    re.IGNORECASE,
)
_SCALE = re.compile(
    r"\bhow (?:satisfied|dissatisfied|likely|easy|well|good|would you rate)\b|\brat(?:e|ing)\b|\bscale\b"
)
_WRITTEN = (
    "comments? feedback free.?text verbatim tell.us explain reasons? why suggestions? anything.else any.other "
    "open.ended describe your.complaint improve what.(?:happened|went|did.we|could.we)"
)
_HEADINGS = tuple(
    (kind, re.compile(wanted))
    for kind, wanted in (
        (
            Kind.OTHER,
            r"^(?:start|started|start time|start date|ip address|date of birth|dob|age|language|consent)\b",
        ),
        (
            Kind.ID,
            r"^(?:id|(?:response|respondent|record|entry|unique|submission|survey) ?id|response number)$",
        ),
        (Kind.EMAIL, r"\be ?mail\b"),
        (Kind.PHONE, r"\b(?:phone|telephone|mobile)\b"),
        (Kind.FIRST_NAME, r"^(?:first name|forename|given name)$"),
        (Kind.LAST_NAME, r"^(?:last name|surname|family name)$"),
        (
            Kind.NAME,
            r"^(?:your |full |tenants? |residents? |customers? |respondents? |contact |your full )?name$",
        ),
        (Kind.ADDRESS, r"\b(?:address|post ?code|property)\b"),
        (Kind.COMMENT, rf"\b(?:{'|'.join(_WRITTEN.split())})\b"),
        (Kind.DATE, r"^(?:timestamp|time|completion time|completed|submitted|end time)\b|\bdate\b"),
        (Kind.SCORE, r"\b(?:scores?|ratings?|satisfaction|satisfied|nps|how likely|stars?)\b"),
    )
)
