"""Flags from a housing system (a disability, large print, two to visit), onto the cases of whoever they are about.

A person is found by a case reference, by an e-mail address, or by a reference of the housing system that stands in what
they wrote. What a person recorded or ended on a case stands: an import never says it again.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlite_utils import Database

from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Event, Kind
from putright.cases.message import Message
from putright.cases.record import Item, items
from putright.cases.references import whole_reference
from putright.cases.typed import letters, words
from putright.cases.working_days import in_words
from putright.storage import cases, events, resident_flags
from putright.storage.database import writing
from putright.storage.resident_flags import ResidentFlag
from putright.triage.landlord import Landlord

IMPORT = "import"
"""The actor of what came in with a file."""
FROM = "housing system"
ANOTHER_REVIEW = "it has another review day"
_WHO = (
    "case",
    "reference",
    "case_reference",
    "email",
    "e-mail",
    "e_mail",
    "email_address",
    "resident",
    "resident_ref",
)
_WHO_ELSE = (
    "tenancy",
    "tenancy_ref",
    "tenancy_reference",
    "tenant_ref",
    "person_ref",
    "account",
    "account_ref",
)
_WHERE = ("property", "property_ref", "property_reference", "uprn")
WHOSE = (*_WHO, *_WHO_ELSE, *_WHERE)
"""Columns that may say whose a flag is, the surest first."""
WHAT = ("flag", "flags", "vulnerability", "vulnerabilities", "need", "needs", "alert", "marker", "adjustment")
REVIEW = ("review", "review_date", "review_on", "review_due", "expires", "end_date")
SOURCE = ("source", "system")
_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9/_-]{3,}")
LEAST = 4
"""Characters of a housing system's reference, one of them a digit: a shorter one would be found in any text."""


@dataclass
class Flagged:
    """What became of a file: flags that went onto cases, that stood there, that wait, and lines that are wrong."""

    new: int = 0
    known: int = 0
    cases: set[str] = field(default_factory=set)
    waiting: list[int] = field(default_factory=list)
    """The numbers of lines about somebody who has not written yet: kept for when they do."""
    wrong: list[str] = field(default_factory=list)


def header(raw: bytes) -> tuple[str, ...]:
    """The columns that a file names in its first line, in small letters."""
    first = next(iter(csv.reader(io.StringIO(_text(raw).partition("\n")[0]), delimiter=_delimiter(raw))), [])
    return tuple(_column(x) for x in first)


def are_flags(raw: bytes) -> bool:
    """Whether a file is one of flags: a column says what, and one whose."""
    named = header(raw)
    return any(x in named for x in WHAT) and not {"received", "label"} & set(named)


def read_in(db: Database, raw: bytes, landlord: Landlord, now: datetime, *, all_or_nothing: bool) -> Flagged:
    """Keep every flag of a file and put it onto the cases there are. The same file again changes nothing.

    Raises Refused for a file that does not say whose its flags are.
    """
    done = Flagged()
    ready: list[tuple[int, ResidentFlag]] = []
    for number, line in _lines(raw):
        try:
            ready += [(number, x) for x in _flags(line)]
        except Refused as problem:
            done.wrong.append(f"Line {number}: {str(problem).rstrip('.')}.")
    if done.wrong and all_or_nothing:
        return done
    with writing(db):
        whose = _cases_of({x.who for _, x in ready}, db)
        for number, flag in ready:
            resident_flags.put(db, flag, now)
            found = whose.get(flag.who, set())
            if not found and number not in done.waiting:
                done.waiting.append(number)
            for reference in sorted(found):
                new = _onto(db, reference, [flag], landlord, now)
                done.new, done.known = done.new + new, done.known + (not new)
                done.cases |= {reference} if new else set()
    return done


def of_writer(db: Database, reference: str, message: Message, landlord: Landlord, now: datetime) -> None:
    """Put what is known of a message's resident onto its case (within the caller's transaction)."""
    if not resident_flags.there_are_any(db):
        return
    found = resident_flags.of(db, known_by(message.resident.address, f"{message.subject}\n{message.body}"))
    if found:
        _onto(db, reference, found, landlord, now)


def known_by(address: str, text: str) -> set[str]:
    """What somebody may be known by: their address, and whatever in their words looks like a reference."""
    tokens = {x.upper() for x in _TOKEN.findall(text) if any(y.isdigit() for y in x)}
    return tokens | ({address.lower()} if address else set())


def open_flags(case: Case) -> tuple[Item, ...]:
    """What is to be kept in mind of its resident at every touch."""
    return tuple(x for x in items(case, Kind.FLAGGED) if x.done is None)


def flagged(case: Case) -> str:
    """The same in words, with when each is reviewed; empty where there is nothing."""
    return "; ".join(
        f"{x.data['what']}{f' (reviewed {in_words(x.due)})' if x.due else ''}" for x in open_flags(case)
    )


def _onto(db: Database, reference: str, flags: list[ResidentFlag], landlord: Landlord, now: datetime) -> bool:
    """Write flags on a case unless they stand there, or a person said otherwise. True when something was written."""
    case = events.load(db, reference)
    if case is None or case.joined_into:
        return False
    new: list[Event] = []
    for flag in flags:
        new += _events(case, flag, now, len(case.of(Kind.FLAGGED)) + sum(x.kind is Kind.FLAGGED for x in new))
    if not new:
        return False
    after = events.append(db, reference, new)
    cases.project(db, after, after.next_due(landlord.calendar, landlord.targets))
    return True


def _events(case: Case, flag: ResidentFlag, now: datetime, before: int) -> list[Event]:
    """What a flag adds to a case that has had `before` flags; nothing where a person has recorded or ended the same."""
    same = [x for x in items(case, Kind.ADJUSTED) if _same(x, flag)]
    standing = [x for x in items(case, Kind.FLAGGED) if _same(x, flag)]
    if same or any(x.begun.actor != IMPORT or (x.done and x.done.actor != IMPORT) for x in standing):
        return []
    last = standing[-1] if standing else None
    if last and last.due == flag.review:
        return []
    data = {"number": before + 1, "what": flag.what, "source": flag.source or FROM}
    if flag.review:
        data["due"] = flag.review.isoformat()
    begun = Event(Kind.FLAGGED, now, IMPORT, data)
    if last is None:
        return [begun]
    ended = {"of": Kind.FLAGGED.value, "verb": "flag", "number": last.data["number"], "why": ANOTHER_REVIEW}
    return [Event(Kind.DONE, now, IMPORT, ended), begun]


def _same(item: Item, flag: ResidentFlag) -> bool:
    one, other = letters(str(item.data["what"])), letters(flag.what)
    return one == other or ("largeprint" in one and "largeprint" in other)


def _cases_of(who: set[str], db: Database) -> dict[str, set[str]]:
    """The cases of each: one pass over the messages, however many are asked for."""
    found: dict[str, set[str]] = {x: {x} for x in who if whole_reference(x) == x and events.load(db, x)}
    rows = db.execute(
        "select case_ref, coalesce(json_extract(data, '$.resident.address'), ''), "
        "json_extract(data, '$.subject') || char(10) || json_extract(data, '$.body') from messages "
        "where case_ref is not null"
    )
    for reference, address, text in rows:
        for one in known_by(address, text or "") & who:
            found.setdefault(one, set()).add(reference)
    return found


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _delimiter(raw: bytes) -> str:
    first = _text(raw).partition("\n")[0]
    return max(",;\t", key=first.count)


def _column(heading: str) -> str:
    return heading.strip().lower().replace(" ", "_")


def _lines(raw: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    named = header(raw)
    if not any(x in named for x in WHOSE):
        raise Refused(
            "The file does not say whose its flags are: its first line names a column email, tenancy, property or case."
        )
    reader = csv.reader(io.StringIO(_text(raw), newline=""), delimiter=_delimiter(raw))
    try:
        next(reader, None)
        for cells in reader:
            if any(x.strip() for x in cells):
                yield reader.line_num, dict(zip(named, (x.strip() for x in cells), strict=False))
    except csv.Error as problem:
        raise Refused(f"Line {reader.line_num} is no line of CSV ({problem}): nothing was read.") from problem


def _flags(line: Mapping[str, str]) -> list[ResidentFlag]:
    """The flags of a line: several in one cell stand apart by semicolons. Raises Refused for a line that is wrong."""
    what = [words(x) for column in WHAT for x in re.split(r"[;|]", line.get(column, "")) if x.strip()]
    if not what:
        raise Refused("it names no flag: fill in the column flag")
    who = _whose(line)
    review = _day(next((line[x] for x in REVIEW if line.get(x)), ""))
    source = words(next((line[x] for x in SOURCE if line.get(x)), ""))
    return [ResidentFlag(who, x, review, source) for x in what]


def _whose(line: Mapping[str, str]) -> str:
    """The surest of what a line says of the person."""
    given = [line[x] for x in WHOSE if line.get(x)]
    for value in given:
        if reference := whole_reference(value):
            return reference
    for value in given:
        if _ADDRESS.fullmatch(value):
            return value.lower()
    for value in given:
        if _TOKEN.fullmatch(value) and any(x.isdigit() for x in value) and len(value) >= LEAST:
            return value.upper()
    raise Refused(
        "it does not say whose it is: give an e-mail address, a case, or a reference of four letters and digits or more"
    )


def _day(text: str) -> date | None:
    """2027-05-20 or, as spreadsheets here write it, 20/05/2027."""
    if not text:
        return None
    british = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?: .*)?", text)
    try:
        if british:
            return date(int(british[3]), int(british[2]), int(british[1]))
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise Refused(
            f"the review day {text[:20]!r} is no date: write it as 2027-05-20 or 20/05/2027"
        ) from error
